/* stage.h -- what the tests of eval share: an arena for the run, an error, a comparison. */
#ifndef TESTS_UNIT_EVAL_STAGE_H
#define TESTS_UNIT_EVAL_STAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/num.h"

#define HOLE (0.0 / 0.0)

static struct arena arena;
static struct err err;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void near(double got, double want, double within)
{
    if (!(num_abs(got - want) <= within))
        fail_msg("got %.12g, want %.12g", got, want);
}

#endif
