/* units.c: see units.h; units that do not change with the number stand in terms.c. */
#include "report/units.h"

#include <math.h>
#include <string.h>

#include "report/terms.h"

enum { FORMS = 3 };

static const struct counted {
    const char *word, *ru[FORMS];
} counted[] = {
    {"visits", {"визит", "визита", "визитов"}},
    {"days", {"сутки", "суток", "суток"}},
    {"lines", {"линия", "линии", "линий"}},
    {"points", {"пункт", "пункта", "пунктов"}},
    {"workshops", {"мастерская", "мастерские", "мастерских"}},
    {"centres", {"центр", "центра", "центров"}},
    {"centre", {"центр", "центра", "центров"}},
    {"operators", {"оператор", "оператора", "операторов"}},
    {"years", {"год", "года", "лет"}},
    {"hubs", {"хаб", "хаба", "хабов"}},
    {"enterprises", {"предприятие", "предприятия", "предприятий"}},
    {"persons", {"человек", "человека", "человек"}},
    {"meetings", {"встреча", "встречи", "встреч"}},
    {"sessions", {"заседание", "заседания", "заседаний"}},
    {"tracks", {"путь", "пути", "путей"}},
    {"times", {"раз", "раза", "раз"}},
    {"entries", {"запись", "записи", "записей"}},
    {"institutes", {"институт", "института", "институтов"}},
    {"universities", {"университет", "университета", "университетов"}},
    {"cars", {"автомобиль", "автомобиля", "автомобилей"}},
    {"trains", {"поезд", "поезда", "поездов"}},
    {"trucks", {"машина", "машины", "машин"}},
    {"vehicles", {"машина", "машины", "машин"}},
    {"wagons", {"вагон", "вагона", "вагонов"}},
    {"containers", {"контейнер", "контейнера", "контейнеров"}},
    {"vessels", {"судно", "судна", "судов"}},
    {"pairs", {"пара поездов", "пары поездов", "пар поездов"}},
    {"positions", {"место", "места", "мест"}},
    {"units", {"единица", "единицы", "единиц"}},
    {"cranes", {"кран", "крана", "кранов"}},
    {"jobs", {"рабочее место", "рабочих места", "рабочих мест"}},
    {"caravans", {"караван", "каравана", "караванов"}},
};

unsigned report_plural_ru(double value)
{
    double size = fabs(value);
    if (isnan(size)) {
        return 2;
    }
    if (size != round(size)) {
        return 1;
    }
    unsigned last = (unsigned)fmod(size, 10), two = (unsigned)fmod(size, 100);
    bool teen = two >= 11 && two <= 14;
    return teen || last == 0 || last > 4 ? 2 : last == 1 ? 0 : 1;
}

static const char *part_ru(const char *word, double value)
{
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
        if (strcmp(counted[i].word, word) == 0) {
            return counted[i].ru[report_plural_ru(value)];
        }
    }
    return report_term(word, REPORT_RU);
}

void report_unit(const char *unit, double value, enum report_lang lang, struct buffer *out)
{
    struct text_view rest = text_view_of(unit);
    if (lang != REPORT_RU) {
        buffer_string(out, unit);
        return;
    }
    const char *whole = report_term(unit, lang);
    if (strcmp(whole, unit) != 0 && strchr(unit, '/')) {
        buffer_string(out, whole);
        return;
    }
    for (bool first = true; rest.size; first = false) {
        struct buffer part = {0};
        buffer_view(&part, text_cut(&rest, '/'));
        buffer_string(out, first ? "" : "/");
        buffer_string(out, first ? part_ru(buffer_get(&part), value)
                                 : report_term(buffer_get(&part), lang));
        buffer_clear(&part);
    }
}
