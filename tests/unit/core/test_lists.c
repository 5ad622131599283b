#include "core/access.h"
#include "core/agency.h"
#include "core/entry_list.h"
#include "core/field.h"
#include "core/kind.h"
#include "core/letter.h"
#include "core/relation.h"
#include "core/report.h"
#include "core/timeline.h"
#include "support/register.h"

static void test_every_permission_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < PERMISSION_COUNT; i++)
		assert_non_null(permission_name((enum permission)i));
	for (int i = 0; i < ROLE_COUNT; i++)
		assert_int_equal(role_find(role_name((enum role)i)), i);
	assert_int_equal(role_find("root"), ROLE_COUNT);
}

static void test_roles_may_what_the_table_says(void **state)
{
	(void)state;
	unsigned clerk = 1u << ROLE_CLERK;
	unsigned administrator = 1u << ROLE_ADMINISTRATOR;
	unsigned specialist = 1u << ROLE_SPECIALIST;
	assert_true(access_may(clerk, MAY_REGISTER));
	assert_false(access_may(specialist, MAY_REGISTER));
	assert_false(access_may(1u << ROLE_LEADER, MAY_READ_INTAKE));
	assert_true(access_may(administrator, MAY_MANAGE_USERS));
	assert_false(access_may(administrator, MAY_READ_DOCUMENTS));
	assert_true(access_may(administrator | specialist,
			       MAY_READ_DOCUMENTS));
	assert_false(access_may(~0u, PERMISSION_NONE));
	assert_false(access_may(~0u, PERMISSION_GATEWAY));
	assert_true(access_sees_all(clerk));
	assert_false(access_sees_all(specialist | administrator));
}

static void test_the_decrees_types_are_there(void **state)
{
	struct fixture *f = *state;
	struct kind_list all;
	struct kind kind;
	must(kind_list(f->db, f->organisation_id, "2026-06-24", f->arena, &all,
		       &f->why));
	assert_int_equal(all.count, 30);
	must(kind_list(f->db, f->organisation_id, "2019-06-24", f->arena, &all,
		       &f->why));
	assert_int_equal(all.count, 0);
	must(kind_find(f->db, f->organisation_id, "quyet dinh", f->arena,
		       &kind, &f->why));
	assert_string_equal(kind.abbreviation, "QĐ");
	must(kind_find(f->db, f->organisation_id, "CTr", f->arena, &kind,
		       &f->why));
	assert_string_equal(kind.name, "Chương trình");
	must(kind_find(f->db, f->organisation_id, "CT", f->arena, &kind,
		       &f->why));
	assert_string_equal(kind.name, "Chỉ thị");
	must(kind_find(f->db, f->organisation_id, "Hịch tướng sĩ", f->arena,
		       &kind, &f->why));
	assert_int_equal(kind.id, 0);
	struct kind own = { .name = "Phiếu trình", .direction = "out" };
	int64_t id;
	must(kind_add(f->db, f->organisation_id, &own, &id, &f->why));
	must(kind_load(f->db, id, f->arena, &kind, &f->why));
	assert_true(kind.is_own);
	must_fail(kind_load(f->db, 999, f->arena, &kind, &f->why),
		  "type.none");
}

static void test_symbols_follow_the_decree(void **state)
{
	struct fixture *f = *state;
	struct kind report = { .abbreviation = "BC" };
	struct kind letter = { .abbreviation = "" };
	assert_string_equal(kind_number(5, "", f->arena), "05");
	assert_string_equal(kind_number(10, NULL, f->arena), "10");
	assert_string_equal(kind_number(1963, "a", f->arena), "1963a");
	assert_string_equal(kind_notation(&report, "SNN", "VP", f->arena),
			    "BC-SNN");
	assert_string_equal(kind_notation(&letter, "SNN", "VP", f->arena),
			    "SNN-VP");
	assert_string_equal(kind_notation(&letter, "SNN", "", f->arena),
			    "SNN");
}

static void test_agencies_are_found_however_typed(void **state)
{
	struct fixture *f = *state;
	struct agency agency;
	int64_t id, again;
	must(agency_need(f->db, &f->clerk, "Bộ Nông nghiệp và Môi trường",
			 f->now, &id, &f->why));
	must(agency_need(f->db, &f->clerk, "  BO NONG NGHIEP va môi trường ",
			 f->now, &again, &f->why));
	assert_int_equal(id, again);
	must(agency_load(f->db, id, f->arena, &agency, &f->why));
	assert_string_equal(agency.name, "Bộ Nông nghiệp và Môi trường");
	assert_false(agency.is_confirmed);
	must(agency_confirm(f->db, id, &f->clerk, &f->why));
	must(agency_add_code(f->db, id, "identifier", "G10", &f->why));
	must(agency_find_code(f->db, f->organisation_id, "identifier", "g10",
			      f->arena, &agency, &f->why));
	assert_int_equal(agency.id, id);
	assert_true(agency.is_confirmed);
	must(agency_need(f->db, &f->clerk, "Sở Nội vụ", f->now, &again,
			 &f->why));
	must_fail(agency_add_name(f->db, again,
				  "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", &f->why),
		  "agency.exists");
	struct agency_list all;
	must(agency_list(f->db, f->organisation_id, f->arena, &all, &f->why));
	assert_int_equal(all.count, 2);
	assert_false(agency_need(f->db, &f->clerk, " - ", f->now, &id,
				 &f->why));
}

static void test_units_keep_their_old_names(void **state)
{
	struct fixture *f = *state;
	struct unit_list all;
	struct unit unit = { .organisation_id = f->organisation_id,
			     .parent_id = f->unit_id,
			     .name = "Tổ kế toán",
			     .code = "KT" };
	int64_t id;
	must(unit_add(f->db, &unit, &id, &f->why));
	must_fail(unit_add(f->db, &unit, &id, &f->why), "unit.exists");
	must(unit_end(f->db, id, "2026-06-30", &f->why));
	unit.name = "Tổ tài chính";
	unit.valid_from = "2026-07-01";
	must(unit_add(f->db, &unit, &id, &f->why));
	must(unit_find(f->db, f->organisation_id, "KT", "2026-06-30", f->arena,
		       &unit, &f->why));
	assert_string_equal(unit.name, "Tổ kế toán");
	must(unit_find(f->db, f->organisation_id, "KT", "2026-07-01", f->arena,
		       &unit, &f->why));
	assert_string_equal(unit.name, "Tổ tài chính");
	must(unit_list(f->db, f->organisation_id, "2026-07-01", f->arena, &all,
		       &f->why));
	assert_int_equal(all.count, 3);
	assert_string_equal(all.units[1].code, "KT"); /* under its parent */
	must_fail(unit_load(f->db, 999, f->arena, &unit, &f->why),
		  "unit.none");
}

static void test_fields_survive_json(void **state)
{
	static const char json[] =
		"{\"issuer\":\"Bộ X\",\"subject\":\"a\",\"urgency\":2,"
		"\"pages\":7,\"due_day\":\"2026-07-01\",\"channel\":\"mail\"}";
	struct fixture *f = *state;
	struct fields fields = fields_empty(), again = fields_empty();
	auto_tree *body = tree_parse(bytes_of(json), &f->why);
	must(fields_read(body, &fields, &f->why));
	assert_int_equal(fields.urgency, 2);
	assert_string_equal(fields.due_day, "2026-07-01");
	assert_string_equal(fields.paper, "none");
	auto_tree *answer = tree_create();
	fields_print(&fields, answer);
	assert_int_equal(tree_count(answer), FIELD_COUNT);
	must(fields_read(answer, &again, &f->why));
	auto_tree *changes = tree_create();
	assert_int_equal(fields_compare(&fields, &again, changes), 0);
	auto_tree *part =
		tree_parse(bytes_of("{\"due_day\":null,\"pages\":8}"), &f->why);
	must(fields_read(part, &again, &f->why));
	assert_null(again.due_day);
	assert_string_equal(again.issuer, "Bộ X");
	assert_int_equal(fields_compare(&fields, &again, changes), 2);
}

static void test_wrong_fields_are_named(void **state)
{
	static const struct {
		const char *json, *name;
	} cases[] = {
		{ "{\"urgency\":4}", "urgency" },
		{ "{\"urgency\":-1}", "urgency" },
		{ "{\"urgency\":\"1\"}", "urgency" },
		{ "{\"channel\":\"pigeon\"}", "channel" },
		{ "{\"paper\":\"\"}", "paper" },
		{ "{\"due_day\":\"2026-02-30\"}", "due_day" },
		{ "{\"issuer\":7}", "issuer" },
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fields fields = fields_empty();
		fields.issuer = "a";
		fields.subject = "b";
		auto_tree *body = tree_parse(bytes_of(cases[i].json), &f->why);
		bool read = fields_read(body, &fields, &f->why) &&
			    fields_check(&fields, DIRECTION_IN, "2026-06-24",
					 f->arena, &f->why);
		if (read)
			fail_msg("%s passed", cases[i].json);
		assert_string_equal(f->why.code, "field.invalid");
		assert_non_null(strstr(f->why.sentence, cases[i].name));
	}
}

static struct entry issue(struct fixture *f)
{
	struct entry_request request = fixture_request(f);

	request.direction = DIRECTION_OUT;
	request.fields.type_id = KIND_LETTER;
	return fixture_register(f, &request);
}

static void test_what_we_take_back_is_frozen_until_that_is_undone(void **state)
{
	struct fixture *f = *state;
	struct entry wrong = issue(f);
	struct entry recall = issue(f);
	struct entry_request request = fixture_request(f);
	struct entry incoming = fixture_register(f, &request);
	struct relation_wish wish = { RELATION_RECALLS, incoming.id };
	struct entry_change change = { .actor = f->clerk, .now = f->now };

	must_fail(relation_add(f->db, recall.id, &wish, &f->clerk, f->now,
			       &f->why),
		  "relation.not_ours");
	wish.other_id = wrong.id;
	must(relation_add(f->db, recall.id, &wish, &f->clerk, f->now, &f->why));
	must(relation_add(f->db, recall.id, &wish, &f->clerk, f->now, &f->why));
	must(entry_load(f->db, wrong.id, f->arena, &wrong, &f->why));
	assert_string_equal(wrong.status, "recalled");
	change.id = wrong.id;
	change.version = wrong.version;
	must_fail(entry_void(f->db, &change, "sai thẩm quyền ký", &f->why),
		  "entry.recalled");
	change.id = recall.id;
	change.version = recall.version;
	must(entry_void(f->db, &change, "ban hành nhầm văn bản", &f->why));
	must(entry_load(f->db, wrong.id, f->arena, &wrong, &f->why));
	assert_string_equal(wrong.status, "issued");
}

static void test_relations_show_from_both_sides(void **state)
{
	struct fixture *f = *state;
	struct relation_list list;
	struct entry_request request = fixture_request(f);
	struct entry incoming = fixture_register(f, &request);
	struct relation_wish wish = { RELATION_REPLY, incoming.id };
	request = fixture_request(f);
	request.direction = DIRECTION_OUT;
	request.fields.type_id = KIND_LETTER;
	request.relations = &wish;
	request.relation_count = 1;
	struct entry reply = fixture_register(f, &request);
	must(relation_add(f->db, reply.id, &wish, &f->clerk, f->now, &f->why));
	must(relation_list(f->db, incoming.id, f->arena, &list, &f->why));
	assert_int_equal(list.count, 1);
	assert_true(list.relations[0].is_reverse);
	assert_string_equal(list.relations[0].symbol, "01/SNNMT");
	struct timeline timeline;
	must(timeline_load(f->db, incoming.id, f->arena, &timeline, &f->why));
	assert_int_equal(timeline.count, 3);
	assert_string_equal(timeline.events[1].kind, "related");
	assert_string_equal(timeline.events[2].kind, "answered");
	wish.other_id = reply.id;
	must_fail(relation_add(f->db, reply.id, &wish, &f->clerk, f->now,
			       &f->why),
		  "relation.invalid");
	wish.other_id = incoming.id;
	must(relation_remove(f->db, reply.id, &wish, &f->clerk, &f->why));
	must(relation_list(f->db, reply.id, f->arena, &list, &f->why));
	assert_int_equal(list.count, 0);
}

static void test_the_timeline_begins_with_the_mail(void **state)
{
	struct fixture *f = *state;
	struct timeline timeline;
	struct entry_request request = fixture_request(f);
	request.letter_id = 1;
	f->now = 1782280000;
	request.now = f->now;
	struct entry entry = fixture_register(f, &request);
	must(timeline_load(f->db, entry.id, f->arena, &timeline, &f->why));
	assert_int_equal(timeline.count, 2);
	assert_string_equal(timeline.events[0].kind, "mail");
	assert_non_null(strstr(timeline.events[0].detail, "vt@so.vn"));
	assert_string_equal(timeline.events[1].kind, "registered");
	assert_string_equal(timeline.events[1].actor, "lien");
}

static struct letter_decision decision_of(struct fixture *f, const char *word,
					  int64_t entry_id)
{
	return (struct letter_decision){ .letter_id = 1,
					 .decision = word,
					 .entry_id = entry_id,
					 .actor_id = f->clerk.id,
					 .actor_name = f->clerk.name };
}

static void test_a_decision_links_and_unlinks(void **state)
{
	struct fixture *f = *state;
	struct attachment_list files;
	struct entry_request request = fixture_request(f);
	struct entry entry = fixture_register(f, &request);
	struct letter_decision decision = decision_of(f, "attach", 99);
	must_fail(attachment_decide(f->db, &decision, ATTACHMENT_ANNEX,
				    &f->clerk, &f->why),
		  "entry.none");
	decision = decision_of(f, "attach", entry.id);
	must(attachment_decide(f->db, &decision, ATTACHMENT_ANNEX, &f->clerk,
			       &f->why));
	must(attachment_list(f->db, entry.id, f->arena, &files, &f->why));
	assert_int_equal(files.count, 2);
	decision = decision_of(f, "reopen", 0);
	must(attachment_decide(f->db, &decision, ATTACHMENT_MAIN, &f->clerk,
			       &f->why));
	must(attachment_list(f->db, entry.id, f->arena, &files, &f->why));
	assert_int_equal(files.count, 0);
	request = fixture_request(f);
	request.letter_id = 1;
	fixture_register(f, &request);
	must_fail(attachment_decide(f->db, &decision, ATTACHMENT_MAIN,
				    &f->clerk, &f->why),
		  "letter.registered");
}

static void test_reports_count_what_is_valid(void **state)
{
	struct fixture *f = *state;
	struct report report;
	for (int i = 0; i < 4; i++) {
		struct entry_request request = fixture_request(f);
		request.fields.type_id = i < 3 ? 14 : 2;
		request.fields.due_day = i == 0 ? "2026-06-23" : NULL;
		struct entry entry = fixture_register(f, &request);
		struct entry_change change = { .actor = f->clerk,
					       .id = entry.id,
					       .version = entry.version };
		if (i == 2)
			must(entry_void(f->db, &change, "vào sổ nhầm lần hai",
					&f->why));
	}
	struct report_request request = {
		.organisation_id = f->organisation_id,
		.from = "2026-01-01",
		.to = "2026-06-30",
		.today = "2026-06-24",
	};
	must(report_make(f->db, &request, f->arena, &report, &f->why));
	assert_int_equal(report.in, 3);
	assert_int_equal(report.void_in, 1);
	assert_int_equal(report.late, 1);
	assert_int_equal(report.type_count, 2);
	assert_string_equal(report.types[0].name, "Báo cáo");
	assert_int_equal(report.types[0].in, 2);
	assert_int_equal(report.unit_count, 1);
}

static void test_an_organisation_brings_its_books(void **state)
{
	struct fixture *f = *state;
	struct organisation organisation = {
		.name = "Chi cục Trồng trọt và Bảo vệ thực vật"
	};
	struct book_list books;
	int64_t id;
	must(organisation_create(f->db, &organisation, &id, &f->why));
	must(organisation_load(f->db, id, f->arena, &organisation, &f->why));
	assert_string_equal(organisation.code, "CCTTBVTV");
	must(book_list(f->db, id, f->arena, &books, &f->why));
	assert_int_equal(books.count, 2);
	assert_string_equal(books.books[0].name, "Văn bản đến");
	must(organisation_load_first(f->db, f->arena, &organisation, &f->why));
	assert_int_equal(organisation.id, f->organisation_id);
	struct book book = books.books[0];
	must_fail(book_add(f->db, &book, 1, &id, &f->why), "book.exists");
	must_fail(book_load(f->db, 99, f->arena, &book, &f->why), "book.none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_permission_has_a_name),
		cmocka_unit_test(test_roles_may_what_the_table_says),
		FIXTURE_TEST(test_the_decrees_types_are_there),
		FIXTURE_TEST(test_symbols_follow_the_decree),
		FIXTURE_TEST(test_agencies_are_found_however_typed),
		FIXTURE_TEST(test_units_keep_their_old_names),
		FIXTURE_TEST(test_fields_survive_json),
		FIXTURE_TEST(test_wrong_fields_are_named),
		FIXTURE_TEST(
			test_what_we_take_back_is_frozen_until_that_is_undone),
		FIXTURE_TEST(test_relations_show_from_both_sides),
		FIXTURE_TEST(test_the_timeline_begins_with_the_mail),
		FIXTURE_TEST(test_a_decision_links_and_unlinks),
		FIXTURE_TEST(test_reports_count_what_is_valid),
		FIXTURE_TEST(test_an_organisation_brings_its_books),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
