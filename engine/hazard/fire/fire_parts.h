/* fire_parts.h -- inside of the fire adaptor: its state, and what its files offer one another. */
#ifndef TUIYAN_HAZARD_FIRE_FIRE_PARTS_H
#define TUIYAN_HAZARD_FIRE_FIRE_PARTS_H

#include "base/rng.h"
#include "core/world/hazard.h"
#include "hazard/fire/fire_words.h"
#include "hazard/fire/moisture.h"
#include "hazard/fire/spotting.h"
#include "hazard/fire/spread.h"
#include "hazard/fire/wangzhengfei.h"

enum {
    FUELS_MAX = 60,
    IGNITIONS_MAX = 64,
    DEPOTS_MAX = 16,
    PASSES_MAX = 24,
    FALSE_MAX = 4,
    HOTSPOTS_MAX = PASSES_MAX * (FALSE_MAX + 1),
    LINE_CELLS_MAX = 60000, /* cells with a line in them; an index fits 16 bits */
    FIRE_TEAMS_MAX = TEAM_MAX,
    FIRE_EXTENT = 100, /* how coarsely a crew makes out where it burns: cells of a hundredth of the map */
};

/* One row of `fuels`. */
struct fire_fuel_row {
    int32_t code;
    struct text model;
    int32_t ground;
    double shade, cover, canopy_m, crown_ratio;
    double load_scale, depth_scale; /* a local fuel as a published one, scaled */
    double ks;                      /* of 王正非's model */
    double line;            /* factor on line building, 1 is the teams' reference ground */
    struct crown crown;
    bool burns, crowns;     /* crowns: its crowns can burn */
    struct fuel fuel;
    double wind_factor; /* 10 m wind to midflame */
    double crown_kw_m;  /* surface intensity that lights the crowns */
    double crown_kj_m2; /* heat they add */
};

struct fire_ignition {
    double at[2];
    int64_t t_ms;
};

/* A place that explodes when the front has stood at it so long. */
struct fire_depot {
    int32_t place;
    int64_t after_ms;
    double radius_m;
};

/* A satellite's pass, when its report arrives. */
struct fire_pass {
    int64_t at_ms;
    int32_t false_alarms;
};

struct hotspot {
    double x, y;
    int32_t real, checked;
    int64_t event;
};

enum spread_model { MODEL_ROTHERMEL, MODEL_WANG, MODEL_GIVEN };

/* A rate and a shape as given, the same everywhere: for cases with an exact answer. */
struct fire_given {
    double rate_m_s, length_to_width, heading_deg;
};

/* The section `fire` as read. */
struct fire_rows {
    struct text fuel_file, dem_file;
    const struct doc *fuels, *ignitions, *given, *depots, *hotspots;
    int32_t model; /* enum spread_model */
    double herb, woody, dead;
    double hold_factor, contact_s, threat_m, road_m, smoke_m, road_smoke, power_m, reburn, spotting;
};

/* The weather the costs were made with. */
struct fire_air {
    double wind_e, wind_n, temp_c, hour;
    int32_t humidity;
};

struct line_cell {
    int32_t cell, work;
    double width_m, length_m;
    int32_t stage; /* enum line_stage */
};
enum line_stage { LINE_CUTTING, LINE_STANDING, LINE_CROSSED };

/* What the front looks like this step; made anew each step, not state. */
struct front_point {
    float x, y;      /* between the burning and the next cell */
    int32_t cell;    /* the next cell */
    float intensity; /* of the fire that runs into it, kW/m */
};

struct fire {
    struct fire_rows rows;
    const struct atlas *atlas;
    struct fire_fuel_row fuel_row[FUELS_MAX];
    int fuel_rows;
    struct fire_ignition ignition[IGNITIONS_MAX];
    int ignitions;
    struct fire_depot depot[DEPOTS_MAX];
    int depots;
    struct fire_pass pass[PASSES_MAX];
    int passes;
    int cols, cell_rows;
    double cell_m, corner_x, corner_y; /* as the fuel grid says */
    uint8_t *fuel; /* by cell: index in fuel_row */
    float *height; /* by cell, m; NULL when flat */
    struct wang wang;
    struct fire_run given; /* of MODEL_GIVEN */
    uint8_t *cover; /* by cell: enum ground_cover */
    struct spread *spread;
    /* made from air */
    struct fire_bed bed[FUELS_MAX];               /* on level ground */
    struct fire_bed sunny[FUELS_MAX], shady[FUELS_MAX]; /* slopes that face south, north */
    double crown_rate[FUELS_MAX]; /* m/s once the crowns burn */
    double wang_r0;
    bool cold_marked[FUELS_MAX];
    /* state */
    struct fire_air air;
    int32_t next_ignition;
    int64_t moisture_at_ms; /* when dead moisture was last worked out */
    bool stale;             /* weather has changed since the last recost */
    int32_t works_taken;
    struct line_cell *line;
    int32_t lines;
    uint16_t *line_at;   /* by cell: index + 1 */
    struct fire_crew *crew; /* by team, as the scenario says */
    double *water_l;     /* by team: what it carries, .. */
    uint8_t *dry;        /* .. whether it has run out, .. */
    int64_t *busy_ms;    /* .. and until when it refills or flies its turn */
    double *laid_m;      /* by planned line: built, as far as it is in the record of works */
    double *built_m;     /* by planned line: built */
    uint8_t *line_done;  /* by planned line: it was said to be done */
    uint8_t *dead_line;  /* by planned line: cut or tripped, no current on it */
    uint8_t *extent;     /* FIRE_EXTENT x FIRE_EXTENT over the map, row 0 north: it is or was there */
    double *carry_m;     /* by team: metres put out that do not fill a cell yet */
    uint8_t *endangered; /* by team: bit 0 endangered, bit 1 caught */
    uint8_t *threatened; /* by place */
    uint8_t *cut;        /* by road */
    int64_t *line_event; /* by planned line + 1: the last event about it; 0 */
    int64_t *crossed_ms; /* by planned line + 1: when it was last said to be crossed; -1 */
    int32_t seen_burnt;  /* cells whose arrival was looked at */
    int32_t milestone, edges;
    bool burning;
    double flame_max_m, front_m;
    double head_x, head_y; /* the hottest part of the front, where it was last */
    bool headed;           /* there was one */
    int64_t first_event, weather_event, growth_event, crossed_event; /* the last of each; 0 */
    int64_t out_event, back_event;
    int32_t spots;       /* fires started by brands */
    struct rng luck;
    int32_t *ember_cell; /* put out, but smouldering: embers of them */
    int32_t *ember_s;    /* since when */
    float *ember_m;      /* metres of edge not mopped up */
    int32_t embers;
    uint8_t *smoulders;  /* by cell */
    uint8_t *power;      /* by planned line: enum power_state */
    int64_t *power_event;
    int64_t *depot_ms;   /* by depot: the front has stood at it so long; -1: exploded */
    struct hotspot hotspot[HOTSPOTS_MAX];
    int32_t hotspots, next_pass;
    uint8_t *warned;     /* by team: bits of the rules it was seen to break */
    /* of this step */
    struct front_point *front;
    int32_t fronts;
    struct exposure_rows *suffers; /* its own rows of exposure */
};

/* fire_rows.c */
enum fire_table { TABLE_FIRE, TABLE_FUEL, TABLE_IGNITION, TABLE_DEPOT, TABLE_GIVEN, TABLE_PASS };
MUST_USE enum rc fire_read_rows(enum fire_table table, const struct doc *d,
                                const struct names *names, struct arena *a, void *out,
                                struct err *e);

/* fire_read.c */
MUST_USE enum rc fire_open(const struct doc *section, const struct atlas *atlas,
                           struct file_source files, uint64_t seed, struct arena *perm, void **out,
                           struct err *e);
void fire_manual(enum lang lang, struct buf *out);
void fire_stubs(struct buf *out);

/* fire_work.c: lines and teams at the front */
void fire_take_works(struct fire *f, struct world *w);
void fire_test_lines(struct fire *f, struct world *w);
void fire_efforts(struct fire *f, struct world *w);
void fire_efforts_left(struct fire *f, struct world *w); /* at the end of a step */

/* fire_team.c: what crews do, and refuse */
MUST_USE enum rc fire_read_crews(struct fire *f, struct arena *perm, struct err *e);
void fire_effort(void *self, struct world *w, struct effort *job);
bool fire_refuse(const void *self, const struct world *w, const struct task_order *o, int32_t *reason);
double fire_stock(const void *self, int32_t team, struct title *name);
double fire_line_built_m(const struct fire *f);
bool fire_is_edge(int32_t task); /* a task at the fire's edge */

/* fire_expose.c */
extern const struct harm_row fire_harm;
void fire_find_front(struct fire *f);
void fire_expose(struct fire *f, struct world *w);

enum power_state { POWER_LIVE, POWER_OFF, POWER_OUT }; /* out: tripped */

/* fire_ember.c */
void fire_ember_add(struct fire *f, int cell, double now_s);
void fire_ember_all(struct fire *f, double now_s); /* all burnt cells beside fuel */
/* The nearest ember, or -1. */
int fire_ember_near(const struct fire *f, double x, double y, double reach_m);
/* Mops up around a team; returns the metres done. */
double fire_ember_mop(struct fire *f, const struct effort *job, double metres);
void fire_embers_wake(struct fire *f, struct world *w);

/* fire_observe.c */
int fire_observe(const void *self, const struct world *w, const struct eye *eye, struct sight *out, int max);

/* fire_spot.c */
void fire_throw_brands(struct fire *f, struct world *w);

/* fire_hotspot.c */
void fire_hotspots(struct fire *f, struct world *w);
/* Headquarters get the picture, true or false, until somebody has looked. */
void fire_hotspot_tell(const struct world *w, const struct event *e);

/* fire_mishap.c: power lines that trip, depots that explode, what crews should not attack */
void fire_mishaps(struct fire *f, struct world *w);
void fire_explode(struct fire *f, const struct event *e);
/* The rule a team breaks that attacks the edge between two cells: VK_REASON, or none. */
int32_t fire_rule_broken(const struct fire *f, const struct effort *job, int from, int to,
                         double flame_m);

/* fire_show.c: what is read off */
enum { FIRE_MEASURES = 7, FIRE_PROBES = 6 };
extern const struct measure_row fire_measures[FIRE_MEASURES], fire_probes[FIRE_PROBES];
double fire_measure(const void *self, int i);
double fire_probe(const void *self, int i, double x_m, double y_m);
enum { FIRE_LAYERS = 1 };
extern const struct layer_row fire_layers[FIRE_LAYERS];
bool fire_layer(const void *self, int i, struct layer_out *out);
int fire_look(const struct fire *f, int col, int row, int side); /* strongest class of the layer in a square, now */
bool fire_ground(const void *self, struct ground *out);
double fire_burnt_ha(const struct fire *f);

/* fire.c */
int fire_cell_at(const struct fire *f, double x, double y); /* -1 off the map */
void fire_center(const struct fire *f, int cell, double *x, double *y);
void fire_beds(struct fire *f); /* beds from air */
void fire_cost(const void *ctx, int cell, struct fire_run *run);
/* Rate of the fire that runs from one cell into another, m/s, and its intensity, kW/m. */
/* The last event of growth, or the first of the fire; none before. The weather that drives it. */
struct cause fire_cause(const struct fire *f);
struct cause fire_weather_cause(const struct fire *f);
void fire_slope(const struct fire *f, int cell, double *e, double *n);
/* The nearest front point to a segment (or point): index, or -1; distance in m. fire_expose.c */
int fire_nearest_front(const struct fire *f, double ax, double ay, double bx, double by, double *distance);
double fire_rate_into(const struct fire *f, int from, int to);
double fire_intensity_into(const struct fire *f, int from, int to);

#endif
