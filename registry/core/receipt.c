#include "core/receipt.h"
#include "base/moment.h"
#include "base/tree.h"
#include "core/link_private.h"
#include "core/sameness.h"
#include "store/query.h"
#include "viet/symbol.h"
#include <string.h>

enum {
	REPORTS_MAX = 100
};

static const char insert_delivery[] =
	"INSERT INTO delivery (entry_id, letter_id, recipient, state, words,"
	"  at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
static const char delete_delivery[] =
	"DELETE FROM delivery WHERE entry_id = ?1 AND letter_id = ?2";
static const char select_delivery[] =
	"SELECT state, recipient, words, letter_id, at FROM delivery"
	" WHERE entry_id = ?1 ORDER BY at DESC, id DESC LIMIT 500";

/* Entries of mail that went out, by Message-ID; and by number or identifier,
 * as edXML names them. */
static const char select_by_message_id[] =
	LINK_TARGET
	" WHERE e.state = 'valid' AND e.direction = 'out'"
	"   AND e.id IN ("
	"  SELECT entry_id FROM sent_mail WHERE message_id = ?1"
	"  UNION SELECT k.entry_id FROM reading m"
	"    JOIN letter c ON c.file_id = m.file_id"
	"    JOIN entry_letter k ON k.letter_id = c.id"
	"   WHERE m.message_id = ?1) LIMIT 20";
static const char select_by_identifier[] =
	LINK_TARGET
	" WHERE e.organisation_id = ?1 AND e.direction = 'out'"
	"   AND e.identifier = ?2 AND e.identifier <> ''"
	"   AND e.state = 'valid' LIMIT 5";
static const char select_by_symbol[] =
	LINK_TARGET
	" WHERE e.organisation_id = ?1 AND e.direction = 'out'"
	"   AND e.symbol_key = ?2 AND e.symbol_key <> ''"
	"   AND e.state = 'valid' ORDER BY e.id DESC LIMIT 5";
/* Mail to this person with this subject: programs that send no report say no
 * more. */
static const char select_by_subject[] =
	LINK_TARGET
	" JOIN sent_mail m ON m.entry_id = e.id"
	" WHERE m.sent_at BETWEEN ?1 - 60 * 86400 AND ?1"
	"   AND m.subject = ?2 AND instr(' ' || m.recipients || ' ',"
	"       ' ' || ?3 || ' ') > 0 LIMIT 5";
/* Letters inside the letter: the one that came back. */
static const char select_inner[] =
	"SELECT r.message_id FROM part p JOIN reading r"
	"    ON r.file_id = p.file_id WHERE p.of_file_id = ?1"
	"   AND p.class = 'message' AND r.message_id IS NOT NULL LIMIT 10";

static const char select_reports[] =
	"SELECT r.reports FROM letter l JOIN reading r ON r.file_id = l.file_id"
	" WHERE l.id = ?1";
/* An edXML status message: its state, whose it is, what it is about. */
static const char select_statuses[] =
	"WITH RECURSIVE blob(id, depth) AS ("
	"  SELECT file_id, 0 FROM letter WHERE id = ?1 UNION"
	"  SELECT p.file_id, b.depth + 1 FROM part p"
	"    JOIN blob b ON p.of_file_id = b.id WHERE b.depth < 8)"
	"SELECT substr(j.value, 14), c.value, c.day,"
	"  (SELECT i.value FROM proposal i WHERE i.file_id = b.id"
	"    AND i.field = 'issuer' ORDER BY i.position LIMIT 1)"
	"  FROM blob b JOIN file_reading f ON f.file_id = b.id"
	"  JOIN json_each(f.flags) j ON j.value LIKE 'edxml~_status~___'"
	"   ESCAPE '~'"
	"  LEFT JOIN proposal c ON c.file_id = b.id AND c.field = 'cited'"
	"   AND c.source = 'edxml' LIMIT 100";

static const struct {
	const char *said, *state;
} states[] = {
	{ "failed", "failed" },
	{ "delayed", "delayed" },
	{ "delivered", "delivered" },
	{ "relayed", "delivered" },
	{ "expanded", "delivered" },
	{ "displayed", "read" },
	{ "deleted", "delivered" },
	{ "processed", "delivered" },
	{ "01", "arrived" },
	{ "02", "refused" },
	{ "03", "accepted" },
	{ "04", "assigned" },
	{ "05", "working" },
	{ "06", "done" },
	{ "15", "recalled" },
	{ "16", "kept" },
};

bool receipt_is_bad(const struct receipt *receipt)
{
	return strcmp(receipt->state, "failed") == 0 ||
	       strcmp(receipt->state, "refused") == 0;
}

static const char *find_state(const char *said)
{
	for (size_t i = 0; said && i < sizeof(states) / sizeof(states[0]); i++)
		if (strcmp(states[i].said, said) == 0)
			return states[i].state;
	return NULL;
}

static const char *copy(const struct tree *said, const char *name,
			const char *fallback, struct arena *arena)
{
	return arena_copy(arena, tree_text(said, name, fallback));
}

struct receipt_list receipt_parse(const char *reports_json,
				  struct arena *arena)
{
	struct fail ignored;
	auto_tree *list = tree_parse(bytes_of(reports_json ? reports_json
							   : "[]"),
				     &ignored);
	size_t total = list ? tree_count(list) : 0, count = 0;
	struct receipt *items;

	total = total > REPORTS_MAX ? REPORTS_MAX : total;
	items = arena_array(arena, total, sizeof(*items));
	for (size_t i = 0; i < total; i++) {
		const struct tree *said = tree_at(list, i);
		const char *state = find_state(tree_text(said, "state", NULL));

		if (!state)
			continue;
		items[count++] = (struct receipt){
			.state = state,
			.recipient = copy(said, "recipient", "", arena),
			.message_id = copy(said, "message_id", NULL, arena),
			.symbol = copy(said, "symbol", NULL, arena),
			.day = copy(said, "day", NULL, arena),
			.identifier = copy(said, "identifier", NULL, arena),
			.words = copy(said, "words", "", arena),
		};
	}
	return (struct receipt_list){ items, count };
}

static bool load_reports(struct db *db, int64_t letter_id,
			 struct arena *arena, struct receipt_list *list,
			 struct fail *why)
{
	auto_query *query = db_query(db, select_reports, why);

	if (!query)
		return false;
	query_int(query, 1, letter_id);
	if (query_row(query, why))
		*list = receipt_parse(query_get_text(query, 0, arena), arena);
	return why->kind == FAIL_NONE;
}

bool receipt_load(struct db *db, int64_t letter_id, struct arena *arena,
		  struct receipt_list *ret_list, struct fail *why)
{
	struct receipt_list list = { .count = 0 };
	struct receipt *items;
	auto_query *query = db_query(db, select_statuses, why);

	if (!query || !load_reports(db, letter_id, arena, &list, why))
		return false;
	items = arena_array(arena, list.count + REPORTS_MAX, sizeof(*items));
	if (list.count)
		memcpy(items, list.items, list.count * sizeof(*items));
	query_int(query, 1, letter_id);
	while (list.count < 2 * REPORTS_MAX && query_row(query, why)) {
		const char *office = query_get_text(query, 3, arena);
		struct receipt receipt = {
			.state = find_state(query_get_text(query, 0, arena)),
			.recipient = office ? office : "",
			.symbol = query_get_text(query, 1, arena),
			.day = query_get_text(query, 2, arena),
			.words = "",
		};

		if (receipt.state)
			items[list.count++] = receipt;
	}
	list.items = items;
	*ret_list = list;
	return why->kind == FAIL_NONE;
}

bool receipt_write(struct db *db, int64_t entry_id, int64_t letter_id,
		   const struct receipt *receipt, struct fail *why)
{
	auto_query *query = db_query(db, insert_delivery, why);

	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_int(query, 2, letter_id);
	query_text(query, 3, receipt->recipient);
	query_text(query, 4, receipt->state);
	query_text(query, 5, receipt->words);
	query_int(query, 6, moment_now());
	return query_run(query, why);
}

bool receipt_remove(struct db *db, int64_t entry_id, int64_t letter_id,
		    struct fail *why)
{
	return db_run_two(db, delete_delivery, entry_id, letter_id, why);
}

bool receipt_list(struct db *db, int64_t entry_id, struct arena *arena,
		  struct delivery_list *ret_list, struct fail *why)
{
	struct delivery *items = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_delivery, why);

	if (!query)
		return false;
	query_int(query, 1, entry_id);
	while (query_row(query, why)) {
		items = arena_grow(arena, items, count, sizeof(*items));
		items[count++] = (struct delivery){
			.state = query_get_text(query, 0, arena),
			.recipient = query_get_text(query, 1, arena),
			.words = query_get_text(query, 2, arena),
			.letter_id = query_get_int(query, 3),
			.at = query_get_int(query, 4),
		};
	}
	*ret_list = (struct delivery_list){ items, count };
	return why->kind == FAIL_NONE;
}

/* --- the rule ----------------------------------------------------------- */

/* Adds what the query gives; alone it may be certain. */
static bool take(struct link_search *search, struct query *query,
		 struct link_candidate found, struct fail *why)
{
	struct link_target targets[20];
	size_t count = 0;

	while (count < 20 && query_row(query, why))
		targets[count++] = link_read_target(query, search->arena);
	if (count < 20 && why->kind != FAIL_NONE)
		return false;
	if (count > 1)
		found.is_certain = false;
	for (size_t i = 0; i < count; i++)
		link_add_target(search, &targets[i], found);
	return true;
}

static bool by_message_id(struct link_search *search, const char *id,
			  struct link_candidate found, struct fail *why)
{
	auto_query *query = db_query(search->db, select_by_message_id, why);

	if (!query)
		return false;
	if (!id || !*id)
		return true;
	query_text(query, 1, id);
	return take(search, query, found, why);
}

static bool by_number(struct link_search *search,
		      const struct receipt *receipt,
		      struct link_candidate found, struct fail *why)
{
	auto_query *exact = db_query(search->db, select_by_identifier, why);
	auto_query *query = db_query(search->db, select_by_symbol, why);
	struct link_target targets[5];
	size_t count = 0;

	if (!exact || !query)
		return false;
	query_int(exact, 1, search->source.organisation_id);
	query_text(exact, 2, receipt->identifier ? receipt->identifier : "");
	if (!take(search, exact, found, why))
		return false;
	if (!receipt->symbol || !*receipt->symbol)
		return true;
	query_int(query, 1, search->source.organisation_id);
	query_text(query, 2, symbol_key(receipt->symbol, search->arena));
	while (count < 5 && query_row(query, why))
		targets[count++] = link_read_target(query, search->arena);
	for (size_t i = 0; i < count; i++) {
		struct link_candidate one = found;
		bool is_day = receipt->day && targets[i].day &&
			      strcmp(receipt->day, targets[i].day) == 0;

		if (!is_day) {
			one.is_certain = false;
			one.confidence = count == 1 ? 800 : 500;
		}
		link_add_target(search, &targets[i], one);
	}
	return count == 5 || why->kind == FAIL_NONE;
}

/* A server that sends back the letter without a report of its own. */
static bool by_inner(struct link_search *search, bool is_certain,
		     struct fail *why)
{
	struct link_candidate found = { .kind = LINK_BOUNCE,
					.reason = "returned_letter",
					.confidence = 950,
					.is_certain = is_certain };
	const char *ids[10];
	size_t count = 0;
	auto_query *query = db_query(search->db, select_inner, why);

	if (!query)
		return false;
	query_int(query, 1, search->source.file_id);
	while (count < 10 && query_row(query, why))
		ids[count++] = query_get_text(query, 0, search->arena);
	for (size_t i = 0; i < count; i++)
		if (!by_message_id(search, ids[i], found, why))
			return false;
	return true;
}

static bool by_subject(struct link_search *search, struct fail *why)
{
	const struct link_source *source = &search->source;
	auto_query *query = db_query(search->db, select_by_subject, why);

	if (!query)
		return false;
	query_int(query, 1, source->received_at);
	query_text(query, 2, sameness_bare_subject(source->subject));
	query_text(query, 3, source->sender ? source->sender : "");
	return take(search, query,
		    (struct link_candidate){ .kind = LINK_RECEIPT,
					     .reason = "read_words",
					     .confidence = 850 },
		    why);
}

/* Words of a server that names our letter only in its thread. */
static bool by_thread(struct link_search *search, struct fail *why)
{
	const struct link_source *source = &search->source;
	bool is_read = sameness_has_cue(source->subject, SAMENESS_READ,
					search->arena);
	bool is_lost = sameness_has_cue(source->subject, SAMENESS_UNDELIVERED,
					search->arena);
	struct link_candidate found = {
		.kind = is_lost ? LINK_BOUNCE : LINK_RECEIPT,
		.reason = is_lost ? "bounce_words" : "read_words",
		.confidence = 940,
	};

	if (!is_read && !is_lost)
		return true;
	for (size_t i = 0; i < source->reference_count; i++)
		if (!by_message_id(search, source->references[i], found, why))
			return false;
	if (is_lost)
		return by_inner(search, false, why);
	return by_subject(search, why);
}

bool link_find_reports(struct link_search *search, struct fail *why)
{
	struct receipt_list list;

	if (!receipt_load(search->db, search->source.letter_id, search->arena,
			  &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct receipt *receipt = &list.items[i];
		bool is_bad = receipt_is_bad(receipt);
		struct link_candidate found = {
			.kind = is_bad ? LINK_BOUNCE : LINK_RECEIPT,
			.reason = is_bad ? "bounce_report" : "receipt_report",
			.confidence = 995,
			.is_certain = true,
		};

		if (!by_message_id(search, receipt->message_id, found, why) ||
		    !by_number(search, receipt, found, why) ||
		    (is_bad && !by_inner(search, true, why)))
			return false;
	}
	return by_thread(search, why);
}
