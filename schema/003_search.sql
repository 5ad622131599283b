-- Search: what people find by words. Derived: core/search_index.c makes all of
-- it again from entries and letters (search_rebuild).

-- One line per entry or letter that can be found. Ids are in the order of
-- dates, so that the newest hits come first without sorting.
CREATE TABLE search_item (
	id INTEGER PRIMARY KEY, -- days since 1970 × 2^24 + order of coming
	organisation_id INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('entry', 'letter')),
	object_id INTEGER NOT NULL,
	direction TEXT NOT NULL DEFAULT '' CHECK (direction IN ('', 'in', 'out')),
	day TEXT NOT NULL,
	void INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
	-- What the filters and counts ask for; null: none.
	book_id INTEGER,
	agency_id INTEGER,
	type_id INTEGER,
	unit_id INTEGER,
	year INTEGER,
	-- What a typed number is held against.
	register_number INTEGER,
	symbol_number INTEGER,
	symbol_key TEXT NOT NULL DEFAULT '',
	-- The words, and tags such as U+0001 'i12' (issuer 12): filters are
	-- words too, which keeps rare filters as fast as rare words.
	number TEXT NOT NULL DEFAULT '',
	symbol TEXT NOT NULL DEFAULT '',
	subject TEXT NOT NULL DEFAULT '',
	issuer TEXT NOT NULL DEFAULT '',
	signer TEXT NOT NULL DEFAULT '',
	sender TEXT NOT NULL DEFAULT '',
	files TEXT NOT NULL DEFAULT '',
	tags TEXT NOT NULL DEFAULT '',
	UNIQUE (kind, object_id)
) STRICT;
-- All that counting reads, in few pages.
CREATE INDEX search_item_tags ON search_item (id, organisation_id, tags);
CREATE INDEX search_item_register
	ON search_item (organisation_id, register_number)
	WHERE register_number IS NOT NULL;
CREATE INDEX search_item_symbol_number
	ON search_item (organisation_id, symbol_number)
	WHERE symbol_number IS NOT NULL;
CREATE INDEX search_item_symbol ON search_item (organisation_id, symbol_key)
	WHERE symbol_key <> '';

-- Long text: letters, receivers, notes, later the text of files. Apart from
-- the rest, so that lists and counts read short rows.
CREATE TABLE search_body (
	id INTEGER PRIMARY KEY REFERENCES search_item (id),
	body TEXT NOT NULL
) STRICT;

-- Lines whose words are not in search_index yet: a few at a time go in
-- together, which costs a quarter. core/search_pending.c finds them meanwhile.
CREATE TABLE search_pending (
	id INTEGER PRIMARY KEY REFERENCES search_item (id)
) STRICT;

-- The words of every line.
CREATE VIEW search_words AS
SELECT search_item.id, number, symbol, subject, issuer, signer, sender, files,
       coalesce(body, '') AS body, tags
  FROM search_item LEFT JOIN search_body ON search_body.id = search_item.id;

-- What the index holds, word for word: it must be given back when a line
-- leaves.
CREATE VIEW search_source AS
SELECT * FROM search_words
 WHERE NOT EXISTS (SELECT 1 FROM search_pending
                    WHERE search_pending.id = search_words.id);

CREATE VIRTUAL TABLE search_index USING fts5 (
	number, symbol, subject, issuer, signer, sender, files, body, tags,
	content = 'search_source', content_rowid = 'id',
	tokenize = 'svb', prefix = '2 3 4', columnsize = 0
);

-- The words the index was made with (viet/word.h, WORD_VERSION).
CREATE TABLE search_version (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	version INTEGER NOT NULL
) STRICT;
