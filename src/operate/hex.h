/* operate/hex.h: bytes as lower-case hexadecimal digits, strictly. */
#ifndef ZHOL_OPERATE_HEX_H
#define ZHOL_OPERATE_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exactly 2 * size digits, lower case; NULL is none. */
bool hex_read(const char *text, uint8_t *bytes, size_t size);

#endif
