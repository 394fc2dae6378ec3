/* intake/places.h: the names of a corridor's places, made ready for finding them in running text.
 *
 * Call order: places_make, any number of questions, places_clear. The words point into the
 * corridor, which must live as long. ZHOL_ERROR_MEMORY. A question is O(names), without allocation.
 */
#ifndef ZHOL_INTAKE_PLACES_H
#define ZHOL_INTAKE_PLACES_H

#include <zhol/corridor.h>

#include "intake/words.h"

struct place_name {
    struct words words;
    uint32_t node;
};

struct places {
    struct place_name *names; /* Russian names, aliases and ESR codes */
    uint32_t count, capacity;
};

enum zhol_error places_make(const struct zhol_corridor *corridor, struct places *out);
void places_clear(struct places *places);
/* The place whose longest name, in any case form, begins at word `at`; *count gets its words.
 * ZHOL_NONE where there is none. */
uint32_t places_at(const struct places *places, const struct words *words, uint32_t at,
                   uint32_t *count);

#endif
