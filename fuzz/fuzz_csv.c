/* Any bytes as CSV: no crash, rows of one length, and what is read survives writing and reading. */
#include <stdlib.h>

#include "base/csv.h"

static void expect(int condition)
{
    if (!condition) {
        abort();
    }
}

/* Reads both texts side by side; their cells must be equal. */
static void compare(const struct buffer *text, const uint8_t *data, size_t size)
{
    struct csv_reader first, again;
    expect(!csv_open(&first, "a", (const char *)data, size, NULL));
    expect(!csv_open(&again, "b", buffer_get(text), text->size, NULL));
    while (csv_next(&first)) {
        expect(csv_next(&again) && again.count == first.count);
        for (uint32_t i = 0; i < first.count; i++) {
            expect(text_equal(first.cells[i], again.cells[i]));
        }
    }
    expect(!csv_next(&again) && !again.error);
    csv_close(&first);
    csv_close(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct zhol_report report;
    struct csv_reader reader;
    struct csv_writer writer;
    struct buffer text;
    uint32_t row = 0;
    zhol_report_init(&report, 100);
    buffer_init(&text);
    csv_writer_init(&writer, &text);
    enum zhol_error error = csv_open(&reader, "fuzz.csv", (const char *)data, size, &report);
    while (!error && csv_next(&reader)) {
        expect(reader.row > row && reader.count >= 1 && reader.count == reader.columns);
        row = reader.row;
        for (uint32_t i = 0; i < reader.count; i++) {
            csv_write_view(&writer, reader.cells[i]);
        }
        csv_write_end(&writer);
    }
    expect((error || reader.error) == (zhol_report_failed(&report) != 0));
    csv_close(&reader);
    if (!error) {
        compare(&text, data, size);
    }
    buffer_clear(&text);
    zhol_report_clear(&report);
    return 0;
}
