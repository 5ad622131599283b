#include "core/mailbox_wanted.h"
#include "base/text.h"
#include "core/mailbox.h"
#include <stdlib.h>
#include <string.h>

struct rule {
	const char *name;
	bool needed;
	size_t max; /* bytes */
	const char *fallback;
	const char *const *allowed; /* NULL: anything */
	const char *code, *hint;
};

static const char *const securities[] = { "tls", "starttls", "plain", NULL };
static const char *const keeps[] = { "all", "documents", NULL };

/* clang-format off */
static const struct rule rules[MAILBOX_COLUMN_COUNT] = {
	[MAILBOX_ADDRESS] = { "address", true, 254, NULL, NULL, "mailbox.address",
		"Địa chỉ hộp thư có dạng ten@coquan.gov.vn." },
	[MAILBOX_HOST] = { "host", true, 253, NULL, NULL, "mailbox.host",
		"Tên máy chủ chỉ gồm chữ không dấu, số, dấu chấm, gạch." },
	[MAILBOX_PORT] = { "port", true, 5, NULL, NULL, "mailbox.port",
		"Cổng là một số từ 1 đến 65535." },
	[MAILBOX_SECURITY] = { "security", true, 8, NULL, securities, "mailbox.security",
		"Bảo mật là một trong: tls, starttls, plain." },
	[MAILBOX_USER] = { "user", true, 254, NULL, NULL, "mailbox.user",
		"Nhập tên đăng nhập trên máy chủ, không quá 254 byte." },
	[MAILBOX_PASSWORD] = { "password", false, 1000, NULL, NULL, "mailbox.password",
		"Mật khẩu là một dòng, không quá 1000 byte." },
	[MAILBOX_UNIT] = { "unit", false, 50, NULL, NULL, "mailbox.unit",
		"Mã đơn vị không quá 50 byte." },
	[MAILBOX_FOLDERS] = { "folders", false, 2000, "INBOX", NULL, "mailbox.folders",
		"Nhập tối đa 100 tên thư mục khác nhau, cách nhau bằng dấu"
		" chấm phẩy." },
	[MAILBOX_KEEP] = { "keep", false, 9, "all", keeps, "mailbox.keep",
		"Giữ là một trong: all, documents." },
};
/* clang-format on */

const char *mailbox_column_name(enum mailbox_column column)
{
	return rules[column].name;
}

bool mailbox_column_is_needed(enum mailbox_column column)
{
	return rules[column].needed;
}

static bool refuse(enum mailbox_column column, struct fail *why)
{
	return fail_code(why, rules[column].code, rules[column].hint);
}

static bool has_control(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < ' ' || *value == 0x7f)
			return true;
	return false;
}

static bool is_allowed(const char *value, const char *const *allowed)
{
	if (!allowed)
		return true;
	while (*allowed && strcmp(*allowed, value) != 0)
		allowed++;
	return *allowed != NULL;
}

/* Never shows a value of the password. */
static bool check_value(const struct rule *rule, const char *value,
			struct fail *why)
{
	if (rule->needed && !*value)
		return fail(why, FAIL_INVALID, "'%s' is empty", rule->name);
	if (strlen(value) > rule->max)
		return fail(why, FAIL_INVALID,
			    "'%s' is longer than %zu bytes", rule->name,
			    rule->max);
	if (has_control(value))
		return fail(why, FAIL_INVALID, "'%s' has a control character",
			    rule->name);
	if (!is_allowed(value, rule->allowed))
		return fail(why, FAIL_INVALID, "'%s' may not be '%s'",
			    rule->name, value);
	return true;
}

static bool check_address(const char *address, struct fail *why)
{
	const char *at = strchr(address, '@');

	if (at && at != address && at[1] && !strchr(at + 1, '@') &&
	    !strchr(address, ' '))
		return true;
	fail(why, FAIL_INVALID, "'%s' is not a mail address", address);
	return refuse(MAILBOX_ADDRESS, why);
}

static bool check_host(const char *host, struct fail *why)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789.-_:";

	if (host[strspn(host, allowed)] == '\0')
		return true;
	fail(why, FAIL_INVALID, "'%s' is not the name of a host", host);
	return refuse(MAILBOX_HOST, why);
}

static bool check_port(struct mailbox_wanted *wanted, struct fail *why)
{
	const char *typed = wanted->value[MAILBOX_PORT];
	char *end;

	wanted->port = strtol(typed, &end, 10);
	if (!*end && wanted->port >= 1 && wanted->port <= 65535)
		return true;
	fail(why, FAIL_INVALID, "port '%s' is not between 1 and 65535", typed);
	return refuse(MAILBOX_PORT, why);
}

/* By its name alone; the gateway looks at where the connection ends. */
static bool is_this_machine(const char *host)
{
	return strcasecmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
	       (strncmp(host, "127.", 4) == 0 &&
		host[strspn(host, "0123456789.")] == '\0');
}

static bool check_plain(const struct mailbox_wanted *wanted,
			bool plain_anywhere, struct fail *why)
{
	if (strcmp(wanted->value[MAILBOX_SECURITY], "plain") != 0 ||
	    plain_anywhere || is_this_machine(wanted->value[MAILBOX_HOST]))
		return true;
	fail(why, FAIL_INVALID,
	     "'security' may be 'plain' only for a server on this machine");
	return fail_code(why, "mailbox.plain",
			 "Chỉ máy chủ thư trên chính máy này mới được dùng "
			 "plain. Chọn tls hoặc starttls.");
}

static bool has_folder(const struct mailbox_wanted *wanted, const char *name)
{
	for (size_t i = 0; i < wanted->folder_count; i++)
		if (strcmp(wanted->folders[i], name) == 0)
			return true;
	return false;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* As mailbox_folders() lists them, so that both can be compared. */
static void sort_folders(struct mailbox_wanted *wanted, struct arena *arena)
{
	auto_text joined = { 0 };

	qsort(wanted->folders, wanted->folder_count, sizeof(char *),
	      compare_names);
	for (size_t i = 0; i < wanted->folder_count; i++)
		text_addf(&joined, "%s%s", i ? ";" : "", wanted->folders[i]);
	wanted->value[MAILBOX_FOLDERS] =
		arena_copy(arena, text_string(&joined));
}

/* INBOX is one folder however it is written (RFC 9051 5.1). */
static bool split_folders(struct mailbox_wanted *wanted, struct arena *arena,
			  struct fail *why)
{
	const char *at = wanted->value[MAILBOX_FOLDERS];

	wanted->folder_count = 0;
	wanted->folders = arena_array(arena, MAILBOX_FOLDERS_MAX,
				      sizeof(*wanted->folders));
	while (*at) {
		size_t size = strcspn(at, ";");
		const char *name = arena_copy_part(arena, at, size);

		at += size + (at[size] == ';');
		if (!*name)
			continue;
		if (strcasecmp(name, "INBOX") == 0)
			name = "INBOX";
		if (has_folder(wanted, name))
			return fail(why, FAIL_INVALID,
				    "the folder '%.200s' comes twice", name);
		if (wanted->folder_count == MAILBOX_FOLDERS_MAX)
			return fail(why, FAIL_INVALID, "more than %d folders",
				    MAILBOX_FOLDERS_MAX);
		wanted->folders[wanted->folder_count++] = name;
	}
	if (!wanted->folder_count)
		return fail(why, FAIL_INVALID, "'folders' names none");
	sort_folders(wanted, arena);
	return true;
}

bool mailbox_check(struct mailbox_wanted *wanted, bool plain_anywhere,
		   struct arena *arena, struct fail *why)
{
	for (unsigned i = 0; i < MAILBOX_COLUMN_COUNT; i++) {
		if (!*wanted->value[i] && rules[i].fallback)
			wanted->value[i] = rules[i].fallback;
		if (!check_value(&rules[i], wanted->value[i], why))
			return refuse((enum mailbox_column)i, why);
	}
	if (!check_address(wanted->value[MAILBOX_ADDRESS], why) ||
	    !check_host(wanted->value[MAILBOX_HOST], why) ||
	    !check_port(wanted, why) ||
	    !check_plain(wanted, plain_anywhere, why))
		return false;
	return split_folders(wanted, arena, why) ||
	       refuse(MAILBOX_FOLDERS, why);
}

int64_t mailbox_door(int64_t port)
{
	return port == 143 ? 993 : port;
}

static bool is_same_server(const struct mailbox *old,
			   const struct mailbox_wanted *wanted)
{
	return strcasecmp(old->host, wanted->value[MAILBOX_HOST]) == 0 &&
	       mailbox_door(old->port) == mailbox_door(wanted->port);
}

bool mailbox_is_same_account(const struct mailbox *old,
			     const struct mailbox_wanted *wanted)
{
	return is_same_server(old, wanted) &&
	       strcasecmp(old->user, wanted->value[MAILBOX_USER]) == 0;
}

bool mailbox_check_password(const struct mailbox_wanted *wanted,
			    const struct mailbox *old, struct fail *why)
{
	const char *const *value = wanted->value;

	if (*value[MAILBOX_PASSWORD])
		return true;
	if (!old) {
		fail(why, FAIL_INVALID, "'password' is empty");
		return fail_code(why, "mailbox.password",
				 "Nhập mật khẩu của hộp thư.");
	}
	if (strcmp(old->address, value[MAILBOX_ADDRESS]) == 0 &&
	    is_same_server(old, wanted) &&
	    (strcmp(old->security, "plain") == 0 ||
	     strcmp(value[MAILBOX_SECURITY], "plain") != 0))
		return true;
	fail(why, FAIL_INVALID,
	     "'password' is needed: it was entered for another address or "
	     "server");
	return fail_code(why, "mailbox.password",
			 "Đổi địa chỉ, máy chủ hoặc bỏ mã hóa thì phải nhập lại"
			 " mật khẩu.");
}

unsigned mailbox_differs(const struct mailbox *old, const char *old_folders,
			 const struct mailbox_wanted *wanted)
{
	const char *const had[MAILBOX_COLUMN_COUNT] = {
		[MAILBOX_ADDRESS] = old->address,
		[MAILBOX_HOST] = old->host,
		[MAILBOX_SECURITY] = old->security,
		[MAILBOX_USER] = old->user,
		[MAILBOX_PASSWORD] = "",
		[MAILBOX_UNIT] = old->unit ? old->unit : "",
		[MAILBOX_FOLDERS] = old_folders,
		[MAILBOX_KEEP] = old->keep,
	};
	unsigned differs = 0;

	for (unsigned i = 0; i < MAILBOX_COLUMN_COUNT; i++)
		if (had[i] && strcmp(had[i], wanted->value[i]) != 0)
			differs |= 1u << i;
	if (old->port != wanted->port)
		differs |= 1u << MAILBOX_PORT;
	return differs;
}
