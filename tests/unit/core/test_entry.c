#include "core/entry.h"
#include "core/letter.h"
#include "core/series.h"
#include "core/verify.h"
#include "store/transaction.h"
#include "support/register.h"

static void test_numbers_are_consecutive_from_one(void **state)
{
	struct fixture *f = *state;
	for (int i = 1; i <= 30; i++) {
		struct entry_request request = fixture_request(f);
		struct entry entry = fixture_register(f, &request);
		assert_int_equal(entry.number, i);
		assert_int_equal(entry.year, 2026);
		assert_string_equal(entry.day, "2026-06-24");
		assert_string_equal(entry.state, "valid");
		assert_string_equal(entry.status, "registered");
	}
}

static void test_a_rolled_back_registration_leaves_no_gap(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	{
		auto_transaction *transaction =
			transaction_begin(f->db, &f->why);
		assert_non_null(transaction);
		assert_int_equal(fixture_register(f, &request).number, 1);
	}
	assert_int_equal(fixture_register(f, &request).number, 1);
}

static void test_the_year_changes_at_midnight_in_viet_nam(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	request.now = fixture_moment("2026-12-31", 23, 59) + 59;
	struct entry last = fixture_register(f, &request);
	assert_int_equal(last.year, 2026);
	assert_string_equal(last.day, "2026-12-31");
	request = fixture_request(f);
	request.now = fixture_moment("2027-01-01", 0, 0);
	struct entry first = fixture_register(f, &request);
	assert_int_equal(first.year, 2027);
	assert_int_equal(first.number, 1);
	assert_string_equal(first.day, "2027-01-01");
	/* and nothing comes after it in the old year */
	request = fixture_request(f);
	request.now = fixture_moment("2026-12-31", 23, 59);
	struct entry_answer answer;
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "entry.day_order");
	request.now = fixture_moment("2027-01-01", 0, 1);
	request.day = "2026-12-31";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "entry.other_year");
}

static void test_days_follow_the_numbers(void **state)
{
	struct fixture *f = *state;
	struct entry_answer answer;
	struct entry_request request = fixture_request(f);
	request.day = "2026-06-22"; /* came two days ago */
	fixture_register(f, &request);
	request = fixture_request(f);
	request.day = "2026-06-23";
	fixture_register(f, &request);
	request = fixture_request(f);
	request.day = "2026-06-22";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "entry.day_order");
	request.day = "2026-06-25"; /* tomorrow */
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "entry.day_order");
	request.day = "2026-06-31";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "field.invalid");
}

static struct entry_request outgoing(struct fixture *f, int64_t type_id,
				     int64_t unit_id)
{
	struct entry_request request = fixture_request(f);
	request.direction = DIRECTION_OUT;
	request.fields.symbol = "typed by hand";
	request.fields.type_id = type_id;
	request.fields.unit_id = unit_id;
	return request;
}

static void test_outgoing_symbols_are_built(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = outgoing(f, 14, f->unit_id);
	struct entry entry = fixture_register(f, &request);
	assert_string_equal(entry.fields.symbol, "01/BC-SNNMT");
	assert_string_equal(entry.symbol_number, "1");
	assert_string_equal(entry.symbol_notation, "BC-SNNMT");
	assert_string_equal(entry.fields.document_day, "2026-06-24");
	assert_string_equal(entry.fields.issuer,
			    "Sở Nông nghiệp và Môi trường");
	assert_string_equal(entry.status, "issued");
	/* công văn shares the series */
	request = outgoing(f, 18, f->unit_id);
	entry = fixture_register(f, &request);
	assert_string_equal(entry.fields.symbol, "02/SNNMT-KHTC");
	struct entry_answer answer;
	request = outgoing(f, 30, 0); /* khác: incoming only */
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "field.invalid");
	for (int i = 3; i <= 10; i++) {
		request = outgoing(f, 14, 0);
		entry = fixture_register(f, &request);
	}
	assert_string_equal(entry.fields.symbol, "10/BC-SNNMT");
	/* incoming has its own */
	request = fixture_request(f);
	assert_int_equal(fixture_register(f, &request).number, 1);
}

static void test_types_may_have_a_series_of_their_own(void **state)
{
	struct fixture *f = *state;
	struct series own = { .organisation_id = f->organisation_id,
			      .code = "qd",
			      .name = "Quyết định" };
	struct book book;
	int64_t series_id;
	must(book_load_first(f->db, f->organisation_id, DIRECTION_OUT,
			     f->arena, &book, &f->why));
	must(series_add(f->db, &own, &series_id, &f->why));
	struct entry_request request = outgoing(f, 14, 0);
	fixture_register(f, &request);
	struct series_sharing sharing = { book.id, 2, series_id, 2026 };
	must(series_share(f->db, &sharing, &f->why));
	request = outgoing(f, 2, 0);
	assert_string_equal(fixture_register(f, &request).fields.symbol,
			    "01/QĐ-SNNMT");
	request = outgoing(f, 14, 0);
	assert_string_equal(fixture_register(f, &request).fields.symbol,
			    "02/BC-SNNMT");
	must_fail(series_share(f->db, &sharing, &f->why), "series.in_use");
	sharing.year = 2027; /* for the year to come */
	must(series_share(f->db, &sharing, &f->why));
}

static void test_a_closed_year_takes_nothing(void **state)
{
	struct fixture *f = *state;
	struct entry_answer answer;
	struct entry_request request = fixture_request(f);
	struct entry entry = fixture_register(f, &request);
	must(series_close_year(f->db, entry.series_id, 2026, f->clerk.id,
			       f->now, &f->why));
	request = fixture_request(f);
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "entry.year_closed");
	struct entry_change change = { .actor = f->clerk,
				       .id = entry.id,
				       .version = entry.version,
				       .now = f->now };
	must_fail(entry_void(f->db, &change, "vào sổ nhầm lần hai", &f->why),
		  "entry.year_closed");
}

static void test_a_year_begun_on_paper_goes_on(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct series_list all;
	must(series_list(f->db, f->organisation_id, f->arena, &all, &f->why));
	assert_string_equal(all.series[0].code, "den");
	must(series_begin_year(f->db, all.series[0].id, 2026, 4871, &f->why));
	assert_int_equal(fixture_register(f, &request).number, 4871);
	must_fail(series_begin_year(f->db, all.series[0].id, 2026, 1, &f->why),
		  "series.in_use");
}

static void test_the_same_key_gets_the_same_number(void **state)
{
	struct fixture *f = *state;
	struct entry_answer answer;
	struct entry_request request = fixture_request(f);
	request.key = "a-key";
	request.request_digest = "d1";
	int64_t id = fixture_register(f, &request).id;
	must(entry_register(f->db, &request, f->arena, &answer, &f->why));
	assert_true(answer.is_repeated);
	assert_int_equal(answer.entry.id, id);
	request.request_digest = "d2";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "idempotency.reused");
	request = fixture_request(f);
	assert_int_equal(fixture_register(f, &request).number, 2);
}

static void test_a_letter_is_registered_once_with_its_files(void **state)
{
	struct fixture *f = *state;
	struct entry_answer answer;
	struct attachment_list files;
	struct letter letter;
	struct entry_request request = fixture_request(f);
	request.letter_id = 1;
	struct entry entry = fixture_register(f, &request);
	must(letter_load(f->db, 1, f->arena, &letter, &f->why));
	assert_string_equal(letter.state, "done");
	assert_int_equal(letter.entry_id, entry.id);
	must(attachment_list(f->db, entry.id, f->arena, &files, &f->why));
	assert_int_equal(files.count, 2);
	assert_string_equal(files.attachments[0].name, "61.PDF");
	assert_int_equal(files.attachments[0].role, ATTACHMENT_MAIN);
	assert_int_equal(files.attachments[1].role, ATTACHMENT_ANNEX);
	request = fixture_request(f);
	request.letter_id = 1;
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "letter.registered");
	request.letter_id = 99;
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "letter.none");
}

static void test_files_can_be_chosen(void **state)
{
	struct fixture *f = *state;
	struct entry_answer answer;
	struct attachment_list files;
	char digest[65];
	memset(digest, '3', 64);
	digest[64] = '\0';
	struct attachment_choice choice = { .sha256 = digest,
					    .role = ATTACHMENT_MAIN };
	struct entry_request request = fixture_request(f);
	request.letter_id = 1;
	request.files = &choice;
	request.file_count = 1;
	struct entry entry = fixture_register(f, &request);
	must(attachment_list(f->db, entry.id, f->arena, &files, &f->why));
	assert_int_equal(files.count, 1);
	assert_string_equal(files.attachments[0].sha256, digest);
	struct attachment found;
	must(attachment_find(f->db, entry.id, digest, f->arena, &found,
			     &f->why));
	assert_int_equal(found.bytes, 200);
	must_fail(attachment_find(f->db, entry.id + 1, digest, f->arena,
				  &found, &f->why),
		  "file.none");
	/* a file of another letter is not this letter's */
	request = fixture_request(f);
	request.letter_id = 2;
	request.files = &choice;
	request.file_count = 1;
	request.duplicate_reason = "bản gửi lại";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "file.none");
}

static void test_missing_and_wrong_fields_take_no_number(void **state)
{
	struct fixture *f = *state;
	struct entry_answer answer;
	struct entry_request request = fixture_request(f);
	request.fields.subject = " \n ";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "field.missing");
	request = fixture_request(f);
	request.fields.issuer = "";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "field.missing");
	request = fixture_request(f);
	request.fields.document_day = "2026-06-25";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "field.invalid");
	request = fixture_request(f);
	request.fields.unit_id = 999;
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "field.invalid");
	request = fixture_request(f);
	request.fields.symbol = "";
	request.fields.document_day = NULL;
	assert_int_equal(fixture_register(f, &request).number, 1);
}

static void test_long_summaries_are_kept_whole(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	auto_text subject = { .limit = 0 };
	for (int i = 0; i < 1000; i++)
		text_add(&subject, "trích yếu ");
	text_add(&subject, "hết");
	request.fields.subject = text_string(&subject);
	struct entry entry = fixture_register(f, &request);
	assert_string_equal(entry.fields.subject, text_string(&subject));
}

static void test_receivers_name_themselves(void **state)
{
	struct fixture *f = *state;
	struct entry_receivers receivers;
	struct entry_receiver wanted[] = {
		{ .unit_id = f->unit_id },
		{ .user_id = f->specialist.id },
		{ .name = "Các chi cục" },
	};
	struct entry_request request = fixture_request(f);
	request.receivers = wanted;
	request.receiver_count = 3;
	struct entry entry = fixture_register(f, &request);
	assert_string_equal(entry.fields.receiver,
			    "Phòng Kế hoạch, Tài chính; ngoc; Các chi cục");
	must(entry_list_receivers(f->db, entry.id, f->arena, &receivers,
				  &f->why));
	assert_int_equal(receivers.count, 3);
	assert_int_equal(receivers.receivers[1].user_id, f->specialist.id);
}

static void test_suffixes_stand_behind_a_number(void **state)
{
	struct fixture *f = *state;
	struct entry_answer answer;
	struct entry_request request = fixture_request(f);
	fixture_register(f, &request);
	request = fixture_request(f);
	request.number = 1;
	request.suffix = "a";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "entry.suffix");
	must(db_run(f->db, "UPDATE book SET allows_suffix = 1", &f->why));
	struct entry entry = fixture_register(f, &request);
	assert_int_equal(entry.number, 1);
	assert_string_equal(entry.suffix, "a");
	request = fixture_request(f);
	request.number = 7;
	request.suffix = "a";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "entry.suffix");
	request.number = 1;
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "entry.suffix");
	request = fixture_request(f);
	assert_int_equal(fixture_register(f, &request).number, 2);
}

static void test_a_given_number_cannot_be_changed(void **state)
{
	static const char change[] = "UPDATE entry SET number = 7";
	static const char remove_all[] = "DELETE FROM entry";
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	fixture_register(f, &request);
	assert_false(db_run(f->db, change, &f->why));
	assert_false(db_run(f->db, remove_all, &f->why));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_numbers_are_consecutive_from_one),
		FIXTURE_TEST(test_a_rolled_back_registration_leaves_no_gap),
		FIXTURE_TEST(test_the_year_changes_at_midnight_in_viet_nam),
		FIXTURE_TEST(test_days_follow_the_numbers),
		FIXTURE_TEST(test_outgoing_symbols_are_built),
		FIXTURE_TEST(test_types_may_have_a_series_of_their_own),
		FIXTURE_TEST(test_a_closed_year_takes_nothing),
		FIXTURE_TEST(test_a_year_begun_on_paper_goes_on),
		FIXTURE_TEST(test_the_same_key_gets_the_same_number),
		FIXTURE_TEST(test_a_letter_is_registered_once_with_its_files),
		FIXTURE_TEST(test_files_can_be_chosen),
		FIXTURE_TEST(test_missing_and_wrong_fields_take_no_number),
		FIXTURE_TEST(test_long_summaries_are_kept_whole),
		FIXTURE_TEST(test_receivers_name_themselves),
		FIXTURE_TEST(test_suffixes_stand_behind_a_number),
		FIXTURE_TEST(test_a_given_number_cannot_be_changed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
