/* Everything here is IEEE-754 double arithmetic in a fixed order: +, -, *, / and the hardware's
 * square root, no FMA, no table lookup that depends on the processor. Where a double is not enough,
 * a value is carried as a pair high + low (Dekker 1971, Numer. Math. 18; Knuth TAOCP 2, 4.2.2). The
 * series are the Taylor series; their coefficients are written as the fractions they are, and
 * divided by the compiler. Constants with many digits were computed with MPFR at 400 bits and
 * split. */
#include "base/num.h"

#include <stdint.h>
#include <string.h>

#include "base/attr.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#define POSITIVE_INF from_bits(0x7ff0000000000000u)
#define NOT_A_NUMBER from_bits(0x7ff8000000000000u)
#define SIGN_BIT 0x8000000000000000u

struct pair {
    double high, low;
};

static uint64_t to_bits(double x)
{
    uint64_t u;
    memcpy(&u, &x, sizeof(u));
    return u;
}

static double from_bits(uint64_t u)
{
    double x;
    memcpy(&x, &u, sizeof(x));
    return x;
}

static bool is_nan(double x)
{
    return (to_bits(x) & ~SIGN_BIT) > 0x7ff0000000000000u;
}

static bool is_negative(double x)
{
    return (to_bits(x) & SIGN_BIT) != 0;
}

static double with_sign_of(double x, double sign)
{
    return from_bits((to_bits(x) & ~SIGN_BIT) | (to_bits(sign) & SIGN_BIT));
}

/* 2^k for -1022 <= k <= 1023 */
static double power_of_two(int k)
{
    return from_bits((uint64_t)(k + 1023) << 52);
}

/* x * 2^k, rounded once, for -2100 <= k <= 2100 and x of moderate size */
static double scale(double x, int k)
{
    if (k > 1023)
        return x * power_of_two(1023) * power_of_two(k - 1023 > 1023 ? 1023 : k - 1023);
    if (k < -1022) { /* a first factor in the subnormal range would round twice */
        int rest = k + 969;
        return x * power_of_two(-969) * power_of_two(rest < -1022 ? -1022 : rest);
    }
    return x * power_of_two(k);
}

/* The parts of a positive finite x = mantissa * 2^k with mantissa in [1, 2). */
static double split_exponent(double x, int *k)
{
    uint64_t u = to_bits(x);
    int bias = 1023;
    if ((u >> 52) == 0) {
        u = to_bits(x * 0x1p54);
        bias += 54;
    }
    *k = (int)(u >> 52) - bias;
    return from_bits((u & 0xfffffffffffffu) | 0x3ff0000000000000u);
}

/* Nearest whole number of |x| < 2^51, ties to even; the constant leaves no room for a fraction. */
static double nearest(double x)
{
    return (x + 0x1.8p52) - 0x1.8p52;
}

/* c[0] + c[1] z + .. by Horner's rule */
static double polynomial(const double *c, int count, double z)
{
    double sum = 0;
    for (int i = count - 1; i >= 0; i--)
        sum = c[i] + z * sum;
    return sum;
}

static struct pair two_sum(double a, double b)
{
    double s = a + b, part = s - a;
    return (struct pair){s, (a - (s - part)) + (b - part)};
}

/* The same when |a| >= |b| or a is 0. */
static struct pair quick_sum(double a, double b)
{
    double s = a + b;
    return (struct pair){s, b - (s - a)};
}

/* a * b exactly, for products between 2^-900 and 2^990 */
static struct pair two_product(double a, double b)
{
    double ca = a * 0x1.0000002p27, cb = b * 0x1.0000002p27;
    double ah = ca - (ca - a), bh = cb - (cb - b);
    double al = a - ah, bl = b - bh, p = a * b;
    return (struct pair){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static struct pair pair_add(struct pair a, struct pair b)
{
    struct pair s = two_sum(a.high, b.high);
    return quick_sum(s.high, s.low + (a.low + b.low));
}

static struct pair pair_multiply(struct pair a, struct pair b)
{
    struct pair p = two_product(a.high, b.high);
    return quick_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

static struct pair pair_divide(struct pair a, struct pair b)
{
    double q = a.high / b.high;
    struct pair p = two_product(q, b.high);
    double rest = ((a.high - p.high) - p.low) + (a.low - q * b.low);
    return quick_sum(q, rest / b.high);
}

static struct pair pair_sqrt(struct pair a)
{
    double s = num_sqrt(a.high);
    if (s == 0)
        return (struct pair){0, 0};
    struct pair p = two_product(s, s);
    return quick_sum(s, (((a.high - p.high) - p.low) + a.low) / (2 * s));
}

/* e^(high + low), |low| <= ulp(high): e^x = 2^k e^r, |r| <= ln2 / 2, Taylor to r^13. */
static double exp_of_pair(double high, double low)
{
    const double ln2_high = 0x1.62e42fefa4p-1, ln2_low = -0x1.8432a1b0e2634p-43; /* high: 40 bits */
    if (high > 710)
        return POSITIVE_INF;
    if (high < -746)
        return 0;
    double k = nearest(high * 0x1.71547652b82fep+0);
    struct pair r = quick_sum(high - k * ln2_high, low - k * ln2_low);
    double x = r.high, x2 = x * x, x4 = x2 * x2;
    double a = (1.0 / 6 + x * (1.0 / 24)) + x2 * (1.0 / 120 + x * (1.0 / 720));
    double b = (1.0 / 5040 + x * (1.0 / 40320)) + x2 * (1.0 / 362880 + x * (1.0 / 3628800));
    double c = (1.0 / 39916800 + x * (1.0 / 479001600)) + x2 * (1.0 / 6227020800.0);
    double tail = x2 * (0.5 + x * (a + x4 * (b + x4 * c)));
    struct pair one = quick_sum(1, x);
    double y = one.high + (one.low + (tail + (r.low + r.low * x)));
    int n = (int)k;
    return n >= -1021 && n <= 1022 ? y * power_of_two(n) : scale(y, n);
}

double num_exp(double x)
{
    return is_nan(x) ? x : exp_of_pair(x, 0);
}

/* ln m = 2 artanh s with s = (m - 1) / (m + 1); m is in [sqrt(1/2), sqrt 2], so |s| <= 0.1716. */
struct log_parts {
    double k; /* x = m 2^k */
    struct pair s;
};

static struct log_parts log_reduce(double x)
{
    int k;
    double m = split_exponent(x, &k);
    if (m > 0x1.6a09e667f3bcdp+0) {
        m *= 0.5;
        k++;
    }
    double f = m - 1;
    struct pair d = two_sum(m, 1);
    double s = f / d.high;
    struct pair p = two_product(s, d.high);
    double rest = ((f - p.high) - p.low) - s * d.low;
    return (struct log_parts){k, {s, rest / d.high}};
}

static const struct pair ln2 = {0x1.62e42fefa4p-1, -0x1.8432a1b0e2634p-43}; /* k * high is exact */

/* 2/5 + 2/7 z + 2/9 z^2 .. to z^10, for z = s^2 <= 0.0295 (rest: < 2^-70 s) */
static double log_tail(double z)
{
    double z2 = z * z, z4 = z2 * z2;
    double a = (2.0 / 5 + z * (2.0 / 7)) + z2 * (2.0 / 9 + z * (2.0 / 11));
    double b = (2.0 / 13 + z * (2.0 / 15)) + z2 * (2.0 / 17 + z * (2.0 / 19));
    double c = (2.0 / 21 + z * (2.0 / 23)) + z2 * (2.0 / 25);
    return a + z4 * (b + z4 * c);
}

/* ln x for positive finite x; relative error below 2^-58 */
static struct pair log_pair(double x)
{
    struct log_parts l = log_reduce(x);
    double s = l.s.high, z = s * s;
    double low = 2 * l.s.low + s * z * (2.0 / 3 + z * log_tail(z));
    struct pair sum = two_sum(l.k * ln2.high, 2 * s);
    return quick_sum(sum.high, sum.low + (l.k * ln2.low + low));
}

/* The same with relative error below 2^-63: z and the factor 2 + 2/3 z + .. are kept as pairs. */
static struct pair log_pair_fine(double x)
{
    struct log_parts l = log_reduce(x);
    struct pair s = l.s, z = two_product(s.high, s.high);
    z.low += 2 * s.high * s.low;
    struct pair q = quick_sum(0x1.5555555555555p-1, z.high * log_tail(z.high)); /* 2/3 .. */
    q.low += 0x1.5555555555555p-55;
    struct pair c = two_product(z.high, q.high);
    c.low += z.high * q.low + z.low * q.high;
    struct pair factor = quick_sum(2, c.high);
    factor.low += c.low;
    struct pair m = two_product(s.high, factor.high);
    m.low += s.high * factor.low + s.low * factor.high;
    struct pair sum = two_sum(l.k * ln2.high, m.high);
    return quick_sum(sum.high, sum.low + (l.k * ln2.low + m.low));
}

/* Does x have no ordinary logarithm? Then *out is what stands for it. */
static bool log_special(double x, double *out)
{
    if (x > 0 && x < POSITIVE_INF)
        return false;
    *out = is_nan(x) || x > 0 ? x : x == 0 ? -POSITIVE_INF : NOT_A_NUMBER;
    return true;
}

double num_log(double x)
{
    double special;
    return log_special(x, &special) ? special : log_pair(x).high;
}

double num_log10(double x)
{
    const struct pair per_ln10 = {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};
    double special;
    if (log_special(x, &special))
        return special;
    return pair_multiply(log_pair_fine(x), per_ln10).high;
}

static bool is_whole(double y)
{
    return num_abs(y) >= 0x1p52 || num_floor(y) == y;
}

static bool is_odd(double y)
{
    return num_abs(y) < 0x1p53 && is_whole(y) && ((int64_t)y & 1) != 0;
}

/* pow where C Annex F prescribes the value; x is 0, infinite, or y is infinite */
static double pow_special(double x, double y)
{
    double size = num_abs(x);
    bool grows;
    if (y - y != 0) {
        if (size == 1)
            return 1;
        grows = (size > 1) == (y > 0);
        return grows ? POSITIVE_INF : 0;
    }
    grows = (size > 0) == (y > 0);
    return with_sign_of(grows ? POSITIVE_INF : 0, is_odd(y) ? x : 1.0);
}

double num_pow(double x, double y)
{
    if (y == 0 || x == 1)
        return 1;
    if (is_nan(x) || is_nan(y))
        return NOT_A_NUMBER;
    if (x == 0 || x - x != 0 || y - y != 0)
        return pow_special(x, y);
    bool minus = false;
    if (x < 0) {
        if (!is_whole(y))
            return NOT_A_NUMBER;
        minus = is_odd(y);
        x = -x;
    }
    double size = num_abs(y), result;
    if (x == 1 || size < 0x1p-70)
        result = 1;
    else if (size > 0x1p70) /* |ln x| is at least 2^-53 */
        result = (x > 1) == (y > 0) ? POSITIVE_INF : 0;
    else {
        struct pair l = log_pair_fine(x);
        struct pair p = pair_multiply(l, (struct pair){y, 0});
        result = exp_of_pair(p.high, p.low);
    }
    return minus ? -result : result;
}

double num_sqrt(double x)
{
#if defined(__SSE2__)
    __m128d v = _mm_set_sd(x);
    return _mm_cvtsd_f64(_mm_sqrt_sd(v, v));
#elif defined(__aarch64__)
    return vget_lane_f64(vsqrt_f64(vdup_n_f64(x)), 0);
#else
    return __builtin_sqrt(x);
#endif
}

double num_cbrt(double x)
{
    if (x == 0 || x - x != 0)
        return x;
    int k;
    double m = split_exponent(num_abs(x), &k);
    int third = (k + 1200) / 3 - 400;            /* rounds down */
    m *= power_of_two(k - 3 * third);            /* in [1, 8) */
    double c = 0.75 + m * (0.2744 - m * 0.0148); /* within 5 percent; each step squares that */
    for (int i = 0; i < 4; i++)
        c -= (c - m / (c * c)) * (1.0 / 3);
    struct pair cube = pair_multiply(two_product(c, c), (struct pair){c, 0});
    c -= ((cube.high - m) + cube.low) / (3 * c * c);
    return with_sign_of(c * power_of_two(third), x);
}

/* x - k pi/2 as a pair, |result| <= pi/4 and a little, for |x| <= 8e5; *quadrant is k mod 4.
 * pi/2 in 33 + 33 + 53 + 53 bits: k has at most 19, so the first two products are exact. */
static struct pair reduce_angle(double x, int *quadrant)
{
    double k = nearest(x * 0x1.45f306dc9c883p-1);
    *quadrant = (int)((int64_t)k & 3);
    struct pair r = two_sum(x - k * 0x1.921fb544p+0, -(k * 0x1.0b4611a6p-34));
    const double third = 0x1.3198a2e037073p-69, fourth = 0x1.129024e088a68p-123;
    if (num_abs(r.high) > 0x1p-10 || k == 0)
        return quick_sum(r.high, r.low - k * third);
    struct pair c = two_product(k, third); /* near a multiple of pi/2 every bit is needed */
    struct pair s = two_sum(r.high, -c.high);
    return quick_sum(s.high, s.low + (r.low - c.low - k * fourth));
}

static double sin_kernel(struct pair r)
{
    double x = r.high, z = x * x, z2 = z * z;
    double a = -1.0 / 6 + z * (1.0 / 120);
    double b = -1.0 / 5040 + z * (1.0 / 362880);
    double c = -1.0 / 39916800 + z * (1.0 / 6227020800.0);
    double d = -1.0 / 1307674368000.0 + z * (1.0 / 355687428096000.0);
    double s = a + z2 * (b + z2 * (c + z2 * d));
    return x + (r.low * (1 - 0.5 * z) + x * z * s);
}

/* 1/4! - z/6! + .. to z^6, z = r^2 */
static double cos_tail(double z)
{
    double z2 = z * z;
    double a = 1.0 / 24 - z * (1.0 / 720);
    double b = 1.0 / 40320 - z * (1.0 / 3628800);
    double c = 1.0 / 479001600 - z * (1.0 / 87178291200.0);
    return a + z2 * (b + z2 * (c + z2 * (1.0 / 20922789888000.0)));
}

static double cos_kernel(struct pair r)
{
    double x = r.high, z = x * x;
    struct pair one = quick_sum(1, -0.5 * z);
    return one.high + (one.low + (z * z * cos_tail(z) - x * r.low));
}

/* sine (shift 0) or cosine (shift 1) by the quadrant */
static double circular(double x, int shift)
{
    if (x - x != 0)
        return NOT_A_NUMBER;
    if (num_abs(x) > 8e5)
        x = num_mod(x, 2 * NUM_PI);
    int quadrant;
    struct pair r = reduce_angle(x, &quadrant);
    quadrant += shift;
    double v = (quadrant & 1) ? cos_kernel(r) : sin_kernel(r);
    return (quadrant & 2) ? -v : v;
}

double num_sin(double x)
{
    return num_abs(x) < 0x1p-27 ? x : circular(x, 0);
}

double num_cos(double x)
{
    return circular(x, 1);
}

double num_tan(double x)
{
    static const double c[] = {1.0 / 120,
                               -1.0 / 5040,
                               1.0 / 362880,
                               -1.0 / 39916800,
                               1.0 / 6227020800.0,
                               -1.0 / 1307674368000.0,
                               1.0 / 355687428096000.0};
    const struct pair sixth = {-0x1.5555555555555p-3, -0x1.5555555555555p-57};
    if (x - x != 0)
        return NOT_A_NUMBER;
    if (num_abs(x) < 0x1p-27)
        return x;
    if (num_abs(x) > 8e5)
        x = num_mod(x, 2 * NUM_PI);
    int quadrant;
    struct pair r = reduce_angle(x, &quadrant);
    struct pair z = pair_multiply(r, r);
    double y = z.high;
    double tail = polynomial(c, COUNT_OF(c), y);
    struct pair cubic = pair_multiply(pair_multiply(z, r), sixth);
    struct pair sine = pair_add(r, cubic);
    sine = quick_sum(sine.high, sine.low + r.high * y * y * tail);
    struct pair cosine = pair_add((struct pair){1, 0}, (struct pair){-0.5 * z.high, -0.5 * z.low});
    cosine = quick_sum(cosine.high, cosine.low + y * y * cos_tail(y));
    if ((quadrant & 1) == 0)
        return pair_divide(sine, cosine).high;
    return -pair_divide(cosine, sine).high;
}

/* atan(y / x) for 0 <= y <= x, x > 0, as a pair: atan t = atan c + atan((t - c) / (1 + t c)) with c
 * the nearest eighth, so that the series runs over |u| <= 1/16. */
static struct pair atan_of_ratio(struct pair y, struct pair x)
{
    static const struct pair eighths[9] = {
        {0, 0},
        {0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
        {0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
        {0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
        {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
        {0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
        {0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
        {0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
        {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
    };
    static const double series[] = {-1.0 / 3,  1.0 / 5,  -1.0 / 7, 1.0 / 9,
                                    -1.0 / 11, 1.0 / 13, -1.0 / 15};
    double j = nearest(8 * (y.high / x.high));
    struct pair c = {j * 0.125, 0};
    struct pair cx = pair_multiply(c, x), cy = pair_multiply(c, y);
    struct pair top = pair_add(y, (struct pair){-cx.high, -cx.low});
    struct pair u = pair_divide(top, pair_add(x, cy));
    double z = u.high * u.high;
    u.low += u.high * z * polynomial(series, COUNT_OF(series), z);
    struct pair sum = two_sum(eighths[(int)j].high, u.high);
    return quick_sum(sum.high, sum.low + (eighths[(int)j].low + u.low));
}

/* The angle of (x, y), both >= 0 and not both 0; mirrored: of (-x, y). */
static double angle(struct pair y, struct pair x, bool mirrored)
{
    const struct pair pi = {0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53};
    const struct pair half_pi = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};
    bool steep = y.high > x.high;
    struct pair a = steep ? atan_of_ratio(x, y) : atan_of_ratio(y, x);
    if (steep || mirrored) {
        struct pair base = steep ? half_pi : pi;
        double sign = steep && mirrored ? 1 : -1;
        a = pair_add(base, (struct pair){sign * a.high, sign * a.low});
    }
    return a.high;
}

double num_atan(double x)
{
    double size = num_abs(x);
    if (is_nan(x) || size < 0x1p-27)
        return x;
    if (size > 0x1p60)
        return with_sign_of(NUM_PI / 2, x);
    return with_sign_of(angle((struct pair){size, 0}, (struct pair){1, 0}, false), x);
}

double num_atan2(double y, double x)
{
    if (is_nan(x) || is_nan(y))
        return NOT_A_NUMBER;
    double a = num_abs(y), b = num_abs(x);
    bool left = is_negative(x);
    if (a == 0)
        return with_sign_of(left ? NUM_PI : 0, y);
    if (a - a != 0 && b - b != 0)
        return with_sign_of(left ? 3 * (NUM_PI / 4) : NUM_PI / 4, y);
    if (b == 0 || a - a != 0)
        return with_sign_of(NUM_PI / 2, y);
    if (b - b != 0)
        return with_sign_of(left ? NUM_PI : 0, y);
    int ka, kb;
    double ma = split_exponent(a, &ka), mb = split_exponent(b, &kb);
    int apart = ka - kb;
    if (apart > 60)
        return with_sign_of(NUM_PI / 2, y);
    if (apart < -60 && left)
        return with_sign_of(NUM_PI, y);
    if (apart < -30 && !left)
        return with_sign_of(scale(ma / mb, apart), y);
    return with_sign_of(angle((struct pair){scale(ma, apart), 0}, (struct pair){mb, 0}, left), y);
}

/* sqrt(1 - x^2) for |x| <= 1 */
static struct pair other_leg(double x)
{
    struct pair square = two_product(x, x);
    struct pair rest = two_sum(1, -square.high);
    return pair_sqrt(quick_sum(rest.high, rest.low - square.low));
}

double num_asin(double x)
{
    double size = num_abs(x);
    if (is_nan(x) || size > 1)
        return NOT_A_NUMBER;
    if (size < 0x1p-27)
        return x;
    return with_sign_of(angle((struct pair){size, 0}, other_leg(size), false), x);
}

double num_acos(double x)
{
    double size = num_abs(x);
    if (is_nan(x) || size > 1)
        return NOT_A_NUMBER;
    if (size < 0x1p-60)
        return NUM_PI / 2;
    return angle(other_leg(size), (struct pair){size, 0}, is_negative(x));
}

double num_hypot(double x, double y)
{
    return num_sqrt(x * x + y * y);
}

double num_floor(double x)
{
    if (!(num_abs(x) < 0x1p52))
        return x;
    double whole = (double)(int64_t)x;
    return with_sign_of(whole > x ? whole - 1 : whole, x);
}

double num_ceil(double x)
{
    return -num_floor(-x);
}

double num_round(double x)
{
    double size = num_abs(x);
    if (!(size < 0x1p52))
        return x;
    double whole = (double)(int64_t)size;
    return with_sign_of(size - whole >= 0.5 ? whole + 1 : whole, x);
}

double num_abs(double x)
{
    return from_bits(to_bits(x) & ~SIGN_BIT);
}

double num_min(double a, double b)
{
    return a < b || is_nan(a) ? a : b;
}

double num_max(double a, double b)
{
    return a > b || is_nan(a) ? a : b;
}

double num_clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

bool num_is_finite(double x)
{
    return x - x == 0;
}

/* The remainder of the whole-number mantissas, eleven binary places of the quotient at a time. */
double num_mod(double x, double y)
{
    double a = num_abs(x), b = num_abs(y);
    if (is_nan(x) || is_nan(y) || a - a != 0 || b == 0)
        return NOT_A_NUMBER;
    if (a < b || a == 0)
        return x;
    int ka, kb;
    uint64_t ma = to_bits(split_exponent(a, &ka)), mb = to_bits(split_exponent(b, &kb));
    const uint64_t low = 0xfffffffffffffu, lead = 0x10000000000000u;
    ma = (ma & low) | lead;
    mb = (mb & low) | lead;
    uint64_t rest = ma % mb;
    for (int left = ka - kb; left > 0 && rest != 0;) {
        int step = left < 11 ? left : 11;
        rest = (rest << step) % mb;
        left -= step;
    }
    return with_sign_of(scale((double)rest, kb - 52), x);
}

/* ln Gamma(2 + z) for |z| <= 1/2: (1 - gamma) z + sum (-1)^k (zeta(k) - 1) z^k / k (DLMF 5.7.3). */
static double lgamma_near_two(double z)
{
    static const double c[] = {
        0x1.b0ee6072093cep-2,   0x1.4a34cc4a60fa6p-2,   -0x1.13e001a557607p-4,
        0x1.51322ac7d8483p-6,   -0x1.e404fc218f5f2p-8,  0x1.7add6eadb6c3p-9,
        -0x1.38ac5c2bf8e08p-10, 0x1.0b36af86396e9p-11,  -0x1.d3fd4c76d2fc8p-13,
        0x1.a127b0f17d65ap-14,  -0x1.78de5bd7c81efp-15, 0x1.580dcee66eb02p-16,
        -0x1.3cbc963ce2243p-17, 0x1.2597a39f34aacp-18,  -0x1.11b2eb7679541p-19,
        0x1.0064cdeb22f0fp-20,  -0x1.e2600d93cfd2fp-22, 0x1.c76bbb3f07a4dp-23,
        -0x1.af5a6cbbf8a97p-24, 0x1.99b93c2070b0fp-25,  -0x1.862c734df3eacp-26,
        0x1.7469daccfadcdp-27,  -0x1.6434a8447aeadp-28, 0x1.555a877ffd2c3p-29,
    };
    return z * polynomial(c, COUNT_OF(c), z);
}

double num_lgamma(double x)
{
    if (!(x > 0))
        return x == 0 ? POSITIVE_INF : NOT_A_NUMBER;
    if (x - x != 0)
        return x;
    if (x < 0.5)
        return lgamma_near_two(x) - num_log(x) - num_log(1 + x);
    if (x < 1.5)
        return lgamma_near_two(x - 1) - num_log(x);
    if (x < 12) {
        double product = 1;
        for (; x > 2.5; x -= 1)
            product *= x - 1;
        return lgamma_near_two(x - 2) + num_log(product);
    }
    if (x > 0x1p900) /* the next term is far below the last bit; x ln x must not overflow early */
        return x * (num_log(x) - 1);
    static const double stirling[] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                      1.0 / 1188, -691.0 / 360360, 1.0 / 156}; /* DLMF 5.11.1 */
    double u = 1 / x, z = u * u;
    double series = u * polynomial(stirling, COUNT_OF(stirling), z);
    return (x - 0.5) * num_log(x) - x + (0x1.d67f1c864beb5p-1 + series);
}
