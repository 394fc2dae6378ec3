/* study_made.c: how the study was made, so that anyone can make it again. */
#include <inttypes.h>
#include <math.h>

#include "report/format.h"
#include "report/study_sections.h"

static const char *stage_name(const struct document *document, enum study_stage stage)
{
    static const char *const ru[] = {[STUDY_READ] = "чтение",      [STUDY_COMPILE] = "сборка сети",
                                     [STUDY_PLAN] = "планы",       [STUDY_ASSIGN] = "распределение",
                                     [STUDY_ROBUST] = "твёрдость", [STUDY_SIMULATE] = "имитация"};
    return study_said(document, study_stage_word(stage), ru[stage]);
}

void study_section_made(const struct study_report *report, struct document *document)
{
    const struct corridor_study *study = report->study;
    const struct corridor_study_options *o = &study->options;
    const struct document_column columns[] = {
        {"stage", study_said(document, "Stage", "Этап"), NULL, DOCUMENT_TEXT},
        {"cpu_s", study_said(document, "Processor", "Процессор"), study_said(document, "s", "с"),
         DOCUMENT_NUMBER},
    };
    document_section(document, "made", study_said(document, "How it was made", "Как это сделано"));
    document_text(document, "%s: %s", study_said(document, "Command", "Команда"), report->command);
    document_text(
        document,
        study_said(
            document,
            "%" PRIu32 " cases; each simulated for %.0f days after %.0f days of warm-up, %" PRIu32
            " replications, seed %" PRIu64 ", the same luck in all. The same input gives the "
            "same figures for any number of threads.",
            "Случаев: %" PRIu32 "; в каждом имитация %.0f суток после %.0f суток разгона, "
            "прогонов %" PRIu32 ", зерно %" PRIu64 ", случайности у всех одни. Тот же вход "
            "даёт те же числа при любом числе потоков."),
        study->case_count, o->days, o->warm_up_days, o->replications, o->seed);
    document_table(document, "stages", study_said(document, "Time of the stages", "Время этапов"),
                   study_said(document, "processor time of this run, all cases together",
                              "процессорное время этого запуска, все случаи вместе"),
                   columns, sizeof columns / sizeof *columns);
    for (int s = 0; s < STUDY_STAGES; s++) {
        struct document_cell *cell = document_row(document, NULL);
        document_put(document, &cell[0], "%s", stage_name(document, (enum study_stage)s));
        cell[1] = document_number(study->cpu_s[s], 1);
    }
}
