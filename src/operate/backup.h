/* operate/backup.h: copies of a store, and the way back.
 *
 * A backup is two files: FILE, the whole store but the keys of subjects, and FILE.keys, those keys,
 * each wrapped by the master key (mode 0600). So a backup alone holds no personal data that anybody
 * can read; with it, the newest key file and the master key all is there again. Keep old backups as
 * long as you like, and of the key files only the newest: a subject that was erased meanwhile is
 * not in it. The master key and the signing key are in neither: they belong in a safe.
 *
 * A backup is consistent and is made while a server writes. A restore verifies the backup first
 * (chain and order, as `zhol audit` does) on a copy beside its place, upgrades it if it is of an
 * older version, gives no key back to a subject that its journal says was erased, and then takes
 * the place of the store in one rename.
 */
#ifndef ZHOL_OPERATE_BACKUP_H
#define ZHOL_OPERATE_BACKUP_H

#include "operate/audit.h"

/* Writes `path` and, unless it is NULL, `keys_path`; progress as in store_backup. Existing files
 * are replaced when the new ones are complete. */
enum zhol_error backup_write(struct store *store, const char *path, const char *keys_path,
                             void (*progress)(void *, uint64_t done, uint64_t total), void *context,
                             struct zhol_report *report);

struct restore_options {
    const char *keys_path; /* NULL: personal fields stay unreadable */
    bool force;            /* an existing store is put aside as PATH.replaced */
    void (*progress)(void *context, uint64_t done, uint64_t of);
    void *context;
};
struct restore_counts {
    struct audit_counts audit;
    uint64_t keys, keys_left; /* given back; left out, since erased or unknown */
    bool replaced;            /* a store was put aside */
};
/* ZHOL_ERROR_DUPLICATE: there is a store at `path` and force is not set; ZHOL_ERROR_INVALID: the
 * backup does not verify; ZHOL_ERROR_CONFLICT: of a newer version or no store; ZHOL_ERROR_IO. The
 * place is untouched unless OK. */
enum zhol_error backup_restore(const char *backup, const char *path,
                               const struct restore_options *options, struct restore_counts *counts,
                               struct zhol_report *report);

#endif
