/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Privileges: the attributes of attribute certificates (RFC 5755 4.4, RFC 3281 4.4). They are read
 * to be shown; what they allow is for others to say.
 */
#ifndef SG_X509_PRIVILEGE_H
#define SG_X509_PRIVILEGE_H

#include "asn1/der.h"
#include "asn1/oid.h"
#include "base/buffer.h"
#include "x509/dump.h"

/* Attribute ::= SEQUENCE { type OBJECT IDENTIFIER, values SET OF AttributeValue } */
struct sg_privilege {
    struct signet_span type_octets;
    enum sg_oid type;
    struct signet_span values; /* content octets of the SET */
    size_t num_values;
};

/* A known type of attribute. */
struct sg_privilege_type {
    enum sg_oid oid;
    bool single; /* RFC 5755 4.4 has it with one value only */
    /* Checks the whole syntax of one value. */
    bool (*check)(struct sg_der *value);
    /* Writes one well-formed value as members of the map that is open. */
    void (*dump)(struct sg_dump *dump, struct signet_span value);
    /* The texts of one well-formed value, in turn: *REST begins as VALUE and is empty after the
     * last one. */
    void (*add_text)(struct sg_buffer *buffer, struct signet_span value, struct signet_span *rest);
};

/* NULL when unknown. */
const struct sg_privilege_type *sg_privilege_type_find(enum sg_oid oid);

SIGNET_MUST_CHECK bool sg_privilege_parse(struct sg_der *list, struct sg_privilege *out);

/* Walks the content octets of a SEQUENCE OF Attribute that has been parsed once without error. */
struct sg_privileges {
    struct signet_span rest;
};
static inline struct sg_privileges sg_privileges_begin(struct signet_span attributes)
{
    return (struct sg_privileges){attributes};
}
bool sg_privileges_next(struct sg_privileges *privileges, struct sg_privilege *out);

/* VALUE, a whole element, is of the syntax of TYPE; never for an unknown type (NULL). */
bool sg_privilege_value_valid(const struct sg_privilege_type *type, struct signet_span value);

/*
 * What PRIVILEGE says, one line for each: group names, roles, clearances; strings as they are,
 * anything else in hexadecimal. Escaped.
 */
struct sg_privilege_texts {
    const struct sg_privilege_type *type;
    struct signet_span values; /* to come */
    struct signet_span value;  /* the one under way */
    struct signet_span rest;   /* of its texts */
};
struct sg_privilege_texts sg_privilege_texts_begin(const struct sg_privilege *privilege);
/* Appends the next one to BUFFER. False at the end. */
bool sg_privilege_texts_next(struct sg_privilege_texts *texts, struct sg_buffer *buffer);

/* A list of all of ATTRIBUTES (content octets as above), the values of known types decoded. */
void sg_privileges_dump(struct sg_dump *dump, const char *key, struct signet_span attributes);

#endif
