/* tests/border.h: a morning at two checkpoints, always the same: for tests of what stands on the
 * journal (audit, receipts, outbox, retention, backups).
 *
 * Ids are small numbers: carriers 0xC1, 0xC2; vehicles 0xA1...; drivers 0xD1...; places as they
 * come 0xF01.... The clock is the test's.
 */
#ifndef ZHOL_TESTS_BORDER_H
#define ZHOL_TESTS_BORDER_H

#include <stdlib.h>

#include "check.h"

#include "operate/audit.h"
#include "operate/operation.h"
#include "operate/vault.h"

#define BORDER_START 1762884000 /* 2025-11-11T18:00:00Z */
#define BORDER_SLOT0 1762912800 /* 2025-11-12T02:00:00Z, 07:00 in Kazakhstan */
#define BORDER_RULES(id, direction)                                                            \
    "{\"queues\":[{\"id\":\"" id "\",\"direction\":\"" direction                               \
    "\",\"rule_set\":\"test-2025\",\"release\":\"first_come\",\"claim_scope\":\"all\","        \
    "\"discipline\":\"quota\",\"categories\":[{\"id\":\"ordinary\",\"weight\":80,\"rank\":9,"  \
    "\"share_max\":100},{\"id\":\"perishable\",\"weight\":20,\"rank\":1,\"share_max\":100}],"  \
    "\"arrive_early_s\":7200,\"arrive_late_s\":3600,\"call_late_s\":1800,\"postpone_max\":1,"  \
    "\"postpone_window_s\":5184000,\"no_show_max\":2,\"no_show_window_s\":7776000,"            \
    "\"block_s\":1209600,\"appeal_s\":604800,\"horizon_s\":1209600,\"edit\":[\"driver_add\"]," \
    "\"late\":\"block\",\"retention_days\":{\"driver\":30,\"vehicle\":60}}]}"

struct border {
    struct store *store;
    struct operation *operation;
    struct vault *vault;
    struct signer *signer; /* of the operator; NULL: no receipts */
    struct signer *other;  /* who countersigns; NULL: nobody does */
    int64_t now_s;
    uint64_t places;
    struct buffer receipts; /* one a line, of every booking */
    struct buffer last;     /* the last entry */
};

static inline int64_t border_clock(void *context)
{
    return ((struct border *)context)->now_s;
}

static inline void border_must(enum zhol_error error, const char *what)
{
    if (error) {
        fprintf(stderr, "border: %s: %s\n", what, zhol_error_name(error));
        exit(1);
    }
}

static inline void border_open(struct border *border, const char *url)
{
    struct operation_options options = {
        .clock = border_clock, .clock_context = border, .verify = true, .quiet = true};
    border_must(store_open(url, NULL, NULL, &border->store), "store");
    border_must(operation_open(border->store, &options, NULL, &border->operation), "operation");
    border_must(vault_open(border->store, NULL, NULL, &border->vault), "vault");
    border->now_s = BORDER_START;
}

static inline void border_close(struct border *border)
{
    if (border->operation) {
        operation_close(border->operation);
    }
    vault_close(border->vault);
    store_close(border->store);
    buffer_clear(&border->receipts);
    buffer_clear(&border->last);
}

/* What a person sees of an answer: its refusal; and his receipt. */
static inline void border_answered(void *context, const struct answer *answer)
{
    struct border *border = context;
    border_must(answer->error, "answer");
    buffer_reset(&border->last);
    buffer_view(&border->last, answer->bytes);
    if (border->signer && answer->entry->command.place) {
        border_must(receipt_write(border->signer, answer->entry, answer->hash, &border->receipts),
                    "receipt");
        buffer_char(&border->receipts, '\n');
    }
}

static inline enum refusal border_send_with(struct border *border, const struct command *command,
                                            const struct attachment *attachment)
{
    struct entry entry;
    uint32_t applied = 0;
    border_must(operation_submit(border->operation, command, attachment, border_answered, border),
                "submit");
    border_must(operation_step(border->operation, &applied), "step");
    border_must(
        entry_read((struct text_view){buffer_get(&border->last), (uint32_t)border->last.size},
                   &entry, NULL),
        "entry");
    enum refusal refusal = entry.result.refusal;
    entry_clear(&entry);
    return refusal;
}

static inline enum refusal border_send(struct border *border, struct command command)
{
    return border_send_with(border, &command, NULL);
}

static inline void border_rules(struct border *border, const char *stream, const char *queue,
                                const char *rules, int capacity)
{
    struct buffer slots = {0};
    struct command command = {.kind = COMMAND_rules_set, .role = ROLE_operator};
    snprintf(command.stream, sizeof command.stream, "%s", stream);
    command.data = text_view_of(rules);
    CHECK_STR_EQ(refusal_name(border_send(border, command)), "none");
    buffer_string(&slots, "{\"slots\":[");
    for (int i = 0; i < 8; i++) {
        buffer_printf(&slots, "%s{\"start\":%lld,\"end\":%lld,\"capacity\":%d}", i ? "," : "",
                      (long long)(BORDER_SLOT0 + i * 3600),
                      (long long)(BORDER_SLOT0 + i * 3600 + 3600), capacity);
    }
    buffer_string(&slots, "]}");
    command.kind = COMMAND_slots_publish;
    snprintf(command.queue, sizeof command.queue, "%s", queue);
    command.data = text_view_of(buffer_get(&slots));
    CHECK_STR_EQ(refusal_name(border_send(border, command)), "none");
    buffer_clear(&slots);
}

static inline void border_register(struct border *border, enum command_kind kind, uint64_t carrier,
                                   uint64_t subject, const char *fields)
{
    struct buffer sealed = {0};
    struct command command = {.kind = kind, .stream = "registry", .role = ROLE_carrier};
    struct attachment attachment = {.subject = subject};
    command.carrier = carrier;
    command.vehicle = kind == COMMAND_vehicle_register ? subject : 0;
    command.driver = kind == COMMAND_driver_register ? subject : 0;
    border_must(vault_seal(border->vault, subject, text_view_of(fields), &sealed), "seal");
    attachment.sealed = (struct text_view){buffer_get(&sealed), (uint32_t)sealed.size};
    CHECK_STR_EQ(refusal_name(border_send_with(border, &command, &attachment)), "none");
    buffer_clear(&sealed);
}

/* Returns the place; 0 when it was refused. */
static inline uint64_t border_book(struct border *border, const char *stream, uint64_t number,
                                   int slot, enum refusal want)
{
    struct command command = {.kind = COMMAND_book, .actor = 0xC1, .role = ROLE_carrier};
    bool nur = strcmp(stream, "NURZHOLY") == 0;
    snprintf(command.stream, sizeof command.stream, "%s", stream);
    snprintf(command.queue, sizeof command.queue, "%s", nur ? "nur-zholy-exit" : "kolzhat-exit");
    snprintf(command.category, sizeof command.category, "%s",
             number % 3 ? "ordinary" : "perishable");
    command.place = 0xF00 + ++border->places;
    command.vehicle = 0xA0 + number;
    command.driver = 0xD0 + number;
    command.carrier = number <= 4 ? 0xC1 : 0xC2;
    command.slot_s = BORDER_SLOT0 + slot * 3600;
    CHECK_STR_EQ(refusal_name(border_send(border, command)), refusal_name(want));
    return want ? 0 : command.place;
}

static inline enum refusal border_do(struct border *border, const char *stream,
                                     enum command_kind kind, uint64_t place)
{
    struct command command = {.kind = kind, .place = place, .role = ROLE_officer};
    snprintf(command.stream, sizeof command.stream, "%s", stream);
    snprintf(command.queue, sizeof command.queue, "%s",
             strcmp(stream, "NURZHOLY") == 0 ? "nur-zholy-exit" : "kolzhat-exit");
    command.amount = kind == COMMAND_call_forward;
    return border_send(border, command);
}

static inline void border_anchor(struct border *border)
{
    struct buffer data = {0};
    struct command command = {.kind = COMMAND_anchor, .stream = "registry", .role = ROLE_system};
    border_must(anchor_data(border->operation, &data), "anchor");
    command.data = (struct text_view){buffer_get(&data), (uint32_t)data.size};
    CHECK_STR_EQ(refusal_name(border_send(border, command)), "none");
    buffer_clear(&data);
}

static inline void border_countersign(struct border *border, const char *stream)
{
    struct buffer data = {0};
    struct countersignature signature;
    struct command command = {
        .kind = COMMAND_countersign, .stream = "registry", .role = ROLE_officer};
    uint64_t seq = 0;
    uint8_t hash[HASH_SIZE];
    if (!border->other) {
        return;
    }
    border_must(store_head(border->store, stream, &seq, hash), "head");
    border_must(countersign_make(border->other, stream, seq, hash, &signature), "countersign");
    border_must(countersign_data(&signature, &data), "countersign data");
    command.data = (struct text_view){buffer_get(&data), (uint32_t)data.size};
    CHECK_STR_EQ(refusal_name(border_send(border, command)), "none");
    buffer_clear(&data);
}

static inline void border_subjects(struct border *border)
{
    border_register(
        border, COMMAND_carrier_register, 0xC1, 0xC1,
        "{\"name\":\"Ala-Tau Trans\",\"email\":\"office@ala-tau.example\",\"lang\":\"kk\"}");
    border_register(border, COMMAND_carrier_register, 0xC2, 0xC2,
                    "{\"name\":\"Ili Cargo\",\"phone\":\"+7 700 000 00 02\",\"lang\":\"ru\"}");
    for (uint64_t i = 1; i <= 6; i++) {
        char fields[160];
        uint64_t carrier = i <= 4 ? 0xC1 : 0xC2;
        snprintf(fields, sizeof fields, "{\"plate\":\"77%dABC02\"}", (int)i);
        border_register(border, COMMAND_vehicle_register, carrier, 0xA0 + i, fields);
        snprintf(fields, sizeof fields,
                 "{\"name\":\"Driver %d\",\"phone\":\"+7 701 000-00-0%d\",\"lang\":\"%s\"}", (int)i,
                 (int)i, i % 2 ? "ru" : "zh");
        border_register(border, COMMAND_driver_register, carrier, 0xD0 + i, fields);
    }
}

/* Bookings, refusals, a shift of work, a no-show, a closure; anchors and a countersignature. */
static inline void border_play(struct border *border)
{
    border_rules(border, "NURZHOLY", "nur-zholy-exit", BORDER_RULES("nur-zholy-exit", "exit"), 2);
    border_rules(border, "KOLZHAT", "kolzhat-exit", BORDER_RULES("kolzhat-exit", "exit"), 3);
    border_subjects(border);
    border->now_s += 60;
    uint64_t first = border_book(border, "NURZHOLY", 1, 0, REFUSAL_none);
    uint64_t second = border_book(border, "NURZHOLY", 2, 0, REFUSAL_none);
    border->now_s += 1;
    border_book(border, "NURZHOLY", 3, 0, REFUSAL_slot_full);
    border_book(border, "KOLZHAT", 1, 1, REFUSAL_already_active);
    uint64_t third = border_book(border, "KOLZHAT", 3, 1, REFUSAL_none);
    uint64_t fourth = border_book(border, "NURZHOLY", 4, 1, REFUSAL_none);
    uint64_t fifth = border_book(border, "NURZHOLY", 5, 2, REFUSAL_none);
    border_anchor(border);
    border->now_s = BORDER_SLOT0 - 600;
    CHECK(!border_do(border, "NURZHOLY", COMMAND_arrive, first));
    CHECK(!border_do(border, "NURZHOLY", COMMAND_arrive, second));
    CHECK(!border_do(border, "KOLZHAT", COMMAND_cancel, third));
    border_book(border, "NURZHOLY", 3, 1, REFUSAL_none);
    border->now_s = BORDER_SLOT0 + 60;
    CHECK(!border_do(border, "NURZHOLY", COMMAND_call_forward, 0));
    CHECK(!border_do(border, "NURZHOLY", COMMAND_call_forward, 0));
    CHECK(border_do(border, "NURZHOLY", COMMAND_call_forward, 0) == REFUSAL_nobody_waits);
    CHECK(!border_do(border, "NURZHOLY", COMMAND_enter, first));
    border->now_s += 900;
    CHECK(!border_do(border, "NURZHOLY", COMMAND_clear, first));
    border_anchor(border);
    border_countersign(border, "NURZHOLY");
    struct command close = {.kind = COMMAND_close,
                            .stream = "NURZHOLY",
                            .queue = "nur-zholy-exit",
                            .role = ROLE_officer,
                            .from_s = BORDER_SLOT0 + 7200,
                            .until_s = BORDER_SLOT0 + 10800,
                            .note = TEXT("the other side is closed")};
    CHECK(!border_send(border, close));
    border->now_s = BORDER_SLOT0 + 3 * 3600;
    border_do(border, "NURZHOLY", COMMAND_sweep, 0);
    border_book(border, "KOLZHAT", 6, 4, REFUSAL_none);
    border_anchor(border);
    (void)fourth;
    (void)fifth;
}

#endif
