/* report/words.c: the tables behind words.h. */
#include "report/words.h"

#include <string.h>

#include <zhol/network.h>

struct pair {
    const char *in[REPORT_LANG_COUNT];
};
#define PAIR(en, ru) \
    {                \
        {            \
            en, ru   \
        }            \
    }

static const struct pair words[WORD_COUNT] = {
#define REPORT_WORD_ROW(id, en, ru) [WORD_##id] = PAIR(en, ru),
    REPORT_WORDS(REPORT_WORD_ROW)
#undef REPORT_WORD_ROW
};

const char *report_word(enum report_word word, enum report_lang lang)
{
    return words[word].in[lang];
}

/* A name of a table of pairs, or what the list itself says. */
static const char *pick(const struct pair *pairs, unsigned count, unsigned word,
                        enum report_lang lang, const char *otherwise)
{
    const char *name = word < count ? pairs[word].in[lang] : NULL;
    return name ? name : otherwise;
}
#define PICK(list, word, lang) \
    pick(list##_names, zhol_##list##_COUNT, word, lang, zhol_##list##_text(word))

static const struct pair mode_names[zhol_mode_COUNT] = {
    [zhol_mode_RAIL] = PAIR("rail", "ж/д"),
    [zhol_mode_ROAD] = PAIR("road", "авто"),
    [zhol_mode_SEA] = PAIR("sea", "море"),
    [zhol_mode_RIVER] = PAIR("river", "река"),
    [zhol_mode_OIL] = PAIR("oil pipeline", "нефтепровод"),
    [zhol_mode_GAS] = PAIR("gas pipeline", "газопровод"),
    [zhol_mode_AIR] = PAIR("air", "воздух"),
    [zhol_mode_CARAVAN] = PAIR("caravan", "караван"),
};

static const struct pair state_names[zhol_state_COUNT] = {
    [zhol_state_YARD] = PAIR("yard", "площадка"),
    [zhol_state_RAIL1435] = PAIR("rail 1435", "ж/д 1435"),
    [zhol_state_RAIL1520] = PAIR("rail 1520", "ж/д 1520"),
    [zhol_state_ROAD] = PAIR("road", "авто"),
    [zhol_state_SEA] = PAIR("ship", "судно"),
    [zhol_state_RIVER] = PAIR("barge", "баржа"),
    [zhol_state_OIL] = PAIR("oil pipeline", "нефтепровод"),
    [zhol_state_GAS] = PAIR("gas pipeline", "газопровод"),
    [zhol_state_AIR] = PAIR("aircraft", "самолёт"),
    [zhol_state_CARAVAN] = PAIR("caravan", "караван"),
};

static const struct pair process_kind_names[zhol_process_kind_COUNT] = {
    [zhol_process_kind_BORDER_EXIT] = PAIR("border exit", "выезд через границу"),
    [zhol_process_kind_BORDER_ENTRY] = PAIR("border entry", "въезд через границу"),
    [zhol_process_kind_CUSTOMS] = PAIR("customs", "таможня"),
    [zhol_process_kind_INSPECTION] = PAIR("inspection", "досмотр"),
    [zhol_process_kind_LABORATORY] = PAIR("laboratory", "лаборатория"),
    [zhol_process_kind_TRANSSHIP] = PAIR("transshipment", "перегрузка"),
    [zhol_process_kind_BOGIE_CHANGE] = PAIR("bogie change", "смена тележек"),
    [zhol_process_kind_RELOAD_BULK] = PAIR("bulk reloading", "перегрузка навалом"),
    [zhol_process_kind_LOAD] = PAIR("loading", "погрузка"),
    [zhol_process_kind_UNLOAD] = PAIR("unloading", "выгрузка"),
    [zhol_process_kind_FORM_TRAIN] = PAIR("train forming", "формирование поезда"),
    [zhol_process_kind_STORAGE] = PAIR("storage", "хранение"),
    [zhol_process_kind_BERTH] = PAIR("berth", "причал"),
    [zhol_process_kind_LOCOMOTIVE] = PAIR("change of locomotive", "смена локомотива"),
    [zhol_process_kind_PUMPING] = PAIR("pumping", "перекачка"),
    [zhol_process_kind_REST] = PAIR("rest", "отдых"),
};

static const struct pair cost_kind_names[zhol_cost_kind_COUNT] = {
    [zhol_cost_kind_FREIGHT] = PAIR("freight", "перевозка"),
    [zhol_cost_kind_SEA_FREIGHT] = PAIR("sea freight", "морской фрахт"),
    [zhol_cost_kind_TERMINAL] = PAIR("terminal", "терминал"),
    [zhol_cost_kind_BORDER] = PAIR("border fees", "пограничные сборы"),
    [zhol_cost_kind_CUSTOMS] = PAIR("customs", "таможня"),
    [zhol_cost_kind_SECURITY] = PAIR("security", "охрана"),
    [zhol_cost_kind_STORAGE] = PAIR("storage", "хранение"),
    [zhol_cost_kind_DOCUMENTS] = PAIR("documents", "документы"),
    [zhol_cost_kind_SUBSIDY] = PAIR("subsidy", "субсидия"),
    [zhol_cost_kind_TOLL] = PAIR("toll", "плата за проезд"),
};

static const struct pair rule_kind_names[zhol_rule_kind_COUNT] = {
    [zhol_rule_kind_BAN] = PAIR("ban", "запрет"),
    [zhol_rule_kind_QUOTA] = PAIR("quota", "квота"),
    [zhol_rule_kind_PRIORITY] = PAIR("priority", "приоритет"),
    [zhol_rule_kind_VISA] = PAIR("visa", "виза"),
    [zhol_rule_kind_DOCUMENT] = PAIR("document", "документ"),
    [zhol_rule_kind_PRE_ARRIVAL] = PAIR("data in advance", "данные заранее"),
    [zhol_rule_kind_FORMING] = PAIR("train forming", "формирование поезда"),
    [zhol_rule_kind_DEPOSIT] = PAIR("deposit", "залог"),
    [zhol_rule_kind_DRIVERS_HOURS] = PAIR("drivers' hours", "режим водителей"),
    [zhol_rule_kind_PLAN_APPROVAL] = PAIR("approval of the plan", "согласование плана"),
    [zhol_rule_kind_REGIME] = PAIR("regime", "режим"),
    [zhol_rule_kind_LIMIT] = PAIR("limit", "ограничение"),
};

static const struct pair status_names[zhol_status_COUNT] = {
    [zhol_status_OPERATING] = PAIR("operating", "действует"),
    [zhol_status_BUILDING] = PAIR("being built", "строится"),
    [zhol_status_PLANNED] = PAIR("planned", "планируется"),
    [zhol_status_STUDY] = PAIR("under study", "изучается"),
    [zhol_status_CLOSED] = PAIR("closed", "закрыт"),
};

static const struct pair source_kind_names[zhol_source_kind_COUNT] = {
    [zhol_source_kind_ARTICLE] = PAIR("article", "статья"),
    [zhol_source_kind_OFFICIAL] = PAIR("official", "официальный"),
    [zhol_source_kind_PRESS] = PAIR("press", "пресса"),
    [zhol_source_kind_STATISTIC] = PAIR("statistics", "статистика"),
    [zhol_source_kind_SURVEY] = PAIR("survey", "обследование"),
    [zhol_source_kind_STANDARD] = PAIR("standard", "стандарт"),
    [zhol_source_kind_DERIVED] = PAIR("derived", "выведено"),
    [zhol_source_kind_ASSUMPTION] = PAIR("assumption", "допущение"),
};

static const struct pair cargo_class_names[zhol_cargo_class_COUNT] = {
    [zhol_cargo_class_CONTAINER] = PAIR("containers", "контейнеры"),
    [zhol_cargo_class_BULK] = PAIR("bulk", "навалочный груз"),
    [zhol_cargo_class_GENERAL] = PAIR("general cargo", "генеральный груз"),
    [zhol_cargo_class_VEHICLE] = PAIR("vehicles", "автомобили"),
    [zhol_cargo_class_OIL] = PAIR("oil", "нефть"),
    [zhol_cargo_class_GAS] = PAIR("gas", "газ"),
};

const char *report_mode(unsigned mode, enum report_lang lang)
{
    return PICK(mode, mode, lang);
}

const char *report_state(unsigned state, enum report_lang lang)
{
    return PICK(state, state, lang);
}

const char *report_process_kind(unsigned kind, enum report_lang lang)
{
    return PICK(process_kind, kind, lang);
}

const char *report_cost_kind(unsigned kind, enum report_lang lang)
{
    return PICK(cost_kind, kind, lang);
}

const char *report_rule_kind(unsigned kind, enum report_lang lang)
{
    return PICK(rule_kind, kind, lang);
}

const char *report_status(unsigned status, enum report_lang lang)
{
    return PICK(status, status, lang);
}

const char *report_source_kind(unsigned kind, enum report_lang lang)
{
    return PICK(source_kind, kind, lang);
}

const char *report_cargo_class(unsigned class, enum report_lang lang)
{
    return PICK(cargo_class, class, lang);
}

const char *report_evidence(unsigned evidence, enum report_lang lang)
{
    static const enum report_word names[ZHOL_EVIDENCE_COUNT] = {
        [ZHOL_PUBLISHED] = WORD_PUBLISHED,
        [ZHOL_DERIVED] = WORD_DERIVED,
        [ZHOL_ASSUMED] = WORD_ASSUMED,
    };
    return evidence < ZHOL_EVIDENCE_COUNT ? report_word(names[evidence], lang) : "";
}

static const struct country {
    char code[3];
    struct pair name;
} countries[] = {
    {"AE", PAIR("United Arab Emirates", "ОАЭ")},
    {"AF", PAIR("Afghanistan", "Афганистан")},
    {"AM", PAIR("Armenia", "Армения")},
    {"AT", PAIR("Austria", "Австрия")},
    {"AZ", PAIR("Azerbaijan", "Азербайджан")},
    {"BE", PAIR("Belgium", "Бельгия")},
    {"BG", PAIR("Bulgaria", "Болгария")},
    {"BY", PAIR("Belarus", "Беларусь")},
    {"CN", PAIR("China", "Китай")},
    {"CZ", PAIR("Czechia", "Чехия")},
    {"DE", PAIR("Germany", "Германия")},
    {"ES", PAIR("Spain", "Испания")},
    {"FI", PAIR("Finland", "Финляндия")},
    {"FR", PAIR("France", "Франция")},
    {"GB", PAIR("United Kingdom", "Великобритания")},
    {"GE", PAIR("Georgia", "Грузия")},
    {"HK", PAIR("Hong Kong", "Гонконг")},
    {"HU", PAIR("Hungary", "Венгрия")},
    {"IN", PAIR("India", "Индия")},
    {"IQ", PAIR("Iraq", "Ирак")},
    {"IR", PAIR("Iran", "Иран")},
    {"IT", PAIR("Italy", "Италия")},
    {"JP", PAIR("Japan", "Япония")},
    {"KG", PAIR("Kyrgyzstan", "Кыргызстан")},
    {"KR", PAIR("South Korea", "Республика Корея")},
    {"KZ", PAIR("Kazakhstan", "Казахстан")},
    {"LT", PAIR("Lithuania", "Литва")},
    {"LV", PAIR("Latvia", "Латвия")},
    {"MN", PAIR("Mongolia", "Монголия")},
    {"NL", PAIR("Netherlands", "Нидерланды")},
    {"PK", PAIR("Pakistan", "Пакистан")},
    {"PL", PAIR("Poland", "Польша")},
    {"RO", PAIR("Romania", "Румыния")},
    {"RU", PAIR("Russia", "Россия")},
    {"SK", PAIR("Slovakia", "Словакия")},
    {"SY", PAIR("Syria", "Сирия")},
    {"TJ", PAIR("Tajikistan", "Таджикистан")},
    {"TM", PAIR("Turkmenistan", "Туркменистан")},
    {"TR", PAIR("Turkey", "Турция")},
    {"UA", PAIR("Ukraine", "Украина")},
    {"US", PAIR("United States", "США")},
    {"UZ", PAIR("Uzbekistan", "Узбекистан")},
    {"VN", PAIR("Vietnam", "Вьетнам")},
};

const char *report_country(const char *code, enum report_lang lang)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++) {
        if (strcmp(countries[i].code, code) == 0) {
            return countries[i].name.in[lang];
        }
    }
    return code;
}
