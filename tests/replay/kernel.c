/* A kernel after the rules of base/lanes8.h: stencil, sum and greatest of a raster, at one level of
 * vector code and with so many threads. Prints the bits; bits_matrix.test.sh compares them. Usage:
 * kernel scalar|sse2|avx2 THREADS */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/lanes8.h"
#include "base/rng.h"
#include "session/lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

struct level {
    void (*stencil)(const float *up, const float *mid, const float *down, float *out, int n);
    void (*sum)(struct lanes8 *s, const float *v, int n);
    float (*max)(float best, const float *v, int n);
};

/* ---- scalar: what the others must equal ---- */

static float cell(float u, float l, float m, float r, float d)
{
    float around = (l + r) + (u + d);
    return m + 0.2f * (around - 4.0f * m);
}

/* The cells from .. to - 1 of a row, edges standing for their own neighbours. */
static void stencil_part(const float *up, const float *mid, const float *down, float *out, int n,
                         int from, int to)
{
    for (int i = from; i < to; i++)
        out[i] =
            cell(up[i], mid[i > 0 ? i - 1 : 0], mid[i], mid[i + 1 < n ? i + 1 : n - 1], down[i]);
}

static void sum_part(struct lanes8 *s, const float *v, int n, int from)
{
    for (int i = from; i < n; i++)
        lanes8_add(s, i, (double)v[i]);
}

static float max_part(float best, const float *v, int n, int from)
{
    for (int i = from; i < n; i++)
        best = lanes8_max(v[i], best);
    return best;
}

static void stencil_scalar(const float *up, const float *mid, const float *down, float *out, int n)
{
    stencil_part(up, mid, down, out, n, 0, n);
}

static void sum_scalar(struct lanes8 *s, const float *v, int n)
{
    sum_part(s, v, n, 0);
}

static float max_scalar(float best, const float *v, int n)
{
    return max_part(best, v, n, 0);
}

#if defined(__x86_64__)

/* ---- SSE2 ---- */

static void stencil_sse2(const float *up, const float *mid, const float *down, float *out, int n)
{
    const __m128 k = _mm_set1_ps(0.2f), four = _mm_set1_ps(4.0f);
    int i = 1;
    for (; i + 4 < n; i += 4) {
        __m128 m = _mm_loadu_ps(mid + i);
        __m128 around = _mm_add_ps(_mm_add_ps(_mm_loadu_ps(mid + i - 1), _mm_loadu_ps(mid + i + 1)),
                                   _mm_add_ps(_mm_loadu_ps(up + i), _mm_loadu_ps(down + i)));
        _mm_storeu_ps(out + i,
                      _mm_add_ps(m, _mm_mul_ps(k, _mm_sub_ps(around, _mm_mul_ps(four, m)))));
    }
    stencil_part(up, mid, down, out, n, 0, n < 1 ? n : 1);
    stencil_part(up, mid, down, out, n, i, n);
}

static void sum_sse2(struct lanes8 *s, const float *v, int n)
{
    __m128d a[4];
    int i = 0;
    for (int k = 0; k < 4; k++)
        a[k] = _mm_loadu_pd(s->at + 2 * k);
    for (; i + 8 <= n; i += 8) {
        for (int k = 0; k < 4; k++)
            a[k] = _mm_add_pd(a[k], _mm_cvtps_pd(_mm_castsi128_ps(_mm_loadl_epi64(
                                        (const __m128i *)(const void *)(v + i + 2 * k)))));
    }
    for (int k = 0; k < 4; k++)
        _mm_storeu_pd(s->at + 2 * k, a[k]);
    sum_part(s, v, n, i);
}

static float max_sse2(float best, const float *v, int n)
{
    __m128 m = _mm_set1_ps(best);
    float lane[4];
    int i = 0;
    for (; i + 4 <= n; i += 4)
        m = _mm_max_ps(_mm_loadu_ps(v + i), m);
    _mm_storeu_ps(lane, m);
    best = max_part(best, lane, 4, 0);
    return max_part(best, v, n, i);
}

/* ---- AVX2, never with fma ---- */

__attribute__((target("avx2"))) static void stencil_avx2(const float *up, const float *mid,
                                                         const float *down, float *out, int n)
{
    const __m256 k = _mm256_set1_ps(0.2f), four = _mm256_set1_ps(4.0f);
    int i = 1;
    for (; i + 8 < n; i += 8) {
        __m256 m = _mm256_loadu_ps(mid + i);
        __m256 around =
            _mm256_add_ps(_mm256_add_ps(_mm256_loadu_ps(mid + i - 1), _mm256_loadu_ps(mid + i + 1)),
                          _mm256_add_ps(_mm256_loadu_ps(up + i), _mm256_loadu_ps(down + i)));
        _mm256_storeu_ps(
            out + i,
            _mm256_add_ps(m, _mm256_mul_ps(k, _mm256_sub_ps(around, _mm256_mul_ps(four, m)))));
    }
    stencil_part(up, mid, down, out, n, 0, n < 1 ? n : 1);
    stencil_part(up, mid, down, out, n, i, n);
}

__attribute__((target("avx2"))) static void sum_avx2(struct lanes8 *s, const float *v, int n)
{
    __m256d low = _mm256_loadu_pd(s->at), high = _mm256_loadu_pd(s->at + 4);
    int i = 0;
    for (; i + 8 <= n; i += 8) {
        low = _mm256_add_pd(low, _mm256_cvtps_pd(_mm_loadu_ps(v + i)));
        high = _mm256_add_pd(high, _mm256_cvtps_pd(_mm_loadu_ps(v + i + 4)));
    }
    _mm256_storeu_pd(s->at, low);
    _mm256_storeu_pd(s->at + 4, high);
    sum_part(s, v, n, i);
}

__attribute__((target("avx2"))) static float max_avx2(float best, const float *v, int n)
{
    __m256 m = _mm256_set1_ps(best);
    float lane[8];
    int i = 0;
    for (; i + 8 <= n; i += 8)
        m = _mm256_max_ps(_mm256_loadu_ps(v + i), m);
    _mm256_storeu_ps(lane, m);
    best = max_part(best, lane, 8, 0);
    return max_part(best, v, n, i);
}

static const struct level levels[] = {
    [KERNEL_SCALAR] = {stencil_scalar, sum_scalar, max_scalar},
    [KERNEL_SSE2] = {stencil_sse2, sum_sse2, max_sse2},
    [KERNEL_AVX2] = {stencil_avx2, sum_avx2, max_avx2},
};
#else
static const struct level levels[] = {
    [KERNEL_SCALAR] = {stencil_scalar, sum_scalar, max_scalar},
    [KERNEL_SSE2] = {stencil_scalar, sum_scalar, max_scalar},
    [KERNEL_AVX2] = {stencil_scalar, sum_scalar, max_scalar},
};
#endif

/* ---- a raster ---- */

struct field {
    const struct level *level;
    int cols, rows;
    float *from, *to;
    double sum[LANE_BANDS];
    float max[LANE_BANDS];
};

static void one_band(void *arg, int i)
{
    struct field *f = arg;
    struct band b = lanes_band(f->rows, i);
    struct lanes8 sum = {{0}};
    float max = 0.0f;
    for (int row = b.from; row < b.to; row++) {
        const float *mid = f->from + (size_t)row * (size_t)f->cols;
        const float *up = row > 0 ? mid - f->cols : mid,
                    *down = row + 1 < f->rows ? mid + f->cols : mid;
        float *out = f->to + (size_t)row * (size_t)f->cols;
        f->level->stencil(up, mid, down, out, f->cols);
        f->level->sum(&sum, out, f->cols);
        max = f->level->max(max, out, f->cols);
    }
    f->sum[i] = lanes8_total(&sum);
    f->max[i] = max;
}

static void play(const struct level *level, const struct lanes *lanes, int cols, int rows)
{
    const size_t cells = (size_t)cols * (size_t)rows;
    struct field f = {.level = level, .cols = cols, .rows = rows};
    uint64_t total = 0, word;
    f.from = malloc(cells * sizeof(float));
    f.to = malloc(cells * sizeof(float));
    if (!f.from || !f.to)
        exit(3);
    for (size_t i = 0; i < cells; i++) /* unlike sizes, so that the order of a sum shows */
        f.from[i] = (float)(rng_mix(i, 1) % 1000003u) * (i % 7 == 0 ? 1e-7f : 1e3f);
    for (int step = 0; step < 5; step++) {
        lanes->run(lanes->ctx, LANE_BANDS, one_band, &f);
        double sum = lanes_sum(f.sum);
        float max = 0.0f;
        for (int i = 0; i < LANE_BANDS; i++)
            max = lanes8_max(f.max[i], max);
        memcpy(&word, &sum, 8);
        total = hash_word(total, word);
        total = hash_bytes(&max, sizeof(max), total);
        total = hash_bytes(f.to, cells * sizeof(float), total);
        float *swap = f.from;
        f.from = f.to;
        f.to = swap;
    }
    printf("%dx%d %016llx\n", cols, rows, (unsigned long long)total);
    free(f.from);
    free(f.to);
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"scalar", "sse2", "avx2"};
    static const int sizes[][2] = {{1, 1},  {2, 3},    {7, 9},     {8, 64},
                                   {9, 65}, {63, 130}, {255, 101}, {1001, 333}};
    int level = -1;
    for (int i = 0; i < 3 && argc == 3; i++)
        level = strcmp(argv[1], names[i]) == 0 ? i : level;
    if (level < 0) {
        fprintf(stderr, "kernel scalar|sse2|avx2 THREADS\n");
        return 2;
    }
    struct lane_pool *pool = lane_pool_open((int)strtol(argv[2], NULL, 10));
    if (!pool)
        return 3;
    for (int i = 0; i < (int)(sizeof(sizes) / sizeof(sizes[0])); i++)
        play(&levels[level], lane_pool_lanes(pool), sizes[i][0], sizes[i][1]);
    lane_pool_close(pool);
    return 0;
}
