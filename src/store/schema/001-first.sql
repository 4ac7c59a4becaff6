-- 001-first.sql - everything dear keeps.
--
-- Kept tables hold what can't be had again: the threads as they came, and the
-- editor's work. They change only by a further numbered file like this one.
-- Derived tables (link, classification, situation, draft, search) can be
-- made again from the kept ones, the rules and the responses.
--
-- True and false are 1 and 0. Times are seconds since 1970. Hashes are 64 bits
-- in SQLite's signed integer. Words of status, reason and kind are those of
-- include/dear/thread.h, situation.h and store.h. A CHECK says OR rather than IN:
-- a list of three or more would be built as a table for every row written.

PRAGMA application_id = 0x64656172; -- "dear"

-------------------------------------------------------------------- threads

-- One article and its comments. Known by any of key, host and post_id, address
-- or title that it has; a source that knows more fills in what is missing.
CREATE TABLE thread (
	id INTEGER PRIMARY KEY,
	key TEXT,        -- what the editor calls it (--thread); NULL when never named
	url TEXT,        -- the article, as the source writes it
	address TEXT,    -- url as it is compared: no scheme, comment page, query, fragment
	host TEXT,       -- lower case
	post_id TEXT,    -- the source's id of the article
	title TEXT,
	topic TEXT,      -- as the editor set it; NULL: found by the classifier
	format TEXT,     -- of the newest import
	flat INTEGER NOT NULL DEFAULT 0 CHECK (flat IN (0, 1)), -- no source showed replies
	pages INTEGER NOT NULL DEFAULT 0, -- comment pages the source has; 0: not paged
	made_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX thread_key ON thread (key) WHERE key IS NOT NULL;
CREATE INDEX thread_post ON thread (post_id, host) WHERE post_id IS NOT NULL;
CREATE INDEX thread_address ON thread (address) WHERE address IS NOT NULL;
CREATE INDEX thread_title ON thread (title) WHERE title IS NOT NULL;

-- Which comment pages of a paged thread have been imported.
CREATE TABLE thread_page (
	thread INTEGER NOT NULL REFERENCES thread (id),
	page INTEGER NOT NULL,
	PRIMARY KEY (thread, page)
) STRICT, WITHOUT ROWID;

-- Who writes for the column, as the editor said (--staff, --staff-id).
CREATE TABLE staff (
	thread INTEGER NOT NULL REFERENCES thread (id),
	kind TEXT NOT NULL CHECK (kind IN ('name', 'id')),
	value TEXT NOT NULL, -- display name, or the source's account id
	PRIMARY KEY (thread, kind, value)
) STRICT, WITHOUT ROWID;

-- One run of `dear import` that was committed.
CREATE TABLE import (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL
) STRICT;

-- A comment as its source gives it. Rows are never deleted, since others may
-- answer them; a forgotten reader's keep their ids and nothing else.
CREATE TABLE comment (
	-- thread * 2^32 + place, places counting from 1 without a gap in the order
	-- of first import: a thread is one run of this table, found without an index.
	id INTEGER PRIMARY KEY CHECK (id >> 32 = thread AND id & 0xffffffff > 0),
	thread INTEGER NOT NULL REFERENCES thread (id),
	native_id TEXT,               -- the source's id; NULL when it has none
	fingerprint INTEGER NOT NULL, -- of author, date and text: knows it without an id
	import INTEGER NOT NULL,      -- the run that brought it
	status TEXT NOT NULL
		CHECK (status = 'live' OR status = 'pending' OR status = 'deleted'
		OR status = 'spam' OR status = 'trash' OR status = 'pingback'
		OR status = 'trackback' OR status = 'note'),
	forgotten INTEGER NOT NULL DEFAULT 0, -- when its reader was; 0: not
	author TEXT,   -- display name
	user_id TEXT,  -- the source's account; NULL for guests
	account TEXT NOT NULL
		CHECK (account = 'unknown' OR account = 'guest' OR account = 'user'),
	person INTEGER, -- hash of name and account: the same reader; NULL: unnamed
	said_staff INTEGER NOT NULL CHECK (said_staff IN (0, 1)), -- the source marks it so
	said_parent TEXT, -- native id of what it answers; NULL: top level
	said_known TEXT NOT NULL
		CHECK (said_known = 'known' OR said_known = 'guessed' OR said_known = 'lost'),
	date TEXT,     -- as given
	utc INTEGER,   -- date, when a machine can read it
	tz_known INTEGER NOT NULL CHECK (tz_known IN (0, 1)),
	url TEXT,      -- permalink
	hash INTEGER NOT NULL, -- comment_hash of text
	text TEXT NOT NULL,    -- plain; of a tombstone ''
	CHECK (NOT forgotten OR (text = '' AND date IS NULL AND url IS NULL))
) STRICT;
CREATE UNIQUE INDEX comment_native ON comment (thread, native_id)
	WHERE native_id IS NOT NULL;
CREATE UNIQUE INDEX comment_fingerprint ON comment (thread, fingerprint)
	WHERE native_id IS NULL;

-- Derived: how the comments of a thread hang together (thread_link).
CREATE TABLE link (
	comment INTEGER PRIMARY KEY REFERENCES comment (id),
	parent INTEGER,  -- the comment it answers; NULL at top level
	parent_known TEXT NOT NULL
		CHECK (parent_known = 'known' OR parent_known = 'guessed' OR parent_known = 'lost'),
	staff INTEGER NOT NULL CHECK (staff IN (0, 1)), -- by the column, all told
	answer INTEGER,  -- the column's comment that answers it
	answer_guessed INTEGER NOT NULL CHECK (answer_guessed IN (0, 1)),
	carrier INTEGER, -- last comment of its burst; NULL: not a reader's live comment
	awaiting INTEGER NOT NULL CHECK (awaiting IN (0, 1)) -- carries an unanswered burst
) STRICT;
CREATE INDEX link_burst ON link (carrier) WHERE carrier <> comment;

---------------------------------------------------------------------- items

-- A reader's comment (a burst: its last one) in the queue. Ids are never used
-- twice, so that an id noted down can't come to mean another reader.
CREATE TABLE item (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	thread INTEGER NOT NULL REFERENCES thread (id),
	comment INTEGER NOT NULL UNIQUE REFERENCES comment (id),
	first INTEGER NOT NULL,  -- the burst's first comment; the same when alone
	hash INTEGER NOT NULL,   -- comment_hash of the whole burst
	-- whom first answers; NULL: nobody, or the reader themself
	follows TEXT CHECK (follows IN ('staff', 'reader')),
	earlier INTEGER,         -- the column's reply to this same reader that first answers
	turn INTEGER NOT NULL DEFAULT 0, -- counts changes that ask for a new classification
	status TEXT NOT NULL DEFAULT 'drafted'
		CHECK (status = 'drafted' OR status = 'needs_person' OR status = 'no_reply'
		OR status = 'approved' OR status = 'rejected' OR status = 'dismissed'),
	reason TEXT
		CHECK (reason = 'safety' OR reason = 'unsure' OR reason = 'language'
		OR reason = 'minor' OR reason = 'legal_or_medical' OR reason = 'spam'
		OR reason = 'thanks' OR reason = 'reader_to_reader'), -- triage; NULL: none
	edit INTEGER,            -- number of the editor's newest revision
	decision INTEGER,        -- the one that stands; NULL: undecided
	judged_hash INTEGER,     -- hash and draft's basis when the editor last wrote
	judged_basis INTEGER,    -- or decided; NULL: never
	exported INTEGER NOT NULL DEFAULT 0 CHECK (exported IN (0, 1)),
	indexed INTEGER NOT NULL DEFAULT 1
		CHECK (indexed BETWEEN 1 AND 0xfffff), -- see search
	CHECK ((status = 'approved' OR status = 'rejected' OR status = 'dismissed')
		= (decision IS NOT NULL)),
	CHECK (status NOT IN ('needs_person', 'no_reply') OR reason IS NOT NULL)
) STRICT;
CREATE INDEX item_thread ON item (thread);

-- A reply text the editor wrote. Numbers are shared with draft.
CREATE TABLE revision (
	item INTEGER NOT NULL REFERENCES item (id),
	number INTEGER NOT NULL CHECK (number > 0),
	text TEXT NOT NULL,
	actor TEXT NOT NULL,
	at INTEGER NOT NULL,
	comment_hash INTEGER NOT NULL, -- of what the editor had before them
	basis INTEGER NOT NULL,        -- draft.basis then; 0: none
	UNIQUE (item, number)
) STRICT;

-- A label the editor gave or took; the newest for a label counts.
CREATE TABLE relabel (
	id INTEGER PRIMARY KEY,
	item INTEGER NOT NULL REFERENCES item (id),
	sign TEXT NOT NULL CHECK (sign IN ('+', '-')),
	label TEXT NOT NULL,
	actor TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX relabel_item ON relabel (item);

-- What the editor decided. Append-only.
CREATE TABLE decision (
	id INTEGER PRIMARY KEY,
	item INTEGER NOT NULL REFERENCES item (id),
	kind TEXT NOT NULL
		CHECK (kind = 'approved' OR kind = 'rejected' OR kind = 'dismissed'
		OR kind = 'reopened' OR kind = 'retracted'),
	revision INTEGER NOT NULL,     -- the one judged; 0: none
	text TEXT,                     -- the reply as judged
	comment_hash INTEGER NOT NULL, -- of what the editor saw
	basis INTEGER NOT NULL,
	reason TEXT,                   -- a short code
	note TEXT,                     -- free words
	actor TEXT NOT NULL,
	at INTEGER NOT NULL,
	forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1)),
	CHECK (kind <> 'approved' OR forgotten OR text IS NOT NULL)
) STRICT;
CREATE INDEX decision_item ON decision (item);

CREATE TRIGGER decision_stays BEFORE DELETE ON decision
BEGIN
	SELECT raise(ABORT, 'decisions are append-only');
END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER decision_is_new BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = new.id)
BEGIN
	SELECT raise(ABORT, 'decisions are append-only');
END;
-- The one change there is: a forgotten reader's text leaves, the rest stays.
CREATE TRIGGER decision_is_final BEFORE UPDATE ON decision
WHEN NOT (new.forgotten AND new.text IS NULL AND new.note IS NULL
	AND (new.id, new.item, new.kind, new.revision, new.comment_hash, new.basis, new.reason,
		new.actor, new.at)
	IS (old.id, old.item, old.kind, old.revision, old.comment_hash, old.basis, old.reason,
		old.actor, old.at))
BEGIN
	SELECT raise(ABORT, 'decisions are append-only');
END;

-- That an approved reply left, and under which id it stands on the site.
CREATE TABLE receipt (
	id INTEGER PRIMARY KEY,
	item INTEGER NOT NULL REFERENCES item (id),
	target TEXT NOT NULL, -- "export json", "posted"
	native_id TEXT,       -- of the posted reply; NULL when unknown
	actor TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_item ON receipt (item);

-------------------------------------------------------------------- derived

-- What classify found. What is filtered and counted by are rows; what is only
-- read together with its row (evidence, facts, details) is JSON in it, with
-- places as code points of the item's text.
CREATE TABLE classification (
	item INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
	rules INTEGER NOT NULL, -- version of the rules
	turn INTEGER NOT NULL,  -- item.turn it was made at
	topic TEXT,
	unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
	facts TEXT,             -- [["name", start, end, "quote", "value"], ...]; NULL: none
	details TEXT            -- [["name", start, end, "quote"], ...]; NULL: none
) STRICT;

CREATE TABLE situation (
	item INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
	rank INTEGER NOT NULL, -- 0 is best
	label TEXT NOT NULL,
	score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
	band INTEGER NOT NULL CHECK (band BETWEEN 1 AND 3), -- low, medium, high
	evidence TEXT,         -- [["cue", start, end, "quote", for (1 or 0)], ...]; NULL: none
	PRIMARY KEY (item, rank)
) STRICT, WITHOUT ROWID;

-- dear's own reply. The row stays when there is no text, for its number and
-- basis.
CREATE TABLE draft (
	item INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
	number INTEGER NOT NULL CHECK (number >= 0), -- of revision's numbers; 0: no text yet
	basis INTEGER NOT NULL, -- see draft.h; 0: none
	responses TEXT,         -- what it was made of
	text TEXT               -- NULL: no draft
) STRICT;

-- Words of an item's comment and reply. A row is item.id * 2^20 + item.indexed:
-- an item whose text changes gets a new row, and its older rows no longer match
-- any item. The texts themselves are not kept a second time (content='').
CREATE VIRTUAL TABLE search USING fts5 (
	comment, reply, content = '', tokenize = "unicode61 remove_diacritics 2"
);
-- Items whose row in search is not written yet.
CREATE TABLE search_pending (
	item INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE
) STRICT;

-- Items as the editor meets them. An approved item shows the text that was
-- approved; else the editor's newest revision comes before dear's draft.
CREATE VIEW desk AS
SELECT i.id, i.thread, i.comment, i.first, i.hash, i.status, i.reason, i.follows, i.earlier,
	i.turn, i.indexed, i.exported,
	t.url AS thread_url, t.title AS thread_title,
	coalesce(c.native_id, 'row:' || (c.id & 0xffffffff)) AS comment_id,
	c.author, c.person, c.date, c.utc, c.url, c.text, c.forgotten,
	l.parent, l.awaiting,
	l.answer IS NOT NULL AND NOT l.awaiting AS answered,
	i.edit IS NOT NULL AS edited,
	(i.status = 'approved' OR i.edit IS NOT NULL)
		AND (i.judged_hash IS NOT i.hash OR i.judged_basis IS NOT coalesce(d.basis, 0)
			OR c.status <> 'live' OR l.staff) AS stale,
	k.topic, k.rules, k.turn AS classified_turn,
	CASE WHEN i.status = 'approved' THEN x.text WHEN i.edit IS NOT NULL THEN r.text
		ELSE d.text END AS reply,
	CASE WHEN i.status = 'approved' THEN x.revision WHEN i.edit IS NOT NULL THEN i.edit
		WHEN d.text IS NOT NULL THEN d.number ELSE 0 END AS revision,
	coalesce(d.basis, 0) AS basis, d.responses,
	x.actor AS decided_by, x.at AS decided_at
FROM item AS i
JOIN thread AS t ON t.id = i.thread
JOIN comment AS c ON c.id = i.comment
JOIN link AS l ON l.comment = i.comment
LEFT JOIN classification AS k ON k.item = i.id
LEFT JOIN draft AS d ON d.item = i.id
LEFT JOIN revision AS r ON r.item = i.id AND r.number = i.edit
LEFT JOIN decision AS x ON x.id = i.decision;

PRAGMA user_version = 1;
