/* audit.c: the chain, the order, the claims. See audit.h. */
#include "operate/audit.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "operate/audit_claims.h"
#include "operate/audit_proofs.h"
#include "operate/audit_source.h"
#include "operate/given.h"

enum {
    FAULTS_MAX = 20, /* findings of a stream, after which its reading ends */
    PROGRESS_EVERY = 4096,
};

/* One stream while it is read. */
struct reading {
    struct queue_state *queue; /* of a checkpoint */
    struct registry *registry; /* of the registry */
    struct audit_head head;
    struct audit_item item;
    struct entry entry; /* the next one, read but not applied */
    bool waits;         /* `entry` is there */
    bool stopped;       /* too many faults, or one that cannot be passed */
    uint32_t faults;
};

struct audit {
    const struct audit_options *options;
    struct audit_counts *counts;
    struct zhol_report *report;
    struct audit_source source;
    struct proofs proofs;
    struct claim_book claims;
    struct reading *streams;
    const struct reading *registry; /* one of them; NULL: it is not there */
    bool wrong;
    uint64_t done;
};

static const struct audit_options no_options;

void audit_heads_clear(struct audit_heads *heads)
{
    free(heads->items);
    memset(heads, 0, sizeof *heads);
}

/* ---- findings ---- */

static void finding(struct audit *audit, uint32_t stream, uint64_t seq, const char *column,
                    const char *value, const char *expected)
{
    struct reading *reading = &audit->streams[stream];
    audit->wrong = true;
    zhol_report_add(audit->report,
                    &(struct zhol_finding){ZHOL_FAULT, ZHOL_ERROR_INVALID, (uint32_t)seq,
                                           audit->source.streams[stream].name, column, value,
                                           expected});
    if (++reading->faults >= FAULTS_MAX) {
        reading->stopped = true;
    }
}

static void tell_doubt(void *context, const struct doubt *doubt)
{
    struct audit *audit = context;
    char why[256];
    if (doubt->refusal) {
        snprintf(why, sizeof why,
                 "a vehicle or driver with an active place: it was refused though nobody had one");
    } else {
        snprintf(why, sizeof why, "one active place of %s %s: it has another one at %s",
                 doubt->needs[0].scope, doubt->needs[0].key,
                 audit->source.streams[doubt->holder].name);
    }
    finding(audit, doubt->stream, doubt->seq, "claim", "", why);
}

/* ---- one entry ---- */

/* Reads the next entry of a stream and checks its place in the chain. */
static enum zhol_error read_next(struct audit *audit, uint32_t i)
{
    struct reading *reading = &audit->streams[i];
    struct audit_item *item = &reading->item;
    enum zhol_error error =
        reading->stopped ? ZHOL_ERROR_UNKNOWN : audit_pull(&audit->source, i, item);
    reading->waits = false;
    if (error) {
        return error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
    }
    error = entry_read_next(item->bytes, &reading->entry, NULL);
    if (error == ZHOL_ERROR_MEMORY) {
        return error;
    }
    if (error) {
        finding(audit, i, reading->head.seq + 1, "entry", "", "a canonical entry");
        reading->stopped = true;
        return ZHOL_ERROR_OK;
    }
    reading->waits = true;
    return ZHOL_ERROR_OK;
}

static void check_chain(struct audit *audit, uint32_t i, const uint8_t hash[HASH_SIZE])
{
    struct reading *reading = &audit->streams[i];
    const struct entry *entry = &reading->entry;
    const struct audit_item *item = &reading->item;
    uint64_t seq = reading->head.seq + 1;
    char why[128];
    if (strcmp(entry->stream, audit->source.streams[i].name) != 0) {
        finding(audit, i, seq, "stream", entry->stream, "an entry of this stream");
    }
    if (entry->seq != seq) {
        snprintf(why, sizeof why, "entry %" PRIu64 " after entry %" PRIu64, seq, seq - 1);
        finding(audit, i, entry->seq, "seq", "", why);
    }
    if (memcmp(entry->prev, reading->head.hash, HASH_SIZE) != 0) {
        finding(audit, i, entry->seq, "prev", "", "the hash of the entry before");
    }
    if (entry->command.time_s < reading->head.time_s && reading->head.seq) {
        finding(audit, i, entry->seq, "time", "", "a time that does not run back");
    }
    if (!item->seq) {
        return; /* an export says no more than its lines */
    }
    if (item->seq != entry->seq) {
        finding(audit, i, item->seq, "seq", "", "the number that the entry itself has");
    }
    if (item->time_s != entry->command.time_s) {
        finding(audit, i, item->seq, "time", "", "the time that the entry itself has");
    }
    if (memcmp(item->hash, hash, HASH_SIZE) != 0) {
        finding(audit, i, item->seq, "hash", "", "the hash of the entry's bytes");
    }
}

static enum zhol_error follow_claims(struct audit *audit, uint32_t i, const struct entry *entry,
                                     const struct result *result, const struct claim_need *needs,
                                     uint32_t need_count)
{
    struct claim_at at = {i, entry->seq, entry->command.place, entry->command.time_s};
    const struct claim_need *freed = NULL;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (need_count && entry->given.claimed && !result->refusal) {
        error = claims_take(&audit->claims, at, needs, need_count);
    } else if (need_count && !entry->given.claimed && result->refusal == REFUSAL_already_active) {
        error = claims_refused(&audit->claims, at, needs, need_count);
    }
    uint32_t freed_count = queue_claims_freed(audit->streams[i].queue, result, &freed);
    return error ? error : claims_release(&audit->claims, at, freed, freed_count);
}

/* What the writer took from the registry must be what the registry said then. Entries of one second
 * may have come in any order, so a second in which the registry changed is passed over. */
static void check_given(struct audit *audit, uint32_t i, const struct command *command)
{
    const struct given *said = &audit->streams[i].entry.given;
    struct given found = {.known = false};
    const struct reading *registry = audit->registry;
    if (!registry || registry->stopped ||
        (registry->head.seq && registry->head.time_s >= command->time_s) ||
        (registry->waits && registry->entry.command.time_s <= command->time_s)) {
        return;
    }
    given_look_up(registry->registry, audit->streams[i].queue, command, &found);
    if (said->known != found.known || said->blocked_until_s != found.blocked_until_s ||
        said->no_shows != found.no_shows || said->cancels != found.cancels ||
        said->postponements != found.postponements) {
        finding(audit, i, audit->streams[i].entry.seq, "given", "",
                "what the registry said of vehicle, driver and carrier then");
    }
}

/* Applies the command again and compares the result. */
static enum zhol_error apply(struct audit *audit, uint32_t i)
{
    struct reading *reading = &audit->streams[i];
    const struct entry *entry = &reading->entry;
    struct command command = entry->command;
    struct claim_need needs[4];
    struct result result;
    uint32_t need_count = 0;
    enum zhol_error error;
    memcpy(command.stream, entry->stream, sizeof command.stream);
    memset(&result, 0, sizeof result);
    if (reading->registry) {
        error = registry_apply(reading->registry, &command, &entry->given, &result);
    } else {
        check_given(audit, i, &command);
        need_count = queue_claims_needed(reading->queue, &command, needs);
        error = queue_apply(reading->queue, &command, &entry->given, &result);
    }
    if (error == ZHOL_ERROR_MEMORY) {
        return error;
    }
    if (error) {
        finding(audit, i, entry->seq, "command", command_name(command.kind),
                "a command that can be applied");
        reading->stopped = true;
        return ZHOL_ERROR_OK;
    }
    if (!result_equal(&result, &entry->result)) {
        finding(audit, i, entry->seq, "result", command_name(command.kind),
                "the result that the rules give");
    }
    return reading->queue ? follow_claims(audit, i, entry, &result, needs, need_count)
                          : ZHOL_ERROR_OK;
}

static void count_entry(struct audit_counts *counts, const struct entry *entry, uint32_t size)
{
    bool place = entry->command.kind == COMMAND_request || entry->command.kind == COMMAND_book ||
                 entry->command.kind == COMMAND_book_next || entry->command.kind == COMMAND_join;
    counts->entries++;
    counts->bytes += size;
    counts->places += place && !entry->result.refusal;
    counts->refusals += entry->result.refusal != REFUSAL_none;
}

static void report_progress(struct audit *audit, uint32_t size)
{
    audit->done += audit->source.store ? 1 : size + 1;
    if (audit->options->progress && audit->counts->entries % PROGRESS_EVERY == 0) {
        audit->options->progress(audit->options->context, audit->done, audit->source.total);
    }
}

/* The waiting entry of a stream: chain, proofs, fold; then the next one is read. */
static enum zhol_error take(struct audit *audit, uint32_t i)
{
    struct reading *reading = &audit->streams[i];
    uint8_t hash[HASH_SIZE];
    entry_hash(reading->item.bytes, hash);
    check_chain(audit, i, hash);
    proofs_compare(&audit->proofs, i, &reading->entry, hash, &reading->head);
    count_entry(audit->counts, &reading->entry, reading->item.bytes.size);
    enum zhol_error error = apply(audit, i);
    reading->head.seq = reading->entry.seq;
    reading->head.time_s = reading->entry.command.time_s;
    memcpy(reading->head.hash, hash, HASH_SIZE);
    report_progress(audit, reading->item.bytes.size);
    return error ? error : read_next(audit, i);
}

/* ---- all streams in the order of time ---- */

static bool next_stream(const struct audit *audit, uint32_t *next)
{
    bool any = false;
    for (uint32_t i = 0; i < audit->source.count; i++) {
        const struct reading *reading = &audit->streams[i];
        if (reading->waits &&
            (!any || reading->entry.command.time_s < audit->streams[*next].entry.command.time_s)) {
            *next = i;
            any = true;
        }
    }
    return any;
}

static enum zhol_error open_streams(struct audit *audit)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    audit->counts->streams = audit->source.count;
    audit->streams = calloc(audit->source.count + 1, sizeof *audit->streams);
    if (!audit->streams) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < audit->source.count && !error; i++) {
        struct reading *reading = &audit->streams[i];
        const char *name = audit->source.streams[i].name;
        memcpy(reading->head.stream, name, sizeof reading->head.stream);
        bool registry = strcmp(name, "registry") == 0;
        audit->registry = registry ? reading : audit->registry;
        error = registry ? registry_new(&reading->registry) : queue_new(name, &reading->queue);
        if (!error) {
            error = read_next(audit, i);
        }
    }
    return error;
}

static enum zhol_error read_all(struct audit *audit)
{
    uint32_t next = 0;
    int64_t now_s = INT64_MIN;
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error && next_stream(audit, &next)) {
        int64_t time_s = audit->streams[next].entry.command.time_s;
        if (time_s > now_s) {
            now_s = time_s;
            claims_settle(&audit->claims, now_s, tell_doubt, audit);
        }
        error = take(audit, next);
    }
    return error;
}

/* ---- the end ---- */

/* The store's table of claims must say what the journal says. */
struct claim_check {
    struct audit *audit;
    const char *scope;
    uint64_t seen, foreign;
};

static enum zhol_error check_claim(void *context, struct text_view key, struct text_view holder)
{
    struct claim_check *check = context;
    (void)holder;
    if (claims_holds(&check->audit->claims, check->scope, key)) {
        check->seen++;
    } else {
        check->foreign++;
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error compare_claims(struct audit *audit)
{
    uint8_t hash[HASH_SIZE];
    uint64_t seq = 0, seen = 0, foreign = 0;
    static const char *const scopes[] = {"vehicle", "driver"};
    for (uint32_t i = 0; i < 2; i++) {
        struct claim_check check = {audit, scopes[i], 0, 0};
        enum zhol_error error = store_claims(audit->source.store, scopes[i], check_claim, &check);
        if (error) {
            return error;
        }
        seen += check.seen;
        foreign += check.foreign;
    }
    for (uint32_t i = 0; i < audit->source.count; i++) {
        enum zhol_error error =
            store_head(audit->source.store, audit->source.streams[i].name, &seq, hash);
        if (error || seq != audit->streams[i].head.seq) {
            return error; /* a server went on meanwhile: the two cannot be compared */
        }
    }
    if (foreign || seen != audit->claims.held) {
        char why[128];
        snprintf(why, sizeof why, "the %" PRIu64 " claims of the journal: the store %s",
                 audit->claims.held, foreign ? "holds others" : "lacks some");
        audit->wrong = true;
        zhol_report_add(audit->report, &(struct zhol_finding){ZHOL_FAULT, ZHOL_ERROR_INVALID, 0,
                                                              "store", "claim", "", why});
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error give_heads(struct audit *audit)
{
    struct audit_heads *heads = audit->options->heads;
    for (uint32_t i = 0; heads && i < audit->source.count; i++) {
        enum zhol_error error = ARRAY_RESERVE(heads->items, heads->capacity, heads->count + 1);
        if (error) {
            return error;
        }
        heads->items[heads->count++] = audit->streams[i].head;
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error end_all(struct audit *audit)
{
    bool stopped = false;
    for (uint32_t i = 0; i < audit->source.count; i++) {
        stopped = stopped || audit->streams[i].stopped;
        if (!audit->streams[i].stopped) {
            proofs_end(&audit->proofs, i, &audit->streams[i].head);
        }
    }
    if (!stopped) { /* else claims of the stopped stream look open for ever */
        claims_settle(&audit->claims, INT64_MAX, tell_doubt, audit);
    }
    if (!stopped && !audit->wrong && audit->source.store) {
        enum zhol_error error = compare_claims(audit);
        if (error) {
            return error;
        }
    }
    enum zhol_error error = give_heads(audit);
    return error ? error : audit->wrong || audit->proofs.wrong ? ZHOL_ERROR_INVALID : ZHOL_ERROR_OK;
}

static void clear(struct audit *audit)
{
    for (uint32_t i = 0; audit->streams && i < audit->source.count; i++) {
        queue_free(audit->streams[i].queue);
        if (audit->streams[i].registry) {
            registry_free(audit->streams[i].registry);
        }
        entry_clear(&audit->streams[i].entry);
    }
    free(audit->streams);
    claim_book_clear(&audit->claims);
    proofs_clear(&audit->proofs);
    audit_source_clear(&audit->source);
}

static enum zhol_error run(struct audit *audit)
{
    enum zhol_error error = proofs_collect(&audit->source, audit->options, audit->counts,
                                           audit->report, &audit->proofs);
    if (!error) {
        error = open_streams(audit);
    }
    if (!error) {
        error = read_all(audit);
    }
    if (!error) {
        error = end_all(audit);
    }
    clear(audit);
    return error;
}

/* ---- what is called ---- */

enum zhol_error audit_store(struct store *store, const struct audit_options *options,
                            struct audit_counts *counts, struct zhol_report *report)
{
    struct audit audit = {.options = options, .counts = counts, .report = report};
    memset(counts, 0, sizeof *counts);
    enum zhol_error error = audit_source_store(store, &audit.source);
    if (error) {
        clear(&audit);
        return error;
    }
    return run(&audit);
}

enum zhol_error audit_run(struct store *store, struct audit_counts *counts,
                          struct zhol_report *report)
{
    return audit_store(store, &no_options, counts, report);
}

/* A download that failed is an empty file; it must not pass for a journal in which all is well. */
static enum zhol_error something_to_audit(const char *path, const struct audit_counts *counts,
                                          struct zhol_report *report)
{
    if (counts->entries) {
        return ZHOL_ERROR_OK;
    }
    return zhol_report_add(report,
                           &(struct zhol_finding){ZHOL_FAULT, ZHOL_ERROR_INVALID, 0, path, "",
                                                  "no entry", "the entries of a journal"});
}

enum zhol_error audit_public(struct text_view lines, struct audit_counts *counts,
                             struct zhol_report *report)
{
    struct audit audit = {.options = &no_options, .counts = counts, .report = report};
    memset(counts, 0, sizeof *counts);
    enum zhol_error error = audit_source_lines(lines, report, &audit.source);
    if (error) {
        clear(&audit);
        return error;
    }
    error = run(&audit);
    return error ? error : something_to_audit("", counts, report);
}

enum zhol_error audit_public_file(const char *path, const struct audit_options *options,
                                  struct audit_counts *counts, struct zhol_report *report)
{
    struct audit audit = {.options = options, .counts = counts, .report = report};
    memset(counts, 0, sizeof *counts);
    FILE *file = fopen(path, "rb");
    if (!file) {
        enum zhol_error code = errno == ENOENT ? ZHOL_ERROR_UNKNOWN : ZHOL_ERROR_IO;
        return zhol_report_add(report, &(struct zhol_finding){ZHOL_FAULT, code, 0, path, "",
                                                              strerror(errno), "an export"});
    }
    enum zhol_error error = audit_source_file(file, path, report, &audit.source);
    if (error) {
        clear(&audit);
    } else {
        error = run(&audit);
    }
    fclose(file);
    return error ? error : something_to_audit(path, counts, report);
}
