/**
 * The driver's page: one phone, one place in the queue. It must open on a slow network (its own
 * small bundle) and without one (service worker and the last state in localStorage).
 *
 * Three screens: plate, code, place. A receipt's QR code opens /driver#<place>: the public state of
 * that place without a log-in.
 */
import '../style/tokens.css';
import './driver.css';
import { ApiError, follow, get, post, setCsrf } from '../api.js';
import { language, languages, onLanguage, setLanguage, startLanguages, t } from '../i18n.js';
import { now, setNow } from '../parts/border_time.js';
import { h } from '../parts/dom.js';
import { callAttention, keepAwake, setAlerts, wantsAlerts, wantsAwake } from './alerts.js';
import { drawCode, drawPlate } from './login.js';
import { drawPlace, spoken } from './place.js';

/** The messages of several areas as one. */
const pack = async (...parts) => Object.assign({}, ...(await Promise.all(parts)).map((part) => part.default));
const messages = {
    en: () => pack(import('../i18n/en/border.js'), import('../i18n/en/driver.js')),
    ru: () => pack(import('../i18n/ru/border.js'), import('../i18n/ru/driver.js')),
    kk: () => pack(import('../i18n/kk/border.js'), import('../i18n/kk/driver.js')),
    zh: () => pack(import('../i18n/zh/border.js'), import('../i18n/zh/driver.js')),
};

const STORED = 'zhol.driver';
const POLL_MS = 45e3;
/** What an event tells of may begin a moment after it (closed from now on): asked once more then. */
const AGAIN_MS = 1500;

/** What is shown: data of /v1/driver, when it was got, whether the server answers now. */
const state = {
    screen: 'plate',
    plate: '',
    data: null,
    at: 0,
    online: true,
    live: false,
    demo: false,
    moved: null,
    scanned: '',
};

const say = h('p', { class: 'unseen', role: 'status', 'aria-live': 'assertive' });
const head = h('header', { class: 'top' });
const demo = h('p', { class: 'demo' });
const main = h('main', {});
const foot = h('footer', {});
let unfollow = () => {};

/** Storage may be forbidden (private windows): the page then works without memory. */
const memory = {
    read() {
        try {
            return JSON.parse(localStorage.getItem(STORED) ?? 'null');
        } catch {
            return null;
        }
    },
    write(value) {
        try {
            if (value) {
                localStorage.setItem(STORED, JSON.stringify(value));
            } else {
                localStorage.removeItem(STORED);
            }
        } catch {
            // Nothing is kept then.
        }
    },
};

function drawHead() {
    const choice = h(
        'select',
        { 'aria-label': t('driver.language'), onchange: (event) => setLanguage(event.target.value) },
        languages.map(({ id, name }) => h('option', { value: id, lang: id, selected: id === language() }, name)),
    );
    head.replaceChildren(
        h('strong', {}, 'Zhol'),
        h('span', { class: 'what' }, t('driver.short')),
        choice,
    );
    demo.textContent = state.demo ? t('border.demo') : '';
    document.title = t('driver.title');
}

function drawFoot() {
    const inside = state.screen === 'place';
    const toggle = (label, on, change) =>
        h(
            'label',
            { class: 'toggle' },
            h('input', { type: 'checkbox', checked: on, onchange: (event) => change(event.target.checked) }),
            h('span', {}, label),
        );
    foot.replaceChildren(
        ...(inside
            ? [
                  toggle(t('driver.alerts'), wantsAlerts(), setAlerts),
                  'wakeLock' in navigator ? toggle(t('driver.awake'), wantsAwake(), keepAwake) : '',
              ]
            : []),
        h('p', {}, t('driver.call_officer')),
        h('p', {}, t('driver.kz_times')),
        inside ? h('button', { type: 'button', class: 'plain', onclick: leave }, t('driver.leave')) : '',
    );
}

function draw() {
    if (state.screen === 'place') {
        drawPlace(main, state, understood);
    } else if (state.screen === 'code') {
        drawCode(main, state, { enter, again: () => sendCode(state.plate), back: showPlate });
    } else {
        drawPlate(main, state, { send: sendCode });
    }
}

function drawAll() {
    drawHead();
    draw();
    drawFoot();
}

function show(screen) {
    if (state.screen !== screen) {
        state.screen = screen;
        draw();
        drawFoot();
    } else {
        draw();
    }
}

const showPlate = () => show('plate');

/** A code is asked for; the answer is the same for plates that have no place. */
async function sendCode(plate) {
    state.plate = plate.replace(/[\s-]/g, '').toUpperCase();
    await post('/v1/driver/code', { plate: state.plate });
    show('code');
}

async function enter(code) {
    const answer = await post('/v1/driver/login', { plate: state.plate, code });
    setCsrf(answer.csrf ?? '');
    await refresh();
    connect();
}

async function leave() {
    unfollow();
    memory.write(null);
    state.data = null;
    state.moved = null;
    if (state.scanned) {
        history.replaceState(null, '', '/driver');
        state.scanned = '';
    } else {
        try {
            setCsrf((await get('/v1/me')).csrf);
            await post('/v1/logout');
        } catch {
            // Without a network the session ends by its own time.
        }
    }
    showPlate();
}

const understood = () => {
    state.moved = null;
    draw();
};

/** What a new state means for the person: attention, and words for a screen reader. */
function compare(before, after) {
    if (!before || before.place !== after.place) {
        return;
    }
    const moved =
        before.slot?.start && after.slot?.start && before.slot.start !== after.slot.start;
    if (moved) {
        state.moved = { from: before.slot, to: after.slot };
    }
    const closed = Boolean(after.closed) !== Boolean(before.closed);
    if (before.state !== after.state || moved || closed) {
        say.textContent = spoken(after, state);
        callAttention(after.state === 'called' && before.state !== 'called', spoken(after, state));
    }
}

/** Questions are numbered: an answer that comes after a later one's is old and must not undo it. */
let asked = 0;
let shown = 0;
let again = 0;

async function refresh() {
    const turn = ++asked;
    try {
        const path = state.scanned ? `/v1/places/${state.scanned}/public` : '/v1/driver';
        const data = await get(path);
        if (turn < shown) {
            return;
        }
        shown = turn;
        setNow(data.now);
        compare(state.data, data);
        Object.assign(state, { data, at: now(), online: true, demo: data.demo ?? state.demo });
        memory.write({ data, at: state.at, ours: Date.now(), demo: state.demo, scanned: state.scanned });
        show('place');
    } catch (error) {
        refused(error);
    }
}

/** No session: back to the plate. No server: what was known stays, and says so. */
function refused(error) {
    if (error instanceof ApiError && [401, 403, 404].includes(error.status)) {
        memory.write(null);
        state.data = null;
        state.scanned = '';
        unfollow();
        showPlate();
        return;
    }
    state.online = false;
    state.live = false;
    if (state.data) {
        show('place');
    } else {
        draw();
    }
}

function connect() {
    unfollow();
    if (!state.data) {
        return;
    }
    unfollow = follow(
        `place:${state.data.place}`,
        () => {
            refresh();
            clearTimeout(again);
            again = setTimeout(() => state.screen === 'place' && refresh(), AGAIN_MS);
        },
        (open) => {
            const back = open && !state.live;
            state.live = open;
            if (back) {
                refresh();
            } else if (!open && state.screen === 'place') {
                draw();
            }
        },
    );
}

/** The service worker keeps the page's own files. */
async function keepPage() {
    if (!('serviceWorker' in navigator)) {
        return;
    }
    try {
        await navigator.serviceWorker.register('/driver-sw.js', { scope: '/driver' });
        const worker = (await navigator.serviceWorker.ready).active;
        const files = performance
            .getEntriesByType('resource')
            .map((entry) => new URL(entry.name).pathname)
            .filter((path) => path.startsWith('/assets/'));
        worker.postMessage({ keep: ['/driver', ...new Set(files)] });
    } catch {
        // The page then needs a network to open; its last state is still kept.
    }
}

async function start() {
    await startLanguages(messages);
    document.getElementById('app').replaceChildren(head, demo, main, foot, say);
    const kept = memory.read();
    state.scanned = /^#([0-9a-f]{16})$/.exec(location.hash)?.[1] ?? kept?.scanned ?? '';
    if (kept?.data) {
        Object.assign(state, { data: kept.data, at: kept.at, demo: kept.demo, screen: 'place' });
        state.online = navigator.onLine;
        // Until the server is heard again, its clock goes on from when it was heard last.
        setNow(new Date(kept.at + Date.now() - kept.ours).toISOString());
    }
    drawAll();
    onLanguage(drawAll);
    get('/v1/meta').then(
        (meta) => {
            setNow(meta.now, meta.clock_speed);
            state.demo = meta.demo;
            drawHead();
            // The hint for visitors of a demonstration; not while somebody types.
            if (state.screen === 'plate' && !main.querySelector('#plate')?.value) {
                draw();
            }
        },
        () => {},
    );
    // A session may stand without a kept state, so the server is asked when there is a hint of one.
    if (kept || state.scanned) {
        await refresh();
        connect();
    }
    setInterval(() => state.screen === 'place' && refresh(), POLL_MS);
    addEventListener('online', () => state.screen === 'place' && refresh().then(connect));
    addEventListener('offline', () => refused(new ApiError(0, {})));
    document.addEventListener('visibilitychange', () => {
        if (!document.hidden && state.screen === 'place') {
            refresh();
        }
    });
    if (document.readyState === 'complete') {
        keepPage();
    } else {
        addEventListener('load', keepPage);
    }
}

start();
