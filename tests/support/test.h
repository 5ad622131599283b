/*
 * What every unit test needs: cmocka behind one include, a folder of its own.
 */
#pragma once
/* cmocka wants these four first */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* then itself */
#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A new empty folder under $TMPDIR or /tmp; the caller removes it. */
static inline char *test_folder(void)
{
	static char path[64];
	const char pattern[] = "/tmp/svb-test-XXXXXX";

	memcpy(path, pattern, sizeof(pattern));
	assert_non_null(mkdtemp(path));
	return path;
}
