/* function_length: how long the functions of C files are, and whether any is too long.
 *
 *   function_length [--limit 70] [--file-limit 800] [--summary] FILE...
 *
 * A function counts from the first line of its signature to its closing brace. Offenders are
 * printed as FILE:LINE and make the exit status 1. A file NAME_data.c that has no function is data
 * and may have any length. --summary adds the number of functions, the
 * median, the 90th percentile and the longest.
 *
 * It is a scanner, not a parser: it drops comments, literals and preprocessor lines and takes a
 * `{` at depth 0 that follows `)` in a declaration without `=` for the start of a function body.
 * That is enough for formatted code; an #if whose branches open different numbers of braces is
 * reported as an error instead of being miscounted.
 */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 80, EXIT_OFFENDERS = 1, EXIT_UNREADABLE = 2 };

struct lengths {
    int *line_counts;
    size_t count;
    size_t capacity;
};

struct options {
    int function_limit;
    int file_limit;
    bool summary;
};

struct scanner {
    FILE *file;
    const char *path;
    int line;
    bool line_is_blank; /* only white space so far: a # here opens a preprocessor line */
    int depth;
    int parentheses;
    int start_line; /* of the declaration that is being read at depth 0; 0: none */
    bool has_equals;
    bool in_function;
    char last; /* last character of code that is not white space */
    char word[NAME_MAX_LENGTH];
    size_t word_length;
    bool word_is_open;
    char name[NAME_MAX_LENGTH]; /* the word before the first ( of the declaration */
};

/* The next character, with line splices (backslash, newline) taken out. */
static int next_char(struct scanner *scanner)
{
    int c = fgetc(scanner->file);
    while (c == '\\') {
        int after = fgetc(scanner->file);
        if (after != '\n') {
            ungetc(after, scanner->file);
            return c;
        }
        scanner->line++;
        c = fgetc(scanner->file);
    }
    if (c == '\n') {
        scanner->line++;
        scanner->line_is_blank = true;
    }
    return c;
}

static void skip_line(struct scanner *scanner)
{
    int c = next_char(scanner);
    while (c != '\n' && c != EOF) {
        c = next_char(scanner);
    }
}

static void skip_block_comment(struct scanner *scanner)
{
    int before = 0, c = next_char(scanner);
    while (c != EOF && !(before == '*' && c == '/')) {
        before = c;
        c = next_char(scanner);
    }
}

static void skip_literal(struct scanner *scanner, int quote)
{
    int c = next_char(scanner);
    while (c != quote && c != '\n' && c != EOF) {
        if (c == '\\') {
            (void)next_char(scanner);
        }
        c = next_char(scanner);
    }
}

/* A preprocessor line may end in a block comment that goes on over lines. */
static void skip_directive(struct scanner *scanner)
{
    int before = 0, c = next_char(scanner);
    while (c != '\n' && c != EOF) {
        if (before == '/' && c == '*') {
            skip_block_comment(scanner);
            c = 0;
        }
        before = c;
        c = next_char(scanner);
    }
}

/* The next character of code, or EOF. A comment or a directive reads as a blank, a literal as a 0
 * digit. */
static int next_code(struct scanner *scanner)
{
    bool was_blank = scanner->line_is_blank;
    int c = next_char(scanner);
    if (c == '"' || c == '\'') {
        skip_literal(scanner, c);
        c = '0';
    } else if (c == '/') {
        int after = fgetc(scanner->file);
        if (after == '*') {
            skip_block_comment(scanner);
            return ' ';
        }
        if (after == '/') {
            skip_line(scanner);
            return '\n';
        }
        ungetc(after, scanner->file);
    } else if (c == '#' && was_blank) {
        skip_directive(scanner);
        return '\n';
    }
    if (c != '\n' && c != EOF && !isspace(c)) {
        scanner->line_is_blank = false;
    }
    return c;
}

static void collect_word(struct scanner *scanner, int c)
{
    if (!isalnum(c) && c != '_') {
        scanner->word_is_open = false;
        return;
    }
    if (!scanner->word_is_open) {
        scanner->word_length = 0;
        scanner->word_is_open = true;
    }
    if (scanner->word_length + 1 < sizeof scanner->word) {
        scanner->word[scanner->word_length++] = (char)c;
        scanner->word[scanner->word_length] = '\0';
    }
}

static void end_declaration(struct scanner *scanner)
{
    scanner->start_line = 0;
    scanner->has_equals = false;
    scanner->parentheses = 0;
    scanner->name[0] = '\0';
    scanner->last = 0;
}

static bool lengths_push(struct lengths *lengths, int line_count)
{
    if (lengths->count == lengths->capacity) {
        size_t capacity = lengths->capacity ? 2 * lengths->capacity : 1024;
        int *grown = realloc(lengths->line_counts, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        lengths->line_counts = grown;
        lengths->capacity = capacity;
    }
    lengths->line_counts[lengths->count++] = line_count;
    return true;
}

/* At depth 0: notes what the declaration looks like so far. */
static void read_declaration(struct scanner *scanner, int c)
{
    if (isspace(c)) {
        return;
    }
    if (scanner->start_line == 0) {
        scanner->start_line = scanner->line;
    }
    if (c == '(' && scanner->parentheses++ == 0 && scanner->name[0] == '\0') {
        memcpy(scanner->name, scanner->word, scanner->word_length + 1);
    } else if (c == ')') {
        scanner->parentheses--;
    } else if (c == '=' && scanner->parentheses == 0) {
        scanner->has_equals = true;
    } else if (c == ';') {
        end_declaration(scanner);
        return;
    }
    scanner->last = (char)c;
}

/* Returns the number of functions over the limit, or -1 if the file cannot be measured. */
static int scan(struct scanner *scanner, const struct options *options, struct lengths *lengths)
{
    int offenders = 0;
    for (int c = next_code(scanner); c != EOF; c = next_code(scanner)) {
        if (c == '{') {
            if (scanner->depth++ == 0) {
                scanner->in_function = scanner->last == ')' && !scanner->has_equals;
            }
        } else if (c == '}' && --scanner->depth <= 0) {
            if (scanner->depth < 0) {
                return -1;
            }
            int line_count = scanner->line - scanner->start_line + 1;
            if (scanner->in_function && !lengths_push(lengths, line_count)) {
                return -1;
            }
            if (scanner->in_function && line_count > options->function_limit) {
                printf("%s:%d: %s has %d lines (limit %d)\n", scanner->path, scanner->start_line,
                       scanner->name, line_count, options->function_limit);
                offenders++;
            }
            if (scanner->in_function) {
                end_declaration(scanner);
            } else {
                scanner->last = '}';
            }
        } else if (scanner->depth == 0) {
            read_declaration(scanner, c);
        }
        collect_word(scanner, c);
    }
    return scanner->depth == 0 ? offenders : -1;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/* Adds the offenders of one file; false if it cannot be read or measured. */
static bool measure_file(const char *path, const struct options *options, struct lengths *lengths,
                         int *offenders)
{
    struct scanner scanner = {.path = path, .line = 1, .line_is_blank = true};
    scanner.file = fopen(path, "rb");
    if (!scanner.file) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return false;
    }
    size_t functions_before = lengths->count;
    int found = scan(&scanner, options, lengths);
    fclose(scanner.file);
    if (found < 0) {
        fprintf(stderr, "%s:%d: braces do not match\n", path, scanner.line);
        return false;
    }
    bool is_data = lengths->count == functions_before && ends_with(path, "_data.c");
    if (scanner.line - 1 > options->file_limit && !is_data) {
        printf("%s: has %d lines (limit %d)\n", path, scanner.line - 1, options->file_limit);
        found++;
    }
    *offenders += found;
    return true;
}

static int compare_ints(const void *left, const void *right)
{
    int a = *(const int *)left, b = *(const int *)right;
    return (a > b) - (a < b);
}

static void print_summary(const struct lengths *lengths, int files)
{
    if (lengths->count == 0) {
        printf("no functions in %d files\n", files);
        return;
    }
    qsort(lengths->line_counts, lengths->count, sizeof *lengths->line_counts, compare_ints);
    size_t last = lengths->count - 1;
    printf("%zu functions in %d files, lines: median %d, p90 %d, longest %d\n", lengths->count,
           files, lengths->line_counts[last / 2], lengths->line_counts[last * 9 / 10],
           lengths->line_counts[last]);
}

static int usage(void)
{
    fprintf(stderr, "usage: function_length [--limit N] [--file-limit N] [--summary] FILE...\n");
    return EXIT_UNREADABLE;
}

int main(int argc, char **argv)
{
    struct options options = {.function_limit = 70, .file_limit = 800};
    struct lengths lengths = {0};
    int files = 0, offenders = 0;
    bool readable = true;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--summary") == 0) {
            options.summary = true;
        } else if (strcmp(argv[i], "--limit") == 0 && i + 1 < argc) {
            options.function_limit = atoi(argv[++i]);
        } else if (strcmp(argv[i], "--file-limit") == 0 && i + 1 < argc) {
            options.file_limit = atoi(argv[++i]);
        } else if (argv[i][0] == '-') {
            return usage();
        } else {
            readable &= measure_file(argv[i], &options, &lengths, &offenders);
            files++;
        }
    }
    if (files == 0) {
        return usage();
    }
    if (options.summary) {
        print_summary(&lengths, files);
    }
    free(lengths.line_counts);
    return !readable ? EXIT_UNREADABLE : offenders > 0 ? EXIT_OFFENDERS : EXIT_SUCCESS;
}
