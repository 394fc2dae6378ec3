/* report/units.h: units of figures in the language of the reader.
 *
 * A unit of the corridor's tables is English and may be a rate: "Mt/yr", "USD/t/1000 km",
 * "visits". In English it is written as it stands. In Russian the part before the first '/' takes
 * the form that the number before it asks for (1 визит, 2 визита, 5 визитов, 2,5 визита), the
 * others are what one says after "в" or "за". A part that is not known stays as it is. */
#ifndef ZHOL_REPORT_UNITS_H
#define ZHOL_REPORT_UNITS_H

#include "base/buffer.h"
#include "report/words.h"

/* The one of three forms that a number asks for: 0 after 1, 21; 1 after 2, 3, 4 and fractions;
 * 2 after all else. */
unsigned report_plural_ru(double value);
/* The unit of a figure; NaN for a unit that heads a column. Appended to `out`; blank: nothing. */
void report_unit(const char *unit, double value, enum report_lang lang, struct buffer *out);

#endif
