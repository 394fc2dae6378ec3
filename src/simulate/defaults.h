/* simulate/defaults.h: every number of the simulation that no table of a corridor gives.
 *
 * Each is an assumption: the value used, then the low and high end between which it may lie. None
 * was fitted. docs/simulate.md says what each does. Times in hours unless the name says otherwise.
 */
#ifndef ZHOL_SIMULATE_DEFAULTS_H
#define ZHOL_SIMULATE_DEFAULTS_H

/* ASSUMED(NAME, value, low, high, "what it is") */
#define SIM_ASSUMPTIONS(ASSUMED)                                                                   \
    ASSUMED(RUN_LOW, 0.9, 0.85, 1, "shortest running time, of the median")                         \
    ASSUMED(RUN_MODE, 0.98, 0.95, 1, "likeliest running time, of the median")                      \
    ASSUMED(RUN_HIGH, 1.25, 1.1, 1.6, "longest running time, of the median")                       \
    ASSUMED(WORK_FACTOR, 1, 0.8, 1.5, "technical times, of the tables' minima")                    \
    ASSUMED(WORK_SPREAD, 0.2, 0.05, 0.5, "median of technical time above its minimum, of it")      \
    ASSUMED(WORK_SIGMA, 0.6, 0.3, 1, "deviation of the logarithm of that")                         \
    ASSUMED(DWELL_SIGMA, 0.7, 0.4, 1,                                                              \
            "deviation of the logarithm of dwell without 90th percentile")                         \
    ASSUMED(RESIDUAL_SHARE, 0.5, 0, 1, "published dwell that no queue of the model makes")         \
    ASSUMED(MEAN_OF_MEDIAN, 1.2, 1, 1.4, "mean dwell of the median, where no mean is published")   \
    ASSUMED(BLOCK_DEADLINE_H, 48, 24, 120, "longest wait of a block train for its load")           \
    ASSUMED(WAGON_DEADLINE_H, 24, 12, 72, "longest wait of wagons for a train")                    \
    ASSUMED(BATCH_T, 5000, 1000, 20000, "tonnes in one batch of a pipeline")                       \
    ASSUMED(TRAIN_WAGONS, 57, 41, 71, "wagons in a train where no load class says it")             \
    ASSUMED(PLATFORM_MARGIN, 1.3, 1, 2, "platform sets, of those that mean traffic needs")         \
    ASSUMED(EMPTY_RETURN, 1, 0.7, 2, "way back of empty platforms and vessels, of the way out")    \
    ASSUMED(LOCO_MARGIN, 1.5, 1.1, 2.5, "border locomotives, of those that mean traffic needs")    \
    ASSUMED(LOCO_RETURN_LOW_H, 2, 1.5, 2.5, "return of a border locomotive, light")                \
    ASSUMED(LOCO_RETURN_MODE_H, 3, 2.5, 4, "the same with wagons, as agreed")                      \
    ASSUMED(LOCO_RETURN_HIGH_H, 5.5, 4, 8, "the same as observed in 2019")                         \
    ASSUMED(LINE_SIDINGS, 10, 4, 30, "trains that can stand on the line before a full yard")       \
    ASSUMED(ABANDON_H, 24, 12, 72, "wait for a full yard after which a train is abandoned")        \
    ASSUMED(LIFT_DAY, 6, 3, 12, "abandoned trains set in motion again a day, at a place")          \
    ASSUMED(BAN_QUEUE, 20, 10, 60, "trains waiting for a yard at which loading is banned")         \
    ASSUMED(BAN_LIFTED, 5, 0, 10, "trains waiting for a yard at which the ban is lifted")          \
    ASSUMED(BAN_RATE, 1.2, 1, 2, "loading after a ban, of the usual rate, while some are held")    \
    ASSUMED(LABORATORY_SHARE, 1, 0.3, 1, "trains that a laboratory control of their cargo stops")  \
    ASSUMED(INSPECTION_SHARE, 0.1, 0.03, 0.3, "trains and trucks that any other inspection stops") \
    ASSUMED(VESSEL_TEU, 108, 50, 350, "TEU of a vessel without a service")                         \
    ASSUMED(TANKER_T, 10000, 5000, 13000, "tonnes of oil or gas in a tanker")                      \
    ASSUMED(VESSEL_HEADWAY_H, 24, 12, 96, "time between vessels without a service")                \
    ASSUMED(VESSEL_FILL, 0.4, 0.1, 0.8, "load that a vessel waits for, of its capacity")           \
    ASSUMED(VESSEL_FILL_DAYS, 3, 1, 10, "and not more than comes in so many days")                 \
    ASSUMED(VESSEL_T_TEU, 12, 8, 15, "tonnes of other cargo that take the room of a TEU")          \
    ASSUMED(SHORT_SEA_TEU, 1000, 500, 2000, "vessels up to this size wait for weather")            \
    ASSUMED(WEATHER_UP_H, 240, 120, 700, "mean time between closures by weather")                  \
    ASSUMED(WEATHER_DOWN_H, 18, 6, 48, "mean closure by weather")                                  \
    ASSUMED(SLOT_LEAST, 0.05, 0, 0.1, "load under which a capacity makes no queue and no event")   \
    ASSUMED(SLOT_WAIT_S, 120, 0, 600, "the same: mean wait of evenly loaded traffic, seconds")     \
    ASSUMED(SLOT_PEAK, 2, 1.5, 5, "the same, servers too: not near its limit at so many times")    \
    ASSUMED(SLOT_WAVE, 5, 3, 20, "the same after a closure, and where something stands before")    \
    ASSUMED(ROUTE_DEADLINE_H, 24, 12, 48,                                                          \
            "longest wait for a train to be formed anew at a border")                              \
    ASSUMED(FULL_SHARE, 0.97, 0.9, 1,                                                              \
            "load of a capacity from which on trains wait longer to be full")                      \
    ASSUMED(PATIENCE_MOST, 8, 2, 20, "and so many times their deadlines at most")                  \
    ASSUMED(PACE_ALIKE, 0.15, 0, 0.5, "services share trains where their running times differ less")

/* Used as SIM_RUN_LOW and so on; counts are cast where they are used. */
enum sim_assumption {
#define SIM_ASSUMPTION_CODE(name, value, low, high, what) SIM_INDEX_##name,
    SIM_ASSUMPTIONS(SIM_ASSUMPTION_CODE)
#undef SIM_ASSUMPTION_CODE
        SIM_ASSUMPTION_COUNT
};

struct sim_assumed {
    const char *name, *what;
    double value, low, high;
};
extern const struct sim_assumed sim_assumed[SIM_ASSUMPTION_COUNT];
#define SIM_ASSUME(name) (sim_assumed[SIM_INDEX_##name].value)

#endif
