/* likeness.c: the few names most like a text (corridor/likeness.h). */
#include "corridor/likeness.h"

enum { SHORT_SIZE = 2, MIDDLE_SIZE = 5, BOUND_MAX = 8 };

static uint32_t count_characters(struct text_view text)
{
    uint32_t count = 0, position = 0;
    while (position < text.size) {
        (void)text_utf8_next(text, &position);
        count++;
    }
    return count;
}

void likeness_init(struct likeness *likeness, struct text_view text, uint32_t max)
{
    uint32_t size = count_characters(text);
    uint32_t bound = size <= SHORT_SIZE ? 1 : size <= MIDDLE_SIZE ? 2 : size / 3;
    *likeness = (struct likeness){.text = text,
                                  .bound = bound < BOUND_MAX ? bound : BOUND_MAX,
                                  .max = max < LIKENESS_MAX ? max : LIKENESS_MAX};
}

/* Takes an item out, so that it can be put in again at a better place. */
static void take_out(struct likeness *likeness, uint32_t at)
{
    likeness->count--;
    for (uint32_t i = at; i < likeness->count; i++) {
        likeness->best[i] = likeness->best[i + 1];
    }
}

void likeness_put(struct likeness *likeness, uint32_t item, struct text_view name,
                  uint32_t distance)
{
    for (uint32_t i = 0; i < likeness->count; i++) {
        if (likeness->best[i].item == item) {
            if (likeness->best[i].distance <= distance) {
                return;
            }
            take_out(likeness, i);
            break;
        }
    }
    uint32_t at = likeness->count;
    while (at > 0 && likeness->best[at - 1].distance > distance) {
        at--;
    }
    if (at >= likeness->max) {
        return;
    }
    likeness->count += likeness->count < likeness->max;
    for (uint32_t i = likeness->count - 1; i > at; i--) {
        likeness->best[i] = likeness->best[i - 1];
    }
    likeness->best[at].item = item;
    likeness->best[at].distance = distance;
    likeness->best[at].name = name;
}

void likeness_offer(struct likeness *likeness, uint32_t item, struct text_view name)
{
    uint32_t distance = text_distance(likeness->text, name, likeness->bound);
    if (distance <= likeness->bound) {
        likeness_put(likeness, item, name, distance);
    }
}

void likeness_write(const struct likeness *likeness, struct buffer *out)
{
    for (uint32_t i = 0; i < likeness->count; i++) {
        buffer_string(out, i ? ", " : "; nearest: ");
        buffer_view(out, likeness->best[i].name);
    }
}
