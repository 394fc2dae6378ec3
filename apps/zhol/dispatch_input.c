/* dispatch_input.c: the day of `zhol dispatch`: from the corridor, train lists and a state. */
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "desk/dispatch_list.h"
#include "dispatch_run.h"
#include "intake/intake.h"

static bool is_ru(const struct dispatch_run *run)
{
    return run->given->lang == LANG_RU;
}

/* ---- Train lists ---- */

static enum zhol_error take_list(struct dispatch_run *run, const char *path)
{
    struct sheet sheet = {.rows = 0};
    struct intake_mapping mapping;
    struct intake_records records = {.count = 0};
    uint64_t faults = run->report.counts[ZHOL_FAULT];
    enum zhol_error error = sheet_read(path, NULL, &run->report, &sheet);
    error = error ? error : intake_guess(INTAKE_TRAIN_LIST, &sheet, path, &run->report, &mapping);
    error = error ? error
                  : intake_take(run->loaded.corridor, INTAKE_TRAIN_LIST, &sheet, &mapping, path,
                                &run->report, &records);
    error = error ? error : dispatch_day_list(&run->joint.day, &records, path, &run->report);
    /* rows with faults were left out: with half a list no day is planned */
    if (!error && run->report.counts[ZHOL_FAULT] > faults) {
        error = ZHOL_ERROR_SYNTAX;
    }
    intake_records_clear(&records);
    sheet_clear(&sheet);
    return error;
}

/* All lists are looked at, so that one run shows the faults of all. */
static int take_lists(struct dispatch_run *run)
{
    enum zhol_error first = ZHOL_ERROR_OK;
    const char *path;
    for (uint32_t i = 0; (path = given_nth(run->given, "trains", i)) != NULL; i++) {
        enum zhol_error error = take_list(run, path);
        first = first ? first : error;
    }
    if (first) {
        load_print_findings(run->given, &run->report, 30);
        return fail(run->given, EXIT_BAD_INPUT,
                    is_ru(run) ? "натурные листы с ошибками: ни один поезд не взят"
                               : "train lists with errors: no train was taken");
    }
    return EXIT_FINE;
}

/* ---- The day ---- */

static int take_station(struct dispatch_run *run, const char *name)
{
    uint32_t node;
    double hours = DISPATCH_HOURS;
    const char *day = given_value(run->given, "day");
    int32_t date = run->loaded.day + 1;
    int code = load_place(run->given, &run->loaded, name, &node);
    code = code == EXIT_FINE ? load_number(run->given, "hours", 1, 48, &hours) : code;
    code = code == EXIT_FINE && day ? load_day(run->given, "day", day, &date) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    dispatch_day_init(&run->joint.day, run->loaded.corridor, date, (int32_t)hours * 60);
    enum zhol_error error = dispatch_day_station(&run->joint.day, node);
    if (error == ZHOL_ERROR_UNKNOWN) {
        return fail(run->given, EXIT_NO_ANSWER,
                    is_ru(run) ? "%s: здесь колея не меняется (Достык, Алтынколь, Брест)"
                               : "%s: the gauge does not change here (Dostyk, Altynkol, Brest)",
                    name);
    }
    return error ? dispatch_failed(run, error) : EXIT_FINE;
}

/* ---- Why there is no day ---- */

static int fail_demand(struct dispatch_run *run)
{
    return fail(run->given, EXIT_MISUSED,
                is_ru(run) ? "--from-demand: поезда уже названы в --trains или --state"
                           : "--from-demand: the trains are named by --trains or --state already");
}

static int fail_trains(struct dispatch_run *run, bool demand)
{
    const char *why = is_ru(run) ? "поездов нет: укажите --trains или trains в --state"
                                 : "there are no trains: give --trains, or trains in --state";
    if (demand) {
        why = is_ru(run) ? "--from-demand: в таблице спроса нет груза через этот стык; без неё "
                           "поезда — средних суток"
                         : "--from-demand: the demand table counts no freight over this crossing; "
                           "without it the trains are those of an average day";
    }
    return fail(run->given, EXIT_NO_ANSWER, "%s", why);
}

static int fail_day(struct dispatch_run *run)
{
    char date[TIME_TEXT_SIZE];
    time_format_date(run->joint.day.date, date);
    return fail(run->given, EXIT_NO_ANSWER,
                is_ru(run) ? "на %s приём этого стыка неизвестен: другая дата в --day или accepts "
                             "в --state"
                           : "what this crossing accepts is not known on %s: another --day, or "
                             "accepts in --state",
                date);
}

static bool accepts_any(const struct dispatch_day *day)
{
    uint32_t sum = 0;
    for (int32_t h = 0; h < day->engine.horizon_min / 60; h++) {
        sum += day->accepts[ZHOL_DISPATCH_1435][h];
        sum += day->accepts[ZHOL_DISPATCH_1520][h];
    }
    return sum > 0;
}

static int take_state(struct dispatch_run *run)
{
    const char *path = given_value(run->given, "state");
    json_t *state = NULL;
    struct dispatch_day *day = &run->joint.day;
    enum zhol_error error = path ? dispatch_json_read(path, &run->report, &state) : ZHOL_ERROR_OK;
    if (error) {
        return dispatch_failed(run, error);
    }
    bool averages = !given_nth(run->given, "trains", 0) && !dispatch_state_has_trains(state);
    bool demand = given_switch(run->given, "from-demand");
    int code = demand && !averages ? fail_demand(run) : EXIT_FINE;
    if (code == EXIT_FINE && averages) {
        error = demand ? dispatch_day_demand(day) : dispatch_day_expect(day);
        code = error == ZHOL_ERROR_UNKNOWN ? fail_trains(run, demand) : code;
    }
    if (code != EXIT_FINE) {
        json_decref(state);
        return code;
    }
    error = !error && state ? dispatch_state_apply(day, state, path, "", &run->report) : error;
    bool told = json_object_get(state, "accepts") != NULL;
    json_decref(state);
    if (!error && !told && !accepts_any(day)) {
        return fail_day(run);
    }
    error = error ? error : dispatch_day_seal(day, &run->report);
    return error ? dispatch_failed(run, error) : EXIT_FINE;
}

int dispatch_take_day(struct dispatch_run *run, const char *station)
{
    int code = take_station(run, station);
    code = code == EXIT_FINE ? take_lists(run) : code;
    return code == EXIT_FINE ? take_state(run) : code;
}

/* ---- Changes ---- */

/* The part behind `key:`, or NULL. */
static const char *after(const char *text, const char *key)
{
    size_t size = strlen(key);
    return strncmp(text, key, size) == 0 && text[size] == ':' ? text + size + 1 : NULL;
}

static uint32_t named(const struct dispatch_day *day, const struct dispatch_label *labels,
                      uint32_t count, const char *name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(dispatch_label_in(day, labels[i], "en"), name) == 0 ||
            strcmp(dispatch_label_in(day, labels[i], "ru"), name) == 0) {
            return i;
        }
    }
    return ZHOL_DISPATCH_NONE;
}

static bool lose(struct dispatch_day *day, const char *change)
{
    const char *name = after(change, "track");
    uint32_t row = ZHOL_DISPATCH_NONE;
    if (name) {
        row = named(day, day->track_labels, day->engine.track_count, name);
        if (row != ZHOL_DISPATCH_NONE) {
            day->tracks[row].free_from_min = ZHOL_DISPATCH_NEVER;
        }
    } else if ((name = after(change, "front")) != NULL) {
        row = named(day, day->front_labels, day->engine.front_count, name);
        if (row != ZHOL_DISPATCH_NONE) {
            day->fronts[row].free_from_min = ZHOL_DISPATCH_NEVER;
        }
    } else if ((name = after(change, "locomotive")) != NULL) {
        row = named(day, day->locomotive_labels, day->engine.locomotive_count, name);
        if (row != ZHOL_DISPATCH_NONE) {
            day->locomotives[row].free_from_min = ZHOL_DISPATCH_NEVER;
        }
    }
    return row != ZHOL_DISPATCH_NONE;
}

/* "1435=-2" takes two trains off, the last hours first; "1435=20" spreads twenty over the day. */
static bool accept_other(struct dispatch_day *day, const char *text)
{
    struct text_view rest = text_view_of(text), gauge_text = text_cut(&rest, '=');
    int64_t mm = 0, count = 0;
    if (number_parse_int(gauge_text, &mm) || number_parse_int_in(rest, -1000, 1000, &count)) {
        return false;
    }
    enum zhol_dispatch_gauge gauge = dispatch_gauge_of((int32_t)mm);
    if (gauge == ZHOL_DISPATCH_GAUGES) {
        return false;
    }
    uint16_t *hours = day->accepts[gauge];
    int32_t h = day->engine.horizon_min / 60 - 1;
    if (count >= 0) {
        dispatch_set_accepted(day, gauge, (double)count);
        return true;
    }
    for (; count < 0 && h >= 0; h--) {
        while (hours[h] > 0 && count < 0) {
            hours[h]--;
            count++;
        }
    }
    return true;
}

/* "A501=15:00"; *train is the one that comes later. */
static bool come_later(struct dispatch_day *day, const char *text, uint32_t *train)
{
    const char *equals = strrchr(text, '=');
    int32_t minute;
    if (!equals || !dispatch_minute_of(day->date, equals + 1, &minute)) {
        return false;
    }
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        const char *name = dispatch_text(day, day->train_labels[i].name);
        if (strlen(name) == (size_t)(equals - text) &&
            strncmp(name, text, (size_t)(equals - text)) == 0) {
            day->trains[i].ready_min = minute;
            *train = i;
            return true;
        }
    }
    return false;
}

static int change_one(struct dispatch_run *run, const char *change, int32_t now_min)
{
    uint32_t train = ZHOL_DISPATCH_NONE;
    struct dispatch_day *day = &run->joint.day;
    const char *accept = after(change, "accept"), *late = after(change, "late");
    size_t size = strlen(change);
    if (size > 5 && strcmp(change + size - 5, ".json") == 0) {
        json_t *state = NULL;
        enum zhol_error error = dispatch_json_read(change, &run->report, &state);
        error = error ? error : dispatch_state_apply(day, state, change, "", &run->report);
        json_decref(state);
        return error ? dispatch_failed(run, error) : EXIT_FINE;
    }
    bool fine = accept ? accept_other(day, accept)
                : late ? come_later(day, late, &train)
                       : lose(day, change);
    if (train != ZHOL_DISPATCH_NONE && run->joint.plan.passages[train].accept_min < now_min) {
        return fail(run->given, EXIT_MISUSED,
                    is_ru(run) ? "--change: «%s» — к --now этот поезд уже принят"
                               : "--change: '%s': that train is taken before --now",
                    change);
    }
    return fine ? EXIT_FINE
                : fail(run->given, EXIT_MISUSED,
                       is_ru(run) ? "--change: «%s» — нет такой перемены или такого имени"
                                  : "--change: '%s' is no change that is known, or no such name",
                       change);
}

/* Trains with a fact have crossed, and what began before `now_min` or an earlier re-plan's has
 * begun: a new plan leaves them as they are. */
static void note_history(struct dispatch_run *run, struct zhol_dispatch_change *how)
{
    struct dispatch_day *day = &run->joint.day;
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        const struct dispatch_fact *fact = &run->joint.facts[i];
        if (fact->accepted_min != ZHOL_DISPATCH_NEVER) {
            day->trains[i].done =
                fact->left_min == ZHOL_DISPATCH_NEVER ? ZHOL_DISPATCH_TAKEN : ZHOL_DISPATCH_LEFT;
        }
    }
    how->now_min = how->now_min > day->engine.past_min ? how->now_min : day->engine.past_min;
    day->engine.past_min =
        how->now_min < day->engine.horizon_min ? how->now_min : day->engine.horizon_min;
}

/* What an hour of the heaviest train costs: so much later a plan with fewer changes may be. Without
 * it a plan of no lateness could give up nothing, and one late train would turn over the day. */
static int64_t train_hour(const struct zhol_dispatch_day *day)
{
    int64_t most = 0;
    for (uint32_t t = 0; t < day->train_count; t++) {
        int64_t weight = 0;
        for (uint32_t u = 0; u < day->unit_count; u++) {
            weight += day->units[u].train == t ? day->units[u].late_weight : 0;
        }
        most = weight > most ? weight : most;
    }
    return most * 60;
}

int dispatch_replan(struct dispatch_run *run)
{
    if (dispatch_joint_state(&run->joint) == DISPATCH_DONE) {
        return fail(run->given, EXIT_NO_ANSWER,
                    is_ru(run) ? "план исполнен: его уже не изменить"
                               : "the plan is done: nothing of it can change");
    }
    double tolerance = 5;
    const char *change, *now = given_value(run->given, "now");
    struct zhol_dispatch_change how = {.now_min = 0};
    int code = load_number(run->given, "tolerance", 0, 1000, &tolerance);
    if (code == EXIT_FINE && now && !dispatch_minute_of(run->joint.day.date, now, &how.now_min)) {
        return fail(run->given, EXIT_MISUSED,
                    is_ru(run) ? "--now: «%s» — ожидается ЧЧ:ММ" : "--now: '%s' is not HH:MM", now);
    }
    for (uint32_t i = 0; code == EXIT_FINE && (change = given_nth(run->given, "change", i)) != NULL;
         i++) {
        code = change_one(run, change, how.now_min);
    }
    if (code != EXIT_FINE) {
        return code;
    }
    note_history(run, &how);
    how.tolerance = tolerance / 100;
    enum zhol_error error = dispatch_day_seal(&run->joint.day, &run->report);
    dispatch_fit_effort(run);
    how.tolerance_abs = !error && tolerance > 0 ? train_hour(&run->joint.day.engine) : 0;
    error = error ? error
                  : zhol_dispatch_replan(&run->joint.day.engine, &run->joint.plan, &how,
                                         &run->options, &run->replanned);
    if (error) {
        return dispatch_failed(run, error);
    }
    run->is_replanned = true;
    dispatch_joint_replace(&run->joint, run->replanned.plan);
    return EXIT_FINE;
}
