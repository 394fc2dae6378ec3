/** Parts of the board that overview and checkpoint share. */
import { named, t } from '../i18n.js';
import { dateOf, fromNow, now, shortDay, clock, span, when } from '../parts/border_time.js';
import { categoryName, plate, timeOf } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';

/** A queue's checkpoint and its own entry of /v1/checkpoints. */
export function placeOf(board, queue) {
    for (const checkpoint of board.checkpoints) {
        const found = checkpoint.queues.find((each) => each.id === queue);
        if (found) {
            return { checkpoint, queue: found };
        }
    }
    return { checkpoint: { id: '', name: queue, queues: [] }, queue: { id: queue, categories: [] } };
}

export const directionName = (direction) => t(`board.direction.${direction === 'entry' ? 'entry' : 'exit'}`);

/** Open, closed with its end, or outside opening hours. */
export function statusOf(item, queue) {
    const { closed } = item;
    const begun = closed && Date.parse(closed.from) <= now();
    if (begun) {
        const until = closed.until ? t('board.closed_until', { time: when(closed.until) }) : t('board.closed_notice');
        return { tone: 'bad', word: t('board.closed'), more: [until, closed.note].filter(Boolean).join(' · ') };
    }
    const coming = closed
        ? t('board.closes_at', { time: when(closed.from) })
        : '';
    if (queue.open_now === false) {
        const next = (item.slots ?? []).find((slot) => Date.parse(slot.start) > now() && slot.capacity > 0);
        const more = next ? t('board.opens_at', { time: when(next.start) }) : '';
        return { tone: 'warn', word: t('board.shut_now'), more: coming || more };
    }
    return { tone: 'good', word: t('board.open'), more: coming };
}

export const statusBadge = (status) => h('span', { class: `badge badge-${status.tone}` }, status.word);

/** Accepted of the limit, as a bar and in words. */
export function todayBar(item) {
    const { accepted_today: accepted, limit_today: limit } = item;
    const share = limit ? Math.min(100, (100 * (accepted ?? 0)) / limit) : 0;
    return h(
        'div',
        { class: 'today' },
        h('span', { class: 'number' }, t('board.of_limit', { accepted: number(accepted), limit: number(limit) })),
        limit
            ? h(
                  'span',
                  { class: 'bar-track', 'aria-hidden': 'true' },
                  h('span', { class: 'bar-fill', style: { width: `${share}%` } }),
              )
            : null,
    );
}

/** Categories with the most trucks first: that is what most people look for. */
export const byWaiting = (item) =>
    [...item.categories].sort((a, b) => b.waiting + b.booked - (a.waiting + a.booked));

/** The forecast of a truck that joins now: median first, then nine of ten. */
export function joinCell(join) {
    const p50 = timeOf(join?.p50);
    const p90 = timeOf(join?.p90);
    if (p50 === null) {
        return h('span', { class: 'muted' }, t('border.no_forecast'));
    }
    return h(
        'div',
        { class: 'join' },
        h('strong', {}, fromNow(p50)),
        h('span', { class: 'muted small' }, t('board.p50', { time: when(p50) })),
        p90 === null ? null : h('span', { class: 'muted small' }, t('board.p90', { time: when(p90) })),
    );
}

export const oldest = (item) =>
    item.oldest_wait_h ? t('board.oldest', { span: span(item.oldest_wait_h * 3600e3) }) : '';

/** The next slot with room, from the board's slots. */
export function nextFree(item) {
    const slot = (item.slots ?? []).find(
        (each) => Date.parse(each.start) > now() && each.capacity > each.taken,
    );
    if (!slot) {
        return h('span', { class: 'muted' }, (item.slots ?? []).length ? t('board.none_free') : '–');
    }
    return h(
        'div',
        {},
        h('strong', {}, `${dateOf(slot.start) === dateOf(now()) ? '' : `${shortDay(slot.start)}, `}${clock(slot.start)}`),
        h('span', { class: 'muted small' }, t('board.free', { count: slot.capacity - slot.taken })),
    );
}

/** Who was called last, newest first. */
export function calledTable(item, queue, count) {
    if (!item.called?.length) {
        return h('p', { class: 'muted' }, item.mode === 'observed' ? t('board.observed_calls') : t('board.no_calls'));
    }
    return h(
        'table',
        { class: 'called' },
        h('caption', { class: 'unseen' }, t('board.called_last')),
        h(
            'thead',
            {},
            h(
                'tr',
                {},
                h('th', { scope: 'col', class: 'number' }, '№'),
                h('th', { scope: 'col' }, t('board.plate')),
                h('th', { scope: 'col' }, t('board.category')),
                h('th', { scope: 'col', class: 'number' }, t('board.called_at')),
            ),
        ),
        h(
            'tbody',
            {},
            item.called.slice(0, count).map((call) =>
                h(
                    'tr',
                    {},
                    h('td', { class: 'number' }, h('strong', {}, call.number)),
                    h('td', {}, plate(call.plate_masked)),
                    h('td', {}, categoryName(call.category, queue.categories)),
                    h('td', { class: 'number' }, when(call.called_at)),
                ),
            ),
        ),
    );
}

/** Every category of all queues, by id, for a choice. */
export function allCategories(board) {
    const known = new Map();
    for (const checkpoint of board.checkpoints) {
        for (const queue of checkpoint.queues) {
            for (const category of queue.categories) {
                known.set(category.id, category.name ? named(category.name) : categoryName(category.id));
            }
        }
    }
    return [...known].map(([id, name]) => ({ id, name }));
}
