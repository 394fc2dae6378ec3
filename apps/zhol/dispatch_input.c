/* dispatch_input.c: the day of `zhol dispatch`: from the corridor, train lists and a state. */
#include <string.h>

#include "base/number.h"
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

static int take_state(struct dispatch_run *run)
{
    const char *path = given_value(run->given, "state");
    json_t *state = NULL;
    struct dispatch_day *day = &run->joint.day;
    enum zhol_error error = path ? dispatch_json_read(path, &run->report, &state) : ZHOL_ERROR_OK;
    bool averages =
        !error && !given_nth(run->given, "trains", 0) && !dispatch_state_has_trains(state);
    bool demand = given_switch(run->given, "from-demand");
    error = error || !averages ? error
            : demand           ? dispatch_day_demand(day)
                               : dispatch_day_expect(day);
    if (error == ZHOL_ERROR_UNKNOWN) {
        json_decref(state);
        return fail(run->given, EXIT_NO_ANSWER,
                    is_ru(run) ? "поездов нет: укажите --trains или trains в --state"
                               : "there are no trains: give --trains, or trains in --state");
    }
    error = !error && state ? dispatch_state_apply(day, state, path, "", &run->report) : error;
    json_decref(state);
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

static bool come_later(struct dispatch_day *day, const char *text)
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
            return true;
        }
    }
    return false;
}

static int change_one(struct dispatch_run *run, const char *change)
{
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
                : late ? come_later(day, late)
                       : lose(day, change);
    return fine ? EXIT_FINE
                : fail(run->given, EXIT_MISUSED,
                       is_ru(run) ? "--change: «%s» — нет такой перемены или такого имени"
                                  : "--change: '%s' is no change that is known, or no such name",
                       change);
}

int dispatch_replan(struct dispatch_run *run)
{
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
        code = change_one(run, change);
    }
    if (code != EXIT_FINE) {
        return code;
    }
    how.tolerance = tolerance / 100;
    enum zhol_error error = dispatch_day_seal(&run->joint.day, &run->report);
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
