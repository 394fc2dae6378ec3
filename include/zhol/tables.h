/* zhol/tables.h: the tables of a corridor, said once.
 *
 * A corridor is a folder of CSV files. This file declares each table as one X-macro; from it come
 * the C structs, the reader, the checker, the writer, the schema in datapackage.json and the field
 * lists in docs/corridor.md. A new column is one line here; a new table is one macro and one line
 * in ZHOL_TABLES. Nothing else in the program lists columns.
 *
 *   FIELD(kind, name, arg, need, doc)
 *
 * kind    C type     blank        arg                  text form
 * key     uint32_t   -            (the table itself)   the row's own identifier
 * ref     uint32_t   ZHOL_NONE    table referred to    an identifier of that table
 * text    uint32_t   0            form of the text     UTF-8
 * word    uint8_t    0            word list            one word of the list
 * real    double     NaN          allowed range        decimal number
 * whole   int32_t    INT32_MIN    allowed range        whole number
 * flag    int8_t     -1           any                  true | false
 * date    int32_t    INT32_MIN    any                  YYYY-MM-DD, YYYY-MM or YYYY (its first day)
 * clock   int16_t    -1           any                  HH:MM, 24:00 allowed; minutes after midnight
 * days    uint8_t    0            any                  seven 0/1, Monday first; bit 0 is Monday
 * list    uint32_t   0            table, or a form     identifiers separated by ';' (kept as text)
 *
 * key and ref hold a dense number of the thing (see zhol/corridor.h), text and list an offset into
 * the corridor's text pool, date the days since 1970-01-01.
 * need: KEY (part of the primary key, required), KEYOPT (part of the key, may be blank),
 * REQ (required), OPT (may be blank).
 *
 * Intervals are half-open [valid_from, valid_to); a blank end is open. One thing may have several
 * rows in a table whose key includes valid_from; their intervals must not overlap.
 */
#ifndef ZHOL_TABLES_H
#define ZHOL_TABLES_H

#include <stdint.h>

#include <zhol/tables_demand.h>
#include <zhol/words.h>

#define ZHOL_NONE       UINT32_MAX
#define ZHOL_BLANK_DATE INT32_MIN
#define ZHOL_BLANK_INT  INT32_MIN

typedef uint32_t zhol_cell_key;
typedef uint32_t zhol_cell_ref;
typedef uint32_t zhol_cell_text;
typedef uint8_t zhol_cell_word;
typedef double zhol_cell_real;
typedef int32_t zhol_cell_whole;
typedef int8_t zhol_cell_flag;
typedef int32_t zhol_cell_date;
typedef int16_t zhol_cell_clock;
typedef uint8_t zhol_cell_days;
typedef uint32_t zhol_cell_list;

/* ---- Ranges of numbers (arg of real and whole) ----
 * any; nonneg: >= 0; positive: > 0; lon, lat: degrees; percent: 0..100 (shares of a whole);
 * signed_percent: -100..10000; hours: 0..87600; km: 0..50000; speed: 0 < v <= 300; count: 0..1e9;
 * month: 1..12; gauge: 1000, 1067, 1435, 1520, 1676 mm. Forms of texts: any; country: ISO 3166
 * alpha-2; currency: ISO 4217; zone: tz database name; unlocode, esr, etsng, bin, uscc: see
 * zhol/identifier.h; url; fact: AF001..AF213; hs: HS prefixes of 2, 4 or 6 digits; wkt: LINESTRING
 * of at least two pairs of longitude and latitude. */

/* ---- What ends almost every table ---- */
#define ZHOL_FIELDS_EVIDENCE(F)                                              \
    F(ref, source_id, source, REQ, "where the row comes from")               \
    F(word, confidence, confidence, REQ, "how far the source is trusted")    \
    F(list, fact_id, fact, OPT, "facts of the article that the row carries") \
    F(text, note, any, OPT, "a remark for people")

#define ZHOL_FIELDS_source(F)                                                      \
    F(key, source_id, source, KEY, "identifier")                                   \
    F(text, title, any, REQ, "title, or what it says in a few words")              \
    F(text, title_ru, any, OPT, "title in Russian, where it is our own or exists") \
    F(text, publisher, any, OPT, "who publishes it")                               \
    F(date, date, any, OPT, "date of publication")                                 \
    F(text, url, any, OPT, "address, or site and page as far as known")            \
    F(word, kind, source_kind, REQ, "kind of source; an assumption is called one") \
    F(text, licence, any, OPT, "licence of what was taken from it")                \
    F(text, note, any, OPT, "a remark for people")

#define ZHOL_FIELDS_node(F)                                                                    \
    F(key, node_id, node, KEY, "GMNS: identifier of the place")                                \
    F(text, name, any, REQ, "GMNS: name in English")                                           \
    F(real, x_coord, lon, REQ, "GMNS: longitude, degrees east, WGS 84")                        \
    F(real, y_coord, lat, REQ, "GMNS: latitude, degrees north, WGS 84")                        \
    F(word, node_type, node_type, REQ, "GMNS: what the place is")                              \
    F(ref, parent_node_id, node, OPT, "GMNS: the place it is part of")                         \
    F(text, name_ru, any, OPT, "name in Russian")                                              \
    F(text, name_kk, any, OPT, "name in Kazakh; blank where not known")                        \
    F(text, name_zh, any, OPT, "name in Chinese; blank where not known")                       \
    F(list, aliases, any, OPT, "other names in any language, separated by ';'")                \
    F(text, country, country, REQ, "ISO 3166-1 alpha-2 code")                                  \
    F(text, time_zone, zone, REQ, "tz database name, e.g. Asia/Almaty")                        \
    F(text, unlocode, unlocode, OPT, "UN/LOCODE as printed in the facts")                      \
    F(word, unlocode_status, locode_status, REQ, "what the check against the UNECE list gave") \
    F(real, unlocode_km, km, OPT, "distance from the list's coordinates, km")                  \
    F(text, esr, esr, OPT, "six-digit ESR station code with check digit")                      \
    F(word, coord_confidence, confidence, REQ, "how far the coordinates are trusted")          \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_node_period(F)                                                      \
    F(ref, node_id, node, KEY, "the place")                                             \
    F(date, valid_from, any, KEYOPT, "first day; blank: before 1991")                   \
    F(date, valid_to, any, OPT, "first day no longer")                                  \
    F(word, status, status, REQ, "state in this time; no row at all: always operating") \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_link(F)                                                                 \
    F(key, link_id, link, KEY, "GMNS: identifier of the link")                              \
    F(text, name, any, OPT, "GMNS: name")                                                   \
    F(ref, from_node_id, node, REQ, "GMNS: start")                                          \
    F(ref, to_node_id, node, REQ, "GMNS: end")                                              \
    F(flag, directed, any, REQ, "GMNS: false where one row serves both directions")         \
    F(text, geometry, wkt, OPT, "GMNS: WKT LINESTRING of lon lat pairs; blank: straight")   \
    F(text, facility_type, any, OPT, "GMNS: kind of way in words")                          \
    F(real, length, km, REQ, "GMNS: length in km")                                          \
    F(real, capacity, any, OPT, "GMNS: always blank here; capacity belongs to resources")   \
    F(real, free_speed, any, OPT, "GMNS: always blank here; see link_period")               \
    F(whole, lanes, count, OPT, "GMNS: lanes of a road in its direction")                   \
    F(text, allowed_uses, any, OPT, "GMNS: uses, comma-separated")                          \
    F(word, mode, mode, REQ, "mode of transport")                                           \
    F(whole, gauge_mm, gauge, OPT, "track gauge; required for rail")                        \
    F(text, country, country, OPT, "country whose tariffs and factors apply; blank at sea") \
    F(text, section_id, any, OPT, "row of the facts it was made from, e.g. S073")           \
    F(real, length_low, km, OPT, "lower end of the length where it is assumed, km")         \
    F(real, length_high, km, OPT, "upper end of the length where it is assumed, km")        \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_link_period(F)                                                       \
    F(ref, link_id, link, KEY, "the link")                                               \
    F(date, valid_from, any, KEYOPT, "first day; blank: before 1991")                    \
    F(date, valid_to, any, OPT, "first day no longer")                                   \
    F(word, status, status, REQ, "only operating links are in a network by default")     \
    F(whole, tracks, count, OPT, "tracks of a railway line; lanes in total of a road")   \
    F(word, traction, traction, OPT, "what pulls; selects the emission factor")          \
    F(real, speed_kmh, speed, REQ, "median commercial speed, stops on the way included") \
    F(real, speed_low_kmh, speed, OPT, "lower end where it is assumed")                  \
    F(real, speed_high_kmh, speed, OPT, "upper end where it is assumed")                 \
    F(real, speed_best_kmh, speed, OPT, "technically possible speed, for --time min")    \
    F(real, diameter_mm, nonneg, OPT, "of a pipeline")                                   \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_process(F)                                                                    \
    F(key, process_id, process, KEY, "identifier")                                                \
    F(date, valid_from, any, KEYOPT, "first day")                                                 \
    F(date, valid_to, any, OPT, "first day no longer")                                            \
    F(text, name, any, REQ, "what is done, in English")                                           \
    F(text, name_ru, any, OPT, "in Russian")                                                      \
    F(ref, node_id, node, REQ, "where")                                                           \
    F(word, kind, process_kind, REQ, "kind of process")                                           \
    F(text, country, country, OPT, "authority or country whose tariffs apply; blank: the node's") \
    F(word, batch, batch, REQ, "what is served at once")                                          \
    F(whole, servers, count, OPT, "how many are served in parallel")                              \
    F(real, min_h, hours, REQ, "technical minimum, h")                                            \
    F(real, median_h, hours, REQ, "median total time, waiting included, h")                       \
    F(real, mean_h, hours, OPT, "mean total time, h")                                             \
    F(real, p90_h, hours, OPT, "90th percentile of the total time, h")                            \
    F(real, low_h, hours, OPT, "lower end of the median where it is assumed, h")                  \
    F(real, high_h, hours, OPT, "upper end of the median where it is assumed, h")                 \
    F(word, distribution, distribution, OPT, "shape of the technical time")                       \
    F(ref, calendar_id, calendar, OPT, "opening times; blank: always open")                       \
    F(real, buffer_units, nonneg, OPT, "room for waiting batches")                                \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_link_control(F)                                     \
    F(ref, link_id, link, KEY, "a directed border link")                \
    F(whole, seq, count, KEY, "order on the way: 1, 2, ...")            \
    F(ref, process_id, process, REQ, "the process that must be passed") \
    F(word, class, cargo_class, OPT, "only for this class of cargo")    \
    F(ref, commodity_id, commodity, OPT, "only for this commodity")     \
    F(date, valid_from, any, OPT, "first day")                          \
    F(date, valid_to, any, OPT, "first day no longer")                  \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_handling(F)                                      \
    F(key, handling_id, handling, KEY, "identifier")                 \
    F(ref, node_id, node, REQ, "where")                              \
    F(word, from_state, state, REQ, "state of the cargo before")     \
    F(word, to_state, state, REQ, "state of the cargo after")        \
    F(ref, process_id, process, REQ, "the process that does it")     \
    F(word, class, cargo_class, OPT, "only for this class of cargo") \
    F(date, valid_from, any, OPT, "first day")                       \
    F(date, valid_to, any, OPT, "first day no longer")               \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_service(F)                                                               \
    F(key, service_id, service, KEY, "identifier")                                           \
    F(text, name, any, REQ, "name in English")                                               \
    F(text, name_ru, any, OPT, "name in Russian")                                            \
    F(ref, operator_id, actor, OPT, "who runs it")                                           \
    F(word, class, cargo_class, OPT, "only for this class of cargo")                         \
    F(word, pattern, pattern, REQ, "timetable: days and time; headway: mean gap")            \
    F(days, weekdays, any, OPT, "days of departure at the first stop (timetable)")           \
    F(clock, depart, any, OPT, "local time of departure at the first stop (timetable)")      \
    F(real, headway_h, hours, OPT, "mean time between departures (headway); half is waited") \
    F(real, headway_low_h, hours, OPT, "lower end where it is assumed")                      \
    F(real, headway_high_h, hours, OPT, "upper end where it is assumed")                     \
    F(real, capacity_teu, nonneg, OPT, "TEU a departure")                                    \
    F(real, contract_km, km, OPT, "published length of the contracted way")                  \
    F(word, status, status, REQ, "only operating services are in a network by default")      \
    F(date, valid_from, any, OPT, "first day")                                               \
    F(date, valid_to, any, OPT, "first day no longer")                                       \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_service_stop(F)                                                             \
    F(ref, service_id, service, KEY, "the service")                                             \
    F(whole, seq, count, KEY, "order on the way: 1, 2, ...")                                    \
    F(ref, node_id, node, REQ, "the place")                                                     \
    F(word, kind, stop_kind, REQ, "stop: cargo may board and leave; via: fixes the way only")   \
    F(word, state, state, REQ, "state of the cargo when it leaves the place")                   \
    F(real, arrive_h, hours, OPT, "hours after departure from the first stop; blank: computed") \
    F(real, depart_h, hours, OPT, "hours after departure from the first stop; blank: arrive_h") \
    F(text, note, any, OPT, "a remark for people")

#define ZHOL_FIELDS_calendar(F)                                                    \
    F(key, calendar_id, calendar, KEY, "identifier")                               \
    F(date, valid_from, any, KEYOPT, "first day")                                  \
    F(date, valid_to, any, OPT, "first day no longer")                             \
    F(text, name, any, REQ, "whose opening times")                                 \
    F(text, time_zone, zone, REQ, "tz database name in which the times are meant") \
    F(days, weekdays, any, REQ, "open days")                                       \
    F(clock, open, any, REQ, "opening time")                                       \
    F(clock, close, any, REQ, "closing time; 24:00 for round the clock")           \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_calendar_date(F)                                \
    F(ref, calendar_id, calendar, KEY, "the calendar")              \
    F(date, date_from, any, KEY, "first day of the exception")      \
    F(date, date_to, any, REQ, "first day after it")                \
    F(word, kind, date_kind, REQ, "closed, or open at other times") \
    F(clock, open, any, OPT, "opening time (open)")                 \
    F(clock, close, any, OPT, "closing time (open)")                \
    F(text, name, any, REQ, "holiday or reason, in English")        \
    F(text, name_ru, any, OPT, "in Russian")                        \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_load_class(F)                                                       \
    F(key, load_class_id, load_class, KEY, "identifier, e.g. feu, wagon, truck, tonne") \
    F(word, state, state, KEY, "state in which the figures hold")                       \
    F(text, name, any, REQ, "name in English")                                          \
    F(word, class, cargo_class, REQ, "class of cargo it carries")                       \
    F(real, payload_t, nonneg, REQ, "tonnes a load unit")                               \
    F(real, teu, nonneg, REQ, "TEU a load unit")                                        \
    F(real, wagons, nonneg, REQ, "wagons a load unit")                                  \
    F(real, trains, nonneg, REQ, "trains a load unit")                                  \
    F(real, trucks, nonneg, REQ, "trucks a load unit")                                  \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_resource(F)                                                           \
    F(key, resource_id, resource, KEY, "identifier")                                      \
    F(date, valid_from, any, KEYOPT, "first day")                                         \
    F(date, valid_to, any, OPT, "first day no longer")                                    \
    F(text, name, any, REQ, "what is scarce, in English")                                 \
    F(text, name_ru, any, OPT, "in Russian")                                              \
    F(ref, node_id, node, OPT, "where, if at a place")                                    \
    F(ref, link_id, link, OPT, "where, if on a link")                                     \
    F(word, direction, direction, REQ, "direction of the link, or in/out of the country") \
    F(word, unit, capacity_unit, REQ, "what is counted")                                  \
    F(word, per, per, REQ, "in which time; standing: at once")                            \
    F(word, kind, capacity_kind, REQ, "only binding ones limit flow")                     \
    F(real, value, nonneg, REQ, "capacity in unit per per")                               \
    F(real, low, nonneg, OPT, "lower end; required where the source is an assumption")    \
    F(real, high, nonneg, OPT, "upper end; required where the source is an assumption")   \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_resource_use(F)                                                        \
    F(ref, resource_id, resource, KEY, "the resource")                                     \
    F(ref, link_id, link, KEYOPT, "user: a link")                                          \
    F(word, direction, direction, KEYOPT, "direction of an undirected link; blank: both")  \
    F(ref, process_id, process, KEYOPT, "user: a process")                                 \
    F(ref, load_class_id, load_class, KEYOPT, "for this load class; blank: all others")    \
    F(real, units, positive, OPT, "units of capacity a load unit; blank: from load_class") \
    F(text, note, any, OPT, "a remark for people")

#define ZHOL_FIELDS_tariff(F)                                                        \
    F(key, tariff_id, tariff, KEY, "identifier")                                     \
    F(date, valid_from, any, KEYOPT, "first day")                                    \
    F(date, valid_to, any, OPT, "first day no longer")                               \
    F(word, scope, tariff_scope, REQ, "what is priced")                              \
    F(word, cost_kind, cost_kind, REQ, "kind of cost line")                          \
    F(word, class, cargo_class, OPT, "scope: class of cargo")                        \
    F(ref, commodity_id, commodity, OPT, "scope: commodity")                         \
    F(word, mode, mode, OPT, "scope: mode")                                          \
    F(whole, gauge_mm, gauge, OPT, "scope: gauge")                                   \
    F(text, country, country, OPT, "scope: country")                                 \
    F(ref, link_id, link, OPT, "scope: link")                                        \
    F(ref, service_id, service, OPT, "scope: service (through)")                     \
    F(ref, from_node_id, node, OPT, "scope: boarding stop (through)")                \
    F(ref, to_node_id, node, OPT, "scope: leaving stop (through)")                   \
    F(ref, node_id, node, OPT, "scope: place (process, storage)")                    \
    F(word, process_kind, process_kind, OPT, "scope: kind of process")               \
    F(ref, process_id, process, OPT, "scope: process")                               \
    F(real, value, any, REQ, "price in currency per unit (and km, or day)")          \
    F(real, low, any, OPT, "lower end; required where the source is an assumption")  \
    F(real, high, any, OPT, "upper end; required where the source is an assumption") \
    F(text, currency, currency, REQ, "ISO 4217 code")                                \
    F(word, unit, tariff_unit, REQ, "per what")                                      \
    F(real, free_days, nonneg, OPT, "days without charge (storage)")                 \
    F(real, vat_pct, percent, OPT, "value added tax not yet in the value, percent")  \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_fx(F)                                  \
    F(text, currency, currency, KEY, "ISO 4217 code")      \
    F(date, valid_from, any, KEYOPT, "first day")          \
    F(date, valid_to, any, OPT, "first day no longer")     \
    F(real, usd, positive, REQ, "US dollars for one unit") \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_emission(F)                                                               \
    F(key, emission_id, emission, KEY, "identifier")                                          \
    F(date, valid_from, any, KEYOPT, "first day")                                             \
    F(date, valid_to, any, OPT, "first day no longer")                                        \
    F(word, scope, emission_scope, REQ, "per tonne-km on links; per tonne handled at places") \
    F(word, mode, mode, OPT, "scope: mode")                                                   \
    F(whole, gauge_mm, gauge, OPT, "scope: gauge")                                            \
    F(text, country, country, OPT, "scope: country")                                          \
    F(word, traction, traction, OPT, "scope: traction")                                       \
    F(word, process_kind, process_kind, OPT, "scope: kind of process")                        \
    F(ref, link_id, link, OPT, "scope: link")                                                 \
    F(real, value, nonneg, REQ, "g CO2e per t km, or per t")                                  \
    F(real, low, nonneg, OPT, "lower end; required where the source is an assumption")        \
    F(real, high, nonneg, OPT, "upper end; required where the source is an assumption")       \
    F(word, basis, emission_basis, REQ, "well-to-wheel; only wtw enters a network")           \
    F(text, toc, any, OPT, "ISO 14083 transport or hub operation category")                   \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_commodity(F)                                                    \
    F(key, commodity_id, commodity, KEY, "identifier")                              \
    F(text, name, any, REQ, "name in English")                                      \
    F(text, name_ru, any, OPT, "in Russian")                                        \
    F(text, name_kk, any, OPT, "in Kazakh")                                         \
    F(text, name_zh, any, OPT, "in Chinese")                                        \
    F(list, hs, hs, OPT, "HS 2022 prefixes")                                        \
    F(text, etsng, etsng, OPT, "six-digit ETSNG cargo code")                        \
    F(word, class, cargo_class, REQ, "class of cargo")                              \
    F(ref, load_class_id, load_class, REQ, "load unit in which it travels")         \
    F(real, t_per_unit, positive, REQ, "net tonnes a load unit")                    \
    F(real, value_usd_t, nonneg, OPT, "value, USD a tonne")                         \
    F(real, value_low_usd_t, nonneg, OPT, "lower end where it is assumed")          \
    F(real, value_high_usd_t, nonneg, OPT, "upper end where it is assumed")         \
    F(real, time_value_usd_t_day, nonneg, OPT, "worth of a day saved, USD a tonne") \
    F(flag, perishable, any, REQ, "spoils on the way")                              \
    F(flag, dangerous, any, REQ, "dangerous goods")                                 \
    ZHOL_FIELDS_EVIDENCE(F)

/* Flows, their generators, totals, and the demand that follows: see there. */
#define ZHOL_FIELDS_actor(F)                                        \
    F(key, actor_id, actor, KEY, "identifier")                      \
    F(text, name, any, REQ, "name in English")                      \
    F(text, name_ru, any, OPT, "in Russian")                        \
    F(text, name_kk, any, OPT, "in Kazakh")                         \
    F(text, name_zh, any, OPT, "in Chinese")                        \
    F(text, country, country, OPT, "ISO 3166-1 alpha-2 code")       \
    F(word, kind, actor_kind, REQ, "kind of actor")                 \
    F(ref, parent_id, actor, OPT, "owner or superior body")         \
    F(real, share_pct, percent, OPT, "the parent's share, percent") \
    F(text, bin, bin, OPT, "Kazakh business number")                \
    F(text, uscc, uscc, OPT, "Chinese unified social credit code")  \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_instrument(F)                                      \
    F(key, instrument_id, instrument, KEY, "identifier")               \
    F(text, title, any, REQ, "title in English")                       \
    F(text, title_ru, any, OPT, "title in Russian")                    \
    F(word, kind, instrument_kind, REQ, "kind of instrument")          \
    F(list, parties, actor, REQ, "who agreed")                         \
    F(date, signed_on, any, OPT, "day of signature")                   \
    F(date, in_force, any, OPT, "day of entry into force")             \
    F(date, ended, any, OPT, "first day no longer in force")           \
    F(ref, replaces_id, instrument, OPT, "the instrument it replaces") \
    F(text, text, any, REQ, "what it says, in a line")                 \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_rule(F)                                                        \
    F(key, rule_id, rule, KEY, "identifier")                                       \
    F(date, valid_from, any, KEYOPT, "first day")                                  \
    F(date, valid_to, any, OPT, "first day no longer")                             \
    F(word, kind, rule_kind, REQ, "kind of rule")                                  \
    F(text, name, any, REQ, "name in English, e.g. SMGS consignment note")         \
    F(text, name_ru, any, OPT, "in Russian")                                       \
    F(text, country, country, OPT, "scope: country in which it holds")             \
    F(ref, node_id, node, OPT, "scope: place")                                     \
    F(ref, link_id, link, OPT, "scope: link")                                      \
    F(ref, process_id, process, OPT, "scope: process")                             \
    F(word, mode, mode, OPT, "scope: mode")                                        \
    F(word, class, cargo_class, OPT, "scope: class of cargo")                      \
    F(ref, commodity_id, commodity, OPT, "scope: commodity")                       \
    F(word, direction, direction, OPT, "scope: in or out of the country")          \
    F(text, from_country, country, OPT, "scope: origin of the goods")              \
    F(text, to_country, country, OPT, "scope: destination of the goods")           \
    F(list, exempt, any, OPT, "commodity ids and classes of cargo that it spares") \
    F(real, value, any, OPT, "its number")                                         \
    F(text, unit, any, OPT, "unit of the number")                                  \
    F(text, text, any, REQ, "what it says, in a line")                             \
    F(text, text_ru, any, OPT, "in Russian")                                       \
    F(ref, instrument_id, instrument, OPT, "the instrument that makes it")         \
    ZHOL_FIELDS_EVIDENCE(F)

/* ---- Electronic queues ----
 * A queue stands at a checkpoint and serves one direction. Its rules, categories and fees belong to
 * a rule set, which several queues may share; docs/checkpoints.md says what each rule means. What
 * can pass in an hour comes from both sides: calendars and slot_plan, the smaller of the two. */
#define ZHOL_FIELDS_queue(F)                                                                 \
    F(key, queue_id, queue, KEY, "identifier, e.g. nur-zholy-exit")                          \
    F(date, valid_from, any, KEYOPT, "first day")                                            \
    F(date, valid_to, any, OPT, "first day no longer")                                       \
    F(text, name, any, REQ, "name in English")                                               \
    F(text, name_ru, any, OPT, "in Russian")                                                 \
    F(text, name_kk, any, OPT, "in Kazakh")                                                  \
    F(text, name_zh, any, OPT, "in Chinese")                                                 \
    F(ref, node_id, node, REQ, "the checkpoint")                                             \
    F(word, direction, direction, REQ, "out of the country of the checkpoint, or in")        \
    F(ref, link_id, link, REQ, "the directed border link that it leads over")                \
    F(word, mode, queue_mode, REQ,                                                           \
      "managed: kept here; observed: its official queue is elsewhere")                       \
    F(text, rule_set, any, REQ, "rules, categories and fees that hold")                      \
    F(word, release, queue_release, REQ, "how places are given")                             \
    F(word, discipline, queue_discipline, REQ, "how calls go round categories")              \
    F(word, claim_scope, claim_scope, REQ, "where a vehicle or driver has one active place") \
    F(whole, slot_min, count, OPT, "minutes a slot; blank: a queue without slots")           \
    F(ref, calendar_id, calendar, OPT, "opening times of the own side; blank: always open")  \
    F(ref, other_calendar_id, calendar, OPT, "of the other side; blank: always open")        \
    F(ref, operator_id, actor, OPT, "who keeps the official queue")                          \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_queue_category(F)                                                        \
    F(text, rule_set, any, KEY, "the rule set")                                              \
    F(text, category, any, KEY, "identifier within the rule set, e.g. ordinary")             \
    F(date, valid_from, any, KEYOPT, "first day")                                            \
    F(date, valid_to, any, OPT, "first day no longer")                                       \
    F(text, name, any, REQ, "name in English")                                               \
    F(text, name_ru, any, OPT, "in Russian")                                                 \
    F(text, name_kk, any, OPT, "in Kazakh")                                                  \
    F(text, name_zh, any, OPT, "in Chinese")                                                 \
    F(whole, weight, count, REQ, "quota: percent of calls, 100 in all; cycle: times in it")  \
    F(whole, rank, count, REQ, "lower is taken first among equals; no two alike")            \
    F(real, share_max_pct, percent, REQ, "most of a day's places that it may book, percent") \
    F(flag, out_of_turn, any, REQ, "called before all others; its weight is 0")              \
    F(real, round_weight, positive, OPT, "chances in a draw against 1 of others; blank: 1")  \
    F(list, commodities, commodity, OPT, "goods that belong to it")                          \
    F(real, low, nonneg, OPT, "lower end of the weight where it is assumed")                 \
    F(real, high, nonneg, OPT, "upper end of the weight where it is assumed")                \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_queue_rule(F)                                                       \
    F(text, rule_set, any, KEY, "the rule set")                                         \
    F(word, rule, queue_rule, KEY, "what is ruled; no row: there is no such rule")      \
    F(date, valid_from, any, KEYOPT, "first day")                                       \
    F(date, valid_to, any, OPT, "first day no longer")                                  \
    F(real, value, nonneg, OPT, "its number")                                           \
    F(real, low, nonneg, OPT, "lower end; required where the source is an assumption")  \
    F(real, high, nonneg, OPT, "upper end; required where the source is an assumption") \
    F(word, unit, queue_unit, OPT, "unit of the number")                                \
    F(word, choice, queue_choice, OPT, "its word, for rules that are not a number")     \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_slot_plan(F)                                                        \
    F(ref, queue_id, queue, KEY, "the queue")                                           \
    F(word, side, queue_side, KEY, "whose limit it is")                                 \
    F(date, valid_from, any, KEYOPT, "first day")                                       \
    F(date, valid_to, any, OPT, "first day no longer")                                  \
    F(real, vehicles, nonneg, REQ, "vehicles that the side takes")                      \
    F(word, per, per, REQ, "hour: in each open hour; day: over the day's common hours") \
    F(real, low, nonneg, OPT, "lower end; required where the source is an assumption")  \
    F(real, high, nonneg, OPT, "upper end; required where the source is an assumption") \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_fee(F)                                                                        \
    F(text, rule_set, any, KEY, "the rule set")                                                   \
    F(word, what, fee_what, KEY, "a fee, or a deposit that comes back")                           \
    F(word, due, fee_when, KEY, "when it falls due")                                              \
    F(text, category, any, KEYOPT, "only for this category; blank: all without a row")            \
    F(date, valid_from, any, KEYOPT, "first day")                                                 \
    F(date, valid_to, any, OPT, "first day no longer")                                            \
    F(real, value, nonneg, REQ, "amount in the currency")                                         \
    F(real, low, nonneg, OPT, "lower end; required where the source is an assumption")            \
    F(real, high, nonneg, OPT, "upper end; required where the source is an assumption")           \
    F(text, currency, currency, REQ, "ISO 4217 code")                                             \
    F(real, index_times, positive, OPT, "how many calculation indices it is, where it is so set") \
    F(word, refund, fee_refund, REQ, "when it is given back")                                     \
    F(whole, forfeit_after, count, OPT, "no-shows after which a deposit is lost")                 \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_project(F)                                                      \
    F(key, project_id, project, KEY, "identifier")                                  \
    F(text, name, any, REQ, "name in English")                                      \
    F(text, name_ru, any, OPT, "in Russian")                                        \
    F(word, kind, project_kind, REQ, "kind of project")                             \
    F(list, parties, actor, OPT, "who builds or runs it")                           \
    F(ref, instrument_id, instrument, OPT, "the agreement under which it is built") \
    F(ref, node_id, node, OPT, "where")                                             \
    F(real, length_km, km, OPT, "length of a line")                                 \
    F(real, cost_musd, nonneg, OPT, "cost, million USD")                            \
    F(real, jobs, nonneg, OPT, "jobs")                                              \
    F(text, effect, any, OPT, "what it changes, as published")                      \
    F(text, effect_ru, any, OPT, "in Russian")                                      \
    F(text, scenario, any, OPT, "scenario in which it exists")                      \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_project_status(F)               \
    F(ref, project_id, project, KEY, "the project") \
    F(date, date, any, KEY, "from when")            \
    F(word, status, status, REQ, "its state")       \
    F(text, text, any, OPT, "in words")             \
    F(text, text_ru, any, OPT, "in Russian")        \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_project_asset(F)                                            \
    F(ref, project_id, project, KEY, "the project")                             \
    F(ref, node_id, node, KEYOPT, "a place that it makes")                      \
    F(ref, link_id, link, KEYOPT, "a link that it makes")                       \
    F(ref, process_id, process, KEYOPT, "a process that it makes")              \
    F(ref, resource_id, resource, KEYOPT, "a capacity that it makes or raises") \
    F(text, note, any, OPT, "a remark for people")

#define ZHOL_FIELDS_commitment(F)                                                       \
    F(key, commitment_id, commitment, KEY, "identifier")                                \
    F(text, name, any, REQ, "the promise in English")                                   \
    F(text, name_ru, any, OPT, "in Russian")                                            \
    F(text, measure, any, REQ, "what is measured; observations of it are the evidence") \
    F(text, scope, any, OPT, "of what; must equal the scope of the evidence")           \
    F(word, comparator, comparator, REQ, "how the value is compared")                   \
    F(real, value, any, OPT, "promised value")                                          \
    F(real, value_high, any, OPT, "upper end where a range is promised")                \
    F(text, unit, any, OPT, "its unit")                                                 \
    F(real, baseline, any, OPT, "value at the time of the promise")                     \
    F(date, due, any, OPT, "day by which; the whole year: its last day")                \
    F(ref, actor_id, actor, OPT, "who promised")                                        \
    F(ref, instrument_id, instrument, OPT, "in which instrument")                       \
    F(ref, project_id, project, OPT, "by which project it is to be reached")            \
    F(ref, resource_id, resource, OPT, "the capacity that it is about")                 \
    F(text, scenario, any, OPT, "scenario in which it is kept")                         \
    F(text, note_ru, any, OPT, "the note in Russian")                                   \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_event(F)                                                       \
    F(key, event_id, event, KEY, "identifier")                                     \
    F(date, date, any, OPT, "first day; blank: not dated")                         \
    F(date, date_to, any, OPT, "first day after it; blank: a single day, or open") \
    F(text, date_text, any, OPT, "the date as printed, where it is not a day")     \
    F(text, date_text_ru, any, OPT, "in Russian")                                  \
    F(word, kind, event_kind, REQ, "kind of event")                                \
    F(text, name, any, REQ, "what happened, in English")                           \
    F(text, name_ru, any, OPT, "in Russian")                                       \
    F(ref, node_id, node, OPT, "where, if on the map")                             \
    F(ref, link_id, link, OPT, "where, if on a link")                              \
    F(text, place, any, OPT, "where, in words")                                    \
    F(text, place_ru, any, OPT, "in Russian")                                      \
    F(list, actors, actor, OPT, "who")                                             \
    F(ref, instrument_id, instrument, OPT, "what was signed or came into force")   \
    F(word, mode, mode, OPT, "mode affected (disruption)")                         \
    F(text, text, any, OPT, "effect or remark")                                    \
    F(text, text_ru, any, OPT, "in Russian")                                       \
    F(text, printed, any, OPT, "what the article prints, where it differs")        \
    F(text, printed_ru, any, OPT, "in Russian")                                    \
    F(text, corrected, any, OPT, "what is found to be right")                      \
    F(text, corrected_ru, any, OPT, "in Russian")                                  \
    F(text, why, any, OPT, "on what the correction or doubt rests")                \
    F(text, why_ru, any, OPT, "in Russian")                                        \
    F(text, note_ru, any, OPT, "the note in Russian")                              \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_series(F)                                                        \
    F(key, series_id, series, KEY, "identifier; one row a period")                   \
    F(date, period_start, any, KEY, "first day")                                     \
    F(date, period_end, any, REQ, "first day after")                                 \
    F(text, name, any, REQ, "name in English")                                       \
    F(text, name_ru, any, OPT, "in Russian")                                         \
    F(text, reporter, any, REQ, "who counts")                                        \
    F(text, reporter_ru, any, OPT, "in Russian")                                     \
    F(text, definition, any, OPT, "what is counted and what is not")                 \
    F(text, definition_ru, any, OPT, "in Russian")                                   \
    F(text, measure, any, REQ, "what is measured")                                   \
    F(text, scope, any, OPT, "of what")                                              \
    F(text, scope_ru, any, OPT, "in Russian")                                        \
    F(word, qualifier, qualifier, REQ, "how the value is meant; gap: not published") \
    F(real, value, any, OPT, "value")                                                \
    F(real, low, any, OPT, "lower end of a range")                                   \
    F(real, high, any, OPT, "upper end of a range")                                  \
    F(text, unit, any, REQ, "unit")                                                  \
    ZHOL_FIELDS_EVIDENCE(F)

/* How one series is to be read beside another. */
#define ZHOL_FIELDS_series_relation(F)                                                           \
    F(key, series_relation_id, series_relation, KEY, "identifier")                               \
    F(word, kind, series_relation, REQ,                                                          \
      "mirror: the other side counts the same; part: of a whole that has no others; some: of a " \
      "whole with parts that stand nowhere; value: the money of those tonnes")                   \
    F(ref, series_id, series, REQ, "the series: one count, the part, the value")                 \
    F(ref, other_series_id, series, REQ, "the other count, the whole, the tonnes")               \
    F(text, note_ru, any, OPT, "the note in Russian")                                            \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_observation(F)                                                            \
    F(key, observation_id, observation, KEY, "identifier")                                    \
    F(text, measure, any, REQ, "what is measured")                                            \
    F(text, subject, any, REQ, "of what, in words")                                           \
    F(ref, node_id, node, OPT, "the place it is about")                                       \
    F(ref, link_id, link, OPT, "the link it is about")                                        \
    F(text, scope, any, OPT, "direction, class, what is included")                            \
    F(text, scope_ru, any, OPT, "in Russian")                                                 \
    F(date, period_start, any, OPT, "first day")                                              \
    F(date, period_end, any, OPT, "first day after")                                          \
    F(text, period_text, any, OPT, "the period as printed, where it is not plain")            \
    F(text, period_text_ru, any, OPT, "in Russian")                                           \
    F(word, qualifier, qualifier, REQ, "how the value is meant")                              \
    F(real, value, any, OPT, "value; blank for a gap or a statement in words")                \
    F(text, value_text, any, OPT, "the value where it is not a number")                       \
    F(text, unit, any, OPT, "unit")                                                           \
    F(real, low, any, OPT, "lower end of a range")                                            \
    F(real, high, any, OPT, "upper end of a range")                                           \
    F(text, printed, any, OPT, "what the article prints, where it differs")                   \
    F(text, printed_ru, any, OPT, "in Russian")                                               \
    F(text, corrected, any, OPT, "what is found to be right")                                 \
    F(text, why, any, OPT, "on what the correction or doubt rests")                           \
    F(text, why_ru, any, OPT, "in Russian")                                                   \
    F(text, reporter, any, OPT, "who counts")                                                 \
    F(word, role, role, REQ, "input; calibration: may be fitted; check, claim: never fitted") \
    F(text, note_ru, any, OPT, "the note in Russian")                                         \
    ZHOL_FIELDS_EVIDENCE(F)

/* Two ways to the same figure; docs/claims.md says what a formula may hold. */
#define ZHOL_FIELDS_comparison(F)                                                               \
    F(key, comparison_id, comparison, KEY, "identifier")                                        \
    F(text, name, any, REQ, "what is held against what, in English")                            \
    F(text, name_ru, any, OPT, "in Russian")                                                    \
    F(text, left, any, REQ, "formula over rows: the figure as published")                       \
    F(text, right, any, REQ, "formula over rows: what it should be")                            \
    F(real, tolerance, nonneg, REQ, "how far the two may differ, in the unit; mostly rounding") \
    F(text, unit, any, OPT, "unit of both")                                                     \
    F(word, verdict, verdict, REQ, "what was found when it was written down")                   \
    F(text, why, any, OPT, "why they differ, or what the tolerance is for")                     \
    F(text, why_ru, any, OPT, "in Russian")                                                     \
    ZHOL_FIELDS_EVIDENCE(F)

/* What a claim, a check or a promise is held against: desk/claim_verdict.h. The first row of a
 * figure decides; further ones are shown beside it. */
#define ZHOL_FIELDS_claim_test(F)                                                               \
    F(key, claim_test_id, claim_test, KEY, "identifier")                                        \
    F(ref, observation_id, observation, OPT, "the figure that is tested; or a promise")         \
    F(ref, commitment_id, commitment, OPT, "the promise that is tested; or a figure")           \
    F(text, figure_ru, any, OPT, "what the figure is, in Russian; promises have their own")     \
    F(text, published_ru, any, OPT, "what is published, in Russian, where it is words")         \
    F(text, corrected_ru, any, OPT, "what was found instead, in Russian")                       \
    F(word, method, claim_method, REQ, "what answers; none: nothing does, and reason says why") \
    F(text, name, any, REQ, "what is asked of the model, in English")                           \
    F(text, name_ru, any, OPT, "in Russian")                                                    \
    F(text, asked, any, OPT, "the question in the language of the method: docs/claims.md")      \
    F(text, claimed, any, OPT, "formula: the figure as a number, where it is not its value")    \
    F(text, scenario, any, OPT, "folder name of the scenario; blank: the corridor as it is")    \
    F(date, day, any, OPT, "day of the network; blank: the corridor's day")                     \
    F(real, tolerance, nonneg, OPT, "how far the two may lie apart beyond their intervals")     \
    F(text, unit, any, OPT, "unit of both")                                                     \
    F(word, reason, claim_reason, OPT, "why nothing decides it")                                \
    F(text, why, any, OPT, "what the answer means, in English")                                 \
    F(text, why_ru, any, OPT, "in Russian")                                                     \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_unmodelled(F)                              \
    F(text, fact_id, fact, KEY, "fact of the article")         \
    F(text, subject, any, REQ, "what it says, in a few words") \
    F(text, reason, any, REQ, "why no row of the corridor carries it")

#define ZHOL_FIELDS_fact_row(F)                                                              \
    F(text, facts_file, any, KEY, "file of published facts that the corridor was made from") \
    F(text, facts_row, any, KEY, "row of it: its id, or place, item and period")             \
    F(whole, seq, count, KEY, "1, or more where one row became several")                     \
    F(text, went_to, any, REQ, "table, or 'unmodelled'")                                     \
    F(text, row_id, any, OPT, "identifier there")                                            \
    F(text, why, any, OPT, "what was decided, where it is not plain")

/* Two tables of a scenario's folder, without `op`. A cell of the other tables there may be
 * "$name", "$name+365d" (d, m, y; dates) or "$name*0.5" (numbers): the value of a parameter. */
#define ZHOL_FIELDS_scenario(F)                                                       \
    F(key, scenario_id, scenario, KEY, "identifier; the name of its folder")          \
    F(text, name, any, REQ, "title in English")                                       \
    F(text, name_ru, any, OPT, "title in Russian")                                    \
    F(text, text, any, REQ, "what it supposes, in a line or two")                     \
    F(text, text_ru, any, OPT, "in Russian")                                          \
    F(date, date, any, OPT, "default date of questions; blank: the corridor's as_of") \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_parameter(F)                                         \
    F(key, parameter_id, parameter, KEY, "its name in cells, after '$'") \
    F(text, name, any, REQ, "what it is, in English")                    \
    F(text, name_ru, any, OPT, "in Russian")                             \
    F(text, value, any, REQ, "a date or a number")                       \
    F(text, low, any, OPT, "lower end")                                  \
    F(text, high, any, OPT, "upper end")                                 \
    F(text, unit, any, OPT, "its unit; blank for a date")                \
    ZHOL_FIELDS_EVIDENCE(F)

/* ---- Stations where the gauge changes ----
 * What `zhol dispatch` knows of a station without being told: one figure a row. Rows of the same
 * place, item and part describe one group, such as eight equal tracks of 824 m: a row of measure
 * count and one of length_m. */
#define ZHOL_FIELDS_station_figure(F)                                                   \
    F(key, station_figure_id, station_figure, KEY, "identifier")                        \
    F(date, valid_from, any, KEYOPT, "first day")                                       \
    F(date, valid_to, any, OPT, "first day no longer")                                  \
    F(ref, node_id, node, REQ, "the station")                                           \
    F(word, item, station_item, REQ, "of what the figure is")                           \
    F(text, part, any, REQ, "which of them: the name of the group in English")          \
    F(text, part_ru, any, OPT, "in Russian")                                            \
    F(whole, gauge_mm, gauge, OPT, "gauge of it, or of the trains that it takes")       \
    F(word, work, station_work, OPT, "what is done with the trains; blank: any")        \
    F(ref, to_node_id, node, OPT, "where expected trains go")                           \
    F(word, measure, station_measure, REQ, "what is measured")                          \
    F(real, value, nonneg, REQ, "how much, in the unit of the measure")                 \
    F(real, low, nonneg, OPT, "lower end; required where the source is an assumption")  \
    F(real, high, nonneg, OPT, "upper end; required where the source is an assumption") \
    ZHOL_FIELDS_EVIDENCE(F)

/* The tables in the order in which they are read. TABLE(name, "what a row is"). The last two stand
 * only in the folder of a scenario. */
#define ZHOL_TABLES(T)                                                   \
    T(source, "where a number comes from")                               \
    T(node, "a place")                                                   \
    T(node_period, "the state of a place in a time")                     \
    T(link, "a way between two places by one mode and gauge")            \
    T(link_period, "the state of a link in a time")                      \
    T(calendar, "opening times")                                         \
    T(calendar_date, "an exception to opening times")                    \
    T(load_class, "what a load unit is worth in a state")                \
    T(commodity, "something that moves")                                 \
    T(actor, "a state, railway, company, authority or person")           \
    T(instrument, "an agreement, treaty, regime or plan")                \
    T(process, "something done at a place, with a queue")                \
    T(link_control, "a process that a border link must pass")            \
    T(handling, "a process that moves cargo from one state to another")  \
    T(resource, "a capacity")                                            \
    T(resource_use, "who uses a capacity")                               \
    T(station_figure, "a figure of a station where the gauge changes")   \
    T(service, "a scheduled or frequent train, ship or truck line")      \
    T(service_stop, "a stop or via point of a service")                  \
    T(tariff, "a price")                                                 \
    T(fx, "an exchange rate")                                            \
    T(emission, "a CO2e factor")                                         \
    T(demand_flow, "a kind of traffic whose matrix is worked out")       \
    T(demand_generator, "a weight of a place, goods or month in a flow") \
    T(demand_total, "a figure that the demand table must meet")          \
    T(demand, "freight wanted in a period")                              \
    T(rule, "a dated rule with a scope")                                 \
    T(queue, "an electronic queue at a checkpoint")                      \
    T(queue_category, "a category of vehicles in a rule set")            \
    T(queue_rule, "a rule of a queue")                                   \
    T(slot_plan, "how many vehicles a side takes")                       \
    T(fee, "a fee or deposit of a queue")                                \
    T(project, "something being built or run")                           \
    T(project_status, "a state of a project from a day on")              \
    T(project_asset, "what a project makes")                             \
    T(commitment, "a promise")                                           \
    T(event, "something that happened")                                  \
    T(series, "one period of a statistical time series")                 \
    T(series_relation, "how one series is to be read beside another")    \
    T(observation, "a published figure the engine is held against")      \
    T(comparison, "two ways to the same figure")                         \
    T(claim_test, "what a figure or promise is held against")            \
    T(unmodelled, "a fact that no row carries, with the reason")         \
    T(fact_row, "where a row of the published facts went")               \
    T(scenario, "what a scenario is")                                    \
    T(parameter, "a value of a scenario that may be set from outside")

#define ZHOL_TABLE_CODE(table, doc) ZHOL_TABLE_##table,
enum zhol_table { ZHOL_TABLES(ZHOL_TABLE_CODE) ZHOL_TABLE_COUNT };
#undef ZHOL_TABLE_CODE

/* struct zhol_node, struct zhol_link, ... : one row each. */
#define ZHOL_FIELD_MEMBER(kind, name, arg, need, doc) zhol_cell_##kind name;
#define ZHOL_TABLE_STRUCT(table, doc)          \
    struct zhol_##table {                      \
        ZHOL_FIELDS_##table(ZHOL_FIELD_MEMBER) \
    };
ZHOL_TABLES(ZHOL_TABLE_STRUCT)
#undef ZHOL_TABLE_STRUCT
#undef ZHOL_FIELD_MEMBER

#endif
