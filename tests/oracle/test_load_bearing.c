/* test_load_bearing.c: the facts bear load: change the row that carries a fact, and an answer that
 * a user gets changes.
 *
 * tests/data/load_bearing.csv names for each fact a row that carries it, a new value for one cell,
 * a question, and how its answer must change. Each line is tried alone, as an overlay of one cell
 * on the corridor. Questions (`arguments` are separated by blanks):
 *
 *   link DAY LINK [planned]                  is it in the network of the day: 1 or 0
 *   minutes FROM TO GOODS QUANTITY DAY [planned]   of the fastest itinerary; `unreachable`
 *   cost, co2 ...                            of the cheapest, of the cleanest (cents, grams)
 *   rules ...                                rules that apply, with their values
 *   capacity RESOURCE DAY                    its value on the day
 *   commitment ID DAY                        state, progress and evidence of a promise
 *   comparison ID                            verdict and both sides
 *   show TABLE ID SECTION DAY                a section of `zhol show`
 *
 * expect: more, less (numbers), changes (texts and numbers). */
#include "check.h"
#include "scratch.h"

#include <stdlib.h>

#include <zhol/network.h>
#include <zhol/plan.h>

#include "base/csv.h"
#include "base/number.h"
#include "base/time.h"
#include "desk/commitments.h"
#include "desk/comparisons.h"
#include "desk/dossier.h"

enum { FACTS_MIN = 70, WORDS_MAX = 8, TEXT_SIZE = 256 };

static const char *root;

/* One line of the table. */
struct trial {
    struct text_view fact, corridor, table, row, column, value, question, arguments, expect;
};

/* The words of the arguments, as strings. */
struct words {
    char text[WORDS_MAX][TEXT_SIZE];
    uint32_t count;
};

static void copy(struct text_view view, char out[static TEXT_SIZE])
{
    uint32_t size = view.size < TEXT_SIZE - 1 ? view.size : TEXT_SIZE - 1;
    memcpy(out, view.bytes ? view.bytes : "", size);
    out[size] = '\0';
}

static struct words split(struct text_view text)
{
    struct words words = {.count = 0};
    while (text.size && words.count < WORDS_MAX) {
        copy(text_cut(&text, ' '), words.text[words.count++]);
    }
    return words;
}

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    if (time_parse_day(text_view_of(text), &day) != ZHOL_ERROR_OK) {
        CHECK_FAIL("not a day: %s", text);
    }
    return day;
}

static struct zhol_network *compile(const struct zhol_corridor *corridor, const char *day,
                                    bool planned)
{
    struct zhol_network_options options = {.day = day_of(day), .include_planned = planned};
    struct zhol_network *network = NULL;
    CHECK_INT_EQ(zhol_network_compile(corridor, &options, NULL, &network), ZHOL_ERROR_OK);
    return network;
}

/* ---- Answers ---- */

static void answer_link(const struct zhol_corridor *corridor, const struct words *words,
                        struct buffer *out)
{
    struct zhol_network *network = compile(corridor, words->text[0], words->count > 2);
    struct zhol_network_view net = zhol_network_view(network);
    uint32_t link = zhol_corridor_find(corridor, ZHOL_TABLE_link, words->text[1]);
    bool found = false;
    CHECK(link != ZHOL_NONE);
    for (uint32_t a = 0; a < net.arc_count; a++) {
        found = found || (net.arcs[a].kind == ZHOL_ARC_MOVE && net.arcs[a].thing == link);
    }
    buffer_int(out, found);
    zhol_network_free(network);
}

static bool make_consignment(const struct zhol_corridor *corridor, const struct words *words,
                             struct zhol_consignment *out)
{
    uint32_t goods = zhol_corridor_find(corridor, ZHOL_TABLE_commodity, words->text[2]);
    double quantity = strtod(words->text[3], NULL);
    bool teu = strstr(words->text[3], "teu") != NULL;
    *out = (struct zhol_consignment){
        .from = zhol_corridor_find(corridor, ZHOL_TABLE_node, words->text[0]),
        .to = zhol_corridor_find(corridor, ZHOL_TABLE_node, words->text[1]),
        .ready_min = (int64_t)day_of(words->text[4]) * 1440 + 720,
        .deadline_min = INT64_MAX};
    return out->from != ZHOL_NONE && out->to != ZHOL_NONE && goods != ZHOL_NONE &&
           zhol_load_make(corridor, goods, teu ? quantity : 0, teu ? 0 : quantity, &out->load) ==
               ZHOL_ERROR_OK;
}

static void put_rules(const struct zhol_network *network, const struct zhol_corridor *corridor,
                      const struct zhol_consignment *consignment,
                      const struct zhol_plan_result *result, struct buffer *out)
{
    uint32_t count, all;
    const struct zhol_rule *rules = zhol_corridor_rule(corridor, &all);
    for (uint32_t i = 0; i < result->itinerary_count; i++) {
        uint32_t *rows = NULL;
        CHECK_INT_EQ(zhol_plan_rules(network, corridor, consignment, result, i, &rows, &count),
                     ZHOL_ERROR_OK);
        for (uint32_t r = 0; r < count; r++) {
            buffer_printf(
                out, "%s=", zhol_corridor_id(corridor, ZHOL_TABLE_rule, rules[rows[r]].rule_id));
            buffer_real(out, rules[rows[r]].value);
            buffer_char(out, ' ');
        }
        free(rows);
    }
}

static void put_best(const char *question, const struct zhol_consignment *consignment,
                     const struct zhol_plan_result *result, struct buffer *out)
{
    int64_t best = INT64_MAX;
    for (uint32_t i = 0; i < result->itinerary_count; i++) {
        const struct zhol_itinerary *one = &result->itineraries[i];
        int64_t value = strcmp(question, "minutes") == 0 ? one->arrival_min - consignment->ready_min
                        : strcmp(question, "cost") == 0  ? one->cents
                                                         : one->co2e_g;
        best = value < best ? value : best;
    }
    buffer_int(out, best);
}

static void answer_plan(const struct zhol_corridor *corridor, const char *question,
                        const struct words *words, struct buffer *out)
{
    struct zhol_network *network = compile(corridor, words->text[4], words->count > 5);
    struct zhol_consignment consignment;
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN, .horizon_days = 900};
    struct zhol_plan_result result = {0};
    if (!make_consignment(corridor, words, &consignment)) {
        CHECK_FAIL("no such consignment: %s %s %s %s", words->text[0], words->text[1],
                   words->text[2], words->text[3]);
        zhol_network_free(network);
        return;
    }
    enum zhol_error error = zhol_plan(network, corridor, &consignment, &options, &result);
    if (error == ZHOL_ERROR_UNREACHABLE) {
        buffer_string(out, "unreachable");
    } else if (error) {
        CHECK_FAIL("plan: %s", zhol_error_text(error));
    } else if (strcmp(question, "rules") == 0) {
        put_rules(network, corridor, &consignment, &result, out);
    } else {
        put_best(question, &consignment, &result, out);
    }
    zhol_plan_result_clear(&result);
    zhol_network_free(network);
}

static void answer_capacity(const struct zhol_corridor *corridor, const struct words *words,
                            struct buffer *out)
{
    uint32_t count, thing = zhol_corridor_find(corridor, ZHOL_TABLE_resource, words->text[0]);
    const struct zhol_resource *rows = zhol_corridor_resource(corridor, &count);
    uint32_t row = thing == ZHOL_NONE ? ZHOL_NONE
                                      : zhol_corridor_row_on(corridor, ZHOL_TABLE_resource, thing,
                                                             day_of(words->text[1]));
    CHECK(row != ZHOL_NONE);
    if (row != ZHOL_NONE) {
        buffer_real(out, rows[row].value);
    }
}

static void answer_commitment(const struct zhol_corridor *corridor, const struct words *words,
                              struct buffer *out)
{
    struct commitments all;
    uint32_t count, thing = zhol_corridor_find(corridor, ZHOL_TABLE_commitment, words->text[0]);
    const struct zhol_commitment *rows = zhol_corridor_commitment(corridor, &count);
    CHECK(thing != ZHOL_NONE);
    CHECK_INT_EQ(commitments_judge(corridor, day_of(words->text[1]), &all), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < all.count; i++) {
        const struct commitment_view *view = &all.views[i];
        if (rows[view->row].commitment_id != thing) {
            continue;
        }
        buffer_printf(out, "%s since %d due %d;", commitment_state_text(view->state), view->since,
                      rows[view->row].due);
        buffer_real(out, view->progress);
        for (uint32_t e = 0; e < view->evidence_count; e++) {
            const struct commitment_evidence *one = &all.evidence[view->first_evidence + e];
            buffer_printf(out, ";%d..%d ", one->from, one->to);
            buffer_real(out, one->low);
            buffer_char(out, '-');
            buffer_real(out, one->high);
        }
    }
    commitments_clear(&all);
}

static void answer_comparison(const struct zhol_corridor *corridor, const struct words *words,
                              struct buffer *out)
{
    struct comparisons all;
    uint32_t count, thing = zhol_corridor_find(corridor, ZHOL_TABLE_comparison, words->text[0]);
    const struct zhol_comparison *rows = zhol_corridor_comparison(corridor, &count);
    CHECK(thing != ZHOL_NONE);
    CHECK_INT_EQ(comparisons_judge(corridor, &all), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < all.count; i++) {
        if (rows[i].comparison_id == thing) {
            buffer_string(out, all.views[i].agrees ? "agrees " : "differs ");
            buffer_real(out, all.views[i].left);
            buffer_char(out, ' ');
            buffer_real(out, all.views[i].right);
        }
    }
    comparisons_clear(&all);
}

static void answer_show(const struct zhol_corridor *corridor, const struct words *words,
                        struct buffer *out)
{
    struct dossier dossier;
    enum zhol_table table = ZHOL_TABLE_COUNT;
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        table = strcmp(zhol_table_name((enum zhol_table)t), words->text[0]) == 0
                    ? (enum zhol_table)t
                    : table;
    }
    uint32_t thing = zhol_corridor_find(corridor, table, words->text[1]);
    CHECK_INT_EQ(dossier_of(corridor, table, thing, day_of(words->text[3]), "en", &dossier),
                 ZHOL_ERROR_OK);
    for (uint32_t s = 0; s < dossier.section_count; s++) {
        const struct dossier_section *section = &dossier.sections[s];
        if (strcmp(dossier_code((enum dossier_word)section->title), words->text[2]) != 0) {
            continue;
        }
        for (uint32_t r = 0; r < section->row_count; r++) {
            const struct dossier_row *row = &dossier.rows[section->first_row + r];
            for (uint32_t c = 0; c < section->column_count; c++) {
                buffer_printf(
                    out, "%s|",
                    text_pool_get(&dossier.texts, dossier.cells[row->first_cell + c].text));
                buffer_real(out, dossier.cells[row->first_cell + c].number);
            }
            buffer_string(out, row->current ? "\n" : " (another day)\n");
        }
    }
    dossier_clear(&dossier);
}

static void answer(const struct zhol_corridor *corridor, const struct trial *trial,
                   struct buffer *out)
{
    struct words words = split(trial->arguments);
    char question[TEXT_SIZE];
    copy(trial->question, question);
    if (strcmp(question, "link") == 0) {
        answer_link(corridor, &words, out);
    } else if (strcmp(question, "capacity") == 0) {
        answer_capacity(corridor, &words, out);
    } else if (strcmp(question, "commitment") == 0) {
        answer_commitment(corridor, &words, out);
    } else if (strcmp(question, "comparison") == 0) {
        answer_comparison(corridor, &words, out);
    } else if (strcmp(question, "show") == 0) {
        answer_show(corridor, &words, out);
    } else {
        answer_plan(corridor, question, &words, out);
    }
}

/* ---- Trials ---- */

static enum zhol_table table_of(const struct trial *trial)
{
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        if (text_equal_string(trial->table, zhol_table_name((enum zhol_table)t))) {
            return (enum zhol_table)t;
        }
    }
    return ZHOL_TABLE_COUNT;
}

/* True where the cells of the row equal those of "column=value;column=value". */
static bool is_row(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t row,
                   struct text_view key)
{
    while (key.size) {
        struct text_view cell = text_cut(&key, ';'), name = text_cut(&cell, '=');
        char column[TEXT_SIZE], text[2 * TEXT_SIZE];
        copy(name, column);
        zhol_corridor_cell(corridor, table, row, zhol_column_find(table, column), text,
                           sizeof text);
        if (!text_equal_string(cell, text)) {
            return false;
        }
    }
    return true;
}

/* The row is there, carries the fact, and does not hold the new value already. */
static bool carries_fact(const struct zhol_corridor *corridor, const struct trial *trial)
{
    enum zhol_table table = table_of(trial);
    char text[2048], fact[TEXT_SIZE];
    copy(trial->fact, fact);
    for (uint32_t row = 0; table != ZHOL_TABLE_COUNT; row++) {
        const char *file;
        uint32_t line = 0;
        if (row >= 20000) {
            return false;
        }
        zhol_corridor_origin(corridor, table, row, &file, &line);
        if (!line) {
            return false;
        }
        if (is_row(corridor, table, row, trial->row)) {
            zhol_corridor_cell(corridor, table, row, zhol_column_find(table, "fact_id"), text,
                               sizeof text);
            return strstr(text, fact) != NULL;
        }
    }
    return false;
}

/* The overlay of one cell. */
static void write_overlay(const struct scratch *scratch, const struct trial *trial)
{
    struct buffer text = {0}, name = {0};
    struct csv_writer csv;
    struct text_view key = trial->row;
    csv_writer_init(&csv, &text);
    csv_write_text(&csv, "op");
    while (key.size) {
        struct text_view cell = text_cut(&key, ';');
        csv_write_view(&csv, text_cut(&cell, '='));
    }
    csv_write_view(&csv, trial->column);
    csv_write_end(&csv);
    csv_write_text(&csv, "change");
    key = trial->row;
    while (key.size) {
        struct text_view cell = text_cut(&key, ';');
        text_cut(&cell, '=');
        csv_write_view(&csv, cell);
    }
    csv_write_view(&csv, trial->value);
    csv_write_end(&csv);
    buffer_view(&name, trial->table);
    buffer_string(&name, ".csv");
    scratch_overlay(scratch, buffer_get(&name), buffer_get(&text));
    buffer_clear(&text);
    buffer_clear(&name);
}

static bool changed_as_expected(const struct trial *trial, const char *before, const char *after)
{
    double a, b;
    bool numbers = number_parse_real(text_view_of(before), &a) == ZHOL_ERROR_OK &&
                   number_parse_real(text_view_of(after), &b) == ZHOL_ERROR_OK;
    if (text_equal_string(trial->expect, "more")) {
        return numbers && b > a;
    }
    if (text_equal_string(trial->expect, "less")) {
        return numbers && b < a;
    }
    return strcmp(before, after) != 0;
}

/* A corridor with its scratch folder; the base is read once. */
struct stage {
    const char *name, *source;
    struct scratch scratch;
    struct zhol_corridor *base;
};

static struct stage stages[] = {
    {.name = "china-kazakhstan", .source = "article"},
    {.name = "silk-road", .source = "article"},
};

static struct stage *stage_of(const struct trial *trial)
{
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        if (text_equal_string(trial->corridor, stages[i].name)) {
            return &stages[i];
        }
    }
    return NULL;
}

static bool try_one(const struct trial *trial, uint32_t line)
{
    struct stage *stage = stage_of(trial);
    struct buffer before = {0}, after = {0};
    if (!stage || !carries_fact(stage->base, trial)) {
        CHECK_FAIL("load_bearing.csv:%u: no row %.*s of %.*s carries %.*s", line,
                   (int)trial->row.size, trial->row.bytes, (int)trial->table.size,
                   trial->table.bytes, (int)trial->fact.size, trial->fact.bytes);
        return false;
    }
    answer(stage->base, trial, &before);
    scratch_reset(&stage->scratch);
    scratch_scenario(&stage->scratch, stage->source);
    write_overlay(&stage->scratch, trial);
    struct zhol_corridor *perturbed = scratch_read(&stage->scratch, true);
    bool fine = false;
    if (perturbed) {
        answer(perturbed, trial, &after);
        fine = before.size && changed_as_expected(trial, buffer_get(&before), buffer_get(&after));
    }
    if (!fine) {
        CHECK_FAIL(
            "load_bearing.csv:%u: %.*s does not change %.*s %.*s: \"%.100s\" then \"%.100s\"", line,
            (int)trial->fact.size, trial->fact.bytes, (int)trial->question.size,
            trial->question.bytes, (int)trial->arguments.size, trial->arguments.bytes,
            buffer_get(&before), buffer_get(&after));
    }
    zhol_corridor_free(perturbed);
    buffer_clear(&before);
    buffer_clear(&after);
    return fine;
}

static void test_facts_bear_load(void)
{
    struct buffer path = {0};
    struct file_data data;
    struct csv_reader reader;
    bool proven[1000] = {false};
    uint32_t facts = 0;
    buffer_printf(&path, "%s/tests/data/load_bearing.csv", root);
    CHECK_INT_EQ(file_read(buffer_get(&path), 0, &data, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(csv_open(&reader, "load_bearing.csv", data.bytes, data.size, NULL), ZHOL_ERROR_OK);
    csv_next(&reader);
    while (csv_next(&reader)) {
        const struct text_view *cells = reader.cells;
        struct trial trial = {cells[0], cells[1], cells[2], cells[3], cells[4],
                              cells[5], cells[6], cells[7], cells[8]};
        char fact[TEXT_SIZE];
        copy(trial.fact, fact);
        if (try_one(&trial, reader.row)) {
            proven[strtoul(fact + 2, NULL, 10) % 1000] = true;
        }
    }
    CHECK_INT_EQ(reader.error, ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < 1000; i++) {
        facts += proven[i];
    }
    printf("%u facts bear load\n", facts);
    CHECK(facts >= FACTS_MIN);
    csv_close(&reader);
    file_clear(&data);
    buffer_clear(&path);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        struct buffer folder = {0}, name = {0};
        buffer_printf(&folder, "corridors/%s", stages[i].name);
        buffer_printf(&name, "load_bearing.%s", stages[i].name);
        scratch_open(&stages[i].scratch, root, buffer_get(&folder), buffer_get(&name),
                     stages[i].source);
        stages[i].base = scratch_read(&stages[i].scratch, false);
        buffer_clear(&folder);
        buffer_clear(&name);
        if (!stages[i].base) {
            return 1;
        }
    }
    RUN(test_facts_bear_load);
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        zhol_corridor_free(stages[i].base);
        scratch_close(&stages[i].scratch);
    }
    return check_report();
}
