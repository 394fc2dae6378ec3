/* claims_model.h: `zhol claims --model` and `zhol commitments --model`: what the model gives for
 * each figure or promise, with its interval and a verdict.
 */
#ifndef ZHOL_APP_CLAIMS_MODEL_H
#define ZHOL_APP_CLAIMS_MODEL_H

#include "load.h"

/* Answers the figures (or the promises) that the arguments name, all claims without any; prints
 * in the format asked for and returns the exit code. */
int claims_model_print(const struct given *given, const struct loaded *loaded, bool promises);

#endif
