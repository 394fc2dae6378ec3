/* base/arena.h: a bump allocator for everything that dies together.
 *
 * Purpose: one arena per request or run; thousands of small pieces, one release. A piece is never
 * freed alone.
 * Call order: arena_init, any number of arena_alloc..., then arena_clear (frees all) or
 * arena_reset (keeps the newest chunk for the next request).
 * Ownership: the arena owns what it hands out; pieces live until clear or reset.
 * Errors: NULL when memory runs out or a size would overflow; the arena stays usable.
 * Complexity: O(1) per piece; chunks double up to 1 MiB, a larger piece gets a chunk of its own.
 * Threads: one arena belongs to one thread at a time.
 */
#ifndef ZHOL_BASE_ARENA_H
#define ZHOL_BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *chunk; /* the newest; older ones hang behind it */
    size_t used;               /* bytes used in the newest chunk */
    size_t next_size;          /* size of the next ordinary chunk */
    size_t total;              /* bytes held from the system */
};

/* Starts an empty arena; `first_size` is the size of its first chunk (0: 4 KiB). Cannot fail; takes
 * no memory. A zeroed struct is also a valid empty arena. */
void arena_init(struct arena *arena, size_t first_size);
/* Frees everything; the arena is empty and may be used again. */
void arena_clear(struct arena *arena);
/* Forgets all pieces but keeps the newest ordinary chunk, so that a loop stops calling malloc. */
void arena_reset(struct arena *arena);

/* `size` bytes aligned to 16, not zeroed. Size 0 gives a valid pointer. NULL: out of memory. */
void *arena_alloc(struct arena *arena, size_t size);
/* The same, zeroed. */
void *arena_alloc_zero(struct arena *arena, size_t size);
/* An array of `count` items of `item_size` bytes, zeroed; the product is checked. */
void *arena_array(struct arena *arena, size_t count, size_t item_size);
/* A copy of `size` bytes with a NUL behind it. */
char *arena_text(struct arena *arena, const char *bytes, size_t size);
/* A copy of a NUL-terminated string. */
char *arena_string(struct arena *arena, const char *string);

#endif
