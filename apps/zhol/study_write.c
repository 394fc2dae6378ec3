/* study_write.c: sections in order, and the files of --out. */
#include "study_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "load.h"
#include "report/format.h"
#include "report/lines.h"
#include "report/study_claims.h"
#include "report/study_sections.h"

const char *study_part_name(enum study_part part)
{
    static const char *const names[] = {"summary",     "corridor",    "demand",   "scenarios",
                                        "bottlenecks", "relations",   "dispatch", "claims",
                                        "calibration", "commitments", "trade",    "evidence",
                                        "made"};
    return names[part];
}

/* The latest day on which a source of the corridor was published: it may lie after the day that the
 * corridor is dated to, where it tells of earlier times. */
static int32_t newest_source(const struct zhol_corridor *corridor)
{
    uint32_t count;
    const struct zhol_source *rows = zhol_corridor_source(corridor, &count);
    int32_t newest = ZHOL_BLANK_DATE;
    for (uint32_t i = 0; i < count; i++) {
        bool later = newest == ZHOL_BLANK_DATE || rows[i].date > newest;
        newest = rows[i].date != ZHOL_BLANK_DATE && later ? rows[i].date : newest;
    }
    return newest;
}

/* One line under the title, in every format. */
static void say_about(const struct study_answers *answers, enum report_lang lang,
                      struct buffer *line)
{
    const struct corridor_study *study = &answers->study;
    int32_t newest = newest_source(study->cases[0].corridor);
    bool ru = lang == REPORT_RU;
    if (answers->interrupted) {
        buffer_printf(line,
                      ru ? "НЕ ЗАВЕРШЕНО: расчёт прерван, готовы %" PRIu32 " из %" PRIu32
                           " случаев; чего не успели, в отчёте нет. "
                         : "NOT COMPLETE: interrupted with %" PRIu32 " of %" PRIu32
                           " cases done; what was not reached is not in this report. ",
                      study->case_count, study->asked_count);
        if (study->missing && *study->missing) {
            buffer_printf(line, ru ? "Не готовы: %s. " : "Missing: %s. ", study->missing);
        }
    }
    buffer_string(line, ru ? "Данные на " : "Data as of ");
    format_day(line, zhol_corridor_about(study->cases[0].corridor).as_of, lang);
    if (newest != ZHOL_BLANK_DATE) {
        buffer_string(line, ru ? "; последний источник от " : "; newest source of ");
        format_day(line, newest, lang);
    }
    buffer_string(line, ru ? "; сеть базы на " : "; network of the base of ");
    format_day(line, study->cases[0].day, lang);
    buffer_string(line,
                  ru ? ". Сделано Zhol; данные CC BY 4.0." : ". Made by Zhol; data CC BY 4.0.");
}

static bool has(const struct study_answers *answers, enum study_part part)
{
    return answers->parts >> part & 1;
}

/* What the cases of the study say. */
static void fill_cases(const struct study_answers *answers, const struct study_report *report,
                       struct document *document)
{
    static void (*const sections[])(const struct study_report *report,
                                    struct document *document) = {
        [PART_CORRIDOR] = study_section_corridor,
        [PART_DEMAND] = study_section_demand,
        [PART_SCENARIOS] = study_section_scenarios,
        [PART_BOTTLENECKS] = study_section_bottlenecks,
        [PART_RELATIONS] = study_section_relations};
    if (has(answers, PART_SUMMARY)) {
        study_section_summary(report, answers->judged ? &answers->claims : NULL,
                              answers->judged ? &answers->commitments : NULL, document);
        study_say_held_back(&answers->calibration, document);
    }
    for (unsigned part = PART_CORRIDOR; part <= PART_RELATIONS; part++) {
        if (has(answers, (enum study_part)part)) {
            sections[part](report, document);
        }
    }
    for (uint32_t i = 0; i < answers->sweep_count; i++) {
        study_section_sweep(report, &answers->sweeps[i], document);
    }
}

static void fill(const struct study_answers *answers, enum report_lang lang,
                 struct document *document)
{
    const struct zhol_corridor *corridor = answers->study.cases[0].corridor;
    const struct study_report report = {&answers->study, answers->command,
                                        has(answers, PART_SUMMARY)};
    struct zhol_corridor_about about = zhol_corridor_about(corridor);
    struct buffer title = {0}, line = {0};
    bool ru = lang == REPORT_RU;
    buffer_printf(&title, ru ? "Исследование коридора: %s" : "Corridor study: %s",
                  ru && *about.title_ru ? about.title_ru : about.title);
    say_about(answers, lang, &line);
    document_init(document, corridor, lang, buffer_get(&title), buffer_get(&line));
    document->mark = !answers->interrupted ? NULL : ru ? "НЕ ЗАВЕРШЕНО" : "NOT COMPLETE";
    fill_cases(answers, &report, document);
    if (has(answers, PART_DISPATCH)) {
        study_section_dispatch(&report, &answers->days, document);
    }
    if (has(answers, PART_CLAIMS)) {
        study_section_claims(&answers->claims, document);
    }
    if (has(answers, PART_CALIBRATION)) {
        study_section_calibration(corridor, &answers->calibration, document);
    }
    if (has(answers, PART_COMMITMENTS)) {
        study_section_commitments(&answers->claims, &answers->commitments, document);
    }
    if (has(answers, PART_TRADE)) {
        study_section_trade(&report, &answers->trade, document);
    }
    if (has(answers, PART_EVIDENCE)) {
        study_section_evidence(&report, document);
    }
    if (has(answers, PART_MADE)) {
        study_section_made(&report, document);
    }
    buffer_clear(&title);
    buffer_clear(&line);
}

/* ---- Files ---- */

struct folder {
    const struct given *given;
    const char *dir;
    struct zhol_report report;
    enum zhol_error error;
};

static void put_file(struct folder *folder, const char *name, const struct buffer *bytes,
                     enum zhol_error written)
{
    struct buffer path = {0};
    file_join(&path, folder->dir, name);
    folder->error = folder->error ? folder->error : written;
    if (!folder->error) {
        folder->error =
            file_write(buffer_get(&path), buffer_get(bytes), bytes->size, &folder->report);
    }
    buffer_clear(&path);
}

typedef enum zhol_error (*writer)(const struct document *document, struct buffer *out);

static void put(struct folder *folder, const char *name, const struct document *document,
                writer write)
{
    struct buffer bytes = {0};
    enum zhol_error error = write(document, &bytes);
    put_file(folder, name, &bytes, error);
    buffer_clear(&bytes);
}

static void put_tables(struct folder *folder, const struct document *document)
{
    for (uint32_t i = 0; i < document->count; i++) {
        for (uint32_t b = 0; b < document->sections[i].count; b++) {
            const struct document_table *table = document->sections[i].blocks[b].table;
            struct buffer bytes = {0};
            char name[128];
            if (table) {
                snprintf(name, sizeof name, "csv/%s.csv", table->key);
                enum zhol_error error = document_write_csv(document, table, &bytes);
                put_file(folder, name, &bytes, error);
            }
            buffer_clear(&bytes);
        }
    }
    put(folder, "csv/about.csv", document, document_write_about_csv);
    put(folder, "csv/sources.csv", document, document_write_sources_csv);
}

/* Each file is whole or not there; report.json comes last, so who finds it finds all. */
static int write_folder(const struct given *given, const struct study_answers *answers,
                        const struct document *document)
{
    struct folder folder = {.given = given, .dir = given_value(given, "out")};
    struct buffer csv = {0};
    struct document other;
    bool ru = document->lang == REPORT_RU;
    zhol_report_init(&folder.report, 0);
    file_join(&csv, folder.dir, "csv");
    folder.error = file_make_folder(buffer_get(&csv), NULL);
    fill(answers, ru ? REPORT_EN : REPORT_RU, &other);
    put(&folder, ru ? "report.ru.html" : "report.html", document, document_write_html);
    put(&folder, ru ? "report.html" : "report.ru.html", &other, document_write_html);
    put(&folder, "report.xlsx", document, document_write_xlsx);
    put_tables(&folder, document);
    put(&folder, "report.json", document, document_write_json);
    document_clear(&other);
    buffer_clear(&csv);
    int code = EXIT_FINE;
    if (folder.error) {
        load_print_findings(given, &folder.report, 20);
        code =
            fail(given, EXIT_FAILED,
                 ru ? "--out %s: записать не удалось" : "--out %s: cannot be written", folder.dir);
    }
    zhol_report_clear(&folder.report);
    return code;
}

/* The summary with what stands behind it, or the first section of those asked for. */
static uint32_t printed_sections(const struct document *document)
{
    bool both = document->count > 1 && strcmp(document->sections[0].key, "summary") == 0;
    return document->count < 1 ? 0 : both ? 2 : 1;
}

/* The first sections alone, as a document of their own. */
static int print_summary(const struct given *given, const struct study_answers *answers,
                         const struct document *document)
{
    const struct corridor_study *study = &answers->study;
    struct document summary = *document;
    struct buffer out = {0};
    bool ru = document->lang == REPORT_RU;
    summary.count = printed_sections(document);
    enum zhol_error error = document_write_text(&summary, &out);
    buffer_string(&out, ru ? "Время, с процессора:" : "Time, s of processor:");
    for (int s = 0; s < STUDY_STAGES; s++) {
        buffer_printf(&out, " %s ", study_stage_word((enum study_stage)s));
        format_number(&out, study->cpu_s[s], 1, document->lang);
    }
    const struct study_times *times = &answers->times;
    buffer_string(&out, " sweeps ");
    format_number(&out, times->sweeps_s, 1, document->lang);
    buffer_string(&out, " dispatch ");
    format_number(&out, times->dispatch_s, 1, document->lang);
    buffer_string(&out, " claims ");
    format_number(&out, times->claims_s, 1, document->lang);
    buffer_string(&out, ru ? "; всего по часам " : "; by the clock ");
    format_number(&out, answers->wall_s, 1, document->lang);
    buffer_printf(&out,
                  ru ? " с.\nОтчёт: %s/report.ru.html; также report.html, report.json, "
                       "report.xlsx, csv/.\n"
                     : " s.\nThe report: %s/report.html; also report.ru.html, report.json, "
                       "report.xlsx, csv/.\n",
                  given_value(given, "out"));
    fwrite(buffer_get(&out), 1, out.size, stdout);
    error = error ? error : out.error;
    buffer_clear(&out);
    return error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : EXIT_FINE;
}

/* The table of scenarios; without it, the first one, or NULL. */
static const struct document_table *first_table(const struct document *document)
{
    const struct document_table *table = document_find(document, "scenarios");
    for (uint32_t i = 0; !table && i < document->count; i++) {
        for (uint32_t b = 0; !table && b < document->sections[i].count; b++) {
            table = document->sections[i].blocks[b].table;
        }
    }
    return table;
}

static int write_stream(const struct given *given, const struct document *document)
{
    const char *format = given_format(given);
    struct buffer out = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    if (strcmp(format, "html") == 0) {
        error = document_write_html(document, &out);
    } else if (strcmp(format, "json") == 0) {
        error = document_write_json(document, &out);
    } else if (strcmp(format, "xlsx") == 0) {
        error = document_write_xlsx(document, &out);
    } else if (strcmp(format, "csv") == 0 && !first_table(document)) {
        return fail(given, EXIT_NO_ANSWER, "%s",
                    document->lang == REPORT_RU ? "в этих разделах нет таблиц"
                                                : "these sections have no table");
    } else if (strcmp(format, "csv") == 0) {
        error = document_write_csv(document, first_table(document), &out);
    } else {
        error = document_write_text(document, &out);
    }
    fwrite(buffer_get(&out), 1, out.size, stdout);
    buffer_clear(&out);
    return error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : EXIT_FINE;
}

int study_write(const struct given *given, const struct study_answers *answers)
{
    struct document document;
    fill(answers, given->lang == LANG_RU ? REPORT_RU : REPORT_EN, &document);
    int code = EXIT_FINE;
    if (document.error) {
        code = fail(given, EXIT_FAILED, "%s", zhol_error_text(document.error));
    } else if (given_value(given, "out")) {
        code = write_folder(given, answers, &document);
        code = code ? code : print_summary(given, answers, &document);
    } else {
        code = write_stream(given, &document);
    }
    document_clear(&document);
    return code;
}
