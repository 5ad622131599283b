#include "reader/html.h"
#include "base/text.h"
#include <libxml/HTMLparser.h>
#include <libxml/uri.h>
#include <string.h>
#include <strings.h>

enum {
	CONTENT_IDS_MAX = 1000,
	TEXT_MAX = 4 * 1024 * 1024,
	PAGE_MAX = 16 * 1024 * 1024
};

struct walk {
	struct text text;
	struct arena *arena;
	struct html *html;
	bool space; /* a blank is due before the next word */
};

void html_open(void)
{
	static const char warm[] = "<p>\xe1\xba\xbf &eacute;</p>";
	htmlDocPtr page;

	xmlInitParser();
	page = htmlReadMemory(warm, (int)sizeof(warm) - 1, NULL, "UTF-8",
			      HTML_PARSE_RECOVER | HTML_PARSE_NONET |
				      HTML_PARSE_NOERROR);
	xmlFreeDoc(page);
}

void html_close(void)
{
	xmlCleanupParser();
}

static bool is_one_of(const xmlNode *node, const char *names)
{
	const char *name = (const char *)node->name;
	size_t size = strlen(name);
	const char *found = names;

	while ((found = strstr(found, name)) != NULL) {
		if (found > names && found[-1] == ' ' && found[size] == ' ')
			return true;
		found += size;
	}
	return false;
}

static bool is_hidden(const xmlNode *node)
{
	return node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE ||
	       (node->type == XML_ELEMENT_NODE &&
		is_one_of(node,
			  " script style head title template "
			  "noscript object "));
}

static bool is_block(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE &&
	       is_one_of(node,
			 " p div br tr li ul ol table h1 h2 h3 h4 h5 "
			 "h6 blockquote pre hr dt dd section article "
			 "header footer body ");
}

static void break_line(struct walk *walk)
{
	walk->space = false;
	if (walk->text.size && walk->text.string[walk->text.size - 1] != '\n')
		text_add_char(&walk->text, '\n');
}

static void add_words(struct walk *walk, const char *content)
{
	for (const char *c = content; *c; c++) {
		if (strchr(" \t\r\n\f", *c)) {
			walk->space = true;
			continue;
		}
		if (walk->space && walk->text.size &&
		    walk->text.string[walk->text.size - 1] != '\n')
			text_add_char(&walk->text, ' ');
		walk->space = false;
		text_add_char(&walk->text, *c);
	}
}

static void add_reference(struct walk *walk, const char *value)
{
	struct html *html = walk->html;
	char *id;

	if (strncasecmp(value, "cid:", 4) != 0 ||
	    html->content_id_count >= CONTENT_IDS_MAX)
		return;
	id = xmlURIUnescapeString(value + 4, 0, NULL);
	if (!id)
		return;
	html->content_ids[html->content_id_count++] =
		arena_copy(walk->arena, id);
	xmlFree(id);
}

static void read_references(struct walk *walk, const xmlNode *node)
{
	for (const xmlAttr *attribute = node->properties; attribute;
	     attribute = attribute->next) {
		const xmlNode *value = attribute->children;

		if (value && value->content)
			add_reference(walk, (const char *)value->content);
	}
}

static void visit(struct walk *walk, const xmlNode *node)
{
	if (node->type == XML_ELEMENT_NODE)
		read_references(walk, node);
	if (is_block(node))
		break_line(walk);
	else if (node->type == XML_ELEMENT_NODE &&
		 is_one_of(node, " td th "))
		walk->space = true;
	if ((node->type == XML_TEXT_NODE ||
	     node->type == XML_CDATA_SECTION_NODE) &&
	    node->content)
		add_words(walk, (const char *)node->content);
}

/* In document order, without recursion. */
static void visit_all(struct walk *walk, const xmlNode *root)
{
	const xmlNode *node = root;

	while (node) {
		bool hidden = is_hidden(node);

		if (!hidden)
			visit(walk, node);
		if (!hidden && node->children) {
			node = node->children;
			continue;
		}
		while (node && !node->next) {
			node = node->parent;
			if (node && is_block(node))
				break_line(walk);
			if (node == root)
				return;
		}
		if (node)
			node = node->next;
	}
}

struct html html_read(struct bytes page, struct arena *arena)
{
	struct html html = { "", NULL, 0 };
	struct walk walk = { .arena = arena, .html = &html };
	htmlDocPtr document;

	html.content_ids = arena_array(arena, CONTENT_IDS_MAX,
				       sizeof(*html.content_ids));
	if (page.size == 0 || page.size > PAGE_MAX)
		return html;
	walk.text.limit = TEXT_MAX;
	document = htmlReadMemory((const char *)page.data, (int)page.size,
				  NULL, "UTF-8",
				  HTML_PARSE_RECOVER | HTML_PARSE_NONET |
					  HTML_PARSE_NOERROR |
					  HTML_PARSE_NOWARNING);
	if (!document)
		return html;
	visit_all(&walk, xmlDocGetRootElement(document));
	xmlFreeDoc(document);
	html.text = arena_copy(arena, text_string(&walk.text));
	text_done(&walk.text);
	return html;
}
