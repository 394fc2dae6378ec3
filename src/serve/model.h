/* serve/model.h: the corridor as a model for the endpoints: scenarios, networks, and what is
 * written about them.
 *
 * Two halves. The cache: every scenario's corridor is read once, when it is first asked for, and
 * kept (there are few); compiled networks are kept by date and scenario, at most
 * MODEL_NETWORKS_MAX, the least recently used goes first. A network in use is never freed under
 * its user. The writers: pure functions from a corridor and a question to JSON, CSV or GeoJSON in a
 * buffer; they know nothing of HTTP, so that tests call them directly.
 *
 * Threads: all functions may be called from any thread. Reading a scenario and compiling hold no
 * lock that others need: two threads that want the same thing at once may both make it, and one of
 * the two is dropped.
 */
#ifndef ZHOL_SERVE_MODEL_H
#define ZHOL_SERVE_MODEL_H

#include <zhol/corridor.h>
#include <zhol/network.h>

#include "base/buffer.h"
#include "base/json.h"

struct server;
struct model;

enum { MODEL_NETWORKS_MAX = 16, MODEL_SCENARIOS_MAX = 64 };

/* Lists the scenarios of the server's corridor. On ZHOL_OK the caller owns *model. */
enum zhol_error model_open(struct server *server, struct model **model);
void model_close(struct model *model); /* NULL is allowed */

/* The same without a server: `dir` holds `corridor`. Both must live as long. */
enum zhol_error model_new(const char *dir, const struct zhol_corridor *corridor,
                          struct model **model);

const struct zhol_scenario_list *model_scenarios(const struct model *model);
/* The corridor of a scenario (NULL or "": the base), kept until model_close. ZHOL_ERROR_UNKNOWN:
 * there is no such scenario. */
enum zhol_error model_corridor(struct model *model, const char *scenario,
                               const struct zhol_corridor **corridor);

struct model_network {
    const struct zhol_corridor *corridor;
    const struct zhol_network *network;
};
/* A compiled network, given back with model_network_give. */
enum zhol_error model_network_take(struct model *model, const char *scenario, int32_t day,
                                   bool include_planned, struct model_network **out);
void model_network_give(struct model *model, struct model_network *network); /* NULL is allowed */

/* Kept assignments (model_assign.h). */
struct model_assigns;
struct model_assigns *model_kept_assigns(struct model *model);

/* ---- Writers ---- */

/* What every answer about the model says of itself: members corridor, as_of, date, scenario of an
 * object that is open. `day` ZHOL_BLANK_DATE: without date. */
void model_write_head(const struct zhol_corridor *corridor, int32_t day, struct json_writer *json);
void model_write_day(struct json_writer *json, const char *key, int32_t day); /* null when blank */
/* {en, ru, kk, zh}, those that are known. */
void model_write_names(const struct zhol_corridor *corridor, uint32_t node,
                       struct json_writer *json);

/* model_map.c: places and ways of one day with their state, what happened in the year before it,
 * and the count of open rail crossings; or all states of all times, for a slider. */
enum zhol_error model_map(const struct zhol_corridor *corridor, int32_t day, const char *lang,
                          struct buffer *out);
enum zhol_error model_timeline(const struct zhol_corridor *corridor, const char *lang,
                               struct buffer *out);
/* model_events.c: the array of what opened, was agreed, was promised in [from, to), by date. */
enum zhol_error model_write_events(const struct zhol_corridor *corridor, int32_t from, int32_t to,
                                   const char *lang, struct json_writer *json);

/* model_places.c */
enum zhol_error model_places(const struct zhol_corridor *corridor, const char *text, uint32_t limit,
                             struct buffer *out);
enum zhol_error model_commodities(const struct zhol_corridor *corridor, const char *lang,
                                  struct buffer *out);

/* model_dossier.c: what is known about a thing. `name` is an identifier (`table:id` or alone) or a
 * name of a place. ZHOL_ERROR_UNKNOWN, ZHOL_ERROR_AMBIGUOUS. */
enum zhol_error model_dossier(const struct zhol_corridor *corridor, const char *name, int32_t day,
                              const char *lang, struct buffer *out);

/* model_promises.c, model_claims.c */
enum zhol_error model_promises(const struct zhol_corridor *corridor, int32_t day, const char *lang,
                               struct buffer *out);
enum zhol_error model_claims(const struct zhol_corridor *corridor, const char *part, bool all,
                             const char *lang, struct buffer *out);

/* model_land.c: coast and borders of countries as GeoJSON. */
enum zhol_error model_land(struct buffer *out);

/* model_ogc.c: OGC API Features, part 1, over the base corridor on a day. */
enum model_collection { MODEL_PLACES, MODEL_LINKS, MODEL_CHECKPOINTS, MODEL_COLLECTION_COUNT };
enum model_collection model_collection_find(const char *id); /* MODEL_COLLECTION_COUNT: none */
struct model_items {
    enum model_collection collection;
    const double *bbox; /* west, south, east, north; NULL: everywhere */
    uint32_t limit, offset;
    const char *base; /* "http://HOST", before every address */
};
void model_ogc_landing(const struct zhol_corridor *corridor, const char *base, struct buffer *out);
void model_ogc_conformance(struct buffer *out);
void model_ogc_collections(const struct zhol_corridor *corridor, const char *base,
                           struct buffer *out);
void model_ogc_collection(const struct zhol_corridor *corridor, enum model_collection collection,
                          const char *base, struct buffer *out);
void model_ogc_items(const struct zhol_corridor *corridor, int32_t day,
                     const struct model_items *items, struct buffer *out);
/* ZHOL_ERROR_UNKNOWN: there is no such feature. */
enum zhol_error model_ogc_item(const struct zhol_corridor *corridor, int32_t day,
                               enum model_collection collection, const char *id,
                               struct buffer *out);

#endif
