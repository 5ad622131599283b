#include "core/field.h"
#include "base/moment.h"
#include "viet/fold.h"
#include <assert.h>
#include <string.h>

enum value_kind {
	VALUE_TEXT,
	VALUE_SYMBOL,
	VALUE_DAY,
	VALUE_INT,
	VALUE_CHOICE
};

struct row {
	const char *name;
	enum value_kind kind;
	size_t offset;
	int64_t max;	      /* VALUE_INT: from 0 */
	const char *choices;  /* VALUE_CHOICE: "|a|b|"; the first is default */
	const char *fallback; /* VALUE_TEXT: when empty */
};

#define TEXT(member)                                       \
	{                                                  \
		.name = #member, .kind = VALUE_TEXT,       \
		.offset = offsetof(struct fields, member), \
		.fallback = ""                             \
	}
#define NUMBER(member, most)                               \
	{                                                  \
		.name = #member, .kind = VALUE_INT,        \
		.offset = offsetof(struct fields, member), \
		.max = (most)                              \
	}
#define DAY(member)                                       \
	{                                                 \
		.name = #member, .kind = VALUE_DAY,       \
		.offset = offsetof(struct fields, member) \
	}
#define CHOICE(member, all)                                \
	{                                                  \
		.name = #member, .kind = VALUE_CHOICE,     \
		.offset = offsetof(struct fields, member), \
		.choices = (all)                           \
	}

/* clang-format off */
static const struct row rows[FIELD_COUNT] = {
	NUMBER(agency_id, INT64_MAX),
	TEXT(issuer),
	{ .name = "symbol", .kind = VALUE_SYMBOL,
	  .offset = offsetof(struct fields, symbol), .fallback = "" },
	DAY(document_day),
	TEXT(subject),
	NUMBER(type_id, INT64_MAX),
	NUMBER(urgency, 3),
	TEXT(signer_name),
	TEXT(signer_position),
	NUMBER(pages, 1000000),
	NUMBER(copies, 1000000),
	TEXT(receiver),
	NUMBER(unit_id, INT64_MAX),
	NUMBER(submit_to, INT64_MAX),
	DAY(due_day),
	TEXT(note),
	CHOICE(channel, "||exchange|mail|post|hand|fax|"),
	CHOICE(paper, "|none|received|signed|"),
	TEXT(identifier),
	TEXT(field),
	{ .name = "language", .kind = VALUE_TEXT,
	  .offset = offsetof(struct fields, language),
	  .fallback = "Tiếng Việt" },
	TEXT(keeper),
	DAY(passed_day),
	TEXT(dossier_organ),
	NUMBER(dossier_year, 2999),
	TEXT(dossier_notation),
	NUMBER(dossier_ordinal, 1000000),
};
/* clang-format on */

static const char **text_of(struct fields *fields, const struct row *row)
{
	assert(row->kind != VALUE_INT);
	return (const char **)(void *)((char *)fields + row->offset);
}

static int64_t *int_of(struct fields *fields, const struct row *row)
{
	assert(row->kind == VALUE_INT);
	return (int64_t *)(void *)((char *)fields + row->offset);
}

static const char *text_in(const struct fields *fields, const struct row *row)
{
	struct fields copy = *fields;
	return *text_of(&copy, row);
}

static int64_t int_in(const struct fields *fields, const struct row *row)
{
	struct fields copy = *fields;
	return *int_of(&copy, row);
}

static void empty(struct fields *fields, const struct row *row)
{
	switch (row->kind) {
	case VALUE_INT:
		*int_of(fields, row) = 0;
		break;
	case VALUE_DAY:
		*text_of(fields, row) = NULL;
		break;
	case VALUE_CHOICE:
		*text_of(fields, row) = row->choices[1] == '|' ? "" : "none";
		break;
	case VALUE_TEXT:
	case VALUE_SYMBOL:
		*text_of(fields, row) = row->fallback;
		break;
	}
}

struct fields fields_empty(void)
{
	struct fields fields = { .agency_id = 0 };
	for (size_t i = 0; i < FIELD_COUNT; i++)
		empty(&fields, &rows[i]);
	return fields;
}

static bool invalid(struct fail *why)
{
	return fail_code(why, "field.invalid",
			 "Có ô nhập chưa đúng dạng.");
}

bool fields_read(const struct tree *body, struct fields *fields,
		 struct fail *why)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const struct row *row = &rows[i];
		bool read;
		if (!tree_has(body, row->name))
			continue;
		empty(fields, row);
		if (row->kind == VALUE_INT)
			read = tree_may_int(body, row->name,
					    int_of(fields, row), why);
		else
			read = tree_may_text(body, row->name, FIELD_TEXT_MAX,
					     text_of(fields, row), why);
		if (!read)
			return invalid(why);
	}
	return true;
}

void fields_print(const struct fields *fields, struct tree *answer)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const struct row *row = &rows[i];
		if (row->kind != VALUE_INT)
			tree_set_text(answer, row->name, text_in(fields, row));
		else if (int_in(fields, row) || row->max == 3)
			tree_set_int(answer, row->name, int_in(fields, row));
		else
			tree_set_null(answer, row->name);
	}
}

/* One paragraph: no controls, one blank between words, none at the ends. */
static const char *tidy(const char *text, struct arena *arena)
{
	const char *normal = viet_normal(text ? text : "", arena);
	auto_text tidied = { .limit = 0 };
	bool gap = false;
	for (const char *c = normal; *c; c++) {
		if ((unsigned char)*c <= ' ' || *c == 0x7f) {
			gap = tidied.size > 0;
			continue;
		}
		if (gap)
			text_add_char(&tidied, ' ');
		gap = false;
		text_add_char(&tidied, *c);
	}
	return arena_copy(arena, text_string(&tidied));
}

/* Without blanks, with the one dash and the one Đ; otherwise as written. */
static const char *tidy_symbol(const char *text, struct arena *arena)
{
	static const struct {
		const char *wrong, *right;
	} pairs[] = {
		{ "\xc2\xa0", "" },
		{ " ", "" },
		{ "\xe2\x80\x90", "-" },
		{ "\xe2\x80\x91", "-" },
		{ "\xe2\x80\x92", "-" },
		{ "\xe2\x80\x93", "-" },
		{ "\xe2\x80\x94", "-" },
		{ "\xe2\x88\x92", "-" },
		{ "\xc3\x90", "Đ" },
	};
	auto_text tidied = { .limit = 0 };
	for (const char *c = tidy(text, arena); *c;) {
		size_t i = 0, size = 0;
		for (; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
			size = strlen(pairs[i].wrong);
			if (strncmp(c, pairs[i].wrong, size) == 0)
				break;
		}
		if (i < sizeof(pairs) / sizeof(pairs[0])) {
			text_add(&tidied, pairs[i].right);
			c += size;
		} else {
			text_add_char(&tidied, *c++);
		}
	}
	return arena_copy(arena, text_string(&tidied));
}

static bool is_choice(const struct row *row, const char *value,
		      struct arena *arena)
{
	return !strchr(value, '|') &&
	       strstr(row->choices, arena_print(arena, "|%s|", value));
}

static bool check_row(struct fields *fields, const struct row *row,
		      struct arena *arena, struct fail *why)
{
	if (row->kind == VALUE_INT) {
		int64_t value = *int_of(fields, row);
		if (value >= 0 && value <= row->max)
			return true;
		fail(why, FAIL_INVALID, "'%s' is out of range", row->name);
		return invalid(why);
	}
	const char **value = text_of(fields, row);
	const char *tidied = row->kind == VALUE_SYMBOL
				     ? tidy_symbol(*value, arena)
				     : tidy(*value, arena);
	struct day day;
	if (strlen(tidied) > FIELD_TEXT_MAX) {
		fail(why, FAIL_INVALID, "'%s' is too long", row->name);
		return invalid(why);
	}
	if (row->kind == VALUE_DAY && *tidied && !day_parse(tidied, &day)) {
		fail(why, FAIL_INVALID, "'%s' is not a day", row->name);
		return invalid(why);
	}
	if (row->kind == VALUE_CHOICE && !is_choice(row, tidied, arena)) {
		fail(why, FAIL_INVALID, "'%s' has no such value", row->name);
		return invalid(why);
	}
	if (*tidied || row->kind == VALUE_CHOICE)
		*value = tidied;
	else
		empty(fields, row);
	return true;
}

static bool missing(const char *name, const char *hint, struct fail *why)
{
	fail(why, FAIL_INVALID, "'%s' is missing", name);
	return fail_code(why, "field.missing", hint);
}

static bool check_needed(const struct fields *fields, enum direction direction,
			 struct fail *why)
{
	if (!*fields->subject)
		return missing("subject", "Chưa có trích yếu nội dung.", why);
	if (direction == DIRECTION_OUT)
		return fields->type_id != 0 ||
		       missing("type_id", "Chưa chọn loại văn bản.", why);
	if (!*fields->issuer && !fields->agency_id)
		return missing("issuer", "Chưa có cơ quan ban hành.", why);
	/* A paper without number may have no date either. */
	if (*fields->symbol && !fields->document_day)
		return missing("document_day", "Chưa có ngày văn bản.", why);
	return true;
}

bool fields_check(struct fields *fields, enum direction direction,
		  const char *today, struct arena *arena, struct fail *why)
{
	struct fields checked = *fields;
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (!check_row(&checked, &rows[i], arena, why))
			return false;
	if (!check_needed(&checked, direction, why))
		return false;
	if (checked.document_day && strcmp(checked.document_day, today) > 0) {
		fail(why, FAIL_INVALID, "'document_day' is in the future");
		return fail_code(why, "field.invalid",
				 "Ngày văn bản sau ngày hôm nay.");
	}
	*fields = checked;
	return true;
}

static bool differs(const struct fields *old, const struct fields *new,
		    const struct row *row)
{
	if (row->kind == VALUE_INT)
		return int_in(old, row) != int_in(new, row);
	const char *before = text_in(old, row), *after = text_in(new, row);
	return strcmp(before ? before : "", after ? after : "") != 0;
}

size_t fields_compare(const struct fields *old, const struct fields *new,
		      struct tree *ret_changes)
{
	size_t count = 0;
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const struct row *row = &rows[i];
		if (!differs(old, new, row))
			continue;
		struct tree *change = tree_set_tree(ret_changes, row->name);
		if (row->kind == VALUE_INT) {
			tree_set_int(change, "old", int_in(old, row));
			tree_set_int(change, "new", int_in(new, row));
		} else {
			tree_set_text(change, "old", text_in(old, row));
			tree_set_text(change, "new", text_in(new, row));
		}
		count++;
	}
	return count;
}
