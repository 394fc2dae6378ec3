/* commitments.c: judges promises by their evidence. See commitments.h for the rules. */
#include "desk/commitments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/time.h"

#define BEHIND_BY     0.1 /* of the promised change: less is noise of a single year */
#define BEGUN_BY_DAYS 731 /* a project not begun two years before its day is behind */

/* What one promise is judged by. */
struct judge {
    const struct zhol_corridor *corridor;
    const struct zhol_commitment *promise;
    struct commitments *out;
    struct commitment_view *view;
    enum zhol_error error;
};

static const char *const state_texts[COMMITMENT_STATE_COUNT] = {
    [COMMITMENT_MET] = "met",         [COMMITMENT_OPEN] = "open",
    [COMMITMENT_BEHIND] = "behind",   [COMMITMENT_MISSED] = "missed",
    [COMMITMENT_UNKNOWN] = "unknown",
};

const char *commitment_state_text(enum commitment_state state)
{
    return (unsigned)state < COMMITMENT_STATE_COUNT ? state_texts[state] : "";
}

static const char *text_of(const struct judge *judge, zhol_cell_text text)
{
    return zhol_corridor_text(judge->corridor, text);
}

static bool same(const struct judge *judge, zhol_cell_text a, zhol_cell_text b)
{
    return a == b || strcmp(text_of(judge, a), text_of(judge, b)) == 0;
}

static bool is_rate(const char *unit)
{
    return strchr(unit, '/') != NULL;
}

/* ---- Gathering evidence ---- */

/* The day from which a figure is known: the end of its period, or for a rate its first day. */
static int32_t known_from(const struct judge *judge, const struct commitment_evidence *evidence)
{
    bool rate = is_rate(text_of(judge, judge->promise->unit));
    int32_t day = rate || evidence->to == ZHOL_BLANK_DATE ? evidence->from : evidence->to;
    return day == ZHOL_BLANK_DATE ? evidence->to : day;
}

/* More than half of the period lies after the promise was made. */
static bool is_after_promise(const struct judge *judge, const struct commitment_evidence *evidence)
{
    int32_t made = judge->view->made;
    if (made == ZHOL_BLANK_DATE) {
        return true;
    }
    if (evidence->to == ZHOL_BLANK_DATE) {
        /* A capacity holds until it is changed: it is as good a proof as one of today. */
        return true;
    }
    int64_t middle = evidence->from == ZHOL_BLANK_DATE
                         ? (int64_t)evidence->to
                         : ((int64_t)evidence->from + evidence->to) / 2;
    return middle >= made;
}

/* The promise is kept by this figure, a range only as a whole. */
static bool is_kept_by(const struct zhol_commitment *promise, double low, double high)
{
    if (promise->comparator == zhol_comparator_AT_MOST) {
        double most = isnan(promise->value_high) ? promise->value : promise->value_high;
        return high <= most;
    }
    return low >= promise->value;
}

static void add(struct judge *judge, struct commitment_evidence evidence)
{
    struct commitments *out = judge->out;
    int32_t from = known_from(judge, &evidence);
    if (judge->error || (from != ZHOL_BLANK_DATE && from > out->known)) {
        return;
    }
    evidence.counts = evidence.counts && is_after_promise(judge, &evidence);
    evidence.keeps = evidence.counts && !isnan(evidence.value) &&
                     is_kept_by(judge->promise, evidence.low, evidence.high);
    judge->error = ARRAY_RESERVE(out->evidence, out->evidence_capacity, out->evidence_count + 1);
    if (!judge->error) {
        out->evidence[out->evidence_count++] = evidence;
        judge->view->evidence_count++;
    }
}

/* The figures of one row; what its qualifier leaves open becomes an open end. */
static void put_value(struct commitment_evidence *evidence, unsigned qualifier, double value,
                      double low, double high)
{
    evidence->value = qualifier == zhol_qualifier_GAP ? NAN : value;
    evidence->low = isnan(low) ? value : low;
    evidence->high = isnan(high) ? value : high;
    if (qualifier == zhol_qualifier_GT) {
        evidence->high = INFINITY;
    } else if (qualifier == zhol_qualifier_LT) {
        evidence->low = -INFINITY;
    }
}

static void gather_series(struct judge *judge)
{
    uint32_t count;
    const struct zhol_series *rows = zhol_corridor_series(judge->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_series *row = &rows[i];
        if (same(judge, row->measure, judge->promise->measure) &&
            same(judge, row->scope, judge->promise->scope)) {
            struct commitment_evidence evidence = {.table = ZHOL_TABLE_series,
                                                   .row = i,
                                                   .from = row->period_start,
                                                   .to = row->period_end};
            evidence.counts = same(judge, row->unit, judge->promise->unit);
            put_value(&evidence, row->qualifier, row->value, row->low, row->high);
            add(judge, evidence);
        }
    }
}

static void gather_observations(struct judge *judge)
{
    uint32_t count;
    const struct zhol_observation *rows = zhol_corridor_observation(judge->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_observation *row = &rows[i];
        if (same(judge, row->measure, judge->promise->measure) &&
            same(judge, row->scope, judge->promise->scope)) {
            struct commitment_evidence evidence = {.table = ZHOL_TABLE_observation,
                                                   .row = i,
                                                   .from = row->period_start,
                                                   .to = row->period_end};
            evidence.counts =
                row->role != zhol_role_CLAIM && same(judge, row->unit, judge->promise->unit);
            put_value(&evidence, row->qualifier, row->value, row->low, row->high);
            add(judge, evidence);
        }
    }
}

/* "TEU/yr" is what a resource calls teu per year. */
static bool is_unit_of(const char *unit, const struct zhol_resource *row)
{
    char other[64];
    struct text_view rest = text_view_of(unit), counted = text_cut(&rest, '/');
    const char *per = text_equal_string(rest, "yr") ? "year" : NULL;
    size_t size = rest.size < sizeof other - 1 ? rest.size : sizeof other - 1;
    memcpy(other, rest.bytes ? rest.bytes : "", size);
    other[size] = '\0';
    return text_equal_fold(counted, text_view_of(zhol_capacity_unit_text(row->unit))) &&
           strcmp(per ? per : other, zhol_per_text(row->per)) == 0;
}

/* The capacity itself, where a capacity was promised in its own unit. */
static void gather_capacity(struct judge *judge)
{
    uint32_t begin, end;
    const struct zhol_resource *rows = zhol_corridor_resource(judge->corridor, &begin);
    const char *unit = text_of(judge, judge->promise->unit);
    if (judge->promise->resource_id == ZHOL_NONE ||
        !strstr(text_of(judge, judge->promise->measure), "capacity")) {
        return;
    }
    zhol_corridor_rows(judge->corridor, ZHOL_TABLE_resource, judge->promise->resource_id, &begin,
                       &end);
    for (uint32_t i = begin; i < end; i++) {
        if (is_unit_of(unit, &rows[i])) {
            struct commitment_evidence evidence = {.table = ZHOL_TABLE_resource,
                                                   .row = i,
                                                   .from = rows[i].valid_from,
                                                   .to = rows[i].valid_to,
                                                   .counts = true};
            put_value(&evidence, zhol_qualifier_EQ, rows[i].value, NAN, NAN);
            add(judge, evidence);
        }
    }
}

/* States of the project, and of the instrument of a promise without one. */
static void gather_states(struct judge *judge)
{
    const struct zhol_commitment *promise = judge->promise;
    uint32_t count;
    const struct zhol_project_status *states =
        zhol_corridor_project_status(judge->corridor, &count);
    const struct zhol_instrument *instruments = zhol_corridor_instrument(judge->corridor, &count);
    if (promise->project_id != ZHOL_NONE) {
        const uint32_t *rows = zhol_corridor_rows_of(judge->corridor, ZHOL_TABLE_project_status,
                                                     promise->project_id, &count);
        for (uint32_t i = 0; i < count; i++) {
            add(judge, (struct commitment_evidence){.table = ZHOL_TABLE_project_status,
                                                    .row = rows[i],
                                                    .from = states[rows[i]].date,
                                                    .to = ZHOL_BLANK_DATE,
                                                    .value = NAN});
        }
    } else if (promise->instrument_id != ZHOL_NONE) {
        uint32_t begin, end;
        zhol_corridor_rows(judge->corridor, ZHOL_TABLE_instrument, promise->instrument_id, &begin,
                           &end);
        if (instruments[begin].in_force != ZHOL_BLANK_DATE) {
            add(judge, (struct commitment_evidence){.table = ZHOL_TABLE_instrument,
                                                    .row = begin,
                                                    .from = instruments[begin].in_force,
                                                    .to = instruments[begin].ended,
                                                    .value = NAN});
        }
    }
}

static int compare_evidence(const void *left, const void *right)
{
    const struct commitment_evidence *a = left, *b = right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    if (a->to != b->to) {
        return a->to < b->to ? -1 : 1;
    }
    if (a->table != b->table) {
        /* series before observations: a series is the longer record */
        return a->table == ZHOL_TABLE_series                          ? -1
               : b->table == ZHOL_TABLE_series || a->table > b->table ? 1
                                                                      : -1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

static void order_evidence(struct judge *judge)
{
    if (!judge->view->evidence_count) {
        return;
    }
    struct commitment_evidence *all = judge->out->evidence + judge->view->first_evidence;
    qsort(all, judge->view->evidence_count, sizeof *all, compare_evidence);
    for (uint32_t i = 1; i < judge->view->evidence_count; i++) {
        all[i].repeats = all[i].from == all[i - 1].from && all[i].to == all[i - 1].to &&
                         all[i].value == all[i - 1].value;
    }
}

/* ---- Judging ---- */

/* The first event that names the instrument, or ZHOL_BLANK_DATE. */
static int32_t first_event(const struct judge *judge, uint32_t instrument)
{
    uint32_t count;
    const struct zhol_event *events = zhol_corridor_event(judge->corridor, &count);
    int32_t first = ZHOL_BLANK_DATE;
    for (uint32_t i = 0; i < count; i++) {
        if (events[i].instrument_id == instrument && events[i].date != ZHOL_BLANK_DATE &&
            (first == ZHOL_BLANK_DATE || events[i].date < first)) {
            first = events[i].date;
        }
    }
    return first;
}

/* The first state of the project, or ZHOL_BLANK_DATE. */
static int32_t first_status(const struct judge *judge, uint32_t project)
{
    uint32_t count;
    const struct zhol_project_status *states =
        zhol_corridor_project_status(judge->corridor, &count);
    if (project == ZHOL_NONE) {
        return ZHOL_BLANK_DATE;
    }
    const uint32_t *rows =
        zhol_corridor_rows_of(judge->corridor, ZHOL_TABLE_project_status, project, &count);
    return count ? states[rows[0]].date : ZHOL_BLANK_DATE;
}

static int32_t earlier(int32_t a, int32_t b)
{
    return a == ZHOL_BLANK_DATE || (b != ZHOL_BLANK_DATE && b < a) ? b : a;
}

static int32_t day_made(const struct judge *judge)
{
    uint32_t count, instrument = judge->promise->instrument_id;
    const struct zhol_instrument *instruments = zhol_corridor_instrument(judge->corridor, &count);
    const struct zhol_source *sources = zhol_corridor_source(judge->corridor, &count);
    int32_t made = ZHOL_BLANK_DATE;
    if (instrument != ZHOL_NONE) {
        uint32_t begin, end;
        zhol_corridor_rows(judge->corridor, ZHOL_TABLE_instrument, instrument, &begin, &end);
        made = instruments[begin].signed_on;
        made = made == ZHOL_BLANK_DATE ? instruments[begin].in_force : made;
        made = made == ZHOL_BLANK_DATE ? first_event(judge, instrument) : made;
    }
    return made == ZHOL_BLANK_DATE ? earlier(sources[judge->promise->source_id].date,
                                             first_status(judge, judge->promise->project_id))
                                   : made;
}

static void settle(struct judge *judge, enum commitment_state state, int32_t since)
{
    judge->view->state = state;
    judge->view->since = since;
    judge->view->late = state == COMMITMENT_MET && judge->promise->due != ZHOL_BLANK_DATE &&
                        since != ZHOL_BLANK_DATE && since > judge->promise->due + 1;
}

/* The state of the project or instrument on the known day; *since is its day. */
static unsigned status_known(const struct judge *judge, int32_t *since)
{
    uint32_t count;
    const struct zhol_project_status *states =
        zhol_corridor_project_status(judge->corridor, &count);
    const struct commitment_evidence *all = judge->out->evidence + judge->view->first_evidence;
    unsigned status = zhol_status_BLANK;
    *since = ZHOL_BLANK_DATE;
    for (uint32_t i = 0; i < judge->view->evidence_count; i++) {
        if (all[i].table == ZHOL_TABLE_project_status) {
            unsigned next = states[all[i].row].status;
            *since = next == status && status == zhol_status_OPERATING ? *since : all[i].from;
            status = next;
        } else if (all[i].table == ZHOL_TABLE_instrument) {
            bool ended = all[i].to != ZHOL_BLANK_DATE && all[i].to <= judge->out->known;
            status = ended ? zhol_status_CLOSED : zhol_status_OPERATING;
            *since = ended ? all[i].to : all[i].from;
        }
    }
    return status;
}

static void judge_opening(struct judge *judge)
{
    int32_t due = judge->promise->due, since;
    unsigned status = status_known(judge, &since);
    bool due_passed = due != ZHOL_BLANK_DATE && due <= judge->out->day;
    if (status == zhol_status_OPERATING) {
        settle(judge, COMMITMENT_MET, since);
    } else if (due_passed && since != ZHOL_BLANK_DATE && since > due) {
        settle(judge, COMMITMENT_MISSED, due);
    } else if (due_passed) {
        int32_t last =
            judge->out->known < due || since == ZHOL_BLANK_DATE ? judge->out->known : since;
        settle(judge, COMMITMENT_UNKNOWN, last);
    } else if (due != ZHOL_BLANK_DATE && due - judge->out->known < BEGUN_BY_DAYS &&
               status != zhol_status_BUILDING && status != zhol_status_BLANK) {
        settle(judge, COMMITMENT_BEHIND, ZHOL_BLANK_DATE);
    } else {
        settle(judge, COMMITMENT_OPEN, ZHOL_BLANK_DATE);
    }
}

/* How far the last figure is on the way from the baseline, and how far time is. */
static void measure_progress(struct judge *judge)
{
    const struct zhol_commitment *promise = judge->promise;
    struct commitment_view *view = judge->view;
    const struct commitment_evidence *all = judge->out->evidence + view->first_evidence;
    int32_t start = ZHOL_BLANK_DATE;
    double span = promise->value - promise->baseline;
    bool most = promise->comparator == zhol_comparator_AT_MOST;
    if (view->latest == ZHOL_NONE || isnan(span) || (most ? span >= 0 : span <= 0)) {
        return; /* nothing was left to do when it was promised, or nobody knows how much */
    }
    const struct commitment_evidence *last = &judge->out->evidence[view->latest];
    view->progress = (last->value - promise->baseline) / span;
    for (uint32_t i = 0; start == ZHOL_BLANK_DATE && i < view->evidence_count; i++) {
        start = all[i].value == promise->baseline ? all[i].to : start;
    }
    start = start == ZHOL_BLANK_DATE ? view->made : start;
    if (start != ZHOL_BLANK_DATE && promise->due != ZHOL_BLANK_DATE && promise->due > start &&
        last->to != ZHOL_BLANK_DATE) {
        int32_t until = last->to < judge->out->known ? last->to : judge->out->known;
        view->expected = fmax(0, (double)(until - start) / (double)(promise->due - start));
    }
}

static void judge_figure(struct judge *judge)
{
    struct commitment_view *view = judge->view;
    int32_t due = judge->promise->due, kept = ZHOL_BLANK_DATE, last = ZHOL_BLANK_DATE;
    bool due_passed = due != ZHOL_BLANK_DATE && due <= judge->out->day;
    bool fell_short = false;
    for (uint32_t i = 0; i < view->evidence_count; i++) {
        uint32_t at = view->first_evidence + i;
        const struct commitment_evidence *one = &judge->out->evidence[at];
        int32_t day = known_from(judge, one);
        if (isnan(one->value)) {
            continue;
        }
        last = one->to != ZHOL_BLANK_DATE && one->to < judge->out->known ? one->to : day;
        view->latest = one->counts && kept == ZHOL_BLANK_DATE ? at : view->latest;
        kept = one->keeps && kept == ZHOL_BLANK_DATE ? day : kept;
        fell_short = fell_short || (one->counts && !one->keeps && due_passed &&
                                    (one->to == ZHOL_BLANK_DATE || one->to > due));
    }
    measure_progress(judge);
    if (kept != ZHOL_BLANK_DATE) {
        settle(judge, COMMITMENT_MET, kept);
    } else if (fell_short && due <= judge->out->known) {
        settle(judge, COMMITMENT_MISSED, due);
    } else if (due_passed) {
        bool nothing = last == ZHOL_BLANK_DATE;
        int32_t since = judge->out->known < due ? judge->out->known : nothing ? due : last;
        settle(judge, COMMITMENT_UNKNOWN, since);
    } else if (!is_rate(text_of(judge, judge->promise->unit)) &&
               view->progress < view->expected - BEHIND_BY) {
        settle(judge, COMMITMENT_BEHIND, ZHOL_BLANK_DATE);
    } else {
        settle(judge, COMMITMENT_OPEN, ZHOL_BLANK_DATE);
    }
}

static enum zhol_error judge_one(const struct zhol_corridor *corridor, uint32_t row,
                                 struct commitments *out)
{
    uint32_t count;
    const struct zhol_commitment *promise = &zhol_corridor_commitment(corridor, &count)[row];
    enum zhol_error error = ARRAY_RESERVE(out->views, out->view_capacity, out->count + 1);
    if (error) {
        return error;
    }
    struct commitment_view *view = &out->views[out->count];
    *view = (struct commitment_view){.row = row,
                                     .since = ZHOL_BLANK_DATE,
                                     .latest = ZHOL_NONE,
                                     .progress = NAN,
                                     .expected = NAN,
                                     .first_evidence = out->evidence_count};
    struct judge judge = {.corridor = corridor, .promise = promise, .out = out, .view = view};
    view->made = day_made(&judge);
    if (view->made != ZHOL_BLANK_DATE && view->made > out->day) {
        out->not_made++;
        return ZHOL_ERROR_OK;
    }
    gather_series(&judge);
    gather_observations(&judge);
    gather_capacity(&judge);
    gather_states(&judge);
    order_evidence(&judge);
    if (promise->comparator == zhol_comparator_BY_DATE) {
        judge_opening(&judge);
    } else {
        judge_figure(&judge);
    }
    out->count++;
    return judge.error;
}

/* ---- All of them ---- */

struct due_key {
    int32_t due;
    uint32_t row;
};

static int compare_due(const void *left, const void *right)
{
    const struct due_key *a = left, *b = right;
    if (a->due != b->due) {
        return a->due < b->due ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

enum zhol_error commitments_judge(const struct zhol_corridor *corridor, int32_t day,
                                  struct commitments *out)
{
    uint32_t count;
    const struct zhol_commitment *rows = zhol_corridor_commitment(corridor, &count);
    int32_t as_of = zhol_corridor_about(corridor).as_of;
    enum zhol_error error = ZHOL_ERROR_OK;
    memset(out, 0, sizeof *out);
    out->day = day;
    out->known = day < as_of ? day : as_of;
    struct due_key *keys = malloc(((size_t)count + 1) * sizeof *keys);
    if (!keys) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = (struct due_key){rows[i].due == ZHOL_BLANK_DATE ? INT32_MAX : rows[i].due, i};
    }
    qsort(keys, count, sizeof *keys, compare_due);
    for (uint32_t i = 0; i < count && !error; i++) {
        error = judge_one(corridor, keys[i].row, out);
    }
    free(keys);
    return error;
}

void commitments_clear(struct commitments *commitments)
{
    free(commitments->views);
    free(commitments->evidence);
    memset(commitments, 0, sizeof *commitments);
}
