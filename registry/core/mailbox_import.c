#include "base/moment.h"
#include "base/secret.h"
#include "core/audit.h"
#include "core/csv.h"
#include "core/mailbox.h"
#include "store/query.h"
#include "store/transaction.h"
#include <stdlib.h>
#include <string.h>

/*
 * The whole file is checked before the first row is written, and all rows are
 * written in one transaction: either everything was imported or nothing.
 */
static const char upsert_mailbox[] =
	"INSERT INTO mailbox (address, host, port, security, user, sealed,"
	" unit, keep, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
	" ON CONFLICT (address) DO UPDATE SET host = excluded.host,"
	"  port = excluded.port, security = excluded.security,"
	"  user = excluded.user, sealed = excluded.sealed,"
	"  unit = excluded.unit, keep = excluded.keep, refusals = 0,"
	"  state = CASE WHEN state = 'blocked' THEN 'error' ELSE state END"
	" RETURNING id";
static const char retire_folders[] =
	"UPDATE folder SET active = 0 WHERE mailbox_id = ?1";
static const char upsert_folder[] =
	"INSERT INTO folder (mailbox_id, name) VALUES (?1, ?2)"
	" ON CONFLICT (mailbox_id, name) DO UPDATE SET active = 1";

enum column {
	ADDRESS,
	HOST,
	PORT,
	SECURITY,
	USER,
	PASSWORD,
	UNIT,
	FOLDERS,
	KEEP,
	COLUMN_COUNT
};

struct rule {
	const char *name;
	bool needed;
	size_t max;
	const char *fallback;
	const char *const *allowed; /* NULL: anything */
};

static const char *const securities[] = { "tls", "starttls", "plain", NULL };
static const char *const keeps[] = { "all", "documents", NULL };

static const struct rule rules[COLUMN_COUNT] = {
	[ADDRESS] = { "address", true, 254, NULL, NULL },
	[HOST] = { "host", true, 253, NULL, NULL },
	[PORT] = { "port", true, 5, NULL, NULL },
	[SECURITY] = { "security", true, 8, NULL, securities },
	[USER] = { "user", true, 254, NULL, NULL },
	[PASSWORD] = { "password", true, 1000, NULL, NULL },
	[UNIT] = { "unit", false, 50, "", NULL },
	[FOLDERS] = { "folders", false, 2000, "INBOX", NULL },
	[KEEP] = { "keep", false, 9, "all", keeps },
};

struct line { /* one mailbox of the file */
	size_t number;
	int64_t port;
	const char *value[COLUMN_COUNT];
};

static bool find_columns(const struct csv_row *header,
			 size_t ret_place[COLUMN_COUNT], struct fail *why)
{
	for (size_t column = 0; column < COLUMN_COUNT; column++)
		ret_place[column] = CSV_FIELDS_MAX;
	for (size_t i = 0; i < header->count; i++) {
		size_t column = 0;

		while (column < COLUMN_COUNT &&
		       strcmp(header->fields[i], rules[column].name) != 0)
			column++;
		if (column == COLUMN_COUNT)
			return fail(why, FAIL_INVALID,
				    "line %zu: unknown column '%.100s'",
				    header->line, header->fields[i]);
		ret_place[column] = i;
	}
	for (size_t column = 0; column < COLUMN_COUNT; column++)
		if (rules[column].needed && ret_place[column] == CSV_FIELDS_MAX)
			return fail(why, FAIL_INVALID,
				    "line %zu: the column '%s' is missing",
				    header->line, rules[column].name);
	return true;
}

static bool has_control(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < ' ' || *value == 0x7f)
			return true;
	return false;
}

static bool is_allowed(const char *value, const char *const *allowed)
{
	if (!allowed)
		return true;
	while (*allowed && strcmp(*allowed, value) != 0)
		allowed++;
	return *allowed != NULL;
}

/* Never shows a value of the password. */
static bool check_value(const struct line *line, enum column column,
			struct fail *why)
{
	const struct rule *rule = &rules[column];
	const char *value = line->value[column];

	if (rule->needed && !*value)
		return fail(why, FAIL_INVALID, "line %zu: '%s' is empty",
			    line->number, rule->name);
	if (strlen(value) > rule->max)
		return fail(why, FAIL_INVALID,
			    "line %zu: '%s' is longer than %zu bytes",
			    line->number, rule->name, rule->max);
	if (has_control(value))
		return fail(why, FAIL_INVALID,
			    "line %zu: '%s' has a control character",
			    line->number, rule->name);
	if (!is_allowed(value, rule->allowed))
		return fail(why, FAIL_INVALID,
			    "line %zu: '%s' may not be '%s'", line->number,
			    rule->name, value);
	return true;
}

static bool check_line(struct line *line, struct fail *why)
{
	const char *address = line->value[ADDRESS];
	const char *at = strchr(address, '@');
	char *end;

	for (size_t column = 0; column < COLUMN_COUNT; column++)
		if (!check_value(line, (enum column)column, why))
			return false;
	if (!at || at == address || !at[1] || strchr(at + 1, '@') ||
	    strchr(address, ' '))
		return fail(why, FAIL_INVALID,
			    "line %zu: '%s' is not a mail address",
			    line->number, address);
	line->port = strtol(line->value[PORT], &end, 10);
	if (*end || line->port < 1 || line->port > 65535)
		return fail(why, FAIL_INVALID,
			    "line %zu: port '%s' is not between 1 and 65535",
			    line->number, line->value[PORT]);
	return true;
}

static bool take_line(const struct csv_row *row,
		      const size_t place[COLUMN_COUNT], size_t width,
		      struct line *ret_line, struct fail *why)
{
	struct line line = { .number = row->line };

	if (row->count != width)
		return fail(why, FAIL_INVALID,
			    "line %zu: %zu fields where the header has %zu",
			    row->line, row->count, width);
	for (size_t column = 0; column < COLUMN_COUNT; column++) {
		const char *value = "";

		if (place[column] < row->count)
			value = row->fields[place[column]];
		if (!*value && rules[column].fallback)
			value = rules[column].fallback;
		line.value[column] = value;
	}
	if (!check_line(&line, why))
		return false;
	*ret_line = line;
	return true;
}

static int compare_addresses(const void *a, const void *b)
{
	const struct line *const *first = a;
	const struct line *const *second = b;
	int order = strcasecmp((*first)->value[ADDRESS],
			       (*second)->value[ADDRESS]);

	if (order)
		return order;
	return (*first)->number < (*second)->number ? -1 : 1;
}

static bool check_doubles(const struct line *lines, size_t count,
			  struct arena *arena, struct fail *why)
{
	const struct line **sorted =
		arena_array(arena, count, sizeof(*sorted));

	for (size_t i = 0; i < count; i++)
		sorted[i] = &lines[i];
	if (count)
		qsort(sorted, count, sizeof(*sorted), compare_addresses);
	for (size_t i = 1; i < count; i++)
		if (strcasecmp(sorted[i - 1]->value[ADDRESS],
			       sorted[i]->value[ADDRESS]) == 0)
			return fail(why, FAIL_INVALID,
				    "line %zu: '%s' is on line %zu already",
				    sorted[i]->number,
				    sorted[i]->value[ADDRESS],
				    sorted[i - 1]->number);
	return true;
}

static bool upsert(struct db *db, const struct line *line, const char *sealed,
		   int64_t *ret_id, struct fail *why)
{
	auto_query *query = db_query(db, upsert_mailbox, why);

	if (!query)
		return false;
	query_text(query, 1, line->value[ADDRESS]);
	query_text(query, 2, line->value[HOST]);
	query_int(query, 3, line->port);
	query_text(query, 4, line->value[SECURITY]);
	query_text(query, 5, line->value[USER]);
	query_text(query, 6, sealed);
	query_text(query, 7, *line->value[UNIT] ? line->value[UNIT] : NULL);
	query_text(query, 8, line->value[KEEP]);
	query_int(query, 9, moment_now());
	if (!query_one(query, why))
		return false;
	*ret_id = query_get_int(query, 0);
	return query_run(query, why);
}

static bool add_folder(struct db *db, int64_t id, const char *name,
		       struct fail *why)
{
	auto_query *query = db_query(db, upsert_folder, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, name);
	return query_run(query, why);
}

static bool set_folders(struct db *db, int64_t id, const struct line *line,
			struct arena *arena, struct fail *why)
{
	const char *at = line->value[FOLDERS];
	size_t count = 0;
	auto_query *retire = db_query(db, retire_folders, why);

	if (!retire)
		return false;
	query_int(retire, 1, id);
	if (!query_run(retire, why))
		return false;
	while (*at) {
		size_t size = strcspn(at, ";");

		if (++count > MAILBOX_FOLDERS_MAX)
			return fail(why, FAIL_INVALID,
				    "line %zu: more than %d folders",
				    line->number, MAILBOX_FOLDERS_MAX);
		if (size && !add_folder(db, id,
					arena_copy_part(arena, at, size), why))
			return false;
		at += size + (at[size] == ';');
	}
	return true;
}

static bool import_line(struct db *db, const struct line *line,
			const char *public_key, struct arena *arena,
			struct fail *why)
{
	const char *sealed;
	int64_t id;

	return secret_seal(public_key, line->value[ADDRESS],
			   line->value[PASSWORD], arena, &sealed, why) &&
	       upsert(db, line, sealed, &id, why) &&
	       set_folders(db, id, line, arena, why) &&
	       audit_add(db,
			 &(struct audit_event){
				 .actor_name = "registry mailbox import",
				 .action = "mailbox.import",
				 .object_type = "mailbox",
				 .object_id = id,
			 },
			 why);
}

static bool read_lines(struct bytes csv, struct arena *arena,
		       struct line **ret_lines, size_t *ret_count,
		       struct fail *why)
{
	size_t place[COLUMN_COUNT];
	struct csv table;
	struct line *lines;

	if (!csv_parse(csv, arena, &table, why))
		return false;
	if (!table.count)
		return fail(why, FAIL_INVALID, "the file is empty");
	if (!find_columns(&table.rows[0], place, why))
		return false;
	lines = arena_array(arena, table.count, sizeof(*lines));
	for (size_t i = 1; i < table.count; i++)
		if (!take_line(&table.rows[i], place, table.rows[0].count,
			       &lines[i - 1], why))
			return false;
	*ret_lines = lines;
	*ret_count = table.count - 1;
	return check_doubles(lines, table.count - 1, arena, why);
}

bool mailbox_import(struct db *db, struct bytes csv, const char *public_key,
		    int64_t *ret_count, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct line *lines = NULL;
	size_t count = 0;
	auto_transaction *transaction = NULL;

	if (csv.size > MAILBOX_IMPORT_MAX)
		return fail(why, FAIL_LIMIT, "the file is larger than %d bytes",
			    MAILBOX_IMPORT_MAX);
	if (!read_lines(csv, arena, &lines, &count, why))
		return false;
	transaction = transaction_begin(db, why);
	if (!transaction)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!import_line(db, &lines[i], public_key, arena, why))
			return false;
	*ret_count = (int64_t)count;
	return transaction_commit(transaction, why);
}
