/* cmd_receipt.c: what a receipt says, and whether it is true. */
#include <inttypes.h>
#include <string.h>

#include "answer.h"
#include "base/time.h"
#include "corridor/said.h"
#include "operate/plain.h"
#include "operated.h"

static const struct option_row options[] = {
    {"key", 0, "HEX", NULL, false,
     SAID("public key of the operator; without it the key inside the receipt is taken and named",
          "открытый ключ оператора; без него берётся и называется ключ из расписки")},
    {"store", 0, "URL", NULL, false,
     SAID("also look for the entry in this store, sqlite:FILE",
          "ещё и найти запись в этом хранилище, sqlite:ФАЙЛ")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static bool is_ru(const struct given *given)
{
    return given->lang == LANG_RU;
}

/* ---- show ---- */

static void put_field(const struct given *given, struct buffer *out, const char *en, const char *ru,
                      const char *text)
{
    answer_field(out, 0, 14, is_ru(given) ? ru : en, text);
}

static void put_count(const struct given *given, struct buffer *out, const char *en, const char *ru,
                      uint64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, number);
    put_field(given, out, en, ru, number ? text : "");
}

static void put_time(const struct given *given, struct buffer *out, const char *en, const char *ru,
                     int64_t at_s)
{
    char text[TIME_TEXT_SIZE];
    time_format_instant(at_s, text);
    put_field(given, out, en, ru, at_s ? text : "");
}

static void put_hex(const struct given *given, struct buffer *out, const char *en, const char *ru,
                    const uint8_t bytes[32])
{
    char text[65];
    hex_write(bytes, 32, text);
    put_field(given, out, en, ru, text);
}

/* Why a command was refused, for people. */
static const struct said refusals[REFUSAL_COUNT] = {
    [REFUSAL_none] = SAID("done", "выполнено"),
    [REFUSAL_unknown_queue] = SAID("there is no such queue", "такой очереди нет"),
    [REFUSAL_unknown_place] = SAID("there is no such place", "такого места нет"),
    [REFUSAL_unknown_slot] = SAID("there is no such slot", "такого слота нет"),
    [REFUSAL_unknown_category] =
        SAID("the queue has no such category", "в очереди нет такой категории"),
    [REFUSAL_unknown_subject] =
        SAID("vehicle, driver or carrier is not registered or not together",
             "автомобиль, водитель или перевозчик не зарегистрирован или они не вместе"),
    [REFUSAL_already_active] = SAID("the vehicle or driver already has an active place",
                                    "у автомобиля или водителя уже есть действующее место"),
    [REFUSAL_slot_full] = SAID("the slot is full", "слот заполнен"),
    [REFUSAL_no_slot] =
        SAID("no slot is free in the horizon", "в доступные дни нет свободного слота"),
    [REFUSAL_category_full] = SAID("the share of the category in the slot is used up",
                                   "доля категории в слоте исчерпана"),
    [REFUSAL_too_early] = SAID("it is too early for that", "для этого слишком рано"),
    [REFUSAL_too_late] = SAID("it is too late for that", "для этого слишком поздно"),
    [REFUSAL_closed] = SAID("the queue is closed then", "в это время очередь закрыта"),
    [REFUSAL_blocked] = SAID("vehicle, driver or carrier is blocked",
                             "автомобиль, водитель или перевозчик заблокирован"),
    [REFUSAL_limit_reached] =
        SAID("the rules allow this no more often", "чаще правила этого не позволяют"),
    [REFUSAL_not_editable] = SAID("the rules do not let this be changed after confirmation",
                                  "после подтверждения правила не дают это менять"),
    [REFUSAL_wrong_state] = SAID("the place is not in a state in which this can be done",
                                 "в нынешнем состоянии места этого сделать нельзя"),
    [REFUSAL_wrong_release] =
        SAID("the queue gives its places in another way", "очередь выдаёт места другим способом"),
    [REFUSAL_not_yours] = SAID("the place belongs to somebody else", "место принадлежит другому"),
    [REFUSAL_no_round] = SAID("no round is open", "ни один круг не открыт"),
    [REFUSAL_bad_seed] = SAID("the seed does not match its commitment",
                              "зерно жребия не соответствует объявленному"),
    [REFUSAL_bad_data] = SAID("the data of the command is not valid", "данные команды неверны"),
    [REFUSAL_duplicate] = SAID("it is there already", "это уже есть"),
    [REFUSAL_nobody_waits] =
        SAID("nobody waits who could be called", "нет никого, кого можно вызвать"),
};

static void put_outcome(const struct given *given, struct buffer *out, const char *outcome)
{
    char text[256];
    unsigned refusal = 0;
    for (unsigned i = 1; i < REFUSAL_COUNT; i++) {
        refusal = strcmp(refusal_name((enum refusal)i), outcome) == 0 ? i : refusal;
    }
    if (refusal) {
        snprintf(text, sizeof text, is_ru(given) ? "отказ: %s (%s)" : "refused: %s (%s)",
                 say(given, refusals[refusal]), outcome);
    } else {
        bool done = strcmp(outcome, "done") == 0;
        snprintf(text, sizeof text, "%s", done ? say(given, refusals[0]) : outcome);
    }
    put_field(given, out, "outcome", "итог", text);
}

static void put_receipt(const struct given *given, struct buffer *out,
                        const struct receipt *receipt)
{
    char place[OPAQUE_TEXT_SIZE] = "";
    if (receipt->place) {
        opaque_write(receipt->place, place);
    }
    put_field(given, out, "command", "команда", receipt->journal_command);
    put_outcome(given, out, receipt->outcome);
    put_count(given, out, "number", "номер", receipt->number);
    put_field(given, out, "place", "место", place);
    put_time(given, out, "slot", "слот", receipt->slot_s);
    put_time(given, out, "time", "время", receipt->time_s);
    put_field(given, out, "stream", "поток", receipt->stream);
    put_count(given, out, "entry", "запись", receipt->seq);
    put_hex(given, out, "hash", "хеш", receipt->hash);
    put_hex(given, out, "signed by", "подписал", receipt->key);
}

/* ---- verify ---- */

/* A sentence about a receipt's stream, in the language asked for. */
static int fail_with(const struct given *given, const struct receipt *receipt, const char *why)
{
    struct buffer text = {0};
    said_write(why, load_lang(given), &text);
    fail(given, 0, "%s: %s", receipt->stream, buffer_get(&text));
    buffer_clear(&text);
    return EXIT_FOUND_FAULTS;
}

static int compare_store(const struct given *given, const struct receipts *receipts)
{
    struct store *store = NULL;
    struct store_options how = {.read_only = true, .must_exist = true};
    char why[256];
    if (!given_value(given, "store")) {
        return EXIT_FINE;
    }
    int code = operated_open(given, &how, &store);
    for (uint32_t i = 0; i < receipts->count && store; i++) {
        enum zhol_error error = receipt_in_store(store, &receipts->items[i], why, sizeof why);
        if (error == ZHOL_ERROR_CONFLICT) {
            code = fail_with(given, &receipts->items[i], why);
        } else if (error) {
            code = fail(given, operated_code(error), "%s", operated_error(given, error));
        }
    }
    store_close(store);
    return code;
}

static int compare_pairs(const struct given *given, const struct receipts *receipts)
{
    char why[256];
    int code = EXIT_FINE;
    for (uint32_t i = 0; i < receipts->count; i++) {
        for (uint32_t k = i + 1; k < receipts->count; k++) {
            if (receipt_forked(&receipts->items[i], &receipts->items[k], why, sizeof why)) {
                code = fail_with(given, &receipts->items[i], why);
            }
        }
    }
    return code;
}

static void print_verdict(const struct given *given, const struct receipts *receipts)
{
    bool key = given_value(given, "key"), store = given_value(given, "store");
    putchar('\n');
    if (key) {
        puts(is_ru(given) ? "Подписано указанным ключом." : "Signed with the key given.");
    } else {
        puts(is_ru(given) ? "Подпись верна для ключа из расписки: сверьте его с опубликованным."
                          : "The signature fits the key inside: compare that key with the "
                            "published one.");
    }
    if (receipts->count > 1) {
        printf(is_ru(given) ? "Расписок: %u, они не противоречат друг другу.\n"
                            : "Receipts: %u; they do not contradict each other.\n",
               receipts->count);
    }
    if (store) {
        puts(is_ru(given) ? "Запись есть в хранилище и говорит то же."
                          : "The entry is in the store and says the same.");
    }
}

static int verify(const struct given *given, const struct receipts *receipts)
{
    int code = compare_pairs(given, receipts);
    int other = compare_store(given, receipts);
    code = code == EXIT_FINE ? other : code;
    if (code == EXIT_FINE) {
        print_verdict(given, receipts);
    }
    return code;
}

/* ---- the command ---- */

static int print_all(const struct given *given, const struct receipts *receipts)
{
    struct buffer out = {0};
    for (uint32_t i = 0; i < receipts->count; i++) {
        buffer_string(&out, i ? "\n" : "");
        put_receipt(given, &out, &receipts->items[i]);
    }
    int code =
        out.error ? fail(given, EXIT_FAILED, "%s", operated_error(given, out.error)) : EXIT_FINE;
    fwrite(buffer_get(&out), 1, out.size, stdout);
    fflush(stdout);
    buffer_clear(&out);
    return code;
}

static int check_words(const struct given *given)
{
    const char *what = given->arguments[0];
    if (strcmp(what, "verify") != 0 && strcmp(what, "show") != 0) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "«%s»: нужно verify или show" : "'%s': verify or show is needed",
                    what);
    }
    if (strcmp(what, "show") == 0 && given_value(given, "store")) {
        return fail(given, EXIT_MISUSED, "%s",
                    is_ru(given) ? "--store сверяет: нужно verify"
                                 : "--store compares: that is verify");
    }
    return EXIT_FINE;
}

static int run(const struct given *given)
{
    struct receipts receipts = {0};
    struct zhol_report report;
    uint8_t trusted[SIGN_KEY_SIZE];
    const char *key = given_value(given, "key");
    enum zhol_error error = ZHOL_ERROR_OK, one;
    int code = check_words(given);
    code = code == EXIT_FINE && key ? operated_key(given, "key", key, trusted) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    zhol_report_init(&report, 0);
    for (uint32_t i = 1; i < given->argument_count; i++) {
        one = operated_receipts(given->arguments[i], key ? trusted : NULL, &receipts, &report);
        error = error ? error : one;
    }
    if (error) {
        operated_findings(given, &report);
        code = operated_code(error);
    }
    if (receipts.count && print_all(given, &receipts) != EXIT_FINE) {
        code = EXIT_FAILED;
    }
    if (code == EXIT_FINE && strcmp(given->arguments[0], "verify") == 0) {
        code = verify(given, &receipts);
    }
    receipts_clear(&receipts);
    zhol_report_clear(&report);
    return code;
}

static const char *const examples[] = {
    "zhol receipt verify receipt.json --key 1f2e...",
    "checks a receipt offline against the operator's published key",
    "проверяет расписку без сети по опубликованному ключу оператора",
    "zhol receipt verify mine.json yours.json",
    "checks both, and that they do not contradict each other",
    "проверяет обе и то, что они не противоречат друг другу",
    "zhol receipt show receipt.json",
    "says in words what a receipt says",
    "говорит словами, что в расписке",
    NULL};

const struct command command_receipt = {
    .name = "receipt",
    .about = SAID("show and check signed receipts", "показать и проверить подписанные расписки"),
    .arguments = "verify|show FILE...",
    .min_arguments = 2,
    .max_arguments = UINT32_MAX,
    .options = options,
    .details = SAID("FILE holds a receipt, several, or an answer of the server with one inside; - "
                    "is standard input. Neither verb needs a network. Two receipts that "
                    "contradict each other prove that the journal was forked.",
                    "В ФАЙЛЕ расписка, несколько или ответ сервера с распиской внутри; - "
                    "стандартный ввод. Сеть не нужна. Две расписки, которые противоречат друг "
                    "другу, доказывают, что журнал раздвоен."),
    .examples = examples,
    .run = run,
};
