/* study_trains.c: trains a day at the crossings: what each side counts and the base assigns, one
 * beside the other, so that nobody takes one count for another. */
#include <math.h>
#include <string.h>

#include "report/format.h"
#include "report/study_sections.h"

/* ---- Published counts ---- */

/* Words that scopes of counts are made of. */
static const char *const said_ru[][2] = {
    {"both directions, average", "в обе стороны, среднее"},
    {"container trains, Kazakh count", "контейнерные поезда, счёт Казахстана"},
    {"Horgos, Chinese count", "Хоргос, счёт Китая"},
    {"Alashankou, Chinese count", "Алашанькоу, счёт Китая"},
    {"westbound, January to May", "на запад, январь — май"},
    {"both directions", "в обе стороны"},
    {"China-Europe-China, both directions", "Китай — Европа — Китай, в обе стороны"},
};

static const char *scope_of(const struct document *document, const struct zhol_corridor *corridor,
                            const struct zhol_observation *o)
{
    const char *scope = zhol_corridor_text(corridor, o->scope);
    const char *own = zhol_corridor_text(corridor, o->scope_ru);
    if (document->lang == REPORT_RU && *own) {
        return own;
    }
    for (size_t i = 0; i < sizeof said_ru / sizeof *said_ru; i++) {
        if (document->lang == REPORT_RU && strcmp(scope, said_ru[i][0]) == 0) {
            return said_ru[i][1];
        }
    }
    return scope;
}

/* Whole counts of trains: no peaks, promises, capacities, nor parts of a count by destination. */
static bool is_count(const struct zhol_corridor *corridor, const struct zhol_observation *o)
{
    static const char *const measures[] = {"trains", "container trains", "trains a day",
                                           "container trains a day"};
    const char *measure = zhol_corridor_text(corridor, o->measure);
    bool known = false;
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        known |= strcmp(measure, measures[i]) == 0;
    }
    return known && !isnan(o->value) && o->period_start != ZHOL_BLANK_DATE &&
           o->period_end > o->period_start &&
           !strstr(zhol_corridor_text(corridor, o->subject), ", to ");
}

static double trains_day(const struct zhol_corridor *corridor, const struct zhol_observation *o)
{
    const char *unit = zhol_corridor_text(corridor, o->unit);
    return strcmp(unit, "trains/day") == 0 ? o->value
           : strcmp(unit, "trains") == 0   ? o->value / (o->period_end - o->period_start)
                                           : NAN;
}

static bool is_at(const struct zhol_observation *o, const uint32_t node[static 2])
{
    return o->node_id == node[0] || o->node_id == node[1];
}

static bool overlaps(const struct zhol_observation *o, const struct corridor_study_options *period)
{
    return o->period_start < period->to && o->period_end > period->from;
}

/* The counts at a crossing that stand in the table: those of the period of the demand, or where it
 * has none the last one before. Returns how many; *last is the number of that one, or ZHOL_NONE. */
static uint32_t counts_at(const struct study_report *report, const uint32_t node[static 2],
                          uint32_t *last)
{
    const struct zhol_corridor *corridor = report->study->cases[0].corridor;
    uint32_t count, found = 0, older = ZHOL_NONE;
    const struct zhol_observation *rows = zhol_corridor_observation(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_at(&rows[i], node) || !is_count(corridor, &rows[i])) {
            continue;
        }
        found += overlaps(&rows[i], &report->study->options);
        bool before = rows[i].period_end <= report->study->options.from;
        if (before && (older == ZHOL_NONE || rows[i].period_end > rows[older].period_end)) {
            older = i;
        }
    }
    *last = found ? ZHOL_NONE : older;
    return found + (*last != ZHOL_NONE);
}

/* ---- Rows ---- */

static struct document_cell *open_row(struct document *document,
                                      const struct zhol_corridor *corridor,
                                      const uint32_t node[static 2], const char *source)
{
    struct document_cell *cell = document_row(document, source);
    document_put(document, &cell[0], "%s – %s", study_node(document, corridor, node[0]),
                 study_node(document, corridor, node[1]));
    return cell;
}

static void put_dates(struct document_cell *cell, int32_t from, int32_t to)
{
    cell[3] = document_date(from);
    cell[4] = document_date(to - 1);
}

static void write_published(const struct study_report *report, const uint32_t node[static 2],
                            struct document *document)
{
    const struct zhol_corridor *corridor = report->study->cases[0].corridor;
    uint32_t count, last;
    const struct zhol_observation *rows = zhol_corridor_observation(corridor, &count);
    counts_at(report, node, &last);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_observation *o = &rows[i];
        bool own = is_at(o, node) && is_count(corridor, o) && overlaps(o, &report->study->options);
        if (!own && i != last) {
            continue;
        }
        struct document_cell *cell = open_row(
            document, corridor, node, zhol_corridor_id(corridor, ZHOL_TABLE_source, o->source_id));
        document_put(document, &cell[1], "%s%s",
                     study_said(document, "published, at ", "опубликовано, место — "),
                     study_node(document, corridor, o->node_id));
        document_put(document, &cell[2], "%s%s", scope_of(document, corridor, o),
                     o->qualifier == zhol_qualifier_GT
                         ? study_said(document, "; more than", "; больше чем")
                         : "");
        put_dates(cell, o->period_start, o->period_end);
        cell[7] = document_number(trains_day(corridor, o), 1);
    }
}

/* Trains a day of the base over the links from one place to the other, by the capacities that
 * count them; NaN where none does. */
static double assigned(const struct study_case *base, uint32_t from, uint32_t to)
{
    uint32_t count, begin, end;
    const struct zhol_resource *rows = zhol_corridor_resource(base->corridor, &count);
    const struct zhol_link *links = zhol_corridor_link(base->corridor, &count);
    double sum = NAN;
    for (uint32_t i = 0; i < base->assign.capacity_count; i++) {
        const struct assign_capacity *c = &base->assign.capacities[i];
        const struct zhol_resource *row = &rows[c->resource_row];
        if (row->link_id == ZHOL_NONE || row->unit != zhol_capacity_unit_TRAINS) {
            continue;
        }
        zhol_corridor_rows(base->corridor, ZHOL_TABLE_link, row->link_id, &begin, &end);
        if (links[begin].from_node_id == from && links[begin].to_node_id == to) {
            sum = isnan(sum) ? c->use : sum + c->use;
        }
    }
    return sum;
}

/* Trains a day that a capacity of a railway takes out of a place; 0 where it takes none. */
static double taken_out(const struct study_case *base, const struct assign_capacity *c,
                        uint32_t node, uint32_t *to)
{
    uint32_t count, begin, end;
    const struct zhol_resource *row =
        &zhol_corridor_resource(base->corridor, &count)[c->resource_row];
    bool pairs = row->unit == zhol_capacity_unit_PAIRS;
    if (row->link_id == ZHOL_NONE || (!pairs && row->unit != zhol_capacity_unit_TRAINS)) {
        return 0;
    }
    const struct zhol_link *links = zhol_corridor_link(base->corridor, &count);
    zhol_corridor_rows(base->corridor, ZHOL_TABLE_link, row->link_id, &begin, &end);
    const struct zhol_link *link = &links[begin];
    bool along = link->from_node_id == node, back = link->to_node_id == node;
    *to = along ? link->to_node_id : link->from_node_id;
    bool out = pairs ? (along || back) && c->sense == (node < *to ? 0 : 1) : along;
    return out ? c->use : 0;
}

/* Fewer trains leave a border station than come: where they go on, for who holds the two counts
 * against each other. */
static void say_inland(const struct study_report *report, const uint32_t node[static 2],
                       struct document *document)
{
    const struct study_case *base = &report->study->cases[0];
    double there = assigned(base, node[0], node[1]);
    struct buffer line = {0};
    for (uint32_t i = 0; i < base->assign.capacity_count; i++) {
        uint32_t to = node[0];
        double out = taken_out(base, &base->assign.capacities[i], node[1], &to);
        if (to != node[0] && out >= 0.05) {
            buffer_printf(&line, "%s%s ", line.size ? ", " : "",
                          study_node(document, base->corridor, to));
            format_number(&line, out, 1, document->lang);
        }
    }
    if (line.size && there >= 0.05) {
        struct buffer come = {0};
        format_number(&come, there, 1, document->lang);
        document_note(document,
                      study_said(document,
                                 "%s: %s trains of freight a day come over the border in the "
                                 "base; trains go on to: %s. The two need not be equal: a train on "
                                 "1520 mm takes more boxes (61 or 62 FEU) than one on 1435 mm (41 "
                                 "to 54), and some freight ends or changes to the road there.",
                                 "%s: через границу в базе приходит %s поездов с грузом в сутки; "
                                 "дальше идут поезда: %s. Числа не обязаны совпадать: поезд на "
                                 "1520 мм берёт больше контейнеров (61-62 ФЭ), чем на 1435 мм "
                                 "(41-54), а часть груза остаётся там или уходит на дорогу."),
                      study_node(document, base->corridor, node[1]), buffer_get(&come),
                      buffer_get(&line));
        buffer_clear(&come);
    }
    buffer_clear(&line);
}

static void write_assigned(const struct study_report *report, const uint32_t node[static 2],
                           struct document *document)
{
    const struct study_case *base = &report->study->cases[0];
    double there = assigned(base, node[0], node[1]), back = assigned(base, node[1], node[0]);
    if (isnan(there) && isnan(back)) {
        return;
    }
    struct document_cell *cell = open_row(document, base->corridor, node, NULL);
    document_put(document, &cell[1], "%s", study_said(document, "the base", "база"));
    document_put(document, &cell[2], "%s",
                 study_said(document, "assigned freight in boxes and wagons, made into trains",
                            "распределённый груз в контейнерах и вагонах, пересчитан в поезда"));
    put_dates(cell, report->study->options.from, report->study->options.to);
    cell[5] = document_number(there, 1);
    cell[6] = document_number(back, 1);
    cell[7] = document_number(isnan(there) ? back : isnan(back) ? there : there + back, 1);
}

static void write_expected(const struct study_day *at, struct document *document)
{
    const struct dispatch_day *day = &at->joint.day;
    const uint32_t node[2] = {day->node[ZHOL_DISPATCH_1435], day->node[ZHOL_DISPATCH_1520]};
    double there = at->sides[ZHOL_DISPATCH_1435].average;
    double back = at->sides[ZHOL_DISPATCH_1520].average;
    struct document_cell *cell = open_row(document, day->corridor, node, NULL);
    document_put(document, &cell[1], "%s", study_said(document, "this day", "эти сутки"));
    document_put(document, &cell[2], "%s",
                 study_said(document, "expected on average, by the figures of the stations",
                            "ожидается в среднем, по данным станций"));
    put_dates(cell, day->date, day->date + 1);
    cell[5] = document_number(there, 1);
    cell[6] = document_number(back, 1);
    cell[7] = document_number(there + back, 1);
}

/* ---- The table ---- */

static void open_table(const char *key, struct document *document)
{
    const char *unit = study_said(document, "trains/day", "поездов/сут");
    const struct document_column columns[] = {
        {"crossing", study_said(document, "Crossing", "Переход"), NULL, DOCUMENT_TEXT},
        {"count", study_said(document, "Whose count", "Чей счёт"), NULL, DOCUMENT_TEXT},
        {"counted", study_said(document, "What is counted", "Что считают"), NULL, DOCUMENT_TEXT},
        {"from", study_said(document, "From", "С"), NULL, DOCUMENT_DATE},
        {"to", study_said(document, "To", "По"), NULL, DOCUMENT_DATE},
        {"there_trains_day", study_said(document, "There", "Туда"), unit, DOCUMENT_NUMBER},
        {"back_trains_day", study_said(document, "Back", "Обратно"), unit, DOCUMENT_NUMBER},
        {"trains_day", study_said(document, "As counted", "Как считают"), unit, DOCUMENT_NUMBER},
    };
    document_table(
        document, key,
        study_said(document, "Trains a day, by each count", "Поезда в сутки, по каждому счёту"),
        study_said(document,
                   "mean of the time in the row; there: from the first place to the "
                   "second; as counted: both ways where the row does not say otherwise",
                   "среднее за время в строке; туда — от первого места ко второму; как "
                   "считают — в обе стороны, если в строке не сказано иного"),
        columns, sizeof columns / sizeof *columns);
}

static void close_table(struct document *document)
{
    document_note(
        document, "%s",
        study_said(
            document,
            "These counts differ by what they count, and contradict each other only where "
            "the third column says the same. Kazakhstan counts container trains; China "
            "counts all trains China-Europe and China-Central Asia, both ways, empties "
            "too. The base has the freight of the demand table, that in wagons too, made "
            "into trains by table resource_use: loaded trains alone (empties go back, too). Where "
            "the period has no count the last one before it stands with its dates: traffic of "
            "another year, no check of the base. Borders farther west are crossed by trains from "
            "China by Manzhouli and Erenhot, too: counts there are of trains of all borders, the "
            "base has those of this corridor alone.",
            "Счета расходятся тем, что в них считают, и противоречат друг другу лишь там, "
            "где третий столбец одинаков. Казахстан считает контейнерные поезда; Китай — "
            "все поезда Китай — Европа и Китай — Центральная Азия, в обе стороны, и "
            "порожние. В базе — груз таблицы спроса, и тот, что в вагонах, по таблице "
            "resource_use пересчитанный в поезда: одни гружёные (назад идут и порожние). Где за "
            "этот период счёта нет, стоит последний прежний со своими датами: это перевозки "
            "другого года, а не проверка базы. Через границы дальше на запад идут и поезда из "
            "Китая через Маньчжурию и Эрэн-Хото: счёт там — поезда всех границ, в базе — только "
            "этого коридора."));
}

void study_put_trains(const struct study_report *report, const struct study_days *days,
                      const char *key, struct document *document)
{
    const struct study_case *base = &report->study->cases[0];
    bool open = false;
    uint32_t last;
    for (uint32_t i = 0; days && i < days->count; i++) {
        const uint32_t *own = days->list[i].joint.day.node;
        const uint32_t node[2] = {own[ZHOL_DISPATCH_1435], own[ZHOL_DISPATCH_1520]};
        open ? (void)0 : open_table(key, document);
        open = true;
        write_published(report, node, document);
        write_expected(&days->list[i], document);
        write_assigned(report, node, document);
    }
    for (uint32_t i = 0; !days && i < base->crossing_count; i++) {
        const uint32_t node[2] = {base->crossings[i].a, base->crossings[i].b};
        if (base->crossings[i].mode == zhol_mode_RAIL && counts_at(report, node, &last)) {
            open ? (void)0 : open_table(key, document);
            open = true;
            write_published(report, node, document);
            write_assigned(report, node, document);
        }
    }
    if (open) {
        close_table(document);
    }
    for (uint32_t i = 0; open && !days && i < base->crossing_count; i++) {
        const uint32_t node[2] = {base->crossings[i].a, base->crossings[i].b};
        if (base->crossings[i].mode == zhol_mode_RAIL && counts_at(report, node, &last)) {
            say_inland(report, node, document);
        }
    }
}
