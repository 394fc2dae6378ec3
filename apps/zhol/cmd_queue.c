/* cmd_queue.c: electronic queues: rules, hours and fees for people; slots, forecasts, advice. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/table_out.h"
#include "base/time.h"
#include "base/zone.h"
#include "queue_pages.h"

enum { LABEL_WIDTH = 12 };

static const struct option_row options[] = {
    {"days", 0, "N", NULL, false,
     SAID("slots: how many days, 1 to 60", "slots: сколько дней, 1-60")},
    {"observed", 0, "FILE", NULL, true,
     SAID("published figures: acceptance, queue, workload, daily; advice: QUEUE=FILE",
          "опубликованные цифры: приём, очередь, загрузка, по дням; advice: ОЧЕРЕДЬ=ФАЙЛ")},
    {"waiting", 0, "N", NULL, true,
     SAID("trucks that wait: N or CATEGORY=N; advice: QUEUE=N",
          "сколько машин ждёт: N или КАТЕГОРИЯ=N; advice: ОЧЕРЕДЬ=N")},
    {"now", 0, "TIME", NULL, false,
     SAID("from when, such as 2025-11-12T08:00+05:00; default: of the figures, else 00:00 UTC",
          "с какого времени, например 2025-11-12T08:00+05:00; иначе время цифр или 00:00 UTC")},
    {"from", 0, "PLACE", NULL, false,
     SAID("advice: where the truck is, a place or LAT,LON",
          "advice: где машина, место или ШИРОТА,ДОЛГОТА")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

const struct zhol_queue *page_row(const struct page *page, uint32_t row)
{
    uint32_t total;
    return &zhol_corridor_queue(page->corridor, &total)[row];
}

const char *page_queue_id(const struct page *page, uint32_t row)
{
    return zhol_corridor_id(page->corridor, ZHOL_TABLE_queue, page_row(page, row)->queue_id);
}

const char *page_queue_name(const struct page *page, uint32_t row)
{
    const struct zhol_queue *queue = page_row(page, row);
    return answer_text(page->given, page->loaded, queue->name, queue->name_ru);
}

void page_local(const struct page *page, uint32_t row, int64_t at_s, char out[ANSWER_TEXT])
{
    uint32_t total, begin, end;
    struct zone *zone = NULL;
    char text[TIME_TEXT_SIZE];
    zhol_corridor_rows(page->corridor, ZHOL_TABLE_node, page_row(page, row)->node_id, &begin, &end);
    const struct zhol_node *node = &zhol_corridor_node(page->corridor, &total)[begin];
    if (!zone_load(zhol_corridor_text(page->corridor, node->time_zone), &zone)) {
        at_s = zone_local_s(zone, at_s);
    }
    zone_free(zone);
    time_format_minute(at_s, text);
    snprintf(out, ANSWER_TEXT, "%s", text);
}

bool page_instant(const struct page *page, const char *option, int64_t *at_s)
{
    const char *value = given_value(page->given, option);
    int64_t found;
    if (!value) {
        return true;
    }
    if (time_parse_instant(text_view_of(value), &found)) {
        fail(page->given, EXIT_MISUSED,
             page_ru(page) ? "--%s: нужно время с поясом, например 2025-11-12T08:00+05:00"
                           : "--%s: a time with its offset, such as 2025-11-12T08:00+05:00",
             option);
        return false;
    }
    *at_s = found;
    return true;
}

/* ---- which queue ---- */

/* Rows of a checkpoint that hold on the day, out of the country first. */
static uint32_t row_at(const struct page *page, uint32_t node)
{
    uint32_t count, found = ZHOL_NONE;
    const uint32_t *rows = zhol_corridor_rows_of(page->corridor, ZHOL_TABLE_queue, node, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_queue *queue = page_row(page, rows[i]);
        bool out = queue->direction == zhol_direction_OUT;
        if (zhol_day_in(page->loaded->day, queue->valid_from, queue->valid_to) &&
            (found == ZHOL_NONE || out)) {
            found = rows[i];
        }
    }
    return found;
}

uint32_t page_queue(const struct page *page, const char *name)
{
    uint32_t row = queue_row_on(page->corridor, name, page->loaded->day), node, near[1], count;
    if (row == ZHOL_NONE && !zhol_corridor_place(page->corridor, name, &node, near, 1, &count)) {
        row = row_at(page, node);
    }
    if (row == ZHOL_NONE) {
        struct buffer known;
        uint32_t total;
        buffer_init(&known);
        zhol_corridor_queue(page->corridor, &total);
        for (uint32_t i = 0; i < total; i++) {
            if (queue_row_on(page->corridor, page_queue_id(page, i), page->loaded->day) == i) {
                buffer_printf(&known, "%s%s", known.size ? ", " : "", page_queue_id(page, i));
            }
        }
        fail(page->given, EXIT_NO_ANSWER,
             page_ru(page) ? "очереди «%s» в этот день нет; есть: %s"
                           : "there is no queue \"%s\" on that day; there are: %s",
             name, known.size ? buffer_get(&known) : "-");
        buffer_clear(&known);
    }
    return row;
}

/* ---- show ---- */

static void field(struct page *page, const char *en, const char *ru, const char *text)
{
    answer_field(&page->out, 2, LABEL_WIDTH, page_ru(page) ? ru : en, text);
}

static const struct said modes[zhol_queue_mode_COUNT] = {
    SAID("", ""),
    [zhol_queue_mode_MANAGED] = SAID("here", "здесь"),
    [zhol_queue_mode_OBSERVED] = SAID("elsewhere", "не здесь"),
};
static const struct said releases[zhol_queue_release_COUNT] = {
    SAID("", ""),
    [zhol_queue_release_FIRST_COME] = SAID("first come", "кто раньше"),
    [zhol_queue_release_ROUND] = SAID("by a draw", "по жребию"),
    [zhol_queue_release_LIVE] = SAID("live queue", "живая очередь"),
};
static const struct said disciplines[zhol_queue_discipline_COUNT] = {
    SAID("", ""),
    [zhol_queue_discipline_QUOTA] = SAID("calls by shares", "вызовы по долям"),
    [zhol_queue_discipline_CYCLE] = SAID("calls by a cycle", "вызовы по циклу"),
};

static void put_calendar(const struct page *page, uint32_t calendar, struct buffer *out)
{
    uint32_t total;
    const struct zhol_calendar *rows = zhol_corridor_calendar(page->corridor, &total);
    uint32_t row = calendar == ZHOL_NONE ? ZHOL_NONE
                                         : zhol_corridor_row_on(page->corridor, ZHOL_TABLE_calendar,
                                                                calendar, page->loaded->day);
    if (row == ZHOL_NONE) {
        buffer_string(out, page_ru(page) ? "всегда открыто" : "always open");
        return;
    }
    buffer_printf(out, "%02d:%02d-%02d:%02d %s (%s)", rows[row].open / 60, rows[row].open % 60,
                  rows[row].close / 60, rows[row].close % 60,
                  zhol_corridor_text(page->corridor, rows[row].time_zone),
                  zhol_corridor_text(page->corridor, rows[row].name));
}

static void put_plan(const struct page *page, const struct zhol_slot_plan *plan, bool dated,
                     struct buffer *out)
{
    char text[ANSWER_TEXT];
    bool own = plan->side == zhol_queue_side_OWN, hour = plan->per == zhol_per_HOUR;
    buffer_string(out, out->size ? "; " : "");
    buffer_string(out, own ? (page_ru(page) ? "своя сторона " : "own side ")
                           : (page_ru(page) ? "другая сторона " : "other side "));
    buffer_string(out, answer_number(page->given, plan->vehicles, text));
    buffer_string(out, hour ? (page_ru(page) ? " в час" : " an hour")
                            : (page_ru(page) ? " в сутки" : " a day"));
    if (dated) {
        buffer_printf(out, page_ru(page) ? " с %s" : " from %s",
                      answer_day(plan->valid_from, "", text));
    }
}

static void show_limits(struct page *page, const struct zhol_queue *queue)
{
    uint32_t total, count;
    struct buffer now, later;
    const struct zhol_slot_plan *plans = zhol_corridor_slot_plan(page->corridor, &total);
    const uint32_t *rows =
        zhol_corridor_rows_of(page->corridor, ZHOL_TABLE_slot_plan, queue->queue_id, &count);
    buffer_init(&now);
    buffer_init(&later);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_slot_plan *plan = &plans[rows[i]];
        if (zhol_day_in(page->loaded->day, plan->valid_from, plan->valid_to)) {
            put_plan(page, plan, false, &now);
        } else if (plan->valid_from != ZHOL_BLANK_DATE && plan->valid_from > page->loaded->day) {
            put_plan(page, plan, true, &later);
        }
    }
    field(page, "limits", "лимиты", buffer_get(&now));
    field(page, "later", "потом", buffer_get(&later));
    buffer_clear(&now);
    buffer_clear(&later);
}

static void show_terms(struct page *page, const struct zhol_queue *queue)
{
    struct buffer line;
    char text[ANSWER_TEXT];
    buffer_init(&line);
    bool observed = queue->mode == zhol_queue_mode_OBSERVED;
    buffer_string(&line, observed ? (page_ru(page) ? "в другом месте: " : "elsewhere: ")
                                  : (page_ru(page) ? "здесь; официально: " : "here; officially: "));
    buffer_string(&line, queue->operator_id == ZHOL_NONE
                             ? "-"
                             : answer_name(page->given, page->loaded, ZHOL_TABLE_actor,
                                           queue->operator_id, text));
    field(page, "kept", "ведётся", buffer_get(&line));
    buffer_reset(&line);
    buffer_printf(&line, "%s", say(page->given, releases[queue->release]));
    if (queue->slot_min > 0) {
        buffer_printf(&line, page_ru(page) ? ", слоты по %d мин" : ", slots of %d min",
                      (int)queue->slot_min);
    }
    buffer_printf(&line, "; %s", say(page->given, disciplines[queue->discipline]));
    buffer_string(&line, queue->claim_scope == zhol_claim_scope_ALL
                             ? (page_ru(page) ? "; у машины одно место на все пункты"
                                              : "; a vehicle has one place over all checkpoints")
                             : (page_ru(page) ? "; у машины одно место в каждую сторону"
                                              : "; a vehicle has one place in each direction"));
    field(page, "places", "места", buffer_get(&line));
    buffer_reset(&line);
    put_calendar(page, queue->calendar_id, &line);
    field(page, "own hours", "свои часы", buffer_get(&line));
    buffer_reset(&line);
    put_calendar(page, queue->other_calendar_id, &line);
    field(page, "other side", "та сторона", buffer_get(&line));
    buffer_clear(&line);
}

/* What a category owes for booking, by fee and deposit; NaN: nothing. */
static double owed(const struct page *page, const struct zhol_queue *queue, uint32_t category,
                   unsigned what, unsigned due)
{
    uint32_t total;
    double general = NAN;
    const struct zhol_fee *fees = zhol_corridor_fee(page->corridor, &total);
    const char *set = zhol_corridor_text(page->corridor, queue->rule_set);
    const char *name = zhol_corridor_text(page->corridor, category);
    for (uint32_t i = 0; i < total; i++) {
        if (fees[i].what != what || fees[i].due != due ||
            strcmp(zhol_corridor_text(page->corridor, fees[i].rule_set), set) != 0 ||
            !zhol_day_in(page->loaded->day, fees[i].valid_from, fees[i].valid_to)) {
            continue;
        }
        if (!fees[i].category) {
            general = fees[i].value;
        } else if (strcmp(zhol_corridor_text(page->corridor, fees[i].category), name) == 0) {
            return fees[i].value;
        }
    }
    return general;
}

static void put_owed(const struct page *page, double value, struct table_out *table)
{
    char text[ANSWER_TEXT];
    table_out_text(table, isnan(value) ? "" : answer_number(page->given, value, text));
}

static void show_categories(struct page *page, uint32_t row)
{
    static const struct said heads[] = {
        SAID("Category", "Категория"), SAID("Calls", "Вызовы"),   SAID("At most %", "Не более %"),
        SAID("Fee KZT", "Сбор KZT"),   SAID("Moving", "Перенос"), SAID("Deposit", "Залог")};
    uint32_t total, rows[QUEUE_CATEGORIES];
    const struct zhol_queue *queue = page_row(page, row);
    const struct zhol_queue_category *all = zhol_corridor_queue_category(page->corridor, &total);
    uint32_t count = queue_categories(page->corridor, row, page->loaded->day, rows);
    bool cycle = queue->discipline == zhol_queue_discipline_CYCLE;
    struct table_out table;
    table_out_init(&table, ANSWER_WIDTH - 2);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        table_out_column(&table, say(page->given, heads[i]), i ? TABLE_RIGHT : TABLE_WRAP);
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_queue_category *category = &all[rows[i]];
        char text[ANSWER_TEXT];
        table_out_text(&table,
                       answer_text(page->given, page->loaded, category->name, category->name_ru));
        if (category->out_of_turn == 1) {
            snprintf(text, sizeof text, "%s", page_ru(page) ? "первыми" : "first");
        } else {
            snprintf(text, sizeof text, "%d%s", (int)category->weight, cycle ? "" : " %");
        }
        table_out_text(&table, text);
        put_owed(page, category->share_max_pct, &table);
        put_owed(page, owed(page, queue, category->category, zhol_fee_what_FEE, zhol_fee_when_BOOK),
                 &table);
        put_owed(page,
                 owed(page, queue, category->category, zhol_fee_what_FEE, zhol_fee_when_POSTPONE),
                 &table);
        put_owed(page,
                 owed(page, queue, category->category, zhol_fee_what_DEPOSIT, zhol_fee_when_BOOK),
                 &table);
    }
    buffer_char(&page->out, '\n');
    table_out_print(&table, &page->out);
    table_out_clear(&table);
}

static struct said rule_name(unsigned rule)
{
    static const struct said names[zhol_queue_rule_COUNT] = {
        [zhol_queue_rule_ARRIVE_EARLY] = SAID("may arrive before the slot", "приехать до слота"),
        [zhol_queue_rule_ARRIVE_LATE] = SAID("may arrive after its start", "опоздать к слоту"),
        [zhol_queue_rule_CALL_LATE] = SAID("from the call to the barrier", "от вызова до въезда"),
        [zhol_queue_rule_CALL_ABSENT] = SAID("called from afar", "вызов издалека"),
        [zhol_queue_rule_POSTPONE_MAX] = SAID("postponements", "переносов"),
        [zhol_queue_rule_POSTPONE_WINDOW] = SAID("counted over", "считают за"),
        [zhol_queue_rule_POSTPONE_BEFORE] = SAID("postpone before the slot", "перенос до слота"),
        [zhol_queue_rule_SWAP_POSTPONES] = SAID("a swap of the vehicle counts as postponements",
                                                "замена машины считается переносами"),
        [zhol_queue_rule_CANCEL_BEFORE] =
            SAID("cancel in time before the slot", "отмена вовремя до слота"),
        [zhol_queue_rule_CANCEL_MAX] =
            SAID("late cancels until the block", "поздних отмен до блокировки"),
        [zhol_queue_rule_CANCEL_WINDOW] = SAID("cancels counted over", "отмены считают за"),
        [zhol_queue_rule_NO_SHOW_MAX] = SAID("no-shows", "неявок"),
        [zhol_queue_rule_NO_SHOW_WINDOW] = SAID("no-shows counted over", "неявки считают за"),
        [zhol_queue_rule_BLOCK] = SAID("block", "блокировка"),
        [zhol_queue_rule_APPEAL] = SAID("appeal within", "жалоба в течение"),
        [zhol_queue_rule_HORIZON] = SAID("booked ahead at most", "бронь вперёд не более"),
        [zhol_queue_rule_LATE] = SAID("who misses slot or call", "кто пропустил слот или вызов"),
        [zhol_queue_rule_DRIVER_ADD] = SAID("add a driver", "добавить водителя"),
        [zhol_queue_rule_DRIVER] = SAID("change the driver", "сменить водителя"),
        [zhol_queue_rule_VEHICLE] = SAID("change the vehicle", "сменить машину"),
        [zhol_queue_rule_SLOT] = SAID("move day and hour", "перенести день и час"),
        [zhol_queue_rule_ROUND_REQUEST] = SAID("requests of a round", "заявки раунда"),
        [zhol_queue_rule_NO_SHOW_FACTOR] =
            SAID("chances in a draw after no-shows", "шансы в жребии после неявок"),
        [zhol_queue_rule_KEEP_DRIVER] = SAID("driver's data are kept", "данные водителя хранят"),
        [zhol_queue_rule_KEEP_VEHICLE] = SAID("vehicle's data are kept", "данные машины хранят"),
    };
    return names[rule];
}

static void put_rule(const struct page *page, const struct zhol_queue_rule *rule,
                     struct buffer *out)
{
    static const struct said units[zhol_queue_unit_COUNT] = {
        SAID("", ""),
        [zhol_queue_unit_MINUTES] = SAID(" min", " мин"),
        [zhol_queue_unit_HOURS] = SAID(" h", " ч"),
        [zhol_queue_unit_DAYS] = SAID(" days", " дн."),
        [zhol_queue_unit_TIMES] = SAID("", ""),
        [zhol_queue_unit_FACTOR] = SAID(" times", " раза"),
    };
    static const struct said choices[zhol_queue_choice_COUNT] = {
        SAID("", ""),
        [zhol_queue_choice_ALLOWED] = SAID("allowed", "можно"),
        [zhol_queue_choice_REFUSED] = SAID("not allowed", "нельзя"),
        [zhol_queue_choice_BLOCK] = SAID("is blocked", "блокируется"),
        [zhol_queue_choice_REQUEUE] = SAID("goes to the end", "в конец очереди"),
        [zhol_queue_choice_FORFEIT] = SAID("loses the deposit", "теряет залог"),
    };
    char text[ANSWER_TEXT];
    buffer_string(out, say(page->given, choices[rule->choice]));
    if (!isnan(rule->value)) {
        buffer_string(out, answer_number(page->given, rule->value, text));
        buffer_string(out, say(page->given, units[rule->unit]));
    }
}

static void show_rules(struct page *page, const struct zhol_queue *queue)
{
    uint32_t total, source_count;
    struct table_out table;
    struct buffer line;
    const struct zhol_queue_rule *rules = zhol_corridor_queue_rule(page->corridor, &total);
    const struct zhol_source *sources = zhol_corridor_source(page->corridor, &source_count);
    const char *set = zhol_corridor_text(page->corridor, queue->rule_set);
    bool round = queue->release == zhol_queue_release_ROUND;
    buffer_init(&line);
    table_out_init(&table, ANSWER_WIDTH - 2);
    table_out_column(&table, page_ru(page) ? "Правило" : "Rule", TABLE_WRAP);
    table_out_column(&table, page_ru(page) ? "Сколько" : "What", TABLE_WRAP);
    table_out_column(&table, page_ru(page) ? "Откуда" : "From where", TABLE_WRAP);
    for (uint32_t i = 0; i < total; i++) {
        const struct zhol_queue_rule *rule = &rules[i];
        uint32_t source, end;
        bool drawn = rule->rule == zhol_queue_rule_ROUND_REQUEST ||
                     rule->rule == zhol_queue_rule_NO_SHOW_FACTOR;
        if (strcmp(zhol_corridor_text(page->corridor, rule->rule_set), set) != 0 ||
            (drawn && !round) ||
            !zhol_day_in(page->loaded->day, rule->valid_from, rule->valid_to)) {
            continue;
        }
        zhol_corridor_rows(page->corridor, ZHOL_TABLE_source, rule->source_id, &source, &end);
        table_out_text(&table, say(page->given, rule_name(rule->rule)));
        buffer_reset(&line);
        put_rule(page, rule, &line);
        table_out_text(&table, buffer_get(&line));
        table_out_text(&table,
                       sources[source].kind == zhol_source_kind_ASSUMPTION
                           ? (page_ru(page) ? "допущение" : "assumption")
                           : zhol_corridor_id(page->corridor, ZHOL_TABLE_source, rule->source_id));
    }
    buffer_char(&page->out, '\n');
    table_out_print(&table, &page->out);
    table_out_clear(&table);
    buffer_clear(&line);
}

static void show_queue(struct page *page, uint32_t row)
{
    const struct zhol_queue *queue = page_row(page, row);
    buffer_printf(&page->out, "%s (%s)\n", page_queue_name(page, row), page_queue_id(page, row));
    field(page, "rule set", "правила", zhol_corridor_text(page->corridor, queue->rule_set));
    show_terms(page, queue);
    show_limits(page, queue);
    field(page, "note", "примечание", zhol_corridor_text(page->corridor, queue->note));
    show_categories(page, row);
    show_rules(page, queue);
    buffer_char(&page->out, '\n');
}

static bool holds(const struct page *page, uint32_t row)
{
    const struct zhol_queue *queue = page_row(page, row);
    return zhol_day_in(page->loaded->day, queue->valid_from, queue->valid_to);
}

/* Without names: one line each. */
static void show_all(struct page *page)
{
    static const struct said heads[] = {SAID("Queue", "Очередь"), SAID("Name", "Название"),
                                        SAID("Kept", "Ведётся"), SAID("Places", "Места"),
                                        SAID("A day", "В день")};
    uint32_t total;
    struct table_out table;
    zhol_corridor_queue(page->corridor, &total);
    table_out_init(&table, ANSWER_WIDTH);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        table_out_column(&table, say(page->given, heads[i]), i == 4 ? TABLE_RIGHT : TABLE_WRAP);
    }
    for (uint32_t row = 0; row < total; row++) {
        struct queue_day *days = NULL;
        uint32_t count = 0;
        int64_t noon_s = (int64_t)page->loaded->day * TIME_DAY_S + TIME_DAY_S / 2;
        const struct zhol_queue *queue = page_row(page, row);
        if (!holds(page, row)) {
            continue;
        }
        queue_days(page->corridor, page_queue_id(page, row), noon_s, noon_s + 1, ZHOL_BLANK_DATE,
                   &days, &count);
        table_out_text(&table, page_queue_id(page, row));
        table_out_text(&table, page_queue_name(page, row));
        table_out_text(&table, say(page->given, modes[queue->mode]));
        table_out_text(&table, say(page->given, releases[queue->release]));
        table_out_real(&table, count ? days[0].vehicles : NAN, 0);
        free(days);
    }
    table_out_print(&table, &page->out);
    table_out_clear(&table);
}

/* JSON: the data of the command rules_set, checkpoint after checkpoint. */
static int show_json(struct page *page)
{
    struct json_writer json;
    struct buffer rules;
    uint32_t *nodes = NULL, count = 0;
    enum zhol_error error = queue_checkpoints(page->corridor, page->loaded->day, &nodes, &count);
    buffer_init(&rules);
    json_writer_init(&json, &page->out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_write_key(&json, "checkpoints");
    json_write_array(&json);
    for (uint32_t i = 0; i < count && !error; i++) {
        bool asked = page->given->argument_count < 2;
        for (uint32_t a = 1; a < page->given->argument_count; a++) {
            uint32_t row = page_queue(page, page->given->arguments[a]);
            if (row == ZHOL_NONE) {
                error = ZHOL_ERROR_UNKNOWN;
                break;
            }
            asked = asked || page_row(page, row)->node_id == nodes[i];
        }
        buffer_reset(&rules);
        error = error || !asked ? error
                                : queue_rules_json(page->corridor, nodes[i], page->loaded->day,
                                                   &page->loaded->report, &rules);
        if (asked && !error) {
            json_write_object(&json);
            json_member_text(&json, "checkpoint",
                             zhol_corridor_id(page->corridor, ZHOL_TABLE_node, nodes[i]));
            json_write_key(&json, "rules");
            json_write_raw(&json, (struct text_view){buffer_get(&rules), (uint32_t)rules.size});
            json_write_object_end(&json);
        }
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    error = error ? error : json_writer_end(&json);
    free(nodes);
    buffer_clear(&rules);
    return error == ZHOL_ERROR_UNKNOWN ? EXIT_NO_ANSWER : error ? EXIT_FAILED : EXIT_FINE;
}

static int page_show(struct page *page)
{
    if (page->json) {
        return show_json(page);
    }
    answer_head(page->given, page->loaded, &page->out);
    if (page->given->argument_count < 2) {
        show_all(page);
    }
    for (uint32_t i = 1; i < page->given->argument_count; i++) {
        uint32_t row = page_queue(page, page->given->arguments[i]);
        if (row == ZHOL_NONE) {
            return EXIT_NO_ANSWER;
        }
        show_queue(page, row);
    }
    return EXIT_FINE;
}

/* ---- the command ---- */

static int one_queue(struct page *page, int (*page_of)(struct page *, uint32_t))
{
    if (page->given->argument_count != 2) {
        return fail(page->given, EXIT_MISUSED,
                    page_ru(page) ? "%s: нужна одна очередь" : "%s: one queue is needed",
                    page->given->arguments[0]);
    }
    uint32_t row = page_queue(page, page->given->arguments[1]);
    return row == ZHOL_NONE ? EXIT_NO_ANSWER : page_of(page, row);
}

static int run_what(struct page *page)
{
    const char *what = page->given->arguments[0];
    if (strcmp(what, "show") == 0) {
        return page_show(page);
    }
    if (strcmp(what, "slots") == 0) {
        return one_queue(page, page_slots);
    }
    if (strcmp(what, "forecast") == 0) {
        return one_queue(page, page_forecast);
    }
    if (strcmp(what, "advice") == 0 && page->given->argument_count == 1) {
        return page_advice(page);
    }
    return fail(page->given, EXIT_MISUSED,
                page_ru(page) ? "«%s»: нужно show, slots, forecast или advice"
                              : "\"%s\": show, slots, forecast or advice is meant",
                what);
}

static int run(const struct given *given)
{
    struct loaded loaded;
    int code = load_corridor(given, &loaded);
    struct page page = {.given = given, .loaded = &loaded, .corridor = loaded.corridor};
    buffer_init(&page.out);
    page.json = strcmp(given_format(given), "json") == 0;
    if (code == EXIT_FINE) {
        code = run_what(&page);
        code = code == EXIT_FINE ? load_write(given, &page.out, EXIT_FINE) : code;
    }
    buffer_clear(&page.out);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol queue show",
    "the queues of the corridor",
    "очереди коридора",
    "zhol queue show kolzhat --date 2025-11-12",
    "rules, hours, limits and fees of a checkpoint on a day",
    "правила, часы, лимиты и сборы пункта на день",
    "zhol queue slots nur-zholy-exit --date 2025-10-08 --days 3",
    "when both sides are open, and what passes",
    "когда открыты обе стороны и сколько проходит",
    "zhol queue forecast nur-zholy-exit --date 2025-11-12 --waiting 1500",
    "when a truck that joins now is called, by category",
    "когда вызовут того, кто встанет сейчас, по категориям",
    "zhol queue advice --from Almaty --waiting nur-zholy-exit=1500 --waiting kolzhat-exit=100",
    "which checkpoint to take",
    "какой пункт выбрать",
    NULL};

const struct command command_queue = {
    .name = "queue",
    .about = SAID("border queues: rules, slots, forecast of the call, which checkpoint to take",
                  "очереди на границе: правила, слоты, прогноз вызова, какой пункт выбрать"),
    .arguments = "show|slots|forecast|advice [QUEUE...]",
    .min_arguments = 1,
    .max_arguments = 20,
    .common = true,
    .formats = "table|json",
    .options = options,
    .details = SAID("QUEUE is an identifier of queue.csv or the name of a checkpoint. What passes "
                    "is the smaller of both sides, each with its hours, holidays and time zone. "
                    "A forecast rests on that plan, on what was really taken lately, and on how "
                    "many wait; --observed reads exports of any of these: acceptance or queue as "
                    "for zhol import (CSV or XLSX), checkpoint_time,wait_time,vehicles_in_queue, "
                    "or date,accepted,planned,waiting. show --format json is the data of the "
                    "command rules_set, slots --format json that of slots_publish.",
                    "QUEUE — обозначение из queue.csv или название пункта. Проходит меньшее из "
                    "двух сторон, у каждой свои часы, праздники и пояс. Прогноз опирается на этот "
                    "план, на то, сколько принимали в последнее время, и на число ждущих; "
                    "--observed читает выгрузки: приём или очередь, как zhol import (CSV или "
                    "XLSX), checkpoint_time,wait_time,vehicles_in_queue или "
                    "date,accepted,planned,waiting. show --format json — данные команды "
                    "rules_set, slots --format json — slots_publish."),
    .examples = examples,
    .run = run,
};
