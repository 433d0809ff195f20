/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a message cannot be sent as it is.
 */
#ifndef SIGNET_SEND_ERROR_H
#define SIGNET_SEND_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/* One clause without a full stop, escaped: "part 2 cannot be sent: …". "" when nothing is wrong
 * with the message. */
struct signet_send_error {
    char text[256];
};

#ifdef __cplusplus
}
#endif

#endif
