/* crisis_all.c: all replays of a corridor, and how wide their bands must be. See crisis_all.h. */
#include "desk/crisis_all.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/file.h"

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double crisis_widening(double *misses, uint32_t n, double share)
{
    double rank = ceil((n + 1) * share - 1e-9);
    if (rank > n) {
        return INFINITY;
    }
    qsort(misses, n, sizeof *misses, by_value);
    double factor = misses[rank > 1 ? (uint32_t)rank - 1 : 0];
    return factor > 1 ? factor : 1;
}

struct crisis_band crisis_widened(struct crisis_band band, double factor, double least)
{
    struct crisis_band wide = band;
    if (isfinite(band.p50)) {
        double below = band.p50 - band.p10, above = band.p90 - band.p50;
        wide.p10 = below > 0 ? band.p50 - factor * below : band.p10;
        wide.p90 = above > 0 ? band.p50 + factor * above : band.p90;
    } else if (factor > 1) { /* how far p10 is from the median is not known */
        wide.p10 = least;
    }
    wide.p10 = wide.p10 > least ? wide.p10 : least;
    return wide;
}

double crisis_least_peak(const struct crisis *crisis)
{
    double least = 0;
    for (uint32_t i = 0; i < crisis->row_count; i++) {
        const struct crisis_row *row = &crisis->rows[i];
        bool known = row->item == CRISIS_STANDING && row->role == CRISIS_INPUT;
        least = known && row->value > least ? row->value : least;
    }
    return least;
}

struct crisis_band crisis_band80(const struct crisis_one *one, enum crisis_item item,
                                 struct crisis_band band)
{
    double least = item == CRISIS_PEAK ? crisis_least_peak(&one->crisis) : 0;
    return crisis_widened(band, one->widening, least);
}

bool crisis_check_meets(const struct crisis *crisis, const struct crisis_row *row,
                        struct crisis_band band)
{
    bool day = row->item == CRISIS_CLEARED_BY && isnan(row->value);
    double value = day ? (double)row->from - crisis->begin : row->value;
    double low = isnan(row->low) ? value : row->low, high = isnan(row->high) ? value : row->high;
    return high >= band.p10 && low <= band.p90;
}

/* NAME and NAME-what. */
static bool same_crisis(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), least = n < m ? n : m;
    const char *longer = n < m ? b : a;
    return strncmp(a, b, least) == 0 && (longer[least] == 0 || longer[least] == '-');
}

static void learn(struct crisis_all *all, struct crisis_one *one, double *misses)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        const struct crisis_one *other = &all->items[i];
        for (uint32_t k = 0;
             !same_crisis(other->name, one->name) && k < other->forecast.score_count; k++) {
            misses[n++] = other->forecast.scores[k].miss;
        }
    }
    one->learnt_from = n;
    one->widening = crisis_widening(misses, n, CRISIS_SHARE);
    one->within = 0;
    for (uint32_t k = 0; k < one->forecast.score_count; k++) {
        const struct crisis_score *score = &one->forecast.scores[k];
        const struct crisis_row *row = &one->crisis.rows[score->row];
        struct crisis_band wide = crisis_band80(one, (enum crisis_item)row->item, score->band);
        one->within += crisis_check_meets(&one->crisis, row, wide);
    }
}

static enum zhol_error learn_all(struct crisis_all *all)
{
    size_t figures = 1;
    for (uint32_t i = 0; i < all->count; i++) {
        figures += all->items[i].forecast.score_count;
    }
    double *misses = malloc(figures * sizeof *misses);
    for (uint32_t i = 0; misses && i < all->count; i++) {
        learn(all, &all->items[i], misses);
    }
    free(misses);
    return misses ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

static enum zhol_error add(const char *folder, const char *file,
                           const struct crisis_options *options, struct zhol_report *report,
                           struct crisis_all *all)
{
    size_t size = strlen(file);
    struct buffer path;
    if (size < 5 || strcmp(file + size - 4, ".csv") != 0) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ARRAY_RESERVE(all->items, all->capacity, all->count + 1);
    char *name = error ? NULL : calloc(size, 1);
    if (!name) {
        return ZHOL_ERROR_MEMORY;
    }
    struct crisis_one *one = &all->items[all->count];
    memset(one, 0, sizeof *one);
    one->name = memcpy(name, file, size - 4);
    buffer_init(&path);
    buffer_printf(&path, "%s/%s", folder, file);
    error = path.error ? path.error : crisis_read(buffer_get(&path), report, &one->crisis);
    buffer_clear(&path);
    if (error) {
        free(name);
        return error;
    }
    all->count++;
    return crisis_forecast(&one->crisis, options, &one->forecast);
}

enum zhol_error crisis_all_read(const char *folder, const struct crisis_options *options,
                                struct zhol_report *report, struct crisis_all *all)
{
    struct file_list files;
    memset(all, 0, sizeof *all);
    enum zhol_error error = file_list_read(folder, &files, NULL);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; !error && i < files.count; i++) {
        error = add(folder, files.entries[i].name, options, report, all);
        if (error) {
            snprintf(all->failed, sizeof all->failed, "%s", files.entries[i].name);
        }
    }
    file_list_clear(&files);
    error = error ? error : learn_all(all);
    if (error) {
        char failed[sizeof all->failed];
        memcpy(failed, all->failed, sizeof failed);
        crisis_all_clear(all);
        memcpy(all->failed, failed, sizeof failed);
    }
    return error;
}

void crisis_all_clear(struct crisis_all *all)
{
    for (uint32_t i = 0; i < all->count; i++) {
        free(all->items[i].name);
        crisis_clear(&all->items[i].crisis);
    }
    free(all->items);
    memset(all, 0, sizeof *all);
}
