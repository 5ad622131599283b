/*
 * Sameness: how like two short texts are, and what the words of a mail say
 * about it: forwarded, corrected, an annex. Pure.
 */
#pragma once
#include "base/arena.h"
#include <stdbool.h>

/* Of 1,000, by letter triples of the folded texts; NULL or "" is like nothing:
 * 0. "UBND" and "Ủy ban nhân dân" are the same words. */
int sameness_of(const char *a, const char *b, struct arena *arena);

/* One name, perhaps shortened at its end or read badly: "Sở Y tế" and "Sở Y tế
 * tỉnh Lam Giang", but not those of two provinces. */
bool sameness_is_name(const char *a, const char *b, struct arena *arena);

enum sameness_cue {
	SAMENESS_FORWARD,    /* Fwd:, Chuyển tiếp: */
	SAMENESS_REPLY,	     /* Re:, Trả lời: */
	SAMENESS_ANNEX,	     /* phụ lục, biểu mẫu kèm theo, gửi bổ sung */
	SAMENESS_CORRECTION, /* thay thế, đính chính, gửi lại */
	SAMENESS_READ,	     /* Đã đọc:, Read: */
	SAMENESS_UNDELIVERED /* Undelivered Mail, không gửi được */
};

/* Cues are a few words anywhere in the text, those of the first, second and
 * last two at its beginning only. */
bool sameness_has_cue(const char *text, enum sameness_cue cue,
		      struct arena *arena);
/* The subject without the Re:, Fwd:, [Cảnh báo] … before it. */
const char *sameness_bare_subject(const char *subject);
