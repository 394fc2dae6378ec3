/* operate/vault.h: personal fields, encrypted per subject.
 *
 * A subject (carrier, vehicle, driver) has a key of its own, kept in the store's space "vault_key"
 * and wrapped by the operation's master key (a file beside the store, mode 0600, never in the
 * journal). Its fields (one JSON object: plate, vin, name, phone, document, ...) are sealed with it
 * (XChaCha20-Poly1305) and lie in the space "vault". Erasing a subject destroys its key: what is
 * sealed, in the store and in every backup, cannot be read any more, and the chain still verifies,
 * since the journal holds opaque ids only. Fingerprints for uniqueness (one VIN, one registration)
 * are BLAKE2b keyed with the master key: they tell equal from different and nothing else.
 */
#ifndef ZHOL_OPERATE_VAULT_H
#define ZHOL_OPERATE_VAULT_H

#include "base/buffer.h"
#include "store/store.h"

struct vault;

/* key_path: file of the master key, made when missing (0600); NULL: a random key (memory stores,
 * tests). */
enum zhol_error vault_open(struct store *store, const char *key_path, struct zhol_report *report,
                           struct vault **vault);
void vault_close(struct vault *vault);
/* A new opaque id, never 0. */
uint64_t vault_new_id(void);
/* Seals fields for an attachment; makes and wraps the subject's key inside `sealed`. */
enum zhol_error vault_seal(struct vault *vault, uint64_t subject, struct text_view json,
                           struct buffer *sealed);
/* What the writer stores in the command's transaction. */
enum zhol_error vault_put(struct store *store, uint64_t subject, struct text_view sealed);
/* ZHOL_ERROR_UNKNOWN: erased or never there. */
enum zhol_error vault_read(struct vault *vault, uint64_t subject, struct buffer *json);
/* Destroys the key; to be called inside a transaction. */
enum zhol_error vault_erase(struct store *store, uint64_t subject);
/* 32 hexadecimal digits of the keyed hash of a normalised value (upper case, no spaces or dashes).
 */
void vault_fingerprint(const struct vault *vault, const char *scope, struct text_view value,
                       char text[33]);
/* A public mask such as "777***02": enough for a driver to know his plate, not to follow a person.
 */
void vault_mask_plate(struct text_view plate, char masked[32]);

#endif
