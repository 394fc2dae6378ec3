/* report/land_data.h: outlines of land and countries; see land_data.c for source and form. A count
 * of 0 ends each array. */
#ifndef ZHOL_REPORT_LAND_DATA_H
#define ZHOL_REPORT_LAND_DATA_H

#include <stdint.h>

extern const int16_t land_rings[];
extern const int16_t land_borders[];

#endif
