/* command.h: the one table of commands, and what each of them gets.
 *
 * A command is a row of data: name, one line about it, arguments, options, examples, function.
 * Parsing, --help, shell completion and the man page come from these rows alone, so that what help
 * shows is what works. A command lives in a file of its own, cmd_NAME.c, which defines
 * `const struct command command_NAME`; commands.c lists them.
 *
 * Texts stand in English and Russian side by side.
 */
#ifndef ZHOL_APP_COMMAND_H
#define ZHOL_APP_COMMAND_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <zhol/corridor.h>
#include <zhol/error.h>

enum lang { LANG_EN, LANG_RU, LANG_COUNT };

/* A text in both languages. */
struct said {
    const char *in[LANG_COUNT];
};
#define SAID(en, ru) \
    {                \
        {            \
            en, ru   \
        }            \
    }

/* Exit codes of every command. */
enum exit_code {
    EXIT_FINE = 0,
    EXIT_FOUND_FAULTS = 1, /* check found faults, or the answer is "no" */
    EXIT_MISUSED = 2,      /* the command line is wrong */
    EXIT_BAD_INPUT = 3,    /* a file or corridor cannot be used */
    EXIT_NO_ANSWER = 4,    /* no itinerary, nothing of that name */
    EXIT_FAILED = 5,       /* out of memory, disk full, a fault of the program */
    EXIT_STOPPED = 130     /* interrupted */
};

struct option_row {
    const char *name;  /* without the dashes */
    char letter;       /* short form, or 0 */
    const char *value; /* name of its value in capitals, or NULL for a switch */
    const char *words; /* allowed values separated by '|', for checks and completion, or NULL */
    bool many;         /* may be given several times */
    struct said about;
};

struct command;

/* What was given. The strings are those of argv. */
struct given {
    const struct command *command;
    const char *program;
    enum lang lang;
    const char **arguments;
    uint32_t argument_count;
    struct given_option {
        const struct option_row *row;
        const char *value;
    } * options;
    uint32_t option_count;
};

struct command {
    const char *name;
    struct said about;
    const char *arguments; /* e.g. "FROM TO", for usage */
    uint32_t min_arguments, max_arguments;
    bool common;         /* takes -C, --date, --scenario, --set, --include-planned */
    const char *formats; /* allowed --format values, the first is the default; or NULL */
    const struct option_row *options; /* ends with a row whose name is NULL; may be NULL */
    struct said details;              /* paragraphs for help and man page; may be empty */
    const char *const *examples;      /* command line, then English, then Russian; ends with NULL */
    int (*run)(const struct given *given);
};

extern const struct command *const commands[]; /* ends with NULL */
extern const struct option_row common_options[];
extern const struct option_row global_options[];

/* ---- Asking what was given ---- */

/* The last value of an option, or NULL; "" for a switch that was given. */
const char *given_value(const struct given *given, const char *name);
bool given_switch(const struct given *given, const char *name);
/* The value number `i` of an option that may come many times, or NULL. */
const char *given_nth(const struct given *given, const char *name, uint32_t i);
/* --format, or the command's default. */
const char *given_format(const struct given *given);
const char *say(const struct given *given, struct said text);

/* Parses argv behind the command's name; prints what is wrong to stderr and returns false. */
bool given_parse(struct given *given, int argc, char **argv);
void given_clear(struct given *given);

/* Prints "zhol NAME: ..." to stderr and returns `code`. */
__attribute__((format(printf, 3, 4))) int fail(const struct given *given, int code,
                                               const char *format, ...);

void help_program(FILE *out, enum lang lang);
void help_command(FILE *out, const struct command *command, enum lang lang);

#endif
