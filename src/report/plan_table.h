/* report/plan_table.h: the two halves of the text writer; for plan_table*.c only. */
#ifndef ZHOL_REPORT_PLAN_TABLE_H
#define ZHOL_REPORT_PLAN_TABLE_H

#include "report/plan_write.h"

/* One itinerary in full: legs, bill, CO2e, documents, rules, evidence. Marks the sources that it
 * cites in `cited`, by their place in view->sources. */
void plan_table_detail(const struct plan_view *view, const struct view_itinerary *it, bool *cited,
                       struct buffer *out);

#endif
