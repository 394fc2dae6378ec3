/* dispatch_words.c: see dispatch_words.h. */
#include "report/dispatch_words.h"

static const char *const words[DW_COUNT_OF][REPORT_LANG_COUNT] = {
#define DISPATCH_WORD_ROW(id, en, ru) {en, ru},
    DISPATCH_WORDS(DISPATCH_WORD_ROW)
#undef DISPATCH_WORD_ROW
};

const char *dispatch_word(enum dispatch_word word, enum report_lang lang)
{
    return words[word][lang];
}

/* In the order of ZHOL_DISPATCH_CAUSES. */
static const char *const causes_ru[ZHOL_DISPATCH_CAUSE_COUNT] = {
    [ZHOL_DISPATCH_BY_NONE] = "проходит",
    [ZHOL_DISPATCH_BY_LATE] = "приходит слишком поздно, чтобы уйти в эти сутки",
    [ZHOL_DISPATCH_BY_UNIT] = "группа тяжелее или длиннее, чем допускает поезд",
    [ZHOL_DISPATCH_BY_NO_FRONT] = "нет фронта для таких поездов",
    [ZHOL_DISPATCH_BY_TOO_LONG] = "нет пути такой длины",
    [ZHOL_DISPATCH_BY_HOLD] = "группа задержана лабораторией или таможней",
    [ZHOL_DISPATCH_BY_DATA] = "нет предварительной информации",
    [ZHOL_DISPATCH_BY_BAN] = "действует запрет",
    [ZHOL_DISPATCH_BY_ACCEPTANCE] = "приём другой стороны исчерпан",
    [ZHOL_DISPATCH_BY_ACCEPT_LOCOMOTIVE] = "нет локомотива для подачи",
    [ZHOL_DISPATCH_BY_TRACK] = "нет свободного пути приёма",
    [ZHOL_DISPATCH_BY_FRONT] = "фронты перегрузки заняты",
    [ZHOL_DISPATCH_BY_STOCK] = "не хватает платформ, вагонов или тележек",
    [ZHOL_DISPATCH_BY_DEPARTURE_TRACK] = "нет пути для формируемого поезда",
    [ZHOL_DISPATCH_BY_DEPARTURE] = "нет нитки отправления",
    [ZHOL_DISPATCH_BY_DEPART_LOCOMOTIVE] = "нет локомотива для вывоза",
    [ZHOL_DISPATCH_BY_MANY] = "несколько ограничений сразу",
};

const char *dispatch_cause(enum zhol_dispatch_cause cause, enum report_lang lang)
{
    return lang == REPORT_RU && causes_ru[cause] ? causes_ru[cause]
                                                 : zhol_dispatch_cause_text(cause);
}
