#include "reader/facts.h"
#include "reader/encoded.h"
#include "reader/parameter.h"
#include "viet/fold.h"
#include <string.h>

enum {
	VALUE_MAX = 1024 * 1024 /* bytes of one header field that is read */
};

static void doubt(struct facts *facts, const char *what)
{
	for (size_t i = 0; i < facts->doubt_count; i++) {
		if (strcmp(facts->doubts[i], what) == 0)
			return;
	}
	if (facts->doubt_count < FACTS_DOUBTS_MAX)
		facts->doubts[facts->doubt_count++] = what;
}

static bool is_token(uint32_t c)
{
	return c > ' ' && c < 0x7f && !strchr("\"(),/:;<=>?@[\\]", (int)c);
}

static size_t skip(struct runes value, size_t i, bool (*is)(uint32_t))
{
	while (i < value.count && is(value.at[i]))
		i++;
	return i;
}

/* type/subtype in lower case, or NULL when the header is no such thing. */
static const char *read_type(struct runes value, struct arena *arena)
{
	size_t major = skip(value, 0, rune_is_space);
	size_t major_end = skip(value, major, is_token);
	size_t slash = skip(value, major_end, rune_is_space);
	size_t minor = skip(value, slash + 1, rune_is_space);
	size_t minor_end = skip(value, minor, is_token);
	struct rune_text text = { .arena = arena };

	if (major == major_end || minor == minor_end ||
	    slash >= value.count || value.at[slash] != '/')
		return NULL;
	if (minor_end < value.count && value.at[minor_end] != ';' &&
	    !rune_is_space(value.at[minor_end]))
		return NULL;
	for (size_t i = major; i < minor_end; i++) {
		if (!rune_is_space(value.at[i]))
			rune_add(&text, rune_lower(value.at[i]));
	}
	return runes_print(rune_result(&text), MANNER_STRICT, arena);
}

static bool is_disposition(uint32_t c)
{
	c = rune_lower(c);
	return (c >= 'a' && c <= 'z') || c == '-';
}

static const char *print_lower(struct runes value, struct arena *arena)
{
	struct rune_text text = { .arena = arena };

	for (size_t i = 0; i < value.count; i++)
		rune_add(&text, rune_lower(value.at[i]));
	return runes_print(rune_result(&text), MANNER_STRICT, arena);
}

static const char *read_disposition(struct runes value, struct arena *arena)
{
	size_t from = skip(value, 0, rune_is_space);
	size_t to;

	if (from < value.count && value.at[from] == '"')
		from++;
	to = skip(value, from, is_disposition);
	return print_lower(runes_part(value, from, to), arena);
}

static bool is_encoding(uint32_t c)
{
	return !rune_is_space(c) && c != ';' && c != '(';
}

static const char *read_encoding(struct runes value, struct arena *arena)
{
	value = runes_strip(value);
	return print_lower(runes_part(value, 0, skip(value, 0, is_encoding)),
			   arena);
}

/* Folding goes: line ends with the blanks behind them. */
static struct runes unfold(struct runes name, struct arena *arena)
{
	struct rune_text text = { .arena = arena };
	size_t i = 0;

	while (i < name.count) {
		if (name.at[i] != '\r' && name.at[i] != '\n') {
			rune_add(&text, name.at[i++]);
			continue;
		}
		while (i < name.count &&
		       (name.at[i] == '\r' || name.at[i] == '\n'))
			i++;
		while (i < name.count &&
		       (name.at[i] == ' ' || name.at[i] == '\t'))
			i++;
	}
	return rune_result(&text);
}

static const char *read_name(const struct parameter_list *disposition,
			     const struct parameter_list *type,
			     enum manner manner, struct arena *arena)
{
	const struct runes *value = parameter_find(disposition, "filename");
	struct runes name;
	char *print;

	if (!value || !value->count)
		value = parameter_find(type, "name");
	if (!value || !value->count)
		return NULL;
	name = unfold(encoded_decode(*value, manner, arena), arena);
	if (!runes_strip(name).count)
		return NULL;
	print = runes_print(name, manner, arena);
	return manner == MANNER_PEOPLE ? viet_normal(print, arena) : print;
}

static void read_boundary(struct facts *facts,
			  const struct parameter_list *type,
			  struct arena *arena)
{
	const struct runes *value = parameter_find(type, "boundary");
	unsigned char *out;
	size_t size = 0;

	if (!value || !value->count)
		return;
	out = arena_alloc(arena, value->count + 1);
	for (size_t i = 0; i < value->count; i++) {
		uint32_t c = value->at[i];
		bool fold = c == '\r' && i + 1 < value->count &&
			    value->at[i + 1] == '\n';

		if (c >= 0x80) {
			doubt(facts, "boundary");
			return;
		}
		if (!fold && c != '\n')
			out[size++] = (unsigned char)c;
	}
	facts->has_boundary = size > 0;
	while (size > 0 && out[size - 1] == ' ')
		size--;
	facts->boundary = (struct bytes){ out, size };
}

static struct bytes value_of(const struct header *header, const char *name)
{
	const struct bytes *value = header_find(header, name);

	if (!value)
		return (struct bytes){ NULL, 0 };
	return bytes_part(*value, 0, VALUE_MAX);
}

static bool has_high(struct bytes bytes)
{
	for (size_t i = 0; i < bytes.size; i++) {
		if (bytes.data[i] >= 0x80)
			return true;
	}
	return false;
}

/* A comment, which some parsers skip and others do not. */
static bool has_comment(struct bytes value)
{
	bool quoted = false;

	for (size_t i = 0; i < value.size; i++) {
		if (value.data[i] == '"')
			quoted = !quoted;
		if (value.data[i] == '(' && !quoted)
			return true;
	}
	return false;
}

static void doubt_value(struct facts *facts, const struct header *header,
			const char *name)
{
	const struct bytes *value = header_find(header, name);

	if (!value)
		return;
	if (header_count(header, name) > 1)
		doubt(facts, "duplicate_header");
	if (value->size > VALUE_MAX)
		doubt(facts, "header_limit");
	if (has_high(*value))
		doubt(facts, "raw_parameter");
	if (has_comment(*value))
		doubt(facts, "comment");
}

static void read_doubts(struct facts *facts, const struct header *header)
{
	doubt_value(facts, header, "content-type");
	doubt_value(facts, header, "content-disposition");
	doubt_value(facts, header, "content-transfer-encoding");
	if (header->hides)
		doubt(facts, "hidden_header");
}

static void read_content_id(struct facts *facts, const struct header *header,
			    struct arena *arena)
{
	struct runes value;

	facts->has_content_id = header_find(header, "content-id") != NULL;
	if (!facts->has_content_id)
		return;
	value = runes_strip(runes_of(value_of(header, "content-id"), arena));
	if (value.count > 1 && value.at[0] == '<' &&
	    value.at[value.count - 1] == '>')
		value = runes_part(value, 1, value.count - 1);
	if (value.count)
		facts->content_id = runes_print(value, MANNER_STRICT, arena);
}

/* Said twice in the same way: `name=` beside `name*=` is usual. */
static bool is_double(const struct parameter_list *list, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += !list->items[i].decoded &&
			 runes_equal(list->items[i].name, name);
	return count > 1;
}

static void read_names(struct facts *facts, struct bytes type,
		       struct bytes disposition, struct arena *arena)
{
	struct parameter_list of_type =
		parameter_parse(type, MANNER_STRICT, arena);
	struct parameter_list of_disposition =
		parameter_parse(disposition, MANNER_STRICT, arena);
	const struct runes *charset = parameter_find(&of_type, "charset");

	read_boundary(facts, &of_type, arena);
	if (is_double(&of_type, "boundary") || is_double(&of_type, "name") ||
	    is_double(&of_disposition, "filename"))
		doubt(facts, "duplicate_parameter");
	if (charset && charset->count)
		facts->charset = print_lower(*charset, arena);
	facts->strict_name = read_name(&of_disposition, &of_type,
				       MANNER_STRICT, arena);
	of_type = parameter_parse(type, MANNER_PEOPLE, arena);
	of_disposition = parameter_parse(disposition, MANNER_PEOPLE, arena);
	facts->name = read_name(&of_disposition, &of_type, MANNER_PEOPLE,
				arena);
	if (!facts->name)
		facts->name = facts->strict_name;
	if (!facts->strict_name && facts->name) {
		doubt(facts, "name");
		facts->name = NULL;
	}
}

struct facts facts_read(const struct header *header, const char *fallback,
			struct arena *arena)
{
	struct facts facts = { .type = fallback };
	struct bytes type = value_of(header, "content-type");
	struct bytes disposition = value_of(header, "content-disposition");

	if (header_find(header, "content-type")) {
		facts.type = read_type(runes_of(type, arena), arena);
		if (!facts.type) {
			facts.type = "text/plain";
			doubt(&facts, "content_type");
		}
	}
	facts.disposition =
		read_disposition(runes_of(disposition, arena), arena);
	facts.encoding = read_encoding(
		runes_of(value_of(header, "content-transfer-encoding"),
			 arena),
		arena);
	read_names(&facts, type, disposition, arena);
	read_content_id(&facts, header, arena);
	read_doubts(&facts, header);
	return facts;
}

static bool is_type(const struct facts *facts, const char *type)
{
	return strcmp(facts->type, type) == 0;
}

static bool starts(const char *string, const char *with)
{
	return strncmp(string, with, strlen(with)) == 0;
}

bool facts_is_letter(const struct facts *facts)
{
	return is_type(facts, "message/rfc822") ||
	       is_type(facts, "message/global") ||
	       is_type(facts, "message/news");
}

bool facts_is_attachment(const struct facts *facts)
{
	return strcmp(facts->disposition, "attachment") == 0 ||
	       facts->strict_name ||
	       !(is_type(facts, "text/plain") || is_type(facts, "text/html"));
}

const char *facts_class(const struct facts *facts, bool related, bool choice)
{
	bool attachment = strcmp(facts->disposition, "attachment") == 0;

	if (facts_is_letter(facts))
		return "message";
	if (is_type(facts, "application/pgp-signature") ||
	    is_type(facts, "application/pkcs7-signature") ||
	    is_type(facts, "application/x-pkcs7-signature"))
		return "signature";
	if (starts(facts->type, "message/") ||
	    is_type(facts, "text/rfc822-headers"))
		return "report";
	if (choice && starts(facts->type, "text/") && !facts->strict_name &&
	    !attachment)
		return "alternative";
	if (facts->has_content_id && !attachment &&
	    (related || strcmp(facts->disposition, "inline") == 0))
		return "inline";
	return "file";
}
