/*
 * The organisation whose register this is.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stdint.h>

struct db;

struct organisation {
	int64_t id;
	const char *name;
	const char *superior; /* cơ quan chủ quản trực tiếp */
	const char *short_name;
	const char *code;	/* in symbols: "SNNMT" */
	const char *identifier; /* mã định danh */
	const char *place;	/* địa danh */
	int64_t created_at;
};

/* With its books and series: văn bản đến (series 'den', all incoming) and văn
 * bản đi ('di', all outgoing). An empty code is made from the name's capital
 * letters. */
bool organisation_create(struct db *db, const struct organisation *wanted,
			 int64_t *ret_id, struct fail *why);
bool organisation_load(struct db *db, int64_t id, struct arena *arena,
		       struct organisation *ret_organisation,
		       struct fail *why);
/* The first one; FAIL_NOT_FOUND before registry init. */
bool organisation_load_first(struct db *db, struct arena *arena,
			     struct organisation *ret_organisation,
			     struct fail *why);
