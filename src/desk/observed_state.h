/* desk/observed_state.h: what the two files of observed queues share. */
#ifndef ZHOL_DESK_OBSERVED_STATE_H
#define ZHOL_DESK_OBSERVED_STATE_H

#include "base/text.h"
#include "base/zone.h"
#include "desk/observed.h"

struct observed_day *observed_day_of(struct observed *observed, int32_t date);
uint32_t *observed_hour_of(struct observed *observed, int64_t at_s);
/* Adds to a category; false where there are too many, or the name is too long. */
bool observed_category_add(struct observed *observed, struct text_view name, uint32_t more);
/* The zone of the checkpoint; the caller frees it. */
enum zhol_error observed_zone(const struct zhol_corridor *corridor, const struct observed *observed,
                              struct zone **zone);

#endif
