#include "core/main_document.h"
#include "support/test.h"

/* A file as the reader left it. */
static struct letter_file file_of(int64_t id, const char *name,
				  const char *format, int64_t likeness)
{
	return (struct letter_file){
		.file_id = id,
		.name = name,
		.format = format,
		.type = strcmp(format, "pdf") == 0   ? "application/pdf"
			: strcmp(format, "png") == 0 ? "image/png"
						     : "application/x",
		.class = "file",
		.bytes = 200000,
		.state = LETTER_FILE_READ,
		.likeness = likeness,
		.signatures_json = "[]",
	};
}

static void check(const struct main_document_request *request, int64_t id,
		  const char *reason)
{
	auto_arena *arena = arena_create(0);
	struct main_document main = main_document_choose(request, arena);

	assert_non_null(main.file);
	assert_int_equal(main.file->file_id, id);
	assert_string_equal(main.reason, reason);
	assert_true(*main.sentence);
	for (size_t i = 0; i < request->count; i++)
		assert_int_equal(main.roles[i].role == LETTER_ROLE_MAIN,
				 request->files[i].file_id == id);
}

static void test_the_only_file_is_the_document(void **state)
{
	struct letter_file files[] = { file_of(1, "a.pdf", "pdf", 0) };
	const struct main_document_request request = { files, 1, 0, NULL,
						       NULL };

	(void)state;
	check(&request, 1, "only_file");
}

static void test_a_letterhead_beats_an_annex(void **state)
{
	struct letter_file files[] = {
		file_of(1, "Phụ lục 1.xlsx", "xlsx", 100),
		file_of(2, "van ban.pdf", "pdf", 900),
	};
	const struct main_document_request request = { files, 2, 0, NULL,
						       NULL };

	(void)state;
	check(&request, 2, "likeness");
}

static void test_the_record_beats_its_editable_copy(void **state)
{
	auto_arena *arena = arena_create(0);
	struct letter_file files[] = {
		file_of(1, "61-BC-SNV.docx", "docx", 950),
		file_of(2, "61-BC-SNV.signed.pdf", "pdf", 0),
		file_of(3, "khac.docx", "docx", 0),
	};
	const struct main_document_request request = { files, 3, 0, NULL,
						       NULL };
	struct main_document main;

	(void)state;
	main = main_document_choose(&request, arena);
	assert_int_equal(main.file->file_id, 2);
	assert_int_equal(main.roles[0].role, LETTER_ROLE_COPY);
	assert_string_equal(main.roles[0].reason, "same_document");
	assert_int_equal(main.roles[2].role, LETTER_ROLE_ANNEX);
}

static void test_a_logo_is_no_document(void **state)
{
	auto_arena *arena = arena_create(0);
	struct letter_file files[] = {
		file_of(1, "image001.png", "png", 0),
		file_of(2, "cv.pdf", "pdf", 0),
		file_of(3, "kem.zip", "zip", 0),
		file_of(4, "thu.eml", "mail", 0),
	};
	const struct main_document_request request = { files, 4, 0, NULL,
						       NULL };
	struct main_document main;

	(void)state;
	files[0].bytes = 9000;
	files[3].class = "message";
	check(&request, 2, "only_file");
	main = main_document_choose(&request, arena);
	assert_int_equal(main.roles[0].role, LETTER_ROLE_CARD);
	assert_int_equal(main.roles[2].role, LETTER_ROLE_PACKAGE);
	assert_int_equal(main.roles[3].role, LETTER_ROLE_MESSAGE);
	files[1].class = "message";
	main = main_document_choose(&request, arena);
	assert_null(main.file);
}

static void test_what_the_sender_states_holds(void **state)
{
	struct letter_file files[] = {
		file_of(1, "a.pdf", "pdf", 990),
		file_of(2, "b.pdf", "pdf", 0),
	};
	const struct main_document_request request = { files, 2, 0, NULL,
						       NULL };

	(void)state;
	files[0].stated = "annex";
	files[1].stated = "main";
	check(&request, 2, "stated");
}

static void test_a_person_has_the_last_word(void **state)
{
	struct letter_file files[] = {
		file_of(1, "a.pdf", "pdf", 990),
		file_of(2, "Danh sách 7.xlsx", "xlsx", 0),
	};
	struct main_document_request request = { files, 2, 2, NULL, NULL };

	auto_arena *arena = arena_create(0);

	(void)state;
	check(&request, 2, "person");
	request.chosen_id = 0;
	request.habit = "danh sach #.xlsx";
	check(&request, 2, "sender");
	request.habit = "danh sach.xlsx";
	check(&request, 1, "likeness");
	request.files = NULL;
	request.count = 0;
	assert_null(main_document_choose(&request, arena).file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_only_file_is_the_document),
		cmocka_unit_test(test_a_letterhead_beats_an_annex),
		cmocka_unit_test(test_the_record_beats_its_editable_copy),
		cmocka_unit_test(test_a_logo_is_no_document),
		cmocka_unit_test(test_what_the_sender_states_holds),
		cmocka_unit_test(test_a_person_has_the_last_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
