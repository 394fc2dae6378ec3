/* corridor_study_changed.c: the case of what the asker changes: the base's corridor made otherwise,
 * and its title. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "corridor/otherwise.h"
#include "desk/corridor_study.h"

static enum zhol_error change(struct zhol_corridor *corridor, const struct assign_change *what,
                              int32_t day)
{
    switch (what->kind) {
    case ASSIGN_CHANGE_RESOURCE:
        return otherwise_capacity(corridor, what->thing, day, what->value);
    case ASSIGN_CHANGE_LINK:
        return otherwise_close_link(corridor, what->thing, day);
    case ASSIGN_CHANGE_NODE:
        return otherwise_close_node(corridor, what->thing, day);
    case ASSIGN_CHANGE_TARIFF:
        return otherwise_tariff(corridor, what->thing, day, what->value);
    case ASSIGN_CHANGE_LINK_TIME:
        return otherwise_time(corridor, ZHOL_TABLE_link, what->thing, day, what->value);
    case ASSIGN_CHANGE_PROCESS_TIME:
        return otherwise_time(corridor, ZHOL_TABLE_process, what->thing, day, what->value);
    default:
        return ZHOL_ERROR_UNKNOWN;
    }
}

static void say_time(const struct zhol_corridor *corridor, enum zhol_table table,
                     const struct assign_change *what, bool ru, struct buffer *out)
{
    buffer_printf(out, ru ? "время %s × " : "time of %s × ",
                  zhol_corridor_id(corridor, table, what->thing));
    buffer_real(out, what->value);
}

static void say(const struct zhol_corridor *corridor, const struct assign_change *what, bool ru,
                struct buffer *out)
{
    switch (what->kind) {
    case ASSIGN_CHANGE_RESOURCE:
        buffer_printf(out, "%s = ", zhol_corridor_id(corridor, ZHOL_TABLE_resource, what->thing));
        buffer_real(out, what->value);
        break;
    case ASSIGN_CHANGE_LINK:
        buffer_printf(out, ru ? "закрыто: %s" : "%s closed",
                      zhol_corridor_id(corridor, ZHOL_TABLE_link, what->thing));
        break;
    case ASSIGN_CHANGE_NODE:
        buffer_printf(out, ru ? "закрыто: %s" : "%s closed",
                      zhol_node_name(corridor, what->thing, ru ? "ru" : "en"));
        break;
    case ASSIGN_CHANGE_TARIFF:
        buffer_printf(out, "%s × ", zhol_corridor_id(corridor, ZHOL_TABLE_tariff, what->thing));
        buffer_real(out, what->value);
        break;
    case ASSIGN_CHANGE_LINK_TIME:
        say_time(corridor, ZHOL_TABLE_link, what, ru, out);
        break;
    case ASSIGN_CHANGE_PROCESS_TIME:
        say_time(corridor, ZHOL_TABLE_process, what, ru, out);
        break;
    }
}

/* "If R.DOSTYK.transship = 800; Brest closed". */
static char *title_of(const struct zhol_corridor *corridor,
                      const struct corridor_study_options *options, bool ru)
{
    struct buffer text = {0};
    buffer_string(&text, ru ? "Если " : "If ");
    for (uint32_t i = 0; i < options->change_count; i++) {
        buffer_string(&text, i ? "; " : "");
        say(corridor, &options->changes[i], ru, &text);
    }
    char *title = text.error ? NULL : strdup(buffer_get(&text));
    buffer_clear(&text);
    return title;
}

enum zhol_error study_changed_make(struct corridor_study *study, int32_t day,
                                   struct zhol_corridor *corridor)
{
    const struct corridor_study_options *options = &study->options;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < options->change_count; i++) {
        error = change(corridor, &options->changes[i], day);
        study->changed_fault = error ? i : study->changed_fault;
    }
    study->changed_title[0] = error ? NULL : title_of(corridor, options, false);
    study->changed_title[1] = error ? NULL : title_of(corridor, options, true);
    return error                                                ? error
           : study->changed_title[0] && study->changed_title[1] ? ZHOL_ERROR_OK
                                                                : ZHOL_ERROR_MEMORY;
}
