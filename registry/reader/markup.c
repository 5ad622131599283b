#include "reader/markup.h"
#include <libxml/parser.h>
#include <string.h>

enum {
	CHUNK_SIZE = 256 * 1024,
	DEPTH_MAX = 1000
};

struct walk {
	const struct markup_handler *handler;
	xmlParserCtxtPtr parser;
	bool has_doctype;
	size_t depth;
};

static const char *local(const xmlChar *name)
{
	const char *text = (const char *)name;
	const char *colon = strrchr(text, ':');

	return colon ? colon + 1 : text;
}

/* Before the first declaration is read. */
static void refuse_doctype(void *context, const xmlChar *name,
			   const xmlChar *public, const xmlChar *system)
{
	struct walk *walk = context;

	(void)name;
	(void)public;
	(void)system;
	walk->has_doctype = true;
	xmlStopParser(walk->parser);
}

static void begin(void *context, const xmlChar *name,
		  const xmlChar **attributes)
{
	struct walk *walk = context;

	if (++walk->depth > DEPTH_MAX) {
		xmlStopParser(walk->parser);
		return;
	}
	walk->handler->begin(walk->handler->context, local(name),
			     (const char *const *)attributes);
}

static void end(void *context, const xmlChar *name)
{
	struct walk *walk = context;

	if (walk->depth)
		walk->depth--;
	walk->handler->end(walk->handler->context, local(name));
}

static void text(void *context, const xmlChar *content, int size)
{
	struct walk *walk = context;

	if (size > 0)
		walk->handler->text(walk->handler->context,
				    (const char *)content, (size_t)size);
}

/* Depth and entities are bounded above: the library's own limits would stop
 * large files that are well. SAX 1, which knows no namespaces. */
static xmlParserCtxtPtr create_parser(xmlSAXHandler *sax, struct walk *walk)
{
	xmlParserCtxtPtr parser;

	sax->internalSubset = refuse_doctype;
	sax->startElement = begin;
	sax->endElement = end;
	sax->characters = text;
	sax->ignorableWhitespace = text;
	sax->cdataBlock = text;
	parser = xmlCreatePushParserCtxt(sax, walk, NULL, 0, NULL);
	if (parser)
		(void)xmlCtxtUseOptions(parser, XML_PARSE_NONET |
							XML_PARSE_RECOVER |
							XML_PARSE_HUGE |
							XML_PARSE_SAX1);
	walk->parser = parser;
	return parser;
}

enum markup_outcome markup_read(struct bytes xml,
				const struct markup_handler *handler)
{
	struct walk walk = { .handler = handler };
	xmlSAXHandler sax = { 0 };
	xmlParserCtxtPtr parser = create_parser(&sax, &walk);
	bool is_well = parser != NULL;

	for (size_t at = 0; is_well && at < xml.size; at += CHUNK_SIZE) {
		size_t size = xml.size - at;

		if (size > CHUNK_SIZE)
			size = CHUNK_SIZE;
		(void)xmlParseChunk(parser, (const char *)xml.data + at,
				    (int)size, 0);
		if (walk.has_doctype || walk.depth > DEPTH_MAX)
			break;
	}
	if (parser) {
		(void)xmlParseChunk(parser, NULL, 0, 1);
		is_well = parser->wellFormed != 0;
		xmlFreeParserCtxt(parser);
	}
	if (walk.has_doctype)
		return MARKUP_DOCTYPE;
	if (walk.depth > DEPTH_MAX)
		is_well = false;
	return is_well ? MARKUP_DONE : MARKUP_DAMAGED;
}

const char *markup_attribute(const char *const *attributes, const char *name)
{
	for (size_t i = 0; attributes && attributes[i]; i += 2) {
		if (strcmp(local((const xmlChar *)attributes[i]), name) == 0)
			return attributes[i + 1];
	}
	return NULL;
}
