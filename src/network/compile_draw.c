/* network/compile_draw.c: drawing assumed values from their low..high.
 *
 * A draw is named by (seed, draw, table, identifier, valid_from, field) and depends on nothing
 * else: not on the order of rows, nor on rows that a scenario adds, so that two scenarios of one
 * draw share the values of what they share (common random numbers).
 */
#include <string.h>

#include "base/random.h"
#include "network/compile.h"

double draw_value(const struct compile *c, const struct drawn *what, double value, double low,
                  double high)
{
    /* The comparisons are false for blank (NaN) ends. */
    if (c->options.draw == 0 || scope_evidence(c, what->source) != ZHOL_ASSUMED ||
        !(low <= value && value <= high && low < high)) {
        return value;
    }
    uint64_t stream = (uint64_t)c->options.draw << 32 | (uint64_t)what->table << 8 | what->field;
    uint64_t index = map_hash(what->id, strlen(what->id), (uint32_t)what->valid_from);
    return random_triangular_at(random_uniform_at(c->options.seed, stream, index), low, value,
                                high);
}
