/*
 * Confinement: what the jail and the jailed tools have in common. For the
 * sources of this folder alone; seccomp's and Landlock's home.
 */
#pragma once
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

/* Programs that are started cannot gain rights. */
bool confine_privileges(struct fail *why);
/* One of RLIMIT_…, for good. */
bool confine_limit(int what, uint64_t most, struct fail *why);
/* The file system is closed; `allow`, unless NULL, adds what stays open to the
 * ruleset. Kernels without Landlock leave this to the filter and to
 * permissions. */
void confine_files(void (*allow)(int rules));

/* System calls: those of a list, and what `more` adds with its conditions (0,
 * or an error as seccomp gives it). All others fail with EPERM. */
struct confine_calls {
	const int *allowed;
	size_t count;
	int (*more)(void *filter, const void *context);
	const void *context;
};

bool confine_calls(const struct confine_calls *calls, struct fail *why);
