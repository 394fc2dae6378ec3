/* cmd_register.c: projects as a register of assets: who has it, where, its state on the day, which
 * capacity it makes, what it costs, and the source.
 */
#include <math.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/text.h"
#include "report/lines.h"
#include "words.h"

#define KINDS                                                                           \
    "railway|road|pipeline|terminal|port|checkpoint|factory|power|digital|institution|" \
    "education"

enum { CAPACITIES_MAX = 12 };

static const struct option_row options[] = {
    {"kind", 0, "KIND", KINDS, false, SAID("only this kind", "только этот вид")},
    {"party", 0, "ACTOR", NULL, false,
     SAID("only those in which this actor has a part", "только с участием этой организации")},
    {"state", 0, "STATE", "operating|building|planned|study|closed", false,
     SAID("only those in this state on the day", "только в этом состоянии на день")},
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

struct register_page {
    const struct given *given;
    const struct loaded *loaded;
    const struct zhol_project *projects;
    uint32_t count;
    unsigned kind, state; /* words; 0: all */
    const char *party;    /* identifier of an actor, or NULL */
};

static const char *in(const struct register_page *page, const char *en, const char *ru)
{
    return page->given->lang == LANG_RU ? ru : en;
}

/* The last status row of a project that is not after the day; NULL where none is. */
static const struct zhol_project_status *status_of(const struct register_page *page,
                                                   const struct zhol_project *project)
{
    uint32_t count, all;
    const struct zhol_project_status *rows =
        zhol_corridor_project_status(page->loaded->corridor, &all);
    const uint32_t *numbers = zhol_corridor_rows_of(
        page->loaded->corridor, ZHOL_TABLE_project_status, project->project_id, &count);
    const struct zhol_project_status *last = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_project_status *row = &rows[numbers[i]];
        if (row->date <= page->loaded->day && (!last || row->date >= last->date)) {
            last = row;
        }
    }
    return last;
}

/* Rows of table resource that hold on the day, of the project's assets; returns how many. */
static uint32_t capacities_of(const struct register_page *page, const struct zhol_project *project,
                              uint32_t rows[CAPACITIES_MAX])
{
    const struct zhol_corridor *corridor = page->loaded->corridor;
    uint32_t count, all, found = 0;
    const struct zhol_project_asset *assets = zhol_corridor_project_asset(corridor, &all);
    const uint32_t *numbers =
        zhol_corridor_rows_of(corridor, ZHOL_TABLE_project_asset, project->project_id, &count);
    for (uint32_t i = 0; i < count && found < CAPACITIES_MAX; i++) {
        uint32_t resource = assets[numbers[i]].resource_id;
        uint32_t row = resource == ZHOL_NONE ? ZHOL_NONE
                                             : zhol_corridor_row_on(corridor, ZHOL_TABLE_resource,
                                                                    resource, page->loaded->day);
        if (row != ZHOL_NONE) {
            rows[found++] = row;
        }
    }
    return found;
}

static bool link_stands(const struct register_page *page, uint32_t link)
{
    const struct zhol_corridor *corridor = page->loaded->corridor;
    uint32_t count, all;
    int32_t day = page->loaded->day;
    const struct zhol_link_period *rows = zhol_corridor_link_period(corridor, &all);
    const uint32_t *numbers = zhol_corridor_rows_of(corridor, ZHOL_TABLE_link_period, link, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_link_period *row = &rows[numbers[i]];
        bool holds = (row->valid_from == ZHOL_BLANK_DATE || row->valid_from <= day) &&
                     (row->valid_to == ZHOL_BLANK_DATE || day < row->valid_to);
        if (holds) {
            return row->status == zhol_status_OPERATING;
        }
    }
    return count == 0;
}

/* False where a link of the project is not in service on the day: its capacities are then plans. A
 * project without links (a hub in a place that is there) adds to what stands. */
static bool links_stand(const struct register_page *page, const struct zhol_project *project)
{
    uint32_t count, all;
    const struct zhol_corridor *corridor = page->loaded->corridor;
    const struct zhol_project_asset *assets = zhol_corridor_project_asset(corridor, &all);
    const uint32_t *numbers =
        zhol_corridor_rows_of(corridor, ZHOL_TABLE_project_asset, project->project_id, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t link = assets[numbers[i]].link_id;
        if (link != ZHOL_NONE && !link_stands(page, link)) {
            return false;
        }
    }
    return true;
}

static bool has_party(const struct register_page *page, const struct zhol_project *project,
                      const char *party)
{
    struct text_view rest =
        text_view_of(zhol_corridor_text(page->loaded->corridor, project->parties));
    while (rest.size) {
        if (text_equal_string(text_cut(&rest, ';'), party)) {
            return true;
        }
    }
    return false;
}

static bool is_asked(const struct register_page *page, const struct zhol_project *project)
{
    const struct zhol_project_status *status = status_of(page, project);
    return (!page->kind || project->kind == page->kind) &&
           (!page->state || (status && status->status == page->state)) &&
           (!page->party || has_party(page, project, page->party));
}

/* ---- Texts ---- */

/* "Dostyk > Alashankou" of a capacity that holds one way only; "" of the others. */
static const char *way_of(const struct register_page *page, const struct zhol_resource *resource,
                          char out[static 2 * ANSWER_TEXT + 4])
{
    const struct zhol_corridor *corridor = page->loaded->corridor;
    char from[ANSWER_TEXT], to[ANSWER_TEXT];
    uint32_t count, row, end;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    bool back = resource->direction == zhol_direction_BACKWARD;
    *out = '\0';
    if (resource->link_id != ZHOL_NONE && (back || resource->direction == zhol_direction_FORWARD)) {
        zhol_corridor_rows(corridor, ZHOL_TABLE_link, resource->link_id, &row, &end);
        uint32_t tail = back ? links[row].to_node_id : links[row].from_node_id;
        uint32_t head = back ? links[row].from_node_id : links[row].to_node_id;
        snprintf(out, 2 * ANSWER_TEXT + 4, "%s > %s",
                 answer_name(page->given, page->loaded, ZHOL_TABLE_node, tail, from),
                 answer_name(page->given, page->loaded, ZHOL_TABLE_node, head, to));
    }
    return out;
}

/* "54,794.5 t/day, Dostyk > Alashankou, binding" of one capacity; a star marks an assumption; one
 * of a project that does not operate on the day is said to be as built. */
static void put_capacity(const struct register_page *page, uint32_t row, bool stands,
                         struct buffer *out)
{
    char way[2 * ANSWER_TEXT + 4];
    const struct zhol_corridor *corridor = page->loaded->corridor;
    char value[ANSWER_TEXT];
    uint32_t count, begin, end;
    const struct zhol_resource *resource = &zhol_corridor_resource(corridor, &count)[row];
    const struct zhol_source *sources = zhol_corridor_source(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_source, resource->source_id, &begin, &end);
    bool standing = resource->per == zhol_per_STANDING;
    way_of(page, resource, way);
    buffer_printf(out, "%s%s: %s %s%s%s, %s, %s%s",
                  sources[begin].kind == zhol_source_kind_ASSUMPTION ? "*" : "",
                  zhol_corridor_id(corridor, ZHOL_TABLE_resource, resource->resource_id),
                  answer_number(page->given, resource->value, value),
                  word_said(page->given, zhol_capacity_unit_text(resource->unit)),
                  standing ? "" : "/",
                  standing ? "" : word_said(page->given, zhol_per_text(resource->per)),
                  *way ? way : word_said(page->given, zhol_direction_text(resource->direction)),
                  word_said(page->given, zhol_capacity_kind_text(resource->kind)),
                  stands ? "" : in(page, "; once it is built", "; когда будет построено"));
}

static void put_parties(const struct register_page *page, const struct zhol_project *project,
                        struct buffer *out)
{
    struct text_view rest =
        text_view_of(zhol_corridor_text(page->loaded->corridor, project->parties));
    bool first = true;
    while (rest.size) {
        char name[ANSWER_TEXT], item[ANSWER_TEXT];
        struct text_view part = text_cut(&rest, ';');
        snprintf(item, sizeof item, "%.*s", (int)part.size, part.bytes);
        uint32_t actor = zhol_corridor_find(page->loaded->corridor, ZHOL_TABLE_actor, item);
        buffer_printf(out, "%s%s", first ? "" : ", ",
                      actor == ZHOL_NONE
                          ? item
                          : answer_name(page->given, page->loaded, ZHOL_TABLE_actor, actor, name));
        first = false;
    }
}

static void put_field(const struct register_page *page, const char *en, const char *ru,
                      struct buffer *text, struct buffer *out)
{
    answer_field(out, 2, 11, in(page, en, ru), buffer_get(text));
    buffer_reset(text);
}

static void put_state(const struct register_page *page, const struct zhol_project *project,
                      struct buffer *text)
{
    const struct zhol_project_status *status = status_of(page, project);
    char day[ANSWER_TEXT];
    if (!status) {
        buffer_string(text, in(page, "not known on the day", "на этот день не известно"));
        return;
    }
    const char *words = answer_text(page->given, page->loaded, status->text, status->text_ru);
    buffer_printf(text, in(page, "%s since %s", "%s с %s"),
                  word_said(page->given, zhol_status_text(status->status)),
                  answer_day(status->date, "", day));
    if (*words) {
        buffer_printf(text, " (%s)", words);
    }
}

static void put_project(const struct register_page *page, const struct zhol_project *project,
                        struct buffer *out)
{
    uint32_t rows[CAPACITIES_MAX], capacities = capacities_of(page, project, rows);
    bool stands = links_stand(page, project);
    char name[ANSWER_TEXT];
    struct buffer text;
    buffer_init(&text);
    buffer_printf(&text, "%s [%s], %s",
                  answer_text(page->given, page->loaded, project->name, project->name_ru),
                  zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_project, project->project_id),
                  word_said(page->given, zhol_project_kind_text(project->kind)));
    lines_wrap(out, "", 2, buffer_get(&text));
    buffer_reset(&text);
    put_parties(page, project, &text);
    put_field(page, "whose", "чьё", &text, out);
    if (project->node_id != ZHOL_NONE) {
        buffer_string(
            &text, answer_name(page->given, page->loaded, ZHOL_TABLE_node, project->node_id, name));
        put_field(page, "where", "где", &text, out);
    }
    put_state(page, project, &text);
    put_field(page, "state", "состояние", &text, out);
    for (uint32_t i = 0; i < capacities; i++) {
        put_capacity(page, rows[i], stands, &text);
        put_field(page, i ? "" : "capacity", i ? "" : "мощность", &text, out);
    }
    if (!isnan(project->cost_musd)) {
        buffer_string(&text, answer_number(page->given, project->cost_musd, name));
        put_field(page, "cost, MUSD", "млн долл.", &text, out);
    }
    if (!isnan(project->jobs)) {
        buffer_string(&text, answer_number(page->given, project->jobs, name));
        put_field(page, "jobs", "мест труда", &text, out);
    }
    buffer_string(&text,
                  answer_text(page->given, page->loaded, project->effect, project->effect_ru));
    put_field(page, "effect", "что даёт", &text, out);
    buffer_string(&text, answer_source(page->given, page->loaded, project->source_id, name));
    put_field(page, "source", "источник", &text, out);
    buffer_clear(&text);
}

static void put_table(const struct register_page *page, struct buffer *out)
{
    uint32_t shown = 0;
    answer_head(page->given, page->loaded, out);
    for (uint32_t i = 0; i < page->count; i++) {
        if (is_asked(page, &page->projects[i])) {
            put_project(page, &page->projects[i], out);
            buffer_char(out, '\n');
            shown++;
        }
    }
    buffer_printf(
        out,
        in(page, "Shown: %u of %u. * an assumption.\n", "Показано: %u из %u. * — допущение.\n"),
        shown, page->count);
}

/* ---- As data ---- */

static void put_row(const struct register_page *page, const struct zhol_project *project,
                    uint32_t resource_row, struct csv_writer *csv)
{
    const struct zhol_corridor *corridor = page->loaded->corridor;
    const struct zhol_project_status *status = status_of(page, project);
    char day[ANSWER_TEXT];
    uint32_t count;
    struct buffer text;
    buffer_init(&text);
    csv_write_text(csv, zhol_corridor_id(corridor, ZHOL_TABLE_project, project->project_id));
    csv_write_text(csv, zhol_project_kind_text(project->kind));
    csv_write_text(csv, answer_text(page->given, page->loaded, project->name, project->name_ru));
    put_parties(page, project, &text);
    csv_write_text(csv, buffer_get(&text));
    csv_write_text(csv, project->node_id == ZHOL_NONE
                            ? ""
                            : zhol_corridor_id(corridor, ZHOL_TABLE_node, project->node_id));
    csv_write_text(csv, status ? zhol_status_text(status->status) : "");
    csv_write_text(csv, status ? answer_day(status->date, "", day) : "");
    const struct zhol_resource *resource =
        resource_row == ZHOL_NONE ? NULL : &zhol_corridor_resource(corridor, &count)[resource_row];
    csv_write_text(csv, resource
                            ? zhol_corridor_id(corridor, ZHOL_TABLE_resource, resource->resource_id)
                            : "");
    csv_write_text(csv, resource ? zhol_capacity_kind_text(resource->kind) : "");
    csv_write_real(csv, resource ? resource->value : NAN);
    csv_write_text(csv, resource ? zhol_capacity_unit_text(resource->unit) : "");
    csv_write_text(csv, resource ? zhol_per_text(resource->per) : "");
    csv_write_real(csv, project->cost_musd);
    csv_write_real(csv, project->jobs);
    csv_write_text(csv, zhol_corridor_id(corridor, ZHOL_TABLE_source, project->source_id));
    csv_write_text(csv, !resource ? "" : links_stand(page, project) ? "yes" : "no");
    csv_write_end(csv);
    buffer_clear(&text);
}

static void put_csv(const struct register_page *page, struct buffer *out)
{
    static const char *const heads[] = {
        "project",       "kind",  "name", "parties", "place",     "state", "since",  "resource",
        "capacity_kind", "value", "unit", "per",     "cost_musd", "jobs",  "source", "stands"};
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < page->count; i++) {
        uint32_t rows[CAPACITIES_MAX] = {ZHOL_NONE};
        const struct zhol_project *project = &page->projects[i];
        uint32_t capacities = capacities_of(page, project, rows);
        for (uint32_t k = 0; is_asked(page, project) && k < (capacities ? capacities : 1); k++) {
            put_row(page, project, rows[k], &csv);
        }
    }
}

/* ---- The command ---- */

static int read_question(struct register_page *page)
{
    const char *kind = given_value(page->given, "kind"), *state = given_value(page->given, "state");
    const char *party = given_value(page->given, "party");
    uint32_t actor;
    page->kind = kind ? zhol_project_kind_from(kind) : 0;
    page->state = state ? zhol_status_from(state) : 0;
    if (!party) {
        return EXIT_FINE;
    }
    int code = load_thing(page->given, page->loaded, ZHOL_TABLE_actor, party, &actor);
    if (code == EXIT_FINE) {
        page->party = zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_actor, actor);
    }
    return code;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct register_page page = {.given = given, .loaded = &loaded};
    struct buffer out;
    buffer_init(&out);
    int code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? read_question(&page) : code;
    if (code == EXIT_FINE) {
        page.projects = zhol_corridor_project(loaded.corridor, &page.count);
    }
    if (code == EXIT_FINE && !page.count) {
        code = fail(given, EXIT_NO_ANSWER, "%s",
                    in(&page, "the corridor has no projects", "в коридоре нет проектов"));
    }
    if (code == EXIT_FINE) {
        if (strcmp(given_format(given), "csv") == 0) {
            put_csv(&page, &out);
        } else {
            put_table(&page, &out);
        }
        code = load_write(given, &out, EXIT_FINE);
    }
    buffer_clear(&out);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol register --kind pipeline",
    "pipelines: whose, their capacity each way, their state",
    "трубопроводы: чьи, мощность в каждую сторону, состояние",
    "zhol register --party KTZ --kind terminal --date 2027-01-01",
    "terminals of the Kazakh railway as they stand on a day",
    "терминалы казахстанской железной дороги на день",
    NULL};

const struct command command_register = {
    .name = "register",
    .about = SAID("projects as a register of assets: whose, state on the day, capacity, source",
                  "реестр объектов: чьи, состояние на день, мощность, источник"),
    .common = true,
    .formats = "table|csv",
    .options = options,
    .details =
        SAID("The state is that of the last dated report that is not after the day. "
             "Capacities are those that hold on the day; of a line that is not in service yet, "
             "those that it will have.",
             "Состояние — по последнему датированному сообщению не позже дня. Мощности — "
             "действующие в этот день; у линии, которой ещё нет, — те, что будут."),
    .examples = examples,
    .run = run,
};
