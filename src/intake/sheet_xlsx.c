/* sheet_xlsx.c: a sheet of an Excel workbook: libzip unpacks it, expat reads its XML. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>
#include <zip.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/number.h"
#include "base/time.h"
#include "intake/sheet.h"

enum { PATH_SIZE = 512, STYLES_MAX = 65536 };

/* What is known while the parts are read, one after the other. */
struct book {
    struct sheet *out;
    XML_Parser parser;
    enum zhol_error error;
    /* workbook.xml and its relations */
    const char *wanted; /* name of the sheet, or NULL */
    char relation[PATH_SIZE], target[PATH_SIZE];
    bool found, epoch_1904;
    /* styles.xml: which cell formats show dates */
    bool *is_date;
    uint32_t style_count, style_capacity;
    uint32_t *date_formats; /* numFmtId of custom formats that are dates */
    uint32_t format_count, format_capacity;
    bool in_formats;
    /* sharedStrings.xml */
    struct text_pool strings;
    uint32_t *shared;
    uint32_t shared_count, shared_capacity;
    bool in_phonetic;
    /* the cell at hand */
    struct buffer text;
    bool takes_text;
    char type;      /* s, i (inline), t (str), b, e, d, n */
    uint32_t style; /* index in is_date */
    uint32_t column, row;
};

static void stop(struct book *book, enum zhol_error error)
{
    book->error = book->error ? book->error : error;
    XML_StopParser(book->parser, XML_FALSE);
}

/* The name behind a prefix such as "x:". */
static const char *local_name(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static bool is_named(const char *name, const char *local)
{
    return strcmp(local_name(name), local) == 0;
}

static const char *attribute(const char **attributes, const char *local)
{
    for (; attributes && *attributes; attributes += 2) {
        if (is_named(*attributes, local)) {
            return attributes[1];
        }
    }
    return NULL;
}

static uint32_t number_attribute(const char **attributes, const char *local)
{
    const char *text = attribute(attributes, local);
    int64_t value = 0;
    return text && number_parse_int_in(text_view_of(text), 0, UINT32_MAX, &value) == ZHOL_ERROR_OK
               ? (uint32_t)value
               : 0;
}

static void XMLCALL take_text(void *data, const char *text, int size)
{
    struct book *book = data;
    if (book->takes_text && !book->in_phonetic) {
        buffer_append(&book->text, text, (size_t)size);
        if (book->text.error) {
            stop(book, book->text.error);
        }
    }
}

/* ---- workbook.xml and its relations ---- */

static void copy_path(char out[static PATH_SIZE], const char *text)
{
    size_t size = text ? strlen(text) : 0;
    size = size < PATH_SIZE - 1 ? size : PATH_SIZE - 1;
    memcpy(out, text ? text : "", size);
    out[size] = '\0';
}

static void XMLCALL workbook_start(void *data, const char *name, const char **attributes)
{
    struct book *book = data;
    if (is_named(name, "workbookPr")) {
        const char *epoch = attribute(attributes, "date1904");
        book->epoch_1904 = epoch && (strcmp(epoch, "1") == 0 || strcmp(epoch, "true") == 0);
    } else if (is_named(name, "sheet") && !book->found) {
        const char *sheet = attribute(attributes, "name");
        if (!book->wanted || (sheet && strcmp(sheet, book->wanted) == 0)) {
            copy_path(book->relation, attribute(attributes, "id"));
            book->found = true;
        }
    }
}

static void XMLCALL relations_start(void *data, const char *name, const char **attributes)
{
    struct book *book = data;
    const char *id = attribute(attributes, "Id"), *target = attribute(attributes, "Target");
    if (is_named(name, "Relationship") && id && target && strcmp(id, book->relation) == 0) {
        char path[PATH_SIZE];
        copy_path(path, target);
        /* Targets are relative to xl/, or begin with a slash. */
        if (path[0] == '/') {
            copy_path(book->target, path + 1);
        } else {
            snprintf(book->target, sizeof book->target, "xl/%.*s", PATH_SIZE - 4, path);
        }
    }
}

/* ---- styles.xml ---- */

/* True where a format code shows a date or time: a letter of ymdhs outside quotes and brackets. */
static bool shows_date(const char *code)
{
    bool quoted = false, bracket = false;
    for (; code && *code; code++) {
        if (*code == '"') {
            quoted = !quoted;
        } else if (*code == '\\' && code[1]) {
            code++;
        } else if (*code == '[' || *code == ']') {
            bracket = *code == '[';
        } else if (!quoted && !bracket && strchr("ymdhsYMDHS", *code)) {
            return true;
        }
    }
    return false;
}

/* Formats that every workbook has (ECMA-376 part 1, 18.8.30). */
static bool is_builtin_date(uint32_t format)
{
    return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) ||
           (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
}

static void XMLCALL styles_start(void *data, const char *name, const char **attributes)
{
    struct book *book = data;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (is_named(name, "numFmt") && shows_date(attribute(attributes, "formatCode"))) {
        error = ARRAY_RESERVE(book->date_formats, book->format_capacity, book->format_count + 1);
        if (!error) {
            book->date_formats[book->format_count++] = number_attribute(attributes, "numFmtId");
        }
    } else if (is_named(name, "cellXfs")) {
        book->in_formats = true;
    } else if (is_named(name, "xf") && book->in_formats && book->style_count < STYLES_MAX) {
        uint32_t format = number_attribute(attributes, "numFmtId");
        bool date = is_builtin_date(format);
        for (uint32_t i = 0; i < book->format_count; i++) {
            date = date || book->date_formats[i] == format;
        }
        error = ARRAY_RESERVE(book->is_date, book->style_capacity, book->style_count + 1);
        if (!error) {
            book->is_date[book->style_count++] = date;
        }
    }
    if (error) {
        stop(book, error);
    }
}

static void XMLCALL styles_end(void *data, const char *name)
{
    struct book *book = data;
    if (is_named(name, "cellXfs")) {
        book->in_formats = false;
    }
}

/* ---- sharedStrings.xml ---- */

static void XMLCALL strings_start(void *data, const char *name, const char **attributes)
{
    struct book *book = data;
    (void)attributes;
    if (is_named(name, "si")) {
        buffer_reset(&book->text);
    }
    book->in_phonetic = book->in_phonetic || is_named(name, "rPh");
    book->takes_text = is_named(name, "t");
}

static void XMLCALL strings_end(void *data, const char *name)
{
    struct book *book = data;
    book->takes_text = false;
    if (is_named(name, "rPh")) {
        book->in_phonetic = false;
    }
    if (is_named(name, "si")) {
        enum zhol_error error =
            ARRAY_RESERVE(book->shared, book->shared_capacity, book->shared_count + 1);
        if (!error) {
            uint32_t *offset = &book->shared[book->shared_count++];
            error = text_pool_add(&book->strings, text_trim(text_view_of(buffer_get(&book->text))),
                                  offset);
        }
        if (error) {
            stop(book, error);
        }
    }
}

/* ---- the sheet ---- */

/* The column of a reference such as "BC12", from 0; UINT32_MAX where it is none. */
static uint32_t column_of(const char *reference)
{
    uint32_t column = 0;
    for (; reference && *reference >= 'A' && *reference <= 'Z'; reference++) {
        column = column * 26 + (uint32_t)(*reference - 'A') + 1;
        if (column > SHEET_CELLS_MAX * 26) {
            break;
        }
    }
    return column - 1;
}

static void XMLCALL sheet_start(void *data, const char *name, const char **attributes)
{
    struct book *book = data;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (is_named(name, "row")) {
        uint32_t row = number_attribute(attributes, "r");
        book->row = row ? row : book->row + 1;
        book->column = UINT32_MAX;
        sheet_drop_blank(book->out);
        error = sheet_add_row(book->out, book->row);
    } else if (is_named(name, "c")) {
        const char *reference = attribute(attributes, "r"), *type = attribute(attributes, "t");
        book->column = reference ? column_of(reference) : book->column + 1;
        book->style = number_attribute(attributes, "s");
        book->type = !type                            ? 'n'
                     : strcmp(type, "str") == 0       ? 't'
                     : strcmp(type, "inlineStr") == 0 ? 'i'
                                                      : type[0];
        buffer_reset(&book->text);
    }
    book->in_phonetic = book->in_phonetic || is_named(name, "rPh");
    book->takes_text = is_named(name, "v") || is_named(name, "t");
    if (error) {
        stop(book, error);
    }
}

/* A serial number of days as a date, a date and time, or a time of day. */
static void put_serial(const struct book *book, double serial, struct buffer *out)
{
    char text[TIME_TEXT_SIZE];
    double whole = floor(serial);
    int64_t second = (int64_t)floor((serial - whole) * TIME_DAY_S + 0.5);
    /* Day 60 of the 1900 system is 29 February 1900, which never was. */
    int32_t epoch = book->epoch_1904 ? -24107 : whole < 60 ? -25568 : -25569;
    if (whole < 1 && !book->epoch_1904) {
        buffer_printf(out, "%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
        return;
    }
    time_format_date(epoch + (int32_t)whole + (int32_t)(second / TIME_DAY_S), text);
    buffer_string(out, text);
    second %= TIME_DAY_S;
    if (second) {
        buffer_printf(out, "T%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
    }
}

/* What a number shows: a date by its format, else the number in full. */
static void put_number(const struct book *book, struct text_view text, struct buffer *out)
{
    double value;
    bool date = book->style < book->style_count && book->is_date[book->style];
    if (number_parse_real(text, &value) != ZHOL_ERROR_OK) {
        buffer_view(out, text);
    } else if (date && value >= 0 && value < 2958466) {
        put_serial(book, value, out);
    } else {
        /* 16 digits of a double end in noise that no one typed. */
        double rounded = round(value * 1e6) / 1e6;
        buffer_real(out, fabs(value) < 1e9 && fabs(rounded - value) < 1e-9 ? rounded : value);
    }
}

static enum zhol_error set_cell(struct book *book)
{
    struct buffer shown;
    struct text_view text = text_trim(text_view_of(buffer_get(&book->text)));
    int64_t index;
    enum zhol_error error = ZHOL_ERROR_OK;
    buffer_init(&shown);
    if (book->type == 's') {
        if (number_parse_int_in(text, 0, (int64_t)book->shared_count - 1, &index)) {
            return text.size ? ZHOL_ERROR_SYNTAX : ZHOL_ERROR_OK;
        }
        text = text_view_of(text_pool_get(&book->strings, book->shared[index]));
    } else if (book->type == 'n') {
        put_number(book, text, &shown);
        text = text_view_of(buffer_get(&shown));
        error = shown.error;
    }
    error = error ? error : sheet_set(book->out, book->column, text);
    buffer_clear(&shown);
    return error;
}

static void XMLCALL sheet_end(void *data, const char *name)
{
    struct book *book = data;
    book->takes_text = false;
    if (is_named(name, "rPh")) {
        book->in_phonetic = false;
    }
    if (is_named(name, "c") && book->text.size) {
        enum zhol_error error = book->out->rows ? set_cell(book) : ZHOL_ERROR_SYNTAX;
        if (error) {
            stop(book, error);
        }
    }
}

/* ---- parts ---- */

typedef void(XMLCALL *start_handler)(void *, const char *, const char **);
typedef void(XMLCALL *end_handler)(void *, const char *);

static enum zhol_error feed(struct book *book, zip_file_t *file)
{
    size_t total = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (;;) {
        void *space = XML_GetBuffer(book->parser, 65536);
        if (!space) {
            return ZHOL_ERROR_MEMORY;
        }
        zip_int64_t size = zip_fread(file, space, 65536);
        total += size > 0 ? (size_t)size : 0;
        if (size < 0 || total > SHEET_PART_MAX) {
            error = size < 0 ? ZHOL_ERROR_SYNTAX : ZHOL_ERROR_LIMIT;
        } else if (XML_ParseBuffer(book->parser, (int)size, size == 0) != XML_STATUS_OK) {
            error = book->error ? book->error : ZHOL_ERROR_SYNTAX;
        }
        if (error || size == 0) {
            return error;
        }
    }
}

/* Reads one part; one that is missing is fine where it is not `needed`. */
static enum zhol_error read_part(struct book *book, zip_t *archive, const char *part, bool needed,
                                 start_handler start, end_handler end)
{
    zip_file_t *file = zip_fopen(archive, part, 0);
    if (!file) {
        return needed ? ZHOL_ERROR_SYNTAX : ZHOL_ERROR_OK;
    }
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    book->parser = XML_ParserCreate(NULL);
    if (book->parser) {
        XML_SetUserData(book->parser, book);
        XML_SetElementHandler(book->parser, start, end);
        XML_SetCharacterDataHandler(book->parser, take_text);
        book->takes_text = book->in_phonetic = false;
        error = feed(book, file);
        XML_ParserFree(book->parser);
        book->parser = NULL;
    }
    zip_fclose(file);
    return error;
}

static void XMLCALL ignore_end(void *data, const char *name)
{
    (void)data;
    (void)name;
}

static enum zhol_error read_parts(struct book *book, zip_t *archive)
{
    enum zhol_error error =
        read_part(book, archive, "xl/workbook.xml", true, workbook_start, ignore_end);
    if (!error && !book->found) {
        return ZHOL_ERROR_UNKNOWN;
    }
    error = error ? error
                  : read_part(book, archive, "xl/_rels/workbook.xml.rels", true, relations_start,
                              ignore_end);
    error =
        error ? error : read_part(book, archive, "xl/styles.xml", false, styles_start, styles_end);
    error =
        error ? error
              : read_part(book, archive, "xl/sharedStrings.xml", false, strings_start, strings_end);
    error = error ? error : read_part(book, archive, book->target, true, sheet_start, sheet_end);
    sheet_drop_blank(book->out);
    return error;
}

static enum zhol_error refuse(enum zhol_error error, const char *path, const char *name,
                              struct zhol_report *report)
{
    switch (error) {
    case ZHOL_ERROR_OK:
        return error;
    case ZHOL_ERROR_UNKNOWN:
        return sheet_refuse(report, error, path, 0, name ? name : "", "the name of a sheet in it");
    case ZHOL_ERROR_LIMIT:
        return sheet_refuse(report, error, path, 0, "",
                            "at most 256 columns, 1,048,576 rows and 256 MiB a part");
    case ZHOL_ERROR_SYNTAX:
        return sheet_refuse(report, error, path, 0, "", "a workbook that Excel can open");
    default:
        return sheet_refuse(report, error, path, 0, "", zhol_error_text(error));
    }
}

enum zhol_error sheet_read_xlsx(const char *path, const char *name, struct zhol_report *report,
                                struct sheet *out)
{
    struct book book = {.out = out, .wanted = name};
    int code = 0;
    memset(out, 0, sizeof *out);
    buffer_init(&book.text);
    book.text.limit = SHEET_FILE_MAX;
    zip_t *archive = zip_open(path, ZIP_RDONLY, &code);
    enum zhol_error error = archive ? read_parts(&book, archive) : ZHOL_ERROR_SYNTAX;
    if (archive) {
        zip_discard(archive);
    }
    buffer_clear(&book.text);
    text_pool_clear(&book.strings);
    free(book.shared);
    free(book.is_date);
    free(book.date_formats);
    return refuse(error, path, name, report);
}
