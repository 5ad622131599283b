/*
 * bench_search DIR COUNT: fills the register of DIR (made when absent) up to
 * COUNT entries of an invented agency, through core/entry.h, then times
 * searches and prints one line per question: name, hits, p50 and p95 in ms.
 */
#include "base/moment.h"
#include "base/secret.h"
#include "core/book.h"
#include "core/entry_list.h"
#include "core/organisation.h"
#include "core/search.h"
#include "core/unit.h"
#include "core/user.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LAST_DAY = 20628,
	BATCH = 500,
	ROUNDS = 200,
	SAMPLES_MAX = 4096
};

static const char count_entries[] = "SELECT count(*) FROM entry";
static const char select_person[] =
	"SELECT id, organisation_id FROM user_account ORDER BY id LIMIT 1";

static const char *const actions[] = {
	"báo cáo kết quả",
	"triển khai thực hiện",
	"tăng cường công tác",
	"góp ý dự thảo",
	"đẩy mạnh",
	"phê duyệt",
	"thẩm định",
	"kiểm tra",
	"hướng dẫn thực hiện",
	"đôn đốc",
	"tổng kết",
	"mời họp về",
	"điều chỉnh, bổ sung",
	"rà soát",
	"cử cán bộ tham gia",
	"công bố",
};
static const char *const matters[] = {
	"cải cách hành chính",
	"phòng chống mưa lũ",
	"sản xuất vụ mùa",
	"xây dựng nông thôn mới",
	"quản lý đất đai",
	"an toàn thực phẩm",
	"phòng, chống dịch tả lợn Châu Phi",
	"cấp nước sạch nông thôn",
	"chuyển đổi số",
	"bảo vệ và phát triển rừng",
	"đầu tư công",
	"giải phóng mặt bằng",
	"phòng cháy, chữa cháy rừng",
	"thủy lợi nội đồng",
	"nuôi trồng thủy sản",
	"xoá đói giảm nghèo",
	"thi đua khen thưởng",
	"tiếp công dân, giải quyết khiếu nại tố cáo",
	"biên chế công chức",
	"dự toán ngân sách",
	"khuyến nông",
	"mua sắm tài sản công",
	"bảo hiểm y tế",
	"kiểm soát thủ tục hành chính",
	"lưu trữ hồ sơ",
};
static const char *const places[] = {
	"huyện Cao Lãnh",
	"thành phố Sa Đéc",
	"huyện Lấp Vò",
	"xã Mỹ Hiệp",
	"huyện Tháp Mười",
	"phường 1",
	"huyện Hồng Ngự",
	"xã Tân Hội",
	"huyện Châu Thành",
	"thị trấn Mỹ Thọ",
	"xã Bình Thành",
	"toàn tỉnh",
};
static const char *const offices[] = {
	"UBND",
	"Sở Nội vụ",
	"Sở Tài chính",
	"Sở Xây dựng",
	"Sở Y tế",
	"Chi cục Kiểm lâm",
	"Chi cục Thủy lợi",
	"Phòng Kinh tế",
	"HĐND",
	"Văn phòng UBND",
	"Ban Quản lý dự án",
	"Trung tâm Khuyến nông",
};
static const char *const symbols[] = {
	"UBND-KT",
	"UBND-VX",
	"SNV-CCHC",
	"BC-UBND",
	"QĐ-UBND",
	"STC-NS",
	"TB-VP",
	"KH-SNN",
	"CCTL-KT",
	"GM-UBND",
	"TTr-STC",
	"HĐND-VP",
};
static const char *const people[] = {
	"Nguyễn Văn An",
	"Trần Thị Bình",
	"Lê Quốc Cường",
	"Phạm Đức Dũng",
	"Hoàng Thị Hạnh",
	"Võ Minh Khôi",
	"Đặng Ngọc Lan",
	"Bùi Thanh Sơn",
	"Đỗ Hữu Tài",
	"Huỳnh Mỹ Uyên",
	"Phan Anh Vũ",
	"Dương Thị Ý",
};

#define PICK(list, state) \
	(list)[next(state) % (sizeof(list) / sizeof(list)[0])]

static unsigned next(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static void stop(const struct fail *why)
{
	(void)fprintf(stderr, "bench_search: %s\n", why->sentence);
	exit(1);
}

static struct entry_request request_of(unsigned *state, int64_t number,
				       const char *day, struct arena *arena)
{
	struct entry_request request = { .direction = DIRECTION_IN,
					 .day = day,
					 .fields = fields_empty() };
	struct day parsed;
	char due[DAY_SIZE];

	(void)day_parse(day, &parsed);
	request.now = moment_of_day(parsed) + 9 * 3600;
	request.duplicate_reason = "số liệu dựng để đo tốc độ";
	request.fields.document_day = day;
	request.fields.issuer = arena_print(arena, "%s %s",
					    PICK(offices, state),
					    PICK(places, state));
	request.fields.symbol = arena_print(arena, "%lld/%s",
					    (long long)(number % 9000 + 1),
					    PICK(symbols, state));
	request.fields.subject = arena_print(
		arena, "Về việc %s %s trên địa bàn %s năm %d",
		PICK(actions, state), PICK(matters, state),
		PICK(places, state), parsed.year);
	request.fields.signer_name = PICK(people, state);
	request.fields.urgency = next(state) % 10 == 0;
	day_print(day_from_number(day_number(parsed) + 15), due);
	request.fields.due_day = arena_copy(arena, due);
	request.fields.note = arena_print(
		arena, "Kính trình lãnh đạo; phối hợp %s, %s để %s %s",
		PICK(people, state), PICK(offices, state),
		PICK(actions, state), PICK(matters, state));
	return request;
}

static int64_t count(struct db *db)
{
	struct fail why = { 0 };
	auto_query *query = db_query(db, count_entries, &why);

	if (!query || !query_one(query, &why))
		stop(&why);
	return query_get_int(query, 0);
}

static void make_agency(struct db *db)
{
	struct organisation wanted = { .name = "Sở Nông nghiệp",
				       .code = "SNN" };
	struct actor program = { .name = "bench" };
	struct fail why = { 0 };
	struct user user = { .login = "bench",
			     .name = "Bench",
			     .roles = 1u << ROLE_CLERK };

	if (!organisation_create(db, &wanted, &user.organisation_id, &why) ||
	    !user_add_hashed(db, &user, "x", &program, &user.id, &why))
		stop(&why);
}

static struct actor find_person(struct db *db)
{
	struct fail why = { 0 };
	auto_query *query = db_query(db, select_person, &why);

	if (!query)
		stop(&why);
	if (!query_row(query, &why)) {
		query_done(&query);
		make_agency(db);
		return find_person(db);
	}
	return (struct actor){ .id = query_get_int(query, 0),
			       .organisation_id = query_get_int(query, 1),
			       .name = "Bench",
			       .roles = 1u << ROLE_CLERK };
}

static void fill_batch(struct db *db, const struct actor *actor, int64_t from,
		       int64_t total, unsigned *state)
{
	static bool is_first;
	auto_arena *arena = arena_create(0);
	struct fail why = { 0 };
	struct entry_answer answer;
	char day[DAY_SIZE];
	auto_transaction *transaction = transaction_begin(db, &why);

	if (!transaction)
		stop(&why);
	is_first |= from == 0;
	for (int64_t i = from; i < total && i < from + BATCH; i++) {
		struct entry_request request;

		/* three years that end with 2026-06-24; more on that day */
		day_print(day_from_number(LAST_DAY -
					  (is_first ? 1095 - i * 1095 / total
						    : 0)),
			  day);
		request = request_of(state, i, day, arena);
		request.actor = *actor;
		if (!entry_register(db, &request, arena, &answer, &why))
			stop(&why);
	}
	if (!transaction_commit(transaction, &why))
		stop(&why);
}

static void fill(struct store *store, int64_t total)
{
	struct db *db = store_writer(store);
	struct actor actor = find_person(db);
	int64_t started = moment_ticks(), at = count(db);
	unsigned state = (unsigned)at * 7 + 1;
	struct fail why = { 0 };

	for (; at < total; at += BATCH) {
		fill_batch(db, &actor, at, total, &state);
		if (at % (BATCH * 20) == 0 &&
		    !store_checkpoint(store, false, &why))
			stop(&why);
	}
	printf("%lld entries, %lld ms, %lld MB\n", (long long)count(db),
	       (long long)(moment_ticks() - started),
	       (long long)(store_database_bytes(store) / 1000000));
}

static int by_time(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

static void print_times(const char *name, int64_t hits, int64_t *times)
{
	qsort(times, ROUNDS, sizeof times[0], by_time);
	printf("%-34s %4lld  %8.3f %8.3f\n", name, (long long)hits,
	       (double)times[ROUNDS / 2] / 1000.0,
	       (double)times[ROUNDS * 95 / 100] / 1000.0);
}

static void measure(struct db *db, const char *name, const char *text,
		    const struct search_request *like)
{
	static int64_t times[ROUNDS];
	auto_arena *arena = arena_create(0);
	struct search_request request = *like;
	struct search_answer answer = { .hits = NULL };
	struct fail why = { 0 };

	request.text = text;
	for (size_t i = 0; i < ROUNDS; i++) {
		int64_t started = moment_now_micro();

		arena_reset(arena);
		if (!search_find(db, &request, arena, &answer, &why))
			stop(&why);
		times[i] = moment_now_micro() - started;
	}
	print_times(name, (int64_t)answer.hit_count, times);
}

static void measure_facets(struct db *db, const char *text,
			   const struct search_request *like)
{
	static int64_t times[ROUNDS];
	auto_arena *arena = arena_create(0);
	struct search_request request = *like;
	struct search_facets facets = { .total = 0 };
	struct fail why = { 0 };

	request.text = text;
	for (size_t i = 0; i < ROUNDS; i++) {
		int64_t started = moment_now_micro();

		arena_reset(arena);
		if (!search_count_facets(db, &request, arena, &facets, &why))
			stop(&why);
		times[i] = moment_now_micro() - started;
	}
	print_times("facets", facets.total, times);
}

static void measure_days(struct db *db, const char *text,
			 const struct search_request *like)
{
	static int64_t times[ROUNDS];
	auto_arena *arena = arena_create(0);
	struct search_request request = *like;
	struct search_histogram histogram = { .count = 0 };
	struct fail why = { 0 };

	request.text = text;
	for (size_t i = 0; i < ROUNDS; i++) {
		int64_t started = moment_now_micro();

		arena_reset(arena);
		if (!search_count_days(db, &request, arena, &histogram, &why))
			stop(&why);
		times[i] = moment_now_micro() - started;
	}
	print_times("histogram", (int64_t)histogram.count, times);
}

static void measure_filters(struct db *db, const struct search_request *like)
{
	struct search_request request = *like;

	request.issuer = "7";
	measure(db, "issuer 7: bao cao", "bao cao", &request);
	measure_facets(db, "bao cao", &request);
	request.issuer = "7,8,9";
	measure(db, "three issuers: bao cao", "bao cao", &request);
	measure_facets(db, "bao cao", &request);
	request.issuer = NULL;
	request.deadline = "overdue"; /* nearly all */
	measure(db, "overdue: bao cao", "bao cao", &request);
	measure(db, "overdue", "", &request);
	measure_facets(db, "bao cao", &request);
	measure_days(db, "", &request);
	request.deadline = "open"; /* 15 days of them */
	measure(db, "open: bao cao", "bao cao", &request);
	measure(db, "open", "", &request);
	measure_facets(db, "bao cao", &request);
	request.deadline = NULL;
	request.signer = "Lê Quốc Cường";
	measure(db, "one signer: bao cao", "bao cao", &request);
	measure_facets(db, "bao cao", &request);
	request.signer = NULL;
	request.from = "2025-03-01";
	request.to = "2025-03-31";
	measure(db, "one month: bao cao", "bao cao", &request);
}

static void measure_all(struct db *db, int64_t organisation_id)
{
	static const char *const questions[] = {
		"cai cach",
		"bao cao",
		"bao cao cai cach",
		"mưa",
		"mua",
		"mưa lũ",
		"thủy lợi nội",
		"nghi",
		"ph",
		"tr",
		"huyen",
		"nguyen van",
		"\"cải cách hành chính\"",
		"1234/ubnd-kt",
		"1234",
		"12/qd",
		"đến 4871",
		"ubnd",
		"sa dec dat dai",
		"khong co tu nay",
		"",
		"dat dai thanh pho sa dec nam 2025",
		"uy ban nhan dan",
		"truong",
		"đơn vị phối hợp",
		"binh ph",
	};
	struct search_request request = {
		.organisation_id = organisation_id,
		.now = LAST_DAY * (int64_t)86400,
	};

	for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
		measure(db, questions[i], questions[i], &request);
	measure_facets(db, "cai cach", &request);
	measure_days(db, "cai cach", &request);
	measure_days(db, "", &request);
	measure_filters(db, &request);
}

int main(int count_of_arguments, char **arguments)
{
	struct fail why = { 0 };
	auto_store *store = NULL;
	auto_reader *reader = NULL;

	if (count_of_arguments != 3) {
		(void)fprintf(stderr, "usage: bench_search DIR COUNT\n");
		return 2;
	}
	secret_open();
	store = store_open(arguments[1], true, &why);
	if (!store)
		stop(&why);
	fill(store, strtoll(arguments[2], NULL, 10));
	if (!store_checkpoint(store, true, &why))
		stop(&why);
	reader = store_reader_create(store, &why);
	if (!reader)
		stop(&why);
	measure_all(reader, find_person(store_writer(store)).organisation_id);
	return 0;
}
