/* Prints the final hash of the textbook forest fire: what a campaign on another architecture compares. No drawing, no report. */
#include <stdio.h>

#include "session/session.h"

int main(int argc, char **argv)
{
    struct err e = {0};
    struct session *s;
    struct session_options opt = {.seed = 1, .bot = "textbook"};
    if (session_new(argc > 1 ? argv[1] : "scenarios/forest_fire", &opt, &s, &e) != RC_OK ||
        session_run_until(s, INT64_MAX, &e) != RC_OK) {
        fprintf(stderr, "%s\n", err_text(&e, LANG_EN));
        return 1;
    }
    const struct record *r = session_record(s);
    printf("%016llx %lld events\n", (unsigned long long)r->step[r->steps - 1].hash, (long long)r->events);
    session_close(s);
    return 0;
}
