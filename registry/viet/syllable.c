#include "viet/syllable.h"
#include "viet/character.h"

enum {
	LETTERS_MAX = 16,
	LOOKED_AT_MAX = 16384
};

/* clang-format off */
static const uint32_t *const onsets[] = {
	U"",
	U"b", U"c", U"ch", U"d", U"đ", U"g", U"gh", U"gi", U"h", U"k", U"kh",
	U"l", U"m", U"n", U"ng", U"ngh", U"nh", U"p", U"ph", U"qu", U"r", U"s",
	U"t", U"th", U"tr", U"v", U"x",
};

/* Without tone; sorted. */
static const uint32_t *const rhymes[] = {
	U"a", U"ac", U"ach", U"ai", U"am", U"an", U"ang", U"anh", U"ao", U"ap",
	U"at", U"au", U"ay", U"e", U"ec", U"em", U"en", U"eng", U"eo", U"ep",
	U"et", U"i", U"ia", U"ich", U"im", U"in", U"inh", U"ip", U"it", U"iu",
	U"iêc", U"iêm", U"iên", U"iêng", U"iêp", U"iêt", U"iêu", U"o", U"oa",
	U"oac", U"oach", U"oai", U"oam", U"oan", U"oang", U"oanh", U"oao",
	U"oap", U"oat", U"oay", U"oc", U"oe", U"oen", U"oeo", U"oet", U"oi",
	U"om", U"on", U"ong", U"ooc", U"oong", U"op", U"ot", U"oăc", U"oăm",
	U"oăn", U"oăng", U"oăt", U"u", U"ua", U"uc", U"ui", U"um", U"un",
	U"ung", U"up", U"ut", U"uy", U"uya", U"uych", U"uynh", U"uyp", U"uyt",
	U"uyu", U"uyên", U"uyêt", U"uân", U"uâng", U"uât", U"uây", U"uê",
	U"uêch", U"uên", U"uênh", U"uêt", U"uôc", U"uôi", U"uôm", U"uôn",
	U"uông", U"uôt", U"uơ", U"y", U"ych", U"ynh", U"yt", U"yêm", U"yên",
	U"yêng", U"yêt", U"yêu", U"âc", U"âm", U"ân", U"âng", U"âp", U"ât",
	U"âu", U"ây", U"ê", U"êch", U"êm", U"ên", U"ênh", U"êp", U"êt", U"êu",
	U"ô", U"ôc", U"ôi", U"ôm", U"ôn", U"ông", U"ôp", U"ôt", U"ăc", U"ăm",
	U"ăn", U"ăng", U"ăp", U"ăt", U"ơ", U"ơi", U"ơm", U"ơn", U"ơp", U"ơt",
	U"ư", U"ưa", U"ưc", U"ưi", U"ưm", U"ưn", U"ưng", U"ưt", U"ưu", U"ươc",
	U"ươi", U"ươm", U"ươn", U"ương", U"ươp", U"ươt", U"ươu",
};

/* Words of every office; sorted. */
static const uint32_t *const everyday[] = {
	U"báo", U"bản", U"bộ", U"chánh", U"chính", U"chỉ", U"chủ", U"chức",
	U"các", U"cáo", U"có", U"công", U"cơ", U"cộng", U"của", U"dân", U"dẫn",
	U"dục", U"dựng", U"giám", U"giáo", U"giấy", U"gửi", U"hoà", U"hoạch",
	U"huyện", U"hành", U"hình", U"hòa", U"hướng", U"hạnh", U"hội",
	U"không", U"kính", U"kế", U"là", U"lí", U"lý", U"lập", U"môi", U"một",
	U"mời", U"nghiệp", U"nghĩa", U"nghị", U"ngày", U"người", U"nhiệm",
	U"nhân", U"những", U"này", U"nông", U"năm", U"phát", U"phòng", U"phó",
	U"phúc", U"phường", U"phố", U"phủ", U"quyết", U"quý", U"quản", U"quốc",
	U"số", U"sở", U"thành", U"tháng", U"thông", U"thư", U"thường", U"thị",
	U"triển", U"trình", U"trường", U"trưởng", U"trực", U"tài", U"tình",
	U"tư", U"tại", U"tế", U"tỉnh", U"tổ", U"từ", U"tự", U"uỷ", U"việc",
	U"việt", U"và", U"văn", U"về", U"vị", U"với", U"xây", U"xã", U"điều",
	U"đã", U"đơn", U"đường", U"được", U"đất", U"đầu", U"đến", U"đề",
	U"địa", U"định", U"đốc", U"đồng", U"độc", U"ủy",
};
/* clang-format on */

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* As strcmp, of `count` letters with a closed string. */
static int compare(const uint32_t *letters, size_t count, const uint32_t *word)
{
	for (size_t i = 0; i < count; i++) {
		if (letters[i] != word[i]) /* word[i] may be its end */
			return letters[i] < word[i] ? -1 : 1;
	}
	return word[count] ? -1 : 0;
}

static bool is_among(const uint32_t *letters, size_t count,
		     const uint32_t *const *list, size_t list_count)
{
	size_t low = 0, high = list_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare(letters, count, list[middle]);

		if (order == 0)
			return true;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static size_t length(const uint32_t *word)
{
	size_t size = 0;

	while (word[size])
		size++;
	return size;
}

static bool starts_with(const uint32_t *letters, size_t count,
			const uint32_t *onset)
{
	size_t size = length(onset);

	if (size > count)
		return false;
	for (size_t i = 0; i < size; i++) {
		if (letters[i] != onset[i])
			return false;
	}
	return true;
}

/* The tone of the word, taken off its letters; 6 when there are two. */
static unsigned take_tone(const uint32_t *letters, size_t count,
			  uint32_t *ret_toneless)
{
	unsigned tone = 0;

	for (size_t i = 0; i < count; i++) {
		unsigned own = character_tone(letters[i]);

		if (own > 0)
			tone = tone == 0 ? own : 6;
		ret_toneless[i] = character_toneless(letters[i]);
	}
	return tone;
}

/* Syllables that end in c, ch, p, t carry sắc or nặng. */
static bool may_carry(const uint32_t *toneless, size_t count, unsigned tone)
{
	uint32_t last = toneless[count - 1];
	bool is_stopped = last == 'c' || last == 'p' || last == 't' ||
			  (last == 'h' && count > 1 &&
			   toneless[count - 2] == 'c');

	return tone < 6 && (!is_stopped || tone == 4 || tone == 5);
}

bool syllable_is_legal(const uint32_t *letters, size_t count)
{
	uint32_t toneless[LETTERS_MAX];
	unsigned tone;

	if (count == 0 || count > LETTERS_MAX)
		return false;
	tone = take_tone(letters, count, toneless);
	if (!may_carry(toneless, count, tone))
		return false;
	for (size_t i = 0; i < COUNT(onsets); i++) {
		size_t size = length(onsets[i]);

		if (starts_with(toneless, count, onsets[i]) &&
		    is_among(toneless + size, count - size, rhymes,
			     COUNT(rhymes)))
			return true;
	}
	return false;
}

struct tally {
	int legal, illegal, everyday;
};

/* Of another alphabet: says nothing about Vietnamese. */
static bool is_foreign(uint32_t letter)
{
	return letter >= 0x250 && !(letter >= 0x1E00 && letter < 0x1F00) &&
	       letter != CHARACTER_BAD;
}

static void tally_word(struct tally *tally, const uint32_t *letters,
		       size_t count)
{
	bool has_marks = false;

	for (size_t i = 0; i < count && i < LETTERS_MAX; i++) {
		if (is_foreign(letters[i]))
			return;
		has_marks |= letters[i] >= 0x80;
	}
	if (!has_marks)
		return;
	if (count <= LETTERS_MAX && syllable_is_legal(letters, count))
		tally->legal++;
	else
		tally->illegal++;
	if (is_among(letters, count, everyday, COUNT(everyday)))
		tally->everyday++;
}

/* Signs of Latin-1 such as ª and ¶ inside a word speak against it too. */
static bool is_part(uint32_t character)
{
	return character_class_of(character) == CHARACTER_LETTER ||
	       (character >= 0xA1 && character <= 0xBF &&
		character != 0xAB && character != 0xBB) ||
	       character == CHARACTER_BAD;
}

int syllable_score(struct bytes utf8)
{
	uint32_t letters[LETTERS_MAX + 1];
	struct tally tally = { 0 };
	size_t at = 0, count = 0;

	while (at < utf8.size && at < LOOKED_AT_MAX) {
		uint32_t character = character_read(utf8, &at);

		if (character_class_of(character) == CHARACTER_MARK) {
			if (count > 0 && count <= LETTERS_MAX)
				letters[count - 1] = character_compose(
					letters[count - 1], character);
		} else if (!is_part(character)) {
			tally_word(&tally, letters, count);
			count = 0;
		} else if (count <= LETTERS_MAX) {
			letters[count++] = character_lower(character);
		}
	}
	tally_word(&tally, letters, count);
	if (tally.legal + tally.illegal == 0)
		return 0;
	return (1000 * (tally.legal - tally.illegal) + 500 * tally.everyday) /
	       (tally.legal + tally.illegal);
}
