/* commands.c: the list of commands, in the order in which help shows them. */
#include "command.h"

#define COMMANDS(C) \
    C(plan)         \
    C(demo)         \
    C(check)        \
    C(claims)       \
    C(commitments)  \
    C(id)           \
    C(show)         \
    C(schema)       \
    C(completion)   \
    C(man)

#define COMMAND_DECLARE(name) extern const struct command command_##name;
COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

#define COMMAND_ENTRY(name) &command_##name,
const struct command *const commands[] = {COMMANDS(COMMAND_ENTRY) NULL};
