/* SPDX-License-Identifier: Apache-2.0 */
/* A copy of a consistent state while others may write. */
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pages that are copied between two words of progress: a megabyte. */
enum { PAGES_A_STEP = 64 };

static enum signet_status make_target(struct sg_sqlite *target)
{
    int error = sg_sqlite_make_file(target->file);
    if (error == EEXIST)
        return sg_sqlite_trouble(target, SIGNET_STORE_FAILED,
                                 "there is such a file already: name one that is not there");
    return error == 0 ? SIGNET_OK : sg_sqlite_system_trouble(target, error);
}

static enum signet_status copy_pages(struct sg_sqlite *source, struct sg_sqlite *target,
                                     const struct signet_store_progress *progress)
{
    sqlite3_backup *backup =
        source->api.backup_init(target->handle, "main", source->handle, "main");
    if (backup == NULL)
        return sg_sqlite_status(target, target->api.errcode(target->handle));
    int code;
    while ((code = source->api.backup_step(backup, PAGES_A_STEP)) == SQLITE_OK) {
        int total = source->api.backup_pagecount(backup),
            left = source->api.backup_remaining(backup);
        if (progress != NULL && progress->tell != NULL)
            progress->tell(progress->context, (size_t)(total - left), (size_t)total);
    }
    int finished = source->api.backup_finish(backup);
    if (code == SQLITE_DONE)
        code = finished;
    /* A page of the source that cannot be read is the source's trouble. */
    if ((code & 0xff) == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_BUSY)
        return sg_sqlite_status(source, code);
    return sg_sqlite_status(target, code);
}

/* The copy is one whole file: without a log beside it until somebody writes to it. */
static enum signet_status finish(struct sg_sqlite *target)
{
    enum signet_status status = sg_sqlite_execute(target, "PRAGMA wal_checkpoint(TRUNCATE)");
    (void)target->api.close(target->handle);
    target->handle = NULL;
    if (status != SIGNET_OK)
        return status;
    int descriptor = open(target->file, O_RDONLY | O_CLOEXEC);
    int error = descriptor >= 0 && fsync(descriptor) == 0 ? 0 : errno;
    if (descriptor >= 0)
        (void)close(descriptor);
    return error == 0 ? SIGNET_OK : sg_sqlite_system_trouble(target, error);
}

static void remove_target(struct sg_sqlite *target)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    size_t len = strlen(target->file);
    char *name = malloc(len + sizeof("-journal"));
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]) && name != NULL; i++) {
        memcpy(name, target->file, len);
        memcpy(name + len, suffixes[i], strlen(suffixes[i]) + 1);
        (void)unlink(name);
    }
    free(name);
}

static enum signet_status copy_into(struct sg_sqlite *source, struct sg_sqlite *target,
                                    const struct signet_store_progress *progress)
{
    enum signet_status status = sg_sqlite_status(
        target, target->api.open_v2(target->file, &target->handle,
                                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
    if (status == SIGNET_OK)
        status = copy_pages(source, target, progress);
    if (status == SIGNET_OK)
        status = finish(target);
    (void)target->api.close(target->handle);
    target->handle = NULL;
    return status;
}

enum signet_status sg_sqlite_backup(struct sg_store_db *db, const char *file,
                                    const struct signet_store_progress *progress)
{
    struct sg_sqlite *source = sg_sqlite(db);
    struct sg_sqlite target = {.api = source->api};
    enum signet_status status = sg_sqlite_set_file(&target, file);
    if (status != SIGNET_OK)
        return status;
    status = make_target(&target);
    bool made = status == SIGNET_OK;
    if (made)
        status = copy_into(source, &target, progress);
    if (made && status != SIGNET_OK)
        remove_target(&target);
    if (target.db.trouble.kind != SIGNET_STORE_FINE)
        source->db.trouble = target.db.trouble;
    free(target.file);
    return status;
}
