/*
 * Tool: formats that only a program of others reads. The reader says which
 * one; it runs here as a jailed child (`registry-reader --tool NAME`), and
 * what it prints goes to the reader as plain text.
 */
#pragma once
#include "reading/task.h"

/* The reader could not read the file itself and names a tool. */
bool tool_needed(const struct file_result *result);
/* *ret: what the text gave, under the format and type of the file. A tool
 * that fails is a reason, not a failure. */
bool tool_read(struct post *post, const struct jailed_request *asked,
	       const struct result_request *take, struct file_result *ret,
	       struct fail *why);
