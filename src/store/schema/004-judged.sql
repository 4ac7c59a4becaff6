-- 004-judged.sql - what an editor judged: dear's drafts as they were when they
-- were decided on or rewritten. A draft's own row is replaced by the next one.

-- Bytes of each of the responses' texts, in their order: which sentence of the
-- text is whose. NULL: from before, or no draft.
ALTER TABLE draft ADD COLUMN lengths TEXT;

-- Numbers are revision's: an edit was written from the highest one below it.
CREATE TABLE judged (
	item INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
	number INTEGER NOT NULL CHECK (number > 0),
	responses TEXT NOT NULL,
	lengths TEXT,
	text TEXT NOT NULL,
	PRIMARY KEY (item, number)
) STRICT, WITHOUT ROWID;

-- Of what was judged before, those drafts that still stand.
INSERT INTO judged (item, number, responses, text)
	SELECT d.item, d.number, d.responses, d.text FROM draft AS d
	WHERE d.text IS NOT NULL AND d.responses IS NOT NULL AND (EXISTS (SELECT 1 FROM revision
		WHERE item = d.item AND number >= d.number) OR EXISTS (SELECT 1 FROM decision
		WHERE item = d.item AND revision >= d.number));

PRAGMA user_version = 4;
