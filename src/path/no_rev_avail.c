/* SPDX-License-Identifier: Apache-2.0 */
#include "path/no_rev_avail.h"

#include "x509/access.h"

static bool is_ca(const struct signet_certificate *certificate)
{
    return certificate->is_ca;
}

static bool has_distribution_points(const struct signet_certificate *certificate)
{
    return certificate->crl_distribution_points.ptr != NULL;
}

static bool has_freshest_crl(const struct signet_certificate *certificate)
{
    return certificate->freshest_crl.ptr != NULL;
}

static bool has_ocsp(const struct signet_certificate *certificate)
{
    struct sg_access_descriptions walk =
        sg_access_descriptions_begin(certificate->authority_info_access);
    struct sg_access_description description;
    while (sg_access_descriptions_next(&walk, &description)) {
        if (description.method == SG_OID_AD_OCSP)
            return true;
    }
    return false;
}

/* RFC 9608 2 and 3: beside any of these the extension makes the certificate invalid. */
static const struct {
    bool (*holds)(const struct signet_certificate *certificate);
    const char *text;
} contradictions[] = {
    {is_ca, "it is a CA's"},
    {has_distribution_points, "it has distribution points"},
    {has_freshest_crl, "it points to delta CRLs"},
    {has_ocsp, "it names an OCSP responder"},
};

void sg_no_rev_avail_check(const struct signet_certificate *certificate, size_t index,
                           struct sg_findings *findings)
{
    bool contradicted = false;
    for (size_t i = 0; i < sizeof(contradictions) / sizeof(contradictions[0]); i++) {
        if (!contradictions[i].holds(certificate))
            continue;
        sg_finding_add(findings, SG_KIND_NO_REV_AVAIL_CONTRADICTS, sg_at_certificate(index),
                       SG_PARAMS(sg_string("contradiction", contradictions[i].text)));
        contradicted = true;
    }
    if (!contradicted)
        sg_finding_add(findings, SG_KIND_NO_REV_AVAIL, sg_at_certificate(index), NULL);
}
