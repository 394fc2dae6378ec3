/**
 * Checking receipts: one, whether it is signed and stands in the journal; two, whether they
 * contradict each other. The signature is checked in the browser; the server is asked only whether
 * it knows the key and the entry.
 */
import { get, post } from '../api.js';
import { t } from '../i18n.js';
import { clock, dayOf } from '../parts/border_time.js';
import { demoStrip, queueTabs, said, scrollable } from '../parts/border_parts.js';
import { contradiction, verifyReceipt } from '../parts/border_proof.js';
import { session } from '../parts/border_session.js';
import { h } from '../parts/dom.js';

const time = (seconds) => `${dayOf(seconds * 1000)}, ${clock(seconds * 1000)}`;

function readReceipt(text) {
    const value = JSON.parse(text);
    const receipt = value.receipt ?? value;
    if (receipt.kind !== 'zhol-receipt') {
        throw new Error('no receipt');
    }
    return receipt;
}

function verdictLine(good, text) {
    const tone = good === null ? 'warn' : good ? 'good' : 'bad';
    const word = good === null ? t('booking.unknown') : good ? t('booking.yes') : t('booking.no');
    return h('li', {}, h('span', { class: `badge badge-${tone}` }, word), ' ', text);
}

function saidBy(receipt) {
    const line = (label, value) => [h('dt', {}, label), h('dd', {}, value)];
    return h(
        'dl',
        { class: 'facts' },
        line(t('booking.entry'), `${receipt.stream} № ${receipt.seq}`),
        line(t('booking.col_time'), time(receipt.time)),
        line(t('booking.command'), receipt.command),
        line(t('booking.outcome'), receipt.outcome === 'done' ? t('booking.outcome_done') : said(`border.refusal.${receipt.outcome}`, receipt.outcome)),
        receipt.number ? line(t('booking.number'), `№ ${receipt.number}`) : [],
        receipt.slot ? line(t('booking.slot'), time(receipt.slot)) : [],
        line(t('booking.hash'), h('code', { class: 'hash' }, receipt.hash)),
        line(t('booking.key'), h('code', { class: 'hash' }, receipt.key)),
    );
}

async function verdict(receipt, heads) {
    const own = await verifyReceipt(receipt);
    const server = await post('/v1/receipts/verify', { receipt }).catch(() => null);
    return h(
        'div',
        {},
        h(
            'ul',
            { class: 'verdict' },
            verdictLine(own, own === null ? t('booking.signature_unknown') : t('booking.signature')),
            verdictLine(heads ? receipt.key === heads.key : (server?.known_key ?? null), t('booking.known_key')),
            verdictLine(server?.entry_matches ?? null, t('booking.entry_matches')),
        ),
        server?.why ? h('p', { class: 'small' }, server.why) : null,
        saidBy(receipt),
    );
}

function receiptInput(name, label) {
    const area = h('textarea', { name, class: 'choice wide mono', rows: '5', spellcheck: 'false', id: `receipt-${name}` });
    const file = h('input', {
        type: 'file',
        accept: '.json,application/json',
        'aria-label': t('booking.file'),
        onchange: async () => {
            area.value = (await file.files[0]?.text()) ?? '';
        },
    });
    return h('div', { class: 'field' }, h('label', { for: `receipt-${name}` }, label), area, file);
}

function headsTable(heads) {
    return h(
        'section',
        { class: 'card' },
        h(
            'header',
            {},
            h('h2', {}, t('booking.heads')),
            h('span', { class: 'muted small' }, heads.anchor?.time ? t('booking.anchor', { time: time(Date.parse(heads.anchor.time) / 1000) }) : ''),
        ),
        h(
            'div',
            scrollable(t('booking.heads'), 'body scroll'),
            h('p', { class: 'muted small' }, t('booking.heads_note')),
            h(
                'table',
                {},
                h('caption', { class: 'unseen' }, t('booking.heads')),
                h(
                    'thead',
                    {},
                    h(
                        'tr',
                        {},
                        h('th', { scope: 'col' }, t('booking.stream')),
                        h('th', { scope: 'col', class: 'number' }, '№'),
                        h('th', { scope: 'col' }, t('booking.hash')),
                    ),
                ),
                h(
                    'tbody',
                    {},
                    heads.items.map((head) =>
                        h(
                            'tr',
                            {},
                            h('th', { scope: 'row' }, head.stream),
                            h('td', { class: 'number' }, head.seq),
                            h('td', {}, h('code', { class: 'hash' }, head.hash)),
                        ),
                    ),
                ),
            ),
            h('p', { class: 'small' }, t('booking.key'), ' ', h('code', { class: 'hash' }, heads.key)),
        ),
    );
}

function form(heads) {
    const result = h('div', { 'aria-live': 'polite' });
    const one = receiptInput('one', t('booking.receipt'));
    const two = receiptInput('two', t('booking.second_receipt'));
    const check = async (event) => {
        event.preventDefault();
        const texts = [one, two].map((part) => part.querySelector('textarea').value.trim());
        try {
            const receipts = texts.filter(Boolean).map(readReceipt);
            if (!receipts.length) {
                return;
            }
            const parts = await Promise.all(receipts.map((receipt) => verdict(receipt, heads)));
            result.replaceChildren(
                receipts.length === 2
                    ? h('p', { class: 'notice-line' }, h('strong', {}, t(`booking.pair_${contradiction(...receipts)}`)))
                    : '',
                h('div', { class: receipts.length === 2 ? 'two' : '' }, parts),
            );
        } catch {
            result.replaceChildren(h('p', { class: 'fault' }, t('booking.not_a_receipt')));
        }
    };
    return h(
        'section',
        { class: 'card' },
        h('header', {}, h('h2', {}, t('border.nav_receipt'))),
        h(
            'div',
            { class: 'body' },
            h('p', { class: 'muted' }, t('booking.verify_note')),
            h(
                'form',
                { onsubmit: check },
                h('div', { class: 'two' }, one, two),
                h('p', {}, h('button', { class: 'button main', type: 'submit' }, t('booking.verify'))),
            ),
            result,
        ),
    );
}

/** Form and heads, for this view and for the auditor's console. */
export async function verifyParts() {
    const heads = await get('/v1/heads').catch(() => null);
    return [form(heads), heads ? headsTable(heads) : ''];
}

/** @param {HTMLElement} root */
export async function mount(root) {
    const [me, meta, parts] = await Promise.all([session(), get('/v1/meta'), verifyParts()]);
    root.append(
        demoStrip(meta.demo),
        h(
            'div',
            { class: 'page stack' },
            queueTabs('verify', me.role),
            h('div', { class: 'page-head' }, h('h1', {}, t('border.nav_receipt'))),
            parts,
        ),
    );
}
