/* Entries as canonical text: what is written is read back the same, and nothing else is read. */
#include "check.h"

#include "base/random.h"
#include "operate/entry.h"
#include "operate/entry_members.h"
#include "operate/queue.h"

static struct change changes[3] = {{1, PLACE_booked, CHANGE_asked, 7200, 0},
                                   {2, PLACE_requested, CHANGE_drawn, 0, -5},
                                   {UINT64_MAX, PLACE_not_drawn, CHANGE_expired, INT64_MIN, 1}};
static struct ledger_line lines[2] = {{7, 1, "fee", 393200, "KZT"}, {7, 0, "refund", -1, "USD"}};

/* Everything that an entry can hold. */
static struct entry full_entry(void)
{
    struct entry entry = {.stream = "NURZHOLY",
                          .seq = 7,
                          .command = {.kind = COMMAND_book,
                                      .stream = "NURZHOLY",
                                      .actor = 0xABCDEF,
                                      .role = ROLE_carrier,
                                      .key = TEXT("k-1"),
                                      .time_s = 1762905600,
                                      .place = 1,
                                      .vehicle = 2,
                                      .driver = 3,
                                      .carrier = 4,
                                      .subject = UINT64_MAX,
                                      .queue = "nur-zholy-exit",
                                      .category = "ordinary",
                                      .unit = "percent",
                                      .slot_s = 1,
                                      .from_s = -2,
                                      .until_s = INT64_MAX,
                                      .amount = INT64_MIN,
                                      .note = TEXT("say \"no\"\n\x01\x7f ж"),
                                      .data = TEXT("{\"a\":[1,2.5e3,true,null,\"x\\u0041\"]}")},
                          .given = {.claimed = true,
                                    .held_by = "A 00",
                                    .known = true,
                                    .blocked_until_s = 9,
                                    .no_shows = 1,
                                    .cancels = 2,
                                    .postponements = UINT32_MAX},
                          .result = {.refusal = REFUSAL_slot_full,
                                     .rule = "kz.no_show",
                                     .number = UINT64_MAX,
                                     .slot_s = 5,
                                     .position = 6,
                                     .data_hash = 0xFEED,
                                     .changes = changes,
                                     .change_count = 3,
                                     .lines = lines,
                                     .line_count = 2}};
    memset(entry.prev, 0xA5, sizeof entry.prev);
    return entry;
}

static struct text_view view_of(const struct buffer *bytes)
{
    return (struct text_view){buffer_get(bytes), (uint32_t)bytes->size};
}

static void test_round_trip(void)
{
    struct entry entry = full_entry(), back;
    struct buffer bytes = {0}, again = {0};
    uint8_t hash[HASH_SIZE], hash_again[HASH_SIZE];
    CHECK_INT_EQ(entry_write(&entry, &bytes, hash), ZHOL_ERROR_OK);
    CHECK(json_compact(view_of(&bytes)));
    CHECK_INT_EQ(entry_read(view_of(&bytes), &back, NULL), ZHOL_ERROR_OK);
    CHECK(result_equal(&entry.result, &back.result));
    CHECK(text_equal(entry.command.note, back.command.note));
    CHECK(text_equal(entry.command.data, back.command.data));
    CHECK_STR_EQ(back.command.stream, "NURZHOLY");
    CHECK_INT_EQ(back.command.amount, INT64_MIN);
    CHECK_INT_EQ(back.given.postponements, UINT32_MAX);
    CHECK_INT_EQ(entry_write(&back, &again, hash_again), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&again), buffer_get(&bytes));
    CHECK(memcmp(hash, hash_again, HASH_SIZE) == 0);
    entry_clear(&back);
    buffer_clear(&bytes);
    buffer_clear(&again);
}

/* The very bytes: whoever wrote a journal with an older program must read it with this one. */
static void test_golden(void)
{
    struct entry entry = {.stream = "registry",
                          .seq = 1,
                          .command = {.kind = COMMAND_mark_add,
                                      .role = ROLE_system,
                                      .time_s = 1762905600,
                                      .subject = 0x1F,
                                      .note = TEXT("no_show")},
                          .result = {.change_count = 1, .changes = changes}};
    struct buffer bytes = {0};
    uint8_t hash[HASH_SIZE];
    CHECK_INT_EQ(entry_write(&entry, &bytes, hash), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&bytes),
                 "{\"stream\":\"registry\",\"seq\":1,\"prev\":"
                 "\"0000000000000000000000000000000000000000000000000000000000000000\","
                 "\"time\":1762905600,\"role\":\"system\",\"command\":\"mark_add\","
                 "\"subject\":\"000000000000001f\",\"note\":\"no_show\",\"result\":{\"changes\":["
                 "{\"place\":\"0000000000000001\",\"state\":\"booked\",\"slot\":7200}]}}");
    buffer_clear(&bytes);
}

static void test_not_written(void)
{
    struct buffer bytes = {0};
    uint8_t hash[HASH_SIZE];
    struct entry entry = full_entry();
    entry.command.note = TEXT("\xff");
    CHECK_INT_EQ(entry_write(&entry, &bytes, hash), ZHOL_ERROR_INVALID);
    buffer_reset(&bytes);
    entry = full_entry();
    entry.command.data = TEXT("{\"a\":1} ");
    CHECK_INT_EQ(entry_write(&entry, &bytes, hash), ZHOL_ERROR_INVALID);
    buffer_clear(&bytes);
}

/* Reads `text` with `from` replaced by `to` once; true when it was refused. */
static bool refused(const char *text, const char *from, const char *to)
{
    struct buffer bytes = {0};
    struct entry entry;
    const char *at = strstr(text, from);
    if (!at) {
        CHECK_FAIL("no %s in the text", from);
        return false;
    }
    buffer_append(&bytes, text, (size_t)(at - text));
    buffer_string(&bytes, to);
    buffer_string(&bytes, at + strlen(from));
    enum zhol_error error = entry_read(view_of(&bytes), &entry, NULL);
    if (!error) {
        entry_clear(&entry);
    }
    buffer_clear(&bytes);
    return error == ZHOL_ERROR_SYNTAX;
}

static void test_strict(void)
{
    static const char *const changes_of[][2] = {
        {"\"seq\":7", "\"seq\":07"},
        {"\"seq\":7", "\"seq\":+7"},
        {"\"seq\":7", "\"seq\":7.0"},
        {"\"seq\":7", "\"seq\": 7"},
        {"\"seq\":7", "\"seq\":18446744073709551616"},
        {"\"seq\":7,", ""},
        {"\"from\":-2", "\"from\":-0"},
        {"\"slot\":1,", "\"slot\":0,"},
        {"\"until\":9223372036854775807", "\"until\":9223372036854775808"},
        {"\"amount\":-9223372036854775808", "\"amount\":-9223372036854775809"},
        {"\"actor\":\"0000000000abcdef\"", "\"actor\":\"0000000000ABCDEF\""},
        {"\"actor\":\"0000000000abcdef\"", "\"actor\":\"abcdef\""},
        {"\"role\":\"carrier\"", "\"role\":\"king\""},
        {"\"command\":\"book\"", "\"command\":\"bo\\u006fk\""},
        {"\"key\":\"k-1\"", "\"key\":\"\""},
        {"\"key\":\"k-1\"", "\"key\":\"k\\u002d1\""},
        {"\"key\":\"k-1\"", "\"key\":\"k\\/1\""},
        {"\\u0001", "\\u0041"},
        {"\\u007f", "\\u007F"},
        {"\\n", "\\u000a"},
        {"\"unit\":\"percent\"",
         "\"unit\":\"a name that is far too long for the member of a command\""},
        {"[1,2.5e3", "[1, 2.5e3"},
        {"2.5e3", "2.e3"},
        {"\"claimed\":true", "\"claimed\":false"},
        {"\"cancels\":2", "\"cancels\":4294967296"},
        {"\"refusal\":\"slot_full\"", "\"refusal\":\"none\""},
        {"\"reason\":\"drawn\"", "\"reason\":\"asked\""},
        {"\"changes\":[", "\"changes\":[ "},
        {"\"given\":{", "\"given\":{},\"given\":{"},
        {"}]}}", "}]}} "},
        {"}]}}", "}]}"},
        {"{\"stream\"", "[\"stream\""},
    };
    struct entry entry = full_entry();
    struct buffer bytes = {0};
    uint8_t hash[HASH_SIZE];
    CHECK_INT_EQ(entry_write(&entry, &bytes, hash), ZHOL_ERROR_OK);
    for (size_t i = 0; i < sizeof changes_of / sizeof *changes_of; i++) {
        if (!refused(buffer_get(&bytes), changes_of[i][0], changes_of[i][1])) {
            CHECK_FAIL("read: %s", changes_of[i][1]);
        }
    }
    buffer_clear(&bytes);
}

/* Cut anywhere it is refused; any changed byte changes the hash or is refused. */
static void test_cut(void)
{
    struct entry entry = full_entry(), kept = {.seq = 0};
    struct buffer bytes = {0};
    uint8_t hash[HASH_SIZE];
    CHECK_INT_EQ(entry_write(&entry, &bytes, hash), ZHOL_ERROR_OK);
    for (uint32_t size = 0; size < bytes.size; size++) {
        struct text_view part = {bytes.bytes, size};
        CHECK_INT_EQ(entry_read_next(part, &kept, NULL), ZHOL_ERROR_SYNTAX);
    }
    CHECK_INT_EQ(entry_read_next(view_of(&bytes), &kept, NULL), ZHOL_ERROR_OK);
    entry_clear(&kept);
    buffer_clear(&bytes);
}

static void test_json_compact(void)
{
    static const char *const good[] = {"{}",
                                       "[]",
                                       "0",
                                       "-1.5E+3",
                                       "\"\"",
                                       "null",
                                       "[[[{\"a\":{\"b\":[]}}]]]",
                                       "\"\\ud83d\\ude00\""};
    static const char *const bad[] = {"",     "{",          "[1,]", "{\"a\"}", "01",
                                      "1.",   "- 1",        "nul",  "\"\n\"",  "\"\\x\"",
                                      "[1 ]", "{\"a\":1,}", "1 2",  "\"\xc3\""};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        CHECK(json_compact(text_view_of(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!json_compact(text_view_of(bad[i])));
    }
    char deep[100];
    memset(deep, '[', 50);
    memset(deep + 50, ']', 50);
    CHECK(!json_compact((struct text_view){deep, 100}));
}

static void test_names(void)
{
    uint64_t id = 0;
    char text[OPAQUE_TEXT_SIZE];
    enum command_kind kind;
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        CHECK_INT_EQ(command_find(text_view_of(command_name((enum command_kind)i)), &kind), 0);
        CHECK_INT_EQ(kind, i);
    }
    CHECK_INT_EQ(command_find(TEXT("fly"), &kind), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(command_role(COMMAND_anchor), ROLE_system);
    CHECK_INT_EQ(command_stream_of(COMMAND_anchor), STREAM_REGISTRY);
    CHECK_INT_EQ(refusal_http(REFUSAL_blocked), 403);
    opaque_write(0x0123456789ABCDEF, text);
    CHECK_STR_EQ(text, "0123456789abcdef");
    CHECK_INT_EQ(opaque_read(text_view_of(text), &id), ZHOL_ERROR_OK);
    CHECK(id == 0x0123456789ABCDEF);
    CHECK_INT_EQ(opaque_read(TEXT("0123456789abcdeF"), &id), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(opaque_read(TEXT("0123"), &id), ZHOL_ERROR_SYNTAX);
}

int main(void)
{
    RUN(test_round_trip);
    RUN(test_golden);
    RUN(test_not_written);
    RUN(test_strict);
    RUN(test_cut);
    RUN(test_json_compact);
    RUN(test_names);
    return check_report();
}
