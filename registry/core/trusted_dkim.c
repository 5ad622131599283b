/*
 * Authentication-Results (RFC 8601), as far as one question needs it: comments
 * are skipped, quoted strings are one word.
 */
#include "base/text.h"
#include "base/tree.h"
#include "core/trusted.h"
#include <string.h>
#include <strings.h>

enum {
	HEADERS_MAX = 20,
	HEADER_BYTES = 4000,
	COMMENTS_MAX = 16 /* within each other */
};

/* The header without comments; quotes go, what they hold stays. */
static const char *strip(const char *header, struct arena *arena)
{
	auto_text text = { 0 };
	bool quoted = false;
	int depth = 0;

	for (size_t i = 0; header[i] && i < HEADER_BYTES; i++) {
		char c = header[i];

		if (c == '\\' && header[i + 1] && (quoted || depth))
			i++;
		else if (c == '"' && !depth)
			quoted = !quoted;
		else if (c == '(' && !quoted && depth < COMMENTS_MAX)
			depth++;
		else if (c == ')' && !quoted && depth)
			depth--;
		else if (!depth)
			/* a separator inside quotes separates nothing */
			text_add_char(&text,
				      quoted && strchr("; \t=", c) ? '?' : c);
	}
	return arena_copy(arena, text_string(&text));
}

static bool is_word(const char *at, size_t size, const char *word)
{
	return size == strlen(word) && strncasecmp(at, word, size) == 0;
}

/* One result, " dkim=pass header.d=so.vn header.s=k1". */
static bool take_result(const char *result, size_t size, const char *domain,
			bool *ret_is_dkim)
{
	bool is_pass = false, is_domain = false;
	size_t at = 0;

	*ret_is_dkim = false;
	while (at < size) {
		size_t blank = strspn(result + at, " \t\r\n");
		size_t word = strcspn(result + at + blank, " \t\r\n;");
		const char *start = result + at + blank;

		if (strncasecmp(start, "dkim=", 5) == 0 && word >= 5) {
			*ret_is_dkim = true;
			is_pass = is_word(start + 5, word - 5, "pass");
		}
		if (strncasecmp(start, "header.d=", 9) == 0 && word >= 9)
			is_domain |= is_word(start + 9, word - 9, domain);
		at += blank + (word ? word : 1);
	}
	return *ret_is_dkim && is_pass && is_domain;
}

/* Is it our server's header about DKIM, and does it say so? */
static bool judge(const char *header, const char *server, const char *domain,
		  bool *ret_is_ours)
{
	size_t blank = strspn(header, " \t\r\n");
	size_t name = strcspn(header + blank, " \t\r\n;");
	const char *at = header + blank + name;
	bool passes = false, is_dkim;

	*ret_is_ours = false;
	if (!is_word(header + blank, name, server))
		return false;
	while ((at = strchr(at, ';'))) {
		size_t size = strcspn(++at, ";");

		passes |= take_result(at, size, domain, &is_dkim);
		*ret_is_ours |= is_dkim;
	}
	return passes;
}

bool trusted_has_dkim(const char *authentication_json, const char *server,
		      const char *domain, struct arena *arena)
{
	struct fail ignored;
	auto_tree *list = tree_parse(
		bytes_of(authentication_json ? authentication_json : "[]"),
		&ignored);
	size_t count = list ? tree_count(list) : 0, ours = 0;
	bool passes = false;

	if (!server || !*server || !domain || !*domain ||
	    count > HEADERS_MAX)
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *header = tree_text_at(list, i);
		bool is_ours = false;

		if (!header || strlen(header) > HEADER_BYTES)
			return false;
		passes |= judge(strip(header, arena), server, domain,
				&is_ours);
		ours += is_ours;
	}
	return passes && ours == 1;
}
