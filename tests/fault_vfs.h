/* tests/fault_vfs.h: a disk in memory, as a VFS of SQLite, that behaves as badly as a disk may.
 *
 * What was written but not synced is kept apart. When the power goes (fault_cut), each 512-byte
 * sector of it survives or is lost by chance, in any order, so that writes are lost, torn and
 * reordered; files whose names were never synced may vanish. Further faults: a full disk, a read
 * that fails, and a sync that fails as Linux does it: the pages stay readable, count as clean, and
 * are never written, so that only the next power cut shows the loss.
 *
 * Use: fault_register once; fault_new empties the disk; set cut_after and the like; when the disk
 * is `off`, or when a fault came, close all connections; fault_cut throws away what was not synced
 * and switches on again. One disk at a time; any number of threads. Everything follows from `seed`.
 */
#ifndef ZHOL_TESTS_FAULT_VFS_H
#define ZHOL_TESTS_FAULT_VFS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

#include "base/random.h"

#define FAULT_VFS "zhol-fault"
enum { FAULT_FILES = 16, FAULT_REGIONS = 64, FAULT_SECTOR = 512 };

struct fault_write { /* data NULL: a truncation to `at` */
    uint8_t *data;
    uint64_t at;
    uint32_t size;
};

struct fault_image {
    uint8_t *bytes;
    uint64_t size, capacity;
};

struct fault_handle;

struct fault_file {
    char name[64];
    bool exists, name_synced;
    struct fault_image now, durable;
    struct fault_write *writes; /* since the last sync, in order */
    uint32_t write_count, write_capacity;
    /* locks and shared memory, which no disk has */
    uint32_t shared;
    struct fault_handle *reserved, *pending, *exclusive;
    void *regions[FAULT_REGIONS];
    uint32_t mapped;
    uint32_t shm_shared[SQLITE_SHM_NLOCK];
    struct fault_handle *shm_exclusive[SQLITE_SHM_NLOCK];
};

struct fault_handle {
    sqlite3_file base;
    struct fault_file *file;
    int level;
    bool mapped;
    uint16_t shm_shared, shm_exclusive;
};

struct fault_disk {
    pthread_mutex_t lock;
    struct random_stream random;
    struct fault_file files[FAULT_FILES];
    bool off;           /* the power is gone: nothing works */
    uint64_t changes;   /* writes, truncations and syncs so far */
    uint64_t cut_after; /* the power goes with this change; 0: never */
    uint64_t reads, fail_read_at;
    uint64_t syncs, fail_sync_at;
    uint64_t capacity; /* bytes on the whole disk; 0: enough */
    uint64_t lost_sectors, kept_sectors;
};

static struct fault_disk fault_disk = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* ---- images ---- */

static void fault_image_write(struct fault_image *image, uint64_t at, const uint8_t *data,
                              uint32_t size)
{
    if (at + size > image->capacity) {
        uint64_t capacity = (at + size) * 2;
        image->bytes = realloc(image->bytes, capacity);
        if (!image->bytes) {
            abort();
        }
        memset(image->bytes + image->capacity, 0, capacity - image->capacity);
        image->capacity = capacity;
    }
    memcpy(image->bytes + at, data, size);
    image->size = at + size > image->size ? at + size : image->size;
}

static void fault_image_cut(struct fault_image *image, uint64_t size)
{
    if (size < image->size) {
        memset(image->bytes + size, 0, image->size - size);
        image->size = size;
    }
}

static void fault_image_copy(struct fault_image *to, const struct fault_image *from)
{
    fault_image_cut(to, 0);
    if (from->size) {
        fault_image_write(to, 0, from->bytes, (uint32_t)from->size);
    }
}

static void fault_apply(struct fault_image *image, const struct fault_write *write)
{
    if (write->data) {
        fault_image_write(image, write->at, write->data, write->size);
    } else {
        fault_image_cut(image, write->at);
    }
}

static void fault_forget(struct fault_file *file)
{
    for (uint32_t i = 0; i < file->write_count; i++) {
        free(file->writes[i].data);
    }
    file->write_count = 0;
}

static void fault_remember(struct fault_file *file, const void *data, uint64_t at, uint32_t size)
{
    if (file->write_count == file->write_capacity) {
        file->write_capacity = file->write_capacity ? 2 * file->write_capacity : 64;
        file->writes = realloc(file->writes, file->write_capacity * sizeof *file->writes);
    }
    uint8_t *copy = data ? malloc(size ? size : 1) : NULL;
    if (!file->writes || (data && !copy)) {
        abort();
    }
    if (copy) {
        memcpy(copy, data, size);
    }
    file->writes[file->write_count++] = (struct fault_write){copy, at, size};
    fault_apply(&file->now, &file->writes[file->write_count - 1]);
}

static void fault_empty(struct fault_file *file)
{
    fault_forget(file);
    free(file->writes);
    free(file->now.bytes);
    free(file->durable.bytes);
    for (uint32_t i = 0; i < FAULT_REGIONS; i++) {
        free(file->regions[i]);
    }
    memset(file, 0, sizeof *file);
}

/* ---- the power ---- */

/* A truncation happened or not; of a write, each sector by itself. */
static void fault_survive(struct fault_file *file, const struct fault_write *write, double chance)
{
    struct fault_disk *disk = &fault_disk;
    if (!write->data) {
        if (random_uniform(&disk->random) < chance) {
            fault_apply(&file->durable, write);
        }
        return;
    }
    for (uint32_t done = 0; done < write->size;) {
        uint32_t part = FAULT_SECTOR - (uint32_t)((write->at + done) % FAULT_SECTOR);
        part = part > write->size - done ? write->size - done : part;
        if (random_uniform(&disk->random) < chance) {
            fault_image_write(&file->durable, write->at + done, write->data + done, part);
            disk->kept_sectors++;
        } else {
            disk->lost_sectors++;
        }
        done += part;
    }
}

static void fault_lose(struct fault_file *file)
{
    static const double chances[] = {0, 0.1, 0.5, 0.9, 1};
    struct fault_disk *disk = &fault_disk;
    double chance = chances[random_below(&disk->random, 5)];
    bool reorder = random_below(&disk->random, 2);
    for (uint32_t left = file->write_count; left; left--) {
        uint32_t i = reorder ? random_below(&disk->random, left) : 0;
        struct fault_write write = file->writes[i];
        fault_survive(file, &write, chance);
        free(write.data);
        memmove(&file->writes[i], &file->writes[i + 1], (left - 1 - i) * sizeof write);
    }
    file->write_count = 0;
    if (file->exists && !file->name_synced && random_below(&disk->random, 2)) {
        file->exists = false;
        fault_image_cut(&file->durable, 0);
    }
    fault_image_copy(&file->now, &file->durable);
    file->shared = file->mapped = 0;
    file->reserved = file->pending = file->exclusive = NULL;
}

/* Throws away what was not synced, and switches on again without any fault. All connections must be
 * closed. */
static inline void fault_cut(void)
{
    struct fault_disk *disk = &fault_disk;
    for (uint32_t i = 0; i < FAULT_FILES; i++) {
        if (disk->files[i].name[0]) {
            fault_lose(&disk->files[i]);
        }
    }
    disk->off = false;
    disk->cut_after = disk->fail_read_at = disk->fail_sync_at = disk->capacity = 0;
    disk->changes = disk->reads = disk->syncs = 0;
}

static inline void fault_new(uint64_t seed)
{
    struct fault_disk *disk = &fault_disk;
    for (uint32_t i = 0; i < FAULT_FILES; i++) {
        fault_empty(&disk->files[i]);
    }
    random_start(&disk->random, seed, 0);
    fault_cut();
    disk->lost_sectors = disk->kept_sectors = 0;
}

/* Counts a change; false: the power is gone, perhaps just now. */
static bool fault_power(void)
{
    struct fault_disk *disk = &fault_disk;
    if (!disk->off && ++disk->changes == disk->cut_after) {
        disk->off = true;
    }
    return !disk->off;
}

/* ---- files: bytes ---- */

static struct fault_handle *fault_of(sqlite3_file *file)
{
    return (struct fault_handle *)file;
}

static int fault_read(sqlite3_file *base, void *out, int size, sqlite3_int64 at)
{
    struct fault_disk *disk = &fault_disk;
    struct fault_image *image = &fault_of(base)->file->now;
    int code = SQLITE_OK;
    pthread_mutex_lock(&disk->lock);
    if (disk->off || ++disk->reads == disk->fail_read_at) {
        code = SQLITE_IOERR_READ;
    } else {
        uint64_t from = (uint64_t)at, have = from < image->size ? image->size - from : 0;
        size_t part = have < (uint64_t)size ? (size_t)have : (size_t)size;
        if (part) {
            memcpy(out, image->bytes + from, part);
        }
        memset((char *)out + part, 0, (size_t)size - part);
        code = part < (size_t)size ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
    }
    pthread_mutex_unlock(&disk->lock);
    return code;
}

static uint64_t fault_used(void)
{
    uint64_t used = 0;
    for (uint32_t i = 0; i < FAULT_FILES; i++) {
        used += fault_disk.files[i].now.size;
    }
    return used;
}

static int fault_write(sqlite3_file *base, const void *data, int size, sqlite3_int64 at)
{
    struct fault_disk *disk = &fault_disk;
    struct fault_file *file = fault_of(base)->file;
    uint64_t end = (uint64_t)at + (uint64_t)size;
    int code = SQLITE_OK;
    pthread_mutex_lock(&disk->lock);
    bool was_on = !disk->off;
    if (!fault_power()) {
        code = SQLITE_IOERR_WRITE;
        if (was_on) { /* the write in hand may have begun */
            fault_remember(file, data, (uint64_t)at, random_below(&disk->random, (uint32_t)size));
        }
    } else if (disk->capacity && end > file->now.size &&
               fault_used() + end - file->now.size > disk->capacity) {
        code = SQLITE_FULL;
    } else {
        fault_remember(file, data, (uint64_t)at, (uint32_t)size);
    }
    pthread_mutex_unlock(&disk->lock);
    return code;
}

static int fault_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct fault_file *file = fault_of(base)->file;
    pthread_mutex_lock(&fault_disk.lock);
    bool on = fault_power();
    if (on) {
        fault_remember(file, NULL, (uint64_t)size, 0);
    }
    pthread_mutex_unlock(&fault_disk.lock);
    return on ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int fault_sync(sqlite3_file *base, int flags)
{
    struct fault_disk *disk = &fault_disk;
    struct fault_file *file = fault_of(base)->file;
    int code = SQLITE_OK;
    (void)flags;
    pthread_mutex_lock(&disk->lock);
    if (!fault_power()) {
        code = SQLITE_IOERR_FSYNC;
    } else if (++disk->syncs == disk->fail_sync_at) {
        code = SQLITE_IOERR_FSYNC;
        fault_forget(file); /* readable, but never to be written */
    } else {
        for (uint32_t i = 0; i < file->write_count; i++) {
            fault_apply(&file->durable, &file->writes[i]);
        }
        fault_forget(file);
        file->name_synced = true;
    }
    pthread_mutex_unlock(&disk->lock);
    return code;
}

static int fault_size(sqlite3_file *base, sqlite3_int64 *size)
{
    pthread_mutex_lock(&fault_disk.lock);
    *size = (sqlite3_int64)fault_of(base)->file->now.size;
    bool off = fault_disk.off;
    pthread_mutex_unlock(&fault_disk.lock);
    return off ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

/* ---- files: locks ---- */

static int fault_lock(sqlite3_file *base, int level)
{
    struct fault_handle *handle = fault_of(base);
    struct fault_file *file = handle->file;
    int code = SQLITE_OK;
    pthread_mutex_lock(&fault_disk.lock);
    if (handle->level >= level) {
        code = SQLITE_OK;
    } else if (level == SQLITE_LOCK_SHARED) {
        code = file->pending || file->exclusive ? SQLITE_BUSY : SQLITE_OK;
        file->shared += code == SQLITE_OK;
        handle->level = code == SQLITE_OK ? level : handle->level;
    } else if (file->reserved && file->reserved != handle) {
        code = SQLITE_BUSY;
    } else {
        file->reserved = handle;
        handle->level = SQLITE_LOCK_RESERVED;
        if (level == SQLITE_LOCK_EXCLUSIVE) {
            file->pending = handle;
            handle->level = SQLITE_LOCK_PENDING;
            code = file->shared > 1 ? SQLITE_BUSY : SQLITE_OK;
            if (code == SQLITE_OK) {
                file->exclusive = handle;
                handle->level = level;
            }
        }
    }
    pthread_mutex_unlock(&fault_disk.lock);
    return code;
}

static int fault_unlock(sqlite3_file *base, int level)
{
    struct fault_handle *handle = fault_of(base);
    struct fault_file *file = handle->file;
    pthread_mutex_lock(&fault_disk.lock);
    file->reserved = file->reserved == handle ? NULL : file->reserved;
    file->pending = file->pending == handle ? NULL : file->pending;
    file->exclusive = file->exclusive == handle ? NULL : file->exclusive;
    if (level == SQLITE_LOCK_NONE && handle->level >= SQLITE_LOCK_SHARED) {
        file->shared--;
    }
    handle->level = handle->level < level ? handle->level : level;
    pthread_mutex_unlock(&fault_disk.lock);
    return SQLITE_OK;
}

static int fault_reserved(sqlite3_file *base, int *reserved)
{
    pthread_mutex_lock(&fault_disk.lock);
    *reserved = fault_of(base)->file->reserved != NULL;
    pthread_mutex_unlock(&fault_disk.lock);
    return SQLITE_OK;
}

/* ---- files: shared memory of the log's index ---- */

static int fault_shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **at)
{
    struct fault_handle *handle = fault_of(base);
    struct fault_file *file = handle->file;
    int code = SQLITE_OK;
    pthread_mutex_lock(&fault_disk.lock);
    if (!handle->mapped) {
        handle->mapped = true;
        if (file->mapped++ == 0) { /* the first one finds it empty, as after a start */
            for (uint32_t i = 0; i < FAULT_REGIONS; i++) {
                free(file->regions[i]);
                file->regions[i] = NULL;
            }
            memset(file->shm_shared, 0, sizeof file->shm_shared);
            memset(file->shm_exclusive, 0, sizeof file->shm_exclusive);
        }
    }
    if (region >= FAULT_REGIONS) {
        code = SQLITE_IOERR_SHMMAP;
    } else if (!file->regions[region] && extend) {
        file->regions[region] = calloc(1, (size_t)size);
    }
    *at = region < FAULT_REGIONS ? file->regions[region] : NULL;
    pthread_mutex_unlock(&fault_disk.lock);
    return code;
}

static bool fault_shm_free(const struct fault_handle *handle, int slot, bool exclusive)
{
    const struct fault_file *file = handle->file;
    uint32_t own = handle->shm_shared >> slot & 1;
    bool held = file->shm_exclusive[slot] && file->shm_exclusive[slot] != handle;
    return !held && (!exclusive || file->shm_shared[slot] == own);
}

static void fault_shm_set(struct fault_handle *handle, int slot, int flags)
{
    struct fault_file *file = handle->file;
    uint16_t bit = (uint16_t)(1u << slot);
    if (flags & SQLITE_SHM_EXCLUSIVE) {
        bool lock = (flags & SQLITE_SHM_LOCK) != 0;
        file->shm_exclusive[slot] = lock ? handle : NULL;
        handle->shm_exclusive =
            (uint16_t)(lock ? handle->shm_exclusive | bit : handle->shm_exclusive & ~bit);
    } else if ((flags & SQLITE_SHM_LOCK) && !(handle->shm_shared & bit)) {
        file->shm_shared[slot]++;
        handle->shm_shared |= bit;
    } else if (!(flags & SQLITE_SHM_LOCK) && (handle->shm_shared & bit)) {
        file->shm_shared[slot]--;
        handle->shm_shared = (uint16_t)(handle->shm_shared & ~bit);
    }
}

static int fault_shm_lock(sqlite3_file *base, int first, int count, int flags)
{
    struct fault_handle *handle = fault_of(base);
    bool lock = (flags & SQLITE_SHM_LOCK) != 0, free_all = true;
    pthread_mutex_lock(&fault_disk.lock);
    for (int i = first; i < first + count && lock; i++) {
        free_all &= fault_shm_free(handle, i, (flags & SQLITE_SHM_EXCLUSIVE) != 0);
    }
    for (int i = first; i < first + count && free_all; i++) {
        fault_shm_set(handle, i, flags);
    }
    pthread_mutex_unlock(&fault_disk.lock);
    return free_all ? SQLITE_OK : SQLITE_BUSY;
}

static void fault_shm_barrier(sqlite3_file *base)
{
    (void)base;
    pthread_mutex_lock(&fault_disk.lock);
    pthread_mutex_unlock(&fault_disk.lock);
}

static int fault_shm_unmap(sqlite3_file *base, int delete)
{
    struct fault_handle *handle = fault_of(base);
    (void)delete;
    pthread_mutex_lock(&fault_disk.lock);
    if (handle->mapped) {
        for (int i = 0; i < SQLITE_SHM_NLOCK; i++) {
            fault_shm_set(handle, i, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED);
            if (handle->shm_exclusive >> i & 1) {
                fault_shm_set(handle, i, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
            }
        }
        handle->mapped = false;
        handle->file->mapped -= handle->file->mapped > 0;
    }
    pthread_mutex_unlock(&fault_disk.lock);
    return SQLITE_OK;
}

/* ---- files: the rest ---- */

static int fault_close(sqlite3_file *base)
{
    fault_shm_unmap(base, 0);
    return fault_unlock(base, SQLITE_LOCK_NONE);
}

static int fault_control(sqlite3_file *base, int what, void *argument)
{
    (void)base;
    (void)what;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int fault_sector(sqlite3_file *base)
{
    (void)base;
    return 4096;
}

/* As the system's VFS says: a torn write leaves bytes beside it alone. */
static int fault_character(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* ---- the file system ---- */

static struct fault_file *fault_find(const char *name, bool make)
{
    struct fault_file *unused = NULL;
    for (uint32_t i = 0; i < FAULT_FILES; i++) {
        struct fault_file *file = &fault_disk.files[i];
        if (name && strcmp(file->name, name) == 0) {
            return file;
        }
        unused = !unused && !file->name[0] && !file->exists ? file : unused;
    }
    if (make && unused && name) {
        strncpy(unused->name, name, sizeof unused->name - 1);
    }
    return make ? unused : NULL;
}

static int fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out)
{
    static const sqlite3_io_methods methods = {2,
                                               fault_close,
                                               fault_read,
                                               fault_write,
                                               fault_truncate,
                                               fault_sync,
                                               fault_size,
                                               fault_lock,
                                               fault_unlock,
                                               fault_reserved,
                                               fault_control,
                                               fault_sector,
                                               fault_character,
                                               fault_shm_map,
                                               fault_shm_lock,
                                               fault_shm_barrier,
                                               fault_shm_unmap,
                                               NULL,
                                               NULL};
    struct fault_handle *handle = (struct fault_handle *)base;
    (void)vfs;
    memset(handle, 0, sizeof *handle);
    pthread_mutex_lock(&fault_disk.lock);
    struct fault_file *file = fault_find(name, (flags & SQLITE_OPEN_CREATE) != 0);
    bool good = file && !fault_disk.off && (file->exists || (flags & SQLITE_OPEN_CREATE));
    if (good) {
        file->exists = true;
        handle->base.pMethods = &methods;
        handle->file = file;
    }
    pthread_mutex_unlock(&fault_disk.lock);
    if (out) {
        *out = flags;
    }
    return good ? SQLITE_OK : SQLITE_CANTOPEN;
}

/* SQLite deletes rollback journals only, with a synced folder. */
static int fault_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    (void)sync;
    pthread_mutex_lock(&fault_disk.lock);
    struct fault_file *file = fault_find(name, false);
    bool on = fault_power();
    if (on && file) {
        fault_forget(file);
        fault_image_cut(&file->now, 0);
        fault_image_cut(&file->durable, 0);
        file->exists = file->name_synced = false;
    }
    pthread_mutex_unlock(&fault_disk.lock);
    return !on ? SQLITE_IOERR_DELETE : file ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

static int fault_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    (void)vfs;
    (void)flags;
    pthread_mutex_lock(&fault_disk.lock);
    struct fault_file *file = fault_find(name, false);
    *out = file && file->exists && (flags != SQLITE_ACCESS_EXISTS || file->now.size > 0);
    pthread_mutex_unlock(&fault_disk.lock);
    return SQLITE_OK;
}

static int fault_full_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

static int fault_randomness(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    pthread_mutex_lock(&fault_disk.lock);
    for (int i = 0; i < size; i++) {
        out[i] = (char)random_below(&fault_disk.random, 256);
    }
    pthread_mutex_unlock(&fault_disk.lock);
    return size;
}

static int fault_sleep(sqlite3_vfs *vfs, int us)
{
    struct timespec pause = {us / 1000000, us % 1000000 * 1000L};
    (void)vfs;
    nanosleep(&pause, NULL);
    return us;
}

static int fault_time(sqlite3_vfs *vfs, sqlite3_int64 *now)
{
    (void)vfs;
    *now = 212000000000000;
    return SQLITE_OK;
}

static inline void fault_register(void)
{
    static sqlite3_vfs vfs = {.iVersion = 2,
                              .szOsFile = sizeof(struct fault_handle),
                              .mxPathname = 60,
                              .zName = FAULT_VFS,
                              .xOpen = fault_open,
                              .xDelete = fault_delete,
                              .xAccess = fault_access,
                              .xFullPathname = fault_full_name,
                              .xRandomness = fault_randomness,
                              .xSleep = fault_sleep,
                              .xCurrentTimeInt64 = fault_time};
    sqlite3_vfs_register(&vfs, 0);
}

#endif
