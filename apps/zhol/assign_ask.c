/* assign_ask.c: see assign_ask.h. */
#include "assign_ask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/progress.h"
#include "base/text.h"
#include "base/time.h"

static bool is_ru(const struct given *given)
{
    return given->lang == LANG_RU;
}

/* ---- The period ---- */

static int ask_period(const struct given *given, const struct loaded *loaded,
                      struct assign_study_options *options)
{
    const char *text = given_value(given, "period");
    if (!text) {
        int32_t year = time_date_of(loaded->about.as_of).year;
        options->from = time_days((struct time_date){year - 1, 1, 1});
        options->to = time_days((struct time_date){year, 1, 1});
        return EXIT_FINE;
    }
    return load_period(given, "period", text, &options->from, &options->to);
}

/* ---- What is otherwise ---- */

/* "NAME=VALUE": the thing of the table, and the number. */
static int ask_pair(const struct given *given, const struct loaded *loaded, const char *option,
                    const char *text, enum zhol_table table, struct assign_change *change)
{
    char name[512];
    const char *sign = strrchr(text, '=');
    size_t size = sign ? (size_t)(sign - text) : 0;
    double value;
    if (!sign || size >= sizeof name || number_parse_real(text_view_of(sign + 1), &value) ||
        !(value >= 0) || !(value <= 1e12)) {
        static const struct said bad =
            SAID("--%s %s: expected NAME=NUMBER, a number from 0 to 1e12",
                 "--%s %s: нужно ИМЯ=ЧИСЛО, число от 0 до 1e12");
        return fail(given, EXIT_MISUSED, say(given, bad), option, text);
    }
    memcpy(name, text, size);
    name[size] = '\0';
    change->value = value;
    return load_thing(given, loaded, table, name, &change->thing);
}

/* A link has an identifier for each direction and gauge: what begins one, and names no place, gets
 * a list of those that begin so. */
static int hint_links(const struct given *given, const struct loaded *loaded, const char *text)
{
    static const struct said none = SAID("no link or place is called %s; links that begin so: %s",
                                         "нет участка или места %s; так начинаются участки: %s");
    const struct zhol_corridor *corridor = loaded->corridor;
    uint32_t node, near[1], count = 0, found = 0;
    struct buffer names;
    if (!*text || !zhol_corridor_place(corridor, text, &node, near, 1, &count)) {
        return EXIT_FINE;
    }
    buffer_init(&names);
    for (uint32_t i = 0; i < zhol_corridor_things(corridor, ZHOL_TABLE_link) && found < 8; i++) {
        const char *id = zhol_corridor_id(corridor, ZHOL_TABLE_link, i);
        if (strncmp(id, text, strlen(text)) == 0) {
            buffer_printf(&names, found++ ? ", %s" : "%s", id);
        }
    }
    int code =
        found ? fail(given, EXIT_NO_ANSWER, say(given, none), text, buffer_get(&names)) : EXIT_FINE;
    buffer_clear(&names);
    return code;
}

static int ask_close(const struct given *given, const struct loaded *loaded, const char *text,
                     struct assign_change *change)
{
    change->thing = zhol_corridor_find(loaded->corridor, ZHOL_TABLE_link, text);
    change->kind = ASSIGN_CHANGE_LINK;
    if (change->thing != ZHOL_NONE) {
        return EXIT_FINE;
    }
    change->kind = ASSIGN_CHANGE_NODE;
    int code = hint_links(given, loaded, text);
    return code == EXIT_FINE ? load_place(given, loaded, text, &change->thing) : code;
}

/* Two values for one thing are a slip; which is meant, only the asker knows. */
static int refuse_twice(const struct given *given, const char *option, const char *text,
                        const struct assign_change *changes, uint32_t last)
{
    static const struct said twice =
        SAID("--%s %s: it has another value already", "--%s %s: значение уже задано");
    for (uint32_t i = 0; i < last; i++) {
        if (changes[i].kind == changes[last].kind && changes[i].thing == changes[last].thing) {
            return fail(given, EXIT_MISUSED, say(given, twice), option, text);
        }
    }
    return EXIT_FINE;
}

int assign_ask_changes(const struct given *given, const struct loaded *loaded,
                       struct assign_change **changes, uint32_t *count)
{
    const char *text;
    int code = EXIT_FINE;
    *count = 0;
    *changes = calloc((size_t)given->option_count + 1, sizeof **changes);
    if (!*changes) {
        return fail(given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    for (uint32_t i = 0; code == EXIT_FINE && (text = given_nth(given, "change", i)) != NULL; i++) {
        struct assign_change *change = &(*changes)[(*count)++];
        change->kind = ASSIGN_CHANGE_RESOURCE;
        code = ask_pair(given, loaded, "change", text, ZHOL_TABLE_resource, change);
        code = code ? code : refuse_twice(given, "change", text, *changes, *count - 1);
    }
    for (uint32_t i = 0; code == EXIT_FINE && (text = given_nth(given, "close", i)) != NULL; i++) {
        code = ask_close(given, loaded, text, &(*changes)[(*count)++]);
    }
    for (uint32_t i = 0; code == EXIT_FINE && (text = given_nth(given, "tariff", i)) != NULL; i++) {
        struct assign_change *change = &(*changes)[(*count)++];
        change->kind = ASSIGN_CHANGE_TARIFF;
        code = ask_pair(given, loaded, "tariff", text, ZHOL_TABLE_tariff, change);
        code = code ? code : refuse_twice(given, "tariff", text, *changes, *count - 1);
    }
    return code;
}

int assign_ask(const struct given *given, const struct loaded *loaded, struct assign_asked *asked)
{
    struct assign_study_options *o = &asked->options;
    const char *hold = given_value(given, "hold");
    double threads = 0, unmet = 0, rows = 0, leave = ASSIGN_LEAVE_USD_T;
    *asked = (struct assign_asked){.options = {.network_day = ZHOL_BLANK_DATE}};
    int code = ask_period(given, loaded, o);
    if (code == EXIT_FINE && given_value(given, "threads")) {
        code = load_number(given, "threads", 1, 64, &threads);
    }
    if (code == EXIT_FINE && given_value(given, "unmet")) {
        code = load_number(given, "unmet", 1.01, 1000, &unmet);
    }
    if (code == EXIT_FINE && given_value(given, "leave")) {
        code = load_number(given, "leave", 0, 1e4, &leave);
    }
    /* The pages read it again; here it is refused before anything is solved. */
    code = code == EXIT_FINE ? load_number(given, "limit", 0, 1e6, &rows) : code;
    o->threads = (uint32_t)threads;
    o->unmet_factor = unmet;
    o->leave_usd_t = leave > 0 ? leave : -1;
    o->average = given_switch(given, "average");
    o->include_planned = given_switch(given, "include-planned");
    o->hold = !hold || strcmp(hold, "border") == 0 ? ASSIGN_HOLD_BORDER
              : strcmp(hold, "crossing") == 0      ? ASSIGN_HOLD_CROSSING
                                                   : ASSIGN_HOLD_NONE;
    if (given_value(given, "date") || loaded->about.day != loaded->about.as_of) {
        o->network_day = loaded->day;
    }
    interrupt_install();
    o->stop = interrupt_requested;
    code = code == EXIT_FINE ? assign_ask_changes(given, loaded, &asked->changes, &o->change_count)
                             : code;
    o->changes = asked->changes;
    return code;
}

int assign_ask_failed(const struct given *given, enum zhol_error error)
{
    switch (error) {
    case ZHOL_ERROR_UNREACHABLE:
        return fail(given, EXIT_NO_ANSWER, "%s",
                    is_ru(given) ? "в таблице demand нет спроса этого периода"
                                 : "the table demand has nothing for this period");
    case ZHOL_ERROR_UNKNOWN:
        return fail(given, EXIT_NO_ANSWER, "%s",
                    is_ru(given)
                        ? "изменение называет то, что ни в одном месяце ничего не ограничивает"
                        : "a change names what limits nothing in any month");
    case ZHOL_ERROR_INTERRUPTED:
        return EXIT_STOPPED;
    default:
        return fail(given, EXIT_FAILED, "%s", zhol_error_text(error));
    }
}

void assign_ask_clear(struct assign_asked *asked)
{
    free(asked->changes);
    asked->changes = NULL;
}
