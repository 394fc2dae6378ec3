/* queue_pages.h: what the files of `zhol queue` share.
 *
 * cmd_queue.c reads the command line and shows rules; queue_forecast.c makes slots, forecasts and
 * advice; queue_figures.c reads published figures. Each function appends to page->out and returns
 * the exit code.
 */
#ifndef ZHOL_APP_QUEUE_PAGES_H
#define ZHOL_APP_QUEUE_PAGES_H

#include "answer.h"
#include "desk/advice.h"
#include "desk/observed.h"
#include "desk/queue_rules.h"

struct page {
    const struct given *given;
    struct loaded *loaded;
    const struct zhol_corridor *corridor;
    struct buffer out;
    bool json;
};

static inline bool page_ru(const struct page *page)
{
    return page->given->lang == LANG_RU;
}

/* The row of the queue that an argument names by its id, its name or its checkpoint, on the day.
 * ZHOL_NONE: printed, and EXIT_NO_ANSWER is meant. */
uint32_t page_queue(const struct page *page, const char *name);
const struct zhol_queue *page_row(const struct page *page, uint32_t row);
const char *page_queue_id(const struct page *page, uint32_t row);
const char *page_queue_name(const struct page *page, uint32_t row);
/* "2025-11-12 14:00", local time of the checkpoint. */
void page_local(const struct page *page, uint32_t row, int64_t at_s, char out[ANSWER_TEXT]);
/* Value of an option that is an instant; false: printed. *at_s is untouched where it is not given.
 */
bool page_instant(const struct page *page, const char *option, int64_t *at_s);

/* Figures of the queue from --observed and --waiting. */
struct figures {
    struct observed observed;
    bool any;
    uint32_t waiting[QUEUE_CATEGORIES]; /* by category, in the order of queue_categories */
    uint32_t categories[QUEUE_CATEGORIES], category_count;
};
/* `prefix`: only options that begin with "QUEUE=", as advice has them. */
int figures_read(const struct page *page, uint32_t row, bool prefix, struct figures *figures);
void figures_clear(struct figures *figures);

/* The checkpoints that can be reached, with the forecasts of their calls where figures of them were
 * given ("QUEUE=..."), best first; advice_close frees. EXIT_NO_ANSWER, nothing printed: none can.
 */
int page_points(struct page *page, const struct advice_ask *ask, struct advice *advice);

int page_slots(struct page *page, uint32_t row);
int page_forecast(struct page *page, uint32_t row);
int page_advice(struct page *page);

#endif
