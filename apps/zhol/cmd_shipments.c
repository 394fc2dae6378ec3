/* cmd_shipments.c: many consignments at once: where they are, when they come, what they lack, what
 * a closure or a ban does to each, what to quote for them.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/progress.h"
#include "base/sort.h"
#include "base/text.h"
#include "base/time.h"
#include "intake/intake.h"
#include "plan_ask.h"
#include "shipments_page.h"

/* Columns of an import of the kind "shipments"; see intake/kinds.c. */
enum { NAME, FROM, TO, READY, GOODS, TEU, TONNES, DEADLINE, AT, SEEN, DOCUMENTS, PARTIES };
/* ... and of "screen". */
enum { LIST, WHAT, TO_COUNTRY, THROUGH };

enum { BOX_TEU = 2 };

/* ISO 668: a box of 20 ft weighs 30.48 t at most, of which about 2.2 t are the box. */
#define PAYLOAD_T_TEU 28.3

static const struct option_row options[] = {
    {"against", 0, "SCENARIO", NULL, false,
     SAID("what this scenario (a ban, a closure, a new line) does to each",
          "что этот сценарий (запрет, закрытие, новая линия) меняет у каждой")},
    {"screen", 0, "FILE", NULL, false,
     SAID("your own lists, CSV or XLSX: list, what (HS code or name), to_country, through",
          "ваши списки, CSV или XLSX: список, что (код ТН ВЭД или имя), страна назначения, через")},
    {"margin", 0, "PERCENT", NULL, false,
     SAID("quote a price: the bill and so much on it", "предложить цену: счёт и столько сверху")},
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

struct question {
    struct shipments_page page;
    struct intake_records records, screen;
    struct zhol_report report; /* of reading the other scenario */
    struct zhol_corridor *other;
    struct zhol_network *other_network;
};

static bool is_ru(const struct given *given)
{
    return given->lang == LANG_RU;
}

/* ---- Reading ---- */

static int read_records(const struct given *given, const struct loaded *loaded,
                        enum intake_kind kind, const char *path, struct intake_records *records)
{
    struct zhol_report report;
    struct sheet sheet = {.rows = 0};
    struct intake_mapping mapping;
    zhol_report_init(&report, 0);
    enum zhol_error error = sheet_read(path, NULL, &report, &sheet);
    error = error ? error : intake_guess(kind, &sheet, path, &report, &mapping);
    error = error ? error
                  : intake_take(loaded->corridor, kind, &sheet, &mapping, path, &report, records);
    sheet_clear(&sheet);
    int code = EXIT_FINE;
    if (error || zhol_report_failed(&report)) { /* half a table is none */
        load_print_findings(given, &report, 20);
        code = EXIT_BAD_INPUT;
    }
    zhol_report_clear(&report);
    return code;
}

static int bad_row(const struct given *given, const struct intake_records *records, uint32_t record,
                   const char *en, const char *ru)
{
    return fail(given, EXIT_BAD_INPUT, is_ru(given) ? "строка %u: %s" : "line %u: %s",
                records->lines[record], is_ru(given) ? ru : en);
}

/* A canonical local time of a place; `otherwise` where the cell is blank. */
static int take_time(struct question *question, const char *text, uint32_t node, int64_t otherwise,
                     int64_t *utc_min)
{
    struct time_stamp stamp;
    int64_t utc_s = 0;
    *utc_min = otherwise;
    if (!*text) {
        return EXIT_FINE;
    }
    enum zhol_error error = time_parse_stamp(text_view_of(text), &stamp);
    if (!error && stamp.has_offset) {
        utc_s = stamp.local_s - stamp.offset_s;
    } else if (!error) {
        error = clock_instant(&question->page.clock, node, stamp.local_s, &utc_s);
    }
    *utc_min = utc_s / 60;
    return error
               ? fail(question->page.given, EXIT_BAD_INPUT, "%s: %s", text, zhol_error_text(error))
               : EXIT_FINE;
}

/* The quantity of a record: boxes, or tonnes; one box of 40 ft where the list says nothing. */
static int take_quantity(struct question *question, uint32_t record, struct shipments_line *line)
{
    const struct given *given = question->page.given;
    const char *teu = intake_cell(&question->records, record, TEU);
    const char *tonnes = intake_cell(&question->records, record, TONNES);
    struct shipment *asked = &line->asked;
    number_parse_real(text_view_of(teu), &asked->teu);
    number_parse_real(text_view_of(tonnes), &asked->tonnes);
    line->quantity_assumed = !*teu && !*tonnes;
    if (line->quantity_assumed) {
        asked->teu = BOX_TEU;
    } else if (!(asked->teu > 0) && !(asked->tonnes > 0)) {
        return bad_row(given, &question->records, record,
                       "its quantity is 0: TEU or tonnes above 0, or both cells blank for 2 TEU",
                       "количество равно 0: нужно больше 0 ДФЭ или тонн, либо обе ячейки пустые "
                       "(тогда 2 ДФЭ)");
    } else if (asked->teu > 0 && asked->tonnes > 0) {
        if (asked->tonnes > asked->teu * PAYLOAD_T_TEU) {
            return bad_row(given, &question->records, record,
                           "so many tonnes do not go into these boxes: 28.3 t a TEU at most",
                           "столько тонн не входит в эти контейнеры: не больше 28,3 т на ДФЭ");
        }
        asked->tonnes = 0; /* the boxes are what is carried and paid */
    }
    return EXIT_FINE;
}

static int take_goods(struct question *question, uint32_t record, struct shipments_line *line)
{
    const struct shipments_page *page = &question->page;
    struct shipment *asked = &line->asked;
    const char *goods = intake_cell(&question->records, record, GOODS);
    struct zhol_load load;
    asked->commodity = plan_default_commodity(page->loaded);
    int code = *goods ? load_thing(page->given, page->loaded, ZHOL_TABLE_commodity, goods,
                                   &asked->commodity)
                      : EXIT_FINE;
    code = code == EXIT_FINE ? take_quantity(question, record, line) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    return zhol_load_make(page->loaded->corridor, asked->commodity, asked->teu, asked->tonnes,
                          &load)
               ? bad_row(page->given, &question->records, record,
                         "this quantity does not go with these goods: TEU for boxes, else tonnes",
                         "такое количество не подходит к грузу: ДФЭ для контейнеров, иначе тонны")
               : EXIT_FINE;
}

/* When it is ready, due and was seen. */
static int take_times(struct question *question, uint32_t record, struct shipments_line *line)
{
    const struct intake_records *records = &question->records;
    struct shipment *asked = &line->asked;
    int code =
        take_time(question, intake_cell(records, record, READY), asked->from, 0, &asked->ready_min);
    code = code == EXIT_FINE ? take_time(question, intake_cell(records, record, DEADLINE),
                                         asked->to, INT64_MAX, &asked->deadline_min)
                             : code;
    if (code != EXIT_FINE || asked->at == ZHOL_NONE) {
        return code;
    }
    code = take_time(question, intake_cell(records, record, SEEN), asked->at, 0, &asked->at_min);
    if (code == EXIT_FINE && asked->at_min < asked->ready_min) {
        if (asked->at != asked->from) {
            return bad_row(question->page.given, records, record, "it was seen before it was ready",
                           "её видели раньше, чем она готова");
        }
        asked->at = ZHOL_NONE; /* it waits at its origin until it is ready */
    }
    return code;
}

static int take_shipment(struct question *question, uint32_t record)
{
    struct shipments_page *page = &question->page;
    const struct intake_records *records = &question->records;
    const struct zhol_corridor *corridor = page->loaded->corridor;
    struct shipments_line *line = &page->lines[record];
    struct shipment *asked = &line->asked;
    const char *at = intake_cell(records, record, AT), *seen = intake_cell(records, record, SEEN);
    line->name = intake_cell(records, record, NAME);
    line->parties = intake_cell(records, record, PARTIES);
    asked->documents = intake_cell(records, record, DOCUMENTS);
    asked->from = zhol_corridor_find(corridor, ZHOL_TABLE_node, intake_cell(records, record, FROM));
    asked->to = zhol_corridor_find(corridor, ZHOL_TABLE_node, intake_cell(records, record, TO));
    asked->at = *at ? zhol_corridor_find(corridor, ZHOL_TABLE_node, at) : ZHOL_NONE;
    line->arrived = asked->at != ZHOL_NONE && asked->at == asked->to;
    if (asked->from == asked->to) {
        return bad_row(page->given, records, record, "from and to are the same place",
                       "откуда и куда — одно и то же место");
    }
    if (!*at != !*seen) {
        return bad_row(page->given, records, record, "'at' and 'seen' stand together or not at all",
                       "«где» и «когда» указывают вместе");
    }
    int code = take_times(question, record, line);
    return code == EXIT_FINE ? take_goods(question, record, line) : code;
}

static int read_shipments(struct question *question)
{
    struct shipments_page *page = &question->page;
    int code = read_records(page->given, page->loaded, INTAKE_SHIPMENTS, page->given->arguments[0],
                            &question->records);
    page->count = code == EXIT_FINE ? question->records.count : 0;
    page->lines = calloc((size_t)page->count + 1, sizeof *page->lines);
    if (!page->lines) {
        return fail(page->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    if (code == EXIT_FINE && !page->count) {
        return fail(page->given, EXIT_BAD_INPUT, "%s",
                    is_ru(page->given) ? "в файле нет отправок" : "the file has no shipments");
    }
    for (uint32_t i = 0; code == EXIT_FINE && i < page->count; i++) {
        code = take_shipment(question, i);
    }
    return code;
}

/* ---- The other scenario ---- */

static int load_other(struct question *question)
{
    const struct shipments_page *page = &question->page;
    struct zhol_corridor_options how = {.scenario = page->against};
    struct zhol_network_options network = {
        .day = page->loaded->day, .include_planned = given_switch(page->given, "include-planned")};
    zhol_report_init(&question->report, 0);
    if (!page->against) {
        return EXIT_FINE;
    }
    enum zhol_error error = zhol_corridor_read(buffer_get(&page->loaded->dir), &how,
                                               &question->report, &question->other);
    error = error ? error
                  : zhol_network_compile(question->other, &network, &question->report,
                                         &question->other_network);
    if (error == ZHOL_ERROR_UNKNOWN) {
        return fail(page->given, EXIT_NO_ANSWER,
                    is_ru(page->given) ? "--against: сценария «%s» в коридоре нет"
                                       : "--against: the corridor has no scenario '%s'",
                    page->against);
    }
    return error ? fail(page->given, EXIT_BAD_INPUT,
                        is_ru(page->given) ? "--against: сценарий «%s» использовать нельзя (%s)"
                                           : "--against: scenario '%s' cannot be used (%s)",
                        page->against, zhol_error_text(error))
                 : EXIT_FINE;
}

/* The number that a thing has in the other corridor: a scenario may add things. */
static uint32_t there(const struct question *question, enum zhol_table table, uint32_t thing)
{
    return thing == ZHOL_NONE ? ZHOL_NONE
                              : zhol_corridor_find(question->other, table,
                                                   zhol_corridor_id(question->page.loaded->corridor,
                                                                    table, thing));
}

static enum zhol_error answer_one(struct question *question, struct shipments_line *line)
{
    const struct loaded *loaded = question->page.loaded;
    enum zhol_error error =
        shipment_answer(loaded->corridor, loaded->network, &line->asked, false, &line->now);
    if (error || !question->other) {
        return error;
    }
    struct shipment other = line->asked;
    other.from = there(question, ZHOL_TABLE_node, other.from);
    other.to = there(question, ZHOL_TABLE_node, other.to);
    other.at = there(question, ZHOL_TABLE_node, other.at);
    other.commodity = there(question, ZHOL_TABLE_commodity, other.commodity);
    error = shipment_answer(loaded->corridor, loaded->network, &line->asked, true, &line->before);
    error = error ? error
                  : shipment_answer(question->other, question->other_network, &other, true,
                                    &line->after);
    for (uint32_t i = 0; !error && i < line->after.gateway_count;
         i++) { /* names of this corridor */
        line->after.gateways[i] = zhol_corridor_find(
            loaded->corridor, ZHOL_TABLE_node,
            zhol_corridor_id(question->other, ZHOL_TABLE_node, line->after.gateways[i]));
    }
    return error;
}

/* ---- The user's lists ---- */

/* The number of a commodity's HS codes (separated by ';') that `code` begins, or that begin it. */
static bool has_code(const char *codes, const char *code)
{
    struct text_view rest = text_view_of(codes);
    size_t size = strlen(code);
    while (rest.size) {
        struct text_view one = text_trim(text_cut(&rest, ';'));
        size_t common = one.size < size ? one.size : size;
        if (common && memcmp(one.bytes, code, common) == 0) {
            return true;
        }
    }
    return false;
}

static bool passes(const struct shipment_answer *answer, const char *country)
{
    for (uint32_t i = 0; i < answer->country_count; i++) {
        if (strcmp(answer->countries[i], country) == 0) {
            return true;
        }
    }
    return false;
}

static bool fits(const struct question *question, uint32_t record,
                 const struct shipments_line *line)
{
    const struct zhol_corridor *corridor = question->page.loaded->corridor;
    const char *what = intake_cell(&question->screen, record, WHAT);
    const char *to = intake_cell(&question->screen, record, TO_COUNTRY);
    const char *through = intake_cell(&question->screen, record, THROUGH);
    uint32_t row, end, count;
    const struct zhol_commodity *goods = zhol_corridor_commodity(corridor, &count);
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_commodity, line->asked.commodity, &row, &end);
    bool is_code = isdigit((unsigned char)*what);
    bool meant = is_code ? has_code(zhol_corridor_text(corridor, goods[row].hs), what)
                         : *line->parties && answer_has_part(line->parties, what);
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, line->asked.to, &row, &end);
    return meant && (!*to || strcmp(zhol_corridor_text(corridor, nodes[row].country), to) == 0) &&
           (!*through || passes(&line->now, through));
}

static int screen(struct question *question)
{
    struct shipments_page *page = &question->page;
    const char *path = given_value(page->given, "screen");
    int code = path
                   ? read_records(page->given, page->loaded, INTAKE_SCREEN, path, &question->screen)
                   : EXIT_FINE;
    page->screened = path != NULL;
    page->hits = calloc((size_t)page->count * question->screen.count + 1, sizeof *page->hits);
    if (!page->hits) {
        return fail(page->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    for (uint32_t i = 0; code == EXIT_FINE && i < page->count; i++) {
        for (uint32_t k = 0; k < question->screen.count; k++) {
            if (fits(question, k, &page->lines[i])) {
                page->hits[page->hit_count++] =
                    (struct shipments_hit){i, intake_cell(&question->screen, k, LIST),
                                           intake_cell(&question->screen, k, WHAT)};
            }
        }
    }
    return code;
}

/* ---- The command ---- */

/* Order of two shipments of which the answers are equal where this is 0. */
static int compare_asked(const void *context, uint32_t a, uint32_t b)
{
    const struct shipments_line *lines = context;
    const struct shipment *x = &lines[a].asked, *y = &lines[b].asked;
    const uint32_t things[][2] = {
        {x->from, y->from}, {x->to, y->to}, {x->at, y->at}, {x->commodity, y->commodity}};
    const int64_t times[][2] = {
        {x->ready_min, y->ready_min}, {x->deadline_min, y->deadline_min}, {x->at_min, y->at_min}};
    const double loads[][2] = {{x->teu, y->teu}, {x->tonnes, y->tonnes}};
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        if (things[i][0] != things[i][1]) {
            return things[i][0] < things[i][1] ? -1 : 1;
        }
    }
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        if (times[i][0] != times[i][1]) {
            return times[i][0] < times[i][1] ? -1 : 1;
        }
    }
    for (size_t i = 0; i < sizeof loads / sizeof *loads; i++) {
        if (loads[i][0] < loads[i][1] || loads[i][0] > loads[i][1]) {
            return loads[i][0] < loads[i][1] ? -1 : 1;
        }
    }
    return strcmp(x->documents, y->documents);
}

/* Answers one and hands the answer to the next that asks the same. */
static enum zhol_error answer_next(struct question *question, struct shipments_line *line,
                                   const struct shipments_line *before)
{
    if (!before) {
        return answer_one(question, line);
    }
    enum zhol_error error = shipment_answer_copy(&before->now, &line->now);
    error = error ? error : shipment_answer_copy(&before->before, &line->before);
    return error ? error : shipment_answer_copy(&before->after, &line->after);
}

/* Many boxes of one client ask the same: each question is planned once. */
static int answer_all(struct question *question)
{
    struct shipments_page *page = &question->page;
    const struct shipments_line *same = NULL;
    struct progress progress;
    uint32_t failed = 0;
    uint32_t *order = malloc(((size_t)page->count + 1) * sizeof *order);
    enum zhol_error error = order ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        sort_index_fill(order, page->count);
        error = sort_index(order, page->count, compare_asked, page->lines);
    }
    interrupt_install();
    progress_start(&progress, is_ru(page->given) ? "отправки" : "shipments", page->count);
    for (uint32_t i = 0; !error && i < page->count; i++) {
        struct shipments_line *line = &page->lines[order[i]];
        bool again = same && compare_asked(page->lines, order[i - 1], order[i]) == 0;
        failed = order[i];
        error = interrupt_requested() ? ZHOL_ERROR_INTERRUPTED
                : line->arrived       ? ZHOL_ERROR_OK
                                      : answer_next(question, line, again ? same : NULL);
        same = line->arrived ? NULL : line;
        progress_update(&progress, i + 1);
    }
    progress_end(&progress);
    free(order);
    return error ? fail(page->given, EXIT_FAILED, "%s: %s", page->lines[failed].name,
                        zhol_error_text(error))
                 : EXIT_FINE;
}

static int answer(struct question *question)
{
    struct shipments_page *page = &question->page;
    const char *format = given_format(page->given);
    struct buffer out;
    int code = answer_all(question);
    code = code == EXIT_FINE ? screen(question) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    buffer_init(&out);
    if (strcmp(format, "json") == 0) {
        shipments_json(page, &out);
    } else if (strcmp(format, "csv") == 0) {
        shipments_csv(page, &out);
    } else {
        shipments_table(page, &out);
    }
    code = load_write(page->given, &out, EXIT_FINE);
    buffer_clear(&out);
    return code;
}

static void question_clear(struct question *question)
{
    for (uint32_t i = 0; i < question->page.count; i++) {
        shipment_answer_clear(&question->page.lines[i].now);
        shipment_answer_clear(&question->page.lines[i].before);
        shipment_answer_clear(&question->page.lines[i].after);
    }
    free(question->page.lines);
    free(question->page.hits);
    clock_clear(&question->page.clock);
    intake_records_clear(&question->records);
    intake_records_clear(&question->screen);
    zhol_network_free(question->other_network);
    zhol_corridor_free(question->other);
    zhol_report_clear(&question->report);
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct question question;
    memset(&question, 0, sizeof question);
    zhol_report_init(&question.report, 0);
    question.page.given = given;
    question.page.loaded = &loaded;
    question.page.against = given_value(given, "against");
    question.page.margin = NAN;
    int code = given_value(given, "margin")
                   ? load_number(given, "margin", -100, 1000, &question.page.margin)
                   : EXIT_FINE;
    if (code != EXIT_FINE) {
        return code;
    }
    code = load_corridor(given, &loaded);
    clock_init(&question.page.clock, loaded.corridor);
    code = code == EXIT_FINE ? read_shipments(&question) : code;
    code = code == EXIT_FINE ? load_network(given, &loaded) : code;
    code = code == EXIT_FINE ? load_other(&question) : code;
    code = code == EXIT_FINE ? answer(&question) : code;
    question_clear(&question);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol shipments shipments.csv",
    "where each is, when it comes, which documents it lacks and when they are due",
    "где каждая, когда придёт, каких документов не хватает и к какому сроку",
    "zhol shipments shipments.csv --against poland-closes-brest",
    "which of them a closure hits, and the plan B of each",
    "какие задевает закрытие и запасной путь каждой",
    "zhol shipments shipments.csv --margin 8 --screen lists.csv",
    "a price and a promised day for each; goods and parties held against your lists",
    "цена и срок для каждой; грузы и стороны сверены с вашими списками",
    NULL};

const struct command command_shipments = {
    .name = "shipments",
    .about = SAID("many consignments: where, when, what they lack, what a closure does to each",
                  "много отправок: где, когда, чего не хватает, что меняет закрытие"),
    .arguments = "FILE",
    .min_arguments = 1,
    .max_arguments = 1,
    .common = true,
    .formats = "table|json|csv",
    .options = options,
    .details = SAID(
        "FILE is CSV or XLSX with shipment, from, to, ready, and where known commodity, teu or "
        "tonnes, deadline, at and seen (where it was seen last, and when), documents, parties "
        "(`zhol import --as shipments --fields`). Of the ways worth choosing the one with least "
        "money plus worth of its days is taken.",
        "FILE — CSV или XLSX: отправка, откуда, куда, готовность и, где известно, груз, teu или "
        "тонны, срок, где и когда видели, документы, стороны (`zhol import --as shipments "
        "--fields`). Из путей берётся тот, где деньги и цена времени вместе наименьшие."),
    .examples = examples,
    .run = run,
};
