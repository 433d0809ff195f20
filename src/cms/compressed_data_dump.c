/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/compressed_data.h"

#include "cms/dump.h"

void sg_compressed_data_dump(const struct sg_compressed_data *data, struct sg_dump *dump)
{
    sg_dump_number(dump, "version", data->version);
    sg_algorithm_dump(dump, "compression", &data->compression);
    sg_encapsulated_content_dump(&data->content, dump);
}
