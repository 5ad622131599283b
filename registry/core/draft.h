/*
 * Drafts: every version of the answer that is being written.
 */
#pragma once
#include "base/digest.h"
#include "core/flow.h"

enum {
	DRAFT_NAME_MAX = 400
};

struct draft {
	int64_t id, version, bytes, at;
	const char *sha256, *name, *note, *author_name;
};

struct draft_list {
	const struct draft *drafts; /* newest first */
	size_t count;
};

struct draft_wish {
	struct digest digest; /* in the vault already */
	int64_t bytes;
	const char *name, *note;
};

bool draft_list(struct db *db, int64_t entry_id, struct arena *arena,
		struct draft_list *ret_list, struct fail *why);
/* By who handles the document. */
bool draft_add(struct db *db, const struct flow_change *change,
	       const struct draft_wish *wish, struct fail *why);
/* Is this content a draft of the entry; FAIL_NONE when it is not. */
bool draft_has(struct db *db, int64_t entry_id, const char *sha256,
	       struct fail *why);
