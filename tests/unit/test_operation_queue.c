/* Queues within the running operation: claims over checkpoints, what the registry knows, marks that
 * come back to it, sweeps that the writer makes by itself. */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"

#include "operate/operation.h"

static int64_t clock_s;
static struct store *store;
static struct operation *operation;

static int64_t test_clock(void *context)
{
    (void)context;
    return clock_s;
}

static void open_operation(bool quiet)
{
    struct operation_options options = {.clock = test_clock, .verify = true, .quiet = quiet};
    CHECK_INT_EQ(operation_open(store, &options, NULL, &operation), ZHOL_ERROR_OK);
    if (!operation) {
        exit(1);
    }
}

static enum refusal ask(struct command command, struct buffer *bytes)
{
    struct result result = {.refusal = REFUSAL_COUNT};
    CHECK_INT_EQ(operation_call(operation, &command, bytes, &result), ZHOL_ERROR_OK);
    return result.refusal;
}

static void set_up(const char *stream)
{
    char data[1000];
    struct command command = {.kind = COMMAND_rules_set, .role = ROLE_operator};
    snprintf(command.stream, sizeof command.stream, "%s", stream);
    snprintf(data, sizeof data,
             "{\"queues\":[{\"id\":\"%s-exit\",\"direction\":\"exit\",\"rule_set\":\"test\","
             "\"release\":\"first_come\",\"claim_scope\":\"all\",\"discipline\":\"quota\","
             "\"categories\":[{\"id\":\"ordinary\",\"weight\":100,\"rank\":1,\"share_max\":100}],"
             "\"arrive_late_s\":600,\"no_show_max\":2,\"no_show_window_s\":1000000,"
             "\"block_s\":50000,\"late\":\"block\"}]}",
             stream);
    command.data = text_view_of(data);
    CHECK_INT_EQ(ask(command, NULL), REFUSAL_none);
    command.kind = COMMAND_slots_publish;
    snprintf(command.queue, sizeof command.queue, "%s-exit", stream);
    command.data = TEXT("{\"slots\":[{\"start\":7200,\"end\":10800,\"capacity\":2},"
                        "{\"start\":93600,\"end\":97200,\"capacity\":2},"
                        "{\"start\":180000,\"end\":183600,\"capacity\":2}]}");
    CHECK_INT_EQ(ask(command, NULL), REFUSAL_none);
}

static void start(bool quiet)
{
    clock_s = 1000;
    CHECK_INT_EQ(store_open("memory:", NULL, NULL, &store), ZHOL_ERROR_OK);
    open_operation(quiet);
    set_up("NORTH");
    set_up("SOUTH");
    struct command command = {.stream = "registry", .role = ROLE_carrier, .carrier = 1};
    command.kind = COMMAND_carrier_register;
    CHECK_INT_EQ(ask(command, NULL), REFUSAL_none);
    for (uint64_t i = 10; i < 14; i++) {
        command.kind = COMMAND_vehicle_register;
        command.vehicle = i;
        CHECK_INT_EQ(ask(command, NULL), REFUSAL_none);
        command.kind = COMMAND_driver_register;
        command.vehicle = 0;
        command.driver = 10 + i;
        CHECK_INT_EQ(ask(command, NULL), REFUSAL_none);
    }
}

static void end(void)
{
    operation_close(operation);
    store_close(store);
    operation = NULL;
}

/* Books for vehicle `vehicle` with driver vehicle + 10. */
static struct command booking(const char *stream, uint64_t place, uint64_t vehicle, int64_t slot_s)
{
    struct command command = {.kind = COMMAND_book,
                              .role = ROLE_carrier,
                              .carrier = 1,
                              .place = place,
                              .vehicle = vehicle,
                              .driver = vehicle + 10,
                              .category = "ordinary",
                              .slot_s = slot_s};
    snprintf(command.stream, sizeof command.stream, "%s", stream);
    snprintf(command.queue, sizeof command.queue, "%s-exit", stream);
    return command;
}

static struct command at_place(enum command_kind kind, const char *stream, uint64_t place)
{
    struct command command = {.kind = kind, .role = ROLE_officer, .place = place};
    snprintf(command.stream, sizeof command.stream, "%s", stream);
    return command;
}

static enum zhol_error count_claim(void *context, struct text_view key, struct text_view holder)
{
    (void)key;
    (void)holder;
    (*(int *)context)++;
    return ZHOL_ERROR_OK;
}

static int claims(void)
{
    int count = 0;
    CHECK_INT_EQ(store_claims(store, "vehicle", count_claim, &count), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_claims(store, "driver", count_claim, &count), ZHOL_ERROR_OK);
    return count;
}

/* A vehicle waits at one checkpoint; at the other it and its driver are refused, and the entry says
 * who holds them. */
static void test_claims_over_checkpoints(void)
{
    struct buffer bytes = {0};
    struct entry entry;
    start(true);
    CHECK_INT_EQ(ask(booking("NORTH", 100, 10, 7200), NULL), REFUSAL_none);
    CHECK_INT_EQ(claims(), 2);
    CHECK_INT_EQ(ask(booking("SOUTH", 200, 10, 7200), &bytes), REFUSAL_already_active);
    CHECK_INT_EQ(
        entry_read((struct text_view){buffer_get(&bytes), (uint32_t)bytes.size}, &entry, NULL),
        ZHOL_ERROR_OK);
    CHECK_STR_EQ(entry.given.held_by, "NORTH 0000000000000064");
    CHECK(!entry.given.claimed && entry.given.known);
    entry_clear(&entry);
    /* Another vehicle with the first one's driver: the vehicle's claim is given back. */
    struct command mixed = booking("SOUTH", 201, 11, 7200);
    mixed.driver = 20;
    CHECK_INT_EQ(ask(mixed, NULL), REFUSAL_already_active);
    CHECK_INT_EQ(claims(), 2);
    CHECK_INT_EQ(ask(booking("SOUTH", 202, 11, 7200), NULL), REFUSAL_none);
    CHECK_INT_EQ(ask(at_place(COMMAND_cancel, "NORTH", 100), NULL), REFUSAL_none);
    CHECK_INT_EQ(claims(), 2);
    CHECK_INT_EQ(ask(booking("SOUTH", 203, 10, 7200), NULL), REFUSAL_none);
    /* A full slot refuses, and no claim stays behind. */
    CHECK_INT_EQ(ask(booking("SOUTH", 204, 12, 7200), NULL), REFUSAL_slot_full);
    CHECK_INT_EQ(claims(), 4);
    CHECK_INT_EQ(ask(booking("NORTH", 101, 12, 7200), NULL), REFUSAL_none);
    buffer_clear(&bytes);
    end();
}

static void test_strangers(void)
{
    start(true);
    struct command command = booking("NORTH", 100, 10, 7200);
    command.driver = 77;
    CHECK_INT_EQ(ask(command, NULL), REFUSAL_unknown_subject);
    command = booking("NORTH", 100, 20, 7200); /* a driver is no vehicle */
    CHECK_INT_EQ(ask(command, NULL), REFUSAL_unknown_subject);
    command = booking("NORTH", 100, 10, 7200);
    command.carrier = 2;
    CHECK_INT_EQ(ask(command, NULL), REFUSAL_unknown_subject);
    struct command erase = {
        .kind = COMMAND_subject_erase, .stream = "registry", .role = ROLE_operator, .subject = 10};
    CHECK_INT_EQ(ask(erase, NULL), REFUSAL_none);
    CHECK_INT_EQ(ask(booking("NORTH", 100, 10, 7200), NULL), REFUSAL_unknown_subject);
    CHECK_INT_EQ(claims(), 0);
    end();
}

/* The writer sweeps by itself; no-shows at one checkpoint block at the other, and after opening
 * again all of it is as before. */
static void test_no_shows(void)
{
    struct subject_view view;
    uint32_t applied;
    start(false);
    CHECK_INT_EQ(ask(booking("NORTH", 100, 10, 7200), NULL), REFUSAL_none);
    clock_s = 20000;
    CHECK_INT_EQ(operation_step(operation, &applied), ZHOL_ERROR_OK);
    CHECK(applied >= 2); /* the sweep and its mark */
    CHECK_INT_EQ(registry_marks(operation_registry(operation), 10, "no_show", 0, clock_s), 1);
    CHECK_INT_EQ(claims(), 0);
    CHECK_INT_EQ(ask(booking("SOUTH", 200, 10, 93600), NULL), REFUSAL_none);
    clock_s = 110000;
    CHECK_INT_EQ(operation_step(operation, &applied), ZHOL_ERROR_OK);
    CHECK(registry_subject(operation_registry(operation), 10, &view));
    CHECK_INT_EQ(view.blocked_until_s, 160000);
    CHECK_INT_EQ(ask(booking("NORTH", 101, 10, 180000), NULL), REFUSAL_blocked);
    operation_close(operation);
    open_operation(false);
    CHECK_INT_EQ(ask(booking("NORTH", 102, 10, 180000), NULL), REFUSAL_blocked);
    clock_s = 160001;
    CHECK_INT_EQ(ask(booking("NORTH", 103, 10, 180000), NULL), REFUSAL_none);
    end();
}

int main(void)
{
    RUN(test_claims_over_checkpoints);
    RUN(test_strangers);
    RUN(test_no_shows);
    return check_report();
}
