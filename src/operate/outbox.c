/* outbox.c: stored messages and the thread that sends them. See outbox.h.
 *
 * Key of a message: when it is due (12 hexadecimal digits of UTC seconds) and 16 random ones, so
 * that the store gives messages in the order in which they are due. Value: one JSON object with
 * the sealed fields in base64.
 */
#include "operate/outbox.h"

#include <curl/curl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/file.h"
#include "base/json.h"
#include "base/time.h"
#include "operate/outbox_send.h"
#include "operate/outbox_state.h"
#include "operate/outbox_words.h"

enum {
    BATCH = 64,
    GIVE_UP_S = 24 * TIME_HOUR_S,
    GIVE_UP_CODE_S = 600,
    WAIT_MAX_S = 60 * 60,
    IDLE_S = 5,
    KEY_TEXT = 12 + 16 + 1,
    ID_TEXT = 17,
};

/* A stored message. */
struct waiting {
    char key[KEY_TEXT];
    char id[ID_TEXT];
    uint64_t subject;
    char template[32], lang[4];
    int64_t made_s, due_s;
    uint32_t tries;
    struct buffer sealed;
    enum { KEEP, SENT, GIVEN_UP } fate;
};

int64_t outbox_now(const struct outbox *outbox)
{
    return outbox->options.clock ? outbox->options.clock(outbox->options.clock_context)
                                 : time_now_s();
}

int64_t outbox_wait_s(uint32_t tries)
{
    int64_t wait_s = tries < 6 ? 60LL << tries : WAIT_MAX_S;
    return wait_s < WAIT_MAX_S ? wait_s : WAIT_MAX_S;
}

/* ---- records ---- */

static void make_key(int64_t due_s, const char *id, char key[KEY_TEXT])
{
    char due[OPAQUE_TEXT_SIZE];
    opaque_write((uint64_t)(due_s > 0 ? due_s : 0), due);
    memcpy(key, due + 4, 12);
    memcpy(key + 12, id, 16);
    key[KEY_TEXT - 1] = '\0';
}

static enum zhol_error write_waiting(const struct waiting *waiting, struct buffer *out)
{
    struct json_writer json;
    char subject[OPAQUE_TEXT_SIZE];
    size_t size = sodium_base64_encoded_len(waiting->sealed.size, sodium_base64_VARIANT_ORIGINAL);
    char *sealed = malloc(size);
    if (!sealed) {
        return ZHOL_ERROR_MEMORY;
    }
    sodium_bin2base64(sealed, size, (const uint8_t *)buffer_get(&waiting->sealed),
                      waiting->sealed.size, sodium_base64_VARIANT_ORIGINAL);
    opaque_write(waiting->subject, subject);
    json_writer_init(&json, out, false);
    json_write_object(&json);
    json_member_text(&json, "subject", subject);
    json_member_text(&json, "template", waiting->template);
    json_member_text(&json, "lang", waiting->lang);
    json_member_int(&json, "made", waiting->made_s);
    json_member_int(&json, "tries", waiting->tries);
    json_member_text(&json, "sealed", sealed);
    json_write_object_end(&json);
    free(sealed);
    return json_writer_end(&json);
}

static bool copy_text(const json_t *value, char *out, size_t size)
{
    const char *text = json_string_value(value);
    if (!text || strlen(text) >= size) {
        return false;
    }
    memcpy(out, text, strlen(text) + 1);
    return true;
}

static enum zhol_error read_waiting(struct text_view key, struct text_view value,
                                    struct waiting *waiting)
{
    json_t *json = json_loadb(value.bytes, value.size, JSON_REJECT_DUPLICATES, NULL);
    const char *subject = json_string_value(json_object_get(json, "subject"));
    const char *sealed = json_string_value(json_object_get(json, "sealed"));
    size_t size = sealed ? strlen(sealed) : 0, used = 0;
    bool fine =
        key.size == KEY_TEXT - 1 && subject && sealed &&
        !opaque_read(text_view_of(subject), &waiting->subject) &&
        copy_text(json_object_get(json, "template"), waiting->template, sizeof waiting->template) &&
        copy_text(json_object_get(json, "lang"), waiting->lang, sizeof waiting->lang) &&
        buffer_reserve(&waiting->sealed, size) &&
        sodium_base642bin((uint8_t *)waiting->sealed.bytes, size, sealed, size, NULL, &used, NULL,
                          sodium_base64_VARIANT_ORIGINAL) == 0;
    if (fine) {
        memcpy(waiting->key, key.bytes, key.size);
        memcpy(waiting->id, key.bytes + 12, 16);
        waiting->sealed.size = used;
        waiting->made_s = json_integer_value(json_object_get(json, "made"));
        waiting->tries = (uint32_t)json_integer_value(json_object_get(json, "tries"));
    }
    json_decref(json);
    return fine ? ZHOL_ERROR_OK : ZHOL_ERROR_INVALID;
}

enum zhol_error outbox_put_inside(struct outbox *outbox, const struct message *message)
{
    struct waiting waiting = {.subject = message->subject, .made_s = outbox_now(outbox)};
    struct buffer json = {0};
    if (!outbox_template_known(message->template) ||
        (message->lang[0] && !outbox_lang_known(message->lang))) {
        return ZHOL_ERROR_UNKNOWN;
    }
    memcpy(waiting.template, message->template, sizeof waiting.template);
    memcpy(waiting.lang, message->lang, sizeof waiting.lang);
    opaque_write(vault_new_id(), waiting.id);
    make_key(waiting.made_s, waiting.id, waiting.key);
    enum zhol_error error =
        vault_seal(outbox->vault, message->subject, message->fields, &waiting.sealed);
    if (!error) {
        error = write_waiting(&waiting, &json);
    }
    if (!error) {
        error = store_put(outbox->store, "outbox", text_view_of(waiting.key),
                          (struct text_view){buffer_get(&json), (uint32_t)json.size});
    }
    if (!error) {
        pthread_mutex_lock(&outbox->lock);
        outbox->counts.waiting++;
        pthread_mutex_unlock(&outbox->lock);
    }
    buffer_clear(&waiting.sealed);
    buffer_clear(&json);
    return error;
}

enum zhol_error outbox_put(struct outbox *outbox, const struct message *message)
{
    enum zhol_error error = store_begin(outbox->store);
    if (error) {
        return error;
    }
    error = outbox_put_inside(outbox, message);
    if (error) {
        store_rollback(outbox->store);
        return error;
    }
    error = store_commit(outbox->store);
    pthread_mutex_lock(&outbox->lock);
    outbox->poked = true;
    pthread_cond_signal(&outbox->wake);
    pthread_mutex_unlock(&outbox->lock);
    return error;
}

/* ---- sending ---- */

struct address {
    char phone[64], mail[256], lang[8];
};

/* ZHOL_ERROR_UNKNOWN: the subject is erased. */
static enum zhol_error find_address(const struct outbox *outbox, uint64_t subject,
                                    struct address *address)
{
    struct buffer fields = {0};
    memset(address, 0, sizeof *address);
    enum zhol_error error = vault_read(outbox->vault, subject, &fields);
    if (!error) {
        json_t *json = json_loadb(buffer_get(&fields), fields.size, 0, NULL);
        (void)copy_text(json_object_get(json, "phone"), address->phone, sizeof address->phone);
        (void)copy_text(json_object_get(json, "email"), address->mail, sizeof address->mail);
        (void)copy_text(json_object_get(json, "lang"), address->lang, sizeof address->lang);
        json_decref(json);
        sodium_memzero(fields.bytes, fields.size);
    }
    buffer_clear(&fields);
    return error;
}

/* Phone numbers are typed with spaces, dashes and brackets. */
static void tidy_phone(char *phone)
{
    char *to = phone;
    for (const char *at = phone; *at; at++) {
        if (!strchr(" -().", *at)) {
            *to++ = *at;
        }
    }
    *to = '\0';
}

static enum zhol_error hand_over(const struct outbox *outbox, struct address *address,
                                 struct outgoing *outgoing)
{
    const struct outbox_options *options = &outbox->options;
    if (address->phone[0] && options->sms_url && options->sms_url[0]) {
        tidy_phone(address->phone);
        outgoing->to = address->phone;
        return send_sms(options, outbox->token, outgoing);
    }
    if (address->mail[0] && options->smtp_url && options->smtp_url[0]) {
        outgoing->to = address->mail;
        return send_mail(options, outgoing);
    }
    if (options->file && options->file[0]) {
        outgoing->to = address->phone[0] ? address->phone : address->mail;
        return send_file(options, outgoing);
    }
    return ZHOL_ERROR_INVALID; /* no way to this person */
}

static enum zhol_error send_one(const struct outbox *outbox, const struct waiting *waiting,
                                int64_t now_s)
{
    struct address address;
    struct buffer fields = {0}, title = {0}, text = {0};
    enum zhol_error error = find_address(outbox, waiting->subject, &address);
    const char *lang = waiting->lang[0]                  ? waiting->lang
                       : outbox_lang_known(address.lang) ? address.lang
                                                         : "en";
    if (!error) {
        error = vault_unseal(
            outbox->vault, waiting->subject,
            (struct text_view){buffer_get(&waiting->sealed), (uint32_t)waiting->sealed.size},
            &fields);
    }
    if (!error) {
        error = outbox_text(&outbox->options, waiting->template, lang,
                            (struct text_view){buffer_get(&fields), (uint32_t)fields.size}, &title,
                            &text);
    }
    if (!error) {
        struct outgoing outgoing = {.time_s = now_s,
                                    .template = waiting->template,
                                    .lang = lang,
                                    .title = buffer_get(&title),
                                    .text = buffer_get(&text),
                                    .id = waiting->id};
        error = hand_over(outbox, &address, &outgoing);
    }
    buffer_clear(&fields);
    buffer_clear(&title);
    buffer_clear(&text);
    sodium_memzero(&address, sizeof address);
    return error;
}

struct due {
    struct waiting *list;
    uint32_t count;
    int64_t now_s;
    uint32_t unreadable;
};

static enum zhol_error take_due(void *context, struct text_view key, struct text_view value)
{
    struct due *due = context;
    char digits[13] = "";
    memcpy(digits, key.bytes, key.size < 12 ? key.size : 12);
    if (due->count >= BATCH || (int64_t)strtoll(digits, NULL, 16) > due->now_s) {
        return ZHOL_ERROR_INTERRUPTED;
    }
    struct waiting *waiting = &due->list[due->count];
    memset(waiting, 0, sizeof *waiting);
    if (read_waiting(key, value, waiting)) { /* damaged: leave it, count it, go on */
        buffer_clear(&waiting->sealed);
        due->unreadable++;
        return ZHOL_ERROR_OK;
    }
    due->count++;
    return ZHOL_ERROR_OK;
}

static enum zhol_error store_fates(struct outbox *outbox, struct due *due)
{
    struct buffer json = {0};
    enum zhol_error error = store_begin(outbox->store);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; i < due->count && !error; i++) {
        struct waiting *waiting = &due->list[i];
        error = store_remove(outbox->store, "outbox", text_view_of(waiting->key));
        if (waiting->fate != KEEP || error) {
            continue;
        }
        waiting->due_s = due->now_s + outbox_wait_s(waiting->tries++);
        make_key(waiting->due_s, waiting->id, waiting->key);
        buffer_reset(&json);
        error = write_waiting(waiting, &json);
        if (!error) {
            error = store_put(outbox->store, "outbox", text_view_of(waiting->key),
                              (struct text_view){buffer_get(&json), (uint32_t)json.size});
        }
    }
    buffer_clear(&json);
    if (error) {
        store_rollback(outbox->store);
        return error;
    }
    return store_commit(outbox->store);
}

static void send_all(struct outbox *outbox, struct due *due, uint32_t *sent, uint32_t *failed)
{
    for (uint32_t i = 0; i < due->count; i++) {
        struct waiting *waiting = &due->list[i];
        bool code = strcmp(waiting->template, "code") == 0;
        bool late = due->now_s - waiting->made_s >= (code ? GIVE_UP_CODE_S : GIVE_UP_S);
        enum zhol_error error = late ? ZHOL_ERROR_INVALID : send_one(outbox, waiting, due->now_s);
        waiting->fate = !error ? SENT : error == ZHOL_ERROR_IO ? KEEP : GIVEN_UP;
        *sent += waiting->fate == SENT;
        *failed += waiting->fate != SENT;
        pthread_mutex_lock(&outbox->lock);
        outbox->counts.waiting -= waiting->fate != KEEP;
        outbox->counts.sent += waiting->fate == SENT;
        outbox->counts.failed += waiting->fate == KEEP;
        outbox->counts.given_up += waiting->fate == GIVEN_UP;
        pthread_mutex_unlock(&outbox->lock);
    }
}

enum zhol_error outbox_step(struct outbox *outbox, uint32_t *sent, uint32_t *failed)
{
    struct waiting list[BATCH];
    uint32_t full = BATCH;
    *sent = *failed = 0;
    pthread_mutex_lock(&outbox->stepping);
    enum zhol_error error = outbox_journal_step(outbox);
    while (!error && full == BATCH) {
        struct due due = {list, 0, outbox_now(outbox), 0};
        error = store_list(outbox->store, "outbox", TEXT(""), take_due, &due);
        error = error == ZHOL_ERROR_INTERRUPTED ? ZHOL_ERROR_OK : error;
        full = due.count;
        if (!error && due.count) {
            send_all(outbox, &due, sent, failed);
            error = store_fates(outbox, &due);
        }
        for (uint32_t i = 0; i < due.count; i++) {
            buffer_clear(&list[i].sealed);
        }
        pthread_mutex_lock(&outbox->lock);
        full = outbox->ending ? 0 : full;
        pthread_mutex_unlock(&outbox->lock);
    }
    pthread_mutex_unlock(&outbox->stepping);
    return error;
}

/* ---- thread, open, close ---- */

static void *run(void *context)
{
    struct outbox *outbox = context;
    uint32_t sent, failed;
    struct timespec until;
    pthread_mutex_lock(&outbox->lock);
    while (!outbox->ending) {
        outbox->poked = false;
        pthread_mutex_unlock(&outbox->lock);
        (void)outbox_step(outbox, &sent, &failed); /* a broken store stays so; nothing is lost */
        pthread_mutex_lock(&outbox->lock);
        if (!outbox->ending && !outbox->happening_count && !outbox->poked) {
            clock_gettime(CLOCK_REALTIME, &until);
            until.tv_sec += IDLE_S;
            pthread_cond_timedwait(&outbox->wake, &outbox->lock, &until);
        }
    }
    pthread_mutex_unlock(&outbox->lock);
    return NULL;
}

static enum zhol_error count_one(void *context, struct text_view key, struct text_view value)
{
    (void)key;
    (void)value;
    ++*(uint64_t *)context;
    return ZHOL_ERROR_OK;
}

static enum zhol_error read_token(struct outbox *outbox, struct zhol_report *report)
{
    struct file_data data;
    const char *path = outbox->options.sms_token_file;
    if (!path || !path[0]) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = file_read(path, sizeof outbox->token - 1, &data, report);
    if (error) {
        return error;
    }
    struct text_view text = text_trim((struct text_view){data.bytes, (uint32_t)data.size});
    memcpy(outbox->token, text.bytes, text.size);
    if (strcspn(outbox->token, "\r\n") != text.size) {
        error = zhol_report_add(report, &(struct zhol_finding){ZHOL_FAULT, ZHOL_ERROR_SYNTAX, 0,
                                                               path, "", "", "one line"});
    }
    file_clear(&data);
    return error;
}

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;
static void start_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

enum zhol_error outbox_open(struct store *store, struct vault *vault,
                            const struct outbox_options *options, struct zhol_report *report,
                            struct outbox **outbox)
{
    *outbox = NULL;
    pthread_once(&curl_once, start_curl);
    struct outbox *made = calloc(1, sizeof *made);
    if (!made) {
        return ZHOL_ERROR_MEMORY;
    }
    made->store = store;
    made->vault = vault;
    made->options = *options;
    pthread_mutex_init(&made->stepping, NULL);
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->wake, NULL);
    enum zhol_error error = read_token(made, report);
    if (!error) {
        error = store_list(store, "outbox", TEXT(""), count_one, &made->counts.waiting);
    }
    if (error) {
        outbox_close(made);
        return error;
    }
    *outbox = made;
    return ZHOL_ERROR_OK;
}

enum zhol_error outbox_follow(struct outbox *outbox, struct operation *operation)
{
    return outbox_journal_start(outbox, operation);
}

enum zhol_error outbox_start(struct outbox *outbox, struct operation *operation)
{
    enum zhol_error error = outbox_follow(outbox, operation);
    if (!error) {
        error =
            pthread_create(&outbox->thread, NULL, run, outbox) ? ZHOL_ERROR_MEMORY : ZHOL_ERROR_OK;
        outbox->started = !error;
    }
    return error;
}

void outbox_close(struct outbox *outbox)
{
    if (!outbox) {
        return;
    }
    pthread_mutex_lock(&outbox->lock);
    outbox->ending = true;
    pthread_cond_signal(&outbox->wake);
    pthread_mutex_unlock(&outbox->lock);
    if (outbox->started) {
        pthread_join(outbox->thread, NULL);
    }
    pthread_mutex_destroy(&outbox->stepping);
    pthread_mutex_destroy(&outbox->lock);
    pthread_cond_destroy(&outbox->wake);
    free(outbox->happenings);
    sodium_memzero(outbox->token, sizeof outbox->token);
    free(outbox);
}

struct outbox_counts outbox_count(const struct outbox *outbox)
{
    struct outbox *mine = (struct outbox *)outbox; /* the lock is not part of what is read */
    pthread_mutex_lock(&mine->lock);
    struct outbox_counts counts = mine->counts;
    pthread_mutex_unlock(&mine->lock);
    return counts;
}
