/*
 * The jail: after jail_close() the process can read, write and pass on what it
 * holds already, use memory, and end. No files, no network, no processes.
 */
#pragma once
#include "base/fail.h"

/* For good, and for everything started later. Load what needs files first. */
bool jail_close(struct fail *why);
