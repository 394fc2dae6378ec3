/* tests/regress/test_file_write.c: faults of writing files that were found once. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"

/* `zhol plan --out /dev/full`, as root, put a plain file in the place of the device: the rename at
 * the end replaced whatever stood there. A pipe stands for the device here. */
static void pipe_is_written_to_not_replaced(void)
{
    const char *path = "test_file_write.pipe";
    unlink(path);
    CHECK_INT_EQ(mkfifo(path, 0600), 0);
    int reader = open(path, O_RDONLY | O_NONBLOCK);
    CHECK(reader >= 0);
    CHECK_INT_EQ(file_write(path, "hello", 5, NULL), ZHOL_ERROR_OK);
    char bytes[16] = "";
    CHECK_INT_EQ(read(reader, bytes, sizeof bytes - 1), 5);
    CHECK_STR_EQ(bytes, "hello");
    CHECK_INT_EQ(file_kind_of(path), FILE_OTHER);
    close(reader);
    unlink(path);
}

/* A link to a device (/dev/stdout is one) stays a link, and a full device is an error. */
static void full_device_is_an_error(void)
{
    const char *path = "test_file_write.link";
    struct stat status;
    if (stat("/dev/full", &status) != 0 || !S_ISCHR(status.st_mode)) {
        return;
    }
    unlink(path);
    CHECK_INT_EQ(symlink("/dev/full", path), 0);
    CHECK_INT_EQ(file_write(path, "hello", 5, NULL), ZHOL_ERROR_IO);
    CHECK_INT_EQ(lstat(path, &status), 0);
    CHECK(S_ISLNK(status.st_mode));
    unlink(path);
}

int main(void)
{
    RUN(pipe_is_written_to_not_replaced);
    RUN(full_device_is_an_error);
    return check_report();
}
