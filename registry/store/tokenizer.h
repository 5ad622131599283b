/*
 * The tokenizer of full-text search, made known to one connection.
 */
#pragma once
#include "base/fail.h"

struct db;

/* Called for every connection before its first statement. */
bool tokenizer_register(struct db *db, struct fail *why);
