/** The carrier's own places with what may be done with each, and the ledger. */
import { follow, get, getOnce, post } from '../api.js';
import { named, t } from '../i18n.js';
import { fromNow, setNow, slotText, when } from '../parts/border_time.js';
import {
    categoryName,
    demoStrip,
    openDialog,
    plate,
    problemText,
    queueTabs,
    scrollable,
    stateBadge,
    stateName,
    timeOf,
} from '../parts/border_parts.js';
import { onSession, session } from '../parts/border_session.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { announce, failure, loading, nothing } from '../parts/notice.js';
import { link } from '../router.js';
import { accountForms } from './booking_account.js';
import { findQueue, money } from './booking_parts.js';
import { receiptCard } from './booking_receipt.js';
import { futureSlots, slotPicker } from './booking_when.js';

const ACTIVE = ['requested', 'booked', 'arrived', 'called', 'entered'];
const APPEALABLE = ['no_show', 'refused'];
const POLL_MS = 30e3;
const SHOWN = 40;

/** A dialog whose button does one thing; a refusal is said inside it. */
function doing(title, content, label, action) {
    return openDialog(title, (close) => {
        const fault = h('p', { class: 'fault', role: 'alert' });
        const button = h(
            'button',
            {
                class: 'button main',
                type: 'button',
                onclick: async () => {
                    button.disabled = true;
                    try {
                        await action();
                        close();
                    } catch (error) {
                        button.disabled = false;
                        fault.textContent = problemText(error);
                    }
                },
            },
            label,
        );
        return [content, fault, h('div', { class: 'row' }, button, h('button', { class: 'button', type: 'button', onclick: close }, t('border.close')))];
    });
}

async function postpone(view, place) {
    const slots = await futureSlots(place.queue, place.category);
    let slot = '';
    const content = h(
        'div',
        {},
        h('p', {}, t('booking.now_slot', { time: slotText(place.slot) })),
        slotPicker(slots, '', (each) => {
            slot = each.start;
        }),
    );
    doing(t('booking.postpone'), content, t('booking.postpone_do'), async () => {
        if (!slot) {
            throw Object.assign(new Error(t('booking.choose_slot')), { status: 1, code: '', problem: {} });
        }
        await post(`/v1/places/${place.place}/postpone`, { slot });
        await view.refresh();
    });
}

function cancel(view, place) {
    const content = h('p', {}, t('booking.cancel_text', { number: place.number }));
    doing(t('booking.cancel'), content, t('booking.cancel_do'), async () => {
        await post(`/v1/places/${place.place}/cancel`);
        await view.refresh();
    });
}

async function addDriver(view, place) {
    const { items } = await get('/v1/drivers', { limit: 1000 });
    const free = items.filter((driver) => !driver.erased && !(place.drivers ?? []).includes(driver.id));
    const select = h(
        'select',
        { class: 'choice', 'aria-label': t('booking.driver') },
        free.map((driver) => h('option', { value: driver.id }, driver.name ?? driver.id)),
    );
    const content = free.length ? h('p', {}, select) : h('p', {}, t('booking.no_other_driver'));
    doing(t('booking.add_driver'), content, t('booking.add_driver_do'), async () => {
        await post(`/v1/places/${place.place}/driver`, { driver: select.value });
        await view.refresh();
    });
}

function appeal(view, place) {
    const text = h('textarea', { class: 'choice wide', rows: '4', maxlength: '480', 'aria-label': t('booking.appeal_text') });
    const content = h('div', {}, h('p', {}, t('booking.appeal_note')), text);
    doing(t('booking.appeal'), content, t('booking.appeal_do'), async () => {
        await post(`/v1/places/${place.place}/appeal`, { note: text.value });
        await view.refresh();
    });
}

async function receipt(view, place) {
    const answer = await get(`/v1/places/${place.place}/receipt`);
    const { checkpoint } = findQueue(view, place.queue);
    openDialog(
        t('booking.receipt'),
        () => receiptCard({ ...place, receipt: answer.receipt, checkpoint_name: checkpoint?.name }),
        { wide: true },
    );
}

function actions(view, place) {
    const run = (f) => async () => {
        try {
            await f(view, place);
        } catch (error) {
            openDialog(t('booking.refused'), () => h('p', {}, problemText(error)));
        }
    };
    const button = (label, f) => h('button', { class: 'button small', type: 'button', onclick: run(f) }, label);
    const booked = place.state === 'booked';
    return h(
        'div',
        { class: 'row actions' },
        button(t('booking.receipt'), receipt),
        booked ? button(t('booking.postpone'), postpone) : null,
        ACTIVE.includes(place.state) && place.state !== 'entered' ? button(t('booking.add_driver'), addDriver) : null,
        ['requested', 'booked', 'arrived'].includes(place.state) ? button(t('booking.cancel'), cancel) : null,
        APPEALABLE.includes(place.state) && (place.appeal ?? 'none') === 'none' ? button(t('booking.appeal'), appeal) : null,
    );
}

function waits(place) {
    if (!['booked', 'arrived'].includes(place.state)) {
        return place.called_at ? t('booking.called_at', { time: when(place.called_at) }) : '–';
    }
    const p50 = timeOf(place.call?.p50);
    const p90 = timeOf(place.call?.p90);
    return [
        h('strong', {}, p50 === null ? t('border.no_forecast') : fromNow(p50)),
        h(
            'span',
            { class: 'muted small' },
            [
                place.position === null || place.position === undefined ? '' : t('booking.before', { count: place.position }),
                p90 === null ? '' : t('board.p90', { time: when(p90) }),
            ]
                .filter(Boolean)
                .join(' · '),
        ),
    ];
}

function row(view, place) {
    const { checkpoint, queue } = findQueue(view, place.queue);
    return h(
        'tr',
        { 'data-place': place.place },
        h('th', { scope: 'row' }, `№ ${place.number}`, h('span', { class: 'small' }, plate(place.plate))),
        h(
            'td',
            {},
            checkpoint ? named(checkpoint.name) : place.checkpoint,
            h('span', { class: 'muted small' }, categoryName(place.category, queue?.categories)),
        ),
        h(
            'td',
            {},
            stateBadge(place.state),
            place.appeal && place.appeal !== 'none' ? h('span', { class: 'small' }, t(`booking.appeal_${place.appeal}`)) : null,
        ),
        h('td', {}, place.slot ? slotText(place.slot) : '–'),
        h('td', {}, waits(place)),
        h('td', {}, actions(view, place)),
    );
}

/** Big carriers have hundreds: a search, and the first of them. */
function table(view, items, caption, part) {
    if (!items.length) {
        return nothing(t('booking.no_places'));
    }
    const text = view.search[part] ?? '';
    const wanted = text.replace(/[\s-]/g, '').toUpperCase();
    const found = items.filter((place) => !wanted || `${place.number} ${place.plate}`.toUpperCase().includes(wanted));
    return [
        items.length > SHOWN ? searchField(view, part, text) : null,
        rowsTable(view, found.slice(0, SHOWN), caption),
        found.length > SHOWN ? h('p', { class: 'muted small' }, t('booking.more_match', { count: found.length - SHOWN })) : null,
    ];
}

function searchField(view, part, text) {
    return h('input', {
        class: 'choice wide',
        type: 'search',
        id: `search-${part}`,
        value: text,
        placeholder: t('booking.search_place'),
        'aria-label': t('booking.search_place'),
        oninput: (event) => {
            view.search[part] = event.target.value;
            view.redraw();
        },
    });
}

function rowsTable(view, items, caption) {
    return h(
        'div',
        scrollable(caption),
        h(
            'table',
            { class: 'places' },
            h('caption', { class: 'unseen' }, caption),
            h(
                'thead',
                {},
                h(
                    'tr',
                    {},
                    ['number', 'checkpoint', 'state', 'slot', 'forecast', 'actions'].map((name) =>
                        h('th', { scope: 'col' }, t(`booking.col_${name}`)),
                    ),
                ),
            ),
            h('tbody', {}, items.map((place) => row(view, place))),
        ),
    );
}

function ledgerTable(ledger, numbers) {
    if (!ledger.items.length) {
        return nothing(t('booking.no_ledger'));
    }
    return [
        h(
            'p',
            {},
            ledger.balance.map((each) => h('strong', {}, t('booking.balance', { amount: money(each.amount, each.currency) }))),
        ),
        h(
            'div',
            scrollable(t('booking.ledger')),
            h(
                'table',
                {},
                h('caption', { class: 'unseen' }, t('booking.ledger')),
                h(
                    'thead',
                    {},
                    h(
                        'tr',
                        {},
                        h('th', { scope: 'col' }, t('booking.col_time')),
                        h('th', { scope: 'col' }, t('booking.col_number')),
                        h('th', { scope: 'col' }, t('booking.col_what')),
                        h('th', { scope: 'col', class: 'number' }, t('booking.col_amount')),
                    ),
                ),
                h(
                    'tbody',
                    {},
                    ledger.items.slice(0, 60).map((line) =>
                        h(
                            'tr',
                            {},
                            h('td', {}, when(line.time)),
                            h('td', {}, numbers.has(line.place) ? `№ ${numbers.get(line.place)}` : '–'),
                            h('td', {}, t(`booking.fee_${line.what}`)),
                            h('td', { class: 'number' }, money(line.amount, line.currency)),
                        ),
                    ),
                ),
            ),
        ),
    ];
}

class View {
    constructor(checkpoints) {
        this.checkpoints = checkpoints;
        this.place = h('div', {}, loading());
        this.states = new Map();
        this.search = {};
        this.followed = '';
    }

    async refresh() {
        try {
            const [mine, ledger] = await Promise.all([get('/v1/places/mine', { limit: 1000 }), get('/v1/ledger', { limit: 200 })]);
            setNow(mine.now);
            this.tell(mine.items);
            this.redraw = () => this.draw(mine.items, ledger);
            this.redraw();
            this.follow(mine.items);
        } catch (error) {
            this.place.replaceChildren(failure(error, () => this.refresh()));
        }
    }

    /** Says to screen readers which of the own places changed. */
    tell(items) {
        const changed = items.filter((each) => this.states.has(each.place) && this.states.get(each.place) !== each.state);
        if (changed.length) {
            announce(changed.map((each) => `№ ${each.number}: ${stateName(each.state)}`).join('. '));
        }
        this.states = new Map(items.map((each) => [each.place, each.state]));
    }

    follow(items) {
        const active = items.filter((each) => ACTIVE.includes(each.state));
        const topics = active.length > 4 ? ['board'] : active.map((each) => `place:${each.place}`);
        if (topics.join() === this.followed) {
            return;
        }
        this.end();
        this.followed = topics.join();
        this.stops = topics.map((topic) => follow(topic, () => this.soon()));
        this.timer = setInterval(() => this.refresh(), POLL_MS);
    }

    soon() {
        clearTimeout(this.wait);
        this.wait = setTimeout(() => this.refresh(), 150);
    }

    draw(items, ledger) {
        const active = items.filter((each) => ACTIVE.includes(each.state));
        const past = items
            .filter((each) => !ACTIVE.includes(each.state))
            .sort((a, b) => ((a.ended_at ?? '') < (b.ended_at ?? '') ? 1 : -1));
        const numbers = new Map(items.map((each) => [each.place, each.number]));
        const focused = document.activeElement?.id ?? '';
        const open = new Set([...this.place.querySelectorAll('details[open]')].map((each) => each.dataset.part));
        const folded = (part, title, content) =>
            h(
                'details',
                { class: 'card folded', 'data-part': part, open: open.has(part) },
                h('summary', {}, h('h2', {}, title)),
                h('div', { class: 'body' }, content),
            );
        this.place.replaceChildren(
            h(
                'section',
                { class: 'card' },
                h(
                    'header',
                    {},
                    h('h2', {}, t('booking.active', { count: number(active.length) })),
                    h('a', { class: 'button small main', href: link('booking') }, t('border.nav_book')),
                ),
                h('div', { class: 'body' }, table(this, active, t('border.nav_places'), 'active')),
            ),
            folded('past', t('booking.past', { count: number(past.length) }), table(this, past, t('booking.past', { count: past.length }), 'past')),
            folded('ledger', t('booking.ledger'), ledgerTable(ledger, numbers)),
        );
        if (focused.startsWith('search-')) {
            const field = this.place.querySelector(`#${focused}`);
            field?.focus();
            field?.setSelectionRange(field.value.length, field.value.length);
        }
    }

    end() {
        this.stops?.forEach((stop) => stop());
        clearInterval(this.timer);
        clearTimeout(this.wait);
        this.followed = '';
    }
}

/** @param {HTMLElement} root */
export async function mount(root) {
    const [me, checkpoints, meta] = await Promise.all([session(), getOnce('/v1/checkpoints'), get('/v1/meta')]);
    setNow(meta.now, meta.clock_speed);
    const view = new View(checkpoints.items);
    const page = h('div', { class: 'page' });
    const draw = (who) => {
        view.end();
        page.replaceChildren(
            queueTabs('places', who.role),
            h('div', { class: 'page-head' }, h('h1', {}, t('border.nav_places')), h('p', {}, who.name)),
        );
        if (who.role === 'carrier') {
            page.append(view.place);
            view.refresh();
        } else {
            page.append(h('p', {}, t('booking.for_carriers')), accountForms(meta.demo));
        }
    };
    draw(me);
    root.append(demoStrip(meta.demo), page);
    const stop = onSession(draw);
    return {
        destroy() {
            stop();
            view.end();
        },
    };
}
