/* report/study_claims.h: sections of the study about published figures: what was fitted and what
 * was only checked, claims and checks with the model's verdict, promises with what binds.
 *
 * They add to a document and compute nothing but counts. Errors stick in the document.
 */
#ifndef ZHOL_REPORT_STUDY_CLAIMS_H
#define ZHOL_REPORT_STUDY_CLAIMS_H

#include "desk/calibrate.h"
#include "desk/claim_verdict.h"
#include "desk/commitments.h"
#include "report/claim_text.h"
#include "report/document.h"

/* A cell from one of the functions of claim_text.h that append to a buffer. */
void study_put_claim(struct document *document, struct document_cell *cell,
                     void (*words)(const struct claim_text *, struct buffer *),
                     const struct claim_text *text);
/* Claims, checks, and those that nothing decides with the reason. */
void study_section_claims(const struct claim_answers *answers, struct document *document);
/* Promises: due, state with its latest evidence, what the model gives, what binds, verdict. */
void study_section_commitments(const struct claim_answers *answers,
                               const struct commitments *commitments, struct document *document);

/* What `zhol calibrate` fits and predicts, worked out for the section. */
struct study_calibration {
    struct calibrate_targets targets;
    struct calibrate_changes changes;
    struct calibrate_fit fit;
    struct calibrate_predictions predictions;
    bool there; /* false: the corridor has no calibration/changes.csv */
};
/* `dir`: folder of the corridor. The caller clears *calibration, also after a failure. */
enum zhol_error study_calibration_make(const struct zhol_corridor *corridor, const char *dir,
                                       struct study_calibration *calibration);
void study_calibration_clear(struct study_calibration *calibration);
/* One sentence for the summary: how many figures of the year held back were missed, and which. */
void study_say_held_back(const struct study_calibration *calibration, struct document *document);
/* Roles of figures, fits with their parameters, the year that was held back. */
void study_section_calibration(const struct zhol_corridor *corridor,
                               const struct study_calibration *calibration,
                               struct document *document);

#endif
