/* answer.h: what the answers of several commands have in common: the head that says which corridor,
 * day and scenario they are about, names of things, wrapped fields, figures and where they come
 * from.
 *
 * Text goes into a buffer whose errors stick; nothing here prints.
 */
#ifndef ZHOL_APP_ANSWER_H
#define ZHOL_APP_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/table_out.h"
#include "command.h"
#include "load.h"

enum { ANSWER_WIDTH = 80, ANSWER_TEXT = 512 };

/* "China-Kazakhstan, 2026-01-31, base scenario" and a blank line. */
void answer_head(const struct given *given, const struct loaded *loaded, struct buffer *out);
/* The members corridor, as_of, date and scenario of a JSON object that is open. */
void answer_head_json(const struct loaded *loaded, struct json_writer *json);

/* Name of a thing in the language asked for, in English where there is none, else its identifier;
 * returns `out`. */
const char *answer_name(const struct given *given, const struct loaded *loaded,
                        enum zhol_table table, uint32_t thing, char out[static ANSWER_TEXT]);
/* A text cell in the language asked for: `ru` where it is not blank and Russian is asked for. */
const char *answer_text(const struct given *given, const struct loaded *loaded, zhol_cell_text en,
                        zhol_cell_text ru);

/* "2026-01-31", or `blank` where there is no day; returns `out`. */
const char *answer_day(int32_t day, const char *blank, char out[static ANSWER_TEXT]);
/* A number as people read it in the language asked for: 1,234,567; 4.12; 0.0035; "-" for NaN;
 * returns `out`. */
const char *answer_number(const struct given *given, double value, char out[static ANSWER_TEXT]);
/* The same with so many decimals. */
const char *answer_fixed(const struct given *given, double value, unsigned decimals,
                         char out[static ANSWER_TEXT]);
/* The unit of a figure (report/units.h); NaN where it heads a column; returns `out`. */
const char *answer_unit(const struct given *given, const char *unit, double value,
                        char out[static ANSWER_TEXT]);

/* Begins a table of ANSWER_WIDTH with the marks of numbers of the language asked for. */
void answer_table(const struct given *given, struct table_out *table);

/* Whether `part` stands in `text`, whatever the case of its letters. */
bool answer_has_part(const char *text, const char *part);
/* A label in a column of `indent` + `label_width`, then the text, wrapped at ANSWER_WIDTH with the
 * following lines under its beginning. A blank text writes nothing. */
void answer_field(struct buffer *out, unsigned indent, unsigned label_width, const char *label,
                  const char *text);

/* A figure of arithmetic to 12 significant digits, for data: 16.65, not 16.650000000000002. */
double answer_rounded(double value);
/* "title, publisher, date (kind)" of a source; returns `out`. A title is in its own language, as
 * one finds it in a library; those of our own are in the language asked for. */
const char *answer_source(const struct given *given, const struct loaded *loaded, uint32_t source,
                          char out[static ANSWER_TEXT]);

#endif
