/* Links: what letters are to entries; relations of entries; the report. */
#include "web/links.h"
#include "core/entry_list.h"
#include "core/link.h"
#include "core/receipt.h"
#include "core/relation.h"
#include "core/trusted.h"
#include <stdlib.h>
#include <string.h>

static void present_target(struct tree *out, const struct link *link)
{
	tree_set_int(out, "entry", link->entry_id);
	tree_set_int(out, "other_letter", link->other_letter_id);
	tree_set_text(out, "direction", link->direction);
	tree_set_int(out, "year", link->year);
	tree_set_int(out, "number", link->number);
	tree_set_text(out, "suffix", link->suffix ? link->suffix : "");
	tree_set_text(out, "day", link->day);
	tree_set_text(out, "issuer", link->issuer);
	tree_set_text(out, "symbol", link->symbol);
	tree_set_text(out, "subject", link->subject);
}

static void present_link(struct tree *out, const struct link *link)
{
	struct fail ignored;
	auto_tree *detail = tree_parse(bytes_of(link->detail_json), &ignored);

	tree_set_int(out, "id", link->id);
	tree_set_int(out, "letter", link->letter_id);
	tree_set_text(out, "kind", link_kind_name(link->kind));
	tree_set_bool(out, "joins", link_joins(link->kind));
	tree_set_text(out, "state", link->state);
	tree_set_text(out, "reason", link->reason);
	tree_set_text(out, "sentence", link->sentence);
	tree_set_text(out, "cited", tree_text(detail, "cited", NULL));
	tree_set_int(out, "confidence", link->confidence);
	tree_set_text(out, "decided_by", link->decided_name);
	tree_set_int(out, "decided_at", link->decided_at);
	present_target(out, link);
}

static void present_list(struct tree *out, const struct link_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		present_link(tree_add_tree(out), &list->items[i]);
}

bool links_present(struct visit *visit, int64_t letter_id, struct fail *why)
{
	struct tree *out = tree_set_list(visit->answer, "links");
	struct link_list list;

	if (!link_list(visit->db, letter_id, visit->arena, &list, why))
		return false;
	present_list(out, &list);
	return true;
}

static bool is_worth_saying(const struct link *link)
{
	return link->entry_id && (strcmp(link->state, "proposed") == 0 ||
				  strcmp(link->state, "linked") == 0);
}

bool links_present_best(struct visit *visit, int64_t letter_id,
			struct tree *out, struct fail *why)
{
	struct link_list list;

	if (!link_list(visit->db, letter_id, visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct link *link = &list.items[i];

		if (!is_worth_saying(link))
			continue;
		out = tree_set_tree(out, "link");
		tree_set_text(out, "kind", link_kind_name(link->kind));
		tree_set_bool(out, "joins", link_joins(link->kind));
		tree_set_int(out, "entry", link->entry_id);
		tree_set_text(out, "direction", link->direction);
		tree_set_int(out, "number", link->number);
		tree_set_text(out, "suffix", link->suffix ? link->suffix : "");
		tree_set_text(out, "symbol", link->symbol ? link->symbol : "");
		return true;
	}
	tree_set_null(out, "link");
	return true;
}

static int64_t parameter(const struct visit *visit, size_t i)
{
	const char *text = visit->parameters[i];

	return text ? strtoll(text, NULL, 10) : 0;
}

bool letter_link_route(struct visit *visit, struct fail *why)
{
	struct link_decision decision = {
		.letter_id = visit_id(visit),
		.link_id = parameter(visit, 1),
		.actor = visit->actor,
	};

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "decision", 32, &decision.decision,
			    why) ||
	    !link_decide(visit->db, &decision, why))
		return false;
	tree_set_int(visit->answer, "letter", decision.letter_id);
	return links_present(visit, decision.letter_id, why);
}

/* --- of an entry -------------------------------------------------------- */

static bool open_entry(struct visit *visit, struct fail *why)
{
	struct entry entry;

	return entry_load(visit->db, visit_id(visit), visit->arena, &entry,
			  why) &&
	       entry_may_open(visit->db, &entry, &visit->actor, visit->arena,
			      why);
}

static void present_deliveries(struct tree *out,
			       const struct delivery_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct tree *one = tree_add_tree(out);

		tree_set_text(one, "recipient", list->items[i].recipient);
		tree_set_text(one, "state", list->items[i].state);
		tree_set_text(one, "words", list->items[i].words);
		tree_set_int(one, "letter", list->items[i].letter_id);
		tree_set_int(one, "at", list->items[i].at);
	}
}

static bool present_rule(struct visit *visit, struct fail *why)
{
	struct trusted_mark mark;
	struct tree *out;

	if (!trusted_mark(visit->db, visit_id(visit), visit->arena, &mark, why))
		return false;
	if (!mark.proof) {
		tree_set_null(visit->answer, "rule");
		return true;
	}
	out = tree_set_tree(visit->answer, "rule");
	tree_set_text(out, "sender", mark.sender);
	tree_set_text(out, "proof", mark.proof);
	tree_set_int(out, "at", mark.at);
	tree_set_int(out, "undone_at", mark.undone_at);
	tree_set_bool(out, "may_undo", mark.may_undo);
	return true;
}

bool rule_undo_route(struct visit *visit, struct fail *why)
{
	if (!trusted_undo(visit->db, visit_id(visit), &visit->actor, why))
		return false;
	tree_set_int(visit->answer, "entry", visit_id(visit));
	return true;
}

bool entry_links_show(struct visit *visit, struct fail *why)
{
	struct delivery_list deliveries;
	struct link_list list;

	if (!open_entry(visit, why) ||
	    !link_list_of_entry(visit->db, visit_id(visit), visit->arena,
				&list, why) ||
	    !receipt_list(visit->db, visit_id(visit), visit->arena,
			  &deliveries, why))
		return false;
	present_list(tree_set_list(visit->answer, "links"), &list);
	present_deliveries(tree_set_list(visit->answer, "deliveries"),
			   &deliveries);
	return present_rule(visit, why);
}

static bool read_kind(const char *name, struct relation_wish *wish,
		      struct fail *why)
{
	wish->kind = relation_kind_find(name);
	return wish->kind < RELATION_KIND_COUNT ||
	       fail(why, FAIL_INVALID, "'kind' is not known");
}

bool relation_add_route(struct visit *visit, struct fail *why)
{
	struct relation_wish wish = { .other_id = 0 };
	const char *kind;

	if (!open_entry(visit, why) || !visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "kind", 32, &kind, why) ||
	    !tree_need_int(visit->body, "entry", &wish.other_id, why) ||
	    !read_kind(kind, &wish, why) ||
	    !relation_add(visit->db, visit_id(visit), &wish, &visit->actor, 0,
			  why))
		return false;
	tree_set_int(visit->answer, "entry", visit_id(visit));
	return true;
}

/* Whichever of the two asks: a relation has two ends. */
bool relation_remove_route(struct visit *visit, struct fail *why)
{
	struct relation_wish wish = { .other_id = parameter(visit, 2) };
	struct relation_wish reverse = { .other_id = visit_id(visit) };

	if (!open_entry(visit, why) ||
	    !read_kind(visit->parameters[1], &wish, why))
		return false;
	reverse.kind = wish.kind;
	if (!relation_remove(visit->db, visit_id(visit), &wish, &visit->actor,
			     why) ||
	    !relation_remove(visit->db, wish.other_id, &reverse,
			     &visit->actor, why))
		return false;
	tree_set_int(visit->answer, "entry", visit_id(visit));
	return true;
}

/* --- the report --------------------------------------------------------- */

bool command_links_report(struct visit *visit, struct fail *why)
{
	struct link_figures kinds[LINK_KIND_COUNT];
	struct tree *items = tree_set_list(visit->answer, "kinds");

	if (!link_report(visit->db, kinds, why))
		return false;
	for (unsigned i = 0; i < LINK_KIND_COUNT; i++) {
		struct tree *out = tree_add_tree(items);

		tree_set_text(out, "kind",
			      link_kind_name((enum link_kind)i));
		tree_set_int(out, "linked", kinds[i].linked);
		tree_set_int(out, "unlinked", kinds[i].unlinked);
		tree_set_int(out, "proposed", kinds[i].proposed);
		tree_set_int(out, "accepted", kinds[i].accepted);
		tree_set_int(out, "rejected", kinds[i].rejected);
		tree_set_int(out, "first_right", kinds[i].first_right);
		tree_set_int(out, "decided", kinds[i].decided);
		tree_set_int(out, "missed", kinds[i].missed);
	}
	return true;
}

/* --- whom the rules trust ------------------------------------------------ */

static struct actor program(const struct visit *visit)
{
	return (struct actor){ .name = "command",
			       .organisation_id = visit->web->organisation_id };
}

bool command_trust_show(struct visit *visit, struct fail *why)
{
	struct trusted_list list;
	struct tree *items;

	if (!trusted_load(visit->db, visit->web->organisation_id, visit->arena,
			  &list, why))
		return false;
	tree_set_bool(visit->answer, "on", list.is_on);
	tree_set_text(visit->answer, "server", list.server);
	items = tree_set_list(visit->answer, "items");
	for (size_t i = 0; i < list.count; i++) {
		struct tree *one = tree_add_tree(items);

		tree_set_text(one, "kind", list.items[i].kind);
		tree_set_text(one, "value", list.items[i].value);
		tree_set_text(one, "note", list.items[i].note);
		tree_set_int(one, "added_at", list.items[i].added_at);
	}
	return true;
}

static bool add_sender(struct visit *visit, struct fail *why)
{
	struct trusted_sender sender = { .kind = "address" };
	struct actor actor = program(visit);

	return tree_need_text(visit->body, "value", 400, &sender.value, why) &&
	       tree_may_text(visit->body, "kind", 16, &sender.kind, why) &&
	       tree_may_text(visit->body, "note", 1000, &sender.note, why) &&
	       trusted_add(visit->db, &sender, &actor, why);
}

static bool remove_sender(struct visit *visit, struct fail *why)
{
	struct actor actor = program(visit);
	const char *value;

	return tree_need_text(visit->body, "value", 400, &value, why) &&
	       trusted_remove(visit->db, value, &actor, why);
}

bool command_trust_change(struct visit *visit, struct fail *why)
{
	struct actor actor = program(visit);
	const char *what, *server = NULL;
	bool is_on, ok;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "do", 16, &what, why) ||
	    !tree_may_text(visit->body, "server", 255, &server, why))
		return false;
	is_on = strcmp(what, "on") == 0;
	if (strcmp(what, "add") == 0)
		ok = add_sender(visit, why);
	else if (strcmp(what, "remove") == 0)
		ok = remove_sender(visit, why);
	else if (is_on || strcmp(what, "off") == 0)
		ok = trusted_set(visit->db, is_on, server, &actor, why);
	else
		return fail(why, FAIL_INVALID,
			    "'do' must be add, remove, on or off");
	return ok && command_trust_show(visit, why);
}
