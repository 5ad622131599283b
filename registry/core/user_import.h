/*
 * Users by the hundred: a table of people held against those who are here.
 * Nothing is applied unless every row is right.
 */
#pragma once
#include "core/user.h"

enum {
	USER_IMPORT_MAX = 20000
};

enum user_import_kind {
	USER_IMPORT_ADD,
	USER_IMPORT_CHANGE,
	USER_IMPORT_SAME,
	USER_IMPORT_WRONG
};

/* One row as typed. Strings are never NULL. */
struct user_import_row {
	const char *login, *name, *position, *email;
	const char *unit; /* its code; "": none */
	const char *role; /* "clerk" or as people say it: "Văn thư" */
};

struct user_import_result {
	enum user_import_kind kind;
	const char *code;     /* WRONG: "login", "unit", "role", "twice" … */
	const char *sentence; /* WRONG: what to do, in Vietnamese */
	int64_t user_id;      /* 0: new */
};

struct user_import {
	struct actor actor;
	const struct user_import_row *rows;
	size_t count;
	bool apply;
};

/* What each row would do, in their order. With `apply` it is done, unless one
 * is WRONG: FAIL_INVALID "import.rows". New people have no password yet; each
 * gets a one-time one (user_reset_password). A role of somebody who is here
 * does not change this way: a second person confirms those. */
bool user_import(struct db *db, const struct user_import *import,
		 struct arena *arena, struct user_import_result *ret_results,
		 struct fail *why);
/* Name, position, mail, unit: the audit keeps what was. */
bool user_edit(struct db *db, const struct user *wanted,
	       const struct actor *actor, struct fail *why);
