/* operate/outbox.h: messages to people that leave at least once: called, moved, closed, drawn,
 * code.
 *
 * A listener of the operation notes changes; the outbox's thread turns them into messages, puts
 * them into the store's space "outbox" and hands them to senders: SMTP and an SMS gateway over HTTP
 * (libcurl), a file (tests, demonstration). A cursor in each stream says up to which entry messages
 * were made, so that a crash between a commit and its messages loses none: outbox_start reads the
 * journal from there. A message is removed when its sender said yes; failures wait 1, 2, 4 ... 60
 * minutes and are given up after a day (codes after ten minutes), counted and shown in /metrics.
 * Addresses come from the vault at sending time and fields are sealed, so that the outbox holds no
 * personal data in clear.
 *
 * Who gets what: a call goes to the drivers of the place; everything else to the drivers and the
 * carrier. The language is that of the subject's fields ("lang"), else English. A subject with a
 * "phone" gets an SMS where there is a gateway, else with an "email" a mail, else, with `file`, a
 * line in the file.
 *
 * Call order: outbox_open, outbox_start (before operation_start, or while it runs), outbox_close
 * after operation_close. Thread safety: outbox_put, outbox_step and outbox_count: any thread.
 */
#ifndef ZHOL_OPERATE_OUTBOX_H
#define ZHOL_OPERATE_OUTBOX_H

#include "operate/operation.h"
#include "operate/vault.h"

struct outbox;
struct outbox_options {
    const char *file;     /* append messages to a file, one JSON a line */
    const char *smtp_url; /* smtp://host:port or smtps://; NULL or "": none */
    const char *smtp_from;
    const char *sms_url;        /* POST {"to":..,"text":..} as JSON to it; NULL or "": none */
    const char *sms_token_file; /* Authorization: Bearer of the gateway; NULL: none */
    int64_t (*clock)(void *context);
    void *clock_context;
    /* How a queue is called in a language, and its clock east of UTC; NULL: its id, and UTC. */
    void (*describe)(void *context, const char *queue, const char *lang, int64_t at_s,
                     char name[64], int32_t *offset_s);
    void *describe_context;
};
struct message {
    uint64_t subject;        /* whose address: a driver or carrier */
    char template[32];       /* called, moved, closed, drawn, not_drawn, missed, code, appeal */
    char lang[4];            /* en, ru, kk, zh; "": that of the subject */
    struct text_view fields; /* JSON object for the template, see outbox_words.h */
};
enum zhol_error outbox_open(struct store *store, struct vault *vault,
                            const struct outbox_options *options, struct zhol_report *report,
                            struct outbox **outbox);
void outbox_close(struct outbox *outbox); /* NULL is allowed; ends the thread */
/* Registers with the operation and starts the sending thread. */
enum zhol_error outbox_start(struct outbox *outbox, struct operation *operation);
/* The same without the thread: tests call outbox_step. */
enum zhol_error outbox_follow(struct outbox *outbox, struct operation *operation);
/* Durable when it returns. ZHOL_ERROR_UNKNOWN: no such template or language. */
enum zhol_error outbox_put(struct outbox *outbox, const struct message *message);
/* Makes messages of what happened and sends what is due now. */
enum zhol_error outbox_step(struct outbox *outbox, uint32_t *sent, uint32_t *failed);
struct outbox_counts {
    uint64_t waiting, sent, failed, given_up;
};
struct outbox_counts outbox_count(const struct outbox *outbox);

#endif
