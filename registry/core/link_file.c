/*
 * The same document again: by its files.
 */
#include "base/text.h"
#include "core/link_private.h"
#include "store/query.h"

enum {
	TEMPLATE_USES = 5 /* a file of more entries is a form */
};

/* Entries that share files with the letter: how many, and whether the main
 * one. */
static const char select_by_files[] =
	"SELECT a.entry_id, count(DISTINCT a.file_id),"
	"  max(a.role = 'main'), e.direction = 'out'"
	"  FROM json_each(?1) w JOIN attachment a ON a.file_id = w.value"
	"  JOIN entry e ON e.id = a.entry_id AND e.state = 'valid'"
	" WHERE (SELECT count(DISTINCT b.entry_id) FROM attachment b"
	"         WHERE b.file_id = a.file_id) <= ?2"
	" GROUP BY a.entry_id ORDER BY 2 DESC LIMIT 20";

static const char *print_ids(const struct link_source *source, size_t *ret_n,
			     struct arena *arena)
{
	auto_text json = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < source->file_count; i++) {
		const struct link_file *file = &source->files[i];

		if (!file->is_document || file->is_container)
			continue;
		text_addf(&json, "%c%lld", count++ ? ',' : '[',
			  (long long)file->file_id);
	}
	text_add(&json, count ? "]" : "[]");
	*ret_n = count;
	return arena_copy(arena, text_string(&json));
}

static struct link_candidate by_files(const struct link_search *search,
				      int64_t shared, size_t all, bool is_main)
{
	struct link_candidate found = { .kind = LINK_DUPLICATE };

	if (shared == (int64_t)all && is_main) {
		found.reason = "same_files";
		found.confidence = 1000;
		found.is_certain = !search->corrects;
	} else if (is_main) {
		found.reason = "same_main_file";
		found.confidence = 940;
	} else {
		found.reason = "shared_file";
		found.confidence = shared == (int64_t)all ? 700 : 420;
	}
	return found;
}

bool link_find_files(struct link_search *search, struct fail *why)
{
	const struct link_source *source = &search->source;
	size_t all = 0;
	const char *ids = print_ids(source, &all, search->arena);
	auto_query *query = db_query(search->db, select_by_files, why);

	if (!query)
		return false;
	query_text(query, 1, ids);
	query_int(query, 2, TEMPLATE_USES);
	while (query_row(query, why)) {
		struct link_candidate found =
			by_files(search, query_get_int(query, 1), all,
				 query_get_int(query, 2) != 0);

		found.entry_id = query_get_int(query, 0);
		if (query_get_int(query, 3)) { /* one of ours comes back */
			found.kind = source->is_ours ? LINK_SENT : LINK_REPLY;
			found.is_certain &= source->is_ours;
			found.confidence = source->is_ours ? 1000 : 600;
		}
		link_add(search, &found);
	}
	return why->kind == FAIL_NONE;
}
