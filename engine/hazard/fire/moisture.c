#include "hazard/fire/moisture.h"

#include "base/num.h"

double moisture_equilibrium(double temp_c, double humidity)
{
    double t = temp_c * 1.8 + 32.0; /* the fit is in Fahrenheit */
    double h = num_clamp(humidity, 0.0, 100.0);
    double percent;
    if (h < 10.0)
        percent = 0.03229 + 0.281073 * h - 0.000578 * h * t;
    else if (h < 50.0)
        percent = 2.22749 + 0.160107 * h - 0.014784 * t;
    else
        percent = 21.0606 + 0.005565 * h * h - 0.00035 * h * t - 0.483199 * h;
    return num_max(0.0, percent) / 100.0;
}

double moisture_fine_dead(double temp_c, double humidity, double hour, double shade)
{
    double emc = moisture_equilibrium(temp_c, humidity);
    /* Half a sine from 6 to 18 o'clock: the sun heats the litter above the air. */
    double sun = hour > 6.0 && hour < 18.0 ? num_sin((hour - 6.0) * NUM_PI / 12.0) : 0.0;
    double m = emc * (1.0 - 0.25 * sun * (1.0 - shade)) + 0.02 * shade;
    return num_max(m, 0.02);
}

struct fire_moisture moisture_of_weather(double temp_c, double humidity, double hour, double shade,
                                         double herb, double woody)
{
    double fine = moisture_fine_dead(temp_c, humidity, hour, shade);
    return (struct fire_moisture){fine, fine + 0.01, fine + 0.02, herb, woody};
}
