/* assign_firm.h: how firm an assignment is, printed. */
#ifndef ZHOL_APP_ASSIGN_FIRM_H
#define ZHOL_APP_ASSIGN_FIRM_H

#include "answer.h"
#include "desk/assign_robust.h"

int assign_firm_robust(const struct given *given, const struct loaded *loaded,
                       const struct assign_study_options *options,
                       const struct assign_robust *robust);
int assign_firm_sensitivity(const struct given *given, const struct loaded *loaded,
                            const struct assign_study_options *options,
                            const struct assign_sensitivity *sensitivity);

#endif
