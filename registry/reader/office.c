#include "reader/office.h"
#include "reader/member.h"
#include "reader/office_part.h"
#include "reader/package.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	WORDS_FEW = 30,		 /* less than a page has */
	PICTURE_MIN = 16 * 1024, /* a page that was scanned, no logo */
	PICTURES_MAX = 50
};

/* "ppt/slides/slide12.xml" is number 12 of "ppt/slides/slide"; 0: it is not
 * of them. */
static long number_of(const char *name, const char *stem)
{
	size_t size = strlen(stem);
	char *end;
	long number;

	if (strncmp(name, stem, size) != 0 ||
	    !isdigit((unsigned char)name[size]))
		return 0;
	number = strtol(name + size, &end, 10);
	return strcmp(end, ".xml") == 0 ? number : 0;
}

static bool is_wanted(const char *name)
{
	static const char *const names[] = {
		"word/document.xml", "word/styles.xml", "word/footnotes.xml",
		"word/endnotes.xml", "xl/sharedStrings.xml", "content.xml",
		"styles.xml"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return number_of(name, "xl/worksheets/sheet") > 0 ||
	       number_of(name, "ppt/slides/slide") > 0;
}

static void note(struct document *document, enum markup_outcome outcome)
{
	if (outcome == MARKUP_DOCTYPE)
		document->reason = "doctype";
	else if (outcome == MARKUP_DAMAGED)
		document_flag(document, "damaged_part");
}

/* Parts 1, 2, … in the order of their numbers, a page each. */
static void read_numbered(const struct package *package, const char *stem,
			  struct office_part *part,
			  void (*read)(struct office_part *part))
{
	long last = 0;

	for (;;) {
		const struct package_part *next = NULL;

		for (size_t i = 0; i < package->count; i++) {
			long number = number_of(package->parts[i].name, stem);

			if (number > last &&
			    (!next || number < number_of(next->name, stem)))
				next = &package->parts[i];
		}
		if (!next)
			return;
		last = number_of(next->name, stem);
		part->xml = next->content;
		read(part);
		note(part->document, part->outcome);
		flow_break_page(part->flow);
	}
}

static void read_one(const struct package *package, const char *name,
		     struct office_part *part,
		     void (*read)(struct office_part *part))
{
	part->xml = package_find(package, name);
	if (!part->xml.size)
		return;
	read(part);
	note(part->document, part->outcome);
}

static void read_all(const struct package *package, struct office_part *part)
{
	read_one(package, "word/styles.xml", part, docx_read_styles);
	read_one(package, "word/document.xml", part, docx_read_text);
	read_one(package, "word/footnotes.xml", part, docx_read_text);
	read_one(package, "word/endnotes.xml", part, docx_read_text);
	read_one(package, "xl/sharedStrings.xml", part, xlsx_read_strings);
	read_numbered(package, "xl/worksheets/sheet", part, xlsx_read_sheet);
	read_numbered(package, "ppt/slides/slide", part, pptx_read_slide);
	read_one(package, "styles.xml", part, odf_read_styles);
	read_one(package, "content.xml", part, odf_read_text);
}

/* "word/media/image1.jpeg", "Pictures/1000.png" */
static bool is_picture(const char *name)
{
	return strncmp(name, "word/media/", 11) == 0 ||
	       strncmp(name, "Pictures/", 9) == 0;
}

/* A scan that somebody put into a document is the document. */
static bool add_pictures(const struct document_request *request,
			 struct document *document, struct fail *why)
{
	struct package package;
	bool ok = true;

	package_open(request->content, is_picture, document, &package);
	for (size_t i = 0; ok && i < package.count; i++) {
		const struct bytes content = package.parts[i].content;
		const struct bytes name = bytes_of(package.parts[i].name);

		if (content.size < PICTURE_MIN ||
		    document->member_count >= PICTURES_MAX)
			continue;
		ok = member_copy(request, document, content,
				 member_name(name, document->arena), why);
		if (ok)
			document->members[document->member_count - 1].class =
				"inline";
	}
	package_close(&package);
	return ok;
}

bool office_read(const struct document_request *request,
		 struct document *document, struct fail *why)
{
	static const unsigned char zip[] = "PK";
	struct office_part part = { .document = document };
	struct package package;
	struct flow flow;

	if (memcmp(request->content.data, zip, 2) != 0) {
		document->reason = "encrypted";
		return true;
	}
	package_open(request->content, is_wanted, document, &package);
	flow_open(&flow, document);
	part.flow = &flow;
	part.styles.arena = document->arena;
	read_all(&package, &part);
	flow_close(&flow);
	package_close(&package);
	if (!document->reason && package.count == 0)
		document->reason = "damaged";
	if (document->reason || flow.count > WORDS_FEW)
		return true;
	return add_pictures(request, document, why);
}
