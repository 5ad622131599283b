/*
 * Envelope: who, to whom, when, about what. GMime's home, with its shims:
 * version 3.2.13 loses the second of two base64 words, and its parser of
 * address groups recurses, so words and lists are prepared before it sees
 * them.
 */
#pragma once
#include "base/tree.h"
#include "reader/structure.h"

void envelope_open(void); /* before the jail closes */
void envelope_close(void);

/* Sets subject, sender_name, sender_address, recipients, message_id,
 * in_reply_to, references, sent_at. */
void envelope_read(struct structure *structure, struct arena *arena,
		   struct tree *answer);
/* How many attachments GMime sees in the whole letter: a second opinion. */
size_t envelope_count_attachments(struct bytes letter);
