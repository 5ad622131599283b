/*
 * The jail: after jail_close() the process can read, write and pass on what it
 * holds already, use memory, and end. No files, no network, no processes.
 */
#pragma once
#include "base/fail.h"
#include <stdint.h>

/* For good, and for everything started later. Load what needs files first.
 * Files that are open already may grow to `file_max` bytes. */
bool jail_close(uint64_t file_max, struct fail *why);
