/* assign_notes.c: see assign_notes.h. */
#include "assign_notes.h"

#include <stdio.h>
#include <string.h>

void assign_notes_make(const struct loaded *loaded, const struct assign_study_options *options,
                       double gap, double violation, struct assign_notes *notes)
{
    const struct zhol_corridor_about *about = &loaded->about;
    time_format_date(about->as_of, notes->as_of);
    time_format_date(options->from, notes->from);
    time_format_date(options->to - 1, notes->to);
    memcpy(notes->day, "", 1);
    if (options->network_day != ZHOL_BLANK_DATE) {
        time_format_date(options->network_day, notes->day);
    }
    /* Below 1e-12 stands rounding, which is no figure. */
    number_format_real(gap < 1e-12 ? 0 : gap, notes->gap);
    number_format_real(violation < 1e-12 ? 0 : violation, notes->violation);
    const struct report_sheet_note list[ASSIGN_NOTES] = {
        {"corridor", about->name},       {"corridor_as_of", notes->as_of},
        {"scenario", about->scenario},   {"period_first_day", notes->from},
        {"period_last_day", notes->to},  {"network_day", notes->day},
        {"certificate_gap", notes->gap}, {"certificate_violation", notes->violation}};
    memcpy(notes->list, list, sizeof list);
}

int assign_written(const struct given *given, const char *path, enum zhol_error error)
{
    if (error) {
        return fail(given, EXIT_FAILED, "%s: %s", path, zhol_error_text(error));
    }
    fprintf(stderr, given->lang == LANG_RU ? "записано: %s\n" : "written: %s\n", path);
    return EXIT_FINE;
}
