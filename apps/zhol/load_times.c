/* load_times.c: see load_times.h. */
#include "load_times.h"

#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "corridor/otherwise.h"

/* A link has an identifier for each direction and gauge: a beginning gets a list of them. */
static int fail_name(const struct given *given, const struct loaded *loaded, const char *name)
{
    static const struct said none =
        SAID("no link or process is called %s; see zhol show, tables link and process",
             "нет участка или процесса %s; см. zhol show, таблицы link и process");
    static const struct said near = SAID("no link or process is called %s; there are: %s",
                                         "нет участка или процесса %s; есть: %s");
    static const enum zhol_table tables[] = {ZHOL_TABLE_link, ZHOL_TABLE_process};
    struct buffer names = {0};
    uint32_t found = 0;
    for (size_t t = 0; *name && t < 2; t++) {
        uint32_t count = zhol_corridor_things(loaded->corridor, tables[t]);
        for (uint32_t i = 0; i < count && found < 8; i++) {
            const char *id = zhol_corridor_id(loaded->corridor, tables[t], i);
            if (strncmp(id, name, strlen(name)) == 0) {
                buffer_printf(&names, found++ ? ", %s" : "%s", id);
            }
        }
    }
    int code = found ? fail(given, EXIT_NO_ANSWER, say(given, near), name, buffer_get(&names))
                     : fail(given, EXIT_NO_ANSWER, say(given, none), name);
    buffer_clear(&names);
    return code;
}

int load_time_read(const struct given *given, const struct loaded *loaded, const char *text,
                   struct load_time *time)
{
    static const struct said bad =
        SAID("--duration %s: expected WHAT=FACTOR, the factor above 0 and at most %g",
             "--duration %s: нужно ЧТО=ЧИСЛО, число больше 0 и не больше %g");
    char name[512];
    const char *sign = strrchr(text, '=');
    size_t size = sign ? (size_t)(sign - text) : 0;
    if (!sign || size >= sizeof name || number_parse_real(text_view_of(sign + 1), &time->factor) ||
        !(time->factor > 0) || !(time->factor <= OTHERWISE_SLOWEST)) {
        return fail(given, EXIT_MISUSED, say(given, bad), text, OTHERWISE_SLOWEST);
    }
    memcpy(name, text, size);
    name[size] = '\0';
    time->table = ZHOL_TABLE_link;
    time->thing = zhol_corridor_find(loaded->corridor, ZHOL_TABLE_link, name);
    if (time->thing == ZHOL_NONE) {
        time->table = ZHOL_TABLE_process;
        time->thing = zhol_corridor_find(loaded->corridor, ZHOL_TABLE_process, name);
    }
    return time->thing == ZHOL_NONE ? fail_name(given, loaded, name) : EXIT_FINE;
}

int load_times_in(const struct given *given, const struct loaded *loaded,
                  struct zhol_corridor *corridor)
{
    const char *text;
    int code = EXIT_FINE;
    for (uint32_t i = 0; !code && (text = given_nth(given, "duration", i)) != NULL; i++) {
        struct load_time time;
        code = load_time_read(given, loaded, text, &time);
        enum zhol_error error =
            code ? ZHOL_ERROR_OK
                 : otherwise_time(corridor, time.table, time.thing, loaded->day, time.factor);
        if (error == ZHOL_ERROR_UNKNOWN) {
            static const struct said idle = SAID("--duration %s: it is not in use on that day",
                                                 "--duration %s: в этот день не действует");
            code = fail(given, EXIT_NO_ANSWER, say(given, idle), text);
        } else if (error) {
            code = fail(given, EXIT_FAILED, "%s", zhol_error_text(error));
        }
    }
    return code;
}

int load_times(const struct given *given, struct loaded *loaded)
{
    static const struct said what =
        SAID("what if: time of %s; timetables that go there are longer by what they lose\n",
             "что, если: время %s; расписания, которые там проходят, длиннее на потерянное\n");
    const char *text;
    int code = load_times_in(given, loaded, loaded->corridor);
    for (uint32_t i = 0; !code && (text = given_nth(given, "duration", i)) != NULL; i++) {
        fprintf(stderr, say(given, what), text);
    }
    return code;
}
