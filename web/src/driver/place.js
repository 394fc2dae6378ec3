/** The driver's screen of a place: what to do now in large type, then figures, papers, messages. */
import { named, t } from '../i18n.js';
import { beijing, clock, fromNow, now, shortDay, sinceThen, slotText, when } from '../parts/border_time.js';
import { h } from '../parts/dom.js';

const TICKS = 'zhol.driver.ticks';
const WAITING = ['requested', 'booked', 'arrived'];
const TONES = {
    called: 'go',
    entered: 'go',
    cleared: 'done',
    refused: 'stop',
    no_show: 'stop',
    cancelled: 'stop',
    not_drawn: 'stop',
};

/** A closure that has begun; one that is still to come moves slots, which is told as such. */
const isClosed = (data) =>
    Boolean(data.closed) &&
    WAITING.includes(data.state) &&
    (!data.closed.from || Date.parse(data.closed.from) <= now());

/** A message, or `other` where the language files do not know the key. */
function say(key, other, values) {
    const text = t(key, values);
    return text === key ? other : text;
}

function untilText(closed) {
    return closed.until
        ? t('driver.until', { time: when(closed.until) })
        : t('driver.until_notice');
}

/** The state in one sentence: for screen readers and notifications. */
export function spoken(data, state) {
    if (isClosed(data)) {
        return `${t('driver.big.closed')}. ${t('driver.do.closed', { until: untilText(data.closed) })}`;
    }
    const moved = state.moved ? `${t('driver.moved')}: ${slotText(state.moved.to)}. ` : '';
    return `${moved}${t(`driver.big.${data.state}`)}. ${t(`driver.do.${data.state}`)}`;
}

function connection(state) {
    if (!state.online) {
        const time = `${shortDay(state.at)}, ${clock(state.at)}`;
        return h('p', { class: 'offline', role: 'status' }, t('driver.offline', { time }));
    }
    return '';
}

function banner(data, state) {
    const closed = isClosed(data);
    const tone = closed ? 'stop' : (TONES[data.state] ?? 'wait');
    return h(
        'section',
        { class: `state state-${tone}`, 'data-state': data.state },
        h(
            'p',
            { class: 'who' },
            h('span', { class: 'plate' }, data.plate ?? data.plate_masked ?? ''),
            h('span', {}, `№ ${data.number}`),
        ),
        h('h1', {}, t(`driver.big.${closed ? 'closed' : data.state}`)),
        h(
            'p',
            { class: 'do' },
            closed
                ? t('driver.do.closed', { until: untilText(data.closed) })
                : t(`driver.do.${data.state}`),
        ),
        closed && data.closed.note ? h('p', { class: 'do' }, data.closed.note) : '',
        h(
            'p',
            { class: 'fresh' },
            state.live && state.online
                ? h('span', { class: 'dot' }, t('driver.live'))
                : t('driver.polling', { time: clock(state.at) }),
        ),
    );
}

function movedNote(state, understood) {
    if (!state.moved) {
        return '';
    }
    return h(
        'section',
        { class: 'moved' },
        h('h2', {}, t('driver.moved')),
        h('p', { class: 'old' }, t('driver.moved_from', { time: slotText(state.moved.from) })),
        h('p', {}, h('strong', {}, t('driver.moved_to', { time: slotText(state.moved.to) }))),
        h('button', { type: 'button', class: 'plain', onclick: understood }, t('driver.understood')),
    );
}

function fact(label, value, ...more) {
    return h('div', {}, h('dt', {}, label), h('dd', {}, h('strong', {}, value), ...more));
}

const below = (text) => h('span', { class: 'below' }, text);

function forecast(data) {
    const { p50, p90 } = data.call ?? {};
    if (!p50 || !['booked', 'arrived'].includes(data.state)) {
        return '';
    }
    return fact(
        t('driver.forecast'),
        fromNow(p50),
        below(t('driver.likely', { time: when(p50) })),
        p90 ? below(t('driver.late', { time: when(p90) })) : '',
    );
}

function figures(data) {
    const waiting = WAITING.includes(data.state);
    const place = data.checkpoint_name ? named(data.checkpoint_name) : data.checkpoint;
    return h(
        'dl',
        { class: 'figures' },
        waiting && data.state !== 'requested' && data.position !== null && data.position !== undefined
            ? fact(
                  t('driver.before_you'),
                  data.position > 0 ? t('driver.trucks', { count: data.position }) : t('driver.nobody'),
              )
            : '',
        forecast(data),
        data.slot?.start
            ? fact(
                  t('driver.slot'),
                  slotText(data.slot),
                  below(t('driver.beijing_also', { time: beijing(data.slot.start) })),
              )
            : '',
        place ? fact(t('driver.checkpoint'), place) : '',
        data.category ? fact(t('driver.category'), say(`border.category.${data.category}`, data.category)) : '',
        visa(data),
    );
}

/** Days of stay without a visa; a warning where the wait may take longer. */
function visa(data) {
    const left = data.visa_free_days_left;
    if (left === null || left === undefined) {
        return '';
    }
    const end = data.call?.p90 ? (Date.parse(data.call.p90) - now()) / 86400e3 : 0;
    const short = WAITING.includes(data.state) && left <= Math.ceil(end);
    return h(
        'div',
        { class: short ? 'short' : null },
        h('dt', {}, t('driver.visa')),
        h('dd', {}, h('strong', {}, t('driver.days', { count: left })), short ? below(t('driver.visa_short')) : ''),
    );
}

function ticks() {
    try {
        return JSON.parse(localStorage.getItem(TICKS) ?? '{}');
    } catch {
        return {};
    }
}

/** Papers to have ready; ticks stay on this phone, for this place. */
function papers(data) {
    if (!data.bring?.length || !['requested', 'booked', 'arrived', 'called'].includes(data.state)) {
        return '';
    }
    const kept = ticks();
    const ticked = new Set(kept.place === data.place ? kept.done : []);
    const change = (item, on) => {
        ticked[on ? 'add' : 'delete'](item);
        try {
            localStorage.setItem(TICKS, JSON.stringify({ place: data.place, done: [...ticked] }));
        } catch {
            // They then last until the page is closed.
        }
    };
    return h(
        'section',
        { class: 'papers' },
        h('h2', {}, t('driver.bring')),
        h(
            'ul',
            {},
            data.bring.map((item) =>
                h(
                    'li',
                    {},
                    h(
                        'label',
                        {},
                        h('input', {
                            type: 'checkbox',
                            checked: ticked.has(item),
                            onchange: (event) => change(item, event.target.checked),
                        }),
                        h('span', {}, say(`driver.bring.${item}`, item)),
                    ),
                ),
            ),
        ),
    );
}

function news(data) {
    const list = [...(data.messages ?? [])].sort((a, b) => (a.time < b.time ? 1 : -1)).slice(0, 12);
    if (!list.length) {
        return '';
    }
    const text = (message) => {
        const time = message.slot ? when(message.slot) : (message.text ?? '');
        return say(`driver.message.${message.kind}`, message.text ?? message.kind, { time });
    };
    return h(
        'section',
        { class: 'news' },
        h('h2', {}, t('driver.messages')),
        h(
            'ol',
            {},
            list.map((message) =>
                h(
                    'li',
                    {},
                    h('time', { datetime: message.time }, when(message.time)),
                    h('span', {}, message.kind === 'moved' && !message.slot ? message.text : text(message)),
                    h('span', { class: 'below' }, sinceThen(message.time)),
                ),
            ),
        ),
    );
}

/**
 * @param {HTMLElement} root
 * @param {object} state of main.js @param {() => void} understood the move was read
 */
export function drawPlace(root, state, understood) {
    const { data } = state;
    const focused = document.activeElement?.closest('main') ? document.activeElement.className : '';
    root.replaceChildren(
        connection(state),
        banner(data, state),
        movedNote(state, understood),
        figures(data),
        papers(data),
        news(data),
    );
    if (focused) {
        root.querySelector(`.${focused.split(' ')[0]}`)?.focus();
    }
}
