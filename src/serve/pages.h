/* serve/pages.h: the built web page: files held in memory, with types, ETags and gzip.
 *
 * All files of a folder are read when the server starts, so that no request opens a path that a
 * client named. FILE.gz beside FILE is sent to clients that take gzip. A path of FOLDER/ gives its
 * index.html; /driver gives driver/index.html or driver.html.
 */
#ifndef ZHOL_SERVE_PAGES_H
#define ZHOL_SERVE_PAGES_H

#include "serve/endpoint.h"

struct pages;

/* dir NULL or without an index.html: a page that says how to build the web page. */
enum zhol_error pages_open(const char *dir, struct zhol_report *report, struct pages **pages);
void pages_close(struct pages *pages);
/* Replies with the file of request->path; false: there is none, no reply. */
bool pages_reply(const struct pages *pages, struct request *request);
/* What a page may load: only its own origin; no inline script, no frame, no plug-in. */
#define PAGES_POLICY                                                                  \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " \
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "   \
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

#endif
