/* cmd_backup.c: a copy of a store while a server writes to it. */
#include <inttypes.h>
#include <stdio.h>

#include "base/progress.h"
#include "operated.h"

static const struct option_row options[] = {
    {"store", 0, "URL", NULL, false, SAID("the store, sqlite:FILE", "хранилище, sqlite:ФАЙЛ")},
    {"no-keys", 0, NULL, NULL, false,
     SAID("do not write FILE.keys: personal data is left out for good",
          "не записывать ФАЙЛ.keys: личных данных в копии не будет совсем")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static int run(const struct given *given)
{
    struct store *store = NULL;
    struct zhol_report report;
    struct progress progress;
    struct buffer keys = {0};
    struct store_options how = {.read_only = true, .must_exist = true};
    const char *path = given->arguments[0];
    bool ru = given->lang == LANG_RU, with_keys = !given_switch(given, "no-keys");
    int code = operated_open(given, &how, &store);
    if (code != EXIT_FINE) {
        return code;
    }
    zhol_report_init(&report, 0);
    buffer_printf(&keys, "%s.keys", path);
    progress_start(&progress, ru ? "копия" : "backup", 0);
    enum zhol_error error = backup_write(store, path, with_keys ? buffer_get(&keys) : NULL,
                                         operated_progress, &progress, &report);
    progress_end(&progress);
    if (error) {
        operated_findings(given, &report);
        code = fail(given, operated_code(error),
                    ru ? "копия не сделана (%s)" : "the backup was not made (%s)",
                    operated_error(given, error));
    } else {
        printf(ru ? "Копия: %s\n" : "Backup: %s\n", path);
        if (with_keys) {
            printf(ru ? "Ключи личных данных: %s (храните только последний такой файл)\n"
                      : "Keys of personal data: %s (keep only the newest such file)\n",
                   buffer_get(&keys));
        }
        puts(ru ? "Ни главного ключа, ни ключа подписи в копии нет: храните их отдельно."
                : "Neither the master key nor the signing key is in it: keep them apart.");
    }
    store_close(store);
    buffer_clear(&keys);
    zhol_report_clear(&report);
    return code;
}

static const char *const examples[] = {"zhol backup --store sqlite:queue.db monday.db",
                                       "copies the store, and the keys into monday.db.keys",
                                       "копирует хранилище, а ключи - в monday.db.keys", NULL};

const struct command command_backup = {
    .name = "backup",
    .about = SAID("copy a store while a server writes to it",
                  "скопировать хранилище, не останавливая сервер"),
    .arguments = "FILE",
    .min_arguments = 1,
    .max_arguments = 1,
    .options = options,
    .details = SAID("The copy is the store at one instant. Keys of personal data go into a file of "
                    "their own, so that what is erased later cannot be read in old copies.",
                    "Копия - это хранилище в одно мгновение. Ключи личных данных идут в отдельный "
                    "файл, чтобы стёртое позже нельзя было прочесть в старых копиях."),
    .examples = examples,
    .run = run,
};
