#include "base/tree.h"
#include <assert.h>
#include <jansson.h>
#include <string.h>

/* A struct tree is a json_t under a name of ours. Members are borrowed. */

enum {
	DEPTH_MAX = 64
};

static json_t *json_of(const struct tree *tree)
{
	union {
		const struct tree *tree;
		json_t *json;
	} view = { .tree = tree };

	return view.json;
}

static struct tree *tree_of(json_t *json)
{
	return (struct tree *)json;
}

static json_t *must(json_t *json)
{
	assert(json);
	return json;
}

static void set(struct tree *tree, const char *name, json_t *value)
{
	int bad = json_object_set_new(json_of(tree), name, must(value));

	assert(!bad);
	(void)bad;
}

struct tree *tree_create(void)
{
	return tree_of(must(json_object()));
}

struct tree *tree_create_list(void)
{
	return tree_of(must(json_array()));
}

void tree_destroy(struct tree **tree)
{
	if (*tree)
		json_decref(json_of(*tree));
	*tree = NULL;
}

static int depth_of(const char *start, size_t size)
{
	int depth = 0, deepest = 0;
	bool inside = false;

	for (size_t i = 0; i < size; i++) {
		char c = start[i];
		if (inside) {
			if (c == '\\')
				i++;
			else if (c == '"')
				inside = false;
		} else if (c == '"') {
			inside = true;
		} else if (c == '{' || c == '[') {
			if (++depth > deepest)
				deepest = depth;
		} else if (c == '}' || c == ']') {
			depth--;
		}
	}
	return deepest;
}

struct tree *tree_parse(struct bytes json, struct fail *why)
{
	const char *start = (const char *)json.data;
	json_error_t error;
	json_t *value;

	if (depth_of(start, json.size) > DEPTH_MAX) {
		fail(why, FAIL_INVALID, "json nests deeper than %d", DEPTH_MAX);
		return NULL;
	}
	value = json_loadb(start, json.size, JSON_REJECT_DUPLICATES, &error);
	if (!value)
		fail(why, FAIL_INVALID, "json line %d column %d: %s",
		     error.line, error.column, error.text);
	return tree_of(value);
}

static int add_to_text(const char *buffer, size_t size, void *context)
{
	text_add_part(context, buffer, size);
	return 0;
}

void tree_print(const struct tree *tree, struct text *ret_json)
{
	(void)json_dump_callback(json_of(tree), add_to_text, ret_json,
				 JSON_COMPACT | JSON_ENCODE_ANY);
}

static json_t *string_or_null(const char *value)
{
	return value ? json_string(value) : json_null();
}

void tree_set_text(struct tree *tree, const char *name, const char *value)
{
	set(tree, name, string_or_null(value));
}

void tree_set_int(struct tree *tree, const char *name, int64_t value)
{
	set(tree, name, json_integer(value));
}

void tree_set_real(struct tree *tree, const char *name, double value)
{
	set(tree, name, json_real(value));
}

void tree_set_bool(struct tree *tree, const char *name, bool value)
{
	set(tree, name, json_boolean(value));
}

void tree_set_null(struct tree *tree, const char *name)
{
	set(tree, name, json_null());
}

void tree_set_copy(struct tree *tree, const char *name,
		   const struct tree *value)
{
	set(tree, name, json_deep_copy(json_of(value)));
}

struct tree *tree_set_tree(struct tree *tree, const char *name)
{
	json_t *child = json_object();

	set(tree, name, child);
	return tree_of(child);
}

struct tree *tree_set_list(struct tree *tree, const char *name)
{
	json_t *child = json_array();

	set(tree, name, child);
	return tree_of(child);
}

static json_t *append(struct tree *list, json_t *value)
{
	int bad = json_array_append_new(json_of(list), must(value));

	assert(!bad);
	(void)bad;
	return value;
}

struct tree *tree_add_tree(struct tree *list)
{
	return tree_of(append(list, json_object()));
}

void tree_add_text(struct tree *list, const char *value)
{
	append(list, string_or_null(value));
}

void tree_add_int(struct tree *list, int64_t value)
{
	append(list, json_integer(value));
}

void tree_add_copy(struct tree *list, const struct tree *value)
{
	append(list, json_deep_copy(json_of(value)));
}

static json_t *get(const struct tree *tree, const char *name)
{
	return tree ? json_object_get(json_of(tree), name) : NULL;
}

bool tree_has(const struct tree *tree, const char *name)
{
	return get(tree, name) != NULL;
}

const char *tree_text(const struct tree *tree, const char *name,
		      const char *fallback)
{
	const char *value = json_string_value(get(tree, name));

	return value ? value : fallback;
}

int64_t tree_int(const struct tree *tree, const char *name, int64_t fallback)
{
	json_t *value = get(tree, name);

	return json_is_integer(value) ? json_integer_value(value) : fallback;
}

double tree_real(const struct tree *tree, const char *name, double fallback)
{
	json_t *value = get(tree, name);

	return json_is_number(value) ? json_number_value(value) : fallback;
}

bool tree_bool(const struct tree *tree, const char *name, bool fallback)
{
	json_t *value = get(tree, name);

	return json_is_boolean(value) ? json_is_true(value) : fallback;
}

const struct tree *tree_member(const struct tree *tree, const char *name)
{
	return tree_of(get(tree, name));
}

bool tree_need_text(const struct tree *tree, const char *name, size_t max,
		    const char **ret_value, struct fail *why)
{
	if (!json_is_string(get(tree, name)))
		return fail(why, FAIL_INVALID, "'%s' must be a string", name);
	return tree_may_text(tree, name, max, ret_value, why);
}

bool tree_may_text(const struct tree *tree, const char *name, size_t max,
		   const char **ret_value, struct fail *why)
{
	json_t *value = get(tree, name);

	if (!value || json_is_null(value))
		return true;
	if (!json_is_string(value))
		return fail(why, FAIL_INVALID, "'%s' must be a string", name);
	if (json_string_length(value) > max)
		return fail(why, FAIL_INVALID,
			    "'%s' is longer than %zu bytes", name, max);
	*ret_value = json_string_value(value);
	return true;
}

bool tree_need_int(const struct tree *tree, const char *name,
		   int64_t *ret_value, struct fail *why)
{
	if (!json_is_integer(get(tree, name)))
		return fail(why, FAIL_INVALID, "'%s' must be a whole number",
			    name);
	return tree_may_int(tree, name, ret_value, why);
}

bool tree_may_int(const struct tree *tree, const char *name,
		  int64_t *ret_value, struct fail *why)
{
	json_t *value = get(tree, name);

	if (!value || json_is_null(value))
		return true;
	if (!json_is_integer(value))
		return fail(why, FAIL_INVALID, "'%s' must be a whole number",
			    name);
	*ret_value = json_integer_value(value);
	return true;
}

size_t tree_count(const struct tree *tree)
{
	json_t *json = json_of(tree);

	if (json_is_array(json))
		return json_array_size(json);
	return json_object_size(json);
}

const struct tree *tree_at(const struct tree *list, size_t i)
{
	return tree_of(json_array_get(json_of(list), i));
}

const char *tree_text_at(const struct tree *list, size_t i)
{
	return json_string_value(json_array_get(json_of(list), i));
}

int64_t tree_int_at(const struct tree *list, size_t i)
{
	return json_integer_value(json_array_get(json_of(list), i));
}

const char *tree_name_at(const struct tree *tree, size_t i)
{
	void *at = json_object_iter(json_of(tree));

	while (at && i--)
		at = json_object_iter_next(json_of(tree), at);
	return at ? json_object_iter_key(at) : NULL;
}

static size_t utf8_length(const char *start, size_t left)
{
	for (size_t size = 1; size <= 4 && size <= left; size++)
		if (bytes_is_utf8((struct bytes){
			    (const unsigned char *)start, size }))
			return size;
	return 0;
}

void json_text_string(struct text *text, const char *value)
{
	size_t left = strlen(value);

	text_add(text, "\"");
	while (left) {
		unsigned char c = (unsigned char)*value;
		size_t size = c < 0x80 ? 1 : utf8_length(value, left);

		if (!size) {
			text_add(text, "\xEF\xBF\xBD");
			size = 1;
		} else if (c == '"' || c == '\\') {
			text_addf(text, "\\%c", c);
		} else if (c < 0x20 || c == 0x7F) {
			text_addf(text, "\\u%04x", c);
		} else {
			text_add_part(text, value, size);
		}
		value += size;
		left -= size;
	}
	text_add(text, "\"");
}
