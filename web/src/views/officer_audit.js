/** The auditor: the whole journal verified by the server, heads to compare, receipts to check. */
import { get } from '../api.js';
import { t } from '../i18n.js';
import { problemText } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { verifyParts } from './booking_verify.js';

const COUNTS = ['streams', 'entries', 'places', 'refusals', 'anchors', 'countersignatures'];

function findings(list) {
    if (!list.length) {
        return h('p', { class: 'good' }, t('officer.no_findings'));
    }
    return h(
        'table',
        {},
        h('caption', { class: 'unseen' }, t('officer.findings')),
        h('thead', {}, h('tr', {}, ['stream', 'seq', 'finding'].map((name) => h('th', { scope: 'col' }, t(`officer.col_${name}`))))),
        h(
            'tbody',
            {},
            list.slice(0, 200).map((each) =>
                h('tr', {}, h('td', {}, each.stream), h('td', { class: 'number' }, each.seq), h('td', {}, each.what)),
            ),
        ),
    );
}

function verdict(audit) {
    return [
        h(
            'p',
            { class: 'row' },
            h('span', { class: `badge badge-${audit.valid ? 'good' : 'bad'}` }, t(audit.valid ? 'officer.audit_valid' : 'officer.audit_invalid')),
            h('span', { class: 'muted' }, t('officer.audit_what')),
        ),
        h(
            'dl',
            { class: 'kpis' },
            COUNTS.map((name) => h('div', {}, h('dt', {}, t(`officer.count_${name}`)), h('dd', {}, h('strong', {}, number(audit.counts[name]))))),
        ),
        findings(audit.findings),
    ];
}

/** @param {HTMLElement} place */
export async function mountAudit(place) {
    const result = h('div', { 'aria-live': 'polite' });
    const run = async () => {
        button.disabled = true;
        result.replaceChildren(h('p', { class: 'muted' }, t('officer.auditing')));
        try {
            result.replaceChildren(...verdict(await get('/v1/audit')));
        } catch (error) {
            result.replaceChildren(h('p', { class: 'fault' }, problemText(error)));
        }
        button.disabled = false;
    };
    const button = h('button', { class: 'button main', type: 'button', id: 'audit', onclick: run }, t('officer.audit_run'));
    place.classList.add('stack');
    place.append(
        h(
            'section',
            { class: 'card' },
            h('header', {}, h('h2', {}, t('officer.part_audit')), h('span', { class: 'muted small' }, t('officer.audit_note'))),
            h('div', { class: 'body' }, h('p', {}, button), result),
        ),
        ...(await verifyParts()),
    );
}
