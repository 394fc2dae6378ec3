/* hub_ask.h: the question of `zhol hub`: whose boxes, when, at what prices; and the pages of its
 * answer.
 *
 * Call order: load_corridor, load_network, hub_ask, hub_solve, hub_page_*, hub_ask_clear.
 */
#ifndef ZHOL_APP_HUB_ASK_H
#define ZHOL_APP_HUB_ASK_H

#include "answer.h"
#include "desk/hub.h"

struct hub_asked {
    const struct given *given;
    const struct loaded *loaded;
    int32_t monday; /* first day of the week asked about (any day may be given) */
    uint32_t hubs[HUB_HUBS_MAX], destinations[HUB_DESTINATIONS_MAX]; /* places */
    uint32_t commodity;
    double single_extra; /* of a box alone, over what the planner says: an assumption */
    struct hub_input in; /* points into the arrays below */
    uint32_t *feu;
    int64_t *train_cents, *single_cents, *feeder_cents, *storage_cents;
    uint32_t *feeder_days, *free_days, *trains_day;
    double *days;  /* on the way of a train, by hub and destination */
    bool *unknown; /* a price on that way is not known */
};

/* Prints what is wrong and returns the exit code; EXIT_FINE: the question stands. */
int hub_ask(const struct given *given, const struct loaded *loaded, struct hub_asked *asked);
void hub_ask_clear(struct hub_asked *asked);

void hub_page_table(const struct hub_asked *asked, const struct hub_plan *plan, struct buffer *out);
void hub_page_json(const struct hub_asked *asked, const struct hub_plan *plan, struct buffer *out);
void hub_page_csv(const struct hub_asked *asked, const struct hub_plan *plan, struct buffer *out);

#endif
