/*
 * A dossier as XML, with the element names and the order of Decree
 * 30/2020/NĐ-CP, annex VI, part II: the dossier, then its documents as they
 * came in.
 */
#include "core/dossier.h"
#include "core/entry_list.h"
#include "core/organisation.h"
#include <string.h>

static void add_escaped(struct text *xml, const char *value)
{
	for (; *value; value++) {
		if (*value == '&')
			text_add(xml, "&amp;");
		else if (*value == '<')
			text_add(xml, "&lt;");
		else if (*value == '>')
			text_add(xml, "&gt;");
		else if ((unsigned char)*value >= 0x20 || *value == '\n' ||
			 *value == '\t')
			text_add_char(xml, *value);
	}
}

static void add(struct text *xml, const char *indent, const char *name,
		const char *value)
{
	text_addf(xml, "%s<%s>", indent, name);
	add_escaped(xml, value ? value : "");
	text_addf(xml, "</%s>\n", name);
}

static void add_number(struct text *xml, const char *indent, const char *name,
		       int64_t value)
{
	text_addf(xml, "%s<%s>%lld</%s>\n", indent, name, (long long)value,
		  name);
}

/* Days as the decree prints them: 24/06/2026. */
static void add_day(struct text *xml, const char *indent, const char *name,
		    const char *iso)
{
	text_addf(xml, "%s<%s>", indent, name);
	if (iso && strlen(iso) == 10)
		text_addf(xml, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
	text_addf(xml, "</%s>\n", name);
}

static void add_code(struct text *xml, const char *indent,
		     const struct dossier *dossier, const char *organ)
{
	text_addf(xml, "%s<FileCode>\n", indent);
	text_addf(xml, "%s  <OrganId>", indent);
	add_escaped(xml, organ);
	text_add(xml, "</OrganId>\n");
	text_addf(xml, "%s  <FileCatalog>%lld</FileCatalog>\n", indent,
		  (long long)dossier->year);
	text_addf(xml, "%s  <FileNotation>", indent);
	add_escaped(xml, dossier->code);
	text_addf(xml, "</FileNotation>\n%s</FileCode>\n", indent);
}

static const char *retention_text(const struct dossier *dossier,
				  struct arena *arena)
{
	if (!dossier->retention)
		return "Vĩnh viễn";
	return arena_print(arena, "%lld năm", (long long)dossier->retention);
}

static const char *rights_text(const struct dossier *dossier)
{
	if (strcmp(dossier->readers, "all") == 0)
		return "Toàn cơ quan";
	return strcmp(dossier->readers, "unit") == 0 ? "Trong đơn vị"
						     : "Hạn chế";
}

static void add_head(struct text *xml, const struct dossier *dossier,
		     const char *organ, struct arena *arena)
{
	add_code(xml, "  ", dossier, organ);
	add(xml, "  ", "Title", dossier->title);
	add(xml, "  ", "Maintenance", retention_text(dossier, arena));
	add(xml, "  ", "Rights", rights_text(dossier));
	add(xml, "  ", "Creator", dossier->keeper_name);
	add(xml, "  ", "Language", "Tiếng Việt");
	add_day(xml, "  ", "StartDate", dossier->opened_day);
	add_day(xml, "  ", "EndDate", dossier->closed_day);
	add_number(xml, "  ", "DocTotal", dossier->documents);
	add_number(xml, "  ", "PageTotal", dossier->pages);
	add(xml, "  ", "Description", dossier->note);
}

static void add_tail(struct text *xml, const struct entry *entry)
{
	const struct fields *fields = &entry->fields;
	bool in = entry->direction == DIRECTION_IN;
	if (in) {
		add_day(xml, "      ", "ArrivalDate", entry->day);
		add_number(xml, "      ", "ArrivalNumber", entry->number);
	}
	text_add(xml, "      <SignerInfo>\n");
	add(xml, "        ", "Position", fields->signer_position);
	add(xml, "        ", "FullName", fields->signer_name);
	text_add(xml, "      </SignerInfo>\n");
	if (!in) {
		text_add(xml, "      <To>\n");
		add(xml, "        ", "OrganName", fields->receiver);
		text_add(xml, "      </To>\n");
	}
	add_number(xml, "      ", "Priority", fields->urgency);
	if (in)
		add(xml, "      ", "ToPlaces", fields->receiver);
	else
		add_number(xml, "      ", "IssuedAmount", fields->copies);
	add_day(xml, "      ", "DueDate", fields->due_day);
}

static void add_entry(struct text *xml, const struct dossier *dossier,
		      const struct dossier_document *document,
		      const struct entry *entry, const char *organ)
{
	const struct fields *fields = &entry->fields;
	text_addf(xml, "    <Document direction=\"%s\" state=\"%s\">\n",
		  direction_name(entry->direction), entry->state);
	add_code(xml, "      ", dossier, organ);
	add_number(xml, "      ", "DocOrdinal", document->position);
	add(xml, "      ", "TypeName", entry->type_name);
	add(xml, "      ", "CodeNumber", entry->symbol_number);
	add(xml, "      ", "CodeNotation", entry->symbol_notation);
	add_day(xml, "      ", "IssuedDate", fields->document_day);
	add(xml, "      ", "OrganName", fields->issuer);
	add(xml, "      ", "Subject", fields->subject);
	add(xml, "      ", "Language", fields->language);
	add_number(xml, "      ", "PageAmount", fields->pages);
	add(xml, "      ", "Description",
	    *document->note ? document->note : fields->note);
	add_tail(xml, entry);
	text_add(xml, "    </Document>\n");
}

bool dossier_export(struct db *db, const struct dossier *dossier,
		    struct text *ret_xml, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct organisation organisation;
	struct dossier_documents list;
	struct entry entry;
	if (!organisation_load(db, dossier->organisation_id, arena,
			       &organisation, why) ||
	    !dossier_list_documents(db, dossier->id, arena, &list, why))
		return false;
	const char *organ = organisation.identifier;
	text_add(ret_xml,
		 "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		 "<File>\n");
	add_head(ret_xml, dossier, organ, arena);
	text_add(ret_xml, "  <Documents>\n");
	for (size_t i = 0; i < list.count; i++) {
		if (!entry_load(db, list.documents[i].entry_id, arena, &entry,
				why))
			return false;
		add_entry(ret_xml, dossier, &list.documents[i], &entry, organ);
	}
	text_add(ret_xml, "  </Documents>\n</File>\n");
	return !ret_xml->over ||
	       fail(why, FAIL_LIMIT, "the dossier is too large");
}
