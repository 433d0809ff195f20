/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/harvest.h"

#include "path/pool.h"
#include "x509/attribute_certificate.h"

static void tell_unreadable(const char *what, size_t index, const struct signet_parse_error *error,
                            struct sg_findings *findings)
{
    sg_finding_add(findings, SG_KIND_OBJECT_UNREADABLE, sg_at(SIGNET_OBJECT_MESSAGE),
                   SG_PARAMS(sg_string("what", what), sg_number("number", (int64_t)index + 1),
                             sg_number("offset", (int64_t)error->offset),
                             sg_string("expected", error->expected)));
}

static enum signet_status add_certificate(struct signet_span der, size_t index,
                                          struct signet_pool *pool, struct sg_findings *findings)
{
    struct signet_parse_error error;
    /* The message outlives its pool, so nothing is copied, nor made of it before it is looked for.
     */
    enum signet_status status = sg_pool_add_octets(pool, der, &error);

    if (status == SIGNET_OK || status == SIGNET_ERR_MEMORY)
        return status;
    tell_unreadable("certificate", index, &error, findings);
    return SIGNET_OK;
}

static enum signet_status add_crl(struct signet_span der, size_t index, struct signet_pool *pool,
                                  struct sg_findings *findings)
{
    struct signet_crl *crl;
    struct signet_parse_error error;
    /* The message outlives its pool, so nothing is copied. */
    enum signet_status status = signet_crl_parse_borrowed(der, NULL, NULL, &crl, &error);

    if (status == SIGNET_ERR_MEMORY)
        return status;
    if (status != SIGNET_OK) {
        tell_unreadable("CRL", index, &error, findings);
        return SIGNET_OK;
    }
    status = signet_pool_add_crl(pool, crl);
    signet_crl_unref(crl);
    return status;
}

/* What is no attribute certificate is told apart: it takes nothing away from the message (RFC
 * 3850 2.3). */
static enum signet_status add_attributes(struct signet_span element, size_t index,
                                         struct signet_pool *pool, struct sg_findings *findings)
{
    struct signet_attribute_certificate *certificate;
    struct signet_parse_error error;
    enum signet_status status =
        sg_attribute_certificate_parse(element, SG_TAG_CONTEXT_CONS(2), &certificate, &error);

    if (status == SIGNET_ERR_MEMORY)
        return status;
    if (status != SIGNET_OK) {
        sg_finding_add(findings, SG_KIND_AC_UNREADABLE, sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE),
                       SG_PARAMS(sg_number("number", (int64_t)index + 1),
                                 sg_number("offset", (int64_t)error.offset),
                                 sg_string("expected", error.expected)));
        return SIGNET_OK;
    }
    status = signet_pool_add_attribute_certificate(pool, certificate);
    signet_attribute_certificate_unref(certificate);
    return status;
}

static enum signet_status add_object(const struct sg_cms_object *object, size_t index,
                                     struct signet_pool *pool, struct sg_findings *findings)
{
    if (object->choice == SG_CHOICE_CRL)
        return add_crl(object->full, index, pool, findings);
    if (object->choice == SG_CHOICE_CERTIFICATE)
        return add_certificate(object->full, index, pool, findings);
    if (object->choice == SG_CHOICE_V2_ATTRIBUTE_CERTIFICATE)
        return add_attributes(object->full, index, pool, findings);
    return SIGNET_OK; /* sg_signed_data_check tells of the other kinds */
}

static enum signet_status add_objects(struct sg_cms_objects objects, struct signet_pool *pool,
                                      struct sg_findings *findings)
{
    enum signet_status status = SIGNET_OK;
    struct sg_cms_object object;
    for (size_t i = 0; status == SIGNET_OK && sg_cms_objects_next(&objects, &object); i++)
        status = add_object(&object, i, pool, findings);
    return status;
}

enum signet_status sg_harvest(const struct sg_signed_data *signed_data, struct signet_pool *pool,
                              struct sg_findings *findings)
{
    sg_signed_data_check(signed_data, findings);
    enum signet_status status = add_objects(signed_data->certificates, pool, findings);
    if (status != SIGNET_OK)
        return status;
    return add_objects(signed_data->crls, pool, findings);
}

enum signet_status sg_harvest_originator(const struct sg_enveloped_data *data,
                                         struct signet_pool *pool, struct sg_findings *findings)
{
    sg_cms_objects_check(&data->certificates, &data->crls, findings);
    enum signet_status status = add_objects(data->certificates, pool, findings);
    if (status != SIGNET_OK)
        return status;
    return add_objects(data->crls, pool, findings);
}
