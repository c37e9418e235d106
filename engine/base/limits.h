/* limits.h -- every fixed capacity, with its reason. Full is a clear error, never a silent drop. */
#ifndef TUIYAN_BASE_LIMITS_H
#define TUIYAN_BASE_LIMITS_H

enum {
    NAME_BYTES = 48,          /* an ASCII id typed by hand */
    TITLE_BYTES = 96,         /* a zh or en title: 30 Han characters */
    AGENCY_MAX = 128,         /* the issue asks for 100 */
    TEAM_MAX = 1024,          /* the issue asks for 1,000 */
    PLACE_MAX = 512,          /* the issue asks for 500 */
    ROAD_NODE_MAX = 4096,     /* junctions; 5,000 edges need fewer */
    ROAD_MAX = 5120,          /* the issue asks for 5,000 edges */
    ASSET_MAX = 512,          /* doors of a mine, gates of a basin, exits of a hall: none has 200 */
    LINE_MAX = 128,           /* planned control lines of a plan map */
    LINE_POINTS_MAX = 64,     /* corners of one line */
    CHANNEL_MAX = 16,         /* phone, radio, satellite, runner, broadcast .. */
    INJECT_MAX = 256,         /* a busy 8 h drill has about 80 */
    OBJECTIVE_MAX = 32,
    SITE_VIEW_MAX = 12,       /* tabs over the map that still read at 1366 pixels */
    INDICATOR_MAX = 256,
    CLAUSE_MAX = 256,         /* a district plan has about 60 testable clauses */
    PHASE_MAX = 24,           /* an agenda of a day; a room takes six */
    POST_MAX = 64,            /* posts of one agency */
    CHAIN_MAX = 16,           /* steps expected after one inject */
    COURSES_MAX = 9999,        /* numbers of courses; a study plays 40 */
    ORDER_ARGS = 14,          /* the longest verb has 9; a hazard's words add to it */
    ORDER_TEXT = 480,         /* a spoken statement: 160 Han characters */
    EVENT_INTS = 6,
    EVENT_NUMS = 3,
    STEP_EVENT_MAX = 16384,   /* events in one step: all teams and messages at once */
    STEP_ORDER_MAX = 512,     /* orders that take effect in one step */
    SLICE_MAX = 32,           /* state modules in a world */
    SLICE_FIELD_MAX = 1024,   /* hashed fields of all slices together */
    WORKS_MAX = 8192,         /* pieces of line, cordon, drop.. in one drill */
    REQUEST_MAX = 2048,       /* requests between agencies in one drill */
    MESSAGE_MAX = 16384,      /* messages in flight; the issue asks for 10,000 */
    BULLETIN_MAX = 24576,     /* links of 8 sights: 16,000 short messages in flight, or 270 of a whole view */
    NOTICES_MAX = 4096,       /* what reached the people of a place: 8 each of 512 */
    WARNING_MAX = 128,        /* warnings published in one drill */
    FACT_DIFF_MAX = 65536,    /* differences between seats and the shared picture */
    TICK_MAX_MS = 60000,      /* a tick is at most a minute */
};

#endif
