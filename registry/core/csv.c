#include "core/csv.h"
#include "base/text.h"
#include <string.h>

struct reader {
	const char *at;
	const char *end;
	size_t line;
	char separator;
	struct arena *arena;
};

/* Of the first line only: what spreadsheets use depends on the country. */
static char find_separator(const char *at, const char *end)
{
	for (; at < end && *at != '\n'; at++)
		if (*at == ',' || *at == ';')
			return *at;
	return ',';
}

static bool at_line_end(const struct reader *reader)
{
	return reader->at == reader->end || *reader->at == '\n' ||
	       (*reader->at == '\r' &&
		(reader->at + 1 == reader->end || reader->at[1] == '\n'));
}

static void skip_line_end(struct reader *reader)
{
	if (reader->at < reader->end && *reader->at == '\r')
		reader->at++;
	if (reader->at < reader->end && *reader->at == '\n')
		reader->at++;
	reader->line++;
}

static const char *plain_field(struct reader *reader)
{
	const char *start = reader->at;

	while (!at_line_end(reader) && *reader->at != reader->separator)
		reader->at++;
	return arena_copy_part(reader->arena, start,
			       (size_t)(reader->at - start));
}

static const char *quoted_field(struct reader *reader, struct fail *why)
{
	auto_text text = { 0 };
	size_t line = reader->line;

	for (reader->at++; reader->at < reader->end; reader->at++) {
		if (*reader->at == '"') {
			if (reader->at + 1 == reader->end ||
			    reader->at[1] != '"')
				break;
			reader->at++;
		}
		if (*reader->at == '\n')
			reader->line++;
		text_add_char(&text, *reader->at);
	}
	if (reader->at == reader->end) {
		fail(why, FAIL_INVALID, "line %zu: a quote is never closed",
		     line);
		return NULL;
	}
	reader->at++;
	if (!at_line_end(reader) && *reader->at != reader->separator) {
		fail(why, FAIL_INVALID, "line %zu: text after a closing quote",
		     reader->line);
		return NULL;
	}
	return arena_copy(reader->arena, text_string(&text));
}

static bool read_row(struct reader *reader, struct csv_row *row,
		     struct fail *why)
{
	row->line = reader->line;
	row->fields = arena_array(reader->arena, CSV_FIELDS_MAX,
				  sizeof(*row->fields));
	for (;;) {
		bool quoted = reader->at < reader->end && *reader->at == '"';
		const char *field;

		if (row->count == CSV_FIELDS_MAX)
			return fail(why, FAIL_INVALID,
				    "line %zu: more than %d fields", row->line,
				    CSV_FIELDS_MAX);
		field = quoted ? quoted_field(reader, why)
			       : plain_field(reader);
		if (!field)
			return false;
		row->fields[row->count++] = field;
		if (at_line_end(reader))
			break;
		reader->at++;
	}
	skip_line_end(reader);
	return true;
}

static size_t count_lines(struct bytes content)
{
	size_t count = 1;

	for (size_t i = 0; i < content.size; i++)
		count += content.data[i] == '\n';
	return count;
}

bool csv_parse(struct bytes content, struct arena *arena, struct csv *ret_csv,
	       struct fail *why)
{
	struct reader reader = { .line = 1, .arena = arena };
	struct csv csv = { 0 };

	if (content.size >= 3 && memcmp(content.data, "\xef\xbb\xbf", 3) == 0)
		content = bytes_part(content, 3, content.size);
	if (!bytes_is_utf8(content))
		return fail(why, FAIL_INVALID,
			    "the file is not UTF-8; save it as CSV UTF-8");
	reader.at = content.size ? (const char *)content.data : "";
	reader.end = reader.at + content.size;
	reader.separator = find_separator(reader.at, reader.end);
	csv.rows = arena_array(arena, count_lines(content), sizeof(*csv.rows));
	while (reader.at < reader.end) {
		if (at_line_end(&reader)) {
			skip_line_end(&reader);
			continue;
		}
		if (!read_row(&reader, &csv.rows[csv.count++], why))
			return false;
	}
	*ret_csv = csv;
	return true;
}
