/* intake/kinds.h: what can be imported, field by field, and the names that columns go by.
 *
 * FIELD(name, form, need, synonyms): `name` is the column of the canonical file; `synonyms` are
 * headers in English and Russian, separated by ';', compared without case, punctuation and the
 * difference of "е" and "ё". need: KEY (part of the natural key, required), REQ, OPT.
 */
#ifndef ZHOL_INTAKE_KINDS_H
#define ZHOL_INTAKE_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum intake_kind {
    INTAKE_TRAIN_LIST,
    INTAKE_CONTAINERS,
    INTAKE_ACCEPTANCE,
    INTAKE_QUEUE,
    INTAKE_BAN,
    INTAKE_HUB_DEMAND,
    INTAKE_SHIPMENTS,
    INTAKE_SCREEN,
    INTAKE_KIND_COUNT
};

enum intake_form {
    FORM_TEXT,
    FORM_DAY,       /* 2026-01-31 or 31.01.2026 */
    FORM_MINUTE,    /* the same with a time: local time of the place */
    FORM_WHOLE,     /* >= 0 */
    FORM_REAL,      /* >= 0; a decimal comma and blanks between thousands are fine */
    FORM_CONTAINER, /* ISO 6346, check digit */
    FORM_WAGON,     /* 8 digits of 1520 mm or 12 of UIC, check digit */
    FORM_CARGO,     /* ETSNG, check digit */
    FORM_PLACE,     /* a place of the corridor: any name, UN/LOCODE, ESR code or identifier */
    FORM_PLACES,    /* several, separated by ';' or ',' */
    FORM_DIRECTION, /* in or out of the country, in words of either language */
    FORM_COUNTED,   /* trains, wagons, trucks, TEU */
    FORM_COUNTRY,
    FORM_GOODS, /* commodities and classes of cargo, separated by ';' or ',' */
};

enum intake_need { INTAKE_KEY, INTAKE_REQ, INTAKE_OPT };

struct intake_field {
    const char *name;
    enum intake_form form;
    enum intake_need need;
    const char *synonyms;
};

enum { INTAKE_FIELDS_MAX = 24 };

struct intake_rules {
    const char *name; /* "train-list", as the command line writes it */
    const char *file; /* "train_list.csv" in a store */
    const struct intake_field *fields;
    uint32_t count;
};

const struct intake_rules *intake_rules(enum intake_kind kind);
/* INTAKE_KIND_COUNT where there is none of that name. */
enum intake_kind intake_kind_from(const char *name);
/* The field that a header names, or UINT32_MAX. */
uint32_t intake_field_named(const struct intake_rules *rules, const char *header);
/* What a form asks for, in a few words. */
const char *intake_form_text(enum intake_form form);

#endif
