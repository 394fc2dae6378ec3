/* operate/entry_members.h: the members of an entry's canonical text, in their order; seen by
 * entry*.c only. Writer and reader go over the same tables, so that they cannot disagree.
 */
#ifndef ZHOL_OPERATE_ENTRY_MEMBERS_H
#define ZHOL_OPERATE_ENTRY_MEMBERS_H

#include "operate/entry.h"

enum member_kind {
    MEMBER_NAME,    /* char[size] */
    MEMBER_TEXT,    /* struct text_view */
    MEMBER_JSON,    /* struct text_view that is one JSON value without white space */
    MEMBER_OPAQUE,  /* uint64_t as 16 hexadecimal digits */
    MEMBER_HASH,    /* uint8_t[32] as 64 */
    MEMBER_INT,     /* int64_t */
    MEMBER_UINT,    /* uint64_t */
    MEMBER_UINT32,  /* uint32_t */
    MEMBER_BOOL,    /* bool: true, or absent */
    MEMBER_ENUM,    /* unsigned with a name each */
    MEMBER_ENUM8,   /* the same as uint8_t */
    MEMBER_OBJECT,  /* a struct with its own members */
    MEMBER_CHANGES, /* the changes of struct result */
    MEMBER_LINES    /* its lines */
};

struct member {
    const char *name; /* with its quotes and colon */
    uint32_t name_size;
    enum member_kind kind;
    bool always; /* written even where zero */
    uint32_t offset, size;
    const char *(*value_name)(unsigned value); /* enums; "" behind the last */
    const struct member_list *members;         /* objects */
};
struct member_list {
    const struct member *members;
    uint32_t count;
};

extern const struct member_list entry_members, change_members, line_members;

/* True when the text is one JSON value (RFC 8259) without white space around its parts, at most 32
 * levels deep, all of it valid UTF-8. */
bool json_compact(struct text_view text);

#endif
