#include "http/request_private.h"
#include <string.h>
#include <strings.h>

struct seen {
	int hosts, lengths, codings;
	const char *length;
	const char *reason;
};

static bool is_token(const char *name, size_t size)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	if (!size)
		return false;
	for (size_t i = 0; i < size; i++) {
		char c = name[i];
		bool alphanumeric = (c >= 'a' && c <= 'z') ||
				    (c >= 'A' && c <= 'Z') ||
				    (c >= '0' && c <= '9');
		if (!alphanumeric && (!c || !strchr(others, c)))
			return false;
	}
	return true;
}

static bool is_clean(const char *value, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)value[i];
		if ((c < 0x20 && c != '\t') || c == 0x7F)
			return false;
	}
	return true;
}

static bool is_number(const char *value)
{
	size_t size = strspn(value, "0123456789");

	return size > 0 && size <= 18 && !value[size];
}

static void check_header(struct seen *seen, const char *name,
			 const char *value, size_t value_size)
{
	if (!is_clean(value, value_size))
		seen->reason = "a header value has a control character";
	else if (strcasecmp(name, "Host") == 0)
		seen->hosts++;
	else if (strcasecmp(name, "Transfer-Encoding") == 0)
		seen->codings++;
	if (strcasecmp(name, "Content-Length") != 0)
		return;
	seen->lengths++;
	if (!is_number(value))
		seen->reason = "Content-Length is not a number";
}

static enum MHD_Result look(void *context, enum MHD_ValueKind kind,
			    const char *name, size_t name_size,
			    const char *value, size_t value_size)
{
	struct seen *seen = context;

	(void)kind;
	if (!is_token(name, name_size))
		seen->reason = "a header name is not a token";
	else
		check_header(seen, name, value ? value : "", value_size);
	return seen->reason ? MHD_NO : MHD_YES;
}

const char *guard_check(struct MHD_Connection *connection, const char *version)
{
	struct seen seen = { 0 };

	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, look, &seen);
	if (seen.reason)
		return seen.reason;
	if (seen.hosts > 1)
		return "two Host headers";
	if (seen.hosts == 0 && strcmp(version, "HTTP/1.1") == 0)
		return "no Host header";
	if (seen.lengths > 1)
		return "two Content-Length headers";
	if (seen.codings > 1 || (seen.lengths && seen.codings))
		return "Content-Length and Transfer-Encoding together";
	return NULL;
}
