/* test_vault.c: sealing, erasing, fingerprints, masks, key files, retention and backups: personal
 * data is readable for those who may, and gone when it must be.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "border.h"

#include "base/file.h"
#include "operate/backup.h"
#include "operate/keyfile.h"
#include "operate/retention.h"

static void forget(const char *path)
{
    static const char *const suffixes[] = {"",          "-wal",        "-shm",      ".keys",
                                           ".replaced", ".master.key", ".restoring"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

static char *find_bytes(char *bytes, size_t size, const char *what, size_t what_size)
{
    for (size_t i = 0; i + what_size <= size; i++) {
        if (memcmp(bytes + i, what, what_size) == 0) {
            return bytes + i;
        }
    }
    return NULL;
}

static struct text_view view_of(const struct buffer *buffer)
{
    return (struct text_view){buffer_get(buffer), (uint32_t)buffer->size};
}

static struct store *memory_store(void)
{
    struct store *store = NULL;
    border_must(store_open("memory:", NULL, NULL, &store), "store");
    return store;
}

static void put(struct store *store, uint64_t subject, struct text_view sealed)
{
    border_must(store_begin(store), "begin");
    border_must(vault_put(store, subject, sealed), "put");
    border_must(store_commit(store), "commit");
}

/* ---- sealing ---- */

static void what_is_sealed_is_read_again(void)
{
    struct store *store = memory_store();
    struct vault *vault = NULL;
    struct buffer sealed = {0}, again = {0}, json = {0};
    static const char fields[] = "{\"plate\":\"777ABC02\",\"name\":\"Айгүл\"}";
    CHECK_INT_EQ(vault_open(store, NULL, NULL, &vault), ZHOL_ERROR_OK);
    CHECK_INT_EQ(vault_seal(vault, 7, text_view_of(fields), &sealed), ZHOL_ERROR_OK);
    CHECK_INT_EQ(vault_seal(vault, 7, text_view_of(fields), &again), ZHOL_ERROR_OK);
    CHECK(memcmp(sealed.bytes, again.bytes, sealed.size) != 0);
    CHECK(!find_bytes(sealed.bytes, sealed.size, "777ABC02", 8));
    put(store, 7, view_of(&sealed));
    CHECK_INT_EQ(vault_read(vault, 7, &json), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&json), fields);
    CHECK_INT_EQ(vault_unseal(vault, 7, view_of(&sealed), &json), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&json), fields);
    CHECK_INT_EQ(vault_unseal(vault, 8, view_of(&sealed), &json), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(vault_read(vault, 8, &json), ZHOL_ERROR_UNKNOWN);
    /* new fields replace the old ones */
    CHECK_INT_EQ(vault_seal(vault, 7, TEXT("{}"), &sealed), ZHOL_ERROR_OK);
    put(store, 7, view_of(&sealed));
    CHECK_INT_EQ(vault_read(vault, 7, &json), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&json), "{}");
    vault_close(vault);
    store_close(store);
    buffer_clear(&sealed);
    buffer_clear(&again);
    buffer_clear(&json);
}

static void every_changed_bit_is_found(void)
{
    struct store *store = memory_store();
    struct vault *vault = NULL;
    struct buffer sealed = {0}, json = {0};
    uint32_t missed = 0;
    border_must(vault_open(store, NULL, NULL, &vault), "vault");
    border_must(vault_seal(vault, 9, TEXT("{\"vin\":\"1M8GDM9AXKP042788\"}"), &sealed), "seal");
    for (size_t i = 0; i < sealed.size * 8; i++) {
        sealed.bytes[i / 8] = (char)(sealed.bytes[i / 8] ^ (1 << i % 8));
        missed += vault_unseal(vault, 9, view_of(&sealed), &json) == ZHOL_ERROR_OK;
        sealed.bytes[i / 8] = (char)(sealed.bytes[i / 8] ^ (1 << i % 8));
    }
    CHECK_INT_EQ(missed, 0);
    for (uint32_t size = 0; size < sealed.size; size++) {
        struct text_view cut = {sealed.bytes, size};
        missed += vault_unseal(vault, 9, cut, &json) == ZHOL_ERROR_OK;
    }
    CHECK_INT_EQ(missed, 0);
    vault_close(vault);
    store_close(store);
    buffer_clear(&sealed);
    buffer_clear(&json);
}

/* Fields of one subject cannot be passed off as another's in the store. */
static void fields_stay_with_their_subject(void)
{
    struct store *store = memory_store();
    struct vault *vault = NULL;
    struct buffer sealed = {0}, json = {0};
    border_must(vault_open(store, NULL, NULL, &vault), "vault");
    border_must(vault_seal(vault, 1, TEXT("{\"name\":\"one\"}"), &sealed), "seal");
    put(store, 2, view_of(&sealed));
    CHECK_INT_EQ(vault_read(vault, 2, &json), ZHOL_ERROR_INVALID);
    vault_close(vault);
    store_close(store);
    buffer_clear(&sealed);
    buffer_clear(&json);
}

static void erased_is_gone(void)
{
    struct store *store = memory_store();
    struct vault *vault = NULL;
    struct buffer sealed = {0}, json = {0};
    border_must(vault_open(store, NULL, NULL, &vault), "vault");
    border_must(vault_seal(vault, 5, TEXT("{\"phone\":\"+77010000000\"}"), &sealed), "seal");
    put(store, 5, view_of(&sealed));
    for (int i = 0; i < 2; i++) { /* twice is fine */
        border_must(store_begin(store), "begin");
        CHECK_INT_EQ(vault_erase(store, 5), ZHOL_ERROR_OK);
        border_must(store_commit(store), "commit");
    }
    CHECK_INT_EQ(vault_read(vault, 5, &json), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(store_get(store, "vault", TEXT("0000000000000005"), &json), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(store_get(store, "vault_key", TEXT("0000000000000005"), &json),
                 ZHOL_ERROR_UNKNOWN);
    vault_close(vault);
    store_close(store);
    buffer_clear(&sealed);
    buffer_clear(&json);
}

/* ---- fingerprints and masks ---- */

static void fingerprints_know_equal_from_different(void)
{
    struct store *store = memory_store();
    struct vault *a = NULL, *b = NULL;
    char one[33], two[33];
    border_must(vault_open(store, NULL, NULL, &a), "vault");
    border_must(vault_open(store, NULL, NULL, &b), "vault");
    vault_fingerprint(a, "plate", TEXT("777 ABC 02"), one);
    vault_fingerprint(a, "plate", TEXT("777abc-02"), two);
    CHECK_STR_EQ(one, two);
    CHECK_INT_EQ(strlen(one), 32);
    vault_fingerprint(a, "plate", TEXT("777аВС02"), two); /* typed on a Cyrillic keyboard */
    CHECK_STR_EQ(one, two);
    vault_fingerprint(a, "plate", TEXT("777ABC03"), two);
    CHECK(strcmp(one, two) != 0);
    vault_fingerprint(a, "vin", TEXT("777ABC02"), two);
    CHECK(strcmp(one, two) != 0);
    vault_fingerprint(b, "plate", TEXT("777ABC02"), two);
    CHECK(strcmp(one, two) != 0); /* another key */
    vault_fingerprint(a, "plate", TEXT("新A12345"), one);
    vault_fingerprint(a, "plate", TEXT("新A·12345"), two);
    CHECK_STR_EQ(one, two);
    vault_close(a);
    vault_close(b);
    store_close(store);
}

static void masks_hide(void)
{
    static const char *const pairs[][2] = {
        {"777ABC02", "777*****"},
        {"777 ABC 02", "777*****"},
        {"01KG123ABC", "01K*******"},
        {"新A12345", "新A1****"},
        {"A123B", "A1***"},
        {"AB1", "A**"},
        {"7", "*"},
        {"", ""},
        {"12345678901234567890", "123*******"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char masked[32];
        vault_mask_plate(text_view_of(pairs[i][0]), masked);
        CHECK_STR_EQ(masked, pairs[i][1]);
    }
}

static void ids_are_new(void)
{
    uint64_t last = 0;
    for (int i = 0; i < 1000; i++) {
        uint64_t id = vault_new_id();
        CHECK(id != 0 && id != last);
        last = id;
    }
}

/* ---- key files ---- */

static void write_text(const char *path, const char *text, mode_t mode)
{
    unlink(path);
    int file = open(path, O_WRONLY | O_CREAT, 0600);
    if (file < 0 || write(file, text, strlen(text)) != (ssize_t)strlen(text)) {
        exit(1);
    }
    close(file);
    chmod(path, mode);
}

static void key_files_are_made_once_and_guarded(void)
{
    uint8_t one[KEY_FILE_SIZE], two[KEY_FILE_SIZE];
    struct stat about;
    struct buffer path = {0};
    forget("vault");
    unlink("vault.key");
    CHECK_INT_EQ(key_file_open("vault.key", NULL, one), ZHOL_ERROR_OK);
    CHECK_INT_EQ(key_file_open("vault.key", NULL, two), ZHOL_ERROR_OK);
    CHECK(memcmp(one, two, sizeof one) == 0);
    CHECK(stat("vault.key", &about) == 0 && (about.st_mode & 0777) == 0600);
    chmod("vault.key", 0640);
    CHECK_INT_EQ(key_file_open("vault.key", NULL, two), ZHOL_ERROR_INVALID);
    write_text("vault.key", "abc\n", 0600);
    CHECK_INT_EQ(key_file_open("vault.key", NULL, two), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(key_file_open("no/such/folder/key", NULL, two), ZHOL_ERROR_IO);
    key_file_path("sqlite:a/b.db", "master", &path);
    CHECK_STR_EQ(buffer_get(&path), "a/b.db.master.key");
    key_file_path("memory:", "master", &path);
    CHECK_STR_EQ(buffer_get(&path), "");
    buffer_clear(&path);
    unlink("vault.key");
}

static void a_wrong_master_key_is_found(void)
{
    struct store *store = memory_store();
    struct vault *vault = NULL;
    struct zhol_report report;
    zhol_report_init(&report, 0);
    unlink("one.key");
    unlink("two.key");
    CHECK_INT_EQ(vault_open(store, "one.key", &report, &vault), ZHOL_ERROR_OK);
    vault_close(vault);
    CHECK_INT_EQ(vault_open(store, "one.key", &report, &vault), ZHOL_ERROR_OK);
    vault_close(vault);
    CHECK_INT_EQ(vault_open(store, "two.key", &report, &vault), ZHOL_ERROR_CONFLICT);
    CHECK_INT_EQ(report.count, 1);
    store_close(store);
    zhol_report_clear(&report);
    unlink("one.key");
    unlink("two.key");
}

/* ---- erasing by a command, by retention ---- */

static enum zhol_error readable(struct border *border, uint64_t subject)
{
    struct buffer json = {0};
    enum zhol_error error = vault_read(border->vault, subject, &json);
    buffer_clear(&json);
    return error;
}

static void audit_holds(struct border *border)
{
    struct audit_counts counts;
    struct buffer lines = {0};
    CHECK_INT_EQ(audit_run(border->store, &counts, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(audit_export(border->store, NULL, &lines), ZHOL_ERROR_OK);
    CHECK_INT_EQ(audit_public(view_of(&lines), &counts, NULL), ZHOL_ERROR_OK);
    buffer_clear(&lines);
}

static void an_erased_driver_leaves_a_true_journal(void)
{
    struct border border = {0};
    struct command erase = {.kind = COMMAND_subject_erase,
                            .stream = "registry",
                            .role = ROLE_operator,
                            .subject = 0xD6};
    border_open(&border, "memory:");
    border_play(&border);
    CHECK_INT_EQ(readable(&border, 0xD6), ZHOL_ERROR_OK);
    CHECK(!border_send(&border, erase));
    CHECK_INT_EQ(readable(&border, 0xD6), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(readable(&border, 0xD5), ZHOL_ERROR_OK);
    audit_holds(&border);
    border_close(&border);
}

static uint32_t step_all(struct border *border)
{
    uint32_t applied = 0, all = 0;
    do {
        border_must(operation_step(border->operation, &applied), "step");
        all += applied;
    } while (applied);
    return all;
}

static void retention_erases_when_due(void)
{
    struct border border = {0};
    struct retention_counts counts;
    border_open(&border, "memory:");
    border_play(&border);
    /* Places that still run are ended, but for one. */
    uint64_t last = 0xF00 + border.places; /* of 6, at KOLZHAT */
    border.now_s = BORDER_SLOT0 + 24 * 3600;
    border_do(&border, "NURZHOLY", COMMAND_sweep, 0);
    CHECK_INT_EQ(retention_step(border.operation, 0, &counts), ZHOL_ERROR_OK);
    CHECK_INT_EQ(counts.looked_at, 12);
    CHECK_INT_EQ(counts.due, 0);
    border.now_s = BORDER_SLOT0 + 31 * 86400LL; /* drivers after 30 days, vehicles after 60 */
    CHECK_INT_EQ(retention_step(border.operation, 2, &counts), ZHOL_ERROR_OK);
    CHECK_INT_EQ(counts.asked, 2);
    CHECK(counts.due >= 2);
    CHECK_INT_EQ(step_all(&border), 2);
    CHECK_INT_EQ(retention_step(border.operation, 0, &counts), ZHOL_ERROR_OK);
    CHECK_INT_EQ(counts.asked, counts.due);
    step_all(&border);
    CHECK_INT_EQ(readable(&border, 0xD1), ZHOL_ERROR_UNKNOWN); /* cleared a month ago */
    CHECK_INT_EQ(readable(&border, 0xA1), ZHOL_ERROR_OK);      /* a vehicle: later */
    CHECK_INT_EQ(readable(&border, 0xD6), ZHOL_ERROR_OK);      /* still has a place */
    CHECK_INT_EQ(readable(&border, 0xD2), ZHOL_ERROR_UNKNOWN); /* missed its call a month ago */
    CHECK_INT_EQ(readable(&border, 0xC1), ZHOL_ERROR_OK);      /* carriers only on request */
    CHECK_INT_EQ(retention_step(border.operation, 0, &counts), ZHOL_ERROR_OK);
    CHECK_INT_EQ(counts.due, 0);
    CHECK(!border_do(&border, "KOLZHAT", COMMAND_sweep, 0));
    border_do(&border, "KOLZHAT", COMMAND_cancel, last);
    border.now_s += 61 * 86400LL;
    CHECK_INT_EQ(retention_step(border.operation, 0, &counts), ZHOL_ERROR_OK);
    step_all(&border);
    CHECK_INT_EQ(readable(&border, 0xA1), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(readable(&border, 0xD6), ZHOL_ERROR_UNKNOWN);
    audit_holds(&border);
    border_close(&border);
}

/* ---- backups ---- */

static bool file_holds(const char *path, const char *text, size_t size)
{
    struct file_data data;
    border_must(file_read(path, 0, &data, NULL), path);
    bool holds = find_bytes(data.bytes, data.size, text, size) != NULL;
    file_clear(&data);
    return holds;
}

static void open_vault_at(struct border *border, const char *url, const char *key)
{
    border_open(border, url);
    vault_close(border->vault);
    border_must(vault_open(border->store, key, NULL, &border->vault), "vault");
}

static void backups_come_back(void)
{
    struct border border = {0}, again = {0};
    struct restore_options how = {.keys_path = "back.db.keys"};
    struct restore_counts counts;
    struct buffer key = {0};
    struct stat about;
    struct command erase = {.kind = COMMAND_subject_erase,
                            .stream = "registry",
                            .role = ROLE_operator,
                            .subject = 0xD6};
    forget("live.db");
    forget("back.db");
    forget("made.db");
    open_vault_at(&border, "sqlite:live.db", "live.db.master.key");
    border_play(&border);
    border_must(store_get(border.store, "vault_key", TEXT("00000000000000d6"), &key), "key");
    CHECK_INT_EQ(backup_write(border.store, "back.db", "back.db.keys", NULL, NULL, NULL),
                 ZHOL_ERROR_OK);
    CHECK(!file_holds("back.db", key.bytes, key.size)); /* keys lie apart */
    CHECK(stat("back.db.keys", &about) == 0 && (about.st_mode & 0777) == 0600);
    CHECK(stat("back.db", &about) == 0 && (about.st_mode & 0777) == 0600);
    CHECK(access("back.db-wal", F_OK) && access("back.db.copy-wal", F_OK));
    /* erased after the copy: the newest keys do not give it back */
    CHECK(!border_send(&border, erase));
    CHECK_INT_EQ(backup_write(border.store, "newer.db", "newer.db.keys", NULL, NULL, NULL),
                 ZHOL_ERROR_OK);
    border_close(&border);
    CHECK_INT_EQ(backup_restore("back.db", "live.db", &how, &counts, NULL), ZHOL_ERROR_DUPLICATE);
    how.keys_path = "newer.db.keys";
    CHECK_INT_EQ(backup_restore("back.db", "made.db", &how, &counts, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(counts.audit.streams, 3);
    CHECK_INT_EQ(counts.keys, 13);
    open_vault_at(&again, "sqlite:made.db", "live.db.master.key");
    CHECK_INT_EQ(readable(&again, 0xD5), ZHOL_ERROR_OK);
    CHECK_INT_EQ(readable(&again, 0xD6), ZHOL_ERROR_UNKNOWN);
    border_close(&again);
    /* the newer copy with the older keys: its journal says that D6 was erased */
    how = (struct restore_options){.keys_path = "back.db.keys", .force = true};
    CHECK_INT_EQ(backup_restore("newer.db", "made.db", &how, &counts, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(counts.keys, 13);
    CHECK_INT_EQ(counts.keys_left, 1);
    CHECK(counts.replaced && file_kind_of("made.db.replaced") == FILE_REGULAR);
    memset(&again, 0, sizeof again);
    open_vault_at(&again, "sqlite:made.db", "live.db.master.key");
    CHECK_INT_EQ(readable(&again, 0xD6), ZHOL_ERROR_UNKNOWN);
    audit_holds(&again);
    border_close(&again);
    buffer_clear(&key);
    forget("live.db");
    forget("back.db");
    forget("newer.db");
    forget("made.db");
}

static void bad_backups_are_refused(void)
{
    struct border border = {0};
    struct restore_options how = {.keys_path = NULL};
    struct restore_counts counts;
    struct file_data data;
    forget("live.db");
    forget("back.db");
    forget("made.db");
    open_vault_at(&border, "sqlite:live.db", "live.db.master.key");
    border_play(&border);
    CHECK_INT_EQ(backup_write(border.store, "back.db", NULL, NULL, NULL, NULL), ZHOL_ERROR_OK);
    CHECK(file_kind_of("back.db.keys") == FILE_NONE);
    border_close(&border);
    CHECK_INT_EQ(backup_restore("no.db", "made.db", &how, &counts, NULL), ZHOL_ERROR_UNKNOWN);
    border_must(file_read("back.db", 0, &data, NULL), "back.db");
    char *at = find_bytes(data.bytes, data.size, "\"command\":\"enter\"", 17);
    CHECK(at != NULL);
    if (at) {
        memcpy(at, "\"command\":\"clear\"", 17);
    }
    border_must(file_write("back.db", data.bytes, data.size, NULL), "back.db");
    CHECK_INT_EQ(backup_restore("back.db", "made.db", &how, &counts, NULL), ZHOL_ERROR_INVALID);
    memcpy(at ? at : data.bytes, "\"command\":\"enter\"", 17);
    data.bytes[60] = 1; /* user_version of the file, high byte: of a program to come */
    border_must(file_write("back.db", data.bytes, data.size, NULL), "back.db");
    CHECK_INT_EQ(backup_restore("back.db", "made.db", &how, &counts, NULL), ZHOL_ERROR_CONFLICT);
    data.bytes[60] = 0;
    data.bytes[68] = 'x'; /* application_id: of another program */
    border_must(file_write("back.db", data.bytes, data.size, NULL), "back.db");
    CHECK_INT_EQ(backup_restore("back.db", "made.db", &how, &counts, NULL), ZHOL_ERROR_CONFLICT);
    border_must(file_write("back.db", "no store at all", 15, NULL), "back.db");
    CHECK(backup_restore("back.db", "made.db", &how, &counts, NULL) != ZHOL_ERROR_OK);
    CHECK(file_kind_of("made.db") == FILE_NONE && file_kind_of("made.db.restoring") == FILE_NONE);
    file_clear(&data);
    forget("live.db");
    forget("back.db");
}

/* Somebody still writes to the store that is put aside: he is stopped, not silently forgotten. */
static void a_replaced_store_is_disowned(void)
{
    struct border border = {0};
    struct restore_options how = {.force = true};
    struct restore_counts counts;
    uint32_t applied;
    struct command command = {.kind = COMMAND_carrier_register,
                              .stream = "registry",
                              .role = ROLE_carrier,
                              .carrier = 0xCC};
    forget("live.db");
    forget("back.db");
    open_vault_at(&border, "sqlite:live.db", "live.db.master.key");
    border_play(&border);
    border_must(backup_write(border.store, "back.db", NULL, NULL, NULL, NULL), "backup");
    CHECK_INT_EQ(backup_restore("back.db", "live.db", &how, &counts, NULL), ZHOL_ERROR_OK);
    border_must(operation_submit(border.operation, &command, NULL, NULL, NULL), "submit");
    CHECK(operation_step(border.operation, &applied) != ZHOL_ERROR_OK);
    CHECK(operation_stopped(border.operation));
    border_close(&border);
    forget("live.db");
    forget("back.db");
}

int main(void)
{
    RUN(what_is_sealed_is_read_again);
    RUN(every_changed_bit_is_found);
    RUN(fields_stay_with_their_subject);
    RUN(erased_is_gone);
    RUN(fingerprints_know_equal_from_different);
    RUN(masks_hide);
    RUN(ids_are_new);
    RUN(key_files_are_made_once_and_guarded);
    RUN(a_wrong_master_key_is_found);
    RUN(an_erased_driver_leaves_a_true_journal);
    RUN(retention_erases_when_due);
    RUN(backups_come_back);
    RUN(bad_backups_are_refused);
    RUN(a_replaced_store_is_disowned);
    return check_report();
}
