/* simulate_ask.c: the options of `zhol simulate`. See simulate_ask.h. */
#include "simulate_ask.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "base/time.h"
#include "desk/simulate_sums.h"

enum { THREADS_MAX = 16, LIMIT_DEFAULT = 12, SAMPLES = 200, FAR_YEARS = 20 };

static bool is_ru(const struct given *given)
{
    return given->lang == LANG_RU;
}

static uint32_t core_count(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (uint32_t)cores;
}

/* "2%", "2 %" or "0.02". */
static int read_precision(const struct given *given, double *precision)
{
    const char *value = given_value(given, "precision");
    if (!value) {
        return EXIT_FINE;
    }
    struct text_view text = text_trim(text_view_of(value));
    bool percent = text.size && text.bytes[text.size - 1] == '%';
    text.size -= percent;
    if (number_parse_real(text_trim(text), precision) ||
        !((*precision /= percent ? 100 : 1) >= 0.0001 && *precision <= 0.5)) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "--precision: «%s» — ожидается от 0.01%% до 50%%"
                                 : "--precision: '%s' is not from 0.01%% to 50%%",
                    value);
    }
    return EXIT_FINE;
}

static int read_seed(const struct given *given, uint64_t *seed)
{
    const char *value = given_value(given, "seed");
    int64_t number = 1;
    if (value && (number_parse_int(text_view_of(value), &number) || number < 0)) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "--seed: «%s» — ожидается целое число от 0"
                                 : "--seed: '%s' is not a whole number from 0 on",
                    value);
    }
    *seed = (uint64_t)number;
    return EXIT_FINE;
}

static int read_numbers(const struct given *given, struct simulate_asked *asked)
{
    struct study_options *o = &asked->study;
    double replications = 0, threads = core_count(), limit = LIMIT_DEFAULT;
    int code = load_number(given, "days", 1, 366, &o->days);
    code = code ? code : read_precision(given, &o->precision);
    code = code ? code : load_number(given, "replications", 2, STUDY_MOST, &replications);
    code = code ? code : load_number(given, "threads", 1, THREADS_MAX, &threads);
    code = code ? code : read_seed(given, &o->seed);
    code = code ? code : load_number(given, "warm-up", 0, 30, &o->warm_up_days);
    code = code ? code : load_number(given, "limit", 1, 1e6, &limit);
    code = code ? code : load_number(given, "dwell", 0, 1, &o->dwell);
    o->replications = replications > 0   ? (uint32_t)replications
                      : o->precision > 0 ? 10 * STUDY_LEAST
                                         : STUDY_LEAST;
    o->threads = (uint32_t)threads;
    o->audit = given_switch(given, "audit");
    const char *ways = given_value(given, "ways");
    o->assigned = !ways || strcmp(ways, "assign") == 0;
    const char *crossings = given_value(given, "crossings");
    o->free_crossings = crossings && strcmp(crossings, "free") == 0;
    /* At most SAMPLES points in a plot. */
    o->sample_h = o->days * 24 / SAMPLES > 6 ? o->days * 24 / SAMPLES : 6;
    asked->limit = (uint32_t)limit;
    return code;
}

static int fail_findings(const struct given *given, const struct zhol_report *report,
                         enum zhol_error error, const char *what)
{
    load_print_findings(given, report, 20);
    return fail(given, error == ZHOL_ERROR_MEMORY ? EXIT_FAILED : EXIT_BAD_INPUT,
                is_ru(given) ? "%s использовать нельзя (%s)" : "%s cannot be used (%s)", what,
                zhol_error_text(error));
}

/* --from-state, then --disruption in addition. */
static int read_state(const struct given *given, struct loaded *loaded,
                      struct simulate_asked *asked)
{
    const char *path = given_value(given, "from-state"), *text;
    struct zhol_report report;
    enum zhol_error error = ZHOL_ERROR_OK;
    const char *what = path;
    zhol_report_init(&report, 0);
    if (path) {
        error = state_read(loaded->corridor, path, &report, &asked->state);
    }
    for (uint32_t i = 0; !error && (text = given_nth(given, "disruption", i)); i++) {
        what = "--disruption";
        error = state_disruption(loaded->corridor, text, &report, &asked->state);
    }
    int code = error ? fail_findings(given, &report, error, what) : EXIT_FINE;
    zhol_report_clear(&report);
    asked->study.state = &asked->state;
    asked->study.from_state = path != NULL;
    asked->study.sample_h = path && asked->study.days <= 25 ? 3 : asked->study.sample_h;
    if (path && code == EXIT_FINE) {
        asked->study.start_s = asked->state.at_s;
        loaded->day = given_value(given, "date") ? loaded->day : asked->state.day;
    }
    return code;
}

static int read_lists(const struct given *given, struct simulate_asked *asked)
{
    const char *replay = given_value(given, "replay"), *more = given_value(given, "consignments");
    if (replay && more) {
        return fail(given, EXIT_MISUSED, "%s",
                    is_ru(given) ? "--replay и --consignments вместе не сочетаются"
                                 : "--replay and --consignments do not go together");
    }
    asked->study.list = replay ? replay : more;
    asked->study.replay = replay != NULL;
    if (replay && !given_value(given, "warm-up")) {
        asked->study.warm_up_days = 0; /* the list is all there is */
    }
    return EXIT_FINE;
}

static enum group_kind group_of(const char *word)
{
    static const struct {
        const char *word;
        enum group_kind kind;
    } kinds[] = {{"traffic", GROUP_TRAFFIC}, {"crossing", GROUP_CROSSING},
                 {"od", GROUP_OD},           {"destination", GROUP_DESTINATION},
                 {"mode", GROUP_MODE},       {"freight", GROUP_FREIGHT}};
    for (size_t i = 0; word && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(word, kinds[i].word) == 0) {
            return kinds[i].kind;
        }
    }
    return GROUP_ALL; /* the usual ones */
}

static int fail_trace(const struct given *given, const char *value)
{
    return fail(given, EXIT_MISUSED,
                is_ru(given) ? "--trace: «%s» — ожидается ОТКУДА,КУДА[,НОМЕР]"
                             : "--trace: '%s' is not FROM,TO[,NUMBER]",
                value);
}

/* FROM,TO or FROM,TO,NUMBER */
static int read_trace(const struct given *given, const struct loaded *loaded,
                      struct simulate_asked *asked)
{
    const char *value = given_value(given, "trace");
    char part[128];
    if (!value) {
        return EXIT_FINE;
    }
    const char *besides = given_value(given, "compare")    ? "--compare"
                          : given_switch(given, "worth")   ? "--worth"
                          : given_switch(given, "borders") ? "--borders"
                                                           : NULL;
    if (besides) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "--trace и %s вместе не сочетаются: путь одного груза или всех"
                                 : "--trace and %s do not go together: one life, or all",
                    besides);
    }
    if (!strchr(value, ',') || value[0] == ',' || strchr(value, ',')[1] == '\0') {
        return fail_trace(given, value);
    }
    struct text_view rest = text_view_of(value);
    int code = EXIT_FINE;
    for (int i = 0; code == EXIT_FINE && i < 2; i++) {
        struct text_view name = text_trim(text_cut(&rest, ','));
        snprintf(part, sizeof part, "%.*s", (int)name.size, name.bytes ? name.bytes : "");
        code = load_place(given, loaded, part, i ? &asked->trace_to : &asked->trace_from);
    }
    asked->trace = true;
    asked->trace_number = -1;
    int64_t number;
    if (code == EXIT_FINE && rest.size) {
        if (number_parse_int(text_trim(rest), &number) || number < 0) {
            return fail_trace(given, value);
        }
        asked->trace_number = number;
    }
    return code;
}

/* Demand of one year stands for others near it, not for any. */
static int check_day(const struct given *given, const struct loaded *loaded,
                     const struct simulate_asked *asked)
{
    int32_t from, to, day = time_day_of(asked->study.start_s), apart = FAR_YEARS * 365;
    sums_period(loaded->corridor, day, &from, &to);
    if (asked->study.replay || from == ZHOL_BLANK_DATE ||
        (day >= from - apart && day <= to + apart)) {
        return EXIT_FINE;
    }
    bool stated = asked->study.from_state && !given_value(given, "date");
    return fail(given, EXIT_MISUSED,
                is_ru(given) ? "%s: спрос известен за %d год; день дальше %d лет от него не "
                               "моделируется"
                             : "%s: demand is known of %d; a day more than %d years from it is "
                               "not simulated",
                stated ? "--from-state, at" : "--date", time_date_of(from).year, FAR_YEARS);
}

int simulate_ask(const struct given *given, struct loaded *loaded, struct simulate_asked *asked)
{
    struct ranks ranks = asked->ranks;
    memset(asked, 0, sizeof *asked);
    asked->ranks = ranks;
    study_options_init(&asked->study);
    asked->study.ranks = &asked->ranks;
    asked->study.start_s = (int64_t)loaded->day * TIME_DAY_S;
    asked->by = group_of(given_value(given, "by"));
    int code = read_numbers(given, asked);
    code = code ? code : read_lists(given, asked);
    code = code ? code : read_state(given, loaded, asked);
    code = code ? code : check_day(given, loaded, asked);
    return code ? code : read_trace(given, loaded, asked);
}

void simulate_asked_clear(struct simulate_asked *asked)
{
    state_clear(&asked->state);
}
