/* freight_year.c: the year whose freight is looked at; options without effect (freight_year.h). */
#include "freight_year.h"

#include <stdlib.h>

#include "answer.h"
#include "base/time.h"
#include "desk/demand.h"

enum { FIRST_YEAR = 1, LAST_YEAR = 9999 };

static void days_of(int32_t year, int32_t *from, int32_t *to)
{
    *from = time_days((struct time_date){year, 1, 1});
    *to = time_days((struct time_date){year + 1, 1, 1});
}

int freight_year(const struct given *given, const struct loaded *loaded, int32_t *from, int32_t *to)
{
    double asked = 0;
    int32_t *years = NULL, whole = time_date_of(loaded->day).year - 1;
    uint32_t count = 0;
    int code = load_number(given, "year", FIRST_YEAR, LAST_YEAR, &asked);
    if (code != EXIT_FINE || given_value(given, "year")) {
        days_of((int32_t)asked, from, to);
        return code;
    }
    enum zhol_error error = demand_years(loaded->corridor, &years, &count);
    if (!error && count) {
        uint32_t last = count - 1;
        while (last > 0 && years[last] > whole) {
            last--;
        }
        days_of(years[last], from, to);
    } else {
        code = fail(given, error ? EXIT_FAILED : EXIT_NO_ANSWER, "%s",
                    error ? zhol_error_text(error)
                          : say(given, (struct said)SAID("the corridor has no totals of freight",
                                                         "в коридоре нет итогов грузов")));
    }
    free(years);
    return code;
}

int idle_options(const struct given *given, const char *const *options)
{
    for (; *options; options++) {
        if (given_value(given, *options) || given_switch(given, *options)) {
            return fail(given, EXIT_MISUSED,
                        say(given, (struct said)SAID("--%s does nothing here: the answer does not "
                                                     "depend on it",
                                                     "--%s здесь ничего не значит: ответ от этого "
                                                     "не зависит")),
                        *options);
        }
    }
    return EXIT_FINE;
}
