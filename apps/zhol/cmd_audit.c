/* cmd_audit.c: does a journal say the truth? Of a store, or of a public export. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/progress.h"
#include "base/table_out.h"
#include "base/time.h"
#include "load.h"
#include "operate/plain.h"
#include "operated.h"

static const struct option_row options[] = {
    {"store", 0, "URL", NULL, false,
     SAID("the store to look at, sqlite:FILE; a server may go on writing it",
          "хранилище sqlite:ФАЙЛ; сервер может писать в него дальше")},
    {"public", 0, "FILE", NULL, false,
     SAID("look at a public export instead", "проверить публичную выгрузку")},
    {"export", 0, "FILE", NULL, false,
     SAID("write the public export of the store (no personal data)",
          "записать публичную выгрузку хранилища (без личных данных)")},
    {"receipts", 0, "FILE", NULL, true,
     SAID("receipts that must be in the journal; may be repeated; - is standard input",
          "расписки, которые должны быть в журнале; можно повторять; - стандартный ввод")},
    {"heads", 0, "FILE", NULL, true,
     SAID("heads that were published and kept, an answer of GET /v1/heads; may be repeated",
          "опубликованные и сохранённые вершины, ответ GET /v1/heads; можно повторять")},
    {"key", 0, "HEX", NULL, false,
     SAID("public key that receipts and heads must be signed with",
          "открытый ключ, которым должны быть подписаны расписки и вершины")},
    {"signer", 0, "HEX", NULL, true,
     SAID("public key whose countersignatures count (default: all); may be repeated",
          "открытый ключ, чьи вторые подписи учитываются (по умолчанию все); можно повторять")},
    {"sign", 0, "KEYFILE", NULL, false,
     SAID("when nothing is wrong, print countersignatures of the heads, made with this key",
          "если всё верно, вывести вторые подписи вершин этим ключом")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

struct auditing {
    const struct given *given;
    struct store *store;
    struct receipts receipts;
    struct published_heads published;
    uint8_t *signers;
    uint32_t signer_count;
    struct audit_heads heads;
    struct audit_counts counts;
    struct zhol_report report;
    struct buffer out;
    enum zhol_error error; /* of the audit */
};

static bool is_ru(const struct auditing *auditing)
{
    return auditing->given->lang == LANG_RU;
}

/* ---- what is given ---- */

static int read_signers(struct auditing *auditing)
{
    const char *text;
    int code = EXIT_FINE;
    for (uint32_t i = 0; code == EXIT_FINE && (text = given_nth(auditing->given, "signer", i));
         i++) {
        uint8_t *more = realloc(auditing->signers, (size_t)(i + 1) * SIGN_KEY_SIZE);
        if (!more) {
            return fail(auditing->given, EXIT_FAILED, "%s",
                        operated_error(auditing->given, ZHOL_ERROR_MEMORY));
        }
        auditing->signers = more;
        auditing->signer_count = i + 1;
        code = operated_key(auditing->given, "signer", text, more + (size_t)i * SIGN_KEY_SIZE);
    }
    return code;
}

/* A receipt that does not verify is a finding of the audit; a file that cannot be read ends it. */
static int read_receipts(struct auditing *auditing)
{
    const char *path, *key = given_value(auditing->given, "key");
    uint8_t trusted[SIGN_KEY_SIZE];
    int code = key ? operated_key(auditing->given, "key", key, trusted) : EXIT_FINE;
    for (uint32_t i = 0; code == EXIT_FINE && (path = given_nth(auditing->given, "receipts", i));
         i++) {
        enum zhol_error error =
            operated_receipts(path, key ? trusted : NULL, &auditing->receipts, &auditing->report);
        if (error == ZHOL_ERROR_INVALID) {
            auditing->error = ZHOL_ERROR_INVALID;
        } else if (error) {
            operated_findings(auditing->given, &auditing->report);
            code = operated_code(error);
        }
    }
    return code;
}

/* The same for heads that somebody kept. */
static int read_heads(struct auditing *auditing)
{
    const char *path, *key = given_value(auditing->given, "key");
    uint8_t trusted[SIGN_KEY_SIZE];
    int code = key ? operated_key(auditing->given, "key", key, trusted) : EXIT_FINE;
    for (uint32_t i = 0; code == EXIT_FINE && (path = given_nth(auditing->given, "heads", i));
         i++) {
        struct file_data data;
        enum zhol_error error = file_read(path, 0, &data, &auditing->report);
        if (error) {
            operated_findings(auditing->given, &auditing->report);
            return operated_code(error);
        }
        error = heads_read((struct text_view){data.bytes, (uint32_t)data.size},
                           key ? trusted : NULL, &auditing->published);
        if (error) {
            auditing->error = ZHOL_ERROR_INVALID;
            zhol_report_add(
                &auditing->report,
                &(struct zhol_finding){ZHOL_FAULT, error, 0, path, "", "",
                                       error == ZHOL_ERROR_UNKNOWN
                                           ? "published heads of the key that is trusted"
                                           : "published heads, as GET /v1/heads gives them, with "
                                             "signatures that fit"});
        }
        file_clear(&data);
    }
    return code;
}

static int check_given(const struct given *given)
{
    bool store = given_value(given, "store"), public = given_value(given, "public");
    bool ru = given->lang == LANG_RU;
    if (store == public) {
        return fail(given, EXIT_MISUSED, "%s",
                    ru ? "нужен --store URL или --public ФАЙЛ, одно из двух"
                       : "--store URL or --public FILE is needed, one of the two");
    }
    if (public && given_value(given, "export")) {
        return fail(given, EXIT_MISUSED, "%s",
                    ru ? "--export выгружает хранилище: нужен --store"
                       : "--export writes what a store holds: it needs --store");
    }
    return EXIT_FINE;
}

/* ---- the export ---- */

static enum zhol_error put_lines(void *context, struct text_view bytes)
{
    return fwrite(bytes.bytes, 1, bytes.size, context) == bytes.size ? ZHOL_ERROR_OK
                                                                     : ZHOL_ERROR_IO;
}

static int export_all(struct auditing *auditing, const char *path)
{
    struct buffer part = {0};
    buffer_printf(&part, "%s.part", path);
    FILE *file = part.error ? NULL : fopen(buffer_get(&part), "wb");
    enum zhol_error error =
        file ? audit_export_to(auditing->store, NULL, put_lines, file) : ZHOL_ERROR_IO;
    if (file && (fflush(file) || fsync(fileno(file))) && !error) {
        error = ZHOL_ERROR_IO;
    }
    if (file) {
        fclose(file);
    }
    if (!error && rename(buffer_get(&part), path)) {
        error = ZHOL_ERROR_IO;
    }
    if (error) {
        unlink(buffer_get(&part));
        fail(auditing->given, 0,
             is_ru(auditing) ? "не удалось записать %s: %s" : "%s could not be written: %s", path,
             errno ? strerror(errno) : operated_error(auditing->given, error));
    } else {
        fprintf(stderr, is_ru(auditing) ? "записано: %s\n" : "written: %s\n", path);
    }
    buffer_clear(&part);
    return error ? EXIT_FAILED : EXIT_FINE;
}

/* ---- the answer ---- */

static void put_number(struct table_out *table, uint64_t number)
{
    if (number) {
        table_out_int(table, (int64_t)number);
    } else {
        table_out_text(table, "-");
    }
}

static void print_heads(struct auditing *auditing)
{
    struct table_out table;
    bool ru = is_ru(auditing);
    table_out_init(&table, 0);
    table_out_column(&table, ru ? "Поток" : "Stream", TABLE_CUT);
    table_out_column(&table, ru ? "Записей" : "Entries", TABLE_RIGHT);
    table_out_column(&table, ru ? "Последняя, UTC" : "Last, UTC", TABLE_CUT);
    table_out_column(&table, ru ? "Хеш" : "Hash", TABLE_CUT);
    table_out_column(&table, ru ? "В якоре" : "Anchored", TABLE_RIGHT);
    table_out_column(&table, ru ? "2-я подпись" : "Countersigned", TABLE_RIGHT);
    for (uint32_t i = 0; i < auditing->heads.count; i++) {
        const struct audit_head *head = &auditing->heads.items[i];
        char when[TIME_TEXT_SIZE] = "-", hash[2 * HASH_SIZE + 1];
        if (head->seq) {
            time_format_minute(head->time_s, when);
        }
        hex_write(head->hash, HASH_SIZE, hash);
        hash[16] = '\0';
        table_out_text(&table, head->stream);
        table_out_int(&table, (int64_t)head->seq);
        table_out_text(&table, when);
        table_out_text(&table, hash);
        put_number(&table, head->anchored);
        put_number(&table, head->countersigned);
    }
    table_out_print(&table, &auditing->out);
    table_out_clear(&table);
}

static void print_table(struct auditing *auditing)
{
    const struct audit_counts *c = &auditing->counts;
    bool ru = is_ru(auditing);
    print_heads(auditing);
    buffer_printf(&auditing->out,
                  ru ? "\nПотоков: %" PRIu64 ", записей: %" PRIu64 ", байтов: %" PRIu64
                       ".\nМест выдано: %" PRIu64 ", отказов: %" PRIu64 ", якорей: %" PRIu64
                       ", вторых подписей: %" PRIu64 ", расписок: %" PRIu64 ".\n"
                     : "\nStreams: %" PRIu64 ", entries: %" PRIu64 ", bytes: %" PRIu64
                       ".\nPlaces given: %" PRIu64 ", refusals: %" PRIu64 ", anchors: %" PRIu64
                       ", countersignatures: %" PRIu64 ", receipts: %" PRIu64 ".\n",
                  c->streams, c->entries, c->bytes, c->places, c->refusals, c->anchors,
                  c->countersignatures, c->receipts);
    if (auditing->error) {
        buffer_string(&auditing->out, ru ? "Журнал НЕ подтверждён: ошибки показаны выше.\n"
                                         : "The journal does NOT hold: see the errors.\n");
        return;
    }
    buffer_string(&auditing->out,
                  ru ? "Проверены цепочки, порядок (каждая команда применена заново), места\n"
                       "по всем пунктам, якоря, вторые подписи и расписки. Всё верно.\n"
                     : "Checked: chains, order (every command applied again), claims over "
                       "checkpoints,\nanchors, countersignatures, receipts. Nothing is wrong.\n");
}

static void json_heads(struct auditing *auditing, struct json_writer *json)
{
    json_write_key(json, "heads");
    json_write_array(json);
    for (uint32_t i = 0; i < auditing->heads.count; i++) {
        const struct audit_head *head = &auditing->heads.items[i];
        char when[TIME_TEXT_SIZE], hash[2 * HASH_SIZE + 1];
        hex_write(head->hash, HASH_SIZE, hash);
        time_format_instant(head->time_s, when);
        json_write_object(json);
        json_member_text(json, "stream", head->stream);
        json_member_int(json, "seq", (int64_t)head->seq);
        json_member_text(json, "time", head->seq ? when : NULL);
        json_member_text(json, "hash", hash);
        json_member_int(json, "anchored", (int64_t)head->anchored);
        json_member_int(json, "countersigned", (int64_t)head->countersigned);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void json_findings(struct auditing *auditing, struct json_writer *json)
{
    json_write_key(json, "findings");
    json_write_array(json);
    for (uint32_t i = 0; i < auditing->report.count; i++) {
        const struct zhol_finding *finding = &auditing->report.findings[i];
        if (finding->severity != ZHOL_FAULT) {
            continue;
        }
        json_write_object(json);
        json_member_text(json, "stream", finding->file);
        json_member_int(json, "seq", finding->row);
        json_member_text(json, "about", finding->column);
        json_member_text(json, "found", finding->value);
        json_member_text(json, "expected", finding->expected);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void print_json(struct auditing *auditing)
{
    const struct audit_counts *c = &auditing->counts;
    struct json_writer json;
    json_writer_init(&json, &auditing->out, true);
    json_write_object(&json);
    json_member_bool(&json, "valid", !auditing->error);
    json_write_key(&json, "counts");
    json_write_object(&json);
    json_member_int(&json, "streams", (int64_t)c->streams);
    json_member_int(&json, "entries", (int64_t)c->entries);
    json_member_int(&json, "bytes", (int64_t)c->bytes);
    json_member_int(&json, "places", (int64_t)c->places);
    json_member_int(&json, "refusals", (int64_t)c->refusals);
    json_member_int(&json, "anchors", (int64_t)c->anchors);
    json_member_int(&json, "countersignatures", (int64_t)c->countersignatures);
    json_member_int(&json, "receipts", (int64_t)c->receipts);
    json_write_object_end(&json);
    json_heads(auditing, &json);
    json_findings(auditing, &json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

/* ---- countersigning ---- */

static void member_hex(struct json_writer *json, const char *key, const uint8_t *bytes, size_t size)
{
    char text[2 * SIGNATURE_SIZE + 1];
    hex_write(bytes, size, text);
    json_member_text(json, key, text);
}

/* As POST /v1/heads/countersign takes it. */
static enum zhol_error put_signature(const struct countersignature *signature, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, false);
    json_write_object(&json);
    json_member_text(&json, "stream", signature->stream);
    json_member_int(&json, "seq", (int64_t)signature->seq);
    member_hex(&json, "hash", signature->hash, HASH_SIZE);
    member_hex(&json, "signature", signature->signature, SIGNATURE_SIZE);
    member_hex(&json, "key", signature->signer, SIGN_KEY_SIZE);
    json_write_object_end(&json);
    return json_writer_end(&json);
}

/* One line of JSON for each head. */
static int sign_heads(struct auditing *auditing, const char *path)
{
    struct signer *signer = NULL;
    enum zhol_error error = signer_open(path, &auditing->report, &signer);
    for (uint32_t i = 0; i < auditing->heads.count && !error; i++) {
        const struct audit_head *head = &auditing->heads.items[i];
        struct countersignature signature;
        if (head->seq) {
            error = countersign_make(signer, head->stream, head->seq, head->hash, &signature);
            error = error ? error : put_signature(&signature, &auditing->out);
            buffer_char(&auditing->out, '\n');
        }
    }
    signer_close(signer);
    if (error) {
        operated_findings(auditing->given, &auditing->report);
        return fail(auditing->given, operated_code(error), "%s",
                    operated_error(auditing->given, error));
    }
    return EXIT_FINE;
}

/* ---- the command ---- */

static int look(struct auditing *auditing)
{
    const struct given *given = auditing->given;
    const char *public = given_value(given, "public");
    struct progress progress;
    struct audit_options asked = {.receipts = auditing->receipts.items,
                                  .receipt_count = auditing->receipts.count,
                                  .published = auditing->published.items,
                                  .published_count = auditing->published.count,
                                  .signers = auditing->signers,
                                  .signer_count = auditing->signer_count,
                                  .heads = &auditing->heads,
                                  .progress = operated_progress,
                                  .context = &progress};
    enum zhol_error error;
    if (!public) {
        struct store_options how = {.read_only = true, .must_exist = true};
        int code = operated_open(given, &how, &auditing->store);
        if (code != EXIT_FINE) {
            return code;
        }
    }
    progress_start(&progress, is_ru(auditing) ? "проверка журнала" : "audit", 0);
    error = public ? audit_public_file(public, &asked, &auditing->counts, &auditing->report)
                   : audit_store(auditing->store, &asked, &auditing->counts, &auditing->report);
    progress_end(&progress);
    if (error && error != ZHOL_ERROR_INVALID) {
        operated_findings(given, &auditing->report);
        return fail(given, operated_code(error),
                    is_ru(auditing) ? "журнал не проверен (%s)"
                                    : "the journal was not looked at (%s)",
                    operated_error(given, error));
    }
    auditing->error = error ? error : auditing->error;
    return EXIT_FINE;
}

static int answer(struct auditing *auditing)
{
    const struct given *given = auditing->given;
    const char *export = given_value(given, "export"), *sign = given_value(given, "sign");
    int code = EXIT_FINE;
    if (strcmp(given_format(given), "json") == 0) {
        print_json(auditing);
    } else {
        if (auditing->error) {
            operated_findings(given, &auditing->report);
        }
        print_table(auditing);
    }
    if (export) {
        code = export_all(auditing, export);
    }
    if (sign && !auditing->error && code == EXIT_FINE) {
        code = sign_heads(auditing, sign);
    }
    if (code == EXIT_FINE) {
        code = auditing->error ? EXIT_FOUND_FAULTS : EXIT_FINE;
    }
    return load_write(given, &auditing->out, code);
}

static int run(const struct given *given)
{
    struct auditing auditing = {.given = given};
    int code = check_given(given);
    zhol_report_init(&auditing.report, 0);
    code = code == EXIT_FINE ? read_signers(&auditing) : code;
    code = code == EXIT_FINE ? read_receipts(&auditing) : code;
    code = code == EXIT_FINE ? read_heads(&auditing) : code;
    code = code == EXIT_FINE ? look(&auditing) : code;
    code = code == EXIT_FINE ? answer(&auditing) : code;
    store_close(auditing.store);
    receipts_clear(&auditing.receipts);
    audit_heads_clear(&auditing.heads);
    free(auditing.signers);
    free(auditing.published.items);
    zhol_report_clear(&auditing.report);
    buffer_clear(&auditing.out);
    return code;
}

static const char *const examples[] = {
    "zhol audit --store sqlite:queue.db",
    "applies every command again and says whether the journal holds",
    "применяет каждую команду заново и говорит, верен ли журнал",
    "zhol audit --store sqlite:queue.db --export journal.ndjson",
    "also writes what anybody may check",
    "ещё и записывает то, что может проверить каждый",
    "zhol audit --public journal.ndjson --receipts mine.json",
    "checks an export, and that a receipt's entry is in it",
    "проверяет выгрузку и то, что запись расписки в ней есть",
    NULL};

const struct command command_audit = {
    .name = "audit",
    .about = SAID("check a journal: chains, order, receipts, anchors",
                  "проверить журнал: цепочки, порядок, расписки, якоря"),
    .arguments = "",
    .formats = "table|json",
    .options = options,
    .details = SAID("Every entry is read from the first on; nothing but the journal is needed. "
                    "What is checked, and what cannot be: docs/trust.md.",
                    "Читается каждая запись с первой; кроме журнала ничего не нужно. Что "
                    "проверяется и чего проверить нельзя: docs/trust.md."),
    .examples = examples,
    .run = run,
};
