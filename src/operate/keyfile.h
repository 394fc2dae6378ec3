/* operate/keyfile.h: a secret of 32 bytes in a file of its own.
 *
 * The vault's master key and the signing seed lie beside the store, never in it. The file holds 64
 * hexadecimal digits and a line end, mode 0600. A file that others may read is refused: a secret
 * that a neighbour knows is none.
 */
#ifndef ZHOL_OPERATE_KEYFILE_H
#define ZHOL_OPERATE_KEYFILE_H

#include <stdint.h>

#include "base/buffer.h"

#include <zhol/error.h>

#define KEY_FILE_SIZE 32

/* Reads the key, or makes file and key when there is none (two processes that make it at once get
 * the same one). NULL: a random key that dies with the process. ZHOL_ERROR_IO, ZHOL_ERROR_SYNTAX
 * (not 64 digits), ZHOL_ERROR_INVALID (readable for others); each with a finding. */
enum zhol_error key_file_open(const char *path, struct zhol_report *report,
                              uint8_t key[KEY_FILE_SIZE]);
/* Where a store's keys lie: "sqlite:FILE" and "master" give FILE.master.key; a store in memory has
 * none (the buffer stays empty: then NULL is the path). Kinds: "master" (vault), "signing". */
void key_file_path(const char *store_url, const char *kind, struct buffer *path);

#endif
