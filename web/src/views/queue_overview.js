/** The board of all checkpoints: one table, the last calls, and which checkpoint to take. */
import { named, t } from '../i18n.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { link } from '../router.js';
import { mountAdvice } from './queue_advice.js';
import {
    allCategories,
    calledTable,
    directionName,
    joinCell,
    nextFree,
    oldest,
    placeOf,
    statusBadge,
    statusOf,
    todayBar,
} from './queue_parts.js';

/** The category of most trucks: what a visitor most likely asks for. */
function mainCategory(items, categories) {
    const count = new Map(categories.map(({ id }) => [id, 0]));
    items.forEach((item) => item.categories.forEach((each) => count.set(each.id, (count.get(each.id) ?? 0) + each.waiting + each.booked)));
    return [...count].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

/** Managed queues first, then by how many wait. */
const inOrder = (items) =>
    [...items].sort(
        (a, b) =>
            Number(b.mode === 'managed') - Number(a.mode === 'managed') ||
            b.waiting_total - a.waiting_total,
    );

function cell(label, ...content) {
    return h('td', { 'data-label': label }, h('div', {}, ...content));
}

function joinOf(item, own) {
    if (item.known === false) {
        return h('span', { class: 'muted' }, '–');
    }
    return own ? joinCell(own.join) : h('span', { class: 'muted' }, t('board.no_category'));
}

function row(board, item, category) {
    const { checkpoint, queue } = placeOf(board, item.queue);
    const status = statusOf(item, queue);
    const own = item.categories.find((each) => each.id === category);
    return h(
        'tr',
        { 'data-queue': item.queue },
        h(
            'th',
            { scope: 'row' },
            h('a', { href: link('queue', {}, [checkpoint.id]) }, named(checkpoint.name)),
            h(
                'span',
                { class: 'muted small' },
                directionName(item.direction),
                item.mode === 'observed' ? ` · ${t('board.observed')}` : '',
            ),
        ),
        cell(t('board.col_state'), statusBadge(status), status.more ? h('span', { class: 'small muted' }, status.more) : null),
        cell(t('board.col_today'), item.known === false ? h('span', { class: 'muted' }, t('board.planned', { limit: number(item.limit_today) })) : todayBar(item)),
        cell(
            t('board.col_waiting'),
            item.known === false
                ? h('span', { class: 'muted' }, t('board.no_figures'))
                : [h('strong', {}, number(item.waiting_total)), h('span', { class: 'muted small' }, oldest(item))],
        ),
        cell(t('board.col_join'), joinOf(item, own)),
        cell(t('board.col_free'), item.mode === 'managed' ? nextFree(item) : h('span', { class: 'muted' }, '–')),
    );
}

function table(board, category) {
    return h(
        'table',
        { class: 'checkpoints' },
        h('caption', { class: 'unseen' }, t('board.title')),
        h(
            'thead',
            {},
            h(
                'tr',
                {},
                ['checkpoint', 'state', 'today', 'waiting', 'join', 'free'].map((name) =>
                    h('th', { scope: 'col' }, t(`board.col_${name}`)),
                ),
            ),
        ),
        h('tbody', {}, inOrder(board.items).map((item) => row(board, item, category))),
    );
}

function categoryChoice(board, category) {
    return h(
        'label',
        { class: 'row category-choice' },
        h('span', {}, t('board.your_cargo')),
        h(
            'select',
            { class: 'choice', onchange: (event) => board.choose({ category: event.target.value }) },
            allCategories(board).map(({ id, name }) =>
                h('option', { value: id, selected: id === category }, name),
            ),
        ),
    );
}

function callCards(board) {
    return board.items
        .filter((item) => item.mode === 'managed')
        .map((item) => {
            const { checkpoint, queue } = placeOf(board, item.queue);
            return h(
                'section',
                { class: 'card' },
                h(
                    'header',
                    {},
                    h('h2', {}, t('board.called_last')),
                    h('span', { class: 'muted' }, `${named(checkpoint.name)}, ${directionName(item.direction)}`),
                ),
                h('div', { class: 'body' }, calledTable(item, queue, 8)),
            );
        });
}

/** Keeps the place of focus and the advice form while figures change below them. */
export function drawOverview(board) {
    const categories = allCategories(board);
    const category = categories.some((each) => each.id === board.params.category)
        ? board.params.category
        : mainCategory(board.items, categories);
    if (!board.parts) {
        board.parts = {
            choice: h('div', {}),
            table: h('div', { class: 'card' }),
            advice: h('section', { class: 'card advice' }),
            calls: h('div', { class: 'call-cards' }),
        };
        const { parts } = board;
        parts.choice.append(categoryChoice(board, category));
        board.place.append(
            parts.choice,
            parts.table,
            h('p', { class: 'muted small method' }, t('board.method')),
            h('div', { class: 'board-columns' }, parts.calls, parts.advice),
        );
        board.advise = mountAdvice(parts.advice, board);
    }
    board.parts.table.replaceChildren(table(board, category));
    board.parts.calls.replaceChildren(...callCards(board));
    board.advise(category);
}
