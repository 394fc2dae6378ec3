/* rules.c: the strict reader of the rules of a checkpoint's queues.
 *
 * Members stand in tables (name, kind, place in the struct, range), so that a new rule is one line
 * here and one in rules.h. What no table names is refused. A finding's column is the path of the
 * member, such as "queues[0].categories[2].weight".
 */
#include "operate/rules.h"

#include <jansson.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum member_kind { MEMBER_TEXT, MEMBER_INT, MEMBER_COUNT, MEMBER_BOOL };
struct member {
    const char *name;
    enum member_kind kind;
    size_t offset;
    int64_t low, high; /* of a number; for a text: high is the size of its array */
    bool needed;
};
#define DAYS_100_S (INT64_C(100) * 366 * 86400)
#define QUEUE(name, kind, field, low, high, needed)                        \
    {                                                                      \
        name, kind, offsetof(struct queue_rules, field), low, high, needed \
    }
#define SECONDS(field) QUEUE(#field, MEMBER_INT, field, 0, DAYS_100_S, false)
#define TIMES(field)   QUEUE(#field, MEMBER_INT, field, 0, 1000000, false)

static const struct member queue_members[] = {
    QUEUE("id", MEMBER_TEXT, id, 1, COMMAND_NAME_SIZE, true),
    QUEUE("direction", MEMBER_TEXT, direction, 1, 16, true),
    QUEUE("rule_set", MEMBER_TEXT, rule_set, 1, COMMAND_NAME_SIZE, true),
    QUEUE("late", MEMBER_TEXT, late, 1, 16, false),
    QUEUE("call_absent", MEMBER_BOOL, call_absent, 0, 1, false),
    SECONDS(arrive_early_s),
    SECONDS(arrive_late_s),
    SECONDS(call_late_s),
    SECONDS(postpone_window_s),
    SECONDS(postpone_before_s),
    SECONDS(cancel_before_s),
    SECONDS(no_show_window_s),
    SECONDS(cancel_window_s),
    SECONDS(block_s),
    SECONDS(appeal_s),
    SECONDS(horizon_s),
    TIMES(postpone_max),
    TIMES(no_show_max),
    TIMES(cancel_max),
    TIMES(swap_postpones),
};
/* Read by hand below. */
static const char *const queue_parts[] = {"release", "claim_scope", "discipline",     "categories",
                                          "edit",    "round",       "retention_days", "fees"};

#define CATEGORY(name, kind, field, low, high, needed)                             \
    {                                                                              \
        name, kind, offsetof(struct queue_category_rule, field), low, high, needed \
    }
static const struct member category_members[] = {
    CATEGORY("id", MEMBER_TEXT, id, 1, COMMAND_NAME_SIZE, true),
    CATEGORY("weight", MEMBER_COUNT, weight, 0, 10000, true),
    CATEGORY("rank", MEMBER_COUNT, rank, 0, 10000, false),
    CATEGORY("share_max", MEMBER_COUNT, share_max, 0, 100, false),
    CATEGORY("out_of_turn", MEMBER_BOOL, out_of_turn, 0, 1, false),
};
#define FEE(name, kind, field, low, high, needed)                        \
    {                                                                    \
        name, kind, offsetof(struct queue_fee, field), low, high, needed \
    }
static const struct member fee_members[] = {
    FEE("category", MEMBER_TEXT, category, 0, COMMAND_NAME_SIZE, false),
    FEE("what", MEMBER_TEXT, what, 1, 24, true),
    FEE("when", MEMBER_TEXT, when, 1, 24, true),
    FEE("refund", MEMBER_TEXT, refund, 1, 24, false),
    FEE("amount", MEMBER_INT, amount, 0, INT64_C(1000000000000), true),
    FEE("currency", MEMBER_TEXT, currency, 3, 4, true),
    FEE("forfeit_after", MEMBER_COUNT, forfeit_after, 0, 1000, false),
};
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#define NO_INDEX SIZE_MAX
struct reader {
    struct zhol_report *report;
    enum zhol_error error;
    char path[160];
    size_t size;
};

/* NAME[INDEX] is added to the path; without an index NAME alone. */
static size_t enter(struct reader *reader, const char *name, size_t index)
{
    size_t before = reader->size, room = sizeof reader->path - before;
    const char *dot = before ? "." : "";
    int more = index == NO_INDEX
                   ? snprintf(reader->path + before, room, "%s%s", dot, name)
                   : snprintf(reader->path + before, room, "%s%s[%zu]", dot, name, index);
    if (more > 0 && (size_t)more < sizeof reader->path - before) {
        reader->size += (size_t)more;
    }
    return before;
}

static void leave(struct reader *reader, size_t before)
{
    reader->size = before;
    reader->path[before] = '\0';
}

static void fault(struct reader *reader, enum zhol_error code, const char *member,
                  const char *value, const char *expected)
{
    char column[224];
    snprintf(column, sizeof column, "%s%s%s", reader->path, reader->size && *member ? "." : "",
             member);
    const struct zhol_finding finding = {ZHOL_FAULT, code, 0, "rules", column, value, expected};
    zhol_report_add(reader->report, &finding);
    if (!reader->error) {
        reader->error = code;
    }
}

static void read_text(struct reader *reader, const struct member *member, const json_t *value,
                      char *to)
{
    const char *text = json_string_value(value);
    size_t size = text ? strlen(text) : 0;
    if (!text || json_string_length(value) != size) {
        fault(reader, ZHOL_ERROR_SYNTAX, member->name, text ? text : "", "a text in quotes");
    } else if (size >= (size_t)member->high || size < (size_t)member->low) {
        fault(reader, ZHOL_ERROR_RANGE, member->name, text, "another length of text");
    } else {
        memcpy(to, text, size + 1);
    }
}

static void read_number(struct reader *reader, const struct member *member, const json_t *value,
                        void *to)
{
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value)) {
        fault(reader, ZHOL_ERROR_SYNTAX, member->name, "", "a whole number");
    } else if (number < member->low || number > member->high) {
        char text[32];
        snprintf(text, sizeof text, "%lld", (long long)number);
        fault(reader, ZHOL_ERROR_RANGE, member->name, text, "a number within the range of rules.h");
    } else if (member->kind == MEMBER_INT) {
        *(int64_t *)to = number;
    } else {
        *(uint32_t *)to = (uint32_t)number;
    }
}

static void read_members(struct reader *reader, const struct member *members, size_t count,
                         const json_t *object, void *to)
{
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(object, members[i].name);
        void *field = (char *)to + members[i].offset;
        if (!value) {
            if (members[i].needed) {
                fault(reader, ZHOL_ERROR_INVALID, members[i].name, "", "this member is needed");
            }
        } else if (members[i].kind == MEMBER_TEXT) {
            read_text(reader, &members[i], value, field);
        } else if (members[i].kind == MEMBER_BOOL) {
            if (!json_is_boolean(value)) {
                fault(reader, ZHOL_ERROR_SYNTAX, members[i].name, "", "true or false");
            }
            *(bool *)field = json_is_true(value);
        } else {
            read_number(reader, &members[i], value, field);
        }
    }
}

static void refuse_unknown(struct reader *reader, const json_t *object,
                           const struct member *members, size_t count, const char *const *parts,
                           size_t part_count)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)object, key, value)
    {
        bool known = false;
        for (size_t i = 0; i < count && !known; i++) {
            known = strcmp(key, members[i].name) == 0;
        }
        for (size_t i = 0; i < part_count && !known; i++) {
            known = strcmp(key, parts[i]) == 0;
        }
        if (!known) {
            fault(reader, ZHOL_ERROR_UNKNOWN, key, "", "a member that rules.h names");
        }
    }
}

/* One of several words; the first where absent and not needed. */
static uint32_t read_word(struct reader *reader, const json_t *object, const char *name,
                          const char *const *words, uint32_t count, bool needed)
{
    const json_t *value = json_object_get(object, name);
    const char *text = json_string_value(value);
    for (uint32_t i = 0; text && i < count; i++) {
        if (strcmp(text, words[i]) == 0) {
            return i;
        }
    }
    if (value || needed) {
        fault(reader, ZHOL_ERROR_UNKNOWN, name, text ? text : "", "a word that rules.h names");
    }
    return 0;
}

static uint32_t category_index(const struct queue_rules *rules, const char *id)
{
    for (uint32_t i = 0; i < rules->category_count; i++) {
        if (strcmp(rules->categories[i].id, id) == 0) {
            return i;
        }
    }
    return UINT32_MAX;
}

static void read_categories(struct reader *reader, const json_t *object, struct queue_rules *rules)
{
    const json_t *array = json_object_get(object, "categories");
    size_t count = json_array_size(array);
    if (!json_is_array(array) || count == 0 || count > RULES_CATEGORY_MAX) {
        fault(reader, ZHOL_ERROR_INVALID, "categories", "", "an array of 1 to 16 categories");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(array, i);
        struct queue_category_rule category = {.share_max = 100, .rank = (uint32_t)i};
        size_t before = enter(reader, "categories", i);
        read_members(reader, category_members, COUNT_OF(category_members), item, &category);
        refuse_unknown(reader, item, category_members, COUNT_OF(category_members), NULL, 0);
        if (category_index(rules, category.id) != UINT32_MAX) {
            fault(reader, ZHOL_ERROR_DUPLICATE, "id", category.id, "a category stands once");
        }
        leave(reader, before);
        rules->categories[rules->category_count++] = category;
        rules->round_weights[i] = 1;
    }
}

static void read_edit(struct reader *reader, const json_t *object, struct queue_rules *rules)
{
    const json_t *array = json_object_get(object, "edit");
    if (array && !json_is_array(array)) {
        fault(reader, ZHOL_ERROR_SYNTAX, "edit", "", "an array of words");
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *word = json_string_value(json_array_get(array, i));
        if (word && strcmp(word, "driver_add") == 0) {
            rules->edit_driver_add = true;
        } else if (word && strcmp(word, "driver") == 0) {
            rules->edit_driver = true;
        } else if (word && strcmp(word, "vehicle") == 0) {
            rules->edit_vehicle = true;
        } else if (word && strcmp(word, "slot") == 0) {
            rules->edit_slot = true;
        } else {
            fault(reader, ZHOL_ERROR_UNKNOWN, "edit", word ? word : "",
                  "driver_add, driver, vehicle or slot");
        }
    }
}

/* A weight may be whole or real; it is above 0, so that everybody has a chance. */
static void read_weight(struct reader *reader, const char *name, const json_t *value, double low,
                        double *to)
{
    double number = json_number_value(value);
    if (!json_is_number(value) || !(number >= low && number <= 1e6)) {
        fault(reader, ZHOL_ERROR_RANGE, name, "", "a number above 0 and at most 1,000,000");
    } else {
        *to = number;
    }
}

static void read_round(struct reader *reader, const json_t *object, struct queue_rules *rules)
{
    static const struct member members[] = {
        QUEUE("request_s", MEMBER_INT, round_request_s, 0, DAYS_100_S, false)};
    static const char *const parts[] = {"weights", "no_show_factor"};
    const json_t *round = json_object_get(object, "round");
    if (!round) {
        return;
    }
    if (!json_is_object(round)) {
        fault(reader, ZHOL_ERROR_SYNTAX, "round", "", "an object");
        return;
    }
    size_t before = enter(reader, "round", NO_INDEX);
    read_members(reader, members, 1, round, rules);
    refuse_unknown(reader, round, members, 1, parts, 2);
    const json_t *factor = json_object_get(round, "no_show_factor");
    if (factor) {
        read_weight(reader, "no_show_factor", factor, 1e-3, &rules->no_show_factor);
    }
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(json_object_get(round, "weights"), key, value)
    {
        uint32_t at = category_index(rules, key);
        if (at == UINT32_MAX) {
            fault(reader, ZHOL_ERROR_UNKNOWN, "weights", key, "a category of the queue");
        } else {
            read_weight(reader, "weights", value, 1e-3, &rules->round_weights[at]);
        }
    }
    leave(reader, before);
}

static void read_retention(struct reader *reader, const json_t *object, struct queue_rules *rules)
{
    static const struct member members[] = {
        QUEUE("driver", MEMBER_INT, retention_driver_days, 0, 36600, false),
        QUEUE("vehicle", MEMBER_INT, retention_vehicle_days, 0, 36600, false)};
    const json_t *days = json_object_get(object, "retention_days");
    if (!days) {
        return;
    }
    if (!json_is_object(days)) {
        fault(reader, ZHOL_ERROR_SYNTAX, "retention_days", "", "an object");
        return;
    }
    size_t before = enter(reader, "retention_days", NO_INDEX);
    read_members(reader, members, 2, days, rules);
    refuse_unknown(reader, days, members, 2, NULL, 0);
    leave(reader, before);
}

static bool one_of(const char *word, const char *a, const char *b, const char *c)
{
    return strcmp(word, a) == 0 || strcmp(word, b) == 0 || (c && strcmp(word, c) == 0);
}

static void check_fee(struct reader *reader, const struct queue_rules *rules,
                      const struct queue_fee *fee)
{
    if (*fee->category && category_index(rules, fee->category) == UINT32_MAX) {
        fault(reader, ZHOL_ERROR_UNKNOWN, "category", fee->category, "a category of the queue");
    }
    if (!one_of(fee->what, "fee", "deposit", NULL)) {
        fault(reader, ZHOL_ERROR_UNKNOWN, "what", fee->what, "fee or deposit");
    }
    if (!one_of(fee->when, "book", "postpone", "rebook")) {
        fault(reader, ZHOL_ERROR_UNKNOWN, "when", fee->when, "book, postpone or rebook");
    }
    if (!one_of(fee->refund, "arrive", "never", NULL)) {
        fault(reader, ZHOL_ERROR_UNKNOWN, "refund", fee->refund, "arrive or never");
    }
    if (strcmp(fee->what, "deposit") != 0) {
        return;
    }
    if (strcmp(fee->when, "book") != 0) {
        fault(reader, ZHOL_ERROR_INVALID, "when", fee->when, "a deposit is taken at booking");
    }
    for (uint32_t i = 0; i < rules->fee_count; i++) {
        const struct queue_fee *other = &rules->fees[i];
        if (strcmp(other->what, "deposit") == 0 &&
            (!*other->category || !*fee->category || strcmp(other->category, fee->category) == 0)) {
            fault(reader, ZHOL_ERROR_DUPLICATE, "what", fee->category,
                  "one deposit for a category");
        }
    }
}

static void read_fees(struct reader *reader, const json_t *object, struct queue_rules *rules)
{
    const json_t *array = json_object_get(object, "fees");
    if (array && (!json_is_array(array) || json_array_size(array) > RULES_FEE_MAX)) {
        fault(reader, ZHOL_ERROR_INVALID, "fees", "", "an array of at most 64 fees");
        return;
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *item = json_array_get(array, i);
        struct queue_fee fee = {.refund = "never"};
        size_t before = enter(reader, "fees", i);
        read_members(reader, fee_members, COUNT_OF(fee_members), item, &fee);
        refuse_unknown(reader, item, fee_members, COUNT_OF(fee_members), NULL, 0);
        check_fee(reader, rules, &fee);
        leave(reader, before);
        rules->fees[rules->fee_count++] = fee;
    }
}

static void defaults(struct queue_rules *rules)
{
    *rules = (struct queue_rules){.late = "block", .no_show_factor = 1};
    for (size_t i = 0; i < COUNT_OF(queue_members); i++) {
        if (queue_members[i].kind == MEMBER_INT) {
            *(int64_t *)((char *)rules + queue_members[i].offset) = -1;
        }
    }
    rules->swap_postpones = 0;
    rules->round_request_s = -1;
    rules->retention_driver_days = -1;
    rules->retention_vehicle_days = -1;
}

static void read_queue(struct reader *reader, const json_t *object, struct queue_rules *rules)
{
    static const char *const releases[] = {"first_come", "round", "live"};
    static const char *const scopes[] = {"all", "direction"};
    static const char *const disciplines[] = {"quota", "cycle"};
    defaults(rules);
    read_members(reader, queue_members, COUNT_OF(queue_members), object, rules);
    refuse_unknown(reader, object, queue_members, COUNT_OF(queue_members), queue_parts,
                   COUNT_OF(queue_parts));
    rules->release = (enum release)read_word(reader, object, "release", releases, 3, true);
    rules->claim_per_direction = read_word(reader, object, "claim_scope", scopes, 2, false) == 1;
    rules->cycle = read_word(reader, object, "discipline", disciplines, 2, true) == 1;
    if (!one_of(rules->late, "block", "requeue", "forfeit")) {
        fault(reader, ZHOL_ERROR_UNKNOWN, "late", rules->late, "block, requeue or forfeit");
    }
    if (rules->call_absent && rules->release != RELEASE_live) {
        fault(reader, ZHOL_ERROR_INVALID, "call_absent", "true", "only a live queue may call so");
    }
    read_categories(reader, object, rules);
    read_edit(reader, object, rules);
    read_round(reader, object, rules);
    read_retention(reader, object, rules);
    read_fees(reader, object, rules);
}

enum zhol_error rules_read(struct text_view json, struct queue_rules rules[RULES_QUEUE_MAX],
                           uint32_t *count, struct zhol_report *report)
{
    struct reader reader = {.report = report};
    json_error_t where;
    *count = 0;
    json_t *top =
        json_loadb(json.bytes ? json.bytes : "", json.size, JSON_REJECT_DUPLICATES, &where);
    const json_t *queues = json_object_get(top, "queues");
    size_t size = json_array_size(queues);
    if (!top) {
        fault(&reader, ZHOL_ERROR_SYNTAX, "", where.text, "one JSON object");
    } else if (size == 0 || size > RULES_QUEUE_MAX || json_object_size(top) != 1) {
        fault(&reader, ZHOL_ERROR_INVALID, "queues", "", "only \"queues\", an array of 1 to 4");
        size = 0;
    }
    for (size_t i = 0; i < size; i++) {
        size_t before = enter(&reader, "queues", i);
        read_queue(&reader, json_array_get(queues, i), &rules[i]);
        for (size_t j = 0; j < i; j++) {
            if (strcmp(rules[j].id, rules[i].id) == 0) {
                fault(&reader, ZHOL_ERROR_DUPLICATE, "id", rules[i].id, "a queue stands once");
            }
        }
        leave(&reader, before);
        *count = (uint32_t)(i + 1);
    }
    json_decref(top);
    return reader.error;
}
