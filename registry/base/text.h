/*
 * Text: one string that grows up to a limit. Going over it sticks and is asked
 * once at the end, so that the calls in between need no check.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct text {
	char *string; /* NUL-terminated after the first add; may be NULL */
	size_t size;
	size_t room;
	size_t limit; /* 0: 64 MiB */
	bool over;
};

void text_done(struct text *text);
void text_clear(struct text *text);
void text_add(struct text *text, const char *string);
void text_add_part(struct text *text, const char *start, size_t size);
void text_add_char(struct text *text, char c);
void text_addf(struct text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Never NULL. */
const char *text_string(const struct text *text);

#define auto_text __attribute__((cleanup(text_done))) struct text
