/* serve/listen.h: addresses as text. */
#ifndef ZHOL_SERVE_LISTEN_H
#define ZHOL_SERVE_LISTEN_H

#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>

#include <zhol/error.h>

/* "127.0.0.1:8080", "[::1]:8080", "8080" (loopback). Numbers only: no name is looked up. */
enum zhol_error listen_parse(const char *text, struct sockaddr_storage *address,
                             struct zhol_report *report);
enum zhol_error listen_refused(const char *text, struct zhol_report *report);
void listen_address_text(const struct sockaddr *address, char *text, size_t size);
void listen_close(int socket);

#endif
