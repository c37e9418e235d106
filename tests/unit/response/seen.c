/* Protects "known is what was seen": a message tells what stood before the eye when it was sent, whatever has become of it when
 * it arrives; and what a cell looked like when it was reported stays so until somebody reports it anew. */
#include "response/bulletin.h"
#include "watched.h"

static struct rig g;
static struct watched h;
static uint8_t cls[WATCHED_SIDE * WATCHED_SIDE];
static int32_t minute[WATCHED_SIDE * WATCHED_SIDE];

/* How many cells the agency knows something burns or burnt in, and on how many it was told anything. */
static int known(int32_t agency, int *told)
{
    int some = 0, all = 0;
    knowledge_seen(g.world.knowledge, agency, FIRE_OWNER, 0, cls, minute);
    for (int i = 0; i < WATCHED_SIDE * WATCHED_SIDE; i++) {
        some += cls[i] > 0;
        all += minute[i] >= 0;
        assert_true(minute[i] >= 0 || cls[i] == 0);
    }
    if (told)
        *told = all;
    return some;
}

static void burn(int cells, uint8_t as)
{
    for (int i = 0; i < cells; i++)
        h.cls[(10 + i / 5) * WATCHED_SIDE + 10 + i % 5] = as;
}

/* A crew on the spot, before it has seen anything. */
static void send_crew(void)
{
    rig_open(&g, 5, NULL, NULL);
    watched_begin(&g, &h);
    rig_give(&g, "forestry dispatch crew to village task=recon");
    for (int i = 0; i < 120 && !rig_event(&g, EV_TASK_STARTED, -1, 0); i++)
        rig_run(&g, 1);
    assert_non_null(rig_event(&g, EV_TASK_STARTED, -1, 0));
}

/* The crew sees one cell; while its message is on the air the fire takes sixteen more. */
static void what_is_heard_is_what_was_seen(void **state)
{
    (void)state;
    int32_t forestry, told = 0;
    send_crew();
    forestry = rig_id(&g, ENT_AGENCY, "forestry");
    g.atlas.channel[rig_id(&g, ENT_CHANNEL, "radio")].delay_ms = 3 * 60000;
    h.lit = true;
    h.size_ha = 1.0;
    burn(1, 5);
    while (!rig_event(&g, EV_TEAM_SAW, -1, 0))
        rig_run(&g, 1);
    int64_t saw = rig_event(&g, EV_TEAM_SAW, -1, 0)->t_ms;
    assert_int_equal(known(forestry, &told), 0);
    h.size_ha = 17.0;
    burn(17, 5);
    for (int i = 0; i < 10 && known(forestry, &told) == 0; i++)
        rig_run(&g, 1);
    assert_int_equal(known(forestry, &told), 1);
    assert_int_equal(told, WATCHED_SIDE * WATCHED_SIDE); /* that nothing was in the others is seen, too */
    assert_int_equal(minute[10 * WATCHED_SIDE + 10], saw / 60000);
    struct fact size = knowledge_get(g.world.knowledge, forestry, FIRE_TOPIC_SIZE, 0);
    assert_true(size.value == 10 && size.seen_ms == saw && size.heard_ms > saw);
    assert_int_equal(known(rig_id(&g, ENT_AGENCY, "power"), &told), 0); /* nobody told them */
    rig_close(&g);
}

/* Burning when it was reported: burning in everybody's picture until somebody says otherwise, with the minute of the report. */
static void a_cell_stays_as_it_was_seen(void **state)
{
    (void)state;
    int32_t forestry;
    int told;
    send_crew();
    forestry = rig_id(&g, ENT_AGENCY, "forestry");
    h.lit = true;
    burn(3, 5);
    while (known(forestry, &told) == 0)
        rig_run(&g, 1);
    int32_t seen = minute[10 * WATCHED_SIDE + 10];
    assert_int_equal(cls[10 * WATCHED_SIDE + 10], 5);
    rig_give(&g, "forestry withdraw crew");
    burn(17, 1); /* it burns down, and further */
    rig_run(&g, 60);
    assert_int_equal(known(forestry, &told), 3);
    assert_int_equal(cls[10 * WATCHED_SIDE + 10], 5);
    assert_true(minute[10 * WATCHED_SIDE + 10] <= seen + 60);
    assert_true(minute[10 * WATCHED_SIDE + 10] * 60000ll < g.world.now_ms - 30 * 60000);
    rig_close(&g);
}

/* So is the road that stopped a crew, and the line it builds: cleared by the time the message comes, they were cut when it left. */
static void roads_are_as_they_were_when_the_message_was_sent(void **state)
{
    (void)state;
    send_crew();
    int32_t forestry = rig_id(&g, ENT_AGENCY, "forestry"), road[2] = {rig_id(&g, ENT_ROAD, "main"), rig_id(&g, ENT_ROAD, "east")};
    g.atlas.channel[rig_id(&g, ENT_CHANNEL, "radio")].delay_ms = 2 * 60000;
    rig_give(&g, "forestry withdraw crew to town");
    for (int i = 0; i < 2; i++)
        (void)world_emit(&g.world, &(struct event){.kind = EV_ROAD_CUT, .i = {road[i]}});
    for (int i = 0; i < 60 && !rig_event(&g, EV_TEAM_BLOCKED, -1, 0); i++)
        rig_run(&g, 1);
    const struct event *blocked = rig_event(&g, EV_TEAM_BLOCKED, -1, 0);
    assert_non_null(blocked);
    for (int i = 0; i < 2; i++)
        (void)world_emit(&g.world, &(struct event){.kind = EV_ROAD_CLEARED, .i = {road[i]}});
    rig_run(&g, 4);
    struct fact f = knowledge_get(g.world.knowledge, forestry, TOPIC_ROAD_STATE, blocked->i[1]);
    assert_true(f.value == 2 && f.seen_ms == blocked->t_ms);
    rig_close(&g);
}

/* Lists come back to the pool: twenty thousand looks later there is as much room as at first. A pool that is full says so. */
static void bulletins_come_back(void **state)
{
    (void)state;
    static struct sight sight[SIGHTS_MAX], back[SIGHTS_MAX];
    struct arena arena;
    arena_init(&arena, 0);
    struct bulletins *b = bulletins_make(&arena);
    static int32_t list[BULLETIN_MAX];
    int lists = 0;
    assert_non_null(b);
    for (int i = 0; i < SIGHTS_MAX; i++)
        sight[i] = (struct sight){i, i + 1, i * 7};
    for (int i = 0; i < 20000; i++) {
        int n = 1 + i % SIGHTS_MAX;
        int32_t one = bulletin_write(b, sight, n);
        assert_true(one > 0);
        assert_int_equal(bulletin_read(b, one, back, SIGHTS_MAX), n);
        assert_memory_equal(sight, back, (size_t)n * sizeof(sight[0]));
        bulletin_free(b, one);
    }
    while ((list[lists] = bulletin_write(b, sight, 8)) != 0)
        lists++;
    assert_int_equal(lists, BULLETIN_MAX);
    bulletin_free(b, list[17]);
    assert_int_equal(bulletin_write(b, sight, 9), 0); /* two links or none */
    assert_true(bulletin_write(b, sight, 1) > 0);
    arena_free(&arena);
}

/* In flight when it is saved, it says the same when it is loaded. */
static void a_message_in_flight_is_saved(void **state)
{
    (void)state;
    static struct walk walk;
    static uint8_t bytes[1 << 22];
    int told;
    send_crew();
    int32_t forestry = rig_id(&g, ENT_AGENCY, "forestry");
    g.atlas.channel[rig_id(&g, ENT_CHANNEL, "radio")].delay_ms = 3 * 60000;
    h.lit = true;
    burn(4, 3);
    while (!rig_event(&g, EV_TEAM_SAW, -1, 0))
        rig_run(&g, 1);
    uint64_t before = world_hash(&g.world, &walk);
    walk_begin_save(&walk, bytes, sizeof(bytes));
    world_walk(&g.world, &walk);
    assert_false(walk.bad);
    size_t size = walk.size;
    rig_run(&g, 5);
    assert_int_equal(known(forestry, &told), 4);
    uint64_t after = world_hash(&g.world, &walk);
    walk_begin_load(&walk, bytes, size);
    world_walk(&g.world, &walk);
    assert_false(walk.bad);
    assert_true(world_hash(&g.world, &walk) == before);
    assert_int_equal(known(forestry, &told), 0);
    rig_run(&g, 5);
    assert_int_equal(known(forestry, &told), 4);
    assert_true(world_hash(&g.world, &walk) == after);
    rig_close(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_heard_is_what_was_seen), cmocka_unit_test(a_cell_stays_as_it_was_seen),
        cmocka_unit_test(roads_are_as_they_were_when_the_message_was_sent), cmocka_unit_test(bulletins_come_back),
        cmocka_unit_test(a_message_in_flight_is_saved)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
