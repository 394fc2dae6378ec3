/* intake/ban.h: conventions (bans of loading) as rules of the corridor: from the text of a telegram
 * or from rows of a table.
 *
 * telegram_read fills in what it recognises: number and date of the telegram, first and last day,
 * stations and crossings, direction, countries of origin and destination, cargo, exemptions. What
 * it does not recognise is given back word by word, so that a person sees what the rule does not
 * say. Nothing is guessed: a text without a first day or without any scope is refused.
 *
 * bans_store adds the rules to a scenario's folder (scenario.csv, source.csv, rule.csv with the
 * column op), where `--scenario` finds them. A place, kind of goods or country each gives a row of
 * its own. The same ban twice changes nothing.
 */
#ifndef ZHOL_INTAKE_BAN_H
#define ZHOL_INTAKE_BAN_H

#include <zhol/corridor.h>

#include "base/buffer.h"
#include "intake/intake.h"

/* One ban. Lists are identifiers separated by ';'. The caller starts it zeroed and clears it. */
struct ban {
    struct buffer number; /* of the telegram, as it is written */
    int32_t issued;       /* ZHOL_BLANK_DATE where it does not say */
    int32_t from, until;  /* last day included; ZHOL_BLANK_DATE: until further notice */
    bool all_goods;       /* cargo as such was named, no kind of it */
    struct buffer places; /* node_id */
    struct buffer goods;  /* commodity_id and classes of cargo */
    struct buffer exempt; /* the same */
    char direction[8];    /* "in", "out" or "" */
    struct buffer from_countries, to_countries; /* ISO codes */
    char mode[8];                               /* "rail", "road" or "" */
    struct buffer text;                         /* the telegram in one line */
    struct buffer unknown; /* words that were not understood, separated by blanks */
};

void ban_clear(struct ban *ban);

/* Reads a telegram. ZHOL_ERROR_INVALID, with findings, where no first day or no scope is found; the
 * rest of *ban is filled all the same. `file` is named in findings. */
enum zhol_error telegram_read(const struct zhol_corridor *corridor, const char *file,
                              struct text_view text, struct zhol_report *report, struct ban *out);

/* A ban from a record of kind INTAKE_BAN. */
enum zhol_error ban_of_record(const struct intake_records *records, uint32_t record,
                              struct ban *out);

/* The rule rows that a ban becomes, as a CSV file with its header: what is shown for confirmation
 * and what bans_store adds. */
enum zhol_error ban_rules(const struct ban *ban, struct buffer *csv);

/* Adds bans to the scenario in folder `dir`. `source`: a line that says where they come from. */
enum zhol_error bans_store(const struct ban *bans, uint32_t count, const char *dir,
                           const char *source, bool apply, struct zhol_report *report,
                           struct intake_change *change);

#endif
