-- How letters belong to what is in the books and to each other: what was
-- found, why, and what people made of it. Nothing here is ever a decision
-- without a name: a rule has one too.

-- What the mail itself tells beside its text, as JSON; see core/receipt.h and
-- core/trusted.h.
ALTER TABLE reading ADD COLUMN reports TEXT NOT NULL DEFAULT '[]';
ALTER TABLE reading ADD COLUMN authentication TEXT NOT NULL DEFAULT '[]';
CREATE INDEX reading_sender ON reading(sender_address);

-- One thing that a letter may be to an entry, or to another letter that has
-- none yet. Kept for good once it was decided: that is what the rules are
-- judged by.
CREATE TABLE link_proposal (
	id INTEGER PRIMARY KEY,
	letter_id INTEGER NOT NULL REFERENCES letter(id), -- leads its group
	kind TEXT NOT NULL CHECK (kind IN ('duplicate', 'twin', 'correction',
		'annex', 'forward', 'receipt', 'bounce', 'sent', 'thread',
		'reply', 'basis', 'replaces')),
	entry_id INTEGER REFERENCES entry(id),
	other_letter_id INTEGER REFERENCES letter(id), -- when it has no entry
	reason TEXT NOT NULL,   -- a code: "same_files"
	detail TEXT NOT NULL,   -- JSON, what the sentence about it needs
	confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 1000),
	place INTEGER NOT NULL, -- 1: the best of the letter
	-- linked: certain, done at once; unlinked: that, or an accepted one, was
	-- taken back. missed: a person found it, we had not.
	state TEXT NOT NULL CHECK (state IN ('proposed', 'linked', 'accepted',
		'rejected', 'unlinked', 'missed')),
	was_linked INTEGER NOT NULL DEFAULT 0 CHECK (was_linked IN (0, 1)),
	created_at INTEGER NOT NULL,
	decided_by INTEGER REFERENCES user_account(id),
	decided_name TEXT,
	decided_at INTEGER,
	CHECK ((entry_id IS NULL) <> (other_letter_id IS NULL)),
	CHECK ((state = 'proposed') = (decided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX link_proposal_target ON link_proposal
	(letter_id, kind, coalesce(entry_id, 0), coalesce(other_letter_id, 0));
CREATE INDEX link_proposal_entry ON link_proposal(entry_id)
	WHERE entry_id IS NOT NULL;
CREATE INDEX link_proposal_other ON link_proposal(other_letter_id)
	WHERE other_letter_id IS NOT NULL;

-- What a letter's document says of itself, for comparing letters that have no
-- entry yet. Derived.
CREATE TABLE letter_fact (
	letter_id INTEGER PRIMARY KEY REFERENCES letter(id),
	symbol_key TEXT NOT NULL DEFAULT '',
	document_day TEXT,
	agency_id INTEGER REFERENCES agency(id),
	issuer TEXT NOT NULL DEFAULT '',
	subject TEXT NOT NULL DEFAULT '',
	sure INTEGER NOT NULL CHECK (sure IN (0, 1))
) STRICT;
CREATE INDEX letter_fact_symbol ON letter_fact(symbol_key)
	WHERE symbol_key <> '';

-- Sketches of texts (core/near_text.h): as many values agree as the texts
-- share word triples. Derived.
CREATE TABLE near_text (
	file_id INTEGER PRIMARY KEY REFERENCES file(id),
	words INTEGER NOT NULL,   -- how many
	exact INTEGER NOT NULL,   -- equal for equal words
	sketch BLOB NOT NULL,     -- of word triples
	numbers BLOB NOT NULL,    -- of the numbers in it
	number_count INTEGER NOT NULL,
	scanned INTEGER NOT NULL CHECK (scanned IN (0, 1)) -- recognised
) STRICT;
CREATE TABLE near_band (
	value INTEGER NOT NULL,   -- three values of the sketch, hashed
	file_id INTEGER NOT NULL REFERENCES file(id),
	PRIMARY KEY (value, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX near_band_file ON near_band(file_id);

-- Mail that went out with a document of ours, by its Message-ID.
CREATE TABLE sent_mail (
	message_id TEXT NOT NULL,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	recipients TEXT NOT NULL DEFAULT '', -- addresses, blanks between
	subject TEXT NOT NULL DEFAULT '',
	sent_at INTEGER NOT NULL,
	PRIMARY KEY (message_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_mail_entry ON sent_mail(entry_id);

-- What became of a document that we sent, as its receivers' servers, programs
-- and offices tell it. Each one a row; the last one counts.
CREATE TABLE delivery (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	letter_id INTEGER NOT NULL REFERENCES letter(id), -- that says so
	recipient TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL CHECK (state IN ('delivered', 'read', 'delayed',
		'failed', 'arrived', 'refused', 'accepted', 'assigned',
		'working', 'done', 'recalled', 'kept')),
	words TEXT NOT NULL DEFAULT '', -- the reason, as it was given
	at INTEGER NOT NULL,
	UNIQUE (entry_id, letter_id, recipient, state)
) STRICT;
CREATE INDEX delivery_letter ON delivery(letter_id);

-- Whose documents may be registered by a rule.
CREATE TABLE trusted_sender (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	kind TEXT NOT NULL CHECK (kind IN ('address', 'signature')),
	value TEXT NOT NULL CHECK (value <> ''), -- lower case
	note TEXT NOT NULL DEFAULT '',
	added_at INTEGER NOT NULL,
	removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX trusted_sender_value
	ON trusted_sender(organisation_id, kind, value)
	WHERE removed_at IS NULL;

-- Entries that a rule registered.
CREATE TABLE rule_entry (
	entry_id INTEGER PRIMARY KEY REFERENCES entry(id),
	letter_id INTEGER NOT NULL REFERENCES letter(id),
	trusted_id INTEGER NOT NULL REFERENCES trusted_sender(id),
	proof TEXT NOT NULL,      -- "dkim so.vn" or "signature Nguyễn Văn An"
	at INTEGER NOT NULL,
	undone_at INTEGER,
	undone_by INTEGER REFERENCES user_account(id)
) STRICT;

-- Whose main document a file is.
CREATE INDEX letter_summary_main ON letter_summary(main_file_id)
	WHERE main_file_id IS NOT NULL;
