/* The CSV reader and writer of src/base/csv.h. */
#include "check.h"

#include "base/csv.h"
#include "base/csv_scan.h"
#include "base/random.h"

/* All rows of a text as "row: cell|cell" lines, then the findings as "! row column: value". */
static const char *dump(const char *bytes, size_t size)
{
    static struct buffer out;
    struct zhol_report report;
    struct csv_reader reader;
    buffer_reset(&out);
    zhol_report_init(&report, 0);
    enum zhol_error error = csv_open(&reader, "t.csv", bytes, size, &report);
    while (!error && csv_next(&reader)) {
        buffer_printf(&out, "%u: ", (unsigned)reader.row);
        for (uint32_t i = 0; i < reader.count; i++) {
            buffer_string(&out, i ? "|" : "");
            buffer_view(&out, reader.cells[i]);
        }
        buffer_char(&out, '\n');
    }
    CHECK_INT_EQ(error ? error : reader.error,
                 report.count ? report.findings[0].code : ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < report.count; i++) {
        const struct zhol_finding *finding = &report.findings[i];
        CHECK_STR_EQ(finding->file, "t.csv");
        buffer_printf(&out, "! %u %s: %s\n", (unsigned)finding->row, finding->column,
                      finding->value);
    }
    csv_close(&reader);
    zhol_report_clear(&report);
    return buffer_get(&out);
}

#define CHECK_CSV(text, want) CHECK_STR_EQ(dump((text), sizeof(text) - 1), (want))

static void test_good_rows(void)
{
    CHECK_CSV("a,b\n1,2\n3,4\n", "1: a|b\n2: 1|2\n3: 3|4\n");
    CHECK_CSV("a,b\r\n1,2\r\n3,4", "1: a|b\n2: 1|2\n3: 3|4\n");
    CHECK_CSV("a,b\r1,2\r3,4\r", "1: a|b\n2: 1|2\n3: 3|4\n");
    CHECK_CSV("a,b,c\n,,\n", "1: a|b|c\n2: ||\n");
    CHECK_CSV("\xEF\xBB\xBF"
              "a\n1\n",
              "1: a\n2: 1\n");
    CHECK_CSV("a\n\n\r\n1\n\n", "1: a\n4: 1\n");
    CHECK_CSV("a", "1: a\n");
    CHECK_CSV("", "");
    CHECK_CSV("\n\n", "");
    CHECK_CSV("a,b\n1,", "1: a|b\n2: 1|\n");
}

static void test_quotes(void)
{
    CHECK_CSV("\"a\",b\n\"1,5\",\"say \"\"hi\"\"\"\n", "1: a|b\n2: 1,5|say \"hi\"\n");
    CHECK_CSV("a,b\n\"\",\"\"\"\"\n", "1: a|b\n2: |\"\n");
    CHECK_CSV("a,b\n\"x\ny\r\nz\rw\",2\n3,4\n", "1: a|b\n2: x\ny\r\nz\rw|2\n6: 3|4\n");
    CHECK_CSV("a\n\"end\"", "1: a\n2: end\n");
    CHECK_CSV("a\n\"end\"\r\n\"\"\r\n", "1: a\n2: end\n3: \n");
}

static void test_bad_rows_are_left_out(void)
{
    CHECK_CSV("a,b\n1\n2,3\n4,5,6\n7,8\n",
              "1: a|b\n3: 2|3\n5: 7|8\n! 2 : 1 cells\n! 4 : 3 cells\n");
    CHECK_CSV("a,b\n1,5\" pipe\n2,3\n", "1: a|b\n3: 2|3\n! 2 b: 5\" pipe\n");
    CHECK_CSV("a,b\n\"1\"x,2\n2,3\n", "1: a|b\n3: 2|3\n! 2 a: \"1\"x\n");
    CHECK_CSV("a,b\n\"1\" ,2\n2,3\n", "1: a|b\n3: 2|3\n! 2 a: \"1\" \n");
    CHECK_CSV("a,b\n1,2\n3,\"4\n5,6\n7,8", "1: a|b\n2: 1|2\n! 3 b: \"4\n5,6\n7,8\n");
    CHECK_CSV("a,b\n1,2\n3,\"4\"\"", "1: a|b\n2: 1|2\n! 3 b: \"4\"\"\n");
    CHECK_CSV("a,b\n\"x\ny\"z,\"open\n", "1: a|b\n! 3 b: \"open\n\n");
    CHECK_CSV("a\"b,c\n1,2\n", "! 1 #1: a\"b\n");
    CHECK_CSV("\"", "! 1 #1: \"\n");
}

static void test_encodings(void)
{
    CHECK_CSV("\xFF\xFE"
              "a\0,\0",
              "! 0 : UTF-16\n");
    CHECK_CSV("\xFE\xFF\0a\0,", "! 0 : UTF-16\n");
    CHECK_CSV("a\0,\0b\0\n\0", "! 0 : UTF-16\n");
    CHECK_CSV("a,b\nc,\0\n", "! 2 : a NUL byte\n");
    CHECK_CSV("a,b\r\nx,\xC4\xEE\xF1\xF2\xFB\xEA\n", "! 2 : Windows-1251 (Cyrillic)\n");
    CHECK_CSV("a,b\n1,2\nx,Caf\xE9\n", "! 3 : byte 0xE9\n");
    CHECK_CSV("город\nАлматы\n", "1: город\n2: Алматы\n");
}

/* A text of `rows` rows of `cells` cells of `size` bytes. */
static void make_text(struct buffer *out, uint32_t rows, uint32_t cells, size_t size)
{
    buffer_reset(out);
    for (uint32_t r = 0; r < rows; r++) {
        for (uint32_t c = 0; c < cells; c++) {
            buffer_string(out, c ? "," : "");
            buffer_fill(out, 'x', size);
        }
        buffer_char(out, '\n');
    }
}

static void check_rows(const struct buffer *text, uint32_t want_rows, enum zhol_error want)
{
    struct csv_reader reader;
    uint32_t rows = 0;
    CHECK_INT_EQ(csv_open(&reader, "t.csv", text->bytes, text->size, NULL), ZHOL_ERROR_OK);
    while (csv_next(&reader)) {
        rows++;
    }
    CHECK_INT_EQ(rows, want_rows);
    CHECK_INT_EQ(reader.error, want);
    csv_close(&reader);
}

static void test_limits(void)
{
    struct buffer text = {0};
    make_text(&text, 2, CSV_CELLS_MAX, 1);
    check_rows(&text, 2, ZHOL_ERROR_OK);
    make_text(&text, 2, CSV_CELLS_MAX + 1, 1);
    check_rows(&text, 0, ZHOL_ERROR_LIMIT);
    make_text(&text, 2, 2, CSV_CELL_SIZE_MAX);
    check_rows(&text, 2, ZHOL_ERROR_OK);
    make_text(&text, 1, 1, 1);
    buffer_fill(&text, 'y', CSV_CELL_SIZE_MAX + 1);
    buffer_string(&text, "\nz\n");
    check_rows(&text, 2, ZHOL_ERROR_LIMIT);
    make_text(&text, 1, 1, 1);
    buffer_char(&text, '"');
    buffer_fill(&text, '"', 2 * CSV_CELL_SIZE_MAX + 2);
    buffer_string(&text, "\"\nz\n");
    check_rows(&text, 2, ZHOL_ERROR_LIMIT);
    buffer_clear(&text);
}

/* The marks of both scanners against a look at each byte. */
static void test_scanners_agree(void)
{
    struct random_stream random;
    random_start(&random, 3, 0);
    for (int round = 0; round < 20000; round++) {
        char block[CSV_BLOCK];
        uint64_t want = 0;
        for (unsigned i = 0; i < CSV_BLOCK; i++) {
            static const char frequent[] = ",\"\n\r-!#\x0b\x0c\x8d\xac\xa2\x8a";
            bool rare = random_below(&random, 2);
            block[i] =
                rare ? (char)random_below(&random, 256) : frequent[random_below(&random, 13)];
            bool mark = block[i] == ',' || block[i] == '"' || block[i] == '\n' || block[i] == '\r';
            want |= (uint64_t)mark << i;
        }
        CHECK(csv_scan(block) == want && csv_scan_portable(block) == want);
    }
}

/* What the writer writes, the reader reads: random cells of the characters that matter. */
static void test_round_trip(void)
{
    static const char *const pieces[] = {"a", ",", "\"",           "\n", "\r",
                                         " ", "я", "\xEF\xBB\xBF", "123"};
    struct random_stream random;
    struct buffer cells = {0}, text = {0};
    random_start(&random, 4, 0);
    for (int round = 0; round < 3000; round++) {
        uint32_t rows = 1 + random_below(&random, 6), columns = 1 + random_below(&random, 5);
        uint32_t ends[64] = {0}, count = 0;
        struct csv_writer writer;
        buffer_reset(&cells);
        buffer_reset(&text);
        csv_writer_init(&writer, &text);
        for (uint32_t i = 0; i < rows * columns; i++) {
            uint32_t start = (uint32_t)cells.size;
            for (uint32_t j = random_below(&random, 12); j; j--) {
                buffer_string(&cells, pieces[random_below(&random, 9)]);
            }
            ends[i] = (uint32_t)cells.size;
            csv_write_view(&writer,
                           (struct text_view){buffer_get(&cells) + start, ends[i] - start});
            if (i % columns == columns - 1) {
                csv_write_end(&writer);
            }
        }
        struct csv_reader reader;
        CHECK_INT_EQ(csv_open(&reader, "t.csv", text.bytes, text.size, NULL), ZHOL_ERROR_OK);
        while (csv_next(&reader)) {
            for (uint32_t i = 0; i < reader.count; i++, count++) {
                uint32_t start = count ? ends[count - 1] : 0;
                struct text_view want = {buffer_get(&cells) + start, ends[count] - start};
                CHECK(text_equal(reader.cells[i], want));
            }
        }
        CHECK_INT_EQ(count, rows * columns);
        CHECK_INT_EQ(reader.error, ZHOL_ERROR_OK);
        csv_close(&reader);
    }
    buffer_clear(&cells);
    buffer_clear(&text);
}

static void test_writer(void)
{
    struct buffer out = {0};
    struct csv_writer writer;
    csv_writer_init(&writer, &out);
    csv_write_text(&writer, "plain text");
    csv_write_text(&writer, "a,b");
    csv_write_text(&writer, " x");
    csv_write_int(&writer, -5);
    csv_write_real(&writer, 0.1);
    csv_write_real(&writer, NAN);
    csv_write_fixed(&writer, 2, 1);
    csv_write_text(&writer, NULL);
    csv_write_end(&writer);
    csv_write_text(&writer, "");
    csv_write_end(&writer);
    CHECK_STR_EQ(buffer_get(&out), "plain text,\"a,b\",\" x\",-5,0.1,,2.0,\n\"\"\n");
    buffer_clear(&out);
}

/* Cells of earlier rows stay valid until the end, unescaped ones too. */
static void test_cells_live_on(void)
{
    const char *text = "a,b\n\"x\"\"1\",p\n\"x\"\"2\",q\n";
    struct csv_reader reader;
    struct text_view kept[3];
    int rows = 0;
    CHECK_INT_EQ(csv_open(&reader, "t.csv", text, strlen(text), NULL), ZHOL_ERROR_OK);
    while (csv_next(&reader)) {
        kept[rows++] = reader.cells[0];
    }
    CHECK(rows == 3 && text_equal_string(kept[0], "a") && text_equal_string(kept[1], "x\"1") &&
          text_equal_string(kept[2], "x\"2"));
    CHECK(text_equal_string(reader.header[1], "b"));
    static const char *const names[] = {"a", "b", "c", "d"};
    CHECK(!csv_header_is(&reader, names + 1, 1, 3) && csv_header_is(&reader, names, 2, 4));
    CHECK(csv_header_is(&reader, names, reader.columns, reader.columns));
    CHECK(!csv_header_is(&reader, names, reader.columns + 1, 4));
    csv_close(&reader);
}

int main(void)
{
    RUN(test_good_rows);
    RUN(test_quotes);
    RUN(test_bad_rows_are_left_out);
    RUN(test_encodings);
    RUN(test_limits);
    RUN(test_scanners_agree);
    RUN(test_round_trip);
    RUN(test_writer);
    RUN(test_cells_live_on);
    return check_report();
}
