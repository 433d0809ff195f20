/* SPDX-License-Identifier: Apache-2.0 */
#include "output_file.h"

#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(const char *name)
{
    message_error("%s: %s", name, strerror(errno));
    return false;
}

/* Devices and pipes are written as they are; what stands in a file is replaced at the end. */
static bool is_special(const char *name)
{
    struct stat status;

    return stat(name, &status) == 0 && !S_ISREG(status.st_mode);
}

static int open_temporary(struct output_file *file, mode_t mode)
{
    size_t size = strlen(file->name) + sizeof ".XXXXXX";
    int fd;

    file->temporary = malloc(size);
    if (file->temporary == NULL)
        return -1;
    snprintf(file->temporary, size, "%s.XXXXXX", file->name);
    fd = mkstemp(file->temporary);
    if (fd >= 0 && fchmod(fd, mode) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static int open_descriptor(struct output_file *file, bool private_)
{
    mode_t mask = umask(0);

    umask(mask);
    if (!file->replace)
        return open(file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, private_ ? 0600 : 0666);
    if (is_special(file->name))
        return open(file->name, O_WRONLY | O_CLOEXEC);
    return open_temporary(file, private_ ? 0600 : (mode_t)(0666 & ~mask));
}

bool output_file_open(struct output_file *file, const char *name, bool replace, bool private_)
{
    int fd;

    *file = (struct output_file){.name = name, .replace = replace, .stream = stdout};
    if (name == NULL || strcmp(name, "-") == 0) {
        file->name = NULL;
        return true;
    }
    fd = open_descriptor(file, private_);
    file->stream = fd < 0 ? NULL : fdopen(fd, "wb");
    if (file->stream != NULL)
        return true;
    if (errno == EEXIST)
        message_error("%s: exists already; --force overwrites it", name);
    else
        fail(name);
    if (fd >= 0)
        close(fd);
    free(file->temporary);
    file->temporary = NULL;
    return false;
}

static bool write_bytes(void *context, struct signet_span bytes)
{
    struct output_file *file = context;

    return fwrite(bytes.ptr, 1, bytes.len, file->stream) == bytes.len;
}

struct signet_sink output_file_sink(struct output_file *file)
{
    return (struct signet_sink){write_bytes, file};
}

/* EINVAL: a pipe or a device, which has no place to be safe in. */
static bool settle(FILE *stream)
{
    return fflush(stream) == 0 && (fsync(fileno(stream)) == 0 || errno == EINVAL);
}

bool output_file_close(struct output_file *file, bool done)
{
    const char *written = file->temporary != NULL ? file->temporary : file->name;
    bool kept = done;

    if (file->name == NULL)
        return true; /* output_finish tells */
    if (kept && !settle(file->stream))
        kept = fail(file->name);
    fclose(file->stream);
    if (kept && file->temporary != NULL && rename(file->temporary, file->name) != 0)
        kept = fail(file->name);
    if (!kept && (file->temporary != NULL || !file->replace))
        unlink(written);
    free(file->temporary);
    *file = (struct output_file){.stream = NULL};
    return kept || !done;
}
