/* load.h: what most commands do first: find the corridor, read it, compile it, find a place.
 *
 * Order of calls: load_corridor, then load_network where the command needs one, any question,
 * load_clear (also after a failure). Every function prints what is wrong to stderr, in the language
 * asked for, and returns the exit code with which the command should end; EXIT_FINE means go on.
 *
 * Where the corridor is looked for. -C DIR with a slash, or the name of a folder that exists, is
 * that folder. A bare name (default: china-kazakhstan) is looked up in the folders of the
 * environment variable ZHOL_CORRIDORS (separated by ':'), then in the installed corridors, then in
 * those of the source tree that the program was built from.
 */
#ifndef ZHOL_APP_LOAD_H
#define ZHOL_APP_LOAD_H

#include <stdint.h>

#include <zhol/corridor.h>
#include <zhol/network.h>

#include "base/buffer.h"
#include "command.h"

struct loaded {
    struct buffer dir;         /* folder of the corridor */
    struct zhol_report report; /* findings of reading and compiling */
    struct zhol_corridor *corridor;
    struct zhol_corridor_about about;
    int32_t day; /* --date, else the corridor's default day */
    struct zhol_network *network;
    struct zhol_network_view net;
    double read_s, compile_s; /* wall time of the stages */
};

/* Appends the folder of the corridor that -C names to *dir. For commands that do not read it as a
 * whole (check, which wants faulty ones too). */
int load_find(const struct given *given, struct buffer *dir);
/* The same for a folder or name given otherwise; NULL: that of -C. */
int load_find_name(const struct given *given, const char *name, struct buffer *dir);

/* Reads the corridor with --scenario and --set, and --date into loaded->day. Faults are printed (at
 * most 20, and how many there are) and end with EXIT_BAD_INPUT; a scenario or parameter that does
 * not exist with EXIT_NO_ANSWER and the names there are. */
int load_corridor(const struct given *given, struct loaded *loaded);

/* Compiles the network of loaded->day with --include-planned. The number of warnings is told where
 * there are any, with how to see them. */
int load_network(const struct given *given, struct loaded *loaded);
void load_clear(struct loaded *loaded);

/* The place of this name, identifier or UN/LOCODE. Otherwise prints the candidates and returns
 * EXIT_NO_ANSWER. */
int load_place(const struct given *given, const struct loaded *loaded, const char *name,
               uint32_t *node);
/* The same for a thing of any table with a key. */
int load_thing(const struct given *given, const struct loaded *loaded, enum zhol_table table,
               const char *name, uint32_t *thing);

/* Reads a number or a day from an option's value; EXIT_MISUSED with a sentence where it is none. */
int load_number(const struct given *given, const char *option, double low, double high,
                double *value);
int load_day(const struct given *given, const char *option, const char *value, int32_t *day);
/* Days [*from, *to) of a year, a month, a day or two of them joined by "..", the last included; at
 * most a hundred years. EXIT_MISUSED with a sentence where it is none. */
int load_period(const struct given *given, const char *option, const char *value, int32_t *from,
                int32_t *to);

/* Prints findings, faults first, at most `most` of them (0: all), one a line. */
void load_print_findings(const struct given *given, const struct zhol_report *report,
                         uint32_t most);

/* The language for the library's names: "en" or "ru". */
const char *load_lang(const struct given *given);

/* Writes an answer: to stdout, or with --out FILE to that file (whole or not at all), whose name
 * is then told on stderr. Gives `code` back, or EXIT_FAILED. */
int load_write(const struct given *given, const struct buffer *text, int code);

/* Wall clock in seconds, for telling how long stages take. */
double load_seconds(void);

#endif
