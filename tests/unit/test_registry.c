/* The registry: subjects, who belongs to whom, marks and blocks, anchors, snapshots. */
#include "check.h"

#include "base/random.h"
#include "operate/registry.h"

static struct registry *registry;

static void start(void)
{
    CHECK_INT_EQ(registry_new(&registry), ZHOL_ERROR_OK);
}

static void end(void)
{
    char why[100] = "";
    CHECK(registry_verify(registry, why, sizeof why));
    CHECK_STR_EQ(why, "");
    registry_free(registry);
}

static enum refusal apply(enum command_kind kind, struct command command, bool claimed)
{
    struct result result;
    struct given given = {.claimed = claimed};
    command.kind = kind;
    CHECK_INT_EQ(registry_apply(registry, &command, &given, &result), ZHOL_ERROR_OK);
    CHECK_INT_EQ(result.change_count, 0);
    return result.refusal;
}

static enum refusal add(enum command_kind kind, uint64_t carrier, uint64_t id)
{
    struct command command = {.carrier = carrier, .vehicle = id, .driver = id, .time_s = 50};
    return apply(kind, command, true);
}

static enum refusal mark(uint64_t subject, const char *what, int64_t time_s, int64_t until_s)
{
    return apply(
        COMMAND_mark_add,
        (struct command){
            .subject = subject, .note = text_view_of(what), .time_s = time_s, .until_s = until_s},
        false);
}

static enum refusal lift(uint64_t subject, const char *what)
{
    return apply(COMMAND_mark_lift,
                 (struct command){.subject = subject, .note = text_view_of(what)}, false);
}

static void test_registering(void)
{
    struct subject_view view;
    start();
    CHECK_INT_EQ(add(COMMAND_carrier_register, 0, 0), REFUSAL_bad_data);
    CHECK_INT_EQ(add(COMMAND_carrier_register, 1, 0), REFUSAL_none);
    CHECK_INT_EQ(add(COMMAND_carrier_register, 1, 0), REFUSAL_duplicate);
    CHECK_INT_EQ(add(COMMAND_vehicle_register, 1, 0), REFUSAL_bad_data);
    CHECK_INT_EQ(add(COMMAND_vehicle_register, 2, 10), REFUSAL_unknown_subject);
    CHECK_INT_EQ(add(COMMAND_vehicle_register, 1, 10), REFUSAL_none);
    CHECK_INT_EQ(add(COMMAND_driver_register, 1, 10), REFUSAL_duplicate);
    CHECK_INT_EQ(add(COMMAND_driver_register, 10, 11), REFUSAL_unknown_subject); /* no carrier */
    CHECK_INT_EQ(add(COMMAND_driver_register, 1, 11), REFUSAL_none);
    struct command taken = {.carrier = 1, .vehicle = 12};
    CHECK_INT_EQ(apply(COMMAND_vehicle_register, taken, false), REFUSAL_duplicate);
    CHECK(registry_subject(registry, 11, &view));
    CHECK_INT_EQ(view.kind, SUBJECT_DRIVER);
    CHECK_INT_EQ(view.carrier, 1);
    CHECK_INT_EQ(view.registered_s, 50);
    CHECK(!registry_subject(registry, 12, &view));
    CHECK(!registry_subject(registry, 0, &view));
    end();
}

static void test_erasing(void)
{
    struct subject_view view;
    start();
    add(COMMAND_carrier_register, 1, 0);
    add(COMMAND_vehicle_register, 1, 10);
    CHECK_INT_EQ(apply(COMMAND_subject_erase, (struct command){.subject = 9}, false),
                 REFUSAL_unknown_subject);
    CHECK_INT_EQ(apply(COMMAND_subject_erase, (struct command){.subject = 0}, false),
                 REFUSAL_bad_data);
    CHECK_INT_EQ(apply(COMMAND_subject_erase, (struct command){.subject = 1}, false), REFUSAL_none);
    CHECK_INT_EQ(apply(COMMAND_subject_erase, (struct command){.subject = 1}, false),
                 REFUSAL_duplicate);
    CHECK(registry_subject(registry, 1, &view) && view.erased);
    CHECK(registry_subject(registry, 10, &view) && !view.erased);
    CHECK_INT_EQ(add(COMMAND_vehicle_register, 1, 11), REFUSAL_unknown_subject);
    end();
}

static void test_marks(void)
{
    struct subject_view view;
    start();
    add(COMMAND_carrier_register, 1, 0);
    CHECK_INT_EQ(mark(2, "no_show", 100, 0), REFUSAL_unknown_subject);
    CHECK_INT_EQ(mark(1, "", 100, 0), REFUSAL_bad_data);
    CHECK_INT_EQ(mark(1, "a mark with a name far too long", 100, 0), REFUSAL_bad_data);
    CHECK_INT_EQ(mark(1, "no_show", 100, 0), REFUSAL_none);
    CHECK_INT_EQ(mark(1, "cancel", 150, 0), REFUSAL_none);
    CHECK_INT_EQ(mark(1, "no_show", 200, 900), REFUSAL_none);
    CHECK_INT_EQ(registry_marks(registry, 1, "no_show", 99, 200), 2);
    CHECK_INT_EQ(registry_marks(registry, 1, "no_show", 100, 200), 1);
    CHECK_INT_EQ(registry_marks(registry, 1, "no_show", 99, 199), 1);
    CHECK_INT_EQ(registry_marks(registry, 1, "late", INT64_MIN, 999), 0);
    CHECK(registry_subject(registry, 1, &view) && view.blocked_until_s == 900);
    CHECK_INT_EQ(lift(1, "no_show"), REFUSAL_none);
    CHECK(registry_subject(registry, 1, &view) && view.blocked_until_s == 0);
    CHECK_INT_EQ(registry_marks(registry, 1, "no_show", INT64_MIN, 999), 1);
    CHECK_INT_EQ(lift(1, ""), REFUSAL_none);
    CHECK_INT_EQ(registry_marks(registry, 1, "cancel", INT64_MIN, 999), 0);
    CHECK_INT_EQ(registry_marks(registry, 1, "no_show", INT64_MIN, 999), 1);
    CHECK_INT_EQ(lift(7, ""), REFUSAL_unknown_subject);
    /* Of two blocks the older one stays. */
    mark(1, "no_show", 300, 1000);
    mark(1, "cancel", 301, 2000);
    lift(1, "cancel");
    CHECK(registry_subject(registry, 1, &view) && view.blocked_until_s == 1000);
    end();
}

static bool collect(void *context, uint64_t id, const struct subject_view *view)
{
    char *text = context;
    (void)view;
    snprintf(text + strlen(text), 32, "%u ", (unsigned)id);
    return strlen(text) < 20;
}

static void test_lists(void)
{
    char text[64] = "";
    start();
    for (uint64_t carrier = 1; carrier <= 2; carrier++) {
        add(COMMAND_carrier_register, carrier, 0);
    }
    for (uint64_t id = 10; id < 16; id++) {
        add(id % 2 ? COMMAND_vehicle_register : COMMAND_driver_register, 1 + id / 13, id);
    }
    registry_list(registry, SUBJECT_CARRIER, 0, collect, text);
    CHECK_STR_EQ(text, "1 2 ");
    text[0] = '\0';
    registry_list(registry, SUBJECT_VEHICLE, 0, collect, text);
    CHECK_STR_EQ(text, "11 13 15 ");
    text[0] = '\0';
    registry_list(registry, SUBJECT_VEHICLE, 2, collect, text);
    CHECK_STR_EQ(text, "13 15 ");
    text[0] = '\0';
    registry_list(registry, SUBJECT_DRIVER, 1, collect, text);
    CHECK_STR_EQ(text, "10 12 ");
    text[0] = '\0';
    registry_list(registry, SUBJECT_DRIVER, 77, collect, text);
    CHECK_STR_EQ(text, "");
    end();
}

static void test_anchors(void)
{
    int64_t time_s;
    struct buffer json = {0};
    start();
    CHECK_INT_EQ(registry_anchor(registry, &time_s).size, 0);
    CHECK_INT_EQ(apply(COMMAND_anchor, (struct command){.time_s = 5}, false), REFUSAL_bad_data);
    CHECK_INT_EQ(
        apply(COMMAND_anchor, (struct command){.time_s = 5, .data = TEXT("{\"heads\":[]}")}, false),
        REFUSAL_none);
    CHECK(text_equal(registry_anchor(registry, &time_s), TEXT("{\"heads\":[]}")));
    CHECK_INT_EQ(time_s, 5);
    CHECK_INT_EQ(registry_countersignatures(registry, &json), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&json), "[]");
    for (int i = 0; i < REGISTRY_COUNTERSIGNATURES + 2; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        apply(COMMAND_countersign, (struct command){.data = text_view_of(text)}, false);
    }
    buffer_reset(&json);
    CHECK_INT_EQ(registry_countersignatures(registry, &json), ZHOL_ERROR_OK);
    CHECK(strncmp(buffer_get(&json), "[2,3,4,", 7) == 0);
    CHECK_STR_EQ(buffer_get(&json) + json.size - 5, ",257]");
    buffer_clear(&json);
    end();
}

/* A long drawn history: saved, loaded and saved again it is the same bytes, and goes on the same.
 */
static void test_snapshots(void)
{
    struct random_stream random;
    struct buffer first = {0}, second = {0};
    struct registry *copy = NULL;
    random_start(&random, 1, 1);
    start();
    for (int i = 0; i < 3000; i++) {
        uint64_t id = 1 + random_below(&random, 300), carrier = 1 + random_below(&random, 20);
        static const char *const kinds[] = {"no_show", "cancel", "postpone"};
        switch (random_below(&random, 6)) {
        case 0:
            add(COMMAND_carrier_register, carrier, 0);
            break;
        case 1:
            add(COMMAND_vehicle_register, carrier, id + 100);
            break;
        case 2:
            add(COMMAND_driver_register, carrier, id + 1000);
            break;
        case 3:
            mark(id + 100, kinds[i % 3], i, random_below(&random, 2) ? i + 500 : 0);
            break;
        case 4:
            lift(id + 100, i % 2 ? "" : "no_show");
            break;
        default:
            if (random_below(&random, 20) == 0) {
                apply(COMMAND_subject_erase, (struct command){.subject = id + 100}, false);
            }
        }
    }
    CHECK_INT_EQ(registry_save(registry, &first), ZHOL_ERROR_OK);
    struct text_view bytes = {first.bytes, (uint32_t)first.size};
    CHECK_INT_EQ(registry_load(bytes, &copy), ZHOL_ERROR_OK);
    end();
    registry = copy;
    CHECK_INT_EQ(registry_save(registry, &second), ZHOL_ERROR_OK);
    CHECK(first.size == second.size && memcmp(first.bytes, second.bytes, first.size) == 0);
    for (uint32_t size = 0; size < 3000 && size < first.size; size += 7) {
        struct registry *none;
        bytes.size = size;
        CHECK_INT_EQ(registry_load(bytes, &none), ZHOL_ERROR_INVALID);
    }
    buffer_clear(&first);
    buffer_clear(&second);
    end();
}

int main(void)
{
    RUN(test_registering);
    RUN(test_erasing);
    RUN(test_marks);
    RUN(test_lists);
    RUN(test_anchors);
    RUN(test_snapshots);
    return check_report();
}
