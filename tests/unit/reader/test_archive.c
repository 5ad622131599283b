/*
 * Members of an archive come out as files with names that do no harm, and
 * what is made to hurt ends with a reason.
 */
#include "reader/archive.h"
#include "reader/member.h"
#include "reading.h"

static const struct document_member *member(const struct reading *reading,
					    size_t i)
{
	assert_true(i < reading->document.member_count);
	return &reading->document.members[i];
}

static void every_format_gives_its_files(void **state)
{
	static const struct {
		const char *made, *format;
	} cases[] = {
		{ "zip", "zip" }, { "7zip", "7z" }, { "ustar", "tar" }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct made *made = made_open(cases[i].made);
		struct reading reading;

		made_add_text(made, "thư mục/Số 61.pdf", "%PDF-1.4");
		made_add_text(made, "b.txt", "xin chào");
		reading = read_content(made_close(made), "a");
		assert_string_equal(reading.document.format, cases[i].format);
		assert_null(reading.document.reason);
		assert_int_equal(reading.document.member_count, 2);
		assert_string_equal(member(&reading, 0)->name, "Số 61.pdf");
		assert_string_equal(member(&reading, 0)->type,
				    "application/pdf");
		assert_string_equal(member(&reading, 0)->path, "1");
		assert_string_equal(reading_member(&reading, 1), "xin chào");
		reading_done(&reading);
		free(made);
	}
}

static void one_compressed_file_has_the_name_of_its_archive(void **state)
{
	/* gzip of "abc\n", without a name */
	static const unsigned char packed[] = {
		0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 0x4a,
		0xe6, 2, 0, 0x4e, 0x81, 0x88, 0x47, 4, 0, 0, 0
	};
	struct reading reading = read_content(
		(struct bytes){ packed, sizeof(packed) }, "bao-cao.txt.gz");

	(void)state;
	assert_string_equal(reading.document.format, "gz");
	assert_string_equal(member(&reading, 0)->name, "bao-cao.txt");
	assert_string_equal(reading_member(&reading, 0), "abc\n");
	reading_done(&reading);
}

static void names_do_no_harm(void **state)
{
	/* clang-format off */
	static const struct {
		const char *raw, *name; /* NULL: nothing is left */
	} cases[] = {
		{ "../../etc/passwd", "passwd" },
		{ "C:\\Windows\\win.ini", "win.ini" },
		{ "..", NULL },
		{ "/", NULL },
		{ "a/", "a" },
		{ ". . ", NULL },
		{ "", NULL },
		{ "bao cao\xe2\x80\xae" "fdp.exe", "bao caofdp.exe" },
		{ "a\x01\x02\n\rb.pdf", "ab.pdf" },
		{ "a\xe2\x81\xa6.pdf\xe2\x81\xa9", "a.pdf" },
		{ "So\xcc\x82\xcc\x81 61.pdf", "Số 61.pdf" },	/* NFD */
		{ "S\xf4\xec 61.pdf", "Số 61.pdf" },		/* 1258 */
		{ "405 kcn-l\xc3\x84\xe2\x80\x98.pdf", "405 kcn-lđ.pdf" },
		{ "Céng hoµ x· héi.doc", "Cộng hoà xã hội.doc" },
		{ ".htaccess", ".htaccess" },
		{ "ten. ", "ten" }
	};
	/* clang-format on */
	const struct bytes with_nul = { (const unsigned char *)"a\0b.pdf",
					7 };
	auto_arena *arena = arena_create(0);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *name = member_name(bytes_of(cases[i].raw), arena);

		if (cases[i].name)
			assert_string_equal(name, cases[i].name);
		else
			assert_null(name);
	}
	assert_string_equal(member_name(with_nul, arena), "a b.pdf");
}

static void long_names_keep_their_ending(void **state)
{
	auto_arena *arena = arena_create(0);
	char raw[1200] = "";
	const char *name;

	(void)state;
	for (size_t i = 0; i < 300; i++)
		memcpy(raw + i * 3, "\xe1\xba\xbf", 3);
	memcpy(raw + 900, ".pdf", 5);
	name = member_name(bytes_of(raw), arena);
	assert_true(strlen(name) <= 240);
	assert_true(bytes_is_utf8(bytes_of(name)));
	assert_string_equal(name + strlen(name) - 4, ".pdf");
	/* without one: no blank where it was cut */
	memset(raw, ' ', 900);
	raw[0] = raw[900] = 'a';
	raw[901] = '\0';
	assert_string_equal(member_name(bytes_of(raw), arena), "a");
}

static void ten_thousand_members_end_at_a_thousand(void **state)
{
	struct made *made = made_open("zip");
	struct reading reading;

	(void)state;
	for (int i = 0; i < 10000; i++)
		made_add_text(made, "a.txt", "x");
	reading = read_content(made_close(made), NULL);
	assert_string_equal(reading.document.reason, "limit.members");
	assert_int_equal(reading.document.member_count, 1000);
	reading_done(&reading);
	free(made);
}

static void a_bomb_is_named(void **state)
{
	enum {
		ZEROS = 64 * 1024 * 1024
	};
	struct made *made = made_open("zip");
	void *zeros = calloc(1, ZEROS);
	static unsigned char room[ZEROS];
	struct document_request request = { .room = room,
					    .room_size = ZEROS };
	struct document document;
	struct fail why;
	auto_arena *arena = arena_create(0);

	(void)state;
	made_add(made, "a", zeros, ZEROS);
	request.content = made_close(made);
	assert_true(document_read(&request, arena, &document, &why));
	assert_string_equal(document.reason, "limit.ratio");
	assert_int_equal(document.member_count, 0);
	/* what is no bomb but large wants a larger room */
	request.room_size = 1024 * 1024;
	assert_false(document_read(&request, arena, &document, &why));
	assert_int_equal(why.kind, FAIL_LIMIT);
	free(zeros);
	free(made);
}

/* Made by hand: an entry whose flag says that it is encrypted. */
static void encrypted_members_are_named(void **state)
{
	static unsigned char copy[4096];
	struct made *made = made_open("zip");
	struct bytes zip;
	struct reading reading;
	const struct bytes local = { (const unsigned char *)"PK\x03\x04", 4 };
	const struct bytes central = { (const unsigned char *)"PK\x01\x02",
				       4 };

	(void)state;
	made_add_text(made, "mat.txt", "bi mat, bi mat");
	zip = made_close(made);
	assert_true(zip.size < sizeof(copy));
	memcpy(copy, zip.data, zip.size);
	zip.data = copy;
	copy[bytes_find(zip, local, 0) + 6] |= 1;
	copy[bytes_find(zip, central, 0) + 8] |= 1;
	reading = read_content(zip, NULL);
	assert_string_equal(reading.document.reason, "encrypted");
	assert_string_equal(member(&reading, 0)->name, "mat.txt");
	assert_string_equal(member(&reading, 0)->flag, "encrypted");
	assert_int_equal(member(&reading, 0)->size, 0);
	reading_done(&reading);
	free(made);
}

static void what_is_cut_off_is_damaged(void **state)
{
	struct made *made = made_open("7zip");
	struct bytes content;
	struct reading reading;

	(void)state;
	made_add_text(made, "a.txt", "abc");
	content = made_close(made);
	content.size /= 2;
	reading = read_content(content, NULL);
	assert_string_equal(reading.document.reason, "damaged");
	assert_int_equal(reading.document.member_count, 0);
	reading_done(&reading);
	free(made);
}

static void an_archive_inside_is_one_file(void **state)
{
	struct made *inner = made_open("zip"), *outer = made_open("zip");
	struct bytes content;
	struct reading reading;

	(void)state;
	made_add_text(inner, "a.txt", "abc");
	content = made_close(inner);
	made_add(outer, "b.zip", content.data, content.size);
	reading = read_content(made_close(outer), NULL);
	assert_int_equal(reading.document.member_count, 1);
	assert_string_equal(member(&reading, 0)->type, "application/zip");
	reading_done(&reading);
	free(inner);
	free(outer);
}

static int prepare(void **state)
{
	(void)state;
	archive_prepare();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_gives_its_files),
		cmocka_unit_test(
			one_compressed_file_has_the_name_of_its_archive),
		cmocka_unit_test(names_do_no_harm),
		cmocka_unit_test(long_names_keep_their_ending),
		cmocka_unit_test(ten_thousand_members_end_at_a_thousand),
		cmocka_unit_test(a_bomb_is_named),
		cmocka_unit_test(encrypted_members_are_named),
		cmocka_unit_test(what_is_cut_off_is_damaged),
		cmocka_unit_test(an_archive_inside_is_one_file)
	};

	return cmocka_run_group_tests(tests, prepare, NULL);
}
