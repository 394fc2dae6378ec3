/* model_assign_ask.c: period, changes and factors of a question. See model_assign_ask.h. */
#include "serve/model_assign_ask.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

enum { PERIOD_DAYS_MAX = 366 };

enum zhol_error assign_asking_fault(const struct assign_asking *ask, const char *field,
                                    const char *code, const char *what, const char *detail)
{
    ask->fault->field = field;
    ask->fault->code = code;
    snprintf(ask->fault->detail, sizeof ask->fault->detail, "'%.100s': %.120s", what, detail);
    return ZHOL_ERROR_USAGE;
}

static enum zhol_error read_pair(struct assign_asking *ask, const char *field, char *text,
                                 enum zhol_table table, struct assign_change *change)
{
    char *sign = strrchr(text, '=');
    double value;
    if (!sign || number_parse_real(text_view_of(sign + 1), &value) || !(value >= 0) ||
        !(value <= 1e9)) {
        return assign_asking_fault(ask, field, "unreadable", text,
                                   "expected NAME=NUMBER, the number at least 0");
    }
    *sign = '\0';
    change->value = value;
    change->thing = zhol_corridor_find(ask->corridor, table, text);
    return change->thing != ZHOL_NONE
               ? ZHOL_ERROR_OK
               : assign_asking_fault(ask, field, "unknown_thing", text, "there is no such thing");
}

static enum zhol_error read_closed(struct assign_asking *ask, const char *text,
                                   struct assign_change *change)
{
    change->kind = ASSIGN_CHANGE_LINK;
    change->thing = zhol_corridor_find(ask->corridor, ZHOL_TABLE_link, text);
    if (change->thing == ZHOL_NONE) {
        change->kind = ASSIGN_CHANGE_NODE;
        change->thing = zhol_corridor_find(ask->corridor, ZHOL_TABLE_node, text);
    }
    return change->thing != ZHOL_NONE ? ZHOL_ERROR_OK
                                      : assign_asking_fault(ask, "close", "unknown_thing", text,
                                                            "no link or place has this identifier");
}

/* One of the three lists, cut at semicolons. `kind` as of struct assign_change. */
static enum zhol_error read_list(struct assign_asking *ask, const char *field, const char *list,
                                 int kind)
{
    struct text_view rest = text_view_of(list ? list : "");
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error && rest.size) {
        struct text_view part = text_trim(text_cut(&rest, ';'));
        char text[128];
        if (part.size == 0) {
            continue;
        }
        if (part.size >= sizeof text || ask->count == MODEL_ASSIGN_CHANGES) {
            return assign_asking_fault(ask, field, "too_large", field, "at most 16 changes");
        }
        memcpy(text, part.bytes, part.size);
        text[part.size] = '\0';
        struct assign_change *change = &ask->changes[ask->count++];
        if (kind == ASSIGN_CHANGE_LINK) {
            error = read_closed(ask, text, change);
        } else {
            bool tariff = kind == ASSIGN_CHANGE_TARIFF;
            change->kind = tariff ? ASSIGN_CHANGE_TARIFF : ASSIGN_CHANGE_RESOURCE;
            error = read_pair(ask, field, text, tariff ? ZHOL_TABLE_tariff : ZHOL_TABLE_resource,
                              change);
        }
    }
    return error;
}

enum zhol_error assign_asking_read(struct assign_asking *ask)
{
    static const struct {
        const char *word;
        enum assign_hold hold;
    } holds[] = {{"border", ASSIGN_HOLD_BORDER},
                 {"crossing", ASSIGN_HOLD_CROSSING},
                 {"none", ASSIGN_HOLD_NONE}};
    const struct model_assign_question *q = ask->question;
    const char *period = q->period ? q->period : "", *hold = q->hold ? q->hold : "border";
    unsigned i = 0;
    if (!assign_period_parse(period, &ask->from, &ask->to) ||
        ask->to - ask->from > PERIOD_DAYS_MAX) {
        return assign_asking_fault(ask, "period", "unreadable", period,
                                   "expected such as 2024-10 or 2024, a year at most");
    }
    while (i < 3 && strcmp(hold, holds[i].word) != 0) {
        i++;
    }
    if (i == 3) {
        return assign_asking_fault(ask, "hold", "unreadable", hold,
                                   "expected border, crossing or none");
    }
    if (!(q->demand >= 0) || q->demand > 10) {
        return assign_asking_fault(ask, "demand", "unreadable", "demand",
                                   "expected a factor up to 10");
    }
    ask->hold = holds[i].hold;
    ask->demand = q->demand > 0 ? q->demand : 1;
    enum zhol_error error = read_list(ask, "change", q->change, ASSIGN_CHANGE_RESOURCE);
    error = error ? error : read_list(ask, "close", q->close, ASSIGN_CHANGE_LINK);
    return error ? error : read_list(ask, "tariff", q->tariff, ASSIGN_CHANGE_TARIFF);
}
