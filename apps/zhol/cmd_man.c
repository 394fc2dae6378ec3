/* cmd_man.c: the manual page, from the command table, in the man macro package (man(7)). */
#include <string.h>

#include "command.h"

/* Text with what roff would take for a request or an escape made harmless. */
static void print_roff(const char *text)
{
    bool line_begins = true;
    for (; *text; text++) {
        if (line_begins && (*text == '.' || *text == '\'')) {
            fputs("\\&", stdout);
        }
        if (*text == '\\') {
            fputs("\\e", stdout);
        } else if (*text == '-') {
            fputs("\\-", stdout);
        } else {
            putchar(*text);
        }
        line_begins = *text == '\n';
    }
}

static void print_line(const char *macro, const char *text)
{
    fputs(macro, stdout);
    print_roff(text);
    putchar('\n');
}

static void print_option(const struct option_row *row, const struct command *command,
                         enum lang lang)
{
    const char *words = strcmp(row->name, "format") == 0 && command ? command->formats : row->words;
    puts(".TP");
    fputs(".B ", stdout);
    if (row->letter) {
        printf("\\-%c, ", row->letter);
    }
    fputs("\\-\\-", stdout);
    print_roff(row->name);
    if (row->value) {
        putchar(' ');
        print_roff(row->value);
    }
    putchar('\n');
    print_roff(row->about.in[lang]);
    if (words) {
        fputs(": ", stdout);
        print_roff(words);
    }
    putchar('\n');
}

static void print_command(const struct command *c, enum lang lang)
{
    printf(".SS \"zhol %s", c->name);
    if (c->arguments[0]) {
        putchar(' ');
        print_roff(c->arguments);
    }
    puts("\"");
    print_line("", c->about.in[lang]);
    if (c->details.in[lang] && c->details.in[lang][0]) {
        puts(".PP");
        print_line("", c->details.in[lang]);
    }
    for (const struct option_row *row = c->options; row && row->name; row++) {
        print_option(row, c, lang);
    }
    if (c->formats) {
        puts(".TP");
        fputs(".B \\-\\-format\n", stdout);
        print_line("", c->formats);
    }
    for (const char *const *e = c->examples; e && *e; e += 3) {
        puts(".PP\n.nf");
        print_line("    ", e[0]);
        puts(".fi");
        print_line("", e[1 + (lang == LANG_RU ? 1 : 0)]);
    }
}

static int run(const struct given *given)
{
    enum lang lang = given->lang;
    bool ru = lang == LANG_RU;
    puts(".TH ZHOL 1 \"\" \"zhol " ZHOL_VERSION "\" \"\"");
    puts(ru ? ".SH НАЗВАНИЕ" : ".SH NAME");
    puts(ru ? "zhol \\- движок для грузовых коридоров через границы"
            : "zhol \\- an engine for freight corridors that cross borders");
    puts(ru ? ".SH ВЫЗОВ" : ".SH SYNOPSIS");
    puts(ru ? ".B zhol\nКОМАНДА [АРГУМЕНТЫ] [КЛЮЧИ]" : ".B zhol\nCOMMAND [ARGUMENTS] [OPTIONS]");
    puts(ru ? ".SH КОМАНДЫ" : ".SH COMMANDS");
    for (const struct command *const *c = commands; *c; c++) {
        print_command(*c, lang);
    }
    puts(ru ? ".SH ОБЩИЕ КЛЮЧИ" : ".SH COMMON OPTIONS");
    for (const struct option_row *row = common_options; row->name; row++) {
        print_option(row, NULL, lang);
    }
    for (const struct option_row *row = global_options; row->name; row++) {
        print_option(row, NULL, lang);
    }
    puts(ru ? ".SH КОД ВОЗВРАТА" : ".SH EXIT STATUS");
    puts(ru ? "0 хорошо; 1 найдены ошибки в данных; 2 неверный вызов; 3 негодный файл или коридор; "
              "4 ответа нет; 5 сбой; 130 прервано."
            : "0 fine; 1 faults found in the data; 2 wrong usage; 3 a file or corridor that cannot "
              "be used; 4 no answer; 5 failure; 130 interrupted.");
    return EXIT_FINE;
}

static const char *const examples[] = {"zhol man | man -l -",
                                       "reads the manual",
                                       "открывает руководство",
                                       "zhol man --lang ru > zhol.1",
                                       "writes the Russian manual page",
                                       "записывает русскую страницу руководства",
                                       NULL};

const struct command command_man = {
    .name = "man",
    .about = SAID("print the manual page", "вывести страницу руководства"),
    .arguments = "",
    .examples = examples,
    .run = run,
};
