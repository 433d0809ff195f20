/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All of signet.
 */
#ifndef SIGNET_SIGNET_H
#define SIGNET_SIGNET_H

#include "signet/anchor.h"
#include "signet/attribute.h"
#include "signet/attribute_certificate.h"
#include "signet/base.h"
#include "signet/binding.h"
#include "signet/bundle.h"
#include "signet/certificate.h"
#include "signet/choice.h"
#include "signet/context.h"
#include "signet/crl.h"
#include "signet/csr.h"
#include "signet/decrypt.h"
#include "signet/encrypt.h"
#include "signet/fetch.h"
#include "signet/finding.h"
#include "signet/intake.h"
#include "signet/key.h"
#include "signet/lint.h"
#include "signet/lookup.h"
#include "signet/message.h"
#include "signet/need.h"
#include "signet/path.h"
#include "signet/pkcs12.h"
#include "signet/policy.h"
#include "signet/pool.h"
#include "signet/report.h"
#include "signet/request.h"
#include "signet/retrieve.h"
#include "signet/scratch.h"
#include "signet/send_error.h"
#include "signet/sign.h"
#include "signet/sink.h"
#include "signet/store.h"
#include "signet/token.h"

#endif
