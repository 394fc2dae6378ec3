/* zhol/tables_demand.h: the tables of demand, in the form of zhol/tables.h, which includes it.
 *
 * Not for use by itself: the kinds, ranges and words are those of zhol/tables.h.
 */
#ifndef ZHOL_TABLES_DEMAND_H
#define ZHOL_TABLES_DEMAND_H

/* ---- Demand ----
 * What is wanted, and what it was worked out from (docs/demand.md): flows (a kind of traffic),
 * their generators (the weights of places, goods, crossings and months in a flow) and totals (what
 * must come out). `zhol demand --write` makes the rows of demand that have a flow_id; the others
 * are typed. */
#define ZHOL_FIELDS_demand_flow(F)                                                          \
    F(key, demand_flow_id, demand_flow, KEY, "identifier, e.g. export-rail")                \
    F(text, name, any, REQ, "name in English")                                              \
    F(text, name_ru, any, OPT, "in Russian")                                                \
    F(word, direction, trade, REQ,                                                          \
      "export, import, transit or inland traffic of the corridor's country")                \
    F(word, route, demand_route, OPT, "class of transit; blank: traffic of two neighbours") \
    F(word, mode, mode, REQ, "mode by which it crosses")                                    \
    F(real, seed_t, positive, REQ, "tonnes a year before totals are met")                   \
    F(real, low, positive, OPT, "lower end of the seed, tonnes")                            \
    F(real, high, positive, OPT, "upper end of the seed, tonnes")                           \
    F(real, reach_km, positive, OPT,                                                        \
      "gravity: a detour this long divides the weight by e; blank: none")                   \
    F(list, exits, node, OPT,                                                               \
      "places where it was counted as it crosses the country's other borders; blank: any")  \
    F(real, growth, positive, OPT,                                                          \
      "so many times the rows of demand is taken; blank: 1; for scenarios of later years")  \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_demand_generator(F)                                                    \
    F(ref, demand_flow_id, demand_flow, KEY, "the flow")                                   \
    F(word, dimension, demand_dimension, KEY, "what is weighed")                           \
    F(ref, node_id, node, KEYOPT, "the place weighed, as origin, destination or crossing") \
    F(ref, commodity_id, commodity, KEYOPT,                                                \
      "the goods weighed; beside a place: for these goods only")                           \
    F(whole, month, month, KEYOPT, "the month weighed, 1 to 12")                           \
    F(real, weight, positive, REQ, "weight against the others of its dimension")           \
    F(real, low, positive, OPT, "lower end; required where the source is an assumption")   \
    F(real, high, positive, OPT, "upper end; required where the source is an assumption")  \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_demand_total(F)                                                            \
    F(key, demand_total_id, demand_total, KEY, "identifier")                                   \
    F(text, name, any, REQ, "what is counted, in English")                                     \
    F(text, name_ru, any, OPT, "in Russian")                                                   \
    F(date, period_start, any, REQ, "first day")                                               \
    F(date, period_end, any, REQ, "first day after")                                           \
    F(word, role, demand_role, REQ, "fit: the table must meet it; check: it is only compared") \
    F(word, kind, demand_kind, REQ, "published, derived from published figures, or assumed")   \
    F(real, value, nonneg, REQ, "how much in the period")                                      \
    F(word, unit, demand_unit, REQ, "unit of value, low and high")                             \
    F(real, low, nonneg, OPT, "lower end")                                                     \
    F(real, high, nonneg, OPT, "upper end")                                                    \
    F(list, flows, demand_flow, OPT, "only these flows; blank: any")                           \
    F(list, vias, node, OPT, "only over these crossings; blank: any")                          \
    F(list, commodities, commodity, OPT, "only these goods; blank: any")                       \
    F(word, class, cargo_class, OPT, "only this class of cargo")                               \
    F(list, origins, country, OPT, "only from these countries; blank: any")                    \
    F(list, destinations, country, OPT, "only to these countries; blank: any")                 \
    F(text, includes, any, REQ, "what is counted in it and what is not")                       \
    F(text, observation_id, any, OPT, "the observation that it repeats")                       \
    F(text, reporter, any, OPT, "who counts")                                                  \
    ZHOL_FIELDS_EVIDENCE(F)

#define ZHOL_FIELDS_demand(F)                                                                \
    F(key, demand_id, demand, KEY, "identifier")                                             \
    F(ref, from_node_id, node, REQ, "origin")                                                \
    F(ref, to_node_id, node, REQ, "destination")                                             \
    F(ref, commodity_id, commodity, REQ, "what")                                             \
    F(word, direction, trade, OPT,                                                           \
      "export, import, transit or inland traffic of the corridor's country")                 \
    F(word, route, demand_route, OPT, "class of transit")                                    \
    F(word, mode, mode, OPT, "mode by which it crosses the border")                          \
    F(ref, via_node_id, node, OPT, "crossing at which it is counted; blank: any")            \
    F(date, period_start, any, REQ, "first day")                                             \
    F(date, period_end, any, REQ, "first day after")                                         \
    F(real, t, nonneg, OPT, "tonnes in the period")                                          \
    F(real, teu, nonneg, OPT, "TEU in the period")                                           \
    F(real, t_low, nonneg, OPT, "lower end, tonnes")                                         \
    F(real, t_high, nonneg, OPT, "upper end, tonnes")                                        \
    F(real, m01_t, nonneg, OPT, "tonnes in month 1 of the period; blank: evenly by days")    \
    F(real, m02_t, nonneg, OPT, "tonnes in month 2 of the period; blank: evenly by days")    \
    F(real, m03_t, nonneg, OPT, "tonnes in month 3 of the period; blank: evenly by days")    \
    F(real, m04_t, nonneg, OPT, "tonnes in month 4 of the period; blank: evenly by days")    \
    F(real, m05_t, nonneg, OPT, "tonnes in month 5 of the period; blank: evenly by days")    \
    F(real, m06_t, nonneg, OPT, "tonnes in month 6 of the period; blank: evenly by days")    \
    F(real, m07_t, nonneg, OPT, "tonnes in month 7 of the period; blank: evenly by days")    \
    F(real, m08_t, nonneg, OPT, "tonnes in month 8 of the period; blank: evenly by days")    \
    F(real, m09_t, nonneg, OPT, "tonnes in month 9 of the period; blank: evenly by days")    \
    F(real, m10_t, nonneg, OPT, "tonnes in month 10 of the period; blank: evenly by days")   \
    F(real, m11_t, nonneg, OPT, "tonnes in month 11 of the period; blank: evenly by days")   \
    F(real, m12_t, nonneg, OPT, "tonnes in month 12 of the period; blank: evenly by days")   \
    F(word, kind, demand_kind, REQ, "published, derived, assumed, or fitted by zhol demand") \
    F(ref, demand_flow_id, demand_flow, OPT, "flow it was fitted in; blank: typed")          \
    F(text, reporter, any, OPT, "who counts")                                                \
    ZHOL_FIELDS_EVIDENCE(F)

#endif
