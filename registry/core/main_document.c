#include "core/main_document.h"
#include "letterhead/letterhead.h"
#include "viet/fold.h"
#include "viet/symbol.h"
#include <string.h>

enum {
	CARD_MAX = 60 * 1024, /* bytes of a picture that may be a card */
	LIKENESS_UNKNOWN = 500,
	/* What a sign is worth, beside likeness, of 1,000. */
	WORTH_STATED = 5000,
	WORTH_HABIT = 3000,
	WORTH_SAME_SYMBOL = 400,
	WORTH_ANNEX_NAME = -400,
	WORTH_SYMBOL = 300,
	WORTH_SIGNED = 200,
	WORTH_NAME = 100,
	WORTH_PLACE = -10,
	NO_CANDIDATE = -100000
};

static const char *const role_names[LETTER_ROLE_COUNT] = {
	"main", "annex", "copy", "card", "package", "message"
};

static const struct {
	const char *reason, *sentence;
} sentences[] = {
	{ "person", "Văn thư đã chọn tệp này." },
	{ "sender", "Giống tệp được chọn trong thư trước của nơi gửi." },
	{ "stated", "Gói tin của nơi gửi ghi đây là văn bản chính." },
	{ "only_file", "Tệp duy nhất có thể là văn bản." },
	{ "symbol", "Mang số, ký hiệu ghi ở tiêu đề thư." },
	{ "likeness", "Trình bày theo thể thức văn bản hành chính." },
	{ "signed", "Có chữ ký số." },
	{ "format", "Tệp văn bản đầu tiên của thư." },
};

/* One file on its way to a role. */
struct candidate {
	const struct letter_file *file;
	char *stem;	    /* of its name, for comparing; "" without one */
	const char *symbol; /* key, of the text or the name; "" */
	int score;
	bool is_candidate, is_editable, is_habit;
};

const char *letter_role_name(enum letter_role role)
{
	return role_names[role];
}

static bool is_one_of(const char *what, const char *const *list)
{
	for (; what && *list; list++)
		if (strcmp(what, *list) == 0)
			return true;
	return false;
}

static bool is_package(const struct letter_file *file)
{
	static const char *const formats[] = { "zip", "rar", "7z",
					       "tar", "gzip", "archive",
					       "tnef", "edxml", "smime",
					       "p7m", "mail", NULL };

	return is_one_of(file->format, formats);
}

static bool is_editable(const struct letter_file *file)
{
	static const char *const formats[] = { "doc", "docx", "rtf",
					       "odt", "html", NULL };

	return is_one_of(file->format, formats);
}

static bool is_image(const struct letter_file *file)
{
	return strncmp(file->type, "image/", 6) == 0;
}

static bool is_card(const struct letter_file *file)
{
	static const char *const types[] = { "text/vcard", "text/x-vcard",
					     "text/directory", NULL };

	if (is_one_of(file->type, types))
		return true;
	return is_image(file) && !file->symbol &&
	       file->likeness < LIKENESS_UNKNOWN &&
	       (file->bytes < CARD_MAX || strcmp(file->class, "inline") == 0);
}

/* "CV 735_SXD.signed.pdf" gives "cv 735_sxd". */
static char *find_stem(const char *name, struct arena *arena)
{
	static const char *const tails[] = { ".signed", "_signed", "-signed",
					     "(signed)", NULL };
	char *stem = viet_fold(name ? name : "", arena);
	char *dot = strrchr(stem, '.');

	if (dot && strlen(dot) <= 5)
		*dot = '\0';
	for (size_t i = 0; tails[i]; i++) {
		size_t size = strlen(stem);
		size_t tail = strlen(tails[i]);

		if (size > tail && strcmp(stem + size - tail, tails[i]) == 0)
			stem[size - tail] = '\0';
	}
	return stem;
}

/* Words that name an annex: "phu luc 1.xlsx", "danh sach.docx". */
static bool has_annex_name(const char *stem)
{
	static const char *const words[] = {
		"phu luc", "phuluc", "phu_luc", "danh sach", "bieu mau",
		"bieu so", "de cuong", "kem theo", "mau so", "pl0",
		"pl1", "pl2", NULL
	};

	for (size_t i = 0; words[i]; i++)
		if (strstr(stem, words[i]))
			return true;
	return false;
}

static const char *name_symbol(const char *name, struct arena *arena)
{
	struct letterhead said;

	if (!name)
		return "";
	said = letterhead_read_name(name, arena);
	for (size_t i = 0; i < said.count; i++)
		if (said.proposals[i].field == LETTERHEAD_SYMBOL)
			return symbol_key(said.proposals[i].value, arena);
	return "";
}

static int format_worth(const struct letter_file *file)
{
	static const char *const other[] = { "xlsx", "xls", "pptx", "ppt",
					     "ods", "odp", NULL };

	if (!file->format) /* not read yet, or unknown */
		return strcmp(file->type, "application/pdf") == 0 ? 120 : -100;
	if (strcmp(file->format, "pdf") == 0)
		return 120;
	if (is_editable(file))
		return 80;
	if (is_image(file))
		return 60;
	return is_one_of(file->format, other) ? 0 : -100;
}

static int find_score(const struct main_document_request *request,
		      const struct candidate *candidate, size_t place)
{
	const struct letter_file *file = candidate->file;
	bool waits = file->state == LETTER_FILE_WAITING ||
		     file->state == LETTER_FILE_READING ||
		     file->state == LETTER_FILE_RECOGNISING;
	int score = (int)file->likeness + format_worth(file);

	if (waits && file->likeness < LIKENESS_UNKNOWN)
		score += LIKENESS_UNKNOWN - (int)file->likeness;
	if (file->symbol)
		score += WORTH_SYMBOL;
	else if (*candidate->symbol)
		score += WORTH_NAME;
	if (file->signatures_json && strcmp(file->signatures_json, "[]") != 0)
		score += WORTH_SIGNED;
	if (request->mail_symbol && *candidate->symbol &&
	    strcmp(candidate->symbol, request->mail_symbol) == 0)
		score += WORTH_SAME_SYMBOL;
	if (has_annex_name(candidate->stem))
		score += WORTH_ANNEX_NAME;
	if (candidate->is_habit)
		score += WORTH_HABIT;
	if (file->stated)
		score += strcmp(file->stated, "main") == 0 ? WORTH_STATED
							   : -WORTH_STATED;
	return score + WORTH_PLACE * (place < 10 ? (int)place : 10);
}

static struct candidate *list_candidates(
	const struct main_document_request *request, struct arena *arena)
{
	struct candidate *list =
		arena_array(arena, request->count, sizeof(*list));

	for (size_t i = 0; i < request->count; i++) {
		const struct letter_file *file = &request->files[i];
		struct candidate *one = &list[i];

		one->file = file;
		one->stem = find_stem(file->name, arena);
		one->symbol = file->symbol ? symbol_key(file->symbol, arena)
					   : name_symbol(file->name, arena);
		one->is_editable = is_editable(file);
		one->is_habit = request->habit && file->name &&
				strcmp(main_document_shape(file->name, arena),
				       request->habit) == 0;
		one->is_candidate = strcmp(file->class, "message") != 0 &&
				    !is_package(file) && !is_card(file);
		one->score = one->is_candidate ? find_score(request, one, i)
					       : NO_CANDIDATE;
	}
	return list;
}

static bool is_twin(const struct candidate *a, const struct candidate *b)
{
	return (*a->stem && strcmp(a->stem, b->stem) == 0) ||
	       (*a->symbol && strcmp(a->symbol, b->symbol) == 0);
}

/* The signed or scanned one is the record, the other its editable copy. */
static void prefer_records(struct candidate *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < count; k++) {
			if (list[i].is_candidate && list[k].is_candidate &&
			    !list[i].is_editable && list[k].is_editable &&
			    !list[k].is_habit && !list[k].file->stated &&
			    list[i].score <= list[k].score &&
			    is_twin(&list[i], &list[k]))
				list[i].score = list[k].score + 1;
		}
	}
}

static const struct candidate *find_best(
	const struct main_document_request *request,
	const struct candidate *list)
{
	const struct candidate *best = NULL;

	for (size_t i = 0; i < request->count; i++) {
		if (request->chosen_id &&
		    list[i].file->file_id == request->chosen_id)
			return &list[i];
		if (list[i].is_candidate &&
		    (!best || list[i].score > best->score))
			best = &list[i];
	}
	return best;
}

static const char *find_reason(const struct main_document_request *request,
			       const struct candidate *list,
			       const struct candidate *best)
{
	const struct letter_file *file = best->file;
	size_t others = 0;

	for (size_t i = 0; i < request->count; i++)
		others += list[i].is_candidate && &list[i] != best;
	if (request->chosen_id == file->file_id)
		return "person";
	if (best->is_habit && others)
		return "sender";
	if (file->stated && strcmp(file->stated, "main") == 0)
		return "stated";
	if (!others)
		return "only_file";
	if (request->mail_symbol &&
	    strcmp(best->symbol, request->mail_symbol) == 0)
		return "symbol";
	if (file->likeness >= LIKENESS_UNKNOWN)
		return "likeness";
	if (file->signatures_json && strcmp(file->signatures_json, "[]") != 0)
		return "signed";
	return "format";
}

static struct letter_file_role find_role(const struct candidate *one,
					 const struct candidate *best,
					 const char *reason)
{
	const struct letter_file *file = one->file;

	if (one == best)
		return (struct letter_file_role){ LETTER_ROLE_MAIN, reason };
	if (strcmp(file->class, "message") == 0)
		return (struct letter_file_role){ LETTER_ROLE_MESSAGE,
						  "message" };
	if (is_package(file))
		return (struct letter_file_role){ LETTER_ROLE_PACKAGE,
						  "format" };
	if (!one->is_candidate)
		return (struct letter_file_role){ LETTER_ROLE_CARD, "small" };
	if (one->is_editable && best && !best->is_editable &&
	    is_twin(one, best))
		return (struct letter_file_role){ LETTER_ROLE_COPY,
						  "same_document" };
	if (file->stated)
		return (struct letter_file_role){ LETTER_ROLE_ANNEX,
						  "stated" };
	return (struct letter_file_role){ LETTER_ROLE_ANNEX, "other" };
}

static const char *find_sentence(const char *reason)
{
	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++)
		if (strcmp(sentences[i].reason, reason) == 0)
			return sentences[i].sentence;
	return "";
}

struct main_document
main_document_choose(const struct main_document_request *request,
		     struct arena *arena)
{
	struct main_document main = { .by = "rule" };
	struct candidate *list = list_candidates(request, arena);
	struct letter_file_role *roles =
		arena_array(arena, request->count, sizeof(*roles));
	const struct candidate *best;

	prefer_records(list, request->count);
	best = find_best(request, list);
	if (best) {
		main.file = best->file;
		main.reason = find_reason(request, list, best);
		main.sentence = find_sentence(main.reason);
		if (strcmp(main.reason, "person") == 0 ||
		    strcmp(main.reason, "sender") == 0)
			main.by = main.reason;
	}
	for (size_t i = 0; i < request->count; i++)
		roles[i] = find_role(&list[i], best, main.reason);
	main.roles = roles;
	return main;
}
