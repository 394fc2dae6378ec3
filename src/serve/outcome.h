/* serve/outcome.h: what became of a command, as a reply: done with a signed receipt, or refused
 * with one. */
#ifndef ZHOL_SERVE_OUTCOME_H
#define ZHOL_SERVE_OUTCOME_H

#include "serve/endpoint.h"

/* Reads the entry of request->answered; false: replied with 500. outcome_end frees it. */
bool outcome_read(struct request *request, struct entry *entry);
/* Writes "receipt":{...} into an open object. */
void outcome_write_receipt(struct request *request, struct json_writer *json,
                           const struct entry *entry);
/* A refusal of the queue's rules: problem details with rule and signed receipt. */
enum handled outcome_refused(struct request *request, const struct entry *entry);
/* The usual reply: command, place, state, slot, number, position, forecast, receipt. */
enum handled outcome_reply(struct request *request);
/* "slot":{"start":..,"end":..}|null */
void outcome_write_slot(struct json_writer *json, int64_t start_s, int64_t end_s);

/* A command about a place: fills stream, queue and place from the state, asks role_allows.
 * False: replied with 404 or 403. */
bool outcome_aim(struct request *request, struct command *command, uint64_t place);
/* The same for a command about a queue. */
bool outcome_aim_queue(struct request *request, struct command *command, const char *queue);
/* The present state of a place, wherever it is; its texts live while `texts` does. */
struct place_texts {
    char stream[COMMAND_NAME_SIZE], queue[COMMAND_NAME_SIZE], category[COMMAND_NAME_SIZE];
};
bool outcome_place(struct server *server, uint64_t place, struct place_view *view,
                   struct place_texts *texts);

extern const char outcome_method[]; /* how forecasts are made, in a sentence */

#endif
