/*
 * Reservations (giữ số): a number set aside for a purpose until a moment. It
 * counts as given: nobody else gets it, used or not, and it prints in the
 * book with its purpose or the reason why it was not used.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct reservation {
	int64_t id, book_id, series_id, year, number;
	int64_t type_id, unit_id, entry_id;
	const char *type_name, *unit_name, *purpose, *day;
	const char *state; /* "held", "expired", "used", "unused" */
	const char *reserved_name, *reason, *explained_name;
	int64_t reserved_at, until, explained_at;
};

struct reservation_list {
	const struct reservation *reservations; /* by number */
	size_t count;
	int64_t expired; /* that wait for a reason */
};

struct reservation_wish {
	int64_t book_id; /* 0: the outgoing one */
	int64_t type_id, unit_id;
	const char *purpose;
	int64_t until;	 /* 0: 17:00 today; at most the next working day */
	const char *key; /* idempotency; NULL: none */
	int64_t now;
};

bool reservation_list(struct db *db, int64_t book_id, int64_t year,
		      int64_t now, struct arena *arena,
		      struct reservation_list *ret_list, struct fail *why);
bool reservation_load(struct db *db, int64_t id, int64_t now,
		      struct arena *arena, struct reservation *ret_reservation,
		      struct fail *why);
/* The series' next number. FAIL_INVALID "reservation.until",
 * "reservation.purpose"; FAIL_CONFLICT "reservation.off", "entry.year_closed".
 */
bool reservation_add(struct db *db, const struct reservation_wish *wish,
		     const struct actor *actor, int64_t *ret_id,
		     struct fail *why);
/* Given up or expired: a reason of ten characters or more. The number stays
 * in the book, not reissued. FAIL_CONFLICT "reservation.state". */
bool reservation_drop(struct db *db, int64_t id, const char *reason,
		      const struct actor *actor, int64_t now,
		      struct fail *why);

struct reservation_use {
	int64_t id, series_id, year, now;
	const char *day;   /* of the entry */
	bool accept_order; /* higher numbers have earlier days */
};
/* For entry_prepare: the number. FAIL_CONFLICT "reservation.expired",
 * "reservation.state", "reservation.order", "reservation.series". */
bool reservation_take(struct db *db, const struct reservation_use *use,
		      int64_t *ret_number, struct fail *why);
/* The entry has the number now. Id 0: nothing happens. */
bool reservation_set_used(struct db *db, int64_t id, int64_t entry_id,
			  struct fail *why);
/* Its registration was undone: held again. */
bool reservation_release(struct db *db, int64_t entry_id, struct fail *why);
