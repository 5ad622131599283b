#include "base/arena.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	BLOCK_SIZE = 16 * 1024,
	DEFAULT_LIMIT = 256 * 1024 * 1024
};

struct block {
	struct block *next;
	size_t size;
	size_t used;
	max_align_t content[];
};

struct arena {
	struct block *first; /* the newest block leads */
	size_t used;
	size_t limit;
};

static void out_of_memory(size_t size)
{
	fprintf(stderr, "<2>out of memory: %zu bytes wanted\n", size);
	abort();
}

void *memory_alloc(size_t size)
{
	void *block = calloc(1, size ? size : 1);

	if (!block)
		out_of_memory(size);
	return block;
}

void *memory_grow(void *block, size_t size)
{
	void *grown = realloc(block, size ? size : 1);

	if (!grown)
		out_of_memory(size);
	return grown;
}

char *memory_copy(const char *string)
{
	size_t size = strlen(string) + 1;

	return memcpy(memory_alloc(size), string, size);
}

void memory_free(void *block)
{
	free(block);
}

struct arena *arena_create(size_t limit)
{
	struct arena *arena = memory_alloc(sizeof(*arena));

	arena->limit = limit ? limit : DEFAULT_LIMIT;
	return arena;
}

static void release_blocks(struct block *block)
{
	while (block) {
		struct block *next = block->next;
		free(block);
		block = next;
	}
}

void arena_destroy(struct arena **arena)
{
	if (!*arena)
		return;
	release_blocks((*arena)->first);
	free(*arena);
	*arena = NULL;
}

void arena_reset(struct arena *arena)
{
	struct block *kept = arena->first;

	arena->used = 0;
	if (!kept)
		return;
	release_blocks(kept->next);
	kept->next = NULL;
	memset(kept->content, 0, kept->used);
	kept->used = 0;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t grain = _Alignof(max_align_t);
	size_t want = (size + grain - 1) / grain * grain;
	struct block *block = arena->first;
	void *start;

	if (want < size || want > arena->limit - arena->used)
		out_of_memory(size);
	if (!block || block->size - block->used < want) {
		size_t content = want > BLOCK_SIZE ? want : BLOCK_SIZE;
		block = memory_alloc(sizeof(*block) + content);
		block->size = content;
		block->next = arena->first;
		arena->first = block;
	}
	start = (unsigned char *)block->content + block->used;
	block->used += want;
	arena->used += want;
	return start;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		out_of_memory(count);
	return arena_alloc(arena, count * size);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t size)
{
	enum {
		FIRST = 8
	};

	if (count == 0)
		return arena_array(arena, FIRST, size);
	if (count < FIRST || (count & (count - 1)) != 0)
		return items;
	void *grown = arena_array(arena, count * 2, size);
	memcpy(grown, items, count * size);
	return grown;
}

char *arena_copy(struct arena *arena, const char *string)
{
	if (!string)
		return NULL;
	return arena_copy_part(arena, string, strlen(string));
}

char *arena_copy_part(struct arena *arena, const char *start, size_t size)
{
	char *copy = arena_alloc(arena, size + 1);

	memcpy(copy, start, size);
	return copy;
}

char *arena_print_list(struct arena *arena, const char *format, va_list list)
{
	va_list again;
	char *result;
	int size;

	va_copy(again, list);
	size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (size < 0)
		out_of_memory(0);
	result = arena_alloc(arena, (size_t)size + 1);
	(void)vsnprintf(result, (size_t)size + 1, format, list);
	return result;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
	va_list list;
	char *result;

	va_start(list, format);
	result = arena_print_list(arena, format, list);
	va_end(list);
	return result;
}
