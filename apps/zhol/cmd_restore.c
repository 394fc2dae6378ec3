/* cmd_restore.c: a store from a backup, verified before it takes its place. */
#include <inttypes.h>
#include <stdio.h>

#include "base/file.h"
#include "base/progress.h"
#include "operated.h"

static const struct option_row options[] = {
    {"store", 0, "URL", NULL, false,
     SAID("where the store is to lie, sqlite:FILE", "где быть хранилищу, sqlite:ФАЙЛ")},
    {"keys", 0, "FILE", NULL, false,
     SAID("file of keys (default: FILE.keys, where there is one)",
          "файл ключей (по умолчанию ФАЙЛ.keys, если он есть)")},
    {"force", 0, NULL, NULL, false,
     SAID("put a store that is there aside, as FILE.replaced",
          "имеющееся хранилище отложить как ФАЙЛ.replaced")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static void print_done(const struct given *given, const struct restore_counts *counts,
                       const char *path, bool with_keys)
{
    bool ru = given->lang == LANG_RU;
    printf(ru ? "Восстановлено: %s: потоков %" PRIu64 ", записей %" PRIu64 ", журнал проверен.\n"
              : "Restored: %s: %" PRIu64 " streams, %" PRIu64
                " entries, the journal was verified.\n",
           path, counts->audit.streams, counts->audit.entries);
    if (with_keys) {
        printf(ru ? "Ключей личных данных возвращено %" PRIu64 ", стёртых пропущено %" PRIu64 ".\n"
                  : "Keys of personal data: %" PRIu64 " given back, %" PRIu64
                    " left out (erased).\n",
               counts->keys, counts->keys_left);
    } else {
        puts(ru ? "Файла ключей нет: личные данные не прочесть."
                : "There is no file of keys: personal data stays unreadable.");
    }
    if (counts->replaced) {
        printf(ru ? "Прежнее хранилище: %s.replaced\n" : "The store that was there: %s.replaced\n",
               path);
    }
}

static int run(const struct given *given)
{
    struct zhol_report report;
    struct progress progress;
    struct restore_counts counts;
    struct buffer beside = {0};
    const char *path = operated_file(given), *keys = given_value(given, "keys");
    bool ru = given->lang == LANG_RU;
    if (!path) {
        return EXIT_MISUSED;
    }
    buffer_printf(&beside, "%s.keys", given->arguments[0]);
    if (!keys && file_kind_of(buffer_get(&beside)) == FILE_REGULAR) {
        keys = buffer_get(&beside);
    }
    zhol_report_init(&report, 0);
    progress_start(&progress, ru ? "проверка копии" : "verifying", 0);
    struct restore_options how = {.keys_path = keys,
                                  .force = given_switch(given, "force"),
                                  .progress = operated_progress,
                                  .context = &progress};
    enum zhol_error error = backup_restore(given->arguments[0], path, &how, &counts, &report);
    progress_end(&progress);
    int code = EXIT_FINE;
    if (error) {
        operated_findings(given, &report);
        code = fail(given, error == ZHOL_ERROR_DUPLICATE ? EXIT_MISUSED : operated_code(error),
                    ru ? "не восстановлено, на месте ничего не изменилось (%s)"
                       : "nothing was restored, and nothing changed (%s)",
                    operated_error(given, error));
    } else {
        print_done(given, &counts, path, keys != NULL);
    }
    buffer_clear(&beside);
    zhol_report_clear(&report);
    return code;
}

static const char *const examples[] = {
    "zhol restore monday.db --store sqlite:queue.db",
    "verifies the backup and makes a store of it",
    "проверяет копию и делает из неё хранилище",
    "zhol restore old.db --keys newest.db.keys --store sqlite:queue.db --force",
    "an old copy with the newest keys; the store that is there is put aside",
    "старая копия с новейшими ключами; имеющееся хранилище отложено",
    NULL};

const struct command command_restore = {
    .name = "restore",
    .about = SAID("make a store from a backup", "восстановить хранилище из копии"),
    .arguments = "FILE",
    .min_arguments = 1,
    .max_arguments = 1,
    .options = options,
    .details = SAID("The backup is verified as zhol audit does, and upgraded when it is older than "
                    "this program; one that is newer is refused. A server that still writes to a "
                    "store which is put aside stops at its next commit.",
                    "Копия проверяется, как в zhol audit, и обновляется, если она старше этой "
                    "программы; более новая отклоняется. Сервер, который ещё пишет в отложенное "
                    "хранилище, остановится при следующей записи."),
    .examples = examples,
    .run = run,
};
