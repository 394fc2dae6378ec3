/* migrations.c: the list of migrations (store/migrations.h).
 *
 * Why the tables are as they are: entries are only ever added at the end of one B-tree, in the
 * order of their commits, whatever their stream, so that a page is filled once and never split;
 * (stream, seq) is a narrow index beside it. Keys of commands come in no order, so their index
 * holds 16 bytes of a hash instead of the text. Blobs compare by bytes, which is the order that
 * store.h promises.
 */
#include "store/migrations.h"

static const struct migration list[] = {
    {1, "journal, claims, named values",
     "CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
     "CREATE TABLE entry (id INTEGER PRIMARY KEY, stream INTEGER NOT NULL REFERENCES stream (id),"
     " seq INTEGER NOT NULL, time_s INTEGER NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL)"
     " STRICT;"
     "CREATE UNIQUE INDEX entry_at ON entry (stream, seq);"
     "CREATE TABLE entry_key (stream INTEGER NOT NULL, digest BLOB NOT NULL, seq INTEGER NOT NULL,"
     " PRIMARY KEY (stream, digest)) STRICT, WITHOUT ROWID;"
     "CREATE TABLE claim (scope TEXT NOT NULL, key BLOB NOT NULL, holder BLOB NOT NULL,"
     " PRIMARY KEY (scope, key)) STRICT, WITHOUT ROWID;"
     "CREATE TABLE value (space TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,"
     " PRIMARY KEY (space, key)) STRICT, WITHOUT ROWID;"},
    {2, "the right to write, with an epoch",
     "CREATE TABLE owner (id INTEGER PRIMARY KEY CHECK (id = 1), epoch INTEGER NOT NULL) STRICT;"
     "INSERT INTO owner (id, epoch) VALUES (1, 0);"},
};

const struct migration *migrations(uint32_t *count)
{
    *count = (uint32_t)(sizeof list / sizeof *list);
    return list;
}
