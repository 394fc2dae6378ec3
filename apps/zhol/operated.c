/* operated.c: stores, keys and receipts for the commands about the journal. See operated.h. */
#include "operated.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
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
                    url, zhol_error_text(error));
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

void receipts_clear(struct receipts *receipts)
{
    free(receipts->items);
    memset(receipts, 0, sizeof *receipts);
}

/* What receipt_verify finds, with the file's name. */
static void add_findings(const char *path, const struct zhol_report *from,
                         struct zhol_report *report)
{
    for (uint32_t i = 0; i < from->count; i++) {
        struct zhol_finding finding = from->findings[i];
        finding.file = path;
        if (finding.severity == ZHOL_FAULT) { /* that a key is not known is said by the command */
            zhol_report_add(report, &finding);
        }
    }
}

static enum zhol_error take_receipt(const char *path, const json_t *value, const uint8_t *trusted,
                                    struct receipts *receipts, struct zhol_report *report)
{
    struct zhol_report own;
    enum zhol_error error = ARRAY_RESERVE(receipts->items, receipts->capacity, receipts->count + 1);
    char *text = error ? NULL : json_dumps(value, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (!text) {
        return ZHOL_ERROR_MEMORY;
    }
    zhol_report_init(&own, 8);
    error = receipt_verify(text_view_of(text), trusted, &receipts->items[receipts->count], &own);
    receipts->count += !error;
    error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_INVALID : error; /* of somebody else */
    add_findings(path, &own, report);
    zhol_report_clear(&own);
    free(text);
    return error;
}

static enum zhol_error take_value(const char *path, const json_t *value, const uint8_t *trusted,
                                  struct receipts *receipts, struct zhol_report *report)
{
    enum zhol_error error = ZHOL_ERROR_OK, one;
    const json_t *item;
    size_t i;
    if (!json_is_array(value)) {
        const json_t *inside = json_object_get(value, "receipt");
        return take_receipt(path, json_is_object(inside) ? inside : value, trusted, receipts,
                            report);
    }
    json_array_foreach(value, i, item)
    {
        one = take_receipt(path, item, trusted, receipts, report);
        error = error ? error : one;
    }
    return error;
}

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
    json_error_t fault;
    enum zhol_error error = read_all(path, &data, report), one;
    size_t at = 0;
    for (uint32_t count = 0; !error || error == ZHOL_ERROR_INVALID; count++) {
        while (at < data.size && strchr(" \t\r\n", data.bytes[at])) {
            at++;
        }
        if (at >= data.size && count) {
            break;
        }
        json_t *value = json_loadb(data.bytes + at, data.size - at,
                                   JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &fault);
        if (!value) {
            error = zhol_report_add(report, &(struct zhol_finding){ZHOL_FAULT, ZHOL_ERROR_SYNTAX,
                                                                   (uint32_t)fault.line, path, "",
                                                                   "", "receipts as JSON objects"});
            break;
        }
        at += (size_t)fault.position;
        one = take_value(path, value, trusted, receipts, report);
        error = error ? error : one;
        json_decref(value);
    }
    file_clear(&data);
    return error;
}
