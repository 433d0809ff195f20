/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Long CRLs made on the spot: nobody has signed them, but all else is in order.
 */
#ifndef SG_TESTS_UNIT_X509_LONG_CRL_H
#define SG_TESTS_UNIT_X509_LONG_CRL_H

#include "asn1/der_writer.h"
#include "test.h"
#include "x509/crl.h"

struct long_crl {
    size_t num_entries;
    int version;       /* 1 or 2 */
    size_t serial_len; /* octets of the shortest serial number; longer ones are in between */
    bool sorted;       /* serial numbers ascend, all of one length; else they are far apart */
    bool reasons;      /* every third entry has a reasonCode, every ninth an invalidityDate, too */
    bool repeated;     /* every fifth serial number stands there twice, the second time older */
    bool odd_time;     /* nextUpdate is a GeneralizedTime before 2050, which is noted */
    signet_time this_update;
    const char *extra; /* hexadecimal of more crlExtensions, or NULL */
    const char *last;  /* hexadecimal of a last entry, or NULL */
    size_t last_len;   /* octets of a last entry, see long_crl_last_serial; 0: none */
};

/* The serial number of entry I, content octets, into OUT. */
static inline struct signet_span long_crl_serial(const struct long_crl *make, size_t i,
                                                 uint8_t out[32])
{
    size_t len = make->serial_len + (make->sorted ? 0 : i % 4);
    uint64_t seed = (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
    memset(out, 0x40, len);
    for (size_t k = 0; k < len && !make->sorted; k++) {
        seed ^= seed >> 29;
        seed *= UINT64_C(0xbf58476d1ce4e5b9);
        out[k] = (uint8_t)(seed >> 56);
    }
    out[0] = (uint8_t)((out[0] & 0x7f) | 0x40);
    for (size_t k = 0; k < 4; k++)
        out[len - 1 - k] = (uint8_t)(i >> 8 * k); /* each one of its own */
    return sg_span(out, len);
}

static inline void long_crl_entry(const struct long_crl *make, struct sg_buffer *der,
                                  struct signet_span serial, size_t i, signet_time date)
{
    size_t entry = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put(der, SG_TAG_INTEGER, serial);
    sg_der_put_time(der, date);
    if (make->reasons && i % 3 == 0) {
        size_t extensions = sg_der_open(der, SG_TAG_SEQUENCE);
        uint8_t reason = (uint8_t)(i % 6 + 1);
        sg_buffer_add(der, hex("300a 0603 551d15 0403 0a01"));
        sg_buffer_add_byte(der, reason);
        if (i % 9 == 0)
            sg_buffer_add(der, hex("3018 0603 551d18 0411 180f 32303235303130313030303030305a"));
        sg_der_close(der, extensions);
    }
    sg_der_close(der, entry);
}

/* The serial number of the last entry where last_len says how long it is. */
static const struct signet_span long_crl_last_serial = {(const uint8_t[]){0x7f, 1, 2, 3}, 4};

/* An entry whose LEN octets are those of an extension that nobody knows, nearly all of them. */
static inline void long_crl_last_entry(struct sg_buffer *der, size_t len, signet_time date)
{
    static const uint8_t zeros[1];
    size_t start = der->len, payload = len > 100 ? len - 100 : 0;
    for (size_t made = 0; made != len; payload += len - made) {
        der->len = start;
        size_t entry = sg_der_open(der, SG_TAG_SEQUENCE);
        sg_der_put(der, SG_TAG_INTEGER, long_crl_last_serial);
        sg_der_put_time(der, date);
        size_t extensions = sg_der_open(der, SG_TAG_SEQUENCE);
        size_t extension = sg_der_open(der, SG_TAG_SEQUENCE);
        sg_buffer_add(der, hex("0603 2a0304"));
        size_t value = sg_der_open(der, SG_TAG_OCTET_STRING);
        for (size_t i = 0; i < payload; i++)
            sg_buffer_add(der, sg_span(zeros, 1));
        sg_der_close(der, value);
        sg_der_close(der, extension);
        sg_der_close(der, extensions);
        sg_der_close(der, entry);
        assert_int_equal(der->status, SIGNET_OK);
        made = der->len - start;
    }
}

static inline void long_crl_entries(const struct long_crl *make, struct sg_buffer *der)
{
    size_t list = sg_der_open(der, SG_TAG_SEQUENCE);
    for (size_t i = 0; i < make->num_entries; i++) {
        uint8_t octets[32];
        struct signet_span serial = long_crl_serial(make, i, octets);
        long_crl_entry(make, der, serial, i, make->this_update - (signet_time)(i % 100000));
        if (make->repeated && i % 5 == 0)
            long_crl_entry(make, der, serial, i + 1, make->this_update - 1000000);
    }
    if (make->last != NULL)
        sg_buffer_add(der, hex(make->last));
    if (make->last_len > 0)
        long_crl_last_entry(der, make->last_len, make->this_update);
    sg_der_close(der, list);
}

/* DER of the CRL, to be freed by the test's end. */
static inline struct signet_span long_crl_der(const struct long_crl *make)
{
    static const char algorithm[] = "300d 0609 2a864886f70d01010b 0500";
    struct sg_buffer der;
    sg_buffer_init(&der, SIZE_MAX);
    size_t crl = sg_der_open(&der, SG_TAG_SEQUENCE), tbs = sg_der_open(&der, SG_TAG_SEQUENCE);
    if (make->version == 2)
        sg_der_put_uint32(&der, 1);
    sg_buffer_add(&der, hex(algorithm));
    sg_buffer_add(&der, hex("3010 310e 300c 0603 550403 0c05 4c6f6e6721")); /* CN=Long! */
    sg_der_put_time(&der, make->this_update);
    if (make->odd_time)
        sg_der_put(&der, SG_TAG_GENERALIZED_TIME, sg_span_text("20400101000000Z"));
    else
        sg_der_put_time(&der, make->this_update + 86400 * 30);
    long_crl_entries(make, &der);
    if (make->version == 2) {
        size_t explicit_list = sg_der_open(&der, SG_TAG_CONTEXT_CONS(0));
        size_t extensions = sg_der_open(&der, SG_TAG_SEQUENCE);
        sg_buffer_add(&der, hex("300a 0603 551d14 0403 020107")); /* cRLNumber 7 */
        if (make->extra != NULL)
            sg_buffer_add(&der, hex(make->extra));
        sg_der_close(&der, extensions);
        sg_der_close(&der, explicit_list);
    }
    sg_der_close(&der, tbs);
    sg_buffer_add(&der, hex(algorithm));
    sg_der_put_bit_string(&der, sg_span("signature", 9));
    sg_der_close(&der, crl);
    assert_int_equal(der.status, SIGNET_OK);
    struct signet_span out = sg_test_copy(der.ptr, der.len);
    sg_buffer_free(&der);
    return out;
}

static inline struct signet_crl *long_crl_parse(struct signet_span der)
{
    struct signet_crl *crl;
    struct signet_parse_error error;
    if (signet_crl_parse(der, &crl, &error) != SIGNET_OK)
        fail_msg("no CRL: %s at %zu", error.expected, error.offset);
    return crl;
}

#endif
