-- Reading: what the files of letters say, and what follows for a letter. All
-- of it is derived, but for what people chose (the last two tables).

-- Members of archives and packages are parts too.
ALTER TABLE part ADD COLUMN role TEXT; -- stated by a package: 'main', 'annex'
ALTER TABLE part ADD COLUMN flag TEXT; -- what is wrong with it: 'broken'

-- What is read first: letters, then files, then images of text.
CREATE INDEX job_kind ON job (state, kind, id);

-- What one file that is not a letter gave; no row: not read yet.
CREATE TABLE file_reading (
	file_id INTEGER PRIMARY KEY REFERENCES file,
	reader_version TEXT NOT NULL,
	format TEXT,                  -- 'pdf', 'docx', 'zip'; null: unknown
	type TEXT NOT NULL,           -- by content: 'application/pdf'
	reason TEXT,                  -- not read, and why: 'encrypted'
	total_pages INTEGER NOT NULL DEFAULT 0, -- 0: not known
	images INTEGER NOT NULL DEFAULT 0 CHECK (images IN (0, 1)),
	-- pages without text are left
	needs_recognition INTEGER NOT NULL DEFAULT 0
		CHECK (needs_recognition IN (0, 1)),
	flags TEXT NOT NULL DEFAULT '[]',
	signatures TEXT NOT NULL DEFAULT '[]', -- JSON, as the API shows them
	secret TEXT,                  -- 'MẬT' …: its text is kept nowhere
	likeness INTEGER NOT NULL DEFAULT 0, -- to a document, of 1,000
	read_at INTEGER NOT NULL,
	text TEXT                     -- pages apart by U+000C
) STRICT;

-- What a file says about itself, best first per field.
CREATE TABLE proposal (
	file_id INTEGER NOT NULL REFERENCES file,
	position INTEGER NOT NULL,
	field TEXT NOT NULL,
	source TEXT NOT NULL,
	value TEXT NOT NULL,
	seen TEXT NOT NULL,
	page INTEGER NOT NULL,        -- 0: not on a page
	-- ten-thousandths of the page; all 0: no place
	box_left INTEGER NOT NULL,
	box_top INTEGER NOT NULL,
	box_right INTEGER NOT NULL,
	box_bottom INTEGER NOT NULL,
	confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 1000),
	role TEXT,                    -- of a cited document: 'reply'
	day TEXT,                     -- of a cited document
	issuer TEXT,                  -- of a cited document
	PRIMARY KEY (file_id, position)
) STRICT, WITHOUT ROWID;

-- What a scanner for viruses said about one blob; no row: not asked.
CREATE TABLE scan (
	file_id INTEGER PRIMARY KEY REFERENCES file,
	state TEXT NOT NULL CHECK (state IN ('clean', 'infected', 'failed')),
	said TEXT,                    -- name of the virus, or what failed
	scanned_at INTEGER NOT NULL
) STRICT;
CREATE INDEX scan_state ON scan (state) WHERE state <> 'clean';

-- A raw letter in one line, from all of its files: what the queue shows.
CREATE TABLE letter_summary (
	file_id INTEGER PRIMARY KEY REFERENCES file, -- the raw letter
	files INTEGER NOT NULL DEFAULT 0,     -- to be read
	done INTEGER NOT NULL DEFAULT 0,
	failed INTEGER NOT NULL DEFAULT 0,
	recognising INTEGER NOT NULL DEFAULT 0, -- images of text are left
	main_file_id INTEGER REFERENCES file,
	symbol TEXT,
	symbol_key TEXT NOT NULL DEFAULT '',
	document_day TEXT,
	issuer TEXT,
	agency_id INTEGER,
	subject TEXT,
	type TEXT,
	urgency INTEGER NOT NULL DEFAULT 0,
	due_day TEXT,
	pages INTEGER NOT NULL DEFAULT 0,
	sure INTEGER NOT NULL DEFAULT 0 CHECK (sure IN (0, 1)),
	action TEXT CHECK (action IN ('register', 'attach', 'not_document')),
	made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_summary_symbol ON letter_summary (symbol_key)
	WHERE symbol_key <> '';

-- Which file of a letter is the document, where a person said so.
CREATE TABLE main_choice (
	letter_file_id INTEGER PRIMARY KEY REFERENCES file, -- the raw letter
	file_id INTEGER NOT NULL REFERENCES file,
	chosen_by INTEGER NOT NULL,
	chosen_at INTEGER NOT NULL
) STRICT;

-- What was chosen in letters of one sender: the next one is alike.
CREATE TABLE main_habit (
	sender TEXT PRIMARY KEY,      -- address, lower case
	shape TEXT NOT NULL,          -- of the name: '#-tb-stttt.pdf'
	format TEXT NOT NULL,
	chosen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose documents end in the same letters.
CREATE INDEX entry_notation ON entry (organisation_id, symbol_notation)
	WHERE symbol_notation <> '';
