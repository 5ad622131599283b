#include "core/proposal.h"
#include "support/test.h"

static const struct letter_file document = { .file_id = 1 };
static const struct letter_file copy = { .file_id = 2 };

static struct proposal_voice voice(const char *field, const char *source,
				   const char *value, int64_t confidence)
{
	return (struct proposal_voice){
		.said = { .field = field,
			  .source = source,
			  .value = value,
			  .seen = value,
			  .confidence = confidence },
		.file = &document,
		.key = value,
		.weight = 1000,
	};
}

static struct proposal merge_two(struct proposal_voice a,
				 struct proposal_voice b, struct arena *arena)
{
	const struct proposal_voice voices[] = { a, b };
	struct proposal_list list = proposal_merge(voices, 2, arena);

	assert_int_equal(list.count, 1);
	return list.items[0];
}

static void test_one_voice_stays_as_it_is(void **state)
{
	auto_arena *arena = arena_create(0);
	const struct proposal_voice one = voice("symbol", "text", "1/A", 940);
	struct proposal_list list = proposal_merge(&one, 1, arena);

	(void)state;
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].said.confidence, 940);
	assert_true(list.items[0].sure);
	assert_string_equal(proposal_value(&list, "symbol"), "1/A");
	assert_null(proposal_value(&list, "issuer"));
}

static void test_sources_that_agree_raise_the_confidence(void **state)
{
	auto_arena *arena = arena_create(0);
	struct proposal both =
		merge_two(voice("symbol", "ocr", "1/A", 850),
			  voice("symbol", "file_name", "1/A", 700), arena);

	(void)state;
	assert_true(both.said.confidence > 850);
	assert_true(both.sure);
	assert_string_equal(both.said.source, "ocr");
	assert_int_equal(both.alternative_count, 0);
}

static void test_what_one_page_says_twice_counts_once(void **state)
{
	auto_arena *arena = arena_create(0);
	struct proposal twice =
		merge_two(voice("symbol", "ocr", "1/A", 850),
			  voice("symbol", "ocr", "1/A", 700), arena);

	(void)state;
	assert_int_equal(twice.said.confidence, 850);
}

static void test_sources_that_differ_lower_it_and_are_shown(void **state)
{
	auto_arena *arena = arena_create(0);
	struct proposal split =
		merge_two(voice("symbol", "text", "1/A", 990),
			  voice("symbol", "file_name", "2/B", 800), arena);

	(void)state;
	assert_string_equal(split.said.value, "1/A");
	assert_false(split.sure);
	assert_int_equal(split.alternative_count, 1);
	assert_string_equal(split.alternatives[0].said.value, "2/B");
	assert_int_equal(split.alternatives[0].said.confidence, 800);
}

static void test_a_draft_counts_less_than_the_document(void **state)
{
	auto_arena *arena = arena_create(0);
	struct proposal_voice draft = voice("symbol", "text", "2/B", 950);
	struct proposal split;

	(void)state;
	draft.file = &copy;
	draft.weight = 900;
	split = merge_two(draft, voice("symbol", "text", "1/A", 940), arena);
	assert_string_equal(split.said.value, "1/A");
	assert_false(split.sure);
}

static void test_the_mail_says_nothing_against_the_subject(void **state)
{
	auto_arena *arena = arena_create(0);
	struct proposal split =
		merge_two(voice("subject", "text", "Về việc họp", 950),
			  voice("subject", "mail_subject", "Fwd: họp", 600),
			  arena);

	(void)state;
	assert_true(split.sure);
	assert_int_equal(split.alternative_count, 1);
}

static void test_cited_documents_stay_apart(void **state)
{
	auto_arena *arena = arena_create(0);
	const struct proposal_voice voices[] = {
		voice("cited", "text", "1/A", 950),
		voice("cited", "text", "2/B", 800),
		voice("cited", "text", "1/A", 700),
	};
	struct proposal_list list = proposal_merge(voices, 3, arena);

	(void)state;
	assert_int_equal(list.count, 2);
	assert_true(list.items[0].sure);
	assert_false(list.items[1].sure);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_voice_stays_as_it_is),
		cmocka_unit_test(test_sources_that_agree_raise_the_confidence),
		cmocka_unit_test(test_what_one_page_says_twice_counts_once),
		cmocka_unit_test(
			test_sources_that_differ_lower_it_and_are_shown),
		cmocka_unit_test(test_a_draft_counts_less_than_the_document),
		cmocka_unit_test(
			test_the_mail_says_nothing_against_the_subject),
		cmocka_unit_test(test_cited_documents_stay_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
