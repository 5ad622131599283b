#include "base/fail.h"
#include <stdarg.h>
#include <stdio.h>

static const char *const names[FAIL_KIND_COUNT] = {
	"none",
	"invalid",
	"not_found",
	"conflict",
	"denied",
	"limit",
	"busy",
	"remote",
	"broken",
};

const char *fail_kind_name(enum fail_kind kind)
{
	return names[kind];
}

bool fail(struct fail *why, enum fail_kind kind, const char *format, ...)
{
	va_list list;

	why->kind = kind;
	why->code = names[kind];
	why->hint = NULL;
	va_start(list, format);
	(void)vsnprintf(why->sentence, sizeof(why->sentence), format, list);
	va_end(list);
	return false;
}

bool fail_code(struct fail *why, const char *code, const char *hint)
{
	why->code = code;
	why->hint = hint;
	return false;
}

bool fail_not_found(struct fail *why, const char *code, const char *hint,
		    const char *format, ...)
{
	va_list list;

	if (why->kind != FAIL_NOT_FOUND)
		return false;
	va_start(list, format);
	(void)vsnprintf(why->sentence, sizeof(why->sentence), format, list);
	va_end(list);
	return fail_code(why, code, hint);
}
