/* cmd_shift.c: a day at a road checkpoint: who comes, what binds, what to announce and to open. */
#include <string.h>

#include "shift_ask.h"

static const struct option_row options[] = {
    {"day", 0, "DAY", NULL, false,
     SAID("the local day of the checkpoint (default: --date)",
          "местный день пункта (по умолчанию --date)")},
    {"store", 0, "URL", NULL, false,
     SAID("bookings of a journal, sqlite:FILE, as it stood when the day began",
          "записи журнала, sqlite:ФАЙЛ, каким он был к началу дня")},
    {"journal", 0, "FILE", NULL, false,
     SAID("the same from an exported journal", "то же из выгрузки журнала")},
    {"expected", 0, "FILE", NULL, false,
     SAID("CSV of vehicles expected: vehicle, slot, pre_arrival (local times)",
          "CSV ожидаемых машин: vehicle, slot, pre_arrival (местное время)")},
    {"observed", 0, "FILE", NULL, true,
     SAID("published figures, as `zhol queue forecast` takes them; of another queue: QUEUE=FILE",
          "опубликованные цифры, как у `zhol queue forecast`; другой очереди: ОЧЕРЕДЬ=ФАЙЛ")},
    {"waiting", 0, "N", NULL, true,
     SAID("vehicles that wait at 00:00: N or CATEGORY=N; at another queue: QUEUE=N",
          "сколько машин ждёт в 00:00: N или КАТЕГОРИЯ=N; в другой очереди: ОЧЕРЕДЬ=N")},
    {"accept", 0, "N", NULL, false,
     SAID("the other side takes so many a day (default: as published lately)",
          "та сторона берёт столько в сутки (по умолчанию по последним цифрам)")},
    {"clear-days", 0, "N", NULL, false,
     SAID("clear the backlog in so many days (default: 14)",
          "разобрать накопленное за столько суток (по умолчанию 14)")},
    {"limit", 0, "N", NULL, false,
     SAID("how long with this limit?", "сколько суток при таком лимите?")},
    {"may-wait", 0, "N", NULL, false,
     SAID("so many may always wait (default: 0)", "столько могут ждать всегда (по умолчанию 0)")},
    {"xray-down", 0, "HOURS", NULL, false,
     SAID("no X-ray: all, or FROM..TO such as 08:00..14:00",
          "без рентгена: all или С..ДО, например 08:00..14:00")},
    {"xrays", 0, "N", NULL, false,
     SAID("X-ray units at work (default: 1)", "рентгеновских установок (по умолчанию 1)")},
    {"xray-hour", 0, "N", NULL, false,
     SAID("vehicles an hour of a unit (default: 20)",
          "машин в час на установку (по умолчанию 20)")},
    {"xray-share", 0, "PERCENT", NULL, false,
     SAID("vehicles that are selected (default: 15)", "доля на досмотр (по умолчанию 15)")},
    {"by-hand", 0, "N", NULL, false,
     SAID("opened by hand in an hour (default: 2)", "вручную в час (по умолчанию 2)")},
    {"lanes", 0, "N", NULL, false,
     SAID("lanes with officers (default: of the corridor)",
          "полос с инспекторами (по умолчанию из коридора)")},
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static int write_view(struct page *page, const struct shift_view *view)
{
    const char *format = given_format(page->given);
    enum zhol_error error = ZHOL_ERROR_OK;
    if (strcmp(format, "json") == 0) {
        shift_json(view, &page->out);
    } else if (strcmp(format, "csv") == 0) {
        shift_csv(view, &page->out);
    } else if (strcmp(format, "html") == 0) {
        shift_html(view, &page->out);
    } else if (strcmp(format, "xlsx") == 0) {
        error = shift_xlsx(view, &page->out);
    } else {
        answer_head(page->given, page->loaded, &page->out);
        buffer_printf(&page->out, "%s (%s)\n", view->queue_name, view->queue_id);
        shift_table(view, &page->out);
    }
    error = error ? error : page->out.error;
    return error ? fail(page->given, EXIT_FAILED, "%s", zhol_error_text(error))
                 : load_write(page->given, &page->out, EXIT_FINE);
}

static int answer(struct page *page)
{
    struct shift_asked asked = {0};
    const char *day = given_value(page->given, "day");
    int code = day ? load_day(page->given, "day", day, &page->loaded->day) : EXIT_FINE;
    if (code != EXIT_FINE) {
        return code;
    }
    uint32_t row = page_queue(page, page->given->arguments[0]);
    if (row == ZHOL_NONE) {
        return EXIT_NO_ANSWER;
    }
    code = shift_ask(page, row, &asked);
    code = code == EXIT_FINE ? write_view(page, &asked.view) : code;
    shift_ask_clear(&asked);
    return code;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    if (strcmp(given_format(given), "xlsx") == 0 && !given_value(given, "out")) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "--format xlsx: нужен --out ФАЙЛ"
                                           : "--format xlsx needs --out FILE");
    }
    int code = load_corridor(given, &loaded);
    struct page page = {.given = given, .loaded = &loaded, .corridor = loaded.corridor};
    buffer_init(&page.out);
    code = code == EXIT_FINE ? answer(&page) : code;
    buffer_clear(&page.out);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol shift nur-zholy-exit --day 2025-11-12 --waiting 1500 --accept 725",
    "China takes 725 a day and 1,500 wait: what to announce",
    "Китай берёт 725 в сутки, ждут 1500: что объявить",
    "zhol shift kolzhat-exit --day 2025-11-12 --xray-down 08:00..14:00",
    "six hours without the X-ray",
    "шесть часов без рентгена",
    "zhol shift nur-zholy-exit --expected vehicles.csv --format html --out shift.html",
    "who comes and who has no pre-arrival data, as a page to print",
    "кто прибудет и у кого нет предварительных данных, страница для печати",
    NULL};

const struct command command_shift = {
    .name = "shift",
    .about = SAID("a shift at a road checkpoint: arrivals, what binds, slots, cuts, X-ray",
                  "смена автопункта: прибытие, что ограничивает, слоты, лимиты, рентген"),
    .arguments = "QUEUE",
    .min_arguments = 1,
    .max_arguments = 1,
    .common = true,
    .formats = "table|json|csv|xlsx|html",
    .options = options,
    .details = SAID(
        "Arrivals are those of a journal or a list where one is given, else those of published "
        "days, else of the corridor's demand; the answer says which. They are held against what "
        "the other side takes, the own limit, the officers' lanes and the X-ray, hour by hour.",
        "Прибытие берётся из журнала или списка, если они даны, иначе из опубликованных дней, "
        "иначе из спроса коридора; ответ говорит, откуда. Оно сравнивается по часам с тем, что "
        "берёт та сторона, со своим лимитом, полосами инспекторов и рентгеном."),
    .examples = examples,
    .run = run,
};
