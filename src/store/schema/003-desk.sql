-- 003-desk.sql - what several editors at one desk need: who has an item open,
-- filters with a name, and which comments are nearly the same.

-- An editor has the item open. Means something until then, so it is not dumped.
CREATE TABLE hold (
	item INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
	actor TEXT NOT NULL,
	place TEXT NOT NULL,    -- which door: "terminal 4711", "web"
	until INTEGER NOT NULL  -- when others may think it was left
) STRICT;

-- A filter that an editor gave a name. NULL and 0: any.
CREATE TABLE filter (
	name TEXT PRIMARY KEY,
	status TEXT,            -- item.status, or 'open'
	flag TEXT,
	reason TEXT,
	situation TEXT,
	band INTEGER NOT NULL CHECK (band BETWEEN 0 AND 3),
	topic TEXT,
	author TEXT,
	search TEXT,
	thread INTEGER NOT NULL,
	since INTEGER,
	actor TEXT NOT NULL,    -- who saved it
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Derived: the pile of comments that read nearly the same (sketch.h). An item
-- alone has a pile of its own; the number says nothing but which go together.
CREATE TABLE alike (
	item INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
	hash INTEGER NOT NULL,  -- item.hash it was made at
	pile INTEGER NOT NULL
) STRICT;
CREATE INDEX alike_pile ON alike (pile);

-- Derived: keys of a comment's sketch; two comments that share one may be alike.
CREATE TABLE alike_key (
	key INTEGER NOT NULL,
	item INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
	PRIMARY KEY (key, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX alike_key_item ON alike_key (item);

PRAGMA user_version = 3;
