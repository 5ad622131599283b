#include "reader/envelope.h"
#include "reader/encoded.h"
#include "viet/encoding.h"
#include <gmime/gmime.h>
#include <string.h>

enum {
	RECIPIENTS_MAX = 500,
	GROUPS_MAX = 50,
	ADDRESSES_MAX = 64 * 1024, /* bytes of one header field */
	REFERENCES_MAX = 100,
	VALUE_MAX = 16 * 1024
};

static GMimeParserOptions *options;

void envelope_open(void)
{
	static const char *fallback[] = { "utf-8", "windows-1258",
					  "iso-8859-1", NULL };

	g_mime_init();
	options = g_mime_parser_options_new();
	g_mime_parser_options_set_address_compliance_mode(
		options, GMIME_RFC_COMPLIANCE_LOOSE);
	g_mime_parser_options_set_parameter_compliance_mode(
		options, GMIME_RFC_COMPLIANCE_LOOSE);
	g_mime_parser_options_set_rfc2047_compliance_mode(
		options, GMIME_RFC_COMPLIANCE_LOOSE);
	g_mime_parser_options_set_fallback_charsets(options, fallback);
	(void)envelope_count_attachments(
		bytes_of("From: =?windows-1258?Q?a=EC?= <a@b>\r\n"
			 "Date: Tue, 24 Nov 2026 08:00:00 +0700\r\n"
			 "Content-Type: application/x; name*=utf-8''a\r\n"
			 "\r\nx"));
}

void envelope_close(void)
{
	g_mime_parser_options_free(options);
	g_mime_shutdown();
}

/* Characters that may stand in a word of the Q encoding everywhere. */
static bool is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

static void add_q(struct text *out, const char *decoded)
{
	text_add(out, "=?utf-8?Q?");
	for (const char *c = decoded; *c; c++) {
		if (is_plain((unsigned char)*c))
			text_add_char(out, *c);
		else
			text_addf(out, "=%02X", (unsigned char)*c);
	}
	text_add(out, "?=");
}

/* The end of the encoded word at `at`, or NULL. */
static const char *word_end(const char *at)
{
	const char *question;

	if (strncmp(at, "=?", 2) != 0)
		return NULL;
	question = strchr(at + 2, '?');
	if (!question || !question[1] || question[2] != '?')
		return NULL;
	question = strstr(question + 3, "?=");
	return question ? question + 2 : NULL;
}

/* Runs of encoded words, decoded as one and written as one Q word in UTF-8;
 * raw bytes as UTF-8 too. */
static char *prepare(struct bytes value, struct arena *arena)
{
	const char *at = arena_copy_part(arena, (const char *)value.data,
					 strnlen((const char *)value.data,
						 value.size));
	auto_text out = { 0 };

	while (*at) {
		const char *end = word_end(at);
		const char *start = at;
		struct runes run;

		if (!end) {
			text_add_char(&out, *at++);
			continue;
		}
		do {
			at = end;
			end = word_end(at + strspn(at, " \t\r\n"));
		} while (end);
		run = runes_of((struct bytes){ (const unsigned char *)start,
					       (size_t)(at - start) },
			       arena);
		add_q(&out,
		      runes_print(encoded_decode(run, MANNER_PEOPLE, arena),
				  MANNER_PEOPLE, arena));
	}
	return viet_from_charset(bytes_of(text_string(&out)), NULL, arena,
				 NULL);
}

static size_t count_char(const char *value, char c)
{
	size_t count = 0;

	for (; *value; value++)
		count += *value == c;
	return count;
}

static InternetAddressList *parse_addresses(struct structure *structure,
					    struct bytes value,
					    struct arena *arena)
{
	const char *prepared;

	if (value.size > ADDRESSES_MAX)
		structure_doubt(structure, "recipients_limit");
	value = bytes_part(value, 0, ADDRESSES_MAX);
	prepared = prepare(value, arena);
	if (count_char(prepared, ':') > GROUPS_MAX ||
	    count_char(prepared, '(') > GROUPS_MAX * 10) {
		structure_doubt(structure, "recipients_limit");
		return NULL;
	}
	return internet_address_list_parse(options, prepared);
}

/* Text of a library that promises UTF-8, on our word. */
static const char *safe(const char *value, struct arena *arena)
{
	if (!value || !*value)
		return NULL;
	return viet_from_charset(bytes_of(value), "utf-8", arena, NULL);
}

static void add_recipients(InternetAddressList *list, const char *field,
			   struct tree *recipients, struct arena *arena)
{
	int count = internet_address_list_length(list);

	for (int i = 0; i < count && tree_count(recipients) < RECIPIENTS_MAX;
	     i++) {
		InternetAddress *one =
			internet_address_list_get_address(list, i);
		struct tree *recipient;

		if (INTERNET_ADDRESS_IS_GROUP(one)) {
			InternetAddressGroup *group =
				INTERNET_ADDRESS_GROUP(one);
			InternetAddressList *members =
				internet_address_group_get_members(group);

			if (members && members != list)
				add_recipients(members, field, recipients,
					       arena);
			continue;
		}
		recipient = tree_add_tree(recipients);
		tree_set_text(recipient, "name",
			      safe(internet_address_get_name(one), arena));
		tree_set_text(recipient, "address",
			      safe(internet_address_mailbox_get_addr(
					   INTERNET_ADDRESS_MAILBOX(one)),
				   arena));
		tree_set_text(recipient, "field", field);
	}
}

static void read_recipients(struct structure *structure, struct arena *arena,
			    struct tree *answer)
{
	static const char *const fields[] = { "to", "cc" };
	struct tree *recipients = tree_set_list(answer, "recipients");

	for (size_t i = 0; i < 2; i++) {
		const struct bytes *value =
			header_find(&structure->header, fields[i]);
		InternetAddressList *list =
			value ? parse_addresses(structure, *value, arena)
			      : NULL;

		if (!list)
			continue;
		add_recipients(list, fields[i], recipients, arena);
		g_object_unref(list);
	}
}

static void read_sender(struct structure *structure, struct arena *arena,
			struct tree *answer)
{
	const struct bytes *value = header_find(&structure->header, "from");
	auto_tree *found = tree_create_list();
	const struct tree *first;
	InternetAddressList *list;

	if (!value)
		value = header_find(&structure->header, "sender");
	list = value ? parse_addresses(structure, *value, arena) : NULL;
	if (!list)
		return;
	add_recipients(list, "from", found, arena);
	g_object_unref(list);
	first = tree_at(found, 0);
	if (!first)
		return;
	tree_set_text(answer, "sender_name", tree_text(first, "name", NULL));
	tree_set_text(answer, "sender_address",
		      tree_text(first, "address", NULL));
}

/* One line: folding and runs of blanks become one blank. */
static const char *one_line(struct runes runes, struct arena *arena)
{
	struct rune_text text = { .arena = arena };
	bool space = false;

	for (size_t i = 0; i < runes.count; i++) {
		bool blank = rune_is_space(runes.at[i]) || !runes.at[i];

		if (!blank && space && text.count)
			rune_add(&text, ' ');
		if (!blank)
			rune_add(&text, runes.at[i]);
		space = blank;
	}
	return viet_repair(runes_print(rune_result(&text), MANNER_PEOPLE,
				       arena),
			   arena, NULL);
}

static void read_subject(const struct structure *structure,
			 struct arena *arena, struct tree *answer)
{
	const struct bytes *value = header_find(&structure->header, "subject");
	struct runes runes;

	if (!value)
		return;
	runes = runes_of(bytes_part(*value, 0, VALUE_MAX), arena);
	tree_set_text(answer, "subject",
		      one_line(encoded_decode(runes, MANNER_PEOPLE, arena),
			       arena));
}

static void read_date(const struct structure *structure, struct arena *arena,
		      struct tree *answer)
{
	const struct bytes *value = header_find(&structure->header, "date");
	const char *string;
	GDateTime *date;

	if (!value || value->size > 200)
		return;
	string = runes_print(runes_of(*value, arena), MANNER_STRICT, arena);
	date = g_mime_utils_header_decode_date(string);
	if (!date)
		return;
	tree_set_int(answer, "sent_at", g_date_time_to_unix(date));
	g_date_time_unref(date);
}

/* The next <…> of a header, or all of it when it has none. */
static const char *next_id(struct runes value, size_t *at,
			   struct arena *arena)
{
	size_t start = runes_find(value, '<', *at);
	size_t end = runes_find(value, '>', start);

	if (end == value.count)
		return NULL;
	*at = end + 1;
	return one_line(runes_strip(runes_part(value, start + 1, end)),
			arena);
}

static void read_id(const struct structure *structure, const char *field,
		    const char *member, struct arena *arena,
		    struct tree *answer)
{
	const struct bytes *value = header_find(&structure->header, field);
	size_t at = 0;
	const char *id;
	struct runes runes;

	if (!value)
		return;
	runes = runes_of(bytes_part(*value, 0, VALUE_MAX), arena);
	id = next_id(runes, &at, arena);
	if (!id)
		id = one_line(runes, arena);
	if (*id)
		tree_set_text(answer, member, id);
}

static void read_references(const struct structure *structure,
			    struct arena *arena, struct tree *answer)
{
	const struct bytes *value =
		header_find(&structure->header, "references");
	struct tree *list = tree_set_list(answer, "references");
	struct runes runes;
	size_t at = 0;

	if (!value)
		return;
	runes = runes_of(bytes_part(*value, 0, VALUE_MAX), arena);
	for (size_t i = 0; i < REFERENCES_MAX; i++) {
		const char *id = next_id(runes, &at, arena);

		if (!id)
			return;
		if (*id)
			tree_add_text(list, id);
	}
}

void envelope_read(struct structure *structure, struct arena *arena,
		   struct tree *answer)
{
	read_subject(structure, arena, answer);
	read_sender(structure, arena, answer);
	read_recipients(structure, arena, answer);
	read_id(structure, "message-id", "message_id", arena, answer);
	read_id(structure, "in-reply-to", "in_reply_to", arena, answer);
	read_references(structure, arena, answer);
	read_date(structure, arena, answer);
}

static void count_part(GMimeObject *parent, GMimeObject *part, gpointer user)
{
	size_t *count = user;
	GMimeContentType *type = g_mime_object_get_content_type(part);

	(void)parent;
	if (GMIME_IS_MULTIPART(part))
		return;
	if (g_mime_object_get_disposition(part) &&
	    g_ascii_strcasecmp(g_mime_object_get_disposition(part),
			       "attachment") == 0)
		(*count)++;
	else if (GMIME_IS_PART(part) &&
		 g_mime_part_get_filename(GMIME_PART(part)))
		(*count)++;
	else if (!g_mime_content_type_is_type(type, "text", "plain") &&
		 !g_mime_content_type_is_type(type, "text", "html"))
		(*count)++;
}

size_t envelope_count_attachments(struct bytes letter)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(
		(const char *)letter.data, letter.size);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message;
	size_t count = 0;

	g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
	message = g_mime_parser_construct_message(parser, options);
	if (message) {
		g_mime_message_foreach(message, count_part, &count);
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
	return count;
}
