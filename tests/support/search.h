/*
 * Searching in tests: adding lines, finding them, showing their marks.
 */
#pragma once
#include "base/text.h"
#include "core/search.h"
#include "support/register.h"

/* The index holds what its source says. */
static const char check_index[] __attribute__((unused)) =
	"INSERT INTO search_index (search_index, rank)"
	" VALUES ('integrity-check', 1)";
static const char insert_reading[] __attribute__((unused)) =
	"INSERT INTO reading (file_id, reader_version, subject, sender_name,"
	" sender_address, body, sameness, read_at)"
	" VALUES (101, '1', 'Mời họp về cấp nước', 'Nguyễn Văn Bình',"
	" 'binh@dongthap.gov.vn',"
	" 'Kính gửi các đơn vị, hạn hán kéo dài ở các xã ven biển.', 's', 0)";

/* Registers an incoming document with this subject. */
static inline int64_t add(struct fixture *f, const char *subject)
{
	struct entry_request request = fixture_request(f);

	request.fields.subject = subject;
	return fixture_register(f, &request).id;
}

static inline struct search_answer find(struct fixture *f, const char *text)
{
	struct search_request request = {
		.organisation_id = f->organisation_id,
		.text = text,
	};
	struct search_answer answer = { .hits = NULL };

	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	return answer;
}

static inline bool finds(struct fixture *f, const char *text, int64_t id)
{
	struct search_answer answer = find(f, text);

	for (size_t i = 0; i < answer.hit_count; i++) {
		if (answer.hits[i].id == id &&
		    strcmp(answer.hits[i].kind, "entry") == 0)
			return true;
	}
	return false;
}

/* The text with its marks in brackets; ASCII and Vietnamese only. */
static inline const char *marked(struct fixture *f,
				 const struct search_text *text)
{
	auto_text result = { 0 };
	size_t unit = 0;

	for (const char *c = text->string;; c++) {
		bool is_start = ((unsigned char)*c & 0xC0) != 0x80;

		for (size_t i = 0; is_start && i < text->range_count; i++) {
			const struct search_range *range = &text->ranges[i];

			if (range->start + range->length == unit)
				text_add_char(&result, ']');
			if (range->start == unit)
				text_add_char(&result, '[');
		}
		if (*c == '\0')
			return arena_copy(f->arena, text_string(&result));
		unit += is_start;
		text_add_char(&result, *c);
	}
}

static inline const struct search_facet *
facet(const struct search_facets *facets, const char *name)
{
	static const struct search_facet none;

	for (size_t i = 0; i < facets->facet_count; i++) {
		if (strcmp(facets->facets[i].name, name) == 0)
			return &facets->facets[i];
	}
	fail_msg("no facet %s", name);
	return &none;
}
