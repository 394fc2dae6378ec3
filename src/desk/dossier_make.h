/* desk/dossier_make.h: what the parts of a dossier are made with. For the dossier_*.c files only.
 *
 * make_section begins a section (a section without rows is dropped when the next begins or the
 * dossier ends); make_row begins a row; then one make_ call a column. Errors stick in the dossier.
 */
#ifndef ZHOL_DESK_DOSSIER_MAKE_H
#define ZHOL_DESK_DOSSIER_MAKE_H

#include "base/buffer.h"
#include "desk/dossier.h"

/* `columns` ends with DOSSIER_WORD_COUNT. */
void make_section(struct dossier *dossier, enum dossier_word title,
                  const enum dossier_word *columns);
void make_row(struct dossier *dossier, enum zhol_table table, uint32_t row, uint32_t source);
void make_end(struct dossier *dossier);
/* The last row holds on the day, or does not. */
void make_current(struct dossier *dossier, bool current);

void make_text(struct dossier *dossier, const char *text);
void make_word(struct dossier *dossier, const char *word);
void make_label(struct dossier *dossier, enum dossier_word word);
void make_number(struct dossier *dossier, double value);
void make_whole(struct dossier *dossier, int32_t value); /* ZHOL_BLANK_INT: blank */
void make_day(struct dossier *dossier, int32_t day);
/* Takes over what is in the buffer and clears it. */
void make_buffer(struct dossier *dossier, struct buffer *text);
/* The identifier of a thing, "" for ZHOL_NONE. */
void make_id(struct dossier *dossier, enum zhol_table table, uint32_t thing);
void make_place(struct dossier *dossier, uint32_t node);
/* `en` or, where it is not blank and Russian is asked for, `ru`. */
void make_said(struct dossier *dossier, zhol_cell_text en, zhol_cell_text ru);
/* "12-18", or nothing where both are blank. */
void make_range(struct dossier *dossier, double low, double high);

/* A row of the section "about": label, value, unit. */
void make_fact(struct dossier *dossier, enum dossier_word label, const char *value,
               const char *unit);

const char *make_string(const struct dossier *dossier, zhol_cell_text text);
bool make_is_ru(const struct dossier *dossier);

/* Sections of several kinds of things. `uses` says which rows belong in. */
typedef bool make_filter(const struct dossier *dossier, uint32_t row);
void make_processes(struct dossier *dossier, make_filter *uses);
void make_opening(struct dossier *dossier, make_filter *uses); /* calendars of those processes */
void make_capacities(struct dossier *dossier, make_filter *uses);
void make_storage(struct dossier *dossier, make_filter *uses);
void make_prices(struct dossier *dossier, make_filter *uses);
void make_rules(struct dossier *dossier, make_filter *uses);
void make_projects(struct dossier *dossier, make_filter *uses);
void make_promises(struct dossier *dossier, make_filter *uses);
void make_events(struct dossier *dossier, make_filter *uses);
void make_figures(struct dossier *dossier, make_filter *uses);

/* The kinds of dossiers. */
void make_node(struct dossier *dossier);
void make_link(struct dossier *dossier);
void make_thing(struct dossier *dossier);
void make_overview(struct dossier *dossier);

#endif
