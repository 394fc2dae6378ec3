/* webhook_send.c: one event and its way over HTTP. See webhook.h. */
#include <curl/curl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/time.h"
#include "serve/endpoint.h"
#include "serve/webhook_state.h"

enum { CONNECT_S = 5, WHOLE_S = 10 };

/* ---- The event ---- */

enum zhol_error webhook_event(struct text_view bytes, const char *stream, uint64_t seq,
                              struct buffer *out)
{
    struct entry entry = {.seq = 0};
    struct json_writer json;
    char text[160];
    enum zhol_error error = entry_read(bytes, &entry, NULL);
    if (error) {
        return error;
    }
    json_writer_init(&json, out, false);
    json_write_object(&json);
    json_member_text(&json, "specversion", "1.0");
    snprintf(text, sizeof text, "%s/%" PRIu64, stream, seq);
    json_member_text(&json, "id", text);
    snprintf(text, sizeof text, "/v1/journal/%s", stream);
    json_member_text(&json, "source", text);
    snprintf(text, sizeof text, "zhol.journal.%s", command_name(entry.command.kind));
    json_member_text(&json, "type", text);
    if (entry.command.place) {
        json_member_opaque(&json, "subject", entry.command.place);
    }
    json_member_instant(&json, "time", entry.command.time_s);
    json_member_text(&json, "datacontenttype", "application/json");
    json_write_key(&json, "data");
    json_write_raw(&json, bytes);
    json_write_object_end(&json);
    entry_clear(&entry);
    return json_writer_end(&json);
}

void webhook_sign(const char *secret, int64_t time_s, struct text_view body, char text[96])
{
    crypto_auth_hmacsha256_state state;
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    char hex[2 * sizeof mac + 1], stamp[32];
    int size = snprintf(stamp, sizeof stamp, "%" PRId64 ".", time_s);
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret, strlen(secret));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)stamp, (unsigned long long)size);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body.bytes, body.size);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
    snprintf(text, 96, "t=%" PRId64 ",v1=%s", time_s, hex);
}

/* "*", "stream:NAME", "queue:ID", "command:NAME", parted by spaces. */
bool webhook_concerns(const char *topics, const struct entry *entry)
{
    struct text_view rest = text_view_of(topics);
    while (rest.size) {
        struct text_view value = text_cut(&rest, ' ');
        struct text_view kind = text_cut(&value, ':');
        if (text_equal_string(kind, "*") ||
            (text_equal_string(kind, "stream") && text_equal_string(value, entry->stream)) ||
            (text_equal_string(kind, "queue") && text_equal_string(value, entry->command.queue)) ||
            (text_equal_string(kind, "command") &&
             text_equal_string(value, command_name(entry->command.kind)))) {
            return true;
        }
    }
    return false;
}

/* ---- Where it may go ---- */

struct net {
    uint32_t address, mask;
};

static bool forbidden_four(uint32_t address, bool loopback_allowed, bool private_allowed)
{
    static const struct net never[] = {
        {0x00000000, 0xff000000}, /* this network */
        {0xa9fe0000, 0xffff0000}, /* link-local, and the metadata services of clouds */
        {0xc0000000, 0xffffff00}, /* protocol assignments */
        {0xe0000000, 0xe0000000}, /* multicast, reserved, broadcast */
    };
    static const struct net private[] = {
        {0x0a000000, 0xff000000}, {0xac100000, 0xfff00000}, {0xc0a80000, 0xffff0000},
        {0x64400000, 0xffc00000}, {0xc6120000, 0xfffe0000},
    };
    if ((address & 0xff000000) == 0x7f000000) {
        return !loopback_allowed;
    }
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        if ((address & never[i].mask) == never[i].address) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof private / sizeof *private; i++) {
        if ((address & private[i].mask) == private[i].address) {
            return !private_allowed;
        }
    }
    return false;
}

static uint32_t four_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool forbidden_six(const uint8_t a[16], bool loopback_allowed, bool private_allowed)
{
    static const uint8_t zeros[12] = {0};
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    static const uint8_t nat64[12] = {0, 0x64, 0xff, 0x9b};
    if (memcmp(a, mapped, 12) == 0 || memcmp(a, nat64, 12) == 0) {
        return forbidden_four(four_at(a + 12), loopback_allowed, private_allowed);
    }
    if (memcmp(a, zeros, 12) == 0) {
        return four_at(a + 12) == 1 ? !loopback_allowed : true; /* ::1, ::, old v4 forms */
    }
    if (a[0] == 0xff || (a[0] == 0xfe && (a[1] & 0xc0) == 0x80)) {
        return true; /* multicast, link-local */
    }
    if (a[0] == 0x20 && a[1] == 0x02) { /* 6to4 carries an IPv4 address */
        return forbidden_four(four_at(a + 2), loopback_allowed, private_allowed);
    }
    return (a[0] & 0xfe) == 0xfc && !private_allowed;
}

bool webhook_forbidden(const struct sockaddr *address, bool loopback_allowed, bool private_allowed)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, address, sizeof four);
        return forbidden_four(ntohl(four.sin_addr.s_addr), loopback_allowed, private_allowed);
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, address, sizeof six);
        return forbidden_six(six.sin6_addr.s6_addr, loopback_allowed, private_allowed);
    }
    return true;
}

/* ---- The call ---- */

struct opening {
    const struct server_options *options;
    bool refused; /* an address that no webhook may go to */
};

/* libcurl asks for a socket to an address that it has looked up: the last word is here. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct opening *opening = context;
    const struct server_options *options = opening->options;
    (void)purpose;
    if (webhook_forbidden(&address->addr, options->local_webhooks, options->private_webhooks)) {
        opening->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype, address->protocol);
}

static size_t drop(char *bytes, size_t size, size_t count, void *context)
{
    size_t *seen = context;
    (void)bytes;
    *seen += size * count;
    return *seen > 65536 ? 0 : size * count; /* nobody needs a long answer */
}

static void set_options(CURL *curl, const struct hook *hook, struct opening *opening,
                        struct curl_slist *headers, struct text_view body, size_t *seen)
{
    curl_easy_setopt(curl, CURLOPT_URL, hook->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, opening);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.bytes);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)body.size);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, seen);
}

bool webhook_post(const struct hook *hook, const struct server_options *options,
                  struct text_view body, int64_t now_s, char why[128])
{
    char signature[96], header[128];
    struct opening opening = {.options = options};
    size_t seen = 0;
    long status = 0;
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = NULL;
    webhook_sign(hook->secret, now_s, body, signature);
    snprintf(header, sizeof header, "X-Zhol-Signature: %s", signature);
    headers = curl_slist_append(headers, "Content-Type: application/cloudevents+json");
    headers = curl_slist_append(headers, header);
    headers = curl_slist_append(headers, "User-Agent: zhol");
    headers = curl_slist_append(headers, "Expect:");
    CURLcode code = CURLE_OUT_OF_MEMORY;
    if (curl && headers) {
        set_options(curl, hook, &opening, headers, body, &seen);
        code = curl_easy_perform(curl);
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    }
    bool good = code == CURLE_OK && status >= 200 && status < 300;
    if (code && opening.refused) {
        snprintf(why, 128,
                 "refused: a private address (the server allows them with "
                 "--allow-private-webhooks)");
    } else if (code) {
        snprintf(why, 128, "%s", curl_easy_strerror(code));
    } else {
        snprintf(why, 128, "status %ld", status);
    }
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return good;
}
