/* zone.c: time zones from TZif files (base/zone.h; RFC 8536). */
#include "base/zone.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/zone_rule.h"

enum {
    HEADER_SIZE = 44,
    FILE_SIZE_MAX = 1 << 20,
    OFFSET_MAX_S = 26 * 3600, /* RFC 8536 recommends -25 h to +26 h */
    NAME_SIZE_MAX = 255,
};

#define FOLDER_DEFAULT       "/usr/share/zoneinfo"
#define FOUR_HUNDRED_YEARS_S (INT64_C(146097) * 86400)

struct zone_type {
    int32_t offset_s;
    uint32_t name; /* into names */
};

struct zone {
    int64_t *changes_s; /* rising instants */
    uint8_t *types;     /* the type that begins at each */
    uint32_t change_count;
    struct zone_type *type_list;
    uint32_t type_count;
    char *names;
    bool has_rule;
    struct zone_rule rule;
};

/* ---- reading ---- */

struct header {
    uint32_t version;
    uint32_t ut_count, std_count, leap_count, change_count, type_count, name_size;
};

static uint64_t read_big(const unsigned char *p, unsigned size)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < size; i++) {
        value = value << 8 | p[i];
    }
    return value;
}

static int64_t read_signed(const unsigned char *p, unsigned size)
{
    return size == 8 ? (int64_t)read_big(p, 8) : (int32_t)(uint32_t)read_big(p, 4);
}

static bool read_header(const unsigned char *p, size_t size, struct header *header)
{
    if (size < HEADER_SIZE || memcmp(p, "TZif", 4) != 0) {
        return false;
    }
    /* a version that is not known yet must be readable as the newest known one */
    header->version = p[4] == 0 ? 1 : p[4] >= '2' ? (uint32_t)(p[4] - '0') : 0;
    uint32_t *const fields[] = {&header->ut_count,     &header->std_count,  &header->leap_count,
                                &header->change_count, &header->type_count, &header->name_size};
    for (unsigned i = 0; i < 6; i++) {
        *fields[i] = (uint32_t)read_big(p + 20 + 4 * (size_t)i, 4);
    }
    return header->version != 0 && header->type_count >= 1 && header->type_count <= 256 &&
           header->name_size >= 1;
}

/* Bytes of the data block behind a header; time_size is 4 or 8. */
static uint64_t block_size(const struct header *header, unsigned time_size)
{
    return (uint64_t)header->change_count * (time_size + 1) + (uint64_t)header->type_count * 6 +
           header->name_size + (uint64_t)header->leap_count * (time_size + 4) + header->std_count +
           header->ut_count;
}

static enum zhol_error allocate(struct zone *zone, const struct header *header)
{
    zone->change_count = header->change_count;
    zone->type_count = header->type_count;
    size_t count = header->change_count ? header->change_count : 1;
    zone->changes_s = malloc(count * sizeof *zone->changes_s);
    zone->types = malloc(count);
    zone->type_list = malloc(header->type_count * sizeof *zone->type_list);
    zone->names = malloc(header->name_size);
    bool good = zone->changes_s && zone->types && zone->type_list && zone->names;
    return good ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

static bool read_changes(struct zone *zone, const unsigned char *p, unsigned time_size)
{
    const unsigned char *types = p + (size_t)zone->change_count * time_size;
    for (uint32_t i = 0; i < zone->change_count; i++) {
        zone->changes_s[i] = read_signed(p + (size_t)i * time_size, time_size);
        zone->types[i] = types[i];
        if (types[i] >= zone->type_count || (i && zone->changes_s[i] <= zone->changes_s[i - 1])) {
            return false;
        }
    }
    return true;
}

static bool read_types(struct zone *zone, const unsigned char *p, uint32_t name_size)
{
    for (uint32_t i = 0; i < zone->type_count; i++, p += 6) {
        int64_t offset_s = read_signed(p, 4);
        if (offset_s < -OFFSET_MAX_S || offset_s > OFFSET_MAX_S || p[4] > 1 || p[5] >= name_size) {
            return false;
        }
        zone->type_list[i] = (struct zone_type){(int32_t)offset_s, p[5]};
    }
    return true;
}

static enum zhol_error read_block(struct zone *zone, const struct header *header,
                                  const unsigned char *p, unsigned time_size)
{
    if (header->leap_count) {
        return ZHOL_ERROR_SYNTAX; /* "right/" zones do not count POSIX seconds */
    }
    enum zhol_error error = allocate(zone, header);
    if (error) {
        return error;
    }
    size_t types_at = (size_t)header->change_count * (time_size + 1);
    size_t names_at = types_at + (size_t)header->type_count * 6;
    memcpy(zone->names, p + names_at, header->name_size);
    if (zone->names[header->name_size - 1] != '\0' || !read_changes(zone, p, time_size) ||
        !read_types(zone, p + types_at, header->name_size)) {
        return ZHOL_ERROR_SYNTAX;
    }
    return ZHOL_ERROR_OK;
}

/* "\n" rule "\n"; an empty rule is none. */
static enum zhol_error read_footer(struct zone *zone, const unsigned char *p, size_t size)
{
    const unsigned char *end = size > 1 && p[0] == '\n' ? memchr(p + 1, '\n', size - 1) : NULL;
    if (!end) {
        return ZHOL_ERROR_SYNTAX;
    }
    struct text_view rule = {(const char *)p + 1, (uint32_t)(end - p - 1)};
    zone->has_rule = rule.size != 0;
    return !zone->has_rule || zone_rule_parse(rule, &zone->rule) ? ZHOL_ERROR_OK
                                                                 : ZHOL_ERROR_SYNTAX;
}

static enum zhol_error read_zone(struct zone *zone, const unsigned char *p, size_t size)
{
    struct header header;
    unsigned time_size = 4;
    if (size > FILE_SIZE_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    if (!read_header(p, size, &header) || block_size(&header, 4) > size - HEADER_SIZE) {
        return ZHOL_ERROR_SYNTAX;
    }
    if (header.version >= 2) { /* the old block is followed by one with 64-bit times */
        size_t skip = HEADER_SIZE + (size_t)block_size(&header, 4);
        p += skip;
        size -= skip;
        time_size = 8;
        if (!read_header(p, size, &header) || block_size(&header, 8) > size - HEADER_SIZE) {
            return ZHOL_ERROR_SYNTAX;
        }
    }
    enum zhol_error error = read_block(zone, &header, p + HEADER_SIZE, time_size);
    if (!error && time_size == 8) {
        size_t skip = HEADER_SIZE + (size_t)block_size(&header, 8);
        error = read_footer(zone, p + skip, size - skip);
    }
    return error;
}

enum zhol_error zone_parse(const void *bytes, size_t size, struct zone **zone)
{
    struct zone *made = calloc(1, sizeof *made);
    if (!made) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = read_zone(made, bytes, size);
    if (error) {
        zone_free(made);
        return error;
    }
    *zone = made;
    return ZHOL_ERROR_OK;
}

void zone_free(struct zone *zone)
{
    if (zone) {
        free(zone->changes_s);
        free(zone->types);
        free(zone->type_list);
        free(zone->names);
        free(zone);
    }
}

/* ---- loading ---- */

/* Parts of letters, digits, '_', '-', '+' between single slashes: nothing that leaves the folder.
 */
static bool name_allowed(const char *name)
{
    size_t size = strlen(name);
    if (size == 0 || size > NAME_SIZE_MAX || name[size - 1] == '/') {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        char c = name[i];
        bool part_start = i == 0 || name[i - 1] == '/';
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!letter && (part_start || !strchr("_-+/", c))) {
            return false;
        }
    }
    return true;
}

static enum zhol_error load_from(const char *folder, const char *name, struct zone **zone)
{
    struct buffer path;
    struct file_data data = {0};
    buffer_init(&path);
    file_join(&path, folder, name);
    enum zhol_error error = path.error;
    if (!error) {
        error = file_read(path.bytes, FILE_SIZE_MAX, &data, NULL);
        error = error == ZHOL_ERROR_INVALID ? ZHOL_ERROR_UNKNOWN : error; /* a folder: "Asia" */
    }
    if (!error) {
        error = zone_parse(data.bytes, data.size, zone);
    }
    file_clear(&data);
    buffer_clear(&path);
    return error;
}

static enum zhol_error make_utc(struct zone **zone)
{
    static const unsigned char utc[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                       "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4"
                                       "\0\0\0\0\0\0UTC\0"
                                       "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                       "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4"
                                       "\0\0\0\0\0\0UTC\0"
                                       "\nUTC0\n";
    return zone_parse(utc, sizeof utc - 1, zone);
}

enum zhol_error zone_load(const char *name, struct zone **zone)
{
    if (!name || !name_allowed(name)) {
        return ZHOL_ERROR_USAGE;
    }
    if (strcmp(name, "UTC") == 0 || strcmp(name, "Etc/UTC") == 0) {
        return make_utc(zone);
    }
    enum zhol_error error = ZHOL_ERROR_UNKNOWN;
    const char *folder = getenv("TZDIR");
    if (folder && *folder) {
        error = load_from(folder, name, zone);
    }
    if (error == ZHOL_ERROR_UNKNOWN) {
        error = load_from(FOLDER_DEFAULT, name, zone);
    }
    return error;
}

/* ---- questions ---- */

/* How many changes lie at or before utc_s. */
static uint32_t changes_before(const struct zone *zone, int64_t utc_s)
{
    uint32_t low = 0, high = zone->change_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (zone->changes_s[middle] <= utc_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The stretch with one offset that holds utc_s. */
static struct zone_span span_at(const struct zone *zone, int64_t utc_s)
{
    uint32_t passed = changes_before(zone, utc_s);
    uint32_t count = zone->change_count;
    if (passed == count && zone->has_rule) {
        struct zone_span span = zone_rule_span(&zone->rule, utc_s);
        if (count && span.start_s < zone->changes_s[count - 1]) {
            span.start_s = zone->changes_s[count - 1];
        }
        return span;
    }
    const struct zone_type *type = &zone->type_list[passed ? zone->types[passed - 1] : 0];
    return (struct zone_span){passed ? zone->changes_s[passed - 1] : INT64_MIN,
                              passed < count ? zone->changes_s[passed] : INT64_MAX, type->offset_s,
                              zone->names + type->name};
}

int32_t zone_offset_s(const struct zone *zone, int64_t utc_s)
{
    return span_at(zone, utc_s).offset_s;
}

int64_t zone_local_s(const struct zone *zone, int64_t utc_s)
{
    return utc_s + zone_offset_s(zone, utc_s);
}

const char *zone_abbreviation(const struct zone *zone, int64_t utc_s)
{
    return span_at(zone, utc_s).name;
}

enum zone_fit zone_local_to_utc(const struct zone *zone, int64_t local_s, int64_t *utc_s)
{
    const int64_t margin_s = OFFSET_MAX_S + 1;
    assert(local_s > INT64_MIN / 2 && local_s < INT64_MAX / 2);
    struct zone_span span = span_at(zone, local_s - margin_s);
    bool found = false, in_gap = false;
    int64_t before_gap_s = local_s - span.offset_s;
    for (;;) {
        int64_t candidate_s = local_s - span.offset_s;
        if (candidate_s >= span.start_s && candidate_s < span.end_s) {
            if (found) {
                return ZONE_OVERLAP;
            }
            found = true;
            *utc_s = candidate_s;
        }
        if (span.end_s > local_s + margin_s) {
            break;
        }
        struct zone_span next = span_at(zone, span.end_s);
        if (!in_gap && span.end_s + span.offset_s <= local_s &&
            local_s < span.end_s + next.offset_s) { /* the gap between the two */
            in_gap = true;
            before_gap_s = candidate_s;
        }
        span = next;
    }
    if (found) {
        return ZONE_UNIQUE;
    }
    *utc_s = before_gap_s;
    return ZONE_GAP;
}

int zone_next_change(const struct zone *zone, int64_t utc_s, int64_t *next_s)
{
    struct zone_span span = span_at(zone, utc_s);
    int32_t offset_s = span.offset_s;
    int64_t last_s =
        utc_s > INT64_MAX - FOUR_HUNDRED_YEARS_S ? INT64_MAX - 1 : utc_s + FOUR_HUNDRED_YEARS_S;
    while (span.end_s <= last_s) {
        span = span_at(zone, span.end_s);
        if (span.offset_s != offset_s) {
            *next_s = span.start_s;
            return 1;
        }
    }
    return 0;
}
