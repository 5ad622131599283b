/*
 * Access: roles, permissions, and who may do what.
 *
 * One table decides (access.c); the route table of web names a permission for
 * every route. A person may have several roles and then may what any of them
 * may. Which documents a person sees is a second question: access_sees_all().
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum role {
	ROLE_CLERK,	    /* văn thư */
	ROLE_LEADER,	    /* lãnh đạo */
	ROLE_UNIT_HEAD,	    /* lãnh đạo đơn vị */
	ROLE_SPECIALIST,    /* chuyên viên */
	ROLE_ADMINISTRATOR, /* quản trị */
	ROLE_COUNT
};

enum permission {
	PERMISSION_NONE,      /* forgotten: nobody may, and a test fails */
	PERMISSION_PUBLIC,    /* without a session */
	PERMISSION_GATEWAY,   /* the gateway's token, no person */
	PERMISSION_SIGNED_IN, /* any person */
	MAY_READ_INTAKE,
	MAY_DECIDE_INTAKE,  /* attach, not a document, quarantine, return */
	MAY_READ_BOOKS,	    /* entry lists and counts of whole books */
	MAY_READ_DOCUMENTS, /* one entry, its files; see access_sees_all */
	MAY_REGISTER,	    /* take a number */
	MAY_EDIT_ENTRIES,   /* edit, relate, attach */
	MAY_VOID_ENTRIES,
	MAY_SEARCH,
	MAY_READ_LISTS, /* agencies, units, types, users, books */
	MAY_MANAGE_LISTS,
	MAY_READ_MAILBOXES,
	MAY_MANAGE_MAILBOXES,
	MAY_MANAGE_USERS,
	MAY_READ_AUDIT,
	MAY_READ_REPORTS,
	MAY_WORK,     /* one's own work; core/flow decides on what */
	MAY_INSTRUCT, /* bút phê; a clerk records those on paper */
	MAY_ASSIGN,   /* inside one's unit */
	MAY_GRANT,    /* show a document to others; a second confirms */
	MAY_FILE,     /* dossiers */
	PERMISSION_COUNT
};

/* Who does something, for rules and audit. A program has id 0. */
struct actor {
	int64_t id;
	const char *name;
	int64_t organisation_id;
	int64_t unit_id; /* 0: none */
	unsigned roles;	 /* bits: 1u << ROLE_CLERK | … */
	/* Those absent whom this person stands in for today, and the units of
	 * the heads among them; in the request's arena. */
	const int64_t *stands_for, *also_units;
	size_t stands_for_count, also_unit_count;
};

bool access_may(unsigned roles, enum permission permission);
/* True: every entry. False: only those that the person's unit or the person
 * received, drafted or registered. */
bool access_sees_all(unsigned roles);

const char *role_name(enum role role); /* "unit_head" */
/* ROLE_COUNT when there is no such role. */
enum role role_find(const char *name);
const char *permission_name(enum permission permission); /* "register" */
