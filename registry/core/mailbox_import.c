#include "core/mailbox_import.h"
#include "core/csv.h"
#include "core/mailbox_row.h"
#include "store/query.h"
#include "store/transaction.h"
#include <stdlib.h>
#include <string.h>

/*
 * Doubles are looked for in what would stand afterwards: the lines of the file
 * and the mailboxes that it does not name. So two mailboxes may change places.
 */
static const char select_stand[] =
	"SELECT count(*), coalesce(sum(version), 0) FROM mailbox";

struct line { /* one mailbox of the file */
	struct mailbox_wanted wanted;
	const struct mailbox *old; /* NULL: new */
	const char *old_folders;
	struct mailbox_import_line *told;
};

struct look { /* the whole file */
	struct db *db;
	const struct mailbox_import *import;
	struct arena *arena;
	struct mailbox_list known; /* by address */
	struct line *lines;
	size_t count;
	const struct line **named;	 /* lines by address, then number */
	const struct mailbox **accounts; /* known ones by account */
	size_t account_count;
};

/* --- the file ----------------------------------------------------------- */

static bool no_table(struct fail *why)
{
	if (why->kind != FAIL_INVALID)
		return false;
	return fail_code(why, "import.file",
			 "Tệp phải là CSV UTF-8, dòng đầu ghi tên cột: address,"
			 " host, port, security, user, password, unit, folders,"
			 " keep.");
}

static bool find_columns(const struct csv_row *header,
			 size_t ret_place[MAILBOX_COLUMN_COUNT],
			 struct fail *why)
{
	for (unsigned i = 0; i < MAILBOX_COLUMN_COUNT; i++)
		ret_place[i] = CSV_FIELDS_MAX;
	for (size_t i = 0; i < header->count; i++) {
		unsigned at = 0;

		while (at < MAILBOX_COLUMN_COUNT &&
		       strcmp(header->fields[i],
			      mailbox_column_name((enum mailbox_column)at)) !=
			       0)
			at++;
		if (at == MAILBOX_COLUMN_COUNT)
			return fail(why, FAIL_INVALID,
				    "line %zu: unknown column '%.100s'",
				    header->line, header->fields[i]);
		ret_place[at] = i;
	}
	for (unsigned i = 0; i < MAILBOX_COLUMN_COUNT; i++)
		if (ret_place[i] == CSV_FIELDS_MAX &&
		    mailbox_column_is_needed((enum mailbox_column)i))
			return fail(
				why, FAIL_INVALID,
				"line %zu: the column '%s' is missing",
				header->line,
				mailbox_column_name((enum mailbox_column)i));
	return true;
}

static void take_line(struct look *look, const struct csv_row *row,
		      const size_t place[MAILBOX_COLUMN_COUNT], size_t width,
		      struct line *line)
{
	struct mailbox_import_line *told = line->told;

	for (unsigned i = 0; i < MAILBOX_COLUMN_COUNT; i++)
		line->wanted.value[i] =
			place[i] < row->count ? row->fields[place[i]] : "";
	told->number = row->line;
	told->address = line->wanted.value[MAILBOX_ADDRESS];
	if (row->count != width) {
		fail(&told->fault, FAIL_INVALID,
		     "%zu fields where the header has %zu", row->count, width);
		fail_code(&told->fault, "import.fields",
			  "Số ô của dòng khác dòng đầu.");
	} else {
		(void)mailbox_check(&line->wanted,
				    look->import->plain_anywhere, look->arena,
				    &told->fault);
	}
}

static bool read_lines(struct look *look, struct mailbox_import_line **ret_told,
		       struct fail *why)
{
	size_t place[MAILBOX_COLUMN_COUNT];
	struct mailbox_import_line *told;
	struct csv table;

	if (look->import->csv.size > MAILBOX_IMPORT_MAX)
		return fail(why, FAIL_LIMIT, "the file is larger than %d bytes",
			    MAILBOX_IMPORT_MAX);
	if (!csv_parse(look->import->csv, look->arena, &table, why))
		return no_table(why);
	if (!table.count)
		return fail(why, FAIL_INVALID, "the file is empty") ||
		       no_table(why);
	if (!find_columns(&table.rows[0], place, why))
		return no_table(why);
	look->count = table.count - 1;
	if (look->count > MAILBOX_IMPORT_LINES_MAX)
		return fail(why, FAIL_LIMIT, "%d mailboxes at most at once",
			    MAILBOX_IMPORT_LINES_MAX);
	look->lines = arena_array(look->arena, look->count,
				  sizeof(*look->lines));
	told = arena_array(look->arena, look->count, sizeof(*told));
	for (size_t i = 0; i < look->count; i++) {
		look->lines[i].told = &told[i];
		take_line(look, &table.rows[i + 1], place, table.rows[0].count,
			  &look->lines[i]);
	}
	*ret_told = told;
	return true;
}

/* --- order, to find doubles --------------------------------------------- */

static int compare_lines(const void *a, const void *b)
{
	const struct line *const *first = a, *const *second = b;
	int order = strcasecmp((*first)->told->address,
			       (*second)->told->address);

	if (order)
		return order;
	return (*first)->told->number < (*second)->told->number ? -1 : 1;
}

/* Whoever reads the same account is neighbours. */
static int compare_accounts(const void *a, const void *b)
{
	const struct mailbox *const *first = a, *const *second = b;
	int64_t door = mailbox_door((*first)->port);
	int64_t other = mailbox_door((*second)->port);
	int order = strcasecmp((*first)->host, (*second)->host);

	if (!order)
		order = strcasecmp((*first)->user, (*second)->user);
	return order ? order : (door > other) - (door < other);
}

static const struct line *find_line(const struct look *look,
				    const char *address)
{
	size_t first = 0, end = look->count;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (strcasecmp(look->named[middle]->told->address, address) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	if (first == look->count ||
	    strcasecmp(look->named[first]->told->address, address) != 0)
		return NULL;
	return look->named[first];
}

static int compare_address(const void *key, const void *item)
{
	return strcasecmp(key, ((const struct mailbox *)item)->address);
}

static struct mailbox account_of(const struct line *line)
{
	return (struct mailbox){
		.address = line->told->address,
		.host = line->wanted.value[MAILBOX_HOST],
		.user = line->wanted.value[MAILBOX_USER],
		.port = line->wanted.port,
	};
}

/* The accounts as they would stand afterwards. */
static void sort_accounts(struct look *look)
{
	size_t room = look->known.count + look->count;
	struct mailbox *own =
		arena_array(look->arena, look->count, sizeof(*own));

	look->accounts = arena_array(look->arena, room, sizeof(void *));
	for (size_t i = 0; i < look->count; i++) {
		if (look->lines[i].told->fault.kind != FAIL_NONE)
			continue;
		own[i] = account_of(&look->lines[i]);
		look->accounts[look->account_count++] = &own[i];
	}
	for (size_t i = 0; i < look->known.count; i++)
		if (!find_line(look, look->known.items[i].address))
			look->accounts[look->account_count++] =
				&look->known.items[i];
	qsort(look->accounts, look->account_count, sizeof(void *),
	      compare_accounts);
}

static void sort(struct look *look)
{
	look->named = arena_array(look->arena, look->count, sizeof(void *));
	for (size_t i = 0; i < look->count; i++)
		look->named[i] = &look->lines[i];
	qsort(look->named, look->count, sizeof(void *), compare_lines);
	sort_accounts(look);
}

/* --- each line ---------------------------------------------------------- */

static bool check_address(const struct look *look, const struct line *line,
			  struct fail *fault)
{
	const struct line *first = find_line(look, line->told->address);

	if (first == line)
		return true;
	fail(fault, FAIL_INVALID, "'%s' is on line %zu already",
	     line->told->address, first->told->number);
	return fail_code(fault, "mailbox.exists",
			 arena_print(look->arena,
				     "Địa chỉ này đã có ở dòng %zu.",
				     first->told->number));
}

static bool check_account(const struct look *look, const struct line *line,
			  struct fail *fault)
{
	const struct mailbox account = account_of(line);
	const struct mailbox *key = &account;
	const struct mailbox **end = look->accounts + look->account_count;
	const struct mailbox **at = bsearch(&key, look->accounts,
					    look->account_count,
					    sizeof(void *), compare_accounts);

	while (at && at > look->accounts && !compare_accounts(at - 1, &key))
		at--;
	for (; at && at < end && !compare_accounts(at, &key); at++)
		if (strcasecmp((*at)->address, account.address) != 0)
			return mailbox_fail_double((*at)->address, look->arena,
						   fault);
	return true;
}

static bool look_at(struct look *look, struct line *line, struct fail *why)
{
	struct mailbox_import_line *told = line->told;
	struct fail *fault = &told->fault;

	told->kind = MAILBOX_IMPORT_WRONG;
	if (fault->kind != FAIL_NONE)
		return true;
	line->old = bsearch(told->address, look->known.items,
			    look->known.count, sizeof(*line->old),
			    compare_address);
	if (!check_address(look, line, fault) ||
	    !check_account(look, line, fault) ||
	    !mailbox_check_password(&line->wanted, line->old, fault))
		return true;
	told->kind = MAILBOX_IMPORT_ADD;
	if (!line->old)
		return true;
	if (!mailbox_print_folders(look->db, line->old->id, look->arena,
				   &line->old_folders, why))
		return false;
	told->differs = mailbox_differs(line->old, line->old_folders,
					&line->wanted);
	told->kind = told->differs ? MAILBOX_IMPORT_CHANGE
				   : MAILBOX_IMPORT_SAME;
	return true;
}

static int compare_known(const void *a, const void *b)
{
	return strcasecmp(((const struct mailbox *)a)->address,
			  ((const struct mailbox *)b)->address);
}

static bool look_at_all(struct look *look, struct fail *why)
{
	if (!mailbox_load_list(look->db, look->arena, &look->known, why))
		return false;
	if (look->known.count)
		qsort(look->known.items, look->known.count,
		      sizeof(*look->known.items), compare_known);
	sort(look);
	for (size_t i = 0; i < look->count; i++)
		if (!look_at(look, &look->lines[i], why))
			return false;
	return true;
}

/* --- all of them -------------------------------------------------------- */

static bool print_stand(struct look *look, const char **ret_stand,
			struct fail *why)
{
	auto_query *query = db_query(look->db, select_stand, why);

	if (!query || !query_one(query, why))
		return false;
	*ret_stand = arena_print(look->arena, "%lld.%lld",
				 (long long)query_get_int(query, 0),
				 (long long)query_get_int(query, 1));
	return true;
}

/* The failure of the first wrong line, with its number. */
static bool complain(const struct look *look, struct fail *why)
{
	const struct line *line = look->lines;
	const struct fail *fault;

	while (line->told->kind != MAILBOX_IMPORT_WRONG)
		line++;
	fault = &line->told->fault;
	fail(why, FAIL_INVALID, "line %zu: %s", line->told->number,
	     fault->sentence);
	return fail_code(why, fault->code,
			 arena_print(look->arena, "Dòng %zu: %s",
				     line->told->number,
				     fault->hint ? fault->hint : ""));
}

static bool write_line(struct look *look, const struct line *line,
		       struct fail *why)
{
	const struct mailbox_change change = {
		.actor = look->import->actor,
		.id = line->old ? line->old->id : 0,
		.wanted = &line->wanted,
		.public_key = look->import->public_key,
		.action = "mailbox.import",
	};
	int64_t id;

	if (line->told->kind == MAILBOX_IMPORT_ADD)
		return mailbox_insert(look->db, &change, &id, why);
	return line->told->kind == MAILBOX_IMPORT_SAME ||
	       mailbox_update(look->db, &change, line->old, line->old_folders,
			      why);
}

static bool apply(struct look *look, const struct mailbox_import_result *result,
		  struct fail *why)
{
	const char *stand = look->import->stand;

	if (stand && strcmp(stand, result->stand) != 0) {
		fail(why, FAIL_CONFLICT, "mailboxes changed meanwhile");
		return fail_code(why, "import.changed",
				 "Hộp thư vừa được người khác sửa. Xem trước "
				 "lại rồi áp dụng.");
	}
	if (result->counts[MAILBOX_IMPORT_WRONG])
		return complain(look, why);
	for (size_t i = 0; i < look->count; i++)
		if (!write_line(look, &look->lines[i], why))
			return false;
	return true;
}

bool mailbox_import(struct db *db, const struct mailbox_import *import,
		    struct arena *arena,
		    struct mailbox_import_result *ret_result, struct fail *why)
{
	struct look look = { .db = db, .import = import, .arena = arena };
	struct mailbox_import_result result = { 0 };
	auto_transaction *transaction = NULL;

	if (!read_lines(&look, &result.lines, why))
		return false;
	transaction = transaction_begin(db, why);
	if (!transaction || !look_at_all(&look, why) ||
	    !print_stand(&look, &result.stand, why))
		return false;
	result.count = look.count;
	for (size_t i = 0; i < look.count; i++)
		result.counts[result.lines[i].kind]++;
	if (import->apply && (!apply(&look, &result, why) ||
			      !transaction_commit(transaction, why)))
		return false;
	*ret_result = result;
	return true;
}
