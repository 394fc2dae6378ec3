/* operate/outbox_send.h: the senders: SMTP, an SMS gateway over HTTP, a file.
 *
 * Each takes one message and says OK (the other side took it) or ZHOL_ERROR_IO (try again later);
 * ZHOL_ERROR_INVALID means that it can never be sent (an address that is none). Time limits: 10 s
 * to connect, 30 s in all.
 */
#ifndef ZHOL_OPERATE_OUTBOX_SEND_H
#define ZHOL_OPERATE_OUTBOX_SEND_H

#include "operate/outbox.h"

struct outgoing {
    int64_t time_s;
    const char *template, *lang;
    const char *to; /* address or number; "": only the file takes it */
    const char *title, *text;
    const char *id; /* for the mail's Message-ID: a repeated message keeps it */
};

enum zhol_error send_mail(const struct outbox_options *options, const struct outgoing *outgoing);
enum zhol_error send_sms(const struct outbox_options *options, const char *token,
                         const struct outgoing *outgoing);
enum zhol_error send_file(const struct outbox_options *options, const struct outgoing *outgoing);

#endif
