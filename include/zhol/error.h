/* zhol/error.h: the errors of the library, and the report that collects their details.
 *
 * Every fallible function returns an enum zhol_error and writes its results through
 * out-parameters. What a person must know to mend the input goes, row by row, into a
 * struct zhol_report: which file, row and column, what was found, what was expected.
 * One X-macro gives code, name and sentence, so that the three cannot drift apart.
 */
#ifndef ZHOL_ERROR_H
#define ZHOL_ERROR_H

#include <stddef.h>
#include <stdint.h>

#define ZHOL_ERRORS(E)                                                \
    E(OK, "no error")                                                 \
    E(MEMORY, "out of memory")                                        \
    E(IO, "a file could not be read or written")                      \
    E(SYNTAX, "text does not have the form that its format asks for") \
    E(RANGE, "a number or date is outside its allowed range")         \
    E(LIMIT, "input is larger than the limit set for it")             \
    E(UNKNOWN, "a name or identifier is not known")                   \
    E(AMBIGUOUS, "a name stands for more than one thing")             \
    E(DUPLICATE, "something that must be unique stands twice")        \
    E(CONFLICT, "two statements contradict each other")               \
    E(INVALID, "the input breaks a rule of the model")                \
    E(UNREACHABLE, "there is no way from the start to the goal")      \
    E(INTERRUPTED, "the work was interrupted")                        \
    E(USAGE, "the call or command is malformed")                      \
    E(INTERNAL, "a fault in the program itself")

enum zhol_error {
#define ZHOL_ERROR_CODE(name, sentence) ZHOL_ERROR_##name,
    ZHOL_ERRORS(ZHOL_ERROR_CODE)
#undef ZHOL_ERROR_CODE
        ZHOL_ERROR_COUNT
};

/* The name ("SYNTAX") and the sentence of an error; static strings, never NULL. */
const char *zhol_error_name(enum zhol_error error);
const char *zhol_error_text(enum zhol_error error);

enum zhol_severity { ZHOL_NOTE, ZHOL_WARNING, ZHOL_FAULT };

/* One finding. Strings are owned by the report; file and column may be "" where none applies;
 * row 0 means the whole file. In CSV files row 1 is the header, as an editor counts. */
struct zhol_finding {
    enum zhol_severity severity;
    enum zhol_error code;
    uint32_t row;
    const char *file;
    const char *column;
    const char *value;    /* what was found, cut to 80 bytes at a character boundary */
    const char *expected; /* what was expected, and what to do */
};

/* A growing list of findings. At most `limit` are kept; all are counted. */
struct zhol_report {
    struct zhol_finding *findings;
    uint32_t count;
    uint32_t capacity;
    uint32_t limit;
    uint64_t counts[3]; /* by severity, including those not kept */
    struct zhol_report_text *texts;
};

/* Starts an empty report that keeps at most `limit` findings (0: 10,000). Cannot fail. */
void zhol_report_init(struct zhol_report *report, uint32_t limit);
/* Frees everything; the report may be initialised again. */
void zhol_report_clear(struct zhol_report *report);
/* Adds a finding; copies its strings (NULL counts as ""). When memory runs out the finding is
 * counted but not kept. `report` may be NULL: then nothing happens. Returns finding->code, so that
 * a caller may write `return zhol_report_add(...)`. */
enum zhol_error zhol_report_add(struct zhol_report *report, const struct zhol_finding *finding);
/* True when the report holds a finding of severity ZHOL_FAULT. */
int zhol_report_failed(const struct zhol_report *report);

#endif
