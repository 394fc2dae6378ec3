/* main.c: finds the command in the table and runs it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "command.h"
#include "corridor/likeness.h"

static const struct command *find_command(const char *name)
{
    for (const struct command *const *c = commands; *c; c++) {
        if (strcmp((*c)->name, name) == 0) {
            return *c;
        }
    }
    return NULL;
}

/* --lang anywhere on the line, else the environment's language. */
static enum lang choose_lang(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--lang=ru") == 0) {
            return LANG_RU;
        }
        if (strcmp(argv[i], "--lang=en") == 0) {
            return LANG_EN;
        }
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
            return strcmp(argv[i + 1], "ru") == 0 ? LANG_RU : LANG_EN;
        }
    }
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) {
            return strncmp(value, "ru", 2) == 0 ? LANG_RU : LANG_EN;
        }
    }
    return LANG_EN;
}

/* A disk that is full shows only when the last bytes are written. */
static int finish(int code)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("zhol: the output could not be written\n", stderr);
        return code == EXIT_FINE ? EXIT_FAILED : code;
    }
    return code;
}

static int no_command(const char *name, enum lang lang)
{
    struct likeness likeness;
    likeness_init(&likeness, text_view_of(name), 1);
    for (uint32_t i = 0; commands[i]; i++) {
        likeness_offer(&likeness, i, text_view_of(commands[i]->name));
    }
    fprintf(stderr, lang == LANG_RU ? "zhol: нет команды «%s»" : "zhol: there is no command '%s'",
            name);
    if (likeness.count) {
        fprintf(stderr, lang == LANG_RU ? "; похожая: %s" : "; near to it: %s",
                commands[likeness.best[0].item]->name);
    }
    fputs(lang == LANG_RU ? "; список: zhol help\n" : "; for a list: zhol help\n", stderr);
    return EXIT_MISUSED;
}

static int run_command(const struct command *command, enum lang lang, int argc, char **argv)
{
    struct given given = {.command = command, .program = argv[0], .lang = lang};
    int code = EXIT_MISUSED;
    if (given_parse(&given, argc - 2, argv + 2)) {
        if (given_switch(&given, "help")) {
            help_command(stdout, command, lang);
            code = EXIT_FINE;
        } else {
            code = command->run(&given);
        }
    }
    given_clear(&given);
    return finish(code);
}

int main(int argc, char **argv)
{
    enum lang lang = choose_lang(argc, argv);
    const char *name = argc > 1 ? argv[1] : "help";
    if (strcmp(name, "--version") == 0) {
        puts("zhol " ZHOL_VERSION);
        return EXIT_FINE;
    }
    bool asks = strcmp(name, "help") == 0;
    bool help = strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0;
    if (help || (asks && (argc < 3 || argv[2][0] == '-'))) {
        help_program(stdout, lang);
        return finish(EXIT_FINE);
    }
    const struct command *command = find_command(asks ? argv[2] : name);
    if (!command) {
        return no_command(asks ? argv[2] : name, lang);
    }
    if (asks) {
        help_command(stdout, command, lang);
        return finish(EXIT_FINE);
    }
    return run_command(command, lang, argc, argv);
}
