/*
 * Reports: what other servers and programs say about a letter of ours
 * (RFC 3464 delivery status, RFC 8098 disposition), and what our own server
 * says about who sent this one (RFC 8601).
 */
#pragma once
#include "base/tree.h"
#include "reader/structure.h"

/* Sets reports [{"state","recipient","message_id","words"}] and authentication
 * ["…"], the values of Authentication-Results from the top. */
void report_read(const struct structure *structure, struct arena *arena,
		 struct tree *answer);
