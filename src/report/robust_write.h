/* report/robust_write.h: how firm a ranking is, as text and as JSON. */
#ifndef ZHOL_REPORT_ROBUST_WRITE_H
#define ZHOL_REPORT_ROBUST_WRITE_H

#include "base/json.h"
#include "desk/robust.h"
#include "report/plan_view.h"

/* Text of at most 80 columns about the plan of a view. */
void robust_write_table(const struct plan_view *view, const struct robust_result *robust,
                        struct buffer *out);
/* One JSON value. */
void robust_write_json_value(const struct plan_view *view, const struct robust_result *robust,
                             struct json_writer *json);

#endif
