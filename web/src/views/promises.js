/** Promises: what was promised by whom for when, what became of it, and on what that judgement rests. */
import { getOnce } from '../api.js';
import { t } from '../i18n.js';
import { h, uniqueId } from '../parts/dom.js';
import { day as dayText, number, percent } from '../parts/format.js';
import { link, remember } from '../router.js';

const STATES = ['missed', 'behind', 'unknown', 'open', 'met'];
const BADGE = { met: 'badge-good', open: 'badge-accent', behind: 'badge-warn', missed: 'badge-bad', unknown: 'badge-warn' };

/** What shows the evidence: a state of a project is part of the project's dossier. */
const shown = (one) => `${one.table === 'project_status' ? 'project' : one.table}:${one.id}`;

/** "19–23", "4.12", a state in words, or that there is no figure. */
function figure(one) {
    if (one.state) {
        return t(`promises.evidence_${one.state}`);
    }
    if (one.value === null) {
        return t('promises.no_figure');
    }
    const range = one.low !== null && one.high !== null && one.low < one.high;
    return range ? `${number(one.low, 2)}–${number(one.high, 2)}` : number(one.value, 2);
}

function evidence(promise) {
    if (!promise.evidence.length) {
        return h('p', { class: 'muted small' }, t('promises.no_evidence'));
    }
    return h(
        'table',
        {},
        h('caption', { class: 'unseen' }, t('promises.evidence')),
        h(
            'tbody',
            {},
            ...promise.evidence.map((one) =>
                h(
                    'tr',
                    {},
                    h('td', { class: 'when' }, dayText(one.from)),
                    h('td', {}, figure(one), one.state || one.value === null ? '' : ` ${promise.unit}`),
                    h('td', {}, h('a', { href: link('corridor', { show: shown(one) }) }, one.id)),
                    h('td', { class: 'muted small' }, one.keeps ? t('promises.keeps') : one.counts ? '' : t('promises.no_proof')),
                ),
            ),
        ),
    );
}

/** How far it has come, and how far it should have come by the time that has passed. */
function progress({ state, progress: done, expected }) {
    if (done === null || (state !== 'open' && state !== 'behind')) {
        return null;
    }
    const width = (share) => `${Math.max(0, Math.min(100, share * 100))}%`;
    return h(
        'div',
        { class: 'progress' },
        h(
            'div',
            { class: 'progress-bar', 'aria-hidden': 'true' },
            h('span', { style: { width: width(done) } }),
            expected !== null && h('i', { style: { left: width(expected) } }),
        ),
        h(
            'span',
            { class: 'muted small' },
            expected === null
                ? t('promises.progress', { done: percent(done) })
                : t('promises.progress_of', { done: percent(done), time: percent(expected) }),
        ),
    );
}

function aim(promise) {
    if (promise.value === null) {
        return '';
    }
    const high = promise.value_high === null ? '' : `–${number(promise.value_high, 2)}`;
    const sign = { at_least: '≥', at_most: '≤' }[promise.comparator] ?? '';
    return `${sign} ${number(promise.value, 2)}${high} ${promise.unit}`.trim();
}

function card(promise) {
    const since = promise.state === 'met' || promise.state === 'unknown' ? promise.since : null;
    return h(
        'li',
        { class: 'card promise', 'data-state': promise.state },
        h(
            'header',
            {},
            h('h2', {}, promise.name),
            h('span', { class: `badge ${BADGE[promise.state]}` }, t(`promises.state_${promise.state}`), since ? ` ${t('promises.since', { date: dayText(since) })}` : ''),
        ),
        h(
            'div',
            { class: 'body' },
            h(
                'dl',
                { class: 'facts' },
                h('dt', {}, t('promises.due')),
                h('dd', {}, promise.due ? dayText(promise.due) : '–'),
                h('dt', {}, t('promises.aim')),
                h('dd', {}, aim(promise) || t('promises.done')),
                h('dt', {}, t('promises.by')),
                h('dd', {}, [promise.actor, promise.instrument].filter(Boolean).join(', ') || '–'),
            ),
            progress(promise),
            h('details', {}, h('summary', {}, t('promises.evidence'), h('span', { class: 'muted' }, ` ${promise.evidence.length}`)), evidence(promise)),
        ),
    );
}

class Promises {
    #params;
    #list = h('ul', { class: 'promises' });
    #filter = h('div', { class: 'segment', role: 'group', 'aria-label': t('promises.filter') });
    #items = [];

    constructor(root, params, answer) {
        this.#params = { date: params.date ?? '', state: params.state ?? '' };
        this.#items = answer.items;
        const id = uniqueId('day');
        const day = h('input', { id, type: 'date', value: params.date || answer.date, onchange: () => this.#setDay(day.value) });
        root.append(
            h(
                'div',
                { class: 'page' },
                h('div', { class: 'page-head' }, h('h1', {}, t('promises.title')), h('p', {}, t('promises.about'))),
                h('div', { class: 'row promises-tools' }, h('div', { class: 'field field-row' }, h('label', { for: id }, t('promises.as_of')), day), this.#filter),
                this.#list,
            ),
        );
        this.#draw();
    }

    async #setDay(date) {
        this.#params.date = date;
        remember('promises', this.#params);
        this.#items = (await getOnce('/v1/commitments', { date })).items;
        this.#draw();
    }

    #draw() {
        const choose = (state) => () => {
            this.#params.state = state;
            remember('promises', this.#params);
            this.#draw();
        };
        const button = (state, text, count) =>
            h('button', { type: 'button', 'aria-pressed': String(this.#params.state === state), onclick: choose(state) }, `${text} ${count}`);
        this.#filter.replaceChildren(
            button('', t('promises.all'), this.#items.length),
            ...STATES.map((state) => button(state, t(`promises.state_${state}`), this.#items.filter((each) => each.state === state).length)),
        );
        const shown = this.#items.filter((each) => !this.#params.state || each.state === this.#params.state);
        this.#list.replaceChildren(...shown.map(card));
    }
}

/** @param {HTMLElement} root @param {import('../router.js').Context} context */
export async function mount(root, { params }) {
    return new Promises(root, params, await getOnce('/v1/commitments', { date: params.date }));
}
