/* serve/endpoints_model.h: endpoints of the corridor as a model: map, plan, show, OGC API.
 *
 * See endpoint.h for the columns. Handlers stand in model_*.c.
 */
#ifndef ZHOL_SERVE_ENDPOINTS_MODEL_H
#define ZHOL_SERVE_ENDPOINTS_MODEL_H

#define MODEL_ENDPOINTS(E)

#endif
