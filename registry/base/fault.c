#include "base/fault.h"
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static bool active;
static long die_at;
static atomic_long *steps; /* shared with children */
static const char *count_file;

static void write_count(void)
{
	FILE *file = fopen(count_file, "w");

	if (!file)
		return;
	fprintf(file, "%ld\n", atomic_load(steps));
	(void)fclose(file);
}

void fault_open(void)
{
	const char *step = getenv("SVB_FAULT_STEP");

	count_file = getenv("SVB_FAULT_COUNT");
	die_at = step ? strtol(step, NULL, 10) : 0;
	if (die_at > 0 || count_file) {
		steps = mmap(NULL, sizeof(*steps), PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		active = steps != MAP_FAILED;
	}
	if (active && count_file)
		(void)atexit(write_count);
}

void fault_step(const char *name)
{
	if (!active)
		return;
	if (atomic_fetch_add(steps, 1) + 1 == die_at) {
		fprintf(stderr, "<4>fault: dying at step %ld, %s\n", die_at,
			name);
		(void)kill(getpid(), SIGKILL);
	}
}
