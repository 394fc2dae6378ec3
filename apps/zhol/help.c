/* help.c: prints what the command table says, at 80 columns. See command.h. */
#include "command.h"

#include <string.h>

#include "base/text.h"

#define WIDTH 80

/* Prints text wrapped at WIDTH with an indent; the cursor stands at column `at` already. */
static void print_wrapped(FILE *out, const char *text, uint32_t indent, uint32_t at)
{
    while (*text) {
        size_t size = strcspn(text, " \n");
        uint32_t width = text_width((struct text_view){text, (uint32_t)size});
        if (at > indent && at + 1 + width > WIDTH) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            fputc(' ', out);
            at++;
        }
        fwrite(text, 1, size, out);
        at += width;
        text += size;
        if (*text == '\n') {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
        }
        text += *text != '\0';
    }
    fputc('\n', out);
}

static void print_option(FILE *out, const struct option_row *row, const struct command *command,
                         enum lang lang)
{
    char left[128];
    bool is_format = strcmp(row->name, "format") == 0;
    snprintf(left, sizeof left, "  %c%c%s --%s%s%s", row->letter ? '-' : ' ',
             row->letter ? row->letter : ' ', row->letter ? "," : " ", row->name,
             row->value ? " " : "", row->value ? row->value : "");
    fputs(left, out);
    uint32_t at = (uint32_t)strlen(left);
    if (at > 27) {
        fputc('\n', out);
        at = 0;
    }
    fprintf(out, "%*s", (int)(28 - at), "");
    const char *words = is_format ? command->formats : row->words;
    char about[512];
    snprintf(about, sizeof about, "%s%s%s", row->about.in[lang], words ? ": " : "",
             words ? words : "");
    print_wrapped(out, about, 28, 28);
}

static void print_options(FILE *out, const struct option_row *rows, const struct command *command,
                          enum lang lang)
{
    for (; rows && rows->name; rows++) {
        bool is_json = strcmp(rows->name, "json") == 0;
        bool is_format = is_json || strcmp(rows->name, "format") == 0;
        bool offered = command->formats && (!is_json || strstr(command->formats, "json"));
        if (!is_format || offered) {
            print_option(out, rows, command, lang);
        }
    }
}

void help_command(FILE *out, const struct command *command, enum lang lang)
{
    bool ru = lang == LANG_RU;
    const char *arguments = command->arguments ? command->arguments : "";
    fprintf(out, "zhol %s%s%s%s\n\n", command->name, *arguments ? " " : "", arguments,
            ru ? " [КЛЮЧИ]" : " [OPTIONS]");
    print_wrapped(out, command->about.in[lang], 0, 0);
    if (command->details.in[lang] && command->details.in[lang][0]) {
        fputc('\n', out);
        print_wrapped(out, command->details.in[lang], 0, 0);
    }
    fprintf(out, "\n%s\n", ru ? "Ключи:" : "Options:");
    print_options(out, command->options, command, lang);
    if (command->common) {
        print_options(out, common_options, command, lang);
    }
    print_options(out, global_options, command, lang);
    if (command->examples && command->examples[0]) {
        fprintf(out, "\n%s\n", ru ? "Примеры:" : "Examples:");
        for (const char *const *e = command->examples; *e; e += 3) {
            fprintf(out, "  %s\n      ", e[0]);
            print_wrapped(out, e[1 + (ru ? 1 : 0)], 6, 6);
        }
    }
}

void help_program(FILE *out, enum lang lang)
{
    bool ru = lang == LANG_RU;
    fputs(ru ? "zhol — движок для грузовых коридоров через границы\n\n"
               "zhol КОМАНДА [АРГУМЕНТЫ] [КЛЮЧИ]\n\nКоманды:\n"
             : "zhol - an engine for freight corridors that cross borders\n\n"
               "zhol COMMAND [ARGUMENTS] [OPTIONS]\n\nCommands:\n",
          out);
    for (const struct command *const *c = commands; *c; c++) {
        fprintf(out, "  %-14s", (*c)->name);
        print_wrapped(out, (*c)->about.in[lang], 16, 16);
    }
    fputs(ru ? "\nСправка по команде с примерами: zhol КОМАНДА --help\n"
             : "\nHelp on a command, with examples: zhol COMMAND --help\n",
          out);
}
