#include "linking_stage.h"
#include "base/text.h"
#include "core/agency.h"
#include "core/file.h"
#include "core/organisation.h"
#include "core/part.h"
#include "core/unit.h"
#include "core/user.h"
#include "viet/symbol.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
_Noreturn void stage_stop(const struct fail *why, const char *where)
{
	(void)fprintf(stderr, "bench_linking: %s: %s\n", where, why->sentence);
	exit(1);
}

struct query *stage_ask(struct stage *stage, const char *sql)
{
	struct fail why = { 0 };
	struct query *query = db_query(stage->db, sql, &why);

	if (!query)
		stage_stop(&why, sql);
	return query;
}

static void run(struct query *query, const char *where)
{
	struct fail why = { 0 };

	if (!query_run(query, &why))
		stage_stop(&why, where);
}

int64_t stage_add_file(struct stage *stage, const char *name,
		       struct digest *ret_digest)
{
	struct fail why = { 0 };
	int64_t id;

	*ret_digest = digest_of(name, strlen(name));
	if (!file_add(stage->db, ret_digest, 50000, &id, &why))
		stage_stop(&why, "file");
	return id;
}

void stage_make_agency(struct stage *stage)
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
	auto_query *query = stage_ask(stage, insert_mailbox);

	if (!organisation_create(stage->db, &wanted, &user.organisation_id,
				 &why) ||
	    !user_add_hashed(stage->db, &user, "x", &program, &user.id, &why))
		stage_stop(&why, "agency");
	stage->clerk = user_actor(&user);
	query_text(query, 1, "vanthu@snnmt.lamgiang.example");
	run(query, "mailbox");
}

int64_t stage_find_unit(struct stage *stage, const char *code)
{
	struct unit unit = { .organisation_id = stage->clerk.organisation_id,
			     .name = code,
			     .code = code };
	struct fail why = { 0 };

	for (size_t i = 0; i < stage->unit_count; i++)
		if (strcmp(stage->unit_codes[i], code) == 0)
			return stage->units[i];
	if (!unit_add(stage->db, &unit, &unit.id, &why))
		stage_stop(&why, "unit");
	stage->unit_codes[stage->unit_count] = arena_copy(stage->whole, code);
	stage->units[stage->unit_count++] = unit.id;
	return unit.id;
}

static void write_proposal(struct stage *stage, int64_t file_id,
			   const char *field, const char *source,
			   const struct tree *cited)
{
	auto_query *query = stage_ask(stage, insert_proposal);

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

void stage_write_text(struct stage *stage, int64_t file_id, const char *text)
{
	auto_query *query = stage_ask(stage, insert_text);

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
	auto_query *query = stage_ask(stage, insert_summary);

	if (issuer && !agency_find(stage->db, stage->clerk.organisation_id,
				   issuer, stage->arena, &agency, &why))
		stage_stop(&why, "agency");
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
		int64_t id = stage_add_file(stage, tree_text(file, "id", ""),
					    &parts[i].digest);

		parts[i].path = arena_print(stage->arena, "%zu", i + 2);
		parts[i].type = "application/pdf";
		parts[i].name = tree_text(file, "name", NULL);
		parts[i].class = "file";
		parts[i].bytes = 50000;
		stage_write_text(stage, id, tree_text(file, "text", ""));
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
	int64_t id = stage_add_file(stage, name, &request.raw);

	if (!part_replace_all(stage->db, &request, &id, &why))
		stage_stop(&why, "reading");
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
	(void)stage_add_file(stage, name, &part->digest);
	part->path = "9";
	part->type = "message/rfc822";
	part->class = "message";
	part->bytes = 50000;
	return count + 1;
}

static void set_letter_reports(struct stage *stage, int64_t raw_id,
			       const struct tree *reports)
{
	auto_query *query = stage_ask(stage, set_reports);

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
	auto_query *query = stage_ask(stage, clear_proposals);

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
	auto_query *query = stage_ask(stage, insert_letter);

	query_int(query, 1, raw_id);
	query_int(query, 2, tree_int(event, "at", 0));
	run(query, "letter");
	return db_last_id(stage->db);
}

int64_t stage_add_letter(struct stage *stage, const struct tree *event)
{
	const char *key = tree_text(event, "key", "");
	struct part parts[FILES_MAX + 1] = { 0 };
	size_t count = 0;
	bool scan = false;
	int64_t main_id = write_files(stage, tree_member(event, "files"),
				      parts, &count, &scan);
	int64_t raw_id;

	count = write_inner(stage, event, parts, count);
	raw_id = write_reading(stage, key, tree_member(event, "mail"), parts,
			       count);
	set_letter_reports(stage, raw_id, tree_member(event, "reports"));
	write_understanding(stage, event, raw_id, main_id, scan);
	return insert(stage, event, raw_id);
}
