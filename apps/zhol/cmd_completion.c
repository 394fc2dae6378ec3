/* cmd_completion.c: shell completion for bash, from the command table. */
#include <string.h>

#include "command.h"

/* The long names of the options of one table, each with a blank before it. */
static void print_names(const struct option_row *rows, bool formats)
{
    for (; rows && rows->name; rows++) {
        bool is_format = strcmp(rows->name, "format") == 0 || strcmp(rows->name, "json") == 0;
        if (!is_format || formats) {
            printf(" --%s", rows->name);
        }
    }
}

/* "a|b|c" as "a b c". */
static void print_words(const char *words)
{
    for (; *words; words++) {
        putchar(*words == '|' ? ' ' : *words);
    }
}

static void print_value_cases(const struct command *c)
{
    const struct option_row *const tables[] = {c->options, c->common ? common_options : NULL,
                                               global_options};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        for (const struct option_row *row = tables[t]; row && row->name; row++) {
            bool is_format = strcmp(row->name, "format") == 0;
            const char *words = is_format ? c->formats : row->words;
            if (words) {
                printf("            %s:--%s) words=\"", c->name, row->name);
                print_words(words);
                puts("\";;");
            }
        }
    }
}

static int run(const struct given *given)
{
    (void)given;
    puts("# bash completion for zhol; put `eval \"$(zhol completion)\"` into ~/.bashrc");
    puts("_zhol() {\n    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}");
    puts("    local command=${COMP_WORDS[1]} words=\"\"\n    if [ \"$COMP_CWORD\" = 1 ]; then");
    printf("        words=\"help");
    for (const struct command *const *c = commands; *c; c++) {
        printf(" %s", (*c)->name);
    }
    puts("\"\n    else\n        case $command:$before in");
    for (const struct command *const *c = commands; *c; c++) {
        print_value_cases(*c);
    }
    puts("        *)\n            case $command in");
    for (const struct command *const *c = commands; *c; c++) {
        printf("            %s) words=\"", (*c)->name);
        print_names((*c)->options, true);
        print_names((*c)->common ? common_options : NULL, true);
        print_names(global_options, (*c)->formats != NULL);
        puts("\";;");
    }
    puts("            esac;;\n        esac\n    fi");
    puts("    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}");
    puts("complete -o default -F _zhol zhol");
    return EXIT_FINE;
}

static const char *const examples[] = {
    "eval \"$(zhol completion)\"", "completes commands, options and their values in this shell",
    "дополняет команды, ключи и их значения в этой оболочке", NULL};

const struct command command_completion = {
    .name = "completion",
    .about = SAID("print shell completion for bash", "вывести дополнение команд для bash"),
    .arguments = "",
    .examples = examples,
    .run = run,
};
