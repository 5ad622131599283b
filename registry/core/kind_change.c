#include "core/kind_change.h"
#include "base/moment.h"
#include "core/audit.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

enum {
	NAME_MAX = 200,
	ABBREVIATION_MAX = 24
};

static const char count_abbreviation[] =
	"SELECT count(*) FROM document_type"
	" WHERE (organisation_id IS NULL OR organisation_id = ?1)"
	"   AND id <> ?2 AND valid_to >= ?3 AND abbreviation = ?4";

static const char count_uses[] =
	"SELECT (SELECT count(*) FROM entry WHERE type_id = ?1) +"
	"       (SELECT count(*) FROM reservation WHERE type_id = ?1)";

static const char count_held[] =
	"SELECT count(*) FROM reservation"
	" WHERE type_id = ?1 AND state = 'held'";

static const char count_own[] =
	"SELECT count(*) FROM document_type"
	" WHERE id = ?1 AND organisation_id = ?2";

static const char update_words[] =
	"UPDATE document_type SET name = ?2, english = ?3, abbreviation = ?4"
	" WHERE id = ?1";

static const char update_last_day[] =
	"UPDATE document_type SET valid_to = ?2 WHERE id = ?1";

static const char delete_series[] =
	"DELETE FROM book_series WHERE type_id = ?1";

static const char copy_series[] =
	"INSERT INTO book_series (book_id, type_id, series_id, from_year)"
	" SELECT book_id, ?1, series_id, from_year FROM book_series"
	"  WHERE type_id = ?2";

struct changing {
	struct db *db;
	const struct kind_change *change;
	struct arena *arena;
	struct kind old;
	const char *name, *english, *abbreviation; /* checked */
	const char *today;
};

static const char *today_of(const struct kind_change *change,
			    struct arena *arena, int64_t add)
{
	int64_t now = change->now ? change->now : moment_now();
	char day[DAY_SIZE];

	day_print(day_from_number(day_number(moment_day(now)) + add), day);
	return arena_copy(arena, day);
}

static bool is_abbreviation(const char *text)
{
	if (strlen(text) > ABBREVIATION_MAX)
		return false;
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c <= ' ' || strchr("/-\\.,;:\"'|", *c))
			return false;
	return true;
}

static bool check_words(struct changing *this, struct fail *why)
{
	const struct kind_change *change = this->change;

	this->name = viet_normal(change->name ? change->name : "",
				 this->arena);
	this->english = viet_normal(change->english ? change->english : "",
				    this->arena);
	this->abbreviation =
		viet_normal(change->abbreviation ? change->abbreviation : "",
			    this->arena);
	if (!*viet_fold(this->name, this->arena) ||
	    strlen(this->name) > NAME_MAX || strlen(this->english) > NAME_MAX) {
		fail(why, FAIL_INVALID, "a document type has a name");
		return fail_code(why, "type.name",
				 "Nhập tên loại văn bản (không quá 200 byte).");
	}
	if (is_abbreviation(this->abbreviation))
		return true;
	fail(why, FAIL_INVALID, "'abbreviation' is letters only");
	return fail_code(why, "type.abbreviation_form",
			 "Chữ viết tắt chỉ gồm chữ cái, không có dấu cách, gạch"
			 " ngang, gạch chéo.");
}

static bool check_name(const struct changing *this, struct fail *why)
{
	const char *key = viet_fold(this->name, this->arena);
	struct kind_list list;

	if (!kind_list(this->db, this->change->actor.organisation_id,
		       this->today, this->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct kind *one = &list.kinds[i];
		if (one->id == this->change->id ||
		    strcmp(viet_fold(one->name, this->arena), key) != 0)
			continue;
		fail(why, FAIL_CONFLICT, "there is a type '%s' already",
		     one->name);
		return fail_code(why, "type.exists",
				 "Đã có loại văn bản mang tên này.");
	}
	return true;
}

/* The symbols of this year are still in the books. */
static bool check_abbreviation(const struct changing *this, struct fail *why)
{
	if (!*this->abbreviation)
		return true;
	auto_query *query = db_query(this->db, count_abbreviation, why);
	if (!query)
		return false;
	query_int(query, 1, this->change->actor.organisation_id);
	query_int(query, 2, this->change->id);
	query_text(query, 3,
		   arena_print(this->arena, "%.4s-01-01", this->today));
	query_text(query, 4, this->abbreviation);
	if (!query_one(query, why))
		return false;
	if (query_get_int(query, 0) == 0)
		return true;
	fail(why, FAIL_CONFLICT, "another type has the abbreviation '%s'",
	     this->abbreviation);
	return fail_code(why, "type.abbreviation",
			 "Chữ viết tắt này là của loại văn bản khác trong năm;"
			 " số và ký hiệu có thể trùng.");
}

static bool start(struct changing *this, struct db *db,
		  const struct kind_change *change, struct arena *arena,
		  struct fail *why)
{
	*this = (struct changing){ .db = db,
				   .change = change,
				   .arena = arena,
				   .today = today_of(change, arena, 0) };
	if (!change->id)
		return true;
	if (!kind_load(db, change->id, arena, &this->old, why))
		return false;
	if (!this->old.is_own) {
		fail(why, FAIL_CONFLICT, "the decree's types stay");
		return fail_code(why, "type.decree",
				 "Loại văn bản theo Nghị định 30/2020/NĐ-CP"
				 " không sửa được.");
	}
	auto_query *query = db_query(db, count_own, why);
	if (!query)
		return false;
	query_int(query, 1, change->id);
	query_int(query, 2, change->actor.organisation_id);
	if (!query_one(query, why))
		return false;
	if (!query_get_int(query, 0)) {
		fail(why, FAIL_NOT_FOUND, "no document type with id %lld",
		     (long long)change->id);
		return fail_code(why, "type.none",
				 "Không có loại văn bản này.");
	}
	if (strcmp(this->old.valid_to, this->today) >= 0)
		return true;
	fail(why, FAIL_CONFLICT, "the type ended on %s", this->old.valid_to);
	return fail_code(why, "type.closed",
			 "Loại văn bản này đã ngừng dùng.");
}

static bool note(const struct changing *this, const char *action, int64_t id,
		 struct fail *why)
{
	auto_tree *detail = tree_create();
	const struct audit_act act = { action, "type", id, detail };

	if (this->name) {
		tree_set_text(detail, "name", this->name);
		tree_set_text(detail, "abbreviation", this->abbreviation);
	}
	if (this->old.id) {
		tree_set_int(detail, "old_id", this->old.id);
		tree_set_text(detail, "old_name", this->old.name);
		tree_set_text(detail, "old_abbreviation",
			      this->old.abbreviation);
	}
	return audit_act(this->db, &this->change->actor, &act, why);
}

/* A type begins; it counts where `like` does. */
static bool begin(const struct changing *this, const char *direction,
		  int64_t like, int64_t *ret_id, struct fail *why)
{
	const struct kind kind = {
		.name = this->name,
		.english = this->english,
		.abbreviation = this->abbreviation,
		.direction = direction,
		.valid_from = this->today,
	};
	return kind_add(this->db, this->change->actor.organisation_id, &kind,
			ret_id, why) &&
	       (!like || db_run_two(this->db, copy_series, *ret_id, like, why));
}

bool kind_create(struct db *db, const struct kind_change *change,
		 struct arena *arena, int64_t *ret_id, struct fail *why)
{
	const char *direction = change->direction ? change->direction : "both";
	struct kind_change added = *change;
	struct changing this;
	auto_transaction *transaction = transaction_begin(db, why);

	added.id = 0;
	if (strcmp(direction, "both") != 0 && strcmp(direction, "in") != 0 &&
	    strcmp(direction, "out") != 0)
		return fail(why, FAIL_INVALID,
			    "'direction' must be both, in or out");
	return transaction && start(&this, db, &added, arena, why) &&
	       check_words(&this, why) && check_name(&this, why) &&
	       check_abbreviation(&this, why) &&
	       begin(&this, direction, *this.abbreviation ? 0 : KIND_LETTER,
		     ret_id, why) &&
	       note(&this, "type.add", *ret_id, why) &&
	       transaction_commit(transaction, why);
}

static bool write_words(const struct changing *this, struct fail *why)
{
	auto_query *query = db_query(this->db, update_words, why);

	if (!query)
		return false;
	query_int(query, 1, this->old.id);
	query_text(query, 2, this->name);
	query_text(query, 3, this->english);
	query_text(query, 4, this->abbreviation);
	return query_run(query, why);
}

static bool write_last_day(const struct changing *this, const char *day,
			   struct fail *why)
{
	auto_query *query = db_query(this->db, update_last_day, why);

	if (!query)
		return false;
	query_int(query, 1, this->old.id);
	query_text(query, 2, day);
	return query_run(query, why);
}

/* Nobody knows the old name: it was never used. */
static bool change_in_place(const struct changing *this, int64_t like,
			    struct fail *why)
{
	int64_t id = this->old.id;

	return write_words(this, why) &&
	       (like == id ||
		(db_run_one(this->db, delete_series, id, why) &&
		 db_run_two(this->db, copy_series, id, like, why)));
}

static bool check_none_held(struct db *db, int64_t id, struct fail *why)
{
	int64_t held;

	if (!db_load_int(db, count_held, id, &held, why))
		return false;
	if (held == 0)
		return true;
	fail(why, FAIL_CONFLICT, "a number is set aside for this type");
	return fail_code(why, "type.reserved",
			 "Đang giữ số cho loại văn bản này; dùng hoặc bỏ số đó"
			 " trước.");
}

static bool end_and_begin(const struct changing *this, int64_t like,
			  int64_t *ret_id, struct fail *why)
{
	if (strcmp(this->old.valid_from, this->today) >= 0) {
		fail(why, FAIL_CONFLICT, "the type began today");
		return fail_code(why, "type.too_new",
				 "Loại văn bản bắt đầu hôm nay và đã có văn"
				 " bản; đổi tên từ ngày mai.");
	}
	return check_none_held(this->db, this->old.id, why) &&
	       write_last_day(this, today_of(this->change, this->arena, -1),
			      why) &&
	       begin(this, this->old.direction, like, ret_id, why);
}

bool kind_rename(struct db *db, const struct kind_change *change,
		 struct arena *arena, int64_t *ret_id, struct fail *why)
{
	struct changing this;
	int64_t uses, like;
	bool same;
	auto_transaction *transaction = transaction_begin(db, why);

	if (!transaction || !start(&this, db, change, arena, why) ||
	    !check_words(&this, why) || !check_name(&this, why))
		return false;
	if (!change->english)
		this.english = this.old.english;
	same = strcmp(this.abbreviation, this.old.abbreviation) == 0;
	if ((!same && !check_abbreviation(&this, why)) ||
	    !db_load_int(db, count_uses, change->id, &uses, why))
		return false;
	like = same || *this.abbreviation ? change->id : KIND_LETTER;
	*ret_id = change->id;
	if (!(uses ? end_and_begin(&this, like, ret_id, why)
		   : change_in_place(&this, like, why)))
		return false;
	return note(&this, "type.rename", *ret_id, why) &&
	       transaction_commit(transaction, why);
}

bool kind_close(struct db *db, const struct kind_change *change,
		struct arena *arena, struct fail *why)
{
	const char *last;
	struct changing this;
	struct day day;
	auto_transaction *transaction = transaction_begin(db, why);

	if (!transaction || !start(&this, db, change, arena, why))
		return false;
	last = change->day ? change->day : this.today;
	if (!day_parse(last, &day) || strcmp(last, this.today) < 0) {
		fail(why, FAIL_INVALID, "'day' is today or later");
		return fail_code(why, "type.day",
				 "Chọn hôm nay hoặc một ngày sau.");
	}
	return check_none_held(db, change->id, why) &&
	       write_last_day(&this, last, why) &&
	       note(&this, "type.close", change->id, why) &&
	       transaction_commit(transaction, why);
}
