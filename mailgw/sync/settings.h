/*
 * Settings of the gateway, and what all of it shares.
 */
#pragma once
#include "base/settings.h"
#include "imap/trust.h"
#include "uplink/uplink.h"

struct gateway_settings {
	const char *name;
	int64_t shards, connections, server_connections, lanes;
	int64_t connect_seconds, command_seconds, registry_seconds;
	int64_t poll_seconds_min, poll_seconds_max, refresh_seconds;
	int64_t lease_seconds, idle_minutes_min, idle_minutes_max;
	int64_t letter_max_mb, memory_max_mb;
	bool plain_anywhere;
	const char *oauth_hosts, *oauth_command, *oauth_file;
};

extern const struct setting gateway_setting_table[];

/* Made before the first fork, read only afterwards. */
struct gateway {
	struct gateway_settings settings;
	struct uplink_request uplink;
	const char *private_key; /* hexadecimal */
	const char *ca_file;	 /* or NULL */
	struct trust *trust;	 /* NULL when no mailbox needs TLS */
	bool quiet;		 /* no JSON line for each mailbox */
};
