/* queue_demo_words.c: the commands of the demonstration, and its people, who are visibly not real.
 */
#include <string.h>

#include "desk/queue_demo_state.h"

#define PLACE_BASE   UINT64_C(0xde309ace10000000)
#define VEHICLE_BASE UINT64_C(0xde30f00d00000000)
#define DRIVER_BASE  UINT64_C(0xde30d41e00000000)
#define SECOND_BASE  UINT64_C(0xde30d41e80000000) /* drivers that are added */
#define CUT_FROM_S   INT64_C(1762963200)          /* 2025-11-12T16:00:00Z, 13 November in China */
#define CUT_UNTIL_S  INT64_C(1763740800)
#define CLOSED_S     INT64_C(7200)

uint64_t demo_place(const struct queue_demo *demo, uint32_t truck)
{
    return truck + 1 == demo->shown ? QUEUE_DEMO_PLACE : PLACE_BASE + truck;
}

uint32_t demo_truck_of(const struct queue_demo *demo, uint64_t place)
{
    if (place == QUEUE_DEMO_PLACE) {
        return demo->shown - 1;
    }
    uint64_t truck = place - PLACE_BASE;
    return truck < demo->truck_count ? (uint32_t)truck : UINT32_MAX;
}

static bool of_queue(enum intent_kind kind)
{
    return kind == INTENT_RULES || kind == INTENT_SLOTS || kind == INTENT_CALL ||
           kind == INTENT_CUT || kind == INTENT_CLOSE;
}

uint32_t demo_queue_of(const struct queue_demo *demo, const struct intent *intent)
{
    return of_queue(intent->kind) ? intent->subject : demo->trucks[intent->subject].queue;
}

static const struct {
    enum command_kind command;
    enum role role;
} kinds[INTENT_COUNT] = {
    [INTENT_RULES] = {COMMAND_rules_set, ROLE_operator},
    [INTENT_SLOTS] = {COMMAND_slots_publish, ROLE_operator},
    [INTENT_CARRIER] = {COMMAND_carrier_register, ROLE_carrier},
    [INTENT_VEHICLE] = {COMMAND_vehicle_register, ROLE_carrier},
    [INTENT_DRIVER] = {COMMAND_driver_register, ROLE_carrier},
    [INTENT_BOOK] = {COMMAND_book, ROLE_carrier},
    [INTENT_ARRIVE] = {COMMAND_arrive, ROLE_officer},
    [INTENT_CALL] = {COMMAND_call_forward, ROLE_officer},
    [INTENT_ENTER] = {COMMAND_enter, ROLE_officer},
    [INTENT_CLEAR] = {COMMAND_clear, ROLE_officer},
    [INTENT_REFUSE] = {COMMAND_refuse, ROLE_officer},
    [INTENT_CUT] = {COMMAND_capacity_set, ROLE_officer},
    [INTENT_CLOSE] = {COMMAND_close, ROLE_officer},
    [INTENT_CANCEL] = {COMMAND_cancel, ROLE_carrier},
    [INTENT_SECOND] = {COMMAND_driver_register, ROLE_carrier},
    [INTENT_DRIVER_ADD] = {COMMAND_driver_add, ROLE_carrier},
    [INTENT_APPEAL] = {COMMAND_appeal, ROLE_carrier},
    [INTENT_DECIDE] = {COMMAND_decide, ROLE_operator},
};

static struct text_view bytes_of(const struct buffer *buffer)
{
    return (struct text_view){buffer_get(buffer), (uint32_t)buffer->size};
}

static void set(char to[COMMAND_NAME_SIZE], const char *from)
{
    snprintf(to, COMMAND_NAME_SIZE, "%s", from);
}

static void command_of_queue(const struct queue_demo *demo, enum intent_kind kind, uint32_t queue,
                             struct command *command)
{
    set(command->queue, queue ? "kolzhat-exit" : "nur-zholy-exit");
    if (kind == INTENT_RULES) {
        command->queue[0] = '\0';
        command->data = bytes_of(&demo->rules[queue]);
    } else if (kind == INTENT_SLOTS) {
        command->data = bytes_of(&demo->slots[queue]);
    } else if (kind == INTENT_CALL) {
        command->amount = 10;
    } else if (kind == INTENT_CUT) {
        command->from_s = CUT_FROM_S;
        command->until_s = CUT_UNTIL_S;
        command->amount = 27;
        set(command->unit, "count");
        command->note = text_view_of("China takes 650 a day from 13 November: 27 an hour");
    } else {
        command->from_s = command->time_s;
        command->until_s = command->time_s + CLOSED_S;
        command->note = text_view_of("X-ray out of order (made up for the demonstration)");
    }
}

static void command_of_truck(const struct queue_demo *demo, enum intent_kind kind, uint32_t number,
                             struct command *command)
{
    const struct truck *truck = &demo->trucks[number];
    bool booking = kind == INTENT_BOOK;
    command->place = demo_place(demo, number);
    if (booking) {
        command->carrier = QUEUE_DEMO_CARRIER + truck->carrier;
        command->vehicle = VEHICLE_BASE + number;
        command->driver = DRIVER_BASE + number;
        set(command->queue, truck->queue ? "kolzhat-exit" : "nur-zholy-exit");
        set(command->category, demo->categories[truck->queue][truck->category]);
        command->slot_s = truck->next ? 0 : truck->slot_s;
        command->kind = truck->next ? COMMAND_book_next : COMMAND_book;
        command->from_s = truck->next ? command->time_s + 1 : 0;
    } else if (kind == INTENT_DRIVER_ADD) {
        command->driver = SECOND_BASE + number;
    } else if (kind == INTENT_REFUSE) {
        command->note = text_view_of("papers do not match the load (made up)");
    } else if (kind == INTENT_APPEAL) {
        command->note = text_view_of("a breakdown on the way, the bill of the workshop is there");
    } else if (kind == INTENT_DECIDE) {
        set(command->unit, "upheld");
        command->note = text_view_of("the bill was seen");
    }
}

static uint64_t actor_of(const struct queue_demo *demo, enum role role, enum intent_kind kind,
                         uint32_t subject)
{
    uint32_t queue = of_queue(kind)           ? subject
                     : kind == INTENT_CARRIER ? 0
                                              : demo->trucks[subject].queue;
    if (role == ROLE_operator) {
        return QUEUE_DEMO_OPERATOR;
    }
    if (role == ROLE_officer) {
        return queue ? QUEUE_DEMO_OFFICER_KOLZHAT : QUEUE_DEMO_OFFICER_NURZHOLY;
    }
    return QUEUE_DEMO_CARRIER + (kind == INTENT_CARRIER ? subject : demo->trucks[subject].carrier);
}

void demo_command(struct queue_demo *demo, enum intent_kind kind, uint32_t subject, int64_t time_s,
                  struct command *command)
{
    char key[32];
    *command =
        (struct command){.kind = kinds[kind].command, .role = kinds[kind].role, .time_s = time_s};
    command->actor = actor_of(demo, kinds[kind].role, kind, subject);
    snprintf(key, sizeof key, "demo-%06llu", (unsigned long long)++demo->step);
    const char *kept = arena_string(&demo->arena, key);
    command->key = kept ? text_view_of(kept) : (struct text_view){"", 0};
    if (kind == INTENT_CARRIER) {
        command->carrier = QUEUE_DEMO_CARRIER + subject;
    } else if (command_stream_of(command->kind) == STREAM_REGISTRY) {
        command->carrier = QUEUE_DEMO_CARRIER + demo->trucks[subject].carrier;
        command->vehicle = kind == INTENT_VEHICLE ? VEHICLE_BASE + subject : 0;
        command->driver = kind == INTENT_DRIVER   ? DRIVER_BASE + subject
                          : kind == INTENT_SECOND ? SECOND_BASE + subject
                                                  : 0;
    } else if (of_queue(kind)) {
        command_of_queue(demo, kind, subject, command);
    } else {
        command_of_truck(demo, kind, subject, command);
    }
    bool registry = command_stream_of(command->kind) == STREAM_REGISTRY;
    bool first = of_queue(kind) ? subject == 0 : registry || demo->trucks[subject].queue == 0;
    set(command->stream, registry ? "registry" : first ? "NURZHOLY" : "KOLZHAT");
}

/* ---- people ---- */

static const char *keep(struct queue_demo *demo, const char *text)
{
    const char *kept = arena_string(&demo->arena, text);
    return kept ? kept : "";
}

static void unique(struct queue_demo *demo, struct queue_demo_step *step, const char *scope,
                   const char *value)
{
    step->unique[step->unique_count].scope = scope;
    step->unique[step->unique_count++].value = keep(demo, value);
}

static void carrier_fields(struct queue_demo *demo, uint32_t number, const char *lang,
                           struct queue_demo_step *step)
{
    char text[400];
    snprintf(text, sizeof text,
             "{\"company\":\"Demo Carrier %02u\",\"bin\":\"0000000000%02u\","
             "\"phone\":\"+700000000%02u\",\"email\":\"demo%02u@example.invalid\","
             "\"lang\":\"%s\"}",
             number + 1, number + 1, number + 1, number + 1, lang);
    step->subject = QUEUE_DEMO_CARRIER + number;
    step->fields = keep(demo, text);
}

static void vehicle_fields(struct queue_demo *demo, uint32_t number, const char *country,
                           struct queue_demo_step *step)
{
    char text[400], plate[32], vin[32];
    snprintf(plate, sizeof plate, "DEMO%04u", number);
    snprintf(vin, sizeof vin, "DEM0ZZZ00000%05u", number);
    snprintf(text, sizeof text,
             "{\"plate\":\"%s\",\"vin\":\"%s\",\"country\":\"%s\",\"type\":\"truck\"}", plate, vin,
             country);
    step->subject = VEHICLE_BASE + number;
    step->fields = keep(demo, text);
    unique(demo, step, "vin", vin);
    unique(demo, step, "plate", plate);
}

static void driver_fields(struct queue_demo *demo, uint32_t number, bool second, const char *lang,
                          const char *country, struct queue_demo_step *step)
{
    char text[400], document[32];
    const char *mark = second ? "B" : "";
    snprintf(document, sizeof document, "DEMO-%04u%s", number, mark);
    snprintf(text, sizeof text,
             "{\"name\":\"Demo Driver %04u%s\",\"phone\":\"+70000%u%05u\","
             "\"document\":\"%s\",\"country\":\"%s\",\"lang\":\"%s\","
             "\"visa_free_until\":\"2025-12-%02u\"}",
             number, mark, second, number, document, country, lang, 1 + number % 28);
    step->subject = (second ? SECOND_BASE : DRIVER_BASE) + number;
    step->fields = keep(demo, text);
    unique(demo, step, "document", document);
}

void demo_fields(struct queue_demo *demo, enum intent_kind kind, uint32_t subject,
                 struct queue_demo_step *step)
{
    static const char *const langs[] = {"ru", "kk", "zh", "en"};
    const char *lang = langs[subject % 4], *country = subject % 4 == 2 ? "CN" : "KZ";
    if (kind == INTENT_CARRIER) {
        carrier_fields(demo, subject, lang, step);
    } else if (kind == INTENT_VEHICLE) {
        vehicle_fields(demo, subject, country, step);
    } else if (kind == INTENT_DRIVER || kind == INTENT_SECOND) {
        driver_fields(demo, subject, kind == INTENT_SECOND, lang, country, step);
    }
}
