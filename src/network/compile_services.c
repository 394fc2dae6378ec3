/* network/compile_services.c: services become rides.
 *
 * The way of a service is the chain of shortest ways between consecutive stops and via points; a
 * ride is offered for every pair of stops at which cargo may board and leave, and is a stretch of
 * that way. Published offsets say how long a ride takes; where they are blank, the minutes of the
 * way are added up instead, controls and gauge breaks included, opening times not.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "corridor/otherwise.h"
#include "network/compile.h"
#include "network/ways.h"

/* A stop of the service at hand. */
struct stop {
    uint32_t row; /* of service_stop */
    uint32_t vertex;
    uint32_t position;      /* arcs of the way before it */
    int64_t arrive, depart; /* median minutes after departure from the first stop */
    int64_t arrive_mean;    /* the same in the mean */
    int64_t depart_mean;
    bool arrive_given, depart_given; /* published, not computed */
};

struct line {
    const struct zhol_service *service;
    uint32_t row;
    unsigned class; /* of the cargo that its way can carry; 0: any */
    struct stop *stops;
    uint32_t stop_count, stop_capacity;
    uint32_t way;             /* of the whole service, in the builder */
    struct zhol_ride pattern; /* what all its rides have in common */
    const struct compile *compile;
    bool otherwise;    /* some link or process takes another time than its tables say */
    uint32_t *minutes; /* of its train over each arc of the way */
    uint32_t minutes_capacity;
    struct zhol_ban *bans; /* for the union over a way */
    uint32_t ban_capacity;
    struct ways ways;
};

static const struct zhol_service_stop *stop_rows(const struct compile *c)
{
    uint32_t count;
    return zhol_corridor_service_stop(c->corridor, &count);
}

/* A finding on a service. */
static void report(const struct compile *c, const struct line *line, enum zhol_severity severity,
                   const char *column, const char *text)
{
    const char *file;
    uint32_t row;
    zhol_corridor_origin(c->corridor, ZHOL_TABLE_service, line->row, &file, &row);
    zhol_report_add(
        c->report, &(struct zhol_finding){.severity = severity,
                                          .code = ZHOL_ERROR_INVALID,
                                          .row = row,
                                          .file = file,
                                          .column = column,
                                          .value = zhol_corridor_id(c->corridor, ZHOL_TABLE_service,
                                                                    line->service->service_id),
                                          .expected = text});
}

/* ---- stops and way ---- */

static enum zhol_error read_stops(const struct compile *c, struct line *line)
{
    uint32_t count;
    const struct zhol_service_stop *rows = stop_rows(c);
    const uint32_t *numbers = zhol_corridor_rows_of(c->corridor, ZHOL_TABLE_service_stop,
                                                    line->service->service_id, &count);
    enum zhol_error error = ARRAY_RESERVE(line->stops, line->stop_capacity, count);
    if (error) {
        return error;
    }
    line->stop_count = count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = i;
        while (at > 0 && rows[line->stops[at - 1].row].seq > rows[numbers[i]].seq) {
            line->stops[at] = line->stops[at - 1];
            at--;
        }
        const struct zhol_service_stop *row = &rows[numbers[i]];
        line->stops[at] = (struct stop){
            .row = numbers[i],
            .vertex = network_builder_find_place(c->builder, row->node_id, row->state)};
    }
    return ZHOL_ERROR_OK;
}

/* The states that a vehicle which leaves in this state may be in: a train may change gauge. */
static uint32_t states_like(unsigned state)
{
    if (state == zhol_state_RAIL1435 || state == zhol_state_RAIL1520) {
        return 1u << zhol_state_RAIL1435 | 1u << zhol_state_RAIL1520;
    }
    return 1u << state;
}

/* The way through all stops for one class of cargo; the arcs lie in line->ways.found. */
static enum zhol_error find_way(const struct compile *c, struct line *line, unsigned class,
                                uint32_t *stuck)
{
    const struct zhol_service_stop *rows = stop_rows(c);
    line->ways.found_count = 0;
    for (uint32_t i = 0; i < line->stop_count; i++) {
        *stuck = i;
        line->stops[i].position = line->ways.found_count;
        if (line->stops[i].vertex == ZHOL_NONE) {
            return ZHOL_ERROR_UNREACHABLE;
        }
        if (i > 0) {
            const struct stop *from = &line->stops[i - 1];
            uint32_t states =
                states_like(rows[from->row].state) | states_like(rows[line->stops[i].row].state);
            enum zhol_error error =
                ways_find(&line->ways, from->vertex, line->stops[i].vertex, states, class);
            if (error) {
                return error;
            }
            line->stops[i].position = line->ways.found_count;
        }
    }
    return ZHOL_ERROR_OK;
}

/* A service for one class goes where that class can be handled; one for any class goes where any
 * can, or else serves the first class for which there is a way. */
static enum zhol_error find_class_and_way(const struct compile *c, struct line *line,
                                          uint32_t *stuck)
{
    unsigned class = line->service->class;
    enum zhol_error error = find_way(c, line, class, stuck);
    while (error == ZHOL_ERROR_UNREACHABLE && line->service->class == 0 &&
           class + 1 < zhol_cargo_class_COUNT) {
        uint32_t ignored;
        error = find_way(c, line, ++class, &ignored);
    }
    line->class = class;
    return error;
}

static void warn_stuck(const struct compile *c, const struct line *line, uint32_t stuck)
{
    const struct zhol_service_stop *rows = stop_rows(c);
    uint32_t to = line->stop_count ? rows[line->stops[stuck].row].node_id : ZHOL_NONE;
    uint32_t from = stuck > 0 ? rows[line->stops[stuck - 1].row].node_id : ZHOL_NONE;
    char text[256];
    snprintf(text, sizeof text,
             "a way on the day from %.80s to %.80s in the states of its stops; it is left out",
             zhol_corridor_id(c->corridor, ZHOL_TABLE_node, from),
             zhol_corridor_id(c->corridor, ZHOL_TABLE_node, to));
    report(c, line, ZHOL_WARNING, "service_id", text);
}

/* ---- sums over a stretch of the way ---- */

/* By how much the time of an arc of the way was multiplied. The timetable knows nothing of it. */
static double factor_at(const struct line *line, uint32_t position)
{
    const struct zhol_arc *arc = &line->ways.arcs[line->ways.found[position]];
    const struct zhol_corridor *corridor = line->compile->corridor;
    uint32_t count;
    if (!line->otherwise) {
        return 1;
    }
    if (arc->kind == ZHOL_ARC_MOVE) {
        return otherwise_time_factor(corridor, ZHOL_TABLE_link, arc->thing);
    }
    const struct zhol_process *rows = zhol_corridor_process(corridor, &count);
    return arc->process < count
               ? otherwise_time_factor(corridor, ZHOL_TABLE_process, rows[arc->process].process_id)
               : 1;
}

struct stretch {
    uint64_t minutes[ZHOL_TIME_COUNT];
    uint64_t metres;
    unsigned evidence;
};

/* `planned`: as the timetable was made, before any time was made otherwise. */
static struct stretch sum_up(const struct line *line, uint32_t from, uint32_t to, bool planned)
{
    struct stretch sum = {.evidence = ZHOL_PUBLISHED};
    for (uint32_t i = from; i < to; i++) {
        const struct zhol_arc *arc = &line->ways.arcs[line->ways.found[i]];
        sum.metres += arc->length_m;
        bool passed_by = arc->commodity || (arc->class && arc->class != line->class);
        if (arc->kind == ZHOL_ARC_CONTROL && passed_by) {
            continue; /* a control for cargo that this service does not stand for */
        }
        double factor = planned ? factor_at(line, i) : 1;
        for (int t = 0; t < ZHOL_TIME_COUNT; t++) {
            sum.minutes[t] += (uint64_t)round(arc->minutes[t] / factor);
        }
        sum.evidence = arc->time_evidence > sum.evidence ? arc->time_evidence : sum.evidence;
    }
    return sum;
}

/* When the service is where; false where its offsets run backwards. */
static bool set_times(const struct compile *c, struct line *line)
{
    const struct zhol_service_stop *rows = stop_rows(c);
    for (uint32_t i = 0; i < line->stop_count; i++) {
        struct stop *stop = &line->stops[i];
        const struct zhol_service_stop *row = &rows[stop->row];
        if (i == 0) {
            stop->arrive_given = stop->depart_given = true;
            continue;
        }
        const struct stop *before = &line->stops[i - 1];
        struct stretch leg = sum_up(line, before->position, stop->position, true);
        stop->arrive_given = !isnan(row->arrive_h);
        stop->arrive = before->depart + (int64_t)leg.minutes[ZHOL_TIME_MEDIAN];
        stop->arrive_mean = before->depart_mean + (int64_t)leg.minutes[ZHOL_TIME_MEAN];
        if (stop->arrive_given) {
            stop->arrive = stop->arrive_mean = scope_minutes(row->arrive_h);
        }
        stop->depart_given = stop->arrive_given || !isnan(row->depart_h);
        stop->depart = stop->arrive;
        stop->depart_mean = stop->arrive_mean;
        if (!isnan(row->depart_h)) {
            stop->depart = stop->depart_mean = scope_minutes(row->depart_h);
        }
        if (stop->arrive < before->depart || stop->depart < stop->arrive) {
            return false;
        }
    }
    return true;
}

/* ---- the pace of the service's own train ---- */

/* Median minutes of an arc of the way as planned; 0 for a control that this cargo passes. */
static uint32_t own_minutes(const struct line *line, uint32_t position)
{
    const struct zhol_arc *arc = &line->ways.arcs[line->ways.found[position]];
    bool passed_by = arc->commodity || (arc->class && arc->class != line->class);
    double planned = arc->minutes[ZHOL_TIME_MEDIAN] / factor_at(line, position);
    return arc->kind == ZHOL_ARC_CONTROL && passed_by ? 0 : (uint32_t)round(planned);
}

static bool is_move(const struct line *line, uint32_t position, bool rail)
{
    const struct zhol_arc *arc = &line->ways.arcs[line->ways.found[position]];
    return arc->kind == ZHOL_ARC_MOVE && (!rail || arc->mode == zhol_mode_RAIL);
}

/* Movements of [from, to) share what `whole` leaves of them when all else took its own time: those
 * by rail, or all where there is no rail. None is shorter than its least time. */
static void pace_piece(struct line *line, uint32_t from, uint32_t to, int64_t whole)
{
    int64_t sum = 0, moved = 0;
    bool rail = false;
    for (uint32_t i = from; i < to; i++) {
        rail |= is_move(line, i, true) && own_minutes(line, i);
    }
    for (uint32_t i = from; i < to; i++) {
        sum += own_minutes(line, i);
        moved += is_move(line, i, rail) ? own_minutes(line, i) : 0;
    }
    double share = moved ? fmax((double)(whole - (sum - moved)), 0) / (double)moved : 1;
    for (uint32_t i = from; i < to; i++) {
        const struct zhol_arc *arc = &line->ways.arcs[line->ways.found[i]];
        double factor = factor_at(line, i), own = arc->minutes[ZHOL_TIME_MEDIAN] / factor;
        if (is_move(line, i, rail)) {
            own = fmax(share * own, arc->minutes[ZHOL_TIME_MIN] / factor);
        }
        line->minutes[i] = (uint32_t)fmin(round(own), UINT32_MAX);
    }
}

/* How long the service's train takes over each arc of its way: piece by piece between stops at
 * which it stands. Behind a handling the time at a stop belongs to what was before. */
static enum zhol_error set_pace(const struct compile *c, struct line *line)
{
    const struct zhol_service_stop *rows = stop_rows(c);
    enum zhol_error error =
        ARRAY_RESERVE(line->minutes, line->minutes_capacity, line->ways.found_count);
    uint32_t from = 0;
    int64_t begun = 0;
    for (uint32_t i = 1; !error && i < line->stop_count; i++) {
        const struct stop *stop = &line->stops[i];
        bool stands = !isnan(rows[stop->row].depart_h) || i + 1 == line->stop_count;
        if (!stands || stop->position <= from) {
            continue;
        }
        bool moved = is_move(line, stop->position - 1, false);
        int64_t done = moved || i + 1 == line->stop_count ? stop->arrive : stop->depart;
        pace_piece(line, from, stop->position, done - begun);
        from = stop->position;
        begun = done;
    }
    return error;
}

/* What was made otherwise delays the service from there on, by what its own train loses. */
static void delay(struct line *line)
{
    double late = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; line->otherwise && i < line->stop_count; i++) {
        struct stop *stop = &line->stops[i];
        for (; at < stop->position; at++) {
            double own = line->minutes[at], longer = own * factor_at(line, at);
            bool passed = own > 0 && own_minutes(line, at) == 0;
            late += passed ? 0 : longer - own;
            line->minutes[at] = (uint32_t)fmin(round(longer), UINT32_MAX);
        }
        int64_t minutes = llround(late);
        stop->arrive += minutes;
        stop->depart += minutes;
        stop->arrive_mean += minutes;
        stop->depart_mean += minutes;
    }
}

/* ---- rides ---- */

static bool same_ban(const struct zhol_ban *a, const struct zhol_ban *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* All bans of a stretch, each once: what may not pass one arc of it may not board. */
static enum zhol_error union_bans(struct compile *c, struct line *line, uint32_t from, uint32_t to,
                                  uint16_t *list)
{
    uint32_t taken = 0;
    uint16_t last = 0;
    for (uint32_t i = from; i < to; i++) {
        uint16_t number = line->ways.arcs[line->ways.found[i]].ban;
        uint32_t count;
        const struct zhol_ban *bans = network_builder_list_bans(c->builder, number, &count);
        if (number == last) {
            continue;
        }
        last = number;
        enum zhol_error error = ARRAY_RESERVE(line->bans, line->ban_capacity, taken + count);
        if (error) {
            return error;
        }
        for (uint32_t k = 0; k < count; k++) {
            uint32_t at = 0;
            while (at < taken && !same_ban(&line->bans[at], &bans[k])) {
                at++;
            }
            line->bans[at] = bans[k];
            taken += at == taken;
        }
    }
    return network_builder_bans(c->builder, line->bans, taken, list);
}

static enum zhol_error price_of_ride(struct compile *c, const struct line *line,
                                     const struct stop *from, const struct stop *to, uint32_t *set)
{
    const struct zhol_service_stop *rows = stop_rows(c);
    struct arc_scope scope = {
        .link = ZHOL_NONE,
        .process = ZHOL_NONE,
        .service = line->service->service_id,
        .node = ZHOL_NONE,
        .from_node = rows[from->row].node_id,
        .to_node = rows[to->row].node_id,
        .country = c->node_country[rows[from->row].node_id],
        .from_country = c->node_country[rows[from->row].node_id],
        .to_country = c->node_country[rows[to->row].node_id],
        .kind = ZHOL_ARC_RIDE,
        .from_state = rows[from->row].state,
        .to_state = rows[to->row].state,
        .class = (uint8_t)line->class,
    };
    return prices_of(c, &scope, set);
}

static enum zhol_error add_ride(struct compile *c, struct line *line, const struct stop *from,
                                const struct stop *to)
{
    struct stretch sum = sum_up(line, from->position, to->position, false);
    uint64_t median = (uint64_t)(to->arrive - from->depart);
    int64_t mean = to->arrive_mean - from->depart_mean;
    unsigned evidence = scope_evidence(c, line->service->source_id);
    if (!(from->depart_given && to->arrive_given) && sum.evidence > evidence) {
        evidence = sum.evidence;
    }
    if (median > UINT32_MAX || mean < 0 || mean > UINT32_MAX || sum.metres > UINT32_MAX ||
        from->depart > INT32_MAX) {
        report(c, line, ZHOL_WARNING, "service_id", "a way within 2^32 m and minutes");
        return ZHOL_ERROR_OK;
    }
    struct zhol_ride ride = line->pattern;
    ride.from_stop = from->row;
    ride.to_stop = to->row;
    ride.way = line->way + from->position;
    ride.way_count = to->position - from->position;
    ride.offset_minutes = (int32_t)from->depart;
    struct zhol_arc arc =
        network_arc_ride(to->vertex, 0, zhol_mode_of_state(stop_rows(c)[from->row].state),
                         (uint32_t)sum.metres, (uint32_t)median);
    arc.minutes[ZHOL_TIME_MEAN] = (uint32_t)mean;
    if (sum.minutes[ZHOL_TIME_MIN] < median) {
        arc.minutes[ZHOL_TIME_MIN] = (uint32_t)sum.minutes[ZHOL_TIME_MIN];
    }
    arc.class = (uint8_t)line->class;
    arc.time_evidence = (uint8_t)evidence;
    enum zhol_error error = price_of_ride(c, line, from, to, &arc.price_set);
    error = error ? error : union_bans(c, line, from->position, to->position, &arc.ban);
    error = error ? error : network_builder_ride(c->builder, &ride, &arc.thing);
    error = error ? error : network_builder_arc(c->builder, from->vertex, &arc, NULL);
    /* The arc just added may have moved the builder's array. */
    network_builder_arcs(c->builder, &line->ways.arcs, &line->ways.tails);
    return error;
}

static enum zhol_error add_rides(struct compile *c, struct line *line)
{
    const struct zhol_service_stop *rows = stop_rows(c);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < line->stop_count; i++) {
        for (uint32_t j = i + 1; !error && j < line->stop_count; j++) {
            const struct stop *from = &line->stops[i], *to = &line->stops[j];
            if (rows[from->row].kind == zhol_stop_kind_STOP &&
                rows[to->row].kind == zhol_stop_kind_STOP && from->position < to->position &&
                from->vertex != to->vertex) {
                error = add_ride(c, line, from, to);
            }
        }
    }
    return error;
}

/* ---- the service as a whole ---- */

/* Departures; false where a column that its pattern needs is blank. */
static bool set_pattern(const struct compile *c, struct line *line)
{
    const struct zhol_service *s = line->service;
    struct drawn what = {
        .table = ZHOL_TABLE_service,
        .row = line->row,
        .id = zhol_corridor_id(c->corridor, ZHOL_TABLE_service, s->service_id),
        .valid_from = s->valid_from,
        .source = s->source_id,
    };
    line->pattern = (struct zhol_ride){.service = s->service_id,
                                       .first_day = s->valid_from,
                                       .last_day = s->valid_to,
                                       .depart_minute = -1};
    if (s->pattern == zhol_pattern_TIMETABLE) {
        line->pattern.depart_minute = s->depart;
        line->pattern.weekdays = s->weekdays;
        return s->depart >= 0 && s->weekdays != 0;
    }
    double headway_h = draw_value(c, &what, s->headway_h, s->headway_low_h, s->headway_high_h);
    line->pattern.headway_minutes = scope_minutes(headway_h);
    return line->pattern.headway_minutes > 0;
}

/* The name of the zone in which the first stop's departure is meant. */
static enum zhol_error set_zone(struct compile *c, struct line *line)
{
    uint32_t node = stop_rows(c)[line->stops[0].row].node_id;
    zhol_cell_text zone = c->nodes[c->node_row[node]].time_zone;
    return network_builder_text(c->builder, zhol_corridor_text(c->corridor, zone),
                                &line->pattern.zone);
}

/* A contracted way is often not the shortest; the difference is said, unless the note explains it
 * by kilometres of its own. */
static void compare_contract(const struct compile *c, const struct line *line)
{
    const struct zhol_service *s = line->service;
    double way_km = (double)sum_up(line, 0, line->ways.found_count, false).metres / 1000;
    if (!(s->contract_km > 0) || strstr(zhol_corridor_text(c->corridor, s->note), "km")) {
        return;
    }
    double percent = 100 * (way_km / s->contract_km - 1);
    if (fabs(percent) > 3) {
        char text[160];
        snprintf(text, sizeof text,
                 "a way of %.0f km within 3 %%; the shortest through its stops has %.0f km "
                 "(%+.1f %%): add via points or a note",
                 s->contract_km, way_km, percent);
        report(c, line, ZHOL_NOTE, "contract_km", text);
    }
}

static enum zhol_error compile_service(struct compile *c, struct line *line)
{
    uint32_t stuck = 0;
    if (!zhol_day_in(c->options.day, line->service->valid_from, line->service->valid_to) ||
        !scope_status_open(c, line->service->status)) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = read_stops(c, line);
    if (error) {
        return error;
    }
    error = line->stop_count < 2 ? ZHOL_ERROR_UNREACHABLE : find_class_and_way(c, line, &stuck);
    if (error == ZHOL_ERROR_UNREACHABLE) {
        warn_stuck(c, line, stuck);
        return ZHOL_ERROR_OK;
    }
    if (!error && !set_pattern(c, line)) {
        report(c, line, ZHOL_WARNING, "pattern",
               "days and time of departure, or a headway; it is left out");
        return ZHOL_ERROR_OK;
    }
    if (!error && !set_times(c, line)) {
        report(c, line, ZHOL_WARNING, "arrive_h",
               "hours that rise along its stops; it is left out");
        return ZHOL_ERROR_OK;
    }
    if (!error) {
        compare_contract(c, line);
    }
    error = error ? error : set_zone(c, line);
    error = error ? error : set_pace(c, line);
    if (!error) {
        delay(line);
    }
    error = error ? error
                  : network_builder_way(c->builder, line->ways.found, line->ways.found_count,
                                        &line->way);
    error =
        error ? error
              : network_builder_pace(c->builder, line->way, line->minutes, line->ways.found_count);
    return error ? error : add_rides(c, line);
}

enum zhol_error compile_services(struct compile *c)
{
    uint32_t count;
    const struct zhol_service *rows = zhol_corridor_service(c->corridor, &count);
    if (count == 0) {
        return ZHOL_ERROR_OK;
    }
    struct line line = {.compile = c, .otherwise = !otherwise_times_kept(c->corridor)};
    enum zhol_error error = ways_init(&line.ways, c->builder);
    for (uint32_t row = 0; !error && row < count; row++) {
        line.service = &rows[row];
        line.row = row;
        error = compile_service(c, &line);
    }
    ways_clear(&line.ways);
    free(line.stops);
    free(line.minutes);
    free(line.bans);
    return error;
}
