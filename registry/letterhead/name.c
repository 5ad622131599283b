#include "base/bytes.h"
#include "letterhead/date.h"
#include "letterhead/letterhead.h"
#include "letterhead/number.h"
#include "letterhead/subject.h"
#include "viet/encoding.h"
#include "viet/fold.h"
#include "viet/symbol.h"
#include <string.h>
#include <strings.h>

enum {
	PROPOSALS_MAX = 8,
	NAME_MAX_SIZE = 1000,
	FROM_NAME = 700, /* never sure by itself */
	FROM_MAIL = 760,
	LETTERS_MAX = 8,
	WORDS_MAX = 12
};

/* What is being read, and what was found in it. */
struct reading {
	struct arena *arena;
	const char *text;
	const char *fold; /* as viet_fold() */
	enum letterhead_source source;
	int confidence;
	struct letterhead_proposal *found;
	size_t count;
};

static void propose(struct reading *reading, enum letterhead_field field,
		    const char *value, int less)
{
	if (reading->count == PROPOSALS_MAX)
		return;
	reading->found[reading->count++] = (struct letterhead_proposal){
		.field = field,
		.source = reading->source,
		.value = value,
		.seen = reading->text,
		.confidence = reading->confidence - less,
	};
}

static bool has_found(const struct reading *reading,
		      enum letterhead_field field)
{
	for (size_t i = 0; i < reading->count; i++) {
		if (reading->found[i].field == field)
			return true;
	}
	return false;
}

static struct reading reading_of(const char *text,
				 enum letterhead_source source,
				 int confidence, struct arena *arena)
{
	char *normal = viet_repair(
		arena_copy_part(arena, text,
				strnlen(text, NAME_MAX_SIZE)),
		arena, NULL);

	return (struct reading){
		.arena = arena,
		.text = normal,
		.fold = viet_fold(normal, arena),
		.source = source,
		.confidence = confidence,
		.found = arena_array(arena, PROPOSALS_MAX,
				     sizeof(struct letterhead_proposal)),
	};
}

static bool is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether the digit begins a number: no letter or digit stands before it. */
static bool may_begin(const char *text, size_t at)
{
	return is_digit(text[at]) &&
	       (at == 0 || (!is_digit(text[at - 1]) &&
			    !is_ascii_letter(text[at - 1]) &&
			    !((unsigned char)text[at - 1] >= 0x80)));
}

/* A symbol in capitals, as a name of a file has it after upper-casing. */
static char *shout(const char *text, struct arena *arena)
{
	char *copy = arena_copy(arena, text);

	for (size_t i = 0; copy[i]; i++) {
		if (copy[i] >= 'a' && copy[i] <= 'z')
			copy[i] = (char)(copy[i] - 'a' + 'A');
	}
	return copy;
}

/* "61.skh-th": small letters only are written large. */
static const char *tidy(const char *text, struct arena *arena)
{
	for (size_t i = 0; text[i]; i++) {
		if (text[i] >= 'A' && text[i] <= 'Z')
			return text;
	}
	return shout(text, arena);
}

/* The notation behind a number must not be a word of the language. */
static bool is_plausible(const struct number *number, const char *text)
{
	size_t letters = 0, capitals = 0;

	for (size_t i = 0; text[i]; i++) {
		letters += is_ascii_letter(text[i]);
		capitals += text[i] >= 'A' && text[i] <= 'Z';
	}
	return number->is_known || number->group_count > 1 ||
	       (letters > 0 && capitals == letters && letters <= LETTERS_MAX);
}

static void propose_symbol(struct reading *reading,
			   const struct number *number, int less)
{
	propose(reading, LETTERHEAD_SYMBOL, number->value, less);
	if (number->type)
		propose(reading, LETTERHEAD_TYPE, number->type->name, 40);
}

/* "1234/UBND-KT", "61.SKH-TH", "695_ubnd_vx" in the text. */
static bool scan_symbol(struct reading *reading, const char *text,
			struct number *ret_number)
{
	struct bytes bytes = bytes_of(text);

	for (size_t at = 0; at < bytes.size; at++) {
		char key[SYMBOL_KEY_SIZE];
		const char *own;
		size_t end;

		if (!may_begin(text, at) ||
		    !symbol_scan(bytes, at, key, &end))
			continue;
		own = tidy(arena_copy_part(reading->arena, text + at, end - at),
			   reading->arena);
		if (number_parse(own, reading->arena, ret_number) &&
		    ret_number->value[0] != '\0' &&
		    is_plausible(ret_number, own))
			return true;
	}
	return false;
}

static void read_symbol(struct reading *reading)
{
	struct number number;

	if (scan_symbol(reading, reading->text, &number))
		propose_symbol(reading, &number, number.is_known ? 0 : 120);
}

/* "cv-682-sct": small letters, which only a code of ours makes a number. */
static void read_small_symbol(struct reading *reading)
{
	struct number number;

	if (!has_found(reading, LETTERHEAD_SYMBOL) &&
	    scan_symbol(reading, shout(reading->text, reading->arena),
			&number) &&
	    number.is_known)
		propose_symbol(reading, &number, 140);
}

/* Words of a name: letters, or digits. */
struct word_part {
	size_t start, end;
	bool is_number;
};

static size_t split(const char *fold, struct word_part *parts)
{
	size_t count = 0, at = 0;

	while (fold[at] && count < WORDS_MAX) {
		bool is_number = is_digit(fold[at]);
		size_t start = at;

		if (!is_number && !is_ascii_letter(fold[at])) {
			at++;
			continue;
		}
		while (fold[at] && is_digit(fold[at]) == is_number &&
		       (is_number || is_ascii_letter(fold[at])))
			at++;
		parts[count++] = (struct word_part){ start, at, is_number };
	}
	return count;
}

static char *part_of(const struct reading *reading,
		     const struct word_part *part)
{
	return shout(arena_copy_part(reading->arena,
				     reading->fold + part->start,
				     part->end - part->start),
		     reading->arena);
}

static const struct type *type_of(const struct reading *reading,
				  const struct word_part *part)
{
	const char *code = part_of(reading, part);

	if (part->is_number)
		return NULL;
	/* "cv", "cvvp", "cvct": letters of an office */
	if (strncmp(code, "CV", 2) == 0)
		return type_by_code("CV");
	if (strcmp(code, "QDCT") == 0 || strcmp(code, "QDUB") == 0)
		return type_by_code("QĐ");
	return type_by_code(code);
}

/* "cv-682-sct", "KH2668_CNTT_UB", "107tb -kcn", "gm-275-2012-4": the type
 * comes first, or the number and the type are one word. */
static void read_type(struct reading *reading)
{
	struct word_part parts[WORDS_MAX];
	size_t count = split(reading->fold, parts);

	for (size_t i = 0; i < count; i++) {
		const struct type *type = type_of(reading, &parts[i]);
		const struct word_part *number =
			i + 1 < count && parts[i + 1].is_number ? &parts[i + 1]
			: i > 0 && parts[i - 1].is_number	? &parts[i - 1]
								: NULL;

		if (!type || !number)
			continue;
		propose(reading, LETTERHEAD_TYPE, type->name, 120);
		return;
	}
}

/* "cong van", "quyet dinh" as words. */
static void read_type_name(struct reading *reading)
{
	static const char *const words[] = {
		"cong van",
		"quyet dinh",
		"thong bao",
		"ke hoach",
		"bao cao",
		"to trinh",
		"giay moi",
		"nghi quyet",
		"chi thi",
		"huong dan",
		"cong dien",
		"nghi dinh",
		"thong tu",
		"bien ban",
		"hop dong",
		"chuong trinh",
		"phieu chuyen",
		"quy che",
	};
	const char *best = NULL, *best_word = NULL;

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		const char *found = strstr(reading->fold, words[i]);

		if (found && (!best || found < best)) {
			best = found;
			best_word = words[i];
		}
	}
	if (best_word)
		propose(reading, LETTERHEAD_TYPE,
			type_by_name(term_compact(best_word, reading->arena),
				     0)
				->name,
			150);
}

static void read_day(struct reading *reading)
{
	char iso[DAY_SIZE];
	struct day day;

	if (!date_find_text(reading->fold, &day))
		return;
	day_print(day, iso);
	propose(reading, LETTERHEAD_DAY, arena_copy(reading->arena, iso), 100);
}

/* Behind "V/v" or "về việc", to the end. */
static void read_subject(struct reading *reading, const char *end)
{
	static const char *const labels[] = { "v/v", "V/v", "V/V", "về việc",
					      "Về việc", "ve viec", "Ve viec",
					      "VỀ VIỆC" };

	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		const char *found = strstr(reading->text, labels[i]);
		char *subject;
		size_t size;

		if (!found || found >= end)
			continue;
		found = subject_without_label(found);
		if (found >= end)
			continue;
		subject = arena_copy_part(reading->arena, found,
					  (size_t)(end - found));
		size = strlen(subject);
		while (size > 0 && strchr(" .,;-_", subject[size - 1]))
			subject[--size] = '\0';
		if (size >= 6)
			propose(reading, LETTERHEAD_SUBJECT, subject, 60);
		return;
	}
}

static void read_urgency(struct reading *reading)
{
	const char *value = NULL;

	if (strstr(reading->text, "HỎA TỐC") ||
	    strstr(reading->text, "HOẢ TỐC"))
		value = "3";
	else if (strstr(reading->text, "THƯỢNG KHẨN"))
		value = "2";
	else if (strstr(reading->text, "KHẨN"))
		value = "1";
	if (value)
		propose(reading, LETTERHEAD_URGENCY, value, 0);
}

static struct letterhead letterhead_of(const struct reading *reading)
{
	struct letterhead letterhead = {
		.proposals = reading->found,
		.count = reading->count,
	};

	if (has_found(reading, LETTERHEAD_SYMBOL))
		letterhead.likeness = 400;
	else if (has_found(reading, LETTERHEAD_TYPE))
		letterhead.likeness = 250;
	return letterhead;
}

/* "kế hoạch (MẬT).pdf" and "TỐI MẬT - …": the word alone between signs. */
static const char *secret_of(const struct reading *reading)
{
	static const char *const words[] = { "TUYỆT MẬT", "TỐI MẬT", "MẬT" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		const char *found = strstr(reading->text, words[i]);
		size_t size = strlen(words[i]);

		if (!found)
			continue;
		if ((found == reading->text ||
		     strchr("([-_.", found[-1])) &&
		    (found[size] == '\0' || strchr(")]-_.:", found[size])))
			return words[i];
	}
	return NULL;
}

static const char *end_of_name(const char *text)
{
	const char *dot = strrchr(text, '.');
	const char *end = text + strlen(text);

	return dot && end - dot <= 5 && dot > text ? dot : end;
}

struct letterhead letterhead_read_name(const char *name, struct arena *arena)
{
	struct reading reading = reading_of(name, LETTERHEAD_FROM_NAME,
					    FROM_NAME, arena);
	struct letterhead letterhead;

	read_symbol(&reading);
	read_small_symbol(&reading);
	if (!has_found(&reading, LETTERHEAD_TYPE))
		read_type_name(&reading);
	if (!has_found(&reading, LETTERHEAD_TYPE))
		read_type(&reading);
	read_day(&reading);
	read_subject(&reading, end_of_name(reading.text));
	read_urgency(&reading);
	letterhead = letterhead_of(&reading);
	letterhead.secret = secret_of(&reading);
	return letterhead;
}

struct letterhead letterhead_read_mail(const char *subject,
				       struct arena *arena)
{
	struct reading reading = reading_of(subject, LETTERHEAD_FROM_MAIL,
					    FROM_MAIL, arena);
	struct letterhead letterhead;

	read_symbol(&reading);
	if (!has_found(&reading, LETTERHEAD_TYPE))
		read_type_name(&reading);
	read_day(&reading);
	read_subject(&reading, reading.text + strlen(reading.text));
	read_urgency(&reading);
	letterhead = letterhead_of(&reading);
	letterhead.secret = secret_of(&reading);
	return letterhead;
}
