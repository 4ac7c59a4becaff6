-- 002-site.sql - what it takes to give a reply back to its site, and to know it
-- again when it comes back.

-- How WordPress stores the article, for an import file to name it by.
ALTER TABLE thread ADD COLUMN stored_title TEXT; -- with its entities
ALTER TABLE thread ADD COLUMN posted TEXT;       -- "YYYY-MM-DD HH:MM:SS", the site's clock
ALTER TABLE thread ADD COLUMN posted_gmt TEXT;   -- the same moment in UTC
ALTER TABLE thread ADD COLUMN kind TEXT;         -- "post", "page"
ALTER TABLE thread ADD COLUMN login TEXT;        -- of its author

-- comment_hash of the reply that left; NULL: from before, or erased. By it the
-- reply is known when it comes back under an id that nobody told.
ALTER TABLE receipt ADD COLUMN hash INTEGER;

-- An approved reply that may be on its way to the site this moment, or may have
-- arrived without an answer. Goes with the receipt, or when the site refused it.
CREATE TABLE claim (
	item INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
	until INTEGER NOT NULL -- when it has arrived if it ever will
) STRICT;

PRAGMA user_version = 2;
