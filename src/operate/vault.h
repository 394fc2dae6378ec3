/* operate/vault.h: personal fields, encrypted per subject.
 *
 * A subject (carrier, vehicle, driver) has a key of its own, kept in the store's space "vault_key"
 * and wrapped by the operation's master key (a file beside the store, mode 0600, never in the
 * journal). Its fields (one JSON object: plate, vin, name, phone, document, ...) are sealed with it
 * (XChaCha20-Poly1305) and lie in the space "vault". Erasing a subject destroys its key: what is
 * sealed cannot be read any more, and the chain still verifies, since the journal holds opaque ids
 * only. `zhol backup` leaves the keys out of the copy and puts them into a small file of its own,
 * so that old copies hold nothing readable once the newest key file has replaced the older ones.
 * Fingerprints for uniqueness (one VIN, one registration) are BLAKE2b keyed with the master key:
 * they tell equal from different and nothing else.
 *
 * Thread safety: a vault does not change after vault_open; all but open and close may be called by
 * any thread. Source: XChaCha20-Poly1305: draft-irtf-cfrg-xchacha; BLAKE2b: RFC 7693 (libsodium).
 */
#ifndef ZHOL_OPERATE_VAULT_H
#define ZHOL_OPERATE_VAULT_H

#include "base/buffer.h"
#include "store/store.h"

struct vault;

/* key_path: file of the master key, made when missing (0600); NULL: a random key (memory stores,
 * tests). A store that was sealed with another master key is refused (ZHOL_ERROR_CONFLICT). */
enum zhol_error vault_open(struct store *store, const char *key_path, struct zhol_report *report,
                           struct vault **vault);
void vault_close(struct vault *vault); /* NULL is allowed */
/* A new opaque id, never 0. */
uint64_t vault_new_id(void);
/* Seals fields for an attachment; makes and wraps the subject's key inside `sealed`. About 4 us. */
enum zhol_error vault_seal(const struct vault *vault, uint64_t subject, struct text_view json,
                           struct buffer *sealed);
/* The fields of what vault_seal gave. ZHOL_ERROR_INVALID: another key or subject, or changed. */
enum zhol_error vault_unseal(const struct vault *vault, uint64_t subject, struct text_view sealed,
                             struct buffer *json);
/* What the writer stores in the command's transaction. */
enum zhol_error vault_put(struct store *store, uint64_t subject, struct text_view sealed);
/* ZHOL_ERROR_UNKNOWN: erased or never there; ZHOL_ERROR_INVALID: damaged. */
enum zhol_error vault_read(const struct vault *vault, uint64_t subject, struct buffer *json);
/* Destroys the key; to be called inside a transaction. Erasing twice is fine. */
enum zhol_error vault_erase(struct store *store, uint64_t subject);
/* 32 hexadecimal digits of the keyed hash of a normalised value: upper case, no spaces, dashes or
 * dots, and the twelve Cyrillic letters that look like Latin ones as those, so that one plate typed
 * on two keyboards is one plate. */
void vault_fingerprint(const struct vault *vault, const char *scope, struct text_view value,
                       char text[33]);
/* A public mask such as "777*****": with his number in the queue enough for a driver to know his
 * plate. The end stays hidden too: with the region shown, few vehicles would be left. */
void vault_mask_plate(struct text_view plate, char masked[32]);

#endif
