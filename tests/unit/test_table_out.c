/* Text tables of src/base/table_out.h. */
#include "check.h"

#include "base/table_out.h"

static void start(struct table_out *table, uint32_t width)
{
    table_out_init(table, width);
    table_out_column(table, "Place", TABLE_CUT);
    table_out_column(table, "Wait h", TABLE_RIGHT);
    table_out_column(table, "Note", TABLE_WRAP);
}

static void check_table(struct table_out *table, const char *want)
{
    struct buffer out = {0};
    CHECK_INT_EQ(table_out_print(table, &out), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&out), want);
    buffer_clear(&out);
    table_out_clear(table);
}

static void test_alignment(void)
{
    struct table_out table;
    start(&table, 0);
    table_out_text(&table, "Dostyk");
    table_out_real(&table, 36.5, 1);
    table_out_text(&table, NULL);
    table_out_text(&table, "Хоргос (авто)");
    table_out_real(&table, 1212.04, 1);
    table_out_text(&table, "open");
    table_out_text(&table, "霍尔果斯");
    table_out_real(&table, NAN, 1);
    table_out_text(&table, "x");
    check_table(&table, "Place           Wait h  Note\n"
                        "-------------  -------  ----\n"
                        "Dostyk            36.5\n"
                        "Хоргос (авто)  1,212.0  open\n"
                        "霍尔果斯             -  x\n");
}

static void test_marks(void)
{
    struct table_out table;
    start(&table, 0);
    table_out_marks(&table, "\u202f", ',');
    table_out_text(&table, "Достык");
    table_out_real(&table, 1212.04, 1);
    table_out_text(&table, "-");
    table_out_text(&table, "Хоргос");
    table_out_int(&table, 45000);
    table_out_text(&table, "-");
    check_table(&table, "Place    Wait h  Note\n"
                        "------  -------  ----\n"
                        "Достык  1\u202f212,0  -\n"
                        "Хоргос   45\u202f000  -\n");
}

static void test_wrapping_and_cutting(void)
{
    struct table_out table;
    start(&table, 30);
    table_out_text(&table, "A rather long name");
    table_out_int(&table, 1234567);
    table_out_text(&table, "wrapped at spaces unbreakableword");
    check_table(&table, "Place         Wait h  Note\n"
                        "---------  ---------  --------\n"
                        "A rather…  1,234,567  wrapped\n"
                        "                      at\n"
                        "                      spaces\n"
                        "                      unbreaka\n"
                        "                      bleword\n");
}

static void test_wide_characters_fit(void)
{
    struct table_out table;
    table_out_init(&table, 9);
    table_out_column(&table, "N", TABLE_CUT);
    table_out_text(&table, "霍尔果斯口岸");
    check_table(&table, "N\n---------\n霍尔果斯…\n");
    table_out_init(&table, 8);
    table_out_column(&table, "N", TABLE_WRAP);
    table_out_text(&table, "霍尔果斯口岸");
    check_table(&table, "N\n--------\n霍尔果斯\n口岸\n");
}

static void test_control_characters(void)
{
    struct table_out table;
    table_out_init(&table, UINT32_MAX);
    table_out_column(&table, "N", TABLE_CUT);
    table_out_text(&table, "a\x1b[31m\nb\xC2\x9B"
                           "c\xFF");
    check_table(&table, "N\n-----------\na [31m b c\xEF\xBF\xBD\n");
}

static void test_misuse(void)
{
    struct table_out table;
    struct buffer out = {0};
    start(&table, 0);
    table_out_text(&table, "one cell of three");
    CHECK_INT_EQ(table_out_print(&table, &out), ZHOL_ERROR_INTERNAL);
    table_out_column(&table, "late", TABLE_CUT);
    CHECK_INT_EQ(table.error, ZHOL_ERROR_INTERNAL);
    table_out_clear(&table);
    table_out_init(&table, 0);
    CHECK_INT_EQ(table_out_print(&table, &out), ZHOL_ERROR_INTERNAL);
    table_out_clear(&table);
    buffer_clear(&out);
}

int main(void)
{
    RUN(test_alignment);
    RUN(test_marks);
    RUN(test_wrapping_and_cutting);
    RUN(test_wide_characters_fit);
    RUN(test_control_characters);
    RUN(test_misuse);
    return check_report();
}
