/* shift_say.c: the sentences of a shift, in English and Russian. See shift_view.h. */
#include <math.h>

#include "report/format.h"
#include "report/shift_view.h"

/* Not both sides are open in that hour. */
static bool closed(const struct shift_view *view, uint32_t hour)
{
    return view->day.capacity[SHIFT_OTHER_SIDE][hour] <= 0 &&
           view->day.capacity[SHIFT_OWN_LIMIT][hour] <= 0;
}

/* Whole vehicles. */
static long long whole(double value)
{
    return (long long)floor(value + 0.5);
}

const char *shift_resource_name(const struct shift_view *view, enum shift_resource resource)
{
    static const char *const names[SHIFT_RESOURCES][2] = {{"other side", "та сторона"},
                                                          {"own limit", "свой лимит"},
                                                          {"lanes", "полосы"},
                                                          {"X-ray", "рентген"}};
    return names[resource][view->lang == REPORT_RU];
}

const char *shift_binds_name(const struct shift_view *view, uint32_t hour)
{
    return closed(view, hour) ? shift_in(view, "closed", "закрыто")
                              : shift_resource_name(view, view->flow.binds[hour]);
}

const char *shift_binds_id(const struct shift_view *view, uint32_t hour)
{
    return closed(view, hour) ? "closed" : shift_resource_id(view->flow.binds[hour]);
}

const char *shift_resource_id(enum shift_resource resource)
{
    static const char *const ids[SHIFT_RESOURCES] = {"other_side", "own_limit", "lanes", "xray"};
    return ids[resource];
}

const char *shift_origin_id(enum shift_origin origin)
{
    static const char *const ids[] = {"journal", "list", "observed", "demand"};
    return ids[origin];
}

const char *shift_title(const struct shift_view *view, enum shift_part part)
{
    static const char *const titles[SHIFT_PARTS][2] = {
        {"Arrivals and acceptance by the hour", "Прибытие и приём по часам"},
        {"What binds", "Что ограничивает"},
        {"Without the X-ray", "Без рентгена"},
        {"How far to cut, for how long", "До скольких сократить и на сколько"},
        {"Slots to open tomorrow", "Слоты на завтра"},
        {"Without pre-arrival data", "Без предварительных данных"},
        {"Where to divert", "Куда направить"}};
    return titles[part][view->lang == REPORT_RU];
}

void shift_put_days(const struct shift_view *view, int64_t days, struct buffer *out)
{
    if (days == SHIFT_NEVER) {
        buffer_string(out, shift_in(view, "never", "никогда"));
    } else {
        buffer_int(out, days);
    }
}

static void say_origin(const struct shift_view *view, struct buffer *out)
{
    switch (view->origin) {
    case SHIFT_JOURNAL:
        buffer_printf(out,
                      shift_in(view, "by the slots booked in the journal as of %s",
                               "по слотам, занятым в журнале на %s"),
                      view->as_of);
        break;
    case SHIFT_LIST:
        buffer_string(
            out, shift_in(view, "by the list of vehicles expected", "по списку ожидаемых машин"));
        break;
    case SHIFT_OBSERVED:
        buffer_printf(out,
                      shift_in(view, "by %u published days, spread over the open hours",
                               "по %u опубликованным дням, поровну на открытые часы"),
                      view->origin_days);
        break;
    case SHIFT_DEMAND:
        buffer_printf(
            out,
            shift_in(view,
                     "by the demand of the corridor of %u: %lld loads the one way or the "
                     "other, whichever is more, to %lld where no truck is loaded both "
                     "ways; spread over the open hours",
                     "по спросу коридора %u года: %lld загрузок в ту или другую сторону, где их "
                     "больше, до %lld, если никто не гружён в обе; поровну на открытые "
                     "часы"),
            view->origin_days, whole(view->arrivals_low), whole(view->arrivals_high));
        break;
    }
}

static void say_arrivals(const struct shift_view *view, struct buffer *out)
{
    const struct shift_flow *flow = &view->flow;
    buffer_printf(out, shift_in(view, "Arrivals: %lld vehicles (", "Прибытие: %lld машин ("),
                  whole(flow->arrivals_day));
    say_origin(view, out);
    buffer_printf(out,
                  shift_in(view,
                           "); %lld wait at 00:00. The other side takes %lld. %lld pass, %lld wait "
                           "at 24:00; most wait at %02u:00: %lld.",
                           "); в 00:00 ждут %lld. Та сторона берёт %lld. Пройдут %lld, в 24:00 "
                           "будут ждать %lld; больше всего в %02u:00: %lld."),
                  whole(view->day.waiting), whole(flow->capacity_day[SHIFT_OTHER_SIDE]),
                  whole(flow->passed_day), whole(flow->waiting[SHIFT_HOURS - 1]),
                  flow->peak > view->day.waiting ? flow->peak_hour + 1 : 0, whole(flow->peak));
    if (!isnan(view->oldest_h)) {
        buffer_string(out, shift_in(view, " The oldest has waited ", " Дольше всех ждут "));
        format_number(out, view->oldest_h, 1, view->lang);
        buffer_string(out, shift_in(view, " h.", " ч."));
    }
}

/* What more of the binding resource is worth: only what surely holds. */
static void say_margin(const struct shift_view *view, struct buffer *out)
{
    const struct shift_flow *flow = &view->flow;
    bool alone = true;
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        alone = alone && (flow->binds[h] == flow->binding || closed(view, h));
    }
    if (flow->waiting[SHIFT_HOURS - 1] < 0.5) {
        buffer_string(out, shift_in(view, " Nobody is left waiting: today it is enough.",
                                    " Ждать никто не остаётся: на сегодня хватает."));
    } else if (!alone) {
        buffer_string(out, shift_in(view, " In some hours another one binds: see the hours.",
                                    " В некоторые часы ограничивает другое: см. по часам."));
    } else if (!isinf(flow->spare)) {
        buffer_printf(out,
                      shift_in(view,
                               " More of another one changes nothing; of this one, up to %lld a "
                               "day more are of use.",
                               " Прибавить другое ничего не даст; здесь с пользой можно "
                               "прибавить до %lld в сутки."),
                      whole(flow->spare));
    }
}

static void say_binding(const struct shift_view *view, struct buffer *out)
{
    const struct shift_flow *flow = &view->flow;
    if (!(flow->capacity_day[SHIFT_OTHER_SIDE] > 0) && !(flow->capacity_day[SHIFT_OWN_LIMIT] > 0)) {
        buffer_string(out, shift_in(view, "The two sides are not open together on that day.",
                                    "В этот день обе стороны вместе не открыты."));
        return;
    }
    buffer_printf(
        out,
        shift_in(view, "The binding resource: %s, %lld a day.", "Ограничивает: %s, %lld в сутки."),
        shift_resource_name(view, flow->binding), whole(flow->capacity_day[flow->binding]));
    for (unsigned r = 0; r < SHIFT_RESOURCES; r++) {
        if (r != (unsigned)flow->binding && !isinf(flow->capacity_day[r])) {
            buffer_printf(
                out, "%s %s %lld",
                out->bytes[out->size - 1] == '.' ? shift_in(view, " The others:", " Остальные:")
                                                 : ",",
                shift_resource_name(view, (enum shift_resource)r), whole(flow->capacity_day[r]));
        }
    }
    buffer_string(out, out->bytes[out->size - 1] == '.' ? "" : ".");
    say_margin(view, out);
    if (view->lanes > 0) {
        buffer_string(out, shift_in(view, " Lanes: ", " Полосы: "));
        buffer_real(out, view->lanes);
        buffer_string(out, shift_in(view, " at work, ", " в работе, "));
        buffer_fixed(out, view->lane_min, 0);
        buffer_string(out, shift_in(view, " min a vehicle (corridor; --lanes).",
                                    " мин на машину (коридор; --lanes)."));
    }
    buffer_string(out, shift_in(view, " X-ray: ", " Рентген: "));
    buffer_real(out, view->xray.units);
    buffer_string(out, shift_in(view, " of ", " по "));
    buffer_real(out, view->xray.per_hour);
    buffer_string(out, shift_in(view, " an hour, ", " в час, "));
    buffer_real(out, 100 * view->xray.share);
    buffer_string(out, shift_in(view,
                                " % are selected (assumed unless --xrays, --xray-hour, "
                                "--xray-share are given).",
                                " % попадают на досмотр (допущение, если не даны --xrays, "
                                "--xray-hour, --xray-share)."));
}

static void say_xray(const struct shift_view *view, struct buffer *out)
{
    const struct shift_xray_view *xray = &view->xray;
    long long lost = (long long)ceil(xray->lost - 1e-6), planned = whole(xray->planned);
    if (!xray->down) {
        return;
    }
    buffer_printf(out,
                  shift_in(view,
                           "No X-ray from %02u:00 to %02u:00: announce %lld fewer, %lld instead of "
                           "%lld a day (%lld to %lld fewer with half and with twice the share). ",
                           "Без рентгена с %02u:00 до %02u:00: объявить на %lld меньше, %lld "
                           "вместо %lld в сутки (на %lld-%lld меньше при вдвое меньшей и вдвое "
                           "большей доле). "),
                  xray->from, xray->to, lost, planned - lost, planned,
                  (long long)ceil(xray->lost_low - 1e-6), (long long)ceil(xray->lost_high - 1e-6));
    buffer_fixed(out, 100 * xray->share, 0);
    buffer_string(out, shift_in(view, " % are selected, ", " % попадают на досмотр, "));
    buffer_real(out, xray->by_hand);
    buffer_string(out, shift_in(view, " an hour are opened by hand, the others pass beside them.",
                                " в час досматривают вручную, остальные проходят мимо."));
}

static void say_cut(const struct shift_view *view, struct buffer *out)
{
    const struct shift_cut_view *cut = &view->cut;
    if (!cut->known) {
        return;
    }
    buffer_printf(out,
                  shift_in(view,
                           "The other side takes %lld a day, %lld were planned (%lld to %lld in "
                           "eight days of ten, ",
                           "Та сторона берёт %lld в сутки, по плану %lld (%lld-%lld в восьми днях "
                           "из десяти, "),
                  (long long)cut->accepted, (long long)cut->planned, (long long)cut->low,
                  (long long)cut->high);
    if (cut->measured_days) {
        buffer_printf(
            out, shift_in(view, "as in %u published days). ", "как в %u опубликованных дней). "),
            cut->measured_days);
    } else {
        buffer_string(out, shift_in(view, "if vehicles are taken independently). ",
                                    "если машины берут независимо). "));
    }
    buffer_printf(out,
                  shift_in(view,
                           "Tomorrow morning %lld are too many: %lld waiting, %lld of today's "
                           "slots, less %lld that pass and %lld that may always wait.",
                           "Завтра утром лишних %lld: ждут %lld, слотов на сегодня %lld, минус "
                           "%lld, которых примут, и %lld, которым ждать можно всегда."),
                  (long long)cut->over, (long long)cut->waiting, (long long)cut->planned,
                  (long long)cut->accepted, (long long)cut->buffer);
    const struct shift_cut_row *row = &cut->rows[cut->chosen];
    if (row->limit >= view->limit_plan) {
        buffer_printf(out,
                      shift_in(view, " The %lld planned for tomorrow are few enough: with %lld, ",
                               " Плана на завтра (%lld) достаточно: при %lld - "),
                      (long long)view->limit_plan, (long long)row->limit);
    } else {
        buffer_printf(out,
                      shift_in(view, " Cut the limit to %lld from tomorrow on, for ",
                               " Сократить лимит до %lld с завтрашнего дня, на "),
                      (long long)row->limit);
    }
    shift_put_days(view, row->days, out);
    buffer_string(out, shift_in(view, " days (", " сут ("));
    shift_put_days(view, row->days_high, out);
    buffer_string(out, shift_in(view, " to ", " - "));
    shift_put_days(view, row->days_low, out);
    buffer_string(out, ").");
}

static void say_slots(const struct shift_view *view, struct buffer *out)
{
    buffer_printf(out, shift_in(view, "Open %lld slots on %s", "Открыть слотов: %lld на %s"),
                  (long long)view->limit, view->next_date);
    if (view->limit < view->limit_plan) {
        buffer_printf(out, shift_in(view, ", not the %lld planned", ", а не %lld по плану"),
                      (long long)view->limit_plan);
    }
    buffer_string(out, ".");
    for (unsigned r = SHIFT_LANES; r < SHIFT_RESOURCES; r++) {
        double most = view->flow.capacity_day[r];
        if (most < (double)view->limit && !(r == SHIFT_XRAY && view->xray.down)) {
            buffer_printf(out,
                          shift_in(view,
                                   " But of today's resources one lets only %lld through: %s.",
                                   " Но сегодня один из ресурсов пропустит лишь %lld: %s."),
                          whole(most), shift_resource_name(view, (enum shift_resource)r));
        }
    }
    buffer_string(out, shift_in(view, " Shares of categories are upper ends within the hour.",
                                " Доли категорий: не больше стольких в этом часе."));
}

static void say_missing(const struct shift_view *view, struct buffer *out)
{
    if (!view->declared) {
        buffer_string(out,
                      shift_in(view,
                               "Not known: --expected FILE with the column pre_arrival tells. A "
                               "journal keeps no customs data.",
                               "Неизвестно: их скажет --expected ФАЙЛ со столбцом "
                               "pre_arrival. Журнал таможенных данных не хранит."));
        return;
    }
    buffer_printf(out,
                  shift_in(view,
                           "%u of %u vehicles expected have no data two hours before their slot, "
                           "as the rules of the EAEU want: prepare inspection.",
                           "У %u из %u ожидаемых машин нет данных за два часа до слота, как "
                           "требуют правила ЕАЭС: готовить досмотр."),
                  view->missing_count, view->expected);
}

static void say_divert(const struct shift_view *view, struct buffer *out)
{
    if (!view->point_count) {
        buffer_string(out, shift_in(view, "No other checkpoint of this direction can be reached.",
                                    "Другого пункта этого направления не достичь."));
        return;
    }
    buffer_string(out, shift_in(view,
                                "From here, the earliest call first. The call is forecast where "
                                "--waiting QUEUE=N or --observed QUEUE=FILE tells of the queue.",
                                "Отсюда, сначала ранний вызов. Вызов известен там, где об очереди "
                                "говорит --waiting ОЧЕРЕДЬ=N или --observed ОЧЕРЕДЬ=ФАЙЛ."));
}

void shift_say(const struct shift_view *view, enum shift_part part, struct buffer *out)
{
    static void (*const says[SHIFT_PARTS])(const struct shift_view *, struct buffer *) = {
        say_arrivals, say_binding, say_xray, say_cut, say_slots, say_missing, say_divert};
    says[part](view, out);
}
