/* operate/outbox.h: messages to people that leave at least once: called, moved, closed, drawn,
 * code.
 *
 * A listener of the operation turns changes into messages (text by language from outbox_words),
 * puts them into the store's space "outbox", and a thread hands them to senders: SMTP and an SMS
 * gateway over HTTP (libcurl), a file (tests, demonstration), none. A message is removed when its
 * sender said yes; failures wait 1, 2, 4 ... 60 minutes and are given up after a day, counted and
 * shown in /metrics. Addresses come from the vault at sending time, so that the outbox holds no
 * personal data.
 */
#ifndef ZHOL_OPERATE_OUTBOX_H
#define ZHOL_OPERATE_OUTBOX_H

#include "operate/operation.h"
#include "operate/vault.h"

struct outbox;
struct outbox_options {
    const char *file;     /* append messages to a file, one JSON a line */
    const char *smtp_url; /* smtp://host:port or smtps://; "": none */
    const char *smtp_from;
    const char *sms_url; /* POST {"to":..,"text":..} as JSON to it; "": none */
    const char *sms_token_file;
    int64_t (*clock)(void *context);
    void *clock_context;
};
struct message {
    uint64_t subject;        /* whose address: a driver or carrier */
    char template[32];       /* called, moved, closed, drawn, not_drawn, code, appeal */
    char lang[4];            /* en, ru, kk, zh */
    struct text_view fields; /* JSON object for the template */
};
enum zhol_error outbox_open(struct store *store, struct vault *vault,
                            const struct outbox_options *options, struct zhol_report *report,
                            struct outbox **outbox);
void outbox_close(struct outbox *outbox);
/* Registers with the operation and starts the sending thread. */
enum zhol_error outbox_start(struct outbox *outbox, struct operation *operation);
enum zhol_error outbox_put(struct outbox *outbox, const struct message *message);
/* Sends what is due now; for tests without the thread. */
enum zhol_error outbox_step(struct outbox *outbox, uint32_t *sent, uint32_t *failed);
struct outbox_counts {
    uint64_t waiting, sent, failed, given_up;
};
struct outbox_counts outbox_count(const struct outbox *outbox);

#endif
