#include "reader/confine.h"
#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

bool confine_privileges(struct fail *why)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return fail(why, FAIL_BROKEN, "no new privileges: %s",
			    strerror(errno));
	return true;
}

bool confine_limit(int what, uint64_t most, struct fail *why)
{
	struct rlimit limit = { most, most };

	if (setrlimit((__rlimit_resource_t)what, &limit) != 0)
		return fail(why, FAIL_BROKEN, "limit %d: %s", what,
			    strerror(errno));
	return true;
}

void confine_files(void (*allow)(int rules))
{
	struct landlock_ruleset_attr attributes = {
		.handled_access_fs = (UINT64_C(1) << 13) - 1
	};
	long rules = syscall(SYS_landlock_create_ruleset, &attributes,
			     sizeof(attributes), 0);

	if (rules < 0)
		return;
	if (allow)
		allow((int)rules);
	(void)syscall(SYS_landlock_restrict_self, (int)rules, 0);
	(void)close((int)rules);
}

bool confine_calls(const struct confine_calls *calls, struct fail *why)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int error = filter ? 0 : -ENOMEM;

	for (size_t i = 0; i < calls->count && error == 0; i++)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
					 calls->allowed[i], 0);
	if (error == 0)
		error = calls->more(filter, calls->context);
	if (error == 0)
		error = seccomp_load(filter);
	seccomp_release(filter);
	if (error != 0)
		return fail(why, FAIL_BROKEN, "system call filter: %s",
			    strerror(-error));
	return true;
}
