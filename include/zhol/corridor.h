/* zhol/corridor.h: a corridor in memory: reading, checking, asking and writing it.
 *
 * A corridor is a folder of CSV files (zhol/tables.h) with a datapackage.json; scenarios are
 * folders below it, scenarios/NAME, with the same tables and a first column `op`
 * (add, change, remove).
 *
 * Order of calls: zhol_corridor_read, then any question, then zhol_corridor_free. After a read
 * that returned ZHOL_OK everything refers to something that exists, intervals of one thing do not
 * overlap, and every number is in its range. Reading never stops at the first problem: all
 * findings of a run are in the report.
 *
 * Memory: a table is a flat array of rows. Texts are offsets into one pool; references are dense
 * numbers of things. The thing number k of table T has the rows
 * [first[k], first[k + 1]) of T, in order of the rest of the primary key (valid_from, state ...).
 * Tables without a key column keep the order of their file. Nothing in it points at anything else.
 * A corridor never changes after it was read: any number of threads may ask it at once.
 *
 * Texts of the forms country, currency and zone are interned: equal texts have equal offsets.
 */
#ifndef ZHOL_CORRIDOR_H
#define ZHOL_CORRIDOR_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/error.h>
#include <zhol/tables.h>

struct zhol_corridor;

/* What to read. Zero-initialise, then set what differs. */
struct zhol_corridor_options {
    const char *scenario;   /* name of one scenario below DIR/scenarios, or NULL for the base */
    const char *const *set; /* "name=value" overrides of the scenario's parameters */
    uint32_t set_count;     /* how many */
    bool keep_faulty;       /* give the corridor back even where the report has faults */
};

/* Reads and checks the corridor in folder `dir`. On ZHOL_OK the caller owns *out. With faults in
 * the data it returns the code of the first fault, *out is NULL (unless keep_faulty) and `report`
 * names every fault with file, row, column, value and what was expected; warnings and notes stand
 * there too and are no fault. `report` may be NULL. Files beyond 1 GiB are refused.
 * A corridor given back with keep_faulty holds every row whose identifier could be read; cells
 * that could not be read are blank, required or not: for showing, not for computing.
 * Cost: linear in the bytes read. */
enum zhol_error zhol_corridor_read(const char *dir, const struct zhol_corridor_options *options,
                                   struct zhol_report *report, struct zhol_corridor **out);
void zhol_corridor_free(struct zhol_corridor *corridor);

/* Writes all tables of the corridor as CSV and datapackage.json into folder `dir`, which must
 * exist. Canonical: writing what was read from a canonical folder gives the same bytes. */
enum zhol_error zhol_corridor_write(const struct zhol_corridor *corridor, const char *dir,
                                    struct zhol_report *report);

/* Writes only datapackage.json: the members that people keep (name, title, as_of, licences,
 * contributors) as they were read, and the schemas of all tables that have rows. */
enum zhol_error zhol_package_write(const struct zhol_corridor *corridor, const char *dir,
                                   struct zhol_report *report);
/* The same as text; the caller frees *text. */
enum zhol_error zhol_package_text(const struct zhol_corridor *corridor, char **text);

/* ---- Scenarios ---- */

struct zhol_scenario_entry {
    char *name;     /* of the folder */
    char *title;    /* in English, "" where scenario.csv cannot be read */
    char *title_ru; /* in Russian, or "" */
};

struct zhol_scenario_list {
    struct zhol_scenario_entry *entries; /* sorted by name */
    uint32_t count;
};

/* Lists the folders of DIR/scenarios; a corridor without any gives an empty list. */
enum zhol_error zhol_scenario_list_read(const char *dir, struct zhol_report *report,
                                        struct zhol_scenario_list *list);
void zhol_scenario_list_clear(struct zhol_scenario_list *list);

/* ---- Rows ---- */

/* The rows of each table: zhol_corridor_node(c, &count) and so on. */
#define ZHOL_TABLE_ACCESSOR(table, doc)                                                    \
    const struct zhol_##table *zhol_corridor_##table(const struct zhol_corridor *corridor, \
                                                     uint32_t *count);
ZHOL_TABLES(ZHOL_TABLE_ACCESSOR)
#undef ZHOL_TABLE_ACCESSOR

/* The text at a pool offset ("" at 0). Never NULL; valid as long as the corridor. */
const char *zhol_corridor_text(const struct zhol_corridor *corridor, zhol_cell_text text);

/* Number of things (distinct identifiers) in a table that has a key column; 0 otherwise. */
uint32_t zhol_corridor_things(const struct zhol_corridor *corridor, enum zhol_table table);
/* The identifier of a thing; "" for ZHOL_NONE. */
const char *zhol_corridor_id(const struct zhol_corridor *corridor, enum zhol_table table,
                             uint32_t thing);
/* The thing with this identifier, or ZHOL_NONE. Expected constant time. */
uint32_t zhol_corridor_find(const struct zhol_corridor *corridor, enum zhol_table table,
                            const char *id);
/* The rows of a thing: [*begin, *end) of its table. */
void zhol_corridor_rows(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t thing,
                        uint32_t *begin, uint32_t *end);
/* The row of a thing that holds on a day, or ZHOL_NONE. Tables without validity: its first row. */
uint32_t zhol_corridor_row_on(const struct zhol_corridor *corridor, enum zhol_table table,
                              uint32_t thing, int32_t day);
/* The numbers of the rows of a table whose first ref column names `thing`, e.g. the link_period
 * rows of a link, in order of the primary key. Constant time. */
const uint32_t *zhol_corridor_rows_of(const struct zhol_corridor *corridor, enum zhol_table table,
                                      uint32_t thing, uint32_t *count);
/* The file (relative to the corridor's folder) and line from which a row came. */
void zhol_corridor_origin(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t row,
                          const char **file, uint32_t *line);

/* ---- The corridor itself ---- */

struct zhol_corridor_about {
    const char *name;     /* of the data package */
    const char *title;    /* in English */
    const char *title_ru; /* in Russian */
    const char *scenario; /* "" for the base */
    const char *scenario_title;
    const char *scenario_title_ru;
    int32_t as_of; /* the day the corridor is dated to */
    int32_t day;   /* default day of questions: as_of, or the day that the scenario names */
};
struct zhol_corridor_about zhol_corridor_about(const struct zhol_corridor *corridor);

/* ---- Words, tables and columns as data ---- */

/* Text of a word ("rail"), "" for blank or out of range; and back, 0 where unknown. */
#define ZHOL_WORD_FUNCTIONS(list)                  \
    const char *zhol_##list##_text(unsigned word); \
    unsigned zhol_##list##_from(const char *text);
ZHOL_WORD_LISTS(ZHOL_WORD_FUNCTIONS)
#undef ZHOL_WORD_FUNCTIONS

/* The state of cargo on a link of a mode and gauge (0 where there is none, such as rail of another
 * gauge), and the mode in which cargo is in a state (0 for the yard). */
unsigned zhol_state_of_mode(unsigned mode, int32_t gauge_mm);
unsigned zhol_mode_of_state(unsigned state);

const char *zhol_table_name(enum zhol_table table);
const char *zhol_table_doc(enum zhol_table table);
/* Columns of a table, in their order; "" where there is none with that number. */
uint32_t zhol_table_columns(enum zhol_table table);
const char *zhol_column_name(enum zhol_table table, uint32_t column);
const char *zhol_column_doc(enum zhol_table table, uint32_t column);
/* The number of a column, or ZHOL_NONE. */
uint32_t zhol_column_find(enum zhol_table table, const char *name);
/* The text of a cell as the file would hold it ("" when blank), cut to `size` bytes with its NUL at
 * a character boundary; returns the full length. `out` may be NULL where `size` is 0. */
size_t zhol_corridor_cell(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t row,
                          uint32_t column, char *out, size_t size);
/* The field tables of docs/corridor.md in Markdown, for all tables. The caller frees *text. */
enum zhol_error zhol_tables_markdown(char **text);

/* One finding as people read it: `link.csv:17: to_node_id: found "DOSTIK", expected ...`; cut to
 * `size` bytes with its NUL; returns the full length. Here and not in zhol/error.h, because
 * file, row and column are a matter of tables. */
size_t zhol_finding_text(const struct zhol_finding *finding, char *out, size_t size);
/* The same in a language: "en" or "ru" (any other: English). */
size_t zhol_finding_said(const struct zhol_finding *finding, const char *lang, char *out,
                         size_t size);
/* Only a sentence of a finding (its `expected`), for those who print findings as a table. A
 * sentence that has no translation stays English. */
size_t zhol_sentence_said(const char *sentence, const char *lang, char *out, size_t size);

/* True where day lies in [from, to); ZHOL_BLANK_DATE is an open end on either side. */
static inline bool zhol_day_in(int32_t day, zhol_cell_date from, zhol_cell_date to)
{
    return (from == ZHOL_BLANK_DATE || day >= from) && (to == ZHOL_BLANK_DATE || day < to);
}

/* ---- Names ---- */

/* Finds a place by identifier, UN/LOCODE, or name or alias in any language, without regard to
 * case. ZHOL_OK: *node is set. ZHOL_AMBIGUOUS or ZHOL_UNKNOWN: up to `max` candidates, nearest
 * first, in `near`; *near_count says how many. */
enum zhol_error zhol_corridor_place(const struct zhol_corridor *corridor, const char *name,
                                    uint32_t *node, uint32_t *near, uint32_t max,
                                    uint32_t *near_count);
/* The same for things of any table with a key (identifier or name, nearest first). */
enum zhol_error zhol_corridor_thing(const struct zhol_corridor *corridor, enum zhol_table table,
                                    const char *name, uint32_t *thing, uint32_t *near, uint32_t max,
                                    uint32_t *near_count);
/* The name of a place in a language ("en", "ru", "kk", "zh"); where it is not known in that
 * language, the English name. */
const char *zhol_node_name(const struct zhol_corridor *corridor, uint32_t node, const char *lang);

#endif
