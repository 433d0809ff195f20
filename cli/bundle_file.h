/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of certificates and CRLs that a command line names, read from beginning to end.
 */
#ifndef CLI_BUNDLE_FILE_H
#define CLI_BUNDLE_FILE_H

#include <signet/signet.h>

/*
 * Gives what FILE ("-" is standard input) holds to CALLBACKS; nothing may borrow its octets.
 * NUM_BAD and ERROR as of signet_bundle_read. SIGNET_ERR_IO: it cannot be opened, which is told;
 * CALLBACKS do not give it.
 */
enum signet_status bundle_file_read(const char *file,
                                    const struct signet_bundle_callbacks *callbacks,
                                    size_t *num_bad, struct signet_parse_error *error);

/* Tells why reading FILE gave STATUS, once. Returns STATUS == SIGNET_OK. */
bool bundle_file_told(const char *file, enum signet_status status,
                      const struct signet_parse_error *error);

/* The same where FILE is to be read in full, and to hold a certificate: NUM were taken, and NUM_BAD
 * objects could not be read. */
bool bundle_file_told_certificates(const char *file, enum signet_status status, size_t num,
                                   size_t num_bad, const struct signet_parse_error *error);

/* Gives each certificate in FILE to TAKE. QUIET: there need not be any. False: told. */
bool bundle_file_certificates(const char *file,
                              enum signet_status (*take)(void *context,
                                                         struct signet_certificate *certificate),
                              void *context, bool quiet);

#endif
