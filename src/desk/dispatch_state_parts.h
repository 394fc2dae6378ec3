/* desk/dispatch_state_parts.h: what dispatch_state.c and dispatch_state_trains.c share. */
#ifndef ZHOL_DESK_DISPATCH_STATE_PARTS_H
#define ZHOL_DESK_DISPATCH_STATE_PARTS_H

#include "desk/dispatch_day.h"
#include "desk/dispatch_json.h"

/* Members that mean the same everywhere; each reports what is wrong. */
enum zhol_dispatch_gauge dispatch_read_gauge(struct dispatch_reader *reader, json_t *object);
enum zhol_dispatch_work dispatch_read_work(struct dispatch_reader *reader, json_t *object,
                                           enum zhol_dispatch_work otherwise);
uint32_t dispatch_read_flags(struct dispatch_reader *reader, struct dispatch_day *day,
                             json_t *object);
/* Adds the place where it is new; ZHOL_DISPATCH_NONE where none is named. */
uint32_t dispatch_read_destination(struct dispatch_reader *reader, struct dispatch_day *day,
                                   json_t *object);
/* The row of that name in English or Russian, or ZHOL_DISPATCH_NONE. */
uint32_t dispatch_label_find(const struct dispatch_day *day, const struct dispatch_label *labels,
                             uint32_t count, const char *name);
/* The same for a member, with a fault where there is none. */
uint32_t dispatch_read_named(struct dispatch_reader *reader, const struct dispatch_day *day,
                             json_t *object, const char *member,
                             const struct dispatch_label *labels, uint32_t count);
/* The members trains, late, holds and missing_data. */
void dispatch_apply_trains(struct dispatch_day *day, struct dispatch_reader *reader, json_t *state,
                           const char *base);
/* The train of that name, or ZHOL_DISPATCH_NONE. */
uint32_t dispatch_train_find(const struct dispatch_day *day, const char *name);

#endif
