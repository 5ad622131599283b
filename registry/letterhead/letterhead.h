/*
 * Letterhead: what the pages of an official document say about it.
 *
 * Pure: text and places in, proposals out. The layout is that of Decree
 * 30/2020/NĐ-CP, annex I, and of Circular 01/2011/TT-BNV before it; the
 * grammar of numbers is that of Vietnamese practice (README.md).
 */
#pragma once
#include "base/arena.h"
#include "letterhead/page.h"

enum letterhead_field {
	LETTERHEAD_SYMBOL,    /* "1234/UBND-KT" */
	LETTERHEAD_DAY,	      /* "2026-06-22" */
	LETTERHEAD_PLACE,     /* "Hà Nội" */
	LETTERHEAD_ISSUER,    /* "Ủy ban nhân dân tỉnh Lâm Đồng" */
	LETTERHEAD_SUPERIOR,  /* the agency above it in the head */
	LETTERHEAD_TYPE,      /* a name of the decree: "Công văn" */
	LETTERHEAD_SUBJECT,   /* trích yếu, without "V/v" */
	LETTERHEAD_SIGNER,    /* "Nguyễn Văn An" */
	LETTERHEAD_POSITION,  /* "Phó Chủ tịch" */
	LETTERHEAD_CAPACITY,  /* "TM.", "KT.", "TL.", "TUQ.", "Q." */
	LETTERHEAD_URGENCY,   /* "1" khẩn, "2" thượng khẩn, "3" hỏa tốc */
	LETTERHEAD_DUE_DAY,   /* "2026-06-30" */
	LETTERHEAD_ADDRESSEE, /* Kính gửi; many */
	LETTERHEAD_RECIPIENT, /* Nơi nhận; many */
	LETTERHEAD_CITED,     /* "1871/SNN-KHTC"; many, see role and day */
	LETTERHEAD_FIELD_COUNT
};

enum letterhead_source {
	LETTERHEAD_FROM_TEXT,
	LETTERHEAD_FROM_OCR,
	LETTERHEAD_FROM_EDXML,	   /* stated by the sender */
	LETTERHEAD_FROM_SIGNATURE, /* the signer's certificate */
	LETTERHEAD_FROM_NAME,	   /* of the file */
	LETTERHEAD_FROM_MAIL,	   /* subject of the mail */
	LETTERHEAD_SOURCE_COUNT
};

enum {
	/* Of the proposals that reach it, 995 of 1,000 are right. */
	LETTERHEAD_SURE = 900
};

struct letterhead_proposal {
	enum letterhead_field field;
	enum letterhead_source source;
	const char *value;  /* normal form, see the field; never NULL */
	const char *seen;   /* as written; never NULL */
	const char *role;   /* CITED: "basis", "reply", "carries_out",
			       "replaces", "mentions"; else NULL */
	const char *day;    /* CITED: its date "2026-06-01"; NULL: not said */
	const char *issuer; /* CITED: whose; NULL: not said */
	int page;	    /* 1, 2, …; 0: not on a page */
	struct page_box box;
	int confidence; /* of 1,000 */
};

struct letterhead {
	const struct letterhead_proposal *proposals; /* best first per field */
	size_t count;
	/* MẬT, TỐI MẬT or TUYỆT MẬT stands on a line of its own: nothing else
	 * may be done with this document here. NULL: none. */
	const char *secret;
	int likeness; /* to an official document at all, of 1,000 */
};

/* `pages` in their order; the first three and the last two are looked at, the
 * others only for dates and cited numbers. */
struct letterhead letterhead_read(const struct page *pages, size_t count,
				  struct arena *arena);
/* What the name of a file, or the subject of a mail, says. */
struct letterhead letterhead_read_name(const char *name, struct arena *arena);
struct letterhead letterhead_read_mail(const char *subject,
				       struct arena *arena);

/* "symbol", "document_day", "place", "issuer", "superior", "type", "subject",
 * "signer_name", "signer_position", "signer_capacity", "urgency", "due_day",
 * "addressee", "recipient", "cited": as the API says it. */
const char *letterhead_field_name(enum letterhead_field field);
const char *letterhead_source_name(enum letterhead_source source);
