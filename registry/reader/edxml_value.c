#include "reader/edxml_value.h"
#include "base/moment.h"
#include "base/text.h"
#include "viet/fold.h"
#include "viet/symbol.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	SURE = 980,
	DOUBTFUL = 600, /* a number that is none */
	DIGITS_MAX = 11,
	STATED_MAX = 500
};

static const struct {
	const char *name;
	enum edxml_holder holder;
} holders[] = {
	{ "From", EDXML_FROM },
	{ "To", EDXML_TO },
	{ "Code", EDXML_CODE },
	{ "PromulgationInfo", EDXML_PROMULGATION },
	{ "DocumentType", EDXML_TYPE },
	{ "SignerInfo", EDXML_SIGNER },
	{ "OtherInfo", EDXML_OTHER },
	{ "ToPlaces", EDXML_PLACES },
	{ "ResponseFor", EDXML_RESPONSE },
	{ "TraceHeader", EDXML_TRACE },
	{ "Bussiness", EDXML_BUSINESS },
	{ "Business", EDXML_BUSINESS },
	{ "BussinessDocumentInfo", EDXML_TRACE },
	{ "ReplacementInfo", EDXML_REPLACEMENT },
	{ "StaffInfo", EDXML_STAFF },
	{ "edXMLManifest", EDXML_MANIFEST },
	{ "Attachment", EDXML_ATTACHMENT },
	{ "Signature", EDXML_SIGNATURE },
};

static const struct {
	enum edxml_holder holder;
	const char *name;
	enum edxml_value value;
} rules[] = {
	{ EDXML_FROM, "OrganName", EDXML_ISSUER },
	{ EDXML_FROM, "OrganizationInCharge", EDXML_SUPERIOR },
	{ EDXML_CODE, "CodeNumber", EDXML_NUMBER },
	{ EDXML_CODE, "CodeNotation", EDXML_NOTATION },
	{ EDXML_NONE, "DocumentId", EDXML_ID },
	{ EDXML_PROMULGATION, "Place", EDXML_PLACE },
	{ EDXML_PROMULGATION, "PromulgationDate", EDXML_DAY },
	{ EDXML_TYPE, "TypeName", EDXML_TYPE_NAME },
	{ EDXML_NONE, "Subject", EDXML_SUBJECT },
	{ EDXML_NONE, "Content", EDXML_CONTENT },
	{ EDXML_SIGNER, "Competence", EDXML_CAPACITY },
	{ EDXML_SIGNER, "Position", EDXML_POSITION },
	{ EDXML_SIGNER, "FullName", EDXML_FULL_NAME },
	{ EDXML_NONE, "DueDate", EDXML_DUE_DAY },
	{ EDXML_OTHER, "Priority", EDXML_PRIORITY },
	{ EDXML_BUSINESS, "BussinessDocType", EDXML_BUSINESS_TYPE },
	{ EDXML_BUSINESS, "BussinessDocReason", EDXML_REASON },
	{ EDXML_BUSINESS, "DocumentId", EDXML_AFFECTED_ID },
	{ EDXML_NONE, "StatusCode", EDXML_STATUS },
	{ EDXML_NONE, "Description", EDXML_DESCRIPTION },
	{ EDXML_RESPONSE, "Code", EDXML_CITED_CODE },
	{ EDXML_RESPONSE, "PromulgationDate", EDXML_CITED_DAY },
	{ EDXML_RESPONSE, "DocumentId", EDXML_CITED_ID },
};

enum edxml_holder edxml_holder(const char *name, enum edxml_holder outer)
{
	for (size_t i = 0; i < sizeof(holders) / sizeof(holders[0]); i++) {
		if (strcmp(name, holders[i].name) == 0)
			return holders[i].holder;
	}
	return outer;
}

static struct letterhead_proposal *state(struct edxml_values *values,
					 enum letterhead_field field,
					 const char *value, const char *seen)
{
	struct document *document = values->document;
	struct letterhead_proposal *proposal;

	if (document->stated_count >= STATED_MAX || !value || !*value)
		return NULL;
	document->stated = arena_grow(document->arena, document->stated,
				      document->stated_count,
				      sizeof(*document->stated));
	proposal = &document->stated[document->stated_count++];
	*proposal = (struct letterhead_proposal){
		.field = field,
		.source = LETTERHEAD_FROM_EDXML,
		.value = viet_normal(value, document->arena),
		.seen = seen,
		.confidence = SURE
	};
	return proposal;
}

/* "2019/01/16", with or without a time; "16/01/2019" too. NULL: no day. */
static const char *day_of(struct edxml_values *values, const char *text)
{
	struct arena *arena = values->document->arena;
	char *rest, *iso;
	long one, two, three;
	struct day day;

	if (!text)
		return NULL;
	one = strtol(text, &rest, 10);
	two = *rest ? strtol(rest + 1, &rest, 10) : 0;
	three = *rest ? strtol(rest + 1, &rest, 10) : 0;
	if (one < 100 && three > 100) {
		long year = three;

		three = one;
		one = year;
	}
	iso = arena_print(arena, "%04ld-%02ld-%02ld", one, two, three);
	if (day_parse(iso, &day))
		return iso;
	document_flag(values->document, "impossible_date");
	return NULL;
}

/* "000.00.00.G22,2015/09/30,7816/VPCP-TTĐT": what stands behind the second
 * comma, and the day before it. NULL: it is something else, such as a UUID. */
static const char *code_of_id(struct edxml_values *values, const char *id,
			      const char **ret_day)
{
	const char *first = id ? strchr(id, ',') : NULL;
	const char *second = first ? strchr(first + 1, ',') : NULL;

	if (!second || !second[1])
		return NULL;
	*ret_day = day_of(values, first + 1);
	return second + 1;
}

static bool is_cited(const struct document *document, const char *code,
		     const char *role)
{
	for (size_t i = 0; i < document->stated_count; i++) {
		const struct letterhead_proposal *one = &document->stated[i];

		if (one->role && strcmp(one->role, role) == 0 &&
		    strcmp(one->seen, code) == 0)
			return true;
	}
	return false;
}

static void cite(struct edxml_values *values, const char *code,
		 const char *day, const char *role)
{
	struct letterhead_proposal *proposal;

	if (!code || is_cited(values->document, code, role))
		return;
	proposal = state(values, LETTERHEAD_CITED, code, code);
	if (!proposal)
		return;
	proposal->role = role;
	proposal->day = day;
}

/* What stands in `at` since the last ResponseFor. */
static void cite_response(struct edxml_values *values)
{
	const char *code = values->at[EDXML_CITED_CODE], *day = NULL;
	const char *other = code_of_id(values, values->at[EDXML_CITED_ID],
				       &day);

	if (values->at[EDXML_CITED_DAY])
		day = day_of(values, values->at[EDXML_CITED_DAY]);
	cite(values, code ? code : other, day, "reply");
	values->at[EDXML_CITED_CODE] = NULL;
	values->at[EDXML_CITED_DAY] = NULL;
	values->at[EDXML_CITED_ID] = NULL;
}

static void add_many(struct edxml_values *values, enum edxml_holder holder,
		     const char *name, const char *value)
{
	const char *code, *day = NULL;

	if (holder == EDXML_TO && strcmp(name, "OrganName") == 0)
		(void)state(values, LETTERHEAD_ADDRESSEE, value, value);
	if (holder == EDXML_PLACES && strcmp(name, "Place") == 0)
		(void)state(values, LETTERHEAD_RECIPIENT, value, value);
	if (holder == EDXML_REPLACEMENT && strcmp(name, "DocumentId") == 0) {
		code = code_of_id(values, value, &day);
		cite(values, code, day, "replaces");
	}
}

void edxml_value_add(struct edxml_values *values, enum edxml_holder holder,
		     const char *name, const char *value)
{
	if (!value)
		return;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const char **slot = &values->at[rules[i].value];

		if (rules[i].holder != holder ||
		    strcmp(rules[i].name, name) != 0)
			continue;
		if (*slot && holder == EDXML_RESPONSE)
			cite_response(values);
		if (!*slot)
			*slot = value;
	}
	add_many(values, holder, name, value);
}

/* "15" and "CV/TU" are of the Party: 15-CV/TU. */
static const char *join_code(struct edxml_values *values)
{
	const char *number = values->at[EDXML_NUMBER];
	const char *notation = values->at[EDXML_NOTATION], *day = NULL;
	bool is_party;

	if (!number && !notation)
		return code_of_id(values, values->at[EDXML_ID], &day);
	if (!number || !notation)
		return number ? number : notation;
	is_party = strchr(notation, '/') &&
		   !isdigit((unsigned char)notation[0]);
	return arena_print(values->document->arena, "%s%s%s", number,
			   is_party ? "-" : "/", notation);
}

static void state_symbol(struct edxml_values *values)
{
	struct arena *arena = values->document->arena;
	const char *number = values->at[EDXML_NUMBER];
	const char *seen = join_code(values);
	struct letterhead_proposal *proposal;
	struct symbol symbol;
	bool is_number;

	if (!seen)
		return;
	if (!number) /* of the name of the document, or there is none */
		number = values->at[EDXML_NOTATION] ? "?" : "";
	is_number = strlen(number) <= DIGITS_MAX &&
		    strspn(number, "0123456789") == strlen(number);
	proposal = state(values, LETTERHEAD_SYMBOL, seen, seen);
	if (proposal && is_number && symbol_parse(seen, arena, &symbol))
		proposal->value = symbol_print(&symbol, arena);
	if (proposal && !is_number)
		proposal->confidence = DOUBTFUL;
}

static void state_value(struct edxml_values *values,
			enum letterhead_field field, enum edxml_value value)
{
	(void)state(values, field, values->at[value], values->at[value]);
}

static void state_day(struct edxml_values *values,
		      enum letterhead_field field, enum edxml_value value)
{
	(void)state(values, field, day_of(values, values->at[value]),
		    values->at[value]);
}

static void state_subject(struct edxml_values *values)
{
	const char *seen = values->at[EDXML_SUBJECT], *value = seen;

	if (seen && strncasecmp(seen, "v/v", 3) == 0)
		value += 3 + strspn(seen + 3, " :.");
	(void)state(values, LETTERHEAD_SUBJECT, value, seen);
}

/* "KT. GIÁM ĐỐC" stands for more than the capacity. */
static void state_capacity(struct edxml_values *values)
{
	static const char *const known[] = { "TUQ.", "TM.", "KT.", "TL.",
					     "Q." };
	const char *seen = values->at[EDXML_CAPACITY];

	for (size_t i = 0; seen && i < sizeof(known) / sizeof(known[0]); i++) {
		if (strncasecmp(seen, known[i], strlen(known[i])) == 0) {
			(void)state(values, LETTERHEAD_CAPACITY, known[i],
				    seen);
			return;
		}
	}
}

/* 4 is "hỏa tốc hẹn giờ", which the register knows as hỏa tốc. */
static void state_urgency(struct edxml_values *values)
{
	const char *seen = values->at[EDXML_PRIORITY];
	static const char *const levels[] = { NULL, "1", "2", "3", "3" };

	if (seen && seen[0] >= '1' && seen[0] <= '4' && !seen[1])
		(void)state(values, LETTERHEAD_URGENCY, levels[seen[0] - '0'],
			    seen);
}

/* The document that is called back or changed; of a new one this is noise. */
static void cite_affected(struct edxml_values *values)
{
	const char *type = values->at[EDXML_BUSINESS_TYPE], *day = NULL;
	const char *code = code_of_id(values, values->at[EDXML_AFFECTED_ID],
				      &day);

	if (code && type && strcmp(type, "0") != 0)
		cite(values, code, day, "mentions");
}

static void set_flags(struct edxml_values *values)
{
	static const char *const business[] = { NULL, "edxml_recall",
						"edxml_update",
						"edxml_replace" };
	static const char *const statuses[][2] = {
		{ "01", "edxml_status_01" },
		{ "02", "edxml_status_02" },
		{ "03", "edxml_status_03" },
		{ "04", "edxml_status_04" },
		{ "05", "edxml_status_05" },
		{ "06", "edxml_status_06" },
		{ "13", "edxml_status_13" },
		{ "15", "edxml_status_15" },
		{ "16", "edxml_status_16" }
	};
	const char *type = values->at[EDXML_BUSINESS_TYPE];
	const char *status = values->at[EDXML_STATUS];

	if (type && type[0] >= '1' && type[0] <= '3' && !type[1])
		document_flag(values->document, business[type[0] - '0']);
	if (!status)
		return;
	document_flag(values->document, "edxml_status");
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		if (strcmp(status, statuses[i][0]) == 0)
			document_flag(values->document, statuses[i][1]);
	}
}

/* So that a search finds the package. */
static void set_text(struct edxml_values *values)
{
	static const enum edxml_value shown[] = {
		EDXML_ISSUER, EDXML_TYPE_NAME, EDXML_SUBJECT, EDXML_CONTENT,
		EDXML_FULL_NAME, EDXML_REASON, EDXML_DESCRIPTION,
		EDXML_CITED_CODE
	};
	struct arena *arena = values->document->arena;
	const char *symbol = join_code(values);
	auto_text text = { 0 };

	if (symbol)
		text_addf(&text, "%s\n", symbol);
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		if (values->at[shown[i]])
			text_addf(&text, "%s\n", values->at[shown[i]]);
	}
	values->document->text = viet_normal(text_string(&text), arena);
}

void edxml_value_propose(struct edxml_values *values)
{
	set_flags(values);
	set_text(values);
	if (values->at[EDXML_STATUS]) {
		cite_response(values);
		return;
	}
	state_symbol(values);
	state_day(values, LETTERHEAD_DAY, EDXML_DAY);
	state_value(values, LETTERHEAD_PLACE, EDXML_PLACE);
	state_value(values, LETTERHEAD_ISSUER, EDXML_ISSUER);
	if (values->at[EDXML_SUPERIOR] && values->at[EDXML_ISSUER] &&
	    strcmp(values->at[EDXML_SUPERIOR], values->at[EDXML_ISSUER]) != 0)
		state_value(values, LETTERHEAD_SUPERIOR, EDXML_SUPERIOR);
	state_value(values, LETTERHEAD_TYPE, EDXML_TYPE_NAME);
	state_subject(values);
	state_value(values, LETTERHEAD_SIGNER, EDXML_FULL_NAME);
	state_value(values, LETTERHEAD_POSITION, EDXML_POSITION);
	state_capacity(values);
	state_urgency(values);
	state_day(values, LETTERHEAD_DUE_DAY, EDXML_DUE_DAY);
	cite_response(values);
	cite_affected(values);
}
