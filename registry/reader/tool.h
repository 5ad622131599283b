/*
 * Tools: the programs that read what no library reads, each in a jail of its
 * own: it opens nothing but itself, what it is linked to and its tables, and
 * starts nothing.
 */
#pragma once
#include "base/fail.h"

/* Becomes the tool and never returns, or false. "catdoc" and "xls2csv": a Word
 * document or a workbook of Excel before 2007 on descriptor 0, which can seek;
 * its text in UTF-8 on 1. */
bool tool_become(const char *name, struct fail *why);
