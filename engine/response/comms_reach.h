/* comms_reach.h -- who can reach whom, and how: by what both ends have and where they are. */
#ifndef TUIYAN_RESPONSE_COMMS_REACH_H
#define TUIYAN_RESPONSE_COMMS_REACH_H

#include "response/parts.h"

#define RUNNER (-2) /* stands for a channel that the scenario does not declare: somebody drives over */

int32_t message_agency_of(const struct response *r, const struct message *m, bool sender); /* at that end; -1: a place */
bool message_in_field(const struct message *m);
/* Whether both ends lie where the channel works. */
bool message_covered(const struct response *r, const struct message *m, int32_t channel);
/* The next channel of the sender's list that works, after `last` (-1: from the start), here or (anywhere) but for where they
 * are just now; RUNNER when none is left. */
int32_t message_next_channel(const struct response *r, const struct message *m, int32_t last, bool anywhere);

#endif
