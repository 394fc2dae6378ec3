/* corridor/likeness.h: the few names most like a text, for hints after a typo.
 *
 * Offers are compared by edit distance over case-folded characters; the best LIKENESS_MAX are
 * kept, nearest first, then in order of offering. Deterministic; O(length of both) per offer.
 */
#ifndef ZHOL_CORRIDOR_LIKENESS_H
#define ZHOL_CORRIDOR_LIKENESS_H

#include <stdint.h>
#include "base/buffer.h"
#include "base/text.h"

enum { LIKENESS_MAX = 16 };

struct likeness {
    struct text_view text;
    uint32_t bound; /* larger distances are not like */
    uint32_t max;   /* how many to keep, up to LIKENESS_MAX */
    uint32_t count;
    struct {
        uint32_t item, distance;
        struct text_view name;
    } best[LIKENESS_MAX];
};

/* The bound grows with the text: 1 for two letters, 2 up to five, then a third of the length. */
void likeness_init(struct likeness *likeness, struct text_view text, uint32_t max);
/* Offers a name of an item; an item offered several times counts once, by its nearest name. */
void likeness_offer(struct likeness *likeness, uint32_t item, struct text_view name);
/* The same with a distance that the caller worked out. */
void likeness_put(struct likeness *likeness, uint32_t item, struct text_view name,
                  uint32_t distance);
/* Appends "; nearest: A, B" unless nothing is like the text. */
void likeness_write(const struct likeness *likeness, struct buffer *out);

#endif
