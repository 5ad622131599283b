/*
 * Dossiers (hồ sơ): documents of one matter, in order, without copies; a
 * document may be in several.
 *
 * Who sees the dossier sees its list; a document in it is opened only by who
 * may see the document, or whom a grant to the dossier names (grant.h).
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/text.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	DOSSIER_DOCUMENTS_MAX = 5000
};

struct dossier {
	int64_t id, organisation_id, year;
	const char *code;  /* số và ký hiệu: 01.TCCB */
	const char *title; /* tiêu đề */
	int64_t retention; /* years; 0: vĩnh viễn */
	int64_t unit_id, keeper_id;
	const char *unit_name, *keeper_name;
	const char *readers; /* "keeper", "unit", "all" */
	const char *state;   /* "open", "closed" */
	const char *opened_day, *closed_day;
	const char *note;
	int64_t documents, pages;
	int64_t version;
};

struct dossier_list {
	const struct dossier *dossiers;
	size_t count;
};

struct dossier_filter {
	const struct actor *viewer;
	int64_t year;	  /* 0: all */
	int64_t unit_id;  /* 0: all */
	int64_t entry_id; /* that hold this document; 0: all */
	const char *text; /* in code or title, folded; NULL: all */
	const char *state;
};

bool dossier_list(struct db *db, const struct dossier_filter *filter,
		  struct arena *arena, struct dossier_list *ret_list,
		  struct fail *why);
/* FAIL_DENIED "dossier.denied" names the keeper. */
bool dossier_load(struct db *db, int64_t id, const struct actor *viewer,
		  struct arena *arena, struct dossier *ret_dossier,
		  struct fail *why);
/* The keeper and clerks change it. */
bool dossier_may_change(const struct dossier *dossier,
			const struct actor *actor);

/* With id 0 a new one; else the version the person saw. FAIL_CONFLICT
 * "dossier.exists", "dossier.changed", "dossier.closed". */
bool dossier_set(struct db *db, const struct dossier *wanted,
		 const struct actor *actor, int64_t now, int64_t *ret_id,
		 struct fail *why);

struct dossier_change {
	struct actor actor;
	int64_t id;
	int64_t version;
	int64_t now;
};
bool dossier_close(struct db *db, const struct dossier_change *change,
		   bool close, struct fail *why);
/* At the end; adding twice changes nothing. The person must see it. */
bool dossier_add_document(struct db *db, const struct dossier_change *change,
			  int64_t entry_id, const char *note,
			  struct fail *why);
bool dossier_remove_document(struct db *db,
			     const struct dossier_change *change,
			     int64_t entry_id, struct fail *why);
/* Before the one with this position; 0: to the end. */
bool dossier_move_document(struct db *db, const struct dossier_change *change,
			   int64_t entry_id, int64_t position,
			   struct fail *why);

struct dossier_document {
	int64_t entry_id, position, year, number, pages;
	const char *direction, *suffix, *day;
	const char *symbol, *document_day, *type_name, *subject, *issuer;
	const char *note, *state;
};

struct dossier_documents {
	const struct dossier_document *documents;
	size_t count;
};

bool dossier_list_documents(struct db *db, int64_t id, struct arena *arena,
			    struct dossier_documents *ret_list,
			    struct fail *why);
/* XML with the names of Decree 30/2020/NĐ-CP, annex VI, part II. */
bool dossier_export(struct db *db, const struct dossier *dossier,
		    struct text *ret_xml, struct fail *why);
