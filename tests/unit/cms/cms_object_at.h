/* SPDX-License-Identifier: Apache-2.0 */
/* One of the objects that a CMS object carries, by its number. */
#ifndef SG_TESTS_UNIT_CMS_CMS_OBJECT_AT_H
#define SG_TESTS_UNIT_CMS_CMS_OBJECT_AT_H

#include "cms/cms_object.h"
#include "test.h"

static inline struct sg_cms_object cms_object_at(const struct sg_cms_objects *objects, size_t index)
{
    struct sg_cms_objects rest = *objects;
    struct sg_cms_object object = {0};
    for (size_t i = 0; i <= index; i++)
        assert_true(sg_cms_objects_next(&rest, &object));
    return object;
}

#endif
