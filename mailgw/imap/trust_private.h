/*
 * Trust, as channel.c needs it.
 */
#pragma once
#include <gnutls/gnutls.h>

struct trust {
	gnutls_certificate_credentials_t credentials;
	gnutls_priority_t priority;
};
