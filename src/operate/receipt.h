/* operate/receipt.h: signed receipts: what the operator said, so that he cannot say another thing
 * later.
 *
 * A receipt is one JSON object: {"kind":"zhol-receipt","version":1,"stream":..,"seq":..,"hash":"<64
 * hex of the entry>","prev":..,"time":..,"command":..,"place":..,"outcome":"done|<refusal>",
 * "slot":..,"number":..,"key":"<64 hex of the public key>","signature":"<128 hex>"}; the signature
 * (Ed25519, RFC 8032) is over the object without its signature, written canonically: members in
 * this order, no white space, place, slot and number absent where there is none. Times are UTC
 * seconds. Places and refusals both get one. Two receipts of one stream and seq with different
 * hashes prove that the history was forked.
 */
#ifndef ZHOL_OPERATE_RECEIPT_H
#define ZHOL_OPERATE_RECEIPT_H

#include "operate/entry.h"
#include "store/store.h"

#define SIGN_KEY_SIZE  32
#define SIGNATURE_SIZE 64

struct signer;
/* The signing key's seed lies in a file (0600) beside the store, made when missing; NULL: a random
 * one. */
enum zhol_error signer_open(const char *key_path, struct zhol_report *report,
                            struct signer **signer);
void signer_close(struct signer *signer); /* NULL is allowed */
void signer_public(const struct signer *signer, uint8_t key[SIGN_KEY_SIZE]);
/* Any thread. */
enum zhol_error signer_sign(const struct signer *signer, struct text_view bytes,
                            uint8_t signature[SIGNATURE_SIZE]);
bool signature_valid(struct text_view bytes, const uint8_t signature[SIGNATURE_SIZE],
                     const uint8_t key[SIGN_KEY_SIZE]);

/* The receipt of an entry, canonical, with signature; appended. About 30 us: any thread. */
enum zhol_error receipt_write(const struct signer *signer, const struct entry *entry,
                              const uint8_t hash[HASH_SIZE], struct buffer *json);
struct receipt {
    char stream[COMMAND_NAME_SIZE], command[COMMAND_NAME_SIZE], outcome[COMMAND_NAME_SIZE];
    uint64_t seq, place, number; /* place, number: 0: none */
    int64_t time_s, slot_s;      /* slot_s: 0: none */
    uint8_t hash[HASH_SIZE], prev[HASH_SIZE], key[SIGN_KEY_SIZE], signature[SIGNATURE_SIZE];
};
/* Reads and verifies offline; white space and order of the members do not matter, unknown members
 * do. `trusted` (32 bytes) or NULL to accept the key inside; then a note in `report` says so.
 * ZHOL_ERROR_SYNTAX, ZHOL_ERROR_INVALID (signature), ZHOL_ERROR_UNKNOWN (not the trusted key). */
enum zhol_error receipt_verify(struct text_view json, const uint8_t *trusted,
                               struct receipt *receipt, struct zhol_report *report);
/* True when both are of one stream and key and contradict each other: same seq and other hash, or
 * neighbours of which the later does not continue the earlier. `why` says it in a sentence. */
bool receipt_forked(const struct receipt *a, const struct receipt *b, char *why, uint32_t size);
/* Does the entry with this hash say what the receipt says? */
bool receipt_fits(const struct receipt *receipt, const struct entry *entry,
                  const uint8_t hash[HASH_SIZE], char *why, uint32_t size);
/* Is the receipt's entry in the store, with its hash and what the receipt says of it?
 * ZHOL_ERROR_CONFLICT and a sentence in `why` when the store says otherwise. */
enum zhol_error receipt_in_store(struct store *store, const struct receipt *receipt, char *why,
                                 uint32_t size);

#endif
