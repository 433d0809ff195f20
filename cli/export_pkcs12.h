/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Own keys with their certificates and those above, for another program (RFC 7292).
 */
#ifndef CLI_EXPORT_PKCS12_H
#define CLI_EXPORT_PKCS12_H

#include "collection.h"

/* The passphrase that opens the keys in the database protects the file. What is wrong is told, but
 * for SIGNET_ERR_IO of the sink. */
enum signet_status export_pkcs12(const struct options *options, const struct collection *collection,
                                 const struct signet_sink *sink);

#endif
