-- The register: the organisation and its people, books and their numbers,
-- document types, agencies, entries, their files and how they belong together.
--
-- Days are civil dates in Asia/Ho_Chi_Minh, 'YYYY-MM-DD', so that they sort;
-- moments are seconds since 1970 in UTC. Texts have no length limit here: the
-- lengths of Decree 30/2020/NĐ-CP, annex VI, are those of the exchange format.

-- The agency whose register this is.
CREATE TABLE organisation (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL CHECK (name <> ''),
	superior TEXT NOT NULL DEFAULT '',   -- cơ quan chủ quản trực tiếp
	short_name TEXT NOT NULL DEFAULT '', -- as people say it
	code TEXT NOT NULL DEFAULT '',       -- in symbols: SNNMT
	identifier TEXT NOT NULL DEFAULT '', -- mã định danh (OrganId)
	place TEXT NOT NULL DEFAULT '',      -- địa danh
	created_at INTEGER NOT NULL
) STRICT;

-- Divisions and subordinate units, as a tree. A merged or renamed unit ends
-- and a new one begins: old documents keep the old name.
CREATE TABLE unit (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	parent_id INTEGER REFERENCES unit(id),
	name TEXT NOT NULL CHECK (name <> ''),
	short_name TEXT NOT NULL DEFAULT '',
	code TEXT NOT NULL CHECK (code <> ''), -- in symbols: KHTC
	position INTEGER NOT NULL DEFAULT 0,   -- order among its siblings
	valid_from TEXT NOT NULL DEFAULT '1900-01-01',
	valid_to TEXT NOT NULL DEFAULT '9999-12-31', -- last day
	UNIQUE (organisation_id, code, valid_from),
	CHECK (valid_from <= valid_to)
) STRICT;
CREATE INDEX unit_parent ON unit(parent_id);

-- People who sign in. Locked, never deleted.
CREATE TABLE user_account (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	unit_id INTEGER REFERENCES unit(id),
	login TEXT NOT NULL UNIQUE CHECK (login <> ''), -- lower-case ASCII
	name TEXT NOT NULL CHECK (name <> ''),          -- họ và tên
	position TEXT NOT NULL DEFAULT '',              -- chức vụ
	email TEXT NOT NULL DEFAULT '',
	password TEXT NOT NULL,                         -- argon2id
	must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1)),
	password_until INTEGER,     -- a one-time password ends here
	state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'locked')),
	created_at INTEGER NOT NULL,
	seen_at INTEGER,            -- last sign-in
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX user_account_unit ON user_account(unit_id);

CREATE TABLE user_role (
	user_id INTEGER NOT NULL REFERENCES user_account(id),
	role TEXT NOT NULL CHECK (role IN
		('clerk', 'leader', 'unit_head', 'specialist', 'administrator')),
	PRIMARY KEY (user_id, role)
) STRICT, WITHOUT ROWID;

-- Failed sign-ins per user name as typed ('user:lan') and per address
-- ('address:10.0.0.7'); known and unknown names alike.
CREATE TABLE login_throttle (
	subject TEXT PRIMARY KEY,
	failures INTEGER NOT NULL,
	since INTEGER NOT NULL,     -- when the counting began
	locked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX login_throttle_since ON login_throttle(since);

-- Signed-in browsers. Only a SHA-256 of the token is here: who reads the
-- database or a backup cannot use it.
CREATE TABLE session (
	token_digest TEXT PRIMARY KEY, -- hexadecimal
	user_id INTEGER NOT NULL REFERENCES user_account(id),
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,      -- moved on at most once a minute
	idle INTEGER NOT NULL,         -- seconds without a request that end it
	ends_at INTEGER NOT NULL,      -- whatever happens
	address TEXT NOT NULL DEFAULT '',
	agent TEXT NOT NULL DEFAULT '' -- the browser, as it names itself
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session(user_id);
CREATE INDEX session_ends ON session(ends_at);

-- Document types: those of the decree (organisation_id NULL) and the
-- organisation's own. Abbreviations are case-sensitive (CT is not CTr).
CREATE TABLE document_type (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER REFERENCES organisation(id),
	name TEXT NOT NULL CHECK (name <> ''),
	english TEXT NOT NULL DEFAULT '',
	abbreviation TEXT NOT NULL DEFAULT '', -- none: công văn, thư công
	direction TEXT NOT NULL DEFAULT 'both'
		CHECK (direction IN ('both', 'in', 'out')),
	position INTEGER NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL DEFAULT '9999-12-31',
	basis TEXT NOT NULL DEFAULT ''         -- where it is written
) STRICT;
CREATE UNIQUE INDEX document_type_name
	ON document_type(coalesce(organisation_id, 0), name, valid_from);

INSERT INTO document_type
	(id, name, abbreviation, english, direction, position, valid_from, basis)
SELECT column1, column2, column3, column4, column5, column1, '2020-03-05',
       'Nghị định 30/2020/NĐ-CP, Điều 7'
  FROM (VALUES
	(1, 'Nghị quyết', 'NQ', 'Resolution', 'both'),
	(2, 'Quyết định', 'QĐ', 'Decision', 'both'),
	(3, 'Chỉ thị', 'CT', 'Directive', 'both'),
	(4, 'Quy chế', 'QC', 'Regulation', 'both'),
	(5, 'Quy định', 'QyĐ', 'Rules', 'both'),
	(6, 'Thông cáo', 'TC', 'Communiqué', 'both'),
	(7, 'Thông báo', 'TB', 'Notice', 'both'),
	(8, 'Hướng dẫn', 'HD', 'Guidance', 'both'),
	(9, 'Chương trình', 'CTr', 'Programme', 'both'),
	(10, 'Kế hoạch', 'KH', 'Plan', 'both'),
	(11, 'Phương án', 'PA', 'Option plan', 'both'),
	(12, 'Đề án', 'ĐA', 'Scheme', 'both'),
	(13, 'Dự án', 'DA', 'Project', 'both'),
	(14, 'Báo cáo', 'BC', 'Report', 'both'),
	(15, 'Biên bản', 'BB', 'Minutes', 'both'),
	(16, 'Tờ trình', 'TTr', 'Submission', 'both'),
	(17, 'Hợp đồng', 'HĐ', 'Contract', 'both'),
	(18, 'Công văn', '', 'Official letter', 'both'),
	(19, 'Công điện', 'CĐ', 'Telegram', 'both'),
	(20, 'Bản ghi nhớ', 'BGN', 'Memorandum', 'both'),
	(21, 'Bản thỏa thuận', 'BTT', 'Agreement', 'both'),
	(22, 'Giấy ủy quyền', 'GUQ', 'Authorisation', 'both'),
	(23, 'Giấy mời', 'GM', 'Invitation', 'both'),
	(24, 'Giấy giới thiệu', 'GGT', 'Introduction', 'both'),
	(25, 'Giấy nghỉ phép', 'GNP', 'Leave paper', 'both'),
	(26, 'Phiếu gửi', 'PG', 'Sending slip', 'both'),
	(27, 'Phiếu chuyển', 'PC', 'Transfer slip', 'both'),
	(28, 'Phiếu báo', 'PB', 'Notice slip', 'both'),
	(29, 'Thư công', '', 'Official correspondence', 'both'),
	(30, 'Khác', '', 'Other', 'in'));
UPDATE document_type SET basis = '' WHERE id = 30;

-- Number series: each gives 1, 2, 3 … within a year.
CREATE TABLE series (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	code TEXT NOT NULL CHECK (code <> ''), -- 'den', 'di'
	name TEXT NOT NULL,
	UNIQUE (organisation_id, code)
) STRICT;

-- A series in one year. No row: begins with 1 and is open.
CREATE TABLE series_year (
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	series_id INTEGER NOT NULL REFERENCES series(id),
	year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2999),
	first_number INTEGER NOT NULL DEFAULT 1 CHECK (first_number >= 1),
	closed_at INTEGER, -- Đóng sổ
	closed_by INTEGER REFERENCES user_account(id),
	PRIMARY KEY (organisation_id, series_id, year)
) STRICT, WITHOUT ROWID;

-- Books: what a clerk opens and prints.
CREATE TABLE book (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	code TEXT NOT NULL CHECK (code <> ''), -- 'den', 'di'
	name TEXT NOT NULL,
	direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
	position INTEGER NOT NULL DEFAULT 0,
	allows_suffix INTEGER NOT NULL DEFAULT 0 CHECK (allows_suffix IN (0, 1)),
	open INTEGER NOT NULL DEFAULT 1 CHECK (open IN (0, 1)),
	UNIQUE (organisation_id, code)
) STRICT;

-- Which types of a book take their numbers from which series. The row without
-- a type serves all types that have none of their own: the head of the agency
-- decides (Điều 15).
CREATE TABLE book_series (
	book_id INTEGER NOT NULL REFERENCES book(id),
	type_id INTEGER REFERENCES document_type(id),
	series_id INTEGER NOT NULL REFERENCES series(id)
) STRICT;
CREATE UNIQUE INDEX book_series_type
	ON book_series(book_id, coalesce(type_id, 0));

-- Who issues documents and who receives ours.
CREATE TABLE agency (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	name TEXT NOT NULL CHECK (name <> ''), -- the name in use
	short_name TEXT NOT NULL DEFAULT '',   -- UBND tỉnh
	state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'confirmed')),
	uses INTEGER NOT NULL DEFAULT 0,       -- entries that name it
	created_at INTEGER NOT NULL,
	created_by INTEGER REFERENCES user_account(id)
) STRICT;

-- Every name an agency has or had. The folded key finds it however typed.
CREATE TABLE agency_name (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	agency_id INTEGER NOT NULL REFERENCES agency(id),
	name TEXT NOT NULL CHECK (name <> ''),
	name_key TEXT NOT NULL CHECK (name_key <> ''),
	valid_from TEXT NOT NULL DEFAULT '1900-01-01',
	valid_to TEXT NOT NULL DEFAULT '9999-12-31',
	UNIQUE (organisation_id, name_key)
) STRICT;
CREATE INDEX agency_name_agency ON agency_name(agency_id);

-- Identifiers (mã định danh, up to 35 characters) and mail addresses or
-- domains over time.
CREATE TABLE agency_code (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	agency_id INTEGER NOT NULL REFERENCES agency(id),
	kind TEXT NOT NULL CHECK (kind IN ('identifier', 'symbol', 'mail')),
	code TEXT NOT NULL CHECK (code <> ''),
	valid_from TEXT NOT NULL DEFAULT '1900-01-01',
	valid_to TEXT NOT NULL DEFAULT '9999-12-31',
	UNIQUE (organisation_id, kind, code, valid_from)
) STRICT;
CREATE INDEX agency_code_agency ON agency_code(agency_id);

-- One line of a book. Its number never changes; a void line stays with its
-- reason. 'withdrawn': undone within seconds while it was the last one; it
-- has no number any more and is in no book, the audit says what it was.
CREATE TABLE entry (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
	book_id INTEGER NOT NULL REFERENCES book(id),
	series_id INTEGER NOT NULL REFERENCES series(id),
	year INTEGER NOT NULL,
	number INTEGER CHECK (number >= 1),   -- số đến; out: số của văn bản
	suffix TEXT NOT NULL DEFAULT '',      -- số phụ: a, b, c
	day TEXT NOT NULL,                    -- ngày đến; out: ngày ban hành
	state TEXT NOT NULL DEFAULT 'valid'
		CHECK (state IN ('valid', 'void', 'withdrawn')),
	status TEXT NOT NULL DEFAULT 'registered' CHECK (status IN
		('registered', 'submitted', 'routed', 'working', 'done',
		 'information', 'paused', 'issued', 'recalled')),
	registered_at INTEGER NOT NULL,
	registered_by INTEGER NOT NULL REFERENCES user_account(id),
	letter_id INTEGER REFERENCES letter(id), -- the mail it came by
	-- What people fill in (Annex VI and the form), in the form's order.
	agency_id INTEGER REFERENCES agency(id),
	issuer TEXT NOT NULL DEFAULT '',      -- tác giả, as written
	symbol TEXT NOT NULL DEFAULT '',      -- '1234/UBND-KT'; '': không số
	document_day TEXT,                    -- ngày tháng văn bản
	subject TEXT NOT NULL CHECK (subject <> ''), -- trích yếu nội dung
	type_id INTEGER REFERENCES document_type(id), -- NULL: not recognised
	urgency INTEGER NOT NULL DEFAULT 0 CHECK (urgency BETWEEN 0 AND 3),
	signer_name TEXT NOT NULL DEFAULT '',
	signer_position TEXT NOT NULL DEFAULT '',
	pages INTEGER CHECK (pages >= 0),
	copies INTEGER CHECK (copies >= 0),   -- số bản; out: số lượng phát hành
	receiver TEXT NOT NULL DEFAULT '',    -- đơn vị, người nhận; out: nơi nhận
	unit_id INTEGER REFERENCES unit(id),  -- receiving; out: drafting
	submit_to INTEGER REFERENCES user_account(id), -- trình
	due_day TEXT,                         -- hạn giải quyết; out: hạn trả lời
	note TEXT NOT NULL DEFAULT '',
	channel TEXT NOT NULL DEFAULT '' CHECK (channel IN
		('', 'exchange', 'mail', 'post', 'hand', 'fax')),
	paper TEXT NOT NULL DEFAULT 'none'
		CHECK (paper IN ('none', 'received', 'signed')),
	identifier TEXT NOT NULL DEFAULT '',  -- mã định danh văn bản
	field TEXT NOT NULL DEFAULT '',       -- lĩnh vực
	language TEXT NOT NULL DEFAULT 'Tiếng Việt',
	keeper TEXT NOT NULL DEFAULT '',      -- đơn vị, người nhận bản lưu
	passed_day TEXT,                      -- ngày chuyển
	dossier_organ TEXT NOT NULL DEFAULT '',    -- FileCode: OrganId
	dossier_year INTEGER,                      -- FileCatalog
	dossier_notation TEXT NOT NULL DEFAULT '', -- FileNotation
	dossier_ordinal INTEGER,                   -- DocOrdinal
	-- What follows from them.
	symbol_number TEXT NOT NULL DEFAULT '',   -- CodeNumber
	symbol_notation TEXT NOT NULL DEFAULT '', -- CodeNotation
	symbol_key TEXT NOT NULL DEFAULT '',      -- canonical, for comparing
	document_year INTEGER,
	duplicate_reason TEXT NOT NULL DEFAULT '', -- registered all the same
	void_at INTEGER,
	void_by INTEGER REFERENCES user_account(id),
	void_reason TEXT NOT NULL DEFAULT '',
	opened_at INTEGER, -- first opened by somebody else, or printed
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((number IS NULL) = (state = 'withdrawn')),
	CHECK ((state = 'void') = (void_at IS NOT NULL)),
	CHECK (state <> 'void' OR length(void_reason) >= 10)
) STRICT;
-- The law: a number is given once.
CREATE UNIQUE INDEX entry_number
	ON entry(organisation_id, series_id, year, number, suffix);
CREATE INDEX entry_book ON entry(book_id, year, number, suffix);
CREATE INDEX entry_symbol ON entry(organisation_id, symbol_key)
	WHERE symbol_key <> '';
CREATE INDEX entry_identifier ON entry(organisation_id, identifier)
	WHERE identifier <> '';
CREATE INDEX entry_letter_id ON entry(letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX entry_day ON entry(book_id, day);
CREATE INDEX entry_unit ON entry(unit_id);
CREATE INDEX entry_agency ON entry(agency_id);

-- A number, once given, stays: no line is deleted, none gets another number.
CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
BEGIN
	SELECT raise(ABORT, 'an entry is never deleted');
END;
CREATE TRIGGER entry_number_stays
BEFORE UPDATE OF organisation_id, series_id, year, number, suffix ON entry
WHEN NEW.state <> 'withdrawn'
  OR NEW.organisation_id <> OLD.organisation_id
  OR NEW.series_id <> OLD.series_id OR NEW.year <> OLD.year
BEGIN
	SELECT raise(ABORT, 'a number never changes');
END;

-- Who receives an entry, one by one: a unit, a person, an agency, or words.
CREATE TABLE entry_receiver (
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	position INTEGER NOT NULL,
	unit_id INTEGER REFERENCES unit(id),
	user_id INTEGER REFERENCES user_account(id),
	agency_id INTEGER REFERENCES agency(id),
	name TEXT NOT NULL CHECK (name <> ''), -- as shown and printed
	PRIMARY KEY (entry_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_receiver_unit ON entry_receiver(unit_id)
	WHERE unit_id IS NOT NULL;
CREATE INDEX entry_receiver_user ON entry_receiver(user_id)
	WHERE user_id IS NOT NULL;

-- Letters that belong to an entry.
CREATE TABLE entry_letter (
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	letter_id INTEGER NOT NULL REFERENCES letter(id),
	role TEXT NOT NULL CHECK (role IN
		('main', 'annex', 'replacement', 'correspondence')),
	added_at INTEGER NOT NULL,
	added_by INTEGER NOT NULL REFERENCES user_account(id),
	PRIMARY KEY (entry_id, letter_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_letter_letter ON entry_letter(letter_id);

-- Files of an entry.
CREATE TABLE attachment (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	file_id INTEGER NOT NULL REFERENCES file(id),
	name TEXT NOT NULL,           -- as it came
	type TEXT NOT NULL DEFAULT '',
	role TEXT NOT NULL CHECK (role IN
		('main', 'annex', 'replacement', 'correspondence')),
	position INTEGER NOT NULL,
	letter_id INTEGER REFERENCES letter(id), -- where it came from
	part_path TEXT NOT NULL DEFAULT '',      -- which part; parts are
	                                         -- derived, so no reference
	added_at INTEGER NOT NULL,
	added_by INTEGER NOT NULL REFERENCES user_account(id),
	UNIQUE (entry_id, file_id, name)
) STRICT;
CREATE INDEX attachment_file ON attachment(file_id);

-- How documents belong together: entry_id <kind> other_id, as in "1987/BC-SNN
-- replies to số đến 4871".
CREATE TABLE relation (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	kind TEXT NOT NULL CHECK (kind IN ('reply', 'basis', 'replaces',
		'supplements', 'previous', 'same_matter')),
	other_id INTEGER NOT NULL REFERENCES entry(id),
	added_at INTEGER NOT NULL,
	added_by INTEGER NOT NULL REFERENCES user_account(id),
	UNIQUE (entry_id, kind, other_id),
	CHECK (entry_id <> other_id)
) STRICT;
CREATE INDEX relation_other ON relation(other_id);

-- Answers already given: the same key from the same person gets the same
-- entry and no second number.
CREATE TABLE idempotency (
	user_id INTEGER NOT NULL REFERENCES user_account(id),
	key TEXT NOT NULL CHECK (key <> ''),
	request_digest TEXT NOT NULL, -- the same key for something else is refused
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	created_at INTEGER NOT NULL,
	PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_created ON idempotency(created_at);
