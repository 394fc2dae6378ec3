/* corridor/states.c: which mode cargo is in when it is in a state, and back. */
#include <zhol/corridor.h>

unsigned zhol_state_of_mode(unsigned mode, int32_t gauge_mm)
{
    switch (mode) {
    case zhol_mode_RAIL:
        return gauge_mm == 1435   ? zhol_state_RAIL1435
               : gauge_mm == 1520 ? zhol_state_RAIL1520
                                  : zhol_state_BLANK;
    case zhol_mode_ROAD:
        return zhol_state_ROAD;
    case zhol_mode_SEA:
        return zhol_state_SEA;
    case zhol_mode_RIVER:
        return zhol_state_RIVER;
    case zhol_mode_OIL:
        return zhol_state_OIL;
    case zhol_mode_GAS:
        return zhol_state_GAS;
    case zhol_mode_AIR:
        return zhol_state_AIR;
    case zhol_mode_CARAVAN:
        return zhol_state_CARAVAN;
    default:
        return zhol_state_BLANK;
    }
}

unsigned zhol_mode_of_state(unsigned state)
{
    static const uint8_t modes[zhol_state_COUNT] = {
        [zhol_state_RAIL1435] = zhol_mode_RAIL,  [zhol_state_RAIL1520] = zhol_mode_RAIL,
        [zhol_state_ROAD] = zhol_mode_ROAD,      [zhol_state_SEA] = zhol_mode_SEA,
        [zhol_state_RIVER] = zhol_mode_RIVER,    [zhol_state_OIL] = zhol_mode_OIL,
        [zhol_state_GAS] = zhol_mode_GAS,        [zhol_state_AIR] = zhol_mode_AIR,
        [zhol_state_CARAVAN] = zhol_mode_CARAVAN};
    return state < zhol_state_COUNT ? modes[state] : zhol_mode_BLANK;
}
