/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pem_write.h"

#include "base/span.h"

static bool write_mark(const struct signet_sink *sink, const char *mark, const char *label)
{
    return sink->write(sink->context, sg_span_text("-----")) &&
           sink->write(sink->context, sg_span_text(mark)) &&
           sink->write(sink->context, sg_span_text(label)) &&
           sink->write(sink->context, sg_span_text("-----\n"));
}

bool sg_pem_writer_begin(struct sg_pem_writer *writer, const char *label,
                         const struct signet_sink *sink)
{
    writer->base64 = sg_base64_writer_begin(sink, "\n");
    writer->label = label;
    return write_mark(sink, "BEGIN ", label);
}

bool sg_pem_writer_add(struct sg_pem_writer *writer, struct signet_span octets)
{
    return sg_base64_writer_add(&writer->base64, octets);
}

bool sg_pem_writer_finish(struct sg_pem_writer *writer)
{
    return sg_base64_writer_finish(&writer->base64) &&
           write_mark(writer->base64.sink, "END ", writer->label);
}
