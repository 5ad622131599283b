/*
 * bench_linking DIR EVENTS: plays the events of scripts/measure/linking_year.py
 * to the register of DIR (made when absent) and prints, as JSON lines, what
 * each letter was linked to and what was proposed.
 */
#include "base/moment.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/agency.h"
#include "core/attachment.h"
#include "core/entry.h"
#include "core/file.h"
#include "core/letter.h"
#include "core/link.h"
#include "core/organisation.h"
#include "core/part.h"
#include "core/unit.h"
#include "core/user.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/symbol.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	KEYS_MAX = 20000, /* of a kind */
	BATCH = 200,
	OFFICIAL_LETTER = 18,
	FILES_MAX = 8
};

static const char insert_mailbox[] =
	"INSERT INTO mailbox (id, address, host, port, security, user, sealed,"
	"  keep, created_at) VALUES (1, ?1, 'h', 993, 'tls', 'x', '', 'all',"
	"  0)";
static const char insert_letter[] =
	"INSERT INTO letter (mailbox_id, file_id, received_at, taken_at,"
	"  group_id, leads) VALUES (1, ?1, ?2, ?2, ?1, 1)";
static const char set_reports[] =
	"UPDATE reading SET reports = ?2 WHERE file_id = ?1";
static const char insert_text[] =
	"INSERT INTO file_reading (file_id, reader_version, type, read_at,"
	"  text) VALUES (?1, '1', 'application/pdf', 0, ?2)"
	" ON CONFLICT DO NOTHING";
static const char insert_proposal[] =
	"INSERT INTO proposal (file_id, position, field, source, value, seen,"
	"  page, box_left, box_top, box_right, box_bottom, confidence, role,"
	"  day, issuer) VALUES (?1, (SELECT count(*) FROM proposal"
	"  WHERE file_id = ?1), ?2, ?3, ?4, ?4, 1, 0, 0, 0, 0, ?5, ?6, ?7, ?8)";
static const char clear_proposals[] =
	"DELETE FROM proposal WHERE file_id = ?1";
static const char insert_summary[] =
	"INSERT INTO letter_summary (file_id, main_file_id, symbol,"
	"  symbol_key, document_day, issuer, agency_id, subject, sure, made_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0)";
static const char select_state[] =
	"SELECT state, coalesce(entry_id, 0) FROM letter WHERE id = ?1";

struct stage {
	struct db *db;
	struct actor clerk;
	int64_t units[32];
	const char *unit_codes[32];
	size_t unit_count;
	int64_t entries[3][KEYS_MAX]; /* by key: i, o, p */
	int64_t letters[KEYS_MAX];
	struct arena *arena; /* of one event */
	struct arena *whole;
	int64_t worst, spent, found; /* microseconds; letters */
};

static void stop(const struct fail *why, const char *where)
{
	(void)fprintf(stderr, "bench_linking: %s: %s\n", where, why->sentence);
	exit(1);
}

static struct query *ask(struct stage *stage, const char *sql)
{
	struct fail why = { 0 };
	struct query *query = db_query(stage->db, sql, &why);

	if (!query)
		stop(&why, sql);
	return query;
}

static void run(struct query *query, const char *where)
{
	struct fail why = { 0 };

	if (!query_run(query, &why))
		stop(&why, where);
}

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

static int64_t add_file(struct stage *stage, const char *name,
			struct digest *ret_digest)
{
	struct fail why = { 0 };
	int64_t id;

	*ret_digest = digest_of(name, strlen(name));
	if (!file_add(stage->db, ret_digest, 50000, &id, &why))
		stop(&why, "file");
	return id;
}

static void make_agency(struct stage *stage)
{
	struct organisation wanted = {
		.name = "Sở Nông nghiệp và Môi trường tỉnh Lam Giang",
		.code = "SNN"
	};
	struct actor program = { .name = "bench" };
	struct fail why = { 0 };
	struct user user = { .login = "bench",
			     .name = "Bench",
			     .roles = 1u << ROLE_CLERK };
	auto_query *query = ask(stage, insert_mailbox);

	if (!organisation_create(stage->db, &wanted, &user.organisation_id,
				 &why) ||
	    !user_add_hashed(stage->db, &user, "x", &program, &user.id, &why))
		stop(&why, "agency");
	stage->clerk = user_actor(&user);
	query_text(query, 1, "vanthu@snnmt.lamgiang.example");
	run(query, "mailbox");
}

static int64_t find_unit(struct stage *stage, const char *code)
{
	struct unit unit = { .organisation_id = stage->clerk.organisation_id,
			     .name = code,
			     .code = code };
	struct fail why = { 0 };

	for (size_t i = 0; i < stage->unit_count; i++)
		if (strcmp(stage->unit_codes[i], code) == 0)
			return stage->units[i];
	if (!unit_add(stage->db, &unit, &unit.id, &why))
		stop(&why, "unit");
	stage->unit_codes[stage->unit_count] = arena_copy(stage->whole, code);
	stage->units[stage->unit_count++] = unit.id;
	return unit.id;
}

/* --- letters ------------------------------------------------------------ */

static void write_proposal(struct stage *stage, int64_t file_id,
			   const char *field, const char *source,
			   const struct tree *cited)
{
	auto_query *query = ask(stage, insert_proposal);

	query_int(query, 1, file_id);
	query_text(query, 2, field);
	query_text(query, 3, source);
	query_text(query, 4, tree_text(cited, "value", ""));
	query_int(query, 5, tree_int(cited, "confidence", 0));
	query_text(query, 6, tree_text(cited, "role", NULL));
	query_text(query, 7, tree_text(cited, "day", NULL));
	query_text(query, 8, tree_text(cited, "issuer", NULL));
	run(query, "proposal");
}

static void write_text(struct stage *stage, int64_t file_id, const char *text)
{
	auto_query *query = ask(stage, insert_text);

	query_int(query, 1, file_id);
	query_text(query, 2, text);
	run(query, "text");
}

static const char *read_value(const struct tree *read, const char *field)
{
	return tree_text_at(tree_member(read, field), 0);
}

static void write_field(struct stage *stage, int64_t file_id,
			const struct tree *read, const char *field,
			const char *source)
{
	auto_tree *proposal = tree_create();

	if (!read_value(read, field))
		return;
	tree_set_text(proposal, "value", read_value(read, field));
	tree_set_int(proposal, "confidence",
		     tree_int_at(tree_member(read, field), 1));
	write_proposal(stage, file_id, field, source, proposal);
}

static void write_summary(struct stage *stage, int64_t raw_id,
			  int64_t main_id, const struct tree *read)
{
	const char *symbol = read_value(read, "symbol");
	const char *issuer = read_value(read, "issuer");
	struct agency agency = { .id = 0 };
	struct fail why = { 0 };
	auto_query *query = ask(stage, insert_summary);

	if (issuer && !agency_find(stage->db, stage->clerk.organisation_id,
				   issuer, stage->arena, &agency, &why))
		stop(&why, "agency");
	query_int(query, 1, raw_id);
	query_int_or_null(query, 2, main_id);
	query_text(query, 3, symbol);
	query_text(query, 4, symbol ? symbol_key(symbol, stage->arena) : "");
	query_text(query, 5, read_value(read, "document_day"));
	query_text(query, 6, issuer);
	query_int_or_null(query, 7, agency.id);
	query_text(query, 8, read_value(read, "subject"));
	run(query, "summary");
}

static int64_t write_files(struct stage *stage, const struct tree *files,
			   struct part *parts, size_t *ret_count,
			   bool *ret_scan)
{
	int64_t main_id = 0;
	size_t count = files ? tree_count(files) : 0;

	for (size_t i = 0; i < count && i < FILES_MAX; i++) {
		const struct tree *file = tree_at(files, i);
		int64_t id = add_file(stage, tree_text(file, "id", ""),
				      &parts[i].digest);

		parts[i].path = arena_print(stage->arena, "%zu", i + 2);
		parts[i].type = "application/pdf";
		parts[i].name = tree_text(file, "name", NULL);
		parts[i].class = "file";
		parts[i].bytes = 50000;
		write_text(stage, id, tree_text(file, "text", ""));
		if (!main_id && tree_bool(file, "main", false)) {
			main_id = id;
			*ret_scan = tree_bool(file, "scan", false);
		}
	}
	*ret_count = count < FILES_MAX ? count : FILES_MAX;
	return main_id;
}

static const char *print_list(struct stage *stage, const struct tree *list)
{
	auto_text json = { 0 };

	if (!list)
		return "[]";
	tree_print(list, &json);
	return arena_copy(stage->arena, text_string(&json));
}

static const char *print_recipients(struct stage *stage, const char *to)
{
	auto_tree *list = tree_create_list();
	auto_text json = { 0 };

	for (size_t size; *to; to += size + (to[size] == ' ')) {
		size = strcspn(to, " ");
		tree_set_text(tree_add_tree(list), "address",
			      arena_copy_part(stage->arena, to, size));
	}
	tree_print(list, &json);
	return arena_copy(stage->arena, text_string(&json));
}

static int64_t write_reading(struct stage *stage, const char *name,
			     const struct tree *mail, const struct part *parts,
			     size_t count)
{
	struct reading reading = {
		.reader_version = "1",
		.subject = tree_text(mail, "subject", NULL),
		.sender_address = tree_text(mail, "from", NULL),
		.body = tree_text(mail, "body", NULL),
		.message_id = tree_text(mail, "id", NULL),
		.in_reply_to = tree_text(mail, "reply_to", NULL),
		.references_json = print_list(stage, tree_member(mail, "refs")),
		.recipients_json =
			print_recipients(stage, tree_text(mail, "to", "")),
	};
	struct part_request request = { .reading = &reading,
					.parts = parts,
					.part_count = count };
	struct fail why = { 0 };
	int64_t id = add_file(stage, name, &request.raw);

	if (!part_replace_all(stage->db, &request, &id, &why))
		stop(&why, "reading");
	return id;
}

static size_t write_inner(struct stage *stage, const struct tree *event,
			  struct part *parts, size_t count)
{
	const struct tree *inner = tree_member(event, "inner");
	struct part inside[FILES_MAX] = { 0 };
	struct part *part = &parts[count];
	size_t inside_count = 0;
	bool scan = false;
	const char *name;

	if (!inner || !tree_has(inner, "mail") || count >= FILES_MAX)
		return count;
	name = arena_print(stage->arena, "inner %s",
			   tree_text(event, "key", ""));
	(void)write_files(stage, tree_member(inner, "files"), inside,
			  &inside_count, &scan);
	(void)write_reading(stage, name, tree_member(inner, "mail"), inside,
			    inside_count);
	(void)add_file(stage, name, &part->digest);
	part->path = "9";
	part->type = "message/rfc822";
	part->class = "message";
	part->bytes = 50000;
	return count + 1;
}

static void set_letter_reports(struct stage *stage, int64_t raw_id,
			       const struct tree *reports)
{
	auto_query *query = ask(stage, set_reports);

	query_int(query, 1, raw_id);
	query_text(query, 2, print_list(stage, reports));
	run(query, "reports");
}

static void write_understanding(struct stage *stage, const struct tree *event,
				int64_t raw_id, int64_t main_id, bool scan)
{
	static const char *const fields[] = { "symbol", "document_day",
					      "issuer", "subject" };
	const struct tree *read = tree_member(event, "read");
	const struct tree *cited = tree_member(event, "cited");
	const char *source = scan ? "ocr" : "text";
	auto_query *query = ask(stage, clear_proposals);

	query_int(query, 1, main_id);
	run(query, "proposals");
	if (!main_id || !read || !tree_has(read, "symbol"))
		return;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		write_field(stage, main_id, read, fields[i], source);
	for (size_t i = 0; i < tree_count(cited); i++)
		write_proposal(stage, main_id, "cited", source,
			       tree_at(cited, i));
	write_summary(stage, raw_id, main_id, read);
}

static int64_t insert(struct stage *stage, const struct tree *event,
		      int64_t raw_id)
{
	auto_query *query = ask(stage, insert_letter);

	query_int(query, 1, raw_id);
	query_int(query, 2, tree_int(event, "at", 0));
	run(query, "letter");
	return db_last_id(stage->db);
}

static void print_links(struct stage *stage, const char *key, int64_t letter)
{
	struct link_list list;
	struct fail why = { 0 };
	auto_tree *out = tree_create();
	auto_text json = { 0 };
	struct tree *items;

	if (!link_list(stage->db, letter, stage->arena, &list, &why))
		stop(&why, "list");
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
	struct part parts[FILES_MAX + 1] = { 0 };
	struct fail why = { 0 };
	size_t count = 0;
	bool scan = false;
	int64_t main_id = write_files(stage, tree_member(event, "files"),
				      parts, &count, &scan);
	int64_t raw_id, letter, started;

	count = write_inner(stage, event, parts, count);
	raw_id = write_reading(stage, key, tree_member(event, "mail"), parts,
			       count);
	set_letter_reports(stage, raw_id, tree_member(event, "reports"));
	write_understanding(stage, event, raw_id, main_id, scan);
	letter = insert(stage, event, raw_id);
	*letter_at(stage, key) = letter;
	started = cpu_time();
	if (!link_find(stage->db, letter, stage->arena, &why))
		stop(&why, key);
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
		stop(&why, key);
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

	write_text(stage, add_file(stage, tree_text(file, "id", ""), &digest),
		   tree_text(file, "text", ""));
	digest_print(&digest, hex);
	choice.sha256 = hex;
	request.fields.subject = tree_text(event, "subject", "");
	request.fields.type_id = OFFICIAL_LETTER;
	request.fields.unit_id =
		find_unit(stage, tree_text(event, "unit", "VP"));
	enter(stage, key, &request, event);
	sent.entry_id = *entry_at(stage, key);
	if (!link_sent_add(stage->db, &sent, &why))
		stop(&why, "sent");
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
		stop(&why, "list");
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
			stop(&why, "unlink");
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
		stop(&why, tree_text(event, "key", ""));
}

static void play_decision(struct stage *stage, const struct tree *event)
{
	int64_t letter = *letter_at(stage, tree_text(event, "key", ""));
	const char *join = tree_text(event, "join", NULL);
	bool is_done, is_right;
	auto_query *query = ask(stage, select_state);
	struct fail why = { 0 };

	query_int(query, 1, letter);
	if (!query_one(query, &why))
		stop(&why, "state");
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
			stop(&why, "events");
		play(stage, event);
		arena_reset(stage->arena);
		if (++count % BATCH != 0)
			continue;
		if (!transaction_commit(open, &why))
			stop(&why, "commit");
		transaction_done(&open);
	}
	if (open && !transaction_commit(open, &why))
		stop(&why, "commit");
	transaction_done(&open);
	free(line);
}

static void print_report(struct stage *stage)
{
	struct link_figures kinds[LINK_KIND_COUNT];
	struct fail why = { 0 };

	if (!link_report(stage->db, kinds, &why))
		stop(&why, "report");
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
		stop(&why, arguments[store ? 2 : 1]);
	stage->db = store_writer(store);
	stage->arena = arena_create(0);
	stage->whole = arena_create(0);
	make_agency(stage);
	play_all(stage, events);
	print_report(stage);
	(void)fclose(events);
	arena_destroy(&stage->arena);
	arena_destroy(&stage->whole);
	memory_free(stage);
	return 0;
}
