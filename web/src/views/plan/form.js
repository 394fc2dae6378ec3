/** The question to the planner as a form. What it asks stands in the address, so that it can be sent. */
import { getOnce } from '../../api.js';
import { named, t } from '../../i18n.js';
import { h, uniqueId } from '../../parts/dom.js';
import { placeField } from '../../parts/place_field.js';

/** Names of the parameters of /v1/plan that the form fills. */
export const ASKED = ['from', 'to', 'commodity', 'feu', 'teu', 'tonnes', 'depart', 'via', 'avoid', 'scenario'];

export const UNITS = ['feu', 'teu', 'tonnes'];

/** The parameters of a question, those that are blank left out. */
export function questionOf(params) {
    return Object.fromEntries(ASKED.filter((name) => params[name]).map((name) => [name, params[name]]));
}

function field(label, input, hint = '') {
    const id = uniqueId('field');
    input.id = id;
    if (hint) {
        input.placeholder = hint;
    }
    return h('div', { class: 'field' }, h('label', { for: id }, label), input);
}

function quantity(params) {
    const unit = UNITS.find((name) => params[name]) ?? 'feu';
    const amount = h('input', {
        type: 'number',
        min: '0.1',
        step: 'any',
        required: true,
        value: params[unit] ?? '1',
        class: 'amount',
    });
    const choice = h(
        'select',
        { 'aria-label': t('plan.unit') },
        ...UNITS.map((name) => h('option', { value: name }, t(`plan.unit_${name}`))),
    );
    choice.value = unit;
    const element = field(t('plan.quantity'), amount);
    element.append(choice);
    element.classList.add('quantity');
    return { element, read: () => ({ [choice.value]: amount.value }) };
}

function choice(label, name, value, items, blank) {
    const select = h(
        'select',
        { name },
        blank && h('option', { value: '' }, blank),
        ...items.map((item) => h('option', { value: item.id }, named(item.name))),
    );
    select.value = value ?? '';
    if (select.selectedIndex < 0) {
        select.selectedIndex = 0;
    }
    return { element: field(label, select), select };
}

/**
 * @param {Record<string, string>} params of the address
 * @param {(question: Record<string, string>) => void} onAsk
 */
export async function planForm(params, onAsk) {
    const [meta, commodities] = await Promise.all([getOnce('/v1/meta'), getOnce('/v1/commodities')]);
    const from = placeField({ label: t('plan.from'), value: params.from ?? '', required: true, name: 'from', hint: t('plan.from_hint') });
    const to = placeField({ label: t('plan.to'), value: params.to ?? '', required: true, name: 'to', hint: t('plan.to_hint') });
    const amount = quantity(params);
    const goods = choice(t('plan.commodity'), 'commodity', params.commodity ?? 'mixed_goods', commodities.items);
    const scenario = choice(t('plan.scenario'), 'scenario', params.scenario, meta.scenarios ?? [], t('plan.no_scenario'));
    const depart = h('input', { type: 'date', name: 'depart', value: params.depart ?? meta.corridor_as_of });
    const via = h('input', { type: 'text', name: 'via', value: params.via ?? '' });
    const avoid = h('input', { type: 'text', name: 'avoid', value: params.avoid ?? '' });
    const ask = () =>
        onAsk(
            questionOf({
                from: from.value,
                to: to.value,
                commodity: goods.select.value,
                ...amount.read(),
                depart: depart.value,
                via: via.value.trim(),
                avoid: avoid.value.trim(),
                scenario: scenario.select.value,
            }),
        );
    const form = h(
        'form',
        {
            class: 'plan-form',
            onsubmit: (event) => {
                event.preventDefault();
                ask();
            },
        },
        from.element,
        to.element,
        goods.element,
        amount.element,
        field(t('plan.depart'), depart),
        scenario.element,
        field(t('plan.via'), via, t('plan.via_hint')),
        field(t('plan.avoid'), avoid, t('plan.avoid_hint')),
        h('button', { class: 'button main', type: 'submit' }, t('plan.ask')),
    );
    return {
        form,
        fill: (question) => {
            from.input.value = question.from ?? '';
            to.input.value = question.to ?? '';
        },
    };
}
