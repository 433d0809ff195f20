/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/mail.h"

#include "base/span.h"
#include "compose/field.h"

static const struct {
    const char *smime_type;
    const char *file;
} kinds[] = {
    [SG_MAIL_SIGNED] = {"signed-data", "smime.p7m"},
    [SG_MAIL_ENVELOPED] = {"enveloped-data", "smime.p7m"},
    [SG_MAIL_AUTH_ENVELOPED] = {"authEnveloped-data", "smime.p7m"},
    [SG_MAIL_CERTIFICATES] = {"certs-only", "smime.p7c"},
    [SG_MAIL_COMPRESSED] = {"compressed-data", "smime.p7z"},
};

const char *sg_mail_kind_name(enum sg_mail_kind kind)
{
    return kinds[kind].smime_type;
}

static void write_text(struct sg_writer *writer, const char *const *lines)
{
    for (; *lines != NULL; lines++)
        sg_writer_add_text(writer, *lines);
}

/* The field, the boundary and the protocol in quotes, as RFC 8551 3.5.3.2 prints them: some readers
 * know no other form. */
static void write_multipart_type(struct sg_writer *writer, const char *micalg,
                                 const char *separator)
{
    const char *quote = strchr(micalg, ',') != NULL ? "\"" : "";
    const char *const lines[] = {
        "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n micalg=",
        quote,
        micalg,
        quote,
        ";\r\n boundary=\"",
        separator,
        "\"\r\n",
        NULL};
    write_text(writer, lines);
}

static bool is_micalg(const char *text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-,";
    size_t len = strlen(text);
    return len > 0 && len <= 200 && strspn(text, allowed) == len;
}

enum signet_status sg_mail_write_signed(const struct sg_content *content, bool without_bcc,
                                        const char *micalg, const char *separator,
                                        struct signet_span signature, struct sg_writer *writer,
                                        struct sg_compose_error *error)
{
    if (!is_micalg(micalg))
        return sg_compose_fail(error, "Content-Type", "its micalg names no digest",
                               SIGNET_ERR_ARGUMENT);
    const char *const first[] = {"\r\nThis is a signed message in MIME format (S/MIME).\r\n\r\n--",
                                 separator, "\r\n", NULL};
    const char *const second[] = {
        "\r\n--", separator,
        "\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename=\"smime.p7s\"\r\n"
        "Content-Description: S/MIME Cryptographic Signature\r\n\r\n",
        NULL};
    const char *const last[] = {"\r\n--", separator, "--\r\n", NULL};
    sg_content_write_outer(content, without_bcc, writer);
    sg_writer_add_text(writer, "MIME-Version: 1.0\r\n");
    write_multipart_type(writer, micalg, separator);
    write_text(writer, first);
    sg_content_write(content, writer);
    write_text(writer, second);
    sg_base64_write(writer, signature, false);
    write_text(writer, last);
    return writer->status;
}

void sg_mail_begin_cms(const struct sg_content *content, bool without_bcc, enum sg_mail_kind kind,
                       struct sg_writer *writer, struct sg_base64 *base64)
{
    if (content != NULL)
        sg_content_write_outer(content, without_bcc, writer);
    const char *const lines[] = {"MIME-Version: 1.0\r\n"
                                 "Content-Type: application/pkcs7-mime; smime-type=",
                                 kinds[kind].smime_type,
                                 ";\r\n name=\"",
                                 kinds[kind].file,
                                 "\"\r\nContent-Transfer-Encoding: base64\r\n"
                                 "Content-Disposition: attachment; filename=\"",
                                 kinds[kind].file,
                                 "\"\r\n\r\n",
                                 NULL};
    write_text(writer, lines);
    *base64 = sg_base64_begin(writer);
}
