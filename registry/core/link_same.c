/*
 * The same document again: by its number, by its text, as paper.
 */
#include "core/link_private.h"
#include "core/sameness.h"
#include "store/query.h"
#include <stdlib.h>
#include <string.h>

enum {
	NEAR = 300,	     /* texts that are looked at */
	LIKE = 350,	     /* texts of one document, however scanned */
	REMADE = 920,	     /* of 1,000 words and numbers */
	REMADE_FORMAT = 800, /* … from PDF to DOCX */
	SCAN_NUMBERS = 760,
	CLOSE = 700,
	NUMBERS_LIKE = 400,
	PAPER_SECONDS = 60 * 86400
};

static const char select_by_symbol[] =
	LINK_TARGET
	" WHERE e.organisation_id = ?1 AND e.direction = 'in'"
	"   AND e.symbol_key = ?2 AND e.symbol_key <> ''"
	"   AND e.state = 'valid' ORDER BY e.id DESC LIMIT 50";

static const char select_letters_by_symbol[] =
	LINK_LETTER
	" WHERE f.symbol_key = ?2 AND f.symbol_key <> ''"
	"   AND +l.state = 'todo' AND +l.leads = 1"
	"   AND l.group_id <> ?1 ORDER BY +l.id DESC LIMIT 20";

static const char select_by_file[] =
	LINK_TARGET
	" JOIN attachment m ON m.entry_id = e.id"
	" WHERE m.file_id = ?1 AND m.role = 'main'"
	"   AND e.direction = 'in' AND e.state = 'valid'"
	" ORDER BY e.id DESC LIMIT 5";

/* + keeps the planner from walking the whole queue. */
static const char select_letters_by_file[] =
	LINK_LETTER
	" WHERE s.main_file_id = ?1 AND l.group_id <> ?2"
	"   AND +l.state = 'todo' AND +l.leads = 1"
	" ORDER BY +l.id DESC LIMIT 5";

static const char select_papers[] =
	LINK_TARGET
	" WHERE e.organisation_id = ?1 AND e.direction = 'in'"
	"   AND e.state = 'valid' AND e.letter_id IS NULL"
	"   AND e.registered_at >= ?2 AND e.id >"
	"    (SELECT max(id) - 20000 FROM entry)"
	"   AND NOT EXISTS (SELECT 1 FROM attachment a"
	"    WHERE a.entry_id = e.id) ORDER BY e.id DESC LIMIT 300";

static const char select_formats[] =
	"SELECT a.format <> b.format FROM file_reading a"
	"  JOIN file_reading b ON b.file_id = ?2 WHERE a.file_id = ?1";

enum is {
	IS_UNKNOWN,
	IS_SAME,
	IS_OTHER,
	IS_OTHER_YEAR
};

/* How a letter and a target compare. */
struct comparison {
	enum is issuer, day;
	bool is_sure;	 /* number, day and issuer are, and agree */
	bool has_texts;	 /* both */
	bool is_scanned; /* one of them */
	bool is_remade;	 /* PDF and DOCX: their words differ a little */
	int likeness;	 /* of the texts */
	int numbers;	 /* of the numbers in them; -1: too few */
	int subject;	 /* likeness of the subjects */
};

/* --- number and text ---------------------------------------------------- */

/* Names that surely differ weigh more than a sender that both have: an office
 * sends for others, too. */
static enum is compare_issuer(const struct link_search *search,
			      const struct link_target *target)
{
	const struct link_source *source = &search->source;
	bool is_sure = source->issuer.confidence >= LINK_SURE;
	int alike = sameness_of(source->issuer.value, target->issuer,
				search->arena);

	if ((source->agency_id && source->agency_id == target->agency_id) ||
	    alike >= 880)
		return IS_SAME;
	if (is_sure && *target->issuer && alike < 500)
		return IS_OTHER;
	if (source->sender && target->sender &&
	    strcmp(source->sender, target->sender) == 0)
		return IS_SAME;
	return !source->issuer.value || (!is_sure && alike >= 500) ? IS_UNKNOWN
								   : IS_OTHER;
}

static enum is compare_day(const struct link_source *source,
			   const struct link_target *target)
{
	if (!source->day.value || !target->day)
		return IS_UNKNOWN;
	if (strcmp(source->day.value, target->day) == 0)
		return IS_SAME;
	return strncmp(source->day.value, target->day, 4) == 0
		       ? IS_OTHER
		       : IS_OTHER_YEAR;
}

static bool differ_in_format(struct db *db, int64_t a, int64_t b,
			     bool *ret_differ, struct fail *why)
{
	auto_query *query = db_query(db, select_formats, why);

	if (!query)
		return false;
	query_int(query, 1, a);
	query_int(query, 2, b);
	*ret_differ = query_row(query, why) && query_get_int(query, 0) != 0;
	return why->kind == FAIL_NONE;
}

static bool compare(struct link_search *search,
		    const struct link_target *target,
		    struct comparison *ret, struct fail *why)
{
	const struct link_source *source = &search->source;
	struct comparison found = {
		.issuer = compare_issuer(search, target),
		.day = compare_day(source, target),
		.numbers = -1,
		.subject = sameness_of(source->title.value, target->subject,
				       search->arena),
	};
	struct near_text text;

	found.is_sure = found.issuer == IS_SAME && found.day == IS_SAME &&
			!source->symbol.is_of_mail &&
			source->symbol.confidence >= LINK_SURE &&
			source->day.confidence >= LINK_SURE;
	if (!near_text_load(search->db, target->main_file_id, &text, why))
		return false;
	found.has_texts = source->main.words > 0 && text.words > 0;
	if (found.has_texts) {
		found.is_scanned = source->main.is_scanned || text.is_scanned;
		found.likeness = near_text_likeness(&source->main, &text);
		found.numbers = near_text_number_likeness(&source->main, &text);
		if (!differ_in_format(search->db, source->main_file_id,
				      target->main_file_id, &found.is_remade,
				      why))
			return false;
	}
	*ret = found;
	return true;
}

/* Recognition leaves most numbers whole; who corrects a document changes
 * some. A file made anew from the same draft has all of them. */
static enum link_kind kind_of_texts(const struct comparison *is)
{
	int least = is->is_remade ? REMADE_FORMAT : REMADE;

	if (is->likeness == 1000)
		return LINK_DUPLICATE;
	if (is->is_scanned)
		return is->numbers < 0 || is->numbers >= SCAN_NUMBERS
			       ? LINK_TWIN
			       : LINK_CORRECTION;
	return is->likeness >= least && is->numbers >= least
		       ? LINK_DUPLICATE
		       : LINK_CORRECTION;
}

/* One number, day and issuer: which of the four is it? */
static struct link_candidate judge_texts(const struct link_search *search,
					 const struct comparison *is)
{
	struct link_candidate found = { .kind = kind_of_texts(is) };

	if (!is->has_texts) {
		found.kind = LINK_DUPLICATE;
		found.reason = "same_symbol";
		found.confidence = 900;
	} else if (is->likeness == 1000) {
		found.reason = "same_text";
		found.confidence = 990;
		found.is_certain = is->is_sure;
	} else if (search->annexes && is->likeness < LIKE &&
		   !is->is_scanned) {
		found.kind = LINK_ANNEX;
		found.reason = "annex_number";
		found.confidence = 930;
	} else if (found.kind == LINK_CORRECTION) {
		found.reason = "other_content";
		found.confidence = is->likeness >= LIKE ? 850 : 800;
	} else {
		found.reason = found.kind == LINK_TWIN ? "scan_twin"
						       : "same_symbol";
		found.confidence = is->likeness >= LIKE ? 950 : 820;
	}
	return found;
}

/* Paper has no text: what was typed must do. */
static struct link_candidate judge_paper(const struct comparison *is)
{
	struct link_candidate found = { .kind = LINK_TWIN,
					.reason = "paper_twin",
					.confidence = 960 };

	found.is_certain = is->is_sure && is->subject >= 700;
	if (is->subject > 0 && is->subject < 400)
		found.confidence = 800;
	return found;
}

static struct link_candidate judge_symbol(const struct link_search *search,
					  const struct link_target *target,
					  const struct comparison *is)
{
	const struct link_source *source = &search->source;
	bool is_exact = is->has_texts && is->likeness == 1000;
	struct link_candidate found;

	if (search->corrects && !is_exact)
		found = (struct link_candidate){ .kind = LINK_CORRECTION,
						 .reason = "correction_words",
						 .confidence = 970 };
	else if (search->annexes && source->symbol.is_of_mail && !is_exact)
		found = (struct link_candidate){ .kind = LINK_ANNEX,
						 .reason = "annex_number",
						 .confidence = 940 };
	else if (!target->has_files)
		found = judge_paper(is);
	else
		found = judge_texts(search, is);
	if (is->day == IS_UNKNOWN)
		found.confidence -= 110;
	if (is->day == IS_OTHER)
		found.confidence -= is->likeness >= CLOSE ? 80 : 260;
	if (is->issuer == IS_UNKNOWN)
		found.confidence -= 90;
	return found;
}

/* The same number of another issuer or year is another document, unless its
 * text says otherwise. */
static bool is_lookalike(const struct link_source *source,
			 const struct comparison *is)
{
	bool is_near = is->has_texts && is->likeness >= CLOSE &&
		       (is->numbers < 0 || is->numbers >= NUMBERS_LIKE);

	if (is->issuer == IS_OTHER)
		return !(is_near && is->day == IS_SAME);
	if (is->day == IS_OTHER_YEAR)
		return !is_near || source->day.confidence >= LINK_SURE;
	if (is->day == IS_OTHER && source->day.confidence >= LINK_SURE)
		return !is_near;
	if (is->issuer == IS_UNKNOWN && is->day == IS_UNKNOWN)
		return is->has_texts && is->likeness < LIKE;
	return false;
}

static bool consider_symbol(struct link_search *search, const char *sql,
			    int64_t first, struct fail *why)
{
	struct link_target *targets = NULL;
	size_t count = 0;
	auto_query *query = db_query(search->db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, first);
	query_text(query, 2, search->source.symbol_key);
	while (query_row(query, why)) {
		targets = arena_grow(search->arena, targets, count,
				     sizeof(*targets));
		targets[count++] = link_read_target(query, search->arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	for (size_t i = 0; i < count; i++) {
		struct comparison is;

		if (!compare(search, &targets[i], &is, why))
			return false;
		if (!is_lookalike(&search->source, &is))
			link_add_target(search, &targets[i],
					judge_symbol(search, &targets[i], &is));
	}
	return true;
}

bool link_find_symbol(struct link_search *search, struct fail *why)
{
	if (!*search->source.symbol_key)
		return true;
	return consider_symbol(search, select_by_symbol,
			       search->source.organisation_id, why) &&
	       consider_symbol(search, select_letters_by_symbol,
			       search->source.group_id, why);
}

/* --- text alone --------------------------------------------------------- */

static bool numbers_agree(const struct comparison *is, int least)
{
	return is->numbers < 0 || is->numbers >= least;
}

/* Its number was not read, or not surely: 1871 read as 1811. */
static struct link_candidate judge_text(const struct link_search *search,
					const struct comparison *is)
{
	struct link_candidate found = { .kind = kind_of_texts(is),
					.reason = "near_text" };

	if (is->likeness == 1000) {
		found.reason = "same_text";
		found.confidence = 950;
	} else if (is->likeness >= 500 && numbers_agree(is, NUMBERS_LIKE)) {
		found.confidence = 880;
	} else if (is->likeness >= LIKE && numbers_agree(is, 300)) {
		found.confidence = 720;
	} else {
		found.confidence = is->likeness >= CLOSE ? 420 : 310;
	}
	if (search->corrects && is->likeness < 1000) {
		found.kind = LINK_CORRECTION;
		found.reason = "correction_words";
		if (is->issuer == IS_SAME)
			found.confidence += (1000 - found.confidence) * 3 / 4;
	}
	return found;
}

/* Two letters after one form have two numbers, unless one was misread. */
static void consider_text(struct link_search *search,
			  const struct link_target *target,
			  const struct comparison *is)
{
	const struct link_source *source = &search->source;
	struct link_candidate found = judge_text(search, is);
	bool is_whole = is->likeness == 1000 ||
			(is->likeness >= REMADE && is->numbers >= REMADE);

	if (*source->symbol_key && *target->symbol_key) {
		if (strcmp(source->symbol_key, target->symbol_key) == 0)
			return; /* was looked at by its number */
		if (source->symbol.confidence >= LINK_SURE && !is_whole)
			return;
		found.confidence -= is->day == IS_SAME ? 20 : 120;
	}
	if (is->day == IS_OTHER_YEAR ||
	    (is->day == IS_OTHER && source->day.confidence >= LINK_SURE))
		found.confidence -= is_whole ? 100 : 300;
	if (is->issuer == IS_OTHER)
		found.confidence -= is_whole ? 100 : 250;
	link_add_target(search, target, found);
}

static bool consider_files(struct link_search *search, const char *sql,
			   int64_t file_id, struct fail *why)
{
	struct link_target targets[5];
	size_t count = 0;
	auto_query *query = db_query(search->db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	if (sql == select_letters_by_file)
		query_int(query, 2, search->source.group_id);
	while (count < 5 && query_row(query, why))
		targets[count++] = link_read_target(query, search->arena);
	if (count < 5 && why->kind != FAIL_NONE)
		return false;
	for (size_t i = 0; i < count; i++) {
		struct comparison is;

		targets[i].main_file_id = file_id;
		if (!compare(search, &targets[i], &is, why))
			return false;
		consider_text(search, &targets[i], &is);
	}
	return true;
}

bool link_find_text(struct link_search *search, struct fail *why)
{
	struct near_text_list near;

	if (!search->source.main.words)
		return true;
	if (!near_text_find(search->db, &search->source.main, NEAR,
			    search->arena, &near, why))
		return false;
	for (size_t i = 0; i < near.count; i++) {
		int64_t file_id = near.items[i].file_id;

		if (!consider_files(search, select_by_file, file_id, why) ||
		    !consider_files(search, select_letters_by_file, file_id,
				    why))
			return false;
	}
	return consider_files(search, select_letters_by_file,
			      search->source.main_file_id, why);
}

/* --- paper -------------------------------------------------------------- */

/* Its number was not read: issuer, day and subject must do. */
bool link_find_paper(struct link_search *search, struct fail *why)
{
	const struct link_source *source = &search->source;
	auto_query *query = db_query(search->db, select_papers, why);

	if (!query)
		return false;
	if (!source->title.value || (*source->symbol_key &&
				     source->symbol.confidence >= LINK_SURE))
		return true;
	query_int(query, 1, source->organisation_id);
	query_int(query, 2, source->received_at - PAPER_SECONDS);
	while (query_row(query, why)) {
		struct link_target target =
			link_read_target(query, search->arena);
		int alike = sameness_of(source->title.value, target.subject,
					search->arena);
		enum is day = compare_day(source, &target);

		if (alike < 800 || day == IS_OTHER_YEAR ||
		    compare_issuer(search, &target) == IS_OTHER)
			continue;
		link_add_target(search, &target,
				(struct link_candidate){
					.kind = LINK_TWIN,
					.reason = "paper_subject",
					.confidence = day == IS_SAME ? 920
								     : 780,
				});
	}
	return why->kind == FAIL_NONE;
}
