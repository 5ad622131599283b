#include "core/file.h"
#include "core/file_reading.h"
#include "core/infection.h"
#include "core/job.h"
#include "core/letter_summary.h"
#include "core/main_document.h"
#include "core/search.h"
/* last: they bring a macro called fail */
#include "unit/core/intake.h"

/* One letter with one file, read as far as a test says. */
struct ground {
	struct intake intake;
	struct letter_put put;
	int64_t letter_id, letter_file_id, file_id;
	struct digest digest; /* of the file */
};

static int64_t need_file(struct ground *ground, const struct digest *digest)
{
	struct file file;
	struct fail why = { 0 };

	assert_true(file_load(ground->intake.db, digest, &file, &why));
	return file.id;
}

static void open_ground(struct ground *ground, const char *subject)
{
	struct part part = { .path = "1",
			     .type = "application/pdf",
			     .name = "61-bc-snv.pdf",
			     .class = "file",
			     .bytes = 4 };
	const struct reading reading = { .reader_version = "test",
					 .subject = subject,
					 .sender_address = "VT@snv.vn",
					 .body = "Kính gửi" };
	struct part_request request = { .reading = &reading,
					.parts = &part,
					.part_count = 1 };
	struct fail why = { 0 };

	memset(ground, 0, sizeof(*ground));
	intake_open(&ground->intake);
	ground->put = intake_put(&ground->intake, 1, "From: a\r\n\r\nb");
	intake_take(&ground->intake, &ground->put, &ground->letter_id);
	assert_true(vault_add(store_vault(ground->intake.store), "%PDF", 4,
			      &part.digest, &why));
	request.raw = ground->put.digest;
	assert_true(part_replace_all(ground->intake.db, &request,
				     &ground->letter_file_id, &why));
	ground->digest = part.digest;
	ground->file_id = need_file(ground, &part.digest);
}

static void read_file(struct ground *ground,
		      const struct file_reading *reading,
		      struct file_proposal *proposals, size_t count)
{
	const struct file_reading_request request = {
		.digest = ground->digest,
		.reading = reading,
		.proposals = { proposals, count },
	};
	struct fail why = { 0 };
	int64_t file_id;

	assert_true(file_reading_replace(ground->intake.db, &request, &file_id,
					 &why));
	assert_int_equal(file_id, ground->file_id);
	assert_true(letter_summary_refresh_holders(ground->intake.db, file_id,
						   &why));
	assert_true(search_index_file(ground->intake.db, file_id, &why));
}

static struct letter load(struct ground *ground)
{
	struct letter letter;
	struct fail why = { 0 };

	assert_true(letter_load(ground->intake.db, ground->letter_id,
				ground->intake.arena, &letter, &why));
	return letter;
}

static size_t find(struct ground *ground, const char *words,
		   struct search_hit *ret_hit)
{
	const struct search_request request = { .organisation_id = 1,
						.text = words };
	struct search_answer answer;
	struct fail why = { 0 };

	assert_true(search_find(ground->intake.db, &request,
				ground->intake.arena, &answer, &why));
	if (answer.hit_count)
		*ret_hit = answer.hits[0];
	return answer.hit_count;
}

static const struct file_reading plain = {
	.reader_version = "test",
	.format = "pdf",
	.type = "application/pdf",
	.total_pages = 2,
	.images = true,
	.likeness = 900,
	.text = "SỞ NỘI VỤ\fkế hoạch thủy lợi mùa khô",
};

static struct file_proposal proposals[] = {
	{ .field = "symbol",
	  .source = "text",
	  .value = "61/BC-SNV",
	  .seen = "61/BC-SNV",
	  .page = 1,
	  .box = { 1, 2, 3, 4 },
	  .confidence = 990 },
	{ .field = "urgency",
	  .source = "text",
	  .value = "2",
	  .seen = "THƯỢNG KHẨN",
	  .page = 1,
	  .confidence = 950 },
};

static void test_the_queue_shows_what_the_document_says(void **state)
{
	struct ground ground;
	struct letter letter;
	struct search_hit hit = { 0 };

	(void)state;
	open_ground(&ground, "Gửi văn bản");
	letter = load(&ground);
	assert_int_equal(letter.brief.files, 1);
	assert_int_equal(letter.brief.done, 0);
	assert_null(letter.brief.action);
	read_file(&ground, &plain, proposals, 2);
	letter = load(&ground);
	assert_int_equal(letter.brief.done, 1);
	assert_string_equal(letter.brief.symbol, "61/BC-SNV");
	assert_int_equal(letter.brief.urgency, 2);
	assert_int_equal(letter.brief.pages, 2);
	assert_string_equal(letter.brief.action, "register");
	assert_int_equal(find(&ground, "thuy loi mua kho", &hit), 1);
	assert_string_equal(hit.file, "61-bc-snv.pdf");
	assert_int_equal(hit.page, 2);
	intake_close(&ground.intake);
}

static void test_what_is_read_again_takes_the_place_of_the_old(void **state)
{
	struct ground ground;
	struct file_proposal_list list;
	struct fail why = { 0 };

	(void)state;
	open_ground(&ground, "Gửi văn bản");
	read_file(&ground, &plain, proposals, 2);
	read_file(&ground, &plain, proposals, 1);
	assert_true(file_reading_proposals(ground.intake.db, ground.file_id,
					   ground.intake.arena, &list, &why));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].box[3], 4);
	intake_close(&ground.intake);
}

static void test_a_secret_mark_leaves_nothing_but_the_letter(void **state)
{
	struct ground ground;
	struct file_reading secret = plain;
	struct file_proposal_list list;
	struct search_hit hit;
	struct letter letter;
	struct fail why = { 0 };
	const char *text;

	(void)state;
	open_ground(&ground, "Gửi văn bản");
	secret.secret = "MẬT";
	read_file(&ground, &secret, proposals, 2);
	letter = load(&ground);
	assert_string_equal(letter.state, "quarantine");
	assert_non_null(strstr(letter.reason, "MẬT"));
	assert_non_null(strstr(letter.reason, "61-bc-snv.pdf"));
	assert_true(file_reading_text(ground.intake.db, ground.file_id,
				      ground.intake.arena, &text, &why));
	assert_null(text);
	assert_true(file_reading_proposals(ground.intake.db, ground.file_id,
					   ground.intake.arena, &list, &why));
	assert_int_equal(list.count, 0);
	assert_int_equal(find(&ground, "thuy loi mua kho", &hit), 0);
	assert_int_equal(folder_number(ground.intake.db,
				       "SELECT count(*) FROM audit WHERE"
				       " action = 'letter.quarantine'"),
			 1);
	assert_int_equal(folder_number(ground.intake.db,
				       "SELECT count(*) FROM search_body WHERE"
				       " body LIKE '%thủy lợi%'"),
			 0);
	intake_close(&ground.intake);
}

static void decide(struct ground *ground, const char *decision)
{
	const struct letter_decision wanted = {
		.letter_id = ground->letter_id,
		.decision = decision,
		.actor_id = 1,
		.actor_name = "Văn thư",
	};
	struct fail why = { 0 };

	assert_true(letter_decide(ground->intake.db, &wanted, &why));
}

static void test_a_person_may_take_it_out_but_no_virus(void **state)
{
	struct ground ground;
	struct file_reading secret = plain;
	struct fail why = { 0 };

	(void)state;
	open_ground(&ground, "Gửi văn bản");
	secret.secret = "MẬT";
	read_file(&ground, &secret, proposals, 2);
	decide(&ground, "reopen");
	read_file(&ground, &secret, proposals, 2);
	assert_string_equal(load(&ground).state, "todo");
	assert_true(infection_set(ground.intake.db, ground.file_id,
				  INFECTION_FOUND, "Eicar", &why));
	read_file(&ground, &plain, proposals, 2);
	assert_string_equal(load(&ground).state, "quarantine");
	assert_non_null(strstr(load(&ground).reason, "Eicar"));
	intake_close(&ground.intake);
}

static void test_a_mark_found_too_late_is_told_once(void **state)
{
	struct ground ground;
	struct file_reading secret = plain;

	(void)state;
	open_ground(&ground, "Gửi văn bản");
	decide(&ground, "not_document");
	secret.secret = "MẬT";
	read_file(&ground, &secret, proposals, 2);
	read_file(&ground, &secret, proposals, 2);
	assert_string_equal(load(&ground).state, "done");
	assert_int_equal(folder_number(ground.intake.db,
				       "SELECT count(*) FROM audit WHERE"
				       " action = 'letter.alarm'"),
			 1);
	intake_close(&ground.intake);
}

static void test_the_scanner_s_return_releases_letters(void **state)
{
	struct ground ground;
	int64_t count = 0;
	struct fail why = { 0 };

	(void)state;
	open_ground(&ground, "Gửi văn bản");
	assert_true(infection_set(ground.intake.db, ground.file_id,
				  INFECTION_NOT_SCANNED, "no answer", &why));
	read_file(&ground, &plain, proposals, 2);
	assert_string_equal(load(&ground).state, "quarantine");
	assert_true(db_run(ground.intake.db, "UPDATE job SET state = 'done'",
			   &why));
	assert_true(infection_again(ground.intake.db, INT64_MAX, &count,
				    &why));
	assert_int_equal(count, 1);
	assert_true(infection_set(ground.intake.db, ground.file_id,
				  INFECTION_CLEAN, NULL, &why));
	read_file(&ground, &plain, proposals, 2);
	assert_string_equal(load(&ground).state, "todo");
	intake_close(&ground.intake);
}

static void test_members_and_images_of_text_become_jobs(void **state)
{
	struct ground ground;
	struct file_reading archive = { .reader_version = "test",
					.format = "zip",
					.type = "application/zip",
					.needs_recognition = true };
	struct part member = { .path = "1",
			       .type = "application/pdf",
			       .class = "file",
			       .bytes = 1 };
	struct file_reading_request request = { .reading = &archive,
						.parts = &member,
						.part_count = 1 };
	struct fail why = { 0 };
	int64_t file_id;

	(void)state;
	open_ground(&ground, "Gửi văn bản");
	for (int i = 0; i < 4; i++) { /* a matryoshka */
		char content = (char)('a' + i);

		request.digest = i ? member.digest : ground.digest;
		assert_true(vault_add(store_vault(ground.intake.store),
				      &content, 1, &member.digest, &why));
		assert_true(file_reading_replace(ground.intake.db, &request,
						 &file_id, &why));
	}
	assert_int_equal(folder_number(ground.intake.db,
				       "SELECT count(*) FROM job WHERE"
				       " kind = 'read_file'"),
			 4);
	assert_int_equal(folder_number(ground.intake.db,
				       "SELECT max(depth) FROM job WHERE"
				       " kind = 'read_file'"),
			 4);
	assert_true(folder_number(ground.intake.db,
				  "SELECT count(*) FROM job WHERE"
				  " kind = 'recognise'") >= 1);
	intake_close(&ground.intake);
}

static void test_what_was_recognised_stays_until_it_is_again(void **state)
{
	struct ground ground;
	struct file_reading image = plain;
	const char *text;
	struct fail why = { 0 };

	(void)state;
	open_ground(&ground, "Gửi văn bản");
	image.needs_recognition = true;
	image.text = NULL;
	read_file(&ground, &image, NULL, 0);
	assert_true(db_run(ground.intake.db, "UPDATE job SET state = 'done'",
			   &why));
	read_file(&ground, &plain, proposals, 2);
	read_file(&ground, &image, NULL, 0);
	assert_true(file_reading_text(ground.intake.db, ground.file_id,
				      ground.intake.arena, &text, &why));
	assert_non_null(text);
	assert_string_equal(load(&ground).brief.symbol, "61/BC-SNV");
	intake_close(&ground.intake);
}

static void test_a_choice_is_remembered_for_the_sender(void **state)
{
	struct ground ground;
	struct main_document_choice choice = { .remember = true };
	struct fail why = { 0 };

	(void)state;
	open_ground(&ground, "Gửi văn bản");
	choice.letter_id = ground.letter_id;
	choice.digest = ground.digest;
	choice.actor = (struct actor){ .id = 1, .name = "Văn thư" };
	assert_true(main_document_set(ground.intake.db, &choice, &why));
	assert_int_equal(folder_number(ground.intake.db,
				       "SELECT count(*) FROM main_habit WHERE"
				       " sender = 'vt@snv.vn' AND"
				       " shape = '#-bc-snv.pdf'"),
			 1);
	choice.digest = ground.put.digest;
	assert_false(main_document_set(ground.intake.db, &choice, &why));
	assert_int_equal(why.kind, FAIL_NOT_FOUND);
	intake_close(&ground.intake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_queue_shows_what_the_document_says),
		cmocka_unit_test(
			test_what_is_read_again_takes_the_place_of_the_old),
		cmocka_unit_test(
			test_a_secret_mark_leaves_nothing_but_the_letter),
		cmocka_unit_test(test_a_person_may_take_it_out_but_no_virus),
		cmocka_unit_test(test_a_mark_found_too_late_is_told_once),
		cmocka_unit_test(test_the_scanner_s_return_releases_letters),
		cmocka_unit_test(test_members_and_images_of_text_become_jobs),
		cmocka_unit_test(
			test_what_was_recognised_stays_until_it_is_again),
		cmocka_unit_test(test_a_choice_is_remembered_for_the_sender),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
