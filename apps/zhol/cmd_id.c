/* cmd_id.c: checks and completes numbers with check digits. */
#include <string.h>

#include <zhol/identifier.h>

#include "command.h"

static const struct option_row options[] = {
    {"complete", 0, NULL, NULL, false,
     SAID("the numbers lack their check digit: print them with it",
          "числа даны без контрольной цифры: вывести с ней")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static const struct said statuses[ZHOL_IDENTIFIER_STATUS_COUNT] = {
    [ZHOL_IDENTIFIER_VALID] = SAID("valid", "верно"),
    [ZHOL_IDENTIFIER_WRONG_LENGTH] = SAID("wrong length", "неверная длина"),
    [ZHOL_IDENTIFIER_WRONG_CHARACTER] = SAID("wrong character", "недопустимый знак"),
    [ZHOL_IDENTIFIER_WRONG_PART] = SAID("a part that cannot be", "недопустимая часть"),
    [ZHOL_IDENTIFIER_WRONG_CHECK] = SAID("wrong check digit", "неверная контрольная цифра"),
    [ZHOL_IDENTIFIER_NEVER_ISSUED] = SAID("never issued", "не выдаётся"),
};

static void list_kinds(const struct given *given, FILE *out)
{
    fprintf(out, "%s\n", given->lang == LANG_RU ? "Виды:" : "Kinds:");
    for (unsigned k = 0; k < ZHOL_IDENTIFIER_COUNT; k++) {
        const struct zhol_identifier_rule *rule = zhol_identifier_rule(k);
        fprintf(out, "  %-12s %s (%s)\n", rule->name, rule->title, rule->standard);
    }
}

static bool check_one(const struct given *given, enum zhol_identifier_kind kind, const char *text)
{
    struct zhol_identifier_result result;
    zhol_identifier_check(kind, text, &result);
    printf("%-20s %s", result.text, say(given, statuses[result.status]));
    if (result.position && result.status != ZHOL_IDENTIFIER_WRONG_LENGTH) {
        printf(given->lang == LANG_RU ? ", знак %u" : ", character %u", result.position);
    }
    if (result.status == ZHOL_IDENTIFIER_WRONG_CHECK && result.expected_check) {
        printf(given->lang == LANG_RU ? ", ожидается %c" : ", expected %c", result.expected_check);
    }
    putchar('\n');
    return result.status == ZHOL_IDENTIFIER_VALID;
}

static bool complete_one(const struct given *given, enum zhol_identifier_kind kind,
                         const char *stem)
{
    char whole[ZHOL_IDENTIFIER_SIZE];
    enum zhol_error error = zhol_identifier_complete(kind, stem, whole);
    if (error) {
        fail(given, 0, "%s: %s", stem, zhol_error_text(error));
        return false;
    }
    puts(whole);
    return true;
}

static int run(const struct given *given)
{
    enum zhol_identifier_kind kind;
    bool fine = true;
    if (strcmp(given->arguments[0], "kinds") == 0 && given->argument_count == 1) {
        list_kinds(given, stdout);
        return EXIT_FINE;
    }
    if (zhol_identifier_kind_from_name(given->arguments[0], &kind)) {
        fail(given, 0, given->lang == LANG_RU ? "неизвестный вид «%s»" : "unknown kind '%s'",
             given->arguments[0]);
        list_kinds(given, stderr);
        return EXIT_MISUSED;
    }
    if (given->argument_count < 2) {
        return fail(given, EXIT_MISUSED, "%s",
                    given->lang == LANG_RU ? "нужен номер" : "a number is missing");
    }
    for (uint32_t i = 1; i < given->argument_count; i++) {
        const char *text = given->arguments[i];
        fine = (given_switch(given, "complete") ? complete_one(given, kind, text)
                                                : check_one(given, kind, text)) &&
               fine;
    }
    return fine ? EXIT_FINE : EXIT_FOUND_FAULTS;
}

static const char *const examples[] = {"zhol id container CSQU3054383 MSKU6011673",
                                       "checks two container numbers and says what is wrong",
                                       "проверяет два номера контейнеров и говорит, что не так",
                                       "zhol id kinds",
                                       "lists the kinds of numbers",
                                       "перечисляет виды номеров",
                                       "zhol id esr --complete 70850",
                                       "prints the station code with its check digit",
                                       "выводит код станции с контрольной цифрой",
                                       NULL};

const struct command command_id = {
    .name = "id",
    .about = SAID("check numbers: containers, wagons, stations, cargo, companies",
                  "проверить номера: контейнеры, вагоны, станции, грузы, компании"),
    .arguments = "KIND NUMBER...",
    .details = SAID("KIND is container (ISO 6346), wagon-1520 (eight digits), wagon-uic (twelve "
                    "digits), esr (station), etsng (cargo), iin or bin (Kazakhstan), uscc (China) "
                    "or another; zhol id kinds names them all. Blanks and dashes do not "
                    "count.",
                    "KIND: container (ISO 6346), wagon-1520 (восемь цифр), wagon-uic (двенадцать), "
                    "esr (станция), etsng (груз), iin или bin (Казахстан), uscc (Китай) и другие; "
                    "все назовёт zhol id kinds. Пробелы и дефисы не считаются."),
    .min_arguments = 1,
    .max_arguments = UINT32_MAX,
    .options = options,
    .examples = examples,
    .run = run,
};
