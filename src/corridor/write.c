/* write.c: a corridor as canonical CSV files.
 *
 * Canonical: all columns in the order of zhol/tables.h, the shortest text of each number, full
 * dates, quotes only where needed, LF. A table without rows has no file.
 */
#include <zhol/corridor.h>

#include "base/csv.h"
#include "base/file.h"
#include "corridor/cell.h"
#include "corridor/data.h"

static void write_header(struct csv_writer *writer, const struct schema_table *schema)
{
    for (uint32_t i = 0; i < schema->field_count; i++) {
        csv_write_text(writer, schema->fields[i].name);
    }
    csv_write_end(writer);
}

static enum zhol_error write_rows(const struct zhol_corridor *corridor, enum zhol_table table,
                                  struct buffer *out)
{
    const struct schema_table *schema = schema_table(table);
    const struct data_table *data = &corridor->tables[table];
    struct csv_writer writer;
    struct buffer cell;
    buffer_init(&cell);
    csv_writer_init(&writer, out);
    write_header(&writer, schema);
    for (uint32_t row = 0; row < data->count && !out->error && !cell.error; row++) {
        for (uint32_t i = 0; i < schema->field_count; i++) {
            const struct schema_field *field = &schema->fields[i];
            buffer_reset(&cell);
            cell_write(corridor, field, data_row(data, schema, row) + field->offset, &cell);
            csv_write_view(&writer, (struct text_view){buffer_get(&cell), (uint32_t)cell.size});
        }
        csv_write_end(&writer);
    }
    enum zhol_error error = cell.error ? cell.error : out->error;
    buffer_clear(&cell);
    return error;
}

static enum zhol_error write_file(const char *dir, const char *name, const struct buffer *bytes,
                                  struct zhol_report *report)
{
    struct buffer path;
    buffer_init(&path);
    file_join(&path, dir, name);
    enum zhol_error error =
        path.error ? path.error
                   : file_write(buffer_get(&path), buffer_get(bytes), bytes->size, report);
    buffer_clear(&path);
    return error;
}

static enum zhol_error write_table(const struct zhol_corridor *corridor, enum zhol_table table,
                                   const char *dir, struct zhol_report *report)
{
    struct buffer out, name;
    buffer_init(&out);
    buffer_init(&name);
    enum zhol_error error = write_rows(corridor, table, &out);
    buffer_printf(&name, "%s.csv", zhol_table_name(table));
    error = error ? error : name.error;
    error = error ? error : write_file(dir, buffer_get(&name), &out, report);
    buffer_clear(&out);
    buffer_clear(&name);
    return error;
}

/* GMNS: the units of node.csv and link.csv. */
static enum zhol_error write_config(const struct zhol_corridor *corridor, const char *dir,
                                    struct zhol_report *report)
{
    static const char *const names[] = {
        "dataset_name",          "short_length", "long_length",    "speed",  "crs",
        "geometry_field_format", "currency",     "version_number", "id_type"};
    const char *const values[] = {
        corridor->about.name, "m", "km", "km/h", "EPSG:4326", "WKT", "USD", "0.97", "string"};
    struct csv_writer writer;
    struct buffer out;
    buffer_init(&out);
    csv_writer_init(&writer, &out);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        csv_write_text(&writer, names[i]);
    }
    csv_write_end(&writer);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        csv_write_text(&writer, values[i]);
    }
    csv_write_end(&writer);
    enum zhol_error error = out.error ? out.error : write_file(dir, "config.csv", &out, report);
    buffer_clear(&out);
    return error;
}

enum zhol_error zhol_corridor_write(const struct zhol_corridor *corridor, const char *dir,
                                    struct zhol_report *report)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int i = 0; i < ZHOL_TABLE_COUNT && !error; i++) {
        enum zhol_table table = (enum zhol_table)i;
        if (corridor->tables[i].count && !schema_of_scenario(table)) {
            error = write_table(corridor, table, dir, report);
        }
    }
    error = error ? error : write_config(corridor, dir, report);
    return error ? error : zhol_package_write(corridor, dir, report);
}
