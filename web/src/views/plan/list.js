/** The itineraries worth choosing, one a row. */
import { t } from '../../i18n.js';
import { h } from '../../parts/dom.js';
import { duration, localTime, mass, usd } from '../../parts/format.js';

const BADGES = [
    ['fastest', 'plan.fastest'],
    ['cheapest', 'plan.cheapest'],
    ['lowest_co2e', 'plan.cleanest'],
];

/** Something known, with a sign where a part of it is not. */
const known = (text, isKnown) => (isKnown ? text : h('span', { title: t('plan.partly') }, `≥ ${text}`));

/** When it is there with a chance of 50 and of 90 %, as the server promises it. */
function promise(each) {
    const line = (key, time) => h('span', { class: 'muted small' }, t(key, { time: localTime(time) }));
    return [
        each.arrival_p50 ? line('plan.by_50', each.arrival_p50) : null,
        each.arrival_p90 ? line('plan.by_90', each.arrival_p90) : null,
    ];
}

function row(each, onPick) {
    return h(
        'tr',
        { 'data-number': each.number, onclick: () => onPick(each.number) },
        h('td', { class: 'number' }, String(each.number)),
        h(
            'td',
            {},
            h('button', { class: 'link way-name', type: 'button', 'aria-pressed': 'false' }, each.gateways || t('plan.direct')),
            h(
                'span',
                { class: 'badges' },
                ...BADGES.filter(([name]) => each[name]).map(([, key]) =>
                    h('span', { class: 'badge badge-accent' }, t(key)),
                ),
                each.firm ? null : h('span', { class: 'badge badge-warn', title: t('plan.not_firm_why') }, t('plan.not_firm')),
            ),
        ),
        h(
            'td',
            { class: 'number' },
            duration(each.duration_min),
            h('br'),
            h('span', { class: 'muted small' }, localTime(each.arrival)),
            ...promise(each),
        ),
        h('td', { class: 'number' }, known(usd(each.cost_usd), each.cost_known)),
        h('td', { class: 'number' }, known(mass(each.co2e_g / 1000), each.co2e_known)),
    );
}

/**
 * @param {object[]} itineraries @param {(number: number) => void} onPick
 */
export function planList(itineraries, onPick) {
    const body = h('tbody', {}, ...itineraries.map((each) => row(each, onPick)));
    return {
        element: h(
            'div',
            { class: 'scroll' },
            h(
                'table',
                { class: 'plan-list' },
                h('caption', { class: 'unseen' }, t('plan.list')),
                h(
                    'thead',
                    {},
                    h(
                        'tr',
                        {},
                        h('th', { scope: 'col', class: 'number' }, t('plan.col_number')),
                        h('th', { scope: 'col' }, t('plan.col_way')),
                        h('th', { scope: 'col', class: 'number' }, t('plan.col_time')),
                        h('th', { scope: 'col', class: 'number' }, t('plan.col_cost')),
                        h('th', { scope: 'col', class: 'number' }, t('plan.col_co2e')),
                    ),
                ),
                body,
            ),
        ),
        mark: (number) => {
            for (const each of body.rows) {
                const picked = Number(each.dataset.number) === number;
                each.classList.toggle('picked', picked);
                each.querySelector('button').setAttribute('aria-pressed', String(picked));
            }
        },
    };
}
