/**
 * Which checkpoint should I take: the drive to each and the forecast of the call there, best first.
 * The visitor says where the truck is, by name or by the phone's position (two decimals: a
 * kilometre; it is used for this answer and kept nowhere).
 */
import { get } from '../api.js';
import { named, t } from '../i18n.js';
import { span, when } from '../parts/border_time.js';
import { problemText, timeOf } from '../parts/border_parts.js';
import { debounced, h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { link } from '../router.js';
import { placeOf } from './queue_parts.js';

function resultRow(board, item, best) {
    const { checkpoint } = placeOf(board, item.queue);
    const call = timeOf(item.total_h?.p50 ?? item.call?.p50);
    const late = timeOf(item.total_h?.p90 ?? item.call?.p90);
    return h(
        'tr',
        { class: best ? 'best' : null },
        h(
            'th',
            { scope: 'row' },
            h('a', { href: link('queue', {}, [checkpoint.id]) }, named(checkpoint.name)),
            best ? h('span', { class: 'badge badge-good' }, t('board.best')) : null,
            item.closed ? h('span', { class: 'badge badge-bad' }, t('board.closed')) : null,
            item.note ? h('span', { class: 'muted small' }, item.note) : null,
        ),
        h(
            'td',
            { class: 'number' },
            span(item.drive_h * 3600e3),
            h('span', { class: 'muted small' }, `${number(item.drive_km)} ${t('board.km')}`),
        ),
        h(
            'td',
            { class: 'number' },
            call === null ? t('border.no_forecast') : h('strong', {}, when(call)),
            late === null ? null : h('span', { class: 'muted small' }, t('board.p90', { time: when(late) })),
        ),
    );
}

function resultTable(board, items) {
    if (!items.length) {
        return h('p', { class: 'muted' }, t('board.advice_none'));
    }
    return h(
        'table',
        { class: 'advice-table' },
        h('caption', { class: 'unseen' }, t('board.advice')),
        h(
            'thead',
            {},
            h(
                'tr',
                {},
                h('th', { scope: 'col' }, t('board.col_checkpoint')),
                h('th', { scope: 'col', class: 'number' }, t('board.drive')),
                h('th', { scope: 'col', class: 'number' }, t('board.called_around')),
            ),
        ),
        h('tbody', {}, items.map((item, index) => resultRow(board, item, index === 0))),
    );
}

/** Suggests places by name; the chosen one's id goes into the address. */
function placeInput(board, state, ask) {
    const list = h('datalist', { id: 'advice-places' });
    const names = new Map();
    const input = h('input', {
        id: 'advice-from',
        class: 'choice',
        list: 'advice-places',
        autocomplete: 'off',
        placeholder: t('board.advice_place'),
        value: board.params.from_name ?? '',
    });
    const suggest = debounced(180, async () => {
        const text = input.value.trim();
        if (names.has(text)) {
            return;
        }
        if (text.length < 2) {
            list.replaceChildren();
            return;
        }
        const answer = await get('/v1/places', { q: text, limit: 8 }).catch(() => ({ items: [] }));
        for (const place of answer.items) {
            names.set(named(place.name), place.id);
        }
        list.replaceChildren(...answer.items.map((place) => h('option', { value: named(place.name) })));
        take();
    });
    const take = () => {
        const id = names.get(input.value.trim());
        if (id && id !== state.from) {
            Object.assign(state, { from: id, lon: null, lat: null });
            board.choose({ from: id, from_name: input.value.trim() });
            ask();
        }
    };
    input.addEventListener('input', () => {
        take();
        suggest();
    });
    return h('div', { class: 'field' }, h('label', { for: 'advice-from' }, t('board.advice_from')), input, list);
}

function hereButton(state, ask, fault) {
    if (!('geolocation' in navigator)) {
        return null;
    }
    const take = ({ coords }) => {
        Object.assign(state, { from: '', lon: coords.longitude.toFixed(2), lat: coords.latitude.toFixed(2) });
        ask();
    };
    return h(
        'button',
        {
            class: 'button',
            type: 'button',
            onclick: () =>
                navigator.geolocation.getCurrentPosition(take, () => {
                    fault.textContent = t('board.advice_no_position');
                }),
        },
        t('board.advice_here'),
    );
}

/** @param {HTMLElement} root @returns {(category: string) => void} asks anew for a category */
export function mountAdvice(root, board) {
    const state = { from: board.params.from ?? '', lon: null, lat: null, category: '' };
    const fault = h('p', { class: 'fault small', role: 'status' });
    const result = h('div', { 'aria-live': 'polite' }, h('p', { class: 'muted' }, t('board.advice_ask')));
    let turn = 0;
    const ask = async () => {
        if (!state.from && state.lon === null) {
            return;
        }
        const mine = ++turn;
        fault.textContent = '';
        const query = { category: state.category, from: state.from, lon: state.lon, lat: state.lat };
        try {
            const answer = await get('/v1/advice', query);
            if (mine === turn) {
                result.replaceChildren(resultTable(board, answer.items));
            }
        } catch (error) {
            fault.textContent = problemText(error);
        }
    };
    root.append(
        h('header', {}, h('h2', {}, t('board.advice'))),
        h(
            'div',
            { class: 'body' },
            h('div', { class: 'row advice-form' }, placeInput(board, state, ask), hereButton(state, ask, fault)),
            fault,
            result,
            h('p', { class: 'muted small' }, t('board.advice_method')),
        ),
    );
    return (category) => {
        const changed = state.category !== category;
        state.category = category;
        if (changed) {
            ask();
        }
    };
}
