/** Step 4: everything once more, the money, the rules that hold, and the button that books. */
import { get, newKey, post } from '../api.js';
import { named, t } from '../i18n.js';
import { slotText } from '../parts/border_time.js';
import { categoryName, plate, problemText } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { findQueue, money, stepButtons } from './booking_parts.js';
import { receiptDetails } from './booking_receipt.js';
import { feeLines, ruleLines } from './booking_rules.js';
import { requestOf } from './booking_state.js';

function slotWords(booking) {
    if (booking.slot === 'next') {
        return t('booking.slot_next');
    }
    if (booking.slot === 'round') {
        return t('booking.slot_round');
    }
    return booking.slot === 'live' ? t('booking.live') : slotText({ start: booking.slot, end: booking.until });
}

function summary(view, checkpoint, queue) {
    const { booking, known } = view;
    const vehicle = known?.vehicle.get(booking.vehicle);
    const driver = known?.driver.get(booking.driver);
    const line = (name, ...value) => [h('dt', {}, t(`booking.${name}`)), h('dd', {}, ...value)];
    return h(
        'dl',
        { class: 'facts facts-large' },
        line('vehicle', plate(vehicle?.plate)),
        line('driver', driver?.name ?? '–'),
        line('checkpoint', named(checkpoint.name)),
        line('category', categoryName(booking.category, queue.categories)),
        line('slot', slotWords(booking)),
    );
}

function fees(lines) {
    if (!lines.length) {
        return h('p', {}, t('booking.no_fee'));
    }
    return [
        h(
            'table',
            {},
            h('caption', { class: 'unseen' }, t('booking.money')),
            h(
                'tbody',
                {},
                lines.map((fee) =>
                    h(
                        'tr',
                        {},
                        h('th', { scope: 'row' }, t(`booking.fee_${fee.what}`), h('span', { class: 'muted small' }, fee.note)),
                        h('td', { class: 'number' }, h('strong', {}, money(fee.amount, fee.currency))),
                    ),
                ),
            ),
        ),
        h('p', { class: 'muted small' }, t('booking.ledger_only')),
    ];
}

/** A refusal with its signed receipt, and what to do instead. */
function refused(view, error) {
    const { receipt } = error.problem;
    const back = { slot_full: 'when', no_slot: 'where', category_full: 'when', closed: 'when', too_late: 'when', no_round: 'when', unknown_slot: 'when' }[error.code];
    return h(
        'div',
        { class: 'notice notice-bad', role: 'alert' },
        h('p', {}, h('strong', {}, problemText(error))),
        error.problem.rule ? h('p', { class: 'small' }, t('booking.by_rule', { rule: error.problem.rule })) : null,
        back ? h('button', { class: 'button', type: 'button', onclick: () => view.to(back) }, t('booking.choose_other')) : null,
        receipt ? receiptDetails(receipt, t('booking.refusal_receipt')) : null,
    );
}

async function book(view, answer, button, checkpoint, queue) {
    button.disabled = true;
    answer.replaceChildren(h('p', { role: 'status' }, t('booking.sending')));
    const { booking, known } = view;
    // The same key as long as nothing was changed: a lost answer does not book twice.
    booking.key ||= newKey();
    try {
        const { vehicle, category } = booking;
        const made = await post('/v1/places', requestOf(booking), { key: booking.key });
        view.finish(made, {
            plate: known?.vehicle.get(vehicle)?.plate,
            checkpoint_name: checkpoint.name,
            category_name: categoryName(category, queue.categories),
        });
    } catch (error) {
        button.disabled = false;
        if (error.status !== 0 && error.status !== 503) {
            booking.key = '';
        }
        answer.replaceChildren(refused(view, error));
    }
}

/** @param {object} view of booking.js @returns {Promise<HTMLElement>} */
export async function confirmStep(view) {
    const { checkpoint, queue } = findQueue(view, view.booking.queue);
    const [answer, vehicles, drivers] = await Promise.all([
        get(`/v1/queues/${view.booking.queue}/rules`).catch(() => ({ rules: {} })),
        view.known ? null : get('/v1/vehicles', { limit: 1000 }),
        view.known ? null : get('/v1/drivers', { limit: 1000 }),
    ]);
    view.known ??= {
        vehicle: new Map(vehicles.items.map((item) => [item.id, item])),
        driver: new Map(drivers.items.map((item) => [item.id, item])),
    };
    const said = h('div', { 'aria-live': 'polite' });
    const buttons = stepButtons(view);
    const button = buttons.querySelector('.main');
    const go = h(
        'button',
        { class: 'button main', type: 'button', id: 'book', onclick: () => book(view, said, go, checkpoint, queue) },
        t(view.booking.slot === 'round' ? 'booking.request' : 'booking.book'),
    );
    button.replaceWith(go);
    return h(
        'div',
        {},
        h('h2', {}, t('booking.confirm_title')),
        h(
            'div',
            { class: 'two' },
            h('section', { class: 'card' }, h('div', { class: 'body' }, summary(view, checkpoint, queue))),
            h(
                'section',
                { class: 'card' },
                h('header', {}, h('h3', {}, t('booking.money'))),
                h('div', { class: 'body' }, fees(feeLines(answer.rules, view.booking.category))),
            ),
        ),
        h(
            'section',
            { class: 'card' },
            h('header', {}, h('h3', {}, t('booking.rules')), h('span', { class: 'muted small' }, t('board.rule_set', { rule: answer.rules.rule_set ?? queue.rule_set }))),
            h('div', { class: 'body' }, h('ul', { class: 'rules' }, ruleLines(answer.rules).map((line) => h('li', {}, line)))),
        ),
        said,
        buttons,
    );
}

