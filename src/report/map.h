/* report/map.h: maps as SVG text: land, borders, ways and places in a conic projection.
 *
 * Projection: Lambert's conformal conic on the sphere with two standard parallels (Snyder, "Map
 * Projections: A Working Manual", USGS PP 1395, eq. 15-1 to 15-5): angles are true and the middle
 * latitudes, where the corridor lies, keep their size. The frame is given in degrees; the height
 * follows from the width.
 *
 * Order of calls: map_begin, map_land, any of the drawing calls, map_end. All coordinates are
 * longitude and latitude in degrees. Classes are names of CSS classes; map_style gives rules for
 * those that this file knows, so that a page or a lone SVG file looks the same. Nothing fails:
 * the buffer carries the error of a full memory.
 */
#ifndef ZHOL_REPORT_MAP_H
#define ZHOL_REPORT_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

struct map_frame {
    double west, south, east, north; /* degrees */
};

struct map_point {
    double lon, lat;
};

struct map {
    struct buffer *out;
    double width, height;
    double n, f, rho0, lon0; /* of the projection */
    double scale, x0, y0;
    struct map_box { /* labels placed so far */
        double x0, y0, x1, y1;
    } boxes[256];
    uint32_t box_count;
};

/* Starts an <svg> element `width` units wide. `title` is read out to those who cannot see it. */
void map_begin(struct map *map, struct buffer *out, struct map_frame frame, double width,
               const char *title);
/* Fills the land and draws borders between countries. */
void map_land(struct map *map);
/* A line through the points; straight stretches over 3 degrees follow the great circle. */
void map_line(struct map *map, const struct map_point *points, uint32_t count, const char *class);
/* A dot of radius `r` with an optional label, which is left out where it would cover another. */
void map_dot(struct map *map, struct map_point at, double r, const char *class, const char *label);
/* The name of an area, in the middle of it, where it covers no label. */
void map_name(struct map *map, struct map_point at, const char *class, const char *name);
void map_end(struct map *map);

/* Where a point lies on the drawing. */
void map_project(const struct map *map, double lon, double lat, double *x, double *y);

/* A frame around points, with a margin as a share of its size, not smaller than `least` degrees. */
struct map_frame map_frame_around(const struct map_point *points, uint32_t count, double margin,
                                  double least);

/* CSS rules for the classes land, border, sea, graticule, rail, road, sea-way, oil, gas, route. */
const char *map_style(void);

/* XML text with &, <, >, " escaped. */
void map_escape(struct buffer *out, const char *text);

#endif
