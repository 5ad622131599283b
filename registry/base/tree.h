/*
 * Trees: JSON values. Reading is strict (RFC 8259, no duplicate names, no NUL,
 * depth 64); writing gives one line with the members in order of addition.
 *
 * A tree owns its members; a member stays valid as long as its tree.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"
#include "base/text.h"
#include <stdint.h>

struct tree;

struct tree *tree_create(void);	     /* {} */
struct tree *tree_create_list(void); /* [] */
void tree_destroy(struct tree **tree);
#define auto_tree __attribute__((cleanup(tree_destroy))) struct tree

/* FAIL_INVALID with line and column. */
struct tree *tree_parse(struct bytes json, struct fail *why);
void tree_print(const struct tree *tree, struct text *ret_json);

/* Adding. A NULL string becomes null. A string that is not UTF-8 is an
 * assertion: bring it to text first. */
void tree_set_text(struct tree *tree, const char *name, const char *value);
void tree_set_int(struct tree *tree, const char *name, int64_t value);
void tree_set_real(struct tree *tree, const char *name, double value);
void tree_set_bool(struct tree *tree, const char *name, bool value);
void tree_set_null(struct tree *tree, const char *name);
void tree_set_copy(struct tree *tree, const char *name,
		   const struct tree *value);			 /* deep */
struct tree *tree_set_tree(struct tree *tree, const char *name); /* new {} */
struct tree *tree_set_list(struct tree *tree, const char *name); /* new [] */
struct tree *tree_add_tree(struct tree *list);			 /* new {} */
void tree_add_text(struct tree *list, const char *value);
void tree_add_int(struct tree *list, int64_t value);
void tree_add_copy(struct tree *list, const struct tree *value); /* deep */

/* Reading. What is absent or of another kind gives the fallback. */
bool tree_has(const struct tree *tree, const char *name);
const char *tree_text(const struct tree *tree, const char *name,
		      const char *fallback);
int64_t tree_int(const struct tree *tree, const char *name, int64_t fallback);
double tree_real(const struct tree *tree, const char *name, double fallback);
bool tree_bool(const struct tree *tree, const char *name, bool fallback);
const struct tree *tree_member(const struct tree *tree, const char *name);

/* Reading a body that a person or program sent: FAIL_INVALID names the member
 * when it is missing, of another kind, or longer than `max` bytes. An absent
 * optional member leaves *ret as it was. */
bool tree_need_text(const struct tree *tree, const char *name, size_t max,
		    const char **ret_value, struct fail *why);
bool tree_need_int(const struct tree *tree, const char *name,
		   int64_t *ret_value, struct fail *why);
bool tree_may_text(const struct tree *tree, const char *name, size_t max,
		   const char **ret_value, struct fail *why);
bool tree_may_int(const struct tree *tree, const char *name,
		  int64_t *ret_value, struct fail *why);

/* Lists (and the number of members of an object). */
size_t tree_count(const struct tree *tree);
const struct tree *tree_at(const struct tree *list, size_t i);
const char *tree_text_at(const struct tree *list, size_t i);
int64_t tree_int_at(const struct tree *list, size_t i);
/* The i-th member's name, in order; NULL past the end. */
const char *tree_name_at(const struct tree *tree, size_t i);

/* A JSON string with its quotes, for those who write JSON by hand. Bytes that
 * are not UTF-8 come out as U+FFFD. */
void json_text_string(struct text *text, const char *value);
