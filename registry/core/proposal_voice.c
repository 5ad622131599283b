/* Who says something about the fields of a letter, and what it means here. */
#include "base/tree.h"
#include "core/agency.h"
#include "core/kind.h"
#include "core/proposal.h"
#include "letterhead/letterhead.h"
#include "store/query.h"
#include "viet/fold.h"
#include "viet/symbol.h"
#include <string.h>

static const char select_mail[] =
	"SELECT subject, sender_address FROM reading WHERE file_id = ?1";
/* Agencies whose documents end in these letters. */
static const char select_by_notation[] =
	"SELECT agency_id, count(*) FROM entry"
	" WHERE organisation_id = ?1 AND symbol_notation = ?2"
	"   AND symbol_notation <> '' AND direction = 'in'"
	"   AND state = 'valid' AND agency_id IS NOT NULL"
	" GROUP BY agency_id ORDER BY 2 DESC LIMIT 2";

enum {
	WEIGHT_MAIN = 1000,
	WEIGHT_COPY = 900,  /* a draft may differ */
	WEIGHT_OTHER = 300, /* of another file, where the document is mute */
	CONFIDENCE_CERTIFICATE = 800,
	CONFIDENCE_NOTATION = 500, /* and more with each entry */
	CONFIDENCE_NOTATION_MAX = 850,
	CONFIDENCE_SENDER = 600,
	CONFIDENCE_KNOWN = 200, /* of 1,000 of what lacks: a known name */
	VOICES_MAX = 4000,
	NAME_MIN = 8 /* letters of a folded name that means something */
};

struct hearing {
	struct db *db;
	const struct proposal_request *request;
	struct arena *arena;
	struct proposal_voice *voices;
	size_t count;
	const char *subject, *sender; /* of the mail; or NULL */
};

static void add(struct hearing *hearing, const struct file_proposal *said,
		const struct letter_file *file, int64_t weight)
{
	if (!said->value || !*said->value || hearing->count >= VOICES_MAX)
		return;
	hearing->voices = arena_grow(hearing->arena, hearing->voices,
				     hearing->count, sizeof(*hearing->voices));
	hearing->voices[hearing->count++] = (struct proposal_voice){
		.said = *said, .file = file, .key = "", .weight = weight
	};
}

static bool has_field(const struct hearing *hearing, const char *field)
{
	for (size_t i = 0; i < hearing->count; i++)
		if (strcmp(hearing->voices[i].said.field, field) == 0)
			return true;
	return false;
}

/* What a letterhead found in one line, as a file's reading would say it. */
static void add_letterhead(struct hearing *hearing,
			   const struct letterhead *said,
			   const struct letter_file *file)
{
	for (size_t i = 0; i < said->count; i++) {
		const struct letterhead_proposal *one = &said->proposals[i];
		const struct file_proposal proposal = {
			.field = letterhead_field_name(one->field),
			.source = letterhead_source_name(one->source),
			.value = one->value,
			.seen = one->seen,
			.confidence = one->confidence,
			.role = one->role,
			.day = one->day,
			.issuer = one->issuer,
		};

		add(hearing, &proposal, file, WEIGHT_MAIN);
	}
}

static bool is_many(const char *field)
{
	return strcmp(field, "addressee") == 0 ||
	       strcmp(field, "recipient") == 0 || strcmp(field, "cited") == 0;
}

/* `only_missing`: where nobody has spoken yet. */
static bool add_file(struct hearing *hearing, const struct letter_file *file,
		     int64_t weight, bool only_missing, struct fail *why)
{
	struct file_proposal_list list;
	size_t before = hearing->count;

	if (!file_reading_proposals(hearing->db, file->file_id,
				    hearing->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct file_proposal *said = &list.items[i];
		size_t now = hearing->count;
		bool known;

		hearing->count = before;
		known = has_field(hearing, said->field);
		hearing->count = now;
		if (weight < WEIGHT_MAIN && is_many(said->field))
			continue;
		if (!only_missing || !known)
			add(hearing, said, file, weight);
	}
	return true;
}

static bool add_stated(struct hearing *hearing, const struct letter_file *file,
		       struct fail *why)
{
	struct file_proposal_list list;

	if (!file_reading_proposals(hearing->db, file->file_id,
				    hearing->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++)
		if (strcmp(list.items[i].source, "edxml") == 0)
			add(hearing, &list.items[i], file, WEIGHT_MAIN);
	return true;
}

/* The document, its package and its copy first; then the others. */
static bool add_files(struct hearing *hearing, struct fail *why)
{
	const struct letter_file_list *files = hearing->request->files;
	const struct main_document *main = hearing->request->main;

	if (main->file && !add_file(hearing, main->file, WEIGHT_MAIN, false,
				    why))
		return false;
	for (size_t i = 0; i < files->count; i++) {
		const struct letter_file *file = &files->items[i];
		enum letter_role role = main->roles[i].role;

		if (role == LETTER_ROLE_PACKAGE &&
		    !add_stated(hearing, file, why))
			return false;
		if (role == LETTER_ROLE_COPY &&
		    !add_file(hearing, file, WEIGHT_COPY, false, why))
			return false;
	}
	for (size_t i = 0; i < files->count; i++) {
		if (main->roles[i].role == LETTER_ROLE_ANNEX &&
		    !add_file(hearing, &files->items[i], WEIGHT_OTHER, true,
			      why))
			return false;
	}
	return true;
}

static bool load_mail(struct hearing *hearing, struct fail *why)
{
	auto_query *query = db_query(hearing->db, select_mail, why);

	if (!query)
		return false;
	query_int(query, 1, hearing->request->letter_file_id);
	if (query_row(query, why)) {
		hearing->subject = query_get_text(query, 0, hearing->arena);
		hearing->sender = query_get_text(query, 1, hearing->arena);
	}
	return why->kind == FAIL_NONE;
}

static void add_names(struct hearing *hearing)
{
	const struct letter_file *file = hearing->request->main->file;
	struct letterhead said;

	if (file && file->name) {
		said = letterhead_read_name(file->name, hearing->arena);
		add_letterhead(hearing, &said, file);
	}
	if (hearing->subject) {
		said = letterhead_read_mail(hearing->subject, hearing->arena);
		add_letterhead(hearing, &said, NULL);
	}
}

static void add_issuer(struct hearing *hearing, const char *value,
		       const struct proposal_voice *from)
{
	struct file_proposal said = from->said;

	said.field = "issuer";
	said.value = value;
	add(hearing, &said, from->file, WEIGHT_MAIN);
}

static void add_certificates(struct hearing *hearing)
{
	const struct letter_file *file = hearing->request->main->file;
	struct fail ignored = { 0 };
	auto_tree *list = NULL;

	for (size_t i = 0; i < hearing->count; i++)
		if (strcmp(hearing->voices[i].said.source, "signature") == 0)
			return; /* the reader said so itself */
	if (!file || !file->signatures_json)
		return;
	list = tree_parse(bytes_of(file->signatures_json), &ignored);
	for (size_t i = 0; list && i < tree_count(list); i++) {
		const struct tree *one = tree_at(list, i);
		const char *name = tree_text(one, "organisation", NULL);
		const struct proposal_voice from = {
			.said = { .source = "signature",
				  .seen = arena_copy(hearing->arena, name),
				  .confidence = CONFIDENCE_CERTIFICATE },
			.file = file,
		};

		if (name && strcmp(tree_text(one, "state", ""), "broken") != 0)
			add_issuer(hearing, from.said.seen, &from);
	}
}

static const struct proposal_voice *loudest(const struct hearing *hearing,
					    const char *field)
{
	const struct proposal_voice *best = NULL;

	for (size_t i = 0; i < hearing->count; i++) {
		const struct proposal_voice *voice = &hearing->voices[i];

		if (strcmp(voice->said.field, field) == 0 &&
		    (!best || voice->said.confidence * voice->weight >
				      best->said.confidence * best->weight))
			best = voice;
	}
	return best;
}

/* Whose entries had this notation, when it was always the same agency. */
static bool find_by_notation(struct hearing *hearing, const char *notation,
			     int64_t *ret_agency, int64_t *ret_count,
			     struct fail *why)
{
	auto_query *query = db_query(hearing->db, select_by_notation, why);

	*ret_agency = 0;
	if (!query)
		return false;
	query_int(query, 1, hearing->request->organisation_id);
	query_text(query, 2, notation);
	if (query_row(query, why)) {
		*ret_agency = query_get_int(query, 0);
		*ret_count = query_get_int(query, 1);
		if (query_row(query, why))
			*ret_agency = 0;
	}
	return why->kind == FAIL_NONE;
}

static bool find_by_code(struct hearing *hearing, const char *notation,
			 struct agency *ret_agency, struct fail *why)
{
	char *left = arena_copy(hearing->arena, notation);
	char *piece;

	*ret_agency = (struct agency){ .id = 0 };
	while (!ret_agency->id && (piece = strsep(&left, "/-")) != NULL) {
		if (*piece &&
		    !agency_find_code(hearing->db,
				      hearing->request->organisation_id,
				      "symbol", piece, hearing->arena,
				      ret_agency, why))
			return false;
	}
	return true;
}

/* The letters behind the number tell whose it is. */
static bool add_notation(struct hearing *hearing, struct fail *why)
{
	const struct proposal_voice *voice = loudest(hearing, "symbol");
	struct proposal_voice from;
	struct agency agency;
	struct symbol symbol;
	int64_t count = 0;
	int64_t id;

	if (!voice ||
	    !symbol_parse(voice->said.value, hearing->arena, &symbol) ||
	    !*symbol.notation)
		return true;
	if (!find_by_code(hearing, symbol.notation, &agency, why) ||
	    !find_by_notation(hearing, symbol.notation, &id, &count, why))
		return false;
	if (!agency.id && id &&
	    !agency_load(hearing->db, id, hearing->arena, &agency, why))
		return false;
	if (!agency.id)
		return true;
	from = *voice;
	from.said.confidence = CONFIDENCE_NOTATION + 50 * count;
	if (from.said.confidence > CONFIDENCE_NOTATION_MAX)
		from.said.confidence = CONFIDENCE_NOTATION_MAX;
	from.said.source = "notation";
	add_issuer(hearing, agency.name, &from);
	return true;
}

static bool add_sender(struct hearing *hearing, struct fail *why)
{
	const char *at = hearing->sender ? strchr(hearing->sender, '@') : NULL;
	int64_t organisation = hearing->request->organisation_id;
	const struct proposal_voice from = {
		.said = { .source = "sender",
			  .seen = hearing->sender,
			  .confidence = CONFIDENCE_SENDER },
	};
	struct agency agency;

	if (!at)
		return true;
	if (!agency_find_code(hearing->db, organisation, "mail",
			      hearing->sender, hearing->arena, &agency, why) ||
	    (!agency.id &&
	     !agency_find_code(hearing->db, organisation, "mail", at + 1,
			       hearing->arena, &agency, why)))
		return false;
	if (agency.id)
		add_issuer(hearing, agency.name, &from);
	return true;
}

/* One is the other and more; "Trường" alone says nothing. */
static bool is_longer_name(const char *a, const char *b)
{
	return strlen(a) >= NAME_MIN && strlen(b) >= NAME_MIN &&
	       (strstr(a, b) || strstr(b, a));
}

/* One name that says less than the other: "Sở Nội vụ" and "Sở Nội vụ tỉnh
 * Lâm Đồng". */
static void join_names(struct hearing *hearing, struct proposal_voice *voice)
{
	for (size_t i = 0; i < hearing->count; i++) {
		struct proposal_voice *other = &hearing->voices[i];

		if (other == voice)
			return;
		if (strcmp(other->said.field, "issuer") == 0 &&
		    (!other->id || !voice->id) &&
		    is_longer_name(other->key, voice->key)) {
			voice->key = other->key;
			if (!voice->id) {
				voice->id = other->id;
				continue;
			}
			other->id = voice->id;
			return;
		}
	}
}

static bool know_issuer(struct hearing *hearing, struct proposal_voice *voice,
			struct fail *why)
{
	struct agency agency;

	voice->key = viet_fold(voice->said.value, hearing->arena);
	if (!agency_find(hearing->db, hearing->request->organisation_id,
			 voice->said.value, hearing->arena, &agency, why))
		return false;
	if (agency.id) {
		voice->id = agency.id;
		voice->said.value = agency.name;
		voice->key = viet_fold(agency.name, hearing->arena);
		voice->said.confidence += (1000 - voice->said.confidence) *
					  CONFIDENCE_KNOWN / 1000;
	}
	join_names(hearing, voice);
	return true;
}

static bool know_type(struct hearing *hearing, struct proposal_voice *voice,
		      struct fail *why)
{
	struct kind kind;

	voice->key = viet_fold(voice->said.value, hearing->arena);
	if (!kind_find(hearing->db, hearing->request->organisation_id,
		       voice->said.value, hearing->arena, &kind, why))
		return false;
	voice->id = kind.id;
	return true;
}

/* What the words mean in this register, and which of them are the same. */
static bool know_all(struct hearing *hearing, struct fail *why)
{
	for (size_t i = 0; i < hearing->count; i++) {
		struct proposal_voice *voice = &hearing->voices[i];
		const char *field = voice->said.field;
		bool ok = true;

		if (strcmp(field, "issuer") == 0)
			ok = know_issuer(hearing, voice, why);
		else if (strcmp(field, "type") == 0)
			ok = know_type(hearing, voice, why);
		else if (strcmp(field, "symbol") == 0)
			voice->key = symbol_key(voice->said.value,
						hearing->arena);
		else
			voice->key = viet_fold(voice->said.value,
					       hearing->arena);
		if (!ok)
			return false;
	}
	return true;
}

bool proposal_find(struct db *db, const struct proposal_request *request,
		   struct arena *arena, struct proposal_list *ret_list,
		   struct fail *why)
{
	struct hearing hearing = { .db = db,
				   .request = request,
				   .arena = arena };

	if (!add_files(&hearing, why) || !load_mail(&hearing, why))
		return false;
	add_names(&hearing);
	add_certificates(&hearing);
	if (!add_notation(&hearing, why) || !add_sender(&hearing, why) ||
	    !know_all(&hearing, why))
		return false;
	*ret_list = proposal_merge(hearing.voices, hearing.count, arena);
	return true;
}
