#include "reader/rtf_font.h"
#include "viet/character.h"
#include "viet/charset.h"
#include <string.h>

enum {
	CHARSET_NUMBER_VIETNAMESE = 163,
	CODE_PAGE_VIETNAMESE = 1258
};

void rtf_font_begin(struct rtf_fonts *fonts, long number)
{
	if (fonts->count >= RTF_FONTS_MAX)
		return;
	fonts->items[fonts->count++] = (struct rtf_font){ .number = number };
}

void rtf_font_charset(struct rtf_fonts *fonts, long charset)
{
	if (fonts->count)
		fonts->items[fonts->count - 1].charset = charset;
}

void rtf_font_add(struct rtf_fonts *fonts, unsigned char byte)
{
	struct rtf_font *font;

	if (!fonts->count || byte == ';')
		return;
	font = &fonts->items[fonts->count - 1];
	if (font->size + 1 < sizeof(font->name) && byte < 0x80)
		font->name[font->size++] = (char)byte;
}

static const struct rtf_font *find(const struct rtf_fonts *fonts, long number)
{
	static const struct rtf_font none = { .number = 0 };

	for (size_t i = 0; i < fonts->count; i++) {
		if (fonts->items[i].number == number)
			return &fonts->items[i];
	}
	return &none;
}

const char *rtf_font_name(const struct rtf_fonts *fonts, long number)
{
	return find(fonts, number)->name;
}

static enum charset charset_of(const struct rtf_fonts *fonts,
			       const struct rtf_font *font)
{
	if (flow_is_old_font(font->name))
		return CHARSET_1252;
	if (font->charset == CHARSET_NUMBER_VIETNAMESE ||
	    fonts->code_page == CODE_PAGE_VIETNAMESE)
		return CHARSET_1258;
	return CHARSET_1252;
}

uint32_t rtf_font_character(const struct rtf_fonts *fonts, long number,
			    unsigned char byte)
{
	auto_text text = { 0 };
	size_t at = 0;

	if (byte < 0x80)
		return byte;
	charset_read(charset_of(fonts, find(fonts, number)),
		     (struct bytes){ &byte, 1 }, &text);
	if (!text.size)
		return CHARACTER_BAD;
	return character_read(bytes_of(text.string), &at);
}
