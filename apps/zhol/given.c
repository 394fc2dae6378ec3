/* given.c: parses a command line after the rows of its command. See command.h. */
#include "command.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const struct option_row global_options[] = {
    {"format", 0, "FORMAT", NULL, false, SAID("form of the answer", "вид ответа")},
    {"json", 0, NULL, NULL, false, SAID("the same as --format json", "то же, что --format json")},
    {"lang", 0, "LANG", "en|ru", false,
     SAID("language of the answer (default: from the environment)",
          "язык ответа (по умолчанию из окружения)")},
    {"help", 'h', NULL, NULL, false, SAID("show this help", "показать эту справку")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

const struct option_row common_options[] = {
    {"corridor", 'C', "DIR", NULL, false,
     SAID("folder of the corridor (default: china-kazakhstan)",
          "папка коридора (по умолчанию china-kazakhstan)")},
    {"date", 0, "DATE", NULL, false,
     SAID("day for which the network is compiled (default: the corridor's as_of)",
          "день, на который строится сеть (по умолчанию as_of коридора)")},
    {"scenario", 0, "NAME", NULL, false, SAID("scenario of the corridor", "сценарий коридора")},
    {"set", 0, "NAME=VALUE", NULL, true,
     SAID("set a parameter of the scenario; may be repeated",
          "задать параметр сценария; можно повторять")},
    {"include-planned", 0, NULL, NULL, false,
     SAID("use links and services that are planned or being built too",
          "учитывать и планируемые или строящиеся линии и сервисы")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

const char *say(const struct given *given, struct said text)
{
    return text.in[given->lang];
}

int fail(const struct given *given, int code, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "zhol%s%s: ", given->command ? " " : "",
            given->command ? given->command->name : "");
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return code;
}

/* ---- Asking ---- */

const char *given_nth(const struct given *given, const char *name, uint32_t i)
{
    for (uint32_t k = 0; k < given->option_count; k++) {
        if (strcmp(given->options[k].row->name, name) == 0 && i-- == 0) {
            return given->options[k].value;
        }
    }
    return NULL;
}

const char *given_value(const struct given *given, const char *name)
{
    const char *value = NULL, *next;
    for (uint32_t i = 0; (next = given_nth(given, name, i)); i++) {
        value = next;
    }
    return value;
}

bool given_switch(const struct given *given, const char *name)
{
    return given_nth(given, name, 0) != NULL;
}

/* True where `word` is one of `words`, separated by '|'. */
static bool is_one_of(const char *words, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = words; *at;) {
        size_t span = strcspn(at, "|");
        if (size && span == size && memcmp(at, word, size) == 0) {
            return true;
        }
        at += span + (at[span] == '|');
    }
    return false;
}

const char *given_format(const struct given *given)
{
    const char *format = given_value(given, "format");
    static char first[16];
    if (!format && given_switch(given, "json")) {
        format = "json";
    }
    if (!format && given->command->formats) {
        size_t span = strcspn(given->command->formats, "|");
        span = span < sizeof first ? span : sizeof first - 1;
        memcpy(first, given->command->formats, span);
        first[span] = '\0';
        format = first;
    }
    return format ? format : "table";
}

/* ---- Parsing ---- */

static const struct option_row *find_in(const struct option_row *rows, const char *name,
                                        size_t size, char letter)
{
    for (; rows && rows->name; rows++) {
        bool named = name && strlen(rows->name) == size && memcmp(rows->name, name, size) == 0;
        if (named || (letter && rows->letter == letter)) {
            return rows;
        }
    }
    return NULL;
}

static const struct option_row *find_option(const struct command *command, const char *name,
                                            size_t size, char letter)
{
    const struct option_row *row = find_in(command->options, name, size, letter);
    row = row || !command->common ? row : find_in(common_options, name, size, letter);
    row = row ? row : find_in(global_options, name, size, letter);
    bool is_json = row && strcmp(row->name, "json") == 0;
    bool is_format = is_json || (row && strcmp(row->name, "format") == 0);
    if (is_format && !command->formats) {
        return NULL;
    }
    return is_json && !is_one_of(command->formats, "json") ? NULL : row;
}

static bool value_fits(const struct given *g, const struct option_row *row, const char *value)
{
    const char *words = strcmp(row->name, "format") == 0 ? g->command->formats : row->words;
    if (!words || is_one_of(words, value)) {
        return true;
    }
    fail(g, 0,
         g->lang == LANG_RU ? "--%s: «%s» не подходит; можно: %s"
                            : "--%s: '%s' is not allowed; choose from %s",
         row->name, value, words);
    return false;
}

static bool add_option(struct given *g, const struct option_row *row, const char *value)
{
    if (!value_fits(g, row, value)) {
        return false;
    }
    if (!row->many && given_nth(g, row->name, 0)) {
        fail(g, 0, g->lang == LANG_RU ? "--%s указан дважды" : "--%s is given twice", row->name);
        return false;
    }
    g->options[g->option_count].row = row;
    g->options[g->option_count++].value = value;
    return true;
}

/* One word that begins with a dash; *i moves on where the next word is its value. */
static bool parse_option(struct given *g, int argc, char **argv, int *i)
{
    const char *word = argv[*i], *name = word + 2, *value = NULL;
    bool is_long = word[1] == '-';
    size_t size = is_long ? strcspn(name, "=") : 0;
    const struct option_row *row =
        find_option(g->command, is_long ? name : NULL, size, is_long ? '\0' : word[1]);
    if (!row) {
        fail(g, 0,
             g->lang == LANG_RU ? "неизвестный ключ %s; см. zhol %s --help"
                                : "unknown option %s; see zhol %s --help",
             word, g->command->name);
        return false;
    }
    if (is_long && name[size] == '=') {
        value = name + size + 1;
    } else if (!is_long && word[2]) {
        value = word + 2;
    }
    if (!row->value) {
        if (value) {
            fail(g, 0, g->lang == LANG_RU ? "--%s не принимает значения" : "--%s takes no value",
                 row->name);
            return false;
        }
        return add_option(g, row, "");
    }
    if (!value && *i + 1 < argc) {
        value = argv[++*i];
    }
    if (!value) {
        fail(g, 0, g->lang == LANG_RU ? "--%s: не хватает значения %s" : "--%s needs a value: %s",
             row->name, row->value);
        return false;
    }
    return add_option(g, row, value);
}

static bool count_fits(const struct given *g)
{
    if (given_switch(g, "help")) {
        return true;
    }
    if (g->argument_count >= g->command->min_arguments &&
        g->argument_count <= g->command->max_arguments) {
        return true;
    }
    const char *form = g->command->arguments ? g->command->arguments : "";
    if (g->argument_count > g->command->max_arguments) {
        fail(g, 0,
             g->lang == LANG_RU ? "лишнее: «%s»; ожидается: zhol %s%s%s"
                                : "'%s' is too much; expected: zhol %s%s%s",
             g->arguments[g->command->max_arguments], g->command->name, *form ? " " : "", form);
    } else {
        fail(g, 0, g->lang == LANG_RU ? "ожидается: zhol %s%s%s" : "expected: zhol %s%s%s",
             g->command->name, *form ? " " : "", form);
    }
    return false;
}

bool given_parse(struct given *g, int argc, char **argv)
{
    bool only_arguments = false;
    g->arguments = calloc((size_t)argc + 1, sizeof *g->arguments);
    g->options = calloc((size_t)argc + 1, sizeof *g->options);
    if (!g->arguments || !g->options) {
        fail(g, 0, "out of memory");
        return false;
    }
    for (int i = 0; i < argc; i++) {
        if (!only_arguments && strcmp(argv[i], "--") == 0) {
            only_arguments = true;
        } else if (!only_arguments && argv[i][0] == '-' && argv[i][1] && argv[i][1] != '.' &&
                   !(argv[i][1] >= '0' && argv[i][1] <= '9')) {
            if (!parse_option(g, argc, argv, &i)) {
                return false;
            }
        } else {
            g->arguments[g->argument_count++] = argv[i];
        }
    }
    return count_fits(g);
}

void given_clear(struct given *given)
{
    free(given->arguments);
    free(given->options);
}
