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

/* ---- Word lists: word 0 is the blank cell. WORD(list, NAME, "text in the file") ---- */

#define ZHOL_WORDS_confidence(W)    \
    W(confidence, HIGH, "high")     \
    W(confidence, MEDIUM, "medium") \
    W(confidence, LOW, "low")
#define ZHOL_WORDS_source_kind(W)          \
    W(source_kind, ARTICLE, "article")     \
    W(source_kind, OFFICIAL, "official")   \
    W(source_kind, PRESS, "press")         \
    W(source_kind, STATISTIC, "statistic") \
    W(source_kind, SURVEY, "survey")       \
    W(source_kind, STANDARD, "standard")   \
    W(source_kind, DERIVED, "derived")     \
    W(source_kind, ASSUMPTION, "assumption")
#define ZHOL_WORDS_status(W)          \
    W(status, OPERATING, "operating") \
    W(status, BUILDING, "building")   \
    W(status, PLANNED, "planned")     \
    W(status, STUDY, "study")         \
    W(status, CLOSED, "closed")
#define ZHOL_WORDS_mode(W)  \
    W(mode, RAIL, "rail")   \
    W(mode, ROAD, "road")   \
    W(mode, SEA, "sea")     \
    W(mode, RIVER, "river") \
    W(mode, OIL, "oil")     \
    W(mode, GAS, "gas")     \
    W(mode, AIR, "air")     \
    W(mode, CARAVAN, "caravan")
#define ZHOL_WORDS_state(W)        \
    W(state, YARD, "yard")         \
    W(state, RAIL1435, "rail1435") \
    W(state, RAIL1520, "rail1520") \
    W(state, ROAD, "road")         \
    W(state, SEA, "sea")           \
    W(state, RIVER, "river")       \
    W(state, OIL, "oil")           \
    W(state, GAS, "gas")           \
    W(state, AIR, "air")           \
    W(state, CARAVAN, "caravan")
#define ZHOL_WORDS_node_type(W)                \
    W(node_type, CITY, "city")                 \
    W(node_type, STATION, "station")           \
    W(node_type, JUNCTION, "junction")         \
    W(node_type, HUB, "hub")                   \
    W(node_type, RAIL_BORDER, "rail_border")   \
    W(node_type, ROAD_BORDER, "road_border")   \
    W(node_type, DRY_PORT, "dry_port")         \
    W(node_type, SEAPORT, "seaport")           \
    W(node_type, CASPIAN_PORT, "caspian_port") \
    W(node_type, PIPELINE, "pipeline_node")    \
    W(node_type, REFINERY, "refinery")         \
    W(node_type, SILK_ROAD, "silk_road")       \
    W(node_type, REGION, "region")
#define ZHOL_WORDS_locode_status(W)                    \
    W(locode_status, VERIFIED, "verified")             \
    W(locode_status, FAR, "far")                       \
    W(locode_status, NO_COORDINATES, "no_coordinates") \
    W(locode_status, ABSENT, "absent")                 \
    W(locode_status, UNVERIFIED, "unverified")         \
    W(locode_status, NONE, "none")
#define ZHOL_WORDS_traction(W)        \
    W(traction, ELECTRIC, "electric") \
    W(traction, DIESEL, "diesel")     \
    W(traction, MIXED, "mixed")       \
    W(traction, TRUCK, "truck")       \
    W(traction, SHIP, "ship")         \
    W(traction, PIPE, "pipe")         \
    W(traction, AIRCRAFT, "aircraft") \
    W(traction, ANIMAL, "animal")
#define ZHOL_WORDS_cargo_class(W)          \
    W(cargo_class, CONTAINER, "container") \
    W(cargo_class, BULK, "bulk")           \
    W(cargo_class, GENERAL, "general")     \
    W(cargo_class, VEHICLE, "vehicle")     \
    W(cargo_class, OIL, "oil")             \
    W(cargo_class, GAS, "gas")
#define ZHOL_WORDS_process_kind(W)                \
    W(process_kind, BORDER_EXIT, "border_exit")   \
    W(process_kind, BORDER_ENTRY, "border_entry") \
    W(process_kind, CUSTOMS, "customs")           \
    W(process_kind, INSPECTION, "inspection")     \
    W(process_kind, LABORATORY, "laboratory")     \
    W(process_kind, TRANSSHIP, "transship")       \
    W(process_kind, BOGIE_CHANGE, "bogie_change") \
    W(process_kind, RELOAD_BULK, "reload_bulk")   \
    W(process_kind, LOAD, "load")                 \
    W(process_kind, UNLOAD, "unload")             \
    W(process_kind, FORM_TRAIN, "form_train")     \
    W(process_kind, STORAGE, "storage")           \
    W(process_kind, BERTH, "berth")               \
    W(process_kind, LOCOMOTIVE, "locomotive")     \
    W(process_kind, PUMPING, "pumping")           \
    W(process_kind, REST, "rest")
#define ZHOL_WORDS_batch(W)    \
    W(batch, UNIT, "unit")     \
    W(batch, WAGON, "wagon")   \
    W(batch, TRAIN, "train")   \
    W(batch, TRUCK, "truck")   \
    W(batch, VESSEL, "vessel") \
    W(batch, TONNE, "t")       \
    W(batch, CARAVAN, "caravan")
#define ZHOL_WORDS_distribution(W)              \
    W(distribution, FIXED, "fixed")             \
    W(distribution, TRIANGULAR, "triangular")   \
    W(distribution, LOGNORMAL, "lognormal")     \
    W(distribution, EXPONENTIAL, "exponential") \
    W(distribution, UNIFORM, "uniform")
#define ZHOL_WORDS_direction(W)        \
    W(direction, BOTH, "both")         \
    W(direction, FORWARD, "forward")   \
    W(direction, BACKWARD, "backward") \
    W(direction, IN, "in")             \
    W(direction, OUT, "out")
#define ZHOL_WORDS_capacity_unit(W)          \
    W(capacity_unit, TRAINS, "trains")       \
    W(capacity_unit, PAIRS, "pairs")         \
    W(capacity_unit, WAGONS, "wagons")       \
    W(capacity_unit, TEU, "teu")             \
    W(capacity_unit, TRUCKS, "trucks")       \
    W(capacity_unit, VESSELS, "vessels")     \
    W(capacity_unit, T, "t")                 \
    W(capacity_unit, BCM, "bcm")             \
    W(capacity_unit, POSITIONS, "positions") \
    W(capacity_unit, CARAVANS, "caravans")
#define ZHOL_WORDS_per(W)  \
    W(per, HOUR, "hour")   \
    W(per, DAY, "day")     \
    W(per, WEEK, "week")   \
    W(per, MONTH, "month") \
    W(per, YEAR, "year")   \
    W(per, STANDING, "standing")
#define ZHOL_WORDS_capacity_kind(W)          \
    W(capacity_kind, BINDING, "binding")     \
    W(capacity_kind, NAMEPLATE, "nameplate") \
    W(capacity_kind, DEMONSTRATED, "demonstrated")
#define ZHOL_WORDS_pattern(W)          \
    W(pattern, TIMETABLE, "timetable") \
    W(pattern, HEADWAY, "headway")
#define ZHOL_WORDS_stop_kind(W) \
    W(stop_kind, STOP, "stop")  \
    W(stop_kind, VIA, "via")
#define ZHOL_WORDS_date_kind(W)    \
    W(date_kind, CLOSED, "closed") \
    W(date_kind, OPEN, "open")
#define ZHOL_WORDS_tariff_scope(W)      \
    W(tariff_scope, PER_KM, "per_km")   \
    W(tariff_scope, LINK, "link")       \
    W(tariff_scope, THROUGH, "through") \
    W(tariff_scope, PROCESS, "process") \
    W(tariff_scope, STORAGE, "storage") \
    W(tariff_scope, CONSIGNMENT, "consignment")
#define ZHOL_WORDS_cost_kind(W)              \
    W(cost_kind, FREIGHT, "freight")         \
    W(cost_kind, SEA_FREIGHT, "sea_freight") \
    W(cost_kind, TERMINAL, "terminal")       \
    W(cost_kind, BORDER, "border")           \
    W(cost_kind, CUSTOMS, "customs")         \
    W(cost_kind, SECURITY, "security")       \
    W(cost_kind, STORAGE, "storage")         \
    W(cost_kind, DOCUMENTS, "documents")     \
    W(cost_kind, SUBSIDY, "subsidy")         \
    W(cost_kind, TOLL, "toll")
#define ZHOL_WORDS_tariff_unit(W)              \
    W(tariff_unit, TEU, "teu")                 \
    W(tariff_unit, FEU, "feu")                 \
    W(tariff_unit, T, "t")                     \
    W(tariff_unit, WAGON, "wagon")             \
    W(tariff_unit, TRUCK, "truck")             \
    W(tariff_unit, CONSIGNMENT, "consignment") \
    W(tariff_unit, CAMEL, "camel_load")
#define ZHOL_WORDS_emission_scope(W)      \
    W(emission_scope, PER_TKM, "per_tkm") \
    W(emission_scope, PER_T, "per_t")
#define ZHOL_WORDS_emission_basis(W) \
    W(emission_basis, WTW, "wtw")    \
    W(emission_basis, TTW, "ttw")
#define ZHOL_WORDS_rule_kind(W)                  \
    W(rule_kind, BAN, "ban")                     \
    W(rule_kind, QUOTA, "quota")                 \
    W(rule_kind, PRIORITY, "priority")           \
    W(rule_kind, VISA, "visa")                   \
    W(rule_kind, DOCUMENT, "document")           \
    W(rule_kind, PRE_ARRIVAL, "pre_arrival")     \
    W(rule_kind, FORMING, "forming")             \
    W(rule_kind, DEPOSIT, "deposit")             \
    W(rule_kind, DRIVERS_HOURS, "drivers_hours") \
    W(rule_kind, PLAN_APPROVAL, "plan_approval") \
    W(rule_kind, REGIME, "regime")               \
    W(rule_kind, LIMIT, "limit")
#define ZHOL_WORDS_actor_kind(W)                \
    W(actor_kind, STATE, "state")               \
    W(actor_kind, RAILWAY, "railway")           \
    W(actor_kind, OPERATOR, "operator")         \
    W(actor_kind, COMPANY, "company")           \
    W(actor_kind, TERMINAL, "terminal")         \
    W(actor_kind, AUTHORITY, "authority")       \
    W(actor_kind, ORGANISATION, "organisation") \
    W(actor_kind, UNIVERSITY, "university")     \
    W(actor_kind, PERSON, "person")
#define ZHOL_WORDS_instrument_kind(W)            \
    W(instrument_kind, TREATY, "treaty")         \
    W(instrument_kind, AGREEMENT, "agreement")   \
    W(instrument_kind, COMMUNIQUE, "communique") \
    W(instrument_kind, MEMORANDUM, "memorandum") \
    W(instrument_kind, REGIME, "permit_regime")  \
    W(instrument_kind, PLAN, "plan")             \
    W(instrument_kind, REGULATION, "regulation") \
    W(instrument_kind, CHARTER, "charter")
#define ZHOL_WORDS_project_kind(W)              \
    W(project_kind, RAILWAY, "railway")         \
    W(project_kind, ROAD, "road")               \
    W(project_kind, PIPELINE, "pipeline")       \
    W(project_kind, TERMINAL, "terminal")       \
    W(project_kind, PORT, "port")               \
    W(project_kind, CHECKPOINT, "checkpoint")   \
    W(project_kind, FACTORY, "factory")         \
    W(project_kind, POWER, "power")             \
    W(project_kind, DIGITAL, "digital")         \
    W(project_kind, INSTITUTION, "institution") \
    W(project_kind, EDUCATION, "education")
#define ZHOL_WORDS_event_kind(W)              \
    W(event_kind, VISIT, "visit")             \
    W(event_kind, MEETING, "meeting")         \
    W(event_kind, OPENING, "opening")         \
    W(event_kind, DIPLOMACY, "diplomacy")     \
    W(event_kind, CONSULATE, "consulate")     \
    W(event_kind, DISRUPTION, "disruption")   \
    W(event_kind, INSTITUTION, "institution") \
    W(event_kind, SIGNING, "signing")         \
    W(event_kind, EDUCATION, "education")     \
    W(event_kind, HISTORY, "history")         \
    W(event_kind, STATEMENT, "statement")
#define ZHOL_WORDS_qualifier(W)  \
    W(qualifier, EQ, "=")        \
    W(qualifier, GT, ">")        \
    W(qualifier, LT, "<")        \
    W(qualifier, ABOUT, "~")     \
    W(qualifier, RANGE, "range") \
    W(qualifier, GAP, "gap")
#define ZHOL_WORDS_role(W)              \
    W(role, INPUT, "input")             \
    W(role, CALIBRATION, "calibration") \
    W(role, CHECK, "check")             \
    W(role, CLAIM, "claim")
#define ZHOL_WORDS_comparator(W)        \
    W(comparator, AT_LEAST, "at_least") \
    W(comparator, AT_MOST, "at_most")   \
    W(comparator, BY_DATE, "by_date")

#define ZHOL_WORD_LISTS(L)                                                                      \
    L(confidence)                                                                               \
    L(source_kind) L(status) L(mode) L(state) L(node_type) L(locode_status) L(traction)         \
        L(cargo_class) L(process_kind) L(batch) L(distribution) L(direction) L(capacity_unit)   \
            L(per) L(capacity_kind) L(pattern) L(stop_kind) L(date_kind) L(tariff_scope)        \
                L(cost_kind) L(tariff_unit) L(emission_scope) L(emission_basis) L(rule_kind)    \
                    L(actor_kind) L(instrument_kind) L(project_kind) L(event_kind) L(qualifier) \
                        L(role) L(comparator)

/* enum zhol_word_mode { zhol_mode_BLANK, zhol_mode_RAIL, ... } and so on for each list. */
#define ZHOL_WORD_CODE(list, name, text) zhol_##list##_##name,
#define ZHOL_WORD_ENUM(list)                   \
    enum zhol_word_##list{zhol_##list##_BLANK, \
                          ZHOL_WORDS_##list(ZHOL_WORD_CODE) zhol_##list##_COUNT};
ZHOL_WORD_LISTS(ZHOL_WORD_ENUM)
#undef ZHOL_WORD_ENUM
#undef ZHOL_WORD_CODE

/* ---- Ranges of numbers (arg of real and whole) ----
 * any; nonneg: >= 0; positive: > 0; lon, lat: degrees; percent: 0..100 (shares of a whole);
 * signed_percent: -100..10000; hours: 0..87600; km: 0..50000; speed: 0 < v <= 300; count: 0..1e9;
 * gauge: 1000, 1067, 1435, 1520, 1676 mm. Forms of texts: any; country: ISO 3166 alpha-2;
 * currency: ISO 4217; zone: tz database name; unlocode, esr, etsng, bin, uscc: see
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
    F(ref, load_class_id, load_class, KEYOPT, "for this load class; blank: by the unit")   \
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

#define ZHOL_FIELDS_demand(F)                         \
    F(key, demand_id, demand, KEY, "identifier")      \
    F(ref, from_node_id, node, REQ, "origin")         \
    F(ref, to_node_id, node, REQ, "destination")      \
    F(ref, commodity_id, commodity, REQ, "what")      \
    F(date, period_start, any, REQ, "first day")      \
    F(date, period_end, any, REQ, "first day after")  \
    F(real, t, nonneg, OPT, "tonnes in the period")   \
    F(real, teu, nonneg, OPT, "TEU in the period")    \
    F(real, t_low, nonneg, OPT, "lower end, tonnes")  \
    F(real, t_high, nonneg, OPT, "upper end, tonnes") \
    F(text, reporter, any, OPT, "who counts")         \
    ZHOL_FIELDS_EVIDENCE(F)

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
    F(text, scenario, any, OPT, "scenario in which it exists")                      \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_project_status(F)               \
    F(ref, project_id, project, KEY, "the project") \
    F(date, date, any, KEY, "from when")            \
    F(word, status, status, REQ, "its state")       \
    F(text, text, any, OPT, "in words")             \
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
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_event(F)                                                       \
    F(key, event_id, event, KEY, "identifier")                                     \
    F(date, date, any, OPT, "first day; blank: not dated")                         \
    F(date, date_to, any, OPT, "first day after it; blank: a single day, or open") \
    F(text, date_text, any, OPT, "the date as printed, where it is not a day")     \
    F(word, kind, event_kind, REQ, "kind of event")                                \
    F(text, name, any, REQ, "what happened, in English")                           \
    F(text, name_ru, any, OPT, "in Russian")                                       \
    F(ref, node_id, node, OPT, "where, if on the map")                             \
    F(ref, link_id, link, OPT, "where, if on a link")                              \
    F(text, place, any, OPT, "where, in words")                                    \
    F(list, actors, actor, OPT, "who")                                             \
    F(ref, instrument_id, instrument, OPT, "what was signed or came into force")   \
    F(word, mode, mode, OPT, "mode affected (disruption)")                         \
    F(text, text, any, OPT, "effect or remark")                                    \
    F(text, printed, any, OPT, "what the article prints, where it differs")        \
    F(text, corrected, any, OPT, "what is found to be right")                      \
    F(text, why, any, OPT, "on what the correction or doubt rests")                \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_series(F)                                                        \
    F(key, series_id, series, KEY, "identifier; one row a period")                   \
    F(date, period_start, any, KEY, "first day")                                     \
    F(date, period_end, any, REQ, "first day after")                                 \
    F(text, name, any, REQ, "name in English")                                       \
    F(text, reporter, any, REQ, "who counts")                                        \
    F(text, definition, any, OPT, "what is counted and what is not")                 \
    F(text, measure, any, REQ, "what is measured")                                   \
    F(text, scope, any, OPT, "of what")                                              \
    F(word, qualifier, qualifier, REQ, "how the value is meant; gap: not published") \
    F(real, value, any, OPT, "value")                                                \
    F(real, low, any, OPT, "lower end of a range")                                   \
    F(real, high, any, OPT, "upper end of a range")                                  \
    F(text, unit, any, REQ, "unit")                                                  \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_observation(F)                                                            \
    F(key, observation_id, observation, KEY, "identifier")                                    \
    F(text, measure, any, REQ, "what is measured")                                            \
    F(text, subject, any, REQ, "of what, in words")                                           \
    F(ref, node_id, node, OPT, "the place it is about")                                       \
    F(ref, link_id, link, OPT, "the link it is about")                                        \
    F(text, scope, any, OPT, "direction, class, what is included")                            \
    F(date, period_start, any, OPT, "first day")                                              \
    F(date, period_end, any, OPT, "first day after")                                          \
    F(text, period_text, any, OPT, "the period as printed, where it is not plain")            \
    F(word, qualifier, qualifier, REQ, "how the value is meant")                              \
    F(real, value, any, OPT, "value; blank for a gap or a statement in words")                \
    F(text, value_text, any, OPT, "the value where it is not a number")                       \
    F(text, unit, any, OPT, "unit")                                                           \
    F(real, low, any, OPT, "lower end of a range")                                            \
    F(real, high, any, OPT, "upper end of a range")                                           \
    F(text, printed, any, OPT, "what the article prints, where it differs")                   \
    F(text, corrected, any, OPT, "what is found to be right")                                 \
    F(text, why, any, OPT, "on what the correction or doubt rests")                           \
    F(text, reporter, any, OPT, "who counts")                                                 \
    F(word, role, role, REQ, "input; calibration: may be fitted; check, claim: never fitted") \
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

/* The tables in the order in which they are read. TABLE(name, "what a row is"). The last two stand
 * only in the folder of a scenario. */
#define ZHOL_TABLES(T)                                                  \
    T(source, "where a number comes from")                              \
    T(node, "a place")                                                  \
    T(node_period, "the state of a place in a time")                    \
    T(link, "a way between two places by one mode and gauge")           \
    T(link_period, "the state of a link in a time")                     \
    T(calendar, "opening times")                                        \
    T(calendar_date, "an exception to opening times")                   \
    T(load_class, "what a load unit is worth in a state")               \
    T(commodity, "something that moves")                                \
    T(actor, "a state, railway, company, authority or person")          \
    T(instrument, "an agreement, treaty, regime or plan")               \
    T(process, "something done at a place, with a queue")               \
    T(link_control, "a process that a border link must pass")           \
    T(handling, "a process that moves cargo from one state to another") \
    T(resource, "a capacity")                                           \
    T(resource_use, "who uses a capacity")                              \
    T(service, "a scheduled or frequent train, ship or truck line")     \
    T(service_stop, "a stop or via point of a service")                 \
    T(tariff, "a price")                                                \
    T(fx, "an exchange rate")                                           \
    T(emission, "a CO2e factor")                                        \
    T(demand, "freight wanted in a period")                             \
    T(rule, "a dated rule with a scope")                                \
    T(project, "something being built or run")                          \
    T(project_status, "a state of a project from a day on")             \
    T(project_asset, "what a project makes")                            \
    T(commitment, "a promise")                                          \
    T(event, "something that happened")                                 \
    T(series, "one period of a statistical time series")                \
    T(observation, "a published figure the engine is held against")     \
    T(unmodelled, "a fact that no row carries, with the reason")        \
    T(fact_row, "where a row of the published facts went")              \
    T(scenario, "what a scenario is")                                   \
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
