/*
 * The tokenizer `svb` of the full-text index: viet/word.h for SQLite's FTS5.
 */
#pragma once
#include "base/fail.h"

struct sqlite3;

/* On every connection, before a statement touches the index. */
bool tokenizer_register(struct sqlite3 *sqlite, struct fail *why);
/* What the index must have been made with; changes with the words. */
int tokenizer_version(void);
