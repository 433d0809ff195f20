/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signed_attributes.h"

#include "asn1/der_writer.h"

/* An attribute with one value, under way. */
struct attribute {
    size_t whole, values;
};

static struct attribute open_attribute(struct sg_buffer *der, enum sg_oid type)
{
    struct attribute attribute;
    attribute.whole = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, type);
    attribute.values = sg_der_open(der, SG_TAG_SET);
    return attribute;
}

static void close_attribute(struct sg_buffer *der, const struct attribute *attribute)
{
    sg_der_close(der, attribute->values);
    sg_der_close(der, attribute->whole);
}

static void put_content_type(struct sg_buffer *der, const struct sg_new_attributes *attributes)
{
    struct attribute attribute = open_attribute(der, SG_OID_AA_CONTENT_TYPE);
    sg_der_put_oid(der, attributes->content_type);
    close_attribute(der, &attribute);
}

static void put_digest(struct sg_buffer *der, const struct sg_new_attributes *attributes)
{
    struct attribute attribute = open_attribute(der, SG_OID_AA_MESSAGE_DIGEST);
    sg_der_put(der, SG_TAG_OCTET_STRING,
               sg_span(attributes->digest.octets, attributes->digest.len));
    close_attribute(der, &attribute);
}

static void put_time(struct sg_buffer *der, const struct sg_new_attributes *attributes)
{
    if (attributes->signing_time == SIGNET_TIME_UNKNOWN)
        return;
    struct attribute attribute = open_attribute(der, SG_OID_AA_SIGNING_TIME);
    sg_der_put_time(der, attributes->signing_time);
    close_attribute(der, &attribute);
}

static void put_capabilities(struct sg_buffer *der, const struct sg_new_attributes *attributes)
{
    if (attributes->capabilities.ptr == NULL)
        return;
    struct attribute attribute = open_attribute(der, SG_OID_AA_SMIME_CAPABILITIES);
    sg_buffer_add(der, attributes->capabilities);
    close_attribute(der, &attribute);
}

/* SMIMEEncryptionKeyPreference: issuerAndSerialNumber [0] IMPLICIT, the form that every reader
 * knows. */
static void put_preference(struct sg_buffer *der, const struct sg_new_attributes *attributes)
{
    if (attributes->encrypt_to == NULL)
        return;
    struct attribute attribute = open_attribute(der, SG_OID_AA_ENCRYPT_KEY_PREF);
    size_t reference = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
    sg_reference_put(der, attributes->encrypt_to);
    sg_der_close(der, reference);
    close_attribute(der, &attribute);
}

/* IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber CertificateSerialNumber } */
static void put_issuer_serial(struct sg_buffer *der, const struct signet_certificate *certificate)
{
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE), names = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put(der, SG_TAG_CONTEXT_CONS(4), certificate->issuer.der);
    sg_der_close(der, names);
    sg_der_put(der, SG_TAG_INTEGER, certificate->serial);
    sg_der_close(der, whole);
}

/*
 * SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, … }
 * ESSCertIDv2 ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier DEFAULT {id-sha256}, certHash OCTET
 *     STRING, issuerSerial IssuerSerial OPTIONAL } (RFC 5035 3, 4): the default is left out.
 */
static void put_signing_certificate(struct sg_buffer *der,
                                    const struct sg_new_attributes *attributes)
{
    const struct signet_certificate *signer = attributes->signer;
    struct attribute attribute = open_attribute(der, SG_OID_AA_SIGNING_CERTIFICATE_V2);
    size_t value = sg_der_open(der, SG_TAG_SEQUENCE), certs = sg_der_open(der, SG_TAG_SEQUENCE);
    size_t id = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put(der, SG_TAG_OCTET_STRING, sg_span(signer->sha256, sizeof signer->sha256));
    put_issuer_serial(der, signer);
    sg_der_close(der, id);
    sg_der_close(der, certs);
    sg_der_close(der, value);
    close_attribute(der, &attribute);
}

void sg_signed_attributes_put(struct sg_buffer *der, const struct sg_new_attributes *attributes)
{
    size_t set = sg_der_open(der, SG_TAG_SET);
    put_content_type(der, attributes);
    put_digest(der, attributes);
    put_time(der, attributes);
    put_capabilities(der, attributes);
    put_preference(der, attributes);
    put_signing_certificate(der, attributes);
    sg_der_close_set_of(der, set);
}

void sg_capabilities_put(struct sg_buffer *der, const enum sg_oid *algorithms, size_t num)
{
    size_t list = sg_der_open(der, SG_TAG_SEQUENCE);
    for (size_t i = 0; i < num; i++)
        sg_der_put_algorithm(der, algorithms[i]);
    sg_der_close(der, list);
}

void sg_reference_put(struct sg_buffer *der, const struct signet_certificate *certificate)
{
    sg_buffer_add(der, certificate->issuer.der);
    sg_der_put(der, SG_TAG_INTEGER, certificate->serial);
}
