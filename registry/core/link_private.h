/*
 * What the rules of links share; for link_*.c and receipt.c.
 */
#pragma once
#include "core/link.h"
#include "core/link_source.h"

enum {
	LINK_LEAST = 450,    /* less is not worth a look */
	LINK_SHOWN_MAX = 8,  /* per letter */
	LINK_FOUND_MAX = 200 /* before they are sorted */
};

/* An entry, or a letter without one, that may be the target. */
struct link_target {
	int64_t entry_id;  /* 0: a letter */
	int64_t letter_id; /* that it is, or came by */
	bool is_ours;	   /* outgoing */
	const char *symbol_key, *day, *issuer, *subject, *sender;
	int64_t agency_id;
	int64_t main_file_id; /* 0: none */
	bool has_files;
	bool is_only; /* with its number and day; see link_thread.c */
};

struct link_candidate {
	enum link_kind kind;
	int64_t entry_id, letter_id; /* one of them */
	const char *reason;
	const char *detail_json; /* NULL: {} */
	int confidence;
	bool is_certain;
};

struct link_search {
	struct db *db;
	struct arena *arena;
	struct link_source source;
	bool corrects, annexes, forwards; /* as its words say */
	struct link_candidate *items;
	size_t count;
};

/* Columns and joins of a target; an entry is e. */
#define LINK_TARGET                                                     \
	"SELECT e.id, coalesce(e.letter_id, 0), e.direction = 'out',"   \
	"  e.symbol_key, e.document_day, e.issuer, e.subject,"          \
	"  lower(r.sender_address), coalesce(e.agency_id, 0),"          \
	"  coalesce((SELECT a.file_id FROM attachment a"                \
	"    WHERE a.entry_id = e.id AND a.role = 'main'"               \
	"    ORDER BY a.position LIMIT 1), 0),"                         \
	"  EXISTS (SELECT 1 FROM attachment a WHERE a.entry_id = e.id)" \
	"  FROM entry e LEFT JOIN letter l ON l.id = e.letter_id"       \
	"  LEFT JOIN reading r ON r.file_id = l.file_id"
/* The same of a letter in the queue, l, with its facts. */
#define LINK_LETTER                                                       \
	"SELECT 0, l.id, 0, f.symbol_key, f.document_day, f.issuer,"      \
	"  f.subject, lower(r.sender_address), coalesce(f.agency_id, 0)," \
	"  coalesce(s.main_file_id, 0), 1"                                \
	"  FROM letter l JOIN letter_fact f ON f.letter_id = l.id"        \
	"  LEFT JOIN reading r ON r.file_id = l.file_id"                  \
	"  LEFT JOIN letter_summary s ON s.file_id = l.file_id"

struct query;
struct link_target link_read_target(struct query *query, struct arena *arena);
void link_add(struct link_search *search,
	      const struct link_candidate *candidate);
/* The same for a target. */
void link_add_target(struct link_search *search,
		     const struct link_target *target,
		     struct link_candidate candidate);
const char *link_detail(struct link_search *search, const char *name,
			const char *value);

/* The rules, each for itself. */
bool link_find_files(struct link_search *search, struct fail *why);
bool link_find_symbol(struct link_search *search, struct fail *why);
bool link_find_text(struct link_search *search, struct fail *why);
bool link_find_paper(struct link_search *search, struct fail *why);
bool link_find_thread(struct link_search *search, struct fail *why);
bool link_find_cited(struct link_search *search, struct fail *why);
bool link_find_sender(struct link_search *search, struct fail *why);
bool link_find_reports(struct link_search *search, struct fail *why);

/* Makes a link that is in state linked or accepted; `actor` does it. */
bool link_make(struct db *db, int64_t link_id, const struct actor *actor,
	       struct fail *why);
/* Who acts when a rule does: a person's account that nobody can sign in to. */
bool link_rule_actor(struct db *db, int64_t organisation_id,
		     struct actor *ret_actor, struct fail *why);
bool link_audit(struct db *db, const struct link *link, const char *action,
		const struct actor *actor, struct fail *why);
