/** Capacity: all freight of a month on what the corridor can carry; limits are dragged, the answer follows. */
import { get } from '../api.js';
import { t } from '../i18n.js';
import { debounced, h, uniqueId } from '../parts/dom.js';
import { number, percent, usd } from '../parts/format.js';
import { announce, failure } from '../parts/notice.js';
import { link, remember } from '../router.js';

const FIRST_MONTH = '2024-11';
const SHOWN = 14;
const MONTH = /^\d{4}-\d{2}$/;

/** "R.S030:60;R.S031:60" of the address as [id, value] pairs; what is no number is left out. */
const readChanges = (text = '') =>
    text
        .split(';')
        .map((pair) => [pair.slice(0, pair.lastIndexOf('=')), Number(pair.slice(pair.lastIndexOf('=') + 1))])
        .filter(([id, value]) => id && Number.isFinite(value) && value >= 0);

const writeChanges = (changes) => [...changes].map(([id, value]) => `${id}=${value}`).join(';');

/** How far a slider goes and in what steps: to three times what is stated, a hundred steps or whole ones. */
function scale(stated) {
    const most = Math.max(3 * stated, 3);
    const step = most <= 150 ? 1 : 10 ** Math.floor(Math.log10(most / 50));
    return { max: Math.ceil(most / step) * step, step };
}

/** Both directions of a pair are one limit to whoever drags it: the dearer one is told. */
function merged(items) {
    const byId = new Map();
    for (const item of items) {
        const known = byId.get(item.id);
        if (!known || item.dual_usd_day > known.dual_usd_day) {
            byId.set(item.id, item);
        }
    }
    return [...byId.values()];
}

class Capacity {
    #period;
    #scenario;
    #changes;
    #rows = new Map();
    #asked = null;
    #sums = h('div', { class: 'card capacity-sums', id: 'capacity-sums', 'aria-live': 'polite' });
    #list = h('ul', { class: 'capacity-list' });
    #ask = debounced(40, () => this.#load());

    constructor(root, params, answer) {
        this.#period = answer.from.slice(0, 7);
        this.#scenario = params.scenario ?? '';
        this.#changes = new Map(readChanges(params.change));
        const id = uniqueId('month');
        const month = h('input', { id, type: 'month', value: this.#period, onchange: () => this.#setMonth(month.value) });
        root.append(
            h(
                'div',
                { class: 'page' },
                h('div', { class: 'page-head' }, h('h1', {}, t('capacity.title')), h('p', {}, t('capacity.about'))),
                h(
                    'div',
                    { class: 'row capacity-tools' },
                    h('div', { class: 'field field-row' }, h('label', { for: id }, t('capacity.month')), month),
                    h('button', { class: 'button', type: 'button', onclick: () => this.#reset() }, t('capacity.reset')),
                ),
                this.#sums,
                this.#list,
                h('p', { class: 'muted small' }, t('capacity.dual_note')),
            ),
        );
        this.#draw(answer);
    }

    destroy() {
        this.#asked?.abort();
    }

    #query() {
        return { period: this.#period, scenario: this.#scenario, change: writeChanges(this.#changes), limit: SHOWN };
    }

    /** The newest question wins: an older one is given up. */
    async #load() {
        this.#asked?.abort();
        const mine = new AbortController();
        this.#asked = mine;
        remember('capacity', { period: this.#period, scenario: this.#scenario, change: writeChanges(this.#changes) });
        try {
            this.#draw(await get('/v1/assign', this.#query(), { signal: mine.signal }));
        } catch (error) {
            if (error.name !== 'AbortError') {
                this.#sums.replaceChildren(failure(error, () => this.#load()));
            }
        }
    }

    #setMonth(month) {
        if (MONTH.test(month)) {
            this.#period = month;
            this.#changes.clear();
            this.#clearRows();
            this.#load();
        }
    }

    #reset() {
        this.#changes.clear();
        this.#clearRows();
        this.#load();
    }

    #clearRows() {
        this.#rows.clear();
        this.#list.replaceChildren();
    }

    #change(item, value) {
        if (value === item.stated) {
            this.#changes.delete(item.id);
        } else {
            this.#changes.set(item.id, value);
        }
        this.#ask();
    }

    #draw(answer) {
        this.#drawSums(answer);
        for (const item of merged(answer.items)) {
            if (!this.#rows.has(item.id)) {
                this.#rows.set(item.id, this.#row(item));
                this.#list.append(this.#rows.get(item.id).element);
            }
            this.#rows.get(item.id).show(item);
        }
    }

    #drawSums(answer) {
        const saved = answer.base_cost_usd_day - answer.cost_usd_day;
        const fact = (word, ...what) => [h('dt', {}, t(word)), h('dd', {}, ...what)];
        this.#sums.dataset.unmet = String(answer.unmet_t_day);
        this.#sums.replaceChildren(
            h(
                'dl',
                { class: 'facts' },
                fact('capacity.carried', t('capacity.t_day', { t: number(answer.carried_t_day) })),
                fact(
                    'capacity.unmet',
                    t('capacity.t_day', { t: number(answer.unmet_t_day) }),
                    ' ',
                    h('span', { class: 'muted' }, t('capacity.stated_t', { t: number(answer.base_unmet_t_day) })),
                ),
                fact('capacity.saved', t('capacity.usd_day', { usd: usd(Math.round(saved)) })),
                fact(
                    'capacity.proof',
                    h(
                        'span',
                        { class: 'small' },
                        t('capacity.proof_text', {
                            cost: usd(answer.certificate.primal_usd_day),
                            bound: usd(answer.certificate.dual_usd_day),
                            gap: answer.certificate.gap < 1e-9 ? '< 1e-9' : String(answer.certificate.gap),
                        }),
                    ),
                ),
            ),
        );
        announce(t('capacity.said', { t: number(answer.unmet_t_day) }));
    }

    /** A limit with its slider; show() tells it the newest figures and leaves the slider to the hand. */
    #row(first) {
        const id = uniqueId('limit');
        const value = this.#changes.get(first.id) ?? first.value;
        const said = h('output', { for: id }, number(value, 1));
        const { max, step } = scale(Math.max(first.stated, value / 3));
        const slider = h('input', {
            id,
            type: 'range',
            min: 0,
            max,
            step,
            'data-resource': first.id,
            oninput: () => {
                said.textContent = number(Number(slider.value), 1);
                this.#change(first, Number(slider.value));
            },
        });
        slider.value = value;
        const used = h('span', { class: 'muted small' });
        const dual = h('span', { class: 'capacity-dual' });
        const element = h(
            'li',
            { class: 'card capacity-limit' },
            h(
                'label',
                { for: id },
                h('a', { href: link('corridor', { show: `resource:${first.id}` }) }, first.id),
                ' ',
                first.name,
                ' ',
                first.assumed ? h('span', { class: 'badge badge-warn' }, t('capacity.assumed')) : null,
            ),
            h('div', { class: 'row' }, slider, said, h('span', { class: 'small' }, `${t(`capacity.unit_${first.unit}`)} / ${t(`capacity.per_${first.per}`)}`)),
            h('div', { class: 'row' }, used, dual),
        );
        const show = (item) => {
            const share = item.capacity_day > 0 ? item.use_day / item.capacity_day : 0;
            used.textContent = `${t('capacity.used', { share: percent(share) })} ${t('capacity.stated', { value: number(item.stated, 1) })}`;
            dual.textContent = item.dual_usd_day >= 1 ? t('capacity.dual', { usd: usd(Math.round(item.dual_usd_day)) }) : '';
            element.dataset.changed = String(item.changed);
        };
        return { element, show };
    }
}

/** @param {HTMLElement} root @param {import('../router.js').Context} context */
export async function mount(root, { params }) {
    const period = MONTH.test(params.period ?? '') ? params.period : FIRST_MONTH;
    const change = writeChanges(readChanges(params.change));
    const answer = await get('/v1/assign', { period, scenario: params.scenario, change, limit: SHOWN });
    return new Capacity(root, params, answer);
}
