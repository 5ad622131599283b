-- The system half of the register: what arrives, where it is kept, what is
-- known about it, and who did what. Times are seconds since 1970 in UTC unless
-- a comment says otherwise. Names of states are checked here, not in programs.

-- Values that belong to the data folder, not to a settings file.
CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every change and every view of a file, in one hash chain. Rows are only
-- added; core/audit.c says what is hashed.
CREATE TABLE audit (
	seq INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
	at INTEGER NOT NULL,     -- microseconds since 1970, UTC
	actor_id INTEGER,        -- a user; null when a program acted
	actor_name TEXT NOT NULL, -- as it was then
	action TEXT NOT NULL,    -- "letter.take", "entry.register", …
	object_type TEXT NOT NULL,
	object_id INTEGER,
	detail TEXT NOT NULL,
	previous TEXT NOT NULL CHECK (length(previous) = 64),
	hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX audit_object ON audit (object_type, object_id, seq);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'audit rows are never changed');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
	SELECT RAISE(ABORT, 'audit rows are never removed');
END;

-- One content, by its digest; the bytes are in the vault.
CREATE TABLE file (
	id INTEGER PRIMARY KEY,
	sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
	bytes INTEGER NOT NULL CHECK (bytes >= 0),
	created_at INTEGER NOT NULL,
	verified_at INTEGER      -- read back and hashed right; null: not yet
) STRICT;

-- A mailbox that the gateway reads.
CREATE TABLE mailbox (
	id INTEGER PRIMARY KEY,
	address TEXT NOT NULL UNIQUE COLLATE NOCASE,
	host TEXT NOT NULL,
	port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
	security TEXT NOT NULL CHECK (security IN ('tls', 'starttls', 'plain')),
	user TEXT NOT NULL,      -- login name
	sealed TEXT NOT NULL,    -- password, sealed to the gateway's key
	unit TEXT,               -- code of the unit it belongs to
	keep TEXT NOT NULL CHECK (keep IN ('all', 'documents')),
	paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
	-- new: never read; blocked: refused three times, waits for a password
	state TEXT NOT NULL DEFAULT 'new'
		CHECK (state IN ('new', 'ok', 'slow', 'error', 'blocked')),
	code TEXT,               -- what went wrong, for programs
	detail TEXT,             -- what went wrong, for people
	failures INTEGER NOT NULL DEFAULT 0, -- in a row
	refusals INTEGER NOT NULL DEFAULT 0, -- logins refused in a row
	tried_at INTEGER,
	ok_at INTEGER,
	created_at INTEGER NOT NULL,
	lease_token TEXT,        -- null: free
	lease_holder TEXT,       -- name of the gateway
	lease_until INTEGER,
	letters INTEGER NOT NULL DEFAULT 0 -- stored from here
) STRICT;

-- A folder of a mailbox, with the position of the gateway in it.
CREATE TABLE folder (
	id INTEGER PRIMARY KEY,
	mailbox_id INTEGER NOT NULL REFERENCES mailbox,
	name TEXT NOT NULL,      -- UTF-8
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)), -- is read
	uidvalidity INTEGER,     -- null: never read
	uidnext INTEGER,
	messages INTEGER,        -- as the server says
	done TEXT NOT NULL DEFAULT '', -- UID set: "1:24,30"
	missing_here TEXT,       -- result of the last reconciliation
	gone_there TEXT,
	reconciled_at INTEGER,
	UNIQUE (mailbox_id, name)
) STRICT;

-- One letter as one mailbox received it.
CREATE TABLE letter (
	id INTEGER PRIMARY KEY,
	mailbox_id INTEGER NOT NULL REFERENCES mailbox,
	file_id INTEGER NOT NULL REFERENCES file, -- the raw bytes
	received_at INTEGER NOT NULL, -- INTERNALDATE
	taken_at INTEGER NOT NULL,
	-- Same letter in several mailboxes: same group, the first one leads and
	-- is the one that people see. The group is the file id of its first.
	group_id INTEGER NOT NULL,
	leads INTEGER NOT NULL CHECK (leads IN (0, 1)),
	state TEXT NOT NULL DEFAULT 'todo'
		CHECK (state IN ('todo', 'quarantine', 'done')),
	decision TEXT CHECK (decision IN ('attach', 'not_document',
					  'quarantine', 'return', 'reopen')),
	entry_id INTEGER,        -- set by decision 'attach'
	reason TEXT,
	decided_by INTEGER,      -- a user; null: a rule
	decided_name TEXT,
	decided_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((entry_id IS NOT NULL) = (decision IS 'attach'))
) STRICT;
CREATE INDEX letter_queue ON letter (state, id) WHERE leads = 1;
CREATE INDEX letter_group ON letter (group_id, id);
CREATE INDEX letter_file ON letter (file_id);
CREATE INDEX letter_mailbox ON letter (mailbox_id, id);
CREATE INDEX letter_entry ON letter (entry_id) WHERE entry_id IS NOT NULL;

-- The ledger: one line for every UID of a server that has been dealt with.
CREATE TABLE ledger (
	folder_id INTEGER NOT NULL REFERENCES folder,
	uidvalidity INTEGER NOT NULL,
	uid INTEGER NOT NULL CHECK (uid > 0),
	-- stored: see letter_id; kept_out: no document in a personal mailbox;
	-- gone: was not there any more
	outcome TEXT NOT NULL
		CHECK (outcome IN ('stored', 'kept_out', 'gone')),
	letter_id INTEGER REFERENCES letter,
	internaldate INTEGER,
	bytes INTEGER,
	reason TEXT,
	at INTEGER NOT NULL,
	PRIMARY KEY (folder_id, uidvalidity, uid),
	CHECK ((outcome = 'stored') = (letter_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_letter ON ledger (letter_id)
	WHERE letter_id IS NOT NULL;

-- Another content under a UID that had one: the server broke its promise.
-- The second content is kept too, and a person looks at it.
CREATE TABLE conflict (
	id INTEGER PRIMARY KEY,
	folder_id INTEGER NOT NULL REFERENCES folder,
	uidvalidity INTEGER NOT NULL,
	uid INTEGER NOT NULL,
	letter_id INTEGER NOT NULL UNIQUE REFERENCES letter, -- the later one
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX conflict_place ON conflict (folder_id, uidvalidity, uid);

-- Letters that could not be fetched: tried again until set aside.
CREATE TABLE strike (
	folder_id INTEGER NOT NULL REFERENCES folder,
	uidvalidity INTEGER NOT NULL,
	uid INTEGER NOT NULL,
	strikes INTEGER NOT NULL,
	aside INTEGER NOT NULL DEFAULT 0 CHECK (aside IN (0, 1)),
	reason TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (folder_id, uidvalidity, uid)
) STRICT, WITHOUT ROWID;

-- What the reader found in one raw letter. Derived: thrown away and made
-- again at will.
CREATE TABLE reading (
	file_id INTEGER PRIMARY KEY REFERENCES file,
	reader_version TEXT NOT NULL,
	subject TEXT,
	sender_name TEXT,
	sender_address TEXT,
	recipients TEXT NOT NULL DEFAULT '[]', -- JSON [{"name": …, "address": …}]
	message_id TEXT,
	in_reply_to TEXT,
	reference_ids TEXT NOT NULL DEFAULT '[]',
	sent_at INTEGER,
	body TEXT,
	flags TEXT NOT NULL DEFAULT '[]',
	sameness TEXT NOT NULL,  -- equal for the same letter to many mailboxes
	read_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reading_message_id ON reading (message_id);
CREATE INDEX reading_sameness ON reading (sameness);

-- The parts of a raw letter (or, later, of an archive). Derived.
CREATE TABLE part (
	id INTEGER PRIMARY KEY,
	of_file_id INTEGER NOT NULL REFERENCES file, -- what was read
	position INTEGER NOT NULL,                   -- 0, 1, … in its order
	path TEXT NOT NULL,                          -- "1.2"
	type TEXT NOT NULL,                          -- "application/pdf"
	name TEXT,                                   -- for people, NFC
	-- the name by the definition of an attachment, where people are
	-- shown a better one; null: the same
	found_name TEXT,
	-- the HTML of the letter refers to it
	shown INTEGER NOT NULL DEFAULT 0 CHECK (shown IN (0, 1)),
	class TEXT NOT NULL CHECK (class IN ('file', 'inline', 'message',
		'signature', 'alternative', 'report')),
	disposition TEXT,
	content_id TEXT,
	charset TEXT,
	bytes INTEGER NOT NULL,
	file_id INTEGER NOT NULL REFERENCES file,    -- its content
	UNIQUE (of_file_id, position)
) STRICT;
CREATE INDEX part_file ON part (file_id);

-- Work for the reader: each distinct blob once per kind.
CREATE TABLE job (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,      -- "read_letter"
	file_id INTEGER NOT NULL REFERENCES file,
	depth INTEGER NOT NULL DEFAULT 0, -- 0: came from a mailbox
	state TEXT NOT NULL DEFAULT 'waiting'
		CHECK (state IN ('waiting', 'running', 'done', 'failed')),
	attempts INTEGER NOT NULL DEFAULT 0,
	reader_version TEXT,
	reason TEXT,             -- of the last failure
	created_at INTEGER NOT NULL,
	started_at INTEGER,
	finished_at INTEGER,
	UNIQUE (kind, file_id)
) STRICT;
CREATE INDEX job_state ON job (state, id);
