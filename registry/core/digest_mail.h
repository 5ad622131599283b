/*
 * The daily mail: what waits for a person and what happened, in the person's
 * language, made at the hour they chose on working days.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stdint.h>

struct db;

struct digest_mail {
	const char *subject, *text;
	bool is_empty;	  /* nothing waits, nothing happened */
	const char *hour; /* "7" or "off" */
};

/* As it would be now. */
bool digest_mail_print(struct db *db, const struct actor *actor, int64_t now,
		       struct arena *arena, struct digest_mail *ret_mail,
		       struct fail *why);
/* Makes those that are due, a few at a time; each once a day, for people with
 * a mail address. They wait for the gateway's outbox. */
bool digest_mail_run(struct db *db, int64_t organisation_id, int64_t now,
		     int64_t *ret_count, struct fail *why);
