/*
 * A register to test on: a store in a folder of its own, an organisation with
 * two units, a clerk, a specialist, one letter with two files.
 */
#pragma once
#include "base/arena.h"
#include "base/moment.h"
#include "base/secret.h"
#include "core/entry_list.h"
#include "core/organisation.h"
#include "core/unit.h"
#include "core/user.h"
#include "store/db.h"
#include "store/query.h"
#include "support/test.h"
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>

struct fixture {
	char folder[64];
	struct store *store;
	struct db *db;
	struct arena *arena;
	struct fail why;
	int64_t organisation_id;
	int64_t unit_id, other_unit_id;
	struct actor clerk, specialist;
	int64_t now; /* 2026-06-24 10:00 in Việt Nam, moved by the test */
};

#define must(call)                                                  \
	do {                                                        \
		if (!(call))                                        \
			fail_msg("%s: %s", #call, f->why.sentence); \
	} while (0)
#define must_fail(call, wanted)                           \
	do {                                              \
		assert_false(call);                       \
		assert_string_equal(f->why.code, wanted); \
	} while (0)

static inline int64_t fixture_moment(const char *day, int hour, int minute)
{
	struct day parsed;
	assert_true(day_parse(day, &parsed));
	return moment_of_day(parsed) + hour * 3600 + minute * 60;
}

static inline struct actor fixture_person(struct fixture *f, const char *login,
					  unsigned roles, int64_t unit_id)
{
	struct actor program = { .id = 0, .name = "test" };
	struct user user = {
		.organisation_id = f->organisation_id,
		.unit_id = unit_id,
		.login = login,
		.name = login,
		.roles = roles,
	};
	must(user_add_hashed(f->db, &user, "x", &program, &user.id, &f->why));
	return user_actor(&user);
}

static const char fixture_sql[] =
	"INSERT INTO file (id, sha256, bytes, created_at) VALUES"
	" (101, replace(hex(zeroblob(32)), '0', '1'),"
	"  900, 0),"
	" (102, replace(hex(zeroblob(32)), '0', '2'),"
	"  300, 0),"
	" (103, replace(hex(zeroblob(32)), '0', '3'),"
	"  200, 0),"
	" (104, replace(hex(zeroblob(32)), '0', '4'),"
	"  901, 0)";
static const char fixture_mailbox[] =
	"INSERT INTO mailbox (id, address, host, port, security, user, sealed,"
	"                     keep, created_at)"
	" VALUES (1, 'vt@so.vn', 'h', 993, 'tls', 'vt', '', 'all', 0)";
static const char fixture_letters[] =
	"INSERT INTO letter (id, mailbox_id, file_id, received_at, taken_at,"
	"                    group_id, leads)"
	" VALUES (1, 1, 101, 1782270000, 1782270000, 101, 1),"
	"        (2, 1, 104, 1782270000, 1782270000, 104, 1)";
static const char fixture_parts[] =
	"INSERT INTO part (of_file_id, position, path, type, name, class,"
	"                  bytes, file_id)"
	" VALUES (101, 0, '2', 'application/pdf', '61.PDF', 'file', 300, 102),"
	"        (101, 1, '3', 'application/pdf', 'PL.PDF', 'file', 200, 103),"
	"        (104, 0, '2', 'application/pdf', 'x.PDF', 'file', 300, 102)";

static inline int fixture_open(void **state)
{
	struct fixture *f = memory_alloc(sizeof(*f));
	struct organisation wanted = {
		.name = "Sở Nông nghiệp và Môi trường",
		.code = "SNNMT",
	};
	secret_open();
	memcpy(f->folder, test_folder(), sizeof(f->folder));
	f->arena = arena_create(0);
	f->store = store_open(f->folder, true, &f->why);
	if (!f->store)
		fail_msg("%s", f->why.sentence);
	f->db = store_writer(f->store);
	f->now = fixture_moment("2026-06-24", 10, 0);
	must(organisation_create(f->db, &wanted, &f->organisation_id,
				 &f->why));
	struct unit unit = { .organisation_id = f->organisation_id,
			     .name = "Phòng Kế hoạch, Tài chính",
			     .code = "KHTC" };
	must(unit_add(f->db, &unit, &f->unit_id, &f->why));
	unit.name = "Văn phòng";
	unit.code = "VP";
	must(unit_add(f->db, &unit, &f->other_unit_id, &f->why));
	f->clerk = fixture_person(f, "lien", 1u << ROLE_CLERK,
				  f->other_unit_id);
	f->specialist = fixture_person(f, "ngoc", 1u << ROLE_SPECIALIST,
				       f->unit_id);
	must(db_run(f->db, fixture_sql, &f->why));
	must(db_run(f->db, fixture_mailbox, &f->why));
	must(db_run(f->db, fixture_letters, &f->why));
	must(db_run(f->db, fixture_parts, &f->why));
	*state = f;
	return 0;
}

static inline int fixture_remove_one(const char *path, const struct stat *about,
				     int kind, struct FTW *place)
{
	(void)about;
	(void)kind;
	(void)place;
	return remove(path);
}

static inline int fixture_close(void **state)
{
	struct fixture *f = *state;
	store_close(&f->store);
	arena_destroy(&f->arena);
	nftw(f->folder, fixture_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	memory_free(f);
	return 0;
}

/* A request that can be registered; each call another symbol. */
static inline struct entry_request fixture_request(struct fixture *f)
{
	static int count;
	struct entry_request request = {
		.actor = f->clerk,
		.direction = DIRECTION_IN,
		.fields = fields_empty(),
		.now = f->now,
	};
	request.fields.issuer = "UBND tỉnh Đồng Tháp";
	request.fields.symbol =
		arena_print(f->arena, "%d/UBND-KT", 1000 + count++);
	request.fields.document_day = "2026-01-02";
	request.fields.subject = "Về việc báo cáo cải cách hành chính";
	return request;
}

static inline struct entry fixture_register(struct fixture *f,
					    const struct entry_request *request)
{
	struct entry_answer answer;
	must(entry_register(f->db, request, f->arena, &answer, &f->why));
	return answer.entry;
}

#define FIXTURE_TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
