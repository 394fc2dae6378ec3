/* serve/demo.h: plays the demonstration: its prelude at once, the rest as its clock goes on.
 *
 * desk/queue_demo.h is the script. The demonstration's clock stands at the time of each step of the
 * prelude, then runs from queue_demo_begins at the speed asked for. Accounts of all roles are made;
 * their passwords are random, or all the one that was given.
 */
#ifndef ZHOL_SERVE_DEMO_H
#define ZHOL_SERVE_DEMO_H

#include "serve/server.h"

struct demo_account {
    char name[64], password[64];
    enum role role;
};
enum { DEMO_ACCOUNTS = 5 };

/* Plays the prelude (the operation's writer runs) and makes the accounts. In a store that has
 * entries already nothing is played. */
enum zhol_error demo_open(struct server *server, struct zhol_report *report, struct demo **demo);
/* Starts the thread that plays the rest. */
enum zhol_error demo_start(struct demo *demo);
void demo_close(struct demo *demo); /* NULL is allowed */
const struct demo_account *demo_accounts(const struct demo *demo);
/* The clock. Before demo_open has played the prelude it stands. */
int64_t demo_now(const struct server *server);

#endif
