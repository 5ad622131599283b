#include "reader/header.h"
#include <string.h>
#include <strings.h>

static bool is_name_byte(unsigned char c)
{
	return c >= '!' && c <= '~' && c != ':';
}

static bool is_blank(unsigned char c)
{
	return c == ' ' || c == '\t';
}

/* name, blanks, colon */
static bool is_field(struct bytes line)
{
	size_t i = 0;

	while (i < line.size && is_name_byte(line.data[i]))
		i++;
	if (i == 0)
		return false;
	while (i < line.size && is_blank(line.data[i]))
		i++;
	return i < line.size && line.data[i] == ':';
}

void header_split(struct bytes entity, struct bytes *ret_head,
		  struct bytes *ret_body)
{
	static const struct bytes line_end = {
		(const unsigned char *)"\r\n", 2
	};
	size_t i = 0;

	while (i < entity.size) {
		size_t end = bytes_find(entity, line_end, i);
		struct bytes line = bytes_part(entity, i, end);
		size_t next = end < entity.size ? end + 2 : entity.size;

		if (line.size == 0) {
			*ret_head = bytes_part(entity, 0, i);
			*ret_body = bytes_part(entity, next, entity.size);
			return;
		}
		if (!is_field(line) && !(i && is_blank(line.data[0])))
			break;
		i = next;
	}
	*ret_head = bytes_part(entity, 0, i);
	*ret_body = bytes_part(entity, i, entity.size);
}

/* One past the line end, which is CRLF, CR or LF. */
static size_t line_after(struct bytes head, size_t from)
{
	while (from < head.size && head.data[from] != '\r' &&
	       head.data[from] != '\n')
		from++;
	if (from < head.size && head.data[from] == '\r')
		from++;
	if (from < head.size && head.data[from] == '\n' &&
	    (from == 0 || head.data[from - 1] == '\r'))
		return from + 1;
	if (from < head.size && head.data[from] == '\n')
		from++;
	return from;
}

/* The size of the name, or head.size when this line is no field. */
static size_t name_size(struct bytes line)
{
	size_t i = 0;

	while (i < line.size && is_name_byte(line.data[i]))
		i++;
	return i < line.size && line.data[i] == ':' ? i : line.size;
}

static struct bytes value_of(struct bytes lines, size_t from)
{
	size_t to = lines.size;

	while (from < to && is_blank(lines.data[from]))
		from++;
	while (to > from &&
	       (lines.data[to - 1] == '\r' || lines.data[to - 1] == '\n'))
		to--;
	return bytes_part(lines, from, to);
}

static size_t count_lines(struct bytes head)
{
	size_t count = 1;

	for (size_t i = 0; i < head.size; i = line_after(head, i))
		count++;
	return count;
}

/* The field that starts at `i` with all its continuations. */
static size_t field_end(struct bytes head, size_t i)
{
	i = line_after(head, i);
	while (i < head.size && is_blank(head.data[i]))
		i = line_after(head, i);
	return i;
}

struct header header_parse(struct bytes head, size_t max,
			   struct arena *arena)
{
	struct header header = { NULL, 0, false };
	size_t lines = count_lines(head);
	size_t i = 0;

	if (lines > max)
		lines = max;
	header.fields = arena_array(arena, lines, sizeof(*header.fields));
	while (i < head.size && header.count < lines) {
		size_t end = field_end(head, i);
		struct bytes field = bytes_part(head, i, end);
		size_t name = name_size(field);
		bool envelope = field.size >= 5 &&
				memcmp(field.data, "From ", 5) == 0;

		i = end;
		if (envelope || name == 0 || is_blank(field.data[0]))
			continue;
		if (name == field.size) {
			header.hides = true;
			break;
		}
		header.fields[header.count++] = (struct header_field){
			bytes_part(field, 0, name), value_of(field, name + 1)
		};
	}
	if (i < head.size)
		header.hides = true;
	return header;
}

static bool has_name(const struct header_field *field, const char *name)
{
	return field->name.size == strlen(name) &&
	       strncasecmp((const char *)field->name.data, name,
			   field->name.size) == 0;
}

const struct bytes *header_find(const struct header *header, const char *name)
{
	for (size_t i = 0; i < header->count; i++) {
		if (has_name(&header->fields[i], name))
			return &header->fields[i].value;
	}
	return NULL;
}

size_t header_count(const struct header *header, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < header->count; i++)
		count += has_name(&header->fields[i], name);
	return count;
}
