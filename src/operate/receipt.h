/* operate/receipt.h: signed receipts: what the operator said, so that he cannot say another thing
 * later.
 *
 * A receipt is one JSON object: {"kind":"zhol-receipt","version":1,"stream":..,"seq":..,"hash":"<64
 * hex of the
 * entry>","prev":..,"time":..,"command":..,"place":..,"outcome":"done|<refusal>","slot":..,"number":..,
 * "key":"<64 hex of the public key>","signature":"<128 hex>"}; the signature (Ed25519, RFC 8032) is
 * over the object without its signature, written canonically. Places and refusals both get one. Two
 * receipts of one stream and seq with different hashes prove that the history was forked.
 */
#ifndef ZHOL_OPERATE_RECEIPT_H
#define ZHOL_OPERATE_RECEIPT_H

#include "operate/operation.h"

struct signer;
/* The signing key lies in a file (0600) beside the store, made when missing; NULL: a random one. */
enum zhol_error signer_open(const char *key_path, struct zhol_report *report,
                            struct signer **signer);
void signer_close(struct signer *signer);
void signer_public(const struct signer *signer, uint8_t key[32]);
enum zhol_error signer_sign(const struct signer *signer, struct text_view bytes,
                            uint8_t signature[64]);

/* The receipt of an entry, canonical, with signature. About 30 us: may be made by many threads. */
enum zhol_error receipt_write(const struct signer *signer, const struct entry *entry,
                              const uint8_t hash[HASH_SIZE], struct buffer *json);
struct receipt {
    char stream[COMMAND_NAME_SIZE], command[COMMAND_NAME_SIZE], outcome[COMMAND_NAME_SIZE];
    uint64_t seq, place, number;
    int64_t time_s, slot_s;
    uint8_t hash[HASH_SIZE], prev[HASH_SIZE], key[32];
};
/* Reads and verifies offline. `trusted` (32 bytes) or NULL to accept the key inside and say so.
 * ZHOL_ERROR_SYNTAX, ZHOL_ERROR_INVALID (signature), ZHOL_ERROR_UNKNOWN (not the trusted key). */
enum zhol_error receipt_verify(struct text_view json, const uint8_t *trusted,
                               struct receipt *receipt, struct zhol_report *report);
/* True when both are of one stream and key and contradict: same seq and other hash, or a seq whose
 * entry in `store` (may be NULL) has another hash. `why` says it in a sentence. */
bool receipt_forked(const struct receipt *a, const struct receipt *b, char *why, uint32_t size);

#endif
