/*
 * Log: one event, one line on standard error: JSON with a journald priority
 * in front. Edges log (main, the request loop, a mailbox); libraries do not.
 */
#pragma once

enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_NOTICE = 5,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7
};

/* Before the first thread. Events above the level are dropped. */
void log_open(const char *program, enum log_level level);

/* Key and value strings in turn, closed by NULL; a NULL value is left out.
 * Never pass a secret. */
void log_event(enum log_level level, const char *event, ...)
	__attribute__((sentinel));
