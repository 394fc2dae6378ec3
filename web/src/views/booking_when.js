/** Step 3: a slot, the next free one, the open draw, or the live queue, as the queue's rules say. */
import { get } from '../api.js';
import { t } from '../i18n.js';
import { clock, dateOf, dayOf, now, slotText } from '../parts/border_time.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { nothing } from '../parts/notice.js';
import { findQueue, stepButtons } from './booking_parts.js';

const freeOf = (slot) => Math.max(0, slot.free_for_category ?? slot.free);

/**
 * Days as a row of switches, the day's slots below as radio buttons.
 * @param {object[]} slots @param {string} chosen @param {(slot: object) => void} take
 */
export function slotPicker(slots, chosen, take) {
    const days = [...new Set(slots.map((slot) => dateOf(slot.start)))];
    const free = new Map(days.map((day) => [day, 0]));
    slots.forEach((slot) => free.set(dateOf(slot.start), free.get(dateOf(slot.start)) + freeOf(slot)));
    let day = chosen && days.includes(dateOf(chosen)) ? dateOf(chosen) : (days.find((each) => free.get(each) > 0) ?? days[0]);
    const list = h('div', { class: 'slot-options', role: 'radiogroup', 'aria-label': t('booking.slot') });
    const row = h('div', { class: 'days', role: 'group', 'aria-label': t('booking.day') });
    const drawSlots = () =>
        list.replaceChildren(
            ...slots
                .filter((slot) => dateOf(slot.start) === day)
                .map((slot) =>
                    h(
                        'label',
                        { class: freeOf(slot) ? 'slot' : 'slot slot-full' },
                        h('input', {
                            type: 'radio',
                            name: 'slot',
                            value: slot.start,
                            checked: slot.start === chosen,
                            disabled: freeOf(slot) === 0,
                            onchange: () => {
                                chosen = slot.start;
                                take(slot);
                            },
                        }),
                        h('strong', {}, `${clock(slot.start)}–${clock(slot.end)}`),
                        h('span', { class: 'small' }, freeOf(slot) ? t('board.free', { count: freeOf(slot) }) : t('board.full')),
                    ),
                ),
        );
    const drawDays = () =>
        row.replaceChildren(
            ...days.map((each) =>
                h(
                    'button',
                    {
                        type: 'button',
                        'aria-pressed': String(each === day),
                        onclick: () => {
                            day = each;
                            drawDays();
                            drawSlots();
                            row.querySelector('[aria-pressed=true]').focus();
                        },
                    },
                    h('strong', {}, dayOf(`${each}T12:00:00Z`, 0)),
                    h('span', { class: 'small' }, free.get(each) ? t('board.free', { count: number(free.get(each)) }) : t('board.full')),
                ),
            ),
        );
    drawDays();
    drawSlots();
    return h('div', {}, row, list);
}

export const futureSlots = async (queue, category) => {
    const from = new Date(now()).toISOString().replace(/\.\d+Z/, 'Z');
    const answer = await get(`/v1/queues/${queue}/slots`, { category, from });
    return answer.items.filter((slot) => Date.parse(slot.start) > now());
};

function radio(view, value, title, note, buttons, extra = {}) {
    return h(
        'label',
        { class: 'option' },
        h('input', {
            type: 'radio',
            name: 'how',
            value,
            checked: view.booking.slot === value,
            onchange: () => {
                view.choose({ slot: value, ...extra });
                buttons.enable(true);
            },
        }),
        h('span', {}, h('strong', {}, title), h('span', { class: 'muted small' }, note)),
    );
}

async function firstCome(view, buttons) {
    const slots = await futureSlots(view.booking.queue, view.booking.category);
    const next = slots.find((slot) => freeOf(slot) > 0);
    const nextOption = next
        ? radio(view, 'next', t('booking.next_free', { time: slotText(next) }), t('booking.next_note'), buttons, { from: '' })
        : h('p', {}, t('border.refusal.no_slot'));
    const picker = slots.length
        ? slotPicker(slots, view.booking.slot, (slot) => {
              const how = nextOption.querySelector?.('input');
              if (how) {
                  how.checked = false;
              }
              view.choose({ slot: slot.start, until: slot.end, from: '' });
              buttons.enable(true);
          })
        : nothing(t('board.no_slots'));
    nextOption.addEventListener?.('change', () =>
        picker.querySelectorAll('input[name=slot]').forEach((each) => {
            each.checked = false;
        }),
    );
    return [
        h('section', { class: 'card' }, h('div', { class: 'body options' }, nextOption)),
        h(
            'section',
            { class: 'card' },
            h('header', {}, h('h3', {}, t('booking.choose_slot')), h('span', { class: 'muted small' }, t('booking.slot_note'))),
            h('div', { class: 'body' }, picker),
        ),
    ];
}

async function round(view, buttons) {
    const answer = await get('/v1/rounds', { queue: view.booking.queue });
    const open = answer.items.filter((each) => !each.drawn_at && Date.parse(each.until) > now());
    const options = open.map((each) =>
        radio(
            view,
            'round',
            t('booking.round', { time: slotText({ start: each.from, end: each.until }) }),
            each.places === null
                ? t('booking.round_requests', { requests: number(each.requests) })
                : t('booking.round_figures', { requests: number(each.requests), places: number(each.places) }),
            buttons,
        ),
    );
    return [
        h(
            'section',
            { class: 'card' },
            h(
                'div',
                { class: 'body' },
                options.length ? h('div', { class: 'options' }, options) : h('p', {}, t('border.refusal.no_round')),
                h('p', { class: 'muted' }, t('booking.round_note')),
            ),
        ),
    ];
}

function live(view, buttons) {
    return [
        h(
            'section',
            { class: 'card' },
            h('div', { class: 'body options' }, radio(view, 'live', t('booking.live'), t('booking.live_note'), buttons)),
        ),
    ];
}

/** @param {object} view of booking.js @returns {Promise<HTMLElement>} */
export async function whenStep(view) {
    const { queue } = findQueue(view, view.booking.queue);
    const buttons = stepButtons(view);
    const kinds = { first_come: firstCome, round, live };
    const parts = await kinds[queue?.release ?? 'first_come'](view, buttons);
    buttons.enable(Boolean(view.booking.slot));
    return h('div', {}, h('h2', {}, t('booking.when_title')), h('p', { class: 'muted' }, t('booking.time_note')), ...parts, buttons);
}
