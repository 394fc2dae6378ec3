/** Step 2: which kind of cargo and which checkpoint, with the forecast of each. */
import { get } from '../api.js';
import { named, t } from '../i18n.js';
import { categoryName } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { stepButtons } from './booking_parts.js';
import { joinCell, nextFree, statusBadge, statusOf, directionName } from './queue_parts.js';

function queuesOf(view) {
    return view.checkpoints.flatMap((checkpoint) =>
        checkpoint.queues
            .filter((queue) => queue.mode === 'managed')
            .map((queue) => ({ checkpoint, queue })),
    );
}

function categories(queues) {
    const known = new Map();
    queues.forEach(({ queue }) => queue.categories.forEach((each) => known.set(each.id, categoryName(each.id, [each]))));
    return [...known];
}

function queueOption(view, { checkpoint, queue }, item, draw) {
    const { booking } = view;
    const offers = queue.categories.some((each) => each.id === booking.category);
    const status = item ? statusOf(item, queue) : null;
    const join = item?.categories.find((each) => each.id === booking.category)?.join;
    return h(
        'label',
        { class: 'option option-queue' },
        h('input', {
            type: 'radio',
            name: 'queue',
            value: queue.id,
            checked: booking.queue === queue.id && offers,
            disabled: !offers,
            onchange: () => {
                view.choose({ queue: queue.id, release: queue.release });
                draw();
            },
        }),
        h(
            'span',
            { class: 'queue-line' },
            h(
                'span',
                {},
                h('strong', {}, named(checkpoint.name)),
                h('span', { class: 'muted small' }, directionName(queue.direction)),
            ),
            h('span', {}, status ? statusBadge(status) : null, h('span', { class: 'muted small' }, t(`border.release.${queue.release}`))),
            h('span', {}, h('span', { class: 'muted small' }, t('board.col_waiting')), h('strong', {}, number(item?.waiting_total))),
            h('span', {}, h('span', { class: 'muted small' }, t('board.col_join')), join ? joinCell(join) : h('span', { class: 'small' }, offers ? '–' : t('board.no_category'))),
            h('span', {}, h('span', { class: 'muted small' }, t('board.col_free')), item && queue.release === 'first_come' ? nextFree(item) : '–'),
        ),
    );
}

/** @param {object} view of booking.js @returns {Promise<HTMLElement>} */
export async function whereStep(view) {
    const board = await get('/v1/board').catch(() => ({ items: [] }));
    const queues = queuesOf(view);
    const all = categories(queues);
    if (!all.some(([id]) => id === view.booking.category)) {
        view.choose({ category: '' });
    }
    const list = h('div', { class: 'options', role: 'radiogroup', 'aria-label': t('booking.checkpoint') });
    const buttons = stepButtons(view);
    const draw = () => {
        list.replaceChildren(
            ...queues.map((each) =>
                queueOption(view, each, board.items.find((item) => item.queue === each.queue.id), draw),
            ),
        );
        buttons.enable(Boolean(view.booking.queue && view.booking.category));
        list.querySelector('input:checked')?.focus({ preventScroll: true });
    };
    const category = h(
        'div',
        { class: 'options options-inline', role: 'radiogroup', 'aria-label': t('booking.category') },
        all.map(([id, name]) =>
            h(
                'label',
                { class: 'option' },
                h('input', {
                    type: 'radio',
                    name: 'category',
                    value: id,
                    checked: id === view.booking.category,
                    onchange: () => {
                        const { queue } = view.booking;
                        view.choose({ category: id });
                        const found = queues.find((each) => each.queue.id === queue);
                        const keeps = found?.queue.categories.some((each) => each.id === id);
                        view.choose(keeps ? { queue, release: found.queue.release } : { queue: '' });
                        draw();
                        category.querySelector('input:checked').focus();
                    },
                }),
                h('span', {}, name),
            ),
        ),
    );
    const chosen = queues.find((each) => each.queue.id === view.booking.queue);
    if (chosen) {
        view.choose({ release: chosen.queue.release });
    }
    draw();
    return h(
        'div',
        {},
        h('h2', {}, t('booking.where_title')),
        h('p', { class: 'muted' }, t('booking.where_note')),
        h('section', { class: 'card' }, h('header', {}, h('h3', {}, t('booking.category'))), h('div', { class: 'body' }, category)),
        h('section', { class: 'card' }, h('header', {}, h('h3', {}, t('booking.checkpoint'))), h('div', { class: 'body' }, list)),
        buttons,
    );
}
