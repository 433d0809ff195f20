/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a directory is asked: which attributes, by which filter.
 */
#ifndef SG_FETCHER_DIRECTORY_QUERY_H
#define SG_FETCHER_DIRECTORY_QUERY_H

#include "base/buffer.h"

/* Names with and without ";binary" and the NULL at the end. */
#define SG_DIRECTORY_MAX_ATTRIBUTES 32

/*
 * The attribute's name as the schema writes it if it is one that holds certificates or CRLs
 * (RFC 4523, RFC 2798, X.509), its options and the case of its letters aside; else NULL: nothing
 * else is asked for, whatever a URL says.
 */
const char *sg_directory_attribute_find(struct signet_span name);
/*
 * What to ask for, so that a server finds it that wants ";binary" (RFC 4523 2), and one that does
 * not know it. ASKED: the attributes of a URL, NULL-terminated; NULL or empty: those in use. False:
 * one of them is not in the table; *STRANGER is it then.
 */
SIGNET_MUST_CHECK bool sg_directory_attributes(char **asked,
                                               const char *names[SG_DIRECTORY_MAX_ATTRIBUTES],
                                               const char **stranger);
/* TEXT as a value in a filter (RFC 4515 3): nothing in it can end the value. */
void sg_directory_add_value(struct sg_buffer *out, struct signet_span text);
/* Entries of ADDRESS that URL_FILTER (NULL: none) also lets pass. NUL-terminated. */
void sg_directory_add_filter(struct sg_buffer *out, const char *address, const char *url_filter);

#endif
