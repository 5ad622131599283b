/*
 * Names to addresses, within a time limit. getaddrinfo() cannot be
 * interrupted, so it runs on a thread of its own, which is left behind when
 * the limit passes; few may be left behind at once.
 */
#pragma once
#include "base/fail.h"
#include <stdint.h>
#include <sys/socket.h>

enum {
	RESOLVE_MAX = 8
};

struct addresses {
	unsigned count;
	struct sockaddr_storage at[RESOLVE_MAX];
	socklen_t size[RESOLVE_MAX];
};

/* FAIL_REMOTE "dns.failed" when there is no answer in `limit` milliseconds. */
bool resolve(const char *host, uint16_t port, int64_t limit,
	     struct addresses *ret_addresses, struct fail *why);
bool address_is_loopback(const struct sockaddr_storage *address);
