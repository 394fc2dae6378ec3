/* report/lines.h: running text wrapped to the width of a terminal. */
#ifndef ZHOL_REPORT_LINES_H
#define ZHOL_REPORT_LINES_H

#include <stdint.h>

#include "base/buffer.h"

enum { LINES_WIDTH = 80 };

/* Appends a paragraph that is LINES_WIDTH columns wide, broken at spaces: the first line begins
 * with `lead`, the following ones with as many spaces as `indent` says. A word wider than a line
 * stands alone. */
void lines_wrap(struct buffer *out, const char *lead, uint32_t indent, const char *text);

#endif
