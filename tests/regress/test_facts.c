/* test_facts.c: every fact of the article has a home: a row of one of the corridors carries it, or
 * it stands in unmodelled.csv with a reason. */
#include "check.h"

#include <stdlib.h>

#include <zhol/corridor.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/text.h"

enum { FACTS = 213, UNMODELLED_MAX = 15, REASON_MIN = 20, TABLES_MIN = 15 };

static const char *root;
static uint32_t carried[FACTS + 1];
static bool unmodelled[FACTS + 1];
static bool tables_with_facts[ZHOL_TABLE_COUNT];

static uint32_t number_of(struct text_view fact)
{
    char text[8] = "";
    if (fact.size == 5 && memcmp(fact.bytes, "AF", 2) == 0) {
        memcpy(text, fact.bytes + 2, 3);
    }
    return (uint32_t)strtoul(text, NULL, 10);
}

static uint32_t rows_of(const struct zhol_corridor *corridor, enum zhol_table table)
{
    uint32_t count = 0;
    switch (table) {
#define CASE(name, doc)                         \
    case ZHOL_TABLE_##name:                     \
        zhol_corridor_##name(corridor, &count); \
        break;
        ZHOL_TABLES(CASE)
#undef CASE
    default:
        break;
    }
    return count;
}

static void count_table(const struct zhol_corridor *corridor, enum zhol_table table)
{
    char text[2048];
    uint32_t column = zhol_column_find(table, "fact_id"), rows = rows_of(corridor, table);
    for (uint32_t row = 0; column != ZHOL_NONE && row < rows; row++) {
        zhol_corridor_cell(corridor, table, row, column, text, sizeof text);
        struct text_view rest = text_view_of(text);
        while (rest.size) {
            uint32_t fact = number_of(text_cut(&rest, ';'));
            CHECK(fact >= 1 && fact <= FACTS);
            if (fact >= 1 && fact <= FACTS && table == ZHOL_TABLE_unmodelled) {
                unmodelled[fact] = true;
            } else if (fact >= 1 && fact <= FACTS) {
                carried[fact]++;
                tables_with_facts[table] = true;
            }
        }
    }
}

static void count_corridor(const char *name)
{
    struct buffer dir = {0};
    struct zhol_corridor_options options = {0};
    struct zhol_corridor *corridor = NULL;
    buffer_printf(&dir, "%s/corridors/%s", root, name);
    CHECK_INT_EQ(zhol_corridor_read(buffer_get(&dir), &options, NULL, &corridor), ZHOL_ERROR_OK);
    for (int t = 0; corridor && t < ZHOL_TABLE_COUNT; t++) {
        count_table(corridor, (enum zhol_table)t);
    }
    if (corridor) {
        uint32_t count;
        const struct zhol_unmodelled *rows = zhol_corridor_unmodelled(corridor, &count);
        for (uint32_t i = 0; i < count; i++) {
            CHECK(strlen(zhol_corridor_text(corridor, rows[i].reason)) >= REASON_MIN);
        }
    }
    zhol_corridor_free(corridor);
    buffer_clear(&dir);
}

static void test_every_fact_has_a_home(void)
{
    uint32_t left = 0;
    for (uint32_t fact = 1; fact <= FACTS; fact++) {
        if (!carried[fact] && !unmodelled[fact]) {
            CHECK_FAIL("AF%03u is carried by no row and not in unmodelled.csv", fact);
        }
        if (carried[fact] && unmodelled[fact]) {
            CHECK_FAIL("AF%03u is carried by a row and unmodelled", fact);
        }
        left += unmodelled[fact];
    }
    CHECK(left <= UNMODELLED_MAX);
}

static void test_facts_are_spread(void)
{
    uint32_t tables = 0;
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        tables += tables_with_facts[t];
    }
    /* A register of 213 notes would not be a model: the facts stand where they are used. */
    CHECK(tables >= TABLES_MIN);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    count_corridor("china-kazakhstan");
    count_corridor("silk-road");
    RUN(test_every_fact_has_a_home);
    RUN(test_facts_are_spread);
    return check_report();
}
