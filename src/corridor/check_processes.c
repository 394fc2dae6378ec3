/* check_processes.c: processes, handlings and opening times. */
#include "corridor/check.h"

#include <math.h>

/* ---- who uses a process ---- */

static void mark(bool *used, uint32_t things, uint32_t process)
{
    if (process < things) {
        used[process] = true;
    }
}

static bool *used_processes(struct check *check, uint32_t things)
{
    uint32_t handlings, controls, tariffs;
    const struct zhol_handling *handling = zhol_corridor_handling(check->corridor, &handlings);
    const struct zhol_link_control *control =
        zhol_corridor_link_control(check->corridor, &controls);
    const struct zhol_tariff *tariff = zhol_corridor_tariff(check->corridor, &tariffs);
    bool *used = arena_array(&check->arena, things, sizeof *used);
    for (uint32_t i = 0; used && i < handlings; i++) {
        mark(used, things, handling[i].process_id);
    }
    for (uint32_t i = 0; used && i < controls; i++) {
        mark(used, things, control[i].process_id);
    }
    /* Storage is never passed; its price is what it is there for. */
    for (uint32_t i = 0; used && i < tariffs; i++) {
        if (tariff[i].scope == zhol_tariff_scope_STORAGE) {
            mark(used, things, tariff[i].process_id);
        }
    }
    return used;
}

static enum zhol_error check_used(struct check *check)
{
    uint32_t things = zhol_corridor_things(check->corridor, ZHOL_TABLE_process);
    uint32_t count;
    const struct zhol_process *rows = zhol_corridor_process(check->corridor, &count);
    const bool *used = used_processes(check, things);
    for (uint32_t row = 0; used && row < count; row++) {
        bool first = row == 0 || rows[row - 1].process_id != rows[row].process_id;
        if (first && !used[rows[row].process_id] && !rows[row].note) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_process, row,
                      "process_id",
                      "a process that a handling or a link_control uses, or a note "
                      "that says what it is for");
        }
    }
    return used ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

static void check_times(struct check *check)
{
    uint32_t count;
    const struct zhol_process *rows = zhol_corridor_process(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        const struct zhol_process *process = &rows[row];
        if (process->servers != ZHOL_BLANK_INT && process->servers == 0) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_RANGE, ZHOL_TABLE_process, row, "servers",
                      "at least 1, or a blank cell where it is not known");
        }
        if (row && rows[row - 1].process_id == process->process_id &&
            rows[row - 1].node_id != process->node_id) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_process, row, "node_id",
                      "the place of its earlier rows: a process does not move");
        }
    }
}

/* ---- handlings ---- */

static void check_handling(struct check *check, const struct zhol_handling *handling, uint32_t row)
{
    uint32_t count;
    const struct zhol_process *processes = zhol_corridor_process(check->corridor, &count);
    uint32_t process = check_row(check, ZHOL_TABLE_process, handling->process_id);
    if (handling->from_state && handling->from_state == handling->to_state) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_handling, row, "to_state",
                  "another state than from_state: a handling changes the state");
    }
    if (process == ZHOL_NONE) {
        return;
    }
    if (handling->node_id != ZHOL_NONE && processes[process].node_id != handling->node_id) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_handling, row, "process_id",
                  "a process at %s, the place of the handling; this one is at %s",
                  check_id(check, ZHOL_TABLE_node, handling->node_id),
                  check_id(check, ZHOL_TABLE_node, processes[process].node_id));
    }
    if (processes[process].kind == zhol_process_kind_BORDER_EXIT ||
        processes[process].kind == zhol_process_kind_BORDER_ENTRY) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_handling, row, "process_id",
                  "a process that moves cargo; controls of a border belong to link_control.csv");
    }
}

static void check_handlings(struct check *check)
{
    uint32_t count;
    const struct zhol_handling *rows = zhol_corridor_handling(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        check_handling(check, &rows[row], row);
    }
}

/* ---- opening times ---- */

static void check_calendars(struct check *check)
{
    uint32_t count;
    const struct zhol_calendar *rows = zhol_corridor_calendar(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        if (rows[row].open >= 0 && rows[row].close >= 0 && rows[row].open >= rows[row].close) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_calendar, row, "close",
                      "a time after open; over midnight is two calendars, round the clock 00:00 "
                      "to 24:00");
        }
    }
}

static void check_exception(struct check *check, const struct zhol_calendar_date *date,
                            uint32_t row)
{
    bool both = date->open >= 0 && date->close >= 0;
    bool none = date->open < 0 && date->close < 0;
    if (date->kind == zhol_date_kind_OPEN && !both) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_calendar_date, row, "open",
                  "is blank; open and close are needed, for the kind is open");
    } else if (date->kind == zhol_date_kind_CLOSED && !none) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_calendar_date, row, "open",
                  "no opening and closing times, for the kind is closed");
    } else if (both && date->open >= date->close) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_calendar_date, row, "close",
                  "a time after open");
    }
}

static void check_exceptions(struct check *check)
{
    uint32_t count;
    const struct zhol_calendar_date *rows = zhol_corridor_calendar_date(check->corridor, &count);
    uint32_t calendars = zhol_corridor_things(check->corridor, ZHOL_TABLE_calendar);
    for (uint32_t row = 0; row < count; row++) {
        check_exception(check, &rows[row], row);
    }
    for (uint32_t calendar = 0; calendar < calendars; calendar++) {
        uint32_t dates; /* in order of date_from */
        const uint32_t *list =
            zhol_corridor_rows_of(check->corridor, ZHOL_TABLE_calendar_date, calendar, &dates);
        for (uint32_t i = 1; i < dates; i++) {
            const struct zhol_calendar_date *a = &rows[list[i - 1]], *b = &rows[list[i]];
            if (a->date_to != ZHOL_BLANK_DATE && b->date_from < a->date_to) {
                check_add(check, a->kind == b->kind ? ZHOL_WARNING : ZHOL_FAULT,
                          ZHOL_ERROR_CONFLICT, ZHOL_TABLE_calendar_date, list[i], "date_from",
                          "a day on which '%s' has ended: the exceptions overlap",
                          check_text(check, a->name));
            }
        }
    }
}

enum zhol_error check_processes(struct check *check)
{
    check_times(check);
    check_handlings(check);
    check_calendars(check);
    check_exceptions(check);
    return check_used(check);
}
