/* store/spaces.h: the spaces of named values, one line each.
 *
 * S(name, what). A name that is not here is refused with ZHOL_ERROR_USAGE, so that a typing error
 * cannot make a table of its own.
 */
#ifndef ZHOL_STORE_SPACES_H
#define ZHOL_STORE_SPACES_H

#define STORE_SPACES(S)                                                                    \
    S(snapshot, "states of streams, in pieces: STREAM SLOT PIECE")                         \
    S(snapshot_head, "STREAM: which snapshot is whole")                                    \
    S(subject_claims, "claims that a subject's registration took, to be freed by erasing") \
    S(setting, "settings of the operation")                                                \
    S(cursor, "how far a reader of the journal has come")                                  \
    S(vault, "sealed personal fields of a subject")                                        \
    S(vault_key, "wrapped key of a subject")                                               \
    S(account, "accounts")                                                                 \
    S(token, "hashes of tokens")                                                           \
    S(outbox, "messages that wait to be sent")                                             \
    S(webhook, "webhooks and their cursors")                                               \
    S(ledger, "lines of the ledger by carrier: CARRIER TIME STREAM SEQ LINE")              \
    S(observed, "imported acceptance of queues that are run elsewhere")

#endif
