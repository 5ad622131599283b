/*
 * Arenas: the memory of one unit of work, given back all at once.
 *
 * Out of memory ends the program; crossing the arena's own limit does too,
 * so callers check sizes that come from outside before they ask.
 */
#pragma once
#include <stdarg.h>
#include <stddef.h>

struct arena;

/* `limit` bytes at most; 0 means the house default of 256 MiB. */
struct arena *arena_create(size_t limit);
void arena_destroy(struct arena **arena); /* accepts NULL, leaves NULL */
void arena_reset(struct arena *arena);	  /* keeps the first block */
size_t arena_used(const struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* Room for one more item behind `count` items of an array that only this
 * function made: gives the array, moved when it was full. Starts from NULL. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t size);
char *arena_copy(struct arena *arena, const char *string); /* NULL stays */
char *arena_copy_part(struct arena *arena, const char *start, size_t size);
char *arena_print(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_print_list(struct arena *arena, const char *format, va_list list)
	__attribute__((format(printf, 2, 0)));

#define auto_arena __attribute__((cleanup(arena_destroy))) struct arena

/* Heap for long-lived objects: never NULL, zeroed. memory_free accepts NULL. */
void *memory_alloc(size_t size);
void *memory_grow(void *block, size_t size);
char *memory_copy(const char *string);
void memory_free(void *block);
