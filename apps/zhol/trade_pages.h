/* trade_pages.h: the pages of `zhol trade`: a ledger of series, and mirrors of UN Comtrade tables,
 * as tables for people, JSON, CSV and SVG.
 *
 * Everything is written into a buffer whose errors stick; nothing here prints.
 */
#ifndef ZHOL_APP_TRADE_PAGES_H
#define ZHOL_APP_TRADE_PAGES_H

#include <stdbool.h>

#include "answer.h"
#include "desk/comtrade.h"
#include "desk/trade.h"

struct trade_page {
    const struct given *given;
    const struct loaded *loaded;
    struct trade ledger;
    bool *chosen; /* by series: it was asked for, or nothing was */
    bool in_full; /* every point of the chosen series */
    struct buffer out;
};

/* What a series says in its first row. */
const struct zhol_series *trade_page_row(const struct trade_page *page,
                                         const struct trade_series *series);
/* "2024", "2024-01..04", "2025-01-01..07-28", "2024-11..2025-01"; returns `out`. */
const char *trade_page_days(int32_t from, int32_t to, char out[static ANSWER_TEXT]);

void trade_page_table(struct trade_page *page);
void trade_page_json(struct trade_page *page);
void trade_page_csv(struct trade_page *page);
void trade_page_svg(struct trade_page *page);

/* Mirrors of downloaded tables. */
struct mirror_page {
    const struct given *given;
    struct comtrade data;
    struct comtrade_mirrors mirrors;
    size_t code_size; /* of the codes shown; 0: TOTAL */
    struct buffer out;
};
void mirror_page_table(struct mirror_page *page);
void mirror_page_json(struct mirror_page *page);
void mirror_page_csv(struct mirror_page *page);
/* Whether a mirror belongs on the page. */
bool mirror_page_has(const struct mirror_page *page, const struct comtrade_mirror *mirror);

#endif
