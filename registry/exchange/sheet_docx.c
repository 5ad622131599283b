/* A table as a Word file: ECMA-376 with just what a table needs; libarchive
 * makes the container. */
#include "exchange/sheet.h"
#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define LONG_SIDE 297.0
#define SHORT_SIDE 210.0
#define TWIPS(millimetres) ((int)((millimetres)*1440.0 / 25.4))

static const char content_types[] =
	XML
	"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
	"content-types\"><Default Extension=\"rels\" ContentType=\""
	"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	"<Override PartName=\"/word/document.xml\" ContentType=\""
	"application/vnd.openxmlformats-officedocument."
	"wordprocessingml.document.main+xml\"/>"
	"<Override PartName=\"/word/footer1.xml\" ContentType=\""
	"application/vnd.openxmlformats-officedocument."
	"wordprocessingml.footer+xml\"/></Types>";
static const char root_relations[] =
	XML
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/"
	"2006/relationships\"><Relationship Id=\"rId1\" Type=\"" R
	"/officeDocument\" Target=\"word/document.xml\"/>"
	"</Relationships>";
static const char document_relations[] =
	XML
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/"
	"2006/relationships\"><Relationship Id=\"rId1\" Type=\"" R
	"/footer\" Target=\"footer1.xml\"/></Relationships>";

/* What XML cannot hold is left out. */
static void add_words(struct text *xml, const char *words)
{
	for (; *words; words++) {
		unsigned char c = (unsigned char)*words;

		if (c == '&')
			text_add(xml, "&amp;");
		else if (c == '<')
			text_add(xml, "&lt;");
		else if (c == '>')
			text_add(xml, "&gt;");
		else if (c >= ' ' || c == '\t')
			text_add_char(xml, *words);
		else if (c == '\n')
			text_add(xml,
				 "</w:t><w:br/><w:t xml:space="
				 "\"preserve\">");
	}
}

static void add_run(struct text *xml, const char *words, const char *look)
{
	text_addf(xml,
		  "<w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
		  "w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>%s"
		  "</w:rPr><w:t xml:space=\"preserve\">",
		  look);
	add_words(xml, words);
	text_add(xml, "</w:t></w:r>");
}

static void add_paragraph(struct text *xml, const char *words,
			  const char *look, const char *align)
{
	text_addf(xml,
		  "<w:p><w:pPr><w:spacing w:after=\"0\"/><w:jc "
		  "w:val=\"%s\"/></w:pPr>",
		  align);
	add_run(xml, words, look);
	text_add(xml, "</w:p>");
}

static void add_cell(struct text *xml, const char *words, const char *look,
		     const char *align)
{
	text_add(xml, "<w:tc>");
	add_paragraph(xml, words, look, align);
	text_add(xml, "</w:tc>");
}

static void add_head(struct text *xml, const struct sheet *sheet)
{
	text_add(xml, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
	for (size_t i = 0; i < sheet->column_count; i++)
		add_cell(xml, sheet->columns[i].head,
			 "<w:b/><w:sz w:val=\"21\"/>", "center");
	text_add(xml, "</w:tr>");
}

static const char *align_of(enum sheet_kind kind)
{
	if (kind == SHEET_FIGURE)
		return "right";
	return kind == SHEET_DAY || kind == SHEET_NUMBER ? "center" : "left";
}

static void add_row(struct text *xml, const struct sheet *sheet,
		    const struct sheet_row *row)
{
	text_add(xml, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
	for (size_t i = 0; i < sheet->column_count; i++) {
		enum sheet_kind kind = sheet->columns[i].kind;
		const char *words = row->cells[i] ? row->cells[i] : "";
		const char *look = "<w:sz w:val=\"22\"/>";
		auto_text day = { 0 };

		if (kind == SHEET_DAY)
			sheet_print_day(words, &day);
		if (kind == SHEET_NUMBER)
			look = row->struck ? "<w:b/><w:strike/>"
					     "<w:sz w:val=\"22\"/>"
					   : "<w:b/><w:sz w:val=\"22\"/>";
		add_cell(xml, kind == SHEET_DAY ? text_string(&day) : words,
			 look,
			 align_of(kind));
	}
	text_add(xml, "</w:tr>");
}

static void add_table(struct text *xml, const struct sheet *sheet)
{
	static const char *const sides[] = { "top", "left", "bottom",
					     "right", "insideH", "insideV" };
	double rest = (sheet->is_portrait ? SHORT_SIDE : LONG_SIDE) - 28.0;

	text_add(xml,
		 "<w:tbl><w:tblPr><w:tblLayout w:type=\"fixed\"/>"
		 "<w:tblBorders>");
	for (size_t i = 0; i < sizeof(sides) / sizeof(*sides); i++)
		text_addf(xml, "<w:%s w:val=\"single\" w:sz=\"4\"/>",
			  sides[i]);
	text_add(xml, "</w:tblBorders></w:tblPr><w:tblGrid>");
	for (size_t i = 0; i < sheet->column_count; i++)
		rest -= sheet->columns[i].width;
	for (size_t i = 0; i < sheet->column_count; i++) {
		double width = sheet->columns[i].width;

		text_addf(xml, "<w:gridCol w:w=\"%d\"/>",
			  TWIPS(width > 0 ? width : rest));
	}
	text_add(xml, "</w:tblGrid>");
	add_head(xml, sheet);
	for (size_t i = 0; i < sheet->row_count; i++)
		add_row(xml, sheet, &sheet->rows[i]);
	text_add(xml, "</w:tbl>");
}

static void add_page(struct text *xml, const struct sheet *sheet)
{
	double width = sheet->is_portrait ? SHORT_SIDE : LONG_SIDE;
	double height = sheet->is_portrait ? LONG_SIDE : SHORT_SIDE;

	text_addf(xml,
		  "<w:sectPr><w:footerReference w:type=\"default\" "
		  "r:id=\"rId1\"/><w:pgSz w:w=\"%d\" w:h=\"%d\" "
		  "w:orient=\"%s\"/><w:pgMar w:top=\"%d\" "
		  "w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" "
		  "w:header=\"400\" w:footer=\"400\" w:gutter=\"0\"/>"
		  "</w:sectPr></w:body></w:document>",
		  TWIPS(width), TWIPS(height),
		  sheet->is_portrait ? "portrait" : "landscape", TWIPS(13.0),
		  TWIPS(10.0), TWIPS(14.0), TWIPS(18.0));
}

static void print_document(const struct sheet *sheet, struct text *xml)
{
	text_add(xml, XML "<w:document xmlns:w=\"" W "\" xmlns:r=\"" R
			  "\"><w:body>");
	if (sheet->superior && *sheet->superior)
		add_paragraph(xml, sheet->superior, "", "center");
	add_paragraph(xml, sheet->organisation, "<w:b/>", "center");
	add_paragraph(xml, sheet->title, "<w:b/><w:sz w:val=\"32\"/>",
		      "center");
	add_paragraph(xml, sheet->period ? sheet->period : "", "", "center");
	for (size_t i = 0; i < sheet->cover_count; i++)
		add_paragraph(xml, sheet->cover[i], "", "center");
	for (size_t i = 0; i < sheet->sentence_count; i++)
		add_paragraph(xml, sheet->sentences[i], "", "both");
	add_table(xml, sheet);
	if (sheet->closing)
		add_paragraph(xml, sheet->closing, "<w:i/>", "left");
	for (size_t i = 0; i < sheet->signature_count; i++)
		add_paragraph(xml, sheet->signatures[i], "<w:b/>", "right");
	add_page(xml, sheet);
}

static void print_footer(const struct sheet *sheet, struct text *xml)
{
	text_add(xml, XML "<w:ftr xmlns:w=\"" W
			  "\"><w:p><w:pPr><w:jc "
			  "w:val=\"right\"/></w:pPr>");
	add_run(xml, sheet->printed ? sheet->printed : "",
		"<w:sz w:val=\"20\"/>");
	add_run(xml, "  Trang ", "<w:sz w:val=\"20\"/>");
	text_add(xml,
		 "<w:fldSimple w:instr=\"PAGE\"><w:r><w:t>1</w:t></w:r>"
		 "</w:fldSimple></w:p></w:ftr>");
}

static la_ssize_t take(struct archive *archive, void *context,
		       const void *data, size_t size)
{
	struct text *file = context;

	(void)archive;
	text_add_part(file, data, size);
	return file->over ? -1 : (la_ssize_t)size;
}

static bool add_part(struct archive *archive, const char *name,
		     const char *content)
{
	struct archive_entry *entry = archive_entry_new();
	size_t size = strlen(content);
	bool ok;

	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)size);
	ok = archive_write_header(archive, entry) == ARCHIVE_OK &&
	     archive_write_data(archive, content, size) == (la_ssize_t)size;
	archive_entry_free(entry);
	return ok;
}

bool sheet_print_docx(const struct sheet *sheet, struct text *ret_file,
		      struct fail *why)
{
	struct archive *archive = archive_write_new();
	auto_text document = { 0 }, footer = { 0 };
	bool ok;

	print_document(sheet, &document);
	print_footer(sheet, &footer);
	ok = !document.over &&
	     archive_write_set_format_zip(archive) == ARCHIVE_OK &&
	     archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
	     archive_write_open(archive, ret_file, NULL, take, NULL) ==
		     ARCHIVE_OK &&
	     add_part(archive, "[Content_Types].xml", content_types) &&
	     add_part(archive, "_rels/.rels", root_relations) &&
	     add_part(archive, "word/_rels/document.xml.rels",
		      document_relations) &&
	     add_part(archive, "word/footer1.xml", text_string(&footer)) &&
	     add_part(archive, "word/document.xml", text_string(&document)) &&
	     archive_write_close(archive) == ARCHIVE_OK;
	(void)archive_write_free(archive);
	return ok || fail(why, FAIL_LIMIT, "the table is too large");
}
