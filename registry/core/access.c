#include "core/access.h"
#include <assert.h>
#include <string.h>

#define C (1u << ROLE_CLERK)
#define L (1u << ROLE_LEADER)
#define H (1u << ROLE_UNIT_HEAD)
#define S (1u << ROLE_SPECIALIST)
#define A (1u << ROLE_ADMINISTRATOR)
#define EVERY_ROLE (C | L | H | S | A)

/* clang-format off */
static const struct {
	const char *name;
	unsigned roles;
} permissions[PERMISSION_COUNT] = {
	[PERMISSION_NONE]      = { "none",             0 },
	[PERMISSION_PUBLIC]    = { "public",           EVERY_ROLE },
	[PERMISSION_GATEWAY]   = { "gateway",          0 },
	[PERMISSION_SIGNED_IN] = { "signed_in",        EVERY_ROLE },
	[MAY_READ_INTAKE]      = { "read_intake",      C },
	[MAY_DECIDE_INTAKE]    = { "decide_intake",    C },
	[MAY_READ_BOOKS]       = { "read_books",       C | L | H | S },
	[MAY_READ_DOCUMENTS]   = { "read_documents",   C | L | H | S },
	[MAY_REGISTER]         = { "register",         C },
	[MAY_EDIT_ENTRIES]     = { "edit_entries",     C },
	[MAY_VOID_ENTRIES]     = { "void_entries",     C },
	[MAY_SEARCH]           = { "search",           C | L | H | S },
	[MAY_READ_LISTS]       = { "read_lists",       EVERY_ROLE },
	[MAY_MANAGE_LISTS]     = { "manage_lists",     A },
	[MAY_READ_MAILBOXES]   = { "read_mailboxes",   C | A },
	[MAY_MANAGE_MAILBOXES] = { "manage_mailboxes", A },
	[MAY_MANAGE_USERS]     = { "manage_users",     A },
	[MAY_READ_AUDIT]       = { "read_audit",       C | A },
	[MAY_READ_REPORTS]     = { "read_reports",     C | L | H },
	[MAY_WORK]             = { "work",             C | L | H | S },
	[MAY_INSTRUCT]         = { "instruct",         C | L },
	[MAY_ASSIGN]           = { "assign",           H },
	[MAY_GRANT]            = { "grant",            C | L | H },
	[MAY_FILE]             = { "file",             C | L | H | S },
};

static const char *const role_names[ROLE_COUNT] = {
	[ROLE_CLERK]         = "clerk",
	[ROLE_LEADER]        = "leader",
	[ROLE_UNIT_HEAD]     = "unit_head",
	[ROLE_SPECIALIST]    = "specialist",
	[ROLE_ADMINISTRATOR] = "administrator",
};
/* clang-format on */

bool access_may(unsigned roles, enum permission permission)
{
	assert(permission < PERMISSION_COUNT);
	return (permissions[permission].roles & roles) != 0;
}

bool access_sees_all(unsigned roles)
{
	return (roles & (C | L)) != 0;
}

const char *role_name(enum role role)
{
	assert(role < ROLE_COUNT);
	return role_names[role];
}

enum role role_find(const char *name)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (strcmp(role_names[i], name) == 0)
			return (enum role)i;
	return ROLE_COUNT;
}

const char *permission_name(enum permission permission)
{
	assert(permission < PERMISSION_COUNT);
	return permissions[permission].name;
}
