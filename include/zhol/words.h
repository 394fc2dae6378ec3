/* zhol/words.h: the word lists of a corridor, said once.
 *
 * A cell of kind `word` (zhol/tables.h) holds one word of a list; in memory it is the number of the
 * word, 0 for a blank cell. Each list is one X-macro of WORD(list, NAME, "text in the file"); from
 * it come the enum, the reader, the writer and the schema. A new word is one line here.
 */
#ifndef ZHOL_WORDS_H
#define ZHOL_WORDS_H

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
#define ZHOL_WORDS_verdict(W)    \
    W(verdict, AGREES, "agrees") \
    W(verdict, DIFFERS, "differs")
#define ZHOL_WORDS_claim_method(W)              \
    W(claim_method, FORMULA, "formula")         \
    W(claim_method, WAY_LENGTH, "way_length")   \
    W(claim_method, PLAN_DAYS, "plan_days")     \
    W(claim_method, FLOW, "flow")               \
    W(claim_method, FLOW_CHANGE, "flow_change") \
    W(claim_method, SAVING, "saving")           \
    W(claim_method, MAX_FLOW, "max_flow")       \
    W(claim_method, MAX_CHANGE, "max_change")   \
    W(claim_method, PREDICTION, "prediction")   \
    W(claim_method, DEMAND, "demand")           \
    W(claim_method, NONE, "none")
#define ZHOL_WORDS_claim_reason(W)                \
    W(claim_reason, TAKEN_OVER, "taken_over")     \
    W(claim_reason, NO_DATA, "no_data")           \
    W(claim_reason, NO_BASE, "no_base")           \
    W(claim_reason, NOT_MODELLED, "not_modelled") \
    W(claim_reason, OPINION, "opinion")           \
    W(claim_reason, PLAN, "plan")                 \
    W(claim_reason, ONE_SOURCE, "one_source")
#define ZHOL_WORDS_queue_mode(W)      \
    W(queue_mode, MANAGED, "managed") \
    W(queue_mode, OBSERVED, "observed")
#define ZHOL_WORDS_queue_release(W)            \
    W(queue_release, FIRST_COME, "first_come") \
    W(queue_release, ROUND, "round")           \
    W(queue_release, LIVE, "live")
#define ZHOL_WORDS_queue_discipline(W)  \
    W(queue_discipline, QUOTA, "quota") \
    W(queue_discipline, CYCLE, "cycle")
#define ZHOL_WORDS_claim_scope(W) \
    W(claim_scope, ALL, "all")    \
    W(claim_scope, DIRECTION, "direction")
#define ZHOL_WORDS_queue_rule(W)                      \
    W(queue_rule, ARRIVE_EARLY, "arrive_early")       \
    W(queue_rule, ARRIVE_LATE, "arrive_late")         \
    W(queue_rule, CALL_LATE, "call_late")             \
    W(queue_rule, CALL_ABSENT, "call_absent")         \
    W(queue_rule, POSTPONE_MAX, "postpone_max")       \
    W(queue_rule, POSTPONE_WINDOW, "postpone_window") \
    W(queue_rule, POSTPONE_BEFORE, "postpone_before") \
    W(queue_rule, SWAP_POSTPONES, "swap_postpones")   \
    W(queue_rule, CANCEL_BEFORE, "cancel_before")     \
    W(queue_rule, CANCEL_MAX, "cancel_max")           \
    W(queue_rule, CANCEL_WINDOW, "cancel_window")     \
    W(queue_rule, NO_SHOW_MAX, "no_show_max")         \
    W(queue_rule, NO_SHOW_WINDOW, "no_show_window")   \
    W(queue_rule, BLOCK, "block")                     \
    W(queue_rule, APPEAL, "appeal")                   \
    W(queue_rule, HORIZON, "horizon")                 \
    W(queue_rule, LATE, "late")                       \
    W(queue_rule, DRIVER_ADD, "driver_add")           \
    W(queue_rule, DRIVER, "driver")                   \
    W(queue_rule, VEHICLE, "vehicle")                 \
    W(queue_rule, SLOT, "slot")                       \
    W(queue_rule, ROUND_REQUEST, "round_request")     \
    W(queue_rule, NO_SHOW_FACTOR, "no_show_factor")   \
    W(queue_rule, KEEP_DRIVER, "keep_driver")         \
    W(queue_rule, KEEP_VEHICLE, "keep_vehicle")
#define ZHOL_WORDS_queue_unit(W)  \
    W(queue_unit, MINUTES, "min") \
    W(queue_unit, HOURS, "h")     \
    W(queue_unit, DAYS, "days")   \
    W(queue_unit, TIMES, "times") \
    W(queue_unit, FACTOR, "factor")
#define ZHOL_WORDS_queue_choice(W)      \
    W(queue_choice, ALLOWED, "allowed") \
    W(queue_choice, REFUSED, "refused") \
    W(queue_choice, BLOCK, "block")     \
    W(queue_choice, REQUEUE, "requeue") \
    W(queue_choice, FORFEIT, "forfeit")
#define ZHOL_WORDS_queue_side(W) \
    W(queue_side, OWN, "own")    \
    W(queue_side, OTHER, "other")
#define ZHOL_WORDS_fee_what(W) \
    W(fee_what, FEE, "fee")    \
    W(fee_what, DEPOSIT, "deposit")
#define ZHOL_WORDS_fee_when(W)        \
    W(fee_when, BOOK, "book")         \
    W(fee_when, POSTPONE, "postpone") \
    W(fee_when, REBOOK, "rebook")
#define ZHOL_WORDS_fee_refund(W)    \
    W(fee_refund, ARRIVE, "arrive") \
    W(fee_refund, NEVER, "never")
#define ZHOL_WORDS_trade(W)      \
    W(trade, EXPORT, "export")   \
    W(trade, IMPORT, "import")   \
    W(trade, TRANSIT, "transit") \
    W(trade, INLAND, "inland")
#define ZHOL_WORDS_demand_route(W)                \
    W(demand_route, NORTH, "north")               \
    W(demand_route, CENTRAL_ASIA, "central_asia") \
    W(demand_route, TITR, "titr")                 \
    W(demand_route, IRAN, "iran")                 \
    W(demand_route, NORTH_SOUTH, "north_south")
#define ZHOL_WORDS_demand_kind(W)          \
    W(demand_kind, PUBLISHED, "published") \
    W(demand_kind, DERIVED, "derived")     \
    W(demand_kind, ASSUMED, "assumed")     \
    W(demand_kind, FITTED, "fitted")
#define ZHOL_WORDS_demand_role(W) \
    W(demand_role, FIT, "fit")    \
    W(demand_role, CHECK, "check")
#define ZHOL_WORDS_demand_unit(W) \
    W(demand_unit, T, "t")        \
    W(demand_unit, TEU, "teu")    \
    W(demand_unit, TRUCKS, "trucks")
#define ZHOL_WORDS_demand_dimension(W)              \
    W(demand_dimension, ORIGIN, "origin")           \
    W(demand_dimension, DESTINATION, "destination") \
    W(demand_dimension, COMMODITY, "commodity")     \
    W(demand_dimension, VIA, "via")                 \
    W(demand_dimension, MONTH, "month")
#define ZHOL_WORDS_series_relation(W)    \
    W(series_relation, MIRROR, "mirror") \
    W(series_relation, PART, "part")     \
    W(series_relation, SOME, "some")     \
    W(series_relation, VALUE, "value")

#define ZHOL_WORDS_station_item(W)    \
    W(station_item, TRACK, "track")   \
    W(station_item, FRONT, "front")   \
    W(station_item, FETCH, "fetch")   \
    W(station_item, HAUL, "haul")     \
    W(station_item, STOCK, "stock")   \
    W(station_item, FORMED, "formed") \
    W(station_item, TIMES, "times")   \
    W(station_item, EXPECTED, "expected")
#define ZHOL_WORDS_station_work(W)            \
    W(station_work, CONTAINERS, "containers") \
    W(station_work, BULK, "bulk")             \
    W(station_work, BOGIES, "bogies")
#define ZHOL_WORDS_station_measure(W)            \
    W(station_measure, NUMBER, "count")          \
    W(station_measure, LENGTH, "length_m")       \
    W(station_measure, CRANES, "cranes")         \
    W(station_measure, RATE, "per_crane_h")      \
    W(station_measure, BATCH, "batch_min")       \
    W(station_measure, SETUP, "setup_min")       \
    W(station_measure, RETURN, "return_min")     \
    W(station_measure, WEIGHT, "weight_t")       \
    W(station_measure, WAGONS, "wagons")         \
    W(station_measure, HEAVY, "heavy_pairs")     \
    W(station_measure, FORM, "form_min")         \
    W(station_measure, YARD, "yard_min")         \
    W(station_measure, RELEASE, "release_min")   \
    W(station_measure, FREE, "free_storage_min") \
    W(station_measure, INSPECT, "inspect_min")   \
    W(station_measure, CONTRACT, "contract_min") \
    W(station_measure, LATE, "late_weight")      \
    W(station_measure, TRAINS, "trains_day")

/* clang-format off */
#define ZHOL_WORD_LISTS(L)                                                                   \
    L(confidence) L(source_kind) L(status) L(mode) L(state) L(node_type) L(locode_status)    \
    L(traction) L(cargo_class) L(process_kind) L(batch) L(distribution) L(direction)         \
    L(capacity_unit) L(per) L(capacity_kind) L(pattern) L(stop_kind) L(date_kind)            \
    L(tariff_scope) L(cost_kind) L(tariff_unit) L(emission_scope) L(emission_basis)          \
    L(rule_kind) L(actor_kind) L(instrument_kind) L(project_kind) L(event_kind) L(qualifier) \
    L(role) L(comparator) L(verdict) L(queue_mode) L(queue_release) L(queue_discipline)      \
    L(claim_scope) L(queue_rule) L(queue_unit) L(queue_choice) L(queue_side) L(fee_what)     \
    L(fee_when) L(fee_refund) L(trade) L(demand_route) L(demand_kind) L(demand_role)         \
    L(demand_unit) L(demand_dimension) L(station_item) L(station_work) L(station_measure) \
    L(series_relation) L(claim_method) L(claim_reason)
/* clang-format on */

/* enum zhol_word_mode { zhol_mode_BLANK, zhol_mode_RAIL, ... } and so on for each list. */
#define ZHOL_WORD_CODE(list, name, text) zhol_##list##_##name,
#define ZHOL_WORD_ENUM(list)                   \
    enum zhol_word_##list{zhol_##list##_BLANK, \
                          ZHOL_WORDS_##list(ZHOL_WORD_CODE) zhol_##list##_COUNT};
ZHOL_WORD_LISTS(ZHOL_WORD_ENUM)
#undef ZHOL_WORD_ENUM
#undef ZHOL_WORD_CODE

#endif
