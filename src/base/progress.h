/* base/progress.h: a progress line for people, and a polite end on Ctrl-C.
 *
 * Purpose: work longer than a second shows how far it is and how long it will still take, on a
 * terminal only, at most ten times a second, from the first half second on; and it can be
 * interrupted. This is the one place of the library that writes to stderr, and only after a program
 * asked for it with progress_start.
 * Call order: progress_start, progress_update from one thread, progress_end. No errors; no memory.
 * Ownership: `label` must live until progress_end.
 */
#ifndef ZHOL_BASE_PROGRESS_H
#define ZHOL_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    const char *label;
    uint64_t total;
    int64_t started_ms;
    int64_t shown_ms;
    bool active; /* stderr is a terminal */
    bool drawn;  /* a line stands on the terminal */
};

/* `total` steps of work; 0 when unknown (then only the count and the time are shown). */
void progress_start(struct progress *progress, const char *label, uint64_t total);
/* Cheap when nothing is to be shown: one look at the clock. */
void progress_update(struct progress *progress, uint64_t done);
/* Wipes the line. */
void progress_end(struct progress *progress);
/* The text of the line, without control characters, for a given elapsed time; returns its size. */
#define PROGRESS_TEXT_SIZE 240
uint32_t progress_format(const struct progress *progress, uint64_t done, int64_t elapsed_ms,
                         char out[PROGRESS_TEXT_SIZE]);

/* From now on SIGINT and SIGTERM set a flag instead of ending the program; one that comes half a
 * second or more after the first ends it at once. May be called again. */
void interrupt_install(void);
/* True once a signal came. May be asked from any thread and in inner loops (one relaxed load). */
bool interrupt_requested(void);
/* The same as a flag, for engines that look at a pointer; it stays. */
const volatile bool *interrupt_flag(void);
/* Sets the flag as a signal would, and takes it back; for programs that ask on their own, and
 * tests. */
void interrupt_request(void);
void interrupt_reset(void);

#endif
