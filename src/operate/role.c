/* role.c: which role may send which command. See accounts.h, which declares role_allows.
 *
 * Nobody inherits from anybody but the operator from the officer: an operator who could book would
 * be tempted to, and an auditor only looks and countersigns. What a role may do is one line here.
 */
#include "operate/accounts.h"

#include <string.h>

/* The command is about what belongs to the account's carrier. */
static bool own_carrier(const struct account *account, const struct command *command,
                        uint64_t place_carrier)
{
    bool named = command->carrier != 0;
    switch (command->kind) {
    case COMMAND_driver_add:
    case COMMAND_vehicle_swap:
    case COMMAND_postpone:
    case COMMAND_cancel:
    case COMMAND_appeal:
        /* the place says whose it is, and the command may not say otherwise */
        return account->carrier && place_carrier == account->carrier &&
               (!named || command->carrier == account->carrier);
    default:
        return account->carrier && command->carrier == account->carrier &&
               (!place_carrier || place_carrier == account->carrier);
    }
}

static bool own_checkpoint(const struct account *account, const struct command *command)
{
    return !account->checkpoint[0] || strcmp(account->checkpoint, command->stream) == 0;
}

static bool officer_may(const struct account *account, const struct command *command)
{
    return command_role(command->kind) == ROLE_officer &&
           (command->kind == COMMAND_countersign || own_checkpoint(account, command));
}

static bool operator_may(const struct account *account, const struct command *command)
{
    switch (command->kind) {
    case COMMAND_countersign: /* the other side signs what the operator said */
        return false;
    case COMMAND_round_open: /* the server draws and keeps the seed; the operator says when */
    case COMMAND_round_draw:
        return own_checkpoint(account, command);
    default:
        break;
    }
    enum role least = command_role(command->kind);
    bool registry = command_stream_of(command->kind) == STREAM_REGISTRY;
    return (least == ROLE_operator || least == ROLE_officer) &&
           (registry || own_checkpoint(account, command));
}

static bool system_may(const struct command *command)
{
    switch (command->kind) {
    case COMMAND_subject_erase: /* retention */
    case COMMAND_mark_lift:     /* an upheld appeal */
    case COMMAND_rules_set:     /* the corridor's tables, on their day */
    case COMMAND_slots_publish:
        return true;
    default:
        return command_role(command->kind) == ROLE_system;
    }
}

bool role_allows(const struct account *account, const struct command *command,
                 uint64_t place_carrier)
{
    if (account->disabled || (unsigned)command->kind >= COMMAND_COUNT) {
        return false;
    }
    switch (account->role) {
    case ROLE_carrier:
        return command_role(command->kind) == ROLE_carrier &&
               own_carrier(account, command, place_carrier);
    case ROLE_officer:
        return officer_may(account, command);
    case ROLE_operator:
        return operator_may(account, command);
    case ROLE_auditor:
        return command->kind == COMMAND_countersign;
    case ROLE_system:
        return system_may(command);
    case ROLE_public: /* both only look */
    case ROLE_driver:
    case ROLE_COUNT:
        break;
    }
    return false;
}
