/* corridor/codes.h: the codes of countries and currencies, and which countries share a customs and
 * travel area. Pure functions; O(log n) in the number of codes.
 */
#ifndef ZHOL_CORRIDOR_CODES_H
#define ZHOL_CORRIDOR_CODES_H

#include <stdbool.h>
#include "base/text.h"

/* ISO 3166-1 alpha-2, and SU for the time before 1992. */
bool codes_country(struct text_view text);
/* ISO 4217, without funds codes. */
bool codes_currency(struct text_view text);
/* Countries of the European Union or of Schengen: a border between two of them has no controls of
 * goods. (Between the EU and Norway, Iceland, Switzerland or Liechtenstein customs are declared
 * inland or ahead; as a stop of a train or truck the border does not count.) */
bool codes_without_controls(const char *country);

#endif
