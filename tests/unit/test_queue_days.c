/* Golden days: tests/golden/queue_days/DAY.txt tells a day at a border in lines that a person can
 * write:
 *
 *     day 2025-11-12              the day to which clock times belong (UTC)
 *     rules kz.json               a file beside it, the data of rules_set
 *     queue kz-exit               whose commands follow
 *     06:00 officer slots 07:00 12:00 every 60 capacity 4 perishable=1
 *     06:05 asia book P1 V1 D1 ordinary 08:00        -> what came of it
 *     show                        the queue as it stands; `sums`: what each carrier owes
 *
 * After `->`, and in the lines set in below a command, stands what the fold answered. The test
 * plays the commands and compares every line. `unit_test_queue_days ROOT --write` writes the
 * answers anew: write the commands of a day, let it fill them in, and read whether they are right.
 * An actor other than officer, operator and system is a carrier. A time on another day is written
 * 11-13/07:00. After each command all invariants are checked, and that the saved state, read back,
 * is saved as the same bytes.
 */
#include "check.h"
#include "queue_harness.h"

#include <sodium.h>

#include "base/file.h"
#include "base/json.h"
#include "base/time.h"

enum { WORDS_MAX = 16, NAME_SIZE = 40 };

struct player {
    struct harness harness;
    struct buffer out;
    const char *folder;
    int64_t day_s;
    char queue[COMMAND_NAME_SIZE];
    char names[512][NAME_SIZE]; /* of ids seen, so that they can be told */
    uint32_t name_count;
    struct {
        uint64_t carrier;
        int64_t amount;
        char currency[4];
    } sums[64];
    uint32_t sum_count;
    char words[WORDS_MAX][NAME_SIZE];
    uint32_t word_count;
    uint32_t line;
};

static uint64_t id_of(struct player *player, const char *name)
{
    uint64_t id = map_hash(name, strlen(name), 1);
    for (uint32_t i = 0; i < player->name_count; i++) {
        if (strcmp(player->names[i], name) == 0) {
            return id;
        }
    }
    if (player->name_count < 512) {
        snprintf(player->names[player->name_count++], NAME_SIZE, "%s", name);
    }
    return id;
}

static const char *name_of(const struct player *player, uint64_t id)
{
    for (uint32_t i = 0; i < player->name_count; i++) {
        if (map_hash(player->names[i], strlen(player->names[i]), 1) == id) {
            return player->names[i];
        }
    }
    return "?";
}

/* ---- times ---- */

static bool read_time(const struct player *player, const char *text, int64_t *time_s)
{
    uint32_t second;
    const char *slash = strchr(text, '/');
    int64_t day_s = player->day_s;
    if (slash) {
        struct time_date date = time_date_of((int32_t)(day_s / TIME_DAY_S));
        unsigned month = 0, day = 0;
        if (sscanf(text, "%2u-%2u/", &month, &day) != 2) {
            return false;
        }
        date.month = month;
        date.day = day;
        day_s = time_date_valid(date) ? (int64_t)time_days(date) * TIME_DAY_S : day_s;
        text = slash + 1;
    }
    if (time_parse_clock(text_view_of(text), &second)) {
        return false;
    }
    *time_s = day_s + second;
    return true;
}

static void tell_time(struct player *player, int64_t time_s)
{
    struct time_date date = time_date_of(time_day_of(time_s));
    uint32_t second = time_second_of_day(time_s);
    if (time_s == 0) {
        buffer_string(&player->out, "none");
        return;
    }
    if (time_s / TIME_DAY_S != player->day_s / TIME_DAY_S) {
        buffer_printf(&player->out, "%02u-%02u/", date.month, date.day);
    }
    buffer_printf(&player->out, "%02u:%02u", second / 3600, second / 60 % 60);
}

/* ---- commands ---- */

static const char *word(const struct player *player, uint32_t at)
{
    return at < player->word_count ? player->words[at] : "";
}

/* What the words after a command's name mean, in order: p place, v vehicle, d driver, c category,
 * s slot, f from, u until, a amount, n unit, ! seed hash, ? seed. */
static const struct {
    const char *word, *means;
    enum command_kind kind;
} grammar[] = {
    {"capacity", "fuan", COMMAND_capacity_set},
    {"close", "fu", COMMAND_close},
    {"reopen", "", COMMAND_reopen},
    {"round_open", "fu!", COMMAND_round_open},
    {"round_draw", "?", COMMAND_round_draw},
    {"request", "pvdcf", COMMAND_request},
    {"book", "pvdcs", COMMAND_book},
    {"book_next", "pvdcf", COMMAND_book_next},
    {"join", "pvdc", COMMAND_join},
    {"driver_add", "pd", COMMAND_driver_add},
    {"vehicle_swap", "pv", COMMAND_vehicle_swap},
    {"postpone", "ps", COMMAND_postpone},
    {"cancel", "p", COMMAND_cancel},
    {"arrive", "p", COMMAND_arrive},
    {"call", "a", COMMAND_call_forward},
    {"enter", "p", COMMAND_enter},
    {"clear", "p", COMMAND_clear},
    {"refuse", "p", COMMAND_refuse},
    {"no_show", "p", COMMAND_no_show},
    {"sweep", "", COMMAND_sweep},
    {"appeal", "p", COMMAND_appeal},
    {"decide", "pn", COMMAND_decide},
};

/* Any words make a seed: its bytes are their hash. */
static void write_seed(struct buffer *data, const char *words, bool hash)
{
    uint8_t seed[32], committed[32];
    crypto_generichash(seed, 32, (const uint8_t *)words, strlen(words), NULL, 0);
    crypto_generichash(committed, 32, seed, 32, NULL, 0);
    buffer_string(data, hash ? "{\"seed_hash\":\"" : "{\"seed\":\"");
    for (int i = 0; i < 32; i++) {
        buffer_printf(data, "%02x", hash ? committed[i] : seed[i]);
    }
    buffer_string(data, "\"}");
}

static void read_argument(struct player *player, char meaning, const char *text,
                          struct command *command, struct buffer *data)
{
    int64_t *time = meaning == 's'   ? &command->slot_s
                    : meaning == 'f' ? &command->from_s
                                     : &command->until_s;
    uint64_t *id = meaning == 'p'   ? &command->place
                   : meaning == 'v' ? &command->vehicle
                                    : &command->driver;
    if (strchr("pvd", meaning)) {
        *id = id_of(player, text);
    } else if (strchr("sfu", meaning)) {
        if (*text && strcmp(text, "-") != 0 && !read_time(player, text, time)) {
            CHECK_FAIL("line %u: not a time: %s", player->line, text);
        }
    } else if (meaning == 'c') {
        snprintf(command->category, sizeof command->category, "%s", text);
    } else if (meaning == 'n') {
        snprintf(command->unit, sizeof command->unit, "%s", text);
    } else if (meaning == 'a') {
        command->amount = strtoll(text, NULL, 10);
    } else {
        write_seed(data, text, meaning == '!');
    }
}

/* slots FROM UNTIL every MINUTES capacity N [CATEGORY=N ...] */
static void read_slots(struct player *player, struct buffer *data)
{
    int64_t from = 0, until = 0, step_s = strtoll(word(player, 5), NULL, 10) * 60;
    if (!read_time(player, word(player, 2), &from) || !read_time(player, word(player, 3), &until) ||
        step_s <= 0) {
        CHECK_FAIL("line %u: slots FROM UNTIL every MINUTES capacity N", player->line);
        return;
    }
    buffer_string(data, "{\"slots\":[");
    for (int64_t at = from; at < until; at += step_s) {
        buffer_printf(data, "%s{\"start\":%lld,\"end\":%lld,\"capacity\":%s,\"shares\":{",
                      at == from ? "" : ",", (long long)at, (long long)(at + step_s),
                      word(player, 7));
        for (uint32_t i = 8; i < player->word_count; i++) {
            const char *equal = strchr(player->words[i], '=');
            buffer_printf(data, "%s\"%.*s\":%s", i == 8 ? "" : ",",
                          equal ? (int)(equal - player->words[i]) : 0, player->words[i],
                          equal ? equal + 1 : "0");
        }
        buffer_string(data, "}}");
    }
    buffer_string(data, "]}");
}

static bool read_command(struct player *player, struct command *command, struct buffer *data)
{
    const char *actor = word(player, 1), *name = word(player, 2);
    *command = (struct command){.role = ROLE_carrier};
    snprintf(command->stream, sizeof command->stream, "made");
    snprintf(command->queue, sizeof command->queue, "%s", player->queue);
    if (!read_time(player, word(player, 0), &command->time_s)) {
        return false;
    }
    for (int role = 0; role < ROLE_COUNT; role++) {
        if (strcmp(actor, role_name((enum role)role)) == 0) {
            command->role = (enum role)role;
        }
    }
    if (command->role == ROLE_carrier) {
        command->carrier = id_of(player, actor);
    }
    if (strcmp(name, "slots") == 0) {
        command->kind = COMMAND_slots_publish;
        memmove(player->words[0], player->words[1], sizeof player->words - NAME_SIZE);
        player->word_count--;
        read_slots(player, data);
    }
    for (size_t i = 0; i < sizeof grammar / sizeof *grammar; i++) {
        if (strcmp(grammar[i].word, name) == 0) {
            command->kind = grammar[i].kind;
            for (uint32_t j = 0; grammar[i].means[j]; j++) {
                read_argument(player, grammar[i].means[j], word(player, 3 + j), command, data);
            }
        }
    }
    command->data = (struct text_view){buffer_get(data), (uint32_t)data->size};
    return command->kind != COMMAND_carrier_register;
}

/* ---- answers ---- */

static void tell_change(struct player *player, const struct change *change)
{
    buffer_printf(&player->out, "    %s %s", name_of(player, change->place),
                  place_state_name((enum place_state)change->state));
    if (change->old_slot_s != change->slot_s) {
        buffer_string(&player->out, " ");
        tell_time(player, change->old_slot_s);
        buffer_string(&player->out, " => ");
        tell_time(player, change->slot_s);
    }
    buffer_printf(&player->out, " (%s)\n", change_reason_name((enum change_reason)change->reason));
}

static void tell_lines(struct player *player, const struct result *result)
{
    for (uint32_t i = 0; i < result->line_count; i++) {
        const struct ledger_line *line = &result->lines[i];
        uint32_t at = 0;
        buffer_printf(&player->out, "    %s: %s %+.2f %s for %s\n", name_of(player, line->carrier),
                      line->what, (double)line->amount / 100, line->currency,
                      name_of(player, line->place));
        while (at < player->sum_count && (player->sums[at].carrier != line->carrier ||
                                          strcmp(player->sums[at].currency, line->currency))) {
            at++;
        }
        player->sum_count += at == player->sum_count;
        player->sums[at].carrier = line->carrier;
        player->sums[at].amount += line->amount;
        memcpy(player->sums[at].currency, line->currency, sizeof line->currency);
    }
}

static void tell_result(struct player *player, const struct command *command,
                        const struct result *result)
{
    const struct mark_need *marks;
    uint32_t mark_count = queue_marks(player->harness.state, result, &marks);
    buffer_printf(&player->out, " -> %s", result->refusal ? refusal_name(result->refusal) : "done");
    if (*result->rule) {
        buffer_printf(&player->out, " by %s", result->rule);
    }
    if (result->number) {
        buffer_printf(&player->out, ", number %llu", (unsigned long long)result->number);
        if (result->slot_s) {
            buffer_string(&player->out, ", slot ");
            tell_time(player, result->slot_s);
        }
        buffer_printf(&player->out, ", %u before", result->position);
    }
    buffer_string(&player->out, "\n");
    for (uint32_t i = 0; i < result->change_count; i++) {
        if (result->changes[i].place != command->place ||
            result->changes[i].reason != CHANGE_asked) {
            tell_change(player, &result->changes[i]);
        }
    }
    tell_lines(player, result);
    for (uint32_t i = 0; i < mark_count; i++) {
        buffer_printf(&player->out, "    %s: mark %s", name_of(player, marks[i].subject),
                      marks[i].what);
        if (marks[i].until_s) {
            buffer_string(&player->out, ", blocked until ");
            tell_time(player, marks[i].until_s);
        }
        buffer_string(&player->out, "\n");
    }
}

/* ---- show ---- */

struct showing {
    struct player *player;
    enum place_state state;
    bool any;
};

static bool show_place(void *context, const struct place_view *view)
{
    struct showing *showing = context;
    struct buffer *out = &showing->player->out;
    if (!showing->any || showing->state != view->state) {
        bool waits = view->state == PLACE_booked || view->state == PLACE_arrived;
        bool same = showing->any && waits &&
                    (showing->state == PLACE_booked || showing->state == PLACE_arrived);
        if (!same) {
            buffer_printf(out, "%s    %s:", showing->any ? "\n" : "",
                          waits ? "waiting" : place_state_name(view->state));
        }
    }
    buffer_printf(out, " %s%s", name_of(showing->player, view->place),
                  view->state == PLACE_arrived ? "*" : "");
    showing->any = true;
    showing->state = view->state;
    return true;
}

static bool show_slot(void *context, const struct slot_view *view)
{
    struct player *player = context;
    buffer_string(&player->out, " ");
    tell_time(player, view->start_s);
    buffer_printf(&player->out, " %u/%u", view->taken, view->capacity);
    return true;
}

static void show(struct player *player)
{
    struct showing showing = {.player = player};
    queue_order(player->harness.state, player->queue, ~0u, show_place, &showing);
    buffer_string(&player->out, showing.any ? "\n    slots:" : "    slots:");
    queue_slots(player->harness.state, player->queue, 0, INT64_MAX, show_slot, player);
    buffer_string(&player->out, "\n");
}

static void show_sums(struct player *player)
{
    for (uint32_t i = 0; i < player->sum_count; i++) {
        buffer_printf(&player->out, "    %s owes %.2f %s\n",
                      name_of(player, player->sums[i].carrier),
                      (double)player->sums[i].amount / 100, player->sums[i].currency);
    }
}

/* ---- the day ---- */

static void check_state(struct player *player)
{
    char why[200];
    struct queue_state *copy = NULL;
    struct buffer first = {0}, second = {0};
    if (!queue_verify(player->harness.state, why, sizeof why)) {
        CHECK_FAIL("line %u: %s", player->line, why);
    }
    CHECK(!queue_save(player->harness.state, &first));
    CHECK(!queue_load("made", (struct text_view){first.bytes, (uint32_t)first.size}, &copy));
    if (copy) {
        CHECK(!queue_save(copy, &second));
        CHECK(first.size == second.size && memcmp(first.bytes, second.bytes, first.size) == 0);
        /* Go on with the copy, so that a day is played through its own snapshots. */
        queue_free(player->harness.state);
        player->harness.state = copy;
    }
    buffer_clear(&first);
    buffer_clear(&second);
}

static void apply_rules_file(struct player *player, const char *name)
{
    struct buffer path = {0};
    struct file_data data = {0};
    struct zhol_report report;
    struct result result = {.refusal = REFUSAL_bad_data};
    zhol_report_init(&report, 0);
    file_join(&path, player->folder, name);
    if (!file_read(buffer_get(&path), 0, &data, NULL)) {
        struct command command = {.kind = COMMAND_rules_set,
                                  .role = ROLE_operator,
                                  .time_s = player->day_s,
                                  .data = {data.bytes, (uint32_t)data.size}};
        harness_apply(&player->harness, &command, &result);
    }
    if (result.refusal) {
        CHECK_FAIL("line %u: rules %s: %s", player->line, name, refusal_name(result.refusal));
    }
    file_clear(&data);
    buffer_clear(&path);
    zhol_report_clear(&report);
}

static void split(struct player *player, const char *text, size_t size)
{
    player->word_count = 0;
    memset(player->words, 0, sizeof player->words);
    for (size_t i = 0; i < size && player->word_count < WORDS_MAX;) {
        size_t length = 0;
        while (i < size && text[i] == ' ') {
            i++;
        }
        while (i + length < size && text[i + length] != ' ') {
            length++;
        }
        if (length) {
            snprintf(player->words[player->word_count++], NAME_SIZE, "%.*s", (int)length, text + i);
        }
        i += length;
    }
}

static void directive(struct player *player)
{
    const char *name = word(player, 0);
    int32_t day = 0;
    if (strcmp(name, "day") == 0 && !time_parse_day(text_view_of(word(player, 1)), &day)) {
        player->day_s = (int64_t)day * TIME_DAY_S;
    } else if (strcmp(name, "rules") == 0) {
        apply_rules_file(player, word(player, 1));
    } else if (strcmp(name, "queue") == 0) {
        snprintf(player->queue, sizeof player->queue, "%s", word(player, 1));
    } else if (strcmp(name, "show") == 0) {
        show(player);
    } else if (strcmp(name, "sums") == 0) {
        show_sums(player);
    } else if (player->word_count && name[0] != '#') {
        CHECK_FAIL("line %u: not understood: %s", player->line, name);
    }
}

static void play_line(struct player *player, struct text_view line)
{
    struct command command;
    struct result result;
    struct buffer data = {0};
    uint32_t size = line.size;
    for (uint32_t i = 0; i + 4 <= line.size && size == line.size; i++) {
        size = memcmp(line.bytes + i, " -> ", 4) == 0 ? i : size;
    }
    if (line.size >= 4 && memcmp(line.bytes, "    ", 4) == 0) {
        return; /* an answer of before */
    }
    buffer_append(&player->out, line.bytes, size);
    split(player, line.bytes, size);
    if (line.size && line.bytes[0] != '#' && read_command(player, &command, &data)) {
        harness_apply(&player->harness, &command, &result);
        tell_result(player, &command, &result);
        check_state(player);
    } else {
        buffer_string(&player->out, "\n");
        directive(player);
    }
    buffer_clear(&data);
}

static void compare(const char *path, struct text_view want, struct text_view got)
{
    uint32_t line = 0;
    while (want.size || got.size) {
        struct text_view one = text_cut(&want, '\n'), other = text_cut(&got, '\n');
        line++;
        if (!text_equal(one, other)) {
            CHECK_FAIL("%s:%u\n  written: %.*s\n  played:  %.*s", path, line, (int)one.size,
                       one.bytes, (int)other.size, other.bytes);
            return;
        }
    }
}

static void play(const char *folder, const char *name, bool write)
{
    struct player *player = calloc(1, sizeof *player);
    struct buffer path = {0};
    struct file_data file = {0};
    file_join(&path, folder, name);
    if (!player || file_read(buffer_get(&path), 0, &file, NULL)) {
        CHECK_FAIL("cannot read %s", buffer_get(&path));
        free(player);
        buffer_clear(&path);
        return;
    }
    player->folder = folder;
    harness_open(&player->harness);
    struct text_view rest = {file.bytes, (uint32_t)file.size};
    while (rest.size) {
        player->line++;
        play_line(player, text_cut(&rest, '\n'));
    }
    if (write) {
        CHECK(!file_write(buffer_get(&path), buffer_get(&player->out), player->out.size, NULL));
    } else {
        compare(buffer_get(&path), (struct text_view){file.bytes, (uint32_t)file.size},
                (struct text_view){buffer_get(&player->out), (uint32_t)player->out.size});
    }
    harness_close(&player->harness);
    buffer_clear(&player->out);
    buffer_clear(&path);
    file_clear(&file);
    free(player);
}

static char folder_path[1024];
static bool write_answers;

static void golden_days(void)
{
    struct file_list list = {0};
    uint32_t days = 0;
    CHECK(!file_list_read(folder_path, &list, NULL));
    for (uint32_t i = 0; i < list.count; i++) {
        size_t size = strlen(list.entries[i].name);
        if (size > 4 && strcmp(list.entries[i].name + size - 4, ".txt") == 0) {
            play(folder_path, list.entries[i].name, write_answers);
            days++;
        }
    }
    CHECK(days >= 3);
    file_list_clear(&list);
}

int main(int argc, char **argv)
{
    snprintf(folder_path, sizeof folder_path, "%s/tests/golden/queue_days",
             argc > 1 ? argv[1] : ".");
    write_answers = argc > 2 && strcmp(argv[2], "--write") == 0;
    RUN(golden_days);
    return check_report();
}
