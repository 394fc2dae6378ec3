/* corridor/forms.h: forms of texts: codes of countries, currencies, stations and so on.
 *
 * Pure functions on views; linear in the text. Countries are those of ISO 3166-1 (and SU, for
 * history), currencies those of ISO 4217. A time zone is looked at by its form only: whether the
 * tz database has it is asked once per name by the checker.
 */
#ifndef ZHOL_CORRIDOR_FORMS_H
#define ZHOL_CORRIDOR_FORMS_H

#include <stdbool.h>
#include <stdint.h>
#include "base/buffer.h"
#include "base/text.h"

/* True where the text has the form (enum schema_form). */
bool form_valid(uint32_t form, struct text_view text);
/* True where equal texts of this form share one offset in the pool. */
bool form_interned(uint32_t form);
/* Appends what was expected instead of a text that is not valid. */
void form_explain(uint32_t form, struct text_view text, struct buffer *out);

/* An identifier: 1 to 120 bytes without white space, control characters, ';', ',', '"' and '$'. */
bool form_id_valid(struct text_view text);
/* A text for people: no control characters, no white space at either side. */
bool form_text_valid(struct text_view text);

/* Walks over the pairs of a WKT LINESTRING. */
struct form_points {
    struct text_view rest;
};
/* True where the text begins as a LINESTRING; then form_points_next gives its pairs. */
bool form_points_start(struct text_view wkt, struct form_points *points);
/* 1: a pair; 0: the end was reached as it should; -1: the text is malformed here. */
int form_points_next(struct form_points *points, double *lon, double *lat);

#endif
