/*
 * Last words: a library that takes too long or too much memory cannot be
 * stopped halfway, only ended. Before the process ends it still says why, so
 * that the registry knows it about this file and does not try again.
 */
#pragma once
#include "base/bytes.h"
#include <stddef.h>

struct last_words {
	int socket;
	unsigned char *answer; /* JSON goes there; NULL: only a failure */
	size_t room;
	struct bytes content;
	const char *name; /* of the file; or NULL */
	int seconds;	  /* of computing */
};

/* Before the jail closes. */
void last_words_open(void);
/* From now on until last_words_disarm(). */
void last_words_arm(const struct last_words *words);
void last_words_disarm(void);
