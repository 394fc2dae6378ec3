/* report/plan_geojson.c: the chosen itineraries as GeoJSON (RFC 7946): a LineString for each leg
 * that moves, a Point for each place where something is done. */
#include "base/time.h"
#include "report/plan_way.h"
#include "report/plan_write.h"

struct page {
    const struct plan_view *view;
    struct json_writer json;
    struct buffer text;
};

static void write_point(struct json_writer *j, struct map_point point)
{
    json_write_array(j);
    json_write_fixed(j, point.lon, 4);
    json_write_fixed(j, point.lat, 4);
    json_write_array_end(j);
}

static enum zhol_error write_geometry(struct page *p, const struct view_leg *leg)
{
    struct json_writer *j = &p->json;
    struct way_points way = {0};
    enum zhol_error error = way_points_leg(p->view, leg, &way);
    bool moves = way.count >= 2;
    json_write_key(j, "geometry");
    json_write_object(j);
    json_member_text(j, "type", moves ? "LineString" : "Point");
    json_write_key(j, "coordinates");
    if (moves) {
        json_write_array(j);
        for (uint32_t i = 0; i < way.count; i++) {
            write_point(j, way.points[i]);
        }
        json_write_array_end(j);
    } else {
        write_point(j, way_place(p->view->corridor, leg->from));
    }
    json_write_object_end(j);
    way_points_clear(&way);
    return error;
}

static void member_text(struct page *p, const char *key)
{
    json_member_text(&p->json, key, buffer_get(&p->text));
    p->json.out->error = p->json.out->error ? p->json.out->error : p->text.error;
    buffer_reset(&p->text);
}

static void write_properties(struct page *p, const struct view_itinerary *it, uint32_t number)
{
    const struct view_leg *leg = &p->view->legs[it->first_leg + number];
    struct json_writer *j = &p->json;
    json_write_key(j, "properties");
    json_write_object(j);
    json_member_int(j, "itinerary", it->number + 1);
    json_member_int(j, "leg", number + 1);
    plan_view_leg_text(p->view, leg, &p->text);
    member_text(p, "text");
    json_member_text(j, "mode", leg->mode ? zhol_mode_text(leg->mode) : NULL);
    json_member_text(j, "process",
                     leg->process_kind ? zhol_process_kind_text(leg->process_kind) : NULL);
    format_iso(&p->text, leg->start);
    member_text(p, "start");
    format_iso(&p->text, leg->end);
    member_text(p, "end");
    json_member_int(j, "wait_min", leg->minutes[VIEW_WAITS]);
    json_member_fixed(j, "length_km", (double)leg->length_m / 1000, 3);
    json_member_fixed(j, "cost_usd", (double)(leg->cents + leg->storage_cents) / 100, 2);
    json_member_bool(j, "cost_known", !leg->cost_unknown && !leg->storage_unknown);
    json_member_int(j, "co2e_g", leg->co2e_g);
    json_member_bool(j, "co2e_known", !leg->co2e_unknown);
    json_write_object_end(j);
}

static void member_day(struct page *p, const char *key, int32_t day)
{
    char text[TIME_TEXT_SIZE];
    time_format_date(day, text);
    json_member_text(&p->json, key, text);
}

/* Foreign members (RFC 7946, 6.1) that say what the figures are about. */
static void write_about(struct page *p)
{
    const struct zhol_corridor_about *about = &p->view->about;
    json_member_text(&p->json, "corridor", about->name);
    member_day(p, "as_of", about->as_of);
    member_day(p, "date", p->view->net.day);
    json_member_text(&p->json, "scenario", *about->scenario ? about->scenario : NULL);
    json_member_int(&p->json, "itinerary_count", p->view->itinerary_count);
}

void plan_write_geojson(const struct plan_view *view, struct buffer *out)
{
    struct page p = {.view = view};
    enum zhol_error error = ZHOL_ERROR_OK;
    buffer_init(&p.text);
    json_writer_init(&p.json, out, true);
    json_write_object(&p.json);
    json_member_text(&p.json, "type", "FeatureCollection");
    write_about(&p);
    json_write_key(&p.json, "features");
    json_write_array(&p.json);
    for (uint32_t i = 0; !error && i < view->chosen_count; i++) {
        const struct view_itinerary *it = &view->itineraries[view->chosen[i]];
        for (uint32_t k = 0; !error && k < it->leg_count; k++) {
            json_write_object(&p.json);
            json_member_text(&p.json, "type", "Feature");
            write_properties(&p, it, k);
            error = write_geometry(&p, &view->legs[it->first_leg + k]);
            json_write_object_end(&p.json);
        }
    }
    json_write_array_end(&p.json);
    json_write_object_end(&p.json);
    json_writer_end(&p.json);
    out->error = out->error ? out->error : error;
    buffer_clear(&p.text);
}
