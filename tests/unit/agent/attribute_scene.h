/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The objects that attribute_scenes.py makes, by name.
 */
#ifndef SG_TESTS_UNIT_AGENT_ATTRIBUTE_SCENE_H
#define SG_TESTS_UNIT_AGENT_ATTRIBUTE_SCENE_H

#include "test.h"

static const struct {
    const char *name;
    struct signet_span octets;
} scene_objects[] = {
#include "attribute_scenes.inc"
};

static inline struct signet_span scene_octets(const char *name)
{
    for (size_t i = 0; i < SG_NUM(scene_objects); i++) {
        if (strcmp(scene_objects[i].name, name) == 0)
            return sg_test_copy(scene_objects[i].octets.ptr, scene_objects[i].octets.len);
    }
    fail_msg("no object \"%s\"", name);
    return sg_span(NULL, 0);
}

#endif
