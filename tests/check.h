/* tests/check.h: the few macros that every C test uses.
 *
 * A test file defines functions, calls each with RUN(fn) in main and ends with
 * `return check_report();`. A failed check prints file, line and both values and the test goes on,
 * so that one run shows all that is wrong. The last line is "N passed, M failed", counted in RUNs.
 */
#ifndef ZHOL_TESTS_CHECK_H
#define ZHOL_TESTS_CHECK_H

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int check_failures_here;
static int check_passed;
static int check_failed;

#define CHECK_FAIL(...)                                 \
    do {                                                \
        check_failures_here++;                          \
        fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
        fprintf(stderr, __VA_ARGS__);                   \
        fputc('\n', stderr);                            \
    } while (0)

#define CHECK(cond)                          \
    do {                                     \
        if (!(cond)) {                       \
            CHECK_FAIL("failed: %s", #cond); \
        }                                    \
    } while (0)

#define CHECK_INT_EQ(got, want)                                                            \
    do {                                                                                   \
        int64_t check_got = (int64_t)(got), check_want = (int64_t)(want);                  \
        if (check_got != check_want) {                                                     \
            CHECK_FAIL("%s: got %" PRId64 ", want %" PRId64, #got, check_got, check_want); \
        }                                                                                  \
    } while (0)

#define CHECK_STR_EQ(got, want)                                                               \
    do {                                                                                      \
        const char *check_got = (got), *check_want = (want);                                  \
        if (!check_got || strcmp(check_got, check_want) != 0) {                               \
            CHECK_FAIL("%s: got \"%s\", want \"%s\"", #got, check_got ? check_got : "(null)", \
                       check_want);                                                           \
        }                                                                                     \
    } while (0)

#define CHECK_NEAR(got, want, tolerance)                                          \
    do {                                                                          \
        double check_got = (got), check_want = (want);                            \
        if (!(fabs(check_got - check_want) <= (tolerance))) {                     \
            CHECK_FAIL("%s: got %.17g, want %.17g", #got, check_got, check_want); \
        }                                                                         \
    } while (0)

#define RUN(fn)                                  \
    do {                                         \
        check_failures_here = 0;                 \
        fn();                                    \
        if (check_failures_here) {               \
            check_failed++;                      \
            fprintf(stderr, "FAILED %s\n", #fn); \
        } else {                                 \
            check_passed++;                      \
        }                                        \
    } while (0)

static inline int check_report(void)
{
    printf("%d passed, %d failed\n", check_passed, check_failed);
    return check_failed ? 1 : 0;
}

#endif
