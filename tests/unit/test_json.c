/* The JSON writer of src/base/json.h. */
#include "check.h"

#include "base/json.h"

static void write_sample(struct json_writer *writer)
{
    json_write_object(writer);
    json_member_text(writer, "name", "Хоргос \"Gate\"\n\x01\\");
    json_member_int(writer, "n", INT64_MIN);
    json_member_real(writer, "x", 0.1);
    json_member_fixed(writer, "cost", 2, 2);
    json_member_bool(writer, "open", true);
    json_member_null(writer, "none");
    json_write_key(writer, "list");
    json_write_array(writer);
    json_write_uint(writer, UINT64_MAX);
    json_write_real(writer, NAN);
    json_write_text(writer, NULL);
    json_write_raw(writer, TEXT("[1]"));
    json_write_object(writer);
    json_write_object_end(writer);
    json_write_array(writer);
    json_write_array_end(writer);
    json_write_array_end(writer);
    json_write_object_end(writer);
}

static void test_compact(void)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, false);
    write_sample(&writer);
    CHECK_INT_EQ(json_writer_end(&writer), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&out),
                 "{\"name\":\"Хоргос \\\"Gate\\\"\\n\\u0001\\\\\",\"n\":-9223372036854775808,"
                 "\"x\":0.1,\"cost\":2.00,\"open\":true,\"none\":null,"
                 "\"list\":[18446744073709551615,null,null,[1],{},[]]}");
    buffer_clear(&out);
}

static void test_pretty(void)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, true);
    json_write_object(&writer);
    json_member_int(&writer, "a", 1);
    json_write_key(&writer, "b");
    json_write_array(&writer);
    json_write_int(&writer, 2);
    json_write_object(&writer);
    json_write_object_end(&writer);
    json_write_array_end(&writer);
    json_write_object_end(&writer);
    CHECK_INT_EQ(json_writer_end(&writer), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&out), "{\n  \"a\": 1,\n  \"b\": [\n    2,\n    {}\n  ]\n}\n");
    buffer_clear(&out);
}

static void test_bad_bytes_are_replaced(void)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, false);
    json_write_text(&writer, "a\xFFz\xD0\xEF\xBF\xBD\x7F\t/");
    CHECK_INT_EQ(json_writer_end(&writer), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&out), "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\\u007f\\t/\"");
    buffer_clear(&out);
}

/* Each letter is one call; all these orders are not JSON. */
static enum zhol_error play(const char *calls)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, false);
    for (; *calls; calls++) {
        switch (*calls) {
        case '{':
            json_write_object(&writer);
            break;
        case '}':
            json_write_object_end(&writer);
            break;
        case '[':
            json_write_array(&writer);
            break;
        case ']':
            json_write_array_end(&writer);
            break;
        case 'k':
            json_write_key(&writer, "k");
            break;
        default:
            json_write_int(&writer, 1);
        }
    }
    enum zhol_error error = json_writer_end(&writer);
    buffer_clear(&out);
    return error;
}

static void test_wrong_orders(void)
{
    const char *const wrong[] = {"",   "{",   "[",   "}",     "]",   "{]",  "[}",   "k",   "11",
                                 "{1", "{1}", "{k}", "{kk1}", "[k]", "[]1", "{}{}", "[1]]"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (play(wrong[i]) != ZHOL_ERROR_INTERNAL) {
            CHECK_FAIL("\"%s\" was taken", wrong[i]);
        }
    }
    CHECK_INT_EQ(play("{k[1{k1k{}}[]]k1}"), ZHOL_ERROR_OK);
    char deep[2 * JSON_DEPTH_MAX + 3] = {0};
    memset(deep, '[', JSON_DEPTH_MAX);
    memset(deep + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
    CHECK_INT_EQ(play(deep), ZHOL_ERROR_OK);
    memset(deep, '[', JSON_DEPTH_MAX + 1);
    memset(deep + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
    CHECK_INT_EQ(play(deep), ZHOL_ERROR_INTERNAL);
}

static void test_buffer_error_comes_through(void)
{
    struct buffer out = {.limit = 5};
    struct json_writer writer;
    json_writer_init(&writer, &out, false);
    write_sample(&writer);
    CHECK_INT_EQ(json_writer_end(&writer), ZHOL_ERROR_LIMIT);
    buffer_clear(&out);
}

int main(void)
{
    RUN(test_compact);
    RUN(test_pretty);
    RUN(test_bad_bytes_are_replaced);
    RUN(test_wrong_orders);
    RUN(test_buffer_error_comes_through);
    return check_report();
}
