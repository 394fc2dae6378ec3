/**
 * The board on the wall of a waiting hall: numbers called in large type, in three languages at once
 * so that nobody waits for his own. Everything is sized by the screen.
 */
import { language, t } from '../i18n.js';
import { beijing, clock, dayOf, fromNow, now, when } from '../parts/border_time.js';
import { timeOf } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { link } from '../router.js';
import { byWaiting, placeOf, statusOf } from './queue_parts.js';
import { wallWords } from './queue_wall_words.js';

const NEW_MS = 3 * 60e3;
const LANGUAGES = ['kk', 'ru', 'zh', 'en'];

/** The words of three languages, one over the other. */
function words(key) {
    return LANGUAGES.slice(0, 3).map((lang) => h('span', { lang }, wallWords[key][lang]));
}

function nameIn(name, lang) {
    return typeof name === 'string' ? name : name[lang] || '';
}

function title(checkpoint) {
    const names = [...new Set(LANGUAGES.map((lang) => nameIn(checkpoint.name, lang)).filter(Boolean))];
    return names.slice(0, 3).map((name) => h('span', {}, name));
}

function calls(item, queue) {
    const list = (item.called ?? []).slice(0, 7);
    if (!list.length) {
        return h('p', { class: 'wall-none' }, words('nobody_called'));
    }
    return h(
        'ol',
        { class: 'wall-calls' },
        list.map((call) => {
            const fresh = now() - Date.parse(call.called_at) < NEW_MS;
            const category = queue.categories.find((each) => each.id === call.category);
            return h(
                'li',
                { class: fresh ? 'fresh' : null },
                h('strong', {}, call.number),
                h('span', { class: 'plate' }, call.plate_masked),
                h('span', { class: 'what' }, category ? nameIn(category.name, 'ru') : call.category, h('span', { lang: 'zh' }, category ? nameIn(category.name, 'zh') : '')),
                h('time', { datetime: call.called_at }, clock(call.called_at)),
            );
        }),
    );
}

function categories(item, queue) {
    return h(
        'table',
        { 'aria-label': t('board.waiting') },
        h(
            'tbody',
            {},
            byWaiting(item)
                .filter((each) => each.waiting > 0)
                .slice(0, 6)
                .map((each) => {
                    const known = queue.categories.find((other) => other.id === each.id);
                    const p50 = timeOf(each.join?.p50);
                    return h(
                        'tr',
                        {},
                        h(
                            'th',
                            { scope: 'row' },
                            ['kk', 'ru', 'zh'].map((lang) => h('span', { lang }, known ? nameIn(known.name, lang) : each.id)),
                        ),
                        h('td', {}, h('strong', {}, number(each.waiting))),
                        h('td', { class: 'until' }, p50 === null ? '–' : fromNow(p50), p50 === null ? null : h('small', {}, when(p50))),
                    );
                }),
        ),
    );
}

function today(item) {
    return h(
        'div',
        { class: 'wall-today' },
        h('div', { class: 'labels' }, words('today')),
        h('strong', {}, `${number(item.accepted_today)} / ${number(item.limit_today)}`),
    );
}

function closure(item, queue) {
    const status = statusOf(item, queue);
    if (status.tone !== 'bad') {
        return null;
    }
    const { until, note } = item.closed;
    return h(
        'section',
        { class: 'wall-closed', role: 'status' },
        h('strong', {}, words('closed')),
        h('span', {}, until ? `→ ${when(until)}` : '', note ? ` · ${note}` : ''),
    );
}

function drawQueue(board, item) {
    const { checkpoint, queue } = placeOf(board, item.queue);
    return h(
        'section',
        { class: 'wall-queue' },
        h(
            'header',
            {},
            h('h1', {}, title(checkpoint)),
            h('div', { class: 'wall-direction' }, words(item.direction === 'entry' ? 'entry' : 'exit')),
            today(item),
            h(
                'div',
                { class: 'wall-clock' },
                h('strong', {}, clock(now())),
                h('span', {}, `${dayOf(now())} · 北京 ${beijing(now())}`),
            ),
        ),
        closure(item, queue),
        h(
            'div',
            { class: 'wall-body' },
            h('div', { class: 'wall-left' }, h('h2', {}, words('called')), calls(item, queue)),
            h('aside', {}, h('h2', {}, words('waiting')), categories(item, queue)),
        ),
    );
}

/** One queue fills the screen; several take turns, twelve seconds each. */
export function drawWall(board) {
    const items = board.items.filter((item) => item.mode === 'managed');
    const shown = items.length ? items : board.items;
    if (!shown.length) {
        board.place.replaceChildren(h('p', {}, t('board.unknown_checkpoint')));
        return;
    }
    const turn = () => Math.floor(now() / 12000) % shown.length;
    const draw = () => {
        board.drawn = `${turn()} ${clock(now())} ${board.live}`;
        board.place.replaceChildren(
            drawQueue(board, shown[turn()]),
            h(
                'footer',
                {},
                board.meta.demo ? h('strong', { class: 'demo-word' }, 'Көрсетілім · Демонстрация · 演示') : null,
                h('span', {}, words('phone')),
                h('a', { href: link('queue', {}, board.checkpoint ? [board.checkpoint] : []), lang: language() }, t('board.leave_wall')),
                h('span', { class: board.live ? 'dot' : 'dot dot-off' }, board.live ? '' : '!'),
            ),
        );
    };
    board.onTick = () => {
        if (board.drawn !== `${turn()} ${clock(now())} ${board.live}`) {
            draw();
        }
    };
    draw();
}
