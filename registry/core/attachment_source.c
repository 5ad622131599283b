#include "core/attachment_source.h"
#include "core/main_document.h"
#include "store/query.h"
#include <string.h>

static const char select_raw[] = "SELECT file_id FROM letter WHERE id = ?1";

/* In the raw blob of a letter, or in anything that is inside it. */
static const char select_letter_file[] =
	"WITH RECURSIVE blob(id, depth) AS ("
	"  SELECT file_id, 0 FROM letter WHERE id = ?1"
	"  UNION"
	"  SELECT p.file_id, b.depth + 1 FROM part p"
	"    JOIN blob b ON p.of_file_id = b.id WHERE b.depth < 8)"
	" SELECT p.file_id, p.name, p.type, p.path"
	"  FROM part p JOIN blob b ON b.id = p.of_file_id"
	"  JOIN file f ON f.id = p.file_id"
	" WHERE f.sha256 = ?2 ORDER BY b.depth, p.position LIMIT 1";

static const char select_file[] =
	"SELECT id, NULL, '', '' FROM file WHERE sha256 = ?1";

static struct source read_source(struct query *query, struct arena *arena)
{
	const char *name = query_get_text(query, 1, arena);
	return (struct source){
		.file_id = query_get_int(query, 0),
		.name = name ? name : "",
		.type = query_get_text(query, 2, arena),
		.path = query_get_text(query, 3, arena),
	};
}

struct choosing {
	struct arena *arena;
	struct sources sources;
};

/* Letters inside are not attached, pictures in the text only if one of them is
 * the document. */
static bool is_attached(const struct letter_file *file,
			const struct letter_file *main)
{
	return file == main || strcmp(file->class, "file") == 0;
}

static void add_source(struct sources *sources,
		       const struct attachment_request *request,
		       const struct letter_file *file, bool is_main,
		       struct arena *arena)
{
	struct source source = {
		.file_id = file->file_id,
		.name = file->name ? file->name : "",
		.type = file->type,
		.path = file->path,
		.role = request->role,
	};

	if (!is_main && source.role == ATTACHMENT_MAIN)
		source.role = ATTACHMENT_ANNEX;
	sources->items = arena_grow(arena, sources->items, sources->count,
				    sizeof(*sources->items));
	sources->items[sources->count++] = source;
}

/* The main document of the letter, or its first file, is that of the entry. */
static bool list_all(struct db *db, const struct attachment_request *request,
		     struct arena *arena, struct sources *ret_sources,
		     struct fail *why)
{
	struct sources all = { .items = NULL };
	struct letter_file_list files;
	struct main_document main;
	int64_t raw;

	if (!db_load_int(db, select_raw, request->letter_id, &raw, why) ||
	    !letter_file_list(db, raw, arena, &files, why) ||
	    !main_document_find(db, raw, &files, arena, &main, why))
		return false;
	for (size_t i = 0; i < files.count; i++) {
		const struct letter_file *file = &files.items[i];
		bool is_main = main.file ? file == main.file : all.count == 0;

		if (is_attached(file, main.file))
			add_source(&all, request, file, is_main, arena);
	}
	*ret_sources = all;
	return true;
}

/* Adds the file that was chosen to the sources. */
static bool find_chosen(struct db *db, const struct attachment_choice *choice,
			int64_t letter_id, struct choosing *choosing,
			struct fail *why)
{
	struct sources *sources = &choosing->sources;
	struct source *source = &sources->items[sources->count];
	auto_query *query = db_query(
		db, letter_id ? select_letter_file : select_file, why);
	if (!query)
		return false;
	if (letter_id)
		query_int(query, 1, letter_id);
	query_text(query, letter_id ? 2 : 1, choice->sha256);
	if (!query_one(query, why))
		return fail_not_found(why, "file.none", "Không có tệp này.",
				      "the letter has no file '%.64s'",
				      choice->sha256);
	*source = read_source(query, choosing->arena);
	source->role = choice->role;
	if (choice->name)
		source->name = choice->name;
	sources->count++;
	return true;
}

static bool list_chosen(struct db *db,
			const struct attachment_request *request,
			struct arena *arena, struct sources *ret_sources,
			struct fail *why)
{
	struct choosing choosing = { .arena = arena };
	choosing.sources.items = arena_array(arena, request->file_count,
					     sizeof(struct source));
	for (size_t i = 0; i < request->file_count; i++)
		if (!find_chosen(db, &request->files[i], request->letter_id,
				 &choosing, why))
			return false;
	*ret_sources = choosing.sources;
	return true;
}

bool attachment_sources(struct db *db,
			const struct attachment_request *request,
			struct arena *arena, struct sources *ret_sources,
			struct fail *why)
{
	*ret_sources = (struct sources){ .items = NULL };
	if (request->files)
		return list_chosen(db, request, arena, ret_sources, why);
	return !request->letter_id ||
	       list_all(db, request, arena, ret_sources, why);
}
