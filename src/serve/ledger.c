/* ledger.c: fees and deposits by carrier. See ledger.h. */
#include "serve/ledger.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "serve/endpoint.h"

/* ---- Writing ---- */

static void write_line(struct json_writer *json, const struct ledger_line *line)
{
    json_write_object(json);
    json_member_opaque(json, "place", line->place);
    json_member_text(json, "what", line->what);
    json_member_int(json, "amount", line->amount);
    json_member_text(json, "currency", line->currency);
    json_write_object_end(json);
}

/* The lines from `first` on that are the same carrier's, as one row. Key: CARRIER TIME STREAM SEQ
 * LINE, so that a carrier's rows follow each other in time. */
static enum zhol_error put_row(struct store *store, const struct entry *entry, uint32_t first,
                               uint32_t end, struct buffer *value)
{
    const struct ledger_line *lines = entry->result.lines;
    struct json_writer json;
    char key[160];
    snprintf(key, sizeof key, "%016" PRIx64 " %010" PRId64 " %s %012" PRIu64 " %04u",
             lines[first].carrier, entry->command.time_s, entry->stream, entry->seq, first);
    buffer_reset(value);
    json_writer_init(&json, value, false);
    json_write_array(&json);
    json_write_int(&json, entry->command.time_s);
    for (uint32_t i = first; i < end; i++) {
        write_line(&json, &lines[i]);
    }
    json_write_array_end(&json);
    enum zhol_error error = json_writer_end(&json);
    return error ? error
                 : store_put(store, "ledger", text_view_of(key),
                             (struct text_view){buffer_get(value), (uint32_t)value->size});
}

enum zhol_error ledger_join(void *context, const struct entry *entry, struct text_view bytes)
{
    const struct result *result = &entry->result;
    enum zhol_error error = ZHOL_ERROR_OK;
    struct buffer value = {0};
    (void)bytes;
    for (uint32_t first = 0, end = 0; first < result->line_count && !error; first = end) {
        for (end = first + 1; end < result->line_count &&
                              result->lines[end].carrier == result->lines[first].carrier;) {
            end++;
        }
        error = put_row(context, entry, first, end, &value);
    }
    buffer_clear(&value);
    return error;
}

/* ---- Reading ---- */

enum { CURRENCIES = 8 };

struct listing {
    char prefix[OPAQUE_TEXT_SIZE];
    json_t **lines; /* the latest, a ring */
    uint32_t count, limit;
    struct {
        char currency[4];
        int64_t amount;
    } balance[CURRENCIES];
    uint32_t currency_count;
};

static void add_balance(struct listing *listing, const char *currency, int64_t amount)
{
    uint32_t i = 0;
    while (i < listing->currency_count && strcmp(listing->balance[i].currency, currency) != 0) {
        i++;
    }
    if (i == listing->currency_count) {
        if (i == CURRENCIES) {
            return;
        }
        snprintf(listing->balance[i].currency, 4, "%s", currency);
        listing->currency_count++;
    }
    listing->balance[i].amount += amount;
}

/* Keeps one line, with its time; takes over nothing. */
static bool take_line(struct listing *listing, json_t *line, const json_t *time)
{
    const char *currency = json_string_value(json_object_get(line, "currency"));
    if (!currency || json_object_set(line, "time", (json_t *)(uintptr_t)time)) {
        return false;
    }
    add_balance(listing, currency, json_integer_value(json_object_get(line, "amount")));
    json_t **slot = &listing->lines[listing->count++ % listing->limit];
    json_decref(*slot);
    *slot = json_incref(line);
    return true;
}

static enum zhol_error visit(void *context, struct text_view key, struct text_view value)
{
    struct listing *listing = context;
    if (key.size < 16 || memcmp(key.bytes, listing->prefix, 16) != 0) {
        return ZHOL_ERROR_LIMIT; /* another carrier: the end */
    }
    json_t *row = json_loadb(value.bytes, value.size, 0, NULL);
    bool good = json_array_size(row) > 1;
    for (size_t i = 1; i < json_array_size(row); i++) {
        good = take_line(listing, json_array_get(row, i), json_array_get(row, 0)) && good;
    }
    json_decref(row);
    return good ? ZHOL_ERROR_OK : ZHOL_ERROR_INVALID;
}

static void write_kept(struct json_writer *json, const json_t *line)
{
    json_write_object(json);
    json_member_instant(json, "time", json_integer_value(json_object_get(line, "time")));
    json_member_text(json, "place", json_string_value(json_object_get(line, "place")));
    json_member_text(json, "what", json_string_value(json_object_get(line, "what")));
    json_member_int(json, "amount", json_integer_value(json_object_get(line, "amount")));
    json_member_text(json, "currency", json_string_value(json_object_get(line, "currency")));
    json_write_object_end(json);
}

static void write_listing(const struct listing *listing, struct json_writer *json)
{
    uint32_t shown = listing->count < listing->limit ? listing->count : listing->limit;
    json_write_key(json, "balance");
    json_write_array(json);
    for (uint32_t i = 0; i < listing->currency_count; i++) {
        json_write_object(json);
        json_member_text(json, "currency", listing->balance[i].currency);
        json_member_int(json, "amount", listing->balance[i].amount);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 1; i <= shown; i++) {
        write_kept(json, listing->lines[(listing->count - i) % listing->limit]);
    }
    json_write_array_end(json);
}

enum zhol_error ledger_write(struct store *store, uint64_t carrier, uint32_t limit,
                             struct json_writer *json)
{
    struct listing listing = {.limit = limit, .lines = calloc(limit, sizeof(json_t *))};
    if (!listing.lines) {
        return ZHOL_ERROR_MEMORY;
    }
    opaque_write(carrier, listing.prefix);
    enum zhol_error error =
        store_list(store, "ledger", text_view_of(listing.prefix), visit, &listing);
    error = error == ZHOL_ERROR_LIMIT ? ZHOL_ERROR_OK : error;
    if (!error) {
        write_listing(&listing, json);
    }
    for (uint32_t i = 0; i < limit; i++) {
        json_decref(listing.lines[i]);
    }
    free(listing.lines);
    return error;
}
