/* package_write.c: datapackage.json with the schema of every table (Frictionless Data Package 1.0,
 * profile tabular-data-package; https://specs.frictionlessdata.io).
 *
 * What people keep (name, title, as_of, licences, contributors ...) is written as it was read;
 * `sources` and `resources` are made from the tables. A primary key with a column that may be
 * blank is no primaryKey of that standard: it stands as uniqueKeys (as of version 2).
 */
#include <zhol/corridor.h>

#include <jansson.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "corridor/data.h"

/* ---- members that are kept ---- */

static void copy_value(struct json_writer *writer, const json_t *value);

static void copy_object(struct json_writer *writer, const json_t *value)
{
    const char *key;
    json_t *member;
    json_write_object(writer);
    json_object_foreach((json_t *)value, key, member)
    {
        json_write_key(writer, key);
        copy_value(writer, member);
    }
    json_write_object_end(writer);
}

static void copy_value(struct json_writer *writer, const json_t *value)
{
    size_t i;
    json_t *item;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        copy_object(writer, value);
        break;
    case JSON_ARRAY:
        json_write_array(writer);
        json_array_foreach(value, i, item)
        {
            copy_value(writer, item);
        }
        json_write_array_end(writer);
        break;
    case JSON_STRING:
        json_write_text(writer, json_string_value(value));
        break;
    case JSON_INTEGER:
        json_write_int(writer, json_integer_value(value));
        break;
    case JSON_REAL:
        json_write_real(writer, json_real_value(value));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        json_write_bool(writer, json_is_true(value));
        break;
    case JSON_NULL:
        json_write_null(writer);
        break;
    }
}

static void write_kept(struct json_writer *writer, const struct zhol_corridor *corridor)
{
    const char *key;
    json_t *member;
    json_t *kept = json_loads(corridor->meta, JSON_REJECT_DUPLICATES, NULL);
    json_member_text(writer, "profile", "tabular-data-package");
    json_object_foreach(kept, key, member)
    {
        bool made = strcmp(key, "profile") == 0 || strcmp(key, "sources") == 0 ||
                    (*corridor->about.scenario && strcmp(key, "scenario") == 0);
        if (!made) {
            json_write_key(writer, key);
            copy_value(writer, member);
        }
    }
    if (*corridor->about.scenario) {
        json_member_text(writer, "scenario", corridor->about.scenario);
    }
    json_decref(kept);
}

/* ---- schemas ---- */

static const char *field_type(const struct schema_field *field)
{
    switch (field->kind) {
    case SCHEMA_real:
        return "number";
    case SCHEMA_whole:
        return "integer";
    case SCHEMA_flag:
        return "boolean";
    case SCHEMA_date:
        return "date";
    default:
        return "string";
    }
}

static const char *field_pattern(const struct schema_field *field)
{
    switch (field->kind) {
    case SCHEMA_clock:
        return "([01][0-9]|2[0-3]):[0-5][0-9]|24:00";
    case SCHEMA_days:
        return "[01]{7}";
    default:
        break;
    }
    if (field->kind != SCHEMA_text) {
        return NULL;
    }
    switch (field->arg) {
    case FORM_country:
        return "[A-Z]{2}";
    case FORM_currency:
        return "[A-Z]{3}";
    case FORM_unlocode:
        return "[A-Z]{2}[A-Z2-9]{3}";
    case FORM_esr:
    case FORM_etsng:
        return "[0-9]{6}";
    case FORM_bin:
        return "[0-9]{12}";
    case FORM_uscc:
        return "[0-9A-HJ-NPQRTUWXY]{18}";
    case FORM_fact:
        return "AF[0-9]{3}";
    default:
        return NULL;
    }
}

static void write_bounds(struct json_writer *writer, const struct schema_field *field)
{
    const struct schema_bounds *bounds = schema_bounds(field->arg);
    if (bounds->low > -1e300) {
        json_member_real(writer, "minimum", bounds->low);
    }
    if (bounds->high < 1e300) {
        json_member_real(writer, "maximum", bounds->high);
    }
}

static void write_enum(struct json_writer *writer, const struct schema_field *field)
{
    const struct schema_word_list *list = schema_words(field->arg);
    json_write_key(writer, "enum");
    json_write_array(writer);
    for (uint32_t i = 1; i < list->count; i++) {
        json_write_text(writer, list->words[i]);
    }
    json_write_array_end(writer);
}

static void write_constraints(struct json_writer *writer, const struct schema_field *field,
                              bool unique)
{
    bool required = field->need == NEED_KEY || field->need == NEED_REQ;
    const char *pattern = field_pattern(field);
    json_write_key(writer, "constraints");
    json_write_object(writer);
    if (required) {
        json_member_bool(writer, "required", true);
    }
    if (unique) {
        json_member_bool(writer, "unique", true);
    }
    if (field->kind == SCHEMA_word) {
        write_enum(writer, field);
    }
    if (field->kind == SCHEMA_real || field->kind == SCHEMA_whole) {
        write_bounds(writer, field);
    }
    if (pattern) {
        json_member_text(writer, "pattern", pattern);
    }
    json_write_object_end(writer);
}

static void write_field(struct json_writer *writer, const struct schema_field *field, bool unique)
{
    json_write_object(writer);
    json_member_text(writer, "name", field->name);
    json_member_text(writer, "type", field_type(field));
    if (field->kind == SCHEMA_date) {
        json_member_text(writer, "format", "default");
    }
    json_member_text(writer, "description", field->doc);
    write_constraints(writer, field, unique);
    json_write_object_end(writer);
}

static uint32_t key_columns(const struct schema_table *schema, bool *may_be_blank)
{
    uint32_t count = 0;
    *may_be_blank = false;
    for (uint32_t i = 0; i < schema->field_count; i++) {
        count += schema_in_key(&schema->fields[i]);
        *may_be_blank = *may_be_blank || schema->fields[i].need == NEED_KEYOPT;
    }
    return count;
}

static void write_key(struct json_writer *writer, const struct schema_table *schema)
{
    bool may_be_blank;
    key_columns(schema, &may_be_blank);
    json_write_key(writer, may_be_blank ? "uniqueKeys" : "primaryKey");
    json_write_array(writer);
    if (may_be_blank) {
        json_write_array(writer);
    }
    for (uint32_t i = 0; i < schema->field_count; i++) {
        if (schema_in_key(&schema->fields[i])) {
            json_write_text(writer, schema->fields[i].name);
        }
    }
    if (may_be_blank) {
        json_write_array_end(writer);
    }
    json_write_array_end(writer);
}

static void write_foreign_key(struct json_writer *writer, const struct schema_table *schema,
                              const struct schema_field *field)
{
    const struct schema_table *target = schema_table((enum zhol_table)field->arg);
    json_write_object(writer);
    json_member_text(writer, "fields", field->name);
    json_write_key(writer, "reference");
    json_write_object(writer);
    json_member_text(writer, "resource", target == schema ? "" : target->name);
    json_member_text(writer, "fields", target->fields[schema_key(target)].name);
    json_write_object_end(writer);
    json_write_object_end(writer);
}

/* A table without rows has no file; nothing can refer to it either. */
static bool is_foreign(const struct zhol_corridor *corridor, const struct schema_field *field)
{
    return field->kind == SCHEMA_ref && corridor->tables[field->arg].count > 0;
}

static void write_foreign_keys(struct json_writer *writer, const struct zhol_corridor *corridor,
                               const struct schema_table *schema)
{
    bool any = false;
    for (uint32_t i = 0; i < schema->field_count; i++) {
        if (!is_foreign(corridor, &schema->fields[i])) {
            continue;
        }
        if (!any) {
            json_write_key(writer, "foreignKeys");
            json_write_array(writer);
        }
        any = true;
        write_foreign_key(writer, schema, &schema->fields[i]);
    }
    if (any) { /* the standard forbids an empty list */
        json_write_array_end(writer);
    }
}

static void write_schema(struct json_writer *writer, const struct zhol_corridor *corridor,
                         const struct schema_table *schema)
{
    bool may_be_blank;
    bool single = key_columns(schema, &may_be_blank) == 1 && !may_be_blank;
    json_write_object(writer);
    json_write_key(writer, "fields");
    json_write_array(writer);
    for (uint32_t i = 0; i < schema->field_count; i++) {
        write_field(writer, &schema->fields[i], single && schema_in_key(&schema->fields[i]));
    }
    json_write_array_end(writer);
    json_write_key(writer, "missingValues");
    json_write_array(writer);
    json_write_text(writer, "");
    json_write_array_end(writer);
    write_key(writer, schema);
    write_foreign_keys(writer, corridor, schema);
    json_write_object_end(writer);
}

static void write_resource(struct json_writer *writer, const struct zhol_corridor *corridor,
                           const struct schema_table *schema)
{
    struct buffer path;
    buffer_init(&path);
    buffer_printf(&path, "%s.csv", schema->name);
    json_write_object(writer);
    json_member_text(writer, "name", schema->name);
    json_member_text(writer, "path", buffer_get(&path));
    json_member_text(writer, "profile", "tabular-data-resource");
    json_member_text(writer, "title", schema->doc);
    json_member_text(writer, "format", "csv");
    json_member_text(writer, "mediatype", "text/csv");
    json_member_text(writer, "encoding", "utf-8");
    json_write_key(writer, "dialect"); /* said, for some readers guess */
    json_write_object(writer);
    json_member_text(writer, "delimiter", ",");
    json_write_object_end(writer);
    json_write_key(writer, "schema");
    write_schema(writer, corridor, schema);
    json_write_object_end(writer);
    buffer_clear(&path);
}

/* Sources that others published; an assumption is no source to credit. */
static void write_sources(struct json_writer *writer, const struct zhol_corridor *corridor)
{
    uint32_t count;
    const struct zhol_source *rows = zhol_corridor_source(corridor, &count);
    json_write_key(writer, "sources");
    json_write_array(writer);
    for (uint32_t row = 0; row < count; row++) {
        const char *url = zhol_corridor_text(corridor, rows[row].url);
        if (rows[row].kind == zhol_source_kind_ASSUMPTION ||
            rows[row].kind == zhol_source_kind_DERIVED) {
            continue;
        }
        json_write_object(writer);
        json_member_text(writer, "title", zhol_corridor_text(corridor, rows[row].title));
        bool plain = !strpbrk(url, " ;,");
        if (plain && (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0)) {
            json_member_text(writer, "path", url);
        }
        json_write_object_end(writer);
    }
    json_write_array_end(writer);
}

static enum zhol_error write_package(const struct zhol_corridor *corridor, struct buffer *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, true);
    json_write_object(&writer);
    write_kept(&writer, corridor);
    write_sources(&writer, corridor);
    json_write_key(&writer, "resources");
    json_write_array(&writer);
    for (int i = 0; i < ZHOL_TABLE_COUNT; i++) {
        if (corridor->tables[i].count && !schema_of_scenario((enum zhol_table)i)) {
            write_resource(&writer, corridor, schema_table((enum zhol_table)i));
        }
    }
    json_write_array_end(&writer);
    json_write_object_end(&writer);
    return json_writer_end(&writer);
}

enum zhol_error zhol_package_text(const struct zhol_corridor *corridor, char **text)
{
    struct buffer out;
    buffer_init(&out);
    enum zhol_error error = write_package(corridor, &out);
    *text = error ? NULL : buffer_take(&out, NULL);
    buffer_clear(&out);
    return error;
}

enum zhol_error zhol_package_write(const struct zhol_corridor *corridor, const char *dir,
                                   struct zhol_report *report)
{
    struct buffer out, path;
    buffer_init(&out);
    buffer_init(&path);
    enum zhol_error error = write_package(corridor, &out);
    file_join(&path, dir, "datapackage.json");
    error = error ? error : path.error;
    error = error ? error : file_write(buffer_get(&path), buffer_get(&out), out.size, report);
    buffer_clear(&out);
    buffer_clear(&path);
    return error;
}
