/* progress.c: the progress line and the interrupt flag (base/progress.h). */
#include "base/progress.h"

#include <assert.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

enum { QUIET_MS = 500, INTERVAL_MS = 100, BAR_WIDTH = 24, LABEL_WIDTH_MAX = 32 };

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_start(struct progress *progress, const char *label, uint64_t total)
{
    *progress = (struct progress){.label = label, .total = total, .active = isatty(2) == 1};
    progress->started_ms = clock_ms();
    progress->shown_ms = progress->started_ms + QUIET_MS - INTERVAL_MS;
}

/* Bytes of the label's head that is at most LABEL_WIDTH_MAX columns wide: the line must not wrap.
 */
static int label_size(const char *label)
{
    struct text_view text = text_view_of(label);
    uint32_t at = 0, width = 0;
    while (at < text.size && at < PROGRESS_TEXT_SIZE / 2) {
        uint32_t next = at;
        width += text_width_of(text_utf8_next(text, &next));
        if (width > LABEL_WIDTH_MAX) {
            break;
        }
        at = next;
    }
    return (int)at;
}

/* "1:02:03" or "02:03"; returns its size. */
static int format_duration(int64_t ms, char *out, size_t room)
{
    long long s = (long long)(ms / 1000);
    if (s >= 3600) {
        return snprintf(out, room, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60);
    }
    return snprintf(out, room, "%02lld:%02lld", s / 60, s % 60);
}

uint32_t progress_format(const struct progress *progress, uint64_t done, int64_t elapsed_ms,
                         char out[PROGRESS_TEXT_SIZE])
{
    char clock[32];
    int size;
    elapsed_ms = elapsed_ms < 0 ? 0 : elapsed_ms;
    if (!progress->total) {
        format_duration(elapsed_ms, clock, sizeof clock);
        size = snprintf(out, PROGRESS_TEXT_SIZE, "%.*s %llu, %s", label_size(progress->label),
                        progress->label, (unsigned long long)done, clock);
    } else {
        done = done > progress->total ? progress->total : done;
        double share = (double)done / (double)progress->total;
        double left_ms = share > 0 ? (double)elapsed_ms * (1 - share) / share : 0;
        char bar[BAR_WIDTH + 1];
        int filled = (int)(share * BAR_WIDTH);
        memset(bar, '.', BAR_WIDTH);
        memset(bar, '#', (size_t)filled);
        bar[BAR_WIDTH] = '\0';
        format_duration(left_ms < 3.6e9 ? (int64_t)left_ms : (int64_t)3.6e9, clock, sizeof clock);
        size = snprintf(out, PROGRESS_TEXT_SIZE, "%.*s [%s] %3d%%, %s left",
                        label_size(progress->label), progress->label, bar, (int)(share * 100),
                        done ? clock : "?");
    }
    assert(size > 0 && size < PROGRESS_TEXT_SIZE);
    return (uint32_t)size;
}

/* One write, so that lines of other threads do not fall into it. */
static void put(const char *text, uint32_t size)
{
    while (size) {
        ssize_t count = write(2, text, size);
        if (count <= 0) {
            return; /* a terminal that is gone must not stop the work */
        }
        text += count;
        size -= (uint32_t)count;
    }
}

void progress_update(struct progress *progress, uint64_t done)
{
    if (!progress->active) {
        return;
    }
    int64_t now_ms = clock_ms();
    if (now_ms - progress->shown_ms < INTERVAL_MS) {
        return;
    }
    char line[PROGRESS_TEXT_SIZE + 8] = "\r";
    uint32_t size = 1 + progress_format(progress, done, now_ms - progress->started_ms, line + 1);
    memcpy(line + size, "\x1b[K", 4); /* clear what is left of a longer line */
    put(line, size + 3);
    progress->shown_ms = now_ms;
    progress->drawn = true;
}

void progress_end(struct progress *progress)
{
    if (progress->drawn) {
        put("\r\x1b[K", 4);
        progress->drawn = false;
    }
    progress->active = false;
}

/* ---- interruption ---- */

enum { ONE_INTERRUPT_MS = 500 };

static atomic_int requested;      /* lock-free, so a handler may set it */
static volatile bool seen;        /* the same, for interrupt_flag */
static atomic_llong first_ms = 0; /* when the first signal came; 0: none */
static atomic_int installed;

/* A later signal does what the system does by default. One that follows at once is the same wish:
 * `timeout` sends each signal to its child and again to the group, and a key may bounce. Only calls
 * that are safe in a handler. */
static void handle(int signal_number)
{
    int64_t now_ms = clock_ms();
    long long none = 0;
    if (atomic_compare_exchange_strong(&first_ms, &none, now_ms)) {
        interrupt_request();
    } else if (now_ms - none >= ONE_INTERRUPT_MS) {
        signal(signal_number, SIG_DFL);
        raise(signal_number);
    }
}

void interrupt_install(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    atomic_store(&installed, 1);
}

bool interrupt_requested(void)
{
    return atomic_load_explicit(&requested, memory_order_relaxed) != 0;
}

const volatile bool *interrupt_flag(void)
{
    return &seen;
}

void interrupt_request(void)
{
    seen = true;
    atomic_store_explicit(&requested, 1, memory_order_relaxed);
}

void interrupt_reset(void)
{
    seen = false;
    atomic_store_explicit(&requested, 0, memory_order_relaxed);
    atomic_store(&first_ms, 0);
    if (atomic_load(&installed)) {
        interrupt_install();
    }
}
