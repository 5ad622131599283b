-- The desk: working days, who handles a document until when, who stands in
-- for whom, who may see what, reserved numbers, sending, files (hồ sơ), and
-- what each person wants to be told.
--
-- Days and moments as in 002_register.sql.

-- Days that are not what their weekday says: holidays, Tết, swapped days.
-- Decided every year, so data and never code.
CREATE TABLE calendar_day (
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	day TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('off', 'work')),
	name TEXT NOT NULL DEFAULT '', -- Tết Nguyên đán; làm bù ngày 2/1
	PRIMARY KEY (organisation_id, day)
) STRICT, WITHOUT ROWID;

-- Which weekdays are days off, 1 Monday to 7 Sunday. No row: Saturday and
-- Sunday. The version guards against two people who change a year at once.
CREATE TABLE calendar (
	organisation_id INTEGER PRIMARY KEY REFERENCES organisation(id),
	weekend TEXT NOT NULL DEFAULT '67',
	version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- How an incoming document is handled; beside entry.status.
CREATE TABLE flow (
	entry_id INTEGER PRIMARY KEY REFERENCES entry(id),
	submitted_to INTEGER REFERENCES user_account(id), -- trình
	submitted_by INTEGER REFERENCES user_account(id),
	submitted_at INTEGER,
	submit_note TEXT NOT NULL DEFAULT '',
	due_day TEXT,           -- the lead's deadline, in force
	original_due_day TEXT,  -- before the first extension
	return_reason TEXT,     -- why it is back at the clerk's
	returned_at INTEGER,
	paused_from TEXT,       -- the status before a pause
	done_at INTEGER,
	done_day TEXT,
	done_by INTEGER REFERENCES user_account(id),
	result TEXT NOT NULL DEFAULT '',
	reply_id INTEGER REFERENCES entry(id) -- the outgoing one that answers
) STRICT;
CREATE INDEX flow_submitted ON flow(submitted_to)
	WHERE submitted_to IS NOT NULL;
CREATE INDEX flow_returned ON flow(returned_at) WHERE returned_at IS NOT NULL;

-- What a leader wrote (bút phê). An adjusted one replaces; both stay.
CREATE TABLE instruction (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	author_id INTEGER NOT NULL REFERENCES user_account(id),
	recorded_by INTEGER REFERENCES user_account(id), -- from paper; stood in
	text TEXT NOT NULL,
	due_day TEXT,
	due_days INTEGER CHECK (due_days > 0), -- as given, in working days
	remind_days INTEGER NOT NULL DEFAULT 2,
	information_only INTEGER NOT NULL DEFAULT 0
		CHECK (information_only IN (0, 1)),
	state TEXT NOT NULL DEFAULT 'in_force'
		CHECK (state IN ('draft', 'in_force', 'replaced', 'recalled')),
	replaces_id INTEGER REFERENCES instruction(id),
	status_before TEXT NOT NULL, -- of the entry, for a recall
	at INTEGER NOT NULL,
	opened_at INTEGER            -- by the first of those it names
) STRICT;
CREATE INDEX instruction_entry ON instruction(entry_id);
CREATE INDEX instruction_author ON instruction(author_id, at);

-- Who has to do something: a unit, a person, or a person for the unit.
CREATE TABLE assignment (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	instruction_id INTEGER NOT NULL REFERENCES instruction(id),
	parent_id INTEGER REFERENCES assignment(id), -- the unit's
	unit_id INTEGER REFERENCES unit(id),
	user_id INTEGER REFERENCES user_account(id),
	role TEXT NOT NULL CHECK (role IN ('lead', 'support', 'inform')),
	due_day TEXT,
	due_days INTEGER,      -- as given, in working days
	state TEXT NOT NULL DEFAULT 'sent' CHECK (state IN
		('sent', 'working', 'done', 'returned', 'recalled',
		 'replaced')),
	given_by INTEGER NOT NULL REFERENCES user_account(id),
	at INTEGER NOT NULL,
	opened_at INTEGER,
	opened_by INTEGER REFERENCES user_account(id),
	started_at INTEGER,
	done_at INTEGER,
	done_day TEXT,
	done_by INTEGER REFERENCES user_account(id),
	result TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '', -- of a return
	CHECK ((unit_id IS NULL) <> (user_id IS NULL)),
	CHECK (state <> 'returned' OR length(reason) >= 10)
) STRICT;
CREATE INDEX assignment_entry
	ON assignment(entry_id, unit_id, user_id, state);
CREATE INDEX assignment_lead
	ON assignment(entry_id, state, parent_id, due_day, done_day, unit_id,
	              user_id) WHERE role = 'lead';
CREATE INDEX assignment_unit ON assignment(unit_id, state)
	WHERE unit_id IS NOT NULL;
CREATE INDEX assignment_user ON assignment(user_id, state)
	WHERE user_id IS NOT NULL;
CREATE INDEX assignment_parent ON assignment(parent_id)
	WHERE parent_id IS NOT NULL;
-- Exactly one leads, whatever happens.
CREATE UNIQUE INDEX assignment_one_lead ON assignment(entry_id)
	WHERE role = 'lead' AND parent_id IS NULL
	  AND state IN ('sent', 'working', 'done');
CREATE INDEX assignment_open_due ON assignment(due_day)
	WHERE state IN ('sent', 'working');
CREATE INDEX assignment_done ON assignment(done_by)
	WHERE done_by IS NOT NULL;

-- A later deadline, asked for and decided; the old one is kept.
CREATE TABLE extension (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	assignment_id INTEGER NOT NULL REFERENCES assignment(id),
	old_day TEXT NOT NULL,
	wanted_day TEXT NOT NULL,
	reason TEXT NOT NULL CHECK (reason <> ''),
	state TEXT NOT NULL DEFAULT 'asked'
		CHECK (state IN ('asked', 'approved', 'refused')),
	asked_by INTEGER NOT NULL REFERENCES user_account(id),
	asked_at INTEGER NOT NULL,
	asked_of INTEGER NOT NULL REFERENCES user_account(id),
	decided_by INTEGER REFERENCES user_account(id),
	decided_at INTEGER,
	note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX extension_entry ON extension(entry_id);
CREATE UNIQUE INDEX extension_one_open ON extension(assignment_id)
	WHERE state = 'asked';
CREATE INDEX extension_asked_of ON extension(asked_of) WHERE state = 'asked';

-- Opinions, kept with the document (Annex VI, III.5a).
CREATE TABLE remark (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	author_id INTEGER NOT NULL REFERENCES user_account(id),
	text TEXT NOT NULL CHECK (text <> ''),
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX remark_entry ON remark(entry_id);

-- Every version of a draft answer.
CREATE TABLE draft (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	version INTEGER NOT NULL,
	file_id INTEGER NOT NULL REFERENCES file(id),
	name TEXT NOT NULL,
	note TEXT NOT NULL DEFAULT '',
	author_id INTEGER NOT NULL REFERENCES user_account(id),
	at INTEGER NOT NULL,
	UNIQUE (entry_id, version)
) STRICT;
CREATE INDEX draft_file ON draft(file_id);

-- Reminders that were sent; automatic ones have no sender and come once.
CREATE TABLE reminder (
	id INTEGER PRIMARY KEY,
	assignment_id INTEGER NOT NULL REFERENCES assignment(id),
	sent_by INTEGER REFERENCES user_account(id),
	text TEXT NOT NULL DEFAULT '',
	due_day TEXT NOT NULL DEFAULT '', -- what it reminded of
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX reminder_assignment ON reminder(assignment_id);

-- Sentences for instructions; without a user everybody's.
CREATE TABLE instruction_template (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	user_id INTEGER REFERENCES user_account(id),
	text TEXT NOT NULL CHECK (text <> ''),
	role TEXT CHECK (role IN ('lead', 'support', 'inform')),
	position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX instruction_template_user
	ON instruction_template(organisation_id, user_id);

-- Who stands in for whom, both days included.
CREATE TABLE substitute (
	id INTEGER PRIMARY KEY,
	user_id INTEGER NOT NULL REFERENCES user_account(id), -- is away
	substitute_id INTEGER NOT NULL REFERENCES user_account(id),
	from_day TEXT NOT NULL,
	to_day TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	created_by INTEGER NOT NULL REFERENCES user_account(id),
	created_at INTEGER NOT NULL,
	CHECK (from_day <= to_day),
	CHECK (user_id <> substitute_id)
) STRICT;
CREATE INDEX substitute_by ON substitute(substitute_id, to_day);
CREATE INDEX substitute_user ON substitute(user_id, to_day);

-- Who may see a document or a file beside those who handle it. Counts only
-- when a second person confirmed it.
CREATE TABLE access_grant (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('entry', 'dossier')),
	object_id INTEGER NOT NULL,
	user_id INTEGER REFERENCES user_account(id),
	unit_id INTEGER REFERENCES unit(id),
	reason TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
		('waiting', 'confirmed', 'refused', 'ended')),
	asked_by INTEGER NOT NULL REFERENCES user_account(id),
	asked_at INTEGER NOT NULL,
	decided_by INTEGER REFERENCES user_account(id),
	decided_at INTEGER,
	CHECK ((user_id IS NULL) <> (unit_id IS NULL)),
	CHECK (decided_by <> asked_by OR state = 'ended')
) STRICT;
CREATE INDEX access_grant_object ON access_grant(kind, object_id);

-- Changes of rights that wait for a second person.
CREATE TABLE approval (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	kind TEXT NOT NULL CHECK (kind IN ('roles', 'grant')),
	subject_id INTEGER NOT NULL, -- roles: the user; grant: the grant
	detail TEXT NOT NULL DEFAULT '{}', -- {"old":[…],"new":[…]}
	reason TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT 'waiting'
		CHECK (state IN ('waiting', 'confirmed', 'refused')),
	asked_by INTEGER NOT NULL REFERENCES user_account(id),
	asked_at INTEGER NOT NULL,
	decided_by INTEGER REFERENCES user_account(id),
	decided_at INTEGER,
	note TEXT NOT NULL DEFAULT '',
	CHECK (decided_by IS NULL OR decided_by <> asked_by)
) STRICT;
CREATE UNIQUE INDEX approval_one_open ON approval(kind, subject_id)
	WHERE state = 'waiting';

-- Who has what open: a hint for others that ends by itself, never a barrier.
CREATE TABLE soft_lock (
	kind TEXT NOT NULL CHECK (kind IN ('letter', 'entry', 'dossier')),
	object_id INTEGER NOT NULL,
	user_id INTEGER NOT NULL REFERENCES user_account(id),
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	PRIMARY KEY (kind, object_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX soft_lock_until ON soft_lock(until);

-- Numbers set aside (giữ số). They count as given: nobody gets them again.
CREATE TABLE reservation (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	book_id INTEGER NOT NULL REFERENCES book(id),
	series_id INTEGER NOT NULL REFERENCES series(id),
	year INTEGER NOT NULL,
	number INTEGER NOT NULL CHECK (number >= 1),
	type_id INTEGER REFERENCES document_type(id),
	unit_id INTEGER REFERENCES unit(id),
	purpose TEXT NOT NULL CHECK (purpose <> ''),
	day TEXT NOT NULL,           -- of the reservation
	until INTEGER NOT NULL,
	reserved_by INTEGER NOT NULL REFERENCES user_account(id),
	reserved_at INTEGER NOT NULL,
	state TEXT NOT NULL DEFAULT 'held'
		CHECK (state IN ('held', 'used', 'unused')),
	entry_id INTEGER REFERENCES entry(id),
	reason TEXT NOT NULL DEFAULT '', -- why it was not used
	explained_by INTEGER REFERENCES user_account(id),
	explained_at INTEGER,
	request_key TEXT,            -- idempotency of the reserving
	UNIQUE (organisation_id, series_id, year, number),
	UNIQUE (reserved_by, request_key),
	CHECK ((state = 'used') = (entry_id IS NOT NULL)),
	CHECK (state <> 'unused' OR length(reason) >= 10)
) STRICT;
CREATE INDEX reservation_book ON reservation(book_id, year, number);
CREATE TRIGGER reservation_never_deleted BEFORE DELETE ON reservation
BEGIN
	SELECT raise(ABORT, 'a reserved number is never deleted');
END;

-- May numbers of this book be reserved. No row: yes, for outgoing ones.
CREATE TABLE book_rule (
	book_id INTEGER PRIMARY KEY REFERENCES book(id),
	allows_reservation INTEGER NOT NULL DEFAULT 1
		CHECK (allows_reservation IN (0, 1))
) STRICT;

-- Sending of an outgoing entry: held for a moment, so that it can be
-- stopped; the number stays in any case.
CREATE TABLE dispatch (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	state TEXT NOT NULL DEFAULT 'held'
		CHECK (state IN ('held', 'stopped', 'ready', 'sent')),
	receivers INTEGER NOT NULL,
	send_at INTEGER NOT NULL,
	asked_by INTEGER NOT NULL REFERENCES user_account(id),
	asked_at INTEGER NOT NULL,
	stopped_by INTEGER REFERENCES user_account(id),
	stopped_at INTEGER
) STRICT;
CREATE UNIQUE INDEX dispatch_one ON dispatch(entry_id)
	WHERE state <> 'stopped';
CREATE INDEX dispatch_held ON dispatch(send_at) WHERE state = 'held';

-- Hồ sơ: documents of one matter, in order.
CREATE TABLE dossier (
	id INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation(id),
	code TEXT NOT NULL CHECK (code <> ''),  -- 01.TCCB
	year INTEGER NOT NULL,
	title TEXT NOT NULL CHECK (title <> ''),
	retention INTEGER NOT NULL DEFAULT 0,   -- years; 0: for ever
	unit_id INTEGER REFERENCES unit(id),
	keeper_id INTEGER NOT NULL REFERENCES user_account(id),
	readers TEXT NOT NULL DEFAULT 'unit'    -- beside grants
		CHECK (readers IN ('keeper', 'unit', 'all')),
	state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
	opened_day TEXT NOT NULL,
	closed_day TEXT,
	note TEXT NOT NULL DEFAULT '',
	created_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	UNIQUE (organisation_id, year, code)
) STRICT;
CREATE INDEX dossier_keeper ON dossier(keeper_id);
CREATE INDEX dossier_unit ON dossier(unit_id);

-- A document may be in several dossiers; nothing is copied. Its ordinal is
-- never given again.
CREATE TABLE dossier_document (
	dossier_id INTEGER NOT NULL REFERENCES dossier(id),
	entry_id INTEGER NOT NULL REFERENCES entry(id),
	position INTEGER NOT NULL,
	note TEXT NOT NULL DEFAULT '',
	added_by INTEGER NOT NULL REFERENCES user_account(id),
	added_at INTEGER NOT NULL,
	PRIMARY KEY (dossier_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_document_entry ON dossier_document(entry_id);

-- Searches that a person keeps.
CREATE TABLE saved_search (
	id INTEGER PRIMARY KEY,
	user_id INTEGER NOT NULL REFERENCES user_account(id),
	name TEXT NOT NULL CHECK (name <> ''),
	query TEXT NOT NULL,      -- {"q":"…","type":14}, as the search takes it
	in_sidebar INTEGER NOT NULL DEFAULT 1 CHECK (in_sidebar IN (0, 1)),
	notify INTEGER NOT NULL DEFAULT 0 CHECK (notify IN (0, 1)),
	position INTEGER NOT NULL DEFAULT 0,
	seen_at INTEGER NOT NULL, -- results registered later are unseen
	UNIQUE (user_id, name)
) STRICT;

-- What a person likes; absent: core/preference.c knows the default.
CREATE TABLE preference (
	user_id INTEGER NOT NULL REFERENCES user_account(id),
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (user_id, name)
) STRICT, WITHOUT ROWID;

-- What a person should know; shown in the page and gathered in the digest.
CREATE TABLE notification (
	id INTEGER PRIMARY KEY,
	user_id INTEGER NOT NULL REFERENCES user_account(id),
	kind TEXT NOT NULL,       -- "assigned", "returned", "reminder" …
	entry_id INTEGER REFERENCES entry(id),
	actor_name TEXT NOT NULL DEFAULT '',
	text TEXT NOT NULL DEFAULT '',
	at INTEGER NOT NULL,
	seen_at INTEGER
) STRICT;
CREATE INDEX notification_user ON notification(user_id, id);
CREATE INDEX notification_unseen ON notification(user_id)
	WHERE seen_at IS NULL;

-- The daily mail to one person, made once a day at the hour they chose. The
-- gateway's outbox takes those that are ready.
CREATE TABLE digest_mail (
	id INTEGER PRIMARY KEY,
	user_id INTEGER NOT NULL REFERENCES user_account(id),
	day TEXT NOT NULL,
	subject TEXT NOT NULL,
	text TEXT NOT NULL,
	state TEXT NOT NULL DEFAULT 'ready'
		CHECK (state IN ('ready', 'sent', 'empty')), -- nothing to tell
	made_at INTEGER NOT NULL,
	UNIQUE (user_id, day)
) STRICT;

-- Figures count lines of a book by their days without reading them.
CREATE INDEX entry_figures ON entry(book_id, day, state, status, unit_id);

-- Lists of work walk one status, urgent ones first.
CREATE INDEX entry_status ON entry(status, urgency DESC, id);

-- What an organisation begins with: sentences of the instruction panel, and
-- the holidays whose date the law fixes (Bộ luật Lao động 2019, Điều 112).
-- Tết, Giỗ Tổ, the second day of Quốc khánh and swapped days are decided
-- every year and entered by hand.
CREATE TRIGGER organisation_begins AFTER INSERT ON organisation
BEGIN
	INSERT INTO instruction_template
		(organisation_id, text, role, position)
	SELECT NEW.id, column1, column2, column3 FROM (VALUES
		('Chủ trì, tham mưu', 'lead', 1),
		('Phối hợp thực hiện', 'support', 2),
		('Để biết, theo dõi', 'inform', 3),
		('Trình tôi trước khi gửi', NULL, 4));
	INSERT INTO calendar_day (organisation_id, day, kind, name)
	SELECT NEW.id, y.column1 || d.column1, 'off', d.column2
	  FROM (VALUES ('2025'), ('2026'), ('2027'), ('2028'), ('2029'),
	               ('2030')) y,
	       (VALUES ('-01-01', 'Tết Dương lịch'),
	               ('-04-30', 'Ngày Chiến thắng'),
	               ('-05-01', 'Ngày Quốc tế lao động'),
	               ('-09-02', 'Quốc khánh')) d;
END;
