/**
 * Booking in four steps: who, where, when, confirm; then the receipt. The steps that were done are
 * links back; what was chosen lasts as long as the browser's tab.
 */
import { get, getOnce } from '../api.js';
import { t } from '../i18n.js';
import { setNow } from '../parts/border_time.js';
import { demoStrip, queueTabs } from '../parts/border_parts.js';
import { onSession, session } from '../parts/border_session.js';
import { h } from '../parts/dom.js';
import { announce, loading } from '../parts/notice.js';
import { accountForms } from './booking_account.js';
import { confirmStep } from './booking_confirm.js';
import { receiptCard } from './booking_receipt.js';
import { STEPS, choose, goTo, newBooking, reachable } from './booking_state.js';
import { whenStep } from './booking_when.js';
import { whereStep } from './booking_where.js';
import { whoStep } from './booking_who.js';

const STORED = 'zhol.booking';
const steps = { who: whoStep, where: whereStep, when: whenStep, confirm: confirmStep };

function stored() {
    try {
        return JSON.parse(sessionStorage.getItem(STORED) ?? 'null');
    } catch {
        return null;
    }
}

function store(booking) {
    try {
        sessionStorage.setItem(STORED, JSON.stringify(booking));
    } catch {
        // It then lasts until the page is left.
    }
}

class View {
    constructor(context) {
        const { queue, category } = context.params;
        this.booking = newBooking(stored() ?? {});
        if (queue) {
            this.booking = choose(this.booking, { queue, ...(category ? { category } : {}) });
        }
        this.booking = goTo(this.booking, this.booking.step);
        this.rail = h('ol', { class: 'steps' });
        this.place = h('div', { class: 'step' });
    }

    drawRail() {
        const at = STEPS.indexOf(this.booking.step);
        this.rail.replaceChildren(
            ...STEPS.map((step, index) => {
                const text = `${index + 1}. ${t(`booking.step_${step}`)}`;
                const open = !this.done && index !== at && reachable(this.booking, step);
                return h(
                    'li',
                    {
                        class: this.done || index < at ? 'past' : null,
                        'aria-current': !this.done && index === at ? 'step' : null,
                    },
                    open
                        ? h('button', { type: 'button', onclick: () => this.to(step) }, text)
                        : h('span', {}, text),
                );
            }),
        );
    }

    /** Takes a choice without leaving the step. */
    choose(choice) {
        this.booking = choose(this.booking, choice);
        store(this.booking);
        this.drawRail();
    }

    to(step) {
        this.booking = goTo(this.booking, step);
        store(this.booking);
        this.draw();
    }

    next() {
        this.to(STEPS[STEPS.indexOf(this.booking.step) + 1] ?? 'confirm');
    }

    async draw() {
        this.drawRail();
        const turn = (this.turn = (this.turn ?? 0) + 1);
        this.place.replaceChildren(loading());
        const part = await steps[this.booking.step](this);
        if (turn === this.turn) {
            this.place.replaceChildren(part);
            const heading = this.place.querySelector('h2');
            heading?.setAttribute('tabindex', '-1');
            heading?.focus({ preventScroll: true });
            announce(heading?.textContent ?? '');
        }
    }

    /** The place exists: the form is emptied and the receipt shown. */
    finish(made, details) {
        this.done = true;
        store(null);
        this.drawRail();
        this.place.replaceChildren(
            receiptCard({ ...details, ...made }, { fresh: true }),
        );
        announce(t('booking.done', { number: made.number }));
    }
}

/** @param {HTMLElement} root @param {import('../router.js').Context} context */
export async function mount(root, context) {
    const [me, checkpoints, meta] = await Promise.all([session(), getOnce('/v1/checkpoints'), get('/v1/meta')]);
    setNow(meta.now, meta.clock_speed);
    const view = new View(context);
    view.checkpoints = checkpoints.items;
    const page = h('div', { class: 'page booking' });
    const draw = (who) => {
        view.me = who;
        page.replaceChildren(
            queueTabs('booking', who.role),
            h('div', { class: 'page-head' }, h('h1', {}, t('booking.title')), h('p', {}, t('booking.no_hold'))),
        );
        if (who.role === 'carrier') {
            page.append(view.rail, view.place);
            view.draw();
        } else {
            page.append(h('p', {}, t('booking.for_carriers')), accountForms(meta.demo));
        }
    };
    draw(me);
    root.append(demoStrip(meta.demo), page);
    return { destroy: onSession(draw) };
}
