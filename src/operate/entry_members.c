/* entry_members.c: the tables of an entry's members (operate/entry_members.h). */
#include "operate/entry_members.h"

#include <stddef.h>

#include "operate/queue.h"

static const char *command_text(unsigned value)
{
    return command_name((enum command_kind)value);
}

static const char *role_text(unsigned value)
{
    return role_name((enum role)value);
}

static const char *refusal_code(unsigned value)
{
    return refusal_name((enum refusal)value);
}

static const char *reason_text(unsigned value)
{
    return change_reason_name((enum change_reason)value);
}

static const char *state_text(unsigned value)
{
    static const char *const names[PLACE_STATE_COUNT] = {
#define STATE_NAME(name) #name,
        PLACE_STATES(STATE_NAME)
#undef STATE_NAME
    };
    return value < PLACE_STATE_COUNT ? names[value] : "";
}

#define MEMBER(text, what, type, field)                                                \
    {                                                                                  \
        .name = "\"" text "\":", .name_size = sizeof(text) + 2, .kind = MEMBER_##what, \
        .offset = (uint32_t)offsetof(struct type, field),                              \
        .size = (uint32_t)sizeof(((struct type *)0)->field)                            \
    }
#define MEMBER_ALWAYS(text, what, type, field)                                         \
    {                                                                                  \
        .name = "\"" text "\":", .name_size = sizeof(text) + 2, .kind = MEMBER_##what, \
        .always = true, .offset = (uint32_t)offsetof(struct type, field),              \
        .size = (uint32_t)sizeof(((struct type *)0)->field)                            \
    }
#define MEMBER_NAMED(text, what, must, type, field, namer)                                    \
    {                                                                                         \
        .name = "\"" text "\":", .name_size = sizeof(text) + 2, .kind = MEMBER_##what,        \
        .always = must, .offset = (uint32_t)offsetof(struct type, field), .value_name = namer \
    }
#define MEMBERS(array)                                             \
    {                                                              \
        .members = array, .count = sizeof(array) / sizeof *(array) \
    }

static const struct member change_table[] = {
    MEMBER_ALWAYS("place", OPAQUE, change, place),
    MEMBER_NAMED("state", ENUM8, true, change, state, state_text),
    MEMBER_NAMED("reason", ENUM8, false, change, reason, reason_text),
    MEMBER("slot", INT, change, slot_s),
    MEMBER("old_slot", INT, change, old_slot_s),
};
const struct member_list change_members = MEMBERS(change_table);

static const struct member line_table[] = {
    MEMBER_ALWAYS("carrier", OPAQUE, ledger_line, carrier),
    MEMBER("place", OPAQUE, ledger_line, place),
    MEMBER("what", NAME, ledger_line, what),
    MEMBER("amount", INT, ledger_line, amount),
    MEMBER("currency", NAME, ledger_line, currency),
};
const struct member_list line_members = MEMBERS(line_table);

static const struct member given_table[] = {
    MEMBER("claimed", BOOL, given, claimed),
    MEMBER("held_by", NAME, given, held_by),
    MEMBER("known", BOOL, given, known),
    MEMBER("blocked_until", INT, given, blocked_until_s),
    MEMBER("no_shows", UINT32, given, no_shows),
    MEMBER("cancels", UINT32, given, cancels),
    MEMBER("postponements", UINT32, given, postponements),
};
static const struct member_list given_members = MEMBERS(given_table);

static const struct member result_table[] = {
    MEMBER_NAMED("refusal", ENUM, false, result, refusal, refusal_code),
    MEMBER("rule", NAME, result, rule),
    MEMBER("number", UINT, result, number),
    MEMBER("slot", INT, result, slot_s),
    MEMBER("position", UINT32, result, position),
    MEMBER("data_hash", OPAQUE, result, data_hash),
    {.name = "\"changes\":", .name_size = sizeof("changes") + 2, .kind = MEMBER_CHANGES},
    {.name = "\"lines\":", .name_size = sizeof("lines") + 2, .kind = MEMBER_LINES},
};
static const struct member_list result_members = MEMBERS(result_table);

static const struct member entry_table[] = {
    MEMBER_ALWAYS("stream", NAME, entry, stream),
    MEMBER_ALWAYS("seq", UINT, entry, seq),
    MEMBER_ALWAYS("prev", HASH, entry, prev),
    MEMBER_ALWAYS("time", INT, entry, command.time_s),
    MEMBER("actor", OPAQUE, entry, command.actor),
    MEMBER_NAMED("role", ENUM, true, entry, command.role, role_text),
    MEMBER("key", TEXT, entry, command.key),
    MEMBER_NAMED("command", ENUM, true, entry, command.kind, command_text),
    MEMBER("place", OPAQUE, entry, command.place),
    MEMBER("vehicle", OPAQUE, entry, command.vehicle),
    MEMBER("driver", OPAQUE, entry, command.driver),
    MEMBER("carrier", OPAQUE, entry, command.carrier),
    MEMBER("subject", OPAQUE, entry, command.subject),
    MEMBER("queue", NAME, entry, command.queue),
    MEMBER("category", NAME, entry, command.category),
    MEMBER("unit", NAME, entry, command.unit),
    MEMBER("slot", INT, entry, command.slot_s),
    MEMBER("from", INT, entry, command.from_s),
    MEMBER("until", INT, entry, command.until_s),
    MEMBER("amount", INT, entry, command.amount),
    MEMBER("note", TEXT, entry, command.note),
    MEMBER("data", JSON, entry, command.data),
    {.name = "\"given\":",
     .name_size = sizeof("given") + 2,
     .kind = MEMBER_OBJECT,
     .offset = (uint32_t)offsetof(struct entry, given),
     .members = &given_members},
    {.name = "\"result\":",
     .name_size = sizeof("result") + 2,
     .kind = MEMBER_OBJECT,
     .always = true,
     .offset = (uint32_t)offsetof(struct entry, result),
     .members = &result_members},
};
const struct member_list entry_members = MEMBERS(entry_table);
