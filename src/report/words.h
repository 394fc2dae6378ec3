/* report/words.h: every text that people read, in English and Russian, in one table.
 *
 * A text is a row: an id, the English and the Russian words. What holds names ("%s") is a format
 * with the same arguments in both languages, in the same order. A new text is one line here; a
 * language that lacks one does not compile.
 *
 * The words of the corridor's word lists (modes, states, processes ...) have their names here too,
 * one table a list; and the countries, by their ISO code.
 */
#ifndef ZHOL_REPORT_WORDS_H
#define ZHOL_REPORT_WORDS_H

enum report_lang { REPORT_EN, REPORT_RU, REPORT_LANG_COUNT };

#define REPORT_WORDS(W)                                                                                                                                      \
    /* heads */                                                                                                                                              \
    W(READY, "Ready", "Готов")                                                                                                                               \
    W(DEADLINE, "Deadline", "Срок")                                                                                                                          \
    W(VIA, "Via", "Через")                                                                                                                                   \
    W(AVOID, "Avoiding", "В обход")                                                                                                                          \
    W(NETWORK_OF, "Network of", "Сеть на")                                                                                                                   \
    W(AS_OF, "data as of", "данные на")                                                                                                                      \
    W(SCENARIO, "scenario", "сценарий")                                                                                                                      \
    W(BASE_SCENARIO, "base", "базовый")                                                                                                                      \
    W(MEDIAN_TIMES, "median total times", "медианные полные времена")                                                                                        \
    W(TECHNICAL_TIMES, "technical minimum times", "технически минимальные времена")                                                                          \
    W(ITINERARIES_IN_ALL,                                                                                                                                    \
      "%u itineraries are worth choosing: none is beaten by another in arrival, cost and CO2e.",                                                             \
      "Стоит выбирать из %u маршрутов: ни один не хуже другого сразу по прибытию, цене и CO2e.")                                                             \
    W(ONE_ITINERARY, "One itinerary is best in arrival, cost and CO2e alike.",                                                                               \
      "Один маршрут лучший сразу и по прибытию, и по цене, и по CO2e.")                                                                                      \
    W(NOT_FIRM, "%u of them only because a price of a better one is not published.",                                                                         \
      "%u из них — лишь потому, что цена лучшего не опубликована.")                                                                                          \
    W(SHOWN_OF_THEM, "Shown: %u of them, the best of each and those most unlike these.",                                                                     \
      "Показано %u: лучшие по каждому и самые непохожие на них.")                                                                                            \
    W(ALL_BY, "All of them: --all.", "Все: --all.")                                                                                                          \
    /* columns */                                                                                                                                            \
    W(ARRIVAL, "Arrival", "Прибытие")                                                                                                                        \
    W(ARRIVAL_LOCAL, "Arrival, local", "Прибытие, местное")                                                                                                  \
    W(PROMISE_DAYS, "P50-P90", "P50-P90")                                                                                                                    \
    W(PROMISE_50, "There by %s with a chance of 50 %%", "К %s на месте с вероятностью 50 %%")                                                                \
    W(PROMISE_90, ", by %s with 90 %%.", ", к %s — 90 %%.")                                                                                                  \
    W(PROMISE_NO_90, "; when with 90 % lies beyond the timetables.",                                                                                         \
      "; когда с 90 %, расписания не говорят.")                                                                                                              \
    W(PROMISE_NONE, "When it is there with a chance of 50 % lies beyond the timetables.",                                                                    \
      "Когда будет на месте с вероятностью 50 %, расписания не говорят.")                                                                                    \
    W(PROMISE_DEADLINE, "Chance to keep the deadline: %s.", "Вероятность уложиться в срок: %s.")                                                             \
    W(DAYS, "Days", "Сутки")                                                                                                                                 \
    W(COST_USD, "USD", "долл.")                                                                                                                              \
    W(COST, "Cost", "Цена")                                                                                                                                  \
    W(CO2E_KG, "kg CO2e", "кг CO2e")                                                                                                                         \
    W(CO2E, "CO2e", "CO2e")                                                                                                                                  \
    W(KM, "km", "км")                                                                                                                                        \
    W(HOURS, "Hours", "Часы")                                                                                                                                \
    W(BEST, "Best", "Лучший")                                                                                                                                \
    W(GATEWAYS, "Borders and ports", "Границы и порты")                                                                                                      \
    W(FROM_WHEN, "From, local time", "Начало, местное")                                                                                                      \
    W(AT_LEAST, "at least ", "не менее ")                                                                                                                    \
    W(BY_COUNTRY, "By country", "По странам")                                                                                                                \
    W(STEP, "What happens", "Что происходит")                                                                                                                \
    W(COUNTRY, "Country", "Страна")                                                                                                                          \
    W(OF_WHICH_VAT, "of which VAT", "в т. ч. НДС")                                                                                                           \
    W(TOTAL, "Total", "Всего")                                                                                                                               \
    W(FOR_WHAT, "For what", "За что")                                                                                                                        \
    W(SOURCE, "Source", "Источник")                                                                                                                          \
    W(SOURCES, "Sources", "Источники")                                                                                                                       \
    W(ELEMENT, "Element", "Звено")                                                                                                                           \
    W(CATEGORY, "Operation category", "Категория операций")                                                                                                  \
    W(TONNES, "t", "т")                                                                                                                                      \
    W(FACTOR, "g/tkm, g/t", "г/ткм, г/т")                                                                                                                    \
    /* marks of the best */                                                                                                                                  \
    W(FASTEST, "fastest", "быстрейший")                                                                                                                      \
    W(CHEAPEST, "cheapest", "дешевейший")                                                                                                                    \
    W(CHEAPEST_KNOWN, "cheapest by known prices", "дешевейший по известным ценам")                                                                           \
    W(CLEANEST, "lowest CO2e", "наименьший CO2e")                                                                                                            \
    W(ITINERARY, "Itinerary", "Маршрут")                                                                                                                     \
    W(NOT_COMPLETE, "* lacks what nobody has published; the details say what.",                                                                              \
      "* — без того, что никем не опубликовано; что именно, см. в подробностях.")                                                                            \
    W(EXCLUDING, "excl.", "без:")                                                                                                                            \
    W(EXCL_FREIGHT, "freight %s - %s", "перевозка %s — %s")                                                                                                  \
    W(EXCL_AT, "%s at %s", "%s, %s")                                                                                                                         \
    W(EXCL_CO2E, "CO2e of %s", "CO2e: %s")                                                                                                                   \
    W(BY_THROUGH_PRICE, "through price", "сквозная ставка")                                                                                                  \
    W(INTERNATIONAL, "international", "международная")                                                                                                       \
    /* steps */                                                                                                                                              \
    W(MOVE_TO, "%s, %s - %s", "%s, %s — %s")                                                                                                                 \
    W(WAIT_DEPARTURE, "wait for departure", "ожидание отправления")                                                                                          \
    W(WAIT_HEADWAY, "wait for the next departure (about every %s)",                                                                                          \
      "ожидание отправления (примерно раз в %s)")                                                                                                            \
    W(WAIT_CLOSED, "closed at this hour: opens %s", "закрыто в это время: открывается %s")                                                                   \
    W(WAIT_HOLIDAY, "closed: %s, opens %s", "закрыто: %s, открывается %s")                                                                                   \
    W(WAIT_HELD, "held back: %s on the way", "задержан: в пути %s")                                                                                          \
    W(WAIT_BAN, "ban: %s, until %s", "запрет: %s, до %s")                                                                                                    \
    W(WAIT_CHOSEN, "starts later by choice: less storage on the way",                                                                                        \
      "начало позже по выбору: меньше хранения в пути")                                                                                                      \
    W(RUNS, "running", "движение")                                                                                                                           \
    W(WAITS, "waiting", "ожидание")                                                                                                                          \
    W(HANDLES, "handling", "обработка")                                                                                                                      \
    W(BORDERS, "border", "граница")                                                                                                                          \
    W(SPLIT_OF_TIME, "Time", "Время")                                                                                                                        \
    W(STORAGE_AT, "storage at %s", "хранение, %s")                                                                                                           \
    /* sections */                                                                                                                                           \
    W(LEGS, "Leg by leg (local time of each place)", "По этапам (местное время каждого места)")                                                              \
    W(COST_LINES, "Cost, USD (* assumed)", "Цена, долл. (* допущение)")                                                                                      \
    W(CO2E_CHAIN, "CO2e by transport chain element (ISO 14083, well-to-wheel; * assumed)",                                                                   \
      "CO2e по звеньям цепи (ISO 14083, от источника до колеса; * допущение)")                                                                               \
    W(FILE_BY, " File by %s.", " Подать до %s.")                                                                                                             \
    W(DOCUMENTS, "Documents and data to give in advance", "Документы и данные заранее")                                                                      \
    W(OTHER_RULES, "Other rules that apply", "Другие действующие правила")                                                                                   \
    W(CHECKS, "Contracted way against the model", "Договорный путь и модель")                                                                                \
    W(CHECK_LINE, "%s: published %s km, here %s km (%s)",                                                                                                    \
      "%s: опубликовано %s км, здесь %s км (%s)")                                                                                                            \
    W(CHECK_REASON, "why: %s", "почему: %s")                                                                                                                 \
    W(CHECK_NO_REASON, "no reason on record", "причина не указана")                                                                                          \
    W(NOTES, "To note", "На заметку")                                                                                                                        \
    W(NOTE_HOLIDAY, "%s at %s costs %s", "%s, %s: потеря %s")                                                                                                \
    W(NOTE_BAN, "A ban at %s costs %s: %s", "Запрет, %s: потеря %s (%s)")                                                                                    \
    W(NOTE_THROUGH,                                                                                                                                          \
      "%s comes to %s about %s, in %s: up to a day of closure is within its published time",                                                                 \
      "%s подходит: %s, около %s, %s; до суток закрытия входит в опубликованное время")                                                                      \
    W(NOTE_HELD, "%s leaves %s later: %s at %s", "%s отправляется на %s позже: %s, %s")                                                                      \
    W(PUBLISHED, "published", "опубликовано")                                                                                                                \
    W(DERIVED, "derived", "выведено")                                                                                                                        \
    W(ASSUMED, "assumed", "допущено")                                                                                                                        \
    W(EVIDENCE_SHARE, "Rests on published / derived / assumed rows",                                                                                         \
      "Основано на опубликованном / выведенном / допущениях")                                                                                                \
    W(OF_TIME, "time", "время")                                                                                                                              \
    W(OF_COST, "cost", "цена")                                                                                                                               \
    W(OF_CO2E, "CO2e", "CO2e")                                                                                                                               \
    /* pages */                                                                                                                                              \
    W(PAGE_TITLE, "Plans of real consignments", "Планы настоящих отправок")                                                                                  \
    W(PLAN, "Plan", "План")                                                                                                                                  \
    W(MADE_BY, "Made by Zhol. Data: CC BY 4.0.", "Сделано Zhol. Данные: CC BY 4.0.")                                                                         \
    W(MAP_OF, "Map of the itineraries", "Карта маршрутов")                                                                                                   \
    W(MAP_LINKS, "faint: all links of the network by mode", "бледно: все линии сети по видам")                                                               \
    W(NO_WAY, "No itinerary.", "Маршрута нет.")                                                                                                              \
    /* why */                                                                                                                                                \
    W(WHY_USED, "%s is used: %u of %u itineraries pass it, the first is number %u.",                                                                         \
      "%s используется: через него идут %u из %u маршрутов, первый из них — номер %u.")                                                                      \
    W(WHY_AVOIDED, "%s was to be avoided, as asked.", "%s исключён по вашей просьбе (--avoid).")                                                             \
    W(WHY_AVOIDED_WAY, "Every way through %s needs what was to be avoided.",                                                                                 \
      "Любой путь через %s требует исключённого (--avoid).")                                                                                                 \
    W(WHY_NOT_OPEN, "Nothing leads to %s on %s.", "Ни один путь не ведёт в %s (на %s).")                                                                     \
    W(WHY_OPENS, "%s - %s opens on %s (%s).", "%s — %s открывается %s (%s).")                                                                                \
    W(WHY_STATUS, "%s - %s is %s (%s).", "%s — %s: %s (%s).")                                                                                                \
    W(WHY_NO_JOIN, "On %s no chain of open links, handlings and border controls joins them.",                                                                \
      "На %s их не соединяет никакая цепь открытых линий, перегрузок и пограничных постов.")                                                                 \
    W(WHY_NO_WAY, "No way leads from %s through %s to %s.", "Нет пути %s — %s — %s.")                                                                        \
    W(WHY_NO_CLASS, "Ways lead through %s, but none can carry this cargo (%s) all the way.",                                                                 \
      "Пути через %s есть, но ни один не годится для этого груза (%s) целиком.")                                                                             \
    W(WHY_BANNED, "A ban keeps this cargo away from %s: %s.",                                                                                                \
      "%s: этот груз не пускает запрет «%s».")                                                                                                               \
    W(WHY_BAN_DATES, "It holds from %s to %s.", "Действует с %s по %s.")                                                                                     \
    W(WHY_TOO_LATE, "A way through %s exists, but it does not arrive in time.",                                                                              \
      "Путь через %s есть, но по нему груз не прибывает в срок.")                                                                                            \
    W(WHY_DOMINATED, "Ways through %s exist, but a better one beats each of them in all three.",                                                             \
      "Пути через %s есть, но для каждого найдётся лучший сразу по трём целям.")                                                                             \
    W(WHY_NEAREST, "The nearest: arrival %s, USD %s, %s kg CO2e (%s).",                                                                                      \
      "Ближайший: прибытие %s, %s долл., %s кг CO2e (%s).")                                                                                                  \
    W(WHY_BEATEN, "Beaten by:   arrival %s, USD %s, %s kg CO2e (%s).",                                                                                       \
      "Его лучше: прибытие %s, %s долл., %s кг CO2e (%s).")                                                                                                  \
    W(WHY_SOONER, "It comes %s later, costs USD %s more and emits %s kg more.",                                                                              \
      "Он приходит на %s позже, стоит на %s долл. больше и выбрасывает на %s кг больше.")                                                                    \
    W(OPEN_END, "further notice", "отмены")                                                                                                                  \
    /* robust */                                                                                                                                             \
    W(ROBUST_HEAD, "How firm is this? %u draws of the assumed inputs within their ranges.",                                                                  \
      "Насколько это твёрдо? %u розыгрышей допущений в их пределах.")                                                                                        \
    W(ROBUST_BANDS,                                                                                                                                          \
      "Bands hold 80 % of the draws in which the route is in the set; % in set; % of the draws "                                                             \
      "in which it is first in arrival/cost/CO2e.",                                                                                                          \
      "Полосы охватывают 80 % розыгрышей, где маршрут входит в множество; далее % входит; % " \
      "первый по прибытию/цене/CO2e.")                                                                                                                       \
    W(ROBUST_SEEN, "% in set", "% входит")                                                                                                                   \
    W(ROBUST_FIRST, "% first", "% первый")                                                                                                                   \
    W(ROBUST_DECIDED, "decided: route %s is first in %s of the draws",                                                                                       \
      "решено: маршрут %s первый в %s розыгрышей")                                                                                                           \
    W(ROBUST_UNDECIDED, "undecided: route %s is first in only %s of the draws",                                                                              \
      "не решено: маршрут %s первый лишь в %s розыгрышей")                                                                                                   \
    W(ROBUST_NONE, "In %u of the draws there is no itinerary.", "В %u розыгрышах маршрута нет.")                                                             \
    W(ROBUST_MORE, "and %u rarer routes", "и ещё %u более редких маршрутов")                                                                                 \
    W(ROBUST_DRAWING, "drawing", "розыгрыши")                                                                                                                \
    /* units and small words */                                                                                                                              \
    W(UNIT_D, "d", "сут")                                                                                                                                    \
    W(UNIT_H, "h", "ч")                                                                                                                                      \
    W(UNIT_MIN, "min", "мин")                                                                                                                                \
    W(UNIT_TEU, "TEU", "ДФЭ")                                                                                                                                \
    W(UNIT_T, "t", "т")

enum report_word {
#define REPORT_WORD_ID(id, en, ru) WORD_##id,
    REPORT_WORDS(REPORT_WORD_ID)
#undef REPORT_WORD_ID
        WORD_COUNT
};

/* The text in a language; never NULL. */
const char *report_word(enum report_word word, enum report_lang lang);

/* Names of words of the corridor's lists; "" for blank, the list's own text where none stands
 * here. */
const char *report_mode(unsigned mode, enum report_lang lang);
const char *report_state(unsigned state, enum report_lang lang);
const char *report_process_kind(unsigned kind, enum report_lang lang);
const char *report_cost_kind(unsigned kind, enum report_lang lang);
const char *report_rule_kind(unsigned kind, enum report_lang lang);
const char *report_status(unsigned status, enum report_lang lang);
const char *report_source_kind(unsigned kind, enum report_lang lang);
const char *report_cargo_class(unsigned class, enum report_lang lang);
const char *report_evidence(unsigned evidence, enum report_lang lang);
/* The name of a country by its ISO 3166 alpha-2 code; the code itself where it is not here. */
const char *report_country(const char *code, enum report_lang lang);

#endif
