/* Buffers, the report of findings, whole files, and progress of src/base. */
#include "check.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/progress.h"

static void test_buffer_appends(void)
{
    struct buffer buffer = {0};
    CHECK_STR_EQ(buffer_get(&buffer), "");
    buffer_string(&buffer, "a");
    buffer_printf(&buffer, "%d-%s", 12, "x");
    buffer_fill(&buffer, '.', 3);
    buffer_int(&buffer, INT64_MIN);
    buffer_char(&buffer, ' ');
    buffer_real(&buffer, 0.1);
    buffer_char(&buffer, ' ');
    buffer_fixed(&buffer, 2.5, 2);
    CHECK_STR_EQ(buffer_get(&buffer), "a12-x...-9223372036854775808 0.1 2.50");
    buffer_reset(&buffer);
    for (int i = 0; i < 1000; i++) {
        buffer_printf(&buffer, "%0*d", 300, i);
    }
    CHECK_INT_EQ(buffer.size, 300000);
    CHECK(memcmp(buffer.bytes + 300000 - 4, "0999", 5) == 0);
    size_t size = 0;
    char *taken = buffer_take(&buffer, &size);
    CHECK(taken && size == 300000 && buffer.bytes == NULL);
    free(taken);
    taken = buffer_take(&buffer, &size);
    CHECK_STR_EQ(taken, "");
    free(taken);
    buffer_clear(&buffer);
}

static void test_buffer_error_sticks(void)
{
    struct buffer buffer = {.limit = 10};
    buffer_string(&buffer, "12345");
    buffer_string(&buffer, "123456");
    CHECK_INT_EQ(buffer.error, ZHOL_ERROR_LIMIT);
    buffer_string(&buffer, "x");
    CHECK_STR_EQ(buffer_get(&buffer), "12345");
    CHECK(!buffer_reserve(&buffer, SIZE_MAX));
    CHECK(buffer_take(&buffer, NULL) == NULL);
    CHECK_INT_EQ(buffer.error, ZHOL_ERROR_OK);
    buffer_string(&buffer, "1234567890");
    CHECK_INT_EQ(buffer.error, ZHOL_ERROR_OK);
    buffer_clear(&buffer);
}

static void test_report(void)
{
    struct zhol_report report;
    zhol_report_init(&report, 3);
    char value[] = "яяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяя"; /* 41 letters, 82 bytes */
    struct zhol_finding finding = {ZHOL_WARNING, ZHOL_ERROR_RANGE, 7, "node.csv", "x", value, NULL};
    CHECK_INT_EQ(zhol_report_add(&report, &finding), ZHOL_ERROR_RANGE);
    value[0] = '?';
    CHECK(!zhol_report_failed(&report));
    finding.severity = ZHOL_FAULT;
    for (int i = 0; i < 5; i++) {
        zhol_report_add(&report, &finding);
    }
    CHECK(zhol_report_failed(&report));
    CHECK_INT_EQ(report.count, 3);
    CHECK_INT_EQ(report.counts[ZHOL_FAULT], 5);
    CHECK_INT_EQ(strlen(report.findings[0].value), 80);
    CHECK(memcmp(report.findings[0].value, "яя", 4) == 0);
    CHECK_STR_EQ(report.findings[0].expected, "");
    CHECK_INT_EQ(zhol_report_add(NULL, &finding), ZHOL_ERROR_RANGE);
    zhol_report_clear(&report);
    CHECK_STR_EQ(zhol_error_name(ZHOL_ERROR_LIMIT), "LIMIT");
    CHECK_STR_EQ(zhol_error_text(ZHOL_ERROR_OK), "no error");
    CHECK(zhol_error_text((enum zhol_error)999) != NULL);
}

/* ---- files: in a scratch folder of the test ---- */

static char folder[] = "/tmp/zhol-test-XXXXXX";
static struct buffer path;

static const char *at(const char *name)
{
    buffer_reset(&path);
    file_join(&path, folder, name);
    return buffer_get(&path);
}

static void test_file_round_trip(void)
{
    struct file_data data;
    CHECK_INT_EQ(file_write(at("a.txt"), "hello\0there", 11, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(chmod(at("a.txt"), 0640), 0);
    CHECK_INT_EQ(file_write(at("a.txt"), "again\0x", 7, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(file_read(at("a.txt"), 7, &data, NULL), ZHOL_ERROR_OK);
    CHECK(data.size == 7 && memcmp(data.bytes, "again\0x", 8) == 0);
    file_clear(&data);
    struct stat status;
    CHECK(stat(at("a.txt"), &status) == 0 && (status.st_mode & 0777) == 0640);
    CHECK_INT_EQ(file_write(at("empty"), "", 0, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(file_read(at("empty"), 0, &data, NULL), ZHOL_ERROR_OK);
    CHECK(data.size == 0 && data.bytes && !data.bytes[0]);
    file_clear(&data);
}

static void check_read_fails(const char *name, size_t limit, enum zhol_error want)
{
    struct zhol_report report;
    struct file_data data;
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(file_read(at(name), limit, &data, &report), want);
    CHECK(report.count == 1 && report.findings[0].code == want && !data.bytes);
    if (report.count) {
        CHECK_STR_EQ(report.findings[0].file, buffer_get(&path));
    }
    zhol_report_clear(&report);
}

static void test_file_errors(void)
{
    check_read_fails("missing", 0, ZHOL_ERROR_UNKNOWN);
    check_read_fails("a.txt/below", 0, ZHOL_ERROR_UNKNOWN);
    check_read_fails("", 0, ZHOL_ERROR_INVALID);
    check_read_fails("a.txt", 6, ZHOL_ERROR_LIMIT);
    CHECK_INT_EQ(mkfifo(at("pipe"), 0600), 0);
    check_read_fails("pipe", 0, ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(unlink(at("pipe")), 0);
    CHECK_INT_EQ(file_write(at("no/such/folder"), "x", 1, NULL), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(file_write("/dev/full/x", "x", 1, NULL), ZHOL_ERROR_UNKNOWN);
}

static void test_file_folders(void)
{
    struct file_list list;
    CHECK_INT_EQ(file_make_folder(at("b/c/d"), NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(file_make_folder(at("b/c/d"), NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(file_make_folder(at("a.txt/d"), NULL), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(file_write(at("b"), "x", 1, NULL), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(file_kind_of(at("b/c")), FILE_FOLDER);
    CHECK_INT_EQ(file_kind_of(at("b/x")), FILE_NONE);
    CHECK_INT_EQ(file_list_read(at(""), &list, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(list.count, 3); /* and no temporary file is left */
    if (list.count == 3) {
        CHECK_STR_EQ(list.entries[0].name, "a.txt");
        CHECK_STR_EQ(list.entries[1].name, "b");
        CHECK_STR_EQ(list.entries[2].name, "empty");
        CHECK(list.entries[0].kind == FILE_REGULAR && list.entries[1].kind == FILE_FOLDER);
    }
    file_list_clear(&list);
    CHECK_INT_EQ(file_list_read(at("a.txt"), &list, NULL), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(file_list_read(at("none"), &list, NULL), ZHOL_ERROR_UNKNOWN);
    const char *const made[] = {"b/c/d", "b/c", "b", "a.txt", "empty", ""};
    for (int i = 0; i < 6; i++) {
        CHECK_INT_EQ(remove(at(made[i])), 0);
    }
    buffer_clear(&path);
}

/* ---- progress ---- */

static void test_progress_text(void)
{
    char text[PROGRESS_TEXT_SIZE];
    struct progress progress = {.label = "Reading", .total = 200};
    progress_format(&progress, 50, 30000, text);
    CHECK_STR_EQ(text, "Reading [######..................]  25%, 01:30 left");
    progress_format(&progress, 0, 30000, text);
    CHECK_STR_EQ(text, "Reading [........................]   0%, ? left");
    progress_format(&progress, 500, 3, text);
    CHECK_STR_EQ(text, "Reading [########################] 100%, 00:00 left");
    progress_format(&progress, 1, 60000, text);
    CHECK(strstr(text, "3:19:00 left") != NULL);
    struct progress open = {.label = "Считаю очень долгую и трудную задачу", .total = 0};
    CHECK_INT_EQ(progress_format(&open, 7, 3723000, text), strlen(text));
    CHECK_STR_EQ(text, "Считаю очень долгую и трудную за 7, 1:02:03");
}

/* Half a second after the first a signal ends the program. */
static void test_second_interrupt(void)
{
    pid_t child = fork();
    if (child == 0) {
        const struct timespec later = {.tv_nsec = 600000000};
        interrupt_reset();
        interrupt_install();
        raise(SIGINT);
        nanosleep(&later, NULL);
        raise(SIGINT);
        _exit(0);
    }
    int status = 0;
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

static void test_interrupt(void)
{
    CHECK(!interrupt_requested());
    interrupt_install();
    for (int i = 0; i < 2; i++) {
        raise(i ? SIGTERM : SIGINT);
        CHECK(interrupt_requested() && *interrupt_flag());
        interrupt_reset();
        CHECK(!interrupt_requested() && !*interrupt_flag());
    }
    raise(SIGINT);
    raise(SIGINT); /* at once: the same wish */
    raise(SIGTERM);
    CHECK(interrupt_requested());
    interrupt_reset();
    interrupt_request();
    CHECK(interrupt_requested());
}

int main(void)
{
    RUN(test_buffer_appends);
    RUN(test_buffer_error_sticks);
    RUN(test_report);
    if (!mkdtemp(folder)) {
        return 1;
    }
    RUN(test_file_round_trip);
    RUN(test_file_errors);
    RUN(test_file_folders);
    RUN(test_progress_text);
    RUN(test_interrupt);
    RUN(test_second_interrupt);
    return check_report();
}
