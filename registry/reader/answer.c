/*
 * Written by hand, word by word: a book has half a million of them, and a
 * tree of them would cost more than reading it.
 */
#include "reader/answer.h"
#include "base/tree.h"

static void add_name(struct text *json, const char *name)
{
	char last = json->size > 0 ? json->string[json->size - 1] : '{';

	if (last != '{')
		text_add_char(json, ',');
	text_add_char(json, '"');
	text_add(json, name);
	text_add(json, "\":");
}

static void add_value(struct text *json, const char *value)
{
	if (value)
		json_text_string(json, value);
	else
		text_add(json, "null");
}

static void add_text(struct text *json, const char *name, const char *value)
{
	add_name(json, name);
	add_value(json, value);
}

static void add_digits(struct text *json, int64_t number)
{
	char digits[24];
	size_t at = sizeof(digits);
	uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;

	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (number < 0)
		digits[--at] = '-';
	text_add_part(json, digits + at, sizeof(digits) - at);
}

static void add_int(struct text *json, const char *name, int64_t value)
{
	add_name(json, name);
	add_digits(json, value);
}

static void add_bool(struct text *json, const char *name, bool value)
{
	add_name(json, name);
	text_add(json, value ? "true" : "false");
}

/* Before an item of a list. */
static void separate(struct text *json, size_t i)
{
	if (i > 0)
		text_add_char(json, ',');
}

static void add_box(struct text *json, struct page_box box)
{
	add_digits(json, box.left);
	text_add_char(json, ',');
	add_digits(json, box.top);
	text_add_char(json, ',');
	add_digits(json, box.right);
	text_add_char(json, ',');
	add_digits(json, box.bottom);
}

static const char *source_of(const struct page *page)
{
	static const char *const names[] = { [PAGE_TEXT_LAYER] = "text",
					     [PAGE_OCR] = "ocr",
					     [PAGE_FLOW] = "flow" };

	return names[page->source];
}

static void add_words(struct text *json, const struct page *page)
{
	add_name(json, "words");
	text_add_char(json, '[');
	for (size_t i = 0; i < page->count; i++) {
		const struct page_word *word = &page->words[i];

		separate(json, i);
		text_add_char(json, '[');
		add_box(json, word->box);
		text_add_char(json, ',');
		json_text_string(json, word->text);
		text_add_char(json, ',');
		add_digits(json, word->confidence);
		text_add_char(json, ',');
		add_digits(json, word->line);
		text_add_char(json, ']');
	}
	text_add_char(json, ']');
}

static void add_pages(struct text *json, const struct document *document)
{
	add_name(json, "pages");
	text_add_char(json, '[');
	for (size_t i = 0; i < document->page_count; i++) {
		const struct page *page = &document->pages[i];

		separate(json, i);
		text_add_char(json, '{');
		add_int(json, "number", page->number);
		add_text(json, "source", source_of(page));
		add_int(json, "width", page->width);
		add_int(json, "height", page->height);
		add_words(json, page);
		text_add_char(json, '}');
	}
	text_add_char(json, ']');
}

static void add_proposal(struct text *json,
			 const struct letterhead_proposal *proposal)
{
	text_add_char(json, '{');
	add_text(json, "field", letterhead_field_name(proposal->field));
	add_text(json, "source", letterhead_source_name(proposal->source));
	add_text(json, "value", proposal->value);
	add_text(json, "seen", proposal->seen);
	add_int(json, "page", proposal->page);
	add_name(json, "box");
	text_add_char(json, '[');
	add_box(json, proposal->box);
	text_add_char(json, ']');
	add_int(json, "confidence", proposal->confidence);
	add_text(json, "role", proposal->role);
	add_text(json, "day", proposal->day);
	add_text(json, "issuer", proposal->issuer);
	text_add_char(json, '}');
}

/* What the file states itself leads. */
static void add_letterhead(struct text *json, const struct document *document,
			   const struct letterhead *letterhead)
{
	size_t count = 0;

	add_name(json, "letterhead");
	text_add_char(json, '{');
	add_text(json, "secret", letterhead->secret);
	add_int(json, "likeness", letterhead->likeness);
	add_name(json, "proposals");
	text_add_char(json, '[');
	for (size_t i = 0; i < document->stated_count; i++) {
		separate(json, count++);
		add_proposal(json, &document->stated[i]);
	}
	for (size_t i = 0; i < letterhead->count; i++) {
		separate(json, count++);
		add_proposal(json, &letterhead->proposals[i]);
	}
	text_add(json, "]}");
}

static void add_parts(struct text *json, const struct document *document)
{
	add_name(json, "parts");
	text_add_char(json, '[');
	for (size_t i = 0; i < document->member_count; i++) {
		const struct document_member *member = &document->members[i];

		separate(json, i);
		text_add_char(json, '{');
		add_text(json, "path", member->path);
		add_text(json, "type", member->type);
		add_text(json, "name", member->name);
		add_text(json, "class", member->class);
		add_text(json, "disposition", NULL);
		add_text(json, "content_id", NULL);
		add_text(json, "charset", NULL);
		add_bool(json, "shown", false);
		add_int(json, "at", (int64_t)member->at);
		add_int(json, "bytes", (int64_t)member->size);
		add_text(json, "role", member->role);
		add_text(json, "flag", member->flag);
		text_add_char(json, '}');
	}
	text_add_char(json, ']');
}

static const char *state_of(const struct document_signature *signature)
{
	static const char *const names[] = {
		[DOCUMENT_SIGNED] = "signed",
		[DOCUMENT_SIGNED_CHANGED] = "changed",
		[DOCUMENT_SIGNATURE_BROKEN] = "broken"
	};

	return names[signature->state];
}

static void add_signatures(struct text *json, const struct document *document)
{
	add_name(json, "signatures");
	text_add_char(json, '[');
	for (size_t i = 0; i < document->signature_count; i++) {
		const struct document_signature *signature =
			&document->signatures[i];

		separate(json, i);
		text_add_char(json, '{');
		add_text(json, "state", state_of(signature));
		add_text(json, "name", signature->name);
		add_text(json, "organisation", signature->organisation);
		add_int(json, "signed_at", signature->signed_at);
		add_bool(json, "trusted", signature->trusted);
		text_add_char(json, '}');
	}
	text_add_char(json, ']');
}

static void add_flags(struct text *json, const struct document *document)
{
	add_name(json, "flags");
	text_add_char(json, '[');
	for (size_t i = 0; i < document->flag_count; i++) {
		separate(json, i);
		json_text_string(json, document->flags[i]);
	}
	text_add_char(json, ']');
}

void answer_print(const struct document *document,
		  const struct letterhead *letterhead, struct text *ret_json)
{
	text_add_char(ret_json, '{');
	add_text(ret_json, "format", document->format);
	add_text(ret_json, "type", document->type);
	add_text(ret_json, "reason", document->reason);
	add_int(ret_json, "total_pages", document->total_pages);
	add_bool(ret_json, "needs_recognition", document->needs_recognition);
	add_text(ret_json, "text", document->text);
	add_pages(ret_json, document);
	add_letterhead(ret_json, document, letterhead);
	add_parts(ret_json, document);
	add_signatures(ret_json, document);
	add_flags(ret_json, document);
	text_add_char(ret_json, '}');
}

bool answer_file(const struct document_request *request, struct arena *arena,
		 struct text *ret_json, struct fail *why)
{
	struct document document;
	struct letterhead letterhead;

	if (!document_read(request, arena, &document, why))
		return false;
	letterhead = letterhead_read(document.pages, document.page_count,
				     arena);
	answer_print(&document, &letterhead, ret_json);
	return true;
}
