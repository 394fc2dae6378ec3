/* Any bytes as published figures of a queue: no crash; what was taken writes, and reads again to
 * the same text; a forecast from it is an answer or a refusal. Byte 0: even, an export is added;
 * odd, the text of a value is read. */
#include <stdlib.h>
#include <string.h>

#include <zhol/corridor.h>

#include "desk/observed.h"
#include "desk/queue_rules.h"

static struct zhol_corridor *corridor;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *root = getenv("ZHOL_ROOT");
    struct buffer dir = {0};
    (void)argc;
    (void)argv;
    buffer_printf(&dir, "%s/corridors/china-kazakhstan", root ? root : ".");
    if (zhol_corridor_read(buffer_get(&dir), NULL, NULL, &corridor)) {
        abort();
    }
    buffer_clear(&dir);
    return 0;
}

static void expect(bool condition)
{
    if (!condition) {
        abort();
    }
}

static struct text_view view_of(const struct buffer *buffer)
{
    return (struct text_view){buffer_get(buffer), (uint32_t)buffer->size};
}

static void write_again(const struct observed *observed)
{
    struct buffer first = {0}, second = {0};
    struct observed back;
    expect(!observed_write(observed, &first));
    expect(!observed_read(corridor, view_of(&first), &back, NULL));
    expect(!observed_write(&back, &second));
    expect(strcmp(buffer_get(&first), buffer_get(&second)) == 0);
    observed_close(&back);
    buffer_clear(&first);
    buffer_clear(&second);
}

static void forecast(const struct observed *observed)
{
    uint32_t accepted[OBSERVED_HOURS], known;
    double planned[OBSERVED_HOURS];
    int64_t now_s = INT64_C(1762905600); /* 2025-11-12 */
    struct eta_window window = {now_s, now_s + 864000, 8000};
    struct eta_category category = {100, 100, false};
    struct eta_call call;
    expect(!observed_hours(corridor, observed, now_s, accepted, planned, &known));
    const struct eta_call_input input = {.now_s = now_s,
                                         .windows = &window,
                                         .window_count = 1,
                                         .categories = &category,
                                         .category_count = 1,
                                         .accepted = accepted,
                                         .planned = planned,
                                         .hour_count = OBSERVED_HOURS};
    expect(!eta_call(&input, &call));
    expect(call.p50_s >= now_s && call.p90_s >= call.p50_s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct observed observed;
    if (size == 0) {
        return 0;
    }
    struct text_view text = {(const char *)data + 1, (uint32_t)(size - 1)};
    if (data[0] & 1) {
        if (observed_read(corridor, text, &observed, NULL)) {
            return 0;
        }
    } else {
        expect(!observed_open(corridor, "bakhty-exit", &observed));
        observed_add(corridor, &observed, "fuzz.csv", text, NULL);
    }
    write_again(&observed);
    forecast(&observed);
    observed_close(&observed);
    return 0;
}
