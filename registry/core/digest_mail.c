#include "core/digest_mail.h"
#include "base/moment.h"
#include "base/text.h"
#include "core/calendar.h"
#include "core/notification.h"
#include "core/preference.h"
#include "core/user.h"
#include "core/work.h"
#include "store/query.h"
#include <string.h>

enum {
	ITEMS_MAX = 10, /* of a list */
	AT_ONCE = 20	/* people a run */
};

static const char select_due[] =
	"SELECT u.id FROM user_account u"
	"  LEFT JOIN preference p ON p.user_id = u.id"
	"   AND p.name = 'digest_hour'"
	" WHERE u.organisation_id = ?1 AND u.state = 'active' AND u.email <> ''"
	"   AND coalesce(p.value, '7') <> 'off'"
	"   AND CAST(coalesce(p.value, '7') AS INTEGER) <= ?3"
	"   AND NOT EXISTS (SELECT 1 FROM digest_mail d"
	"         WHERE d.user_id = u.id AND d.day = ?2)"
	" ORDER BY u.id LIMIT ?4";

static const char insert_mail[] =
	"INSERT INTO digest_mail (user_id, day, subject, text, state, made_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";

/* clang-format off */
static const struct {
	enum work_tab tab;
	const char *vi, *en;
} sections[] = {
	{ WORK_OVERDUE,     "Quá hạn",        "Overdue" },
	{ WORK_AWAITING,    "Chờ bút phê",    "Awaiting instruction" },
	{ WORK_RETURNED,    "Chuyển lại",     "Returned" },
	{ WORK_TO_SUBMIT,   "Chờ trình",      "To submit" },
	{ WORK_EXTENSIONS,  "Xin gia hạn",    "Extensions asked for" },
	{ WORK_TO_ASSIGN,   "Chờ phân công",  "To assign" },
	{ WORK_DUE_SOON,    "Sắp hạn",        "Due soon" },
	{ WORK_ASSIGNED,    "Được giao",      "Assigned" },
	{ WORK_SUPPORTING,  "Phối hợp",       "Supporting" },
	{ WORK_INFORMATION, "Để biết",        "For information" },
};
/* clang-format on */

static const char more_vi[] = "  và %lld văn bản khác\n";
static const char more_en[] = "  and %lld more\n";
static const char news_vi[] = "Thông báo chưa xem: %lld\n";
static const char news_en[] = "Notifications not seen yet: %lld\n";

enum {
	SECTION_COUNT = sizeof(sections) / sizeof(*sections)
};

/* 2026-06-24 as 24/06/2026. */
static const char *print_day(const char *iso, struct arena *arena)
{
	return arena_print(arena, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
}

static void add_item(struct text *text, const struct work_item *item, bool vi,
		     struct arena *arena)
{
	text_addf(text, vi ? "  Đến %lld" : "  No. %lld",
		  (long long)item->number);
	if (*item->symbol)
		text_addf(text, " · %s", item->symbol);
	text_addf(text, " · %s: %s", item->issuer, item->subject);
	if (item->due_day)
		text_addf(text, vi ? " (hạn %s)" : " (due %s)",
			  print_day(item->due_day, arena));
	text_add_char(text, '\n');
}

static bool add_section(struct db *db, const struct work_request *request,
			int64_t count, bool vi, struct text *text,
			struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct work_list list;
	if (!work_list(db, request, arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++)
		add_item(text, &list.items[i], vi, arena);
	if (count > (int64_t)list.count)
		text_addf(text, vi ? more_vi : more_en,
			  (long long)(count - (int64_t)list.count));
	return true;
}

static bool add_work(struct db *db, const struct actor *actor, int64_t now,
		     bool vi, struct text *subject, struct text *text,
		     struct fail *why)
{
	struct work_counts counts;
	if (!work_count(db, actor, now, &counts, why))
		return false;
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		const struct work_request request = {
			.actor = actor,
			.tab = sections[i].tab,
			.limit = ITEMS_MAX,
			.now = now,
		};
		const char *name = vi ? sections[i].vi : sections[i].en;
		int64_t count = counts.counts[sections[i].tab];
		if (!count)
			continue;
		text_addf(subject, "%s%s %lld", subject->size ? ", " : "", name,
			  (long long)count);
		text_addf(text, "%s (%lld)\n", name, (long long)count);
		if (!add_section(db, &request, count, vi, text, why))
			return false;
		text_add_char(text, '\n');
	}
	return true;
}

bool digest_mail_print(struct db *db, const struct actor *actor, int64_t now,
		       struct arena *arena, struct digest_mail *ret_mail,
		       struct fail *why)
{
	auto_text what = { .limit = 0 }, text = { .limit = 0 };
	char today[DAY_SIZE];
	const char *language = "vi";
	int64_t unseen;
	if (!preference_find(db, actor->id, "digest_hour", arena,
			     &ret_mail->hour, why) ||
	    !preference_find(db, actor->id, "language", arena, &language,
			     why) ||
	    !notification_count(db, actor->id, &unseen, why))
		return false;
	bool vi = strcmp(language, "vi") == 0;
	day_print(moment_day(now), today);
	text_addf(&text, vi ? "Kính gửi %s,\n\n" : "Dear %s,\n\n", actor->name);
	if (!add_work(db, actor, now, vi, &what, &text, why))
		return false;
	if (unseen)
		text_addf(&text, vi ? news_vi : news_en, (long long)unseen);
	ret_mail->is_empty = !what.size && !unseen;
	ret_mail->subject = arena_print(
		arena, vi ? "Sổ văn bản %s: %s" : "Document register %s: %s",
		print_day(today, arena),
		what.size ? text_string(&what) : (vi ? "thông báo" : "news"));
	ret_mail->text = arena_copy(arena, text_string(&text));
	return true;
}

static bool write_mail(struct db *db, int64_t user_id, const char *day,
		       const struct digest_mail *mail, int64_t now,
		       struct fail *why)
{
	auto_query *query = db_query(db, insert_mail, why);
	if (!query)
		return false;
	query_int(query, 1, user_id);
	query_text(query, 2, day);
	query_text(query, 3, mail->subject);
	query_text(query, 4, mail->is_empty ? "" : mail->text);
	query_text(query, 5, mail->is_empty ? "empty" : "ready");
	query_int(query, 6, now);
	return query_run(query, why);
}

static bool find_due(struct db *db, int64_t organisation_id, int64_t now,
		     int64_t ret_ids[AT_ONCE], size_t *ret_count,
		     struct fail *why)
{
	struct day today = moment_day(now);
	char iso[DAY_SIZE];
	size_t count = 0;
	auto_query *query = db_query(db, select_due, why);
	if (!query)
		return false;
	day_print(today, iso);
	query_int(query, 1, organisation_id);
	query_text(query, 2, iso);
	query_int(query, 3, (now - moment_of_day(today)) / 3600);
	query_int(query, 4, AT_ONCE);
	while (count < AT_ONCE && query_row(query, why))
		ret_ids[count++] = query_get_int(query, 0);
	*ret_count = count;
	return why->kind == FAIL_NONE;
}

bool digest_mail_run(struct db *db, int64_t organisation_id, int64_t now,
		     int64_t *ret_count, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	int64_t ids[AT_ONCE];
	struct calendar calendar;
	char today[DAY_SIZE];
	size_t count = 0;
	*ret_count = 0;
	if (!calendar_load(db, organisation_id, arena, &calendar, why))
		return false;
	if (!calendar_is_working(&calendar, moment_day(now)))
		return true;
	if (!find_due(db, organisation_id, now, ids, &count, why))
		return false;
	day_print(moment_day(now), today);
	for (size_t i = 0; i < count; i++) {
		struct digest_mail mail;
		struct actor actor;
		struct user user;
		if (!user_load(db, ids[i], arena, &user, why))
			return false;
		actor = user_actor(&user);
		if (!digest_mail_print(db, &actor, now, arena, &mail, why) ||
		    !write_mail(db, ids[i], today, &mail, now, why))
			return false;
		*ret_count += !mail.is_empty;
	}
	return true;
}
