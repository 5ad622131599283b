#include "web/reserved_lines.h"
#include "base/moment.h"
#include "core/reservation.h"
#include "exchange/book_sheet.h"
#include <stdlib.h>
#include <string.h>

static bool is_within(const struct reservation *one,
		      const struct entry_filter *filter)
{
	const char *from = filter->from_day, *to = filter->to_day;

	return strcmp(one->state, "used") != 0 &&
	       (!from || !*from || strcmp(one->day, from) >= 0) &&
	       (!to || !*to || strcmp(one->day, to) <= 0) &&
	       (!filter->from_number || one->number >= filter->from_number) &&
	       (!filter->to_number || one->number <= filter->to_number);
}

static struct book_line line_of(struct visit *visit,
				const struct reservation *one)
{
	bool held = strcmp(one->state, "held") == 0;
	const char *words = held ? "Số giữ cho" : "Số giữ, không dùng";

	return (struct book_line){
		.day = one->day,
		.number = arena_print(visit->arena, "%lld",
				      (long long)one->number),
		.issuer = "",
		.symbol = arena_print(visit->arena, "%lld",
				      (long long)one->number),
		.document_day = one->day,
		.type = "",
		.subject = arena_print(visit->arena, "%s: %s", words,
				       one->purpose),
		.signer = "",
		.receiver = one->unit_name ? one->unit_name : "",
		.keeper = "",
		.copies = "",
		.progress = "",
		.note = one->reason,
	};
}

static int64_t number_of(const struct book_line *line)
{
	return strtoll(line->number, NULL, 10);
}

/* Both come by number; a reserved one stands before what has more. */
static void merge(struct visit *visit, const struct reservation_list *reserved,
		  const struct entry_filter *filter, struct book_print *print)
{
	struct book_line *lines =
		arena_array(visit->arena, print->count + reserved->count,
			    sizeof(*lines));
	size_t count = 0, i = 0;

	for (size_t k = 0; k < reserved->count; k++) {
		const struct reservation *one = &reserved->reservations[k];
		if (!is_within(one, filter))
			continue;
		while (i < print->count &&
		       number_of(&print->lines[i]) < one->number)
			lines[count++] = print->lines[i++];
		lines[count++] = line_of(visit, one);
	}
	while (i < print->count)
		lines[count++] = print->lines[i++];
	print->lines = lines;
	print->count = count;
}

bool reserved_lines_merge(struct visit *visit,
			  const struct entry_filter *filter,
			  struct book_print *print, struct fail *why)
{
	struct reservation_list reserved;
	const char *status = filter->status;

	if (filter->unit_id || (status && *status))
		return true;
	if (!reservation_list(visit->db, filter->book_id, filter->year,
			      moment_now(), visit->arena, &reserved, why))
		return false;
	merge(visit, &reserved, filter, print);
	return true;
}
