#include "core/book.h"
#include "core/calendar.h"
#include "core/extension.h"
#include "core/relation.h"
#include "core/search.h"
#include "store/query.h"
#include "support/desk.h"
#include "support/search.h"

static const char select_tags[] =
	"SELECT tags FROM search_item WHERE kind = 'entry' AND object_id = ?1";
static const char select_due[] =
	"SELECT coalesce(flow.due_day, entry.due_day)"
	"  FROM entry LEFT JOIN flow ON flow.entry_id = entry.id"
	" WHERE entry.id = ?1";
static const char insert_signed[] =
	"INSERT INTO file_reading (file_id, reader_version, type, read_at,"
	"                          signatures)"
	" VALUES (102, '1', 'application/pdf', 0, '[{\"state\":\"signed\"}]')";

/* How often this value of a facet is counted, -1: not at all; what the filter
 * finds must be as many. */
static int64_t count_of(struct fixture *f, struct search_request request,
			const char *name, const char *value)
{
	struct search_facets facets;
	const struct search_facet *found;

	request.organisation_id = f->organisation_id;
	request.now = f->now;
	must(search_count_facets(f->db, &request, f->arena, &facets, &f->why));
	found = facet(&facets, name);
	for (size_t i = 0; i < found->count; i++) {
		if (strcmp(found->counts[i].value, value) == 0)
			return found->counts[i].count;
	}
	return -1;
}

static size_t finds_all(struct fixture *f, struct search_request request)
{
	struct search_answer answer = { .hits = NULL };

	request.organisation_id = f->organisation_id;
	request.now = f->now;
	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	return answer.hit_count;
}

static int64_t add_signer(struct fixture *f, const char *name)
{
	struct entry_request request = fixture_request(f);

	request.fields.signer_name = name;
	return fixture_register(f, &request).id;
}

static void test_one_signer_is_one_however_written(void **state)
{
	static const char *const spellings[] = { "Nguyễn Văn Hoà",
						 "NGUYỄN VĂN HÒA",
						 "nguyễn văn hoà" };
	struct fixture *f = *state;
	const struct search_request all = { .limit = 0 };

	for (size_t i = 0; i < 3; i++)
		(void)add_signer(f, spellings[i]);
	(void)add_signer(f, "K'Brêl, Trưởng ban");
	(void)add_signer(f, "");
	for (int settled = 0; settled < 2; settled++) {
		assert_int_equal(count_of(f, all, "signer", "Nguyễn Văn Hòa"),
				 3);
		assert_int_equal(
			count_of(f, all, "signer", "K'Brêl Trưởng Ban"), 1);
		for (size_t i = 0; i < 3; i++)
			assert_int_equal(finds_all(f,
						   (struct search_request){
							   .signer =
								   spellings[i],
						   }),
					 3);
		assert_int_equal(
			finds_all(f,
				  (struct search_request){
					  .signer = "Nguyễn Văn Hòa,K'Brêl"
						    " Trưởng Ban",
				  }),
			4);
		/* Without diacritics it is somebody else. */
		assert_int_equal(finds_all(f,
					   (struct search_request){
						   .signer = "Nguyen Van Hoa",
					   }),
				 0);
		must(search_settle(f->db, &f->why));
	}
	must(db_run(f->db, check_index, &f->why));
}

static void test_names_that_are_none_are_refused(void **state)
{
	struct fixture *f = *state;
	char name[300];
	const char *const wrong[] = { "x,", ",", "...", "'", "\x01", name };
	struct search_request request = { .organisation_id = 1 };
	struct search_answer answer;

	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		request.signer = wrong[i];
		must_fail(search_find(f->db, &request, f->arena, &answer,
				      &f->why),
			  "search.invalid");
	}
	request.signer = NULL;
	request.urgency = "4";
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.invalid");
	request.urgency = NULL;
	request.deadline = "l1";
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.invalid");
	request.deadline = NULL;
	request.file = "signed paper";
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.invalid");
	/* Longer than a word of the index: cut the same on both sides. */
	memset(name, 'b', 180);
	name[180] = '\0';
	(void)add_signer(f, name);
	assert_int_equal(
		finds_all(f, (struct search_request){ .signer = name }), 1);
}

static const char *tags_of(struct fixture *f, int64_t id)
{
	auto_query *query = db_query(f->db, select_tags, &f->why);

	assert_non_null(query);
	query_int(query, 1, id);
	must(query_one(query, &f->why));
	return query_get_text(query, 0, f->arena);
}

/* What was just done to the entry is in the index: to index it again changes
 * nothing. */
static void assert_fresh(struct fixture *f, int64_t id)
{
	const char *before = tags_of(f, id);

	must(search_index_entry(f->db, id, &f->why));
	assert_string_equal(before, tags_of(f, id));
}

static void edit(struct fixture *f, int64_t id,
		 void (*change_fields)(struct fields *fields))
{
	struct entry entry;
	struct entry_change change = { .actor = f->clerk,
				       .id = id,
				       .now = f->now };

	must(entry_load(f->db, id, f->arena, &entry, &f->why));
	change.version = entry.version;
	change_fields(&entry.fields);
	must(entry_edit(f->db, &change, &entry.fields, f->arena, &f->why));
	assert_fresh(f, id);
}

static void make_express(struct fields *fields)
{
	fields->urgency = 3;
	fields->paper = "received";
	fields->signer_name = "Lê Thị Hạnh";
	fields->due_day = "2026-06-25";
}

static void make_ordinary(struct fields *fields)
{
	fields->urgency = 0;
	fields->paper = "none";
	fields->signer_name = "";
	fields->due_day = NULL;
}

static void test_edits_move_an_entry_between_values(void **state)
{
	struct fixture *f = *state;
	const struct search_request all = { .limit = 0 };
	int64_t id = add(f, "Báo cáo");

	(void)add(f, "Kế hoạch");
	assert_int_equal(count_of(f, all, "urgency", "0"), 2);
	assert_int_equal(count_of(f, all, "file", "paper"), -1);
	edit(f, id, make_express);
	assert_int_equal(count_of(f, all, "urgency", "0"), 1);
	assert_int_equal(count_of(f, all, "urgency", "3"), 1);
	assert_int_equal(count_of(f, all, "file", "paper"), 1);
	assert_int_equal(count_of(f, all, "signer", "Lê Thị Hạnh"), 1);
	assert_int_equal(count_of(f, all, "deadline", "open"), 1);
	edit(f, id, make_ordinary);
	assert_int_equal(count_of(f, all, "urgency", "0"), 2);
	assert_int_equal(count_of(f, all, "urgency", "3"), -1);
	assert_int_equal(count_of(f, all, "file", "paper"), -1);
	assert_int_equal(count_of(f, all, "signer", "Lê Thị Hạnh"), -1);
	assert_int_equal(count_of(f, all, "deadline", "open"), -1);
}

static void test_a_facet_leaves_out_its_own_filter_only(void **state)
{
	struct fixture *f = *state;
	struct search_request request = { .deadline = "overdue" };
	int64_t express = add(f, "Báo cáo");

	(void)add(f, "Báo cáo");
	edit(f, express, make_express);
	assert_int_equal(count_of(f, request, "deadline", "overdue"), 0);
	assert_int_equal(count_of(f, request, "deadline", "open"), 1);
	assert_int_equal(count_of(f, request, "urgency", "3"), -1);
	request.deadline = "overdue,open";
	assert_int_equal(count_of(f, request, "urgency", "3"), 1);
	assert_int_equal(count_of(f, request, "urgency", "0"), -1);
	request.urgency = "3,2";
	request.signer = "Lê Thị Hạnh";
	request.file = "paper";
	assert_int_equal(finds_all(f, request), 1);
	assert_int_equal(count_of(f, request, "urgency", "2"), 0);
	assert_int_equal(count_of(f, request, "file", "paper"), 1);
	request.urgency = "2";
	assert_int_equal(finds_all(f, request), 0);
	assert_int_equal(count_of(f, request, "file", "paper"), 0);
	assert_int_equal(count_of(f, request, "urgency", "3"), 1);
}

static void test_a_signature_shows_when_its_file_was_read(void **state)
{
	struct fixture *f = *state;
	const struct search_request all = { .limit = 0 };
	struct entry_request request = fixture_request(f);
	int64_t id;

	must(db_run(f->db, insert_reading, &f->why));
	request.letter_id = 1;
	id = fixture_register(f, &request).id;
	(void)add(f, "Không có tệp");
	assert_int_equal(count_of(f, all, "file", "signed"), -1);
	must(db_run(f->db, insert_signed, &f->why));
	must(search_index_file(f->db, 102, &f->why));
	assert_int_equal(count_of(f, all, "file", "signed"), 1);
	assert_int_equal(
		finds_all(f, (struct search_request){ .file = "signed" }), 1);
	assert_fresh(f, id);
	/* What only came later about it is not the document. */
	must(db_run(f->db, "UPDATE attachment SET role = 'correspondence'",
		    &f->why));
	must(search_index_entry(f->db, id, &f->why));
	assert_int_equal(count_of(f, all, "file", "signed"), -1);
}

static const char *due_of(struct fixture *f, int64_t id)
{
	auto_query *query = db_query(f->db, select_due, &f->why);

	assert_non_null(query);
	query_int(query, 1, id);
	must(query_one(query, &f->why));
	return query_get_text(query, 0, f->arena);
}

/* Days go by, nothing is written: each day the counts are what
 * flow_is_overdue() says. */
static void test_deadlines_pass_overnight(void **state)
{
	static const char *const dues[] = { "2026-06-24", "2026-06-26",
					    "2026-06-30", "2026-07-31", NULL };
	enum {
		COUNT = sizeof dues / sizeof dues[0]
	};
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	int64_t ids[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		ids[i] = give(&desk, dues[i]);
	start(&desk, ids[1]);
	for (int settled = 0; settled < 2; settled++) {
		for (int day = 0; day < 60; day++) {
			int64_t late = 0;
			char today[DAY_SIZE];

			f->now = fixture_moment("2026-06-20", 0, 0) +
				 day * 86400;
			day_print(moment_day(f->now), today);
			for (size_t i = 0; i < COUNT; i++)
				late += flow_is_overdue(status_of(f, ids[i]),
							due_of(f, ids[i]),
							today);
			assert_int_equal(
				finds_all(f,
					  (struct search_request){
						  .deadline = "overdue" }),
				late);
			assert_int_equal(finds_all(f,
						   (struct search_request){
							   .deadline = "open",
						   }),
					 COUNT - 1 - late);
			assert_int_equal(
				count_of(f,
					 (struct search_request){
						 .deadline = "overdue" },
					 "deadline", "overdue"),
				late);
		}
		must(search_settle(f->db, &f->why));
	}
	must(db_run(f->db, check_index, &f->why));
}

static void test_what_is_done_in_time_stays_so(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	const struct search_request all = { .limit = 0 };
	int64_t late = give(&desk, "2026-06-24");

	complete(&desk, give(&desk, "2026-06-24"));
	complete(&desk, give(&desk, NULL)); /* counts nowhere */
	f->now = fixture_moment("2026-06-25", 0, 0);
	assert_int_equal(count_of(f, all, "deadline", "overdue"), 1);
	complete(&desk, late);
	assert_fresh(f, late);
	assert_int_equal(count_of(f, all, "deadline", "overdue"), -1);
	assert_int_equal(count_of(f, all, "deadline", "open"), -1);
	assert_int_equal(count_of(f, all, "deadline", "met"), 1);
	assert_int_equal(
		finds_all(f, (struct search_request){ .deadline = "met" }), 1);
}

static void test_a_later_deadline_counts_when_it_is_granted(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	int64_t id = give(&desk, "2026-06-25");
	const struct extension_wish wish = {
		.day = "2026-06-30",
		.reason = "Chờ số liệu của các xã",
	};
	struct flow_change change = change_of(&desk, &desk.head, id);
	struct extension_list list;
	struct extension_decision decision = { .approve = true };
	const struct search_request all = { .limit = 0 };

	must(extension_ask(f->db, &change, &wish, &f->why));
	assert_fresh(f, id);
	must(extension_list(f->db, id, f->arena, &list, &f->why));
	decision.id = list.extensions[0].id;
	change = change_of(&desk, &desk.leader, id);
	must(extension_decide(f->db, &change, &decision, &f->why));
	assert_fresh(f, id);
	f->now = fixture_moment("2026-06-30", 23, 0);
	assert_int_equal(count_of(f, all, "deadline", "open"), 1);
	f->now += 3600;
	assert_int_equal(count_of(f, all, "deadline", "overdue"), 1);
}

static void test_what_is_held_up_has_no_deadline(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	int64_t id = give(&desk, "2026-06-25");
	struct flow_change change = change_of(&desk, &desk.leader, id);
	const struct search_request all = { .limit = 0 };
	struct entry_change end = { .actor = f->clerk,
				    .id = id };

	must(flow_pause(f->db, &change, "Chờ ý kiến của tỉnh", &f->why));
	assert_fresh(f, id);
	assert_int_equal(count_of(f, all, "deadline", "open"), -1);
	change = change_of(&desk, &desk.leader, id);
	must(flow_resume(f->db, &change, &f->why));
	assert_fresh(f, id);
	assert_int_equal(count_of(f, all, "deadline", "open"), 1);
	end.version = change_of(&desk, &f->clerk, id).version;
	end.now = f->now;
	must(entry_void(f->db, &end, "Đăng ký nhầm văn bản", &f->why));
	assert_fresh(f, id);
	assert_int_equal(count_of(f, all, "deadline", "open"), -1);
}

static void test_an_answer_ends_it_and_its_undoing_opens_it(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	int64_t id = give(&desk, "2026-06-25");
	struct entry_request request = fixture_request(f);
	const struct search_request all = { .limit = 0 };
	struct entry_change undo = { .actor = f->clerk,
				     .version = 1,
				     .now = f->now };

	request.direction = DIRECTION_OUT;
	request.fields.type_id = 14;
	undo.id = fixture_register(f, &request).id;
	must(flow_answer(f->db, id, undo.id, &f->clerk, f->now, &f->why));
	assert_fresh(f, id);
	assert_int_equal(count_of(f, all, "deadline", "met"), 1);
	must(flow_reopen(f->db, undo.id, &f->clerk, &f->why));
	assert_fresh(f, id);
	assert_int_equal(count_of(f, all, "deadline", "met"), -1);
	assert_int_equal(count_of(f, all, "deadline", "open"), 1);
}

static void test_a_day_off_moves_deadlines_in_the_index(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	int64_t id = give_within(&desk, NULL, 1); /* 2026-06-25 */
	struct day off = { 2026, 6, 25 };
	const struct calendar_day day = { day_number(off), true, "Nghỉ bù" };
	const struct calendar_change change = {
		.actor = f->clerk,
		.year = 2026,
		.days = &day,
		.count = 1,
		.version = 1,
	};
	struct calendar_effects effects;
	const struct search_request all = { .limit = 0 };

	assert_string_equal(due_of(f, id), "2026-06-25");
	must(calendar_write(f->db, &change, f->arena, &effects, &f->why));
	assert_string_equal(due_of(f, id), "2026-06-26");
	assert_fresh(f, id);
	f->now = fixture_moment("2026-06-26", 8, 0);
	assert_int_equal(count_of(f, all, "deadline", "open"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_one_signer_is_one_however_written),
		FIXTURE_TEST(test_names_that_are_none_are_refused),
		FIXTURE_TEST(test_edits_move_an_entry_between_values),
		FIXTURE_TEST(test_a_facet_leaves_out_its_own_filter_only),
		FIXTURE_TEST(test_a_signature_shows_when_its_file_was_read),
		FIXTURE_TEST(test_deadlines_pass_overnight),
		FIXTURE_TEST(test_what_is_done_in_time_stays_so),
		FIXTURE_TEST(test_a_later_deadline_counts_when_it_is_granted),
		FIXTURE_TEST(test_what_is_held_up_has_no_deadline),
		FIXTURE_TEST(test_an_answer_ends_it_and_its_undoing_opens_it),
		FIXTURE_TEST(test_a_day_off_moves_deadlines_in_the_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
