/*
 * The service: the store of one data folder behind HTTP, for people over TCP
 * and for programs over DIR/registry.sock.
 */
#pragma once
#include "base/fail.h"
#include "base/text.h"
#include <stdint.h>

struct web;

struct web_settings {
	const char *listen; /* "127.0.0.1:8080" */
	/* A proxy speaks TLS: Secure cookies, HSTS. */
	bool behind_tls;
	int64_t header_max, body_max, letter_max; /* bytes */
	int64_t connections_max, idle_seconds;
	int64_t http_threads, workers, waiting_max;
	int64_t readers;	 /* jailed reader processes */
	const char *reader_path; /* "": beside this program */
	const char *clamd;	 /* socket of the virus scanner; "": none */
	int64_t export_max;	 /* lines of an exported search */
	bool plain_anywhere;	 /* as the gateway's setting of that name */
};

/* FAIL_BUSY "store.locked" when another process has the folder. */
struct web *web_open(const char *folder, const struct web_settings *settings,
		     struct fail *why);
void web_close(struct web **web); /* accepts NULL, leaves NULL */
int web_port(const struct web *web);

/* One line per route: method, pattern, permission. */
void web_print_routes(struct text *ret_lines);
