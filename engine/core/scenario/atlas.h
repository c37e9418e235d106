/* atlas.h -- the scenario as declared: who and what there is before anything happens. Immutable.
 *
 * Read from the document of scenario.lua by the schema rows in atlas.c (meta, map, agencies, seats,
 * teams, places, roads, lines, channels, services, groups, supplies) and inject.c (injects) and plan.c
 * (objectives, clauses, assumptions) and phases.c (phases, posts, expected chains). Hazards and eval read their own sections. Distances in metres,
 * local frame, origin south-west; times in ms of drill time. */
#ifndef TUIYAN_CORE_SCENARIO_ATLAS_H
#define TUIYAN_CORE_SCENARIO_ATLAS_H

#include "core/order/vocab.h"
#include "core/scenario/schema.h"

struct meta {
    struct text name;
    struct title title, summary, trains; /* trains: what it trains */
    struct title town;
    int64_t start_clock_ms; /* "15:00" */
    struct text date;       /* "2022-08-20" */
    int64_t length_ms;      /* planned length; the drill finishes then */
    int64_t tick_ms;        /* 1 s .. 60 s */
    struct title terrain_note; /* shown on every map; required when the terrain is synthetic */
    int32_t course;            /* the course played when nobody asks for another; 0: the scenario names none */
    struct title course_title; /* of that course */
};

struct map_frame {
    double width_m, height_m;
    struct text dem;  /* file name, "" when none */
    struct text crs;
    double lon0, lat0; /* of the origin; 0 when unknown */
};

enum admin { ADMIN_CITY, ADMIN_DISTRICT, ADMIN_TOWN, ADMIN_UNIT }; /* 市 区 镇街 企业(社区) */

struct post { /* a post in an agency (职务): who holds it is optional and invented */
    struct text id;
    struct title title;
    struct text name, phone; /* "" when not given */
    int32_t place;           /* where that person is, -1 */
    int32_t deputy;          /* post of the same agency that stands in, -1 */
};

struct agency {
    struct title title;
    int32_t admin;    /* enum admin */
    int32_t parent;   /* agency that it reports to, -1 */
    bool played;      /* a seat in the room; else simulated */
    int32_t place;    /* where its people sit, -1 */
    struct text sign; /* one Han character on the map */
    uint32_t levels;  /* response levels it may start: bit of VK_LEVEL words */
    uint32_t colours; /* government warnings it may publish: bit of VK_COLOUR words */
    bool commands;    /* may set up the post, name the commander, approve the plan */
    int64_t read_ms, act_ms; /* how long a simulated agency takes to read and to act */
    int32_t staff;    /* requests it can work on at once */
    struct id_list channels; /* channels it has, in order of use */
    struct post *post;       /* its people by post, in the order in which they are called */
    int32_t posts;
};

/* Core's own kinds; hazards and the scenario add theirs (VK_PLACE_KIND, VK_TEAM_KIND, VK_LINE_KIND). */
enum place_kind {
#define PLACE(id, name, zh, en, inhabited) PLACE_##id,
#include "core/scenario/kinds.def"
#undef PLACE
};
enum team_kind {
#define TEAM(id, name, zh, en, sign, flies) TEAM_##id,
#include "core/scenario/kinds.def"
#undef TEAM
};
enum line_kind {
#define LINE(id, name, zh, en) LINE_##id,
#include "core/scenario/kinds.def"
#undef LINE
};

enum asset_kind {
#define ASSET(id, name, zh, en, sign, settings, minutes) ASSET_##id,
#include "core/scenario/kinds.def"
#undef ASSET
};

struct place {
    struct title title;
    double at[2];
    int32_t kind;       /* VK_PLACE_KIND */
    int32_t node;       /* road node it lies at (nearest when not given) */
    int32_t people;     /* to be moved when threatened */
    int32_t vulnerable; /* of them */
    int32_t capacity;   /* as shelter; 0 when none */
    bool post_site;     /* fit for a command post */
    double radius_m;    /* extent; the hazard reaches it within this */
};

struct node { double at[2]; };

enum road_class { ROAD_HIGHWAY, ROAD_COUNTY, ROAD_VILLAGE, ROAD_TRACK, ROAD_FOOT };

struct road {
    struct title title;
    int32_t from, to; /* nodes */
    int32_t class;    /* enum road_class */
    double length_m;  /* straight line times a factor when not given */
    double speed_ms;
    int32_t capacity; /* vehicles on it at once before it jams */
};

struct team {
    struct title title;
    int32_t agency;   /* whom it belongs to */
    int32_t kind;     /* VK_TEAM_KIND */
    int32_t people;   /* > 0 */
    int32_t vehicles;
    int32_t home;     /* place */
    int64_t muster_ms;      /* by day */
    int64_t muster_night_ms;
    bool outside;     /* does not know the ground: needs guide, channel and map */
    int32_t service;  /* becomes available only when this service was carried out; -1: at once */
    bool unasked;     /* volunteers who come by an inject */
    bool flies;
    struct task_set tasks; /* that it can do */
    int64_t shift_ms; /* works so long before it is exhausted */
    double walk_ms;   /* speed on foot, m/s */
};

struct control_line { /* a planned line: where work goes on along it, a cordon, a power line */
    struct title title;
    int32_t kind; /* VK_LINE_KIND */
    double *xy;   /* points * 2 */
    int32_t points;
    double length_m;
    double width_m; /* planned; existing width for roads and power lines */
};

enum channel_kind { CHANNEL_MOBILE, CHANNEL_FIXED, CHANNEL_RADIO, CHANNEL_SATELLITE, CHANNEL_RUNNER,
                    CHANNEL_BROADCAST, CHANNEL_GONG };

struct area { double *xy; int32_t points; }; /* corners, points * 2 */

struct channel {
    struct title title;
    int32_t kind;
    int64_t delay_ms;   /* to get through */
    int32_t per_minute; /* messages it carries a minute */
    int32_t line;       /* power line that feeds its masts, -1 */
    double reach;       /* share of the public it reaches in an hour; 0: not for the public */
    struct id_list covers;   /* places around which alone it works; none: everywhere .. */
    struct area *dead;       /* .. but in these */
    int32_t dead_count;
};

enum service_effect { SERVICE_NONE, SERVICE_TEAM, SERVICE_CHANNEL, SERVICE_POWER_CUT,
                      SERVICE_POWER_BACK, SERVICE_BRIEF, SERVICE_CLOSE, SERVICE_BUS };

struct service { /* what one agency can ask of another */
    struct title title;
    int32_t agency;  /* who provides it */
    int32_t effect;  /* enum service_effect */
    int32_t channel, line, road; /* what it acts on, -1 */
    int64_t read_ms, act_ms; /* -1: the agency's own */
    bool daylight;   /* refused at night */
    double wind_max; /* refused above, m/s; 0: no limit */
    bool once;       /* a second request while open is a duplicate */
    int32_t buses;   /* SERVICE_BUS: vehicles for moving people */
    int64_t free_ms; /* committed elsewhere until then, and refused; 0: free at once */
    struct id_list shares; /* services done by the same people: while one is in hand the others are refused */
};

struct group { struct title title; int32_t lead; struct id_list members; };

struct stock {
    int32_t place, supply, count;
    int32_t owner, custodian; /* agencies, -1: anybody may send from it */
    int64_t good_ms;          /* usable so long after the start; -1: as long as the drill lasts */
};
struct supply {
    struct title title;
    struct title unit;
    double person_day; /* units that one person in a shelter uses a day */
    double crew_day;   /* units that one person at work uses a day, from what lies at the place */
    struct task_set tasks; /* work that takes it */
    int64_t carry_ms;  /* crews carry as much as so long a work takes; 0: enough for any work */
    int32_t without;   /* enum without: what becomes of a crew that has none; WITHOUT_HARM: of a shelter too */
};

enum without { WITHOUT_SLOW, WITHOUT_STOP, WITHOUT_HARM }; /* works at half its rate; falls back; that, and people collapse */

struct asset { /* a thing that can be set: a gate, a door, a fan; its state is in core/world/assets.h */
    struct title title;
    int32_t kind;    /* VK_ASSET_KIND */
    int32_t holder;  /* agency whose it is */
    int32_t place;   /* where it stands, -1: at `at` alone */
    int32_t level;   /* storey, or depth below: 0 at the surface */
    double at[2];
    double *path;    /* corners, when it is no point: a barrier's line, a stair; points * 2 */
    int32_t points;
    int32_t remote;  /* channel by which its holder's desk sets it; -1: by hand alone */
    int32_t setting; /* VK_SETTING at the start */
    int64_t hands_ms;
};

enum inject_trigger { TRIGGER_TIME, TRIGGER_WORLD, TRIGGER_DECISION, TRIGGER_CHAIN, TRIGGER_HAND };

/* A pattern over orders: a verb, and what some arguments must be. */
struct order_pattern {
    int32_t verb;   /* -1: none */
    int32_t agency; /* -1: any */
    uint32_t given; /* arguments that must equal */
    int64_t arg[ORDER_ARGS];
};

enum step_does { STEP_RECEIVE, STEP_DECIDE, STEP_ACT, STEP_REPORT }; /* 接报 决策 处置 报告 */

struct chain_step { /* of what an inject is expected to set going in the room */
    int32_t agency;             /* who */
    int32_t does;               /* enum step_does */
    struct title text;          /* in words; empty: said by the order or event */
    struct order_pattern order; /* that shows it was done; verb -1: spoken alone, or .. */
    int32_t event;              /* .. the event kind that shows it; -1 */
    int64_t within_ms;          /* after the inject; 0: no limit */
};

struct inject {
    struct title title, message; /* message: what the seats are told, in words */
    int32_t trigger;         /* enum inject_trigger */
    int64_t at_ms;           /* TIME */
    int32_t when;            /* WORLD: function handle */
    int32_t true_if;         /* function handle, -1: what it states is true; when not, it is held, not fired */
    struct order_pattern seen;   /* DECISION: fires when such an order is given */
    struct order_pattern absent; /* DECISION: fires when none was given .. */
    int64_t by_ms;               /* .. by then */
    int32_t unanswered;      /* DECISION: service whose request is open longer than .. ; -1 */
    int64_t within_ms;       /* .. this */
    int32_t after;           /* CHAIN: inject, -1 */
    int64_t delay_ms;        /* after the trigger */
    struct id_list to;       /* agencies that are told */
    int32_t channel;         /* by which means; -1: simply told by the facilitator */
    struct title guidance, expected; /* for the facilitator */
    int32_t objective;
    struct order *effects;   /* WHO_WORLD orders, at_ms relative to firing */
    int32_t effect_count;
    bool decide;             /* the clock holds for a decision when "hold on decision" is on */
    struct chain_step *chain; /* what the seats are expected to do, in order */
    int32_t chain_count;
};

enum { QUESTIONS_MAX = 3 }; /* of a phase: a room does not keep more in mind */

struct phase { /* 阶段: a part of the agenda, ended by a decision in the room */
    struct text id;
    struct title title;
    int64_t from_ms; /* begins then, or .. */
    int32_t after;   /* .. when this inject has fired; -1 */
    int64_t room_ms; /* of wall time in the room; 0: no budget */
    struct title question[QUESTIONS_MAX];
    int32_t questions;
    struct id_list seats;   /* agencies that speak, in order */
    struct id_list injects; /* that belong to it */
    struct title decision;  /* what must be decided before the next begins */
};

struct objective { struct title title; double weight; };

struct need { /* what a clause takes to be met at all: so many teams able to do a task, or so much of a supply */
    int32_t task;   /* VK_TASK; -1 */
    int32_t supply; /* -1 */
    int32_t count;
};

struct clause { /* of the plan (预案) under test */
    struct title text;
    int32_t agency;          /* who must act; -1 any */
    struct order_pattern what;  /* the order that meets it, or .. */
    int32_t what_event;         /* .. the event kind that meets it; -1 */
    int32_t trigger_event;      /* event kind that starts its clock; -1: the start of the drill */
    int32_t trigger_inject;     /* or an inject, -1 */
    int64_t within_ms;
    struct id_list depends;
    struct need *need;          /* without these nobody could have met it */
    int32_t needs;
    struct text source;
};

struct assumption { struct title text; struct text mark; };

struct report_limit { /* who must report to whom, in what form, how soon after what */
    struct title text;
    int32_t from, to;       /* agencies */
    int32_t form;           /* VK_FORM */
    int32_t trigger_event;  /* event kind that starts its clock; -1 */
    int32_t trigger_inject; /* or an inject; -1 */
    int64_t within_ms;
    struct text source;     /* law or rule; U in front: unverified */
};

enum { LEVEL_ANY = INT32_MIN };

struct site_view { /* a part of the map, or one level of it, with a tab of its own */
    struct text name;
    struct title title;
    double x0, y0, x1, y1;    /* on the map */
    const struct doc *layers; /* names of the layers shown; NULL: all */
    int32_t level;            /* the one shown, m; LEVEL_ANY: all */
};

enum { MORES_EACH = 4 }; /* sections that one owner adds keys to */

struct atlas {
    struct meta meta;
    struct map_frame map;
    struct names names;
    struct agency *agency;
    struct place *place;
    struct node *node;
    struct road *road;
    struct team *team;
    struct control_line *line;
    struct channel *channel;
    struct service *service;
    struct group *group;
    struct supply *supply;
    struct stock *stock;
    struct inject *inject;
    struct objective *objective;
    struct clause *clause;
    struct asset *asset;
    struct assumption *assumption;
    struct report_limit *report_limit;
    struct phase *phase;
    int32_t phase_count;
    struct site_view *view;
    int32_t stock_count, assumption_count, report_limit_count, view_count;
    int64_t dusk_ms, dawn_ms;  /* clock times; night tasks and flights */
    const struct doc *doc;     /* the whole document */
    void *more[OWNERS_MAX][MORES_EACH]; /* rows of what owners add to sections; see atlas_more */
};

#define ATLAS_COUNT(atlas, ENT) ((atlas)->names.count[ENT])

/* Reads the document. Everything lives in a. RC_INPUT names file:line, key path and what would be
 * right: unknown keys, references, a road graph with islands, a chart of agencies with a cycle, a
 * cycle in inject conditions, negative sizes, stock lent beyond what there is. */
MUST_USE enum rc atlas_read(const struct doc *doc, struct arena *a, struct atlas *out, struct err *e);
/* The same for sections without anybody who commands: a hazard alone. What only a whole scenario can
 * have (powers, islands, chains) is not asked for. */
MUST_USE enum rc atlas_read_part(const struct doc *doc, struct arena *a, struct atlas *out, struct err *e);
/* The rows of an owner's `more` number i, by id of the section; NULL when the scenario has no such rows. */
const void *atlas_more(const struct atlas *atlas, int owner, int i);
/* The point so many metres along a planned line. */
void line_point(const struct control_line *line, double at_m, double *x, double *y);
bool atlas_is_night(const struct atlas *atlas, int64_t t_ms);
/* Whether the channel works at the spot: within reach of a place that it covers and in none of its dead areas. */
bool atlas_covers(const struct atlas *atlas, int32_t channel, double x, double y);
/* Whether it can be set so, and what it can be set to in words, one after the other (-1 begins and ends;
 * an asset set in per cent has none). asset -1: any word there is. */
bool asset_takes(const struct atlas *atlas, int32_t asset, int64_t setting);
int32_t asset_next_setting(const struct atlas *atlas, int32_t asset, int32_t v);
/* "open, closed", or "0% to 100%". */
void asset_say_settings(const struct atlas *atlas, int32_t asset, enum lang lang, struct buf *out);
bool order_matches(const struct order_pattern *p, const struct order *o);
/* One step of an expected chain in words: "districts: decide, within 10 min: ..". */
void chain_step_say(const struct atlas *atlas, const struct chain_step *s, enum lang lang, struct buf *out);
/* The author's manual of all sections read here. */
void atlas_manual(enum lang lang, struct buf *out);
void atlas_stubs(struct buf *out); /* classes for an editor; the class scenario is left open for more fields */

#endif
