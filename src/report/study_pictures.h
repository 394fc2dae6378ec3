/* report/study_pictures.h: the drawings of the study's report: maps of flows, queues over time.
 *
 * Each function adds one picture to the present section, or none where there is nothing to draw.
 * Maps share one frame, so that they can be laid side by side. Errors: document.error.
 */
#ifndef ZHOL_REPORT_STUDY_PICTURES_H
#define ZHOL_REPORT_STUDY_PICTURES_H

#include "report/study_sections.h"

/* Where the freight of a case runs: lines as wide as their tonnes, the busiest crossings named. */
void study_picture_flows(const struct study_report *report, const struct study_case *at,
                         struct document *document);
/* What a scenario moves: links that carry more than in its reference, and those that carry less.
 * Nothing where no link differs by DIFFERENCE_LEAST_MT. */
void study_picture_moved(const struct study_report *report, const struct study_case *at,
                         struct document *document);
/* Tonnes over the busiest crossings, a bar for each case. */
void study_picture_crossings(const struct study_report *report, struct document *document);
/* Queues of the base over the simulated weeks, at the places where most wait. */
void study_picture_queues(const struct study_report *report, struct document *document);

#endif
