/* bench/bench_corridor.c: reading and checking a corridor: seconds, MB/s and bytes a row.
 *
 *   bench_corridor [LINKS...]        default: 10000 100000 1000000
 *
 * For each size a corridor is written to a temporary folder: a grid of places over two countries,
 * rail links with a period each, a border column with two directed links and their controls,
 * terminals with processes and handlings, a capacity for every tenth link. Then it is read and
 * checked by one thread; the best of three counts. Bytes a row are the process's peak, files and
 * scratch included. Compiling is timed by bench_network.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <zhol/corridor.h>

enum { RUNS = 3, TERMINAL_EVERY = 20, RESOURCE_EVERY = 10 };
static const double STEP_DEGREES = 0.04, LON_FIRST = 50, LAT_FIRST = 34;

struct grid {
    const char *folder;
    uint32_t width, height;
    uint64_t bytes, rows;
};

static double clock_s(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static FILE *open_table(const struct grid *g, const char *name, const char *header)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", g->folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    fputs(header, file);
    return file;
}

static void close_table(struct grid *g, FILE *file)
{
    g->bytes += (uint64_t)ftell(file);
    if (fclose(file)) {
        perror("close");
        exit(1);
    }
}

static uint32_t node_number(const struct grid *g, uint32_t x, uint32_t y)
{
    return y * g->width + x;
}

static bool is_terminal(uint32_t node)
{
    return node % TERMINAL_EVERY == 0;
}

/* 1.2 times the distance of two neighbours, in km. */
static double length_km(uint32_t y, bool east)
{
    double lat = (LAT_FIRST + STEP_DEGREES * y) * 3.14159265358979323846 / 180;
    return 1.2 * 111.2 * STEP_DEGREES * (east ? cos(lat) : 1);
}

static void write_small(struct grid *g)
{
    FILE *f = open_table(g, "datapackage.json", "");
    fputs("{\"name\": \"made\", \"title\": \"Made\", \"as_of\": \"2026-01-31\"}\n", f);
    close_table(g, f);
    f = open_table(g, "source.csv", "source_id,title,publisher,date,url,kind,licence,note\n");
    fputs("press,Press,,2025-01-01,,press,,\n", f);
    close_table(g, f);
}

static void write_nodes(struct grid *g)
{
    FILE *f = open_table(g, "node.csv",
                         "node_id,name,x_coord,y_coord,node_type,parent_node_id,name_ru,name_kk,"
                         "name_zh,aliases,country,time_zone,unlocode,unlocode_status,unlocode_km,"
                         "esr,coord_confidence,source_id,confidence,fact_id,note\n");
    for (uint32_t y = 0; y < g->height; y++) {
        for (uint32_t x = 0; x < g->width; x++) {
            uint32_t node = node_number(g, x, y);
            bool west = x < g->width / 2;
            fprintf(f,
                    "N%u,Place %u,%.2f,%.2f,station,,Место %u,,,,%s,%s,,none,,,high,press,high,,\n",
                    node, node, LON_FIRST + STEP_DEGREES * x, LAT_FIRST + STEP_DEGREES * y, node,
                    west ? "KZ" : "CN", west ? "Asia/Almaty" : "Asia/Shanghai");
        }
    }
    g->rows += (uint64_t)g->width * g->height;
    close_table(g, f);
}

static void write_link(struct grid *g, FILE *links, FILE *periods, const char *id, uint32_t from,
                       uint32_t to, bool directed, uint32_t y, bool east)
{
    fprintf(links, "%s,,N%u,N%u,%s,,,%.2f,,,,,rail,1520,KZ,,,,press,medium,,\n", id, from, to,
            directed ? "true" : "false", length_km(y, east));
    fprintf(periods, "%s,2001-05-0%u,,operating,%u,electric,42.5,35,50,90,,press,medium,,\n", id,
            1 + from % 9, 1 + from % 2);
    g->rows += 2;
}

static void write_links(struct grid *g)
{
    char id[32];
    FILE *links =
        open_table(g, "link.csv",
                   "link_id,name,from_node_id,to_node_id,directed,geometry,facility_type,"
                   "length,capacity,free_speed,lanes,allowed_uses,mode,gauge_mm,country,"
                   "section_id,length_low,length_high,source_id,confidence,fact_id,note\n");
    FILE *periods = open_table(g, "link_period.csv",
                               "link_id,valid_from,valid_to,status,tracks,traction,speed_kmh,"
                               "speed_low_kmh,speed_high_kmh,speed_best_kmh,diameter_mm,source_id,"
                               "confidence,fact_id,note\n");
    for (uint32_t y = 0; y < g->height; y++) {
        for (uint32_t x = 0; x < g->width; x++) {
            uint32_t node = node_number(g, x, y), next = node + 1, above = node + g->width;
            if (y + 1 < g->height) {
                snprintf(id, sizeof id, "V%u", node);
                write_link(g, links, periods, id, node, above, false, y, false);
            }
            if (x + 1 == g->width) {
                continue;
            }
            bool border = x + 1 == g->width / 2;
            snprintf(id, sizeof id, border ? "H%uF" : "H%u", node);
            write_link(g, links, periods, id, node, next, border, y, true);
            if (border) {
                snprintf(id, sizeof id, "H%uB", node);
                write_link(g, links, periods, id, next, node, true, y, true);
            }
        }
    }
    close_table(g, links);
    close_table(g, periods);
}

static void write_process(struct grid *g, FILE *f, uint32_t node, const char *kind)
{
    fprintf(f, "N%u.%s,,,%s,,N%u,%s,,train,2,2,12,14,20,,,lognormal,,,press,low,,\n", node, kind,
            kind, node, kind);
    g->rows++;
}

static void write_border(struct grid *g, FILE *processes, FILE *controls, uint32_t west)
{
    static const char *const kinds[] = {"border_exit", "border_entry"};
    for (uint32_t side = 0; side < 2; side++) {
        write_process(g, processes, west + side, kinds[0]);
        write_process(g, processes, west + side, kinds[1]);
        for (uint32_t step = 0; step < 2; step++) {
            fprintf(controls, "H%u%c,%u,N%u.%s,,,,,press,medium,,\n", west, "FB"[side], step + 1,
                    west + (side ^ step), kinds[step]);
            g->rows++;
        }
    }
}

static void write_handling(struct grid *g, FILE *f, uint32_t node, const char *from, const char *to,
                           const char *kind)
{
    fprintf(f, "N%u.%s-%s,N%u,%s,%s,N%u.%s,,,,press,low,,\n", node, from, to, node, from, to, node,
            kind);
    g->rows++;
}

static void write_processes(struct grid *g)
{
    FILE *processes = open_table(g, "process.csv",
                                 "process_id,valid_from,valid_to,name,name_ru,node_id,kind,country,"
                                 "batch,servers,min_h,median_h,mean_h,p90_h,low_h,high_h,"
                                 "distribution,calendar_id,buffer_units,source_id,confidence,"
                                 "fact_id,note\n");
    FILE *controls = open_table(g, "link_control.csv",
                                "link_id,seq,process_id,class,commodity_id,valid_from,valid_to,"
                                "source_id,confidence,fact_id,note\n");
    FILE *handlings = open_table(g, "handling.csv",
                                 "handling_id,node_id,from_state,to_state,process_id,class,"
                                 "valid_from,valid_to,source_id,confidence,fact_id,note\n");
    for (uint32_t node = 0; node < g->width * g->height; node++) {
        if (is_terminal(node)) {
            write_process(g, processes, node, "load");
            write_process(g, processes, node, "unload");
            write_handling(g, handlings, node, "yard", "rail1520", "load");
            write_handling(g, handlings, node, "rail1520", "yard", "unload");
        }
        if (node % g->width + 1 == g->width / 2) {
            write_border(g, processes, controls, node);
        }
    }
    close_table(g, processes);
    close_table(g, controls);
    close_table(g, handlings);
}

static void write_resources(struct grid *g)
{
    FILE *resources =
        open_table(g, "resource.csv",
                   "resource_id,valid_from,valid_to,name,node_id,link_id,direction,"
                   "unit,per,kind,value,low,high,source_id,confidence,fact_id,note\n");
    FILE *uses = open_table(g, "resource_use.csv",
                            "resource_id,link_id,direction,process_id,load_class_id,units,note\n");
    uint32_t nodes = g->width * (g->height - 1); /* the last row has no link V */
    for (uint32_t node = 0; node < nodes; node += RESOURCE_EVERY) {
        fprintf(resources, "R%u,,,paths,,V%u,both,pairs,day,binding,24,18,30,press,low,,\n", node,
                node);
        fprintf(uses, "R%u,V%u,,,,,\n", node, node);
        g->rows += 2;
    }
    close_table(g, resources);
    close_table(g, uses);
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {"source",      "node",         "link",
                                        "link_period", "process",      "handling",
                                        "resource",    "resource_use", "link_control"};
    char path[512];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s.csv", folder, names[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/datapackage.json", folder);
    unlink(path);
    rmdir(folder);
}

static double resident_bytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss * 1024;
}

/* Reads the folder; the best of three, on the wall and of the processor (others may use it). */
static void time_read(const struct grid *g, double *wall_s, double *cpu_s, uint64_t *findings)
{
    *wall_s = *cpu_s = 1e9;
    for (int run = 0; run < RUNS; run++) {
        struct zhol_report report;
        struct zhol_corridor *corridor;
        zhol_report_init(&report, 0);
        double wall = clock_s(CLOCK_MONOTONIC), cpu = clock_s(CLOCK_PROCESS_CPUTIME_ID);
        enum zhol_error error = zhol_corridor_read(g->folder, NULL, &report, &corridor);
        *wall_s = fmin(*wall_s, clock_s(CLOCK_MONOTONIC) - wall);
        *cpu_s = fmin(*cpu_s, clock_s(CLOCK_PROCESS_CPUTIME_ID) - cpu);
        *findings = report.counts[ZHOL_FAULT] + report.counts[ZHOL_WARNING];
        if (error && report.count) {
            char text[512];
            zhol_finding_text(&report.findings[0], text, sizeof text);
            fprintf(stderr, "%s\n", text);
        }
        zhol_corridor_free(corridor);
        zhol_report_clear(&report);
    }
}

static void run(uint32_t links)
{
    char folder[] = "/tmp/bench_corridor_XXXXXX";
    uint32_t side = (uint32_t)ceil(sqrt(links / 2.0));
    uint64_t findings;
    if (!mkdtemp(folder)) {
        perror(folder);
        exit(1);
    }
    struct grid g = {folder, side, side, 0, 0};
    write_small(&g);
    write_nodes(&g);
    write_links(&g);
    write_processes(&g);
    write_resources(&g);
    double wall_s, cpu_s;
    time_read(&g, &wall_s, &cpu_s, &findings);
    double mb = (double)g.bytes / 1e6;
    printf("%8u links %7.1f MB %8llu rows  %6.3f s (%.3f s of processor)  %5.1f MB/s  "
           "%4.0f ns and %3.0f bytes a row  %llu findings\n",
           links, mb, (unsigned long long)g.rows, wall_s, cpu_s, mb / wall_s,
           wall_s * 1e9 / (double)g.rows, resident_bytes() / (double)g.rows,
           (unsigned long long)findings);
    fflush(stdout);
    remove_folder(folder);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        for (int i = 1; i < argc; i++) {
            run((uint32_t)strtoul(argv[i], NULL, 10));
        }
        return 0;
    }
    run(10000);
    run(100000);
    run(1000000);
    return 0;
}
