#include "core/agency.h"
#include "core/duplicate.h"
#include "support/register.h"

static struct entry first(struct fixture *f)
{
	struct entry_request request = fixture_request(f);
	request.letter_id = 1;
	request.fields.issuer = "Ủy ban nhân dân tỉnh Đồng Tháp";
	request.fields.symbol = "05/UBND-ĐT";
	request.fields.document_day = "2026-06-01";
	request.fields.identifier = "H20.1.2026.5";
	return fixture_register(f, &request);
}

static void test_every_way_of_writing_it_is_found(void **state)
{
	static const struct {
		const char *symbol, *issuer, *day;
		int match; /* -1: none */
	} cases[] = {
		{ "05/UBND-ĐT", "Ủy ban nhân dân tỉnh Đồng Tháp", "2026-06-01",
		  DUPLICATE_SYMBOL },
		{ "5/ubnd-đt", "UỶ BAN NHÂN DÂN TỈNH ĐỒNG THÁP", "2026-06-01",
		  DUPLICATE_SYMBOL },
		{ " 005 / UBND - ĐT ", "uy ban nhan dan tinh dong thap",
		  "2026-06-01", DUPLICATE_SYMBOL },
		{ "05/UBND–ĐT", "Ủy ban nhân dân tỉnh Đồng Tháp", "2026-06-01",
		  DUPLICATE_SYMBOL },
		{ "05/UBND-ÐT", "Ủy ban nhân dân tỉnh Ðồng Tháp", "2026-06-01",
		  DUPLICATE_SYMBOL },
		{ "05/UBND-DT", "Ủy ban nhân dân tỉnh Đồng Tháp", "2026-06-01",
		  DUPLICATE_SYMBOL },
		{ "Số: 05/UBND-ĐT", "Ủy  ban nhân dân  tỉnh Đồng Tháp",
		  "2026-06-01", DUPLICATE_SYMBOL },
		{ "05/UBND-ĐT", "Ủy ban nhân dân tỉnh Đồng Tháp", "2026-06-02",
		  DUPLICATE_OTHER_DAY },
		{ "05/UBND-ĐT", "Ủy ban nhân dân tỉnh Đồng Tháp", NULL,
		  DUPLICATE_OTHER_DAY },
		{ "05/UBND-ĐT", "Ủy ban nhân dân tỉnh Đồng Tháp", "2025-06-01",
		  DUPLICATE_OTHER_YEAR },
		{ "50/UBND-ĐT", "Ủy ban nhân dân tỉnh Đồng Tháp", "2026-06-01",
		  -1 },
		{ "05/UBND-KT", "Ủy ban nhân dân tỉnh Đồng Tháp", "2026-06-01",
		  -1 },
		{ "05/UBND-ĐT", "Ủy ban nhân dân tỉnh An Giang", "2026-06-01",
		  -1 },
	};
	struct fixture *f = *state;
	struct entry entry = first(f);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct duplicate_list found;
		struct duplicate_request request = {
			.organisation_id = f->organisation_id,
			.symbol = cases[i].symbol,
			.issuer = cases[i].issuer,
			.document_day = cases[i].day,
		};
		must(duplicate_find(f->db, &request, f->arena, &found,
				    &f->why));
		if (found.count != (cases[i].match >= 0))
			fail_msg("'%s' of '%s': %zu found", cases[i].symbol,
				 cases[i].issuer, found.count);
		if (cases[i].match < 0)
			continue;
		assert_int_equal(found.duplicates[0].match, cases[i].match);
		assert_int_equal(found.duplicates[0].entry_id, entry.id);
		assert_int_equal(found.must_ask,
				 cases[i].match != DUPLICATE_OTHER_YEAR);
	}
}

static void test_an_alias_is_the_same_agency(void **state)
{
	struct fixture *f = *state;
	struct entry entry = first(f);
	struct duplicate_list found;
	struct duplicate_request request = {
		.organisation_id = f->organisation_id,
		.symbol = "5/UBND-ĐT",
		.issuer = "UBND tỉnh Đồng Tháp",
		.document_day = "2026-06-01",
	};
	must(duplicate_find(f->db, &request, f->arena, &found, &f->why));
	assert_int_equal(found.count, 0);
	must(agency_add_name(f->db, entry.fields.agency_id,
			     "UBND tỉnh Đồng Tháp", &f->why));
	must(duplicate_find(f->db, &request, f->arena, &found, &f->why));
	assert_int_equal(found.count, 1);
}

static void test_identifier_and_file_are_signs_of_their_own(void **state)
{
	struct fixture *f = *state;
	struct duplicate_list found;
	first(f);
	struct duplicate_request request = {
		.organisation_id = f->organisation_id,
		.identifier = "H20.1.2026.5",
	};
	must(duplicate_find(f->db, &request, f->arena, &found, &f->why));
	assert_int_equal(found.count, 1);
	assert_int_equal(found.duplicates[0].match, DUPLICATE_IDENTIFIER);
	assert_string_equal(duplicate_match_name(found.duplicates[0].match),
			    "identifier");
	request = (struct duplicate_request){
		.organisation_id = f->organisation_id,
		.letter_id = 2, /* another mail with the same PDF */
	};
	must(duplicate_find(f->db, &request, f->arena, &found, &f->why));
	assert_int_equal(found.count, 1);
	assert_int_equal(found.duplicates[0].match, DUPLICATE_FILE);
	char digest[65];
	memset(digest, '3', 64);
	digest[64] = '\0';
	const char *digests[] = { digest };
	request = (struct duplicate_request){
		.organisation_id = f->organisation_id,
		.sha256s = digests,
		.sha256_count = 1,
	};
	must(duplicate_find(f->db, &request, f->arena, &found, &f->why));
	assert_int_equal(found.count, 1);
}

static void test_a_duplicate_is_refused_without_a_reason(void **state)
{
	struct fixture *f = *state;
	struct entry_answer answer;
	struct entry entry = first(f);
	struct entry_request request = fixture_request(f);
	request.fields.issuer = "uỷ ban nhân dân tỉnh đồng tháp";
	request.fields.symbol = "5/UBND-ĐT";
	request.fields.document_day = "2026-06-01";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "entry.duplicate");
	assert_int_equal(answer.duplicates.count, 1);
	assert_int_equal(answer.duplicates.duplicates[0].entry_id, entry.id);
	request.duplicate_reason = "  ";
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "entry.duplicate");
	request.duplicate_reason = "bản sao y có chữ ký mới";
	struct entry again = fixture_register(f, &request);
	assert_int_equal(again.number, 2);
	assert_string_equal(again.duplicate_reason,
			    "bản sao y có chữ ký mới");
}

static void test_void_lines_and_other_years_do_not_stop_it(void **state)
{
	struct fixture *f = *state;
	struct entry entry = first(f);
	struct entry_request request = fixture_request(f);
	request.fields.issuer = entry.fields.issuer;
	request.fields.symbol = entry.fields.symbol;
	request.fields.document_day = "2025-06-01";
	fixture_register(f, &request);
	struct entry_change change = { .actor = f->clerk,
				       .id = entry.id,
				       .version = entry.version,
				       .now = f->now };
	must(entry_void(f->db, &change, "vào sổ nhầm văn bản", &f->why));
	request.fields.document_day = "2026-06-03";
	fixture_register(f, &request);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_every_way_of_writing_it_is_found),
		FIXTURE_TEST(test_an_alias_is_the_same_agency),
		FIXTURE_TEST(test_identifier_and_file_are_signs_of_their_own),
		FIXTURE_TEST(test_a_duplicate_is_refused_without_a_reason),
		FIXTURE_TEST(test_void_lines_and_other_years_do_not_stop_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
