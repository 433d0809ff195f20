/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GeneralName and GeneralNames (RFC 5280 4.2.1.6).
 */
#ifndef SG_X509_GENERAL_NAME_H
#define SG_X509_GENERAL_NAME_H

#include "asn1/der.h"
#include "base/arena.h"
#include "base/buffer.h"

enum sg_general_name_type { /* the values are the context tags */
                            SG_GN_OTHER = 0,
                            SG_GN_RFC822 = 1,
                            SG_GN_DNS = 2,
                            SG_GN_X400 = 3,
                            SG_GN_DIRECTORY = 4,
                            SG_GN_EDI_PARTY = 5,
                            SG_GN_URI = 6,
                            SG_GN_IP = 7,
                            SG_GN_REGISTERED_ID = 8
};

struct sg_general_name {
    enum sg_general_name_type type;
    struct signet_span
        value; /* content octets; DIRECTORY: the whole Name; OTHER: the value element inside [0] */
    struct signet_span other_oid; /* OTHER: type-id */
};

/* One GeneralName, its form checked: IA5 forms are 7-bit, none but the directory name is empty,
 * iPAddress is 4 or 16 octets. As the base of a name constraint, which the caller tells by
 * CONSTRAINT, iPAddress is 8 or 32 octets and the IA5 forms may be empty: CAs write an empty
 * dNSName for "all DNS names". */
SIGNET_MUST_CHECK bool sg_general_name_parse(struct sg_der *der, bool constraint,
                                             struct sg_general_name *out);

/* The name that an ELEMENT is which sg_general_name_parse has accepted; false where it cannot have.
 */
bool sg_general_name_open(const struct sg_tlv *element, struct sg_general_name *out);

/* Ones, then zeros only (RFC 5280 4.2.1.10: "in the style of RFC 4632"). */
bool sg_ip_mask_is_prefix(struct signet_span mask);

/* All of NAMES, content octets of a GeneralNames: at least one, each well-formed. */
SIGNET_MUST_CHECK bool sg_general_names_parse(struct sg_der *names);

/* Walks content octets that sg_general_names_parse has accepted. */
struct sg_general_names {
    struct signet_span rest;
};
static inline struct sg_general_names sg_general_names_begin(struct signet_span names)
{
    return (struct sg_general_names){names};
}
bool sg_general_names_next(struct sg_general_names *names, struct sg_general_name *out);

/* The standard's word: "rfc822Name", "dNSName", … */
const char *sg_general_name_type_name(enum sg_general_name_type type);

/* "rfc822Name:alice@example.org", "directoryName:CN=…", "iPAddress:192.0.2.1" …; safe for a
 * terminal. */
void sg_general_name_add_text(struct sg_buffer *buffer, const struct sg_general_name *name);

/* The same without "type:". */
void sg_general_name_add_value(struct sg_buffer *buffer, const struct sg_general_name *name);

/* Makes the value of a parsed DIRECTORY name its canonical form (x509/name.h), in the arena; other
 * names stay as they are. False: memory is out. */
SIGNET_MUST_CHECK bool sg_general_name_canonicalise(struct sg_general_name *name,
                                                    struct sg_arena *arena);

/* The same name by RFC 5280 7. Both are canonical, as above. */
bool sg_general_name_equal(const struct sg_general_name *a, const struct sg_general_name *b);

/*
 * A name as a caller writes it: "email:a@example.org", "dns:example.org", "uri:http://…",
 * "dn:CN=…,O=…" (RFC 4514). OUT is canonical, and borrows from TEXT or the arena. False: TEXT is
 * none of these, or arena->failed.
 */
SIGNET_MUST_CHECK bool sg_general_name_read(const char *text, struct sg_arena *arena,
                                            struct sg_general_name *out);

/* Normalises a URI by RFC 5280 7.4 (scheme and host folded, default port and dot segments,
 * percent-encoding) and compares. Allocates nothing; URIs over 4096 octets only match
 * byte-identical ones. */
bool sg_uri_equal(struct signet_span a, struct signet_span b);

/* The host of a URI with an authority, without user and port; {NULL,0} when it has none. */
struct signet_span sg_uri_host(struct signet_span uri);

#endif
