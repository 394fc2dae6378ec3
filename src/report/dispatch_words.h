/* report/dispatch_words.h: every text of a dispatcher's plan, in English and Russian; see words.h
 * for the form. */
#ifndef ZHOL_REPORT_DISPATCH_WORDS_H
#define ZHOL_REPORT_DISPATCH_WORDS_H

#include <zhol/dispatch.h>

#include "report/words.h"

/* clang-format off */
#define DISPATCH_WORDS(W) \
    W(TITLE, "%s - %s, %s", "%s — %s, %s") \
    W(CLOCK, "Times are by the clock of %s; +1 is the day after. Plan %d, %s.", \
      "Время местное (%s); +1 — следующие сутки. План %d, %s.") \
    W(PROPOSED, "proposed", "предложен") \
    W(AGREED, "agreed", "согласован") \
    W(DONE, "done", "исполнен") \
    W(SIDES_BOTH, "Agreed by both sides.", "Согласован обеими сторонами.") \
    W(SIDES_ONE, "Agreed by %s; %s has not agreed yet.", \
      "Согласовала сторона %s; сторона %s ещё нет.") \
    W(SIDES_NONE, "No side has agreed yet.", "Ни одна сторона ещё не согласовала.") \
    W(IN_FROM, "From %s on %d mm: ", "%s, по %d мм: ") \
    W(IN_ONE, "%u train expected, ", "ожидается поездов %u, ") \
    W(IN_MANY, "%u trains expected, ", "ожидается поездов %u, ") \
    W(IN_CROSSING, "%u crossing, ", "проходит %u, ") \
    W(IN_PART, "%u crossing in part, ", "проходит частью %u, ") \
    W(IN_PUSHED, "%u pushed to the next day.", "переносится на завтра %u.") \
    W(OUT_ONE, "Formed on %d mm: 1 train; %u box groups or cuts leave in it.", \
      "Формируется на %d мм: поездов 1; в нём уходит групп %u.") \
    W(OUT_ONE_GROUP, "Formed on %d mm: 1 train; 1 box group or cut leaves in it.", \
      "Формируется на %d мм: поездов 1; в нём уходит групп 1.") \
    W(OUT_MANY, "Formed on %d mm: %u trains; %u box groups or cuts leave in them.", \
      "Формируется на %d мм: поездов %u; в них уходит групп %u.") \
    W(OPTIMAL, "No better plan exists: proven.", "Лучшего плана нет: доказано.") \
    W(NOT_LATE, "Nothing is late.", "Опозданий нет.") \
    W(BOUND, "Weighted lateness %s; no plan has less than %s (gap %s).", \
      "Взвешенное опоздание %s; меньше %s не бывает ни у какого плана (разрыв %s).") \
    W(NO_BOUND, "Weighted lateness %s; no bound is told.", \
      "Взвешенное опоздание %s; границы нет.") \
    W(ARRIVING, "Trains from %s (%d mm)", "%s: поезда по %d мм") \
    W(FORMED, "Trains formed on %d mm", "Поезда, формируемые на %d мм") \
    W(BAN_BY_STATE, "a ban said in the state", "запрет из файла состояния") \
    W(BAN_SOURCE, "%s (rule %s, source %s)", "%s (правило %s, источник %s)") \
    W(BAN_ARRIVING, "Ban: %s. From %s on %d mm nothing%s is accepted", \
      "Запрет: %s. %s, по %d мм: приём%s закрыт") \
    W(BAN_LEAVING, "Ban: %s. On %d mm nothing%s leaves", \
      "Запрет: %s. По %d мм: отправление%s закрыто") \
    W(BAN_GOODS, " of the goods that it names", " названных в нём грузов") \
    W(BAN_UNTIL, " until %s.", " до %s.") \
    W(BAN_SINCE, " from %s", " с %s") \
    W(BAN_NO_END, "; no end is known.", "; срок окончания неизвестен.") \
    W(THIN_ACCEPT, "Line closed: %s. Trains accepted from %s on %d mm: %u fewer.", \
      "Путь закрыт: %s. Приём поездов (%s, %d мм) меньше на %u.") \
    W(THIN_DEPART, "Line closed: %s. Departures inland of %s on %d mm: %u fewer.", \
      "Путь закрыт: %s. Ниток вглубь (%s, %d мм) меньше на %u.") \
    W(RELOAD_BAN, "Ban: %s. Fronts closed by it: %u.", "Запрет: %s. Закрыто фронтов: %u.") \
    W(BANS, "Bans", "Запреты") \
    W(WAITING, "Waiting since before the day: %s.", "Ждут с прежних суток: %s.") \
    W(PUSHED, "Pushed to the next day", "Переносится на завтра") \
    W(NOTHING_PUSHED, "Nothing is pushed to the next day.", "На завтра ничего не переносится.") \
    W(PART_PUSHED, "%u of %u groups stay", "остаётся групп: %u из %u") \
    W(CHANGED, "Changed against the plan before", "Изменено против прежнего плана") \
    W(NOTHING_CHANGED, "No train changes.", "Ни один поезд не меняется.") \
    W(FEWEST, "No plan as good changes fewer trains: proven.", \
      "Ни один столь же хороший план не меняет меньше поездов: доказано.") \
    W(LEAST_CHANGED, "In any plan at least %u must change.", \
      "В любом плане меняется не меньше: %u.") \
    W(GIVEN_UP, \
      "Whether fewer groups could be pushed or fewer trains formed is not proven: the exact " \
      "search gave up.", \
      "Что групп переносится и поездов формируется меньше всего, не доказано: точный поиск не " \
      "завершён.") \
    W(NOT_SOUGHT, \
      "Whether fewer groups could be pushed or fewer trains formed is not proven: too many " \
      "trains for the exact search.", \
      "Что групп переносится и поездов формируется меньше всего, не доказано: поездов больше, " \
      "чем берёт точный поиск.") \
    W(NEEDS, "Platforms, wagons and bogies", "Платформы, вагоны и тележки") \
    W(LOCOMOTIVES, "Locomotives", "Локомотивы") \
    W(HELP, "What would help most", "Что помогло бы больше всего") \
    W(NO_HELP, "One thing more of each kind was tried: none would help.", \
      "Испробовано по одной добавке каждого вида: ни одна не поможет.") \
    W(TRAIN, "Train", "Поезд") \
    W(CLIENT, "Client", "Клиент") \
    W(READY, "Ready", "Готов") \
    W(TAKEN, "Taken", "Приём") \
    W(TRACK, "Track", "Путь") \
    W(FRONT, "Front", "Фронт") \
    W(HANDLED, "Handled", "Перегрузка") \
    W(INTO, "Into", "В поезда") \
    W(LATE, "Late", "Опозд.") \
    W(NUMBER, "No", "№") \
    W(TO, "To", "Куда") \
    W(FROM_TRAINS, "From trains", "Из поездов") \
    W(LEAVES, "Leaves", "Отпр.") \
    W(OPENS, "Opens", "С") \
    W(WAGONS, "Wagons", "Ваг.") \
    W(LOAD, "Load", "Груз") \
    W(TONNES, "t", "т") \
    W(METRES, "m", "м") \
    W(WHY, "Constraint", "Что держит") \
    W(WHAT, "What", "Что") \
    W(AT_START, "At start", "В начале") \
    W(USED, "Used", "Взято") \
    W(BACK, "Back", "Вернулось") \
    W(LOWEST, "Lowest", "Минимум") \
    W(AT, "at", "в") \
    W(SHORT, "Missing", "Не хватает") \
    W(COUNT, "Number", "Число") \
    W(TRIPS, "Trips", "Рейсы") \
    W(AT_ONCE, "At once", "Сразу") \
    W(FETCHING, "fetching on %d mm", "подача по %d мм") \
    W(HAULING, "hauling on %d mm", "вывоз по %d мм") \
    W(SAVES, "Saves", "Даёт") \
    W(HELP_ACCEPT, "one more train accepted on %d mm, %s", "ещё один поезд принять по %d мм, %s") \
    W(HELP_DEPART, "one more departure on %d mm, %s", "ещё одна нитка отправления по %d мм, %s") \
    W(HELP_FETCH, "one more locomotive to fetch on %d mm", "ещё один локомотив подачи по %d мм") \
    W(HELP_HAUL, "one more locomotive to haul on %d mm", "ещё один локомотив вывоза по %d мм") \
    W(HELP_TRACK, "one more track like %s", "ещё один путь, как %s") \
    W(HELP_FRONT, "one more front like %s", "ещё один фронт, как %s") \
    W(HELP_STOCK, "60 more of: %s", "ещё 60: %s") \
    W(SAVES_TEXT, "%s less of weighted lateness; groups that leave: +%s", \
      "взвешенное опоздание меньше на %s; уходящих групп: +%s") \
    W(BASIS, "Rests on %u figures of the corridor: %u published, %u derived, %u assumed.", \
      "Основано на цифрах коридора (%u): опубликовано %u, выведено %u, допущено %u.") \
    W(ASSUMED_TRAINS, "The trains are those of an average day, not a train list.", \
      "Поезда — средних суток, а не натурного листа.") \
    W(BEYOND, "The corridor counts freight up to %d: this day is supposed to have the stations " \
      "of then and, where no list names them, the trains of then, without growth.", \
      "Груз коридора сосчитан по %d год: для этих суток взяты станции того времени и, где нет " \
      "листа, поезда того времени, без роста.") \
    W(YARD_MARK, "y", "п") \
    W(LEGEND, "white: train standing; grey: handling on a front; bold: train being formed", \
      "белое: поезд стоит; серое: перегрузка на фронте; жирное: формируемый поезд") \
    W(LEGEND_MARKS, "Into: numbers of the formed trains, y: by way of the yard. Load: 40-foot boxes, or wagons", \
      "В поезда: номера формируемых, п — через площадку. Груз: 40-футовые контейнеры или вагоны") \
    W(UNUSED, "%u tracks and fronts are not used and not drawn.", \
      "Не использовано и не показано путей и фронтов: %u.") \
    W(STORAGE, "Storage in the yard begins to cost", "Хранение на площадке станет платным") \
    W(REPORT_TITLE, "Plan against fact", "План и факт") \
    W(CROSSING, "Crossing", "Стык") \
    W(MONTH, "Month", "Месяц") \
    W(PLANNED, "Planned", "План") \
    W(ACCEPTED, "Taken", "Принято") \
    W(IN_TIME, "In time", "В срок") \
    W(SHARE, "%", "%") \
    W(DELAY, "Late h", "Опозд. ч") \
    W(PUSHED_COUNT, "Pushed", "Перен.") \
    W(TOTAL, "Total", "Всего") \
    W(NOT_AGREED, "%u of the plans were never agreed by both sides: what they propose is counted.", \
      "Планов, не согласованных обеими сторонами: %u; учтено то, что в них предложено.") \
    W(NO_FACTS, "No facts are entered yet: zhol dispatch done FILE --facts FILE.csv", \
      "Фактов ещё нет: zhol dispatch done FILE --facts FILE.csv")

/* clang-format on */

enum dispatch_word {
#define DISPATCH_WORD_ID(id, en, ru) DW_##id,
    DISPATCH_WORDS(DISPATCH_WORD_ID)
#undef DISPATCH_WORD_ID
        DW_COUNT_OF
};

const char *dispatch_word(enum dispatch_word word, enum report_lang lang);
/* The sentence of a cause in a language. */
const char *dispatch_cause(enum zhol_dispatch_cause cause, enum report_lang lang);

#endif
