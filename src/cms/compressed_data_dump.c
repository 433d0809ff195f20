/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/compressed_data.h"

#include "cms/dump.h"

void sg_compressed_data_dump(const struct sg_compressed_data *data, struct sg_dump *dump)
{
    sg_dump_number(dump, "version", data->version);
    sg_algorithm_dump(dump, "compression", &data->compression);
    sg_dump_map(dump, "content");
    sg_dump_oid(dump, "type", data->content_type_octets);
    sg_dump_boolean(dump, "present", data->has_content);
    if (data->has_content)
        sg_dump_number(dump, "length", (int64_t)data->content.len);
    sg_dump_end(dump);
}
