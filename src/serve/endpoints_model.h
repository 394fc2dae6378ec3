/* serve/endpoints_model.h: endpoints of the corridor as a model: map, plan, show, OGC API.
 *
 * See endpoint.h for the columns. Handlers stand in model_handlers.c and model_ogc_handlers.c.
 */
#ifndef ZHOL_SERVE_ENDPOINTS_MODEL_H
#define ZHOL_SERVE_ENDPOINTS_MODEL_H

#define MODEL_PLAN_PARAMETERS                                                       \
    "from:text! to:text! teu:real feu:real tonnes:real commodity:text depart:text " \
    "deadline:text via:text avoid:text date:date scenario:name technical:bool"

/* clang-format off */
#define MODEL_ENDPOINTS(E)                                                                         \
    E(find_places, GET, "/v1/places", ANYONE, RUN_POOL, "q:text limit:int", NULL, "places",        \
      "Places of the corridor whose name begins with a text, or is near to it.")                   \
    E(get_commodities, GET, "/v1/commodities", ANYONE, RUN_POOL, "", NULL, "commodities",          \
      "What can be carried.")                                                                      \
    E(get_map, GET, "/v1/map", ANYONE, RUN_POOL, "date:date scenario:name", NULL, "map",           \
      "Places and ways on a day with their state, and what happened in the year before it.")       \
    E(get_timeline, GET, "/v1/timeline", ANYONE, RUN_POOL, "scenario:name", NULL, "timeline",      \
      "Places and ways with their states over all time, and everything dated that happened.")      \
    E(get_land, GET, "/v1/land", ANYONE, RUN_POOL, "", NULL, "feature_collection",                 \
      "Coast and borders of countries, for drawing.")                                              \
    E(get_show, GET, "/v1/show", ANYONE, RUN_POOL, "id:text q:text date:date scenario:name", NULL, \
      "dossier", "Everything that is known about a place, a way or another thing on a day.")       \
    E(get_plan, GET, "/v1/plan", ANYONE, RUN_SLOW,                                                 \
      MODEL_PLAN_PARAMETERS " format:text limit:int", NULL, "plan",                                \
      "All itineraries worth choosing: JSON, or with format=csv or geojson those forms.")          \
    E(get_plan_why, GET, "/v1/plan/why", ANYONE, RUN_SLOW, MODEL_PLAN_PARAMETERS " place:text!",   \
      NULL, "why", "Why no itinerary of the plan passes a place.")                                 \
    E(get_assign, GET, "/v1/assign", ANYONE, RUN_SLOW,                                             \
      "period:text! scenario:name hold:text change:text close:text tariff:text demand:real "       \
      "limit:int",                                                                                 \
      NULL, "assign",                                                                              \
      "All freight of a period on the capacity, solved again with changes made to it.")            \
    E(get_commitments, GET, "/v1/commitments", ANYONE, RUN_POOL, "date:date scenario:name", NULL,  \
      "promises", "What was promised by whom for when, and what became of it.")                    \
    E(get_claims, GET, "/v1/claims", ANYONE, RUN_POOL, "q:text all:bool", NULL, "claims",          \
      "Published figures, what was found about them, and figures held against each other.")        \
    E(ogc_landing, GET, "/ogc", ANYONE, RUN_HERE, "f:text", NULL, "ogc_document",                  \
      "Landing page of the OGC API.")                                                              \
    E(ogc_conformance, GET, "/conformance", ANYONE, RUN_HERE, "f:text", NULL, "ogc_document",      \
      "To which parts of OGC API Features this server conforms.")                                  \
    E(ogc_collections, GET, "/collections", ANYONE, RUN_POOL, "f:text", NULL, "ogc_document",      \
      "The collections of features.")                                                              \
    E(ogc_collection, GET, "/collections/{collection}", ANYONE, RUN_POOL,                          \
      "collection:name! f:text", NULL, "ogc_document", "One collection.")                          \
    E(ogc_items, GET, "/collections/{collection}/items", ANYONE, RUN_POOL,                         \
      "collection:name! limit:text offset:int bbox:bbox datetime:text f:text", NULL,               \
      "application/geo+json feature_collection", "Features of a collection.")                      \
    E(ogc_item, GET, "/collections/{collection}/items/{feature}", ANYONE, RUN_POOL,                \
      "collection:name! feature:text! f:text", NULL, "application/geo+json feature",               \
      "One feature.")
/* clang-format on */

#endif
