/* desk/dispatch_list.h: trains of a day from imported train lists (intake/intake.h).
 *
 * A train is all records of one train number and time of forming. Its gauge is that of its wagons'
 * numbers (8 digits: 1520 mm; 7 or 12: 1435 mm) where the list does not say it; it carries
 * containers where any wagon has one, else bulk where its cargo is bulk, else its wagons get other
 * bogies. Boxes to one place of one owner with the same times go as one group.
 *
 * Faults name file and line: a train on two gauges or none, a wagon without a destination, a
 * container too many for its wagon, a wagon or container of another train of this or an earlier
 * list of the day, a place on the side from which the train comes, a time far from the day, a
 * weight that no wagon has, a list without wagons. With a fault in any row no train of the file is
 * added, and the code of the first is returned.
 */
#ifndef ZHOL_DESK_DISPATCH_LIST_H
#define ZHOL_DESK_DISPATCH_LIST_H

#include "desk/dispatch_day.h"
#include "intake/intake.h"

enum zhol_error dispatch_day_list(struct dispatch_day *day, const struct intake_records *records,
                                  const char *file, struct zhol_report *report);

#endif
