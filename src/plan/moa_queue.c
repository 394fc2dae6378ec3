/* moa_queue.c: the bucket queue of open labels (plan/moa_queue.h). */
#include "plan/moa_queue.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { SORT_BLOCK = 8 };

enum zhol_error moa_queue_init(struct moa_queue *queue)
{
    *queue = (struct moa_queue){.chunk_count = 1};
    return moa_buckets_init(&queue->buckets);
}

void moa_queue_clear(struct moa_queue *queue)
{
    free(queue->same.items);
    free(queue->run.items);
    free(queue->late.items);
    free(queue->scratch.items);
    moa_buckets_clear(&queue->buckets);
    free(queue->chunks);
    *queue = (struct moa_queue){0};
}

/* ---- labels of one f1 ---- */

static enum zhol_error entries_reserve(struct moa_entries *entries, uint32_t need)
{
    return need <= entries->capacity ? ZHOL_ERROR_OK
                                     : ARRAY_RESERVE(entries->items, entries->capacity, need);
}

static enum zhol_error late_push(struct moa_entries *late, struct moa_entry entry)
{
    enum zhol_error error = entries_reserve(late, late->count + 1);
    if (error) {
        return error;
    }
    uint32_t hole = late->count++;
    while (hole && late->items[(hole - 1) / 2].key > entry.key) {
        late->items[hole] = late->items[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    late->items[hole] = entry;
    return ZHOL_ERROR_OK;
}

static struct moa_entry late_pop(struct moa_entries *late)
{
    struct moa_entry *items = late->items, top = items[0], last = items[--late->count];
    uint32_t hole = 0, count = late->count;
    for (uint32_t child = 1; child < count; child = 2 * hole + 1) {
        child += child + 1 < count && items[child + 1].key < items[child].key;
        if (items[child].key >= last.key) {
            break;
        }
        items[hole] = items[child];
        hole = child;
    }
    items[hole] = last;
    return top;
}

static void block_sort(struct moa_entry *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        struct moa_entry entry = items[i];
        uint32_t hole = i;
        while (hole && items[hole - 1].key > entry.key) {
            items[hole] = items[hole - 1];
            hole--;
        }
        items[hole] = entry;
    }
}

/* Merges two sorted neighbours, the left one first where keys are equal. */
static void halves_merge(const struct moa_entry *from, uint32_t middle, uint32_t end,
                         struct moa_entry *to)
{
    uint32_t a = 0, b = middle;
    while (a < middle && b < end) {
        /* A mask, not a condition: which side gives the next one cannot be predicted. */
        uint32_t right = from[b].key < from[a].key;
        *to++ = from[a ^ ((a ^ b) & -right)];
        b += right;
        a += right ^ 1;
    }
    memcpy(to, from + a, (middle - a) * sizeof *to);
    memcpy(to + (middle - a), from + b, (end - b) * sizeof *to);
}

/* Sorts the run by key, stably: insertion sort in blocks of 8, then merging back and forth. */
static enum zhol_error run_sort(struct moa_queue *queue)
{
    uint32_t count = queue->run.count;
    for (uint32_t i = 0; i < count; i += SORT_BLOCK) {
        block_sort(queue->run.items + i, count - i < SORT_BLOCK ? count - i : SORT_BLOCK);
    }
    if (count <= SORT_BLOCK) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = entries_reserve(&queue->scratch, count);
    if (error) {
        return error;
    }
    for (uint64_t width = SORT_BLOCK; width < count; width *= 2) {
        for (uint64_t i = 0; i < count; i += 2 * width) {
            uint64_t left = count - i;
            halves_merge(queue->run.items + i, (uint32_t)(left < width ? left : width),
                         (uint32_t)(left < 2 * width ? left : 2 * width), queue->scratch.items + i);
        }
        struct moa_entries swap = queue->run;
        queue->run = queue->scratch;
        queue->run.count = count;
        queue->scratch = swap;
    }
    return ZHOL_ERROR_OK;
}

/* ---- buckets ---- */

static enum zhol_error chunk_take(struct moa_queue *queue, uint32_t *chunk)
{
    if (queue->chunk_spare) {
        *chunk = queue->chunk_spare;
        queue->chunk_spare = queue->chunks[*chunk].next;
        return ZHOL_ERROR_OK;
    }
    if (queue->chunk_count >= queue->chunk_capacity) {
        if (queue->chunk_count == UINT32_MAX) {
            return ZHOL_ERROR_LIMIT;
        }
        enum zhol_error error =
            ARRAY_RESERVE(queue->chunks, queue->chunk_capacity, queue->chunk_count + 1);
        if (error) {
            return error;
        }
    }
    *chunk = queue->chunk_count++;
    return ZHOL_ERROR_OK;
}

static enum zhol_error bucket_push(struct moa_queue *queue, const struct moa_open *label)
{
    uint32_t bucket = moa_buckets_of(&queue->buckets, label->f[0]);
    uint32_t chunk = queue->buckets.heads[bucket];
    if (!chunk || queue->chunks[chunk].count == MOA_CHUNK_LABELS) {
        uint32_t fresh;
        enum zhol_error error = chunk_take(queue, &fresh);
        if (error) {
            return error;
        }
        queue->chunks[fresh].next = chunk;
        queue->chunks[fresh].count = 0;
        queue->buckets.heads[bucket] = fresh;
        moa_buckets_mark(&queue->buckets, bucket);
        chunk = fresh;
    }
    struct moa_chunk *place = &queue->chunks[chunk];
    place->labels[place->count++] = *label;
    return ZHOL_ERROR_OK;
}

static uint32_t chunk_give(struct moa_queue *queue, uint32_t chunk)
{
    uint32_t next = queue->chunks[chunk].next;
    queue->chunks[chunk].next = queue->chunk_spare;
    queue->chunk_spare = chunk;
    return next;
}

/* Deals a bucket of a high level out to the levels below. */
static enum zhol_error bucket_deal(struct moa_queue *queue, uint32_t bucket)
{
    uint32_t chunk = moa_buckets_detach(&queue->buckets, bucket);
    while (chunk) {
        for (uint32_t i = 0; i < queue->chunks[chunk].count; i++) {
            struct moa_open label = queue->chunks[chunk].labels[i];
            enum zhol_error error = bucket_push(queue, &label);
            if (error) {
                return error;
            }
        }
        chunk = chunk_give(queue, chunk);
    }
    return ZHOL_ERROR_OK;
}

/* Moves a bucket of one f1 into the run and sorts it. */
static enum zhol_error bucket_run(struct moa_queue *queue, uint32_t bucket)
{
    queue->run.count = queue->run_next = 0;
    uint32_t chunk = moa_buckets_detach(&queue->buckets, bucket);
    while (chunk) {
        enum zhol_error error = entries_reserve(&queue->run, queue->run.count + MOA_CHUNK_LABELS);
        if (error) {
            return error;
        }
        const struct moa_chunk *from = &queue->chunks[chunk];
        for (uint32_t i = 0; i < from->count; i++) {
            const struct moa_open *label = &from->labels[i];
            queue->run.items[queue->run.count++] = (struct moa_entry){
                (uint64_t)label->f[1] << 32 | label->f[2], label->arc, label->parent};
        }
        chunk = chunk_give(queue, chunk);
    }
    return run_sort(queue);
}

/* Goes on to the next f1 that has labels; *any becomes false when there is none. */
static enum zhol_error queue_advance(struct moa_queue *queue, bool *any)
{
    uint32_t bucket = moa_buckets_next(&queue->buckets);
    while (bucket >= MOA_LOW_BUCKETS && bucket < MOA_BUCKETS) {
        enum zhol_error error = bucket_deal(queue, bucket);
        if (error) {
            return error;
        }
        bucket = moa_buckets_next(&queue->buckets);
    }
    *any = bucket < MOA_BUCKETS;
    return *any ? bucket_run(queue, bucket) : ZHOL_ERROR_OK;
}

/* ---- labels ---- */

enum zhol_error moa_queue_push(struct moa_queue *queue, const struct moa_open *label)
{
    assert(label->f[0] >= queue->buckets.last);
    if (label->f[0] != queue->buckets.last) {
        return bucket_push(queue, label);
    }
    struct moa_entry entry = {(uint64_t)label->f[1] << 32 | label->f[2], label->arc, label->parent};
    assert(entry.key >= queue->key);
    if (entry.key != queue->key) {
        return late_push(&queue->late, entry);
    }
    enum zhol_error error = entries_reserve(&queue->same, queue->same.count + 1);
    if (!error) {
        queue->same.items[queue->same.count++] = entry;
    }
    return error;
}

enum zhol_error moa_queue_pop(struct moa_queue *queue, struct moa_open *label, bool *any)
{
    *any = true;
    struct moa_entry entry;
    if (!queue->same.count && !queue->late.count && queue->run_next == queue->run.count) {
        enum zhol_error error = queue_advance(queue, any);
        if (error || !*any) {
            return error;
        }
    }
    if (queue->same.count) {
        entry = queue->same.items[--queue->same.count];
    } else if (queue->run_next < queue->run.count &&
               (!queue->late.count ||
                queue->run.items[queue->run_next].key <= queue->late.items[0].key)) {
        entry = queue->run.items[queue->run_next++];
    } else {
        entry = late_pop(&queue->late);
    }
    queue->key = entry.key;
    label->f[0] = queue->buckets.last;
    label->f[1] = (uint32_t)(entry.key >> 32);
    label->f[2] = (uint32_t)entry.key;
    label->arc = entry.arc;
    label->parent = entry.parent;
    return ZHOL_ERROR_OK;
}
