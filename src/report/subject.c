/* SPDX-License-Identifier: Apache-2.0 */
#include "report/subject.h"

/* The text is empty only where memory is out: an empty name is told as such. */
void sg_subject_take(struct sg_emit *emit, const struct signet_certificate *certificate,
                     char subject[SG_SUBJECT_SIZE])
{
    if (signet_certificate_subject(certificate, subject, SG_SUBJECT_SIZE) == 0)
        sg_emit_check(emit, SIGNET_ERR_MEMORY);
}
