/* serve/access.h: who asks, and may he.
 *
 * A session is a token in the cookie zhol_session (HttpOnly, SameSite=Strict) or behind
 * "Authorization: Bearer". A token in a header cannot be sent by a foreign page; a cookie can, so
 * methods that change something need X-Zhol-CSRF as well, which is derived from the token and told
 * by /v1/me.
 */
#ifndef ZHOL_SERVE_ACCESS_H
#define ZHOL_SERVE_ACCESS_H

#include "serve/endpoint.h"

enum { CSRF_SIZE = 33 };

/* Fills account, token and by_cookie. False: replied (a token that is not, or no longer, valid). */
bool access_identify(struct request *request);
/* Role of the endpoint and CSRF. False: replied with 401 or 403. */
bool access_allow(struct request *request);
void access_csrf(const char *token, char text[CSRF_SIZE]);
/* Sets or (token NULL) clears the cookie of the session. */
void access_cookie(struct request *request, const char *token, int64_t life_s);
/* May the account see what belongs to this carrier, or to this checkpoint? */
bool access_carrier(const struct request *request, uint64_t carrier);
bool access_checkpoint(const struct request *request, const char *checkpoint);
/* "en", "ru-KZ" ...: TONGUE_COUNT where it is none of ours. */
enum tongue access_tongue(struct text_view text);

#endif
