/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/answer.h"

#include "signet/bundle.h"
#include "x509/certificate.h"
#include "x509/crl.h"

static bool copy_name(struct sg_name *name, struct sg_arena *arena, struct signet_span der)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_buffer buffer;
    struct sg_der cursor;
    bool good;

    der = sg_arena_copy(arena, der);
    if (der.ptr == NULL)
        return false;
    cursor = sg_der_begin(der, &error);
    if (!sg_name_parse(&cursor, name, "a Name"))
        return false;
    sg_buffer_init(&buffer, SG_NAME_MAX_FORM_LEN);
    good = sg_name_add_canonical(name, &buffer);
    if (good)
        sg_name_set_canonical(name, sg_arena_copy(arena, sg_buffer_span(&buffer)));
    sg_buffer_free(&buffer);
    arena->failed = arena->failed || !good;
    return !arena->failed;
}

bool sg_wanted_init(struct sg_wanted *wanted, struct sg_arena *arena,
                    const struct signet_need *need)
{
    *wanted = (struct sg_wanted){.kind = need->kind};
    if (need->key_id.ptr != NULL)
        wanted->key_id = sg_arena_copy(arena, need->key_id);
    if (need->serial.ptr != NULL)
        wanted->serial = sg_arena_copy(arena, need->serial);
    return need->name.ptr == NULL ? !arena->failed : copy_name(&wanted->name, arena, need->name);
}

bool sg_wanted_equal(const struct sg_wanted *a, const struct sg_wanted *b)
{
    return a->kind == b->kind && sg_span_equal(a->key_id, b->key_id) &&
           sg_span_equal(a->serial, b->serial) && sg_name_equal(&a->name, &b->name);
}

/* One answer on its way through the bundle reader. */
struct reading {
    struct sg_catch *catch;
    const struct sg_wanted *wanted; /* NULL: any certificate */
    bool fits;                      /* a certificate that was asked for has been seen */
};

static bool is_wanted(const struct sg_wanted *wanted, const struct signet_certificate *certificate)
{
    if (wanted == NULL)
        return true;
    if (wanted->kind == SIGNET_NEED_ISSUER)
        return sg_name_equal(&wanted->name, &certificate->subject);
    if (wanted->serial.ptr != NULL)
        return sg_serial_equal(wanted->serial, certificate->serial) &&
               sg_name_equal(&wanted->name, &certificate->issuer);
    return certificate->ski.ptr != NULL && sg_span_equal(wanted->key_id, certificate->ski);
}

static bool wants_crl(const struct sg_wanted *wanted)
{
    return wanted != NULL &&
           (wanted->kind == SIGNET_NEED_CRL || wanted->kind == SIGNET_NEED_WHOLE_CRL ||
            wanted->kind == SIGNET_NEED_DELTA_CRL);
}

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    struct reading *reading = context;
    struct sg_catch *catch = reading->catch;

    if (wants_crl(reading->wanted) || catch->num_certificates == SG_CATCH_MAX_CERTIFICATES)
        return SIGNET_OK;
    reading->fits = reading->fits || is_wanted(reading->wanted, certificate);
    catch->certificates[catch->num_certificates++] = signet_certificate_ref(certificate);
    return SIGNET_OK;
}

static enum signet_status take_crl(void *context, struct signet_crl *crl)
{
    struct reading *reading = context;
    struct sg_catch *catch = reading->catch;

    if (!wants_crl(reading->wanted) || catch->num_crls == SG_CATCH_MAX_CRLS)
        return SIGNET_OK;
    if (sg_name_equal(&reading->wanted->name, &crl->issuer))
        catch->crls[catch->num_crls++] = signet_crl_ref(crl);
    else
        catch->num_others++;
    return SIGNET_OK;
}

static enum signet_status read_octets(struct reading *reading, struct signet_span octets)
{
    const struct signet_bundle_callbacks callbacks = {
        .certificate = take_certificate, .crl = take_crl, .context = reading};
    size_t num_bad = 0;
    enum signet_status status = signet_bundle_read(octets, &callbacks, &num_bad, NULL);

    return status == SIGNET_ERR_PARSE || status == SIGNET_ERR_LIMIT ? SIGNET_OK : status;
}

/* CertificatePair ::= SEQUENCE { [0] Certificate OPTIONAL, [1] Certificate OPTIONAL }, explicit
 * (RFC 4523 4.3, X.509). False: OCTETS are none. */
static bool is_pair(struct signet_span octets, struct signet_span halves[2])
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der der = sg_der_begin(octets, &error), inner;
    struct sg_tlv pair, half;

    halves[0] = halves[1] = sg_span(NULL, 0);
    if (!sg_der_any(&der, &pair) || pair.tag != SG_TAG_SEQUENCE || !sg_der_end(&der))
        return false;
    inner = sg_der_within(&der, pair.value);
    for (unsigned i = 0; i < 2; i++)
        if (sg_der_next_is(&inner, SG_TAG_CONTEXT_CONS(i)) && sg_der_any(&inner, &half))
            halves[i] = half.value;
    return sg_der_done(&inner) && (halves[0].ptr != NULL || halves[1].ptr != NULL);
}

static enum signet_status read_value(struct reading *reading, struct signet_span octets)
{
    struct signet_span halves[2];
    enum signet_status status = SIGNET_OK;

    if (!is_pair(octets, halves))
        return read_octets(reading, octets);
    for (size_t i = 0; i < 2 && status == SIGNET_OK; i++)
        if (halves[i].ptr != NULL)
            status = read_octets(reading, halves[i]);
    return status;
}

static bool is_markup(struct signet_span octets)
{
    octets = sg_span_trim(octets);
    if (octets.len >= 3 && memcmp(octets.ptr, "\xef\xbb\xbf", 3) == 0)
        octets = sg_span_trim(sg_span_from(octets, 3));
    return octets.len > 1 && octets.ptr[0] == '<';
}

static const char *disappointment(const struct reading *reading, struct signet_span octets)
{
    if (octets.len == 0)
        return "the answer is empty";
    if (is_markup(octets))
        return wants_crl(reading->wanted) ? "a page of HTML instead of a CRL"
                                          : "a page of HTML instead of a certificate";
    if (reading->catch->num_others > 0)
        return "a CRL, but of another issuer";
    if (reading->catch->num_certificates > 0)
        return "certificates, but not the one asked for";
    return wants_crl(reading->wanted) ? "the answer is no CRL" : "the answer is no certificate";
}

/* RFC 5280 4.2.1.13 wants one DER CRL. */
static const char *remark(const struct reading *reading, struct signet_span octets)
{
    if (octets.len > 0 && octets.ptr[0] == SG_TAG_SEQUENCE)
        return "";
    return wants_crl(reading->wanted) ? "not as DER, which RFC 5280 4.2.1.13 asks for"
                                      : "not as DER, which RFC 5280 4.2.2.1 asks for";
}

static void drop_certificates(struct sg_catch *catch)
{
    for (size_t i = 0; i < catch->num_certificates; i++)
        signet_certificate_unref(catch->certificates[i]);
    catch->num_certificates = 0;
}

static enum signet_status read_all(struct reading *reading, const struct signet_fetch_value *values,
                                   size_t num)
{
    struct sg_catch *catch = reading->catch;
    struct signet_span first = num == 0 ? sg_span(NULL, 0) : values[0].octets;
    enum signet_status status = SIGNET_OK;

    *catch = (struct sg_catch){.reason = ""};
    for (size_t i = 0; i < num && status == SIGNET_OK; i++)
        status = read_value(reading, values[i].octets);
    if (status == SIGNET_OK && !reading->fits && catch->num_crls == 0) {
        catch->reason = disappointment(reading, first);
        drop_certificates(catch);
    } else if (status == SIGNET_OK) {
        catch->reason = remark(reading, first);
    }
    return status;
}

enum signet_status sg_catch_read(struct sg_catch *catch, const struct sg_wanted *wanted,
                                 const struct signet_fetch_value *values, size_t num)
{
    struct reading reading = {.catch = catch, .wanted = wanted};

    return read_all(&reading, values, num);
}

enum signet_status sg_catch_certificates(struct sg_catch *catch,
                                         const struct signet_fetch_value *values, size_t num)
{
    struct reading reading = {.catch = catch, .wanted = NULL};

    return read_all(&reading, values, num);
}

void sg_catch_free(struct sg_catch *catch)
{
    drop_certificates(catch);
    for (size_t i = 0; i < catch->num_crls; i++)
        signet_crl_unref(catch->crls[i]);
    catch->num_crls = 0;
}
