/* serve/parameters.h: the parameters of a path and query, decoded and checked against the table. */
#ifndef ZHOL_SERVE_PARAMETERS_H
#define ZHOL_SERVE_PARAMETERS_H

#include "serve/endpoint.h"

/* Fills request->parameters and values. False: replied with 400. */
bool parameters_read(struct request *request);

#endif
