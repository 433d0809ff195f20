/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts that several extensions have, written to a dump. Within src/x509 only.
 */
#ifndef SG_X509_DUMP_NAMES_H
#define SG_X509_DUMP_NAMES_H

#include "x509/dump.h"
#include "x509/general_name.h"

/* One GeneralName as a map: its form is the key of its value. KEY is NULL inside a list. */
void sg_dump_general_name(struct sg_dump *dump, const char *key,
                          const struct sg_general_name *name);

/* Content octets of a GeneralNames as a list; nothing for {NULL,0}. */
void sg_dump_general_names(struct sg_dump *dump, const char *key, struct signet_span names);

/* A string element of any type as text, anything else in hexadecimal. */
void sg_dump_string_element(struct sg_dump *dump, const char *key, const struct sg_tlv *element);

#endif
