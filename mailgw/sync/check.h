/*
 * Checking one mailbox: every step from its name to its last letter, in words
 * for the person who set it up.
 */
#pragma once
#include "sync/settings.h"

/* Exit code: 0 when everything works. Prints to standard output. */
int check_mailbox(struct gateway *gateway, const char *address);
