/* Any bytes as what people send: a CSV file of each kind of import, a telegram, a formula. No
 * crash, and what was taken says the same when it is taken again. Byte 0 chooses. */
#include <stdlib.h>
#include <string.h>

#include <zhol/corridor.h>

#include "desk/formula.h"
#include "intake/ban.h"
#include "intake/intake.h"

static struct zhol_corridor *corridor;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *root = getenv("ZHOL_ROOT");
    struct zhol_corridor_options options = {0};
    struct buffer dir = {0};
    (void)argc;
    (void)argv;
    buffer_printf(&dir, "%s/tests/data/tiny", root ? root : ".");
    if (zhol_corridor_read(buffer_get(&dir), &options, NULL, &corridor)) {
        abort();
    }
    buffer_clear(&dir);
    return 0;
}

static void expect(int condition)
{
    if (!condition) {
        abort();
    }
}

/* Canonical cells are canonical: taking them again changes nothing. */
static void take_again(const struct intake_records *records)
{
    const struct intake_rules *rules = intake_rules(records->kind);
    for (uint32_t i = 0; i < records->count; i++) {
        for (uint32_t f = 0; f < rules->count; f++) {
            const char *cell = intake_cell(records, i, f);
            struct buffer out = {0}, why = {0};
            if (*cell) {
                expect(intake_canonical(corridor, rules->fields[f].form, text_view_of(cell), &out,
                                        &why));
                expect(strcmp(buffer_get(&out), cell) == 0);
            }
            buffer_clear(&out);
            buffer_clear(&why);
        }
    }
}

static void try_sheet(enum intake_kind kind, const char *text, size_t size)
{
    struct zhol_report report;
    struct sheet sheet;
    struct intake_mapping mapping;
    zhol_report_init(&report, 100);
    if (sheet_read_csv("fuzz.csv", text, size, &report, &sheet) == ZHOL_ERROR_OK &&
        intake_guess(kind, &sheet, "fuzz.csv", &report, &mapping) == ZHOL_ERROR_OK) {
        struct intake_records records;
        intake_take(corridor, kind, &sheet, &mapping, "fuzz.csv", &report, &records);
        take_again(&records);
        intake_records_clear(&records);
    }
    sheet_clear(&sheet);
    zhol_report_clear(&report);
}

static void try_telegram(const char *text, size_t size)
{
    struct ban ban;
    struct buffer csv = {0};
    struct text_view view = {text, (uint32_t)size};
    if (telegram_read(corridor, "fuzz", view, NULL, &ban) == ZHOL_ERROR_OK) {
        expect(ban_rules(&ban, &csv) == ZHOL_ERROR_OK);
    }
    buffer_clear(&csv);
    ban_clear(&ban);
}

static void try_formula(const char *text, size_t size)
{
    struct buffer formula = {0}, problem = {0};
    double value;
    buffer_append(&formula, text, strnlen(text, size));
    enum zhol_error error = formula_value(corridor, buffer_get(&formula), &value, &problem);
    expect(!error == (problem.size == 0));
    buffer_clear(&formula);
    buffer_clear(&problem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    const char *text = (const char *)data + 1;
    unsigned choice = data[0] % (INTAKE_KIND_COUNT + 2u);
    if (choice < INTAKE_KIND_COUNT) {
        try_sheet((enum intake_kind)choice, text, size - 1);
    } else if (choice == INTAKE_KIND_COUNT) {
        try_telegram(text, size - 1);
    } else {
        try_formula(text, size - 1);
    }
    return 0;
}
