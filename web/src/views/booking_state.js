/**
 * The booking as a value: which step, what was chosen, what is still missing. Pure functions: no
 * page, no server. Nothing is held at the server while somebody fills this in: identity and plate
 * come first, and a place exists only by the last step.
 */

/** @typedef {{step: string, vehicle: string, driver: string, queue: string, category: string,
 *             release: string, slot: string, until: string, from: string, key: string}} Booking */

export const STEPS = ['who', 'where', 'when', 'confirm'];

/** What each step must have given before the next may be entered. */
const NEEDS = {
    who: ['vehicle', 'driver'],
    where: ['queue', 'category'],
    when: ['slot'],
    confirm: [],
};

/** What a choice makes void. */
const VOIDS = { queue: ['slot', 'until', 'from', 'release'], category: ['slot', 'until', 'from'], slot: ['until'] };

/** @returns {Booking} */
export const newBooking = (begin = {}) => ({
    step: 'who',
    vehicle: '',
    driver: '',
    queue: '',
    category: '',
    release: '',
    slot: '',
    until: '',
    from: '',
    key: '',
    ...begin,
});

/** The first step that lacks something; 'confirm' when nothing does. @param {Booking} booking */
export const firstMissing = (booking) =>
    STEPS.find((step) => NEEDS[step].some((name) => !booking[name])) ?? 'confirm';

/** May this step be shown yet? @param {Booking} booking @param {string} step */
export const reachable = (booking, step) => STEPS.indexOf(step) <= STEPS.indexOf(firstMissing(booking));

/** Goes to a step, or to the first one that lacks something before it. @returns {Booking} */
export const goTo = (booking, step) => ({
    ...booking,
    step: reachable(booking, step) ? step : firstMissing(booking),
});

/**
 * Takes a choice. What depended on the old one is forgotten, and so is the idempotency key: a
 * changed wish is a new request.
 * @param {Booking} booking @param {Partial<Booking>} choice @returns {Booking}
 */
export function choose(booking, choice) {
    const next = { ...booking, key: '' };
    for (const [name, value] of Object.entries(choice)) {
        if (value !== booking[name]) {
            for (const other of VOIDS[name] ?? []) {
                next[other] = '';
            }
        }
    }
    return { ...next, ...choice, key: '' };
}

/** The body of POST /v1/places. @param {Booking} booking */
export function requestOf(booking) {
    const { queue, vehicle, driver, category, slot, from } = booking;
    return { queue, vehicle, driver, category, slot, ...(from ? { from } : {}) };
}
