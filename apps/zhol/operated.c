/* operated.c: stores, keys and receipts for the commands about the journal. See operated.h. */
#include "operated.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/progress.h"
#include "load.h"
#include "operate/plain.h"

enum { FINDINGS_SHOWN = 20, RECEIPTS_LIMIT = 64 << 20, BLOCK = 65536 };

int operated_code(enum zhol_error error)
{
    switch (error) {
    case ZHOL_ERROR_OK:
        return EXIT_FINE;
    case ZHOL_ERROR_INVALID:
        return EXIT_FOUND_FAULTS;
    case ZHOL_ERROR_MEMORY:
    case ZHOL_ERROR_INTERNAL:
        return EXIT_FAILED;
    case ZHOL_ERROR_INTERRUPTED:
        return EXIT_STOPPED;
    case ZHOL_ERROR_USAGE:
        return EXIT_MISUSED;
    default:
        return EXIT_BAD_INPUT;
    }
}

const char *operated_error(const struct given *given, enum zhol_error error)
{
    static const char *const russian[ZHOL_ERROR_COUNT] = {
        [ZHOL_ERROR_OK] = "ошибки нет",
        [ZHOL_ERROR_MEMORY] = "не хватило памяти",
        [ZHOL_ERROR_IO] = "файл не удалось прочесть или записать",
        [ZHOL_ERROR_SYNTAX] = "текст не того вида, который нужен",
        [ZHOL_ERROR_RANGE] = "число или дата вне допустимых пределов",
        [ZHOL_ERROR_LIMIT] = "данных больше, чем допустимо",
        [ZHOL_ERROR_UNKNOWN] = "такого нет",
        [ZHOL_ERROR_AMBIGUOUS] = "имя обозначает не одно",
        [ZHOL_ERROR_DUPLICATE] = "это уже есть",
        [ZHOL_ERROR_CONFLICT] = "одно противоречит другому",
        [ZHOL_ERROR_INVALID] = "данные нарушают правила",
        [ZHOL_ERROR_UNREACHABLE] = "пути нет",
        [ZHOL_ERROR_INTERRUPTED] = "работа прервана",
        [ZHOL_ERROR_USAGE] = "неверный вызов",
        [ZHOL_ERROR_INTERNAL] = "ошибка в самой программе",
    };
    bool ru = given->lang == LANG_RU && (unsigned)error < ZHOL_ERROR_COUNT && russian[error];
    return ru ? russian[error] : zhol_error_text(error);
}

void operated_findings(const struct given *given, const struct zhol_report *report)
{
    uint64_t faults = report->counts[ZHOL_FAULT];
    load_print_findings(given, report, FINDINGS_SHOWN);
    if (faults > FINDINGS_SHOWN) {
        fprintf(stderr,
                given->lang == LANG_RU ? "... всего ошибок: %llu\n" : "... %llu errors in all\n",
                (unsigned long long)faults);
    }
}

/* ---- stores ---- */

static int need_store(const struct given *given)
{
    return fail(given, EXIT_MISUSED, "%s",
                given->lang == LANG_RU ? "нужен --store sqlite:ФАЙЛ"
                                       : "--store sqlite:FILE is needed");
}

const char *operated_file(const struct given *given)
{
    static const char scheme[] = "sqlite:";
    const char *url = given_value(given, "store");
    if (!url || strncmp(url, scheme, sizeof scheme - 1) != 0 || !url[sizeof scheme - 1]) {
        need_store(given);
        return NULL;
    }
    return url + sizeof scheme - 1;
}

int operated_open(const struct given *given, const struct store_options *options,
                  struct store **store)
{
    struct zhol_report report;
    const char *url = given_value(given, "store");
    *store = NULL;
    if (!url) {
        return need_store(given);
    }
    zhol_report_init(&report, 0);
    enum zhol_error error = store_open(url, options, &report, store);
    if (error || zhol_report_failed(&report)) {
        operated_findings(given, &report);
    }
    zhol_report_clear(&report);
    if (error) {
        return fail(given, error == ZHOL_ERROR_MEMORY ? EXIT_FAILED : EXIT_BAD_INPUT,
                    given->lang == LANG_RU ? "хранилище %s открыть нельзя (%s)"
                                           : "the store %s cannot be opened (%s)",
                    url, operated_error(given, error));
    }
    return EXIT_FINE;
}

int operated_key(const struct given *given, const char *option, const char *text,
                 uint8_t key[SIGN_KEY_SIZE])
{
    char lower[2 * SIGN_KEY_SIZE + 1] = "";
    for (size_t i = 0; text[i] && i < 2 * SIGN_KEY_SIZE; i++) {
        lower[i] = (char)(text[i] >= 'A' && text[i] <= 'F' ? text[i] - 'A' + 'a' : text[i]);
    }
    if (strlen(text) != 2 * SIGN_KEY_SIZE || !hex_read(lower, key, SIGN_KEY_SIZE)) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "--%s: нужны 64 шестнадцатеричные цифры"
                                           : "--%s: 64 hexadecimal digits are needed",
                    option);
    }
    return EXIT_FINE;
}

void operated_progress(void *progress, uint64_t done, uint64_t of)
{
    struct progress *line = progress;
    line->total = of;
    progress_update(line, done);
}

/* ---- receipts ---- */

static enum zhol_error read_all(const char *path, struct file_data *data,
                                struct zhol_report *report)
{
    struct buffer text = {.limit = RECEIPTS_LIMIT};
    char block[BLOCK];
    size_t got;
    if (strcmp(path, "-") != 0) {
        return file_read(path, RECEIPTS_LIMIT, data, report);
    }
    while (!text.error && (got = fread(block, 1, sizeof block, stdin)) > 0) {
        buffer_append(&text, block, got);
    }
    enum zhol_error error = text.error;
    data->bytes = buffer_take(&text, &data->size);
    return error ? error : data->bytes ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error operated_receipts(const char *path, const uint8_t *trusted,
                                  struct receipts *receipts, struct zhol_report *report)
{
    struct file_data data = {0};
    enum zhol_error error = read_all(path, &data, report);
    if (!error) {
        struct text_view text = {data.bytes, (uint32_t)data.size};
        error = receipts_read(text, path, trusted, receipts, report);
    }
    file_clear(&data);
    return error;
}
