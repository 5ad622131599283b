#include "store/tokenizer.h"
#include "viet/word.h"
#include <sqlite3.h>
#include <string.h>

/* FTS5 calls back once per token. */
struct sink {
	int (*add)(void *context, int flags, const char *token, int size,
		   int start, int end);
	void *context;
};

static int add_token(const struct sink *sink, int flags, const char *token,
		     const struct word *word)
{
	return sink->add(sink->context, flags, token, (int)strlen(token),
			 (int)word->start, (int)word->end);
}

static int add_word(const struct sink *sink, const struct word *word)
{
	int code = add_token(sink, 0, word->exact, word);

	if (code == SQLITE_OK && strcmp(word->exact, word->folded) != 0)
		code = add_token(sink, FTS5_TOKEN_COLOCATED, word->folded,
				 word);
	if (code == SQLITE_OK && word->whole[0] != '\0')
		code = add_token(sink, FTS5_TOKEN_COLOCATED, word->whole, word);
	return code;
}

static int add_document(const struct sink *sink, struct bytes text)
{
	struct word_reader reader = word_reader_of(text);
	struct word word;
	int code = SQLITE_OK;

	while (code == SQLITE_OK && word_next(&reader, &word))
		code = add_word(sink, &word);
	return code;
}

/* A query comes from core/match.c, which has cut it into tokens already; a
 * space stands between the words of a phrase. */
static int add_query(const struct sink *sink, const char *text, int size)
{
	int start = 0, end, code = SQLITE_OK;

	for (end = 0; code == SQLITE_OK && end <= size; end++) {
		if (end < size && text[end] != ' ')
			continue;
		if (end > start)
			code = sink->add(sink->context, 0, text + start,
					 end - start, start, end);
		start = end + 1;
	}
	return code;
}

static int create(void *context, const char **arguments, int count,
		  Fts5Tokenizer **ret_tokenizer)
{
	static char nothing;

	(void)context;
	(void)arguments;
	(void)count;
	*ret_tokenizer = (Fts5Tokenizer *)(void *)&nothing;
	return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *tokenizer)
{
	(void)tokenizer;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags,
		    const char *text, int size,
		    int (*add)(void *context, int flags, const char *token,
			       int size, int start, int end))
{
	struct sink sink = { .add = add, .context = context };

	(void)tokenizer;
	if (!text || size <= 0)
		return SQLITE_OK;
	if (flags & FTS5_TOKENIZE_QUERY)
		return add_query(&sink, text, size);
	return add_document(&sink, (struct bytes){
					   .data = (const unsigned char *)text,
					   .size = (size_t)size,
				   });
}

static fts5_api *find_api(struct sqlite3 *sqlite)
{
	sqlite3_stmt *statement = NULL;
	fts5_api *api = NULL;

	if (sqlite3_prepare_v2(sqlite, "SELECT fts5(?1)", -1, &statement,
			       NULL) != SQLITE_OK)
		return NULL;
	(void)sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr",
				   NULL);
	(void)sqlite3_step(statement);
	(void)sqlite3_finalize(statement);
	return api;
}

bool tokenizer_register(struct sqlite3 *sqlite, struct fail *why)
{
	static fts5_tokenizer svb = {
		.xCreate = create,
		.xDelete = destroy,
		.xTokenize = tokenize,
	};
	fts5_api *api = find_api(sqlite);

	if (!api || api->xCreateTokenizer(api, "svb", NULL, &svb, NULL) !=
			    SQLITE_OK)
		return fail(why, FAIL_BROKEN,
			    "this SQLite has no full-text search (FTS5)");
	return true;
}

int tokenizer_version(void)
{
	return WORD_VERSION;
}
