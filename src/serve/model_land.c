/* model_land.c: coast and borders of countries as GeoJSON. See model.h. */
#include "serve/model.h"

#include <stdlib.h>

#include "report/land_data.h"

/* Reads count, lon, lat, lon, lat ... in hundredths of a degree; returns the next line. The part of
 * a line that lies beyond the antimeridian (the tip of Chukotka) is left out. */
static const int16_t *write_line(const int16_t *line, bool close, struct json_writer *json)
{
    const int16_t *points = line + 1;
    int last = points[0];
    json_write_array(json);
    for (int i = 0; i < *line + (close ? 1 : 0); i++) {
        int k = i < *line ? i : 0;
        if (abs(points[2 * k] - last) > 18000) {
            continue;
        }
        last = points[2 * k];
        json_write_array(json);
        json_write_fixed(json, points[2 * k] / 100.0, 2);
        json_write_fixed(json, points[2 * k + 1] / 100.0, 2);
        json_write_array_end(json);
    }
    json_write_array_end(json);
    return points + 2 * *line;
}

static void write_feature(const char *kind, const char *type, const int16_t *lines, bool close,
                          struct json_writer *json)
{
    json_write_object(json);
    json_member_text(json, "type", "Feature");
    json_write_key(json, "properties");
    json_write_object(json);
    json_member_text(json, "kind", kind);
    json_write_object_end(json);
    json_write_key(json, "geometry");
    json_write_object(json);
    json_member_text(json, "type", type);
    json_write_key(json, "coordinates");
    json_write_array(json);
    for (const int16_t *line = lines; *line;) {
        line = write_line(line, close, json);
    }
    json_write_array_end(json);
    json_write_object_end(json);
    json_write_object_end(json);
}

/* The rings of the land are lines, not polygons: a hole is a ring of its own, and the even-odd rule
 * tells which side is land (a page draws them in one path with that rule). */
enum zhol_error model_land(struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, false);
    json_write_object(&json);
    json_member_text(&json, "type", "FeatureCollection");
    json_member_text(&json, "source",
                     "Natural Earth 1:50m, cut to the corridor's part of the world and thinned");
    json_write_key(&json, "features");
    json_write_array(&json);
    write_feature("land", "MultiLineString", land_rings, true, &json);
    write_feature("border", "MultiLineString", land_borders, false, &json);
    json_write_array_end(&json);
    json_write_object_end(&json);
    return json_writer_end(&json);
}
