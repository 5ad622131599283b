#include "base/log.h"
#include "base/moment.h"
#include "base/text.h"
#include "base/tree.h"
#include <stdarg.h>
#include <unistd.h>

static const char *program_name = "";
static enum log_level highest = LOG_LEVEL_INFO;

void log_open(const char *program, enum log_level level)
{
	program_name = program;
	highest = level;
}

void log_event(enum log_level level, const char *event, ...)
{
	auto_text line = { .limit = 16 * 1024 };
	char now[MOMENT_SIZE];
	const char *key;
	va_list list;

	if (level > highest)
		return;
	moment_print(moment_now(), now);
	text_addf(&line, "<%d>{\"time\":\"%s\",\"program\":\"%s\",\"event\":",
		  (int)level, now, program_name);
	json_text_string(&line, event);
	va_start(list, event);
	while ((key = va_arg(list, const char *)) != NULL) {
		const char *value = va_arg(list, const char *);
		if (!value)
			continue;
		text_add(&line, ",");
		json_text_string(&line, key);
		text_add(&line, ":");
		json_text_string(&line, value);
	}
	va_end(list);
	text_add(&line, "}\n");
	if (line.over) {
		text_clear(&line);
		text_addf(&line, "<%d>{\"event\":\"log.too_long\"}\n",
			  (int)level);
	}
	(void)!write(STDERR_FILENO, line.string, line.size);
}
