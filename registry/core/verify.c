#include "core/verify.h"
#include "base/text.h"
#include "core/audit_check.h"
#include "core/entry_list.h"
#include "core/flow.h"
#include "core/uidset.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "store/vault.h"
#include <stdarg.h>
#include <string.h>

static const char select_files[] =
	"SELECT id, sha256, bytes FROM file ORDER BY sha256";
static const char select_file[] =
	"SELECT 1 FROM file WHERE sha256 = ?1";
static const char select_folders[] =
	"SELECT folder.id, mailbox.address, folder.name, uidvalidity, done"
	"  FROM folder JOIN mailbox ON mailbox.id = folder.mailbox_id"
	" ORDER BY folder.id";
static const char select_uids[] =
	"SELECT uid FROM ledger WHERE folder_id = ?1 AND uidvalidity = ?2";
static const char select_lost_letters[] =
	"SELECT id FROM letter WHERE id NOT IN"
	"  (SELECT letter_id FROM ledger WHERE letter_id IS NOT NULL)"
	"   AND id NOT IN (SELECT letter_id FROM conflict)";
static const char select_leaderless[] =
	"SELECT group_id FROM letter GROUP BY group_id HAVING sum(leads) <> 1";
static const char select_without_job[] =
	"SELECT id FROM letter WHERE NOT EXISTS (SELECT 1 FROM job"
	"  WHERE kind = 'read_letter' AND job.file_id = letter.file_id)";
static const char count_letters[] =
	"SELECT count(*) FROM letter";
static const char select_unaudited[] =
	"SELECT id FROM letter WHERE NOT EXISTS (SELECT 1 FROM audit"
	"  WHERE object_type = 'letter' AND object_id = letter.id"
	"    AND action IN ('letter.take', 'letter.conflict'))";

void verify_checked(struct verify_report *report, int64_t count)
{
	report->checked += count;
}

void verify_wrong(struct verify_report *report, const char *format, ...)
{
	auto_arena *arena = arena_create(0);
	va_list list;

	va_start(list, format);
	report->say(report->context, arena_print_list(arena, format, list));
	va_end(list);
	report->wrong++;
}

static void say_broken(void *context, int64_t seq, const char *what)
{
	verify_wrong(context, "audit: row %lld %s", (long long)seq, what);
}

static bool verify_chain(struct db *db, struct verify_report *report,
			 struct fail *why)
{
	struct audit_check check = { .wrong = say_broken, .context = report };
	bool more;

	if (!audit_check_on(db, &check, INT64_MAX, &more, why))
		return false;
	verify_checked(report, check.rows);
	return true;
}

static bool verify_file(struct vault *vault, const struct digest *digest,
			int64_t bytes, struct verify_report *report)
{
	char hex[DIGEST_HEX_SIZE];
	struct fail why;
	int64_t size = 0;

	verify_checked(report, 1);
	digest_print(digest, hex);
	if (!vault_check(vault, digest, &size, &why)) {
		if (why.kind == FAIL_NOT_FOUND)
			verify_wrong(report, "file: %s is missing", hex);
		else
			verify_wrong(report, "file: %s: %s", hex,
				     why.sentence);
	} else if (size != bytes) {
		verify_wrong(report, "file: %s has %lld bytes, not %lld", hex,
			     (long long)size, (long long)bytes);
	}
	return true;
}

static bool verify_files(struct db *db, struct vault *vault,
			 struct verify_report *report, struct fail *why)
{
	auto_query *query = db_query(db, select_files, why);
	struct digest digest;

	if (!query)
		return false;
	while (query_row(query, why)) {
		if (!query_get_digest(query, 1, &digest))
			verify_wrong(report, "file: row %lld has no digest",
				     (long long)query_get_int(query, 0));
		else
			verify_file(vault, &digest, query_get_int(query, 2),
				    report);
	}
	return why->kind == FAIL_NONE;
}

struct orphans {
	struct db *db;
	struct verify_report *report;
};

/* A file that no row names is what a crash may leave: listed, not wrong. */
static bool look_for_orphan(void *context, const struct digest *digest,
			    const char *path, struct fail *why)
{
	struct orphans *orphans = context;
	auto_text line = { 0 };
	auto_query *query = NULL;

	if (digest) {
		query = db_query(orphans->db, select_file, why);
		if (!query)
			return false;
		query_digest(query, 1, digest);
		if (query_row(query, why))
			return true;
		if (why->kind != FAIL_NONE)
			return false;
	}
	text_addf(&line, "orphan: vault/%s", path);
	orphans->report->say(orphans->report->context, text_string(&line));
	return true;
}

static bool collect(struct db *db, int64_t folder_id, int64_t uidvalidity,
		    struct uidset *set, struct fail *why)
{
	auto_query *query = db_query(db, select_uids, why);

	if (!query)
		return false;
	query_int(query, 1, folder_id);
	query_int(query, 2, uidvalidity);
	while (query_row(query, why)) {
		int64_t uid = query_get_int(query, 0);

		if (!uidset_add(set, uid, uid, why))
			return false;
	}
	return why->kind == FAIL_NONE;
}

/* The position is the ledger said shortly; both must tell the same. */
static bool verify_folder(struct db *db, struct query *folder,
			  struct verify_report *report, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_uidset lines = { 0 };
	const char *position = query_get_text(folder, 4, arena);

	if (!collect(db, query_get_int(folder, 0), query_get_int(folder, 3),
		     &lines, why))
		return false;
	verify_checked(report, 1 + uidset_count(&lines));
	if (strcmp(uidset_print(&lines, arena), position) != 0)
		verify_wrong(report,
			     "mailbox %s, folder %s: the position is '%.200s' "
			     "and the ledger has '%.200s'",
			     query_get_text(folder, 1, arena),
			     query_get_text(folder, 2, arena), position,
			     uidset_print(&lines, arena));
	return true;
}

static bool verify_folders(struct db *db, struct verify_report *report,
			   struct fail *why)
{
	auto_query *query = db_query(db, select_folders, why);

	if (!query)
		return false;
	while (query_row(query, why))
		if (!verify_folder(db, query, report, why))
			return false;
	return why->kind == FAIL_NONE;
}

static bool find_faults(struct db *db, const char *sql,
			struct verify_report *report, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	while (query_row(query, why))
		verify_wrong(report, "%s: %s", query_get_text(query, 1, arena),
			     query_get_text(query, 0, arena));
	return why->kind == FAIL_NONE;
}

bool verify_walk(struct db *db, const struct verify_walk *walk,
		 struct verify_report *report, struct fail *why)
{
	auto_query *query = db_query(db, walk->count_all, why);

	for (size_t i = 0; i < walk->count; i++)
		if (!find_faults(db, walk->faults[i], report, why))
			return false;
	if (!query || !query_one(query, why))
		return false;
	verify_checked(report, query_get_int(query, 0));
	return true;
}

/* Each row that `sql` gives is a fault: `format` takes its first column. */
static bool verify_none(struct db *db, const char *sql, const char *sentence,
			struct verify_report *report, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	while (query_row(query, why))
		verify_wrong(report, "letter %lld %s",
			     (long long)query_get_int(query, 0), sentence);
	return why->kind == FAIL_NONE;
}

static bool verify_letters(struct db *db, struct verify_report *report,
			   struct fail *why)
{
	auto_query *query = db_query(db, count_letters, why);

	if (!query || !query_one(query, why))
		return false;
	verify_checked(report, query_get_int(query, 0));
	return verify_none(db, select_lost_letters, "has no line in the ledger",
			   report, why) &&
	       verify_none(db, select_leaderless,
			   "(group) is not shown exactly once", report, why) &&
	       verify_none(db, select_without_job,
			   "was never given to the "
			   "reader",
			   report, why) &&
	       verify_none(db, select_unaudited, "has no audit row", report,
			   why);
}

static bool verify_database(struct db *db, struct verify_report *report)
{
	struct fail why;

	verify_checked(report, 1);
	if (!store_check_database(db, &why))
		verify_wrong(report, "database: %s", why.sentence);
	return true;
}

bool verify_all(struct db *db, struct vault *vault,
		struct verify_report *report, struct fail *why)
{
	struct orphans orphans = { db, report };
	auto_transaction *snapshot = transaction_begin(db, why);

	return snapshot && verify_database(db, report) &&
	       verify_chain(db, report, why) &&
	       verify_folders(db, report, why) &&
	       verify_letters(db, report, why) &&
	       entry_verify(db, report, why) &&
	       flow_verify(db, report, why) &&
	       verify_files(db, vault, report, why) &&
	       vault_list(vault, look_for_orphan, &orphans, why);
}
