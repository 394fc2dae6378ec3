/* command.c: names of commands, roles and refusals, and opaque identifiers as text. */
#include "operate/command.h"

#include <string.h>

static const struct {
    const char *name;
    enum command_stream stream;
    enum role role;
} commands[COMMAND_COUNT] = {
#define COMMAND_ROW(name, stream, role) {#name, STREAM_##stream, ROLE_##role},
/* The table of commands writes its roles in capitals. */
#define ROLE_CARRIER  ROLE_carrier
#define ROLE_OFFICER  ROLE_officer
#define ROLE_OPERATOR ROLE_operator
#define ROLE_SYSTEM   ROLE_system
    COMMANDS(COMMAND_ROW)
#undef ROLE_CARRIER
#undef ROLE_OFFICER
#undef ROLE_OPERATOR
#undef ROLE_SYSTEM
#undef COMMAND_ROW
};

static const char *const roles[ROLE_COUNT] = {
#define ROLE_NAME(name) #name,
    ROLES(ROLE_NAME)
#undef ROLE_NAME
};

static const struct {
    const char *name;
    unsigned http;
    const char *text;
} refusals[REFUSAL_COUNT] = {
#define REFUSAL_ROW(code, http, sentence) {#code, http, sentence},
    REFUSALS(REFUSAL_ROW)
#undef REFUSAL_ROW
};

static const char *const reasons[CHANGE_REASON_COUNT] = {
#define REASON_NAME(name) #name,
    CHANGE_REASONS(REASON_NAME)
#undef REASON_NAME
};

const char *command_name(enum command_kind kind)
{
    return (unsigned)kind < COMMAND_COUNT ? commands[kind].name : "";
}

enum zhol_error command_find(struct text_view name, enum command_kind *kind)
{
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        if (text_equal_string(name, commands[i].name)) {
            *kind = (enum command_kind)i;
            return ZHOL_ERROR_OK;
        }
    }
    return ZHOL_ERROR_UNKNOWN;
}

enum command_stream command_stream_of(enum command_kind kind)
{
    return commands[kind].stream;
}

enum role command_role(enum command_kind kind)
{
    return commands[kind].role;
}

const char *role_name(enum role role)
{
    return (unsigned)role < ROLE_COUNT ? roles[role] : "";
}

const char *refusal_name(enum refusal refusal)
{
    return (unsigned)refusal < REFUSAL_COUNT ? refusals[refusal].name : "";
}

unsigned refusal_http(enum refusal refusal)
{
    return (unsigned)refusal < REFUSAL_COUNT ? refusals[refusal].http : 500;
}

const char *refusal_text(enum refusal refusal)
{
    return (unsigned)refusal < REFUSAL_COUNT ? refusals[refusal].text : "";
}

const char *change_reason_name(enum change_reason reason)
{
    return (unsigned)reason < CHANGE_REASON_COUNT ? reasons[reason] : "";
}

/* ---- the same command again ---- */

/* The kinds that make something: its id is drawn anew each time that they are sent. */
static bool draws_place(enum command_kind kind)
{
    return kind == COMMAND_book || kind == COMMAND_book_next || kind == COMMAND_request ||
           kind == COMMAND_join;
}

static bool same_ids(const struct command *a, const struct command *b)
{
    enum command_kind kind = a->kind;
    return (a->place == b->place || draws_place(kind)) &&
           (a->vehicle == b->vehicle || kind == COMMAND_vehicle_register) &&
           (a->driver == b->driver || kind == COMMAND_driver_register) &&
           (a->carrier == b->carrier || kind == COMMAND_carrier_register) &&
           a->subject == b->subject;
}

/* A booking "from now on" carries the present, which is another one when it is sent again. */
static bool same_from(const struct command *stored, const struct command *again, int64_t now_s)
{
    return stored->from_s == again->from_s ||
           ((stored->kind == COMMAND_book_next || stored->kind == COMMAND_request) &&
            stored->from_s <= stored->time_s && again->from_s <= now_s);
}

bool command_same(const struct command *stored, const struct command *again, int64_t now_s)
{
    return stored->kind == again->kind && same_ids(stored, again) &&
           strcmp(stored->queue, again->queue) == 0 &&
           strcmp(stored->category, again->category) == 0 &&
           strcmp(stored->unit, again->unit) == 0 && stored->slot_s == again->slot_s &&
           same_from(stored, again, now_s) && stored->until_s == again->until_s &&
           stored->amount == again->amount && text_equal(stored->note, again->note) &&
           (stored->kind != COMMAND_countersign || text_equal(stored->data, again->data));
}

void opaque_write(uint64_t id, char text[OPAQUE_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) {
        text[i] = digits[id >> (60 - 4 * i) & 15];
    }
    text[16] = '\0';
}

enum zhol_error opaque_read(struct text_view text, uint64_t *id)
{
    uint64_t value = 0;
    if (text.size != OPAQUE_TEXT_SIZE - 1) {
        return ZHOL_ERROR_SYNTAX;
    }
    for (uint32_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];
        if (c >= '0' && c <= '9') {
            value = value << 4 | (uint64_t)(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            value = value << 4 | (uint64_t)(c - 'a' + 10);
        } else {
            return ZHOL_ERROR_SYNTAX;
        }
    }
    *id = value;
    return ZHOL_ERROR_OK;
}
