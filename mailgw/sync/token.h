/*
 * XOAUTH2 tokens: from a program or a file that the administrator names.
 */
#pragma once
#include "sync/settings.h"

bool token_is_wanted(const struct gateway_settings *settings,
		     const char *host);
/* The token for the address, in the arena. */
bool token_read(const struct gateway_settings *settings, const char *address,
		struct arena *arena, const char **ret_token, struct fail *why);
