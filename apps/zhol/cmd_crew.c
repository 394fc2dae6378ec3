/* cmd_crew.c: may a driver or crew enter without a visa, how many days are left, from when on. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "base/text.h"
#include "base/time.h"
#include "desk/crew.h"
#include "freight_year.h"
#include "report/lines.h"

enum { STAYS_MAX = 512 };

static const struct option_row options[] = {
    {"trip", 0, "DAY..DAY", NULL, false,
     SAID("the trip asked about, days of entry and exit", "поездка: дни въезда и выезда")},
    {"stay", 0, "DAY..DAY", NULL, true,
     SAID("a stay before; may be repeated", "прежнее пребывание; можно повторять")},
    {"citizen", 0, "COUNTRY", NULL, false,
     SAID("citizen of: KZ or CN (default: the other one)",
          "гражданин: KZ или CN (по умолчанию другой страны)")},
    {"purpose", 0, "WHAT", NULL, false,
     SAID("carriage (default), transit, business, private, tourism or medical",
          "carriage (по умолчанию), transit, business, private, tourism или medical")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

struct crew {
    const struct given *given;
    const struct loaded *loaded;
    const char *country;
    struct crew_regime regime;
    uint32_t at_once_row, window_row, purpose_row; /* rules, or ZHOL_NONE */
    struct crew_stay trip, stays[STAYS_MAX];
    uint32_t stay_count;
    struct crew_answer answer;
};

static bool is_ru(const struct crew *crew)
{
    return crew->given->lang == LANG_RU;
}

static const char *in(const struct crew *crew, const char *en, const char *ru)
{
    return is_ru(crew) ? ru : en;
}

/* ---- The rules ---- */

static bool holds_on(const struct zhol_rule *rule, int32_t day)
{
    return (rule->valid_from == ZHOL_BLANK_DATE || rule->valid_from <= day) &&
           (rule->valid_to == ZHOL_BLANK_DATE || day < rule->valid_to);
}

/* "RU.visa.carriage.kz" is about the purpose "carriage"; the regime is mutual, so that a purpose
 * that one side lists holds for both. */
static bool is_about(const struct crew *crew, const struct zhol_rule *rule, const char *purpose)
{
    const char *id = zhol_corridor_id(crew->loaded->corridor, ZHOL_TABLE_rule, rule->rule_id);
    const char *part = strstr(id, ".visa.");
    size_t size = strlen(purpose);
    return part && strncmp(part + 6, purpose, size) == 0 &&
           (part[6 + size] == '\0' || part[6 + size] == '.');
}

static int find_rules(struct crew *crew, int32_t day, const char *purpose)
{
    const struct zhol_corridor *corridor = crew->loaded->corridor;
    uint32_t count, window = 0;
    const struct zhol_rule *rules = zhol_corridor_rule(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (rules[i].kind != zhol_rule_kind_VISA || !holds_on(&rules[i], day)) {
            continue;
        }
        const char *unit = zhol_corridor_text(corridor, rules[i].unit);
        bool here = strcmp(zhol_corridor_text(corridor, rules[i].country), crew->country) == 0;
        if (here && strcmp(unit, "d") == 0 && rules[i].value >= 1) {
            crew->regime.at_once = (uint32_t)rules[i].value;
            crew->at_once_row = i;
        } else if (here && sscanf(unit, "d in %u d", &window) == 1 && rules[i].value >= 1) {
            crew->regime.in_window = (uint32_t)rules[i].value;
            crew->regime.window = window;
            crew->window_row = i;
        } else if (is_about(crew, &rules[i], purpose)) {
            crew->purpose_row = i;
        }
    }
    return crew->at_once_row != ZHOL_NONE && crew->window_row != ZHOL_NONE
               ? EXIT_FINE
               : fail(crew->given, EXIT_NO_ANSWER,
                      in(crew, "the corridor has no visa-free regime of %s on that day",
                         "безвизового режима %s на этот день в коридоре нет"),
                      crew->country);
}

/* ---- The question ---- */

static int read_stay(const struct crew *crew, const char *option, const char *text,
                     struct crew_stay *stay)
{
    char first[32];
    const char *dots = strstr(text, "..");
    size_t size = dots ? (size_t)(dots - text) : 0;
    if (!size || size >= sizeof first) {
        return fail(crew->given, EXIT_MISUSED,
                    in(crew, "--%s %s: expected DAY..DAY, such as 2026-01-05..2026-01-20",
                       "--%s %s: ожидалось ДЕНЬ..ДЕНЬ, например 2026-01-05..2026-01-20"),
                    option, text);
    }
    memcpy(first, text, size);
    first[size] = '\0';
    int code = load_day(crew->given, option, first, &stay->first);
    return code == EXIT_FINE ? load_day(crew->given, option, dots + 2, &stay->last) : code;
}

static int read_question(struct crew *crew)
{
    const struct given *given = crew->given;
    const char *trip = given_value(given, "trip"), *text;
    if (!trip) {
        return fail(given, EXIT_MISUSED, "%s",
                    in(crew, "--trip is needed", "нужна поездка: --trip"));
    }
    int code = read_stay(crew, "trip", trip, &crew->trip);
    for (uint32_t i = 0; code == EXIT_FINE && (text = given_nth(given, "stay", i)); i++) {
        if (crew->stay_count == STAYS_MAX) {
            return fail(given, EXIT_MISUSED, in(crew, "more than %d stays", "больше %d пребываний"),
                        STAYS_MAX);
        }
        code = read_stay(crew, "stay", text, &crew->stays[crew->stay_count++]);
    }
    return code;
}

/* Stays are those before the trip: one that overlaps it or comes after it is a slip. */
static int check_stays(const struct crew *crew)
{
    char day[ANSWER_TEXT];
    for (uint32_t i = 0; i < crew->stay_count; i++) {
        if (crew->stays[i].last >= crew->trip.first) {
            return fail(crew->given, EXIT_MISUSED,
                        in(crew,
                           "the stay from %s on is not over before the trip begins: --stay is for "
                           "stays before it",
                           "пребывание с %s не кончилось до поездки: --stay — прежние пребывания"),
                        answer_day(crew->stays[i].first, "", day));
        }
    }
    return EXIT_FINE;
}

/* The code of one of the two countries from its code or name; what was given where it is another.
 */
static const char *country_code(const char *given)
{
    static const char *const names[][4] = {{"CN", "CHN", "China", "Китай"},
                                           {"KZ", "KAZ", "Kazakhstan", "Казахстан"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (size_t k = 0; k < sizeof *names / sizeof **names; k++) {
            if (text_equal_fold(text_view_of(given), text_view_of(names[i][k]))) {
                return names[i][0];
            }
        }
    }
    return given;
}

/* Only citizens of the two countries between which the regime is. */
static int check_citizen(const struct crew *crew)
{
    const char *citizen = given_value(crew->given, "citizen");
    const char *other = strcmp(crew->country, "CN") == 0 ? "KZ" : "CN";
    return !citizen || strcmp(country_code(citizen), other) == 0
               ? EXIT_FINE
               : fail(
                     crew->given, EXIT_NO_ANSWER,
                     in(crew,
                        "the corridor knows only the visa-free regime between KZ and CN; a citizen "
                        "of %s in %s is not in it",
                        "в коридоре есть только безвизовый режим KZ и CN; гражданина %s в %s он не "
                        "касается"),
                     citizen, crew->country);
}

/* ---- The answer ---- */

static const struct zhol_rule *rule_at(const struct crew *crew, uint32_t row)
{
    uint32_t count;
    return &zhol_corridor_rule(crew->loaded->corridor, &count)[row];
}

static const char *rule_id(const struct crew *crew, uint32_t row)
{
    return zhol_corridor_id(crew->loaded->corridor, ZHOL_TABLE_rule, rule_at(crew, row)->rule_id);
}

static const char *source_id(const struct crew *crew, uint32_t row)
{
    return zhol_corridor_id(crew->loaded->corridor, ZHOL_TABLE_source,
                            rule_at(crew, row)->source_id);
}

__attribute__((format(printf, 2, 3))) static void put_line(struct buffer *out, const char *format,
                                                           ...)
{
    char line[2 * ANSWER_TEXT];
    va_list list;
    va_start(list, format);
    vsnprintf(line, sizeof line, format, list);
    va_end(list);
    lines_wrap(out, "", 0, line);
}

/* A purpose of the regime in the reader's language; the word itself where it is another. */
static const char *purpose_said(const struct crew *crew, const char *purpose)
{
    static const struct {
        const char *word, *en, *ru;
    } words[] = {{"carriage", "International carriage", "Международные перевозки"},
                 {"transit", "Transit", "Транзит"},
                 {"business", "Business", "Деловая поездка"},
                 {"private", "Private affairs", "Частные дела"},
                 {"tourism", "Tourism", "Туризм"},
                 {"medical", "Medical treatment", "Лечение"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, purpose) == 0) {
            return in(crew, words[i].en, words[i].ru);
        }
    }
    return purpose;
}

static void put_trip(const struct crew *crew, const char *purpose, struct buffer *out)
{
    const struct crew_answer *answer = &crew->answer;
    char first[ANSWER_TEXT], last[ANSWER_TEXT], text[ANSWER_TEXT];
    put_line(out,
             in(crew, "%s in %s, %.16s to %.16s (%u days): %s.",
                "%s, страна %s, с %.16s по %.16s (%u сут): %s."),
             purpose_said(crew, purpose), crew->country, answer_day(crew->trip.first, "", first),
             answer_day(crew->trip.last, "", last), answer->days,
             answer->allowed ? in(crew, "no visa is needed", "виза не нужна")
                             : in(crew, "not covered", "режим не распространяется"));
    put_line(out,
             in(crew,
                "Days at once: %u of %u. In the fullest %u days (to %.16s): %u of %u; before the "
                "trip %u.",
                "Подряд: %u из %u сут. В самые полные %u сут (по %.16s): %u из %u; до поездки %u."),
             answer->days, crew->regime.at_once, crew->regime.window,
             answer_day(answer->most_on, "", text), answer->most_used, crew->regime.in_window,
             answer->used_before);
    put_line(
        out,
        in(crew, "Who enters on %.16s may stay %u days.", "Въехав %.16s, можно пробыть %u сут."),
        first, answer->may_stay);
}

/* What is to be known of the stays before: too long ones, and one that the trip follows at once. */
static void put_stays(const struct crew *crew, struct buffer *out)
{
    char first[ANSWER_TEXT], last[ANSWER_TEXT];
    for (uint32_t i = 0; i < crew->stay_count; i++) {
        const struct crew_stay *stay = &crew->stays[i];
        uint32_t days = (uint32_t)(stay->last - stay->first) + 1;
        answer_day(stay->first, "", first);
        answer_day(stay->last, "", last);
        if (days > crew->regime.at_once) {
            put_line(out,
                     in(crew,
                        "The stay %.16s to %.16s lasted %u days, more than the %u at once: it was "
                        "not covered itself, which the border may hold against the driver.",
                        "Пребывание с %.16s по %.16s длилось %u сут, больше %u подряд: на него "
                        "режим не распространялся, и граница может это учесть."),
                     first, last, days, crew->regime.at_once);
        }
        if (stay->last + 1 == crew->trip.first) {
            put_line(out,
                     in(crew,
                        "The trip begins the day after the stay that ended on %.16s: counted as "
                        "two stays, since he left between them.",
                        "Поездка начинается на следующий день после пребывания по %.16s: это два "
                        "пребывания, между ними был выезд."),
                     last);
        }
    }
}

static void put_table(const struct crew *crew, const char *purpose, struct buffer *out)
{
    const struct crew_answer *answer = &crew->answer;
    char text[ANSWER_TEXT];
    answer_head(crew->given, crew->loaded, out);
    put_trip(crew, purpose, out);
    if (!answer->allowed && answer->possible_on != INT32_MAX) {
        put_line(out,
                 in(crew, "A stay of %u days is possible from %.16s on.",
                    "Пребывание на %u сут возможно с %.16s."),
                 answer->days, answer_day(answer->possible_on, "", text));
    } else if (!answer->allowed) {
        put_line(out,
                 in(crew, "No stay of %u days is covered, whenever it begins.",
                    "На %u сут подряд режим не распространяется никогда."),
                 answer->days);
    }
    put_stays(crew, out);
    put_line(out,
             in(crew, "Rules: %s (source %s), %s (source %s), %s.",
                "Правила: %s (источник %s), %s (источник %s), %s."),
             rule_id(crew, crew->at_once_row), source_id(crew, crew->at_once_row),
             rule_id(crew, crew->window_row), source_id(crew, crew->window_row),
             rule_id(crew, crew->purpose_row));
}

static void put_json(const struct crew *crew, const char *purpose, struct buffer *out)
{
    const struct crew_answer *answer = &crew->answer;
    struct json_writer json;
    char text[ANSWER_TEXT];
    json_writer_init(&json, out, true);
    json_write_object(&json);
    answer_head_json(crew->loaded, &json);
    json_member_text(&json, "country", crew->country);
    json_member_text(&json, "purpose", purpose);
    json_member_text(&json, "from", answer_day(crew->trip.first, "", text));
    json_member_text(&json, "to", answer_day(crew->trip.last, "", text));
    json_member_bool(&json, "allowed", answer->allowed);
    json_member_int(&json, "days", answer->days);
    json_member_int(&json, "days_at_once", crew->regime.at_once);
    json_member_int(&json, "window_days", crew->regime.window);
    json_member_int(&json, "days_in_window", crew->regime.in_window);
    json_member_int(&json, "most_used", answer->most_used);
    json_member_text(&json, "most_used_on", answer_day(answer->most_on, "", text));
    json_member_int(&json, "may_stay", answer->may_stay);
    json_member_text(&json, "possible_on",
                     answer->possible_on == INT32_MAX ? NULL
                                                      : answer_day(answer->possible_on, "", text));
    json_write_object_end(&json);
    json_writer_end(&json);
}

static int answer_crew(struct crew *crew)
{
    const char *purpose = given_value(crew->given, "purpose");
    purpose = purpose ? purpose : "carriage";
    int code = read_question(crew);
    code = code == EXIT_FINE ? check_stays(crew) : code;
    code = code == EXIT_FINE ? check_citizen(crew) : code;
    code = code == EXIT_FINE ? find_rules(crew, crew->trip.first, purpose) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    if (crew->purpose_row == ZHOL_NONE) {
        return fail(crew->given, EXIT_NO_ANSWER,
                    in(crew, "the regime does not name the purpose '%s'", "цели «%s» в режиме нет"),
                    purpose);
    }
    if (crew_check(crew->stays, crew->stay_count, crew->trip, crew->regime, &crew->answer)) {
        return fail(crew->given, EXIT_MISUSED, "%s",
                    in(crew, "a stay ends before it begins, or lasts for years",
                       "пребывание кончается раньше начала или длится годы"));
    }
    struct buffer out;
    buffer_init(&out);
    if (strcmp(given_format(crew->given), "json") == 0) {
        put_json(crew, purpose, &out);
    } else {
        put_table(crew, purpose, &out);
    }
    code = load_write(crew->given, &out, crew->answer.allowed ? EXIT_FINE : EXIT_FOUND_FAULTS);
    buffer_clear(&out);
    return code;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct crew crew = {.given = given,
                        .loaded = &loaded,
                        .country = country_code(given->arguments[0]),
                        .at_once_row = ZHOL_NONE,
                        .window_row = ZHOL_NONE,
                        .purpose_row = ZHOL_NONE};
    static const char *const idle[] = {"scenario", "set", "date", "include-planned", NULL};
    int code = idle_options(given, idle);
    if (code != EXIT_FINE) {
        return code;
    }
    code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? answer_crew(&crew) : code;
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol crew CN --trip 2026-02-10..2026-02-24 --stay 2026-01-05..2026-01-20",
    "may a Kazakh driver go for fifteen days, having been there for sixteen",
    "можно ли казахстанскому водителю на пятнадцать суток после шестнадцати", NULL};

const struct command command_crew = {
    .name = "crew",
    .about = SAID("visa-free days of drivers and crews: is a trip covered, from when on",
                  "безвизовые дни водителей и бригад: можно ли ехать и с какого дня"),
    .arguments = "COUNTRY",
    .min_arguments = 1,
    .max_arguments = 1,
    .common = true,
    .formats = "table|json",
    .options = options,
    .details = SAID("The days at once and in any window are rules of the corridor (`zhol show "
                    "rule:RU.visa.window.cn`). Days of entry and exit both count. Exit code 1: "
                    "not covered.",
                    "Дни подряд и в окне — правила коридора (`zhol show rule:RU.visa.window.cn`). "
                    "Дни въезда и выезда считаются оба. Код 1: не разрешено."),
    .examples = examples,
    .run = run,
};
