/* model_ogc.c: places, links and checkpoints as OGC API - Features (OGC 17-069r4, part 1: core and
 * GeoJSON), so that QGIS and GDAL read them. See model.h.
 *
 * Features keep the order of their tables, so that pages of them fit together.
 */
#include "serve/model.h"

#include <math.h>
#include <string.h>

#include "serve/model_ways.h"

static const struct {
    const char *id, *title, *description;
} collections[] = {
    {"places", "Places", "Cities, stations, ports and border points of the corridor"},
    {"links", "Links", "Ways between places by one mode and gauge, with their state on the day"},
    {"checkpoints", "Checkpoints", "Rail and road border points, with their electronic queues"},
};

enum model_collection model_collection_find(const char *id)
{
    int i = 0;
    while (i < MODEL_COLLECTION_COUNT && strcmp(collections[i].id, id) != 0) {
        i++;
    }
    return (enum model_collection)i;
}

/* ---- Links between documents ---- */

static void write_link(struct json_writer *json, const char *rel, const char *type,
                       const char *title, const char *base, const char *path)
{
    struct buffer href = {0};
    buffer_printf(&href, "%s%s", base, path);
    json_write_object(json);
    json_member_text(json, "href", buffer_get(&href));
    json_member_text(json, "rel", rel);
    json_member_text(json, "type", type);
    json_member_text(json, "title", title);
    json_write_object_end(json);
    buffer_clear(&href);
}

static void begin_links(struct json_writer *json)
{
    json_write_key(json, "links");
    json_write_array(json);
}

void model_ogc_landing(const struct zhol_corridor *corridor, const char *base, struct buffer *out)
{
    struct json_writer json;
    struct zhol_corridor_about about = zhol_corridor_about(corridor);
    json_writer_init(&json, out, false);
    json_write_object(&json);
    json_member_text(&json, "title", about.title);
    json_member_text(&json, "description", "Places, links and checkpoints of a freight corridor");
    model_write_day(&json, "as_of", about.as_of);
    begin_links(&json);
    write_link(&json, "self", "application/json", "this document", base, "/ogc");
    write_link(&json, "service-desc", "application/vnd.oai.openapi+json;version=3.1",
               "the interface", base, "/openapi.json");
    write_link(&json, "conformance", "application/json", "what it conforms to", base,
               "/conformance");
    write_link(&json, "data", "application/json", "the collections", base, "/collections");
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

void model_ogc_conformance(struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, false);
    json_write_object(&json);
    json_write_key(&json, "conformsTo");
    json_write_array(&json);
    json_write_text(&json, "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core");
    json_write_text(&json, "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson");
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

/* ---- Collections ---- */

static void write_extent(const struct zhol_corridor *corridor, struct json_writer *json)
{
    uint32_t count;
    const struct zhol_node *rows = zhol_corridor_node(corridor, &count);
    double box[4] = {180, 90, -180, -90};
    for (uint32_t i = 0; i < count; i++) {
        box[0] = fmin(box[0], rows[i].x_coord);
        box[1] = fmin(box[1], rows[i].y_coord);
        box[2] = fmax(box[2], rows[i].x_coord);
        box[3] = fmax(box[3], rows[i].y_coord);
    }
    json_write_key(json, "extent");
    json_write_object(json);
    json_write_key(json, "spatial");
    json_write_object(json);
    json_write_key(json, "bbox");
    json_write_array(json);
    json_write_array(json);
    for (int i = 0; i < 4; i++) {
        json_write_fixed(json, box[i], 3);
    }
    json_write_array_end(json);
    json_write_array_end(json);
    json_member_text(json, "crs", "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    json_write_object_end(json);
    json_write_object_end(json);
}

static void write_collection(const struct zhol_corridor *corridor, enum model_collection collection,
                             const char *base, struct json_writer *json)
{
    struct buffer path = {0};
    json_write_object(json);
    json_member_text(json, "id", collections[collection].id);
    json_member_text(json, "title", collections[collection].title);
    json_member_text(json, "description", collections[collection].description);
    json_member_text(json, "itemType", "feature");
    json_write_key(json, "crs");
    json_write_array(json);
    json_write_text(json, "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    json_write_array_end(json);
    write_extent(corridor, json);
    begin_links(json);
    buffer_printf(&path, "/collections/%s", collections[collection].id);
    write_link(json, "self", "application/json", "this collection", base, buffer_get(&path));
    buffer_string(&path, "/items");
    write_link(json, "items", "application/geo+json", "its features", base, buffer_get(&path));
    json_write_array_end(json);
    json_write_object_end(json);
    buffer_clear(&path);
}

void model_ogc_collection(const struct zhol_corridor *corridor, enum model_collection collection,
                          const char *base, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, false);
    write_collection(corridor, collection, base, &json);
    json_writer_end(&json);
}

void model_ogc_collections(const struct zhol_corridor *corridor, const char *base,
                           struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, false);
    json_write_object(&json);
    begin_links(&json);
    write_link(&json, "self", "application/json", "this document", base, "/collections");
    json_write_array_end(&json);
    json_write_key(&json, "collections");
    json_write_array(&json);
    for (int i = 0; i < MODEL_COLLECTION_COUNT; i++) {
        write_collection(corridor, (enum model_collection)i, base, &json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

/* ---- Features ---- */

struct features {
    const struct zhol_corridor *corridor;
    int32_t day;
    struct model_ways ways; /* of links: their states */
    struct json_writer json;
};

static bool is_checkpoint(const struct zhol_node *row)
{
    return row->node_type == zhol_node_type_RAIL_BORDER ||
           row->node_type == zhol_node_type_ROAD_BORDER;
}

static bool in_box(const double *box, double lon, double lat)
{
    if (!box) {
        return true;
    }
    bool in_lon = box[0] <= box[2] ? lon >= box[0] && lon <= box[2]
                                   : lon >= box[0] || lon <= box[2]; /* over the antimeridian */
    return in_lon && lat >= box[1] && lat <= box[3];
}

/* A link is taken where the box around its two ends meets the box asked for. */
static bool link_in_box(const struct zhol_corridor *corridor, const struct zhol_link *row,
                        const double *box)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &count);
    const struct zhol_node *a = &nodes[row->from_node_id], *b = &nodes[row->to_node_id];
    if (!box || box[0] > box[2]) {
        return !box || in_box(box, a->x_coord, a->y_coord) || in_box(box, b->x_coord, b->y_coord);
    }
    return fmax(a->x_coord, b->x_coord) >= box[0] && fmin(a->x_coord, b->x_coord) <= box[2] &&
           fmax(a->y_coord, b->y_coord) >= box[1] && fmin(a->y_coord, b->y_coord) <= box[3];
}

static const char *link_status(const struct features *f, uint32_t link)
{
    const struct model_way *way = &f->ways.ways[f->ways.way_of[link]];
    const struct way_state *state = way_on(&f->ways, way, f->day);
    return state ? way_status_text(state->status) : NULL;
}

static void begin_feature(struct json_writer *json, const char *id)
{
    json_write_object(json);
    json_member_text(json, "type", "Feature");
    json_member_text(json, "id", id);
}

/* The identifiers of its queues, separated by commas. */
static void write_queues(struct features *f, uint32_t node)
{
    uint32_t count;
    const struct zhol_queue *rows = zhol_corridor_queue(f->corridor, &count);
    struct buffer text = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].node_id == node && zhol_day_in(f->day, rows[i].valid_from, rows[i].valid_to)) {
            buffer_printf(&text, "%s%s", text.size ? "," : "",
                          zhol_corridor_id(f->corridor, ZHOL_TABLE_queue, rows[i].queue_id));
        }
    }
    json_member_text(&f->json, "queues", buffer_get(&text));
    buffer_clear(&text);
}

static void write_node(struct features *f, uint32_t node, bool checkpoint)
{
    const struct zhol_corridor *c = f->corridor;
    struct json_writer *json = &f->json;
    uint32_t count;
    const struct zhol_node *row = &zhol_corridor_node(c, &count)[node];
    begin_feature(json, zhol_corridor_id(c, ZHOL_TABLE_node, node));
    json_write_key(json, "geometry");
    json_write_object(json);
    json_member_text(json, "type", "Point");
    json_write_key(json, "coordinates");
    json_write_array(json);
    json_write_fixed(json, row->x_coord, 4);
    json_write_fixed(json, row->y_coord, 4);
    json_write_array_end(json);
    json_write_object_end(json);
    json_write_key(json, "properties");
    json_write_object(json);
    json_member_text(json, "name", zhol_corridor_text(c, row->name));
    json_member_text(json, "name_ru", zhol_corridor_text(c, row->name_ru));
    json_member_text(json, "name_kk", zhol_corridor_text(c, row->name_kk));
    json_member_text(json, "name_zh", zhol_corridor_text(c, row->name_zh));
    json_member_text(json, "country", zhol_corridor_text(c, row->country));
    json_member_text(json, "kind", zhol_node_type_text(row->node_type));
    json_member_text(json, "unlocode", zhol_corridor_text(c, row->unlocode));
    json_member_text(json, "esr", zhol_corridor_text(c, row->esr));
    json_member_text(json, "source", zhol_corridor_id(c, ZHOL_TABLE_source, row->source_id));
    if (checkpoint) {
        write_queues(f, node);
    }
    json_write_object_end(json);
    json_write_object_end(json);
}

static void write_link_feature(struct features *f, uint32_t number, const char *status)
{
    const struct zhol_corridor *c = f->corridor;
    struct json_writer *json = &f->json;
    uint32_t count;
    const struct zhol_link *row = &zhol_corridor_link(c, &count)[number];
    begin_feature(json, zhol_corridor_id(c, ZHOL_TABLE_link, row->link_id));
    json_write_key(json, "geometry");
    json_write_object(json);
    json_member_text(json, "type", "LineString");
    json_write_key(json, "coordinates");
    way_write_line(c, row->link_id, json);
    json_write_object_end(json);
    json_write_key(json, "properties");
    json_write_object(json);
    json_member_text(json, "name", zhol_corridor_text(c, row->name));
    json_member_text(json, "from", zhol_corridor_id(c, ZHOL_TABLE_node, row->from_node_id));
    json_member_text(json, "to", zhol_corridor_id(c, ZHOL_TABLE_node, row->to_node_id));
    json_member_text(json, "mode", zhol_mode_text(row->mode));
    json_write_key(json, "gauge_mm");
    if (row->gauge_mm == ZHOL_BLANK_INT) {
        json_write_null(json);
    } else {
        json_write_int(json, row->gauge_mm);
    }
    json_member_real(json, "length_km", row->length);
    json_member_text(json, "country", zhol_corridor_text(c, row->country));
    json_member_text(json, "status", status);
    json_member_text(json, "source", zhol_corridor_id(c, ZHOL_TABLE_source, row->source_id));
    json_write_object_end(json);
    json_write_object_end(json);
}

/* Number `i` of the table belongs to the collection on the day and in the box; *status of a link.
 */
static bool is_in(const struct features *f, enum model_collection collection, uint32_t i,
                  const double *box, const char **status)
{
    uint32_t count;
    *status = NULL;
    if (collection == MODEL_LINKS) {
        const struct zhol_link *row = &zhol_corridor_link(f->corridor, &count)[i];
        if (!link_in_box(f->corridor, row, box)) {
            return false;
        }
        *status = link_status(f, row->link_id);
        return *status != NULL;
    }
    const struct zhol_node *row = &zhol_corridor_node(f->corridor, &count)[i];
    return in_box(box, row->x_coord, row->y_coord) &&
           (collection == MODEL_PLACES || is_checkpoint(row));
}

static uint32_t rows_of(const struct features *f, enum model_collection collection)
{
    uint32_t count;
    if (collection == MODEL_LINKS) {
        zhol_corridor_link(f->corridor, &count);
    } else {
        zhol_corridor_node(f->corridor, &count);
    }
    return count;
}

static void write_feature(struct features *f, enum model_collection collection, uint32_t i,
                          const char *status)
{
    if (collection == MODEL_LINKS) {
        write_link_feature(f, i, status);
    } else {
        write_node(f, i, collection == MODEL_CHECKPOINTS);
    }
}

/* self, and next where there is more. */
static void write_paging(struct features *f, const struct model_items *items, bool more)
{
    struct buffer path = {0};
    begin_links(&f->json);
    for (int next = 0; next <= (more ? 1 : 0); next++) {
        buffer_reset(&path);
        buffer_printf(&path, "/collections/%s/items?limit=%u&offset=%u",
                      collections[items->collection].id, items->limit,
                      items->offset + (next ? items->limit : 0));
        if (items->bbox) {
            buffer_string(&path, "&bbox=");
            for (int i = 0; i < 4; i++) {
                buffer_string(&path, i ? "," : "");
                buffer_real(&path, items->bbox[i]);
            }
        }
        write_link(&f->json, next ? "next" : "self", "application/geo+json",
                   next ? "the next features" : "these features", items->base, buffer_get(&path));
    }
    json_write_array_end(&f->json);
    buffer_clear(&path);
}

void model_ogc_items(const struct zhol_corridor *corridor, int32_t day,
                     const struct model_items *items, struct buffer *out)
{
    struct features f = {.corridor = corridor, .day = day};
    uint32_t matched = 0, written = 0;
    const char *status;
    out->error = out->error ? out->error : model_ways_make(corridor, &f.ways);
    json_writer_init(&f.json, out, false);
    json_write_object(&f.json);
    json_member_text(&f.json, "type", "FeatureCollection");
    model_write_head(corridor, day, &f.json);
    json_write_key(&f.json, "features");
    json_write_array(&f.json);
    for (uint32_t i = 0; !out->error && i < rows_of(&f, items->collection); i++) {
        if (is_in(&f, items->collection, i, items->bbox, &status)) {
            if (matched >= items->offset && written < items->limit) {
                write_feature(&f, items->collection, i, status);
                written++;
            }
            matched++;
        }
    }
    json_write_array_end(&f.json);
    json_member_int(&f.json, "numberMatched", matched);
    json_member_int(&f.json, "numberReturned", written);
    write_paging(&f, items, items->offset < matched && matched - items->offset > written);
    json_write_object_end(&f.json);
    json_writer_end(&f.json);
    model_ways_clear(&f.ways);
}

enum zhol_error model_ogc_item(const struct zhol_corridor *corridor, int32_t day,
                               enum model_collection collection, const char *id, struct buffer *out)
{
    struct features f = {.corridor = corridor, .day = day};
    enum zhol_table table = collection == MODEL_LINKS ? ZHOL_TABLE_link : ZHOL_TABLE_node;
    uint32_t thing = zhol_corridor_find(corridor, table, id), row, end;
    const char *status;
    if (thing == ZHOL_NONE) {
        return ZHOL_ERROR_UNKNOWN;
    }
    enum zhol_error error = model_ways_make(corridor, &f.ways);
    zhol_corridor_rows(corridor, table, thing, &row, &end);
    if (!error && !is_in(&f, collection, row, NULL, &status)) {
        error = ZHOL_ERROR_UNKNOWN;
    }
    if (!error) {
        json_writer_init(&f.json, out, false);
        write_feature(&f, collection, row, status);
        error = json_writer_end(&f.json);
    }
    model_ways_clear(&f.ways);
    return error;
}
