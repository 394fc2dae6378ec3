/* desk/dispatch_json.h: reading members of JSON with findings that name them; for the files of
 * dispatch_state.h and dispatch_joint.h. */
#ifndef ZHOL_DESK_DISPATCH_JSON_H
#define ZHOL_DESK_DISPATCH_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include <zhol/error.h>

enum { DISPATCH_PATH_SIZE = 160 };

/* `where` names the object at hand: "tracks[2]". */
struct dispatch_reader {
    struct zhol_report *report;
    const char *file;
    int32_t date;
    char where[DISPATCH_PATH_SIZE];
    enum zhol_error error; /* the first */
};

void read_fault(struct dispatch_reader *reader, enum zhol_error code, const char *member,
                const char *value, const char *expected);
/* A fault where a member is not among `known`, which ends with NULL. */
void read_known(struct dispatch_reader *reader, json_t *object, const char *const *known);
/* The number of a member in [low, high], or `otherwise` where it is missing. */
int32_t read_whole(struct dispatch_reader *reader, json_t *object, const char *member, int32_t low,
                   int32_t high, int32_t otherwise);
/* A text, or `otherwise`. */
const char *read_text(struct dispatch_reader *reader, json_t *object, const char *member,
                      const char *otherwise);
/* A minute of the day, or `otherwise`; "never" is ZHOL_DISPATCH_NEVER. */
int32_t read_minute(struct dispatch_reader *reader, json_t *object, const char *member,
                    int32_t otherwise);
/* An array of objects, or NULL where it is missing. */
json_t *read_rows(struct dispatch_reader *reader, json_t *object, const char *member);
/* Row `i` of rows that read_rows gave, as an object, with `where` set to "member[i]"; NULL where it
 * is none. `base` is the reader's `where` before. */
json_t *read_row(struct dispatch_reader *reader, json_t *rows, size_t i, const char *base,
                 const char *member);

#endif
