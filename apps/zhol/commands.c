/* commands.c: the list of commands, in the order in which help shows them. */
#include "command.h"

#define COMMANDS(C) \
    C(study)        \
    C(plan)         \
    C(dispatch)     \
    C(assign)       \
    C(sensitivity)  \
    C(simulate)     \
    C(demo)         \
    C(show)         \
    C(check)        \
    C(claims)       \
    C(commitments)  \
    C(tariff)       \
    C(register)     \
    C(catchment)    \
    C(crew)         \
    C(shipments)    \
    C(shift)        \
    C(hub)          \
    C(demand)       \
    C(crisis)       \
    C(calibrate)    \
    C(trade)        \
    C(import)       \
    C(queue)        \
    C(serve)        \
    C(audit)        \
    C(receipt)      \
    C(account)      \
    C(backup)       \
    C(restore)      \
    C(schema)       \
    C(id)           \
    C(completion)   \
    C(man)

#define COMMAND_DECLARE(name) extern const struct command command_##name;
COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

#define COMMAND_ENTRY(name) &command_##name,
const struct command *const commands[] = {COMMANDS(COMMAND_ENTRY) NULL};
