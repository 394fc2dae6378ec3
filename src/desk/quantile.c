/* quantile.c: see quantile.h. */
#include "desk/quantile.h"

#include <math.h>
#include <stdbool.h>

#include "base/random.h"

enum { FRACTION_STEPS = 200000, QUANTILE_STEPS = 100 };
#define TINY 1e-300

double quantile_log_gamma(double x)
{
    double shift = 1;
    for (; x < 12; x += 1) { /* the series is good from here on: Gamma(x + 1) = x Gamma(x) */
        shift *= x;
    }
    double r = 1 / (x * x);
    double series =
        (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / x;
    return (x - 0.5) * random_log(x) - x + 0.91893853320467274178 + series - random_log(shift);
}

static double away_from_zero(double value)
{
    return value < TINY && value > -TINY ? TINY : value;
}

static double fraction(double x, double a, double b)
{
    double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), h = d;
    for (int m = 1; m <= FRACTION_STEPS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        h *= d * c;
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        h *= d * c;
        if (fabs(d * c - 1) < 1e-15) {
            break;
        }
    }
    return h;
}

/* ln of x^a (1-x)^b / B(a, b). */
static double log_front(double x, double a, double b)
{
    return quantile_log_gamma(a + b) - quantile_log_gamma(a) - quantile_log_gamma(b) +
           a * random_log(x) + b * random_log(1 - x);
}

double quantile_beta_below(double x, double a, double b)
{
    if (!(x > 0)) {
        return 0;
    }
    if (x >= 1) {
        return 1;
    }
    double front = random_exp(log_front(x, a, b));
    if (x < (a + 1) / (a + b + 2)) {
        return front * fraction(x, a, b) / a;
    }
    return 1 - front * fraction(1 - x, b, a) / b;
}

/* Abramowitz and Stegun 26.5.22; good enough to start from. */
static double start_of(double p, double a, double b)
{
    if (a < 1 || b < 1) {
        return 0.5;
    }
    double y = -random_normal_at(p);
    double lambda = (y * y - 3) / 6;
    double h = 2 / (1 / (2 * a - 1) + 1 / (2 * b - 1));
    double w = y * sqrt(h + lambda > 0 ? h + lambda : 0) / h -
               (1 / (2 * b - 1) - 1 / (2 * a - 1)) * (lambda + 5.0 / 6 - 2 / (3 * h));
    return a / (a + b * random_exp(2 * w));
}

double quantile_beta(double p, double a, double b)
{
    double low = 0, high = 1;
    if (!(p > 0) || p >= 1) {
        return p >= 1;
    }
    double x = start_of(p, a, b);
    x = x > 0 && x < 1 ? x : 0.5;
    for (int i = 0; i < QUANTILE_STEPS; i++) {
        double miss = quantile_beta_below(x, a, b) - p;
        low = miss < 0 ? x : low;
        high = miss < 0 ? high : x;
        double density = random_exp(log_front(x, a, b)) / (x * (1 - x));
        double next = x - miss / density;
        bool inside = next > low && next < high; /* false for NaN as well */
        next = inside ? next : (low + high) / 2;
        double step = fabs(next - x);
        x = next;
        if (step <= 1e-13 * x) {
            break;
        }
    }
    return x;
}
