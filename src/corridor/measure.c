/* measure.c: the words of scale that units of series begin with. */
#include "corridor/measure.h"

#include <stddef.h>
#include <string.h>

struct measure measure_of(const char *unit)
{
    static const struct measure words[] = {
        {1e9, "bn "}, {1e6, "M "}, {1e3, "k "}, {1e6, "million "}, {1e3, "thousand "}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i].base);
        if (strncmp(unit, words[i].base, size) == 0) {
            return (struct measure){words[i].scale, unit + size};
        }
    }
    if (strcmp(unit, "Mt") == 0 || strcmp(unit, "kt") == 0) {
        return (struct measure){unit[0] == 'M' ? 1e6 : 1e3, unit + 1};
    }
    return (struct measure){1, unit};
}
