/*
 * What the files of this layer share about a desk.
 */
#pragma once
#include "reading/task.h"

struct store;

/* A post without a connection and without a process yet. */
struct post reading_post(const struct reading_desk *desk);
struct store *reading_store(const struct reading_desk *desk);
