/* telegram.c: what a convention telegram says. See ban.h.
 *
 * The text is split into words. Recognisers go over them in turn and mark the words that they
 * understood: dates first (so that day numbers are not taken for anything else), then number,
 * exemptions (to the end of their sentence), countries, places, goods, direction. Words that carry
 * no scope (forbid, loading, in connection with ...) are known as such. The rest is given back.
 */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "intake/ban.h"
#include "intake/places.h"
#include "intake/words.h"

struct telegram {
    const struct zhol_corridor *corridor;
    struct text_view text;
    struct words words;
    struct places places;
    bool *known; /* of each word */
    struct ban *ban;
    uint32_t exempt_from, exempt_to; /* words of the exemptions */
    int32_t year;                    /* of the last date read, for dates without one */
};

static const char *folded(const struct telegram *t, uint32_t i)
{
    return i < t->words.count ? t->words.items[i].folded : "";
}

static bool is_word(const struct telegram *t, uint32_t i, const char *names)
{
    return i < t->words.count && word_is_one(&t->words.items[i], names);
}

/* The bytes between word i and the next hold `c`. */
static bool followed_by(const struct telegram *t, uint32_t i, char c)
{
    const struct word *word = &t->words.items[i];
    uint32_t end = i + 1 < t->words.count ? t->words.items[i + 1].start : t->text.size;
    return memchr(t->text.bytes + word->start + word->size, c, end - word->start - word->size) !=
           NULL;
}

static void mark(struct telegram *t, uint32_t from, uint32_t count)
{
    for (uint32_t i = from; i < from + count && i < t->words.count; i++) {
        t->known[i] = true;
    }
}

/* ---- Dates ---- */

static bool number_of(const char *word, uint32_t low, uint32_t high, uint32_t *value)
{
    uint32_t number = 0;
    size_t size = strspn(word, "0123456789");
    if (!size || word[size] || size > 4) {
        return false;
    }
    for (const char *c = word; *c; c++) {
        number = number * 10 + (uint32_t)(*c - '0');
    }
    *value = number;
    return number >= low && number <= high;
}

static uint32_t month_of(const struct telegram *t, uint32_t i)
{
    static const char *const months[] = {"января;январь",   "февраля;февраль", "марта;март",
                                         "апреля;апрель",   "мая;май",         "июня;июнь",
                                         "июля;июль",       "августа;август",  "сентября;сентябрь",
                                         "октября;октябрь", "ноября;ноябрь",   "декабря;декабрь"};
    for (uint32_t m = 0; m < 12; m++) {
        struct text_view rest = text_view_of(months[m]);
        while (rest.size) {
            if (text_equal_string(text_cut(&rest, ';'), folded(t, i))) {
                return m + 1;
            }
        }
    }
    return 0;
}

/* A date that begins with word i: "04.09.2023", "4 сентября [2023 [года]]". Gives the number of
 * words, 0 where there is none. *has_year is false where the text leaves the year open. */
static uint32_t date_at(const struct telegram *t, uint32_t i, struct time_date *date,
                        bool *has_year)
{
    uint32_t day, month, year, used;
    if (!number_of(folded(t, i), 1, 31, &day)) {
        return 0;
    }
    if (number_of(folded(t, i + 1), 1, 12, &month) && followed_by(t, i, '.')) {
        *has_year = followed_by(t, i + 1, '.') && number_of(folded(t, i + 2), 0, 2100, &year) &&
                    (year >= 1991 || (year >= 20 && year < 100));
        used = *has_year ? 3 : 2;
    } else {
        month = month_of(t, i + 1);
        *has_year = month && number_of(folded(t, i + 2), 1991, 2100, &year);
        used = *has_year ? 3 : 2;
        if (!month) {
            return 0;
        }
    }
    year = *has_year ? (year < 100 ? year + 2000 : year) : (uint32_t)t->year;
    used += is_word(t, i + used, "год") || strcmp(folded(t, i + used), "г") == 0;
    *date = (struct time_date){(int32_t)year, month, day};
    return used;
}

/* Hours before a date ("00:00", "18 часов", "24.00 мск") are passed: a ban is a matter of days. */
static uint32_t hours_at(const struct telegram *t, uint32_t i)
{
    uint32_t value, used = 0;
    if (number_of(folded(t, i), 0, 24, &value) && number_of(folded(t, i + 1), 0, 59, &value) &&
        (followed_by(t, i, ':') ||
         (followed_by(t, i, '.') && strlen(folded(t, i + 1)) == 2 && value == 0))) {
        used = 2;
    } else if (number_of(folded(t, i), 0, 24, &value) &&
               (is_word(t, i + 1, "час") || strcmp(folded(t, i + 1), "ч") == 0)) {
        used = 2;
    }
    while (used && (is_word(t, i + used, "час;время") || strcmp(folded(t, i + used), "ч") == 0 ||
                    strcmp(folded(t, i + used), "мск") == 0 ||
                    is_word(t, i + used, "московский;местный;астанинский;астана"))) {
        used++;
    }
    return used;
}

static int32_t day_of(struct time_date date)
{
    return time_date_valid(date) ? time_days(date) : ZHOL_BLANK_DATE;
}

/* "с 4 по 8 сентября": a first day without a month takes that of the last. */
static bool take_short_range(struct telegram *t, uint32_t i)
{
    uint32_t first, used;
    struct time_date last;
    bool has_year;
    if (strcmp(folded(t, i), "с") != 0 || !number_of(folded(t, i + 1), 1, 31, &first) ||
        strcmp(folded(t, i + 2), "по") != 0) {
        return false;
    }
    used = date_at(t, i + 3, &last, &has_year);
    if (!used) {
        return false;
    }
    struct time_date from = {last.year, last.month, first};
    t->ban->from = day_of(from);
    t->ban->until = day_of(last);
    t->year = last.year;
    mark(t, i, 3 + used);
    return true;
}

/* A date with the word before it that says what it is: from, until, of. */
static uint32_t take_date(struct telegram *t, uint32_t i)
{
    const char *before = folded(t, i);
    uint32_t hours = hours_at(t, i + 1), used;
    struct time_date date;
    bool has_year;
    used = date_at(t, i + 1 + hours, &date, &has_year);
    if (!used) {
        return 0;
    }
    int32_t day = day_of(date);
    if (strcmp(before, "с") == 0 || strcmp(before, "со") == 0) {
        t->ban->from = t->ban->from == ZHOL_BLANK_DATE ? day : t->ban->from;
    } else if (strcmp(before, "по") == 0 || strcmp(before, "до") == 0) {
        /* "до 24:00 20 ноября" ends that day; "до 00:00" ends the day before */
        bool midnight = hours && strcmp(folded(t, i + 1), "00") == 0;
        t->ban->until = day == ZHOL_BLANK_DATE ? day : day - midnight;
        if (!has_year && t->ban->until < t->ban->from && day != ZHOL_BLANK_DATE) {
            date.year++;
            t->ban->until = day_of(date);
        }
    } else if (strcmp(before, "от") == 0) {
        t->ban->issued = day;
    } else {
        return 0;
    }
    t->year = date.year;
    mark(t, i, 1 + hours + used);
    return 1 + hours + used;
}

/* Years may stand only with the last date: the first year of the text serves all before it. */
static int32_t first_year(const struct telegram *t)
{
    uint32_t value;
    for (uint32_t i = 0; i < t->words.count; i++) {
        if (number_of(folded(t, i), 1991, 2100, &value)) {
            return (int32_t)value;
        }
    }
    return 0;
}

static void take_dates(struct telegram *t)
{
    t->year = first_year(t);
    for (uint32_t i = 0; i < t->words.count; i++) {
        if (!take_short_range(t, i)) {
            take_date(t, i);
        }
    }
}

/* ---- Number ---- */

/* "№ 45/2023", "N ЦФТО-1/123": what follows the sign up to a blank, comma or "от". */
static void take_number(struct telegram *t)
{
    for (uint32_t at = 0; at + 1 < t->text.size; at++) {
        const char *bytes = t->text.bytes + at;
        bool sign = t->text.size - at > 3 && memcmp(bytes, "\xE2\x84\x96", 3) == 0;
        if (!sign) {
            continue;
        }
        uint32_t from = at + 3;
        while (from < t->text.size && t->text.bytes[from] == ' ') {
            from++;
        }
        uint32_t to = from;
        while (to < t->text.size && !strchr(" ,;\r\n\t", t->text.bytes[to])) {
            to++;
        }
        while (to > from && (t->text.bytes[to - 1] == '.' || t->text.bytes[to - 1] == ':')) {
            to--;
        }
        buffer_append(&t->ban->number, t->text.bytes + from, to - from);
        for (uint32_t i = 0; i < t->words.count; i++) {
            t->known[i] =
                t->known[i] || (t->words.items[i].start >= from && t->words.items[i].start < to);
        }
        return;
    }
}

/* ---- Exemptions ---- */

/* The words after "кроме", "за исключением" ... to the end of the sentence. */
static void find_exempt(struct telegram *t)
{
    for (uint32_t i = 0; i < t->words.count; i++) {
        bool besides = strcmp(folded(t, i), "кроме") == 0 ||
                       strcmp(folded(t, i), "исключая") == 0 || is_word(t, i, "исключение");
        bool spares = is_word(t, i, "распространяется") && i && strcmp(folded(t, i - 1), "не") == 0;
        if (!besides && !spares) {
            continue;
        }
        mark(t, spares ? i - 1 : i, spares ? 2 : 1);
        t->exempt_from = t->exempt_to = i + 1;
        while (t->exempt_to < t->words.count && !followed_by(t, t->exempt_to - 1, ';') &&
               !followed_by(t, t->exempt_to - 1, '.') && !followed_by(t, t->exempt_to - 1, ')')) {
            t->exempt_to++;
        }
        return;
    }
}

/* ---- Places, countries, goods ---- */

static void add_item(struct buffer *list, const char *item)
{
    struct text_view rest = text_view_of(buffer_get(list));
    while (rest.size) {
        if (text_equal_string(text_cut(&rest, ';'), item)) {
            return;
        }
    }
    buffer_printf(list, "%s%s", list->size ? ";" : "", item);
}

/* The bytes of `count` words from `i` on, with what stands between them. */
static struct text_view phrase(const struct telegram *t, uint32_t i, uint32_t count)
{
    const struct word *first = &t->words.items[i], *last = &t->words.items[i + count - 1];
    return (struct text_view){t->text.bytes + first->start,
                              last->start + last->size - first->start};
}

static void take_places(struct telegram *t)
{
    for (uint32_t i = 0; i < t->words.count; i++) {
        uint32_t count, node = ZHOL_NONE;
        if (!t->known[i] && strlen(folded(t, i)) >= 3) {
            node = places_at(&t->places, &t->words, i, &count);
        }
        if (node != ZHOL_NONE) {
            add_item(&t->ban->places, zhol_corridor_id(t->corridor, ZHOL_TABLE_node, node));
            mark(t, i, count);
        }
    }
}

/* "в Китай", "в КНР", "назначением на Узбекистан", "в адрес ... Киргизии"; "из Китая". */
static void take_countries(struct telegram *t)
{
    for (uint32_t i = 0; i < t->words.count; i++) {
        const char *code = t->known[i] ? "" : intake_country(phrase(t, i, 1));
        if (!*code) {
            continue;
        }
        bool from = false;
        for (uint32_t back = 1; back <= 3 && back <= i; back++) {
            const char *before = folded(t, i - back);
            if (strcmp(before, "из") == 0 || is_word(t, i - back, "отправление")) {
                from = true;
                break;
            }
            if (strcmp(before, "в") == 0 || strcmp(before, "на") == 0 ||
                is_word(t, i - back, "назначение;адрес")) {
                break;
            }
        }
        add_item(from ? &t->ban->from_countries : &t->ban->to_countries, code);
        mark(t, i, 1);
    }
}

/* Takes `count` words from i on as goods; false where they are none. */
static bool take_goods_at(struct telegram *t, uint32_t i, uint32_t count)
{
    struct buffer found = {0};
    bool exempt = i >= t->exempt_from && i < t->exempt_to;
    bool goods = intake_goods(t->corridor, phrase(t, i, count), &found);
    struct text_view rest = text_view_of(buffer_get(&found));
    while (goods && rest.size) {
        struct buffer one = {0};
        buffer_view(&one, text_cut(&rest, ';'));
        add_item(exempt ? &t->ban->exempt : &t->ban->goods, buffer_get(&one));
        buffer_clear(&one);
    }
    buffer_clear(&found);
    return goods;
}

/* True where words i and i + 1 are one kind of goods ("железной руды"), not two of their own. */
static bool is_pair(const struct telegram *t, uint32_t i)
{
    struct buffer both = {0}, single = {0};
    if (i + 1 >= t->words.count || t->known[i + 1] || strlen(folded(t, i + 1)) < 6) {
        return false;
    }
    bool goods = intake_goods(t->corridor, phrase(t, i, 2), &both);
    intake_goods(t->corridor, phrase(t, i, 1), &single);
    intake_goods(t->corridor, phrase(t, i + 1, 1), &single);
    bool same = strcmp(buffer_get(&both), buffer_get(&single)) == 0;
    buffer_clear(&both);
    buffer_clear(&single);
    return goods && !same;
}

static void take_goods(struct telegram *t)
{
    for (uint32_t i = 0; i < t->words.count; i++) {
        bool exempt = i >= t->exempt_from && i < t->exempt_to;
        if (t->known[i] || strlen(folded(t, i)) < 6) {
            continue;
        }
        if (is_word(t, i, "груз")) {
            t->ban->all_goods = t->ban->all_goods || !exempt;
            continue;
        }
        uint32_t count = is_pair(t, i) ? 2 : 1;
        if (take_goods_at(t, i, count)) {
            mark(t, i, count);
        }
    }
}

/* ---- Direction, mode and plain words ---- */

static void take_direction(struct telegram *t)
{
    for (uint32_t i = 0; i < t->words.count; i++) {
        bool out = is_word(t, i, "экспорт;экспортный;вывоз");
        bool in = is_word(t, i, "импорт;импортный;ввоз");
        if ((out || in) && !t->known[i]) {
            memcpy(t->ban->direction, out ? "out" : "in", out ? 4 : 3);
            mark(t, i, 1);
        }
        if (is_word(t, i, "автомобильный;автотранспорт;грузовик;автопоезд") && !t->known[i]) {
            memcpy(t->ban->mode, "road", 5);
            mark(t, i, 1);
        }
    }
}

/* A port is banned as a whole: what leaves it goes by sea. */
static void choose_mode(struct telegram *t)
{
    uint32_t count, begin, end;
    const struct zhol_node *rows = zhol_corridor_node(t->corridor, &count);
    struct text_view rest = text_view_of(buffer_get(&t->ban->places));
    while (rest.size) {
        struct buffer id = {0};
        buffer_view(&id, text_cut(&rest, ';'));
        uint32_t node = zhol_corridor_find(t->corridor, ZHOL_TABLE_node, buffer_get(&id));
        zhol_corridor_rows(t->corridor, ZHOL_TABLE_node, node, &begin, &end);
        if (rows[begin].node_type == zhol_node_type_SEAPORT ||
            rows[begin].node_type == zhol_node_type_CASPIAN_PORT) {
            t->ban->mode[0] = '\0';
        }
        buffer_clear(&id);
    }
}

/* Words that every telegram has and that say nothing about what is banned. */
static bool is_plain(const struct telegram *t, uint32_t i)
{
    static const char names[] =
        "запрещается;запретить;запрет;запрещена;запрещен;прекращается;прекратить;прекращение;"
        "ограничить;ограничение;погрузка;отправление;прием;принимать;груз;перевозка;вагон;станция;"
        "назначение;переход;стык;пограничный;межгосударственный;железная;дорога;"
        "железнодорожный;телеграмма;конвенция;конвенционный;связь;скопление;поезд;далее;"
        "следующий;следование;адрес;указанный;действие;действует;период;срок;особый;"
        "распоряжение;отмена;отменить;начало;включительно;сутки;год;время;час;сообщение;"
        "подлежать;допускается;разрешается;погруженный;порожний;проследование;сдача;"
        "передача;ввод;вводится;введение;установить;устанавливается;начальник;филиал;"
        "оформление;документ;заявка;план;согласование;согласованный;увеличение;уменьшение;"
        "отсутствие;количество;неприем;невозможность;превышение;задержка;сторона;"
        "администрация;исключение;кроме;род;вид;порт;неблагоприятный;погодный;условие;погода;"
        "наименование;номенклатура;экспортировать";
    static const char *const small[] = {
        "и",     "в",       "во",       "на",   "с",     "со",    "по",     "до",   "от",   "из",
        "к",     "за",      "для",      "при",  "через", "не",    "о",      "об",   "или",  "а",
        "же",    "то",      "ст",       "гу",   "г",     "всех",  "все",    "всем", "их",   "без",
        "том",   "числе",   "т",        "ч",    "мск",   "жд",    "ж",      "д",    "км",   "под",
        "ао",    "нк",      "ктж",      "кзх",  "ржд",   "цд",    "цфто",   "изм",  "доп",  "экс",
        "эксп",  "экспорт", "код",      "коды", "есть",  "также", "только", "его",  "этом", "время",
        "будет", "быть",    "что",      "как",  "между", "у",     "рк",     "нет",  "да",   "всего",
        "более", "менее",   "уважением"};
    for (size_t k = 0; k < sizeof small / sizeof *small; k++) {
        if (strcmp(folded(t, i), small[k]) == 0) {
            return true;
        }
    }
    return word_is_one(&t->words.items[i], names);
}

static void put_unknown(struct telegram *t)
{
    for (uint32_t i = 0; i < t->words.count; i++) {
        if (!t->known[i] && !is_plain(t, i)) {
            const struct word *word = &t->words.items[i];
            buffer_string(&t->ban->unknown, t->ban->unknown.size ? " " : "");
            buffer_append(&t->ban->unknown, t->text.bytes + word->start, word->size);
        }
    }
}

/* The telegram with its white space as single blanks. */
static void put_text(struct text_view text, struct buffer *out)
{
    bool blank = false;
    text = text_trim(text);
    for (uint32_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c <= ' ') {
            blank = true;
        } else {
            buffer_string(out, blank ? " " : "");
            buffer_char(out, (char)c);
            blank = false;
        }
    }
}

/* ---- All of it ---- */

static enum zhol_error check(const struct ban *ban, const char *file, struct zhol_report *report)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    bool scope =
        ban->places.size || ban->goods.size || ban->to_countries.size || ban->from_countries.size;
    if (ban->from == ZHOL_BLANK_DATE) {
        error = sheet_refuse(report, ZHOL_ERROR_INVALID, file, 0, "",
                             "a first day, such as «с 4 сентября 2023 года» or «с 04.09.2023»");
    }
    if (ban->from != ZHOL_BLANK_DATE && ban->until != ZHOL_BLANK_DATE && ban->until < ban->from) {
        error = sheet_refuse(report, ZHOL_ERROR_INVALID, file, 0, "",
                             "a last day that is not before the first");
    }
    if (!ban->goods.size && !ban->all_goods) {
        error = sheet_refuse(report, ZHOL_ERROR_INVALID, file, 0, buffer_get(&ban->unknown),
                             "goods of the corridor, or «грузы» as such: what is forbidden was not "
                             "understood");
    }
    if (!scope) {
        error = sheet_refuse(report, ZHOL_ERROR_INVALID, file, 0, "",
                             "a station, crossing, country or cargo of the corridor: the text "
                             "names none that is known");
    }
    return error;
}

enum zhol_error telegram_read(const struct zhol_corridor *corridor, const char *file,
                              struct text_view text, struct zhol_report *report, struct ban *out)
{
    struct telegram t = {.corridor = corridor, .text = text, .ban = out};
    memset(out, 0, sizeof *out);
    out->issued = out->from = out->until = ZHOL_BLANK_DATE;
    memcpy(out->mode, "rail", 5);
    enum zhol_error error = words_split(text, &t.words);
    error = error ? error : places_make(corridor, &t.places);
    t.known = calloc((size_t)t.words.count + 1, sizeof *t.known);
    if (error || !t.known) {
        places_clear(&t.places);
        words_clear(&t.words);
        free(t.known);
        return ZHOL_ERROR_MEMORY;
    }
    take_dates(&t);
    take_number(&t);
    find_exempt(&t);
    take_direction(&t);
    take_countries(&t);
    take_goods(&t);
    take_places(&t);
    choose_mode(&t);
    put_unknown(&t);
    put_text(text, &out->text);
    places_clear(&t.places);
    words_clear(&t.words);
    free(t.known);
    return check(out, file, report);
}
