#include "reader/parameter.h"
#include "reader/codec.h"
#include "viet/encoding.h"
#include <stdlib.h>
#include <string.h>

enum {
	PARAMETERS_MAX = 2000,
	NUMBER_DIGITS_MAX = 4300
};

/* One `name*=`, `name*2=` or `name*2*=`, still apart. */
struct piece {
	struct runes base;
	struct runes digits; /* without leading zeros; count 0: "0" */
	bool numbered;
	bool encoded;
	struct runes value;
	bool used;
};

struct cut {
	struct parameter_list plain;
	struct piece *pieces;
	size_t piece_count;
};

static struct runes unquote(struct runes value, struct arena *arena)
{
	struct rune_text text = { .arena = arena };
	struct runes in;

	if (value.count < 2)
		return value;
	in = runes_part(value, 1, value.count - 1);
	if (value.at[0] == '<' && value.at[value.count - 1] == '>')
		return in;
	if (value.at[0] != '"' || value.at[value.count - 1] != '"')
		return value;
	/* two passes, as in the definition: \\ first, then \" */
	for (size_t i = 0; i < in.count; i++) {
		rune_add(&text, in.at[i]);
		if (in.at[i] == '\\' && i + 1 < in.count &&
		    in.at[i + 1] == '\\')
			i++;
	}
	in = rune_result(&text);
	text = (struct rune_text){ .arena = arena };
	for (size_t i = 0; i < in.count; i++) {
		if (in.at[i] == '\\' && i + 1 < in.count &&
		    in.at[i + 1] == '"')
			i++;
		rune_add(&text, in.at[i]);
	}
	return rune_result(&text);
}

static bool is_word(struct runes name)
{
	for (size_t i = 0; i < name.count; i++) {
		uint32_t c = rune_lower(name.at[i]);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		      c == '_'))
			return false;
	}
	return name.count > 0;
}

/* \w+ \* ( [0-9]+ \*? )? */
static bool read_piece(struct runes name, struct piece *ret_piece)
{
	size_t star = runes_find(name, '*', 0);
	size_t i = star + 1;
	struct piece piece = { .base = runes_part(name, 0, star) };

	if (star == name.count || !is_word(piece.base))
		return false;
	piece.encoded = name.at[name.count - 1] == '*';
	while (i < name.count && name.at[i] >= '0' && name.at[i] <= '9')
		i++;
	piece.digits = runes_part(name, star + 1, i);
	piece.numbered = piece.digits.count > 0;
	while (piece.digits.count > 0 && piece.digits.at[0] == '0')
		piece.digits = runes_part(piece.digits, 1,
					  piece.digits.count);
	if (piece.numbered && i < name.count && name.at[i] == '*')
		i++;
	*ret_piece = piece;
	return i == name.count;
}

static void add_one(struct cut *cut, struct runes field, struct arena *arena)
{
	size_t equals = runes_find(field, '=', 0);
	struct runes name = runes_strip(runes_part(field, 0, equals));
	struct runes value = unquote(
		runes_strip(runes_part(field, equals + 1, field.count)),
		arena);
	struct piece *piece = &cut->pieces[cut->piece_count];

	/* the first field is the header's own value, whatever it looks like */
	if (cut->plain.count > 0 && read_piece(name, piece)) {
		piece->value = value;
		cut->piece_count++;
		return;
	}
	cut->plain.items[cut->plain.count++] =
		(struct parameter){ name, value, false };
}

/* Cuts at semicolons outside of quotes; a quote after a backslash does not
 * count. */
static struct cut cut_fields(struct runes header, struct arena *arena)
{
	struct cut cut;
	size_t start = 0;
	size_t quotes = 0;
	size_t fields = 0;
	size_t most = 1;

	for (size_t i = 0; i < header.count && most < PARAMETERS_MAX; i++)
		most += header.at[i] == ';';
	cut.plain.items = arena_array(arena, most, sizeof(*cut.plain.items));
	cut.plain.count = 0;
	cut.pieces = arena_array(arena, most + 1, sizeof(*cut.pieces));
	cut.piece_count = 0;
	for (size_t i = 0; i <= header.count; i++) {
		bool end = i == header.count;

		if (!end && header.at[i] == '"' &&
		    !(i > start && header.at[i - 1] == '\\'))
			quotes++;
		if (!end && !(header.at[i] == ';' && quotes % 2 == 0))
			continue;
		if (++fields > PARAMETERS_MAX)
			break;
		add_one(&cut, runes_strip(runes_part(header, start, i)),
			arena);
		start = i + 1;
		quotes = 0;
	}
	return cut;
}

static int compare_digits(struct runes a, struct runes b)
{
	if (a.count != b.count)
		return a.count < b.count ? -1 : 1;
	for (size_t i = 0; i < a.count; i++) {
		if (a.at[i] != b.at[i])
			return a.at[i] < b.at[i] ? -1 : 1;
	}
	return 0;
}

static int compare_values(struct runes a, struct runes b)
{
	for (size_t i = 0; i < a.count && i < b.count; i++) {
		if (a.at[i] != b.at[i])
			return a.at[i] < b.at[i] ? -1 : 1;
	}
	return a.count < b.count ? -1 : a.count > b.count;
}

static int compare_pieces(const void *left, const void *right)
{
	const struct piece *a = *(const struct piece *const *)left;
	const struct piece *b = *(const struct piece *const *)right;
	int order;

	if (a->numbered != b->numbered)
		return a->numbered ? 1 : -1;
	order = compare_digits(a->digits, b->digits);
	if (order == 0)
		order = compare_values(a->value, b->value);
	return order ? order : (int)a->encoded - (int)b->encoded;
}

static int hex_value(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)c - '0';
	c = rune_lower(c);
	return c >= 'a' && c <= 'f' ? (int)c - 'a' + 10 : -1;
}

/* %XX becomes one number below 256: the charset comes later. */
static void add_percent(struct rune_text *text, struct runes value)
{
	for (size_t i = 0; i < value.count; i++) {
		int high = i + 2 < value.count && value.at[i] == '%'
				   ? hex_value(value.at[i + 1])
				   : -1;
		int low = high >= 0 ? hex_value(value.at[i + 2]) : -1;

		if (low < 0) {
			rune_add(text, value.at[i]);
			continue;
		}
		rune_add(text, (uint32_t)(high * 16 + low));
		i += 2;
	}
}

/* charset'language'text to runes in the end. */
static struct runes settle_charset(struct runes all, enum manner manner,
				   struct arena *arena)
{
	size_t first = runes_find(all, '\'', 0);
	size_t second = runes_find(all, '\'', first + 1);
	struct rune_text text = { .arena = arena };
	struct runes value = all;
	const char *name = "us-ascii";
	struct bytes bytes;

	if (first < all.count && second < all.count) {
		value = runes_part(all, second + 1, all.count);
		name = runes_print(runes_part(all, 0, first), MANNER_STRICT,
				   arena);
	}
	bytes = runes_bytes(value, manner, arena);
	if (manner == MANNER_PEOPLE &&
	    codec_decode(bytes, name, true, &text) != CODEC_DONE) {
		const char *read =
			viet_from_charset(bytes, name, arena, NULL);

		text = (struct rune_text){ .arena = arena };
		codec_decode(bytes_of(read), "utf-8", false, &text);
	} else if (manner == MANNER_STRICT &&
		   codec_decode(bytes, name, false, &text) ==
			   CODEC_UNKNOWN) {
		return unquote(value, arena);
	}
	return rune_result(&text);
}

static struct runes join_pieces(struct piece *const *group, size_t count,
				enum manner manner, struct arena *arena)
{
	struct rune_text text = { .arena = arena };
	bool encoded = false;

	for (size_t i = 0; i < count; i++) {
		if (group[i]->encoded)
			add_percent(&text, group[i]->value);
		else
			rune_add_all(&text, group[i]->value);
		encoded = encoded || group[i]->encoded;
	}
	if (!encoded)
		return rune_result(&text);
	return settle_charset(rune_result(&text), manner, arena);
}

static size_t gather(struct cut *cut, size_t from, struct piece **group)
{
	size_t count = 0;

	for (size_t i = from; i < cut->piece_count; i++) {
		struct piece *piece = &cut->pieces[i];

		if (piece->used ||
		    compare_values(piece->base, cut->pieces[from].base) != 0)
			continue;
		piece->used = true;
		group[count++] = piece;
	}
	qsort(group, count, sizeof(struct piece *), compare_pieces);
	return count;
}

/* Pieces with and without a number cannot be ordered. */
static bool is_sound(struct piece *const *group, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (group[i]->numbered != group[0]->numbered ||
		    group[i]->digits.count > NUMBER_DIGITS_MAX)
			return false;
	}
	return true;
}

static void lower_names(struct parameter_list *list, struct arena *arena)
{
	for (size_t i = 0; i < list->count; i++) {
		struct rune_text text = { .arena = arena };
		struct runes name = list->items[i].name;

		for (size_t j = 0; j < name.count; j++)
			rune_add(&text, rune_lower(name.at[j]));
		list->items[i].name = rune_result(&text);
	}
}

static struct runes lower(struct runes name, struct arena *arena)
{
	struct parameter one = { .name = name };
	struct parameter_list list = { &one, 1 };

	lower_names(&list, arena);
	return one.name;
}

/* False when a group has pieces that cannot be ordered. */
static bool join_all(struct cut *cut, enum manner manner, struct arena *arena,
		     struct parameter_list *list)
{
	struct piece **group =
		arena_array(arena, cut->piece_count + 1, sizeof(*group));

	for (size_t i = 0; i < cut->piece_count; i++)
		cut->pieces[i].base = lower(cut->pieces[i].base, arena);
	for (size_t i = 0; i < cut->piece_count; i++) {
		size_t count;

		if (cut->pieces[i].used)
			continue;
		count = gather(cut, i, group);
		if (manner == MANNER_STRICT && !is_sound(group, count))
			return false;
		list->items[list->count++] = (struct parameter){
			cut->pieces[i].base,
			join_pieces(group, count, manner, arena), true
		};
	}
	return true;
}

struct parameter_list parameter_parse(struct bytes header, enum manner manner,
				      struct arena *arena)
{
	struct cut cut = cut_fields(runes_of(header, arena), arena);
	struct parameter_list list = { NULL, 0 };
	size_t size = sizeof(*list.items);

	list.items = arena_array(arena, cut.plain.count + cut.piece_count + 1,
				 size);
	if (!join_all(&cut, manner, arena, &list))
		return (struct parameter_list){ NULL, 0 };
	lower_names(&cut.plain, arena);
	if (manner == MANNER_PEOPLE) {
		memcpy(list.items + list.count, cut.plain.items,
		       cut.plain.count * size);
	} else {
		memmove(list.items + cut.plain.count, list.items,
			list.count * size);
		memcpy(list.items, cut.plain.items, cut.plain.count * size);
	}
	list.count += cut.plain.count;
	return list;
}

const struct runes *parameter_find(const struct parameter_list *list,
				   const char *name)
{
	for (size_t i = 0; i < list->count; i++) {
		if (runes_equal(list->items[i].name, name))
			return &list->items[i].value;
	}
	return NULL;
}
