/* corridor/measure.h: units of series as a scale and what is counted: "bn USD" is 1e9 "USD".
 *
 * Pure; nothing is allocated. What carries no scale ("trains/day") is its own base.
 */
#ifndef ZHOL_CORRIDOR_MEASURE_H
#define ZHOL_CORRIDOR_MEASURE_H

struct measure {
    double scale;
    const char *base; /* into the text given, or static */
};

struct measure measure_of(const char *unit);

#endif
