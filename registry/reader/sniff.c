/*
 * A table of our own instead of libmagic: it knows the fifty formats that
 * agencies send, tells edXML from XML and DOCX from ZIP, and reads no tables
 * from disk.
 */
#include "reader/sniff.h"
#include "base/text.h"
#include <string.h>
#include <strings.h>

enum {
	HEAD_MAX = 4096, /* where text formats show what they are */
	PDF_MAX = 1024,	 /* readers accept junk before %PDF- */
	TAR_MAGIC = 257,
	ZIP_HEADER = 30,
	ZIP_LOOK_MAX = 64, /* entries */
	OLE_LOOK_MAX = 64 * 1024 * 1024,
	FTYP_AT = 4
};

struct kind {
	const char *type;
	const char *format;
	enum sniff_reader reader;
};

#define OPEN_XML "application/vnd.openxmlformats-officedocument."
#define OPEN_DOCUMENT "application/vnd.oasis.opendocument."

static const struct kind kinds[] = {
	{ "application/pdf", "pdf", SNIFF_PDF },
	{ "image/jpeg", "jpeg", SNIFF_IMAGE },
	{ "image/png", "png", SNIFF_IMAGE },
	{ "image/tiff", "tiff", SNIFF_IMAGE },
	{ "image/gif", "gif", SNIFF_IMAGE },
	{ "image/bmp", "bmp", SNIFF_IMAGE },
	{ "image/webp", "webp", SNIFF_IMAGE },
	{ "image/svg+xml", "svg", SNIFF_NONE },
	{ "image/heic", "heic", SNIFF_NONE },
	{ OPEN_XML "wordprocessingml.document", "docx", SNIFF_OFFICE },
	{ OPEN_XML "spreadsheetml.sheet", "xlsx", SNIFF_OFFICE },
	{ OPEN_XML "presentationml.presentation", "pptx", SNIFF_OFFICE },
	{ OPEN_DOCUMENT "text", "odt", SNIFF_OFFICE },
	{ OPEN_DOCUMENT "spreadsheet", "ods", SNIFF_OFFICE },
	{ OPEN_DOCUMENT "presentation", "odp", SNIFF_OFFICE },
	{ "application/msword", "doc", SNIFF_WORD },
	{ "application/rtf", "rtf", SNIFF_WORD },
	{ "application/vnd.ms-excel", "xls", SNIFF_WORD },
	{ "application/vnd.ms-powerpoint", "ppt", SNIFF_NONE },
	{ "application/vnd.ms-outlook", "msg", SNIFF_NONE },
	{ "application/vnd.visio", "vsd", SNIFF_NONE },
	{ "application/x-ole-storage", NULL, SNIFF_NONE },
	{ "application/x-encrypted-office", "office", SNIFF_OFFICE },
	{ "application/zip", "zip", SNIFF_ARCHIVE },
	{ "application/vnd.rar", "rar", SNIFF_ARCHIVE },
	{ "application/x-7z-compressed", "7z", SNIFF_ARCHIVE },
	{ "application/x-tar", "tar", SNIFF_ARCHIVE },
	{ "application/gzip", "gz", SNIFF_ARCHIVE },
	{ "application/x-bzip2", "bz2", SNIFF_ARCHIVE },
	{ "application/x-xz", "xz", SNIFF_ARCHIVE },
	{ "application/zstd", "zst", SNIFF_ARCHIVE },
	{ "application/vnd.ms-cab-compressed", "cab", SNIFF_ARCHIVE },
	{ "application/vnd.ms-tnef", "tnef", SNIFF_TNEF },
	{ "application/vnd.vn.edxml+xml", "edxml", SNIFF_EDXML },
	{ "application/pkcs7-mime", "p7m", SNIFF_SMIME },
	{ "application/xml", "xml", SNIFF_TEXT },
	{ "text/html", "html", SNIFF_WEB_PAGE },
	{ "text/plain", "txt", SNIFF_TEXT },
	{ "text/csv", "csv", SNIFF_TEXT },
	{ "text/calendar", "ics", SNIFF_TEXT },
	{ "text/vcard", "vcf", SNIFF_TEXT },
	{ "message/rfc822", "eml", SNIFF_LETTER },
	{ "application/x-msdownload", "exe", SNIFF_NONE },
	{ "application/x-executable", "elf", SNIFF_NONE },
	{ "application/x-ms-shortcut", "lnk", SNIFF_NONE },
	{ "video/mp4", "mp4", SNIFF_NONE },
	{ "video/x-msvideo", "avi", SNIFF_NONE },
	{ "audio/mpeg", "mp3", SNIFF_NONE },
	{ "audio/wav", "wav", SNIFF_NONE },
	{ "application/x-empty", NULL, SNIFF_NONE },
	{ "application/octet-stream", NULL, SNIFF_NONE }
};

struct magic {
	const char *type;
	const char *bytes;
	size_t at, size;
};

#define MAGIC(type, at, bytes)                     \
	{                                          \
		type, bytes, at, sizeof(bytes) - 1 \
	}

static const struct magic magics[] = {
	MAGIC("image/jpeg", 0, "\xff\xd8\xff"),
	MAGIC("image/png", 0, "\x89PNG\r\n\x1a\n"),
	MAGIC("image/tiff", 0, "II*\0"),
	MAGIC("image/tiff", 0, "MM\0*"),
	MAGIC("image/gif", 0, "GIF87a"),
	MAGIC("image/gif", 0, "GIF89a"),
	MAGIC("image/webp", 8, "WEBPVP8"),
	MAGIC("application/rtf", 0, "{\\rtf"),
	MAGIC("application/vnd.rar", 0, "Rar!\x1a\x07"),
	MAGIC("application/x-7z-compressed", 0, "7z\xbc\xaf\x27\x1c"),
	MAGIC("application/gzip", 0, "\x1f\x8b\x08"),
	MAGIC("application/x-bzip2", 0, "BZh"),
	MAGIC("application/x-xz", 0,
	      "\xfd"
	      "7zXZ\0"),
	MAGIC("application/zstd", 0, "\x28\xb5\x2f\xfd"),
	MAGIC("application/vnd.ms-cab-compressed", 0, "MSCF\0\0\0\0"),
	MAGIC("application/vnd.ms-tnef", 0, "\x78\x9f\x3e\x22"),
	MAGIC("application/x-tar", TAR_MAGIC, "ustar"),
	MAGIC("application/x-executable", 0,
	      "\x7f"
	      "ELF"),
	MAGIC("application/x-ms-shortcut", 0, "L\0\0\0\x01\x14\x02\0"),
	MAGIC("audio/mpeg", 0, "ID3"),
	MAGIC("audio/wav", 8, "WAVEfmt"),
	MAGIC("video/x-msvideo", 8, "AVI LIST"),
	MAGIC("image/heic", FTYP_AT, "ftyphei"),
	MAGIC("image/heic", FTYP_AT, "ftypmif1"),
	MAGIC("video/mp4", FTYP_AT, "ftyp")
};

static const struct kind *find_kind(const char *type)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].type, type) == 0)
			return &kinds[i];
	}
	return NULL;
}

static bool is_at(struct bytes content, size_t at, const char *what,
		  size_t size)
{
	return at <= content.size && content.size - at >= size &&
	       memcmp(content.data + at, what, size) == 0;
}

static bool has(struct bytes content, const char *what)
{
	return bytes_find(content, bytes_of(what), 0) < content.size;
}

static bool has_bytes(struct bytes content, const char *what, size_t size)
{
	const struct bytes wanted = { (const unsigned char *)what, size };

	return bytes_find(content, wanted, 0) < content.size;
}

static unsigned read_16(struct bytes content, size_t at)
{
	return (unsigned)content.data[at] | (unsigned)content.data[at + 1] << 8;
}

static struct bytes head_of(struct bytes content, size_t most)
{
	return bytes_part(content, 0,
			  content.size < most ? content.size : most);
}

/* OpenDocument says its type in a first entry that is not compressed. */
static const char *sniff_open_document(struct bytes content)
{
	size_t at = ZIP_HEADER + 8;
	static const char *const types[] = {
		OPEN_DOCUMENT "spreadsheet", OPEN_DOCUMENT "presentation",
		OPEN_DOCUMENT "text"
	};

	if (!is_at(content, ZIP_HEADER, "mimetype", 8))
		return NULL;
	at += read_16(content, ZIP_HEADER - 2); /* the extra field */
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (is_at(content, at, types[i], strlen(types[i])))
			return types[i];
	}
	return NULL;
}

static const char *open_xml_of(struct bytes name)
{
	if (is_at(name, 0, "word/", 5))
		return OPEN_XML "wordprocessingml.document";
	if (is_at(name, 0, "xl/", 3))
		return OPEN_XML "spreadsheetml.sheet";
	if (is_at(name, 0, "ppt/", 4))
		return OPEN_XML "presentationml.presentation";
	return NULL;
}

/* By the names of the central directory, which stands at the end. */
static const char *sniff_zip(struct bytes content)
{
	static const char entry[] = "PK\x01\x02";
	const struct bytes mark = { (const unsigned char *)entry, 4 };
	const char *type = sniff_open_document(content);
	bool is_package = has(head_of(content, HEAD_MAX), "[Content_Types]");
	const char *found = NULL;
	size_t at = bytes_find(content, mark, 0);

	if (type)
		return type;
	for (size_t i = 0; i < ZIP_LOOK_MAX && at + 46 < content.size; i++) {
		size_t size = read_16(content, at + 28);
		size_t end = at + 46 + size;
		struct bytes name = bytes_part(
			content, at + 46,
			end < content.size ? end : content.size);

		if (is_at(name, 0, "[Content_Types].xml", 19))
			is_package = true;
		if (!found)
			found = open_xml_of(name);
		if (is_package && found)
			return found;
		at = bytes_find(content, mark, at + 4);
	}
	return "application/zip";
}

struct stream {
	const char *name; /* UTF-16LE, as the directory has it */
	size_t size;
	const char *type;
};

#define STREAM(name, type)                   \
	{                                    \
		name, sizeof(name) - 1, type \
	}

/* By the names of its streams. */
static const char *sniff_compound(struct bytes content)
{
	static const struct stream streams[] = {
		STREAM("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
		       "application/x-encrypted-office"),
		STREAM("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
		       "application/msword"),
		STREAM("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c\0",
		       "application/vnd.ms-powerpoint"),
		STREAM("W\0o\0r\0k\0b\0o\0o\0k\0\0",
		       "application/vnd.ms-excel"),
		STREAM("B\0o\0o\0k\0\0\0", "application/vnd.ms-excel"),
		STREAM("_\0_\0p\0r\0o\0p\0e\0r\0t\0i\0e\0s\0_\0v\0",
		       "application/vnd.ms-outlook"),
		STREAM("V\0i\0s\0i\0o\0D\0o\0c\0", "application/vnd.visio")
	};
	const struct bytes look = head_of(content, OLE_LOOK_MAX);

	for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++) {
		if (has_bytes(look, streams[i].name, streams[i].size))
			return streams[i].type;
	}
	return "application/x-ole-storage";
}

/* ContentInfo of PKCS 7, in BER or in PEM. */
static bool is_pkcs7(struct bytes content)
{
	static const char name[] = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07";

	if (is_at(content, 0, "\x30", 1) &&
	    has_bytes(head_of(content, 24), name, sizeof(name) - 1))
		return true;
	return has(head_of(content, 64), "-----BEGIN PKCS7-----") ||
	       has(head_of(content, 64), "-----BEGIN CMS-----");
}

static bool begins_with(struct bytes text, const char *what)
{
	size_t size = strlen(what);

	return text.size >= size &&
	       strncasecmp((const char *)text.data, what, size) == 0;
}

static bool begins_with_one(struct bytes text, const char *const *list,
			    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (begins_with(text, list[i]))
			return true;
	}
	return false;
}

static struct bytes skip_blanks(struct bytes text)
{
	size_t at = 0;

	if (is_at(text, 0, "\xef\xbb\xbf", 3))
		at = 3;
	while (at < text.size && text.data[at] &&
	       strchr(" \t\r\n\f", text.data[at]))
		at++;
	return bytes_part(text, at, text.size);
}

/* A package may begin with junk; what is in it begins late. */
static bool is_edxml(struct bytes head)
{
	size_t at = bytes_find(head, bytes_of("<"), 0);
	struct bytes markup = bytes_part(head, at, head.size);

	if (at > 64 || !markup.size)
		return false;
	return has(markup, "<edXML") || has(markup, ":edXMLEnvelope") ||
	       has(markup, "<EdXMLEnvelope") || has(markup, "<EdXML");
}

static const char *sniff_markup(struct bytes head)
{
	static const char *const pages[] = {
		"<!doctype html", "<html", "<head", "<body", "<meta",
		"<table", "<div", "<p>", "<p ", "<center", "<font",
		"<title", "<span", "<style", "<script"
	};
	struct bytes text = skip_blanks(head);

	if (is_edxml(head))
		return "application/vnd.vn.edxml+xml";
	if (text.size == 0 || text.data[0] != '<')
		return NULL;
	if (begins_with_one(text, pages, sizeof(pages) / sizeof(pages[0])))
		return "text/html";
	if (has(head, "<html") || has(head, "<HTML"))
		return "text/html";
	if (has(head, "<svg"))
		return "image/svg+xml";
	if (begins_with(text, "<?xml"))
		return "application/xml";
	if (begins_with(text, "<!--") && has(head, "<body"))
		return "text/html";
	return NULL;
}

static bool is_letter(struct bytes head)
{
	static const char *const fields[] = {
		"Received:", "Return-Path:", "Delivered-To:", "From:",
		"Date:", "Message-ID:", "MIME-Version:", "Subject:",
		"Content-Type:",
		"X-Mozilla-Status:", "DKIM-Signature:", "From - "
	};
	struct bytes text = skip_blanks(head);

	return begins_with_one(text, fields,
			       sizeof(fields) / sizeof(fields[0])) &&
	       (has(text, "\nMIME-Version:") || has(text, "\nMessage-I") ||
		has(text, "\nFrom:") || has(text, "\nTo:") ||
		has(text, "\nContent-Type:"));
}

/* Old encodings use every byte from 0x80 up; text has no control codes. */
static bool is_text(struct bytes head)
{
	size_t odd = 0;

	if (is_at(head, 0, "\xff\xfe", 2) || is_at(head, 0, "\xfe\xff", 2))
		return true;
	for (size_t i = 0; i < head.size; i++) {
		unsigned char c = head.data[i];

		if (c == 0)
			return false;
		odd += (c < 0x20 && !strchr("\t\r\n\f\x1a\x1b", c)) ||
		       c == 0x7f;
	}
	return odd * 100 <= head.size;
}

static bool has_ending(const char *name, const char *ending)
{
	size_t size = name ? strlen(name) : 0;
	size_t end = strlen(ending);

	return size >= end && strcasecmp(name + size - end, ending) == 0;
}

static const char *sniff_text(struct bytes head, const char *name)
{
	const char *type = sniff_markup(head);

	if (type)
		return type;
	if (is_letter(head))
		return "message/rfc822";
	if (!is_text(head))
		return "application/octet-stream";
	if (begins_with(skip_blanks(head), "BEGIN:VCALENDAR"))
		return "text/calendar";
	if (begins_with(skip_blanks(head), "BEGIN:VCARD"))
		return "text/vcard";
	return has_ending(name, ".csv") ? "text/csv" : "text/plain";
}

/* What may begin with anything, or whose magic is two letters only. */
static const char *sniff_container(struct bytes content)
{
	if (is_at(content, 0, "PK\x03\x04", 4))
		return sniff_zip(content);
	if (is_at(content, 0, "PK\x05\x06", 4) ||
	    is_at(content, 0, "PK\x07\x08", 4))
		return "application/zip";
	if (is_at(content, 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
		return sniff_compound(content);
	if (has(head_of(content, PDF_MAX), "%PDF-"))
		return "application/pdf";
	if (is_pkcs7(content))
		return "application/pkcs7-mime";
	if (is_at(content, 0, "BM", 2) && is_at(content, 6, "\0\0\0\0", 4))
		return "image/bmp";
	if (is_at(content, 0, "MZ", 2) && !is_text(head_of(content, HEAD_MAX)))
		return "application/x-msdownload";
	return NULL;
}

const char *sniff_type(struct bytes content, const char *name)
{
	const char *type;

	if (content.size == 0)
		return "application/x-empty";
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
		if (is_at(content, magics[i].at, magics[i].bytes,
			  magics[i].size))
			return magics[i].type;
	}
	type = sniff_container(content);
	return type ? type : sniff_text(head_of(content, HEAD_MAX), name);
}

const char *sniff_format(const char *type)
{
	const struct kind *kind = find_kind(type);

	return kind ? kind->format : NULL;
}

enum sniff_reader sniff_reader(const char *type)
{
	const struct kind *kind = find_kind(type);

	return kind ? kind->reader : SNIFF_NONE;
}
