/* test_audit.c: what an audit finds. A journal is changed in every way that somebody with the store
 * in his hands could think of, and the audit must say so; a journal that nobody touched must pass,
 * from the store and from its public export.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "border.h"

#include "base/file.h"
#include "forge.h"
#include "operate/plain.h"

static struct border border;
static struct journal real;         /* of border_play */
static struct buffer real_receipts; /* given meanwhile */
static uint8_t operator_key[SIGN_KEY_SIZE];

/* ---- audits ---- */

static struct zhol_report last_report;

static enum zhol_error audit_journal_with(const struct journal *journal,
                                          const struct audit_options *options,
                                          const char *extra_claim)
{
    struct store *store = NULL;
    struct audit_counts counts;
    struct buffer held = {0};
    zhol_report_clear(&last_report);
    zhol_report_init(&last_report, 0);
    border_must(store_open("memory:", NULL, NULL, &store), "store");
    border_must(store_begin(store), "begin");
    for (uint32_t i = 0; i < journal->count; i++) {
        const struct item *item = &journal->items[i];
        struct store_entry entry = {.stream = item->stream,
                                    .seq = item->seq,
                                    .time_s = item->time_s,
                                    .bytes = {item->bytes, item->size}};
        memcpy(entry.hash, item->hash, HASH_SIZE);
        border_must(store_append(store, &entry), "append");
    }
    if (extra_claim) {
        border_must(store_claim(store, "vehicle", text_view_of(extra_claim), TEXT("X 1"), &held),
                    "claim");
    }
    border_must(store_commit(store), "commit");
    enum zhol_error error = audit_store(store, options, &counts, &last_report);
    store_close(store);
    buffer_clear(&held);
    return error;
}

static const struct audit_options nothing;

/* The forged store has no claims; that alone would be found, so the other finding must be there. */
static bool found(const struct journal *journal, const char *column)
{
    enum zhol_error error = audit_journal_with(journal, &nothing, NULL);
    for (uint32_t i = 0; i < last_report.count; i++) {
        if (strcmp(last_report.findings[i].column, column) == 0 &&
            strcmp(last_report.findings[i].file, "store") != 0) {
            return error == ZHOL_ERROR_INVALID;
        }
    }
    for (uint32_t i = 0; i < last_report.count; i++) {
        fprintf(stderr, "  instead: %s:%u: %s: %s\n", last_report.findings[i].file,
                last_report.findings[i].row, last_report.findings[i].column,
                last_report.findings[i].expected);
    }
    return false;
}

/* Anything wrong but the missing claims. */
static bool found_any(const struct journal *journal)
{
    enum zhol_error error = audit_journal_with(journal, &nothing, NULL);
    for (uint32_t i = 0; i < last_report.count; i++) {
        if (strcmp(last_report.findings[i].file, "store") != 0) {
            return error == ZHOL_ERROR_INVALID;
        }
    }
    return false;
}

static enum zhol_error audit_lines(const struct buffer *lines)
{
    struct audit_counts counts;
    zhol_report_clear(&last_report);
    zhol_report_init(&last_report, 0);
    return audit_public((struct text_view){buffer_get(lines), (uint32_t)lines->size}, &counts,
                        &last_report);
}

/* ---- an honest journal ---- */

static void honest_journals_pass(void)
{
    struct audit_counts counts, public_counts, file_counts;
    struct audit_heads heads = {0};
    struct audit_options options = {.heads = &heads};
    struct buffer lines = {0};
    CHECK_INT_EQ(audit_store(border.store, &options, &counts, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(counts.streams, 3);
    CHECK_INT_EQ(counts.entries, real.count);
    CHECK_INT_EQ(counts.anchors, 3);
    CHECK_INT_EQ(counts.countersignatures, 1);
    CHECK_INT_EQ(counts.places, 7);
    CHECK_INT_EQ(counts.refusals, 3);
    for (uint32_t i = 0; i < heads.count; i++) {
        bool registry = strcmp(heads.items[i].stream, "registry") == 0;
        CHECK_INT_EQ(heads.items[i].anchored, heads.items[i].seq - registry);
        CHECK((heads.items[i].countersigned > 0) ==
              (strcmp(heads.items[i].stream, "NURZHOLY") == 0));
    }
    CHECK_INT_EQ(audit_export(border.store, NULL, &lines), ZHOL_ERROR_OK);
    struct text_view text = {buffer_get(&lines), (uint32_t)lines.size};
    CHECK_INT_EQ(audit_public(text, &public_counts, NULL), ZHOL_ERROR_OK);
    CHECK(memcmp(&counts, &public_counts, sizeof counts) == 0);
    CHECK_INT_EQ(file_write("export.ndjson", lines.bytes, lines.size, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(audit_public_file("export.ndjson", &nothing, &file_counts, NULL), ZHOL_ERROR_OK);
    CHECK(memcmp(&counts, &file_counts, sizeof counts) == 0);
    unlink("export.ndjson");
    /* no personal data */
    CHECK(!strstr(buffer_get(&lines), "Driver") && !strstr(buffer_get(&lines), "ABC02") &&
          !strstr(buffer_get(&lines), "+7") && !strstr(buffer_get(&lines), "Trans"));
    audit_heads_clear(&heads);
    buffer_clear(&lines);
}

/* A forger who is as careful as can be and changes nothing is not found but for the claims. */
static void forging_nothing_is_nothing(void)
{
    struct journal forged;
    copy_journal(&real, &forged);
    rechain(&forged, "NURZHOLY");
    rechain(&forged, "registry");
    for (uint32_t i = 0; i < real.count; i++) {
        CHECK(memcmp(real.items[i].hash, forged.items[i].hash, HASH_SIZE) == 0);
    }
    CHECK(!found_any(&forged));
    clear_journal(&forged);
}

/* ---- single bytes ---- */

static bool last_of_stream(const struct journal *journal, uint32_t i)
{
    return i + 1 == journal->count ||
           strcmp(journal->items[i].stream, journal->items[i + 1].stream) != 0;
}

/* In an export: every byte of every entry but the registry's last, for which nobody vouches. */
static void every_byte_of_an_export_counts(void)
{
    struct buffer lines = {0};
    uint32_t missed = 0, tried = 0;
    size_t at = 0;
    export_lines(&real, &lines);
    for (uint32_t i = 0; i < real.count; i++) {
        uint32_t step = i % 24 == 3 ? 1 : 29; /* every byte of some, some bytes of every one */
        for (uint32_t k = i % step; k < real.items[i].size; k += step) {
            char *byte = lines.bytes + at + k, was = *byte;
            if (i + 1 == real.count) {
                break;
            }
            *byte = (char)(was ^ (1 << (k % 7)));
            tried++;
            missed += audit_lines(&lines) == ZHOL_ERROR_OK;
            *byte = was;
        }
        at += real.items[i].size + 1;
    }
    CHECK_INT_EQ(missed, 0);
    CHECK(tried > 1200);
    CHECK_INT_EQ(audit_lines(&lines), ZHOL_ERROR_OK);
    buffer_clear(&lines);
}

/* In a store the hash beside the entry betrays even the last. */
static void every_byte_of_a_store_counts(void)
{
    struct journal forged;
    uint32_t missed = 0;
    copy_journal(&real, &forged);
    for (uint32_t i = 0; i < forged.count; i++) {
        struct item *item = &forged.items[i];
        uint32_t step = last_of_stream(&forged, i) ? 19 : 211;
        for (uint32_t k = i % step; k < item->size; k += step) {
            item->bytes[k] = (char)(item->bytes[k] ^ (1 << (k % 7)));
            missed += !found_any(&forged);
            item->bytes[k] = real.items[i].bytes[k];
        }
        item->hash[i % HASH_SIZE] ^= 1;
        missed += !found_any(&forged);
        item->hash[i % HASH_SIZE] ^= 1;
        item->time_s++;
        missed += !found_any(&forged);
        item->time_s--;
    }
    CHECK_INT_EQ(missed, 0);
    clear_journal(&forged);
}

/* ---- entries ---- */

static void swapped_entries_are_found(void)
{
    for (uint32_t i = 0; i + 1 < real.count; i++) {
        struct journal forged;
        if (last_of_stream(&real, i)) {
            continue;
        }
        copy_journal(&real, &forged);
        struct item kept = forged.items[i];
        forged.items[i] = forged.items[i + 1];
        forged.items[i + 1] = kept;
        forged.items[i].seq = real.items[i].seq;
        forged.items[i + 1].seq = real.items[i + 1].seq;
        CHECK(found_any(&forged));
        /* with the chain made anew the anchors, or the results, betray it */
        rechain(&forged, forged.items[i].stream);
        CHECK(found_any(&forged));
        clear_journal(&forged);
    }
}

static void dropped_entries_are_found(void)
{
    for (uint32_t i = 0; i + 1 < real.count; i++) {
        struct journal forged;
        copy_journal(&real, &forged);
        drop_item(&forged, i);
        CHECK(found_any(&forged));
        rechain(&forged, real.items[i].stream);
        CHECK(found_any(&forged));
        clear_journal(&forged);
    }
}

/* A stream that ends before what the last anchor says of it, by one entry or by all. */
static void dropped_tails_are_found(void)
{
    struct journal forged;
    copy_journal(&real, &forged);
    for (uint32_t i = forged.count; i-- > 0;) {
        if (strcmp(forged.items[i].stream, "NURZHOLY") == 0) {
            drop_item(&forged, i);
            CHECK(found(&forged, "anchor"));
        }
    }
    clear_journal(&forged);
}

/* Each result is made another, and everything that can be computed is computed again. */
static void changed_results_are_found(void)
{
    for (uint32_t i = 0; i < real.count; i++) {
        struct journal forged;
        struct entry entry;
        struct buffer bytes = {0};
        copy_journal(&real, &forged);
        struct item *item = &forged.items[i];
        border_must(entry_read((struct text_view){item->bytes, item->size}, &entry, NULL), "read");
        if (entry.result.refusal) {
            entry.result.refusal = REFUSAL_none;
        } else {
            entry.result.refusal = REFUSAL_slot_full;
        }
        border_must(entry_write(&entry, &bytes, item->hash), "write");
        set_bytes(item, bytes.bytes, (uint32_t)bytes.size);
        entry_clear(&entry);
        rechain(&forged, item->stream);
        reanchor(&forged, &real);
        CHECK(found(&forged, "result"));
        buffer_clear(&bytes);
        clear_journal(&forged);
    }
}

/* Somebody else's vehicle is put into a place, and all chains and anchors are made anew: results
 * stay as they were. The countersignature of the other side still says what stood there. */
static void rewriting_all_is_found_by_countersignatures(void)
{
    struct journal forged;
    copy_journal(&real, &forged);
    for (uint32_t i = 0; i < forged.count; i++) {
        char *at = strstr(forged.items[i].bytes, "\"command\":\"book\"");
        at = at ? strstr(at, "\"actor\":\"00000000000000c1\"") : NULL;
        at = at ? at : strstr(forged.items[i].bytes, "\"actor\":\"00000000000000c1\"");
        if (at) {
            memcpy(at + 9, "00000000000000c9", 16);
        }
    }
    rechain(&forged, "NURZHOLY");
    rechain(&forged, "KOLZHAT");
    reanchor(&forged, &real);
    CHECK(found(&forged, "countersignature"));
    for (uint32_t i = 0; i < last_report.count; i++) {
        CHECK(strcmp(last_report.findings[i].column, "anchor") != 0);
    }
    clear_journal(&forged);
}

/* ---- claims over streams ---- */

/* Two journals that each hold, of the same registry: one stream is taken from each. */
static void play_part(struct border *part, bool nur, bool kolzhat)
{
    memset(part, 0, sizeof *part);
    border_open(part, "memory:");
    border_rules(part, "NURZHOLY", "nur-zholy-exit", BORDER_RULES("nur-zholy-exit", "exit"), 2);
    border_rules(part, "KOLZHAT", "kolzhat-exit", BORDER_RULES("kolzhat-exit", "exit"), 2);
    border_subjects(part);
    part->now_s += 60;
    if (nur) {
        border_book(part, "NURZHOLY", 1, 0, REFUSAL_none);
    }
    part->now_s += 60;
    if (kolzhat) {
        border_book(part, "KOLZHAT", 1, 0, nur ? REFUSAL_already_active : REFUSAL_none);
    }
}

/* A block that the registry does not know, and a registration that it lacks: the results follow
 * from them, so that only the registry betrays the writer. */
static void invented_givens_are_found(void)
{
    for (int what = 0; what < 2; what++) {
        struct border a;
        struct journal forged = {.count = 0};
        struct entry entry;
        struct buffer bytes = {0};
        play_part(&a, true, false);
        take_all(a.store, &forged);
        for (uint32_t i = 0; i < forged.count; i++) {
            struct item *item = &forged.items[i];
            if (!strstr(item->bytes, "\"command\":\"book\"")) {
                continue;
            }
            border_must(entry_read((struct text_view){item->bytes, item->size}, &entry, NULL),
                        "read");
            if (what) {
                entry.given.known = false;
            } else {
                entry.given.blocked_until_s = entry.command.time_s + 86400;
            }
            entry.given.claimed = true;
            memset(&entry.result, 0, sizeof entry.result);
            entry.result.refusal = what ? REFUSAL_unknown_subject : REFUSAL_blocked;
            buffer_reset(&bytes);
            border_must(entry_write(&entry, &bytes, item->hash), "write");
            entry_clear(&entry);
            set_bytes(item, bytes.bytes, (uint32_t)bytes.size);
        }
        rechain(&forged, "NURZHOLY");
        CHECK(found(&forged, "given"));
        clear_journal(&forged);
        buffer_clear(&bytes);
        border_close(&a);
    }
}

static void two_active_places_are_found(void)
{
    struct border a, b;
    struct journal mixed = {.count = 0};
    play_part(&a, true, false);
    play_part(&b, false, true);
    take_stream(b.store, "KOLZHAT", &mixed);
    take_stream(a.store, "NURZHOLY", &mixed);
    take_stream(a.store, "registry", &mixed);
    CHECK(found(&mixed, "claim"));
    clear_journal(&mixed);
    border_close(&a);
    border_close(&b);
}

static void a_false_refusal_is_found(void)
{
    struct border a, b;
    struct journal mixed = {.count = 0};
    play_part(&a, true, true);
    play_part(&b, false, false);
    take_stream(a.store, "KOLZHAT", &mixed);  /* refused, since active at NURZHOLY */
    take_stream(b.store, "NURZHOLY", &mixed); /* where it never was */
    take_stream(a.store, "registry", &mixed);
    CHECK(found(&mixed, "claim"));
    clear_journal(&mixed);
    border_close(&a);
    border_close(&b);
}

/* The claims of the store must be those of the journal. */
static void foreign_claims_are_found(void)
{
    struct audit_counts counts;
    struct buffer held = {0};
    CHECK_INT_EQ(audit_journal_with(&real, &nothing, NULL), ZHOL_ERROR_INVALID);
    CHECK_STR_EQ(last_report.count ? last_report.findings[0].column : "", "claim");
    border_must(store_begin(border.store), "begin");
    border_must(store_claim(border.store, "driver", TEXT("00000000000000ff"), TEXT("X 1"), &held),
                "claim");
    border_must(store_commit(border.store), "commit");
    CHECK_INT_EQ(audit_run(border.store, &counts, NULL), ZHOL_ERROR_INVALID);
    border_must(store_begin(border.store), "begin");
    border_must(store_release(border.store, "driver", TEXT("00000000000000ff")), "release");
    border_must(store_commit(border.store), "commit");
    CHECK_INT_EQ(audit_run(border.store, &counts, NULL), ZHOL_ERROR_OK);
    buffer_clear(&held);
}

/* ---- receipts ---- */

static uint32_t read_receipts(struct receipt *receipts, uint32_t most)
{
    struct text_view rest = {buffer_get(&real_receipts), (uint32_t)real_receipts.size};
    uint32_t count = 0;
    while (rest.size && count < most) {
        struct text_view line = text_cut(&rest, '\n');
        CHECK_INT_EQ(receipt_verify(line, operator_key, &receipts[count++], NULL), ZHOL_ERROR_OK);
    }
    return count;
}

static void receipts_are_in_the_journal(void)
{
    struct receipt receipts[64];
    struct audit_options options = {.receipts = receipts};
    struct audit_counts counts;
    options.receipt_count = read_receipts(receipts, 64);
    CHECK(options.receipt_count > 10);
    CHECK_INT_EQ(audit_store(border.store, &options, &counts, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(counts.receipts, options.receipt_count);
    /* one for an entry that never was */
    receipts[0].seq = 1000;
    CHECK_INT_EQ(audit_store(border.store, &options, &counts, NULL), ZHOL_ERROR_INVALID);
    receipts[0].seq = 1;
    CHECK_INT_EQ(audit_store(border.store, &options, &counts, NULL), ZHOL_ERROR_INVALID);
    snprintf(receipts[0].stream, sizeof receipts[0].stream, "DOSTYK_ROAD");
    CHECK_INT_EQ(audit_store(border.store, &options, &counts, NULL), ZHOL_ERROR_INVALID);
}

static void every_byte_of_a_receipt_counts(void)
{
    struct text_view rest = {buffer_get(&real_receipts), (uint32_t)real_receipts.size};
    struct text_view line = text_cut(&rest, '\n');
    struct receipt receipt;
    uint32_t missed = 0;
    char *copy = malloc(line.size);
    if (!copy) {
        exit(1);
    }
    memcpy(copy, line.bytes, line.size);
    for (uint32_t i = 0; i < line.size; i++) {
        for (uint32_t bit = 0; bit < 8; bit++) {
            copy[i] = (char)(copy[i] ^ (1 << bit));
            missed += receipt_verify((struct text_view){copy, line.size}, operator_key, &receipt,
                                     NULL) == ZHOL_ERROR_OK;
            copy[i] = line.bytes[i];
        }
    }
    CHECK_INT_EQ(missed, 0);
    free(copy);
}

/* An operator tells two people two stories: each of his journals holds, the receipts do not. */
static void a_forked_history_is_found(void)
{
    struct border a = {.signer = border.signer}, b;
    struct receipt receipts[4];
    struct audit_options options = {.receipts = receipts};
    struct audit_counts counts;
    char why[256];
    play_part(&b, false, false);
    b.signer = border.signer;
    border_book(&b, "NURZHOLY", 2, 0, REFUSAL_none);
    struct text_view story = {buffer_get(&b.receipts), (uint32_t)b.receipts.size};
    CHECK_INT_EQ(receipt_verify(text_cut(&story, '\n'), operator_key, &receipts[0], NULL),
                 ZHOL_ERROR_OK);
    play_part(&a, false, false);
    a.signer = border.signer;
    border_book(&a, "NURZHOLY", 1, 0, REFUSAL_none);
    border_book(&a, "NURZHOLY", 3, 1, REFUSAL_none);
    story = (struct text_view){buffer_get(&a.receipts), (uint32_t)a.receipts.size};
    CHECK_INT_EQ(receipt_verify(text_cut(&story, '\n'), operator_key, &receipts[1], NULL),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(receipt_verify(text_cut(&story, '\n'), operator_key, &receipts[2], NULL),
                 ZHOL_ERROR_OK);
    CHECK(receipt_forked(&receipts[0], &receipts[1], why, sizeof why)); /* one seq, two hashes */
    CHECK(receipt_forked(&receipts[2], &receipts[0], why, sizeof why)); /* a follower of another */
    CHECK(!receipt_forked(&receipts[1], &receipts[2], why, sizeof why));
    options.receipt_count = 1;
    CHECK_INT_EQ(audit_store(b.store, &options, &counts, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(audit_store(a.store, &options, &counts, NULL), ZHOL_ERROR_INVALID);
    options.receipt_count = 3;
    CHECK_INT_EQ(audit_store(a.store, &options, &counts, NULL), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(audit_store(b.store, &options, &counts, NULL), ZHOL_ERROR_INVALID);
    border_close(&a);
    border_close(&b);
}

/* Heads that anybody may have kept: the operator's word for where each stream stood. */
static void kept_heads_find_what_was_rewritten(void)
{
    struct published_heads heads = {0};
    struct audit_options options = {0};
    struct audit_counts counts;
    struct buffer json = {0};
    char hash[2 * HASH_SIZE + 1], key[2 * SIGN_KEY_SIZE + 1], text[2 * SIGNATURE_SIZE + 1];
    uint8_t other[SIGN_KEY_SIZE] = {1};
    hex_write(operator_key, SIGN_KEY_SIZE, key);
    buffer_printf(&json, "{\"key\":\"%s\",\"items\":[{\"stream\":\"X\",\"seq\":0,\"hash\":\"\"}",
                  key);
    for (uint32_t i = 0; i < real.count; i++) {
        struct countersignature head;
        const struct item *item = &real.items[i];
        if (i % 4 == 0) {
            border_must(countersign_make(border.signer, item->stream, item->seq, item->hash, &head),
                        "head");
            hex_write(item->hash, HASH_SIZE, hash);
            hex_write(head.signature, SIGNATURE_SIZE, text);
            buffer_printf(&json,
                          ",{\"stream\":\"%s\",\"seq\":%d,\"hash\":\"%s\",\"signature\":\"%s\"}",
                          item->stream, (int)item->seq, hash, text);
        }
    }
    buffer_string(&json, "]}");
    struct text_view all = {buffer_get(&json), (uint32_t)json.size};
    CHECK_INT_EQ(heads_read(all, other, &heads), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(heads_read(TEXT("{}"), NULL, &heads), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(heads_read(all, operator_key, &heads), ZHOL_ERROR_OK);
    CHECK_INT_EQ(heads.count, (real.count + 3) / 4);
    options.published = heads.items;
    options.published_count = heads.count;
    CHECK_INT_EQ(audit_store(border.store, &options, &counts, NULL), ZHOL_ERROR_OK);
    /* all is rewritten consistently, anchors too; the operator's own heads betray him */
    struct journal forged = {.count = 0};
    struct border part;
    play_part(&part, true, false);
    take_all(part.store, &forged);
    CHECK_INT_EQ(audit_store(part.store, &options, &counts, NULL), ZHOL_ERROR_INVALID);
    clear_journal(&forged);
    border_close(&part);
    json.bytes[json.size - 10] = json.bytes[json.size - 10] == '0' ? '1' : '0';
    heads.count = 0;
    CHECK_INT_EQ(heads_read(all, operator_key, &heads), ZHOL_ERROR_INVALID);
    free(heads.items);
    buffer_clear(&json);
}

/* ---- while a server writes ---- */

static atomic_bool stop_writing;

/* One vehicle goes from checkpoint to checkpoint as fast as it can, so that a cut through the
 * streams at different instants would show it at two. */
static void *write_on(void *context)
{
    struct border *busy = context;
    for (uint64_t i = 1; !atomic_load(&stop_writing); i++) {
        const char *stream = i % 2 ? "NURZHOLY" : "KOLZHAT";
        struct command command = {.kind = COMMAND_book,
                                  .role = ROLE_carrier,
                                  .carrier = 0xC1,
                                  .vehicle = 0xA1,
                                  .driver = 0xD1,
                                  .place = 0xE000 + i,
                                  .category = "ordinary",
                                  .slot_s = BORDER_SLOT0};
        struct result result;
        snprintf(command.stream, sizeof command.stream, "%s", stream);
        snprintf(command.queue, sizeof command.queue, "%s",
                 i % 2 ? "nur-zholy-exit" : "kolzhat-exit");
        border_must(operation_call(busy->operation, &command, NULL, &result), "book");
        CHECK_STR_EQ(refusal_name(result.refusal), "none");
        command.kind = COMMAND_cancel;
        command.vehicle = command.driver = 0;
        border_must(operation_call(busy->operation, &command, NULL, &result), "cancel");
    }
    return NULL;
}

static int64_t running_clock(void *context)
{
    static _Atomic int64_t ticks;
    (void)context;
    return BORDER_START + atomic_fetch_add(&ticks, 1) / 3; /* seconds that are soon over */
}

static void a_running_store_is_audited(void)
{
    struct border busy = {0};
    struct operation_options options = {.clock = running_clock, .quiet = true};
    pthread_t writer;
    border_open(&busy, "memory:"); /* commits without a disk: far more of them */
    border_rules(&busy, "NURZHOLY", "nur-zholy-exit", BORDER_RULES("nur-zholy-exit", "exit"), 2);
    border_rules(&busy, "KOLZHAT", "kolzhat-exit", BORDER_RULES("kolzhat-exit", "exit"), 2);
    border_subjects(&busy);
    operation_close(busy.operation);
    border_must(operation_open(busy.store, &options, NULL, &busy.operation), "operation");
    border_must(operation_start(busy.operation), "start");
    if (pthread_create(&writer, NULL, write_on, &busy)) {
        exit(1);
    }
    for (int i = 0; i < 12; i++) {
        struct audit_counts counts;
        struct buffer lines = {0};
        zhol_report_clear(&last_report);
        zhol_report_init(&last_report, 0);
        CHECK_INT_EQ(audit_store(busy.store, &nothing, &counts, &last_report), ZHOL_ERROR_OK);
        CHECK_STR_EQ(last_report.count ? last_report.findings[0].expected : "", "");
        border_must(audit_export(busy.store, NULL, &lines), "export");
        CHECK_INT_EQ(audit_lines(&lines), ZHOL_ERROR_OK);
        buffer_clear(&lines);
    }
    atomic_store(&stop_writing, true);
    pthread_join(writer, NULL);
    border_close(&busy);
}

/* ---- exports that are none ---- */

static void broken_exports_are_refused(void)
{
    struct buffer lines = {0};
    struct audit_counts counts;
    CHECK_INT_EQ(audit_public(TEXT(""), &counts, NULL), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(audit_public(TEXT("hello\n"), &counts, NULL), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(audit_public(TEXT("{\"stream\":\"a\"}\n"), &counts, NULL), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(audit_public_file("/nonexistent", &nothing, &counts, NULL), ZHOL_ERROR_UNKNOWN);
    /* the lines of a stream stand together */
    export_lines(&real, &lines);
    buffer_append(&lines, real.items[0].bytes, real.items[0].size);
    CHECK_INT_EQ(audit_lines(&lines), ZHOL_ERROR_INVALID);
    /* a stream alone is fine, and the last line may lack its end */
    buffer_reset(&lines);
    CHECK_INT_EQ(audit_export(border.store, "NURZHOLY", &lines), ZHOL_ERROR_OK);
    lines.size--;
    CHECK_INT_EQ(audit_lines(&lines), ZHOL_ERROR_OK);
    buffer_clear(&lines);
}

/* ---- the example that comes with the program ---- */

/* The same morning makes the same bytes, on every machine and in every release that keeps the
 * format. UPDATE_EXAMPLES=1 in the environment writes the files anew. */
static void compare_file(const char *root, const char *name, const char *bytes, size_t size)
{
    char path[1024];
    struct file_data data = {0};
    snprintf(path, sizeof path, "%s/examples/border/%s", root, name);
    if (getenv("UPDATE_EXAMPLES")) {
        border_must(file_write(path, bytes, size, NULL), path);
    }
    CHECK_INT_EQ(file_read(path, 0, &data, NULL), ZHOL_ERROR_OK);
    if (data.size != size || memcmp(data.bytes, bytes, size) != 0) {
        CHECK_FAIL("%s is not what is made now", path);
    }
    file_clear(&data);
}

static const char *root_folder;

static void the_example_is_what_is_made(void)
{
    struct buffer lines = {0}, fork = {0};
    struct border other = {.signer = border.signer};
    border_must(audit_export(border.store, NULL, &lines), "export");
    compare_file(root_folder, "journal.ndjson", lines.bytes, lines.size);
    struct text_view rest = {buffer_get(&real_receipts), (uint32_t)real_receipts.size};
    struct text_view place = text_cut(&rest, '\n');
    text_cut(&rest, '\n');
    struct text_view refusal = text_cut(&rest, '\n');
    compare_file(root_folder, "receipt.json", place.bytes, place.size + 1);
    compare_file(root_folder, "refusal.json", refusal.bytes, refusal.size + 1);
    /* another history of the same operator: entry 3 of NURZHOLY is of somebody else */
    border_open(&other, "memory:");
    border_rules(&other, "NURZHOLY", "nur-zholy-exit", BORDER_RULES("nur-zholy-exit", "exit"), 2);
    border_rules(&other, "KOLZHAT", "kolzhat-exit", BORDER_RULES("kolzhat-exit", "exit"), 3);
    border_subjects(&other);
    other.now_s += 60;
    border_book(&other, "NURZHOLY", 6, 0, REFUSAL_none);
    buffer_append(&fork, buffer_get(&other.receipts), other.receipts.size);
    compare_file(root_folder, "forked.json", fork.bytes, fork.size);
    border_close(&other);
    buffer_clear(&lines);
    buffer_clear(&fork);
}

/* A key that everybody knows, for the example only. */
static void open_known_key(const char *seed, struct signer **signer)
{
    FILE *file = fopen("known.key", "w");
    if (!file) {
        exit(1);
    }
    fchmod(fileno(file), 0600);
    fprintf(file, "%s\n", seed);
    fclose(file);
    border_must(signer_open("known.key", NULL, signer), "signer");
    unlink("known.key");
}

int main(int argc, char **argv)
{
    root_folder = argc > 1 ? argv[1] : ".";
    open_known_key("0101010101010101010101010101010101010101010101010101010101010101",
                   &border.signer);
    open_known_key("0202020202020202020202020202020202020202020202020202020202020202",
                   &border.other);
    signer_public(border.signer, operator_key);
    border_open(&border, "memory:");
    border_play(&border);
    take_all(border.store, &real);
    buffer_append(&real_receipts, buffer_get(&border.receipts), border.receipts.size);
    RUN(honest_journals_pass);
    RUN(forging_nothing_is_nothing);
    RUN(every_byte_of_an_export_counts);
    RUN(every_byte_of_a_store_counts);
    RUN(swapped_entries_are_found);
    RUN(dropped_entries_are_found);
    RUN(dropped_tails_are_found);
    RUN(changed_results_are_found);
    RUN(rewriting_all_is_found_by_countersignatures);
    RUN(invented_givens_are_found);
    RUN(two_active_places_are_found);
    RUN(a_false_refusal_is_found);
    RUN(foreign_claims_are_found);
    RUN(receipts_are_in_the_journal);
    RUN(every_byte_of_a_receipt_counts);
    RUN(a_forked_history_is_found);
    RUN(kept_heads_find_what_was_rewritten);
    RUN(a_running_store_is_audited);
    RUN(broken_exports_are_refused);
    RUN(the_example_is_what_is_made);
    clear_journal(&real);
    buffer_clear(&real_receipts);
    zhol_report_clear(&last_report);
    signer_close(border.signer);
    signer_close(border.other);
    border_close(&border);
    return check_report();
}
