/* outbox_send.c: senders. See outbox_send.h.
 *
 * Mail: RFC 5322 with RFC 2047 words in the subject and a base64 body, so that every relay passes
 * Cyrillic and Chinese unchanged. Addresses are checked before they stand in a command or header:
 * no control characters, spaces or angle brackets.
 */
#include "operate/outbox_send.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"

enum { CONNECT_LIMIT_S = 10, TOTAL_LIMIT_S = 30, ADDRESS_MAX = 254, MAIL_LINE = 76 };

static bool address_fits(const char *text, bool mail)
{
    size_t size = strlen(text);
    if (!size || size > ADDRESS_MAX) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c <= ' ' || c == 0x7F || strchr("<>\"\\,;", c)) {
            return false;
        }
    }
    return mail ? strchr(text, '@') && text[0] != '@' && text[size - 1] != '@'
                : strspn(text, "+0123456789") == size;
}

static size_t ignore(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    (void)context;
    return size * count;
}

static CURL *new_transfer(const char *url, const char *protocols)
{
    CURL *curl = curl_easy_init();
    if (curl) {
        curl_easy_setopt(curl, CURLOPT_URL, url);
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_LIMIT_S);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TOTAL_LIMIT_S);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
        curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* the environment does not reroute messages */
    }
    return curl;
}

/* ---- mail ---- */

/* Base64 in lines of `per_line` bytes each, a multiple of 3. */
static void put_base64(struct buffer *out, const char *bytes, size_t size, size_t per_line,
                       const char *before, const char *after)
{
    char line[128];
    for (size_t at = 0; at < size;) {
        uint32_t take = (uint32_t)(size - at < per_line ? size - at : per_line);
        if (before[0] && at + take < size) { /* a word of a header may not cut a character in two */
            take = text_utf8_cut((struct text_view){bytes + at, (uint32_t)(size - at)}, take);
            take = take ? take : (uint32_t)per_line;
        }
        sodium_bin2base64(line, sizeof line, (const uint8_t *)bytes + at, take,
                          sodium_base64_VARIANT_ORIGINAL);
        buffer_string(out, before);
        buffer_string(out, line);
        buffer_string(out, after);
        at += take;
    }
}

static void put_date(struct buffer *out, int64_t at_s)
{
    static const char days[] = "MonTueWedThuFriSatSun";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int32_t day = time_day_of(at_s);
    struct time_date date = time_date_of(day);
    uint32_t second = time_second_of_day(at_s);
    buffer_printf(out, "Date: %.3s, %u %.3s %d %02u:%02u:%02u +0000\r\n",
                  days + 3 * (size_t)time_weekday(day), date.day,
                  months + 3 * (size_t)(date.month - 1), date.year, second / 3600, second / 60 % 60,
                  second % 60);
}

static void put_mail(struct buffer *out, const char *from, const struct outgoing *outgoing)
{
    const char *at = strchr(from, '@');
    put_date(out, outgoing->time_s);
    buffer_printf(out, "From: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s.zhol%s>\r\n", from, outgoing->to,
                  outgoing->id, at);
    buffer_string(out, "Subject:");
    put_base64(out, outgoing->title, strlen(outgoing->title), 42, " =?UTF-8?B?", "?=\r\n");
    buffer_string(out, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                       "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n"
                       "\r\n");
    put_base64(out, outgoing->text, strlen(outgoing->text), MAIL_LINE / 4 * 3, "", "\r\n");
}

struct reading {
    const char *bytes;
    size_t left;
};

static size_t give(char *to, size_t size, size_t count, void *context)
{
    struct reading *reading = context;
    size_t room = size * count;
    size_t take = reading->left < room ? reading->left : room;
    memcpy(to, reading->bytes, take);
    reading->bytes += take;
    reading->left -= take;
    return take;
}

enum zhol_error send_mail(const struct outbox_options *options, const struct outgoing *outgoing)
{
    struct buffer mail = {0}, to = {0}, from = {0};
    const char *sender = options->smtp_from ? options->smtp_from : "";
    if (!address_fits(outgoing->to, true) || !address_fits(sender, true)) {
        return ZHOL_ERROR_INVALID;
    }
    put_mail(&mail, sender, outgoing);
    buffer_printf(&to, "<%s>", outgoing->to);
    buffer_printf(&from, "<%s>", sender);
    enum zhol_error error = mail.error ? mail.error : to.error ? to.error : from.error;
    CURL *curl = error ? NULL : new_transfer(options->smtp_url, "smtp,smtps");
    struct curl_slist *list = curl ? curl_slist_append(NULL, buffer_get(&to)) : NULL;
    struct reading reading = {buffer_get(&mail), mail.size};
    if (!error && (!curl || !list)) {
        error = ZHOL_ERROR_MEMORY;
    }
    if (!error) {
        curl_easy_setopt(curl, CURLOPT_MAIL_FROM, buffer_get(&from));
        curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, list);
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
        curl_easy_setopt(curl, CURLOPT_READDATA, &reading);
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        error = curl_easy_perform(curl) == CURLE_OK ? ZHOL_ERROR_OK : ZHOL_ERROR_IO;
    }
    curl_slist_free_all(list);
    curl_easy_cleanup(curl);
    buffer_clear(&mail);
    buffer_clear(&to);
    buffer_clear(&from);
    return error;
}

/* ---- SMS ---- */

static enum zhol_error post(const char *url, const char *token, struct buffer *body)
{
    long status = 0;
    struct buffer header = {0};
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    CURL *curl = new_transfer(url, "http,https");
    struct curl_slist *list = curl_slist_append(NULL, "Content-Type: application/json");
    if (token[0] && list) {
        buffer_printf(&header, "Authorization: Bearer %s", token);
        struct curl_slist *longer = curl_slist_append(list, buffer_get(&header));
        list = longer ? longer : list;
    }
    if (curl && list) {
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, buffer_get(body));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)body->size);
        error = curl_easy_perform(curl) == CURLE_OK ? ZHOL_ERROR_OK : ZHOL_ERROR_IO;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        error = !error && (status < 200 || status > 299) ? ZHOL_ERROR_IO : error;
    }
    curl_slist_free_all(list);
    curl_easy_cleanup(curl);
    buffer_clear(&header);
    return error;
}

enum zhol_error send_sms(const struct outbox_options *options, const char *token,
                         const struct outgoing *outgoing)
{
    struct json_writer json;
    struct buffer body = {0};
    if (!address_fits(outgoing->to, false)) {
        return ZHOL_ERROR_INVALID;
    }
    json_writer_init(&json, &body, false);
    json_write_object(&json);
    json_member_text(&json, "to", outgoing->to);
    json_member_text(&json, "text", outgoing->text);
    json_member_text(&json, "id", outgoing->id);
    json_write_object_end(&json);
    enum zhol_error error = json_writer_end(&json);
    if (!error) {
        error = post(options->sms_url, token, &body);
    }
    buffer_clear(&body);
    return error;
}

/* ---- file ---- */

enum zhol_error send_file(const struct outbox_options *options, const struct outgoing *outgoing)
{
    struct json_writer json;
    struct buffer line = {0};
    char when[TIME_TEXT_SIZE];
    time_format_instant(outgoing->time_s, when);
    json_writer_init(&json, &line, false);
    json_write_object(&json);
    json_member_text(&json, "time", when);
    json_member_text(&json, "to", outgoing->to);
    json_member_text(&json, "template", outgoing->template);
    json_member_text(&json, "lang", outgoing->lang);
    json_member_text(&json, "title", outgoing->title);
    json_member_text(&json, "text", outgoing->text);
    json_write_object_end(&json);
    enum zhol_error error = json_writer_end(&json);
    buffer_char(&line, '\n');
    int file =
        error ? -1
              : open(options->file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (!error && file < 0) {
        error = ZHOL_ERROR_IO;
    }
    /* one write, so that lines of two processes do not mix */
    if (!error && write(file, line.bytes, line.size) != (ssize_t)line.size) {
        error = ZHOL_ERROR_IO;
    }
    if (file >= 0) {
        close(file);
    }
    buffer_clear(&line);
    return error;
}
