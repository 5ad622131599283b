#include "letterhead/person.h"
#include "base/bytes.h"
#include "base/text.h"
#include "letterhead/casing.h"
#include "viet/character.h"
#include "viet/fold.h"
#include "viet/syllable.h"
#include <string.h>

enum {
	NAME_WORDS_MIN = 2,
	NAME_WORDS_MAX = 6,
	LETTERS_MAX = 16
};

/* clang-format off */
static const char *const families[] = {
	"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ",
	"Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đào", "Đinh",
	"Đoàn", "Lâm", "Trịnh", "Mai", "Trương", "Hà", "Cao", "Lương", "Tạ",
	"Tô", "Thái", "Phùng", "Chu", "Châu", "Quách", "Vương", "La", "Lưu",
	"Kiều", "Tống", "Từ", "Thạch", "Sơn", "Kim", "Danh", "Nông", "Vi",
	"Lò", "Hứa", "Triệu", "Bế", "Hoàng", "Giang", "Nghiêm", 
	"Tăng", "Đàm", "Doãn", "Cù", "Khổng", "Mạc", "Diệp", "Âu",
	"Bạch", "Bành", "Cổ", "Điểu", "Giàng", "Hầu", "Lại", "Lục", "Lữ",
	"Mã", "Ma", "Nhâm", "Ninh", "Phí", "Tiêu", "Tôn", "Thân",
	"Thiều", "Thẩm", "Trà", "Tưởng", "Ung", "Ưng", 
	"Sầm", "Đồng", "Đậu", "Hán", "Hàn", "Kha", "Khuất", "Khúc", "Lã",
	"Lộ", "Lều", "Mạch", "Nhan", "Nhữ", "Quản", "Sử",
	"Tiết", "Tòng", "Trình", "Uông", "Y", "Vừ", "Đèo", "Quàng",
};
/* titles before a name, which the register does not keep */
static const char *const titles[] = {
	"ts", "ths", "pgs", "gs", "pgs.ts", "gs.ts", "bs", "ks", "cn", "ds",
	"bsckii", "bscki", "bs.ckii", "bs.cki", "pgs.ts.bs", "ts.bs",
	"ths.bs", "ls", "ong", "ba", "dai ta", "thuong ta", "trung ta",
	"thieu ta", "dai uy", "thuong uy", "thieu tuong", "trung tuong",
	"thuong tuong", "dai tuong", "nsut", "nsnd", "nha giao", "ths.ks",
	"pgs,ts", "gs,ts", "cki", "ckii", "trung uy", "thieu uy",
};
/* words that are in no name but may look like one */
static const char *const others[] = {
	"nhu", "luu", "noi", "nhan", "kinh", "gui", "da", "ky", "so", "ngay",
	"phong", "ban", "cong", "trang", "phu", "luc", "dieu", "uy", "chu",
	"tich", "giam", "doc", "truong", "thanh", "pho", "tinh", "xa",
	"vt", "email", "mau", "bieu", "viet nam", "ho so",
};
/* clang-format on */

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static size_t skip_titles(const struct line *line)
{
	size_t at = 0;
	bool is_found = true;

	while (is_found && at < line->count) {
		is_found = false;
		for (size_t i = 0; i < COUNT(titles); i++) {
			if (line_stands_at(line, titles[i], at)) {
				at += line_phrase_count(titles[i]);
				is_found = true;
				break;
			}
		}
	}
	return at;
}

/* A capital and then small letters, or capitals only. */
static bool is_name_word(const char *text, bool *ret_shouted)
{
	uint32_t letters[LETTERS_MAX];
	struct bytes bytes = bytes_of(text);
	size_t at = 0, count = 0, capitals = 0;

	while (at < bytes.size) {
		uint32_t c = character_read(bytes, &at);

		if (character_class_of(c) != CHARACTER_LETTER ||
		    character_is_digit(c) || count == LETTERS_MAX)
			return c == '\'' && count == 1; /* K'Brêu */
		if (count == 0 && !character_is_upper(c))
			return false;
		capitals += character_is_upper(c);
		letters[count++] = character_lower(c);
	}
	*ret_shouted = capitals == count && count > 1;
	return count > 0 && (capitals == 1 || capitals == count) &&
	       (syllable_is_legal(letters, count) || count > 1);
}

static bool is_legal(const char *text)
{
	uint32_t letters[LETTERS_MAX];
	struct bytes bytes = bytes_of(text);
	size_t at = 0, count = 0;

	while (at < bytes.size && count < LETTERS_MAX)
		letters[count++] =
			character_lower(character_read(bytes, &at));
	return syllable_is_legal(letters, count);
}

/* Without diacritics; a letter that is none of ours is one sign. */
static const char *plain_of(const char *word, struct arena *arena)
{
	char *fold = viet_fold(word, arena);
	size_t size = 0;

	for (size_t i = 0; fold[i]; i++) {
		if ((unsigned char)fold[i] < 0x80)
			fold[size++] = fold[i];
		else if ((unsigned char)fold[i] >= 0xC0)
			fold[size++] = '?';
	}
	fold[size] = '\0';
	return fold;
}

static const char *family_of(const char *word, bool is_read,
			     struct arena *arena)
{
	const char *fold = plain_of(word, arena);

	for (size_t i = 0; i < COUNT(families); i++) {
		if (strcmp(families[i], word) == 0)
			return families[i];
	}
	for (size_t i = 0; i < COUNT(families); i++) {
		if (strcmp(viet_fold(families[i], arena), fold) == 0)
			return families[i];
	}
	for (size_t i = 0; is_read && i < COUNT(families); i++) {
		const char *own = viet_fold(families[i], arena);

		if (strlen(own) >= 5 && term_distance(own, fold, 1) <= 1)
			return families[i];
	}
	return NULL;
}

/* Signs that a scan or a form leaves about a word. */
static char *bare(const char *text, struct arena *arena)
{
	size_t size;
	char *word;

	text += strspn(text, ".,:;|\"'*-_()");
	word = arena_copy(arena, text);
	size = strlen(word);
	while (size > 0 && strchr(".,:;|\"'*-_()", word[size - 1]))
		word[--size] = '\0';
	return word;
}

static bool is_family(const char *word)
{
	for (size_t i = 0; i < COUNT(families); i++) {
		if (strcmp(families[i], word) == 0)
			return true;
	}
	return false;
}

static bool is_other(const struct line *line, size_t from)
{
	size_t common = 0;

	for (size_t i = from; i < line->count; i++) {
		for (size_t j = 0; j < COUNT(others); j++)
			common += strcmp(line->terms[i].fold, others[j]) == 0;
	}
	/* "Vương Công Phong" is somebody */
	if (is_family(line->terms[from].word->text))
		return common == line->count - from;
	return common * 2 > line->count - from;
}

/* Recognised family names get their diacritics back. */
static const char *first_word(const struct line *line, const char *word,
			      bool *ret_family, struct arena *arena)
{
	bool is_read = line->page->source == PAGE_OCR;
	const char *family = family_of(word, is_read, arena);

	*ret_family = family != NULL;
	if (family && is_read &&
	    strcmp(family, word) != 0 && strlen(word) >= 5)
		return family;
	return word;
}

struct person person_read(const struct line *line, struct arena *arena)
{
	size_t from = skip_titles(line), words = line->count - from;
	bool has_family = false, shouted = false, all_shouted = true;
	size_t legal = 0;
	auto_text name = { 0 };
	struct person person = { .from = from };

	if (words < NAME_WORDS_MIN || words > NAME_WORDS_MAX ||
	    is_other(line, from))
		return person;
	for (size_t i = from; i < line->count; i++) {
		const char *word = bare(line->terms[i].word->text, arena);

		if (!is_name_word(word, &shouted))
			return person;
		all_shouted &= shouted;
		legal += is_legal(word);
		if (i == from)
			word = first_word(line,
					  shouted ? casing_of_person(word,
								     arena)
						  : word,
					  &has_family, arena);
		else
			text_add_char(&name, ' ');
		text_add(&name, word);
	}
	person.name = arena_copy(arena, text_string(&name));
	if (all_shouted)
		person.name = casing_of_person(person.name, arena);
	person.weight = 60 + (has_family ? 100 : 0) +
			(legal == words ? 40 : 0) + (words >= 3 ? 10 : 0) -
			(all_shouted ? 60 : 0);
	return person;
}
