#include "web/visit.h"

#include "support/test.h"

static bool is_open(const struct route *route)
{
	return strcmp(route->pattern, "/api/v1/session") == 0 &&
	       route->method == HTTP_POST;
}

static void every_route_names_a_permission(void **state)
{
	(void)state;
	for (const struct route *route = routes; route->pattern; route++) {
		assert_int_not_equal(route->permission, PERMISSION_NONE);
		assert_true(route->permission < PERMISSION_COUNT);
		assert_non_null(route->handler);
		assert_int_equal(route->permission == PERMISSION_PUBLIC,
				 is_open(route));
	}
}

static void what_changes_something_needs_more_than_reading(void **state)
{
	(void)state;
	for (const struct route *route = routes; route->pattern; route++) {
		if (route->kind != ROUTE_WRITE)
			continue;
		assert_int_not_equal(route->method, HTTP_GET);
		assert_int_not_equal(route->method, HTTP_HEAD);
	}
}

static const struct route *find(enum http_method method, const char *path,
				struct visit *visit)
{
	return route_find(method, path, visit);
}

static void a_path_fits_one_route(void **state)
{
	auto_arena *arena = arena_create(0);
	struct visit visit = { .arena = arena };
	const struct route *route;

	(void)state;
	route = find(HTTP_GET, "/api/v1/entries/next-number", &visit);
	assert_string_equal(route->pattern, "/api/v1/entries/next-number");
	route = find(HTTP_GET, "/api/v1/entries/17", &visit);
	assert_string_equal(route->pattern, "/api/v1/entries/{id}");
	assert_int_equal(visit_id(&visit), 17);
	route = find(HTTP_PUT, "/api/v1/mailboxes/3/letters/44/5", &visit);
	assert_string_equal(visit.parameters[0], "3");
	assert_string_equal(visit.parameters[1], "44");
	assert_string_equal(visit.parameters[2], "5");
	assert_int_equal(route->kind, ROUTE_STREAM);
}

static void what_is_no_route_is_none(void **state)
{
	static const char *const paths[] = {
		"/",
		"/api/v1",
		"/api/v1/",
		"/api/v1/entries/",
		"/api/v1/entries/1/",
		"/api/v1/entries//void",
		"/api/v1/entries/1/void/2",
		"api/v1/intake",
		"/API/v1/intake",
		"/api/v1/intake2",
	};
	auto_arena *arena = arena_create(0);
	struct visit visit = { .arena = arena };

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		assert_null(find(HTTP_GET, paths[i], &visit));
}

static void an_id_is_a_whole_number(void **state)
{
	static const struct {
		const char *text;
		int64_t id;
	} cases[] = {
		{ "1", 1 },
		{ "0", 0 },
		{ "-1", 0 },
		{ "x", 0 },
		{ "1x", 0 },
		{ "9007199254740993",
		  9007199254740993 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct visit visit = { .parameters = { cases[i].text } };
		assert_int_equal(visit_id(&visit), cases[i].id);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route_names_a_permission),
		cmocka_unit_test(
			what_changes_something_needs_more_than_reading),
		cmocka_unit_test(a_path_fits_one_route),
		cmocka_unit_test(what_is_no_route_is_none),
		cmocka_unit_test(an_id_is_a_whole_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
