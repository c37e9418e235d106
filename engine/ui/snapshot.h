/* snapshot.h -- all that a window shows of a drill at one moment, copied out of the session so that the frame never waits for a step.
 *
 * Made by whoever runs the session, then never changed. Atlas and text of the scenario are immutable and borrowed. */
#ifndef TUIYAN_UI_SNAPSHOT_H
#define TUIYAN_UI_SNAPSHOT_H

#include "draw/map_atlas.h"
#include "eval/eval.h"
#include "session/session.h"
#include "ui/marking.h"

enum { SNAP_REFUSALS = 32, SNAP_HEADLINES = 8 };

struct snap_fact { /* what the room has been told: the shared picture, or the newest of the played seats */
    int64_t value;
    int64_t seen_ms; /* -1: never told */
};

struct snap_headline { /* a topic of a hazard that is said to the room */
    int32_t topic;
    struct snap_fact fact;
};

struct team_stock { /* what a team carries and uses up; share below 0: nothing */
    double share;
    struct title title;
};

struct snapshot {
    struct arena arena;
    uint64_t version; /* rises */
    const struct atlas *atlas;
    enum session_phase phase;
    bool holding, writable;
    bool archived; /* played by other models: there is no state, and notice says why */
    struct err notice;
    double speed;
    int64_t now_ms;
    char bot[NAME_BYTES], file[512];
    uint64_t seed;
    int line;
    /* truth */
    struct team_view *team;
    struct place_view *place;
    struct team_stock *team_stock;
    int32_t *road, *channel;
    double *line_share;
    struct felt *place_feels; /* what hazards do to each place */
    struct asset_state *asset;
    struct command_view command;
    int32_t *group;
    struct request_view *request;
    int32_t requests;
    struct matrix_cell *matrix; /* agencies x agencies */
    struct weather_row weather;
    /* what all hazards of the drill show, in their order */
    struct map_layer *layer;
    int layers;
    /* knowledge of the room */
    struct seen_layer *seen; /* of the rasters above, as they were reported */
    int seen_layers;
    struct snap_fact *known_team_stage, *known_team_place, *known_team_hurt, *known_road, *known_place, *known_moved, *known_line, *known_channel;
    struct snap_fact *known_asset, *known_broken;
    struct snap_headline headline[SNAP_HEADLINES]; /* in the order of the topics */
    int headlines;
    struct snap_fact known_level, known_post, known_commander, known_wind, known_from;
    /* injects */
    int32_t *inject_stage, *inject_trigger;
    int64_t *inject_due_ms;
    uint8_t *inject_told;
    int32_t agenda; /* the phase of the scenario that runs; -1: none yet */
    /* the record */
    const struct event *event; /* copied */
    int64_t events;
    const struct order *order;
    int64_t orders;
    struct refusal_note *refusal; /* the last few */
    int refusals;
    /* curves: steps x measures */
    double *measure;
    int64_t steps;
    int measures;
    const struct measure_row *const *measure_row;
    int64_t *step_ms;
    /* after the end */
    bool scored;
    struct evaluation eval;
    struct clause_result *clause; /* the plan's, as of now */
    struct snap_desk *desk;       /* of the assessment; NULL while none of its pages is shown */
};

/* NULL without memory. The session's owner calls it between steps. */
MUST_USE struct snapshot *snapshot_make(struct session *s, uint64_t version);
void snapshot_free(struct snapshot *s);
/* Heights for the map's ground are taken once, from the session itself. */

#endif
