/* store/migrations.h: how the tables came to be, step by step.
 *
 * Migrations are numbered from 1 without gaps and never changed once released: a new table or
 * column is a new migration at the end. A store carries the number of its last one (SQLite:
 * user_version); an older store is brought up one migration a transaction, so that a power cut in
 * between leaves a store of a known number. `sqlite` is the text for SQLite; another driver adds
 * its own column here.
 */
#ifndef ZHOL_STORE_MIGRATIONS_H
#define ZHOL_STORE_MIGRATIONS_H

#include <stdint.h>

struct migration {
    uint32_t number;
    const char *what; /* for people: "store upgraded from 1 to 2: ..." */
    const char *sqlite;
};

/* All migrations, in order; the last one's number is the version that this program writes. */
const struct migration *migrations(uint32_t *count);

#endif
