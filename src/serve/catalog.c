/* catalog.c: queues, categories and checkpoints of the corridor. See catalog.h. */
#include "serve/catalog.h"

#include <string.h>

#include "base/time.h"
#include "base/zone.h"

int32_t catalog_day(int64_t utc_s)
{
    return time_day_of(utc_s);
}

static bool fill(const struct zhol_corridor *corridor, uint32_t thing, int32_t day,
                 struct catalog_queue *queue)
{
    uint32_t count, row = zhol_corridor_row_on(corridor, ZHOL_TABLE_queue, thing, day);
    const struct zhol_queue *rows = zhol_corridor_queue(corridor, &count);
    if (row == ZHOL_NONE || row >= count) {
        return false;
    }
    *queue = (struct catalog_queue){
        .id = zhol_corridor_id(corridor, ZHOL_TABLE_queue, thing),
        .checkpoint = zhol_corridor_id(corridor, ZHOL_TABLE_node, rows[row].node_id),
        .rule_set = zhol_corridor_text(corridor, rows[row].rule_set),
        .release = zhol_queue_release_text(rows[row].release),
        .direction = rows[row].direction == zhol_direction_IN ? "entry" : "exit",
        .row = row,
        .node = rows[row].node_id,
        .managed = rows[row].mode == zhol_queue_mode_MANAGED,
        .slot_s = rows[row].slot_min == ZHOL_BLANK_INT ? 0 : rows[row].slot_min * 60,
    };
    return true;
}

bool catalog_queue(const struct zhol_corridor *corridor, const char *id, int32_t day,
                   struct catalog_queue *queue)
{
    uint32_t thing = zhol_corridor_find(corridor, ZHOL_TABLE_queue, id);
    return thing != ZHOL_NONE && fill(corridor, thing, day, queue);
}

bool catalog_next(const struct zhol_corridor *corridor, int32_t day, uint32_t *thing,
                  struct catalog_queue *queue)
{
    uint32_t things = zhol_corridor_things(corridor, ZHOL_TABLE_queue);
    while (*thing < things) {
        if (fill(corridor, (*thing)++, day, queue)) {
            return true;
        }
    }
    return false;
}

uint32_t catalog_category(const struct zhol_corridor *corridor, const char *rule_set,
                          const char *category, int32_t day)
{
    uint32_t count;
    const struct zhol_queue_category *rows = zhol_corridor_queue_category(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (zhol_day_in(day, rows[i].valid_from, rows[i].valid_to) &&
            strcmp(zhol_corridor_text(corridor, rows[i].category), category) == 0 &&
            strcmp(zhol_corridor_text(corridor, rows[i].rule_set), rule_set) == 0) {
            return i;
        }
    }
    return ZHOL_NONE;
}

static void write_names(struct json_writer *json, const char *key, const char *const names[4])
{
    static const char *const languages[] = {"en", "ru", "kk", "zh"};
    json_write_key(json, key);
    json_write_object(json);
    for (int i = 0; i < 4; i++) {
        json_member_text(json, languages[i], *names[i] ? names[i] : names[0]);
    }
    json_write_object_end(json);
}

void catalog_write_queue(struct json_writer *json, const struct zhol_corridor *corridor,
                         const struct catalog_queue *queue)
{
    uint32_t count;
    const struct zhol_queue *row = zhol_corridor_queue(corridor, &count) + queue->row;
    write_names(json, "name",
                (const char *const[4]){zhol_corridor_text(corridor, row->name),
                                       zhol_corridor_text(corridor, row->name_ru),
                                       zhol_corridor_text(corridor, row->name_kk),
                                       zhol_corridor_text(corridor, row->name_zh)});
}

void catalog_write_category(struct json_writer *json, const struct zhol_corridor *corridor,
                            uint32_t index, const char *id)
{
    uint32_t count;
    if (index == ZHOL_NONE) {
        write_names(json, "name", (const char *const[4]){id, "", "", ""});
        return;
    }
    const struct zhol_queue_category *row = zhol_corridor_queue_category(corridor, &count) + index;
    write_names(json, "name",
                (const char *const[4]){zhol_corridor_text(corridor, row->name),
                                       zhol_corridor_text(corridor, row->name_ru),
                                       zhol_corridor_text(corridor, row->name_kk),
                                       zhol_corridor_text(corridor, row->name_zh)});
}

void catalog_write_place(struct json_writer *json, const char *key,
                         const struct zhol_corridor *corridor, uint32_t node)
{
    write_names(json, key,
                (const char *const[4]){
                    zhol_node_name(corridor, node, "en"), zhol_node_name(corridor, node, "ru"),
                    zhol_node_name(corridor, node, "kk"), zhol_node_name(corridor, node, "zh")});
}

int32_t catalog_offset_s(const struct zhol_corridor *corridor, uint32_t node, int64_t utc_s)
{
    uint32_t count;
    const struct zhol_node *rows = zhol_corridor_node(corridor, &count);
    uint32_t row = zhol_corridor_row_on(corridor, ZHOL_TABLE_node, node, catalog_day(utc_s));
    struct zone *zone;
    if (row >= count || zone_load(zhol_corridor_text(corridor, rows[row].time_zone), &zone)) {
        return 0;
    }
    int32_t offset_s = zone_offset_s(zone, utc_s);
    zone_free(zone);
    return offset_s;
}
