/* package_read.c: datapackage.json: what the corridor is called and to which day it is dated.
 *
 * Of the descriptor only the members that people write are read; the schemas in `resources` are
 * made from zhol/tables.h whenever it is written. No path in it is ever followed.
 */
#include "corridor/reading.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"

static const char package_file[] = "datapackage.json";
enum { LEVELS_MAX = 32 };
static const size_t PACKAGE_LIMIT = (size_t)16 << 20;

static void fault(struct reading *reading, enum zhol_error code, int line, const char *member,
                  const char *value, const char *expected)
{
    trouble_add(&reading->trouble, ZHOL_FAULT, code,
                (struct trouble_place){package_file, line > 0 ? (uint32_t)line : 0, member},
                text_view_of(value), "%s", expected);
}

/* A text member, copied; "" where absent. *bad is set where it is not a text. */
static const char *text_member(struct reading *reading, const json_t *object, const char *member)
{
    const json_t *value = json_object_get(object, member);
    if (value && !json_is_string(value)) {
        fault(reading, ZHOL_ERROR_SYNTAX, 0, member, "", "must be a text in quotes");
    }
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    char *copy = arena_string(&reading->corridor->arena, text);
    return copy ? copy : "";
}

static bool is_package_name(const char *name)
{
    size_t size = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-._");
    return size > 0 && name[size] == '\0';
}

static void read_members(struct reading *reading, const json_t *object)
{
    struct zhol_corridor_about *about = &reading->corridor->about;
    about->name = text_member(reading, object, "name");
    about->title = text_member(reading, object, "title");
    about->title_ru = text_member(reading, object, "title_ru");
    const char *as_of = text_member(reading, object, "as_of");
    if (!is_package_name(about->name)) {
        fault(reading, ZHOL_ERROR_SYNTAX, 0, "name", about->name,
              "a name of small letters, digits and -._ (Frictionless Data Package)");
    }
    if (time_parse_day(text_view_of(as_of), &about->as_of)) {
        about->as_of = 0;
        fault(reading, ZHOL_ERROR_SYNTAX, 0, "as_of", as_of,
              "the day to which the corridor is dated, as YYYY-MM-DD");
    }
    about->day = about->as_of;
}

/* True where the value nests at most `levels` deep: the writer keeps a fixed stack. */
static bool is_shallow(const json_t *value, int levels)
{
    const char *key;
    json_t *member;
    size_t i;
    if (!json_is_object(value) && !json_is_array(value)) {
        return true;
    }
    if (!levels) {
        return false;
    }
    json_object_foreach((json_t *)value, key, member)
    {
        if (!is_shallow(member, levels - 1)) {
            return false;
        }
    }
    json_array_foreach(value, i, member)
    {
        if (!is_shallow(member, levels - 1)) {
            return false;
        }
    }
    return true;
}

static enum zhol_error keep_members(struct reading *reading, json_t *object)
{
    json_object_del(object, "resources");
    if (!is_shallow(object, LEVELS_MAX)) {
        fault(reading, ZHOL_ERROR_LIMIT, 0, "", "", "nests more than 32 levels deep");
        return ZHOL_ERROR_OK;
    }
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(17));
    char *copy = text ? arena_string(&reading->corridor->arena, text) : NULL;
    free(text);
    reading->corridor->meta = copy ? copy : "{}";
    return copy ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

static enum zhol_error read_bytes(struct reading *reading, const struct file_data *data)
{
    json_error_t where;
    enum zhol_error error = ZHOL_ERROR_OK;
    json_t *object = json_loadb(data->bytes, data->size, JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(object)) {
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_SYNTAX,
                    (struct trouble_place){package_file,
                                           object || where.line < 1 ? 1 : (uint32_t)where.line, ""},
                    TEXT(""), object ? "must be a JSON object { ... }%s" : "is not JSON: %s",
                    object ? "" : where.text);
    } else {
        read_members(reading, object);
        error = keep_members(reading, object);
    }
    json_decref(object);
    return error;
}

enum zhol_error reading_package(struct reading *reading)
{
    struct file_data data = {0};
    const char *path = reading_path(reading, package_file);
    reading->corridor->about.name = reading->corridor->about.title = "";
    reading->corridor->about.title_ru = "";
    reading->corridor->meta = "{}";
    if (file_kind_of(path) == FILE_NONE) {
        fault(reading, ZHOL_ERROR_UNKNOWN, 0, "", "",
              "the file is missing; a corridor has one with at least "
              "{\"name\": \"my-corridor\", \"title\": \"My corridor\", \"as_of\": \"2026-01-31\"}");
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = file_read(path, PACKAGE_LIMIT, &data, reading->trouble.report);
    if (error) {
        trouble_note_fault(&reading->trouble, error);
        return error == ZHOL_ERROR_MEMORY ? error : ZHOL_ERROR_OK;
    }
    error = read_bytes(reading, &data);
    file_clear(&data);
    return error;
}
