/*
 * Fields of an entry that people fill in: one table names them, reads them
 * from JSON, writes them to JSON, checks them and tells what changed.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/tree.h"
#include "core/book.h"
#include <stddef.h>
#include <stdint.h>

/* Absent: "" for texts, NULL for days, 0 for ids and numbers. JSON names are
 * the members' names. */
struct fields {
	int64_t agency_id;	  /* 0: found or created by issuer */
	const char *issuer;	  /* tác giả, cơ quan ban hành */
	const char *symbol;	  /* số, ký hiệu: "1234/UBND-KT"; "": none */
	const char *document_day; /* ngày tháng văn bản */
	const char *subject;	  /* trích yếu nội dung */
	int64_t type_id;	  /* loại văn bản; 0: not recognised */
	/* 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc */
	int64_t urgency;
	const char *signer_name;     /* người ký */
	const char *signer_position; /* chức vụ */
	int64_t pages;
	int64_t copies;	      /* số bản; out: số lượng bản phát hành */
	const char *receiver; /* đơn vị hoặc người nhận; out: nơi nhận */
	int64_t unit_id;      /* receiving unit; out: drafting unit */
	int64_t submit_to;    /* trình: a user */
	const char *due_day;  /* thời hạn giải quyết; out: hạn trả lời */
	const char *note;
	const char *channel;	/* "", exchange, mail, post, hand, fax */
	const char *paper;	/* none, received, signed */
	const char *identifier; /* mã định danh văn bản */
	const char *field;	/* lĩnh vực */
	const char *language;
	const char *keeper;	/* đơn vị, người nhận bản lưu */
	const char *passed_day; /* ngày chuyển */
	const char *dossier_organ;
	int64_t dossier_year;
	const char *dossier_notation; /* số và ký hiệu hồ sơ */
	int64_t dossier_ordinal;
};

enum {
	FIELD_TEXT_MAX = 16000, /* bytes of a long field */
	FIELD_COUNT = 27
};

/* Nothing filled in: channel "", paper "none", language "Tiếng Việt". */
struct fields fields_empty(void);
/* What the body names; the others stay as they are, so that a body with some
 * members changes just these. null empties. Strings live as long as the body.
 * FAIL_INVALID "field.invalid" names the member. */
bool fields_read(const struct tree *body, struct fields *fields,
		 struct fail *why);
void fields_print(const struct fields *fields, struct tree *answer);
/* Normal forms (NFC, blanks, symbols without spaces) and rules; document day
 * not after `today`. FAIL_INVALID "field.missing" or "field.invalid". */
bool fields_check(struct fields *fields, enum direction direction,
		  const char *today, struct arena *arena, struct fail *why);
/* {"subject":{"old":"…","new":"…"}, …}; returns how many differ. */
size_t fields_compare(const struct fields *old, const struct fields *new,
		      struct tree *ret_changes);
