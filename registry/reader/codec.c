#include "reader/codec.h"
#include <errno.h>
#include <iconv.h>
#include <string.h>

enum {
	KEY_SIZE = 32,
	OUTPUT_RUNES = 256
};

/* Keys are names in lower case without anything but letters and digits. */
struct codec {
	const char *keys; /* each between blanks */
	const char *name; /* as iconv knows it */
	iconv_t converter;
};

/* clang-format off */
static struct codec codecs[] = {
	{ " iso88592 latin2 l2 ", "ISO-8859-2", NULL },
	{ " iso88593 latin3 l3 ", "ISO-8859-3", NULL },
	{ " iso88594 latin4 l4 ", "ISO-8859-4", NULL },
	{ " iso88595 cyrillic ", "ISO-8859-5", NULL },
	{ " iso88596 arabic ", "ISO-8859-6", NULL },
	{ " iso88597 greek greek8 ", "ISO-8859-7", NULL },
	{ " iso88598 hebrew iso88598i iso88598e ", "ISO-8859-8", NULL },
	{ " iso88599 latin5 l5 ", "ISO-8859-9", NULL },
	{ " iso885910 latin6 l6 ", "ISO-8859-10", NULL },
	{ " iso885911 thai ", "ISO-8859-11", NULL },
	{ " iso885913 latin7 l7 ", "ISO-8859-13", NULL },
	{ " iso885914 latin8 l8 ", "ISO-8859-14", NULL },
	{ " iso885915 latin9 l9 ", "ISO-8859-15", NULL },
	{ " iso885916 latin10 l10 ", "ISO-8859-16", NULL },
	{ " cp1250 windows1250 1250 ", "CP1250", NULL },
	{ " cp1251 windows1251 1251 ", "CP1251", NULL },
	{ " cp1252 windows1252 1252 ", "CP1252", NULL },
	{ " cp1253 windows1253 1253 ", "CP1253", NULL },
	{ " cp1254 windows1254 1254 ", "CP1254", NULL },
	{ " cp1255 windows1255 1255 ", "CP1255", NULL },
	{ " cp1256 windows1256 1256 ", "CP1256", NULL },
	{ " cp1257 windows1257 1257 ", "CP1257", NULL },
	{ " cp1258 windows1258 1258 ", "CP1258", NULL },
	{ " koi8r cskoi8r ", "KOI8-R", NULL },
	{ " koi8u ", "KOI8-U", NULL },
	{ " gb2312 euccn eucgb2312cn chinese gb231280 ", "EUC-CN", NULL },
	{ " gbk cp936 936 ms936 ", "GBK", NULL },
	{ " gb18030 gb180302000 ", "GB18030", NULL },
	{ " hz hzgb hzgb2312 ", "HZ", NULL },
	{ " big5 big5tw csbig5 ", "BIG5", NULL },
	{ " big5hkscs hkscs ", "BIG5-HKSCS", NULL },
	{ " cp950 950 ms950 ", "CP950", NULL },
	{ " shiftjis sjis csshiftjis ", "SHIFT_JIS", NULL },
	{ " cp932 932 ms932 mskanji windows31j ", "CP932", NULL },
	{ " eucjp ujis ujis ", "EUC-JP", NULL },
	{ " iso2022jp csiso2022jp ", "ISO-2022-JP", NULL },
	{ " iso2022jp2 ", "ISO-2022-JP-2", NULL },
	{ " iso2022kr csiso2022kr ", "ISO-2022-KR", NULL },
	{ " euckr korean ksc5601 ksx1001 ", "EUC-KR", NULL },
	{ " cp949 949 ms949 uhc ksc56011987 ", "CP949", NULL },
	{ " johab cp1361 ", "JOHAB", NULL },
	{ " cp437 437 ibm437 ", "CP437", NULL },
	{ " cp850 850 ibm850 ", "CP850", NULL },
	{ " cp852 852 ibm852 ", "CP852", NULL },
	{ " cp855 855 ibm855 ", "CP855", NULL },
	{ " cp866 866 ibm866 ", "CP866", NULL },
	{ " cp874 ", "CP874", NULL },
	{ " tis620 ", "TIS-620", NULL },
	{ " macroman macintosh ", "MACINTOSH", NULL },
	{ " utf16 u16 ", "UTF-16", NULL },
	{ " utf16le ", "UTF-16LE", NULL },
	{ " utf16be ", "UTF-16BE", NULL },
	{ " utf32 u32 ", "UTF-32", NULL },
	{ " utf7 u7 unicode11utf7 ", "UTF-7", NULL },
};
/* clang-format on */

enum {
	CODEC_COUNT = sizeof(codecs) / sizeof(codecs[0])
};

void codec_open(void)
{
	for (size_t i = 0; i < CODEC_COUNT; i++) {
		struct codec *set = &codecs[i];

		if (set->converter)
			continue;
		set->converter = iconv_open("UTF-32LE", set->name);
		if (set->converter == (iconv_t)-1)
			set->converter = NULL;
	}
}

void codec_close(void)
{
	for (size_t i = 0; i < CODEC_COUNT; i++) {
		if (codecs[i].converter)
			iconv_close(codecs[i].converter);
		codecs[i].converter = NULL;
	}
}

/* " utf8 " of "UTF-8", blanks around; false when it is no name. */
static bool make_key(const char *name, char ret_key[KEY_SIZE])
{
	size_t size = 0;

	ret_key[size++] = ' ';
	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;

		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c + 32);
		if (c && strchr("-_. ", c))
			continue;
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			return false;
		if (size > KEY_SIZE - 3)
			return false;
		ret_key[size++] = (char)c;
	}
	ret_key[size++] = ' ';
	ret_key[size] = 0;
	return size > 2;
}

/* The length of a good sequence, or 0 and in *ret_bad how many bytes belong
 * together in being bad (Unicode 3.9, maximal subpart). */
static size_t utf8_length(struct bytes rest, size_t *ret_bad)
{
	unsigned char first = rest.data[0];
	unsigned char low = 0x80;
	unsigned char high = 0xbf;
	size_t need;

	*ret_bad = 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	need = first < 0xe0 ? 2 : first < 0xf0 ? 3
					       : 4;
	if (first == 0xe0)
		low = 0xa0;
	if (first == 0xed)
		high = 0x9f;
	if (first == 0xf0)
		low = 0x90;
	if (first == 0xf4)
		high = 0x8f;
	for (size_t i = 1; i < need; i++) {
		if (i == rest.size || rest.data[i] < low ||
		    rest.data[i] > high) {
			*ret_bad = i;
			return 0;
		}
		low = 0x80;
		high = 0xbf;
	}
	return need;
}

static uint32_t utf8_rune(const unsigned char *at, size_t length)
{
	uint32_t rune = at[0] & (0xffU >> (length + 1));

	for (size_t i = 1; i < length; i++)
		rune = rune << 6 | (at[i] & 0x3fU);
	return rune;
}

static enum codec_outcome decode_utf8(struct bytes bytes, bool exact,
				      struct rune_text *text)
{
	size_t i = 0;

	while (i < bytes.size) {
		struct bytes rest = bytes_part(bytes, i, bytes.size);
		size_t bad;
		size_t length;

		if (rest.data[0] < 0x80) {
			rune_add(text, rest.data[0]);
			i++;
			continue;
		}
		length = utf8_length(rest, &bad);
		if (!length && exact)
			return CODEC_BAD;
		rune_add(text, length ? utf8_rune(rest.data, length)
				      : RUNE_BAD);
		i += length ? length : bad;
	}
	return CODEC_DONE;
}

static enum codec_outcome decode_single(struct bytes bytes, uint32_t limit,
					bool exact, struct rune_text *text)
{
	for (size_t i = 0; i < bytes.size; i++) {
		if (bytes.data[i] >= limit && exact)
			return CODEC_BAD;
		rune_add(text,
			 bytes.data[i] < limit ? bytes.data[i] : RUNE_BAD);
	}
	return CODEC_DONE;
}

/* One step of iconv; the output goes to `text`. Its errno in *ret_error. */
static void convert(iconv_t converter, char **input, size_t *left,
		    struct rune_text *text, int *ret_error)
{
	unsigned char output[OUTPUT_RUNES * 4];
	char *out = (char *)output;
	size_t room = sizeof(output);
	size_t got;

	errno = 0;
	got = iconv(converter, input, left, &out, &room);
	*ret_error = got == (size_t)-1 ? errno : 0;
	for (size_t i = 0; i + 4 <= sizeof(output) - room; i += 4) {
		uint32_t rune = (uint32_t)output[i] |
				(uint32_t)output[i + 1] << 8 |
				(uint32_t)output[i + 2] << 16;

		if (rune != 0xfeff)
			rune_add(text, rune);
	}
}

static enum codec_outcome decode_foreign(struct bytes bytes,
					 iconv_t converter, bool exact,
					 struct rune_text *text)
{
	/* iconv wants a pointer to char that it promises not to write to */
	union {
		const unsigned char *in;
		char *out;
	} input = { .in = bytes.data };
	size_t left = bytes.size;
	int error;

	iconv(converter, NULL, NULL, NULL, NULL);
	while (left) {
		convert(converter, &input.out, &left, text, &error);
		if (!error || error == E2BIG)
			continue;
		if (exact)
			return CODEC_BAD;
		rune_add(text, RUNE_BAD);
		if (error == EINVAL)
			break;
		input.out++;
		left--;
	}
	convert(converter, NULL, NULL, text, &error);
	return CODEC_DONE;
}

enum codec_outcome codec_decode(struct bytes bytes, const char *name,
				bool exact, struct rune_text *text)
{
	static const char utf8[] = " utf8 u8 utf cp65001 utf8ucs4 ";
	static const char ascii[] = " ascii usascii 646 ansix341968 ";
	static const char latin1[] =
		" iso88591 latin1 l1 latin 8859 cp819 iso885911987 ibm819 ";
	char key[KEY_SIZE];

	if (!make_key(name, key))
		return CODEC_UNKNOWN;
	if (strstr(utf8, key))
		return decode_utf8(bytes, exact, text);
	if (strstr(ascii, key))
		return decode_single(bytes, 0x80, exact, text);
	if (strstr(latin1, key))
		return decode_single(bytes, 0x100, exact, text);
	for (size_t i = 0; i < CODEC_COUNT; i++) {
		if (codecs[i].converter && strstr(codecs[i].keys, key))
			return decode_foreign(bytes, codecs[i].converter,
					      exact, text);
	}
	return CODEC_UNKNOWN;
}
