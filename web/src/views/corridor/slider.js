/** The time slider: a month a step, marks of what happened above it, and play. */
import { t } from '../../i18n.js';
import { h, s } from '../../parts/dom.js';
import { day as dayText } from '../../parts/format.js';
import { stepTime } from '../../parts/map/map.js';
import { dayOfMonth, FIRST_YEAR, LAST_MONTH, LAST_YEAR, monthOfDay } from './timeline.js';

const MARKED = { opened: 0, agreed: 1, promised: 2 };

/** A column of marks a month, one row for each kind. */
function marks(events) {
    const seen = new Set();
    const shapes = [];
    for (const event of events) {
        const row = MARKED[event.what];
        const month = monthOfDay(event.date);
        if (row === undefined || event.date < `${FIRST_YEAR}` || seen.has(`${row} ${month}`)) {
            continue;
        }
        seen.add(`${row} ${month}`);
        shapes.push(s('rect', { class: event.what, x: month, y: row * 4, width: 1.6, height: 3 }));
    }
    return s(
        'svg',
        { class: 'marks', viewBox: `0 0 ${LAST_MONTH} 12`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        ...shapes,
    );
}

function years() {
    const texts = [];
    for (let year = FIRST_YEAR + 4; year <= LAST_YEAR; year += 5) {
        const place = (100 * (year - FIRST_YEAR) * 12) / LAST_MONTH;
        texts.push(h('span', { style: { left: `${place}%` } }, String(year)));
    }
    return h('div', { class: 'years', 'aria-hidden': 'true' }, ...texts);
}

export class TimeSlider {
    #input;
    #output = h('output', { class: 'slider-day' });
    #marks = h('div', { class: 'slider-marks' });
    #button;
    #timer = 0;
    #onDay;

    /** @param {{asOf: string, onDay: (day: string, playing: boolean) => void}} options */
    constructor({ asOf, onDay }) {
        this.#onDay = onDay;
        this.#input = h('input', {
            type: 'range',
            min: 0,
            max: LAST_MONTH,
            step: 1,
            'aria-label': t('corridor.date'),
            oninput: () => this.#changed(),
            onkeydown: (event) => this.#key(event),
        });
        this.#button = h('button', { class: 'button', type: 'button', onclick: () => this.toggle() });
        const now = (100 * monthOfDay(asOf)) / LAST_MONTH;
        this.element = h(
            'div',
            { class: 'slider' },
            h('div', { class: 'slider-head' }, this.#button, this.#output),
            h(
                'div',
                { class: 'slider-track' },
                this.#marks,
                h('div', { class: 'slider-future', style: { left: `${now}%` } }, h('span', {}, t('corridor.plans'))),
                this.#input,
                years(),
            ),
        );
        this.#showButton();
    }

    setEvents(events) {
        this.#marks.replaceChildren(marks(events));
    }

    /** Shows a day without calling back. */
    setDay(day) {
        this.#input.value = monthOfDay(day);
        this.#say(day);
    }

    get day() {
        return dayOfMonth(Number(this.#input.value));
    }

    toggle() {
        if (this.#timer) {
            this.stop();
            return;
        }
        if (Number(this.#input.value) === LAST_MONTH) {
            this.#input.value = 0;
        }
        this.#timer = setInterval(() => this.#step(), stepTime());
        this.#showButton();
    }

    stop() {
        clearInterval(this.#timer);
        this.#timer = 0;
        this.#showButton();
        this.#onDay(this.day, false);
    }

    destroy() {
        clearInterval(this.#timer);
    }

    #step() {
        const next = Math.min(LAST_MONTH, Number(this.#input.value) + 1);
        this.#input.value = next;
        this.#changed();
        if (next === LAST_MONTH) {
            this.stop();
        }
    }

    #key(event) {
        const years = { PageUp: 12, PageDown: -12 }[event.key];
        if (years) {
            event.preventDefault();
            this.#input.value = Number(this.#input.value) + years;
            this.#changed();
        }
    }

    #changed() {
        this.#say(this.day);
        this.#onDay(this.day, this.#timer !== 0);
    }

    #say(day) {
        const text = dayText(day, { month: 'long', year: 'numeric' });
        this.#output.textContent = text;
        this.#input.setAttribute('aria-valuetext', text);
    }

    #showButton() {
        const playing = this.#timer !== 0;
        this.#button.textContent = playing ? t('corridor.stop') : t('corridor.play');
        this.#button.setAttribute('aria-pressed', String(playing));
    }
}
