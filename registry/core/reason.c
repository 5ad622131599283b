#include "core/reason.h"
#include "viet/fold.h"
#include <stddef.h>

static size_t count_characters(const char *utf8)
{
	size_t count = 0;
	for (; *utf8; utf8++)
		count += ((unsigned char)*utf8 & 0xc0) != 0x80;
	return count;
}

bool reason_check(const char *text, struct arena *arena,
		  const char **ret_reason, struct fail *why)
{
	const char *reason = viet_normal(text ? text : "", arena);
	if (count_characters(reason) >= REASON_MIN &&
	    count_characters(viet_fold(reason, arena)) >= REASON_MIN) {
		*ret_reason = reason;
		return true;
	}
	fail(why, FAIL_INVALID, "a reason has %d characters or more",
	     REASON_MIN);
	return fail_code(why, "entry.reason",
			 "Ghi rõ lý do, ít nhất 10 ký tự.");
}
