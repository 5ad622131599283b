-- Senders whose letters are no documents, as a person said once: what looks
-- like none either is filed by itself. core/remembered.c
CREATE TABLE remembered_sender (
	address TEXT PRIMARY KEY CHECK (address <> ''), -- in lower case
	added_by INTEGER NOT NULL REFERENCES user_account(id),
	added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
