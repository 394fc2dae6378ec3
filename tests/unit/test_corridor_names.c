/* test_corridor_names.c: places and other things are found by what people call them. */
#include <zhol/corridor.h>

#include "check.h"

enum { MAX = 5 };

static struct zhol_corridor *corridor;

static void finds(const char *name, const char *id)
{
    uint32_t node = ZHOL_NONE, near[MAX], count;
    CHECK_INT_EQ(zhol_corridor_place(corridor, name, &node, near, MAX, &count), ZHOL_ERROR_OK);
    CHECK_STR_EQ(zhol_corridor_id(corridor, ZHOL_TABLE_node, node), id);
}

static void hints(const char *name, const char *first)
{
    uint32_t node, near[MAX] = {0}, count;
    CHECK_INT_EQ(zhol_corridor_place(corridor, name, &node, near, MAX, &count), ZHOL_ERROR_UNKNOWN);
    CHECK(count > 0 && count <= MAX);
    CHECK_STR_EQ(count ? zhol_corridor_id(corridor, ZHOL_TABLE_node, near[0]) : "", first);
}

static void test_names_in_four_languages(void)
{
    finds("ALMATY", "ALMATY");
    finds("almaty", "ALMATY");
    finds("Алматы", "ALMATY");
    finds("АЛМАТЫ", "ALMATY");
    finds("Алашаңкоу", "ALASHANKOU");
    finds("алашаңкоу", "ALASHANKOU");
    finds("阿拉山口", "ALASHANKOU");
    finds("西安", "XIAN");
    finds("Сиань", "XIAN");
}

static void test_aliases_and_codes(void)
{
    finds("Druzhba", "DOSTYK");
    finds("alma-ata", "ALMATY");
    finds("Verny", "ALMATY");
    finds("KZALA", "ALMATY");
    finds("kzala", "ALMATY");
    finds("cnsia", "XIAN");
}

static void test_marks_and_signs(void)
{
    finds("Xi'an", "XIAN");
    finds("Xi an", "XIAN");
    finds("Xī\xe2\x80\x99\xc4\x81n", "XIAN"); /* with a curly apostrophe and a long a */
    finds("  Hsi-An ", "XIAN");
    finds("Alm\xc3\xa1ty", "ALMATY");
}

static void test_typos(void)
{
    hints("Dostik", "DOSTYK");
    hints("Almatty", "ALMATY");
    hints("Алмата", "ALMATY");
    hints("Alashan", "ALASHANKOU"); /* a beginning */
    hints("Aktai", "AKTAU");
}

static void test_nothing_like_it(void)
{
    uint32_t node, near[MAX], count;
    static const char *const names[] = {"Vladivostok", "", "'-'", ";", "\xff\xfe"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        CHECK_INT_EQ(zhol_corridor_place(corridor, names[i], &node, near, MAX, &count),
                     ZHOL_ERROR_UNKNOWN);
        CHECK_INT_EQ(count, 0);
    }
    char name[2000];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    CHECK_INT_EQ(zhol_corridor_place(corridor, name, &node, near, MAX, &count), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(zhol_corridor_place(corridor, NULL, &node, near, MAX, &count), ZHOL_ERROR_UNKNOWN);
}

static void test_other_things(void)
{
    uint32_t thing = ZHOL_NONE, near[MAX], count;
    CHECK_INT_EQ(
        zhol_corridor_thing(corridor, ZHOL_TABLE_commodity, "Пшеница", &thing, near, MAX, &count),
        ZHOL_ERROR_OK);
    CHECK_STR_EQ(zhol_corridor_id(corridor, ZHOL_TABLE_commodity, thing), "wheat");
    CHECK_INT_EQ(zhol_corridor_thing(corridor, ZHOL_TABLE_actor, "kazakhstan railways", &thing,
                                     near, MAX, &count),
                 ZHOL_ERROR_OK);
    CHECK_STR_EQ(zhol_corridor_id(corridor, ZHOL_TABLE_actor, thing), "KTZ");
    CHECK_INT_EQ(
        zhol_corridor_thing(corridor, ZHOL_TABLE_link, "S002F1436", &thing, near, MAX, &count),
        ZHOL_ERROR_UNKNOWN);
    CHECK_STR_EQ(zhol_corridor_id(corridor, ZHOL_TABLE_link, near[0]), "S002F1435");
    CHECK_INT_EQ(zhol_corridor_thing(corridor, ZHOL_TABLE_fx, "KZT", &thing, near, MAX, &count),
                 ZHOL_ERROR_UNKNOWN);
}

static void test_beginnings(void)
{
    uint32_t thing, near[MAX], count;
    CHECK_INT_EQ(zhol_corridor_thing(corridor, ZHOL_TABLE_process, "transship at Dostyk", &thing,
                                     near, MAX, &count),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_corridor_thing(corridor, ZHOL_TABLE_process, "border exit at", &thing, near,
                                     MAX, &count),
                 ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(count, 2);
}

static void test_node_name(void)
{
    uint32_t alat = zhol_corridor_find(corridor, ZHOL_TABLE_node, "ALAT");
    uint32_t xian = zhol_corridor_find(corridor, ZHOL_TABLE_node, "XIAN");
    CHECK_STR_EQ(zhol_node_name(corridor, xian, "ru"), "Сиань");
    CHECK_STR_EQ(zhol_node_name(corridor, xian, "zh"), "西安");
    CHECK_STR_EQ(zhol_node_name(corridor, xian, "en"), "Xi'an");
    CHECK_STR_EQ(zhol_node_name(corridor, xian, NULL), "Xi'an");
    CHECK_STR_EQ(zhol_node_name(corridor, alat, "zh"), "Alat");
    CHECK_STR_EQ(zhol_node_name(corridor, ZHOL_NONE, "en"), "");
}

int main(int argc, char **argv)
{
    char folder[512];
    snprintf(folder, sizeof folder, "%s/tests/data/tiny", argc > 1 ? argv[1] : ".");
    if (zhol_corridor_read(folder, NULL, NULL, &corridor)) {
        fprintf(stderr, "cannot read %s\n", folder);
        return 2;
    }
    RUN(test_names_in_four_languages);
    RUN(test_aliases_and_codes);
    RUN(test_marks_and_signs);
    RUN(test_typos);
    RUN(test_nothing_like_it);
    RUN(test_other_things);
    RUN(test_beginnings);
    RUN(test_node_name);
    zhol_corridor_free(corridor);
    return check_report();
}
