-- Which series a type counts in is decided year by year: what is chosen for
-- the next year changes nothing in this one.
ALTER TABLE book_series ADD COLUMN from_year INTEGER NOT NULL DEFAULT 0;
DROP INDEX book_series_type;
CREATE UNIQUE INDEX book_series_type
	ON book_series(book_id, coalesce(type_id, 0), from_year);
