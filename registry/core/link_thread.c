/*
 * What a letter follows: mail that it answers, numbers that it cites, what its
 * sender sent before.
 */
#include "base/moment.h"
#include "core/link_private.h"
#include "core/sameness.h"
#include "store/query.h"
#include <stdlib.h>
#include <string.h>

enum {
	DAYS_BACK = 30,	 /* that a sender's next letter may be late */
	YEAR_BACK = 400, /* a number without a date is of this year */
	TARGETS_MAX = 20
};

/* Entries behind a Message-ID: of mail that we sent, of letters we have. */
static const char select_by_message_id[] =
	LINK_TARGET
	" WHERE e.state = 'valid' AND e.id IN ("
	"  SELECT entry_id FROM sent_mail WHERE message_id = ?1"
	"  UNION SELECT k.entry_id FROM reading m"
	"    JOIN letter c ON c.file_id = m.file_id"
	"    JOIN letter g ON g.group_id = c.group_id"
	"    JOIN entry_letter k ON k.letter_id = g.id"
	"   WHERE m.message_id = ?1)"
	" ORDER BY e.id DESC LIMIT 20";
static const char select_letter_by_message_id[] =
	LINK_LETTER
	" WHERE r.message_id = ?1 AND +l.state = 'todo'"
	"   AND +l.leads = 1 AND l.group_id <> ?2 LIMIT 20";

static const char select_by_symbol[] =
	LINK_TARGET
	" WHERE e.organisation_id = ?1 AND e.symbol_key = ?2"
	"   AND e.symbol_key <> '' AND e.state = 'valid'"
	" ORDER BY e.document_day DESC LIMIT 20";
static const char select_letter_by_symbol[] =
	LINK_LETTER
	" WHERE f.symbol_key = ?1 AND f.symbol_key <> ''"
	"   AND +l.state = 'todo' AND +l.leads = 1"
	"   AND l.group_id <> ?2 ORDER BY +l.id DESC LIMIT 20";

static const char select_by_sender[] =
	LINK_TARGET
	" WHERE e.state = 'valid' AND e.direction = 'in'"
	"   AND l.received_at >= ?2 AND e.id IN ("
	"  SELECT k.entry_id FROM reading s"
	"    JOIN letter c ON c.file_id = s.file_id"
	"    JOIN entry_letter k ON k.letter_id = c.id"
	"   WHERE s.sender_address = ?1)"
	" ORDER BY e.id DESC LIMIT 20";

static const char select_letters_by_sender[] =
	LINK_LETTER
	" WHERE r.sender_address = ?1 AND +l.state = 'todo'"
	"   AND +l.leads = 1 AND l.group_id <> ?2"
	" ORDER BY +l.id DESC LIMIT 10";

struct targets {
	struct link_target items[TARGETS_MAX];
	size_t count;
};

static bool collect(struct query *query, struct link_search *search,
		    struct targets *targets, struct fail *why)
{
	while (targets->count < TARGETS_MAX && query_row(query, why))
		targets->items[targets->count++] =
			link_read_target(query, search->arena);
	return targets->count == TARGETS_MAX || why->kind == FAIL_NONE;
}

static const char *domain_of(const char *address)
{
	const char *at = address ? strrchr(address, '@') : NULL;

	return at ? at + 1 : "";
}

static bool is_same_sender(const struct link_search *search,
			   const struct link_target *target)
{
	return search->source.sender && target->sender &&
	       strcmp(search->source.sender, target->sender) == 0;
}

static bool is_same_domain(const struct link_search *search,
			   const struct link_target *target)
{
	const char *domain = domain_of(search->source.sender);

	return *domain && strcmp(domain, domain_of(target->sender)) == 0;
}

/* A document of its own: it has a letterhead, and not the target's number. */
static bool is_new_document(const struct link_search *search,
			    const struct link_target *target)
{
	const struct link_source *source = &search->source;

	return source->has_letterhead &&
	       (!*source->symbol_key ? !search->corrects
				     : strcmp(source->symbol_key,
					      target->symbol_key) != 0);
}

/* What a further letter to something registered is. */
static struct link_candidate follow(const struct link_search *search,
				    int confidence)
{
	struct link_candidate found = { .kind = LINK_THREAD,
					.reason = "thread",
					.confidence = confidence };

	if (search->corrects) {
		found.kind = LINK_CORRECTION;
		found.reason = "correction_words";
	} else if (search->annexes && search->source.file_count) {
		found.kind = LINK_ANNEX;
		found.reason = "annex_words";
	} else if (search->source.file_count) {
		found.kind = LINK_ANNEX;
		found.reason = "thread_file";
		found.confidence -= 120;
	}
	return found;
}

/* --- mail that it answers ----------------------------------------------- */

/* The reply button is pressed for other matters, too. */
static int weigh_subject(const struct link_search *search,
			 const struct link_target *target)
{
	const char *title = search->source.title.value;
	int like = sameness_of(title, target->subject, search->arena);

	if (!title)
		return 0;
	if (like >= 500)
		return 30;
	return like < 300 ? -180 : 0;
}

static void consider_thread(struct link_search *search,
			    const struct link_target *target, bool is_direct)
{
	struct link_candidate found = { .reason = "thread",
					.confidence = is_direct ? 900 : 820 };

	if (search->source.is_ours) {
		found.kind = target->is_ours ? LINK_SENT : LINK_THREAD;
	} else if (target->is_ours) {
		found.kind = search->source.file_count ? LINK_REPLY
						       : LINK_THREAD;
		found.confidence += weigh_subject(search, target);
	} else if (is_new_document(search, target)) {
		found.kind = LINK_BASIS;
		found.confidence -= 350;
	} else {
		found = follow(search, is_direct ? 930 : 870);
		if (!is_same_sender(search, target))
			found.confidence -= 60;
	}
	link_add_target(search, target, found);
}

static bool find_message(struct link_search *search, const char *id,
			 bool is_direct, struct fail *why)
{
	struct targets targets = { .count = 0 };
	auto_query *query =
		db_query(search->db, select_by_message_id, why);
	auto_query *letters =
		db_query(search->db, select_letter_by_message_id, why);

	if (!query || !letters)
		return false;
	query_text(query, 1, id);
	query_text(letters, 1, id);
	query_int(letters, 2, search->source.group_id);
	if (!collect(query, search, &targets, why) ||
	    !collect(letters, search, &targets, why))
		return false;
	for (size_t i = 0; i < targets.count; i++)
		consider_thread(search, &targets.items[i], is_direct);
	return true;
}

bool link_find_thread(struct link_search *search, struct fail *why)
{
	const struct link_source *source = &search->source;

	for (size_t i = 0; i < source->reference_count; i++)
		if (!find_message(search, source->references[i], i == 0, why))
			return false;
	return true;
}

/* --- numbers that it cites ---------------------------------------------- */

static bool is_role(const struct link_cited *cited, const char *role)
{
	return strcmp(cited->role, role) == 0;
}

/* 0: not the one; else how well the day fits, of 1,000. */
static int fit_day(const struct link_search *search,
		   const struct link_cited *cited,
		   const struct link_target *target)
{
	struct day day, received = moment_day(search->source.received_at);
	int64_t age;

	if (!target->day || !day_parse(target->day, &day))
		return cited->day ? 0 : 500;
	/* "… của Sở Nông nghiệp tỉnh Hà Sơn" has the same letters. */
	if (target->is_ours && cited->issuer &&
	    !sameness_is_name(cited->issuer, search->source.organisation,
			      search->arena))
		return 0;
	age = day_number(received) - day_number(day);
	if (cited->day && strcmp(cited->day, target->day) == 0)
		return 1000;
	if (age < -1)
		return 0; /* it did not exist yet */
	if (!cited->day)
		return age <= YEAR_BACK ? 800 : 0;
	return strncmp(cited->day, target->day, 4) == 0 ? 550 : 0;
}

/* One of ours. */
static void consider_own(struct link_search *search,
			 const struct link_cited *cited,
			 const struct link_target *target, int fit)
{
	bool is_reply = is_role(cited, "reply");
	struct link_candidate found = {
		.kind = is_reply		     ? LINK_REPLY
			: is_role(cited, "replaces") ? LINK_REPLACES
						     : LINK_BASIS,
		.reason = is_reply ? "replies_to_number" : "cites_number",
		.detail_json = link_detail(search, "cited", cited->symbol_key),
		.confidence = fit * (is_reply ? 970 : 850) / 1000,
	};

	found.is_certain = is_reply && fit == 1000 && target->is_only &&
			   cited->confidence >= LINK_SURE;
	if (is_reply && fit == 1000 && cited->confidence < LINK_SURE)
		found.confidence = 930;
	link_add_target(search, target, found);
}

static bool is_of_issuer(struct link_search *search,
			 const struct link_cited *cited,
			 const struct link_target *target)
{
	const struct link_source *source = &search->source;

	if (cited->issuer)
		return sameness_of(cited->issuer, target->issuer,
				   search->arena) >= 700;
	return (source->agency_id && source->agency_id == target->agency_id) ||
	       is_same_sender(search, target) ||
	       is_same_domain(search, target) ||
	       sameness_of(source->issuer.value, target->issuer,
			   search->arena) >= 850;
}

/* One of others, cited by the document itself. */
static void consider_other(struct link_search *search,
			   const struct link_cited *cited,
			   const struct link_target *target, int fit)
{
	struct link_candidate found = {
		.kind = LINK_BASIS,
		.reason = "cites_number",
		.detail_json = link_detail(search, "cited", cited->symbol_key),
		.confidence = fit * 700 / 1000,
	};

	if (!is_of_issuer(search, cited, target)) {
		if (fit < 1000)
			return;
		found.confidence = 400;
	} else if (is_role(cited, "replaces")) {
		found.kind = LINK_REPLACES;
		found.reason = "replaces_number";
		found.confidence = fit * 930 / 1000;
	}
	link_add_target(search, target, found);
}

/* "Phụ lục kèm theo Công văn số 123/UBND-KT": in the mail, in the name of a
 * file, or the line with which the annex is signed. */
static void consider_annex(struct link_search *search,
			   const struct link_cited *cited,
			   const struct link_target *target, int fit)
{
	bool is_signed = is_role(cited, "signed_with") && fit == 1000;
	struct link_candidate found;
	int confidence = 620;

	if (target->is_ours || is_new_document(search, target))
		return;
	if (is_same_sender(search, target))
		confidence = 960;
	else if (is_same_domain(search, target))
		confidence = 930;
	else if (is_of_issuer(search, cited, target))
		confidence = 900;
	else if (cited->day && fit == 1000)
		confidence = 800;
	found = follow(search, confidence * (fit >= 800 ? 1000 : fit) / 1000);
	if (found.kind == LINK_THREAD && !is_signed)
		found.confidence -= 60;
	if (is_signed && found.kind != LINK_CORRECTION) {
		found.kind = LINK_ANNEX;
		found.reason = "annex_signature";
		found.confidence = 985;
		found.is_certain = is_same_sender(search, target);
	}
	if (found.kind == LINK_ANNEX && !is_signed)
		found.reason = "annex_number";
	found.detail_json = link_detail(search, "cited", cited->symbol_key);
	link_add_target(search, target, found);
}

static bool find_cited(struct link_search *search,
		       const struct link_cited *cited,
		       struct targets *targets, struct fail *why)
{
	auto_query *query = db_query(search->db, select_by_symbol, why);
	auto_query *letters =
		db_query(search->db, select_letter_by_symbol, why);

	if (!query || !letters)
		return false;
	query_int(query, 1, search->source.organisation_id);
	query_text(query, 2, cited->symbol_key);
	query_text(letters, 1, cited->symbol_key);
	query_int(letters, 2, search->source.group_id);
	return collect(query, search, targets, why) &&
	       collect(letters, search, targets, why);
}

/* The law gives a number once a year; where books did not, none of them is
 * certain. */
static void mark_only(struct targets *targets)
{
	for (size_t i = 0; i < targets->count; i++) {
		struct link_target *one = &targets->items[i];

		one->is_only = true;
		for (size_t k = 0; k < targets->count; k++) {
			const struct link_target *other = &targets->items[k];

			if (k != i && other->is_ours == one->is_ours &&
			    one->day && other->day &&
			    strcmp(one->day, other->day) == 0)
				one->is_only = false;
		}
	}
}

static bool consider_cited(struct link_search *search,
			   const struct link_cited *cited, bool is_of_mail,
			   struct fail *why)
{
	struct targets targets = { .count = 0 };
	bool has_document = search->source.file_count > 0;

	/* Its own number is none that it cites. */
	if (strcmp(cited->symbol_key, search->source.symbol_key) == 0 &&
	    !(is_of_mail && search->source.symbol.is_of_mail))
		return true;
	if (!find_cited(search, cited, &targets, why))
		return false;
	mark_only(&targets);
	for (size_t i = 0; i < targets.count; i++) {
		const struct link_target *target = &targets.items[i];
		int fit = fit_day(search, cited, target);

		if (fit == 0)
			continue;
		if (target->is_ours && has_document)
			consider_own(search, cited, target, fit);
		else if (target->is_ours)
			link_add_target(search, target,
					(struct link_candidate){
						.kind = LINK_THREAD,
						.reason = "cites_number",
						.confidence = fit * 850 / 1000,
					});
		else if (is_of_mail || is_role(cited, "signed_with"))
			consider_annex(search, cited, target, fit);
		else
			consider_other(search, cited, target, fit);
	}
	return true;
}

bool link_find_cited(struct link_search *search, struct fail *why)
{
	const struct link_source *source = &search->source;

	if (source->is_ours)
		return true;
	for (size_t i = 0; i < source->cited.count; i++)
		if (!consider_cited(search, &source->cited.items[i], false,
				    why))
			return false;
	for (size_t i = 0; i < source->mail_cited.count; i++)
		if (!consider_cited(search, &source->mail_cited.items[i], true,
				    why))
			return false;
	return true;
}

/* --- what its sender sent before ---------------------------------------- */

/* "Gửi bổ sung phụ lục: Báo cáo quý I" and "Báo cáo quý I". */
static int alike(const struct link_search *search, const char *subject)
{
	const char *bare = sameness_bare_subject(search->source.subject);
	const char *behind = strrchr(bare, ':');
	int whole = sameness_of(bare, subject, search->arena);
	int part = behind ? sameness_of(sameness_bare_subject(behind + 1),
					subject, search->arena)
			  : 0;

	return part > whole ? part : whole;
}

/* "Gửi lại", "phụ lục" without a number: the same subject, days ago. */
bool link_find_sender(struct link_search *search, struct fail *why)
{
	const struct link_source *source = &search->source;
	struct targets targets = { .count = 0 };
	auto_query *query = db_query(search->db, select_by_sender, why);
	auto_query *letters =
		db_query(search->db, select_letters_by_sender, why);

	if (!query || !letters)
		return false;
	if (!source->sender || !source->file_count ||
	    (!search->corrects && !search->annexes))
		return true;
	query_text(query, 1, source->sender);
	query_int(query, 2, source->received_at - DAYS_BACK * 86400);
	query_text(letters, 1, source->sender);
	query_int(letters, 2, source->group_id);
	if (!collect(query, search, &targets, why) ||
	    !collect(letters, search, &targets, why))
		return false;
	for (size_t i = 0; i < targets.count; i++) {
		const struct link_target *target = &targets.items[i];
		int like = alike(search, target->subject);

		if (like < 500 || is_new_document(search, target))
			continue;
		link_add_target(search, target,
				follow(search, 550 + like * 350 / 1000));
	}
	return true;
}
