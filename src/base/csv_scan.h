/* base/csv_scan.h: finds delimiters 64 bytes at a time; used by csv.c and its test only.
 *
 * The result has bit i set where byte i of the block is a comma, a quote, CR or LF (G. Langdale and
 * D. Lemire, "Parsing gigabytes of JSON per second", VLDB Journal 28, 2019, use the same idea). The
 * portable form works on words of eight bytes; SSE2, which every x86-64 has, does the same faster.
 */
#ifndef ZHOL_BASE_CSV_SCAN_H
#define ZHOL_BASE_CSV_SCAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define CSV_BLOCK 64

/* 0x80 in each byte of `word` that equals c; exact, no carry between bytes. */
static inline uint64_t csv_match(uint64_t word, unsigned char c)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t x = word ^ (UINT64_C(0x0101010101010101) * c);
    return ~(((x & low) + low) | x | low);
}

static inline uint64_t csv_scan_portable(const char *block)
{
    uint64_t marks = 0;
    for (unsigned i = 0; i < CSV_BLOCK / 8; i++) {
        uint64_t word = 0;
        for (unsigned j = 0; j < 8; j++) {
            word |= (uint64_t)(unsigned char)block[8 * i + j] << (8 * j);
        }
        uint64_t hits = csv_match(word, ',') | csv_match(word, '"') | csv_match(word, '\n') |
                        csv_match(word, '\r');
        /* gathers the top bits of the eight bytes into one byte */
        marks |= ((hits >> 7) * UINT64_C(0x0102040810204080) >> 56) << (8 * i);
    }
    return marks;
}

#ifdef __SSE2__
static inline uint64_t csv_scan(const char *block)
{
    const __m128i comma = _mm_set1_epi8(','), quote = _mm_set1_epi8('"');
    const __m128i feed = _mm_set1_epi8('\n'), carriage = _mm_set1_epi8('\r');
    uint64_t marks = 0;
    for (size_t i = 0; i < CSV_BLOCK / 16; i++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i));
        __m128i hits = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, comma), _mm_cmpeq_epi8(bytes, quote)),
            _mm_or_si128(_mm_cmpeq_epi8(bytes, feed), _mm_cmpeq_epi8(bytes, carriage)));
        marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(hits) << (16 * i);
    }
    return marks;
}
#else
static inline uint64_t csv_scan(const char *block)
{
    return csv_scan_portable(block);
}
#endif

/* The place of the lowest bit; marks is not 0. */
static inline unsigned csv_lowest(uint64_t marks)
{
    return (unsigned)__builtin_ctzll(marks);
}

#endif
