/* report/why_text.h: the answer to "why is this place not used" in words. */
#ifndef ZHOL_REPORT_WHY_TEXT_H
#define ZHOL_REPORT_WHY_TEXT_H

#include "report/plan_view.h"

/* One or more lines about `node`, against the view of the plain answer. */
void why_text(const struct plan_view *view, const struct zhol_why_answer *why, uint32_t node,
              struct buffer *out);
/* What can be said without a view, where there is no itinerary at all: everything but
 * ZHOL_WHY_USED and ZHOL_WHY_DOMINATED. */
void why_text_blocked(const struct zhol_network *network, const struct zhol_corridor *corridor,
                      const struct zhol_consignment *consignment, const struct zhol_why_answer *why,
                      uint32_t node, enum report_lang lang, struct buffer *out);
/* The word for the reason in JSON: "used", "banned" ... */
const char *why_text_code(enum zhol_why why);

#endif
