/* receipt_list.c: see receipt_list.h. */
#include "operate/receipt_list.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

void receipts_clear(struct receipts *receipts)
{
    free(receipts->items);
    memset(receipts, 0, sizeof *receipts);
}

/* What receipt_verify finds, with the file's name. */
static void add_findings(const char *name, const struct zhol_report *from,
                         struct zhol_report *report)
{
    for (uint32_t i = 0; i < from->count; i++) {
        struct zhol_finding finding = from->findings[i];
        finding.file = name;
        if (finding.severity == ZHOL_FAULT) { /* that a key is not known is said by the command */
            zhol_report_add(report, &finding);
        }
    }
}

static enum zhol_error take_receipt(const char *name, const json_t *value, const uint8_t *trusted,
                                    struct receipts *receipts, struct zhol_report *report)
{
    struct zhol_report own;
    enum zhol_error error = ARRAY_RESERVE(receipts->items, receipts->capacity, receipts->count + 1);
    char *text =
        error ? NULL : json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_PRESERVE_ORDER);
    if (!text) {
        return ZHOL_ERROR_MEMORY;
    }
    zhol_report_init(&own, 8);
    error = receipt_verify(text_view_of(text), trusted, &receipts->items[receipts->count], &own);
    receipts->count += !error;
    error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_INVALID : error; /* of somebody else */
    add_findings(name, &own, report);
    zhol_report_clear(&own);
    free(text);
    return error;
}

static enum zhol_error take_value(const char *name, const json_t *value, const uint8_t *trusted,
                                  struct receipts *receipts, struct zhol_report *report)
{
    enum zhol_error error = ZHOL_ERROR_OK, one;
    const json_t *item;
    size_t i;
    if (!json_is_array(value)) {
        const json_t *inside = json_object_get(value, "receipt");
        return take_receipt(name, json_is_object(inside) ? inside : value, trusted, receipts,
                            report);
    }
    json_array_foreach(value, i, item)
    {
        one = take_receipt(name, item, trusted, receipts, report);
        error = error ? error : one;
    }
    return error;
}

enum zhol_error receipts_read(struct text_view text, const char *name, const uint8_t *trusted,
                              struct receipts *receipts, struct zhol_report *report)
{
    json_error_t fault;
    enum zhol_error error = ZHOL_ERROR_OK, one;
    for (uint32_t count = 0; !error || error == ZHOL_ERROR_INVALID; count++) {
        text = text_trim(text);
        if (!text.size && count) {
            break;
        }
        json_t *value = json_loadb(text.bytes, text.size,
                                   JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &fault);
        if (!value) {
            return zhol_report_add(report, &(struct zhol_finding){ZHOL_FAULT, ZHOL_ERROR_SYNTAX,
                                                                  (uint32_t)fault.line, name, "",
                                                                  "", "receipts as JSON objects"});
        }
        text.bytes += fault.position;
        text.size -= (uint32_t)fault.position;
        one = take_value(name, value, trusted, receipts, report);
        error = error ? error : one;
        json_decref(value);
    }
    return error;
}
