/* plain.c: see plain.h. */
#include "operate/plain.h"

#include <sodium.h>
#include <string.h>

bool hex_read(const char *text, uint8_t *bytes, size_t size)
{
    size_t used = 0;
    return text && strlen(text) == 2 * size && strspn(text, "0123456789abcdef") == 2 * size &&
           sodium_hex2bin(bytes, size, text, 2 * size, NULL, &used, NULL) == 0 && used == size;
}

void hex_write(const uint8_t *bytes, size_t size, char *text)
{
    sodium_bin2hex(text, 2 * size + 1, bytes, size);
}

void plain_wipe(void *bytes, size_t size)
{
    sodium_memzero(bytes, size);
}

void plain_copy(char *out, size_t size, const char *name)
{
    size_t take = strnlen(name, size - 1);
    memcpy(out, name, take);
    out[take] = '\0';
}
