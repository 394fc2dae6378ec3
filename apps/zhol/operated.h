/* operated.h: what the commands about the journal have in common: opening a store, keys in
 * hexadecimal, receipts from files, how an error ends a command.
 */
#ifndef ZHOL_APP_OPERATED_H
#define ZHOL_APP_OPERATED_H

#include "command.h"
#include "journal.h"

/* Opens the store that --store names. Findings are printed; EXIT_FINE means go on. */
int operated_open(const struct given *given, const struct store_options *options,
                  struct store **store);
/* The file behind --store ("sqlite:FILE"); NULL and a sentence where it is none. */
const char *operated_file(const struct given *given);

/* Prints the findings of a report, at most 20 and how many there are. */
void operated_findings(const struct given *given, const struct zhol_report *report);
/* The sentence of an error in the language asked for. */
const char *operated_error(const struct given *given, enum zhol_error error);
/* The exit code for an error. */
int operated_code(enum zhol_error error);

/* A public key of 64 hexadecimal digits, as it is typed; EXIT_MISUSED and a sentence. */
int operated_key(const struct given *given, const char *option, const char *text,
                 uint8_t key[SIGN_KEY_SIZE]);

/* Adds the receipts of a file to a list, see operate/receipt_list.h; "-" is standard input. */
enum zhol_error operated_receipts(const char *path, const uint8_t *trusted,
                                  struct receipts *receipts, struct zhol_report *report);

/* Progress of an audit or a copy on a terminal. */
void operated_progress(void *progress, uint64_t done, uint64_t of);

#endif
