/* zhol/zhol.h: all public headers of libzhol. */
#ifndef ZHOL_ZHOL_H
#define ZHOL_ZHOL_H

#include <zhol/assign.h>
#include <zhol/corridor.h>
#include <zhol/dispatch.h>
#include <zhol/engine.h>
#include <zhol/error.h>
#include <zhol/identifier.h>
#include <zhol/moa.h>
#include <zhol/network.h>
#include <zhol/plan.h>
#include <zhol/simulate.h>
#include <zhol/tables.h>
#include <zhol/words.h>

#endif
