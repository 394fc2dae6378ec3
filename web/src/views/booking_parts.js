/** Parts that the steps of a booking share. */
import { t } from '../i18n.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';

/** Back and next; `enable(on)` of the result opens the way on. */
export function stepButtons(view, { back = true, next = t('booking.next') } = {}) {
    const on = h('button', { class: 'button main', type: 'button', onclick: () => view.next() }, next);
    const row = h(
        'div',
        { class: 'row step-buttons' },
        back ? h('button', { class: 'button', type: 'button', onclick: () => goBack(view) }, t('booking.back')) : null,
        on,
    );
    row.enable = (open) => {
        on.disabled = !open;
    };
    return row;
}

const ORDER = ['who', 'where', 'when', 'confirm'];
const goBack = (view) => view.to(ORDER[Math.max(0, ORDER.indexOf(view.booking.step) - 1)]);

/** A queue's checkpoint and itself. */
export function findQueue(view, id) {
    for (const checkpoint of view.checkpoints) {
        const queue = checkpoint.queues.find((each) => each.id === id);
        if (queue) {
            return { checkpoint, queue };
        }
    }
    return { checkpoint: null, queue: null };
}

/** An amount in hundredths: 3 932 KZT. */
export const money = (amount, currency) =>
    `${number(amount / 100, amount % 100 ? 2 : 0)}${String.fromCharCode(160)}${currency}`;
