/* How many megabytes of CSV one core reads per CPU second: numbers, short texts, quoted texts.
 *
 *     bench_csv [megabytes, default 64]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/csv.h"
#include "base/random.h"

enum { ROUNDS = 5 };

static double cpu_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

enum sort { NUMBERS, TEXTS, QUOTED, CYRILLIC, SORTS };

static void add_row(struct csv_writer *writer, struct random_stream *random, enum sort sort)
{
    static const char *const texts[SORTS][4] = {
        [TEXTS] = {"rail1520", "Altynkol", "assumption", "CHN-KAZ"},
        [QUOTED] = {"a, b", "say \"x\"", "plain", "line\nend"},
        [CYRILLIC] = {"Достык", "Алтынколь", "допущение", "переход"},
    };
    for (int i = 0; i < 12; i++) {
        if (sort == NUMBERS || i % 3 == 0) {
            csv_write_fixed(writer, random_uniform(random) * 10000, 2);
        } else {
            csv_write_text(writer, texts[sort][random_below(random, 4)]);
        }
    }
    csv_write_end(writer);
}

/* Reads the text ROUNDS times; the best CPU time counts. Returns MB/s, or 0 on a fault. */
static double measure(const struct buffer *text, uint64_t *cells)
{
    double best_s = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        struct csv_reader reader;
        double start_s = cpu_s();
        *cells = 0;
        if (csv_open(&reader, "bench.csv", text->bytes, text->size, NULL)) {
            return 0;
        }
        while (csv_next(&reader)) {
            *cells += reader.count;
        }
        enum zhol_error error = reader.error;
        csv_close(&reader);
        double used_s = cpu_s() - start_s;
        best_s = used_s < best_s ? used_s : best_s;
        if (error) {
            return 0;
        }
    }
    return (double)text->size / 1e6 / best_s;
}

int main(int argc, char **argv)
{
    static const char *const names[SORTS] = {"numbers", "short texts", "quoted texts", "Cyrillic"};
    size_t megabytes = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 64;
    for (int sort = 0; sort < SORTS; sort++) {
        struct buffer text;
        struct csv_writer writer;
        struct random_stream random;
        uint64_t cells = 0;
        buffer_init(&text);
        buffer_reserve(&text, megabytes * 1000000 + 4096);
        csv_writer_init(&writer, &text);
        random_start(&random, 1, (uint64_t)sort);
        while (!text.error && text.size < megabytes * 1000000) {
            add_row(&writer, &random, (enum sort)sort);
        }
        if (text.error) {
            fprintf(stderr, "bench_csv: %s\n", zhol_error_text(text.error));
            return 1;
        }
        double speed = measure(&text, &cells);
        printf("%-12s %7.0f MB/s  (%zu MB, %.1f bytes a cell, best of %d, CPU time)\n", names[sort],
               speed, text.size / 1000000, (double)text.size / (double)cells, ROUNDS);
        buffer_clear(&text);
        if (!(speed > 0)) {
            return 1;
        }
    }
    return 0;
}
