/* desk/dossier_words.h: titles and column heads of dossiers: W(code, "English", "Russian"). */
#ifndef ZHOL_DESK_DOSSIER_WORDS_H
#define ZHOL_DESK_DOSSIER_WORDS_H

#define DOSSIER_WORDS(W)                                                    \
    W(about, "About", "Сведения")                                           \
    W(history, "History", "История")                                        \
    W(links, "Links", "Участки")                                            \
    W(controls, "Controls", "Контроль")                                     \
    W(processes, "Processes", "Операции")                                   \
    W(opening, "Opening hours", "Часы работы")                              \
    W(handlings, "Handlings", "Переходы груза")                             \
    W(capacities, "Capacities", "Мощности")                                 \
    W(storage, "Storage", "Хранение")                                       \
    W(prices, "Prices", "Тарифы")                                           \
    W(rules, "Rules", "Правила")                                            \
    W(services, "Services", "Сервисы")                                      \
    W(stops, "Stops", "Остановки")                                          \
    W(demand, "Demand", "Спрос")                                            \
    W(projects, "Projects", "Проекты")                                      \
    W(promises, "Promises", "Обещания")                                     \
    W(events, "Events", "События")                                          \
    W(figures, "Published figures", "Опубликованные цифры")                 \
    W(references, "Referred to by", "На это ссылаются")                     \
    W(crossings, "Borders open on the day", "Открытые в этот день границы") \
    W(tables, "Tables", "Таблицы")                                          \
    W(what, "What", "Что")                                                  \
    W(value, "Value", "Значение")                                           \
    W(unit, "Unit", "Единица")                                              \
    W(name, "Name", "Название")                                             \
    W(name_en, "in English", "по-английски")                                \
    W(name_ru, "in Russian", "по-русски")                                   \
    W(name_kk, "in Kazakh", "по-казахски")                                  \
    W(name_zh, "in Chinese", "по-китайски")                                 \
    W(aliases, "also", "также")                                             \
    W(kind, "Kind", "Вид")                                                  \
    W(country, "Country", "Страна")                                         \
    W(place, "Place", "Место")                                              \
    W(coordinates, "coordinates", "координаты")                             \
    W(time_zone, "clock", "часы")                                           \
    W(unlocode, "UN/LOCODE", "UN/LOCODE")                                   \
    W(esr, "ESR code", "код ЕСР")                                           \
    W(part_of, "part of", "часть")                                          \
    W(state, "State", "Состояние")                                          \
    W(since, "From", "С")                                                   \
    W(until, "Until", "До")                                                 \
    W(to, "To", "Куда")                                                     \
    W(from, "From", "Откуда")                                               \
    W(link, "Link", "Участок")                                              \
    W(mode, "Mode", "Вид")                                                  \
    W(gauge_mm, "gauge", "колея")                                           \
    W(length_km, "km", "км")                                                \
    W(tracks, "Trks", "Пути")                                               \
    W(traction, "Traction", "Тяга")                                         \
    W(speed_kmh, "km/h", "км/ч")                                            \
    W(speed_range, "low-high", "пределы")                                   \
    W(seq, "No.", "№")                                                      \
    W(process, "Process", "Операция")                                       \
    W(min_h, "Min h", "Мин. ч")                                             \
    W(median_h, "Median h", "Медиана ч")                                    \
    W(mean_h, "Mean h", "Среднее ч")                                        \
    W(p90_h, "P90 h", "P90 ч")                                              \
    W(calendar, "Calendar", "Календарь")                                    \
    W(today, "That day", "В этот день")                                     \
    W(next_closed, "Next closed", "Ближайшее закрытие")                     \
    W(reason, "Why", "Почему")                                              \
    W(from_state, "From", "Из")                                             \
    W(to_state, "To", "В")                                                  \
    W(cargo_class, "Cargo", "Груз")                                         \
    W(capacity, "Capacity", "Мощность")                                     \
    W(direction, "Direction", "Направление")                                \
    W(range, "Low-high", "Пределы")                                         \
    W(tariff, "Price of", "Тариф за")                                       \
    W(cost_kind, "Kind", "Вид")                                             \
    W(price, "Price", "Цена")                                               \
    W(per, "Per", "За")                                                     \
    W(free_days, "Free days", "Бесплатно, суток")                           \
    W(day_price, "Each day then", "Далее за сутки")                         \
    W(vat_pct, "VAT %", "НДС %")                                            \
    W(rule, "Rule", "Правило")                                              \
    W(text, "What it says", "Содержание")                                   \
    W(service, "Service", "Сервис")                                         \
    W(departs, "Departs", "Отправление")                                    \
    W(arrive_h, "Arrives h", "Приб. ч")                                     \
    W(depart_h, "Departs h", "Отпр. ч")                                     \
    W(commodity, "Goods", "Груз")                                           \
    W(tonnes, "t", "т")                                                     \
    W(teu, "TEU", "ДФЭ")                                                    \
    W(project, "Project", "Проект")                                         \
    W(promise, "Promise", "Обещание")                                       \
    W(due, "Due", "Срок")                                                   \
    W(date, "Date", "Дата")                                                 \
    W(event, "Event", "Событие")                                            \
    W(measure, "Measure", "Показатель")                                     \
    W(period, "Period", "Период")                                           \
    W(scope, "Scope", "Охват")                                              \
    W(id, "Identifier", "Идентификатор")                                    \
    W(table, "Table", "Таблица")                                            \
    W(column, "Column", "Столбец")                                          \
    W(rows, "Rows", "Строк")                                                \
    W(things, "Things", "Объектов")                                         \
    W(note, "note", "примечание")                                           \
    W(countries, "Between", "Между")                                        \
    W(places, "Where", "Где") W(count, "Count", "Число")

enum dossier_word {
#define DOSSIER_WORD_CODE(code, en, ru) DOSSIER_##code,
    DOSSIER_WORDS(DOSSIER_WORD_CODE)
#undef DOSSIER_WORD_CODE
        DOSSIER_WORD_COUNT
};

#endif
