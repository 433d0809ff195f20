/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stays in the database of a message that was judged (RFC 3850 2.1, 4.2).
 */
#ifndef CLI_KEEPING_H
#define CLI_KEEPING_H

#include "material.h"

/* Makes the database where RESULT, judged for the first time, is of mail that will leave something:
 * then what is fetched for its verdict is kept, too. Trouble is a warning. */
void keeping_prepare(struct material *material, const struct options *options,
                     const struct signet_message_result *result);

/* Keeps what RESULT brought, NAME being where it was read, in the database, which is made where
 * there is none. Trouble is a warning, told once: then nothing more is kept. */
void keeping_message(struct material *material, struct options *options,
                     const struct signet_message_result *result, const char *name);

#endif
