#include "core/file.h"
#include "core/job.h"
#include "core/part.h"
#include "reading/reading.h"
#include "support/pdf.h"
#include "support/search.h"
#include "unit/core/intake.h"
#include <fcntl.h>
#include <sys/stat.h>

static const char reader[] = TEST_BIN_DIR "/registry-reader";

static const char letter[] =
	"From: a@b.vn\r\nSubject: mot\r\nMessage-ID: <1@x>\r\n"
	"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
	"--b\r\n\r\nKinh gui\r\n"
	"--b\r\nContent-Type: application/pdf; name=a.pdf\r\n"
	"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n"
	"--b\r\nContent-Type: message/rfc822\r\n\r\n"
	"Subject: ben trong\r\nContent-Type: image/png; name=i.png\r\n\r\nP\r\n"
	"--b--\r\n";

struct desk {
	struct intake intake;
	struct writer *writer;
	struct reading_desk *reading;
};

static void open_desk(struct desk *desk, const char *path, int64_t deadline)
{
	struct reading_request request = { .reader_path = path,
					   .workers = 2,
					   .deadline = deadline };
	struct fail why = { 0 };

	desk->writer = writer_create(desk->intake.store, &why);
	assert_non_null(desk->writer);
	request.store = desk->intake.store;
	request.writer = desk->writer;
	desk->reading = reading_create(&request, &why);
	if (!desk->reading)
		fail_msg("%s", why.sentence);
}

/* The database belongs to this thread again afterwards. */
static void finish_desk(struct desk *desk)
{
	assert_true(reading_wait_idle(desk->reading, 60));
	reading_destroy(&desk->reading);
	writer_destroy(&desk->writer);
}

static int64_t file_of(struct desk *desk, const struct digest *digest)
{
	struct file file;
	struct fail why = { 0 };

	assert_true(file_load(desk->intake.db, digest, &file, &why));
	return file.id;
}

static void test_a_letter_and_the_one_inside_it_are_read(void **state)
{
	struct desk desk;
	struct letter_put put;
	struct part_list parts;
	struct reading reading;
	struct job_counts counts;
	struct fail why = { 0 };
	auto_text found = { 0 };
	int64_t id;

	(void)state;
	intake_open(&desk.intake);
	put = intake_put(&desk.intake, 1, letter);
	intake_take(&desk.intake, &put, &id);
	open_desk(&desk, reader, 0);
	finish_desk(&desk);
	assert_true(part_load_list(desk.intake.db, file_of(&desk, &put.digest),
				   desk.intake.arena, &parts, &why));
	assert_int_equal(parts.count, 2);
	assert_string_equal(parts.items[0].name, "a.pdf");
	assert_true(vault_check(store_vault(desk.intake.store),
				&parts.items[0].digest, NULL, &why));
	assert_true(reading_load(desk.intake.db, parts.items[1].file_id,
				 desk.intake.arena, &reading, &why));
	assert_string_equal(reading.subject, "ben trong");
	assert_true(job_count(desk.intake.db, &counts, &why));
	assert_int_equal(counts.done, 4); /* and two files */
	assert_int_equal(counts.waiting + counts.running + counts.failed, 0);
	assert_int_equal(intake_verify(&desk.intake, &found), 0);
	intake_close(&desk.intake);
}

/* Three attempts, a reason that people see, and the letter is kept. */
static void check_failure(const char *path, int64_t deadline)
{
	struct desk desk;
	struct letter_put put;
	struct job_list failed;
	struct fail why = { 0 };
	int64_t id;

	intake_open(&desk.intake);
	put = intake_put(&desk.intake, 1, letter);
	intake_take(&desk.intake, &put, &id);
	open_desk(&desk, path, deadline);
	finish_desk(&desk);
	assert_true(job_list_failed(desk.intake.db, 10, desk.intake.arena,
				    &failed, &why));
	assert_int_equal(failed.count, 1);
	assert_int_equal(failed.items[0].attempts, JOB_ATTEMPTS_MAX);
	assert_true(*failed.items[0].reason);
	assert_true(vault_check(store_vault(desk.intake.store), &put.digest,
				NULL, &why));
	intake_close(&desk.intake);
}

static void test_a_reader_that_dies_fails_the_job_alone(void **state)
{
	(void)state;
	check_failure("/bin/false", 0);
}

static void test_a_reader_that_is_late_is_killed(void **state)
{
	char path[64];
	static const char script[] = "#!/bin/sh\nexec sleep 1000\n";
	int fd;

	(void)state;
	memcpy(path, test_folder(), sizeof(path));
	memcpy(path + strlen(path), "/late", 6);
	fd = open(path, O_CREAT | O_WRONLY, 0700);
	assert_true(write(fd, script, sizeof(script) - 1) > 0);
	close(fd);
	check_failure(path, 300);
	(void)unlink(path);
	*strrchr(path, '/') = 0;
	(void)rmdir(path);
}

static void test_a_damaged_letter_is_not_read(void **state)
{
	struct desk desk;
	struct letter_put put;
	struct job_list failed;
	struct fail why = { 0 };
	char hex[DIGEST_HEX_SIZE];
	const char *path;
	int64_t id;
	int fd;

	(void)state;
	intake_open(&desk.intake);
	put = intake_put(&desk.intake, 1, letter);
	intake_take(&desk.intake, &put, &id);
	digest_print(&put.digest, hex);
	path = arena_print(desk.intake.arena, "%s/vault/%.2s/%s",
			   desk.intake.path, hex, hex + 2);
	assert_int_equal(chmod(path, 0600), 0);
	fd = open(path, O_WRONLY);
	assert_int_equal(write(fd, "X", 1), 1);
	close(fd);
	open_desk(&desk, reader, 0);
	finish_desk(&desk);
	assert_true(job_list_failed(desk.intake.db, 10, desk.intake.arena,
				    &failed, &why));
	assert_int_equal(failed.count, 1);
	assert_non_null(strstr(failed.items[0].reason, "has changed"));
	intake_close(&desk.intake);
}

static void say(void *context, const struct reading_difference *difference)
{
	text_add(context, difference->sentence);
	text_add(context, "\n");
}

static void test_replay_says_what_would_change(void **state)
{
	struct desk desk;
	struct letter_put put;
	auto_text said = { 0 };
	struct reading_replay replay = { .each = say, .context = &said };
	struct fail why = { 0 };
	int64_t id;

	(void)state;
	intake_open(&desk.intake);
	put = intake_put(&desk.intake, 1, letter);
	intake_take(&desk.intake, &put, &id);
	open_desk(&desk, reader, 0);
	assert_true(reading_wait_idle(desk.reading, 60));
	assert_true(reading_replay(desk.reading, &replay, &why));
	assert_int_equal(replay.read, 4);
	assert_int_equal(replay.different, 0);
	finish_desk(&desk);
	assert_true(db_run(desk.intake.db,
			   "UPDATE part SET name = 'b.pdf' WHERE path = '1.2'",
			   &why));
	open_desk(&desk, reader, 0);
	replay.read = 0;
	assert_true(reading_replay(desk.reading, &replay, &why));
	assert_int_equal(replay.different, 1);
	assert_string_equal(text_string(&said),
			    "part 1.2: name 'b.pdf' becomes 'a.pdf'\n");
	finish_desk(&desk);
	assert_int_equal(folder_number(desk.intake.db,
				       "SELECT count(*) FROM part"
				       " WHERE name = 'b.pdf'"),
			 1);
	intake_close(&desk.intake);
}

/* A blank page, as a scanner makes it, and a signature that does not hold. */
static void make_signed(struct pdf_maker *maker)
{
	pdf_begin(maker);
	pdf_add_page(maker, "", "");
	pdf_end(maker, "/Root 1 0 R");
	text_addf(&maker->text,
		  "9 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite"
		  "/ByteRange[0 %zu %zu 20]/Contents<00000000>>>\nendobj\n",
		  maker->text.size, maker->text.size + 100);
	text_add(&maker->text, "%%EOF\n");
}

/* No words, so nothing else would bring the entry back into the index. */
static void test_a_signature_is_found_once_its_file_was_read(void **state)
{
	struct fixture *f = *state;
	struct desk desk = { .intake = { .store = f->store } };
	const int64_t id = add(f, "Báo cáo");
	const struct search_request signed_ones = {
		.organisation_id = f->organisation_id,
		.file = "signed",
	};
	struct search_answer answer;
	struct pdf_maker pdf;
	struct digest digest;
	struct bytes bytes;
	int64_t file_id;

	make_signed(&pdf);
	bytes = pdf_bytes(&pdf);
	must(vault_add(store_vault(f->store), bytes.data, bytes.size, &digest,
		       &f->why));
	must(file_add(f->db, &digest, (int64_t)bytes.size, &file_id, &f->why));
	must(db_run(f->db,
		    arena_print(f->arena,
				"INSERT INTO attachment (entry_id, file_id,"
				" name, role, position, added_at, added_by)"
				" VALUES (%lld, %lld, 'a.pdf', 'main', 0, 0,"
				"         1)",
				(long long)id, (long long)file_id),
		    &f->why));
	must(search_index_entry(f->db, id, &f->why));
	must(job_add(f->db, JOB_READ_FILE, file_id, 0, &f->why));
	open_desk(&desk, reader, 0);
	finish_desk(&desk);
	must(search_find(f->db, &signed_ones, f->arena, &answer, &f->why));
	assert_int_equal(answer.hit_count, 1);
	text_done(&pdf.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_letter_and_the_one_inside_it_are_read),
		cmocka_unit_test(test_a_reader_that_dies_fails_the_job_alone),
		cmocka_unit_test(test_a_reader_that_is_late_is_killed),
		cmocka_unit_test(test_a_damaged_letter_is_not_read),
		cmocka_unit_test(test_replay_says_what_would_change),
		FIXTURE_TEST(test_a_signature_is_found_once_its_file_was_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
