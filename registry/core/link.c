#include "core/link.h"
#include "core/link_private.h"
#include "store/query.h"
#include <assert.h>
#include <string.h>

#define COLUMNS                                                            \
	"SELECT k.id, k.letter_id, k.kind, k.reason, k.detail,"            \
	"  k.confidence, k.state, k.decided_name, k.decided_at,"           \
	"  coalesce(k.entry_id, o.entry_id, 0),"                           \
	"  coalesce(k.other_letter_id, 0), e.direction, e.year, e.number," \
	"  e.suffix, e.day, coalesce(e.issuer, s.issuer, ''),"             \
	"  coalesce(e.symbol, s.symbol, ''),"                              \
	"  coalesce(e.subject, s.subject, r.subject, '')"                  \
	"  FROM link_proposal k"                                           \
	"  LEFT JOIN letter o ON o.id = k.other_letter_id"                 \
	"  LEFT JOIN entry e ON e.id = coalesce(k.entry_id, o.entry_id)"   \
	"  LEFT JOIN letter_summary s ON s.file_id = o.file_id"            \
	"  LEFT JOIN reading r ON r.file_id = o.file_id"

static const char select_of_letter[] =
	COLUMNS
	" WHERE k.letter_id IN (SELECT id FROM letter"
	"  WHERE group_id = (SELECT group_id FROM letter"
	"   WHERE id = ?1))"
	" ORDER BY CASE k.state WHEN 'linked' THEN 0"
	"   WHEN 'accepted' THEN 1 WHEN 'proposed' THEN 2 ELSE 3 END,"
	"  k.confidence DESC, k.id LIMIT 100";
static const char select_of_entry[] =
	COLUMNS
	" WHERE k.entry_id = ?1"
	" ORDER BY k.id DESC LIMIT 200";

static const char select_best[] =
	COLUMNS
	" WHERE k.letter_id = (SELECT id FROM letter WHERE leads = 1"
	"   AND group_id = (SELECT group_id FROM letter"
	"    WHERE id = ?1))"
	" AND k.place = 1 AND k.state = 'proposed'"
	" AND k.confidence >= 800 AND k.entry_id IS NOT NULL"
	" AND k.kind NOT IN ('reply', 'basis', 'replaces')";
static const char set_action[] =
	"UPDATE letter_summary SET action = 'attach'"
	" WHERE file_id = (SELECT file_id FROM letter WHERE id = ?1)";

static const char insert_sent[] =
	"INSERT INTO sent_mail (message_id, entry_id, recipients, subject,"
	"  sent_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";

static const char *const kind_names[LINK_KIND_COUNT] = {
	[LINK_DUPLICATE] = "duplicate",
	[LINK_TWIN] = "twin",
	[LINK_CORRECTION] = "correction",
	[LINK_ANNEX] = "annex",
	[LINK_FORWARD] = "forward",
	[LINK_RECEIPT] = "receipt",
	[LINK_BOUNCE] = "bounce",
	[LINK_SENT] = "sent",
	[LINK_THREAD] = "thread",
	[LINK_REPLY] = "reply",
	[LINK_BASIS] = "basis",
	[LINK_REPLACES] = "replaces",
};

/* clang-format off */
static const struct {
	const char *reason, *sentence;
} sentences[] = {
	{ "same_files", "Mọi tệp của thư đã có trong văn bản này." },
	{ "same_main_file", "Tệp văn bản chính đã có trong văn bản này." },
	{ "shared_file", "Một tệp của thư đã có trong văn bản này." },
	{ "same_symbol", "Trùng số, ký hiệu, ngày và cơ quan ban hành." },
	{ "same_text", "Trùng toàn bộ nội dung chữ." },
	{ "near_text", "Nội dung chữ gần như giống hệt." },
	{ "scan_twin", "Cùng số, ký hiệu và nội dung; một bản là bản quét." },
	{ "paper_twin", "Đã đăng ký từ bản giấy, chưa có tệp." },
	{ "paper_subject", "Giống văn bản giấy đã đăng ký: cơ quan, trích yếu." },
	{ "other_content", "Cùng số, ký hiệu nhưng nội dung khác." },
	{ "correction_words", "Thư nói là gửi lại, thay thế hoặc đính chính." },
	{ "annex_words", "Thư nói là gửi phụ lục hoặc tài liệu bổ sung." },
	{ "annex_number", "Phụ lục ghi số của văn bản này." },
	{ "annex_signature", "Dòng ký số trên phụ lục ghi số của văn bản này." },
	{ "thread_file", "Gửi thêm tệp trong cùng chuỗi thư." },
	{ "thread", "Cùng chuỗi thư với văn bản này." },
	{ "inner_letter", "Thư được chuyển tiếp đã đăng ký." },
	{ "receipt_report", "Báo nhận của văn bản đã gửi." },
	{ "bounce_report", "Báo lỗi gửi hoặc từ chối nhận." },
	{ "returned_letter", "Thư đã gửi bị trả lại." },
	{ "bounce_words", "Thư báo không gửi được." },
	{ "read_words", "Thư báo đã đọc." },
	{ "replies_to_number", "Trả lời số, ký hiệu của văn bản này." },
	{ "cites_number", "Nhắc đến số, ký hiệu của văn bản này." },
	{ "replaces_number", "Thay thế văn bản này." },
	{ "person", "Do người dùng chọn." },
};
/* clang-format on */

const char *link_kind_name(enum link_kind kind)
{
	assert(kind < LINK_KIND_COUNT);
	return kind_names[kind];
}

enum link_kind link_kind_find(const char *name)
{
	for (unsigned i = 0; i < LINK_KIND_COUNT; i++)
		if (name && strcmp(kind_names[i], name) == 0)
			return (enum link_kind)i;
	return LINK_KIND_COUNT;
}

bool link_joins(enum link_kind kind)
{
	return kind < LINK_REPLY;
}

static const char *sentence_of(const char *reason)
{
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++)
		if (strcmp(sentences[i].reason, reason) == 0)
			return sentences[i].sentence;
	return "";
}

static struct link read_link(struct query *query, struct arena *arena)
{
	struct link link = {
		.id = query_get_int(query, 0),
		.letter_id = query_get_int(query, 1),
		.kind = link_kind_find(query_get_text(query, 2, arena)),
		.reason = query_get_text(query, 3, arena),
		.detail_json = query_get_text(query, 4, arena),
		.confidence = query_get_int(query, 5),
		.state = query_get_text(query, 6, arena),
		.decided_name = query_get_text(query, 7, arena),
		.decided_at = query_get_int(query, 8),
		.entry_id = query_get_int(query, 9),
		.other_letter_id = query_get_int(query, 10),
		.direction = query_get_text(query, 11, arena),
		.year = query_get_int(query, 12),
		.number = query_get_int(query, 13),
		.suffix = query_get_text(query, 14, arena),
		.day = query_get_text(query, 15, arena),
		.issuer = query_get_text(query, 16, arena),
		.symbol = query_get_text(query, 17, arena),
		.subject = query_get_text(query, 18, arena),
	};

	link.sentence = sentence_of(link.reason);
	return link;
}

static bool list(struct db *db, const char *sql, int64_t id,
		 struct arena *arena, struct link_list *ret_list,
		 struct fail *why)
{
	struct link *items = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	while (query_row(query, why)) {
		items = arena_grow(arena, items, count, sizeof(*items));
		items[count++] = read_link(query, arena);
	}
	*ret_list = (struct link_list){ items, count };
	return why->kind == FAIL_NONE;
}

bool link_list(struct db *db, int64_t letter_id, struct arena *arena,
	       struct link_list *ret_list, struct fail *why)
{
	return list(db, select_of_letter, letter_id, arena, ret_list, why);
}

bool link_list_of_entry(struct db *db, int64_t entry_id, struct arena *arena,
			struct link_list *ret_list, struct fail *why)
{
	return list(db, select_of_entry, entry_id, arena, ret_list, why);
}

bool link_best(struct db *db, int64_t letter_id, struct arena *arena,
	       struct link *ret_link, struct fail *why)
{
	struct link_list found;

	if (!list(db, select_best, letter_id, arena, &found, why))
		return false;
	*ret_link = found.count ? found.items[0] : (struct link){ .id = 0 };
	return true;
}

bool link_suggest(struct db *db, int64_t letter_id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct link best;
	auto_query *query = db_query(db, set_action, why);

	if (!query || !link_best(db, letter_id, arena, &best, why))
		return false;
	query_int(query, 1, letter_id);
	return !best.id || query_run(query, why);
}

bool link_sent_add(struct db *db, const struct link_sent *sent,
		   struct fail *why)
{
	auto_query *query = db_query(db, insert_sent, why);

	if (!query)
		return false;
	query_text(query, 1, sent->message_id);
	query_int(query, 2, sent->entry_id);
	query_text(query, 3, sent->recipients ? sent->recipients : "");
	query_text(query, 4, sent->subject ? sent->subject : "");
	query_int(query, 5, sent->sent_at);
	return query_run(query, why);
}
