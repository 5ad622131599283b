#include "reader/tool.h"
#include "reader/confine.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	MEBIBYTE = 1024 * 1024,
	MEMORY_MAX = 512, /* MiB of address space */
	OUTPUT_MAX = 64,  /* MiB, when it is a file */
	SECONDS_MAX = 20, /* of the processor */
	FILES_MAX = 16
};

struct tool {
	const char *name;
	const char *path;
	const char *arguments[10];
};

/* clang-format off */
/* Whole paragraphs, cells between tabs, UTF-8, from descriptor 0. */
static const struct tool tools[] = {
	{ "catdoc", "/usr/bin/catdoc",
	  { "catdoc", "-w", "-d", "utf-8", "-" } },
	{ "xls2csv", "/usr/bin/xls2csv",
	  { "xls2csv", "-q", "0", "-c", "\t", "-d", "utf-8",
	    "/proc/self/fd/0" } }
};
/* clang-format on */

/* What a program needs to begin, and the tables of catdoc. */
static const char *const readable[] = {
	"/usr/bin/catdoc", "/usr/bin/xls2csv", "/usr/share/catdoc", "/usr/lib",
	"/lib", "/lib64", "/etc/ld.so.cache"
};

static bool set_limits(struct fail *why)
{
	static const struct {
		int what;
		rlim_t most;
	} limits[] = {
		{ RLIMIT_AS, (rlim_t)MEMORY_MAX * MEBIBYTE },
		{ RLIMIT_FSIZE, (rlim_t)OUTPUT_MAX * MEBIBYTE },
		{ RLIMIT_CPU, SECONDS_MAX },
		{ RLIMIT_NOFILE, FILES_MAX },
		{ RLIMIT_CORE, 0 },
		{ RLIMIT_NPROC, 0 }
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		if (!confine_limit(limits[i].what, limits[i].most, why))
			return false;
	return true;
}

static void allow(int rules, int fd, uint64_t access)
{
	const struct landlock_path_beneath_attr beneath = {
		.allowed_access = access,
		.parent_fd = fd
	};

	(void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
		      &beneath, 0);
}

static void allow_path(int rules, const char *path)
{
	int fd = open(path, O_PATH | O_CLOEXEC);

	if (fd < 0)
		return;
	allow(rules, fd,
	      LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE);
	(void)close(fd);
}

static void allow_needed(int rules)
{
	for (size_t i = 0; i < sizeof(readable) / sizeof(readable[0]); i++)
		allow_path(rules, readable[i]);
	/* some open their input by name; shared memory needs no rule */
	allow(rules, STDIN_FILENO, LANDLOCK_ACCESS_FS_READ_FILE);
}

static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev),
	SCMP_SYS(pread64), SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fstat),
	SCMP_SYS(stat), SCMP_SYS(newfstatat), SCMP_SYS(access),
	SCMP_SYS(faccessat), SCMP_SYS(mmap), SCMP_SYS(mprotect),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
	SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address),
	SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(prlimit64),
	SCMP_SYS(getrandom), SCMP_SYS(futex), SCMP_SYS(fcntl),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(clock_gettime), SCMP_SYS(exit),
	SCMP_SYS(exit_group)
};

/* Files are opened for reading; one program is started, by the very string
 * that is known here and is gone afterwards. */
static int allow_with_care(void *filter, const void *path)
{
	const struct scmp_arg_cmp only_read = SCMP_A2_32(
		SCMP_CMP_MASKED_EQ,
		(unsigned)(O_WRONLY | O_RDWR | O_CREAT | O_TRUNC), 0);
	const struct scmp_arg_cmp only_this =
		SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)(uintptr_t)path, 0);
	int error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
					   SCMP_SYS(openat), 1, &only_read);

	if (error == 0)
		error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
					       SCMP_SYS(execve), 1,
					       &only_this);
	return error;
}

static const struct tool *find_tool(const char *name)
{
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		if (strcmp(tools[i].name, name) == 0)
			return &tools[i];
	}
	return NULL;
}

bool tool_become(const char *name, struct fail *why)
{
	static const char *const environment[] = { "HOME=/nonexistent",
						   "LC_ALL=C.UTF-8", NULL };
	struct confine_calls calls = {
		allowed, sizeof(allowed) / sizeof(allowed[0]), allow_with_care,
		NULL
	};
	const struct tool *tool = find_tool(name);

	if (!tool)
		return fail(why, FAIL_NOT_FOUND, "no tool called '%s'", name);
	calls.context = tool->path;
	if (!confine_privileges(why))
		return false;
	confine_files(allow_needed);
	if (!set_limits(why) || !confine_calls(&calls, why))
		return false;
	/* execve() takes what it does not change as if it did */
	(void)syscall(SYS_execve, tool->path, tool->arguments, environment);
	return fail(why, errno == ENOENT ? FAIL_NOT_FOUND : FAIL_BROKEN,
		    "start '%s': %s", tool->path, strerror(errno));
}
