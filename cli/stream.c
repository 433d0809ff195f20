/* SPDX-License-Identifier: Apache-2.0 */
#include "stream.h"

#include "message.h"
#include "scratch.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A device that is no terminal gives octets, or zeros, for ever: no message comes from there. */
#define MAX_DEVICE ((uint64_t)1 << 20)
/* What is not written to a file. */
#define MAX_HELD ((uint64_t)1 << 28)

enum { FIRST_LEN = 65536, PIECE_LEN = 1 << 20 };

static uint64_t max_len = STREAM_MAX;

void stream_set_max(uint64_t max)
{
    max_len = max;
}

/* One that is being read: what came is in FILE, as far as there is one, and then in BUFFER. */
struct reader {
    int fd;
    const char *name;
    uint64_t max;
    const char *whose; /* why MAX is what it is, and what to do */
    bool may_spool;
    void *file;
    uint64_t num_spooled;
    uint8_t *buffer;
    size_t len, cap;
};

static bool fail(const struct reader *reader)
{
    message_error("%s: %s", reader->name, strerror(errno));
    return false;
}

static bool fail_too_long(const struct reader *reader)
{
    message_error("%s: more than %" PRIu64 " octets come, %s", reader->name, reader->max,
                  reader->whose);
    return false;
}

/* MAX unless there is a smaller one already. */
static void bound(struct reader *reader, uint64_t max, const char *whose)
{
    if (max >= reader->max)
        return;
    reader->max = max;
    reader->whose = whose;
}

static void bound_held(struct reader *reader)
{
    reader->may_spool = false;
    bound(reader, MAX_HELD, "more than are kept in memory; a file may have any size");
}

/* --- room */

static bool grow(struct reader *reader, size_t cap)
{
    uint8_t *grown = realloc(reader->buffer, cap);

    if (grown == NULL)
        return fail(reader);
    reader->buffer = grown;
    reader->cap = cap;
    return true;
}

/* Nothing goes to a file any more: neither what is there nor what is still to come. */
static bool hold(struct reader *reader)
{
    size_t len = (size_t)reader->num_spooled;
    const uint8_t *spooled = NULL;

    bound_held(reader);
    if (reader->num_spooled + reader->len > reader->max)
        return fail_too_long(reader);
    if (reader->file == NULL)
        return true;
    if (!grow(reader, len + reader->cap))
        return false;
    memmove(reader->buffer + len, reader->buffer, reader->len);
    if (len > 0)
        spooled = scratch_file.map(scratch_file.context, reader->file);
    if (len > 0 && spooled == NULL)
        return fail(reader);
    if (len > 0)
        memcpy(reader->buffer, spooled, len);
    scratch_file.discard(scratch_file.context, reader->file);
    reader->file = NULL;
    reader->num_spooled = 0;
    reader->len += len;
    return true;
}

/* BUFFER, which need not be full, to the file. */
static bool spool(struct reader *reader)
{
    const struct signet_span octets = {reader->buffer, reader->len};

    if (reader->file == NULL)
        reader->file = scratch_file.open(scratch_file.context);
    if (reader->file == NULL)
        return hold(reader);
    if (octets.len > 0 && !scratch_file.append(scratch_file.context, reader->file, octets))
        return hold(reader); /* the disk is full */
    reader->num_spooled += octets.len;
    reader->len = 0;
    return true;
}

static bool make_room(struct reader *reader)
{
    if (reader->may_spool && reader->cap >= PIECE_LEN && !spool(reader))
        return false;
    if (reader->len < reader->cap)
        return true;
    if (reader->cap > SIZE_MAX / 2)
        return fail_too_long(reader);
    return grow(reader, reader->cap * 2);
}

/* --- reading */

/* To the end, or until there is too much of it. */
static bool read_all(struct reader *reader)
{
    while (true) {
        ssize_t got = read(reader->fd, reader->buffer + reader->len, reader->cap - reader->len);

        if (got == 0)
            return true;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(reader);
        reader->len += (size_t)got;
        if (reader->num_spooled + reader->len > reader->max)
            return fail_too_long(reader);
        if (reader->len == reader->cap && !make_room(reader))
            return false;
    }
}

/* All of it as one. */
static bool hand_out(struct reader *reader, struct stream *out)
{
    if (reader->file != NULL && !spool(reader))
        return false;
    if (reader->file == NULL) {
        *out = (struct stream){{reader->buffer, reader->len}, NULL};
        reader->buffer = NULL;
        return true;
    }
    const uint8_t *octets = scratch_file.map(scratch_file.context, reader->file);
    if (octets == NULL)
        return fail(reader);
    *out = (struct stream){{octets, (size_t)reader->num_spooled}, reader->file};
    reader->file = NULL;
    return true;
}

static bool begin(struct reader *reader, enum stream_place place)
{
    struct stat status;

    if (fstat(reader->fd, &status) != 0)
        return fail(reader);
    reader->max = max_len;
    reader->whose = "the most that --max-input allows; a file may have any size";
    reader->may_spool = true;
    if (S_ISBLK(status.st_mode) || (S_ISCHR(status.st_mode) && isatty(reader->fd) != 1))
        bound(reader, MAX_DEVICE, "and it is a device");
    if (place == STREAM_IN_MEMORY)
        bound_held(reader);
    return grow(reader, FIRST_LEN);
}

bool stream_read(struct stream *out, int fd, enum stream_place place, const char *name)
{
    struct reader reader = {.fd = fd, .name = name};
    bool done;

    *out = (struct stream){{NULL, 0}, NULL};
    done = begin(&reader, place) && read_all(&reader) && hand_out(&reader, out);
    if (reader.file != NULL)
        scratch_file.discard(scratch_file.context, reader.file);
    free(reader.buffer);
    return done;
}

void stream_free(struct stream *stream)
{
    if (stream->file != NULL)
        scratch_file.discard(scratch_file.context, stream->file);
    else
        free((void *)(uintptr_t)stream->bytes.ptr);
    *stream = (struct stream){{NULL, 0}, NULL};
}
