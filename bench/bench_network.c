/* bench/bench_network.c: from CSV to network: seconds, MB/s and bytes an arc.
 *
 *   bench_network [LINKS...]        default: 10000 100000 1000000
 *
 * For each size a made-up corridor is written to a temporary folder: a grid of places over three
 * countries with rail and road in alternating stripes, a yard at every tenth place, border links
 * with two controls each, tariffs and factors. Then it is read and checked, compiled (best of
 * three), saved, mapped back and verified. One core.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <zhol/network.h>

#include "../tests/sheet.h"

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct grid {
    const char *folder;
    uint32_t width, height;
    double step_x, step_y; /* degrees */
};

static const char *const countries[] = {"CN", "KZ", "UZ"};
static const char *const zones[] = {"Asia/Shanghai", "Asia/Almaty", "Asia/Tashkent"};

static unsigned band(const struct grid *g, uint32_t x)
{
    return x * 3 / g->width;
}

/* Stripes of eight rows: rail, then road. */
static bool is_road(uint32_t y)
{
    return y / 8 % 2;
}

static const char *state_of(const struct grid *g, uint32_t x, uint32_t y)
{
    return is_road(y) ? "road" : band(g, x) == 0 ? "rail1435" : "rail1520";
}

static void write_small_tables(const struct grid *g)
{
    struct sheet s;
    sheet_open(&s, g->folder, ZHOL_TABLE_source);
    sheet_text(&s, "source_id=press;title=Press;kind=press");
    sheet_text(&s, "source_id=assumed;title=Assumed;kind=assumption");
    sheet_close(&s);
    sheet_open(&s, g->folder, ZHOL_TABLE_tariff);
    for (int c = 0; c < 3; c++) {
        char row[256];
        snprintf(row, sizeof row,
                 "tariff_id=T%d;scope=per_km;cost_kind=freight;mode=rail;country=%s;value=0.7;"
                 "currency=USD;unit=feu;source_id=press;confidence=low",
                 c, countries[c]);
        sheet_text(&s, row);
    }
    sheet_text(&s, "tariff_id=T3;scope=per_km;cost_kind=freight;mode=road;value=1.4;currency=USD;"
                   "unit=truck;source_id=press;confidence=low");
    sheet_text(&s, "tariff_id=T4;scope=process;cost_kind=terminal;process_kind=load;value=60;"
                   "currency=USD;unit=feu;source_id=press;confidence=low");
    sheet_close(&s);
    sheet_open(&s, g->folder, ZHOL_TABLE_emission);
    sheet_text(&s, "emission_id=E1;scope=per_tkm;mode=rail;value=22;basis=wtw;source_id=press;"
                   "confidence=low");
    sheet_text(&s, "emission_id=E2;scope=per_tkm;mode=road;value=85;basis=wtw;source_id=press;"
                   "confidence=low");
    sheet_close(&s);
}

static void write_nodes(const struct grid *g)
{
    struct sheet s;
    sheet_open(&s, g->folder, ZHOL_TABLE_node);
    const char *names[] = {"node_id",          "name",      "x_coord",   "y_coord",
                           "node_type",        "country",   "time_zone", "unlocode_status",
                           "coord_confidence", "source_id", "confidence"};
    uint32_t c[11];
    for (int i = 0; i < 11; i++) {
        c[i] = sheet_column(&s, names[i]);
    }
    for (uint32_t y = 0; y < g->height; y++) {
        for (uint32_t x = 0; x < g->width; x++) {
            unsigned b = band(g, x);
            sheet_set(&s, c[0], "N%u.%u", x, y);
            sheet_set(&s, c[1], "Place %u %u", x, y);
            sheet_set(&s, c[2], "%.5f", 40 + x * g->step_x);
            sheet_set(&s, c[3], "%.5f", 35 + y * g->step_y);
            sheet_set(&s, c[4], "station");
            sheet_set(&s, c[5], "%s", countries[b]);
            sheet_set(&s, c[6], "%s", zones[b]);
            sheet_set(&s, c[7], "absent");
            sheet_set(&s, c[8], "low");
            sheet_set(&s, c[9], "press");
            sheet_set(&s, c[10], "low");
            sheet_row(&s);
        }
    }
    sheet_close(&s);
}

enum { LINK_ID, FROM, TO, DIRECTED, LENGTH, MODE, GAUGE, COUNTRY, SOURCE, CONFIDENCE, NOTE };
enum { P_LINK, P_STATUS, P_TRACTION, P_SPEED, P_SOURCE, P_CONFIDENCE };

struct link_sheets {
    struct sheet link, period, control;
    uint32_t l[11], p[6], c[5];
};

static void open_links(struct link_sheets *s, const char *folder)
{
    const char *link[] = {"link_id",  "from_node_id", "to_node_id", "directed",   "length", "mode",
                          "gauge_mm", "country",      "source_id",  "confidence", "note"};
    const char *period[] = {"link_id",   "status",    "traction",
                            "speed_kmh", "source_id", "confidence"};
    const char *control[] = {"link_id", "seq", "process_id", "source_id", "confidence"};
    sheet_open(&s->link, folder, ZHOL_TABLE_link);
    sheet_open(&s->period, folder, ZHOL_TABLE_link_period);
    sheet_open(&s->control, folder, ZHOL_TABLE_link_control);
    for (int i = 0; i < 11; i++) {
        s->l[i] = sheet_column(&s->link, link[i]);
    }
    for (int i = 0; i < 6; i++) {
        s->p[i] = sheet_column(&s->period, period[i]);
    }
    for (int i = 0; i < 5; i++) {
        s->c[i] = sheet_column(&s->control, control[i]);
    }
}

static void write_controls(struct link_sheets *s, const char *link, uint32_t x, uint32_t x2,
                           uint32_t y)
{
    for (int seq = 1; seq <= 2; seq++) {
        sheet_set(&s->control, s->c[0], "%s", link);
        sheet_set(&s->control, s->c[1], "%d", seq);
        sheet_set(&s->control, s->c[2], "N%u.%u.%s", seq == 1 ? x : x2, y,
                  seq == 1 ? "exit" : "entry");
        sheet_set(&s->control, s->c[3], "press");
        sheet_set(&s->control, s->c[4], "low");
        sheet_row(&s->control);
    }
}

/* A link row and its period; a border link has a side, F or B. */
static void write_link(const struct grid *g, struct link_sheets *s, uint32_t x, uint32_t y,
                       uint32_t x2, uint32_t y2, const char *side)
{
    char id[40];
    bool road = is_road(y), vertical = y != y2;
    double km = vertical ? g->step_y * 111.2
                         : g->step_x * 111.4 * cos((35 + y * g->step_y) * 0.017453292519943295);
    snprintf(id, sizeof id, "%c%u.%u%s", vertical ? 'V' : 'H', x < x2 ? x : x2, y, side);
    sheet_set(&s->link, s->l[LINK_ID], "%s", id);
    sheet_set(&s->link, s->l[FROM], "N%u.%u", x, y);
    sheet_set(&s->link, s->l[TO], "N%u.%u", x2, y2);
    sheet_set(&s->link, s->l[DIRECTED], "%s", side[0] ? "true" : "false");
    sheet_set(&s->link, s->l[LENGTH], "%.3f", km * 1.2);
    sheet_set(&s->link, s->l[MODE], "%s", road ? "road" : "rail");
    sheet_set(&s->link, s->l[GAUGE], "%s", road ? "" : band(g, x) && band(g, x2) ? "1520" : "1435");
    sheet_set(&s->link, s->l[COUNTRY], "%s", countries[band(g, x)]);
    sheet_set(&s->link, s->l[SOURCE], "press");
    sheet_set(&s->link, s->l[CONFIDENCE], "low");
    sheet_set(&s->link, s->l[NOTE], "made");
    sheet_row(&s->link);
    sheet_set(&s->period, s->p[P_LINK], "%s", id);
    sheet_set(&s->period, s->p[P_STATUS], "operating");
    sheet_set(&s->period, s->p[P_TRACTION], "%s", road ? "truck" : "diesel");
    sheet_set(&s->period, s->p[P_SPEED], "%u", 30 + (x * 7 + y * 3) % 50);
    sheet_set(&s->period, s->p[P_SOURCE], "press");
    sheet_set(&s->period, s->p[P_CONFIDENCE], "low");
    sheet_row(&s->period);
    if (side[0]) {
        write_controls(s, id, x, x2, y);
    }
}

static void write_links(const struct grid *g)
{
    static struct link_sheets s;
    open_links(&s, g->folder);
    for (uint32_t y = 0; y < g->height; y++) {
        for (uint32_t x = 0; x < g->width; x++) {
            if (x + 1 < g->width && band(g, x) == band(g, x + 1)) {
                write_link(g, &s, x, y, x + 1, y, "");
            } else if (x + 1 < g->width) {
                write_link(g, &s, x, y, x + 1, y, "F");
                write_link(g, &s, x + 1, y, x, y, "B");
            }
            if (y + 1 < g->height) {
                write_link(g, &s, x, y, x, y + 1, "");
            }
        }
    }
    sheet_close(&s.link);
    sheet_close(&s.period);
    sheet_close(&s.control);
}

struct process_sheets {
    struct sheet process, handling;
};

static void write_process(struct process_sheets *s, uint32_t x, uint32_t y, const char *what,
                          const char *kind)
{
    char row[256];
    snprintf(row, sizeof row,
             "process_id=N%u.%u.%s;name=%s;node_id=N%u.%u;kind=%s;batch=train;servers=2;min_h=1;"
             "median_h=6;source_id=press;confidence=low",
             x, y, what, what, x, y, kind);
    sheet_text(&s->process, row);
}

static void write_handling(struct process_sheets *s, uint32_t x, uint32_t y, const char *from,
                           const char *to, const char *what)
{
    char row[256];
    snprintf(row, sizeof row,
             "handling_id=N%u.%u.%s-%s;node_id=N%u.%u;from_state=%s;to_state=%s;"
             "process_id=N%u.%u.%s;source_id=press;confidence=low",
             x, y, from, to, x, y, from, to, x, y, what);
    sheet_text(&s->handling, row);
}

static void write_processes(const struct grid *g)
{
    static struct process_sheets s;
    sheet_open(&s.process, g->folder, ZHOL_TABLE_process);
    sheet_open(&s.handling, g->folder, ZHOL_TABLE_handling);
    for (uint32_t y = 0; y < g->height; y++) {
        for (uint32_t x = 0; x < g->width; x++) {
            bool border = (x + 1 < g->width && band(g, x) != band(g, x + 1)) ||
                          (x > 0 && band(g, x) != band(g, x - 1));
            if (border) {
                write_process(&s, x, y, "exit", "border_exit");
                write_process(&s, x, y, "entry", "border_entry");
            }
            if ((x + 3 * y) % 10 == 0) {
                write_process(&s, x, y, "load", "load");
                write_handling(&s, x, y, "yard", state_of(g, x, y), "load");
                write_handling(&s, x, y, state_of(g, x, y), "yard", "load");
            }
        }
    }
    sheet_close(&s.process);
    sheet_close(&s.handling);
}

static double folder_mb(const char *folder)
{
    double bytes = 0;
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        char path[512];
        struct stat status;
        snprintf(path, sizeof path, "%s/%s.csv", folder, zhol_table_name((enum zhol_table)t));
        if (stat(path, &status) == 0) {
            bytes += (double)status.st_size;
        }
    }
    return bytes / 1e6;
}

static void remove_folder(const char *folder)
{
    char path[512];
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        snprintf(path, sizeof path, "%s/%s.csv", folder, zhol_table_name((enum zhol_table)t));
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/datapackage.json", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/network.bin", folder);
    unlink(path);
    rmdir(folder);
}

static struct zhol_corridor *read_corridor(const char *folder, double *seconds)
{
    struct zhol_report report;
    struct zhol_corridor *corridor = NULL;
    zhol_report_init(&report, 5);
    double start = now_s();
    enum zhol_error error = zhol_corridor_read(folder, NULL, &report, &corridor);
    *seconds = now_s() - start;
    for (uint32_t i = 0; error && i < report.count; i++) {
        char text[512];
        zhol_finding_text(&report.findings[i], text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
    zhol_report_clear(&report);
    return corridor;
}

/* Compiles three times; keeps the last network and the best time. */
static struct zhol_network *compile(const struct zhol_corridor *corridor, double *seconds)
{
    struct zhol_network *network = NULL;
    *seconds = 1e9;
    for (int i = 0; i < 3; i++) {
        zhol_network_free(network);
        network = NULL;
        double start = now_s();
        if (zhol_network_compile(corridor, NULL, NULL, &network)) {
            return NULL;
        }
        double took = now_s() - start;
        *seconds = took < *seconds ? took : *seconds;
    }
    return network;
}

static void bench(uint32_t links)
{
    char folder[] = "/tmp/bench_network_XXXXXX", path[64];
    if (!mkdtemp(folder)) {
        exit(1);
    }
    uint32_t width = (uint32_t)ceil(sqrt(links / 2.0));
    struct grid g = {folder, width, width, 60.0 / width, 20.0 / width};
    sheet_folder(folder, "2026-01-31");
    write_small_tables(&g);
    write_nodes(&g);
    write_links(&g);
    write_processes(&g);
    double read_s, compile_s, mb = folder_mb(folder);
    struct zhol_corridor *corridor = read_corridor(folder, &read_s);
    struct zhol_network *network = corridor ? compile(corridor, &compile_s) : NULL, *opened = NULL;
    if (!network) {
        fprintf(stderr, "cannot compile %u links\n", links);
        exit(1);
    }
    struct zhol_network_view v = zhol_network_view(network);
    size_t size;
    zhol_network_block(network, &size);
    snprintf(path, sizeof path, "%s/network.bin", folder);
    double start = now_s();
    zhol_network_save(network, path);
    double save_s = now_s() - start;
    start = now_s();
    bool same = zhol_network_open(path, &opened) == ZHOL_ERROR_OK;
    double open_s = now_s() - start;
    printf("%9u %7.1f %8.2f %7.0f %9.3f %9u %9u %7.1f %7.3f %7.3f%s\n", 2 * width * (width - 1), mb,
           read_s, mb / read_s, compile_s, v.vertex_count, v.arc_count, (double)size / v.arc_count,
           save_s, open_s, same ? "" : "  NOT THE SAME");
    fflush(stdout);
    zhol_network_free(opened);
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    remove_folder(folder);
}

int main(int argc, char **argv)
{
    const uint32_t sizes[] = {10000, 100000, 1000000};
    printf("%9s %7s %8s %7s %9s %9s %9s %7s %7s %7s\n", "links", "MB", "read s", "MB/s",
           "compile s", "vertices", "arcs", "B/arc", "save s", "open s");
    for (int i = 0; i < (argc > 1 ? argc - 1 : 3); i++) {
        bench(argc > 1 ? (uint32_t)strtoul(argv[i + 1], NULL, 10) : sizes[i]);
    }
    return 0;
}
