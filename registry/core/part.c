#include "core/part.h"
#include "base/moment.h"
#include "base/text.h"
#include "core/file.h"
#include "core/job.h"
#include "core/letter_row.h"
#include "core/letter_summary.h"
#include "store/query.h"
#include <string.h>

static const char upsert_reading[] =
	"INSERT INTO reading (file_id, reader_version, subject, sender_name,"
	"  sender_address, recipients, message_id, in_reply_to, reference_ids,"
	"  sent_at, body, flags, sameness, read_at, reports, authentication)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
	"  ?15, ?16)"
	" ON CONFLICT (file_id) DO UPDATE SET"
	"  reader_version = excluded.reader_version,"
	"  subject = excluded.subject, sender_name = excluded.sender_name,"
	"  sender_address = excluded.sender_address,"
	"  recipients = excluded.recipients, message_id = excluded.message_id,"
	"  in_reply_to = excluded.in_reply_to,"
	"  reference_ids = excluded.reference_ids,"
	"  sent_at = excluded.sent_at, body = excluded.body,"
	"  flags = excluded.flags, sameness = excluded.sameness,"
	"  read_at = excluded.read_at, reports = excluded.reports,"
	"  authentication = excluded.authentication";
static const char select_reading[] =
	"SELECT reader_version, subject, sender_name, sender_address,"
	"  recipients, message_id, in_reply_to, reference_ids, sent_at, body,"
	"  flags FROM reading WHERE file_id = ?1";
static const char delete_parts[] =
	"DELETE FROM part WHERE of_file_id = ?1";
static const char insert_part[] =
	"INSERT INTO part (of_file_id, position, path, type, name, class,"
	"  disposition, content_id, charset, bytes, file_id, found_name, shown,"
	"  role, flag) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
	"  ?12, ?13, ?14, ?15)";
static const char count_parts[] =
	"SELECT count(*) FROM part WHERE of_file_id = ?1";
static const char select_parts[] =
	"SELECT part.id, path, type, name, class, disposition, content_id,"
	"  charset, part.bytes, file.sha256, file_id, found_name, shown, role,"
	"  flag"
	"  FROM part JOIN file ON file.id = part.file_id"
	" WHERE of_file_id = ?1 ORDER BY position";
static const char select_depth[] =
	"SELECT coalesce(min(depth), 0) FROM job"
	" WHERE kind = 'read_letter' AND file_id = ?1";

enum {
	LOGO_MAX = 16 * 1024 /* bytes of a picture in the text */
};

static void add(struct text *text, const char *value)
{
	text_addf(text, "%zu:", value ? strlen(value) : 0);
	if (value)
		text_add(text, value);
}

/* Equal for two raw letters that differ only in how they travelled. Without a
 * Message-ID a letter is the same as itself only. */
static void print_sameness(const struct part_request *request,
			   char ret_hex[DIGEST_HEX_SIZE])
{
	const struct reading *reading = request->reading;
	char hex[DIGEST_HEX_SIZE];
	auto_text text = { 0 };
	struct digest digest;

	if (!reading->message_id || !*reading->message_id) {
		digest_print(&request->raw, ret_hex);
		return;
	}
	add(&text, reading->message_id);
	add(&text, reading->sender_address);
	add(&text, reading->subject);
	add(&text, reading->body);
	add(&text, reading->flags_json);
	text_addf(&text, "%lld;", (long long)reading->sent_at);
	for (size_t i = 0; i < request->part_count; i++) {
		digest_print(&request->parts[i].digest, hex);
		text_add(&text, hex);
		add(&text, request->parts[i].class);
		add(&text, request->parts[i].name);
	}
	digest = digest_of(text.string, text.size);
	digest_print(&digest, ret_hex);
}

static const char *or_none(const char *list)
{
	return list ? list : "[]";
}

static bool write_reading(struct db *db, int64_t file_id,
			  const struct part_request *request, struct fail *why)
{
	const struct reading *reading = request->reading;
	char sameness[DIGEST_HEX_SIZE];
	auto_query *query = db_query(db, upsert_reading, why);

	if (!query)
		return false;
	print_sameness(request, sameness);
	query_int(query, 1, file_id);
	query_text(query, 2, reading->reader_version);
	query_text(query, 3, reading->subject);
	query_text(query, 4, reading->sender_name);
	query_text(query, 5, reading->sender_address);
	query_text(query, 6, or_none(reading->recipients_json));
	query_text(query, 7, reading->message_id);
	query_text(query, 8, reading->in_reply_to);
	query_text(query, 9, or_none(reading->references_json));
	query_int_or_null(query, 10, reading->sent_at);
	query_text(query, 11, reading->body);
	query_text(query, 12, or_none(reading->flags_json));
	query_text(query, 13, sameness);
	query_int(query, 14, moment_now());
	query_text(query, 15, or_none(reading->reports_json));
	query_text(query, 16, or_none(reading->authentication_json));
	return query_run(query, why);
}

static bool write_part(struct db *db, int64_t of_file_id, int64_t position,
		       const struct part *part, struct fail *why)
{
	int64_t file_id;
	auto_query *query = db_query(db, insert_part, why);

	if (!query || !file_add(db, &part->digest, part->bytes, &file_id, why))
		return false;
	query_int(query, 1, of_file_id);
	query_int(query, 2, position);
	query_text(query, 3, part->path);
	query_text(query, 4, part->type);
	query_text(query, 5, part->name);
	query_text(query, 6, part->class);
	query_text(query, 7, part->disposition);
	query_text(query, 8, part->content_id);
	query_text(query, 9, part->charset);
	query_int(query, 10, part->bytes);
	query_int(query, 11, file_id);
	query_text(query, 12, part->found_name);
	query_int(query, 13, part->shown);
	query_text(query, 14, part->role);
	query_text(query, 15, part->flag);
	return query_run(query, why);
}

/* A logo in the text, or words that are in the letter's body already. */
static bool needs_reading(const struct part *part)
{
	bool is_image = strncmp(part->type, "image/", 6) == 0;

	if (part->bytes == 0)
		return false;
	if (strcmp(part->class, "signature") == 0) /* an envelope: p7m */
		return strstr(part->type, "pkcs7-mime") != NULL;
	if (strcmp(part->class, "inline") == 0)
		return !is_image || part->bytes >= LOGO_MAX;
	return strcmp(part->class, "file") == 0;
}

bool part_add_job(struct db *db, const struct part *part, int64_t depth,
		  struct fail *why)
{
	bool is_letter = strcmp(part->class, "message") == 0;
	int64_t file_id;

	if (depth > JOB_DEPTH_MAX || !(is_letter || needs_reading(part)))
		return true;
	return file_add(db, &part->digest, part->bytes, &file_id, why) &&
	       job_add(db, is_letter ? JOB_READ_LETTER : JOB_READ_FILE,
		       file_id, depth, why);
}

/* What is inside a letter is read in its turn. */
static bool add_jobs(struct db *db, int64_t file_id,
		     const struct part_request *request, struct fail *why)
{
	int64_t depth;

	if (!db_load_int(db, select_depth, file_id, &depth, why))
		return false;
	for (size_t i = 0; i < request->part_count; i++)
		if (!part_add_job(db, &request->parts[i], depth + 1, why))
			return false;
	return true;
}

static bool clear_parts(struct db *db, int64_t file_id, struct fail *why)
{
	return db_run_one(db, delete_parts, file_id, why);
}

bool part_replace(struct db *db, int64_t of_file_id, const struct part *parts,
		  size_t count, struct fail *why)
{
	if (!clear_parts(db, of_file_id, why))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!write_part(db, of_file_id, (int64_t)i, &parts[i], why))
			return false;
	return true;
}

bool part_replace_all(struct db *db, const struct part_request *request,
		      int64_t *ret_file_id, struct fail *why)
{
	struct file file = { 0 };

	if (!file_load(db, &request->raw, &file, why) ||
	    !part_replace(db, file.id, request->parts, request->part_count,
			  why))
		return false;
	*ret_file_id = file.id;
	/* what must be kept from people never gets into the index */
	return write_reading(db, file.id, request, why) &&
	       add_jobs(db, file.id, request, why) &&
	       letter_summary_refresh_holders(db, file.id, why) &&
	       letter_regroup(db, file.id, why);
}

static bool count_of(struct db *db, int64_t of_file_id, size_t *ret_count,
		     struct fail *why)
{
	auto_query *query = db_query(db, count_parts, why);

	if (!query)
		return false;
	query_int(query, 1, of_file_id);
	if (!query_one(query, why))
		return false;
	*ret_count = (size_t)query_get_int(query, 0);
	return true;
}

static struct part read_part(struct query *query, struct arena *arena)
{
	struct part part = {
		.id = query_get_int(query, 0),
		.path = query_get_text(query, 1, arena),
		.type = query_get_text(query, 2, arena),
		.name = query_get_text(query, 3, arena),
		.class = query_get_text(query, 4, arena),
		.disposition = query_get_text(query, 5, arena),
		.content_id = query_get_text(query, 6, arena),
		.charset = query_get_text(query, 7, arena),
		.bytes = query_get_int(query, 8),
		.file_id = query_get_int(query, 10),
		.found_name = query_get_text(query, 11, arena),
		.shown = query_get_int(query, 12) != 0,
		.role = query_get_text(query, 13, arena),
		.flag = query_get_text(query, 14, arena),
	};

	(void)query_get_digest(query, 9, &part.digest);
	return part;
}

bool part_load_list(struct db *db, int64_t of_file_id, struct arena *arena,
		    struct part_list *ret_list, struct fail *why)
{
	struct part_list list = { 0 };
	size_t room = 0;
	auto_query *query = db_query(db, select_parts, why);

	if (!query || !count_of(db, of_file_id, &room, why))
		return false;
	list.items = arena_array(arena, room, sizeof(*list.items));
	query_int(query, 1, of_file_id);
	while (list.count < room && query_row(query, why))
		list.items[list.count++] = read_part(query, arena);
	if (list.count < room && why->kind != FAIL_NONE)
		return false;
	*ret_list = list;
	return true;
}

bool reading_load(struct db *db, int64_t file_id, struct arena *arena,
		  struct reading *ret_reading, struct fail *why)
{
	auto_query *query = db_query(db, select_reading, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	if (!query_one(query, why))
		return false;
	*ret_reading = (struct reading){
		.reader_version = query_get_text(query, 0, arena),
		.subject = query_get_text(query, 1, arena),
		.sender_name = query_get_text(query, 2, arena),
		.sender_address = query_get_text(query, 3, arena),
		.recipients_json = query_get_text(query, 4, arena),
		.message_id = query_get_text(query, 5, arena),
		.in_reply_to = query_get_text(query, 6, arena),
		.references_json = query_get_text(query, 7, arena),
		.sent_at = query_get_int(query, 8),
		.body = query_get_text(query, 9, arena),
		.flags_json = query_get_text(query, 10, arena),
	};
	return true;
}
