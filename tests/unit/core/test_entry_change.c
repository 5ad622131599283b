#include "core/entry.h"
#include "core/letter.h"
#include "core/search.h"
#include "core/timeline.h"
#include "support/register.h"

static struct entry_change change_of(struct fixture *f,
				     const struct entry *entry)
{
	return (struct entry_change){ .actor = f->clerk,
				      .id = entry->id,
				      .version = entry->version,
				      .now = f->now };
}

static struct entry reload(struct fixture *f, const struct entry *entry)
{
	struct entry loaded;
	must(entry_load(f->db, entry->id, f->arena, &loaded, &f->why));
	return loaded;
}

static const struct timeline_event *last_event(struct fixture *f, int64_t id)
{
	struct timeline timeline;
	must(timeline_load(f->db, id, f->arena, &timeline, &f->why));
	assert_true(timeline.count > 0);
	return &timeline.events[timeline.count - 1];
}

static void test_an_edit_keeps_the_old_value(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = change_of(f, &entry);
	struct fields fields = entry.fields;
	fields.subject = "Trích yếu đã sửa";
	fields.symbol = "7 / UBND – NC";
	must(entry_edit(f->db, &change, &fields, f->arena, &f->why));
	struct entry edited = reload(f, &entry);
	assert_string_equal(edited.fields.subject, "Trích yếu đã sửa");
	assert_string_equal(edited.fields.symbol, "7/UBND-NC");
	assert_string_equal(edited.symbol_number, "7");
	assert_int_equal(edited.version, 2);
	assert_int_equal(edited.number, entry.number);
	const struct timeline_event *event = last_event(f, entry.id);
	assert_string_equal(event->kind, "edited");
	assert_non_null(strstr(event->detail, request.fields.subject));
	assert_non_null(strstr(event->detail, "Trích yếu đã sửa"));
	assert_null(strstr(event->detail, "issuer"));
	/* who saw the old version is told */
	must_fail(entry_edit(f->db, &change, &fields, f->arena, &f->why),
		  "entry.changed");
	/* and nothing new is nothing */
	change = change_of(f, &edited);
	must(entry_edit(f->db, &change, &edited.fields, f->arena, &f->why));
	assert_int_equal(reload(f, &entry).version, 2);
}

static void test_an_outgoing_symbol_stays(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	request.direction = DIRECTION_OUT;
	request.fields.type_id = 14;
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = change_of(f, &entry);
	struct fields fields = entry.fields;
	fields.type_id = 2;
	fields.symbol = "99/QĐ-SNNMT";
	fields.keeper = "Lưu: VT";
	must(entry_edit(f->db, &change, &fields, f->arena, &f->why));
	struct entry edited = reload(f, &entry);
	assert_string_equal(edited.fields.symbol, "01/BC-SNNMT");
	assert_int_equal(edited.fields.type_id, 14);
	assert_string_equal(edited.fields.keeper, "Lưu: VT");
}

static void test_receivers_can_be_changed(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = change_of(f, &entry);
	struct entry_receiver unit = { .unit_id = f->unit_id };
	must(entry_set_receivers(f->db, &change, &unit, 1, &f->why));
	assert_string_equal(reload(f, &entry).fields.receiver,
			    "Phòng Kế hoạch, Tài chính");
	struct entry_receiver nobody = { .unit_id = 999 };
	change.version = 2;
	must_fail(entry_set_receivers(f->db, &change, &nobody, 1, &f->why),
		  "field.invalid");
	assert_int_equal(reload(f, &entry).version, 2);
}

static void test_a_void_line_stays_with_its_reason(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = change_of(f, &entry);
	must_fail(entry_void(f->db, &change, "nhầm rồi", &f->why),
		  "entry.reason");
	must_fail(entry_void(f->db, &change, "                ", &f->why),
		  "entry.reason");
	must(entry_void(f->db, &change, "vào sổ nhầm văn bản", &f->why));
	struct entry after = reload(f, &entry);
	assert_string_equal(after.state, "void");
	assert_int_equal(after.number, 1);
	assert_string_equal(after.void_reason, "vào sổ nhầm văn bản");
	assert_string_equal(last_event(f, entry.id)->kind, "void");
	change = change_of(f, &after);
	must_fail(entry_void(f->db, &change, "vào sổ nhầm văn bản", &f->why),
		  "entry.void");
	must_fail(entry_undo(f->db, &change, &f->why), "entry.void");
	request = fixture_request(f);
	assert_int_equal(fixture_register(f, &request).number, 2);
}

static void test_an_undo_frees_the_number_and_the_letter(void **state)
{
	struct fixture *f = *state;
	struct letter letter;
	struct entry_request request = fixture_request(f);
	request.letter_id = 1;
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = change_of(f, &entry);
	change.now = f->now + ENTRY_UNDO_SECONDS;
	must(entry_undo(f->db, &change, &f->why));
	struct entry after = reload(f, &entry);
	assert_string_equal(after.state, "withdrawn");
	assert_int_equal(after.number, 0);
	must(letter_load(f->db, 1, f->arena, &letter, &f->why));
	assert_string_equal(letter.state, "todo");
	assert_string_equal(last_event(f, entry.id)->kind, "undone");
	/* the same mail takes the same number, and is no duplicate of itself */
	struct entry again = fixture_register(f, &request);
	assert_int_equal(again.number, 1);
	assert_int_not_equal(again.id, entry.id);
}

static size_t count_hits(struct fixture *f, const char *words)
{
	struct search_answer answer;
	struct search_request request = {
		.organisation_id = f->organisation_id,
		.text = words,
		.kind = "entry",
	};
	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	return answer.hit_count;
}

static void test_what_was_undone_is_not_found(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	request.fields.subject = "Phòng chống hạn mặn";
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = change_of(f, &entry);
	struct fields fields = entry.fields;
	assert_int_equal(count_hits(f, "han man"), 1);
	fields.subject = "Phòng chống lụt bão";
	must(entry_edit(f->db, &change, &fields, f->arena, &f->why));
	assert_int_equal(count_hits(f, "han man"), 0);
	assert_int_equal(count_hits(f, "lut bao"), 1);
	change.version = 2;
	must(entry_undo(f->db, &change, &f->why));
	assert_int_equal(count_hits(f, "lut bao"), 0);
}

static void test_an_undo_has_its_limits(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = change_of(f, &entry);
	change.now = f->now + ENTRY_UNDO_SECONDS + 1;
	must_fail(entry_undo(f->db, &change, &f->why), "entry.undo_late");
	change.now = f->now;
	change.actor = f->specialist;
	must_fail(entry_undo(f->db, &change, &f->why), "entry.undo_late");
	change.actor = f->clerk;
	/* its own clerk may look, others end it */
	must(entry_opened(f->db, entry.id, &f->clerk, f->now, &f->why));
	assert_int_equal(reload(f, &entry).opened_at, 0);
	must(entry_opened(f->db, entry.id, &f->specialist, f->now, &f->why));
	must_fail(entry_undo(f->db, &change, &f->why), "entry.undo_late");
	/* and so does the next number */
	request = fixture_request(f);
	entry = fixture_register(f, &request);
	request = fixture_request(f);
	fixture_register(f, &request);
	change = change_of(f, &entry);
	must_fail(entry_undo(f->db, &change, &f->why), "entry.undo_late");
}

static void test_a_retry_after_undo_takes_no_number(void **state)
{
	struct fixture *f = *state;
	struct entry_answer answer;
	struct entry_request request = fixture_request(f);
	request.key = "k";
	request.request_digest = "d";
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = change_of(f, &entry);
	must(entry_undo(f->db, &change, &f->why));
	must(entry_register(f->db, &request, f->arena, &answer, &f->why));
	assert_true(answer.is_repeated);
	assert_string_equal(answer.entry.state, "withdrawn");
}

static void test_a_letter_can_join_an_entry(void **state)
{
	struct fixture *f = *state;
	struct attachment_list files;
	struct attachment_entries entries;
	struct entry_request request = fixture_request(f);
	struct entry entry = fixture_register(f, &request);
	struct attachment_request joining = {
		.actor = f->clerk,
		.entry_id = entry.id,
		.letter_id = 1,
		.role = ATTACHMENT_REPLACEMENT,
		.now = f->now,
	};
	must(attachment_add(f->db, &joining, &f->why));
	must(attachment_add(f->db, &joining, &f->why));
	must(attachment_list(f->db, entry.id, f->arena, &files, &f->why));
	assert_int_equal(files.count, 2);
	assert_int_equal(files.attachments[0].role, ATTACHMENT_REPLACEMENT);
	must(attachment_entries_of(f->db, 1, f->arena, &entries, &f->why));
	assert_int_equal(entries.count, 1);
	assert_int_equal(entries.ids[0], entry.id);
	must(attachment_remove_letter(f->db, entry.id, 1, &f->clerk, &f->why));
	must(attachment_list(f->db, entry.id, f->arena, &files, &f->why));
	assert_int_equal(files.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_an_edit_keeps_the_old_value),
		FIXTURE_TEST(test_an_outgoing_symbol_stays),
		FIXTURE_TEST(test_receivers_can_be_changed),
		FIXTURE_TEST(test_a_void_line_stays_with_its_reason),
		FIXTURE_TEST(test_an_undo_frees_the_number_and_the_letter),
		FIXTURE_TEST(test_what_was_undone_is_not_found),
		FIXTURE_TEST(test_an_undo_has_its_limits),
		FIXTURE_TEST(test_a_retry_after_undo_takes_no_number),
		FIXTURE_TEST(test_a_letter_can_join_an_entry),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
