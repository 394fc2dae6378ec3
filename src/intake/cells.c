/* cells.c: what a cell of a form says, in canonical form; and names of places, countries and goods
 * as people write them. See intake.h. */
#include <stdlib.h>
#include <string.h>

#include <zhol/identifier.h>

#include "base/number.h"
#include "base/time.h"
#include "intake/intake.h"
#include "intake/words.h"

enum { TEXT_SIZE = 256 };

static const char *copy(struct text_view text, char out[static TEXT_SIZE])
{
    uint32_t size = text.size < TEXT_SIZE - 1 ? text.size : TEXT_SIZE - 1;
    memcpy(out, text.bytes ? text.bytes : "", size);
    out[size] = '\0';
    return out;
}

/* ---- Dates and numbers ---- */

/* "31.01.2026", "31.1.26" or "2026-01-31"; *rest is what follows. */
static bool read_day(struct text_view text, int32_t *day, struct text_view *rest)
{
    uint32_t parts[3] = {0}, digits[3] = {0}, part = 0, i = 0;
    char separator = '\0';
    for (; i < text.size; i++) {
        char c = text.bytes[i];
        if (c >= '0' && c <= '9' && digits[part] < 4) {
            parts[part] = parts[part] * 10 + (uint32_t)(c - '0');
            digits[part]++;
        } else if ((c == '.' || c == '-' || c == '/') && part < 2 && digits[part] &&
                   (!separator || c == separator)) {
            separator = c;
            part++;
        } else {
            break;
        }
    }
    if (part != 2 || !digits[2]) {
        return false;
    }
    bool iso = digits[0] == 4;
    uint32_t year = iso ? parts[0] : digits[2] <= 2 ? 2000 + parts[2] : parts[2];
    struct time_date date = {(int32_t)year, parts[1], iso ? parts[2] : parts[0]};
    if ((!iso && digits[0] > 2) || digits[1] > 2 || (iso && digits[2] > 2) || year < 1900 ||
        !time_date_valid(date)) {
        return false;
    }
    *day = time_days(date);
    *rest = text_trim((struct text_view){text.bytes + i, text.size - i});
    return true;
}

static bool canonical_day(struct text_view text, struct buffer *out)
{
    char shown[TIME_TEXT_SIZE];
    int32_t day;
    struct text_view rest;
    if (!read_day(text, &day, &rest) || (rest.size && rest.bytes[0] != 'T' && rest.size > 8)) {
        return false;
    }
    time_format_date(day, shown);
    buffer_string(out, shown);
    return true;
}

static bool canonical_minute(struct text_view text, struct buffer *out)
{
    char shown[TIME_TEXT_SIZE];
    int32_t day;
    uint32_t second = 0;
    struct text_view rest;
    if (!read_day(text, &day, &rest)) {
        return false;
    }
    if (rest.size && (rest.bytes[0] == 'T' || rest.bytes[0] == ',')) {
        rest = text_trim((struct text_view){rest.bytes + 1, rest.size - 1});
    }
    if (rest.size && time_parse_clock(rest, &second) != ZHOL_ERROR_OK) {
        return false;
    }
    time_format_date(day, shown);
    buffer_printf(out, "%sT%02u:%02u", shown, second / 3600, second / 60 % 60);
    return true;
}

/* "1 234,5" and "1234.5". */
static bool canonical_number(struct text_view text, bool whole, struct buffer *out)
{
    char plain[TEXT_SIZE];
    uint32_t size = 0, position = 0;
    double value;
    while (position < text.size && size < TEXT_SIZE - 4) {
        uint32_t point = text_utf8_next(text, &position);
        if (point == ' ' || point == 0xA0 || point == 0x202F || point == '\'') {
            continue;
        }
        size += text_utf8_put(point == ',' ? '.' : point, plain + size);
    }
    plain[size] = '\0';
    if (number_parse_real(text_view_of(plain), &value) != ZHOL_ERROR_OK || value < 0 ||
        (whole && (value > 1e15 || value != (double)(int64_t)value))) {
        return false;
    }
    buffer_real(out, value);
    return true;
}

/* ---- Numbers with check digits ---- */

static bool canonical_identifier(enum zhol_identifier_kind kind, struct text_view text,
                                 struct buffer *out, struct buffer *why)
{
    struct zhol_identifier_result result;
    char number[TEXT_SIZE];
    if (zhol_identifier_check(kind, copy(text, number), &result) == ZHOL_ERROR_OK) {
        buffer_string(out, result.text);
        return true;
    }
    buffer_printf(why, "%s", zhol_identifier_status_text(result.status));
    if (result.status == ZHOL_IDENTIFIER_WRONG_CHECK && result.expected_check) {
        buffer_printf(why, ": the check digit would be %c", result.expected_check);
    }
    return false;
}

static bool canonical_wagon(struct text_view text, struct buffer *out, struct buffer *why)
{
    uint32_t digits = 0;
    for (uint32_t i = 0; i < text.size; i++) {
        digits += text.bytes[i] >= '0' && text.bytes[i] <= '9';
    }
    if (digits == 7 && text.size == 7) { /* wagons of China Railway have no check digit */
        buffer_view(out, text);
        return true;
    }
    return canonical_identifier(
        digits == 12 ? ZHOL_IDENTIFIER_WAGON_UIC : ZHOL_IDENTIFIER_WAGON_1520, text, out, why);
}

/* ---- Places ---- */

static bool canonical_place(const struct zhol_corridor *corridor, struct text_view text,
                            struct buffer *out, struct buffer *why)
{
    uint32_t near[3], count = 0, node = intake_place(corridor, text);
    char name[TEXT_SIZE];
    if (node != ZHOL_NONE) {
        buffer_string(out, zhol_corridor_id(corridor, ZHOL_TABLE_node, node));
        return true;
    }
    zhol_corridor_place(corridor, copy(text, name), &node, near, 3, &count);
    for (uint32_t i = 0; i < count && i < 3; i++) {
        buffer_printf(why, "%s%s", i ? ", " : "near to it: ",
                      zhol_corridor_id(corridor, ZHOL_TABLE_node, near[i]));
    }
    return false;
}

/* ---- Countries and goods ---- */

const char *intake_country(struct text_view name)
{
    static const struct {
        const char *code, *names;
    } countries[] = {
        {"CN", "китай;кнр;china"},
        {"KZ", "казахстан;рк;kazakhstan"},
        {"UZ", "узбекистан;руз;uzbekistan"},
        {"KG", "киргизия;кыргызстан;киргизстан;kyrgyzstan"},
        {"TJ", "таджикистан;tajikistan"},
        {"TM", "туркменистан;туркмения;turkmenistan"},
        {"AF", "афганистан;afghanistan"},
        {"RU", "россия;рф;russia"},
        {"BY", "беларусь;белоруссия;belarus"},
        {"IR", "иран;iran"},
        {"AZ", "азербайджан;azerbaijan"},
        {"GE", "грузия;georgia"},
        {"TR", "турция;turkey"},
        {"MN", "монголия;mongolia"},
        {"PL", "польша;poland"},
        {"DE", "германия;germany"},
        {"LV", "латвия;latvia"},
        {"LT", "литва;lithuania"},
        {"EE", "эстония;estonia"},
        {"UA", "украина;ukraine"},
        {"KR", "корея;korea"},
        {"JP", "япония;japan"},
    };
    struct words words;
    const char *found = "";
    if (words_split(name, &words) == ZHOL_ERROR_OK && words.count >= 1) {
        for (size_t i = 0; !*found && i < sizeof countries / sizeof *countries; i++) {
            bool code = text_equal_fold(name, text_view_of(countries[i].code));
            for (uint32_t w = 0; w < words.count && !code; w++) {
                code = word_is_one(&words.items[w], countries[i].names);
            }
            found = code ? countries[i].code : found;
        }
    }
    words_clear(&words);
    return found;
}

static void append_item(struct buffer *out, const char *item)
{
    struct text_view rest = text_view_of(buffer_get(out));
    while (rest.size) {
        if (text_equal_string(text_cut(&rest, ';'), item)) {
            return;
        }
    }
    buffer_printf(out, "%s%s", out->size ? ";" : "", item);
}

/* Words for groups of goods, with the HS prefixes that they mean. */
static const struct {
    const char *names, *hs;
} groups[] = {
    {"зерно;зерновой;grain", "10"},
    {"удобрение;fertiliser", "31"},
    {"нефтепродукт", "2710"},
    {"металл;прокат;металлопрокат", "72"},
    {"лес;лесной;лесоматериал;timber", "44"},
    {"руда;рудный;ore", "26"},
    {"концентрат", "26"},
    {"уголь;угля;углю;углем;coal", "2701"},
    {"цемент;cement", "2523"},
    {"автомобиль;cars", "8703"},
    {"мука;мукомольный;flour", "1101"},
    {"сера;sulphur", "2503"},
};

/* Words for classes of cargo. */
static const struct {
    const char *names, *class;
} classes[] = {
    {"контейнер;контейнерный;container;containers", "container"},
    {"наливной;налив", "oil"},
    {"навалочный;навалом;насыпной;насыпью;bulk", "bulk"},
    {"генеральный;тарный;general", "general"},
};

/* Appends the commodities of which an HS prefix begins as `hs` does, or the other way round. */
static bool goods_of_hs(const struct zhol_corridor *corridor, const char *hs, struct buffer *out)
{
    uint32_t count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(corridor, &count);
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        struct text_view rest = text_view_of(zhol_corridor_text(corridor, rows[i].hs));
        bool fits = false;
        while (rest.size) {
            struct text_view one = text_cut(&rest, ';'), prefix = text_view_of(hs);
            fits = fits || text_starts_with(one, prefix);
        }
        if (fits) {
            append_item(out,
                        zhol_corridor_id(corridor, ZHOL_TABLE_commodity, rows[i].commodity_id));
            any = true;
        }
    }
    return any;
}

/* Appends commodities whose Russian name begins with the word, or is one word of it. */
static bool goods_of_name(const struct zhol_corridor *corridor, const struct word *word,
                          struct buffer *out)
{
    uint32_t count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(corridor, &count);
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        struct words name;
        if (words_split(text_view_of(zhol_corridor_text(corridor, rows[i].name_ru)), &name) ==
                ZHOL_ERROR_OK &&
            name.count && word_bends(name.items[0].folded, word->folded)) {
            append_item(out,
                        zhol_corridor_id(corridor, ZHOL_TABLE_commodity, rows[i].commodity_id));
            any = true;
        }
        words_clear(&name);
    }
    return any;
}

/* Appends commodities that spoil, or that are dangerous. */
static bool goods_of_kind(const struct zhol_corridor *corridor, const struct word *word,
                          struct buffer *out)
{
    uint32_t count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(corridor, &count);
    bool spoils = word_is_one(word, "скоропортящийся;скоропортящиеся;perishable");
    bool harms = word_is_one(word, "опасный;dangerous"), any = false;
    for (uint32_t i = 0; (spoils || harms) && i < count; i++) {
        if ((spoils && rows[i].perishable == 1) || (harms && rows[i].dangerous == 1)) {
            append_item(out,
                        zhol_corridor_id(corridor, ZHOL_TABLE_commodity, rows[i].commodity_id));
            any = true;
        }
    }
    return any;
}

static bool goods_of_word(const struct zhol_corridor *corridor, const struct word *word,
                          struct buffer *out)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (word_is_one(word, classes[i].names)) {
            append_item(out, classes[i].class);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (word_is_one(word, groups[i].names) && goods_of_hs(corridor, groups[i].hs, out)) {
            return true;
        }
    }
    return goods_of_kind(corridor, word, out) || goods_of_name(corridor, word, out);
}

/* Appends commodities in whose Russian name all the words stand: "железной руды". */
static bool goods_of_phrase(const struct zhol_corridor *corridor, const struct words *words,
                            struct buffer *out)
{
    uint32_t count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(corridor, &count);
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        struct words name;
        bool all = words_split(text_view_of(zhol_corridor_text(corridor, rows[i].name_ru)),
                               &name) == ZHOL_ERROR_OK;
        for (uint32_t w = 0; all && w < words->count; w++) {
            bool found = false;
            for (uint32_t n = 0; n < name.count && !found; n++) {
                found = word_bends(name.items[n].folded, words->items[w].folded);
            }
            all = found;
        }
        if (all) {
            append_item(out,
                        zhol_corridor_id(corridor, ZHOL_TABLE_commodity, rows[i].commodity_id));
            any = true;
        }
        words_clear(&name);
    }
    return any;
}

bool intake_goods(const struct zhol_corridor *corridor, struct text_view text, struct buffer *out)
{
    char name[TEXT_SIZE];
    uint32_t thing, near, count;
    struct words words;
    bool any = false;
    copy(text, name);
    if (zhol_cargo_class_from(name)) {
        append_item(out, name);
        return true;
    }
    if (zhol_corridor_thing(corridor, ZHOL_TABLE_commodity, name, &thing, &near, 1, &count) ==
        ZHOL_ERROR_OK) {
        append_item(out, zhol_corridor_id(corridor, ZHOL_TABLE_commodity, thing));
        return true;
    }
    if (words_split(text, &words) == ZHOL_ERROR_OK) {
        any = words.count > 1 && goods_of_phrase(corridor, &words, out);
        bool whole = any;
        for (uint32_t w = 0; w < words.count && !whole; w++) {
            any = goods_of_word(corridor, &words.items[w], out) || any;
        }
    }
    words_clear(&words);
    return any;
}

/* ---- Cells ---- */

static bool canonical_word(struct text_view text, const char *const *names, struct buffer *out)
{
    struct words words;
    bool found = false;
    if (words_split(text, &words) == ZHOL_ERROR_OK && words.count) {
        for (; names[0] && !found; names += 2) {
            found = word_is_one(&words.items[0], names[1]);
            if (found) {
                buffer_string(out, names[0]);
            }
        }
    }
    words_clear(&words);
    return found;
}

static bool canonical_list(const struct zhol_corridor *corridor, enum intake_form form,
                           struct text_view text, struct buffer *out, struct buffer *why)
{
    bool fine = true;
    while (text.size && fine) {
        uint32_t end = 0;
        while (end < text.size && text.bytes[end] != ';' && text.bytes[end] != ',') {
            end++;
        }
        struct text_view item = text_trim((struct text_view){text.bytes, end});
        end = end < text.size ? end + 1 : end;
        text = (struct text_view){text.bytes + end, text.size - end};
        if (!item.size) {
            continue;
        }
        if (form == FORM_GOODS) {
            fine = intake_goods(corridor, item, out);
        } else {
            struct buffer one = {0};
            fine = canonical_place(corridor, item, &one, why);
            append_item(out, buffer_get(&one));
            buffer_clear(&one);
        }
    }
    return fine;
}

bool intake_canonical(const struct zhol_corridor *corridor, enum intake_form form,
                      struct text_view text, struct buffer *out, struct buffer *why)
{
    static const char *const directions[] = {"in", "in;import;импорт;ввоз;прием;вход;въезд", "out",
                                             "out;export;экспорт;вывоз;сдача;выход;выезд", NULL};
    static const char *const counted[] = {"trains", "train;trains;поезд;поезда",
                                          "wagons", "wagon;wagons;вагон;вагоны",
                                          "trucks", "truck;trucks;машина;автомобиль;авто;грузовик",
                                          "teu",    "teu;дфэ;тэу",
                                          NULL};
    switch (form) {
    case FORM_TEXT:
        buffer_view(out, text);
        return true;
    case FORM_DAY:
        return canonical_day(text, out);
    case FORM_MINUTE:
        return canonical_minute(text, out);
    case FORM_WHOLE:
    case FORM_REAL:
        return canonical_number(text, form == FORM_WHOLE, out);
    case FORM_CONTAINER:
        return canonical_identifier(ZHOL_IDENTIFIER_CONTAINER, text, out, why);
    case FORM_WAGON:
        return canonical_wagon(text, out, why);
    case FORM_CARGO:
        return canonical_identifier(ZHOL_IDENTIFIER_ETSNG, text, out, why);
    case FORM_PLACE:
        return canonical_place(corridor, text, out, why);
    case FORM_PLACES:
    case FORM_GOODS:
        return canonical_list(corridor, form, text, out, why);
    case FORM_DIRECTION:
        return canonical_word(text, directions, out);
    case FORM_COUNTED:
        return canonical_word(text, counted, out);
    case FORM_COUNTRY:
        buffer_string(out, intake_country(text));
        return *intake_country(text) != '\0';
    }
    return false;
}
