/* report/simulate_words.h: the texts of `zhol simulate`, in English and Russian, and the words of
 * the ledger and of the places of the model. A row is a text, as in report/words.h. */
#ifndef ZHOL_REPORT_SIMULATE_WORDS_H
#define ZHOL_REPORT_SIMULATE_WORDS_H

#include <inttypes.h>

#include <zhol/simulate.h>

#include "report/words.h"

/* clang-format off */
#define SIM_WORDS(W) \
    W(RUNS, "%u replications of %g days from %s, seed %" PRIu64 ".", \
      "Прогонов: %u, по %g сут с %s, зерно %" PRIu64 ".") \
    W(WARM_UP, "Before it %g days without measuring (warm-up).", \
      "До того %g сут без измерений (разгон).") \
    W(FROM_STATE, "Start: the state given in %s.", "Начало: состояние из %s.") \
    W(DISRUPTION, "Disruption %s from %s%s%s: %s.", "Нарушение %s с %s%s%s: %s.") \
    W(DISRUPTION_UNTIL, " until ", " до ") \
    W(DISRUPTION_CLOSED, "closed", "закрыто") \
    W(DISRUPTION_UNKNOWN, "The register of events does not say how much still worked: taken as closed. " \
      "Another share: --disruption %s=0.8", \
      "Реестр событий не говорит, сколько ещё работало: принято, что всё закрыто. Другая доля: " \
      "--disruption %s=0.8") \
    W(DISRUPTION_SHARE, "%s of the capacity works", "работает %s мощности") \
    W(DISRUPTION_BAN, "nothing is sent there", "туда не отправляют") \
    W(DISRUPTION_OUTSIDE, "outside the simulated days, it changes nothing", \
      "вне моделируемых дней, ничего не меняет") \
    W(INTERRUPTED, "INTERRUPTED: only the %u replications that were finished.", \
      "ПРЕРВАНО: только завершённые прогоны, их %u.") \
    W(INTERRUPTED_WITHOUT, "INTERRUPTED: without %s, which was not finished.", \
      "ПРЕРВАНО: без %s, не завершено.") \
    W(DEMAND_OF, "Freight: demand of %s, %s Mt; ways by the planner, %u flows.", \
      "Грузы: спрос %s, %s млн т; пути по планировщику, потоков %u.") \
    W(DEMAND_ASSIGNED, "Freight: demand of %s, %s Mt a year at the rate of these days; ways by the " \
      "assignment, %u flows.", \
      "Грузы: спрос %s, %s млн т в год по уровню этих дней; пути по распределению, потоков %u.") \
    W(UNMET, "No capacity is left for %s kt a day: they are not sent.", \
      "Для %s тыс. т в сутки нет места: они не отправлены.") \
    W(REPLAYED, "Freight: the arrivals of %s.", "Грузы: прибытия из %s.") \
    W(NONE_IN_DAYS, "WARNING: nothing of it arrives in the simulated days, so the answer is empty: see " \
      "--date, --days.", \
      "ВНИМАНИЕ: за моделируемые дни ничего из него не отправлено, ответ пуст: см. --date, --days.") \
    W(ADDED, "Added: the consignments of %s.", "Добавлены отправки из %s.") \
    W(UNREACHED, "Without any way on this day and left out: %s Mt of demand.", \
      "Без пути в этот день, не учтено: %s млн т спроса.") \
    W(PRECISION_MET, "Mean transit time known to %s %% (95 %%); %s %% were asked for.", \
      "Среднее время известно с точностью %s %% (95 %%); требовалось %s %%.") \
    W(PRECISION_MISSED, "Mean transit time known to %s %% only (95 %%); %s %% were asked for.", \
      "Среднее время известно лишь с точностью %s %% (95 %%); требовалось %s %%.") \
    W(FULLEST, "%s is asked for %.0f %% of what it can.", "%s — требуется %.0f %% возможного.") \
    W(STEADY_CLOSED, "Queues change in these days, as a border is closed for days (%s, %s to %s); " \
      "no capacity is asked for more than it can on the average day, so they drain again. The " \
      "figures belong to these days. The most:", \
      "Очереди в эти дни меняются, так как граница закрыта несколько дней (%s, с %s по %s); в " \
      "средний день больше возможного не требуется ни от чего, так что они снова тают. Цифры " \
      "относятся к этим дням. Больше всего:") \
    W(STEADY_DISRUPTED, "Queues change in these days, as the disruptions say; the figures belong to " \
      "them. The most:", \
      "Очереди в эти дни меняются из-за заданных нарушений; цифры относятся к этим дням. Больше " \
      "всего:") \
    W(STEADY_CHANGES, "Queues change in these days, though no capacity is asked for more than it " \
      "can: those of the days before still drain or form. The figures belong to these days. The " \
      "most:", \
      "Очереди в эти дни меняются, хотя больше возможного не требуется ни от чего: тают или " \
      "складываются очереди прежних дней. Цифры относятся к этим дням. Больше всего:") \
    W(STEADY_OVERLOADED, "Queues grow without end, so that there is no steady state and the figures " \
      "belong to these days:", \
      "Очереди растут без конца: установившегося режима нет, цифры относятся к этим дням:") \
    W(T_TRANSIT, "Transit time, days; delay, thousand USD a day", \
      "Время в пути, сут; задержка, тыс. долл. в сутки") \
    W(T_STEPS, "By step, days on average", "По этапам, в среднем сут") \
    W(T_CAUSES, "Waiting by cause, all freight", "Ожидание по причинам, все грузы") \
    W(T_PLACES, "Where it waits", "Где ждут") \
    W(T_STATIONS, "Queues over time", "Очереди во времени") \
    W(T_COMPARED, "Against scenario %s: change, days (same luck, 95 %%)", \
      "Против сценария %s: изменение, сут (одни и те же случайности, 95 %%)") \
    W(COMPARE_COUNTED, "Freight keeps to the borders where it was counted; with --crossings free it " \
      "takes a new one where that suits it.", \
      "Грузы держатся границ, где их сосчитали; с --crossings free они пойдут и через новую, если " \
      "так лучше.") \
    W(T_CLEARING, "When the queues have cleared", "Когда очереди рассосутся") \
    W(T_RECOVERY, "How long disruptions are felt after their end, days", \
      "Сколько суток нарушения сказываются после их конца") \
    W(DISRUPTED, "what", "что") \
    W(ENDS, "ends", "конец") \
    W(WAIT_MORE, "wait more, most (80 %)", "сверх обычного, наиб. (80 %)") \
    W(RECOVERY_NOTE, "Wait more: vehicles at the place and on its links beyond those of the same days without the " \
      "disruptions, with the same luck (%u replications). Recovered: at most a twentieth of that, or one " \
      "vehicle, for a day on end. \"later\": not within the simulated days.", \
      "Сверх обычного: машины, поезда и партии у места и на его линиях сверх тех же дней без нарушений при " \
      "тех же случайностях (прогонов: %u). Прошло: сутки подряд не более двадцатой части наибольшего или " \
      "одной единицы. «позже»: не в пределах моделируемых дней.") \
    W(RECOVERY_AVOIDED, "%s: nothing waits more. The freight's ways are those of %s, when this has begun already: where the " \
      "corridor knows of a closure, nothing is sent there any more. With --date of a day before it, what is on its " \
      "way is caught.", \
      "%s: никто не ждёт сверх обычного. Пути грузов — на %s, когда это уже началось: где коридор знает о " \
      "закрытии, туда больше ничего не отправляют. С --date за день до него в затор попадает то, что уже в пути.") \
    W(RECOVERY_BANNED, "%s: nothing waits more: a ban holds freight where it is loaded, and it comes when the ban ends.", \
      "%s: никто не ждёт сверх обычного: запрет держит грузы там, где их грузят; они придут, когда он кончится.") \
    W(RECOVERY_NOTHING, "%s: nothing waits more: nothing that is sent goes there, or what is left of it is enough.", \
      "%s: никто не ждёт сверх обычного: туда ничего не отправляют или того, что осталось, хватает.") \
    W(T_WORTH, "What one more is worth", "Чего стоит ещё одна единица") \
    W(MEAN, "mean", "средн.") \
    W(ALL, "All freight", "Все грузы") \
    W(MOVING, "All but pipelines", "Все, кроме трубопроводов") \
    W(NORTH_BOX, "Containers China - Russia, Belarus, EU", "Контейнеры Китай - Россия, Беларусь, ЕС") \
    W(BOX, "Other containers", "Прочие контейнеры") \
    W(LOOSE, "Other freight by rail and sea", "Прочие грузы по рельсам и морю") \
    W(ROAD, "Trucks", "Автомобили") \
    W(PIPE, "Pipelines", "Трубопроводы") \
    W(LISTED, "Entered one by one", "Заданные отдельно") \
    W(ANY_MODE, "any mode", "любой вид") \
    W(KT_DAY, "kt/day", "кт/сут") \
    W(P50, "P50", "P50") W(P90, "P90", "P90") W(P95, "P95", "P95") \
    W(WITHIN, "+-", "+-") \
    W(DELAY, "delay", "задержка") \
    W(ARRIVED, "arrived", "прибыло") \
    W(UNDER_WAY, "arrived: %% of what is wanted in these days; %s kt are under way or held at the end. " \
      "Times are of what arrived: where less does, the rest still stands and its time is not in " \
      "them. Delay is what all freight waited in these days, arrived or not.", \
      "прибыло: %% от желаемого за эти дни; %s тыс. т в конце ещё в пути или стоят. Времена — по " \
      "прибывшему: где прибыло меньше, остальное ещё стоит, и его времени в них нет. Задержка — " \
      "сколько за эти дни ждали все грузы, прибывшие и нет.") \
    W(STEP_RUN, "running", "ход") \
    W(STEP_HANDLE, "handling", "обработка") \
    W(STEP_BORDER, "border", "граница") \
    W(STEP_BORDER_WAIT, "border wait", "ждёт на границе") \
    W(STEP_WAIT, "other wait", "ждёт ещё") \
    W(CAUSE, "cause", "причина") \
    W(HOURS_EACH, "hours", "часы") \
    W(SHARE, "share", "доля") \
    W(PLACE, "place", "место") \
    W(QUEUE, "queue", "очередь") \
    W(QUEUE_MAX, "most", "наиб.") \
    W(WAIT_H, "wait h", "ждут, ч") \
    W(USED, "used %", "занято %") \
    W(A_DAY, "a day", "в сутки") \
    W(NAMEPLATE, "can", "может") \
    W(OLDEST_H, "oldest h", "старший, ч") \
    W(OVER_TIME, "over the days", "по дням") \
    W(NONE_WAITS, "Nothing waits.", "Никто не ждёт.") \
    W(TRAINS, "Trains before a full yard: %s; abandoned: %s; bans declared or in force: %s (a replication).", \
      "Поездов перед полной станцией: %s; брошено: %s; запретов на погрузку, новых и действующих: %s (за прогон).") \
    W(ASSUMED_MARK, "* capacity that rests on an assumption", \
      "* пропускная способность — допущение") \
    W(INTERVALS, "+-: 95 % interval over replications. P50, P90, P95: of all tonnes together.", \
      "+-: 95 % доверительный интервал по прогонам. P50, P90, P95: по всем тоннам вместе.") \
    W(EVIDENCE, "Times of the ways rest on published / derived / assumed rows: %.0f/%.0f/%.0f %%.", \
      "Времена путей по опубликованным / выведенным / допущенным строкам: %.0f/%.0f/%.0f %%.") \
    W(AUDIT_HOLDS, "Audit: conservation, Little's law and the ledger hold in all %u replications; " \
      "fingerprint %016" PRIx64 ".", \
      "Аудит: сохранение, закон Литтла и счёт времени верны во всех прогонах (%u); отпечаток " \
      "%016" PRIx64 ".") \
    W(AUDIT_PATHS, "Path by path: all %s services begin in their turn and, to the second, when the " \
      "recursion of Kiefer and Wolfowitz says.", \
      "Путь за путём: все обслуживания (%s) начались в свою очередь и с точностью до секунды " \
      "тогда, когда велит рекурсия Кифера и Вольфовица.") \
    W(AUDIT_PATHS_SOME, "Path by path: %s services begin in their turn and, to the second, when the " \
      "recursion of Kiefer and Wolfowitz says; %s are of queues that have none.", \
      "Путь за путём: обслуживания (%s) начались в свою очередь и с точностью до секунды тогда, " \
      "когда велит рекурсия Кифера и Вольфовица; в очередях без неё: %s.") \
    W(AUDIT_FAILS, "AUDIT FAILED in replication %u: %s", "АУДИТ НЕ ПРОЙДЕН в прогоне %u: %s") \
    W(FROM_NOW, "now", "сейчас") \
    W(PEAK, "waiting, most (80 %)", "очередь, наиб. (80 %)") \
    W(T_ARRIVE, "When those who stand there arrive where they go", \
      "Когда стоящие прибудут к месту назначения") \
    W(LATER, "later", "позже") \
    W(CLEARING_NOTE, "Cleared: for a day on end at most a tenth of what stood there at the start, or the usual queue " \
      "where that is more. " \
      "\"later\": not within the %g simulated days. Trains in work do not wait. Quantiles are of %u " \
      "replications (under about 20, P90 and P95 are hardly more than the worst of them) and hold only " \
      "what luck does: that an assumption is wrong is not in them.", \
      "Рассосалась: сутки подряд не более десятой части начальной очереди или обычной очереди, если " \
      "она больше. «позже»: не в пределах " \
      "%g сут. Поезда в обработке не ждут. Квантили — по %u прогонам (если их меньше 20, P90 и P95 — " \
      "почти худший из них) и учитывают только случай: что допущение неверно, в них нет.") \
    W(CHANGE, "change", "изменение") \
    W(BEFORE, "now", "сейчас") \
    W(AFTER, "then", "тогда") \
    W(CHANGE_DELAY, "kUSD/day", "тыс. долл./сут") \
    W(CHANGE_ARRIVED, "arrived %", "прибыло %") \
    W(ARRIVED_NOTE, "arrived %: change of what arrives a day. Times are of what arrived: where less " \
      "does, the rest is still held and its time is not in the mean. Cost of delay is of all freight.", \
      "прибыло %: изменение прибывающего за сутки. Времена — по прибывшему: где прибыло меньше, " \
      "остальное ещё стоит и в среднем не учтено. Цена задержки — по всем грузам.") \
    W(COMPARE_SAME, "Nothing differs at all: on this day the scenario changes nothing that this freight " \
      "uses.", \
      "Разницы нет вовсе: в этот день сценарий не меняет ничего, чем пользуются эти грузы.") \
    W(COMPARE_NOTE, "Both ran with the same luck: the variance of the difference is %s of what " \
      "independent runs would give.", \
      "Случайности общие: дисперсия разности — %s от той, что дали бы независимые прогоны.") \
    W(UNITS_NOTE, "Unit by unit (%" PRIu64 " that arrived in both): %s sooner, %s later by more than " \
      "an hour; 10 %%, 50 %%, 90 %% of the differences: %s, %s, %s h.", \
      "По единицам (%" PRIu64 ", прибывших в обоих): раньше %s, позже %s больше чем на час; 10 %%, " \
      "50 %%, 90 %% разностей: %s, %s, %s ч.") \
    W(GAIN_USD, "gain kUSD/day", "выигрыш, тыс. долл./сут") \
    W(GAIN_H, "hours", "часы") \
    W(ONE_MORE, "one more at", "ещё одна") \
    W(WORTH_NOTE, "Each was run with one more unit on the same luck. What is not above its interval " \
      "cannot be told from nothing.", \
      "Каждый случай прогнан с одной лишней единицей при тех же случайностях. Что не больше " \
      "интервала, от нуля не отличить.") \
    W(WORTH_NONE, "No gain is above its interval: with so many replications none of these can be told " \
      "from nothing.", \
      "Ни один выигрыш не превышает свой интервал: при таком числе прогонов ни один не отличить от " \
      "нуля.") \
    W(NO_WORTH, "No place has a queue that one more unit could shorten.", \
      "Нет очереди, которую сократила бы ещё одна единица.") \
    W(UNITS_WAIT, "waiting trains, trucks and loads; band: 80 % of the replications", \
      "ждут поезда, машины, грузы; полоса: 80 % прогонов") \
    W(OTHER_LINE, "scenario", "сценарий") \
    W(TITLE, "Simulation", "Имитация") \
    W(T_TRACE, "Life of unit %" PRIu64 ": %s, %s t (first replication)", \
      "Путь единицы %" PRIu64 ": %s, %s т (первый прогон)") \
    W(FROM_UTC, "from, UTC", "с, UTC") \
    W(FOR_H, "hours", "часы") \
    W(WHAT, "what", "что") \
    W(AT_ORIGIN, "origin", "отправление") \
    W(SIMULATING, "simulating", "имитация") \
    W(WORTH_RUNS, "what one more is worth", "ценность ещё одной единицы") \
    W(T_LISTED, "Your consignments, days until they arrive", "Ваши отправки, сутки до прибытия") \
    W(READY, "ready", "готово") \
    W(CONSIGNMENT, "consignment", "отправка") \
    W(TONNES, "t", "т") \
    W(DAYS_P50, "P50", "P50") \
    W(CHANGE_H, "change h", "разница, ч") \
    W(LISTED_MORE, "%u more are in json and csv.", "Ещё %u — в json и csv.") \
    W(LISTED_NOTE, "P50, P90: over %u replications; later: not within the simulated days.", \
      "P50, P90: по прогонам (%u); позже: не в пределах моделируемых дней.") \
    W(LISTED_OUTSIDE, " -: ready before or after those days, and not sent.", \
      " -: готово до этих дней или после них и не отправлено.") \
    W(LISTED_CHANGE, " change: then less now, with the same luck, over the replications in which it arrived in both.", \
      " разница: тогда минус сейчас, при тех же случайностях, по прогонам, где прибыло в обоих.") \
    W(BORDER_RUNS, "hours at the borders", "часы на границах") \
    W(T_BORDERS, "Hours at the borders, by the side that works", "Часы на границах, по работающей стороне") \
    W(NO_BORDERS, "Nothing passes a border.", "Ничего не проходит границу.") \
    W(AT_WORK, "work", "работа") \
    W(IN_QUEUE, "queue", "очередь") \
    W(TO_FILL, "fill", "набор") \
    W(GIVEN_DWELL, "given", "задано") \
    W(PUBLISHED, "published", "публикация") \
    W(WAY_IN, "in", "въезд") \
    W(WAY_OUT, "out", "выезд") \
    W(WAY_BOTH, "both ways", "оба направления") \
    W(BORDERS_NOTE, "Means a tonne, from coming to a place until the next movement begins. work: controls, " \
      "change of gauge, reloading. queue: officers, fronts, closed doors, paths, what the other side takes, full " \
      "stations. fill: trains and ships not full yet. given: published dwell that no queue of the model makes (the " \
      "share taken is an assumption). published: the newest year; *: times of the model derive from this figure or " \
      "were chosen in view of it, so agreement proves nothing: what work and queue make of it is the question. Who " \
      "still stands at the end is not in the hours.", \
      "Средние на тонну, от прихода на место до начала следующего хода. работа: контроль, смена колеи, перегрузка. " \
      "очередь: контроль, фронты, закрытые двери, нитки, приём соседней стороны, полные станции. набор: поезда и " \
      "суда ещё не набраны. задано: опубликованный простой, которого не даёт ни одна очередь модели (взятая доля — " \
      "допущение). публикация: новейший год; *: времена модели выведены из этой цифры или выбраны с оглядкой на неё, " \
      "так что согласие ничего не доказывает: вопрос в том, сколько из неё дают работа и очередь. Кто в конце ещё " \
      "стоит, в часах не учтён.") \
    W(PLACE_SLOT, "%s: train paths and slots", "%s: нитки и слоты") \
    W(PLACE_SLOT_OF, "%s: daily limit", "%s: суточный предел") \
    W(PLACE_SLOT_SEA, "%s: room on ships, lots", "%s: место на судах, партии") \
    W(PLACE_SLOT_ROAD, "%s: road", "%s: дорога") \
    W(PLACE_SLOT_PIPE, "%s: pipeline", "%s: трубопровод") \
    W(PLACE_SLOT_IN, ", %s", ", %s") \
    W(PLACE_YARD, "%s: tracks of the station", "%s: пути станции") \
    W(PLACE_LINE, "%s: sidings before the station", "%s: подходы к станции") \
    W(PLACE_PLATFORM, "%s: platforms and wagons", "%s: платформы и вагоны") \
    W(PLACE_LOCOMOTIVE, "%s: border locomotives", "%s: передаточные локомотивы") \
    W(PLACE_VESSEL, "%s: vessels", "%s: суда") \
    W(PLACE_WORK, "%s: %s", "%s: %s") \
    W(PLACE_WEATHER, "%s: port shut by weather", "%s: порт закрыт погодой") \
    W(PLACE_DOOR, "%s: closed", "%s: закрыто") \
    W(PLACE_HOURS, "%s: %s, closed", "%s: %s, закрыто") \
    W(MORE_A_DAY, "; +1 a day, %s", "; +1 в сутки, %s") \
    W(MORE_LANE, "; +1 lane", "; +1 полоса") \
    W(MORE_FRONT, "; +1 front", "; +1 фронт") \
    W(MORE_TRACK, "; +1 track", "; +1 путь") \
    W(MORE_SET, "; +1 set", "; +1 комплект") \
    W(MORE_LOCOMOTIVE, "; +1 locomotive", "; +1 локомотив") \
    W(MORE_VESSEL, "; +1 vessel", "; +1 судно") \
    W(PLACE_LIFT, "%s: lifting abandoned trains", "%s: подъём брошенных поездов") \
    W(PLACE_BAN, "%s: loading held by a ban", "%s: погрузка под запретом") \
    W(TOWARD, "to %s", "на %s")
/* clang-format on */

enum sim_word {
#define SIM_WORD_ID(id, en, ru) SIM_##id,
    SIM_WORDS(SIM_WORD_ID)
#undef SIM_WORD_ID
        SIM_WORD_COUNT
};

const char *sim_word(enum sim_word word, enum report_lang lang);
/* A cause of the ledger as people say it, and a step. */
const char *sim_cause(enum zhol_simulate_cause cause, enum report_lang lang);
const char *sim_step(enum zhol_simulate_step step, enum report_lang lang);

#endif
