/* report/study_sections.h: the sections of the study's report, each in a file of its own.
 *
 * Each function adds a section to the document in its language and computes nothing that the desk
 * does not: it chooses what is shown and says it. A section that a corridor has nothing for is left
 * out. The study must outlive the call only. Errors: document.error.
 */
#ifndef ZHOL_REPORT_STUDY_SECTIONS_H
#define ZHOL_REPORT_STUDY_SECTIONS_H

#include "desk/claim_verdict.h"
#include "desk/commitments.h"
#include "desk/corridor_study.h"
#include "desk/study_sweep.h"
#include "desk/study_days.h"
#include "desk/trade.h"
#include "report/document.h"

/* What all sections stand on. */
struct study_report {
    const struct corridor_study *study;
    const char *command; /* as it was given, for the section that says how it was made */
    bool summary;        /* there is one: the map stands there */
};

/* Claims and promises may be NULL: not worked out. */
void study_section_summary(const struct study_report *report, const struct claim_answers *claims,
                           const struct commitments *commitments, struct document *document);
void study_section_corridor(const struct study_report *report, struct document *document);
void study_section_demand(const struct study_report *report, struct document *document);
void study_section_scenarios(const struct study_report *report, struct document *document);
void study_section_bottlenecks(const struct study_report *report, struct document *document);
void study_section_relations(const struct study_report *report, struct document *document);
void study_section_trade(const struct study_report *report, const struct trade *trade,
                         struct document *document);
void study_section_dispatch(const struct study_report *report, const struct study_days *days,
                            struct document *document);
/* Rows by kind of source, and the assumptions that most rest on. */
void study_section_evidence(const struct study_report *report, struct document *document);
void study_section_sweep(const struct study_report *report, const struct study_sweep *sweep,
                         struct document *document);
void study_section_made(const struct study_report *report, struct document *document);

/* ---- What sections share ---- */

/* The text in the document's language. */
static inline const char *study_said(const struct document *document, const char *en,
                                     const char *ru)
{
    return document->lang == REPORT_RU ? ru : en;
}
/* The name of a place, or "" for ZHOL_NONE. */
const char *study_node(const struct document *document, const struct zhol_corridor *corridor,
                       uint32_t node);
/* The title of a case: "base", or the scenario's title; with its day where several bases are. */
const char *study_case_title(const struct document *document, const struct study_case *at,
                             char out[static 256]);
/* The name of a capacity of the case's assignment, a star where it is assumed; and the source of
 * its value. */
void study_put_capacity(struct document *document, const struct study_case *at,
                        const struct assign_capacity *capacity, struct document_cell *cell);
const char *study_capacity_source(const struct study_case *at,
                                  const struct assign_capacity *capacity);
/* A figure with its interval, if it has one. */
struct document_cell study_figure_cell(struct study_figure f, double scale, unsigned decimals);
/* Appends the freight of the period by mode, Mt a year: "rail 54.3, road 7.4, oil pipeline 11.2".
 */
void study_say_modes(const struct corridor_study *study, const struct document *document,
                     struct buffer *line);
/* A table of the claims of which the model computes something, each by what decides it.
 */
void study_put_answers(const struct claim_answers *answers, struct document *document);
/* The same crossing in another case, or NULL; corridors of scenarios number things anew. */
const struct study_crossing *study_crossing_like(const struct study_case *other,
                                                 const struct study_case *at,
                                                 const struct study_crossing *c);
/* Appends the crossings whose tonnes the case moves most against its base: "; by crossing, Mt a
 * year: Alashankou – Dostyk −2.5, Saryagash – Keles +1.0"; nothing where none moves. */
void study_say_moves(const struct study_case *base, const struct study_case *at,
                     const struct document *document, struct buffer *line);
/* Appends the relations whose promised time the case moves most: "; promised times of a box, days:
 * Xi'an – Baku +0.8"; nothing where none moves by a quarter of a day. */
void study_say_slips(const struct study_case *base, const struct study_case *at,
                     const struct document *document, struct buffer *line);
/* The crossing whose tonnes in the base are farthest from its published count, in a sentence. */
void study_say_observed(const struct study_report *report, struct document *document);
/* Tables of crossings; `scope` as of study_scope. */
void study_put_crossings(const struct study_report *report, const char *scope,
                         struct document *document);
/* What a published time is of (norm, average, advertised) and when: "average of container trains;
 * 7/2024". */
void study_put_published(struct document *document, const struct study_case *at,
                         const struct study_relation *relation, struct document_cell *cell);
/* How many published times the simulated ones of the base miss, and the farthest; appended. */
void study_say_missed(const struct study_report *report, struct document *document,
                      struct buffer *line);
/* The promise that the simulation keeps least, the promise farthest from a published time. */
void study_say_times_off(const struct study_report *report, struct document *document);
/* Simulated times of the base against published and promised ones; nothing without a simulation. */
void study_put_times(const struct study_report *report, struct document *document);
/* Ways and tonnes of the boxes between China and Russia, Belarus, the EU, by scenario. */
void study_put_routes(const struct study_report *report, const char *scope,
                      struct document *document);
/* A table of trains a day at rail crossings, everybody's count beside the assigned trains of the
 * base; with `days` (may be NULL) only their crossings, and what they expect. */
void study_put_trains(const struct study_report *report, const struct study_days *days,
                      const char *key, struct document *document);
/* "demand of 2025; network of 31 Jan 2026, base": for scope lines. */
void study_scope(const struct study_report *report, const struct document *document,
                 struct buffer *out);

#endif
