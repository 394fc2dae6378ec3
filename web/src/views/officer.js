/**
 * The consoles behind a log-in: an officer's queue, limits and report; an operator's appeals, draws,
 * webhooks and rules; an auditor's journal. What an account may see is decided by the server; this
 * page only shows the parts of its role.
 *
 *   #/officer/queue?queue=nur-zholy-exit    and limit, report, appeals, rounds, webhooks, rules, audit
 */
import { get, getOnce } from '../api.js';
import { named, t } from '../i18n.js';
import { setNow } from '../parts/border_time.js';
import { demoStrip, queueTabs } from '../parts/border_parts.js';
import { onSession, session } from '../parts/border_session.js';
import { h } from '../parts/dom.js';
import { loading } from '../parts/notice.js';
import { go, link } from '../router.js';
import { accountForms } from './booking_account.js';
import { mountAudit } from './officer_audit.js';
import { mountLimit } from './officer_limit.js';
import { mountAppeals, mountRounds, mountRules } from './officer_operator.js';
import { mountQueue } from './officer_queue.js';
import { mountReport } from './officer_report.js';
import { mountWebhooks } from './officer_webhooks.js';
import { directionName } from './queue_parts.js';

const PARTS = {
    queue: { mount: mountQueue, roles: ['officer', 'operator'], queue: true },
    limit: { mount: mountLimit, roles: ['officer', 'operator'], queue: true },
    report: { mount: mountReport, roles: ['officer', 'operator'], queue: true },
    rounds: { mount: mountRounds, roles: ['operator'], queue: true },
    appeals: { mount: mountAppeals, roles: ['operator'] },
    rules: { mount: mountRules, roles: ['operator'] },
    webhooks: { mount: mountWebhooks, roles: ['operator'] },
    audit: { mount: mountAudit, roles: ['auditor'] },
};

/** Managed queues that the account works at. */
function queuesOf(me, checkpoints) {
    return checkpoints
        .filter((checkpoint) => !me.checkpoint || checkpoint.id === me.checkpoint)
        .flatMap((checkpoint) =>
            checkpoint.queues
                .filter((queue) => queue.mode === 'managed')
                .map((queue) => ({ checkpoint, queue })),
        );
}

function partTabs(view) {
    const parts = Object.entries(PARTS).filter(([, part]) => part.roles.includes(view.me.role));
    return h(
        'nav',
        { class: 'parttabs', 'aria-label': t('officer.parts') },
        parts.map(([name]) =>
            h(
                'a',
                {
                    href: link('officer', { queue: view.queue?.queue.id }, [name]),
                    'aria-current': name === view.part ? 'page' : null,
                },
                t(`officer.part_${name}`),
            ),
        ),
    );
}

function queueChoice(view) {
    const text = ({ checkpoint, queue }) => `${named(checkpoint.name)} ${directionName(queue.direction)}`;
    if (view.queues.length === 1) {
        return h('strong', { class: 'console-place' }, text(view.queues[0]));
    }
    return h(
        'select',
        {
            class: 'choice',
            'aria-label': t('officer.queue'),
            onchange: (event) => go('officer', { queue: event.target.value }, { rest: [view.part] }),
        },
        view.queues.map((each) =>
            h('option', { value: each.queue.id, selected: each.queue.id === view.queue.queue.id }, text(each)),
        ),
    );
}

class View {
    constructor(page, checkpoints, meta) {
        this.page = page;
        this.checkpoints = checkpoints;
        this.meta = meta;
    }

    async show(me, context) {
        this.end();
        this.me = me;
        this.context = context;
        this.page.replaceChildren(queueTabs('officer', me.role));
        const names = Object.keys(PARTS).filter((name) => PARTS[name].roles.includes(me.role));
        if (!names.length) {
            this.refuse(me);
            return;
        }
        this.part = names.includes(context.rest[0]) ? context.rest[0] : names[0];
        this.queues = queuesOf(me, this.checkpoints);
        this.queue = this.queues.find((each) => each.queue.id === context.params.queue) ?? this.queues[0];
        const needs = PARTS[this.part].queue;
        const place = h('div', { class: 'console' }, loading());
        this.page.append(
            h(
                'div',
                { class: 'console-head' },
                h('h1', { class: 'unseen' }, t(`officer.part_${this.part}`)),
                partTabs(this),
                needs && this.queue ? queueChoice(this) : null,
            ),
            place,
        );
        if (needs && !this.queue) {
            place.replaceChildren(h('p', { class: 'notice' }, t('officer.no_queue')));
            return;
        }
        place.replaceChildren();
        const turn = (this.turn = (this.turn ?? 0) + 1);
        const shown = await PARTS[this.part].mount(place, this);
        if (turn === this.turn) {
            this.shown = shown;
        } else {
            shown?.destroy?.();
        }
    }

    refuse(me) {
        this.page.append(
            h('div', { class: 'page-head' }, h('h1', {}, t('officer.title'))),
            h('p', {}, t('officer.staff_only')),
            me.role === 'public' ? accountForms(this.meta.demo, { signup: false }) : h('p', {}, t('border.refusal.forbidden')),
        );
    }

    end() {
        this.shown?.destroy?.();
        this.shown = null;
    }
}

/** @param {HTMLElement} root @param {import('../router.js').Context} context */
export async function mount(root, context) {
    const [me, checkpoints, meta] = await Promise.all([session(), getOnce('/v1/checkpoints'), get('/v1/meta')]);
    setNow(meta.now, meta.clock_speed);
    const page = h('div', { class: 'page' });
    const view = new View(page, checkpoints.items, meta);
    root.append(demoStrip(meta.demo), page);
    let last = context;
    await view.show(me, context);
    const stop = onSession((who) => view.show(who, last));
    return {
        update(next) {
            last = next;
            view.show(view.me, next);
        },
        destroy() {
            stop();
            view.end();
        },
    };
}
