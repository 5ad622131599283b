/*
 * The engine's own connection, for the sources of this folder alone.
 */
#pragma once
#include "store/db.h"

struct sqlite3;

struct sqlite3 *db_handle(struct db *db);
