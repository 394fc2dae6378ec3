/* random_math.c: logarithm and exponential with the same bits on every machine (base/random.h).
 *
 * Method and constants of fdlibm (Sun Microsystems, 1993: "Permission to use, copy, modify, and
 * distribute this software is freely granted, provided that this notice is preserved"): reduction
 * to a small interval, then a minimax polynomial. Only + - * / on doubles and moves of exponent
 * bits.
 */
#include "base/random.h"

#include <math.h>
#include <string.h>

/* ln 2 as a sum: the high part has 21 zero bits at its end, so that a multiple of it is exact. */
#define LN2_HIGH       6.93147180369123816490e-01
#define LN2_LOW        1.90821492927058770002e-10
#define LN2_RECIPROCAL 1.44269504088896338700e+00

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 2^k for a normal result. */
static double power_of_two(int k)
{
    return double_of((uint64_t)(1023 + k) << 52);
}

/* Splits a positive finite x into 2^k * m with sqrt(1/2) < m <= sqrt(2), about; returns m. */
static double split(double x, int *k)
{
    int exponent = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        exponent = -54;
    }
    uint64_t bits = bits_of(x);
    /* carries into the exponent when the fraction is above that of sqrt(2) */
    uint64_t shifted = bits + (UINT64_C(0x3ff0000000000000) - UINT64_C(0x3fe6a09e00000000));
    *k = exponent + (int)(shifted >> 52) - 1023;
    uint64_t fraction = shifted & UINT64_C(0x000fffffffffffff);
    return double_of(fraction + UINT64_C(0x3fe6a09e00000000));
}

double random_log(double x)
{
    if (isnan(x) || x == INFINITY) {
        return x;
    }
    if (x <= 0) {
        return x == 0 ? -INFINITY : NAN;
    }
    int k;
    double f = split(x, &k) - 1.0;
    double s = f / (2.0 + f);
    double z = s * s, w = z * z;
    double even = w * (3.999999999940941908e-01 +
                       w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    double odd = z * (6.666666666666735130e-01 +
                      w * (2.857142874366239149e-01 +
                           w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    double r = even + odd;
    double half_square = 0.5 * f * f;
    double low = s * (half_square + r) + (double)k * LN2_LOW;
    return (double)k * LN2_HIGH - ((half_square - low) - f);
}

double random_exp(double x)
{
    if (isnan(x)) {
        return x;
    }
    if (x > 709.782712893383973096) {
        return INFINITY;
    }
    if (x < -745.13321910194110842) {
        return 0;
    }
    int k = (int)(LN2_RECIPROCAL * x + (x < 0 ? -0.5 : 0.5));
    double high = x - (double)k * LN2_HIGH;
    double low = (double)k * LN2_LOW;
    double r = high - low;
    double t = r * r;
    double c =
        r - t * (1.66666666666666019037e-01 +
                 t * (-2.77777777770155933842e-03 +
                      t * (6.61375632143793436117e-05 +
                           t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
    double y = 1.0 - ((low - r * c / (2.0 - c)) - high);
    if (k < -1021) { /* in two steps, so that the result rounds once, to a subnormal number */
        return y * power_of_two(k + 1000) * 0x1p-1000;
    }
    return k == 1024 ? y * 2.0 * 0x1p1023 : y * power_of_two(k);
}
