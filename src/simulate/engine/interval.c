/* interval.c: intervals for means and quantiles of independent values (zhol/engine.h).
 *
 * Replications are independent, so Student's interval holds for their means; the values inside one
 * run are not, and no function here takes them. A quantile gets its interval from order statistics,
 * which asks nothing of the distribution. Sources: incomplete beta function: DLMF 8.17; H. A.
 * David, Order Statistics, 2.5.
 */
#include <math.h>
#include <stdlib.h>

#include <zhol/engine.h>

#include "base/random.h"

/* ---- Student's distribution ---- */

/* Continued fraction of the incomplete beta function (Lentz). */
static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < 1e-300 ? 1e-300 : d);
    double h = d;
    for (int m = 1; m <= 300; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 + even * d;
        c = 1 + even / c;
        d = 1 / d;
        h *= d * c;
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 + odd * d;
        c = 1 + odd / c;
        d = 1 / d;
        double change = d * c;
        h *= change;
        if (fabs(change - 1) < 1e-15) {
            break;
        }
    }
    return h;
}

static double beta_regular(double a, double b, double x)
{
    if (x <= 0 || x >= 1) {
        return x <= 0 ? 0 : 1;
    }
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    if (x < (a + 1) / (a + b + 2)) {
        return front * beta_fraction(a, b, x) / a;
    }
    return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

static double student_below(double t, double degrees)
{
    double tail = 0.5 * beta_regular(degrees / 2, 0.5, degrees / (degrees + t * t));
    return t > 0 ? 1 - tail : tail;
}

static double student_density(double t, double degrees)
{
    double front = lgamma((degrees + 1) / 2) - lgamma(degrees / 2) -
                   0.5 * log(degrees * 3.14159265358979323846);
    return exp(front - (degrees + 1) / 2 * log1p(t * t / degrees));
}

double zhol_student(double p, double degrees)
{
    if (!(p > 0 && p < 1) || !(degrees > 0)) {
        return NAN;
    }
    if (p < 0.5) {
        return -zhol_student(1 - p, degrees);
    }
    double low = 0, high = 1;
    while (student_below(high, degrees) < p && high < 1e12) {
        high *= 2;
    }
    double t = random_normal_at(p);
    t = t > low && t < high ? t : (low + high) / 2;
    for (int i = 0; i < 200; i++) {
        double off = student_below(t, degrees) - p;
        low = off < 0 ? t : low;
        high = off < 0 ? high : t;
        double next = t - off / student_density(t, degrees);
        next = next > low && next < high ? next : (low + high) / 2;
        if (fabs(next - t) <= 1e-14 * fabs(t)) {
            return next;
        }
        t = next;
    }
    return t;
}

void zhol_interval(const double *values, uint32_t count, uint32_t stride, double confidence,
                   double *mean, double *half_width)
{
    double sum = 0, squares = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += values[(size_t)i * stride];
    }
    *mean = count ? sum / count : NAN;
    for (uint32_t i = 0; i < count; i++) {
        double off = values[(size_t)i * stride] - *mean;
        squares += off * off;
    }
    *half_width = count < 2 ? NAN
                            : zhol_student(0.5 + confidence / 2, count - 1.0) *
                                  sqrt(squares / (count - 1.0) / count);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Probability of at most k successes of n at q. */
static double binomial_below(uint32_t k, uint32_t n, double q)
{
    return k >= n ? 1 : beta_regular(n - k, k + 1.0, 1 - q);
}

bool zhol_quantile_interval(const double *values, uint32_t count, uint32_t stride, double q,
                            double confidence, double *scratch, double *quantile, double *low,
                            double *high)
{
    if (!count) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        scratch[i] = values[(size_t)i * stride];
    }
    qsort(scratch, count, sizeof *scratch, by_value);
    double rank = q * count;
    uint32_t at = rank < 1 ? 0 : (uint32_t)ceil(rank) - 1;
    *quantile = scratch[at];
    /* X(l) <= quantile <= X(u) with probability B(u-1) - B(l-1), ranks from 1; half of the risk on
     * each side. */
    double risk = (1 - confidence) / 2;
    uint32_t l = at + 1, u = at + 1;
    while (l > 0 && binomial_below(l - 1, count, q) > risk) {
        l--;
    }
    while (u <= count && binomial_below(u - 1, count, q) < 1 - risk) {
        u++;
    }
    if (l == 0 || u > count) {
        return false;
    }
    *low = scratch[l - 1];
    *high = scratch[u - 1];
    return true;
}
