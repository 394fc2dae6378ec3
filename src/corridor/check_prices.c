/* check_prices.c: tariffs, exchange rates, emission factors and rules: scopes that can be met, and
 * no two rows that say the same thing of the same day. */
#include "corridor/codes.h"
#include "corridor/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/sort.h"

/* ---- scopes: columns that say to what a row applies ---- */

enum { SCOPE_COLUMNS_MAX = 16, SCOPE_BYTES_MAX = 8 * SCOPE_COLUMNS_MAX };

struct scope_rule {
    enum zhol_table table;
    const char *key; /* column to which the finding points */
    const char *columns[SCOPE_COLUMNS_MAX];
};

static const struct scope_rule scope_rules[] = {
    {ZHOL_TABLE_tariff,
     "tariff_id",
     {"scope", "cost_kind", "class", "commodity_id", "mode", "gauge_mm", "country", "link_id",
      "service_id", "from_node_id", "to_node_id", "node_id", "process_kind", "process_id", "unit"}},
    {ZHOL_TABLE_emission,
     "emission_id",
     {"scope", "mode", "gauge_mm", "country", "traction", "process_kind", "link_id", "basis"}},
    {ZHOL_TABLE_rule,
     "rule_id",
     {"kind", "country", "node_id", "link_id", "process_id", "mode", "class", "commodity_id",
      "direction", "from_country", "to_country"}}};

/* Rules of which two with one scope contradict each other; documents may well be several. */
static bool is_exclusive(const struct check *check, enum zhol_table table, uint32_t row)
{
    uint32_t count;
    const struct zhol_rule *rules = zhol_corridor_rule(check->corridor, &count);
    return table != ZHOL_TABLE_rule || rules[row].kind == zhol_rule_kind_BAN ||
           rules[row].kind == zhol_rule_kind_QUOTA || rules[row].kind == zhol_rule_kind_DEPOSIT;
}

/* The cells of a row's scope, one behind another; equal bytes are equal scopes. */
static size_t scope_bytes(const struct check *check, const struct scope_rule *rule, uint32_t row,
                          unsigned char bytes[SCOPE_BYTES_MAX])
{
    const struct schema_table *schema = schema_table(rule->table);
    size_t size = 0;
    for (int i = 0; i < SCOPE_COLUMNS_MAX && rule->columns[i]; i++) {
        const struct schema_field *field = &schema->fields[schema_find(schema, rule->columns[i])];
        size_t cell = schema_cell_size(field->kind);
        memcpy(bytes + size,
               data_row(&check->corridor->tables[rule->table], schema, row) + field->offset, cell);
        size += cell;
    }
    return size;
}

static void report_same_scope(struct check *check, const struct scope_rule *rule, uint32_t a,
                              uint32_t b)
{
    const char *file;
    uint32_t line;
    uint32_t key = data_u32(check->corridor, rule->table, a, 0);
    data_origin(check->corridor, rule->table, a, SCHEMA_NO_FIELD, &file, &line);
    check_add(check, ZHOL_WARNING, ZHOL_ERROR_CONFLICT, rule->table, b, rule->key,
              "a scope of its own: %s (%s:%u) has the same scope on some day, and which of the "
              "two holds is left to chance",
              check_id(check, rule->table, key), file, (unsigned)line);
}

/* The rows of a table, to be ordered by scope and then by first day. */
struct scope_order {
    const struct check *check;
    const struct scope_rule *rule;
    const uint64_t *hashes;
    int from, to;
};

static int32_t scope_day(const struct scope_order *order, uint32_t row, int column)
{
    return (int32_t)data_u32(order->check->corridor, order->rule->table, row, column);
}

static int compare_scope_rows(const void *context, uint32_t a, uint32_t b)
{
    const struct scope_order *order = context;
    if (order->hashes[a] != order->hashes[b]) {
        return order->hashes[a] < order->hashes[b] ? -1 : 1;
    }
    int32_t from_a = scope_day(order, a, order->from), from_b = scope_day(order, b, order->from);
    return (from_a > from_b) - (from_a < from_b);
}

static bool same_scope(const struct scope_order *order, uint32_t a, uint32_t b)
{
    unsigned char left[SCOPE_BYTES_MAX], right[SCOPE_BYTES_MAX];
    size_t size = scope_bytes(order->check, order->rule, a, left);
    scope_bytes(order->check, order->rule, b, right);
    return order->hashes[a] == order->hashes[b] && memcmp(left, right, size) == 0;
}

/* Of rows with one scope, in order of their first days, each is held against the one before it that
 * ends last. */
static void compare_scopes(struct check *check, const struct scope_order *order,
                           const uint32_t *rows, uint32_t count)
{
    uint32_t last = ZHOL_NONE;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = rows[i];
        int32_t from = scope_day(order, row, order->from), to = scope_day(order, row, order->to);
        if (!is_exclusive(check, order->rule->table, row)) {
            continue;
        }
        bool together = last != ZHOL_NONE && same_scope(order, last, row);
        int32_t end = together ? scope_day(order, last, order->to) : 0;
        bool other = together && data_u32(check->corridor, order->rule->table, last, 0) !=
                                     data_u32(check->corridor, order->rule->table, row, 0);
        if (other && (end == ZHOL_BLANK_DATE || from < end)) {
            report_same_scope(check, order->rule, last < row ? last : row, last < row ? row : last);
        }
        if (!together || to == ZHOL_BLANK_DATE || (end != ZHOL_BLANK_DATE && to > end)) {
            last = row;
        }
    }
}

static enum zhol_error check_scopes(struct check *check, const struct scope_rule *rule)
{
    uint32_t count = check->corridor->tables[rule->table].count;
    uint32_t *rows = malloc(((size_t)count + 1) * sizeof *rows);
    uint64_t *hashes = malloc(((size_t)count + 1) * sizeof *hashes);
    unsigned char bytes[SCOPE_BYTES_MAX];
    struct scope_order order = {check, rule, hashes,
                                schema_find(schema_table(rule->table), "valid_from"),
                                schema_find(schema_table(rule->table), "valid_to")};
    enum zhol_error error = rows && hashes ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        sort_index_fill(rows, count);
        for (uint32_t row = 0; row < count; row++) {
            hashes[row] = map_hash(bytes, scope_bytes(check, rule, row, bytes), 0);
        }
        error = sort_index(rows, count, compare_scope_rows, &order);
    }
    if (!error) {
        compare_scopes(check, &order, rows, count);
    }
    free(rows);
    free(hashes);
    return error;
}

/* ---- tariffs ---- */

static void need_cell(struct check *check, uint32_t row, bool given, const char *column,
                      const char *scope)
{
    if (!given) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_tariff, row, column,
                  "is blank; a tariff of scope %s needs it", scope);
    }
}

static bool is_stop(const struct check *check, uint32_t service, uint32_t node, int32_t *seq)
{
    uint32_t count, total;
    const struct zhol_service_stop *stops = zhol_corridor_service_stop(check->corridor, &total);
    const uint32_t *rows =
        zhol_corridor_rows_of(check->corridor, ZHOL_TABLE_service_stop, service, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (stops[rows[i]].node_id == node && stops[rows[i]].kind == zhol_stop_kind_STOP) {
            *seq = stops[rows[i]].seq;
            return true;
        }
    }
    return false;
}

static void check_through(struct check *check, const struct zhol_tariff *tariff, uint32_t row)
{
    int32_t from = 0, to = 0;
    need_cell(check, row, tariff->service_id != ZHOL_NONE, "service_id", "through");
    need_cell(check, row, tariff->from_node_id != ZHOL_NONE, "from_node_id", "through");
    need_cell(check, row, tariff->to_node_id != ZHOL_NONE, "to_node_id", "through");
    if (tariff->service_id == ZHOL_NONE || tariff->from_node_id == ZHOL_NONE ||
        tariff->to_node_id == ZHOL_NONE) {
        return;
    }
    const char *service = check_id(check, ZHOL_TABLE_service, tariff->service_id);
    bool boards = is_stop(check, tariff->service_id, tariff->from_node_id, &from);
    bool leaves = is_stop(check, tariff->service_id, tariff->to_node_id, &to);
    if (!boards) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_tariff, row, "from_node_id",
                  "a place at which %s stops", service);
    }
    if (!leaves) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_tariff, row, "to_node_id",
                  "a place at which %s stops", service);
    } else if (boards && from >= to) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_tariff, row, "to_node_id",
                  "a stop of %s behind from_node_id", service);
    }
}

static void check_tariff_scope(struct check *check, const struct zhol_tariff *tariff, uint32_t row)
{
    switch (tariff->scope) {
    case zhol_tariff_scope_PER_KM:
        need_cell(check, row, tariff->mode || tariff->link_id != ZHOL_NONE, "mode", "per_km");
        break;
    case zhol_tariff_scope_LINK:
        need_cell(check, row, tariff->link_id != ZHOL_NONE, "link_id", "link");
        break;
    case zhol_tariff_scope_THROUGH:
        check_through(check, tariff, row);
        break;
    case zhol_tariff_scope_PROCESS:
        need_cell(check, row, tariff->process_id != ZHOL_NONE || tariff->process_kind, "process_id",
                  "process");
        break;
    case zhol_tariff_scope_STORAGE:
        need_cell(check, row,
                  tariff->node_id != ZHOL_NONE || tariff->country ||
                      tariff->process_id != ZHOL_NONE,
                  "node_id", "storage");
        break;
    default:
        break;
    }
    if (tariff->scope != zhol_tariff_scope_STORAGE && tariff->free_days >= 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_tariff, row, "free_days",
                  "a blank cell: only storage has free days");
    }
}

/* A price that no rate turns into dollars is as good as unknown. */
static void check_currency(struct check *check, const struct zhol_tariff *tariff, uint32_t row)
{
    uint32_t count;
    const struct zhol_fx *rates = zhol_corridor_fx(check->corridor, &count);
    if (!tariff->currency || strcmp(check_text(check, tariff->currency), "USD") == 0) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (rates[i].currency == tariff->currency &&
            check_overlap(tariff->valid_from, tariff->valid_to, rates[i].valid_from,
                          rates[i].valid_to)) {
            return;
        }
    }
    check_add(check, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN, ZHOL_TABLE_tariff, row, "currency",
              "USD, or a currency with a rate in fx.csv in the time of the tariff");
}

static void check_tariffs(struct check *check)
{
    uint32_t count, process_count;
    const struct zhol_tariff *rows = zhol_corridor_tariff(check->corridor, &count);
    const struct zhol_process *processes = zhol_corridor_process(check->corridor, &process_count);
    for (uint32_t row = 0; row < count; row++) {
        uint32_t process = check_row(check, ZHOL_TABLE_process, rows[row].process_id);
        check_tariff_scope(check, &rows[row], row);
        check_currency(check, &rows[row], row);
        if (process != ZHOL_NONE && rows[row].node_id != ZHOL_NONE &&
            processes[process].node_id != rows[row].node_id) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_tariff, row, "node_id",
                      "the place of the process, %s",
                      check_id(check, ZHOL_TABLE_node, processes[process].node_id));
        }
        if (rows[row].value < 0 && rows[row].cost_kind != zhol_cost_kind_SUBSIDY) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_RANGE, ZHOL_TABLE_tariff, row, "value",
                      "a price of 0 or more: only a subsidy is negative");
        }
    }
}

/* ---- emission factors and rules ---- */

static void check_emissions(struct check *check)
{
    uint32_t count;
    const struct zhol_emission *rows = zhol_corridor_emission(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        if (rows[row].basis == zhol_emission_basis_TTW) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_emission, row, "basis",
                      "wtw: a direct factor (ttw) enters no network; convert it");
        }
        if (rows[row].scope == zhol_emission_scope_PER_TKM && !rows[row].mode &&
            rows[row].link_id == ZHOL_NONE) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_emission, row, "mode",
                      "is blank; a factor per tonne-km needs a mode or a link");
        }
        if (rows[row].scope == zhol_emission_scope_PER_T && rows[row].traction) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_emission, row, "traction",
                      "a blank cell: a factor per tonne is for processes");
        }
    }
}

static void check_exempt(struct check *check, const struct zhol_rule *rule, uint32_t row)
{
    struct text_view rest = text_view_of(check_text(check, rule->exempt));
    while (rest.size) {
        char id[128];
        struct text_view item = text_cut(&rest, ';');
        if (item.size >= sizeof id) {
            item.size = sizeof id - 1;
        }
        memcpy(id, item.bytes, item.size);
        id[item.size] = '\0';
        bool country = rule->kind != zhol_rule_kind_BAN && codes_country(item);
        if (!country && !zhol_cargo_class_from(id) &&
            zhol_corridor_find(check->corridor, ZHOL_TABLE_commodity, id) == ZHOL_NONE) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN, ZHOL_TABLE_rule, row, "exempt",
                      "commodity_ids or classes of cargo separated by ';'%s: '%s' is none",
                      rule->kind == zhol_rule_kind_BAN ? "" : ", or countries", id);
        }
    }
}

static void check_rules(struct check *check)
{
    uint32_t count;
    const struct zhol_rule *rows = zhol_corridor_rule(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        const struct zhol_rule *rule = &rows[row];
        bool placed = rule->country || rule->node_id != ZHOL_NONE || rule->link_id != ZHOL_NONE ||
                      rule->process_id != ZHOL_NONE || rule->from_country || rule->to_country;
        check_exempt(check, rule, row);
        if (rule->kind == zhol_rule_kind_BAN && !placed) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_rule, row, "kind",
                      "a ban with a country, place, link or process where it holds");
        }
        bool along =
            rule->direction == zhol_direction_FORWARD || rule->direction == zhol_direction_BACKWARD;
        if (along && rule->link_id == ZHOL_NONE) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_rule, row, "direction",
                      "in or out of the country; forward and backward are for links");
        }
    }
}

enum zhol_error check_prices(struct check *check)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    check_tariffs(check);
    check_emissions(check);
    check_rules(check);
    for (size_t i = 0; i < sizeof scope_rules / sizeof *scope_rules && !error; i++) {
        error = check_scopes(check, &scope_rules[i]);
    }
    return error;
}
