#include "base/arena.h"
#include "support/test.h"
#include <signal.h>
#include <sys/wait.h>

static void test_memory_is_zeroed_and_aligned(void **state)
{
	auto_arena *arena = arena_create(0);

	(void)state;
	for (size_t size = 1; size < 40000; size = size * 3 + 1) {
		unsigned char *block = arena_alloc(arena, size);
		assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(block[i], 0);
		memset(block, 0xA5, size);
	}
}

static void test_reset_gives_zeroed_memory_again(void **state)
{
	auto_arena *arena = arena_create(0);
	unsigned char *block = arena_alloc(arena, 1000);

	(void)state;
	memset(block, 0xFF, 1000);
	arena_reset(arena);
	assert_int_equal(arena_used(arena), 0);
	block = arena_alloc(arena, 1000);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(block[i], 0);
}

static void test_growing_array_keeps_its_items(void **state)
{
	auto_arena *arena = arena_create(0);
	size_t *items = NULL;

	(void)state;
	for (size_t count = 0; count < 5000; count++) {
		items = arena_grow(arena, items, count, sizeof(*items));
		items[count] = count * 7;
	}
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(items[i], i * 7);
}

static void test_copies_and_prints(void **state)
{
	auto_arena *arena = arena_create(0);
	char *text = arena_print(arena, "%s số %d", "Sổ", 7);

	(void)state;
	assert_string_equal(text, "Sổ số 7");
	assert_string_equal(arena_copy_part(arena, "abcdef", 3), "abc");
	assert_null(arena_copy(arena, NULL));
}

/* A child asks for too much; how it ends. */
static int signal_of(void (*too_much)(void))
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		(void)close(STDERR_FILENO);
		too_much();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void cross_the_limit(void)
{
	struct arena *arena = arena_create(1000);

	(void)arena_alloc(arena, 500);
	(void)arena_alloc(arena, 501);
}

static void overflow_an_array(void)
{
	struct arena *arena = arena_create(0);

	(void)arena_array(arena, SIZE_MAX / 4, 8);
}

static void test_too_much_ends_the_program(void **state)
{
	(void)state;
	assert_int_equal(signal_of(cross_the_limit), SIGABRT);
	assert_int_equal(signal_of(overflow_an_array), SIGABRT);
}

static void test_destroy_leaves_null(void **state)
{
	struct arena *arena = arena_create(0);

	(void)state;
	arena_destroy(&arena);
	assert_null(arena);
	arena_destroy(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory_is_zeroed_and_aligned),
		cmocka_unit_test(test_reset_gives_zeroed_memory_again),
		cmocka_unit_test(test_growing_array_keeps_its_items),
		cmocka_unit_test(test_copies_and_prints),
		cmocka_unit_test(test_too_much_ends_the_program),
		cmocka_unit_test(test_destroy_leaves_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
