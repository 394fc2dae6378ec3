/* arena.c: the bump allocator (base/arena.h). Chunks form a list, newest first. */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, FIRST_SIZE = 4096, CHUNK_MAX = 1 << 20 };

struct arena_chunk {
    struct arena_chunk *older;
    size_t size; /* of the data behind the header */
};

_Static_assert(sizeof(struct arena_chunk) <= ALIGNMENT, "the header takes one alignment unit");

static char *chunk_data(struct arena_chunk *chunk)
{
    return (char *)chunk + ALIGNMENT;
}

void arena_init(struct arena *arena, size_t first_size)
{
    *arena = (struct arena){.next_size = first_size};
}

void arena_clear(struct arena *arena)
{
    for (struct arena_chunk *chunk = arena->chunk, *older; chunk; chunk = older) {
        older = chunk->older;
        free(chunk);
    }
    *arena = (struct arena){.next_size = 0};
}

void arena_reset(struct arena *arena)
{
    struct arena_chunk *kept = arena->chunk;
    size_t next_size = arena->next_size;
    if (kept && kept->size <= CHUNK_MAX) {
        arena->chunk = kept->older;
    } else {
        kept = NULL;
    }
    arena_clear(arena);
    arena->next_size = next_size;
    if (kept) {
        kept->older = NULL;
        arena->chunk = kept;
        arena->total = kept->size;
    }
}

/* A piece too large for an ordinary chunk gets one of its own, put behind the newest, so that the
 * room left in the newest is not lost. */
static void *alloc_large(struct arena *arena, size_t size)
{
    struct arena_chunk *chunk = malloc(ALIGNMENT + size);
    if (!chunk) {
        return NULL;
    }
    chunk->size = size;
    arena->total += size;
    if (arena->chunk) {
        chunk->older = arena->chunk->older;
        arena->chunk->older = chunk;
    } else {
        chunk->older = NULL;
        arena->chunk = chunk;
        arena->used = size;
    }
    return chunk_data(chunk);
}

static int add_chunk(struct arena *arena, size_t need)
{
    size_t size = arena->next_size ? arena->next_size : FIRST_SIZE;
    while (size < need) {
        size *= 2;
    }
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    struct arena_chunk *chunk = malloc(ALIGNMENT + size);
    if (!chunk) {
        return 0;
    }
    *chunk = (struct arena_chunk){.older = arena->chunk, .size = size};
    arena->chunk = chunk;
    arena->used = 0;
    arena->total += size;
    arena->next_size = size < CHUNK_MAX ? size * 2 : size;
    return 1;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2) {
        return NULL;
    }
    size = size ? (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1) : ALIGNMENT;
    if (!arena->chunk || arena->chunk->size - arena->used < size) {
        if (size > CHUNK_MAX / 4) {
            return alloc_large(arena, size);
        }
        if (!add_chunk(arena, size)) {
            return NULL;
        }
    }
    assert(arena->used + size <= arena->chunk->size);
    void *piece = chunk_data(arena->chunk) + arena->used;
    arena->used += size;
    return piece;
}

void *arena_alloc_zero(struct arena *arena, size_t size)
{
    void *piece = arena_alloc(arena, size);
    if (piece) {
        memset(piece, 0, size);
    }
    return piece;
}

void *arena_array(struct arena *arena, size_t count, size_t item_size)
{
    if (item_size && count > SIZE_MAX / item_size) {
        return NULL;
    }
    return arena_alloc_zero(arena, count * item_size);
}

char *arena_text(struct arena *arena, const char *bytes, size_t size)
{
    if (size == SIZE_MAX) {
        return NULL;
    }
    char *text = arena_alloc(arena, size + 1);
    if (text) {
        if (size) {
            memcpy(text, bytes, size);
        }
        text[size] = '\0';
    }
    return text;
}

char *arena_string(struct arena *arena, const char *string)
{
    return arena_text(arena, string, strlen(string));
}
