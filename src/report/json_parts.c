/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_parts.h"

#include "asn1/oid.h"
#include "x509/crl.h"

static void write_number(struct sg_json *json, const struct signet_param *param)
{
    sg_json_number(json, param->name, param->value.number);
}

static void write_time(struct sg_json *json, const struct signet_param *param)
{
    sg_json_time(json, param->name, param->value.time);
}

static void write_text(struct sg_json *json, const struct signet_param *param)
{
    sg_json_bytes(json, param->name, param->value.bytes);
}

static void write_escaped(struct sg_json *json, const struct signet_param *param)
{
    sg_json_escaped(json, param->name, param->value.bytes);
}

static void write_hex(struct sg_json *json, const struct signet_param *param)
{
    sg_json_hex(json, param->name, param->value.bytes);
}

static void write_oid(struct sg_json *json, const struct signet_param *param)
{
    sg_json_oid(json, param->name, param->value.bytes);
}

static void write_param(struct sg_json *json, const struct signet_param *param)
{
    static void (*const write[])(struct sg_json *, const struct signet_param *) = {
        [SIGNET_PARAM_NUMBER] = write_number, [SIGNET_PARAM_TIME] = write_time,
        [SIGNET_PARAM_TEXT] = write_text,     [SIGNET_PARAM_HEX] = write_hex,
        [SIGNET_PARAM_OID] = write_oid,       [SIGNET_PARAM_ESCAPED] = write_escaped,
    };
    write[param->type](json, param);
}

static void write_finding(struct sg_json *json, const struct signet_finding *finding)
{
    sg_json_object(json, NULL);
    sg_json_string(json, "code", signet_code_name(finding->code));
    sg_json_string(json, "severity", signet_severity_name(finding->severity));
    sg_json_string(json, "effect", signet_verdict_name(finding->effect));
    sg_json_string(json, "object", signet_object_name(finding->object));
    if (finding->certificate < 0)
        sg_json_null(json, "certificate");
    else
        sg_json_number(json, "certificate", finding->certificate);
    sg_json_string(json, "rule", finding->rule);
    sg_json_string(json, "text", finding->text);
    if (finding->advice != NULL)
        sg_json_string(json, "advice", finding->advice);
    if (finding->num_params > 0) {
        sg_json_object(json, "parameters");
        for (size_t i = 0; i < finding->num_params; i++)
            write_param(json, &finding->params[i]);
        sg_json_end(json);
    }
    sg_json_end(json);
}

void sg_json_findings(struct sg_json *json, const char *key, struct signet_findings findings)
{
    sg_json_list(json, key);
    for (size_t i = 0; i < findings.num; i++)
        write_finding(json, &findings.items[i]);
    sg_json_end(json);
}

static void write_crl(struct sg_json *json, const char *key, const struct signet_crl *crl,
                      bool brought)
{
    char issuer[512];

    if (crl == NULL)
        return;
    if (signet_crl_issuer(crl, issuer, sizeof issuer) == 0)
        sg_emit_check(json->emit, SIGNET_ERR_MEMORY);
    sg_json_object(json, key);
    sg_json_string(json, "issuer", issuer);
    if (crl->number.ptr != NULL)
        sg_json_hex(json, "number", crl->number);
    sg_json_time(json, "this_update", signet_crl_this_update(crl));
    sg_json_time(json, "next_update", signet_crl_next_update(crl));
    /* The store tells each CRL that it hands out its fingerprint; nobody else does. */
    sg_json_string(json, "source", brought ? "message" : crl->has_sha256 ? "database" : "given");
    sg_json_end(json);
}

void sg_json_revocation(struct sg_json *json, const struct signet_revocation_status *status)
{
    sg_json_object(json, "revocation");
    sg_json_string(json, "status", signet_status_of_certificate_name(status->status));
    if (status->status == SIGNET_CERTIFICATE_REVOKED) {
        sg_json_time(json, "date", status->revocation_date);
        sg_json_string(json, "reason", status->reason);
        sg_json_time(json, "invalidity_date", status->invalidity_date);
    }
    write_crl(json, "crl", status->crl, status->crl_brought);
    write_crl(json, "delta", status->delta, status->delta_brought);
    sg_json_end(json);
}

static void write_addresses(struct sg_json *json, const struct signet_path_certificate *certificate)
{
    sg_json_list(json, "addresses");
    for (size_t i = 0; i < certificate->num_addresses; i++)
        sg_json_string(json, NULL, certificate->addresses[i].text);
    sg_json_end(json);
}

void sg_json_certificate(struct sg_json *json, const char *key,
                         const struct signet_path_certificate *certificate)
{
    const struct signet_certificate *object = certificate->certificate;

    sg_json_object(json, key);
    sg_json_string(json, "subject", certificate->subject);
    sg_json_string(json, "issuer", certificate->issuer);
    sg_json_string(json, "serial", certificate->serial);
    sg_json_hex(json, "sha256", signet_certificate_sha256(object));
    sg_json_time(json, "not_before", signet_certificate_not_before(object));
    sg_json_time(json, "not_after", signet_certificate_not_after(object));
    write_addresses(json, certificate);
    sg_json_string(json, "key", certificate->key);
    sg_json_string(json, "signature_algorithm", certificate->signature_algorithm);
    sg_json_revocation(json, &certificate->revocation);
    sg_json_end(json);
}

static void write_path(struct sg_json *json, const struct signet_candidate *candidate)
{
    sg_json_list(json, "path");
    for (size_t i = 0; i < candidate->num_certificates; i++)
        sg_json_certificate(json, NULL, &candidate->certificates[i]);
    sg_json_end(json);
    sg_json_string(json, "anchor", candidate->anchor == NULL ? NULL : candidate->anchor->subject);
    sg_json_list(json, "policies");
    for (size_t i = 0; i < candidate->num_policies; i++)
        sg_json_string(json, NULL, candidate->policies[i]);
    sg_json_end(json);
}

void sg_json_candidates(struct sg_json *json, const struct signet_candidates *candidates,
                        bool explain)
{
    write_path(json, &candidates->items[0]);
    sg_json_number(json, "paths_tried", (int64_t)candidates->num_tried);
    if (!explain)
        return;
    sg_json_list(json, "candidates");
    for (size_t i = 0; i < candidates->num; i++) {
        sg_json_object(json, NULL);
        sg_json_string(json, "verdict", signet_verdict_name(candidates->items[i].verdict));
        write_path(json, &candidates->items[i]);
        sg_json_findings(json, "findings", candidates->items[i].findings);
        sg_json_end(json);
    }
    sg_json_end(json);
}
