/* serve/journal.h: reading the journal for people: pages of it, and the receipt of a place. */
#ifndef ZHOL_SERVE_JOURNAL_H
#define ZHOL_SERVE_JOURNAL_H

#include "serve/server.h"

/* Appends up to `limit` entries of a stream from `from` on, a line each. ZHOL_ERROR_UNKNOWN: there
 * is no such stream. */
enum zhol_error journal_lines(struct store *store, const char *stream, uint64_t from,
                              uint32_t limit, struct buffer *lines);
/* Appends the receipt of the entry that made a place. The entry is found by its time: a search by
 * halves over the stream, then the entries of that second. ZHOL_ERROR_UNKNOWN: not there. */
enum zhol_error journal_receipt(struct server *server, const char *stream, int64_t booked_s,
                                uint64_t place, struct buffer *receipt);

#endif
