/* operate/backup_keys.h: what writing and restoring of backups share; see backup.h. */
#ifndef ZHOL_OPERATE_BACKUP_KEYS_H
#define ZHOL_OPERATE_BACKUP_KEYS_H

/* First line of a file of keys; each further one is a subject and its wrapped key in base64. */
#define BACKUP_KEYS_HEAD "zhol-keys 1\n"

/* Removes the log files that a closed store may leave beside it. */
void backup_drop_logs(const char *path);

#endif
