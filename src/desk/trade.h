/* desk/trade.h: the ledger of published time series: growth, mirrors, shares, sums, values a tonne.
 *
 * Purpose: what the table series says of itself and of its neighbours (table series_relation), with
 * the width that rounding leaves: a printed 27.4 stands for 27.35 to 27.45, so no difference is
 * told that rounding explains. Only like is held against like: the same days of the year for
 * growth, the very same days for everything else. Gaps in a series are told, never filled.
 *
 * Call order: trade_make, look, trade_clear. The corridor must outlive the ledger. Errors:
 * ZHOL_ERROR_MEMORY. Complexity: O(rows + relations * rows of a series). Series are in order of
 * their first row in the table, points in order of time.
 */
#ifndef ZHOL_DESK_TRADE_H
#define ZHOL_DESK_TRADE_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

/* A value and how far from it the truth may lie by rounding or by a printed range; all NaN where
 * nothing is known. */
struct trade_value {
    double value, low, high;
};
struct trade_point {
    uint32_t row; /* of table series */
    int32_t from, to;
    struct trade_value value; /* in the unit of the series; NaN: not published */
    /* Against the last point with the same days of an earlier year; NaN where there is none. */
    struct trade_value growth;      /* ratio - 1 over all years between */
    struct trade_value growth_year; /* a year */
    uint32_t years;                 /* between them */
};
struct trade_series {
    uint32_t thing; /* of table series */
    uint32_t first, count;
    double scale;     /* of its unit: 1e9 for "bn USD" */
    const char *base; /* "USD", "t", "TEU", "trains"... */
};

/* Two counts of the same flow. */
struct trade_gap {
    uint32_t relation;             /* row of table series_relation */
    uint32_t a, b;                 /* points */
    struct trade_value difference; /* b - a, in the unit of a */
    struct trade_value share;      /* of their mean */
    bool explained;                /* rounding alone may be the reason */
};
/* A part of a whole. */
struct trade_share {
    uint32_t relation, part, whole; /* points */
    struct trade_value share;
};
/* What the published parts of a whole say of it. */
enum trade_verdict {
    TRADE_ADDS_UP,   /* within rounding */
    TRADE_REST_OPEN, /* less than the whole, and parts are known to be missing */
    TRADE_REST_STRANGE /* less than the whole, though all parts are there */,
    TRADE_EXCEEDS /* more than the whole */
};
/* All parts of a whole that are published for the same days. */
struct trade_sum {
    uint32_t whole; /* point */
    uint32_t parts, parts_known;
    bool open;               /* some parts stand nowhere */
    struct trade_value sum;  /* in the unit of the whole */
    struct trade_value rest; /* whole - sum */
    enum trade_verdict verdict;
};
/* Money over tonnes. */
struct trade_worth {
    uint32_t relation, money, tonnes; /* points */
    struct trade_value usd_t;
};

struct trade {
    const struct zhol_corridor *corridor;
    struct trade_series *series;
    struct trade_point *points;
    struct trade_gap *gaps;
    struct trade_share *shares;
    struct trade_sum *sums;
    struct trade_worth *worths;
    uint32_t series_count, point_count, gap_count, share_count, sum_count, worth_count;
};

enum zhol_error trade_make(const struct zhol_corridor *corridor, struct trade *trade);
void trade_clear(struct trade *trade);

/* The series that a point belongs to. */
const struct trade_series *trade_series_of(const struct trade *trade, uint32_t point);

/* The width of a printed figure: half a unit of its last digit ("27.4": 0.05; "28": 0.5; "320000":
 * 0.5). */
double trade_rounding(double value);
/* Arithmetic of intervals, for those who go on reckoning. */
struct trade_value trade_minus(struct trade_value a, struct trade_value b);
struct trade_value trade_over(struct trade_value a, struct trade_value b);

#endif
