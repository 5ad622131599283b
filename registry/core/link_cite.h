/*
 * Cited documents in running text: "trả lời Công văn số 1871/SNN-KHTC ngày
 * 02/6/2026 của …", and the line by which an agency signs an annex. Pure.
 */
#pragma once
#include "base/arena.h"
#include <stddef.h>

struct link_cited {
	const char *symbol_key;
	const char *day; /* "2026-06-02"; NULL: not said */
	/* "reply", "basis", "carries_out", "replaces", "supplements",
	 * "signed_with" (the line on an annex), "mentions" */
	const char *role;
	const char *issuer; /* NULL: not said */
	int confidence;
};

struct link_cited_list {
	struct link_cited *items;
	size_t count;
};

/* Adds what the text cites and the list has not; 64 at most. */
void link_cite_scan(const char *text, int confidence, struct arena *arena,
		    struct link_cited_list *list);
