/* queue_save.c: the state as canonical bytes, and back.
 *
 * Saved are the rows, the slots, the rules as their JSON and the few counters that do not follow
 * from these; trees, lists, indices, counts and what slots hold are made anew, so a damaged
 * snapshot can be refused but never gives a state that contradicts itself. All numbers
 * little-endian.
 */
#include "operate/queue_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/sort.h"

static const char magic[8] = "zholqu1\n";

/* ---- writing ---- */

static void put(struct buffer *out, uint64_t number, unsigned size)
{
    uint8_t bytes[8];
    for (unsigned i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(number >> (8 * i));
    }
    buffer_append(out, bytes, size);
}

static void put_text(struct buffer *out, const char *text, size_t size)
{
    put(out, size, 4);
    buffer_append(out, text, size);
}

static void save_slot(struct buffer *out, const struct slot *slot, uint32_t categories)
{
    put(out, slot->start_s, 4);
    put(out, slot->end_s, 4);
    put(out, slot->published, 4);
    put(out, slot->capacity, 4);
    for (uint32_t i = 0; i < categories; i++) {
        put(out, slot->share[i], 4);
        put(out, slot->category_capacity[i], 4);
    }
}

static void save_queue(struct buffer *out, const struct queue_one *queue)
{
    const char *note = queue->closed_note ? queue->closed_note : "";
    put_text(out, queue->rules.id, strlen(queue->rules.id));
    put_text(out, queue->rules_text, queue->rules_size);
    put(out, queue->retired, 1);
    put(out, queue->category_count, 4);
    for (uint32_t i = 0; i < queue->category_count; i++) {
        put_text(out, queue->categories[i].id, strlen(queue->categories[i].id));
        put(out, (uint64_t)queue->categories[i].credit, 8);
    }
    put(out, queue->slot_count, 4);
    for (uint32_t i = 0; i < queue->slot_count; i++) {
        save_slot(out, &queue->slots[i], queue->category_count);
    }
    put(out, queue->last_number, 4);
    put(out, queue->closed_from_s, 4);
    put(out, queue->closed_until_s, 4);
    put_text(out, note, strlen(note));
    put(out, queue->called_total, 8);
    put(out, queue->entered_total, 8);
    put(out, queue->cleared_total, 8);
    put(out, queue->round_from_s, 4);
    put(out, queue->round_until_s, 4);
    put(out, queue->round_open_s, 4);
    buffer_append(out, queue->round_seed_hash, sizeof queue->round_seed_hash);
    put(out, queue->first_hour, 4);
    put(out, queue->hour_count, 4);
    for (uint32_t i = 0; i < queue->hour_count; i++) {
        put(out, queue->per_hour[i], 4);
    }
}

/* The numbers of a row in their order; used for both directions. */
#define ROW_WORDS(W) \
    W(key_s)         \
    W(rank_s) W(seq) W(slot) W(number) W(booked_s) W(arrived_s) W(called_s) W(entered_s) W(ended_s)
#define ROW_BYTES(B) \
    B(queue)         \
    B(category)      \
    B(state) B(scope) B(driver_count) B(postponed) B(missed) B(no_shows) B(appeal) B(deposit)

static void save_place(struct buffer *out, const struct place *row)
{
    put(out, row->id, 8);
    put(out, row->vehicle, 8);
    put(out, row->carrier, 8);
    for (uint32_t i = 0; i < QUEUE_DRIVER_MAX; i++) {
        put(out, i < row->driver_count ? row->drivers[i] : 0, 8);
    }
#define PUT_WORD(name) put(out, row->name, 4);
#define PUT_BYTE(name) put(out, row->name, 1);
    ROW_WORDS(PUT_WORD)
    put(out, row->term, 2);
    ROW_BYTES(PUT_BYTE)
    put(out, row->marked, 1);
}

enum zhol_error queue_save(const struct queue_state *state, struct buffer *bytes)
{
    buffer_append(bytes, magic, sizeof magic);
    put(bytes, state->now_s, 4);
    put(bytes, state->next_seq, 4);
    put(bytes, state->queue_count, 4);
    for (uint32_t i = 0; i < state->queue_count; i++) {
        save_queue(bytes, &state->queues[i]);
    }
    put(bytes, state->term_count, 4);
    for (uint32_t i = 1; i < state->term_count; i++) {
        const struct term *term = &state->terms[i];
        put(bytes, (uint64_t)term->amount, 8);
        put_text(bytes, term->currency, strlen(term->currency));
        put(bytes, term->forfeit_after, 4);
        put(bytes, term->back_on_arrival, 1);
    }
    put(bytes, state->place_count, 4);
    for (uint32_t i = 0; i < state->place_count; i++) {
        save_place(bytes, &state->places[i]);
    }
    return bytes->error;
}

/* ---- reading ---- */

struct loading {
    const uint8_t *at, *end;
    enum zhol_error error;
};

static uint64_t get(struct loading *loading, unsigned size)
{
    uint64_t number = 0;
    if ((size_t)(loading->end - loading->at) < size) {
        loading->error = loading->error ? loading->error : ZHOL_ERROR_SYNTAX;
        return 0;
    }
    for (unsigned i = size; i-- > 0;) {
        number = number << 8 | loading->at[i];
    }
    loading->at += size;
    return number;
}

static uint32_t get_u32(struct loading *loading)
{
    return (uint32_t)get(loading, 4);
}

static void fail(struct loading *loading, bool wrong, enum zhol_error error)
{
    if (wrong && !loading->error) {
        loading->error = error;
    }
}

static struct text_view get_text(struct loading *loading)
{
    uint32_t size = get_u32(loading);
    fail(loading, (size_t)(loading->end - loading->at) < size, ZHOL_ERROR_SYNTAX);
    if (loading->error) {
        return TEXT("");
    }
    struct text_view text = {(const char *)loading->at, size};
    loading->at += size;
    return text;
}

static void get_name(struct loading *loading, char *to, size_t room)
{
    struct text_view text = get_text(loading);
    fail(loading, text.size >= room || memchr(text.bytes, 0, text.size), ZHOL_ERROR_SYNTAX);
    if (!loading->error) {
        memcpy(to, text.bytes, text.size);
        to[text.size] = '\0';
    }
}

static char *get_copy(struct loading *loading)
{
    struct text_view text = get_text(loading);
    char *copy = loading->error ? NULL : calloc((size_t)text.size + 1, 1);
    fail(loading, !copy, ZHOL_ERROR_MEMORY);
    if (copy) {
        memcpy(copy, text.bytes, text.size);
    }
    return copy;
}

/* A count whose items take at least `size` bytes each cannot be more than the bytes left. */
static uint32_t get_count(struct loading *loading, size_t size, uint32_t most)
{
    uint32_t count = get_u32(loading);
    fail(loading, count > most || count > (size_t)(loading->end - loading->at) / size,
         ZHOL_ERROR_SYNTAX);
    return loading->error ? 0 : count;
}

static void load_slots(struct loading *loading, struct queue_one *queue)
{
    uint32_t count = get_count(loading, 16, QUEUE_SLOT_MAX);
    for (uint32_t i = 0; i < count && !loading->error; i++) {
        struct slot slot = {get_u32(loading),
                            get_u32(loading),
                            get_u32(loading),
                            get_u32(loading),
                            0,
                            {0},
                            {0},
                            {0}};
        memset(slot.share, 0xff, sizeof slot.share);
        for (uint32_t j = 0; j < queue->category_count; j++) {
            slot.share[j] = get_u32(loading);
            slot.category_capacity[j] = get_u32(loading);
        }
        fail(loading, slot.start_s >= slot.end_s || slot_at(queue, slot.start_s) != NOBODY,
             ZHOL_ERROR_INVALID);
        enum zhol_error error = loading->error ? ZHOL_ERROR_OK : slot_insert(queue, &slot);
        fail(loading, error, error);
    }
}

static void load_categories(struct loading *loading, struct queue_one *queue)
{
    queue->category_count = get_count(loading, 12, RULES_CATEGORY_MAX);
    for (uint32_t i = 0; i < queue->category_count; i++) {
        struct category *category = &queue->categories[i];
        *category = (struct category){.root = NOBODY, .retired = true, .round_weight = 1};
        category->rule.rank = UINT32_MAX;
        get_name(loading, category->id, sizeof category->id);
        category->credit = (int64_t)get(loading, 8);
        fail(loading, category_find(queue, category->id) != i, ZHOL_ERROR_INVALID);
    }
}

/* The present rules of a queue, from the JSON that set them. */
static void load_rules(struct loading *loading, struct queue_one *queue, const char *id)
{
    struct queue_rules rules[RULES_QUEUE_MAX];
    uint32_t count = 0;
    bool found = false;
    if (loading->error) {
        return;
    }
    enum zhol_error error =
        rules_read((struct text_view){queue->rules_text, queue->rules_size}, rules, &count, NULL);
    fail(loading, error, error);
    for (uint32_t i = 0; i < count && !loading->error; i++) {
        if (strcmp(rules[i].id, id) != 0) {
            continue;
        }
        found = true;
        queue->rules = rules[i];
        for (uint32_t j = 0; j < rules[i].category_count; j++) {
            uint32_t at = category_find(queue, rules[i].categories[j].id);
            fail(loading, at == NOBODY, ZHOL_ERROR_INVALID);
            if (at != NOBODY) {
                queue->categories[at].rule = rules[i].categories[j];
                queue->categories[at].round_weight = rules[i].round_weights[j];
                queue->categories[at].retired = false;
            }
        }
    }
    fail(loading, !found, ZHOL_ERROR_INVALID);
}

static void load_hours(struct loading *loading, struct queue_one *queue)
{
    queue->first_hour = get_u32(loading);
    uint32_t count = get_count(loading, 4, UINT32_MAX / 3600 + 1);
    enum zhol_error error = ARRAY_RESERVE(queue->per_hour, queue->hour_capacity, count);
    fail(loading, error, error);
    for (uint32_t i = 0; i < count && !loading->error; i++) {
        queue->per_hour[queue->hour_count++] = get_u32(loading);
    }
}

static void load_queue(struct loading *loading, struct queue_state *state)
{
    struct queue_one *queue = &state->queues[state->queue_count++];
    char id[COMMAND_NAME_SIZE] = "";
    for (uint32_t i = 0; i < LIST_COUNT; i++) {
        queue->lists[i] = (struct list){NOBODY, NOBODY};
    }
    get_name(loading, id, sizeof id);
    struct text_view text = get_text(loading);
    loading->at -= loading->error ? 0 : text.size + 4;
    queue->rules_text = get_copy(loading);
    queue->rules_size = text.size;
    queue->retired = get(loading, 1) != 0;
    load_categories(loading, queue);
    load_rules(loading, queue, id);
    load_slots(loading, queue);
    queue->last_number = get_u32(loading);
    queue->closed_from_s = get_u32(loading);
    queue->closed_until_s = get_u32(loading);
    queue->closed_note = get_copy(loading);
    queue->called_total = get(loading, 8);
    queue->entered_total = get(loading, 8);
    queue->cleared_total = get(loading, 8);
    queue->round_from_s = get_u32(loading);
    queue->round_until_s = get_u32(loading);
    queue->round_open_s = get_u32(loading);
    for (uint32_t i = 0; i < sizeof queue->round_seed_hash; i++) {
        queue->round_seed_hash[i] = (uint8_t)get(loading, 1);
    }
    load_hours(loading, queue);
    enum zhol_error error = loading->error ? ZHOL_ERROR_OK : slot_rooms(queue);
    fail(loading, error, error);
}

static void load_terms(struct loading *loading, struct queue_state *state)
{
    uint32_t count = get_count(loading, 13, UINT16_MAX + 1u);
    for (uint32_t i = 1; i < count && !loading->error; i++) {
        struct term term = {.amount = (int64_t)get(loading, 8)};
        uint16_t index = 0;
        get_name(loading, term.currency, sizeof term.currency);
        term.forfeit_after = get_u32(loading);
        term.back_on_arrival = get(loading, 1) != 0;
        enum zhol_error error = loading->error ? ZHOL_ERROR_OK : money_term(state, &term, &index);
        fail(loading, error, error);
        fail(loading, index != i, ZHOL_ERROR_INVALID);
    }
}

static bool row_valid(const struct queue_state *state, const struct place *row)
{
    if (row->queue >= state->queue_count ||
        row->category >= state->queues[row->queue].category_count ||
        row->state >= PLACE_STATE_COUNT || row->scope > state->queue_count ||
        row->driver_count == 0 || row->driver_count > QUEUE_DRIVER_MAX ||
        row->seq >= state->next_seq || row->id == 0 || row->vehicle == 0 ||
        row->appeal > APPEAL_REJECTED || row->deposit > DEPOSIT_FORFEITED ||
        (row->deposit && row->term == 0) || (row->term && row->term >= state->term_count)) {
        return false;
    }
    const struct queue_one *queue = &state->queues[row->queue];
    bool lists = row->state == PLACE_booked || row->state == PLACE_arrived;
    return (row->slot == NOBODY || row->slot < queue->slot_count) &&
           (row->slot == NOBODY || !lists || row->key_s == queue->slots[row->slot].start_s) &&
           index_place(state, row->id) == NOBODY;
}

static void load_place(struct loading *loading, struct place *row)
{
    *row = (struct place){.left = NOBODY, .right = NOBODY};
    row->id = get(loading, 8);
    row->vehicle = get(loading, 8);
    row->carrier = get(loading, 8);
    for (uint32_t i = 0; i < QUEUE_DRIVER_MAX; i++) {
        row->drivers[i] = get(loading, 8);
    }
#define GET_WORD(name) row->name = get_u32(loading);
#define GET_BYTE(name) row->name = (uint8_t)get(loading, 1);
    ROW_WORDS(GET_WORD)
    row->term = (uint16_t)get(loading, 2);
    ROW_BYTES(GET_BYTE)
    row->marked = get(loading, 1) != 0;
}

/* Active places of one vehicle or driver may not stand twice. */
static bool row_clashes(const struct queue_state *state, const struct place *row)
{
    bool clash = index_active_vehicle(state, row->vehicle, row->scope) != NOBODY;
    for (uint32_t i = 0; i < row->driver_count; i++) {
        clash = clash || index_active_driver(state, row->drivers[i], row->scope) != NOBODY;
    }
    return clash && place_active((enum place_state)row->state);
}

/* An ended row does not take the entry of an active one. */
static enum zhol_error index_row(struct queue_state *state, uint32_t place)
{
    const struct place *row = &state->places[place];
    enum zhol_error error = index_add_place(state, place);
    return error || !place_active((enum place_state)row->state) ? error
                                                                : index_add_all(state, place);
}

static void load_places(struct loading *loading, struct queue_state *state)
{
    uint32_t count = get_count(loading, 101, NOBODY / 4 - 1);
    enum zhol_error error =
        count ? ARRAY_RESERVE(state->places, state->place_capacity, count) : ZHOL_ERROR_OK;
    error = error ? error : index_reserve(state, count);
    fail(loading, error, error);
    for (uint32_t i = 0; i < count && !loading->error; i++) {
        struct place row;
        load_place(loading, &row);
        fail(loading, loading->error || !row_valid(state, &row) || row_clashes(state, &row),
             ZHOL_ERROR_INVALID);
        if (!loading->error) {
            struct queue_one *queue = &state->queues[row.queue];
            state->places[state->place_count++] = row;
            error = index_row(state, i);
            fail(loading, error, error);
            queue->categories[row.category].by_state[row.state]++;
            if (row.slot != NOBODY) {
                queue->slots[row.slot].taken++;
                queue->slots[row.slot].category_taken[row.category]++;
            }
        }
    }
}

static int compare_rows(const void *context, uint32_t a, uint32_t b)
{
    const struct place *places = context;
    const struct place *one = &places[a], *other = &places[b];
    bool tree = one->state == PLACE_booked || one->state == PLACE_arrived;
    bool other_tree = other->state == PLACE_booked || other->state == PLACE_arrived;
    if (one->queue != other->queue) {
        return one->queue - other->queue;
    }
    if (tree != other_tree) {
        return tree ? -1 : 1;
    }
    if (!tree) {
        return one->seq < other->seq ? -1 : one->seq > other->seq;
    }
    if (one->category != other->category) {
        return one->category - other->category;
    }
    return place_compare(one, other);
}

static void build_order(struct queue_state *state, const uint32_t *order, uint32_t count)
{
    for (uint32_t i = 0; i < count;) {
        const struct place *row = &state->places[order[i]];
        struct queue_one *queue = &state->queues[row->queue];
        uint32_t end = i + 1;
        if (row->state == PLACE_booked || row->state == PLACE_arrived) {
            while (end < count && state->places[order[end]].queue == row->queue &&
                   state->places[order[end]].category == row->category &&
                   (state->places[order[end]].state == PLACE_booked ||
                    state->places[order[end]].state == PLACE_arrived)) {
                end++;
            }
            queue->categories[row->category].root = tree_build(state, order + i, end - i);
        } else {
            enum list_kind kind = row->state == PLACE_requested ? LIST_REQUESTED
                                  : row->state == PLACE_called  ? LIST_CALLED
                                                                : LIST_ENTERED;
            list_add(state, &queue->lists[kind], order[i]);
        }
        i = end;
    }
}

/* Trees and lists from the rows; two rows may not share a turn. */
static enum zhol_error load_order(struct queue_state *state)
{
    uint32_t count = 0;
    uint32_t *order = malloc(((size_t)state->place_count + 1) * sizeof *order);
    if (!order) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < state->place_count; i++) {
        if (place_active((enum place_state)state->places[i].state)) {
            order[count++] = i;
        }
    }
    enum zhol_error error = sort_index(order, count, compare_rows, state->places);
    for (uint32_t i = 1; !error && i < count; i++) {
        error = compare_rows(state->places, order[i - 1], order[i]) == 0 ? ZHOL_ERROR_INVALID
                                                                         : ZHOL_ERROR_OK;
    }
    if (!error) {
        build_order(state, order, count);
    }
    free(order);
    return error;
}

enum zhol_error queue_load(const char *stream, struct text_view bytes, struct queue_state **state)
{
    struct loading loading = {(const uint8_t *)bytes.bytes,
                              (const uint8_t *)bytes.bytes + bytes.size, ZHOL_ERROR_OK};
    if (bytes.size < sizeof magic || memcmp(bytes.bytes, magic, sizeof magic) != 0) {
        *state = NULL;
        return ZHOL_ERROR_INVALID;
    }
    loading.at += sizeof magic;
    enum zhol_error error = queue_new(stream, state);
    if (error) {
        return error;
    }
    (*state)->now_s = get_u32(&loading);
    (*state)->next_seq = get_u32(&loading);
    uint32_t queues = get_count(&loading, 100, RULES_QUEUE_MAX);
    for (uint32_t i = 0; i < queues && !loading.error; i++) {
        load_queue(&loading, *state);
    }
    load_terms(&loading, *state);
    load_places(&loading, *state);
    fail(&loading, loading.at != loading.end, ZHOL_ERROR_SYNTAX);
    error = loading.error ? loading.error : load_order(*state);
    for (uint32_t i = 0; !error && i < (*state)->queue_count; i++) {
        error = slot_rooms(&(*state)->queues[i]);
    }
    char why[160];
    if (!error && !queue_verify(*state, why, sizeof why)) {
        error = ZHOL_ERROR_INVALID;
    }
    if (error) {
        queue_free(*state);
        *state = NULL;
    }
    return error == ZHOL_ERROR_MEMORY ? error : error ? ZHOL_ERROR_INVALID : ZHOL_ERROR_OK;
}
