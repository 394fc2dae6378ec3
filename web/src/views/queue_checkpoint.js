/** One checkpoint on the board: categories, calls, slots, draws, and what was accepted before. */
import { get } from '../api.js';
import { named, t } from '../i18n.js';
import { clock, dateOf, dayOf, now, slotText, when } from '../parts/border_time.js';
import { categoryName, said, scrollable } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { nothing } from '../parts/notice.js';
import { link } from '../router.js';
import { drawCharts } from './queue_charts.js';
import {
    byWaiting,
    calledTable,
    directionName,
    joinCell,
    oldest,
    placeOf,
    statusBadge,
    statusOf,
    todayBar,
} from './queue_parts.js';

function figure(label, ...content) {
    return h('div', {}, h('dt', {}, label), h('dd', {}, ...content));
}

function heading(board, item, checkpoint, queue) {
    const status = statusOf(item, queue);
    return h(
        'header',
        { class: 'checkpoint-head' },
        h(
            'div',
            {},
            h('a', { href: link('queue'), class: 'small' }, `‹ ${t('board.all')}`),
            h('h2', {}, named(checkpoint.name), ' ', h('span', { class: 'muted' }, directionName(item.direction))),
        ),
        h(
            'div',
            { class: 'row' },
            statusBadge(status),
            status.more ? h('span', {}, status.more) : null,
            h('a', { class: 'button small', href: link('queue', { wall: 1 }, [checkpoint.id]) }, t('board.wall')),
            item.mode === 'managed'
                ? h('a', { class: 'button small main', href: link('booking', { queue: item.queue }) }, t('border.nav_book'))
                : null,
        ),
    );
}

function figures(item, queue) {
    const best = byWaiting(item)[0];
    const known = item.known !== false;
    return h(
        'dl',
        { class: 'kpis' },
        figure(t('board.col_waiting'), h('strong', {}, known ? number(item.waiting_total) : '–'), h('span', { class: 'muted small' }, known ? oldest(item) : t('board.no_figures'))),
        figure(t('board.col_today'), known ? todayBar(item) : h('span', {}, t('board.planned', { limit: number(item.limit_today) }))),
        best ? figure(`${t('board.col_join')}: ${categoryName(best.id, queue.categories)}`, joinCell(best.join)) : null,
        figure(
            t('board.release'),
            h('strong', {}, item.mode === 'observed' ? t('board.observed') : said(`border.release.${queue.release}`, queue.release)),
            h('span', { class: 'muted small' }, item.mode === 'observed' ? t('board.observed_note') : t('board.rule_set', { rule: queue.rule_set })),
        ),
    );
}

function categoryTable(item, queue) {
    if (!item.categories.length) {
        return h('p', { class: 'muted' }, t('board.no_figures'));
    }
    const observed = item.mode === 'observed';
    return h(
        'table',
        { class: 'categories' },
        h('caption', { class: 'unseen' }, t('board.by_category')),
        h(
            'thead',
            {},
            h(
                'tr',
                {},
                h('th', { scope: 'col' }, t('board.category')),
                h('th', { scope: 'col', class: 'number' }, t('board.waiting')),
                observed ? null : h('th', { scope: 'col', class: 'number' }, t('border.state.called')),
                observed ? null : h('th', { scope: 'col', class: 'number' }, t('border.state.booked')),
                h('th', { scope: 'col' }, t('board.col_join')),
            ),
        ),
        h(
            'tbody',
            {},
            byWaiting(item).map((each) =>
                h(
                    'tr',
                    {},
                    h('th', { scope: 'row' }, categoryName(each.id, queue.categories)),
                    h('td', { class: 'number' }, h('strong', {}, number(each.waiting))),
                    observed ? null : h('td', { class: 'number' }, number(each.called)),
                    observed ? null : h('td', { class: 'number' }, number(each.booked)),
                    h('td', {}, joinCell(each.join)),
                ),
            ),
        ),
    );
}

/** A table of hours by days; a cell says how many places are free. */
function slotGrid(item) {
    const slots = (item.slots ?? []).filter((slot) => Date.parse(slot.end) > now());
    if (!slots.length) {
        return nothing(t('board.no_slots'));
    }
    const days = [...new Set(slots.map((slot) => dateOf(slot.start)))].slice(0, 4);
    const hours = [...new Set(slots.map((slot) => clock(slot.start)))].sort();
    const find = (day, hour) => slots.find((slot) => dateOf(slot.start) === day && clock(slot.start) === hour);
    return h(
        'div',
        scrollable(t('board.slots')),
        h(
            'table',
            { class: 'slots' },
            h('caption', { class: 'unseen' }, t('board.slots')),
            h('thead', {}, h('tr', {}, h('td', {}), days.map((day) => h('th', { scope: 'col' }, dayOf(`${day}T12:00:00Z`, 0))))),
            h(
                'tbody',
                {},
                hours.map((hour) =>
                    h('tr', {}, h('th', { scope: 'row' }, hour), days.map((day) => slotCell(find(day, hour)))),
                ),
            ),
        ),
        h('p', { class: 'muted small' }, t('board.slots_note')),
    );
}

function slotCell(slot) {
    if (!slot) {
        return h('td', { class: 'none' }, '·');
    }
    const free = Math.max(0, slot.capacity - slot.taken);
    const tone = free === 0 ? 'full' : free < slot.capacity * 0.2 ? 'few' : 'free';
    return h(
        'td',
        { class: tone, title: t('board.taken', { taken: slot.taken, capacity: slot.capacity }) },
        free === 0 ? t('board.full') : number(free),
    );
}

/** Draws of a queue with rounds: what anyone needs to compute the order again. */
async function fillRounds(place, queue) {
    const answer = await get('/v1/rounds', { queue: queue.id }).catch(() => ({ items: [] }));
    if (!answer.items.length) {
        return;
    }
    place.replaceChildren(
        h('header', {}, h('h2', {}, t('board.rounds')), h('span', { class: 'muted small' }, t('board.rounds_note'))),
        h(
            'div',
            scrollable(t('board.rounds'), 'body scroll'),
            h(
                'table',
                {},
                h('caption', { class: 'unseen' }, t('board.rounds')),
                h(
                    'thead',
                    {},
                    h(
                        'tr',
                        {},
                        h('th', { scope: 'col' }, t('board.round_window')),
                        h('th', { scope: 'col', class: 'number' }, t('board.round_requests')),
                        h('th', { scope: 'col', class: 'number' }, t('board.round_places')),
                        h('th', { scope: 'col' }, t('board.round_drawn')),
                    ),
                ),
                h('tbody', {}, answer.items.slice(0, 8).map(roundRow)),
            ),
        ),
    );
    place.hidden = false;
}

function roundRow(round) {
    const proof = (label, text) =>
        h('p', {}, h('span', { class: 'small muted' }, label), ' ', h('code', { class: 'hash' }, text));
    return [
        h(
            'tr',
            { class: 'round' },
            h('td', {}, slotText({ start: round.from, end: round.until })),
            h('td', { class: 'number' }, number(round.requests)),
            h('td', { class: 'number' }, number(round.places)),
            h('td', {}, round.drawn_at ? when(round.drawn_at) : t('board.round_waiting')),
        ),
        h(
            'tr',
            {},
            h(
                'td',
                { colspan: '4' },
                proof(t('board.round_hash'), round.seed_hash),
                round.seed ? proof(t('board.round_revealed'), round.seed) : null,
            ),
        ),
    ];
}

function section(title, note, ...content) {
    return h(
        'section',
        { class: 'card' },
        h('header', {}, h('h2', {}, title), note ? h('span', { class: 'muted small' }, note) : null),
        h('div', { class: 'body' }, ...content),
    );
}

function queueParts(board, item) {
    const { checkpoint, queue } = placeOf(board, item.queue);
    const parts = {
        head: h('div', {}),
        figures: h('div', {}),
        categories: h('div', scrollable(t('board.by_category'))),
        calls: h('div', {}),
        slots: h('div', {}),
        charts: h('div', { class: 'charts' }),
        rounds: h('section', { class: 'card', hidden: true }),
    };
    const managed = item.mode === 'managed';
    board.place.append(
        h(
            'article',
            { class: 'checkpoint' },
            parts.head,
            parts.figures,
            h(
                'div',
                { class: 'checkpoint-grid' },
                section(t('board.by_category'), t('board.by_category_note'), parts.categories),
                managed ? section(t('board.called_last'), t('board.masked'), parts.calls) : null,
                managed ? section(t('board.slots'), '', parts.slots) : null,
                section(t('board.history'), '', parts.charts),
            ),
            parts.rounds,
        ),
    );
    if (queue.release === 'round') {
        fillRounds(parts.rounds, queue);
    }
    parts.update = (now_) => {
        parts.head.replaceChildren(heading(board, now_, checkpoint, queue));
        parts.figures.replaceChildren(figures(now_, queue));
        parts.categories.replaceChildren(categoryTable(now_, queue));
        parts.calls.replaceChildren(calledTable(now_, queue, 14));
        parts.slots.replaceChildren(slotGrid(now_));
        drawCharts(board, parts.charts, now_);
    };
    return parts;
}

/** A checkpoint has a queue in each direction that has data. */
export function drawCheckpoint(board) {
    if (!board.items.length) {
        board.place.replaceChildren(nothing(t('board.unknown_checkpoint')));
        return;
    }
    board.parts ??= new Map();
    for (const item of board.items) {
        if (!board.parts.has(item.queue)) {
            board.parts.set(item.queue, queueParts(board, item));
        }
        board.parts.get(item.queue).update(item);
    }
}
