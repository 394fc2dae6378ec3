/* serve/schemas_model.h: shapes of what the endpoints of the model take and give; see schema.h. */
#ifndef ZHOL_SERVE_SCHEMAS_MODEL_H
#define ZHOL_SERVE_SCHEMAS_MODEL_H

#define MODEL_SCHEMAS(S)

#endif
