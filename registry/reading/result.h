/*
 * Result: what a jailed reader said about one letter, checked, with the
 * contents of the parts in the vault.
 */
#pragma once
#include "core/part.h"
#include "reading/jailed.h"

struct vault;

struct result {
	struct reading reading;
	struct part *parts;
	size_t count;
	bool has_letters; /* parts that are letters themselves */
};

struct result_request {
	struct jailed_answer answer;
	struct vault *vault; /* NULL: only hash */
	struct db *db;	     /* a reader */
	struct arena *arena;
};

/* FAIL_REMOTE when the answer is not one. */
bool result_take(const struct result_request *request, struct result *ret,
		 struct fail *why);
