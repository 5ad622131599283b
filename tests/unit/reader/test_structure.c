/* Every letter in mail/ gives what its .expected says: one attachment a line,
 * path, type, class, bytes, start of the digest, name by the definition. */
#include "base/arena.h"
#include "base/descriptor.h"
#include "base/text.h"
#include "base/tree.h"
#include "reader/mail.h"
#include "reader/structure.h"
#include <dirent.h>
/* last: it brings a macro called fail */
#include "support/test.h"

static const char folder[] = TEST_SOURCE_DIR "/unit/reader/mail";

static struct bytes read_file(const char *path, struct arena *arena)
{
	struct bytes content = { NULL, 0 };
	struct fail why = { 0 };

	if (!descriptor_read_file(path, 1 << 20, arena, &content, &why))
		fail_msg("%s", why.sentence);
	return content;
}

static struct tree *read_mail(struct bytes letter, struct arena *arena)
{
	struct mail_room room = { .size = letter.size * 2 + 4096,
				  .digests = true };
	struct tree *answer = tree_create();
	struct fail why = { 0 };

	room.at = arena_alloc(arena, room.size);
	if (!mail_read(letter, room, arena, answer, &why))
		fail_msg("%s", why.sentence);
	return answer;
}

static char *describe(const struct tree *answer, struct arena *arena)
{
	const struct tree *parts = tree_member(answer, "parts");
	auto_text lines = { 0 };

	for (size_t i = 0; i < tree_count(parts); i++) {
		const struct tree *part = tree_at(parts, i);
		const char *name = tree_text(part, "name", "-");

		text_addf(&lines, "%s\t%s\t%s\t%lld\t%.16s\t%s\n",
			  tree_text(part, "path", ""),
			  tree_text(part, "type", ""),
			  tree_text(part, "class", ""),
			  (long long)tree_int(part, "bytes", -1),
			  tree_text(part, "sha256", ""),
			  tree_text(part, "found_name", name));
	}
	return arena_copy(arena, text_string(&lines));
}

/* Names are compared in the same normal form as people see them. */
static void check_one(const char *name)
{
	auto_arena *arena = arena_create(0);
	const char *path = arena_print(arena, "%s/%s", folder, name);
	char *expected = arena_copy(arena, path);
	auto_tree *answer = read_mail(read_file(path, arena), arena);
	const char *got = describe(answer, arena);
	struct bytes wanted;

	memcpy(strrchr(expected, '.'), ".txt", 5);
	wanted = read_file(expected, arena);
	if (strcmp(got, (const char *)wanted.data) != 0)
		fail_msg("%s gives\n%sinstead of\n%s", name, got,
			 (const char *)wanted.data);
}

static void test_every_letter_gives_its_attachments(void **state)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	size_t count = 0;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (strstr(entry->d_name, ".eml")) {
			check_one(entry->d_name);
			count++;
		}
	}
	closedir(dir);
	assert_true(count >= 40);
}

static struct tree *read_named(const char *name, struct arena *arena)
{
	return read_mail(read_file(arena_print(arena, "%s/%s.eml", folder,
					       name),
				   arena),
			 arena);
}

/* All of these are the same name, however it was written. */
static void test_people_see_one_name(void **state)
{
	static const char *const names[] = {
		"rfc2231", "rfc2231-split-in-a-character",
		"rfc2047-base64", "rfc2047-two-words",
		"rfc2047-split-in-a-character", "rfc2047-quoted",
		"rfc2047-windows-1258", "name-in-nfd", "name-in-raw-utf8"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		auto_arena *arena = arena_create(0);
		auto_tree *answer = read_named(names[i], arena);
		const struct tree *part =
			tree_at(tree_member(answer, "parts"), 0);

		assert_string_equal(
			tree_text(part, "name", ""),
			"Số 61-BC-SNN về tình hình quý II.pdf");
	}
}

static void test_doubtful_letters_are_flagged(void **state)
{
	static const char *const names[] = {
		"boundary-absent", "boundary-never-occurs",
		"boundary-nested-equal", "duplicate-content-type",
		"base64-with-junk", "base64-with-footer",
		"unknown-encoding", "type-unparseable",
		"blank-before-colon", "type-with-comment", "name-in-raw-utf8"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		auto_arena *arena = arena_create(0);
		auto_tree *answer = read_named(names[i], arena);
		const char *flag =
			tree_text_at(tree_member(answer, "flags"), 0);

		if (!flag || strcmp(flag, "ambiguous") != 0)
			fail_msg("%s is not flagged", names[i]);
	}
}

static void test_an_inline_picture_is_shown_when_the_page_does(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *answer = read_named("related-inline", arena);
	const struct tree *parts = tree_member(answer, "parts");

	(void)state;
	assert_true(tree_bool(tree_at(parts, 0), "shown", false));
	assert_false(tree_bool(tree_at(parts, 1), "shown", true));
}

static void test_depth_and_number_are_limited(void **state)
{
	auto_arena *arena = arena_create(0);
	struct structure structure;
	auto_text deep = { 0 };
	auto_text many = { 0 };

	(void)state;
	for (int i = 0; i < 20000; i++)
		text_addf(&deep,
			  "Content-Type: multipart/mixed; boundary=b%d\r\n"
			  "\r\n--b%d\r\n",
			  i, i);
	structure_read((struct bytes){ (unsigned char *)deep.string,
				       deep.size },
		       arena, &structure);
	assert_int_equal(structure.parts, STRUCTURE_DEPTH_MAX + 1);
	text_add(&many, "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
	for (int i = 0; i < 100000; i++)
		text_add(&many, "--b\r\n\r\nx\r\n");
	structure_read((struct bytes){ (unsigned char *)many.string,
				       many.size },
		       arena, &structure);
	assert_int_equal(structure.count, STRUCTURE_PARTS_MAX - 1);
	assert_string_equal(structure.doubts[0], "parts_limit");
}

static int open_all(void **state)
{
	(void)state;
	mail_open();
	return 0;
}

static int close_all(void **state)
{
	(void)state;
	mail_close();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_letter_gives_its_attachments),
		cmocka_unit_test(test_people_see_one_name),
		cmocka_unit_test(test_doubtful_letters_are_flagged),
		cmocka_unit_test(
			test_an_inline_picture_is_shown_when_the_page_does),
		cmocka_unit_test(test_depth_and_number_are_limited),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
