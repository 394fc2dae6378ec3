/* simulate_words.c: the tables behind simulate_words.h. */
#include "report/simulate_words.h"

struct pair {
    const char *in[REPORT_LANG_COUNT];
};

static const struct pair words[SIM_WORD_COUNT] = {
#define SIM_WORD_ROW(id, en, ru) [SIM_##id] = {{en, ru}},
    SIM_WORDS(SIM_WORD_ROW)
#undef SIM_WORD_ROW
};

static const struct pair causes[ZHOL_SIMULATE_CAUSE_COUNT] = {
    [ZHOL_SIMULATE_RUNNING] = {{"running", "ход"}},
    [ZHOL_SIMULATE_HANDLING] = {{"handling", "обработка"}},
    [ZHOL_SIMULATE_BORDER] = {{"work of the controls", "работа контроля"}},
    [ZHOL_SIMULATE_CRANE] = {{"front or crane busy", "занят фронт или кран"}},
    [ZHOL_SIMULATE_PATH] = {{"no path or slot free", "нет нитки или слота"}},
    [ZHOL_SIMULATE_PLATFORM] = {{"no platform or wagon", "нет платформ или вагонов"}},
    [ZHOL_SIMULATE_LOCOMOTIVE] = {{"no locomotive", "нет локомотива"}},
    [ZHOL_SIMULATE_CUSTOMS] = {{"officers or lanes busy", "занят контроль"}},
    [ZHOL_SIMULATE_FILL] = {{"train or ship not full yet", "поезд или судно не набраны"}},
    [ZHOL_SIMULATE_BAN] = {{"ban or closure", "запрет или закрытие"}},
    [ZHOL_SIMULATE_CALENDAR] = {{"closed by the calendar", "нерабочее время"}},
    [ZHOL_SIMULATE_ACCEPTANCE] = {{"other side takes no more", "соседняя сторона не принимает"}},
    [ZHOL_SIMULATE_WEATHER] = {{"weather", "погода"}},
    [ZHOL_SIMULATE_YARD] = {{"station full", "станция заполнена"}},
    [ZHOL_SIMULATE_OTHER] = {{"published dwell beyond the model",
                              "опубликованный простой вне модели"}},
};

static const struct pair steps[ZHOL_SIMULATE_STEP_COUNT] = {
    [ZHOL_SIMULATE_STEP_NONE] = {{"", ""}},
    [ZHOL_SIMULATE_STEP_RUN] = {{"running", "ход"}},
    [ZHOL_SIMULATE_STEP_HANDLE] = {{"handling", "обработка"}},
    [ZHOL_SIMULATE_STEP_BORDER] = {{"border work", "граница"}},
    [ZHOL_SIMULATE_STEP_BORDER_WAIT] = {{"border wait", "ожидание на границе"}},
    [ZHOL_SIMULATE_STEP_WAIT] = {{"other wait", "прочее ожидание"}},
};

const char *sim_word(enum sim_word word, enum report_lang lang)
{
    return words[word].in[lang];
}

const char *sim_cause(enum zhol_simulate_cause cause, enum report_lang lang)
{
    return causes[cause].in[lang];
}

const char *sim_step(enum zhol_simulate_step step, enum report_lang lang)
{
    return steps[step].in[lang];
}
