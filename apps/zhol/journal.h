/* journal.h: the rooms store and operate, for commands of the program.
 *
 * A "command" and what is "given" are one thing on a command line (command.h) and another in the
 * journal (operate/command.h). Here the journal's structs carry longer names; the members `command`
 * and `given` of its structs with them.
 */
#ifndef ZHOL_APP_JOURNAL_H
#define ZHOL_APP_JOURNAL_H

#define command journal_command
#define given   journal_given
#include "operate/accounts.h"
#include "operate/audit.h"
#include "operate/backup.h"
#include "operate/receipt_list.h"
#undef command
#undef given

#endif
