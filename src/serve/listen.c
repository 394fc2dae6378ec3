/* listen.c: addresses as text. See listen.h. */
#include "serve/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"

static enum zhol_error fault(const char *text, enum zhol_error error, const char *expected,
                             struct zhol_report *report)
{
    return zhol_report_add(report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                          .code = error,
                                                          .file = "--listen",
                                                          .value = text,
                                                          .expected = expected});
}

static enum zhol_error wrong(const char *text, struct zhol_report *report)
{
    return fault(text, ZHOL_ERROR_SYNTAX,
                 "an address and port (0 to 65535) such as 127.0.0.1:8080 or [::1]:8080", report);
}

enum zhol_error listen_parse(const char *text, struct sockaddr_storage *address,
                             struct zhol_report *report)
{
    struct sockaddr_in *four = (struct sockaddr_in *)address;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)address;
    const char *colon = strrchr(text, ':');
    char host[64];
    int64_t port;
    size_t size = colon ? (size_t)(colon - text) : 0;
    *address = (struct sockaddr_storage){0};
    if (size >= sizeof host ||
        number_parse_int_in(text_view_of(colon ? colon + 1 : text), 0, 65535, &port)) {
        return wrong(text, report);
    }
    memcpy(host, colon ? text : "127.0.0.1", colon ? size : 10);
    host[colon ? size : 9] = '\0';
    if (host[0] == '[' && size > 2 && host[size - 1] == ']') {
        host[size - 1] = '\0';
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)port);
        return inet_pton(AF_INET6, host + 1, &six->sin6_addr) == 1 ? ZHOL_ERROR_OK
                                                                   : wrong(text, report);
    }
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)port);
    return inet_pton(AF_INET, host, &four->sin_addr) == 1 ? ZHOL_ERROR_OK : wrong(text, report);
}

enum zhol_error listen_refused(const char *text, struct zhol_report *report)
{
    return fault(text, ZHOL_ERROR_IO,
                 errno == EADDRINUSE ? "an address that no other program listens on"
                                     : "an address of this machine",
                 report);
}

void listen_address_text(const struct sockaddr *address, char *text, size_t size)
{
    const void *bytes =
        address->sa_family == AF_INET6
            ? (const void *)&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr
            : (const void *)&((const struct sockaddr_in *)(const void *)address)->sin_addr;
    if (!inet_ntop(address->sa_family, bytes, text, (socklen_t)size)) {
        snprintf(text, size, "?");
    }
}

void listen_close(int socket)
{
    if (socket >= 0) {
        close(socket);
    }
}
