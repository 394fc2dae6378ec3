/** One itinerary leg by leg, with its bill, its papers and on what it rests. */
import { t } from '../../i18n.js';
import { h } from '../../parts/dom.js';
import { duration, localTime, mass, number, percent, usd } from '../../parts/format.js';

const PHASES = ['running', 'waiting', 'handling', 'border'];

/** The time of an itinerary by what happens in it, as a bar. */
function phases(minutes) {
    const all = PHASES.reduce((sum, name) => sum + minutes[name], 0) || 1;
    return h(
        'div',
        { class: 'phases' },
        h(
            'div',
            { class: 'phase-bar', 'aria-hidden': 'true' },
            ...PHASES.map((name) =>
                h('span', { class: `phase-${name}`, style: { width: `${(100 * minutes[name]) / all}%` } }),
            ),
        ),
        h(
            'ul',
            {},
            ...PHASES.map((name) =>
                h('li', { class: `phase-${name}` }, t(`plan.phase_${name}`), ' ', h('strong', {}, duration(minutes[name]))),
            ),
        ),
    );
}

function leg(each, at) {
    const wait = each.wait_min
        ? h('div', { class: 'wait' }, t('plan.waits', { time: duration(each.wait_min) }), each.wait_reason && `: ${each.wait_reason}`)
        : null;
    return h(
        'tr',
        { class: each.mode ?? each.kind },
        h('td', { class: 'number muted' }, String(at + 1)),
        h('td', {}, wait, each.text),
        h('td', { class: 'number' }, localTime(each.start), h('br'), h('span', { class: 'muted' }, localTime(each.end))),
        h('td', { class: 'number' }, each.length_km ? `${number(each.length_km)} ${t('plan.km')}` : ''),
        h('td', { class: 'number' }, each.cost_known ? usd(each.cost_usd + each.storage_usd) : t('plan.unknown')),
        h('td', { class: 'number' }, each.co2e_known ? mass(each.co2e_g / 1000) : t('plan.unknown')),
        h('td', {}, h('span', { class: each.evidence === 'assumed' ? 'badge badge-warn' : 'badge', title: each.source ?? '' }, t(`plan.evidence_${each.evidence}`))),
    );
}

function legs(itinerary) {
    const heads = ['number', 'leg', 'times', 'length', 'cost', 'co2e', 'rests'];
    return h(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('plan.legs') },
        h(
            'table',
            { class: 'legs' },
            h('thead', {}, h('tr', {}, ...heads.map((name) => h('th', { scope: 'col' }, t(`plan.col_${name}`))))),
            h('tbody', {}, ...itinerary.legs.map(leg)),
        ),
    );
}

function bill(itinerary) {
    return h(
        'details',
        {},
        h('summary', {}, t('plan.bill'), h('span', { class: 'muted' }, ` ${usd(itinerary.cost_usd)}`)),
        h(
            'table',
            {},
            h(
                'tbody',
                {},
                ...itinerary.cost_by_country.map((line) =>
                    h(
                        'tr',
                        {},
                        h('td', {}, line.country || t('plan.through')),
                        h('td', {}, t(`plan.cost_${line.kind}`)),
                        h('td', { class: 'number' }, usd(line.cost_usd)),
                    ),
                ),
            ),
        ),
    );
}

function papers(itinerary) {
    return h(
        'details',
        {},
        h('summary', {}, t('plan.papers'), h('span', { class: 'muted' }, ` ${itinerary.rules.length}`)),
        h(
            'ul',
            { class: 'papers' },
            ...itinerary.rules.map((rule) =>
                h('li', {}, h('strong', {}, rule.name), h('br'), h('span', { class: 'muted small' }, rule.text)),
            ),
        ),
    );
}

function evidence({ time, cost, co2e }) {
    const share = (name, each) =>
        h('div', {}, h('dt', {}, t(`plan.share_${name}`)), h('dd', {}, t('plan.published', { share: percent(each.published), assumed: percent(each.assumed) })));
    return h('dl', { class: 'entry shares' }, share('time', time), share('cost', cost), share('co2e', co2e));
}

/** @param {object} itinerary */
export function planDetail(itinerary) {
    return h(
        'section',
        { class: 'card plan-detail', 'aria-label': t('plan.detail', { number: itinerary.number }) },
        h(
            'header',
            {},
            h('h2', {}, `${itinerary.number}. ${itinerary.gateways || t('plan.direct')}`),
            h('span', { class: 'muted' }, `${number(itinerary.length_km.total)} ${t('plan.km')}`),
        ),
        h(
            'div',
            { class: 'body' },
            phases(itinerary.minutes),
            legs(itinerary),
            itinerary.excluded?.length ? h('p', { class: 'small' }, t('plan.excluded'), ' ', itinerary.excluded.map((each) => each.text ?? each).join('; ')) : null,
            bill(itinerary),
            papers(itinerary),
            evidence(itinerary.evidence),
            ...(itinerary.notes ?? []).map((note) => h('p', { class: 'muted small' }, note)),
        ),
    );
}
