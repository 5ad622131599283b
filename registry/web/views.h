/*
 * Views: who looks at which file right now, so that a document of forty pages
 * is one line of the audit and not forty.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct file_view;
struct views;

struct views *views_create(void);
void views_destroy(struct views **views); /* accepts NULL, leaves NULL */
/* Whether this person has not seen this file in the last ten minutes; from
 * now on it counts as seen. From any thread. */
bool views_is_new(struct views *views, const struct file_view *view);
