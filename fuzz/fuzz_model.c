/* Any text as what people ask of the corridor over HTTP: names of places and things, times, goods,
 * wishes, boxes. No crash, and every answer is JSON. A question is lines: the first letter chooses
 * the endpoint, the lines after it are its parameters. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "serve/model_plan.h"

enum { FIELDS = 9, FIELD_SIZE = 160 };

static struct zhol_corridor *corridor;
static struct model *model;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *root = getenv("ZHOL_ROOT");
    struct buffer dir = {0};
    (void)argc;
    (void)argv;
    buffer_printf(&dir, "%s/tests/data/tiny", root ? root : ".");
    if (zhol_corridor_read(buffer_get(&dir), NULL, NULL, &corridor) ||
        model_new(buffer_get(&dir), corridor, &model)) {
        abort();
    }
    buffer_clear(&dir);
    return 0;
}

/* An answer that was written is one JSON value. */
static void look(enum zhol_error error, struct buffer *out)
{
    if (!error && !out->error) {
        json_t *value = json_loadb(buffer_get(out), out->size, 0, NULL);
        if (!value) {
            abort();
        }
        json_decref(value);
    }
    buffer_clear(out);
}

/* What the server hands on: lines of valid UTF-8 without control characters. */
static void split(const char *text, size_t size, char fields[FIELDS][FIELD_SIZE])
{
    size_t field = 0, used = 0;
    memset(fields, 0, (size_t)FIELDS * FIELD_SIZE);
    for (size_t i = 0; i < size && field < FIELDS; i++) {
        if (text[i] == '\n') {
            field++;
            used = 0;
        } else if ((unsigned char)text[i] >= 0x20 && used + 1 < FIELD_SIZE) {
            fields[field][used++] = text[i];
        }
    }
    for (field = 0; field < FIELDS; field++) {
        if (!text_utf8_valid(fields[field], strlen(fields[field]), NULL)) {
            fields[field][0] = '\0';
        }
    }
}

static const char *given(const char *field)
{
    return *field ? field : NULL;
}

static void plan(char fields[FIELDS][FIELD_SIZE], bool why)
{
    struct buffer out = {0};
    struct model_fault fault;
    struct model_question question = {.from = fields[0],
                                      .to = fields[1],
                                      .commodity = given(fields[2]),
                                      .depart = given(fields[3]),
                                      .deadline = given(fields[4]),
                                      .via = given(fields[5]),
                                      .avoid = given(fields[6]),
                                      .teu = atof(fields[7]),
                                      .why = why ? fields[8] : NULL,
                                      .day = ZHOL_BLANK_DATE,
                                      .limit = 3,
                                      .lang = "ru"};
    look(model_plan(model, &question, &out, &fault), &out);
}

static void features(char fields[FIELDS][FIELD_SIZE])
{
    struct buffer out = {0};
    double box[4] = {atof(fields[1]), atof(fields[2]), atof(fields[3]), atof(fields[4])};
    struct model_items items = {.collection = model_collection_find(fields[0]),
                                .bbox = *fields[1] ? box : NULL,
                                .limit = 5,
                                .offset = (uint32_t)strlen(fields[5]),
                                .base = ""};
    if (items.collection != MODEL_COLLECTION_COUNT) {
        model_ogc_items(corridor, 20000, &items, &out);
        look(out.error, &out);
        look(model_ogc_item(corridor, 20000, items.collection, fields[6], &out), &out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char fields[FIELDS][FIELD_SIZE];
    struct buffer out = {0};
    if (size < 1) {
        return 0;
    }
    split((const char *)data + 1, size - 1, fields);
    switch (*data) {
    case 'p':
        plan(fields, false);
        break;
    case 'w':
        plan(fields, true);
        break;
    case 'o':
        features(fields);
        break;
    case 's':
        look(model_dossier(corridor, fields[0], 20000, "en", &out), &out);
        break;
    case 'c':
        look(model_claims(corridor, fields[0], *fields[1] != '\0', "en", &out), &out);
        break;
    default:
        look(model_places(corridor, fields[0], 5, &out), &out);
    }
    return 0;
}
