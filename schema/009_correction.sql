-- Decree 30/2020, article 18: a document issued with a wrong form is corrected
-- by a dispatch (đính chính), one that must not hold is taken back (thu hồi).
-- Both are documents of their own and point at the wrong one.
CREATE TABLE relation_wider (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	kind TEXT NOT NULL CHECK (kind IN ('reply', 'basis', 'replaces',
		'supplements', 'previous', 'same_matter', 'corrects',
		'recalls')),
	other_id INTEGER NOT NULL REFERENCES entry(id),
	added_at INTEGER NOT NULL,
	added_by INTEGER NOT NULL REFERENCES user_account(id),
	UNIQUE (entry_id, kind, other_id),
	CHECK (entry_id <> other_id)
) STRICT;
INSERT INTO relation_wider (id, entry_id, kind, other_id, added_at, added_by)
SELECT id, entry_id, kind, other_id, added_at, added_by FROM relation;
DROP TABLE relation;
ALTER TABLE relation_wider RENAME TO relation;
CREATE INDEX relation_other ON relation(other_id);
