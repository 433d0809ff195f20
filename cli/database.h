/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the certificate database is, and opening it.
 */
#ifndef CLI_DATABASE_H
#define CLI_DATABASE_H

#include "options.h"

struct database {
    struct signet_store *store; /* NULL: there is none */
    char *file;                 /* from malloc */
    bool writable, missing;     /* of one that judging uses */
    bool checked;               /* what cannot be read of it has been told */
};

/*
 * Opens the database that --store, $SIGNET_STORE, signet.conf or nobody names, in this order; then
 * it is signet/signet.db in $XDG_DATA_HOME, whose folders are made with mode 0700 when it is to be
 * made. False: it cannot be used (told).
 */
bool database_open(struct database *database, const struct options *options,
                   enum signet_store_mode mode);

/* The same where there need not be one: true and no store then, and standard error says so when
 * TELL. */
bool database_open_if_any(struct database *database, const struct options *options,
                          enum signet_store_mode mode, bool tell);

/*
 * For judging, which goes on without a database: what is wrong with it is a warning, a missing one
 * nothing. KEEP: it is to be written where that can be; else only read. False: memory is out
 * (told).
 */
bool database_open_beside(struct database *database, const struct options *options, bool keep);

/* Makes the one that was missing then. False: that cannot be (told as a warning). */
bool database_create_beside(struct database *database, const struct options *options);

void database_close(struct database *database); /* a zeroed one is legal */

/* Says why a call gave STATUS. Returns STATUS == SIGNET_OK. */
bool database_told(const struct database *database, enum signet_status status);
/* The same as a warning. */
bool database_warned(const struct database *database, enum signet_status status);

/* What is written down as the time of a change: --at, or the clock. */
signet_time database_now(const struct options *options);

#endif
