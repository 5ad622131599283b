/*
 * Mail: one letter in, its parts, text and envelope out.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"
#include "base/tree.h"
#include <stddef.h>

void mail_open(void); /* whatever needs files; before the jail closes */
void mail_close(void);

/* Room for the contents of the parts. */
struct mail_room {
	unsigned char *at;
	size_t size;
	bool digests; /* say "sha256" of each part, for people who look on */
};

/* Fills the empty `answer`; each part says where in the room its content
 * starts ("at"). FAIL_LIMIT when the room is too small. */
bool mail_read(struct bytes letter, struct mail_room room,
	       struct arena *arena, struct tree *answer, struct fail *why);
