/* SPDX-License-Identifier: Apache-2.0 */
#include "report/text_attributes.h"

static void write_validity(struct sg_text *text,
                           const struct signet_attribute_certificate *certificate)
{
    char buffer[SIGNET_TIME_TEXT_SIZE];

    sg_text_label(text, "valid");
    signet_time_format(signet_attribute_certificate_not_before(certificate), buffer);
    sg_emit_text(text->emit, buffer);
    signet_time_format(signet_attribute_certificate_not_after(certificate), buffer);
    sg_emit_printf(text->emit, " to %s\n", buffer);
}

/* One line for each value. What is not permitted says nothing, and is shown as such. */
static void write_attribute(struct sg_text *text, const struct signet_attribute *attribute)
{
    const char *label = attribute->name == NULL ? attribute->type : attribute->name;

    for (size_t i = 0; i < attribute->num_values; i++) {
        sg_emit_text(text->emit, "    ");
        sg_emit_text(text->emit, label);
        sg_emit_text(text->emit, attribute->permitted ? ": " : " (not permitted): ");
        sg_text_wrap(text, attribute->values[i], 6);
    }
    if (attribute->num_values == 0) {
        sg_emit_text(text->emit, "    ");
        sg_emit_text(text->emit, label);
        sg_emit_text(text->emit, ": without a value\n");
    }
}

static void write_one(struct sg_text *text, const struct signet_attributes *attributes)
{
    sg_emit_text(text->emit, "\n  Attribute certificate ");
    sg_emit_text(text->emit, attributes->serial);
    sg_emit_text(text->emit, ": ");
    sg_text_verdict(text, attributes->verdict, 0);
    sg_emit_text(text->emit, "\n");
    sg_text_line(text, "holder", attributes->holder);
    sg_text_line(text, "issuer", attributes->issuer);
    write_validity(text, attributes->certificate);
    sg_text_line(text, "attributes", attributes->num == 0 ? "none" : NULL);
    for (size_t i = 0; i < attributes->num; i++)
        write_attribute(text, &attributes->items[i]);
    sg_emit_text(text->emit, "\n");
    sg_text_findings(text, attributes->findings);
    if (attributes->issuer_paths == NULL)
        return;
    sg_emit_text(text->emit, "\n");
    sg_text_path(text, &attributes->issuer_paths->items[0]);
}

void sg_text_attributes(struct sg_text *text, const struct signet_signer *signer)
{
    for (size_t i = 0; i < signer->num_attributes; i++)
        write_one(text, &signer->attributes[i]);
}
