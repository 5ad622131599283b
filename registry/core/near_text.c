#include "core/near_text.h"
#include "base/bytes.h"
#include "base/text.h"
#include "store/query.h"
#include "viet/word.h"
#include <string.h>

enum {
	FOUND_MAX = 20,
	LOOKED_AT = 60, /* files that share a band, most shared first */
	NUMBERS_MIN = 4 /* fewer tell nothing */
};

static const char upsert_near[] =
	"INSERT INTO near_text (file_id, words, exact, sketch, numbers,"
	"  number_count, scanned) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
	" ON CONFLICT (file_id) DO UPDATE SET words = excluded.words,"
	"  exact = excluded.exact, sketch = excluded.sketch,"
	"  numbers = excluded.numbers, number_count = excluded.number_count,"
	"  scanned = excluded.scanned";
static const char delete_bands[] =
	"DELETE FROM near_band WHERE file_id = ?1";
static const char insert_band[] =
	"INSERT INTO near_band (value, file_id) VALUES (?1, ?2)"
	" ON CONFLICT DO NOTHING";
#define COLUMNS                                                             \
	"n.file_id, n.words, n.exact, n.sketch, n.numbers, n.number_count," \
	" n.scanned"
static const char select_one[] =
	"SELECT " COLUMNS " FROM near_text n WHERE n.file_id = ?1";
/* The newest 200 of a band: thousands share the same form letter. */
static const char select_alike[] =
	"SELECT " COLUMNS
	" FROM (SELECT f.value AS file_id, count(*) AS shared FROM ("
	"   SELECT (SELECT json_group_array(file_id) FROM (SELECT file_id"
	"             FROM near_band b WHERE b.value = v.value"
	"            ORDER BY file_id DESC LIMIT 200)) AS files"
	"     FROM json_each(?1) v) s, json_each(s.files) f"
	"   GROUP BY f.value) h JOIN near_text n ON n.file_id = h.file_id"
	" WHERE n.file_id <> ?2 ORDER BY h.shared DESC, n.file_id DESC"
	" LIMIT ?3";

static uint64_t mix(uint64_t value)
{
	value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
	value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
	return value ^ (value >> 31);
}

static uint64_t hash_word(const char *word)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *word; word++)
		hash = (hash ^ (unsigned char)*word) * 0x100000001b3u;
	return mix(hash);
}

/* The smallest value under each of `count` orders. */
static void sink(uint32_t *smallest, size_t count, uint64_t hash)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t value = mix(hash + (i + 1) * 0x9e3779b97f4a7c15u);

		if ((uint32_t)(value >> 32) < smallest[i])
			smallest[i] = (uint32_t)(value >> 32);
	}
}

static bool is_number(const char *word)
{
	size_t digits = strspn(word, "0123456789");

	return digits > 0 && word[digits] == '\0';
}

bool near_text_of(const char *text, struct near_text *ret_near)
{
	struct word_reader reader = word_reader_of(bytes_of(text));
	uint64_t before = 0, last = 0, exact = 0;
	struct near_text near = { 0 };
	struct word word;

	memset(near.sketch, 0xff, sizeof(near.sketch));
	memset(near.numbers, 0xff, sizeof(near.numbers));
	while (near.words < NEAR_TEXT_WORDS_MAX &&
	       word_next(&reader, &word)) {
		uint64_t hash = hash_word(word.folded);

		near.words++;
		exact = mix(exact ^ hash);
		if (near.words >= 3)
			sink(near.sketch, NEAR_TEXT_SIZE,
			     mix(mix(before) + last) + hash);
		if (is_number(word.folded)) {
			near.number_count++;
			sink(near.numbers, NEAR_TEXT_NUMBERS, hash);
		}
		before = last;
		last = hash;
	}
	if (near.words < NEAR_TEXT_WORDS_MIN)
		return false;
	near.exact = (int64_t)(exact >> 1);
	*ret_near = near;
	return true;
}

static int share(const uint32_t *a, const uint32_t *b, size_t count)
{
	size_t equal = 0;

	for (size_t i = 0; i < count; i++)
		equal += a[i] == b[i];
	return (int)(equal * 1000 / count);
}

int near_text_likeness(const struct near_text *a, const struct near_text *b)
{
	int likeness;

	if (a->words == b->words && a->exact == b->exact)
		return 1000;
	likeness = share(a->sketch, b->sketch, NEAR_TEXT_SIZE);
	return likeness < 999 ? likeness : 999;
}

int near_text_number_likeness(const struct near_text *a,
			      const struct near_text *b)
{
	if (a->number_count < NUMBERS_MIN || b->number_count < NUMBERS_MIN)
		return -1;
	return share(a->numbers, b->numbers, NEAR_TEXT_NUMBERS);
}

static int64_t band_of(const struct near_text *near, size_t band)
{
	uint64_t hash = band + 1;

	for (size_t i = 0; i < NEAR_TEXT_ROWS; i++)
		hash = mix(hash ^ near->sketch[band * NEAR_TEXT_ROWS + i]);
	return (int64_t)(hash >> 1);
}

static bool write_band(struct db *db, int64_t value, int64_t file_id,
		       struct fail *why)
{
	return db_run_two(db, insert_band, value, file_id, why);
}

static bool clear_bands(struct db *db, int64_t file_id, struct fail *why)
{
	return db_run_one(db, delete_bands, file_id, why);
}

static struct bytes values(const uint32_t *list, size_t size)
{
	return (struct bytes){ (const unsigned char *)list, size };
}

bool near_text_write(struct db *db, const struct near_text *near,
		     struct fail *why)
{
	auto_query *query = db_query(db, upsert_near, why);

	if (!query)
		return false;
	query_int(query, 1, near->file_id);
	query_int(query, 2, near->words);
	query_int(query, 3, near->exact);
	query_bytes(query, 4, values(near->sketch, sizeof(near->sketch)));
	query_bytes(query, 5, values(near->numbers, sizeof(near->numbers)));
	query_int(query, 6, near->number_count);
	query_int(query, 7, near->is_scanned);
	if (!query_run(query, why) || !clear_bands(db, near->file_id, why))
		return false;
	for (size_t i = 0; i < NEAR_TEXT_BANDS; i++)
		if (!write_band(db, band_of(near, i), near->file_id, why))
			return false;
	return true;
}

static void take_values(struct bytes bytes, uint32_t *list, size_t size)
{
	if (bytes.size == size)
		memcpy(list, bytes.data, size);
}

static struct near_text read_near(struct query *query, struct arena *arena)
{
	struct near_text near = {
		.file_id = query_get_int(query, 0),
		.words = query_get_int(query, 1),
		.exact = query_get_int(query, 2),
		.number_count = query_get_int(query, 5),
		.is_scanned = query_get_int(query, 6) != 0,
	};

	take_values(query_get_bytes(query, 3, arena), near.sketch,
		    sizeof(near.sketch));
	take_values(query_get_bytes(query, 4, arena), near.numbers,
		    sizeof(near.numbers));
	return near;
}

bool near_text_load(struct db *db, int64_t file_id, struct near_text *ret_near,
		    struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, select_one, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	*ret_near = (struct near_text){ .file_id = file_id };
	if (query_row(query, why))
		*ret_near = read_near(query, arena);
	return why->kind == FAIL_NONE;
}

static const char *print_bands(const struct near_text *near,
			       struct arena *arena)
{
	auto_text json = { 0 };

	for (size_t i = 0; i < NEAR_TEXT_BANDS; i++)
		text_addf(&json, "%c%lld", i ? ',' : '[',
			  (long long)band_of(near, i));
	text_add(&json, "]");
	return arena_copy(arena, text_string(&json));
}

/* Best first; `count` of `items` are in order already. */
static size_t put(struct near_text *items, size_t count,
		  const struct near_text *one, const struct near_text *to)
{
	int likeness = near_text_likeness(one, to);
	size_t place = count < FOUND_MAX ? count : FOUND_MAX - 1;

	if (count == FOUND_MAX &&
	    near_text_likeness(&items[place], to) >= likeness)
		return count;
	for (; place > 0 &&
	       near_text_likeness(&items[place - 1], to) < likeness;
	     place--)
		items[place] = items[place - 1];
	items[place] = *one;
	return count < FOUND_MAX ? count + 1 : count;
}

bool near_text_find(struct db *db, const struct near_text *near, int least,
		    struct arena *arena, struct near_text_list *ret_list,
		    struct fail *why)
{
	struct near_text *items = arena_array(arena, FOUND_MAX, sizeof(*items));
	auto_query *query = db_query(db, select_alike, why);
	size_t count = 0;

	if (!query)
		return false;
	query_text(query, 1, print_bands(near, arena));
	query_int(query, 2, near->file_id);
	query_int(query, 3, LOOKED_AT);
	while (query_row(query, why)) {
		struct near_text one = read_near(query, arena);

		if (near_text_likeness(&one, near) >= least)
			count = put(items, count, &one, near);
	}
	*ret_list = (struct near_text_list){ items, count };
	return why->kind == FAIL_NONE;
}
