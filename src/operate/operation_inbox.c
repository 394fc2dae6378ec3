/* operation_inbox.c: submissions on their way to the writer. */
#include <stdlib.h>
#include <string.h>

#include "operate/entry_members.h"
#include "operate/operation_state.h"

enum {
    KEY_MAX = 200, /* bytes */
    NOTE_MAX = 4096,
    DATA_MAX = 16 << 20,
    SEALED_MAX = 1 << 20
};

/* ---- checks ---- */

static bool text_good(struct text_view text, uint32_t most)
{
    return text.size <= most && text_utf8_valid(text.bytes, text.size, NULL);
}

static bool name_good(const char *name)
{
    size_t size = strnlen(name, COMMAND_NAME_SIZE);
    return size < COMMAND_NAME_SIZE && text_utf8_valid(name, size, NULL);
}

bool stream_name_good(const char *name)
{
    size_t size = strnlen(name, COMMAND_NAME_SIZE);
    for (size_t i = 0; i < size; i++) {
        char c = name[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
            return false;
        }
    }
    return size > 0 && size < COMMAND_NAME_SIZE;
}

/* What the journal could not hold, or would read back as something else, goes no further. */
static bool command_good(const struct command *command)
{
    if ((unsigned)command->kind >= COMMAND_COUNT || (unsigned)command->role >= ROLE_COUNT ||
        !stream_name_good(command->stream)) {
        return false;
    }
    bool registry = strcmp(command->stream, REGISTRY_STREAM) == 0;
    return registry == (command_stream_of(command->kind) == STREAM_REGISTRY) &&
           name_good(command->queue) && name_good(command->category) && name_good(command->unit) &&
           text_good(command->key, KEY_MAX) && text_good(command->note, NOTE_MAX) &&
           command->data.size <= DATA_MAX && (!command->data.size || json_compact(command->data));
}

static bool attachment_good(const struct attachment *attachment)
{
    if (attachment->sealed.size > SEALED_MAX || attachment->unique_count > 2) {
        return false;
    }
    for (uint32_t i = 0; i < attachment->unique_count; i++) {
        const struct claim_need *need = &attachment->unique[i];
        if (!need->scope || !*need->scope || strpbrk(need->scope, " \n") ||
            !memchr(need->key, 0, sizeof need->key) || !*need->key || strchr(need->key, '\n')) {
            return false;
        }
    }
    return true;
}

/* ---- submissions ---- */

static struct text_view place_text(char **at, struct text_view text)
{
    struct text_view placed = {*at, text.size};
    if (text.size) {
        memcpy(*at, text.bytes, text.size);
        *at += text.size;
    }
    return placed;
}

enum zhol_error submission_new(const struct command *command, const struct attachment *attachment,
                               struct submission **out)
{
    struct text_view sealed = attachment ? attachment->sealed : (struct text_view){"", 0};
    size_t scopes = 0;
    for (uint32_t i = 0; attachment && i < attachment->unique_count; i++) {
        scopes += strlen(attachment->unique[i].scope) + 1;
    }
    size_t size =
        (size_t)command->key.size + command->note.size + command->data.size + sealed.size + scopes;
    struct submission *made = malloc(sizeof *made + size);
    *out = made;
    if (!made) {
        return ZHOL_ERROR_MEMORY;
    }
    char *at = made->texts;
    made->next = NULL;
    made->done = NULL;
    made->context = NULL;
    made->command = *command;
    made->command.key = place_text(&at, command->key);
    made->command.note = place_text(&at, command->note);
    made->command.data = place_text(&at, command->data);
    made->attached = attachment != NULL;
    if (attachment) {
        made->attachment = *attachment;
        made->attachment.sealed = place_text(&at, sealed);
        for (uint32_t i = 0; i < attachment->unique_count; i++) {
            const char *scope = attachment->unique[i].scope;
            struct text_view with_end = {scope, (uint32_t)strlen(scope) + 1};
            made->attachment.unique[i].scope = place_text(&at, with_end).bytes;
        }
    }
    return ZHOL_ERROR_OK;
}

void submission_answer(struct submission *submission, const struct answer *answer)
{
    if (submission->done) {
        submission->done(submission->context, answer);
    }
    free(submission);
}

/* ---- the inbox ---- */

enum zhol_error operation_submit(struct operation *operation, const struct command *command,
                                 const struct attachment *attachment, operation_done done,
                                 void *context)
{
    if (!command_good(command) || (attachment && !attachment_good(attachment))) {
        return ZHOL_ERROR_INVALID;
    }
    struct submission *submission;
    enum zhol_error error = submission_new(command, attachment, &submission);
    if (error) {
        return error;
    }
    submission->done = done;
    submission->context = context;
    pthread_mutex_lock(&operation->lock);
    if (atomic_load(&operation->stopped)) {
        error = ZHOL_ERROR_IO;
    } else if (operation->closing) {
        error = ZHOL_ERROR_INTERRUPTED;
    } else if (operation->waiting >= operation->options.inbox_max) {
        error = ZHOL_ERROR_LIMIT;
    } else {
        *operation->last = submission;
        operation->last = &submission->next;
        if (operation->waiting++ == 0) {
            pthread_cond_signal(&operation->work);
        }
    }
    pthread_mutex_unlock(&operation->lock);
    if (error) {
        free(submission);
    }
    return error;
}

struct submission *inbox_take(struct operation *operation, uint32_t most)
{
    pthread_mutex_lock(&operation->lock);
    struct submission *first = operation->first, **end = &operation->first;
    uint32_t count = 0;
    while (*end && count < most) {
        end = &(*end)->next;
        count++;
    }
    if (count) {
        operation->first = *end;
        *end = NULL;
        operation->waiting -= count;
        if (!operation->first) {
            operation->last = &operation->first;
        }
    }
    pthread_mutex_unlock(&operation->lock);
    return count ? first : NULL;
}

void inbox_fail(struct operation *operation, enum zhol_error error)
{
    struct submission *list;
    while ((list = inbox_take(operation, UINT32_MAX)) != NULL) {
        while (list) {
            struct submission *next = list->next;
            submission_answer(list, &(struct answer){.error = error});
            list = next;
        }
    }
}
