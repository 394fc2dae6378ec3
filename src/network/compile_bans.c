/* network/compile_bans.c: which bans hold on an arc.
 *
 * A rule of kind ban that overlaps the horizon holds on the arcs that its scope names:
 *   a place    handlings and controls at it and movements into it; with direction `out` instead
 *              the controls and movements of links that leave its country from it;
 *   a link     its movement and its controls;
 *   a process  the handlings and controls that do it;
 *   a country  everything in it;
 *   a mode     movements by it, controls of its links, handlings from or to it;
 *   nothing of these: all movements.
 * All columns given must fit. Direction in (out) restricts a rule to links that enter (leave) its
 * country, or that of its place; forward and backward are those of the link. Class, commodity,
 * origin and destination are of the cargo and are kept in the ban. Days of a ban begin at midnight
 * of the place where the arc begins.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/time.h"
#include "network/compile.h"

static const struct zhol_rule *rule_rows(const struct compile *c)
{
    uint32_t count;
    return zhol_corridor_rule(c->corridor, &count);
}

/* Splits the list of exemptions into classes and commodities. */
static enum zhol_error read_exempt(struct compile *c, const struct zhol_rule *rule,
                                   struct ban_rule *ban)
{
    struct text_view rest = text_view_of(zhol_corridor_text(c->corridor, rule->exempt));
    uint32_t count = 0;
    uint32_t *commodities = arena_array(&c->arena, rest.size / 2 + 1, sizeof *commodities);
    if (!commodities) {
        return ZHOL_ERROR_MEMORY;
    }
    while (rest.size) {
        struct text_view part = text_trim(text_cut(&rest, ';'));
        const char *word = arena_text(&c->arena, part.bytes, part.size);
        if (!word) {
            return ZHOL_ERROR_MEMORY;
        }
        unsigned class = zhol_cargo_class_from(word);
        uint32_t commodity = zhol_corridor_find(c->corridor, ZHOL_TABLE_commodity, word);
        if (class) {
            ban->exempt_classes |= 1u << class;
        } else if (commodity != ZHOL_NONE) {
            commodities[count++] = commodity;
        }
    }
    return network_builder_exempt(c->builder, commodities, count, &ban->exempt);
}

static uint16_t rule_country(const struct compile *c, const struct zhol_rule *rule)
{
    if (!rule->country && rule->node_id != ZHOL_NONE) {
        return c->node_country[rule->node_id];
    }
    return scope_country_code(c->corridor, rule->country);
}

enum zhol_error bans_prepare(struct compile *c)
{
    uint32_t count;
    const struct zhol_rule *rows = zhol_corridor_rule(c->corridor, &count);
    c->bans.rules = arena_array(&c->arena, count, sizeof *c->bans.rules);
    enum zhol_error error = c->bans.rules ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t row = 0; !error && row < count; row++) {
        const struct zhol_rule *rule = &rows[row];
        bool over = rule->valid_to != ZHOL_BLANK_DATE && rule->valid_to < c->horizon_first_day;
        bool later = rule->valid_from != ZHOL_BLANK_DATE && rule->valid_from > c->horizon_last_day;
        if (rule->kind == zhol_rule_kind_BAN && !over && !later) {
            struct ban_rule *ban = &c->bans.rules[c->bans.count++];
            *ban = (struct ban_rule){.row = row, .country = rule_country(c, rule)};
            error = read_exempt(c, rule, ban);
        }
    }
    error = error ? error : ARRAY_RESERVE(c->bans.scratch, c->bans.scratch_capacity, c->bans.count);
    return error;
}

void bans_clear(struct compile *c)
{
    free(c->bans.scratch);
}

/* ---- matching ---- */

static bool direction_fits(const struct zhol_rule *rule, uint16_t country,
                           const struct arc_scope *s)
{
    bool link = s->kind == ZHOL_ARC_MOVE || s->kind == ZHOL_ARC_CONTROL;
    bool crosses = s->from_country != s->to_country;
    switch (rule->direction) {
    case zhol_direction_IN:
        return link && crosses && (country == 0 || s->to_country == country);
    case zhol_direction_OUT:
        return link && crosses && (country == 0 || s->from_country == country);
    case zhol_direction_FORWARD:
        return link && s->along > 0;
    case zhol_direction_BACKWARD:
        return link && s->along < 0;
    default:
        return true;
    }
}

static bool node_fits(const struct zhol_rule *rule, const struct arc_scope *s)
{
    if (rule->direction == zhol_direction_OUT) {
        return s->from_node == rule->node_id;
    }
    return s->node == rule->node_id;
}

static bool country_fits(uint16_t country, const struct arc_scope *s)
{
    return s->country == country ||
           (s->country == 0 && (s->from_country == country || s->to_country == country));
}

bool ban_fits(const struct zhol_rule *rule, uint16_t country, const struct arc_scope *s)
{
    if ((rule->link_id != ZHOL_NONE && rule->link_id != s->link) ||
        (rule->process_id != ZHOL_NONE && rule->process_id != s->process) ||
        (rule->node_id != ZHOL_NONE && !node_fits(rule, s))) {
        return false;
    }
    if (rule->mode && rule->mode != zhol_mode_of_state(s->from_state) &&
        rule->mode != zhol_mode_of_state(s->to_state)) {
        return false;
    }
    if (rule->class && s->class && rule->class != s->class) {
        return false;
    }
    if (!direction_fits(rule, country, s)) {
        return false;
    }
    bool sided = rule->direction == zhol_direction_IN || rule->direction == zhol_direction_OUT;
    if (rule->country && !sided && !country_fits(country, s)) {
        return false;
    }
    bool somewhere = rule->link_id != ZHOL_NONE || rule->process_id != ZHOL_NONE ||
                     rule->node_id != ZHOL_NONE || rule->mode || rule->country;
    return somewhere || s->kind == ZHOL_ARC_MOVE;
}

/* The minute at which a local day begins; a blank day is the given end of time. */
static enum zhol_error day_minute(struct compile *c, uint32_t node, int32_t day, int64_t blank,
                                  int64_t *minute)
{
    *minute = blank;
    if (day == ZHOL_BLANK_DATE) {
        return ZHOL_ERROR_OK;
    }
    const struct zone *zone = NULL;
    enum zhol_error error = zone_of(c, c->nodes[c->node_row[node]].time_zone, &zone);
    if (!error) {
        int64_t utc_s;
        zone_local_to_utc(zone, (int64_t)day * TIME_DAY_S, &utc_s);
        *minute = utc_s / 60;
    }
    return error;
}

static void put_country(uint8_t out[2], uint16_t code)
{
    out[0] = (uint8_t)(code >> 8);
    out[1] = (uint8_t)(code & 0xff);
}

enum zhol_error bans_of(struct compile *c, const struct arc_scope *scope, uint32_t at,
                        uint16_t *list)
{
    const struct zhol_rule *rules = rule_rows(c);
    uint32_t taken = 0;
    *list = 0;
    for (uint32_t i = 0; i < c->bans.count; i++) {
        const struct ban_rule *ban = &c->bans.rules[i];
        const struct zhol_rule *rule = &rules[ban->row];
        if (!ban_fits(rule, ban->country, scope)) {
            continue;
        }
        struct zhol_ban *out = &c->bans.scratch[taken++];
        memset(out, 0, sizeof *out);
        out->rule_row = ban->row;
        out->commodity = rule->commodity_id;
        out->exempt_classes = ban->exempt_classes;
        out->exempt = ban->exempt;
        out->class = rule->class;
        put_country(out->from_country, scope_country_code(c->corridor, rule->from_country));
        put_country(out->to_country, scope_country_code(c->corridor, rule->to_country));
        enum zhol_error error = day_minute(c, at, rule->valid_from, INT64_MIN, &out->from_min);
        error = error ? error : day_minute(c, at, rule->valid_to, INT64_MAX, &out->to_min);
        if (error) {
            return error;
        }
    }
    return taken ? network_builder_bans(c->builder, c->bans.scratch, taken, list) : ZHOL_ERROR_OK;
}
