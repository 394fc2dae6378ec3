/* allocations.h: each allocation of an operation fails once.
 *
 * malloc and its relatives are defined here, in front of those of the C library, and count; so at
 * most one file of a program includes this header. `fail_each` makes one run of an operation for
 * each of its allocations, in which that one fails: the operation must say MEMORY (or succeed
 * where it can do without), give back every block, and not crash. Under sanitizers, which bring an
 * allocator of their own, nothing fails and only the operations run.
 */
#ifndef TESTS_ALLOCATIONS_H
#define TESTS_ALLOCATIONS_H

#include <stdlib.h>

#include <zhol/error.h>

#include "check.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define SHIM 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SHIM 0
#endif
#endif
#ifndef SHIM
#define SHIM 1
#endif

static long blocks;   /* alive */
static long fail_at;  /* the allocation that fails, counted down; 0: none */
static long attempts; /* allocations since `fail_at` was set */

#if SHIM
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

static bool fails(void)
{
    attempts++;
    return fail_at > 0 && --fail_at == 0;
}

void *malloc(size_t size)
{
    void *block = fails() ? NULL : __libc_malloc(size);
    blocks += block != NULL;
    return block;
}

void *calloc(size_t count, size_t size)
{
    void *block = fails() ? NULL : __libc_calloc(count, size);
    blocks += block != NULL;
    return block;
}

void *realloc(void *old, size_t size)
{
    void *block = fails() ? NULL : __libc_realloc(old, size);
    blocks += block != NULL && old == NULL;
    return block;
}

void free(void *block)
{
    blocks -= block != NULL;
    __libc_free(block);
}
#endif

/* Fails each allocation of an operation in turn. */
static inline void fail_each(const char *name, enum zhol_error (*operation)(void))
{
    long before = blocks;
    attempts = fail_at = 0;
    CHECK_INT_EQ(operation(), ZHOL_ERROR_OK);
    CHECK_INT_EQ(blocks, before);
    long total = attempts, refused = 0;
    for (long n = 1; n <= total; n++) {
        before = blocks;
        fail_at = n;
        enum zhol_error error = operation();
        fail_at = 0;
        refused += error != ZHOL_ERROR_OK;
        if (error != ZHOL_ERROR_OK && error != ZHOL_ERROR_MEMORY) {
            CHECK_FAIL("%s, allocation %ld: %s", name, n, zhol_error_name(error));
        }
        if (blocks != before) {
            CHECK_FAIL("%s, allocation %ld: %ld blocks lost", name, n, blocks - before);
        }
    }
    CHECK(!SHIM || total == 0 || refused > 0);
    printf("%s: %ld allocations, %ld refused\n", name, total, refused);
}

#endif
