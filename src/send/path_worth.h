/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a certificate's path is worth asking others for what it lacks. Within src/send only.
 */
#ifndef SG_SEND_PATH_WORTH_H
#define SG_SEND_PATH_WORTH_H

#include "signet/path.h"

/* False where the certificate is not for this use or not for this time: no CRL and no issuer could
 * change that. */
bool sg_path_worth_asking(const struct signet_path_result *result);

#endif
