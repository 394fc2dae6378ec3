/* freight_year.h: what several commands ask of their options alike: the year whose freight is
 * looked at, and options that would change nothing but the title.
 *
 * Call order: freight_year after load_corridor; idle_options before it. Exit codes as of fail().
 */
#ifndef ZHOL_APP_FREIGHT_YEAR_H
#define ZHOL_APP_FREIGHT_YEAR_H

#include <stdint.h>

#include "load.h"

/* The days [*from, *to) of --year; without it of the last year that is over on the corridor's day
 * and that has totals of freight (table demand_total), else of the first that has. EXIT_NO_ANSWER
 * where none has. */
int freight_year(const struct given *given, const struct loaded *loaded, int32_t *from,
                 int32_t *to);

/* EXIT_MISUSED where one of the options (a list ended by NULL) is given: the answer does not depend
 * on it. */
int idle_options(const struct given *given, const char *const *options);

#endif
