/* operate/plain.h: small things about plain text: hexadecimal digits, names of fixed size. */
#ifndef ZHOL_OPERATE_PLAIN_H
#define ZHOL_OPERATE_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exactly 2 * size digits, lower case; NULL is none. */
bool hex_read(const char *text, uint8_t *bytes, size_t size);
/* 2 * size digits and a NUL. */
void hex_write(const uint8_t *bytes, size_t size, char *text);
/* Zeros that the compiler does not leave out: for passwords that have been used. */
void plain_wipe(void *bytes, size_t size);
/* Copies a name into a field of `size` bytes, cut where it must be, with its NUL. */
void plain_copy(char *out, size_t size, const char *name);

#endif
