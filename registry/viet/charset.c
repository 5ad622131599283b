#include "viet/charset.h"
#include "viet/character.h"
#include <string.h>
#include <uchar.h>

/* 0x80 to 0x9F; U+FFFD where there is nothing. */
static const char16_t upper_1252[] =
	u"€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ";

/* TCVN 5712-1, 0x80 to 0xFF. */
static const char16_t upper_tcvn3[] =
	u"ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
	u"\u00A0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
	u"ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
	u"Ổỏõóọồổỗốộờởỡớợù"
	u"ỖủũúụừửữứựỳỷỹýỵỐ";

/* RFC 1456, 0x80 to 0xFF. */
static const char16_t upper_viscii[] =
	u"ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
	u"ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
	u"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
	u"àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";

/* Where windows-1258 differs from 1252. */
static const uint16_t differences_1258[][2] = {
	{ 0x8A, 0xFFFD },
	{ 0x8E, 0xFFFD },
	{ 0x9A, 0xFFFD },
	{ 0x9E, 0xFFFD },
	{ 0xC3, 0x102 },
	{ 0xCC, 0x300 },
	{ 0xD0, 0x110 },
	{ 0xD2, 0x309 },
	{ 0xD5, 0x1A0 },
	{ 0xDD, 0x1AF },
	{ 0xDE, 0x303 },
	{ 0xE3, 0x103 },
	{ 0xEC, 0x301 },
	{ 0xF0, 0x111 },
	{ 0xF2, 0x323 },
	{ 0xF5, 0x1A1 },
	{ 0xFD, 0x1B0 },
	{ 0xFE, 0x20AB },
};

/* VNI: the marks that follow a vowel, small letters; and what they make of
 * each vowel that takes them. Vowels: a e o u y ô ö, in this order. */
static const char16_t vni_marks[] = u"ùøûõïâáàåãäêéèúüë";
static const char16_t *const vni_vowels[] = {
	u"áàảãạâấầẩẫậăắằẳẵặ", /* a */
	u"éèẻẽẹêếềểễệ",	      /* e */
	u"óòỏõọôốồổỗộ",	      /* o */
	u"úùủũụ",	      /* u */
	u"ýỳỷỹỵ",	      /* y */
	u"ớờởỡợ",	      /* ô, which is ơ */
	u"ứừửữự",	      /* ö, which is ư */
};
static const char16_t vni_bases[] = u"aeouyôö";
/* Letters of one byte, small. */
static const char16_t vni_single[][2] = {
	{ u'ô', u'ơ' },
	{ u'ö', u'ư' },
	{ u'ñ', u'đ' },
	{ u'í', u'í' },
	{ u'ì', u'ì' },
	{ u'æ', u'ỉ' },
	{ u'ó', u'ĩ' },
	{ u'ò', u'ị' },
	{ u'î', u'ỵ' },
};

enum charset charset_find(const char *name)
{
	static const struct {
		const char *name;
		enum charset charset;
	} names[] = {
		{ "utf8", CHARSET_UTF8 },
		{ "unicode11utf8", CHARSET_UTF8 },
		{ "windows1258", CHARSET_1258 },
		{ "cp1258", CHARSET_1258 },
		{ "xcp1258", CHARSET_1258 },
		{ "windows1252", CHARSET_1252 },
		{ "cp1252", CHARSET_1252 },
		{ "iso88591", CHARSET_1252 },
		{ "latin1", CHARSET_1252 },
		{ "xviettcvn", CHARSET_TCVN3 },
		{ "xviettcvn5712", CHARSET_TCVN3 },
		{ "tcvn", CHARSET_TCVN3 },
		{ "tcvn3", CHARSET_TCVN3 },
		{ "tcvn5712", CHARSET_TCVN3 },
		{ "tcvn57121", CHARSET_TCVN3 },
		{ "xvietvni", CHARSET_VNI },
		{ "vni", CHARSET_VNI },
		{ "viscii", CHARSET_VISCII },
		{ "csviscii", CHARSET_VISCII },
		{ "xviscii", CHARSET_VISCII },
	};
	char plain[24];
	size_t size = 0;

	for (; *name && size + 1 < sizeof plain; name++) {
		uint32_t lower = character_lower((unsigned char)*name);

		if ((lower >= 'a' && lower <= 'z') || character_is_digit(lower))
			plain[size++] = (char)lower;
	}
	plain[size] = '\0';
	for (size_t i = 0; !*name && i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(plain, names[i].name) == 0)
			return names[i].charset;
	}
	return CHARSET_COUNT;
}

int charset_byte_1252(uint32_t character)
{
	if (character < 0x80 || (character >= 0xA0 && character <= 0xFF))
		return (int)character;
	for (size_t i = 0; i < 32; i++) {
		if (upper_1252[i] == character && character != CHARACTER_BAD)
			return (int)(0x80 + i);
	}
	/* Software that shows 1252 keeps its five empty places as C1. */
	if (character == 0x81 || character == 0x8D || character == 0x8F ||
	    character == 0x90 || character == 0x9D)
		return (int)character;
	return -1;
}

static uint32_t from_1252(unsigned char byte)
{
	return byte >= 0x80 && byte < 0xA0 ? upper_1252[byte - 0x80] : byte;
}

static uint32_t from_1258(unsigned char byte)
{
	for (size_t i = 0;
	     i < sizeof differences_1258 / sizeof differences_1258[0]; i++) {
		if (differences_1258[i][0] == byte)
			return differences_1258[i][1];
	}
	return from_1252(byte);
}

static bool is_capital(struct bytes bytes, size_t at)
{
	return at < bytes.size && bytes.data[at] >= 'A' &&
	       bytes.data[at] <= 'Z';
}

/* Fonts have no letters below 0xA1; programs put the quotes and dashes of 1252
 * there. Capitals of the standard stand beside other capitals. */
static uint32_t from_tcvn3(struct bytes bytes, size_t at)
{
	unsigned char byte = bytes.data[at];

	if (byte >= 0xA0)
		return upper_tcvn3[byte - 0x80];
	if (is_capital(bytes, at + 1) ||
	    (at > 0 && is_capital(bytes, at - 1)) ||
	    upper_1252[byte - 0x80] == CHARACTER_BAD)
		return upper_tcvn3[byte - 0x80];
	return upper_1252[byte - 0x80];
}

static uint32_t from_viscii(unsigned char byte)
{
	static const char16_t low[][2] = {
		{ 0x02, u'Ẳ' },
		{ 0x05, u'Ẵ' },
		{ 0x06, u'Ẫ' },
		{ 0x14, u'Ỷ' },
		{ 0x19, u'Ỹ' },
		{ 0x1E, u'Ỵ' },
	};

	if (byte >= 0x80)
		return upper_viscii[byte - 0x80];
	for (size_t i = 0; i < sizeof low / sizeof low[0]; i++) {
		if (low[i][0] == byte)
			return low[i][1];
	}
	return byte;
}

static size_t place_in(const char16_t *list, uint32_t character)
{
	size_t i = 0;

	while (list[i] && list[i] != character)
		i++;
	return i;
}

/* The letter of a vowel and its mark; 0 when they do not go together. */
static uint32_t join_vni(uint32_t vowel, uint32_t mark)
{
	size_t base = place_in(vni_bases, character_lower(vowel));
	size_t place = place_in(vni_marks, character_lower(mark));
	uint32_t joined;

	if (!vni_bases[base] || !vni_marks[place] || mark < 0x80)
		return 0;
	for (size_t i = 0; i <= place; i++) {
		if (!vni_vowels[base][i])
			return 0;
	}
	joined = vni_vowels[base][place];
	return character_is_upper(vowel) ? character_upper(joined) : joined;
}

static uint32_t alone_vni(uint32_t character)
{
	uint32_t lower = character_lower(character);

	for (size_t i = 0; i < sizeof vni_single / sizeof vni_single[0]; i++) {
		if (vni_single[i][0] != lower)
			continue;
		return character == lower ? vni_single[i][1]
					  : character_upper(vni_single[i][1]);
	}
	return character;
}

/* Moves *at past what was read. */
static uint32_t from_vni(struct bytes bytes, size_t *at)
{
	uint32_t first = from_1252(bytes.data[(*at)++]);
	uint32_t joined = 0;

	if (*at < bytes.size)
		joined = join_vni(first, from_1252(bytes.data[*at]));
	if (joined == 0)
		return alone_vni(first);
	++*at;
	return joined;
}

static uint32_t next(enum charset charset, struct bytes bytes, size_t *at)
{
	switch (charset) {
	case CHARSET_1258:
		return from_1258(bytes.data[(*at)++]);
	case CHARSET_1252:
		return from_1252(bytes.data[(*at)++]);
	case CHARSET_VISCII:
		return from_viscii(bytes.data[(*at)++]);
	case CHARSET_VNI:
		return from_vni(bytes, at);
	case CHARSET_TCVN3:
		if (bytes.data[*at] < 0x80)
			return bytes.data[(*at)++];
		return from_tcvn3(bytes, (*at)++);
	case CHARSET_UTF8:
	case CHARSET_COUNT:
		break;
	}
	return character_read(bytes, at);
}

void charset_read(enum charset charset, struct bytes bytes, struct text *text)
{
	char utf8[CHARACTER_UTF8_SIZE];
	size_t at = 0;

	while (at < bytes.size) {
		uint32_t character = next(charset, bytes, &at);

		if (character == 0)
			character = ' ';
		text_add_part(text, utf8, character_write(character, utf8));
	}
}
