/* desk/tariff_effect.h: what a cut of a country's transit tariff does: boxes by way, revenue.
 *
 * Three answers for the boxes that go through, neither from nor to the country, in one average day
 * of a period: as it is; with the tariff cut (what moves between ways); and with the freight that
 * the lower price makes, by an elasticity that the user gives.
 *
 * What is cut. The country's tariffs of rail freight by the km; of a through price (a service over
 * several countries) the part of its rail km that lies in the country. Rides that begin or end in
 * the country are left as they are. A price by the km is cut for all boxes that pay it, as the
 * corridor has one row for all; only boxes that go through are counted.
 *
 * New freight. A demand's amount is times (cost after / cost before) ^ elasticity, where cost is
 * its mean generalised cost a unit (money and worth of time of its ways). The elasticity is against
 * that cost, and negative.
 *
 * Not in it: freight that takes no way of the demand table today (all sea, all Russia) and would
 * come only for the price: that is what the elasticity stands for.
 *
 * Order of calls: tariff_effect_run, look. Errors: those of assign_model_make and _solve,
 * ZHOL_ERROR_RANGE for a cut or elasticity out of range. Cost: three solves.
 */
#ifndef ZHOL_DESK_TARIFF_EFFECT_H
#define ZHOL_DESK_TARIFF_EFFECT_H

#include <zhol/network.h>

enum tariff_way {
    TARIFF_WAY_LAND,    /* through the country, by land alone */
    TARIFF_WAY_CASPIAN, /* through the country and over a sea */
    TARIFF_WAY_NORTH,   /* past it through Russia */
    TARIFF_WAY_SOUTH,   /* past it through Kyrgyzstan */
    TARIFF_WAY_OCEAN,   /* past it by sea */
    TARIFF_WAY_OTHER,
    TARIFF_WAY_COUNT
};

struct tariff_options {
    const char *country; /* ISO code */
    double cut;          /* share: 0.1 takes ten percent off; -1 to 1 */
    double elasticity;   /* 0 to -5 */
    int32_t from, to;    /* days of the demand table */
};

enum tariff_case { TARIFF_NOW, TARIFF_CUT, TARIFF_MORE, TARIFF_CASES };

struct tariff_answer {
    double teu[TARIFF_WAY_COUNT]; /* a year of 365 such days */
    double t[TARIFF_WAY_COUNT];
    double revenue_usd; /* of what is cut, by boxes that go through, a year */
    double all_teu, unmet_teu;
};

enum zhol_error tariff_effect_run(const struct zhol_corridor *corridor,
                                  const struct zhol_network *network,
                                  const struct tariff_options *options,
                                  struct tariff_answer answers[TARIFF_CASES]);

#endif
