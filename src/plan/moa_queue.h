/* plan/moa_queue.h: the open labels of a search, taken in lexicographic order of their costs.
 *
 * Purpose: a priority queue for labels whose keys (f1, f2, f3) never fall below the one taken last.
 * On f1 it is a bucket queue (moa_buckets.h); a bucket is a list of chunks. The labels of one f1
 * are sorted by (f2, f3) once; those that come with this same f1 while they are being taken go to a
 * small heap beside them, and those that repeat the whole key just taken to a stack.
 * Call order: moa_queue_init; pushes and pops; moa_queue_clear. All keys pushed must be at least
 * the key popped last.
 * Determinism: ties are broken by the order of the pushes alone.
 * Errors: ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT (more than 2^32 chunks).
 * Complexity: push O(1), pop O(log b) for b labels with the same f1.
 */
#ifndef ZHOL_PLAN_MOA_QUEUE_H
#define ZHOL_PLAN_MOA_QUEUE_H

#include <stdbool.h>
#include <stdint.h>
#include <zhol/error.h>

#include "plan/moa_buckets.h"

/* An open label: its costs, the arc that it came over and the settled label before. */
struct moa_open {
    uint32_t f[3];
    uint32_t arc, parent;
};

/* The same where f[0] is known: key is f[1] << 32 | f[2]. */
struct moa_entry {
    uint64_t key;
    uint32_t arc, parent;
};

enum { MOA_CHUNK_LABELS = 12 };

/* A quarter of a kilobyte of a bucket; chunk 0 is no chunk. */
struct moa_chunk {
    uint32_t next, count;
    struct moa_open labels[MOA_CHUNK_LABELS];
};

struct moa_entries {
    struct moa_entry *items;
    uint32_t count, capacity;
};

struct moa_queue {
    struct moa_buckets buckets; /* `last` is the f1 of the label popped last */
    uint64_t key;               /* f2, f3 of the label popped last */
    struct moa_entries same;    /* stack: the whole key popped last again */
    struct moa_entries run;     /* sorted labels of this f1 ... */
    uint32_t run_next;          /* ... and the first not taken yet */
    struct moa_entries late;    /* heap: labels of this f1 that came while it was emptied */
    struct moa_entries scratch; /* for sorting */
    struct moa_chunk *chunks;
    uint32_t chunk_count, chunk_capacity, chunk_spare;
};

enum zhol_error moa_queue_init(struct moa_queue *queue);
void moa_queue_clear(struct moa_queue *queue);
enum zhol_error moa_queue_push(struct moa_queue *queue, const struct moa_open *label);
/* Takes the least label. *any becomes false when the queue is empty. */
enum zhol_error moa_queue_pop(struct moa_queue *queue, struct moa_open *label, bool *any);

#endif
