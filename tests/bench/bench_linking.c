/*
 * bench_linking DIR EVENTS: plays the events of scripts/measure/linking_year.py
 * to the register of DIR (made when absent) and prints, as JSON lines, what
 * each letter was linked to and what was proposed.
 */
#include "base/moment.h"
#include "base/secret.h"
#include "base/text.h"
#include "core/attachment.h"
#include "core/entry.h"
#include "core/letter.h"
#include "core/link.h"
#include "linking_stage.h"
#include "store/transaction.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	BATCH = 200,
	OFFICIAL_LETTER = 18
};

static const char select_state[] =
	"SELECT state, coalesce(entry_id, 0) FROM letter WHERE id = ?1";

static int64_t *entry_at(struct stage *stage, const char *key)
{
	size_t kind = *key == 'i' ? 0 : *key == 'o' ? 1
						    : 2;
	size_t number = strtoul(key + 1, NULL, 10);

	if (number >= KEYS_MAX)
		exit(1);
	return &stage->entries[kind][number];
}

static int64_t *letter_at(struct stage *stage, const char *key)
{
	return &stage->letters[strtoul(key + 1, NULL, 10) % KEYS_MAX];
}

static void print_links(struct stage *stage, const char *key, int64_t letter)
{
	struct link_list list;
	struct fail why = { 0 };
	auto_tree *out = tree_create();
	auto_text json = { 0 };
	struct tree *items;

	if (!link_list(stage->db, letter, stage->arena, &list, &why))
		stage_stop(&why, "list");
	tree_set_text(out, "key", key);
	tree_set_int(out, "letter", letter);
	items = tree_set_list(out, "links");
	for (size_t i = 0; i < list.count; i++) {
		const struct link *link = &list.items[i];
		struct tree *one = tree_add_tree(items);

		tree_set_text(one, "kind", link_kind_name(link->kind));
		tree_set_int(one, "entry", link->entry_id);
		tree_set_int(one, "other", link->other_letter_id);
		tree_set_text(one, "state", link->state);
		tree_set_text(one, "reason", link->reason);
		tree_set_int(one, "confidence", link->confidence);
	}
	tree_print(out, &json);
	printf("%s\n", text_string(&json));
}

/* Microseconds of this process: others may use the machine, too. */
static int64_t cpu_time(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void play_letter(struct stage *stage, const struct tree *event)
{
	const char *key = tree_text(event, "key", "");
	struct fail why = { 0 };
	int64_t letter = stage_add_letter(stage, event);
	int64_t started = cpu_time();

	*letter_at(stage, key) = letter;
	if (!link_find(stage->db, letter, stage->arena, &why))
		stage_stop(&why, key);
	started = cpu_time() - started;
	stage->spent += started;
	stage->worst = started > stage->worst ? started : stage->worst;
	stage->found++;
	print_links(stage, key, letter);
}

/* --- what people do ----------------------------------------------------- */

static void print_entry(const char *key, int64_t entry)
{
	printf("{\"key\":\"%s\",\"entry\":%lld}\n", key, (long long)entry);
}

static void fill(struct entry_request *request, const struct tree *fields)
{
	request->fields.issuer = tree_text(fields, "issuer", "");
	request->fields.symbol = tree_text(fields, "symbol", "");
	request->fields.document_day = tree_text(fields, "document_day", NULL);
	request->fields.subject = tree_text(fields, "subject", "");
}

static void enter(struct stage *stage, const char *key,
		  struct entry_request *request, const struct tree *event)
{
	struct entry_answer answer;
	struct fail why = { 0 };
	char day[DAY_SIZE];

	request->actor = stage->clerk;
	request->now = tree_int(event, "at", 0);
	day_print(moment_day(request->now), day);
	request->day = arena_copy(stage->arena, day);
	request->duplicate_reason = "số liệu dựng để đo";
	if (!entry_register(stage->db, request, stage->arena, &answer, &why))
		stage_stop(&why, key);
	*entry_at(stage, key) = answer.entry.id;
	print_entry(key, answer.entry.id);
}

static void play_out(struct stage *stage, const struct tree *event)
{
	const char *key = tree_text(event, "key", "");
	const struct tree *mail = tree_member(event, "mail");
	const struct tree *file = tree_member(event, "file");
	struct attachment_choice choice = { .name = tree_text(file, "name",
							      NULL),
					    .role = ATTACHMENT_MAIN };
	struct entry_request request = { .direction = DIRECTION_OUT,
					 .fields = fields_empty(),
					 .files = &choice,
					 .file_count = 1 };
	struct link_sent sent = {
		.message_id = tree_text(mail, "id", ""),
		.recipients = tree_text(mail, "to", ""),
		.subject = tree_text(mail, "subject", ""),
		.sent_at = tree_int(event, "at", 0),
	};
	struct digest digest;
	struct fail why = { 0 };
	char hex[DIGEST_HEX_SIZE];
	int64_t file_id = stage_add_file(stage, tree_text(file, "id", ""),
					 &digest);

	stage_write_text(stage, file_id, tree_text(file, "text", ""));
	digest_print(&digest, hex);
	choice.sha256 = hex;
	request.fields.subject = tree_text(event, "subject", "");
	request.fields.type_id = OFFICIAL_LETTER;
	request.fields.unit_id =
		stage_find_unit(stage, tree_text(event, "unit", "VP"));
	enter(stage, key, &request, event);
	sent.entry_id = *entry_at(stage, key);
	if (!link_sent_add(stage->db, &sent, &why))
		stage_stop(&why, "sent");
}

static void play_paper(struct stage *stage, const struct tree *event)
{
	struct entry_request request = { .direction = DIRECTION_IN,
					 .fields = fields_empty() };

	fill(&request, tree_member(event, "fields"));
	enter(stage, tree_text(event, "key", ""), &request, event);
}

static size_t wishes(struct stage *stage, const struct tree *truth,
		     struct relation_wish *list)
{
	size_t count = 0;

	for (size_t i = 0; i < tree_count(truth) && count < FILES_MAX; i++) {
		const struct tree *pair = tree_at(truth, i);
		int64_t other = *entry_at(stage, tree_text_at(pair, 1));

		if (other)
			list[count++] = (struct relation_wish){
				.kind = relation_kind_find(
					tree_text_at(pair, 0)),
				.other_id = other
			};
	}
	return count;
}

/* A wrong link was made: a person takes it back first. */
static void correct(struct stage *stage, int64_t letter)
{
	struct link_list list;
	struct fail why = { 0 };

	if (!link_list(stage->db, letter, stage->arena, &list, &why))
		stage_stop(&why, "list");
	for (size_t i = 0; i < list.count; i++) {
		struct link_decision decision = {
			.letter_id = letter,
			.link_id = list.items[i].id,
			.decision = "unlink",
			.actor = stage->clerk,
		};

		if (strcmp(list.items[i].state, "linked") == 0 &&
		    link_joins(list.items[i].kind) &&
		    !link_decide(stage->db, &decision, &why))
			stage_stop(&why, "unlink");
	}
}

static void decide(struct stage *stage, const struct tree *event,
		   int64_t letter)
{
	const struct tree *fields = tree_member(event, "register");
	const char *join = tree_text(event, "join", NULL);
	struct relation_wish list[FILES_MAX];
	struct entry_request request = { .direction = DIRECTION_IN,
					 .fields = fields_empty(),
					 .letter_id = letter,
					 .relations = list };
	struct letter_decision decision = {
		.letter_id = letter,
		.decision = join ? "attach" : "not_document",
		.entry_id = join ? *entry_at(stage, join) : 0,
		.actor_id = stage->clerk.id,
		.actor_name = stage->clerk.name,
	};
	struct fail why = { 0 };

	if (fields) {
		fill(&request, fields);
		request.relation_count =
			wishes(stage, tree_member(event, "truth"), list);
		enter(stage, tree_text(event, "key", ""), &request, event);
		return;
	}
	if (join && !decision.entry_id)
		return; /* what it belongs to waits still */
	if (!attachment_decide(stage->db, &decision,
			       attachment_role_find(
				       tree_text(event, "role",
						 "correspondence")),
			       &stage->clerk, &why))
		stage_stop(&why, tree_text(event, "key", ""));
}

static void play_decision(struct stage *stage, const struct tree *event)
{
	int64_t letter = *letter_at(stage, tree_text(event, "key", ""));
	const char *join = tree_text(event, "join", NULL);
	bool is_done, is_right;
	auto_query *query = stage_ask(stage, select_state);
	struct fail why = { 0 };

	query_int(query, 1, letter);
	if (!query_one(query, &why))
		stage_stop(&why, "state");
	is_done = strcmp(query_get_text(query, 0, stage->arena), "todo") != 0;
	is_right = join && query_get_int(query, 1) == *entry_at(stage, join);
	query_done(&query);
	if (is_done && is_right)
		return;
	if (is_done)
		correct(stage, letter);
	decide(stage, event, letter);
}

static void play(struct stage *stage, const struct tree *event)
{
	const char *what = tree_text(event, "op", "");

	if (strcmp(what, "in") == 0)
		play_letter(stage, event);
	else if (strcmp(what, "decide") == 0)
		play_decision(stage, event);
	else if (strcmp(what, "out") == 0)
		play_out(stage, event);
	else
		play_paper(stage, event);
}

static void play_all(struct stage *stage, FILE *events)
{
	struct transaction *open = NULL;
	struct fail why = { 0 };
	char *line = NULL;
	size_t room = 0, count = 0;
	ssize_t size;

	while ((size = getline(&line, &room, events)) > 0) {
		auto_tree *event = tree_parse(
			(struct bytes){ (unsigned char *)line, (size_t)size },
			&why);

		if (!event || (!open && !(open = transaction_begin(stage->db,
								   &why))))
			stage_stop(&why, "events");
		play(stage, event);
		arena_reset(stage->arena);
		if (++count % BATCH != 0)
			continue;
		if (!transaction_commit(open, &why))
			stage_stop(&why, "commit");
		transaction_done(&open);
	}
	if (open && !transaction_commit(open, &why))
		stage_stop(&why, "commit");
	transaction_done(&open);
	free(line);
}

static void print_report(struct stage *stage)
{
	struct link_figures kinds[LINK_KIND_COUNT];
	struct fail why = { 0 };

	if (!link_report(stage->db, kinds, &why))
		stage_stop(&why, "report");
	for (unsigned i = 0; i < LINK_KIND_COUNT; i++)
		printf("{\"report\":\"%s\",\"linked\":%lld,\"unlinked\":%lld,"
		       "\"accepted\":%lld,\"rejected\":%lld,\"missed\":%lld}\n",
		       link_kind_name((enum link_kind)i),
		       (long long)kinds[i].linked, (long long)kinds[i].unlinked,
		       (long long)kinds[i].accepted,
		       (long long)kinds[i].rejected,
		       (long long)kinds[i].missed);
	printf("{\"letters\":%lld,\"mean_us\":%lld,\"worst_us\":%lld}\n",
	       (long long)stage->found,
	       (long long)(stage->spent / (stage->found ? stage->found : 1)),
	       (long long)stage->worst);
}

int main(int count, char **arguments)
{
	struct stage *stage = memory_alloc(sizeof(*stage));
	struct fail why = { 0 };
	auto_store *store = NULL;
	FILE *events;

	if (count != 3) {
		(void)fprintf(stderr, "usage: bench_linking DIR EVENTS\n");
		return 2;
	}
	secret_open();
	store = store_open(arguments[1], true, &why);
	events = fopen(arguments[2], "re");
	if (!store || !events)
		stage_stop(&why, arguments[store ? 2 : 1]);
	stage->db = store_writer(store);
	stage->arena = arena_create(0);
	stage->whole = arena_create(0);
	stage_make_agency(stage);
	play_all(stage, events);
	print_report(stage);
	(void)fclose(events);
	arena_destroy(&stage->arena);
	arena_destroy(&stage->whole);
	memory_free(stage);
	return 0;
}
