/* Protects "nothing is magic": every mechanism of the response against its stated numbers. Drill starts 12:00, a tick is a minute. */
#include "hazard/fire/fire_parts.h"
#include "watched.h"

static struct rig g;

/* ---- a hazard that does what a test says ---- */

struct menace {
    int32_t place, team; /* that it stands at; -1 */
    double distance_m, flame_m, intensity;
    bool say_endangered, say_caught;
};
static struct menace threat;

static void threat_step(void *self, struct world *w)
{
    struct menace *t = self;
    struct exposure_rows *x = exposure_of(w->exposure, RIG_OWNER);
    for (int32_t i = 0; i < w->exposure->places; i++) {
        x->place[i].distance_m = i == t->place ? t->distance_m : 1e9;
        x->place[i].danger = x->place[i].distance_m < 50.0 ? 1.0 : x->place[i].distance_m < 1000.0 ? 0.5 : 0.0;
        x->place[i].harm = x->place[i].danger;
        x->place[i].seen = x->place[i].distance_m < 800.0;
    }
    for (int32_t i = 0; i < w->exposure->teams; i++) {
        x->team[i].distance_m = i == t->team ? t->distance_m : 1e9;
        x->team[i].harm = 1.0;
    }
    if (t->place >= 0 && t->distance_m <= 0.0 && x->place[t->place].since_ms < 0) {
        x->place[t->place].since_ms = w->now_ms;
        x->place[t->place].event =
            world_emit(w, &(struct event){.kind = EV_PLACE_REACHED, .i = {t->place, RIG_OWNER}, .f = {t->intensity}});
    }
    if (t->say_endangered && t->team >= 0)
        (void)world_emit(w, &(struct event){.kind = EV_TEAM_ENDANGERED, .i = {t->team, RIG_OWNER}, .f = {50, 2000}});
    if (t->say_caught && t->team >= 0)
        (void)world_emit(w, &(struct event){.kind = EV_TEAM_CAUGHT, .i = {t->team, RIG_OWNER}, .f = {5000}});
    t->say_endangered = t->say_caught = false;
}

static void threat_walk(void *self, struct walk *w)
{
    struct menace *t = self;
    walk_f64(w, "threat_distance", &t->distance_m, 1);
}

static const struct slice_ops threat_ops = {"threat", NULL, threat_step, threat_walk};

static int setup(void **state)
{
    (void)state;
    threat = (struct menace){.place = -1, .team = -1, .distance_m = 1e9};
    rig_open(&g, 5, &threat_ops, &threat);
    rig_run(&g, 1);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    rig_close(&g);
    return 0;
}

/* ---- teams and roads ---- */

static void a_team_musters_and_drives_as_stated(void **state)
{
    (void)state;
    rig_give(&g, "forestry dispatch crew to village task=recon");
    rig_run(&g, 40);
    int32_t crew = rig_id(&g, ENT_TEAM, "crew");
    /* radio 1 min, muster 10 min, 6 km at 36 km/h 10 min */
    assert_true(rig_minute(&g, EV_TEAM_TOLD, crew) == 2.0);
    assert_true(rig_minute(&g, EV_TEAM_DEPARTED, crew) == 12.0);
    double arrived = rig_minute(&g, EV_TEAM_ARRIVED, crew);
    assert_true(arrived >= 22.0 && arrived <= 24.0);
}

static void a_muster_by_night_takes_longer(void **state)
{
    (void)state;
    rig_run(&g, 9 * 60); /* 21:01 */
    rig_give(&g, "forestry dispatch crew to village task=recon");
    rig_run(&g, 30);
    assert_true(rig_minute(&g, EV_TEAM_DEPARTED, -1) == 9 * 60 + 1 + 1 + 20);
}

static void a_cut_road_is_met_and_gone_round(void **state)
{
    (void)state;
    int32_t main_road = rig_id(&g, ENT_ROAD, "main"), crew = rig_id(&g, ENT_TEAM, "crew");
    rig_give(&g, "forestry dispatch crew to village task=recon");
    rig_run(&g, 3);
    /* Cut while it musters; nobody tells. It finds out where the road begins, and takes the long way of 12 km, 20 min. */
    (void)world_emit(&g.world, &(struct event){.kind = EV_ROAD_CUT, .i = {main_road}});
    rig_take(&g);
    rig_run(&g, 40);
    assert_non_null(rig_event(&g, EV_TEAM_BLOCKED, crew, 0));
    assert_non_null(rig_event(&g, EV_TEAM_REROUTED, crew, 0));
    double arrived = rig_minute(&g, EV_TEAM_ARRIVED, crew);
    assert_true(arrived >= 32.0 && arrived <= 36.0);
    /* Now its agency knows, by its report alone. */
    assert_int_equal(knowledge_value(g.world.knowledge, rig_id(&g, ENT_AGENCY, "forestry"), TOPIC_ROAD_STATE, main_road, 0), 2);
    assert_int_equal(knowledge_value(g.world.knowledge, rig_id(&g, ENT_AGENCY, "power"), TOPIC_ROAD_STATE, main_road, 0), 0);
}

static void without_any_road_a_team_waits_and_says_so(void **state)
{
    (void)state;
    static const char *const roads[] = {"main", "east"};
    rig_give(&g, "forestry dispatch crew to village task=recon");
    rig_run(&g, 3);
    for (int i = 0; i < 2; i++)
        (void)world_emit(&g.world, &(struct event){.kind = EV_ROAD_CUT, .i = {rig_id(&g, ENT_ROAD, roads[i])}});
    rig_take(&g);
    rig_run(&g, 60);
    struct team_view v;
    response_team(g.response, rig_id(&g, ENT_TEAM, "crew"), &v);
    assert_int_equal(v.stage, W(STAGE, BLOCKED));
    (void)world_emit(&g.world, &(struct event){.kind = EV_ROAD_CLEARED, .i = {rig_id(&g, ENT_ROAD, "main")}});
    rig_take(&g);
    rig_run(&g, 30);
    assert_non_null(rig_event(&g, EV_TEAM_ARRIVED, -1, 0));
}

/* A landslide lies where the water stands: the road is free again when both are gone, in whatever order. */
static void a_road_cut_by_two_causes_is_cleared_by_each(void **state)
{
    (void)state;
    const int32_t road = rig_id(&g, ENT_ROAD, "main"), water = 3, slide = 4;
    static const struct { int kind; bool slide; int32_t left; } turns[] = {
        {EV_ROAD_CUT, false, 2}, {EV_ROAD_CUT, true, 2}, {EV_ROAD_CLEARED, false, 2}, {EV_ROAD_CLEARED, true, 0},
        {EV_ROAD_CUT, true, 2}, {EV_ROAD_CUT, false, 2}, {EV_ROAD_CUT, false, 2}, {EV_ROAD_CLEARED, true, 2},
        {EV_ROAD_CLEARED, true, 2}, {EV_ROAD_CLEARED, false, 0}};
    for (int i = 0; i < COUNT_OF(turns); i++) {
        (void)world_emit(&g.world, &(struct event){.kind = turns[i].kind, .i = {road, turns[i].slide ? slide : water}});
        rig_take(&g);
        assert_int_equal(response_road_state(g.response, road), turns[i].left);
    }
}

/* Both roads are known to be cut: the team says so once, and goes when one is free again. */
static void without_a_known_way_an_order_fails_aloud_and_is_tried_again(void **state)
{
    (void)state;
    int32_t crew = rig_id(&g, ENT_TEAM, "crew"), forestry = rig_id(&g, ENT_AGENCY, "forestry");
    int32_t road[2] = {rig_id(&g, ENT_ROAD, "main"), rig_id(&g, ENT_ROAD, "west")};
    for (int i = 0; i < 2; i++) {
        (void)world_emit(&g.world, &(struct event){.kind = EV_ROAD_CUT, .i = {road[i]}});
        (void)knowledge_tell(g.world.knowledge, forestry, TOPIC_ROAD_STATE, road[i], 2, g.world.now_ms, g.world.now_ms, 0);
    }
    rig_take(&g);
    rig_give(&g, "forestry dispatch crew to ridge task=recon");
    rig_run(&g, 40);
    assert_int_equal(rig_count(&g, EV_ORDER_FAILED), 1);
    const struct event *e = rig_event(&g, EV_ORDER_FAILED, forestry, 0);
    assert_int_equal(e->i[2], W(REASON, ROAD));
    assert_int_equal(e->i[4], crew);
    assert_null(rig_event(&g, EV_TEAM_DEPARTED, crew, 0));
    (void)world_emit(&g.world, &(struct event){.kind = EV_ROAD_CLEARED, .i = {road[0]}});
    (void)knowledge_tell(g.world.knowledge, forestry, TOPIC_ROAD_STATE, road[0], 0, g.world.now_ms, g.world.now_ms, 0);
    rig_take(&g);
    rig_run(&g, 5);
    assert_non_null(rig_event(&g, EV_TEAM_DEPARTED, crew, 0));
}

static void a_line_grows_at_the_stated_rate(void **state)
{
    (void)state;
    rig_give(&g, "forestry dispatch crew task=line line=break_a");
    rig_run(&g, 45);
    int32_t line = rig_id(&g, ENT_LINE, "break_a");
    double start = rig_minute(&g, EV_TASK_STARTED, -1);
    assert_true(start > 0.0);
    double before = response_line_share(g.response, line) * 1000.0;
    rig_run(&g, 60);
    double built = response_line_share(g.response, line) * 1000.0 - before;
    /* 120 m/h less fatigue of at most 40 % by the end of a 4 h shift: within the second hour 10 to 20 % */
    assert_true(built > 95.0 && built < 120.0);
    assert_true(g.world.works->count > 15); /* recorded in pieces of some metres */
}

static void fatigue_stops_a_crew_and_rest_mends_it(void **state)
{
    (void)state;
    rig_give(&g, "forestry dispatch crew task=line line=break_a");
    rig_run(&g, 8 * 60);
    const struct event *tired = rig_event(&g, EV_TEAM_TIRED, -1, 0), *stopped = rig_event(&g, EV_TASK_STOPPED, -1, 0);
    assert_non_null(tired);
    assert_non_null(stopped);
    assert_int_equal(tired->i[1], 4 * 3600000);
    assert_int_equal(stopped->i[2], W(REASON, TIRED));
    assert_true(stopped->t_ms - tired->t_ms == 2 * 3600000); /* at one and a half shifts */
}

static void two_orders_in_the_air_are_a_conflict(void **state)
{
    (void)state;
    rig_give(&g, "forestry dispatch crew to village task=recon");
    rig_give(&g, "district dispatch crew to mill task=recon");
    rig_run(&g, 40);
    const struct event *e = rig_event(&g, EV_ORDER_CONFLICT, -1, 0);
    assert_non_null(e);
    assert_int_equal(e->i[1], 2);
    assert_int_equal(e->i[2], 1);
    assert_int_equal(rig_event(&g, EV_TEAM_ARRIVED, -1, 0)->i[1], rig_id(&g, ENT_PLACE, "mill")); /* the later order */
}

static void a_leader_refuses_what_breaks_a_rule(void **state)
{
    (void)state;
    rig_give(&g, "forestry dispatch crew to ridge task=attack tactic=head");
    rig_give(&g, "forestry dispatch second to mill task=attack");
    rig_run(&g, 5);
    const struct event *head = rig_event(&g, EV_TEAM_REFUSED, rig_id(&g, ENT_TEAM, "crew"), 0);
    const struct event *live = rig_event(&g, EV_TEAM_REFUSED, rig_id(&g, ENT_TEAM, "second"), 0);
    assert_non_null(head);
    assert_non_null(live);
    assert_int_equal(head->i[1], W(REASON, SAFETY));
    assert_int_equal(live->i[1], W(REASON, POWERED)); /* the mill lies under the line */
    /* The power off, it goes. */
    rig_give(&g, "district request cut");
    rig_run(&g, 30);
    assert_non_null(rig_event(&g, EV_POWER_CUT, -1, 0));
    rig_give(&g, "forestry dispatch second to mill task=attack");
    rig_run(&g, 5);
    assert_null(rig_event(&g, EV_TEAM_REFUSED, rig_id(&g, ENT_TEAM, "second"), 1));
}

/* Hurt and dead of a crew that is caught, over seeds. */
static double harm(const char *order, const char *team)
{
    int32_t sum = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        threat = (struct menace){.place = -1, .team = -1, .distance_m = 1e9};
        static struct rig h;
        rig_open(&h, seed, &threat_ops, &threat);
        rig_run(&h, 1);
        struct err e = {0};
        if (rig_try(&h, order, &e) != RC_OK)
            fail_msg("%s", err_text(&e, LANG_EN));
        rig_run(&h, 80);
        threat.team = rig_id(&h, ENT_TEAM, team);
        threat.distance_m = 20;
        threat.say_caught = true;
        rig_run(&h, 2);
        struct team_view v;
        response_team(h.response, threat.team, &v);
        assert_int_equal(v.people + v.hurt + v.dead, h.atlas.team[threat.team].people);
        sum += v.hurt + v.dead;
        rig_close(&h);
    }
    return sum / 20.0;
}

static void strangers_without_guide_come_to_harm(void **state)
{
    (void)state;
    /* Xichang 2020: an outside crew, by night, no guide, no channel. 40 people; shares 60 %, 25 %, 3 %. */
    double lost = harm("forestry dispatch stranger to ridge task=guard", "stranger");
    double guided = harm("forestry dispatch stranger to ridge task=guard guide=yes radio=yes", "stranger");
    double safe = harm("forestry dispatch stranger to ridge task=guard guide=yes radio=yes lookout=yes", "stranger");
    assert_true(lost > 20.0 && lost < 28.0);
    assert_true(guided > 7.0 && guided < 13.0);
    assert_true(safe > 0.2 && safe < 3.0);
}

static void a_lookout_gets_a_crew_out_in_time(void **state)
{
    (void)state;
    rig_give(&g, "forestry dispatch crew to ridge task=guard lookout=yes");
    rig_run(&g, 60);
    threat.team = rig_id(&g, ENT_TEAM, "crew");
    threat.distance_m = 60;
    threat.say_endangered = true;
    rig_run(&g, 2);
    const struct event *e = rig_event(&g, EV_TEAM_WITHDRAWN, threat.team, 0);
    assert_non_null(e);
    assert_int_equal(e->i[1], W(REASON, HAZARD));
    assert_int_equal(e->cause.kind, CAUSE_EVENT);
    assert_int_equal(g.log[e->cause.ref - 1].kind, EV_TEAM_ENDANGERED);
}

static void volunteers_serve_only_once_they_have_come(void **state)
{
    (void)state;
    rig_refused(&g, "district dispatch riders to village task=support", "not come");
    struct order come;
    struct err e = {0};
    assert_int_equal(order_parse(TEXT("world come riders to town"), &g.atlas, g.world.now_ms, &come, &e), RC_OK);
    const struct rule *rule = response_find_rule(VERB_COME);
    assert_int_equal(rule->check(g.response, &g.world, &come, &e), RC_OK);
    rule->act(g.response, &g.world, &come);
    rig_take(&g);
    rig_run(&g, 3);
    rig_give(&g, "district dispatch riders to village task=support");
}

static struct watched fire;

/* From now on there is something to be seen, there. */
static void show_fire(double x, double y)
{
    watched_begin(&g, &fire);
    fire.lit = true;
    fire.x = x;
    fire.y = y;
}

static void riders_come(void)
{
    struct order come;
    struct err e = {0};
    assert_int_equal(order_parse(TEXT("world come riders to town"), &g.atlas, g.world.now_ms, &come, &e), RC_OK);
    response_find_rule(VERB_COME)->act(g.response, &g.world, &come);
    rig_take(&g);
    rig_run(&g, 2);
}

static void volunteers_are_registered_in_ten_minutes_and_then_wait(void **state)
{
    (void)state;
    int32_t riders = rig_id(&g, ENT_TEAM, "riders");
    rig_refused(&g, "district register crew", "no volunteers");
    rig_refused(&g, "district register riders", "not come");
    riders_come();
    rig_refused(&g, "police register riders", "belong");
    show_fire(0, 0);
    rig_give(&g, "district register riders");
    rig_refused(&g, "district register riders", "being registered");
    rig_run(&g, 9);
    assert_int_equal(rig_count(&g, EV_TEAM_REGISTERED), 0);
    rig_run(&g, 1);
    assert_int_equal(rig_count(&g, EV_TEAM_REGISTERED), 1);
    rig_run(&g, 60);
    assert_int_equal(rig_count(&g, EV_TEAM_STRAYED), 0);
    rig_refused(&g, "district register riders", "registered");
    assert_int_equal(rig_event(&g, EV_TEAM_REGISTERED, riders, 0)->cause.kind, CAUSE_ORDER);
}

static void volunteers_turned_away_are_gone(void **state)
{
    (void)state;
    int32_t riders = rig_id(&g, ENT_TEAM, "riders");
    riders_come();
    show_fire(0, 0);
    rig_give(&g, "district turn_away riders");
    rig_run(&g, 90);
    struct team_view v;
    response_team(g.response, riders, &v);
    assert_int_equal(v.stage, W(STAGE, AWAY));
    assert_int_equal(rig_count(&g, EV_TEAM_STRAYED), 0);
    rig_refused(&g, "district dispatch riders to village task=support", "not come");
}

/* Neglected for half an hour they go up by themselves: nobody knows, nobody has briefed them, their cars are on the road. */
static void volunteers_left_to_themselves_go_up(void **state)
{
    (void)state;
    int32_t riders = rig_id(&g, ENT_TEAM, "riders");
    struct team_view v;
    riders_come();
    rig_run(&g, 40);
    assert_int_equal(rig_count(&g, EV_TEAM_STRAYED), 0); /* there is nothing to see */
    show_fire(7000, 3000);
    rig_run(&g, 1);
    const struct event *e = rig_event(&g, EV_TEAM_STRAYED, riders, 0);
    assert_non_null(e);
    assert_in_range(e->i[1], 30 * 60000, 60 * 60000);
    assert_int_equal(e->also.kind, CAUSE_ABSENCE);
    assert_int_equal(e->also.ref, VERB_REGISTER);
    assert_int_equal(g.log[e->cause.ref - 1].kind, EV_TEAM_CAME);
    rig_run(&g, 2);
    response_team(g.response, riders, &v);
    assert_int_equal(v.road, rig_id(&g, ENT_ROAD, "main"));
    rig_refused(&g, "district turn_away riders", "withdraw them first");
    rig_run(&g, 60);
    response_team(g.response, riders, &v);
    assert_true(v.x > 6900 && v.y > 2900); /* at the head of the fire */
    rig_give(&g, "district withdraw riders to town");
    rig_run(&g, 60);
    rig_give(&g, "district turn_away riders");
}

static void volunteers_with_an_order_do_not_stray(void **state)
{
    (void)state;
    int32_t riders = rig_id(&g, ENT_TEAM, "riders");
    riders_come();
    show_fire(0, 0);
    rig_give(&g, "district dispatch riders to village task=support");
    rig_run(&g, 90);
    assert_int_equal(rig_count(&g, EV_TEAM_STRAYED), 0); /* somebody has spoken to them */
    assert_non_null(rig_event(&g, EV_TASK_STARTED, riders, 0));
}

/* ---- communications ---- */

static void outage(const char *line)
{
    struct order o;
    struct err e = {0};
    assert_int_equal(order_parse(text_of(line), &g.atlas, g.world.now_ms, &o, &e), RC_OK);
    response_find_rule(o.verb)->act(g.response, &g.world, &o);
    rig_take(&g);
}

static void a_message_takes_the_next_channel(void **state)
{
    (void)state;
    rig_give(&g, "forestry dispatch crew to village task=recon");
    outage("world outage radio"); /* after it was sent */
    rig_run(&g, 10);
    const struct event *e = rig_event(&g, EV_MESSAGE_SWITCHED, -1, 0);
    assert_non_null(e);
    assert_int_equal(e->i[2], rig_id(&g, ENT_CHANNEL, "mobile"));
    assert_true(rig_minute(&g, EV_TEAM_TOLD, -1) >= 4.0); /* 1 min lost, then 2 min by mobile */
}

static void without_a_channel_somebody_drives_over(void **state)
{
    (void)state;
    outage("world outage radio");
    outage("world outage mobile");
    rig_give(&g, "forestry dispatch crew to village task=recon");
    rig_run(&g, 24);
    assert_null(rig_event(&g, EV_TEAM_TOLD, -1, 0));
    rig_run(&g, 3);
    assert_true(rig_minute(&g, EV_TEAM_TOLD, -1) == 26.0);
    /* Its agency hears nothing back: what was not heard is not known. */
    rig_run(&g, 30);
    struct team_view v;
    response_team(g.response, rig_id(&g, ENT_TEAM, "crew"), &v);
    assert_int_not_equal(v.stage, W(STAGE, HOME));
    assert_int_equal(knowledge_value(g.world.knowledge, rig_id(&g, ENT_AGENCY, "forestry"), TOPIC_TEAM_STAGE,
                                     rig_id(&g, ENT_TEAM, "crew"), W(STAGE, HOME)), W(STAGE, HOME));
    assert_non_null(rig_event(&g, EV_MESSAGE_LOST, -1, 0));
}

static void an_outage_ends_when_it_was_said_to(void **state)
{
    (void)state;
    outage("world outage radio for=30min");
    rig_run(&g, 29);
    assert_int_equal(response_channel_percent(g.response, rig_id(&g, ENT_CHANNEL, "radio")), 0);
    rig_run(&g, 2);
    assert_int_equal(response_channel_percent(g.response, rig_id(&g, ENT_CHANNEL, "radio")), 100);
}

/* ---- coordination ---- */

static void a_request_lives_through_its_stages(void **state)
{
    (void)state;
    rig_give(&g, "district request cut"); /* by mobile: 2 min there, read 2 min, act 5 min, 2 min back */
    rig_run(&g, 40);
    assert_true(rig_minute(&g, EV_REQUEST_MADE, 1) == 1.0);
    assert_true(rig_minute(&g, EV_REQUEST_READ, 1) >= 5.0 && rig_minute(&g, EV_REQUEST_READ, 1) <= 6.0);
    assert_true(rig_minute(&g, EV_REQUEST_ACCEPTED, 1) >= rig_minute(&g, EV_REQUEST_READ, 1));
    double done = rig_minute(&g, EV_REQUEST_DONE, 1), closed = rig_minute(&g, EV_REQUEST_CLOSED, 1);
    assert_true(done - rig_minute(&g, EV_REQUEST_ACCEPTED, 1) == 5.0);
    assert_true(closed - done == 2.0);
    struct matrix_cell cell;
    response_matrix(g.response, rig_id(&g, ENT_AGENCY, "district"), rig_id(&g, ENT_AGENCY, "power"), &cell);
    assert_int_equal(cell.requests, 1);
    assert_int_equal(cell.open, 0);
    assert_true(cell.median_ms == (int64_t)((rig_minute(&g, EV_REQUEST_ACCEPTED, 1) - 1.0) * 60000.0));
}

static void duplicates_are_told_and_refused(void **state)
{
    (void)state;
    rig_give(&g, "district request heli");
    rig_give(&g, "forestry request heli");
    rig_run(&g, 20);
    assert_non_null(rig_event(&g, EV_REQUEST_DUPLICATED, 2, 0));
    assert_int_equal(rig_event(&g, EV_REQUEST_REFUSED, 2, 0)->i[4], W(REASON, DUPLICATE));
    rig_refused(&g, "city request heli", "provides");
}

static void no_helicopter_by_night_or_in_wind(void **state)
{
    (void)state;
    rig_run(&g, 9 * 60);
    rig_give(&g, "district request heli");
    rig_run(&g, 20);
    assert_int_equal(rig_event(&g, EV_REQUEST_REFUSED, 1, 0)->i[4], W(REASON, NIGHT));
    rig_refused(&g, "district dispatch bird to village task=drop", "request");
}

static double away(double x) { return x < 0.0 ? -x : x; }

/* Buckets wet 60 m by 15 m across the wind, 40 m before the head, every six minutes, dry after thirty; not in wind over the limit. */
static void buckets_wet_the_ground_ahead(void **state)
{
    (void)state;
    int32_t bird = rig_id(&g, ENT_TEAM, "bird");
    struct fire *f = g.fire;
    const double x = 7000.0, y = 1000.0;
    f->head_x = x + 200.0;
    f->head_y = y;
    for (int k = 0; k < 50; k++) {
        struct effort job = {.team = bird, .task = FIRE_TASK_DROP, .target_kind = ON_POINT, .x = x, .y = y, .amount_s = 1.0};
        g.world.now_ms += 60000;
        g.world.weather->now.wind_ms = 4.0;
        g.world.weather->now.from_deg = 270.0; /* blows to the east */
        f->crew[bird].wind_limit_ms = k < 30 ? 14.0 : 3.0;
        fire_hazard.effort(f, &g.world, &job);
        if (k == 29)
            assert_in_range(g.world.works->count, 4, 6);
    }
    assert_int_equal(g.world.works->count, 5); /* none when it was too windy */
    const struct work *one = &g.world.works->work[g.world.works->count - 1];
    assert_int_equal(one->task, FIRE_TASK_DROP);
    assert_true(away(one->ax - (x + 240.0)) < 1e-6 && away(one->bx - one->ax) < 1e-6);
    assert_true(away(away(one->ay - one->by) - 60.0) < 1e-6);
    assert_int_equal(one->until_ms - one->at_ms, 30 * 60000);
}

static void one_clerk_does_one_thing_at_a_time(void **state)
{
    (void)state;
    rig_give(&g, "district request cordon");
    rig_give(&g, "district request bus");
    rig_run(&g, 40);
    double first = rig_minute(&g, EV_REQUEST_DONE, 1), second = rig_minute(&g, EV_REQUEST_DONE, 2);
    assert_true(first > 0.0 && second - first >= 10.0); /* staff 1, ten minutes each */
    assert_int_equal(response_road_state(g.response, rig_id(&g, ENT_ROAD, "up")), 1);
}

static void nobody_answers_and_the_request_is_an_orphan(void **state)
{
    (void)state;
    outage("world outage mobile");
    outage("world outage radio");
    rig_give(&g, "district request bus");
    outage("world outage mobile for=10h");
    rig_run(&g, 20);
    assert_null(rig_event(&g, EV_REQUEST_READ, 1, 0));
    rig_run(&g, 70);
    /* A runner brought it after 25 min: it was read; so it is no orphan. */
    assert_non_null(rig_event(&g, EV_REQUEST_READ, 1, 0));
    assert_null(rig_event(&g, EV_REQUEST_ORPHANED, 1, 0));
}

/* ---- command ---- */

static void authority_is_checked_and_the_right_one_named(void **state)
{
    (void)state;
    rig_refused(&g, "forestry level 4", "District may");
    rig_refused(&g, "district level 1", "City may");
    rig_refused(&g, "forestry post at town", "District");
    rig_refused(&g, "district warn red", "nobody");
    rig_refused(&g, "forestry evacuate village to mill", "may not");
    rig_refused(&g, "police dispatch crew to village", "belongs to Forestry");
    rig_give(&g, "district level 4 elements=matter+level+period+measures");
    rig_refused(&g, "district level 4", "already");
}

static void command_passes_upward_and_not_back(void **state)
{
    (void)state;
    rig_give(&g, "district commander district");
    rig_run(&g, 2);
    rig_give(&g, "city commander city");
    rig_run(&g, 4);
    rig_refused(&g, "district commander district", "City");
    rig_refused(&g, "district approve", "City");
    struct command_view c;
    response_command(g.response, &c);
    assert_int_equal(c.commander, rig_id(&g, ENT_AGENCY, "city"));
}

static void a_post_takes_time_and_can_be_overrun(void **state)
{
    (void)state;
    rig_give(&g, "district post at town");
    rig_run(&g, 40);
    assert_true(rig_minute(&g, EV_POST_OPENED, -1) >= 21.0 && rig_minute(&g, EV_POST_OPENED, -1) <= 23.0);
    assert_non_null(rig_event(&g, EV_COMMS_CHECKED, -1, 0));
    threat.place = rig_id(&g, ENT_PLACE, "town");
    threat.distance_m = 10;
    rig_run(&g, 2);
    assert_non_null(rig_event(&g, EV_POST_OVERRUN, -1, 0));
    struct command_view c;
    response_command(g.response, &c);
    assert_false(c.post_open);
}

static void a_bad_place_costs_time(void **state)
{
    (void)state;
    rig_give(&g, "district post at ridge"); /* no site for a post: 45 min, and 12 min to drive there */
    rig_run(&g, 50);
    assert_null(rig_event(&g, EV_POST_OPENED, -1, 0));
    rig_run(&g, 30);
    assert_non_null(rig_event(&g, EV_POST_OPENED, -1, 0));
}

static void a_report_is_held_against_what_its_sender_knew(void **state)
{
    (void)state;
    int32_t district = rig_id(&g, ENT_AGENCY, "district"), crew = rig_id(&g, ENT_TEAM, "crew");
    /* Knows nothing: a wrong figure is an error of others, not a lie. */
    rig_give(&g, "district report to city form=first area=1 hurt=0");
    assert_null(rig_event(&g, EV_REPORT_FALSE, -1, 0));
    (void)knowledge_tell(g.world.knowledge, district, FIRE_TOPIC_SIZE, 0, 400, g.world.now_ms, g.world.now_ms, 0);
    (void)knowledge_tell(g.world.knowledge, district, TOPIC_TEAM_HURT, crew, 3, g.world.now_ms, g.world.now_ms, 0);
    rig_give(&g, "district report to city form=update area=38 hurt=3");
    assert_null(rig_event(&g, EV_REPORT_FALSE, -1, 0));
    rig_give(&g, "district report to city form=update area=5 hurt=0");
    assert_non_null(rig_event(&g, EV_REPORT_FALSE, -1, 0));
    const struct event *e = rig_event(&g, EV_REPORT_CONCEALED, -1, 0);
    assert_non_null(e);
    assert_int_equal(e->i[3], 3);
    assert_int_equal(e->i[4], 0);
    rig_run(&g, 5);
    assert_int_equal(rig_count(&g, EV_REPORT_RECEIVED), 3);
}

static void a_report_is_missed_at_its_limit_and_late_after(void **state)
{
    (void)state;
    rig_give(&g, "district level 4");
    rig_run(&g, 30);
    assert_int_equal(rig_count(&g, EV_REPORT_MISSING), 0);
    rig_run(&g, 2);
    const struct event *missing = rig_event(&g, EV_REPORT_MISSING, -1, 0);
    assert_non_null(missing);
    assert_int_equal(missing->also.kind, CAUSE_ABSENCE);
    assert_int_equal(missing->also.ref, VERB_REPORT);
    rig_run(&g, 10);
    rig_give(&g, "district report to city form=first");
    const struct event *late = rig_event(&g, EV_REPORT_LATE, -1, 0);
    assert_non_null(late);
    assert_int_equal(late->i[3], (42 - 30) * 60000);
    rig_give(&g, "district report to city form=first"); /* late but once */
    rig_run(&g, 60);
    assert_int_equal(rig_count(&g, EV_REPORT_LATE), 1);
    assert_int_equal(rig_count(&g, EV_REPORT_MISSING), 1);
}

static void a_report_in_time_is_neither(void **state)
{
    (void)state;
    rig_give(&g, "district level 4");
    rig_run(&g, 20);
    rig_give(&g, "district report to city form=first");
    rig_run(&g, 60);
    assert_int_equal(rig_count(&g, EV_REPORT_MISSING) + rig_count(&g, EV_REPORT_LATE), 0);
}

static void a_call_is_pursued_until_it_is_answered(void **state)
{
    (void)state;
    for (int i = 0; i < 40; i++)
        rig_give(&g, "district call police");
    rig_run(&g, 40);
    int answered = rig_count(&g, EV_CALL_ANSWERED), never = rig_count(&g, EV_CALL_UNANSWERED);
    assert_true(answered >= 1); /* one answer ends all calls between the two */
    assert_int_equal(never, 0);
    outage("world outage radio");
    outage("world outage mobile");
    rig_give(&g, "district call forestry");
    rig_run(&g, 22);
    assert_int_equal(rig_count(&g, EV_CALL_UNANSWERED), 1);
}

static void a_consultation_pools_what_is_known(void **state)
{
    (void)state;
    int32_t forestry = rig_id(&g, ENT_AGENCY, "forestry"), district = rig_id(&g, ENT_AGENCY, "district");
    (void)knowledge_tell(g.world.knowledge, forestry, FIRE_TOPIC_SIZE, 0, 77, g.world.now_ms, g.world.now_ms, 0);
    assert_int_equal(knowledge_value(g.world.knowledge, district, FIRE_TOPIC_SIZE, 0, -1), -1);
    rig_give(&g, "district consult \"研判\"");
    rig_run(&g, 12);
    assert_true(rig_minute(&g, EV_CONSULT_HELD, -1) == 11.0 || rig_minute(&g, EV_CONSULT_HELD, -1) == 12.0);
    assert_int_equal(knowledge_value(g.world.knowledge, district, FIRE_TOPIC_SIZE, 0, -1), 77);
    rig_give(&g, "district approve");
    assert_int_equal(rig_event(&g, EV_PLAN_APPROVED, -1, 0)->i[1], 1);
}

/* ---- the public ---- */

static int32_t everybody(int32_t place)
{
    struct place_view v;
    response_place(g.response, place, &v);
    return v.people + v.moving + v.moved + v.hurt + v.dead;
}

static void people_leave_when_told_and_are_conserved(void **state)
{
    (void)state;
    int32_t village = rig_id(&g, ENT_PLACE, "village");
    struct place_view v;
    rig_give(&g, "district shelter mill");
    rig_give(&g, "district evacuate village to mill");
    rig_give(&g, "police dispatch patrol to village task=evacuate");
    rig_give(&g, "district request bus");
    for (int i = 0; i < 240; i++) {
        rig_run(&g, 1);
        assert_int_equal(everybody(village), 100);
    }
    response_place(g.response, village, &v);
    assert_true(v.moved >= 95);
    assert_non_null(rig_event(&g, EV_PEOPLE_WARNED, village, 0));
    assert_int_equal(rig_event(&g, EV_PEOPLE_MOVED, village, 0)->i[3], 25);
}

static void nobody_leaves_who_was_not_told(void **state)
{
    (void)state;
    rig_run(&g, 300);
    struct place_view v;
    response_place(g.response, rig_id(&g, ENT_PLACE, "village"), &v);
    assert_int_equal(v.people, 100);
    assert_int_equal(v.moving, 0);
}

static void a_closed_door_takes_nobody_and_a_full_house_no_more(void **state)
{
    (void)state;
    int32_t village = rig_id(&g, ENT_PLACE, "village");
    struct place_view v;
    rig_give(&g, "district evacuate village to town"); /* not opened, and 60 beds for 100 people */
    rig_run(&g, 180);
    response_place(g.response, village, &v);
    assert_int_equal(v.moved, 0);
    assert_true(v.moving > 0);
    rig_give(&g, "district shelter town");
    rig_run(&g, 180);
    response_place(g.response, village, &v);
    assert_int_equal(v.moved, 60);
    assert_non_null(rig_event(&g, EV_SHELTER_FULL, rig_id(&g, ENT_PLACE, "town"), 0));
    assert_int_equal(everybody(village), 100);
}

static void those_left_are_trapped_with_the_absence_as_cause(void **state)
{
    (void)state;
    int32_t village = rig_id(&g, ENT_PLACE, "village");
    threat.place = village;
    threat.distance_m = 0;
    rig_run(&g, 1);
    const struct event *e = rig_event(&g, EV_PEOPLE_TRAPPED, village, 0);
    assert_non_null(e);
    assert_int_equal(e->i[1], 100);
    assert_int_equal(e->also.kind, CAUSE_ABSENCE);
    assert_int_equal(e->also.ref, VERB_EVACUATE);
    assert_int_equal(everybody(village), 100);
    /* Rescuers bring them out, medics treat. */
    rig_give(&g, "police dispatch patrol to village task=evacuate");
    rig_give(&g, "district dispatch medics to village task=medical");
    rig_run(&g, 240);
    struct place_view v;
    response_place(g.response, village, &v);
    assert_int_equal(v.trapped, 0);
    assert_true(rig_count(&g, EV_PEOPLE_RESCUED) > 0);
    assert_int_equal(everybody(village), 100);
}

/* ---- supplies ---- */

static void stock_is_conserved(void **state)
{
    (void)state;
    int32_t town = rig_id(&g, ENT_PLACE, "town"), mill = rig_id(&g, ENT_PLACE, "mill");
    rig_refused(&g, "district send water 51 from town to mill", "50");
    rig_refused(&g, "district send water 0 from town to mill", "positive");
    rig_give(&g, "district send water 30 from town to mill");
    assert_int_equal(response_stock(g.response, town, 0), 20);
    for (int i = 0; i < 60; i++) {
        rig_run(&g, 1);
        assert_int_equal(response_stock(g.response, town, 0) + response_stock(g.response, mill, 0) +
                             response_in_transit(g.response, 0), 50);
    }
    assert_int_equal(response_stock(g.response, mill, 0), 30);
    /* 15 min to load, 10 min drive at 36 km/h, 1.4 times for a lorry */
    double came = rig_minute(&g, EV_SUPPLY_CAME, mill);
    assert_true(came >= 29.0 && came <= 33.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_team_musters_and_drives_as_stated), T(a_muster_by_night_takes_longer), T(a_cut_road_is_met_and_gone_round),
        T(a_road_cut_by_two_causes_is_cleared_by_each),
        T(without_any_road_a_team_waits_and_says_so), T(without_a_known_way_an_order_fails_aloud_and_is_tried_again), T(a_line_grows_at_the_stated_rate), T(fatigue_stops_a_crew_and_rest_mends_it),
        T(two_orders_in_the_air_are_a_conflict), T(a_leader_refuses_what_breaks_a_rule), T(strangers_without_guide_come_to_harm),
        T(a_lookout_gets_a_crew_out_in_time), T(volunteers_serve_only_once_they_have_come),
        T(volunteers_are_registered_in_ten_minutes_and_then_wait), T(volunteers_turned_away_are_gone), T(volunteers_left_to_themselves_go_up),
        T(volunteers_with_an_order_do_not_stray), T(a_message_takes_the_next_channel),
        T(without_a_channel_somebody_drives_over), T(an_outage_ends_when_it_was_said_to), T(a_request_lives_through_its_stages),
        T(duplicates_are_told_and_refused), T(no_helicopter_by_night_or_in_wind), T(buckets_wet_the_ground_ahead), T(one_clerk_does_one_thing_at_a_time),
        T(nobody_answers_and_the_request_is_an_orphan), T(authority_is_checked_and_the_right_one_named),
        T(command_passes_upward_and_not_back), T(a_post_takes_time_and_can_be_overrun), T(a_bad_place_costs_time),
        T(a_report_is_held_against_what_its_sender_knew), T(a_report_is_missed_at_its_limit_and_late_after), T(a_report_in_time_is_neither), T(a_call_is_pursued_until_it_is_answered),
        T(a_consultation_pools_what_is_known), T(people_leave_when_told_and_are_conserved), T(nobody_leaves_who_was_not_told),
        T(a_closed_door_takes_nobody_and_a_full_house_no_more), T(those_left_are_trapped_with_the_absence_as_cause),
        T(stock_is_conserved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
