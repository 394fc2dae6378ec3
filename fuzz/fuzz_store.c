/* A store whose file is damaged at will: opening and reading it say so, and nothing worse.
 *
 * The input changes bytes of a good store: pairs of a position (3 bytes) and a value. */
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "../tests/fault_vfs.h"
#include "operate/operation.h"

static void make_store(void)
{
    struct store_options options = {.vfs = FAULT_VFS, .inline_checkpoint = true};
    struct store *store;
    struct operation *operation;
    if (store_open("sqlite:fuzz.db", &options, NULL, &store) ||
        operation_open(store, &(struct operation_options){.quiet = true, .snapshot_every = 5}, NULL,
                       &operation)) {
        abort();
    }
    for (uint64_t id = 1; id <= 12; id++) {
        struct command command = {.kind = COMMAND_carrier_register,
                                  .stream = "registry",
                                  .key = TEXT("k"),
                                  .actor = id,
                                  .carrier = id};
        if (operation_call(operation, &command, NULL, NULL)) {
            abort();
        }
    }
    operation_close(operation);
    store_close(store);
}

static void use_store(void)
{
    struct store_options options = {.vfs = FAULT_VFS, .inline_checkpoint = true};
    struct store *store = NULL;
    struct operation *operation = NULL;
    struct command command = {
        .kind = COMMAND_carrier_register, .stream = "registry", .carrier = 99};
    if (!store_open("sqlite:fuzz.db", &options, NULL, &store) &&
        !operation_open(store, NULL, NULL, &operation)) {
        operation_call(operation, &command, NULL, NULL);
    }
    operation_close(operation);
    store_close(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct fault_image good;
    if (!good.size) {
        fault_register();
        fault_new(1);
        make_store();
        fault_image_copy(&good, &fault_find("fuzz.db", false)->now);
    }
    if (size > 400) {
        return 0;
    }
    fault_new(1);
    struct fault_file *file = fault_find("fuzz.db", true);
    file->exists = file->name_synced = true;
    fault_image_copy(&file->now, &good);
    for (size_t i = 0; i + 4 <= size; i += 4) {
        size_t at = ((size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2]) % good.size;
        file->now.bytes[at] = data[i + 3];
    }
    fault_image_copy(&file->durable, &file->now);
    use_store();
    return 0;
}
