#include "hazard/fire/rothermel.h"

#include <string.h>

#include "base/num.h"

#define M_PER_FT 0.3048
#define J_PER_BTU 1055.05585262 /* international table */
#define MPH_PER_M_S (3600.0 / 1609.344)
#define FT_MIN_PER_M_S (60.0 / M_PER_FT)
#define KW_M_PER_BTU_FT_S (J_PER_BTU / M_PER_FT / 1000.0)
#define KJ_M2_PER_BTU_FT2 (J_PER_BTU / (M_PER_FT * M_PER_FT) / 1000.0)

enum { DEAD, LIVE, STATES, DEAD_PARTS = 4, LIVE_PARTS = 2, PARTS = 4 };

/* One life state of a fuel bed: dead {1h, 10h, 100h, cured herb}, live {herb, woody}. */
struct state {
    int parts;
    double load[PARTS], sav[PARTS], moist[PARTS];
    double area[PARTS]; /* f_ij */
    double area_sum;    /* A_i */
    double load_net;    /* w_n,i */
    double sav_mean, moist_mean;
    double heat, mx;
};

static void state_parts(const struct fuel *f, const struct fire_moisture *m, struct state *dead,
                        struct state *live)
{
    double herb = f->load_lb_ft2[FUEL_HERB];
    double cured = 0.0;
    /* Scott and Burgan 2005: herb cures from 120 % (all live) to 30 % (all dead). */
    if (f->dynamic && m->herb < 0.30)
        cured = herb;
    else if (f->dynamic && m->herb <= 1.20)
        cured = herb * (1.333 - 1.11 * m->herb);
    *dead = (struct state){
        .parts = DEAD_PARTS,
        .load = {f->load_lb_ft2[FUEL_1H], f->load_lb_ft2[FUEL_10H], f->load_lb_ft2[FUEL_100H],
                 cured},
        .sav = {f->sav_1h, 109.0, 30.0, f->sav_herb},
        .moist = {m->dead_1h, m->dead_10h, m->dead_100h, m->dead_1h},
        .heat = f->heat_dead_btu_lb,
        .mx = f->mx_dead,
    };
    *live = (struct state){
        .parts = LIVE_PARTS,
        .load = {herb - cured, f->load_lb_ft2[FUEL_WOODY]},
        .sav = {f->sav_herb, f->sav_woody},
        .moist = {m->herb, m->woody},
        .heat = f->heat_live_btu_lb,
    };
}

/* Size bins of Albini 1976, 1/ft; the last has no weight. */
static int size_bin(double sav)
{
    static const double low[] = {1200.0, 192.0, 96.0, 48.0, 16.0};
    for (int i = 0; i < COUNT_OF(low); i++)
        if (sav >= low[i])
            return i;
    return COUNT_OF(low);
}

static void state_weigh(struct state *s)
{
    for (int j = 0; j < s->parts; j++)
        s->area_sum += s->sav[j] * s->load[j] / 32.0; /* particle density lb/ft3 */
    if (s->area_sum <= 0.0)
        return;
    double bin[6] = {0.0};
    for (int j = 0; j < s->parts; j++) {
        s->area[j] = s->sav[j] * s->load[j] / 32.0 / s->area_sum;
        bin[size_bin(s->sav[j])] += s->area[j];
    }
    for (int j = 0; j < s->parts; j++) {
        int b = size_bin(s->sav[j]);
        if (b < 5 && s->load[j] > 0.0)
            s->load_net += bin[b] * s->load[j] * (1.0 - 0.0555);
        s->sav_mean += s->area[j] * s->sav[j];
        s->moist_mean += s->area[j] * s->moist[j];
    }
}

/* Rothermel's equation 88 with Albini's fine fuel weights. */
static double live_extinction(const struct state *dead, const struct state *live)
{
    double fine_dead = 0.0, fine_live = 0.0, wet = 0.0;
    for (int j = 0; j < dead->parts; j++) {
        double w = dead->load[j] * num_exp(-138.0 / dead->sav[j]);
        fine_dead += w;
        wet += w * dead->moist[j];
    }
    for (int j = 0; j < live->parts; j++)
        fine_live += live->load[j] * num_exp(-500.0 / live->sav[j]);
    if (fine_live <= 0.0)
        return dead->mx;
    double m_fine = fine_dead > 0.0 ? wet / fine_dead : 0.0;
    double mx = 2.9 * (fine_dead / fine_live) * (1.0 - m_fine / dead->mx) - 0.226;
    return num_max(mx, dead->mx);
}

static double damping(double m, double mx)
{
    if (mx <= 0.0 || m >= mx)
        return 0.0;
    double q = m / mx;
    return 1.0 - 2.59 * q + 5.11 * q * q - 3.52 * q * q * q;
}

static double heat_sink(const struct state *s, double share)
{
    double sum = 0.0;
    for (int j = 0; j < s->parts; j++)
        if (s->load[j] > 0.0)
            sum += s->area[j] * num_exp(-138.0 / s->sav[j]) * (250.0 + 1116.0 * s->moist[j]);
    return share * sum;
}

void fire_bed_make(const struct fuel *f, const struct fire_moisture *m, struct fire_bed *bed)
{
    memset(bed, 0, sizeof *bed);
    bed->wind_b = 1.0;
    struct state dead, live;
    state_parts(f, m, &dead, &live);
    state_weigh(&dead);
    state_weigh(&live);
    double area = dead.area_sum + live.area_sum;
    if (area <= 0.0 || f->depth_ft <= 0.0)
        return;
    live.mx = live_extinction(&dead, &live);
    bed->mx_live = live.mx;

    double load = 0.0;
    for (int j = 0; j < PARTS; j++)
        load += dead.load[j] + live.load[j];
    double share_dead = dead.area_sum / area, share_live = live.area_sum / area;
    double sav = share_dead * dead.sav_mean + share_live * live.sav_mean;
    double density = load / f->depth_ft;
    double beta = density / 32.0;
    double ratio = beta / (3.348 * num_pow(sav, -0.8189));
    double sav15 = sav * num_sqrt(sav);
    double a = 133.0 * num_pow(sav, -0.7913);
    double gamma =
        sav15 / (495.0 + 0.0594 * sav15) * num_pow(ratio, a) * num_exp(a * (1.0 - ratio));
    double mineral = num_min(1.0, 0.174 * num_pow(0.010, -0.19));
    double ir = gamma * mineral *
                (dead.load_net * dead.heat * damping(dead.moist_mean, dead.mx) +
                 live.load_net * live.heat * damping(live.moist_mean, live.mx));
    double flux = num_exp((0.792 + 0.681 * num_sqrt(sav)) * (beta + 0.1)) / (192.0 + 0.2595 * sav);
    double sink = density * (heat_sink(&dead, share_dead) + heat_sink(&live, share_live));

    /* phi_w = C U^B r^-E with U in ft/min; the unit goes into the coefficient once. */
    double c = 7.47 * num_exp(-0.133 * num_pow(sav, 0.55));
    double e = 0.715 * num_exp(-3.59e-4 * sav);
    bed->wind_b = 0.02526 * num_pow(sav, 0.54);
    bed->wind_c = c * num_pow(ratio, -e) * num_pow(FT_MIN_PER_M_S, bed->wind_b);
    bed->slope_k = 5.275 * num_pow(beta, -0.3);
    bed->slope_max = 0.9 * ir;
    bed->r0_m_s = sink > 0.0 ? ir * flux / sink / FT_MIN_PER_M_S : 0.0;
    bed->reaction_kw_m2 = ir * KJ_M2_PER_BTU_FT2 / 60.0;
    bed->residence_s = 384.0 / sav * 60.0;
    bed->hpa_kj_m2 = ir * (384.0 / sav) * KJ_M2_PER_BTU_FT2;
    bed->sav_1_ft = sav;
    bed->packing = beta;
    bed->packing_ratio = ratio;
}

double fire_length_to_width(double wind_eff_m_s)
{
    if (wind_eff_m_s <= 0.0)
        return 1.0;
    double u = wind_eff_m_s * MPH_PER_M_S;
    double lw = 0.936 * num_exp(0.1147 * u) + 0.461 * num_exp(-0.0692 * u) - 0.397;
    return num_clamp(lw, 1.0, 8.0);
}

double fire_eccentricity(double length_to_width)
{
    if (length_to_width <= 1.0)
        return 0.0;
    return num_sqrt(length_to_width * length_to_width - 1.0) / length_to_width;
}

double fire_rate_at(double head_m_s, double ecc, double cos_theta)
{
    return head_m_s * (1.0 - ecc) / (1.0 - ecc * cos_theta);
}

double fire_flame_m(double intensity_kw_m)
{
    if (intensity_kw_m <= 0.0)
        return 0.0;
    return 0.45 * num_pow(intensity_kw_m / KW_M_PER_BTU_FT_S, 0.46) * M_PER_FT;
}

void fire_head_of(const struct fire_bed *bed, double wind_e, double wind_n, double slope_e,
                  double slope_n, struct fire_run *run)
{
    *run = (struct fire_run){.rate_m_s = bed->r0_m_s, .length_to_width = 1.0};
    double wind = num_hypot(wind_e, wind_n);
    double tan2 = slope_e * slope_e + slope_n * slope_n;
    if (bed->r0_m_s <= 0.0 || (wind <= 0.0 && tan2 <= 0.0))
        return;
    double phi_e = 0.0, phi_n = 0.0;
    if (wind > 0.0) {
        double phi = bed->wind_c * num_pow(wind, bed->wind_b);
        phi_e = phi * wind_e / wind;
        phi_n = phi * wind_n / wind;
    }
    if (tan2 > 0.0) {
        double tan = num_sqrt(tan2);
        double phi = num_min(bed->slope_k * tan2, bed->slope_max);
        phi_e += phi * slope_e / tan;
        phi_n += phi * slope_n / tan;
    }
    double phi = num_hypot(phi_e, phi_n);
    if (phi <= 0.0)
        return;
    run->rate_m_s = bed->r0_m_s * (1.0 + phi);
    run->to_e = phi_e / phi;
    run->to_n = phi_n / phi;
    run->wind_eff_m_s = tan2 > 0.0 ? num_pow(phi / bed->wind_c, 1.0 / bed->wind_b) : wind;
    run->length_to_width = fire_length_to_width(run->wind_eff_m_s);
    run->ecc = fire_eccentricity(run->length_to_width);
}

void fire_run_of(const struct fire_bed *bed, double wind_e, double wind_n, double slope_e,
                 double slope_n, struct fire_run *run)
{
    fire_head_of(bed, wind_e, wind_n, slope_e, slope_n, run);
    run->back_m_s = run->rate_m_s * (1.0 - run->ecc) / (1.0 + run->ecc);
    run->flank_m_s = (run->rate_m_s + run->back_m_s) / (2.0 * run->length_to_width);
    run->intensity_kw_m = bed->hpa_kj_m2 * run->rate_m_s;
    run->flame_m = fire_flame_m(run->intensity_kw_m);
}

double fire_ellipse_area_m2(double head_m_s, double length_to_width, double t_s)
{
    double e = fire_eccentricity(length_to_width);
    double length = head_m_s * t_s * (1.0 + (1.0 - e) / (1.0 + e));
    return NUM_PI * length * length / (4.0 * length_to_width);
}

double fire_ellipse_perimeter_m(double head_m_s, double length_to_width, double t_s)
{
    double e = fire_eccentricity(length_to_width);
    double a = 0.5 * head_m_s * t_s * (1.0 + (1.0 - e) / (1.0 + e));
    double b = a / length_to_width;
    /* Ramanujan's series term behave uses: pi (a+b) (1 + h/4 (1 + h/16 ..)). */
    double h = (a - b) * (a - b) / ((a + b) * (a + b));
    if (a + b <= 0.0)
        return 0.0;
    return NUM_PI * (a + b) * (1.0 + 3.0 * h / (10.0 + num_sqrt(4.0 - 3.0 * h)));
}

double fire_wind_factor(double bed_depth_m, double cover, double canopy_m, double crown_ratio)
{
    double depth = bed_depth_m / M_PER_FT, height = canopy_m / M_PER_FT;
    double filled = crown_ratio * cover / 3.0;
    if (filled >= 0.05 && height >= 6.0)
        return 0.555 /
               (num_sqrt(filled * height) * num_log((20.0 + 0.36 * height) / (0.13 * height)));
    if (depth <= 0.0)
        return 1.0;
    return num_min(1.0, 1.83 / num_log((20.0 + 0.36 * depth) / (0.13 * depth)));
}

double fire_wind_20ft(double wind_10m_m_s)
{
    return wind_10m_m_s / 1.15;
}
