/**
 * The corridor over time, from one answer of the server: the state of each way on a day, the count
 * of crossings, what has happened until then. Days are texts YYYY-MM-DD, which compare as such.
 */

export const FIRST_YEAR = 1991;
export const LAST_YEAR = 2035;
export const LAST_MONTH = (LAST_YEAR - FIRST_YEAR + 1) * 12 - 1;

const two = (number) => String(number).padStart(2, '0');

/** The last day of a month counted from January 1991: what opened in it is open. */
export function dayOfMonth(month) {
    const year = FIRST_YEAR + Math.floor(month / 12);
    const last = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate();
    return `${year}-${two((month % 12) + 1)}-${two(last)}`;
}

/** The number of the month in which a day lies, within the slider. */
export function monthOfDay(day) {
    const [year, month] = day.split('-').map(Number);
    return Math.min(LAST_MONTH, Math.max(0, (year - FIRST_YEAR) * 12 + (month || 1) - 1));
}

/** @param {{states: {from: string|null, to: string|null, status: string}[]}} way */
export const stateOn = (way, day) =>
    way.states.find((state) => (!state.from || state.from <= day) && (!state.to || day < state.to));

/** What is drawn of a way on a day, or null. */
export function wayOn(way, day) {
    const state = stateOn(way, day);
    return (
        state && {
            ...way,
            status: state.status,
            supposed: state.supposed,
            unknown: !way.opened_known,
        }
    );
}

/** Rail crossings between Kazakhstan and China on a day: open and to come. */
export function crossings(timeline, day) {
    const country = new Map(timeline.nodes.map((node) => [node.id, node.country]));
    const open = new Set();
    const coming = new Set();
    for (const way of timeline.links) {
        const ends = [country.get(way.from), country.get(way.to)].sort().join();
        const state = way.mode === 'rail' && ends === 'CN,KZ' ? stateOn(way, day) : null;
        if (state) {
            const name = [way.from, way.to].sort().join();
            (state.status === 'operating' ? open : coming).add(name);
        }
    }
    open.forEach((name) => coming.delete(name));
    return { operating: open.size, planned: coming.size };
}

/** The newest `most` events of each kind until a day. */
export function happenings(timeline, day, kinds, most) {
    const found = timeline.events.filter((event) => event.date <= day && kinds.includes(event.what));
    return { all: found.length, newest: found.slice(-most).reverse() };
}
