/* desk/quantile.h: the beta distribution, for forecasts of waiting.
 *
 * Logarithms and exponentials are those of base/random.h, made of + - * / and sqrt alone, so that a
 * forecast is the same bit by bit on every machine and with every compiler.
 * Source: the continued fraction of the incomplete beta function by the modified method of Lentz;
 * log gamma by Stirling's series (Abramowitz and Stegun, 6.1.41, 26.5.8); start of the quantile by
 * 26.5.22 there.
 * Complexity: O(sqrt(a + b)) a step, a few steps.
 */
#ifndef ZHOL_DESK_QUANTILE_H
#define ZHOL_DESK_QUANTILE_H

/* ln Gamma(x), x > 0. */
double quantile_log_gamma(double x);
/* I_x(a, b): the chance that a beta(a, b) is below x. a, b > 0; x outside [0, 1] is cut. */
double quantile_beta_below(double x, double a, double b);
/* x with I_x(a, b) = p; a, b >= 0.5 and at most 1e9; p outside (0, 1) gives 0 or 1. */
double quantile_beta(double p, double a, double b);

#endif
