/* study_made.c: how the study was made, so that anyone can make it again. */
#include <inttypes.h>

#include "report/study_sections.h"

void study_section_made(const struct study_report *report, struct document *document)
{
    const struct corridor_study *study = report->study;
    const struct corridor_study_options *o = &study->options;
    document_section(document, "made", study_said(document, "How it was made", "Как это сделано"));
    document_text(document, "%s: %s", study_said(document, "Command", "Команда"), report->command);
    if (!o->no_simulation && !o->no_assign) {
        document_text(
            document,
            study_said(document,
                       "%" PRIu32 " cases; each simulated for %.0f days after %.0f days of "
                       "warm-up, %" PRIu32 " replications, seed %" PRIu64 ", the same luck in all.",
                       "Случаев: %" PRIu32 "; в каждом имитация %.0f суток после %.0f суток "
                       "разгона, прогонов %" PRIu32 ", зерно %" PRIu64
                       ", случайности у всех одни."),
            study->case_count, o->days, o->warm_up_days, o->replications, o->seed);
    }
    document_text(document, "%s",
                  study_said(document,
                             "The same input gives the same bytes for any number of threads; the "
                             "times of the stages are printed, not kept here.",
                             "Тот же вход даёт те же байты при любом числе потоков; время этапов "
                             "печатается, здесь его нет."));
}
