/* tests/property/test_study_directions.c: a changed input changes the study's answer as it should.
 *
 * A copy of the corridor gets scenarios of its own: Dostyk with half of its capacity, ships that
 * take twice as long, a border at Brest that is closed, and one that changes nothing that counts.
 * Each is held against the base of the same day. What is checked are directions and, where they can
 * be said beforehand, bounds; no figure of a run is kept here. Then the same study with one thread
 * and with three: the same bits.
 * Takes seconds: not under ThreadSanitizer. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "desk/corridor_study.h"

#define SCENARIO_HEAD \
    "scenario_id,name,name_ru,text,text_ru,date,source_id,confidence,fact_id,note\n"
#define RESOURCE_HEAD                                                                            \
    "op,resource_id,valid_from,valid_to,name,node_id,link_id,direction,unit,per,kind,value,low," \
    "high,source_id,confidence,fact_id,note\n"
#define HALF(id, from, value, low, high) \
    "change," id "," from ",,,,,,,,," value "," low "," high ",scenario-zhol,low,,\n"
#define LINK_HEAD                                                                    \
    "op,link_id,valid_from,valid_to,status,tracks,traction,speed_kmh,speed_low_kmh," \
    "speed_high_kmh,speed_best_kmh,diameter_mm,source_id,confidence,fact_id,note\n"
#define SHIP(id, from, speed, low, high, best) \
    "change," id "," from ",,,,," speed "," low "," high "," best ",,scenario-zhol,low,,\n"

static const char *const names[] = {"halved", "slow-ships", "brest", "nothing"};
enum { HALVED, SLOW_SHIPS, BREST, NOTHING, NAMES };
enum { DAY = 20517 }; /* 2026-03-05, when the scenario of Brest has it closed */

static const struct {
    unsigned scenario;
    const char *file, *text;
} files[] = {
    {HALVED, "resource.csv",
     RESOURCE_HEAD HALF("R.S027F", "2025-07-01", "14", "11", "17")
         HALF("R.S027B", "2025-07-01", "14", "13", "15")
             HALF("R.DOSTYK.transship", "2022-05-01", "818.5", "760", "880")
                 HALF("R.DOSTYK.bogie_change", "", "84", "80", "88")
                     HALF("R.DOSTYK.rail", "", "750", "400", "1500")
                         HALF("R.DOSTYK.reload_bulk", "", "100", "50", "200")},
    {SLOW_SHIPS, "link_period.csv",
     LINK_HEAD SHIP("S151F", "2014-09-22", "10.5", "7", "12", "12")
         SHIP("S151B", "2014-09-22", "10.5", "7", "12", "12")
             SHIP("S152F", "2016-12-01", "12", "9", "13.8", "15.6")
                 SHIP("S152B", "2016-12-01", "12", "9", "13.8", "15.6")
                     SHIP("S153F", "2014-09-22", "8.5", "6.4", "9.8", "11.1")
                         SHIP("S153B", "2014-09-22", "8.5", "6.4", "9.8", "11.1")},
    {NOTHING, "resource.csv", RESOURCE_HEAD HALF("R.DOSTYK.bogie_positions", "", "41", "40", "42")},
};

static char root[1024], copy[256];
static struct corridor_study study;

/* ---- The copy ---- */

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void add_scenario(unsigned number)
{
    char path[512], text[512];
    snprintf(path, sizeof path, "%s/scenarios/%s", copy, names[number]);
    CHECK(mkdir(path, 0700) == 0);
    snprintf(path, sizeof path, "%s/scenarios/%s/scenario.csv", copy, names[number]);
    snprintf(text, sizeof text, SCENARIO_HEAD "%s,%s,%s,%s,%s,2026-03-05,scenario-zhol,low,,\n",
             names[number], names[number], names[number], names[number], names[number]);
    write_text(path, text);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (files[i].scenario == number) {
            snprintf(path, sizeof path, "%s/scenarios/%s/%s", copy, names[number], files[i].file);
            write_text(path, files[i].text);
        }
    }
}

/* The ban of the corridor's own scenario, with its parameters. */
static void link_brest(void)
{
    static const char *const own[] = {"rule.csv", "parameter.csv"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        char from[2048], to[512];
        snprintf(from, sizeof from, "%s/scenarios/poland-closes-brest/%s", root, own[i]);
        snprintf(to, sizeof to, "%s/scenarios/brest/%s", copy, own[i]);
        CHECK(symlink(from, to) == 0);
    }
}

/* Links to all that a folder holds, in the copy's folder `in`, but for `except`. */
static void link_all(const char *folder, const char *in, const char *except)
{
    DIR *entries = opendir(folder);
    CHECK(entries != NULL);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        char from[2048], to[1024];
        snprintf(from, sizeof from, "%s/%s", folder, entry->d_name);
        snprintf(to, sizeof to, "%s/%s", in, entry->d_name);
        if (*entry->d_name != '.' && strcmp(entry->d_name, except) != 0) {
            CHECK(symlink(from, to) == 0);
        }
    }
    if (entries) {
        closedir(entries);
    }
}

static void make_copy(void)
{
    char scenarios[512], own[2048];
    snprintf(copy, sizeof copy, "/tmp/zhol-directions-XXXXXX");
    CHECK(mkdtemp(copy) != NULL);
    link_all(root, copy, "scenarios");
    snprintf(scenarios, sizeof scenarios, "%s/scenarios", copy);
    CHECK(mkdir(scenarios, 0700) == 0);
    snprintf(own, sizeof own, "%s/scenarios", root);
    link_all(own, scenarios, "");
    for (unsigned i = 0; i < NAMES; i++) {
        add_scenario(i);
    }
    link_brest();
}

static void remove_all(const char *path)
{
    DIR *entries = opendir(path);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        char inner[1024];
        struct stat about;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        if (lstat(inner, &about) == 0 && S_ISDIR(about.st_mode)) {
            remove_all(inner);
        } else {
            unlink(inner);
        }
    }
    if (entries) {
        closedir(entries);
    }
    rmdir(path);
}

/* ---- Reading answers ---- */

static const struct study_case *of(unsigned name)
{
    const struct study_case *at = corridor_study_find(&study, names[name]);
    CHECK(at != NULL);
    return at;
}

static const struct study_case *base_of(const struct study_case *at)
{
    const struct study_case *base = &study.cases[at->reference];
    CHECK_INT_EQ(base->day, DAY);
    CHECK_STR_EQ(base->name, "base");
    return base;
}

/* Tonnes over a link there and back, a day. */
static double over(const struct study_case *at, const char *link)
{
    uint32_t l = zhol_corridor_find(at->corridor, ZHOL_TABLE_link, link);
    CHECK(l != ZHOL_NONE);
    double days = at->assign.options.to - at->assign.options.from;
    return (at->assign.links[0][l].t + at->assign.links[1][l].t) / days;
}

static double over_all(const struct study_case *at, const char *const *links)
{
    double sum = 0;
    for (; *links; links++) {
        sum += over(at, *links);
    }
    return sum;
}

/* What a capacity costs: the sum of price times capacity over its directions. */
static double rent(const struct study_case *at, const char *resource)
{
    uint32_t r = zhol_corridor_find(at->corridor, ZHOL_TABLE_resource, resource);
    double sum = 0;
    CHECK(r != ZHOL_NONE);
    for (uint32_t i = 0; i < at->assign.capacity_count; i++) {
        const struct assign_capacity *c = &at->assign.capacities[i];
        sum += c->resource == r ? c->price : 0;
    }
    return sum;
}

static double unmet(const struct study_case *at)
{
    return at->assign.unmet.t + at->assign.no_way.t;
}

/* All that is lost and paid: transport, time and what stays, at its price. */
static double all_usd(const struct study_case *at)
{
    return at->assign.certificate.primal;
}

static const char *const dostyk[] = {"S027F1435", "S027F1520", "S027B1435", "S027B1520", NULL};
static const char *const altynkol[] = {"S028F1435", "S028F1520", "S028B1435", "S028B1520", NULL};
static const char *const caspian[] = {"S151F", "S151B", "S152F", "S152B", "S153F", "S153B", NULL};
static const char *const brest[] = {"S116F1435", "S116F1520", "S116B1435", "S116B1520",
                                    "A069F",     "A069B",     NULL};

/* ---- Directions ---- */

static void test_half_of_dostyk(void)
{
    static const char *const limits[] = {"R.S027F", "R.S027B", "R.DOSTYK.transship",
                                         "R.DOSTYK.bogie_change", "R.DOSTYK.reload_bulk"};
    const struct study_case *at = of(HALVED), *base = base_of(at);
    double before = 0, after = 0;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        before += rent(base, limits[i]);
        after += rent(at, limits[i]);
    }
    printf("Dostyk: %.0f -> %.0f t/day, Altynkol %.0f -> %.0f, unmet %.0f -> %.0f t, prices %.0f "
           "-> %.0f, all %.0f -> %.0f\n",
           over_all(base, dostyk), over_all(at, dostyk), over_all(base, altynkol),
           over_all(at, altynkol), unmet(base), unmet(at), before, after, all_usd(base),
           all_usd(at));
    CHECK(over_all(at, dostyk) < 0.9 * over_all(base, dostyk));
    CHECK(after > before);
    CHECK(all_usd(at) > all_usd(base));
    CHECK(unmet(at) > unmet(base) || over_all(at, altynkol) > over_all(base, altynkol));
}

/* A way that is planned ship by ship; services that have a timetable of their own keep it. */
static const struct study_relation *almaty_poti(const struct study_case *at)
{
    for (uint32_t i = 0; i < at->relation_count; i++) {
        const struct study_relation *r = &at->relations[i];
        if (r->from == zhol_corridor_find(at->corridor, ZHOL_TABLE_node, "ALMATY") &&
            r->to == zhol_corridor_find(at->corridor, ZHOL_TABLE_node, "POTI")) {
            return r;
        }
    }
    return NULL;
}

/* Simulated hours from door to door of what crosses between Aktau and Alat. */
static double over_caspian_h(const struct study_case *at)
{
    uint32_t aktau = zhol_corridor_find(at->corridor, ZHOL_TABLE_node, "AKTAU_PORT");
    uint32_t alat = zhol_corridor_find(at->corridor, ZHOL_TABLE_node, "ALAT");
    for (uint32_t i = 0; i < at->crossing_count; i++) {
        const struct study_crossing *c = &at->crossings[i];
        if ((c->a == aktau && c->b == alat) || (c->a == alat && c->b == aktau)) {
            return c->transit_h.value;
        }
    }
    return NAN;
}

static void test_slow_ships(void)
{
    const struct study_case *at = of(SLOW_SHIPS), *base = base_of(at);
    const struct study_relation *then = almaty_poti(base), *now = almaty_poti(at);
    CHECK(then && now && then->reachable && now->reachable);
    if (then && now) {
        /* At least the further hours of the shorter sailing, 435 km at 12 instead of 24 km/h. */
        CHECK(now->p50_days - then->p50_days >= 435.0 / 24 / 24);
        CHECK(now->p90_days > then->p90_days);
        printf("Almaty - Poti %.2f -> %.2f days\n", then->p50_days, now->p50_days);
    }
    for (uint32_t i = 0; i < base->relation_count; i++) {
        /* The fastest way is chosen by medians of its parts: its own median may differ a little. */
        CHECK(!base->relations[i].reachable ||
              at->relations[i].p50_days >= base->relations[i].p50_days - 0.25);
    }
    printf("ships: %.0f -> %.0f h, %.0f -> %.0f t/day over the sea, all %.0f -> %.0f USD\n",
           over_caspian_h(base), over_caspian_h(at), over_all(base, caspian), over_all(at, caspian),
           all_usd(base), all_usd(at));
    CHECK(over_caspian_h(at) > over_caspian_h(base));
    CHECK(over_all(at, caspian) <= over_all(base, caspian) * (1 + 1e-9));
    CHECK(all_usd(at) > all_usd(base));
}

static void test_brest_closed(void)
{
    const struct study_case *at = of(BREST), *base = base_of(at);
    double elsewhere = 0, exits = 0;
    for (uint32_t i = 0; i < at->crossing_count; i++) {
        elsewhere += at->crossings[i].t_year[0] + at->crossings[i].t_year[1];
    }
    for (uint32_t i = 0; i < base->crossing_count; i++) {
        exits += base->crossings[i].t_year[0] + base->crossings[i].t_year[1];
    }
    printf("Brest: %.0f -> %.0f t/day, all borders %.2f -> %.2f Mt a year, unmet %.0f -> %.0f t, "
           "all %.0f -> %.0f\n",
           over_all(base, brest), over_all(at, brest), exits / 1e6, elsewhere / 1e6, unmet(base),
           unmet(at), all_usd(base), all_usd(at));
    CHECK(over_all(base, brest) > 0);
    CHECK_NEAR(over_all(at, brest), 0, 1e-6);
    CHECK(all_usd(at) > all_usd(base));
    /* What went by Brest goes by another way, or stays. */
    double days = at->assign.options.to - at->assign.options.from;
    double lost = (unmet(at) - unmet(base)) / days;
    CHECK(lost < over_all(base, brest) * (1 + 1e-9));
}

/* A figure that limits no flow moves nothing: not by a bit. */
static void test_nothing(void)
{
    const struct study_case *at = of(NOTHING), *base = base_of(at);
    CHECK(all_usd(at) == all_usd(base));
    CHECK(unmet(at) == unmet(base));
    CHECK(at->transit_h.value == base->transit_h.value);
    CHECK(at->transit_h.difference == 0 && at->transit_h.difference_half == 0);
    CHECK(at->sooner == 0 && at->later == 0);
}

static void test_soft_demand(void)
{
    const struct study_case *base = &study.cases[0];
    const struct assign_study *less = &study.soft[0].assign, *more = &study.soft[1].assign;
    CHECK(less->all_wanted.t < base->assign.all_wanted.t);
    CHECK(more->all_wanted.t > base->assign.all_wanted.t);
    CHECK(less->certificate.primal < base->assign.certificate.primal);
    CHECK(more->certificate.primal > base->assign.certificate.primal);
    CHECK(less->unmet.t <= more->unmet.t);
}

static void test_certificates(void)
{
    for (uint32_t i = 0; i < study.case_count; i++) {
        const struct zhol_assign_certificate *c = &study.cases[i].assign.certificate;
        CHECK(c->primal >= c->dual - 1e-6 * fabs(c->dual));
        CHECK(c->primal - c->dual <= 1e-6 * fabs(c->primal));
    }
}

/* ---- Threads ---- */

static enum zhol_error run(uint32_t threads, struct corridor_study *out)
{
    struct corridor_study_options options;
    corridor_study_options_init(&options);
    options.dir = copy;
    options.scenarios = names;
    options.scenario_count = NAMES;
    options.replications = 2;
    options.days = options.warm_up_days = 7;
    options.threads = threads;
    struct zhol_report report;
    zhol_report_init(&report, 20);
    enum zhol_error error = corridor_study_run(&options, &report, out);
    for (uint32_t i = 0; i < report.count; i++) {
        const struct zhol_finding *f = &report.findings[i];
        fprintf(stderr, "%s:%u %s: %s: %s\n", f->file ? f->file : "", (unsigned)f->row,
                f->column ? f->column : "", f->value ? f->value : "",
                f->expected ? f->expected : "");
    }
    zhol_report_clear(&report);
    return error;
}

static bool same(struct study_figure a, struct study_figure b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void test_threads(void)
{
    struct corridor_study other;
    CHECK_INT_EQ(run(3, &other), ZHOL_ERROR_OK);
    CHECK_INT_EQ(other.case_count, study.case_count);
    for (uint32_t i = 0; i < study.case_count && i < other.case_count; i++) {
        const struct study_case *a = &study.cases[i], *b = &other.cases[i];
        CHECK_STR_EQ(b->name, a->name);
        CHECK(all_usd(a) == all_usd(b));
        CHECK(same(a->transit_h, b->transit_h) && same(a->delay_usd_day, b->delay_usd_day));
        CHECK_INT_EQ(b->crossing_count, a->crossing_count);
        for (uint32_t c = 0; c < a->crossing_count && c < b->crossing_count; c++) {
            CHECK(memcmp(a->crossings[c].t_year, b->crossings[c].t_year,
                         sizeof a->crossings[c].t_year) == 0);
        }
    }
    corridor_study_clear(&other);
}

int main(int argc, char **argv)
{
    char given[1024];
    snprintf(given, sizeof given, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    char here[sizeof root / 2];
    bool whole = *given == '/' || !getcwd(here, sizeof here);
    snprintf(root, sizeof root, whole ? "%s" : "%s/%s", whole ? given : here, given);
    make_copy();
    enum zhol_error error = run(1, &study);
    CHECK_INT_EQ(error, ZHOL_ERROR_OK);
    if (!error) {
        RUN(test_half_of_dostyk);
        RUN(test_slow_ships);
        RUN(test_brest_closed);
        RUN(test_nothing);
        RUN(test_soft_demand);
        RUN(test_certificates);
        RUN(test_threads);
    }
    corridor_study_clear(&study);
    remove_all(copy);
    return check_report();
}
