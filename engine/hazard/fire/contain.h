/* contain.h -- whether a crew of steady output closes a line around a growing ellipse.
 *
 * Fried and Fried 1996 as a curve of pursuit: two halves of the crew start at the head (or the back)
 * and build along the free edge, each with half the output, until they meet on the other side. The
 * free edge at angle s of the ellipse is t g(s); the crew's point runs along it so that its speed over
 * ground is the output: |g + t g' ds/dt| = p. Integrated by Runge-Kutta in steps of one second. */
#ifndef TUIYAN_HAZARD_FIRE_CONTAIN_H
#define TUIYAN_HAZARD_FIRE_CONTAIN_H

#include <stdbool.h>

struct contain_case {
    double head_m_s, length_to_width;
    double report_m2;        /* size when it is reported */
    double attack_s, work_s; /* from the report to the first metre of line; how long the crew works */
    double line_m_s;         /* of the whole crew */
    bool from_back;
};

struct contain_result {
    bool contained;
    double time_s;      /* since the report */
    double line_m;      /* built */
    double attack_m2;   /* size when work began */
    double final_m2;    /* inside the line; free size at the end when it was not contained */
};

struct contain_result fire_contain(const struct contain_case *c);

#endif
