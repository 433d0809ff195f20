/* SPDX-License-Identifier: Apache-2.0 */
#include "database.h"

#include "message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* How long to wait for another process that writes: an import of many thousands is one
 * transaction. */
enum { BUSY_MS = 10000 };
/* The same for judging, for which somebody waits. */
enum { BUSY_BESIDE_MS = 2000 };

static char *join(const char *folder, const char *rest)
{
    size_t size = strlen(folder) + strlen(rest) + 1;
    char *file = malloc(size);

    if (file == NULL)
        message_status("database", SIGNET_ERR_MEMORY);
    else
        snprintf(file, size, "%s%s", folder, rest);
    return file;
}

/* By the XDG Base Directory Specification a relative path in the variable counts for nothing. */
static char *default_file(void)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

    if (data != NULL && data[0] == '/')
        return join(data, "/signet/signet.db");
    if (home != NULL && home[0] != '\0')
        return join(home, "/.local/share/signet/signet.db");
    message_error("neither HOME nor XDG_DATA_HOME says where the database is; name it with --store "
                  "FILE");
    return NULL;
}

static const char *named_file(const struct options *options)
{
    const char *variable = getenv("SIGNET_STORE");

    if (options->store != NULL)
        return options->store;
    return variable != NULL && variable[0] != '\0' ? variable
                                                   : config_text(&options->config, KEY_STORE_FILE);
}

/* The folders above FILE, which is changed meanwhile. What cannot be made is told when the file is
 * opened. */
static void make_folders(char *file)
{
    for (char *slash = strchr(file + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(file, 0700) != 0 && errno != EEXIST)
            message_warning("%s: %s", file, strerror(errno));
        *slash = '/';
    }
}

static bool find_file(struct database *database, const struct options *options,
                      enum signet_store_mode mode)
{
    const char *named = named_file(options);

    *database = (struct database){.store = NULL};
    if (options->store != NULL && options->store[0] == '\0') {
        message_error("--store: the name of the database is empty");
        return false;
    }
    database->file = named[0] != '\0' ? join(named, "") : default_file();
    if (database->file != NULL && named[0] == '\0' && mode == SIGNET_STORE_CREATE)
        make_folders(database->file);
    return database->file != NULL;
}

/* Leaves no store behind but for asking it for its trouble. */
static enum signet_status open_store(struct database *database, enum signet_store_mode mode,
                                     unsigned busy_ms)
{
    return signet_store_open(database->file, mode, busy_ms, &database->store);
}

static void drop_store(struct database *database)
{
    signet_store_close(database->store);
    database->store = NULL;
}

static bool is_missing(const struct database *database, enum signet_status status)
{
    return status == SIGNET_ERR_IO && signet_store_trouble(database->store) == SIGNET_STORE_MISSING;
}

static void tell(const struct database *database, enum signet_status status,
                 void (*say)(const char *format, ...))
{
    bool io = status == SIGNET_ERR_IO && database->store != NULL;

    if (io && signet_store_trouble(database->store) != SIGNET_STORE_FINE)
        say("%s", signet_store_trouble_text(database->store));
    else if (!io) /* else it is the output's, which is told at the end */
        message_status(database->file, status);
}

bool database_told(const struct database *database, enum signet_status status)
{
    if (status != SIGNET_OK)
        tell(database, status, message_error);
    return status == SIGNET_OK;
}

bool database_warned(const struct database *database, enum signet_status status)
{
    if (status != SIGNET_OK)
        tell(database, status, message_warning);
    return status == SIGNET_OK;
}

bool database_open(struct database *database, const struct options *options,
                   enum signet_store_mode mode)
{
    if (!find_file(database, options, mode))
        return false;
    if (database_told(database, open_store(database, mode, BUSY_MS)))
        return true;
    drop_store(database);
    return false;
}

bool database_open_if_any(struct database *database, const struct options *options,
                          enum signet_store_mode mode, bool say)
{
    enum signet_status status;

    if (!find_file(database, options, mode))
        return false;
    status = open_store(database, mode, BUSY_MS);
    if (status == SIGNET_OK)
        return true;
    if (is_missing(database, status)) {
        if (say)
            message_warning("%s: there is no certificate database yet", database->file);
        drop_store(database);
        return true;
    }
    tell(database, status, message_error);
    drop_store(database);
    return false;
}

/* Others' databases can be used as well. */
static bool can_be_read(const struct database *database, enum signet_status status)
{
    enum signet_store_trouble trouble =
        status == SIGNET_ERR_IO ? signet_store_trouble(database->store) : SIGNET_STORE_FINE;

    return trouble == SIGNET_STORE_FORBIDDEN || trouble == SIGNET_STORE_READ_ONLY;
}

bool database_open_beside(struct database *database, const struct options *options, bool keep)
{
    enum signet_status status;

    if (!find_file(database, options, SIGNET_STORE_READ))
        return false;
    status = open_store(database, keep ? SIGNET_STORE_WRITE : SIGNET_STORE_READ, BUSY_BESIDE_MS);
    database->writable = keep && status == SIGNET_OK;
    if (keep && can_be_read(database, status)) {
        tell(database, status, message_warning);
        drop_store(database);
        status = open_store(database, SIGNET_STORE_READ, BUSY_BESIDE_MS);
    }
    if (status == SIGNET_OK)
        return true;
    database->missing = is_missing(database, status);
    if (!database->missing)
        tell(database, status, message_warning);
    drop_store(database);
    return status == SIGNET_ERR_IO;
}

bool database_create_beside(struct database *database, const struct options *options)
{
    enum signet_status status;

    database_close(database);
    if (!find_file(database, options, SIGNET_STORE_CREATE))
        return false;
    status = open_store(database, SIGNET_STORE_CREATE, BUSY_BESIDE_MS);
    database->writable = status == SIGNET_OK;
    if (database_warned(database, status))
        return true;
    drop_store(database);
    return false;
}

void database_close(struct database *database)
{
    if (database->store != NULL && !database->checked && signet_store_passed_over(database->store))
        message_warning("%s: not all of it can be read, and what cannot counts as not there; "
                        "'signet check' says what",
                        database->file);
    signet_store_close(database->store);
    free(database->file);
    *database = (struct database){.store = NULL};
}

signet_time database_now(const struct options *options)
{
    return options->has_time ? options->policy.time : (signet_time)time(NULL);
}
