/* desk/comtrade.h: UN Comtrade tables as they are downloaded, and mirrors of them.
 *
 * Purpose: what one country says it sold to another against what the other says it bought from it,
 * by period and commodity, in dollars and in tonnes. Two reporters that disagree stay two figures.
 *
 * Reads the CSV of the present service (columns refYear, period, reporterISO, flowCode,
 * partnerISO, cmdCode, netWgt, primaryValue, with or without the breakdowns by second partner,
 * customs procedure and mode of transport) and of the old one (Year, Period, Trade Flow, Reporter
 * ISO, Partner ISO, Commodity Code, Netweight (kg), Trade Value (US$)). Rows of a breakdown are
 * left out: the total stands in the table as a row of its own, so that nothing counts twice.
 * Re-exports and re-imports are part of exports and imports and left out as well; both are counted
 * in `skipped`.
 *
 * Call order: a zeroed struct; comtrade_read for each file; comtrade_mirror; look; comtrade_clear,
 * comtrade_mirrors_clear. A file with a fault adds nothing (all its faults are told).
 * Errors: those of base/csv.h; ZHOL_ERROR_UNKNOWN (a column is missing), _SYNTAX (not a number),
 * _RANGE, _CONFLICT (the same figure twice with different values; equal ones count once).
 * Complexity: O(rows log rows). Source: UN Comtrade, "Data availability and column names of the
 * API"; on mirrors: UN Statistics Division, International Merchandise Trade Statistics: Compilers
 * Manual (2013), chapter on bilateral asymmetries: exports are valued fob, imports cif.
 */
#ifndef ZHOL_DESK_COMTRADE_H
#define ZHOL_DESK_COMTRADE_H

#include <stdint.h>

#include <zhol/error.h>

enum { COMTRADE_COUNTRY = 4, COMTRADE_CODE = 8 };

/* Imports with freight and insurance over exports without: within this range of ratios a pair needs
 * no other explanation. An assumption; overland trade at the lower end. */
#define COMTRADE_CIF_LOW  1.00
#define COMTRADE_CIF_HIGH 1.20

struct comtrade_row {
    char reporter[COMTRADE_COUNTRY], partner[COMTRADE_COUNTRY]; /* ISO 3166 alpha-3 */
    char code[COMTRADE_CODE];                                   /* "TOTAL", or 2 to 6 digits */
    uint16_t year;
    uint8_t month; /* 0: the year */
    uint8_t imports;
    double usd;
    double kg;          /* NaN: not given */
    uint32_t file_row;  /* line in its file */
    const char *source; /* name of the file, as given: it must live as long as the data */
};
struct comtrade {
    struct comtrade_row *rows;
    uint32_t count, capacity;
    uint32_t skipped; /* rows of breakdowns, re-exports and re-imports */
};

enum zhol_error comtrade_read(struct comtrade *data, const char *file, const char *bytes,
                              uint64_t size, struct zhol_report *report);
void comtrade_clear(struct comtrade *data);

/* One flow seen from both sides. A side that says nothing is NaN. */
struct comtrade_mirror {
    char exporter[COMTRADE_COUNTRY], importer[COMTRADE_COUNTRY];
    char code[COMTRADE_CODE];
    uint16_t year;
    uint8_t month;
    double export_usd, import_usd, export_kg, import_kg;
};
struct comtrade_mirrors {
    struct comtrade_mirror *mirrors; /* by exporter, importer, year, month, length of code, code */
    uint32_t count;
};
/* `from` and `to` (NULL: any) narrow exporter and importer. */
enum zhol_error comtrade_mirror(const struct comtrade *data, const char *from, const char *to,
                                struct comtrade_mirrors *out);
void comtrade_mirrors_clear(struct comtrade_mirrors *out);

/* Imports over exports in value; INFINITY where exports are 0 and imports are not; NaN where a side
 * is silent or both are 0. */
double comtrade_ratio(const struct comtrade_mirror *mirror);
/* Tonnes by which imports exceed exports. Where both give weights, their difference; where only one
 * does, the difference in value at that side's dollars a tonne (`implied` is then 1); else NaN. */
double comtrade_gap_t(const struct comtrade_mirror *mirror, int *implied);

#endif
