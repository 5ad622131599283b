#include "core/letter.h"
#include "core/search.h"
#include "core/search_item.h"
#include "core/unit_change.h"
#include "store/transaction.h"
#include "support/desk.h"
#include "support/search.h"

static const char insert_forwarded[] =
	"INSERT INTO part (of_file_id, position, path, type, name, class,"
	"                  bytes, file_id)"
	" VALUES (101, 2, '4', 'message/rfc822', NULL, 'message', 200, 103),"
	"        (103, 0, '2', 'application/pdf', 'thu-moi.pdf', 'file', 1,"
	"         102)";
static const char insert_forwarded_reading[] =
	"INSERT INTO reading (file_id, reader_version, subject, sender_name,"
	" sameness, read_at)"
	" VALUES (103, '1', 'Thư chuyển tiếp', 'Lê Thị Hạnh', 't', 0)";

static void decide(struct fixture *f, const char *decision)
{
	struct letter_decision wanted = {
		.letter_id = 1,
		.decision = decision,
		.reason = "thử",
		.actor_id = f->clerk.id,
		.actor_name = f->clerk.name,
	};

	must(letter_decide(f->db, &wanted, &f->why));
}

static void test_edits_leave_no_old_words(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = { .actor = f->clerk,
				       .id = entry.id,
				       .version = entry.version,
				       .now = f->now };

	entry.fields.subject = "Tuyển sinh lớp sáu";
	must(entry_edit(f->db, &change, &entry.fields, f->arena, &f->why));
	assert_true(finds(f, "tuyen sinh", entry.id));
	assert_false(finds(f, "cai cach", entry.id));
	must(db_run(f->db, check_index, &f->why));
}

static void test_an_undone_registration_leaves(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, "Tuyển sinh lớp sáu");
	struct entry_change change = { .actor = f->clerk,
				       .id = id,
				       .version = 1,
				       .now = f->now + 1 };

	assert_true(finds(f, "tuyen sinh", id));
	must(entry_undo(f->db, &change, &f->why));
	assert_false(finds(f, "tuyen sinh", id));
	assert_int_equal(find(f, "").hit_count, 0);
	must(db_run(f->db, check_index, &f->why));
}

/* Enough lines for several settlements, in a savepoint that is undone while
 * the transaction about it goes on. */
static void test_a_job_that_is_undone_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	int64_t kept = 0, later = 0;

	{
		auto_transaction *outer = transaction_begin(f->db, &f->why);

		assert_non_null(outer);
		kept = add(f, "Phòng chống mưa lũ");
		{
			auto_transaction *job =
				transaction_begin(f->db, &f->why);

			assert_non_null(job);
			for (int i = 0; i < 3 * SEARCH_PENDING_MAX; i++)
				(void)add(f, "Tuyển sinh lớp sáu");
			assert_int_equal(find(f, "tuyen sinh").hit_count, 50);
		}
		later = add(f, "Chống hạn hán");
		must(transaction_commit(outer, &f->why));
	}
	assert_int_equal(find(f, "tuyen sinh").hit_count, 0);
	assert_true(finds(f, "mua lu", kept));
	assert_true(finds(f, "han han", later));
	must(search_settle(f->db, &f->why));
	assert_true(finds(f, "mua lu", kept));
	assert_true(finds(f, "han han", later));
	must(db_run(f->db, check_index, &f->why));
}

static size_t count_for_unit(struct fixture *f, int64_t unit_id)
{
	struct actor viewer = f->specialist;
	const struct search_request request = {
		.organisation_id = f->organisation_id,
		.viewer = &viewer,
	};
	struct search_answer answer;

	viewer.unit_id = unit_id;
	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	return answer.hit_count;
}

static void test_open_work_is_found_by_the_unit_it_moved_to(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	struct unit_change change = { .actor = f->clerk,
				      .id = f->unit_id,
				      .name = "Phòng Tài chính" };
	int64_t renamed;

	(void)give(&desk, NULL);
	assert_int_equal(count_for_unit(f, f->unit_id), 1);
	must(unit_rename(f->db, &change, f->arena, &renamed, &f->why));
	assert_int_equal(count_for_unit(f, renamed), 1);
	assert_int_equal(count_for_unit(f, f->unit_id), 0);
	must(search_settle(f->db, &f->why));
	change.day = "2099-01-01"; /* after the renamed one began */
	change.id = renamed;
	change.into_id = f->other_unit_id;
	must(unit_merge(f->db, &change, f->arena, &f->why));
	assert_int_equal(count_for_unit(f, f->other_unit_id), 1);
	assert_int_equal(count_for_unit(f, renamed), 0);
}

static int64_t count_pending(struct fixture *f)
{
	auto_query *query = db_query(
		f->db, "SELECT count(*) FROM search_pending", &f->why);

	must(query_one(query, &f->why));
	return query_get_int(query, 0);
}

static void test_what_did_not_change_is_not_written(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, "Tuyển sinh lớp sáu");

	assert_int_equal(count_pending(f), 1);
	must(search_settle(f->db, &f->why));
	must(search_index_entry(f->db, id, &f->why));
	assert_int_equal(count_pending(f), 0);
	must(db_run(f->db, "UPDATE entry SET note = 'khác'", &f->why));
	must(search_index_entry(f->db, id, &f->why));
	assert_int_equal(count_pending(f), 1);
}

static void test_letters_are_found_unless_in_quarantine(void **state)
{
	struct fixture *f = *state;
	struct search_answer answer;

	must(search_index_letter(f->db, 1, &f->why));
	assert_int_equal(find(f, "").hit_count, 0); /* not read yet */
	must(db_run(f->db, insert_reading, &f->why));
	must(search_index_letter(f->db, 1, &f->why));
	answer = find(f, "han han");
	assert_int_equal(answer.hit_count, 1);
	assert_string_equal(answer.hits[0].kind, "letter");
	assert_string_equal(answer.hits[0].files.string, "61.PDF\nPL.PDF");
	assert_string_equal(marked(f, &answer.hits[0].excerpt),
			    "Kính gửi các đơn vị, [hạn] [hán] kéo dài ở các "
			    "xã ven biển.");
	assert_int_equal(find(f, "61.pdf").hit_count, 1);
	assert_int_equal(find(f, "binh@dongthap").hit_count, 1);
	decide(f, "quarantine");
	assert_int_equal(find(f, "han han").hit_count, 0);
	decide(f, "reopen");
	assert_int_equal(find(f, "han han").hit_count, 1);
	must(db_run(f->db, check_index, &f->why));
}

static void test_a_letter_carries_what_was_forwarded_in_it(void **state)
{
	struct fixture *f = *state;

	must(db_run(f->db, insert_reading, &f->why));
	must(db_run(f->db, insert_forwarded, &f->why));
	must(db_run(f->db, insert_forwarded_reading, &f->why));
	must(search_index_file(f->db, 103, &f->why));
	assert_int_equal(find(f, "chuyen tiep").hit_count, 1);
	assert_int_equal(find(f, "le thi hanh").hit_count, 1);
	assert_int_equal(find(f, "thu-moi.pdf").hit_count, 1);
}

static void test_an_entry_carries_the_words_of_its_letter(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct search_answer answer;
	int64_t id;

	must(db_run(f->db, insert_reading, &f->why));
	must(search_index_letter(f->db, 1, &f->why));
	request.letter_id = 1;
	id = fixture_register(f, &request).id;
	must(search_index_letter(f->db, 1, &f->why));
	answer = find(f, "hạn hán");
	assert_int_equal(answer.hit_count, 1);
	assert_string_equal(answer.hits[0].kind, "entry");
	assert_int_equal(answer.hits[0].id, id);
	assert_true(finds(f, "nguyen van binh", id));
	assert_true(finds(f, "PL.PDF", id));
}

/* Every line is looked at in two ways: by the index, and, while its words
 * wait, by itself. Both must say the same. */
static void test_waiting_lines_are_found_as_settled_ones(void **state)
{
	static const char *const subjects[] = {
		"Chống mưa lũ",
		"Vụ mùa, mua sắm",
		"Về 12/QĐ-UBND và hòa giải",
		"Họp UBND tỉnh",
		"Ủy ban nhân dân họp",
		"Nghị quyết số 05",
	};
	static const char *const typed[] = {
		"mưa",
		"mua",
		"\"mua\"",
		"mưa l",
		"hoà",
		"12/qd",
		"12 qd ubnd",
		"ubnd",
		"uy ban nhan dan",
		"\"Ủy ban\"",
		"họp ubnd",
		"5",
		"05",
		"\"05\"",
		"nghi quy",
		"vu mua",
		"\"vụ mùa\" sam",
		"x",
		"kt",
	};
	struct fixture *f = *state;
	const char *before[sizeof typed / sizeof typed[0]];

	for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++)
		(void)add(f, subjects[i]);
	for (int settled = 0; settled < 2; settled++) {
		for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
			struct search_answer answer = find(f, typed[i]);
			auto_text ids = { 0 };

			for (size_t j = 0; j < answer.hit_count; j++)
				text_addf(&ids, "%lld ",
					  (long long)answer.hits[j].id);
			if (settled)
				assert_string_equal(text_string(&ids),
						    before[i]);
			before[i] = arena_copy(f->arena, text_string(&ids));
		}
		must(search_settle(f->db, &f->why));
	}
	must(db_run(f->db, check_index, &f->why));
}

static void test_rebuilding_changes_nothing(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, "Về đẩy mạnh cải cách");
	bool is_stale = true;

	must(db_run(f->db, insert_reading, &f->why));
	must(search_rebuild(f->db, &f->why));
	must(search_is_stale(f->db, &is_stale, &f->why));
	assert_false(is_stale);
	assert_true(finds(f, "day manh", id));
	assert_int_equal(find(f, "han han").hit_count, 1);
	must(db_run(f->db, check_index, &f->why));
	must(db_run(f->db, "UPDATE search_version SET version = version - 1",
		    &f->why));
	must(search_is_stale(f->db, &is_stale, &f->why));
	assert_true(is_stale);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_edits_leave_no_old_words),
		FIXTURE_TEST(test_an_undone_registration_leaves),
		FIXTURE_TEST(test_a_job_that_is_undone_leaves_nothing),
		FIXTURE_TEST(
			test_open_work_is_found_by_the_unit_it_moved_to),
		FIXTURE_TEST(test_what_did_not_change_is_not_written),
		FIXTURE_TEST(test_letters_are_found_unless_in_quarantine),
		FIXTURE_TEST(test_a_letter_carries_what_was_forwarded_in_it),
		FIXTURE_TEST(test_an_entry_carries_the_words_of_its_letter),
		FIXTURE_TEST(test_waiting_lines_are_found_as_settled_ones),
		FIXTURE_TEST(test_rebuilding_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
