/* shipments_page.h: the question of `zhol shipments` answered, and its pages.
 *
 * Call order: shipments_table, shipments_json or shipments_csv for answers that stand. Text goes
 * into a buffer whose errors stick.
 */
#ifndef ZHOL_APP_SHIPMENTS_PAGE_H
#define ZHOL_APP_SHIPMENTS_PAGE_H

#include "answer.h"
#include "desk/shipments.h"
#include "report/clock.h"

/* A row of the user's lists that fits a shipment. */
struct shipments_hit {
    uint32_t shipment;
    const char *list, *what;
};

struct shipments_line {
    const char *name, *parties;
    struct shipment asked;
    bool arrived;                         /* seen at its destination: nothing is left to answer */
    bool quantity_assumed;                /* the list says none */
    struct shipment_answer now;           /* with the promise seen from where it is */
    struct shipment_answer before, after; /* of what is left; only with --against */
};

struct shipments_page {
    const struct given *given;
    const struct loaded *loaded;
    struct clock clock;
    const char *against; /* scenario, or NULL */
    double margin;       /* percent; NaN: no quotation */
    struct shipments_line *lines;
    uint32_t count;
    struct shipments_hit *hits;
    uint32_t hit_count;
    bool screened;
};

void shipments_table(struct shipments_page *page, struct buffer *out);
void shipments_json(struct shipments_page *page, struct buffer *out);
void shipments_csv(struct shipments_page *page, struct buffer *out);

#endif
