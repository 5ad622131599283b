/* Dossiers: their list, one of them, its documents, its export. */
#include "base/moment.h"
#include "core/dossier.h"
#include "core/organisation.h"
#include "exchange/dossier_sheet.h"
#include "web/desk.h"
#include "web/flow.h"
#include "web/printed.h"
#include <stdlib.h>
#include <string.h>

static void present_dossier(struct tree *out, const struct dossier *one,
			    const struct actor *actor)
{
	tree_set_int(out, "id", one->id);
	tree_set_int(out, "year", one->year);
	tree_set_text(out, "code", one->code);
	tree_set_text(out, "title", one->title);
	tree_set_int(out, "retention", one->retention);
	tree_set_int(out, "unit", one->unit_id);
	tree_set_text(out, "unit_name", one->unit_name);
	tree_set_int(out, "keeper", one->keeper_id);
	tree_set_text(out, "keeper_name", one->keeper_name);
	tree_set_text(out, "readers", one->readers);
	tree_set_text(out, "state", one->state);
	tree_set_text(out, "opened_day", one->opened_day);
	tree_set_text(out, "closed_day", one->closed_day);
	tree_set_text(out, "note", one->note);
	tree_set_int(out, "documents", one->documents);
	tree_set_int(out, "pages", one->pages);
	tree_set_int(out, "version", one->version);
	tree_set_bool(out, "may_change", dossier_may_change(one, actor));
}

bool dossier_list_route(struct visit *visit, struct fail *why)
{
	struct dossier_filter filter = {
		.viewer = &visit->actor,
		.year = visit_query_int(visit, "year", 0),
		.unit_id = visit_query_int(visit, "unit", 0),
		.entry_id = visit_query_int(visit, "entry", 0),
		.text = http_request_query(visit->http, "q"),
		.state = http_request_query(visit->http, "state"),
	};
	struct tree *items = tree_set_list(visit->answer, "items");
	struct dossier_list list;

	if (filter.state && !*filter.state)
		filter.state = NULL;
	if (!dossier_list(visit->db, &filter, visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++)
		present_dossier(tree_add_tree(items), &list.dossiers[i],
				&visit->actor);
	return true;
}

/* What the person may not open is there, without its words. */
static bool present_document(struct visit *visit, struct tree *out,
			     const struct dossier_document *one,
			     struct fail *why)
{
	struct fail denied = { .kind = FAIL_NONE };
	struct entry entry;
	bool may;

	if (!entry_load(visit->db, one->entry_id, visit->arena, &entry, why))
		return false;
	may = entry_may_open(visit->db, &entry, &visit->actor, visit->arena,
			     &denied);
	tree_set_int(out, "entry", one->entry_id);
	tree_set_int(out, "position", one->position);
	tree_set_text(out, "direction", one->direction);
	tree_set_int(out, "year", one->year);
	tree_set_int(out, "number", one->number);
	tree_set_text(out, "suffix", one->suffix);
	tree_set_text(out, "day", one->day);
	tree_set_text(out, "symbol", may ? one->symbol : NULL);
	tree_set_text(out, "document_day", may ? one->document_day : NULL);
	tree_set_text(out, "type_name", one->type_name);
	tree_set_text(out, "subject", may ? one->subject : NULL);
	tree_set_text(out, "issuer", may ? one->issuer : NULL);
	tree_set_int(out, "pages", one->pages);
	tree_set_text(out, "note", one->note);
	tree_set_text(out, "state", one->state);
	tree_set_bool(out, "may_open", may);
	return true;
}

static bool present_whole(struct visit *visit, int64_t id, struct fail *why)
{
	struct dossier_documents list;
	struct dossier dossier;
	struct tree *items;

	if (!dossier_load(visit->db, id, &visit->actor, visit->arena, &dossier,
			  why) ||
	    !dossier_list_documents(visit->db, id, visit->arena, &list, why))
		return false;
	present_dossier(visit->answer, &dossier, &visit->actor);
	items = tree_set_list(visit->answer, "items");
	for (size_t i = 0; i < list.count; i++)
		if (!present_document(visit, tree_add_tree(items),
				      &list.documents[i], why))
			return false;
	return true;
}

bool dossier_show(struct visit *visit, struct fail *why)
{
	return present_whole(visit, visit_id(visit), why);
}

static bool set_dossier(struct visit *visit, struct dossier *wanted,
			struct fail *why)
{
	int64_t id;

	if (!tree_may_text(visit->body, "code", 400, &wanted->code, why) ||
	    !tree_may_text(visit->body, "title", 8000, &wanted->title, why) ||
	    !tree_may_int(visit->body, "year", &wanted->year, why) ||
	    !tree_may_int(visit->body, "retention", &wanted->retention, why) ||
	    !tree_may_int(visit->body, "unit", &wanted->unit_id, why) ||
	    !tree_may_int(visit->body, "keeper", &wanted->keeper_id, why) ||
	    !tree_may_text(visit->body, "readers", 20, &wanted->readers, why) ||
	    !tree_may_text(visit->body, "note", 8000, &wanted->note, why) ||
	    !dossier_set(visit->db, wanted, &visit->actor, moment_now(), &id,
			 why))
		return false;
	return present_whole(visit, id, why);
}

bool dossier_add_route(struct visit *visit, struct fail *why)
{
	struct dossier wanted = {
		.code = "",
		.title = "",
		.readers = "unit",
		.note = "",
		.unit_id = visit->actor.unit_id,
		.year = moment_day(moment_now()).year,
	};

	visit->status = 201;
	return visit_need_body(visit, why) &&
	       set_dossier(visit, &wanted, why);
}

bool dossier_patch(struct visit *visit, struct fail *why)
{
	struct dossier wanted;

	if (!visit_need_body(visit, why) ||
	    !dossier_load(visit->db, visit_id(visit), &visit->actor,
			  visit->arena, &wanted, why) ||
	    !tree_need_int(visit->body, "version", &wanted.version, why))
		return false;
	return set_dossier(visit, &wanted, why);
}

static bool read_change(struct visit *visit, struct dossier_change *change,
			struct fail *why)
{
	struct dossier dossier;

	*change = (struct dossier_change){
		.actor = visit->actor,
		.id = visit_id(visit),
		.now = moment_now(),
	};
	return visit_need_body(visit, why) &&
	       tree_need_int(visit->body, "version", &change->version, why) &&
	       dossier_load(visit->db, change->id, &visit->actor, visit->arena,
			    &dossier, why);
}

bool dossier_close_route(struct visit *visit, struct fail *why)
{
	struct dossier_change change;

	return read_change(visit, &change, why) &&
	       dossier_close(visit->db, &change,
			     tree_bool(visit->body, "close", true), why) &&
	       present_whole(visit, change.id, why);
}

bool dossier_add_document_route(struct visit *visit, struct fail *why)
{
	struct dossier_change change;
	const char *note = "";
	struct entry entry;
	int64_t entry_id;

	return read_change(visit, &change, why) &&
	       tree_need_int(visit->body, "entry", &entry_id, why) &&
	       flow_visit_entry(visit, entry_id, &entry, why) &&
	       tree_may_text(visit->body, "note", 4000, &note, why) &&
	       dossier_add_document(visit->db, &change, entry_id, note, why) &&
	       present_whole(visit, change.id, why);
}

static int64_t entry_of_path(const struct visit *visit)
{
	char *end;
	long long id = strtoll(visit->parameters[1], &end, 10);

	return *end || id < 0 ? 0 : id;
}

bool dossier_remove_document_route(struct visit *visit, struct fail *why)
{
	struct dossier_change change;

	return read_change(visit, &change, why) &&
	       dossier_remove_document(visit->db, &change,
				       entry_of_path(visit), why) &&
	       present_whole(visit, change.id, why);
}

bool dossier_move_document_route(struct visit *visit, struct fail *why)
{
	struct dossier_change change;
	int64_t position;

	return read_change(visit, &change, why) &&
	       tree_need_int(visit->body, "position", &position, why) &&
	       dossier_move_document(visit->db, &change, entry_of_path(visit),
				     position, why) &&
	       present_whole(visit, change.id, why);
}

static struct dossier_line line_of(const struct dossier_document *document)
{
	bool is_void = strcmp(document->state, "void") == 0;

	return (struct dossier_line){
		.symbol = document->symbol,
		.document_day = document->document_day,
		.type = document->type_name,
		.subject = document->subject,
		.issuer = document->issuer,
		.pages = document->pages,
		.note = is_void && !*document->note ? "Hủy số"
						    : document->note,
	};
}

static bool print_paper(struct visit *visit, const struct dossier *dossier,
			struct text *ret_file, struct fail *why)
{
	struct dossier_print print = {
		.printed = printed_when(visit),
		.code = dossier->code,
		.title = dossier->title,
		.unit = dossier->unit_name,
		.keeper = dossier->keeper_name,
		.opened_day = dossier->opened_day,
		.closed_day = dossier->closed_day,
		.retention = dossier->retention,
	};
	struct organisation organisation;
	struct dossier_documents list;
	struct dossier_line *lines;
	struct sheet sheet;

	if (!organisation_load(visit->db, dossier->organisation_id,
			       visit->arena, &organisation, why) ||
	    !dossier_list_documents(visit->db, dossier->id, visit->arena,
				    &list, why))
		return false;
	lines = arena_array(visit->arena, list.count, sizeof(*lines));
	for (size_t i = 0; i < list.count; i++)
		lines[i] = line_of(&list.documents[i]);
	print.superior = organisation.superior;
	print.organisation = organisation.name;
	print.lines = lines;
	print.count = list.count;
	sheet = dossier_sheet(&print, visit->arena);
	return sheet_print_pdf(&sheet, ret_file, why);
}

static bool load_exported(struct visit *visit, struct dossier *dossier,
			  struct fail *why)
{
	return dossier_load(visit->db, visit_id(visit), &visit->actor,
			    visit->arena, dossier, why) &&
	       (dossier_may_change(dossier, &visit->actor) ||
		fail(why, FAIL_DENIED, "its keeper exports a dossier"));
}

bool dossier_export_route(struct visit *visit, struct fail *why)
{
	const char *format = http_request_query(visit->http, "format");
	bool is_paper = format && strcmp(format, "pdf") == 0;
	struct printed *printed = arena_alloc(visit->arena, sizeof(*printed));
	auto_text file = { .limit = 64u << 20 };
	struct dossier dossier;

	if (format && !is_paper && strcmp(format, "xml") != 0)
		return fail(why, FAIL_INVALID, "'format' must be pdf or xml");
	if (!load_exported(visit, &dossier, why))
		return false;
	if (is_paper ? !print_paper(visit, &dossier, &file, why)
		     : !dossier_export(visit->db, &dossier, &file, why))
		return false;
	format = is_paper ? "pdf" : "xml";
	printed->name = arena_print(visit->arena, "ho-so-%lld.%s",
				    (long long)dossier.id, format);
	printed->type = is_paper ? "application/pdf" : "application/xml";
	printed->action = "dossier.export";
	printed->object_type = "dossier";
	printed->object_id = dossier.id;
	printed->detail = arena_print(visit->arena, "{\"format\":\"%s\"}",
				      format);
	return printed_send(visit, printed, &file);
}

bool dossier_grant_list(struct visit *visit, struct fail *why)
{
	struct dossier dossier;

	return dossier_load(visit->db, visit_id(visit), &visit->actor,
			    visit->arena, &dossier, why) &&
	       grant_present_list(visit, "dossier", dossier.id, why);
}

bool dossier_grant_add(struct visit *visit, struct fail *why)
{
	struct dossier dossier;

	return dossier_load(visit->db, visit_id(visit), &visit->actor,
			    visit->arena, &dossier, why) &&
	       grant_add_for(visit, "dossier", dossier.id, why);
}
