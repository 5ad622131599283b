#include "reader/jail.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	MEMORY_MAX = 512, /* MiB of address space */
	FILES_MAX = 16,
	SECONDS_MAX = 30
};

static const uint64_t may_read = LANDLOCK_ACCESS_FS_READ_FILE |
				 LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t may_run = LANDLOCK_ACCESS_FS_READ_FILE |
				LANDLOCK_ACCESS_FS_EXECUTE;

/* What links a program. A folder that is not there has nothing to give. */
static const char *const library_folders[] = { "/lib", "/lib64", "/usr/lib",
					       "/etc/ld.so.cache" };

static bool limit(int what, rlim_t most, struct fail *why)
{
	struct rlimit limit = { most, most };

	if (setrlimit((__rlimit_resource_t)what, &limit) != 0)
		return fail(why, FAIL_BROKEN, "limit %d: %s", what,
			    strerror(errno));
	return true;
}

static bool set_limits(struct fail *why)
{
	return limit(RLIMIT_AS, (rlim_t)MEMORY_MAX * 1024 * 1024, why) &&
	       limit(RLIMIT_CPU, SECONDS_MAX, why) &&
	       limit(RLIMIT_NOFILE, FILES_MAX, why) &&
	       limit(RLIMIT_CORE, 0, why) && limit(RLIMIT_MEMLOCK, 0, why);
}

static bool allow_path(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = {
		.parent_fd = open(path, O_PATH | O_CLOEXEC)
	};
	struct stat status;
	bool ok;

	if (rule.parent_fd < 0)
		return errno == ENOENT;
	ok = fstat(rule.parent_fd, &status) == 0;
	if (ok && !S_ISDIR(status.st_mode))
		access &= ~(uint64_t)LANDLOCK_ACCESS_FS_READ_DIR;
	rule.allowed_access = access;
	ok = ok && syscall(SYS_landlock_add_rule, rules,
			   LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	(void)close(rule.parent_fd);
	return ok;
}

static bool allow_paths(int rules, const char *program, char *const *folders)
{
	bool ok = allow_path(rules, program, may_run);

	for (size_t i = 0;
	     i < sizeof(library_folders) / sizeof(library_folders[0]); i++)
		ok = ok && allow_path(rules, library_folders[i],
				      may_read | LANDLOCK_ACCESS_FS_EXECUTE);
	for (; *folders; folders++)
		ok = ok && allow_path(rules, *folders, may_read);
	return ok;
}

static bool close_files(const char *program, char *const *folders,
			struct fail *why)
{
	struct landlock_ruleset_attr attributes = {
		.handled_access_fs = (UINT64_C(1) << 13) - 1
	};
	int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes,
				 sizeof(attributes), 0);
	bool ok = rules >= 0 && allow_paths(rules, program, folders) &&
		  syscall(SYS_landlock_restrict_self, rules, 0) == 0;

	if (rules >= 0)
		(void)close(rules);
	if (!ok)
		return fail(why, FAIL_BROKEN, "landlock: %s", strerror(errno));
	return true;
}

/* What linking, reading and printing take. */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev),
	SCMP_SYS(pread64), SCMP_SYS(openat), SCMP_SYS(close), SCMP_SYS(fstat),
	SCMP_SYS(newfstatat), SCMP_SYS(lseek), SCMP_SYS(access),
	SCMP_SYS(faccessat), SCMP_SYS(readlink), SCMP_SYS(ioctl),
	SCMP_SYS(fcntl), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap),
	SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(brk),
	SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address),
	SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(prlimit64),
	SCMP_SYS(getrandom), SCMP_SYS(futex), SCMP_SYS(exit),
	SCMP_SYS(exit_group), SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(getpid),
	SCMP_SYS(clock_gettime)
};

/* The kernel cannot tell one execve from another; Landlock lets only the
 * program and libraries run, and none of them forks. */
static bool close_calls(struct fail *why)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int error = filter ? 0 : -ENOMEM;

	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
		if (error == 0)
			error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
						 allowed[i], 0);
	}
	if (error == 0)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
					 SCMP_SYS(execve), 0);
	if (error == 0)
		error = seccomp_load(filter);
	seccomp_release(filter);
	if (error != 0)
		return fail(why, FAIL_BROKEN, "system call filter: %s",
			    strerror(-error));
	return true;
}

/* Only the three that it works with. */
static void close_descriptors(void)
{
	(void)close_range(STDERR_FILENO + 1, ~0U, 0);
}

bool jail_close_for(const char *program, char *const *folders,
		    struct fail *why)
{
	close_descriptors();
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return fail(why, FAIL_BROKEN, "no new privileges: %s",
			    strerror(errno));
	return set_limits(why) && close_files(program, folders, why) &&
	       close_calls(why);
}
