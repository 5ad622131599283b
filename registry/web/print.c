/* The books and slips, printed: what the filter shows, in the decree's form. */
#include "base/moment.h"
#include "core/entry_list.h"
#include "core/organisation.h"
#include "exchange/book_sheet.h"
#include "exchange/slip.h"
#include "web/printed.h"
#include "web/reserved_lines.h"
#include "web/visit.h"
#include <string.h>

enum {
	LINES_MAX = 100000
};

/* --- books -------------------------------------------------------------- */

static struct entry_filter read_filter(struct visit *visit, int64_t book)
{
	return (struct entry_filter){
		.book_id = book,
		.year = visit_query_int(visit, "year",
					moment_day(moment_now()).year),
		.limit = ENTRY_PAGE_MAX,
		.from_number = visit_query_int(visit, "from_number", 0),
		.to_number = visit_query_int(visit, "to_number", 0),
		.from_day = http_request_query(visit->http, "from"),
		.to_day = http_request_query(visit->http, "to"),
		.unit_id = visit_query_int(visit, "unit", 0),
		.status = http_request_query(visit->http, "status"),
		.viewer = &visit->actor,
	};
}

static const char *reply_of(struct visit *visit, const struct entry *entry,
			    struct fail *why)
{
	struct relation_list list;

	if (!relation_list(visit->db, entry->id, visit->arena, &list, why))
		return NULL;
	for (size_t i = 0; i < list.count; i++)
		if (list.relations[i].kind == RELATION_REPLY &&
		    list.relations[i].is_reverse)
			return list.relations[i].symbol;
	return "";
}

static const char *void_words(struct visit *visit, const struct entry *entry)
{
	struct day day;

	if (strcmp(entry->state, "void") != 0)
		return NULL;
	day = moment_day(entry->void_at);
	return arena_print(visit->arena, "%s (%s, %d/%d/%d)",
			   entry->void_reason, entry->void_name, day.day,
			   day.month, day.year);
}

static struct book_line line_of(struct visit *visit, const struct entry *entry)
{
	const struct fields *fields = &entry->fields;
	const char *receiver = fields->receiver;

	if (!*receiver && entry->unit_name)
		receiver = entry->unit_name;
	return (struct book_line){
		.day = entry->day,
		.number = arena_print(visit->arena, "%lld%s",
				      (long long)entry->number, entry->suffix),
		.issuer = fields->issuer,
		.symbol = fields->symbol,
		.document_day = fields->document_day,
		.type = entry->type_name,
		.subject = fields->subject,
		.signer = fields->signer_name,
		.receiver = receiver,
		.keeper = fields->keeper,
		.copies = fields->copies
				  ? arena_print(visit->arena, "%lld",
						(long long)fields->copies)
				  : "",
		.passed_day = fields->passed_day,
		.due_day = fields->due_day,
		.progress = printed_status(entry->status),
		.note = fields->note,
		.void_reason = void_words(visit, entry),
	};
}

/* Oldest first, as the paper wants it; the list comes newest first. */
static bool load_lines(struct visit *visit, struct entry_filter *filter,
		       struct book_print *print, struct fail *why)
{
	struct entry_list page = { .next_after = 0 };
	struct book_line *lines;
	int64_t total;

	if (!entry_count(visit->db, filter, &total, why))
		return false;
	if (total > LINES_MAX)
		return fail(why, FAIL_LIMIT, "print %d lines at most at once",
			    LINES_MAX);
	lines = arena_array(visit->arena, (size_t)total, sizeof(*lines));
	do {
		filter->after = page.next_after;
		filter->after_suffix = page.next_suffix;
		if (!entry_list(visit->db, filter, visit->arena, &page, why))
			return false;
		for (size_t i = 0; i < page.count && total > 0; i++) {
			const struct entry *entry = &page.entries[i];
			struct book_line *line = &lines[--total];

			*line = line_of(visit, entry);
			if (print->form == BOOK_FOLLOW_UP &&
			    !(line->reply = reply_of(visit, entry, why)))
				return false;
			print->count++;
		}
	} while (page.next_after && total > 0);
	print->lines = lines + total;
	return true;
}

static void set_span(struct book_print *print,
		     const struct entry_filter *filter)
{
	const struct book_line *lines = print->lines;

	print->from_day = filter->from_day;
	print->to_day = filter->to_day;
	if (!print->count)
		return;
	if (!print->from_day)
		print->from_day = lines[0].day;
	if (!print->to_day)
		print->to_day = lines[print->count - 1].day;
}

static bool set_form(struct visit *visit, const struct book *book,
		     struct book_print *print, struct fail *why)
{
	const char *form = http_request_query(visit->http, "form");
	bool incoming = book->direction == DIRECTION_IN;

	print->form = incoming ? BOOK_INCOMING : BOOK_OUTGOING;
	if (!form || strcmp(form, "register") == 0)
		return true;
	if (strcmp(form, "follow_up") != 0 || !incoming)
		return fail(why, FAIL_INVALID,
			    "'form' must be register or, for incoming, "
			    "follow_up");
	print->form = BOOK_FOLLOW_UP;
	return true;
}

static const char *print_detail(struct visit *visit,
				const struct book_print *print,
				const struct printed_format *format)
{
	auto_tree *detail = tree_create();
	auto_text json = { 0 };

	tree_set_int(detail, "year", print->year);
	tree_set_text(detail, "format", format->name);
	tree_set_int(detail, "lines", (int64_t)print->count);
	if (print->count) {
		tree_set_text(detail, "from", print->lines[0].number);
		tree_set_text(detail, "to",
			      print->lines[print->count - 1].number);
	}
	tree_print(detail, &json);
	return arena_copy(visit->arena, text_string(&json));
}

static bool fill_print(struct visit *visit, const struct book *book,
		       struct book_print *print, struct fail *why)
{
	struct entry_filter filter = read_filter(visit, book->id);
	struct organisation organisation;

	if (!set_form(visit, book, print, why) ||
	    !organisation_load(visit->db, visit->actor.organisation_id,
			       visit->arena, &organisation, why) ||
	    !load_lines(visit, &filter, print, why) ||
	    !reserved_lines_merge(visit, &filter, print, why))
		return false;
	print->superior = organisation.superior;
	print->organisation = organisation.name;
	print->printed = printed_when(visit);
	print->year = (int)filter.year;
	print->first_page = (int)visit_query_int(visit, "first_page", 1);
	print->volume = (int)visit_query_int(visit, "volume", 0);
	print->whole = visit_query_int(visit, "whole", 0) == 1;
	set_span(print, &filter);
	return true;
}

bool book_print_route(struct visit *visit, struct fail *why)
{
	const struct printed_format *format =
		printed_format_find(visit, "pdf");
	struct printed *printed = arena_alloc(visit->arena, sizeof(*printed));
	struct book_print print = { 0 };
	auto_text file = { .limit = 256u << 20 };
	struct sheet sheet;
	struct book book;

	if (!format)
		return fail(why, FAIL_INVALID,
			    "'format' must be pdf, xlsx, docx or csv");
	if (!book_load(visit->db, visit_id(visit), visit->arena, &book, why) ||
	    !fill_print(visit, &book, &print, why))
		return false;
	sheet = book_sheet(&print, visit->arena);
	if (!format->print(&sheet, &file, why))
		return false;
	printed->name = arena_print(visit->arena, "so-%s-%d.%s", book.code,
				    print.year, format->name);
	printed->type = format->type;
	printed->shown = format->print == sheet_print_pdf &&
			 visit_query_int(visit, "view", 0) == 1;
	printed->action = "book.print";
	printed->object_type = "book";
	printed->object_id = book.id;
	printed->detail = print_detail(visit, &print, format);
	return printed_send(visit, printed, &file);
}

/* --- one document ------------------------------------------------------- */

static bool load_document(struct visit *visit, struct entry *entry,
			  struct organisation *organisation, struct fail *why)
{
	if (!entry_load(visit->db, visit_id(visit), visit->arena, entry,
			why) ||
	    !entry_may_open(visit->db, entry, &visit->actor, visit->arena,
			    why) ||
	    !organisation_load(visit->db, visit->actor.organisation_id,
			       visit->arena, organisation, why))
		return false;
	if (entry->direction == DIRECTION_IN)
		return true;
	fail(why, FAIL_INVALID, "only incoming documents have this paper");
	return fail_code(why, "print.incoming_only",
			 "Chỉ văn bản đến mới có phiếu và dấu đến.");
}

static struct printed *entry_paper(struct visit *visit,
				   const struct entry *entry,
				   const char *name)
{
	struct printed *printed = arena_alloc(visit->arena, sizeof(*printed));

	printed->name = arena_print(visit->arena, "%s-%lld-%lld.pdf", name,
				    (long long)entry->year,
				    (long long)entry->number);
	printed->type = "application/pdf";
	printed->action = "entry.print";
	printed->object_type = "entry";
	printed->object_id = entry->id;
	printed->opens = true;
	return printed;
}

static const char *describe(struct visit *visit, const struct entry *entry)
{
	const struct fields *fields = &entry->fields;
	auto_text day = { 0 };

	if (fields->document_day)
		sheet_print_day(fields->document_day, &day);
	return arena_print(visit->arena, "%s; %s; %s; %s: %s",
			   entry->type_name ? entry->type_name : "Văn bản",
			   *fields->symbol ? fields->symbol : "không số",
			   text_string(&day), fields->issuer, fields->subject);
}

bool slip_print_route(struct visit *visit, struct fail *why)
{
	struct organisation organisation;
	char today[DAY_SIZE];
	struct slip slip = { .day = today };
	struct printed *printed;
	auto_text file = { 0 };
	struct entry entry;

	if (!load_document(visit, &entry, &organisation, why))
		return false;
	day_print(moment_day(moment_now()), today);
	slip.superior = organisation.superior;
	slip.organisation = organisation.name;
	slip.place = organisation.place;
	slip.document = describe(visit, &entry);
	slip.register_number =
		arena_print(visit->arena, "%lld%s", (long long)entry.number,
			    entry.suffix);
	if (!slip_print(&slip, &file, why))
		return false;
	printed = entry_paper(visit, &entry, "phieu-giai-quyet");
	return printed_send(visit, printed, &file);
}

bool stamp_label_route(struct visit *visit, struct fail *why)
{
	struct organisation organisation;
	struct stamp_label label = { 0 };
	struct printed *printed;
	auto_text file = { 0 };
	struct entry entry;

	if (!load_document(visit, &entry, &organisation, why))
		return false;
	label.organisation = organisation.name;
	label.number = arena_print(visit->arena, "%lld%s",
				   (long long)entry.number, entry.suffix);
	label.day = entry.day;
	label.passed_to = entry.unit_name ? entry.unit_name : "";
	label.dossier = entry.fields.dossier_notation;
	if (!stamp_label_print(&label, &file, why))
		return false;
	printed = entry_paper(visit, &entry, "dau-den");
	return printed_send(visit, printed, &file);
}
