/* check_links.c: links: gauge, ends, length against the distance on the earth, geometry, GMNS.
 *
 * The distance is the geodesic on WGS 84 (PROJ, C. Karney, "Algorithms for geodesics", 2013).
 * Most links are far from the bounds: a sphere decides those, and only the others pay for the
 * geodesic. The geodesic differs from the great circle of the mean radius by less than 0.6 %.
 */
#include "corridor/check.h"

#include <geodesic.h>
#include <math.h>

#include "base/number.h"
#include "corridor/forms.h"

static const double EARTH_RADIUS_M = 6378137.0;
static const double EARTH_FLATTENING = 1 / 298.257223563;
static const double MEAN_RADIUS_KM = 6371.0;
static const double SPHERE_ERROR = 0.006;
static const double LENGTH_MIN = 0.98; /* of the distance: rounded lengths and coordinates */
static const double DETOUR_MAX = 3.5;
static const double NEAR_KM = 10;      /* places of one town: their distance means little */
static const double ENDS_NEAR_KM = 60; /* between a geometry's end and its place */

struct place_vector {
    double x, y, z;
};

static struct place_vector unit_vector(double lon, double lat)
{
    const double degree = 3.14159265358979323846 / 180;
    return (struct place_vector){cos(lat * degree) * cos(lon * degree),
                                 cos(lat * degree) * sin(lon * degree), sin(lat * degree)};
}

static double sphere_km(struct place_vector a, struct place_vector b)
{
    double chord =
        sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z));
    return 2 * MEAN_RADIUS_KM * asin(chord / 2 < 1 ? chord / 2 : 1);
}

static double geodesic_km(double lon_a, double lat_a, double lon_b, double lat_b)
{
    struct geod_geodesic earth;
    double distance_m;
    geod_init(&earth, EARTH_RADIUS_M, EARTH_FLATTENING);
    geod_inverse(&earth, lat_a, lon_a, lat_b, lon_b, &distance_m, NULL, NULL);
    return distance_m / 1000;
}

/* ---- single rules ---- */

static void check_gauge(struct check *check, const struct zhol_link *link, uint32_t row)
{
    bool rail = link->mode == zhol_mode_RAIL;
    if (rail && link->gauge_mm == ZHOL_BLANK_INT) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "gauge_mm",
                  "is blank; a rail link has one gauge: 1435 or 1520 (two gauges: two links)");
    } else if (link->mode && !rail && link->gauge_mm != ZHOL_BLANK_INT) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "gauge_mm",
                  "a blank cell: only rail has a gauge, and the mode is %s",
                  zhol_mode_text(link->mode));
    } else if (rail && link->gauge_mm != 1435 && link->gauge_mm != 1520) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "gauge_mm",
                  "1435 or 1520: there is no cargo state for other gauges");
    }
}

static void check_blank_columns(struct check *check, const struct zhol_link *link, uint32_t row)
{
    if (!isnan(link->capacity)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "capacity",
                  "a blank cell: capacity belongs to resource.csv");
    }
    if (!isnan(link->free_speed)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "free_speed",
                  "a blank cell: speed belongs to link_period.csv");
    }
}

static void check_periods(struct check *check, const struct zhol_link *link, uint32_t row)
{
    uint32_t count;
    zhol_corridor_rows_of(check->corridor, ZHOL_TABLE_link_period, link->link_id, &count);
    if (!count) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "link_id",
                  "a link with a row in link_period.csv: without one it is in no network");
    }
}

static void check_distance(struct check *check, const struct zhol_link *link, uint32_t row,
                           double distance_km)
{
    char km[NUMBER_TEXT_SIZE];
    number_format_fixed(distance_km, 1, km);
    bool bent = link->mode == zhol_mode_SEA || link->mode == zhol_mode_RIVER;
    if (link->length < LENGTH_MIN * distance_km && distance_km - link->length > 1) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "length",
                  "at least %s km, the distance of its ends on the earth (a link cannot be "
                  "shorter); check length and coordinates",
                  km);
    } else if (!bent && !link->note && distance_km > NEAR_KM &&
               link->length > DETOUR_MAX * distance_km) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "length",
                  "at most 3.5 times the distance of its ends (%s km), or a note that says why",
                  km);
    }
}

static void check_length(struct check *check, const struct zhol_link *link, uint32_t row,
                         const struct zhol_node *from, const struct zhol_node *to,
                         double sphere_distance_km)
{
    if (isnan(link->length) || isnan(sphere_distance_km)) {
        return;
    }
    if (link->length == 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_RANGE, ZHOL_TABLE_link, row, "length",
                  "a length above 0 km");
        return;
    }
    double low = sphere_distance_km * (1 - SPHERE_ERROR);
    double high = sphere_distance_km * (1 + SPHERE_ERROR);
    if (link->length < LENGTH_MIN * high || link->length > DETOUR_MAX * low) {
        check_distance(check, link, row,
                       geodesic_km(from->x_coord, from->y_coord, to->x_coord, to->y_coord));
    }
}

/* ---- geometry ---- */

static void check_end(struct check *check, uint32_t row, const struct zhol_node *node, double lon,
                      double lat, const char *end)
{
    double km = geodesic_km(lon, lat, node->x_coord, node->y_coord);
    if (km > ENDS_NEAR_KM) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "geometry",
                  "a line that %s near %s; it is %d km away", end,
                  check_id(check, ZHOL_TABLE_node, node->node_id), (int)km);
    }
}

static void check_geometry(struct check *check, const struct zhol_link *link, uint32_t row,
                           const struct zhol_node *from, const struct zhol_node *to)
{
    struct form_points points;
    double lon, lat;
    uint32_t count = 0;
    if (!link->geometry || isnan(from->x_coord) || isnan(from->y_coord) || isnan(to->x_coord) ||
        isnan(to->y_coord) ||
        !form_points_start(text_view_of(check_text(check, link->geometry)), &points)) {
        return;
    }
    for (; form_points_next(&points, &lon, &lat) > 0; count++) {
        if (!count) {
            check_end(check, row, from, lon, lat, "begins");
        }
    }
    if (count) {
        check_end(check, row, to, lon, lat, "ends");
    }
}

/* ---- all links ---- */

static struct place_vector *place_vectors(struct check *check, const struct zhol_node *nodes,
                                          uint32_t count)
{
    struct place_vector *vectors = arena_array(&check->arena, count, sizeof *vectors);
    for (uint32_t i = 0; vectors && i < count; i++) {
        vectors[i] = unit_vector(nodes[i].x_coord, nodes[i].y_coord);
    }
    return vectors;
}

static void check_ends(struct check *check, const struct zhol_link *link, uint32_t row,
                       const struct zhol_node *nodes, const struct place_vector *vectors)
{
    uint32_t from = check_row(check, ZHOL_TABLE_node, link->from_node_id);
    uint32_t to = check_row(check, ZHOL_TABLE_node, link->to_node_id);
    if (from == ZHOL_NONE || to == ZHOL_NONE) {
        return;
    }
    if (from == to) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "to_node_id",
                  "another place than from_node_id: a link joins two places");
        return;
    }
    check_length(check, link, row, &nodes[from], &nodes[to],
                 vectors ? sphere_km(vectors[from], vectors[to]) : 0);
    check_geometry(check, link, row, &nodes[from], &nodes[to]);
}

void check_links(struct check *check)
{
    uint32_t link_count, node_count;
    const struct zhol_link *links = zhol_corridor_link(check->corridor, &link_count);
    const struct zhol_node *nodes = zhol_corridor_node(check->corridor, &node_count);
    const struct place_vector *vectors = place_vectors(check, nodes, node_count);
    for (uint32_t row = 0; row < link_count; row++) {
        check_gauge(check, &links[row], row);
        check_blank_columns(check, &links[row], row);
        check_periods(check, &links[row], row);
        check_ends(check, &links[row], row, nodes, vectors);
    }
}
