#include "reader/jail.h"
#include "reader/confine.h"
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	MEMORY_MAX = 2000, /* MiB of address space */
	FILES_MAX = 32
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static bool set_limits(rlim_t file_max, struct fail *why)
{
	/* the tables of a sanitizer need more address space than there is */
	if (!SANITIZED &&
	    !confine_limit(RLIMIT_AS, (rlim_t)MEMORY_MAX * 1024 * 1024, why))
		return false;
	return confine_limit(RLIMIT_NOFILE, FILES_MAX, why) &&
	       confine_limit(RLIMIT_FSIZE, file_max, why) &&
	       confine_limit(RLIMIT_CORE, 0, why) &&
	       confine_limit(RLIMIT_MEMLOCK, 0, why);
}

static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv),
	SCMP_SYS(writev), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
	SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(close),
	SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(getpid),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(gettid),
	SCMP_SYS(getrandom), SCMP_SYS(lseek), SCMP_SYS(sigaltstack),
	SCMP_SYS(sched_yield), SCMP_SYS(restart_syscall), SCMP_SYS(setitimer)
};

/* Memory may be got and protected, but never made executable. */
static int allow_memory(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp not_code = SCMP_A2_32(
		SCMP_CMP_MASKED_EQ, (unsigned)PROT_EXEC, 0);
	int error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
					   SCMP_SYS(mmap), 1, &not_code);

	if (error == 0)
		error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
					       SCMP_SYS(mprotect), 1,
					       &not_code);
	return error;
}

/* abort(3): nobody else can be reached. */
static int allow_abort(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp arguments[] = {
		SCMP_A0_32(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0),
		SCMP_A2_32(SCMP_CMP_EQ, SIGABRT, 0)
	};

	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
				      SCMP_SYS(tgkill), 2, arguments);
}

static int allow_more(void *filter, const void *context)
{
	int error = allow_memory(filter);

	(void)context;
	return error == 0 ? allow_abort(filter) : error;
}

bool jail_close(uint64_t file_max, struct fail *why)
{
	const struct confine_calls calls = {
		allowed, sizeof(allowed) / sizeof(allowed[0]), allow_more, NULL
	};

	if (!confine_privileges(why))
		return false;
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	(void)signal(SIGXFSZ, SIG_IGN); /* a library's words to a file */
	confine_files(NULL);		/* no rule: no file system at all */
	return set_limits((rlim_t)file_max, why) && confine_calls(&calls, why);
}
