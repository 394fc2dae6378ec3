/* assign_notes.h: what every row of an assignment's data says of itself: which corridor, scenario,
 * period, network and how well it is proven. */
#ifndef ZHOL_APP_ASSIGN_NOTES_H
#define ZHOL_APP_ASSIGN_NOTES_H

#include "base/number.h"
#include "base/time.h"
#include "desk/assign_study.h"
#include "load.h"
#include "report/assign_sheet.h"

enum { ASSIGN_NOTES = 8 };

/* The texts live as long as the notes and the corridor. */
struct assign_notes {
    struct report_sheet_note list[ASSIGN_NOTES];
    char as_of[TIME_TEXT_SIZE], from[TIME_TEXT_SIZE], to[TIME_TEXT_SIZE], day[TIME_TEXT_SIZE];
    char gap[NUMBER_TEXT_SIZE], violation[NUMBER_TEXT_SIZE];
};

void assign_notes_make(const struct loaded *loaded, const struct assign_study_options *options,
                       double gap, double violation, struct assign_notes *notes);

/* The last word about a workbook: that it is written, or why not. Returns the exit code. */
int assign_written(const struct given *given, const char *path, enum zhol_error error);

#endif
