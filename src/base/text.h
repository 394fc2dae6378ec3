/* base/text.h: views of bytes, pools of strings, and what UTF-8 text needs.
 *
 * A text_view is a pointer and a size; it owns nothing and need not end in NUL.
 * A text_pool stores many strings in one block; a string is addressed by its uint32 offset, which
 * stays valid while the pool grows (pointers do not). Offset 0 is always "".
 * Errors: ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT (more than 4 GiB), ZHOL_ERROR_INVALID (NUL inside).
 * Complexity: add O(size); intern O(size) expected.
 */
#ifndef ZHOL_BASE_TEXT_H
#define ZHOL_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zhol/error.h>

struct text_view {
    const char *bytes;
    uint32_t size;
};

/* A view of a string literal, usable where a constant expression is not needed. */
#define TEXT(literal) ((struct text_view){(literal), (uint32_t)(sizeof(literal) - 1)})

/* A view of a NUL-terminated string (NULL: empty). Strings above 4 GiB are cut. */
struct text_view text_view_of(const char *string);
bool text_equal(struct text_view a, struct text_view b);
bool text_equal_string(struct text_view a, const char *string);
/* Byte order, which for UTF-8 is code point order: negative, 0 or positive. */
int text_compare(struct text_view a, struct text_view b);
bool text_starts_with(struct text_view text, struct text_view prefix);
/* Without ASCII spaces, tabs and line ends at both sides. */
struct text_view text_trim(struct text_view text);
/* Cuts the part before the first `separator` off `*rest` and returns it; without a separator, all.
 * Splitting ends when `*rest` is empty: `while (rest.size) part = text_cut(&rest, ';');` */
struct text_view text_cut(struct text_view *rest, char separator);
/* Copies the next item of a list that is not blank, trimmed, into `item` as a string, and takes it
 * off `*rest`; one of `size` bytes or more is cut before a whole character. False at the end. */
bool text_next_item(struct text_view *rest, char separator, char *item, uint32_t size);
/* Takes the first byte off where it is `c`; else false and nothing changes. */
bool text_cut_char(struct text_view *text, char c);

/* ---- pool ---- */

struct text_pool {
    char *bytes;
    uint32_t size;
    uint32_t capacity;
    uint32_t *slots; /* open-addressing set of interned offsets, 0 = free */
    uint32_t slot_count;
    uint32_t interned;
};

/* Starts an empty pool; a zeroed struct is one as well. Cannot fail, takes no memory. */
void text_pool_init(struct text_pool *pool);
void text_pool_clear(struct text_pool *pool);
/* Appends a copy. An empty text gives offset 0. */
enum zhol_error text_pool_add(struct text_pool *pool, struct text_view text, uint32_t *offset);
/* Like add, but a text that was interned before gives its old offset: equal text, equal offset.
 * The text may itself lie in the pool. */
enum zhol_error text_pool_intern(struct text_pool *pool, struct text_view text, uint32_t *offset);
/* Looks an interned text up without adding; false when it is not there. */
bool text_pool_find(const struct text_pool *pool, struct text_view text, uint32_t *offset);
/* The string at an offset that this pool gave. Valid until the next add or intern. */
const char *text_pool_get(const struct text_pool *pool, uint32_t offset);

/* ---- UTF-8 ---- */

/* True when all bytes form valid UTF-8 (RFC 3629: shortest form, no surrogates, to U+10FFFF).
 * On false, *bad is the offset of the first byte that is not (may be NULL). */
bool text_utf8_valid(const char *bytes, size_t size, size_t *bad);
/* Decodes the code point at `*position` and moves past it; a bad byte gives U+FFFD and moves by 1.
 * `*position` must be below text.size. */
uint32_t text_utf8_next(struct text_view text, uint32_t *position);
/* Writes a code point as 1-4 bytes, returns how many; a surrogate or too large one as U+FFFD. */
uint32_t text_utf8_put(uint32_t code_point, char out[4]);
/* The longest size <= `size` that does not cut a character of `text` in two. */
uint32_t text_utf8_cut(struct text_view text, uint32_t size);
/* Columns that a terminal gives to the text: 2 for East Asian wide and full-width characters and
 * most emoji, 0 for combining marks, format and control characters, 1 for all else. */
uint32_t text_width(struct text_view text);
uint32_t text_width_of(uint32_t code_point);

/* ---- likeness ---- */

/* Lower case of one code point: Latin (Basic, Latin-1, Extended-A and B, Additional), Greek,
 * Cyrillic with the Kazakh and other extended letters, Armenian, Georgian capitals; all else
 * unchanged. One code point to one: U+0130 becomes 'i', and the sharp s stays. */
uint32_t text_fold(uint32_t code_point);
/* Equal but for case. */
bool text_equal_fold(struct text_view a, struct text_view b);
/* Damerau-Levenshtein distance (optimal string alignment: insert, delete, replace, swap of
 * neighbours, each 1) over case-folded code points. Gives `bound + 1` as soon as the distance is
 * known to exceed `bound`, and for texts of more than 255 code points unless they are equal.
 * Complexity: O(length * bound). No allocation. */
uint32_t text_distance(struct text_view a, struct text_view b, uint32_t bound);

#endif
