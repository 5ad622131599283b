#include "base/settings.h"
#include <confuse.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *place(void *target, const struct setting *setting)
{
	return (char *)target + setting->offset;
}

static bool parse_int(const struct setting *setting, const char *value,
		      int64_t *ret, struct fail *why)
{
	char *end;
	long long number;

	errno = 0;
	number = strtoll(value, &end, 10);
	if (errno || end == value || *end)
		return fail(why, FAIL_INVALID,
			    "'%s' must be a whole number, not '%s'",
			    setting->name, value);
	if (number < setting->min || number > setting->max)
		return fail(why, FAIL_INVALID,
			    "'%s' must lie between %lld and %lld",
			    setting->name, (long long)setting->min,
			    (long long)setting->max);
	*ret = number;
	return true;
}

static bool put(const struct setting *setting, const char *value, void *target,
		struct arena *arena, struct fail *why)
{
	switch (setting->kind) {
	case SETTING_TEXT:
		*(const char **)place(target, setting) =
			arena_copy(arena, value);
		return true;
	case SETTING_INT:
		return parse_int(setting, value, place(target, setting), why);
	case SETTING_BOOL:
		if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
			return fail(why, FAIL_INVALID,
				    "'%s' must be true or false",
				    setting->name);
		*(bool *)place(target, setting) = value[0] == 't';
		return true;
	}
	return fail(why, FAIL_BROKEN, "setting '%s' has no kind",
		    setting->name);
}

bool settings_set(const struct setting *table, const char *name,
		  const char *value, void *target, struct arena *arena,
		  struct fail *why)
{
	for (const struct setting *s = table; s->name; s++)
		if (strcmp(s->name, name) == 0)
			return put(s, value, target, arena, why);
	return fail(why, FAIL_INVALID, "no setting is called '%s'", name);
}

/* libconfuse reports through a callback without context. */
static _Thread_local struct fail *report;

static void take_report(cfg_t *cfg, const char *format, va_list list)
	__attribute__((format(printf, 2, 0)));

static void take_report(cfg_t *cfg, const char *format, va_list list)
{
	char sentence[300];

	(void)vsnprintf(sentence, sizeof(sentence), format, list);
	fail(report, FAIL_INVALID, "%s:%d: %s",
	     cfg && cfg->filename ? cfg->filename : "settings",
	     cfg ? cfg->line : 0, sentence);
}

static const struct setting *by_name(const struct setting *table,
				     const char *name)
{
	while (table->name && strcmp(table->name, name) != 0)
		table++;
	return table;
}

struct checked {
	const struct setting *table;
	void *target;
	struct arena *arena;
};

static _Thread_local struct checked checked;

/* Runs as each value is read, so that a wrong one still knows its line. */
static int check_value(cfg_t *cfg, cfg_opt_t *option)
{
	const struct setting *setting = by_name(checked.table, option->name);
	unsigned last = cfg_opt_size(option) - 1;
	struct fail why;

	if (put(setting, cfg_opt_getnstr(option, last), checked.target,
		checked.arena, &why))
		return 0;
	cfg_error(cfg, "%s", why.sentence);
	return -1;
}

static bool read_file(const struct setting *table, const char *path,
		      void *target, struct arena *arena, struct fail *why)
{
	size_t count = (size_t)(by_name(table, "") - table);
	cfg_opt_t *options = arena_array(arena, count + 1, sizeof(*options));
	cfg_opt_t end = CFG_END();
	cfg_t *cfg;
	int result;

	for (size_t i = 0; i < count; i++) {
		cfg_opt_t option = CFG_STR(table[i].name, NULL, CFGF_NONE);
		options[i] = option;
	}
	options[count] = end;
	why->kind = FAIL_NONE;
	report = why;
	checked = (struct checked){ table, target, arena };
	cfg = cfg_init(options, CFGF_NONE);
	cfg_set_error_function(cfg, take_report);
	for (size_t i = 0; i < count; i++)
		cfg_set_validate_func(cfg, table[i].name, check_value);
	result = cfg_parse(cfg, path);
	cfg_free(cfg);
	if (result == CFG_FILE_ERROR)
		return fail(why, FAIL_NOT_FOUND, "settings file '%s': %s", path,
			    strerror(errno));
	if (result == CFG_PARSE_ERROR && why->kind == FAIL_NONE)
		return fail(why, FAIL_INVALID, "settings file '%s' is wrong",
			    path);
	return result == CFG_SUCCESS;
}

bool settings_read(const struct setting *table, const char *path, void *target,
		   struct arena *arena, struct fail *why)
{
	for (const struct setting *s = table; s->name; s++)
		if (!put(s, s->fallback, target, arena, why))
			return false;
	return !path || read_file(table, path, target, arena, why);
}

void settings_print(const struct setting *table, const void *target,
		    struct text *ret_file)
{
	for (const struct setting *s = table; s->name; s++) {
		const void *at = (const char *)target + s->offset;

		text_addf(ret_file, "# %s\n%s = ", s->help, s->name);
		if (s->kind == SETTING_TEXT)
			text_addf(ret_file, "\"%s\"\n",
				  *(const char *const *)at);
		else if (s->kind == SETTING_INT)
			text_addf(ret_file, "%lld\n",
				  (long long)*(const int64_t *)at);
		else
			text_addf(ret_file, "%s\n",
				  *(const bool *)at ? "true" : "false");
	}
}
