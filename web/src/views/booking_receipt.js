/**
 * The receipt of a place: on the screen, as a file, on paper. It is signed by the operator; anybody
 * can verify it without the server (`zhol receipt verify FILE`), and this page does so too.
 */
import { named, t } from '../i18n.js';
import { dayOf, clock, slotText, when } from '../parts/border_time.js';
import { plate, said, stateBadge, timeOf } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { link } from '../router.js';

/** Saves a value as a JSON file. */
export function saveJson(name, value) {
    const url = URL.createObjectURL(new Blob([JSON.stringify(value)], { type: 'application/json' }));
    h('a', { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10e3);
}

const fileName = (receipt) => `zhol-receipt-${receipt.stream}-${receipt.seq}.json`;

/** What a receipt says, folded away, with a button that saves it. */
export function receiptDetails(receipt, title) {
    return h(
        'details',
        { class: 'receipt-raw' },
        h('summary', {}, title),
        h('pre', { tabindex: '0' }, JSON.stringify(receipt, null, 2)),
        h('button', { class: 'button small', type: 'button', onclick: () => saveJson(fileName(receipt), receipt) }, t('booking.save')),
    );
}

function facts(place) {
    const line = (label, ...value) => [h('dt', {}, label), h('dd', {}, ...value)];
    const category = place.category_name ?? said(`border.category.${place.category}`, place.category);
    const p50 = timeOf(place.call?.p50);
    return h(
        'dl',
        { class: 'facts facts-large' },
        line(t('booking.vehicle'), plate(place.plate)),
        line(t('booking.checkpoint'), named(place.checkpoint_name ?? place.checkpoint)),
        line(t('booking.category'), category),
        line(t('booking.slot'), place.slot ? slotText(place.slot) : t(place.state === 'requested' ? 'booking.slot_round' : 'booking.live')),
        p50 === null ? [] : line(t('booking.forecast'), when(p50)),
        place.receipt
            ? line(
                  t('booking.entry'),
                  h('span', { class: 'hash' }, `${place.receipt.stream} № ${place.receipt.seq}, ${dayOf(place.receipt.time * 1000)} ${clock(place.receipt.time * 1000)}`),
              )
            : [],
    );
}

function actions(place) {
    return h(
        'div',
        { class: 'row no-print' },
        place.receipt
            ? h('button', { class: 'button main', type: 'button', onclick: () => saveJson(fileName(place.receipt), place.receipt) }, t('booking.save'))
            : null,
        h('button', { class: 'button', type: 'button', onclick: () => print() }, t('booking.print')),
        h('a', { class: 'button', href: `/driver#${place.place}` }, t('booking.driver_link')),
        h('a', { class: 'button', href: link('places') }, t('border.nav_places')),
    );
}

/**
 * @param {object} place with receipt
 * @param {{fresh?: boolean}} [how] fresh: it was just booked
 */
export function receiptCard(place, { fresh = false } = {}) {
    return h(
        'section',
        { class: 'card receipt', 'aria-label': t('booking.receipt') },
        h(
            'header',
            {},
            h('h2', {}, fresh ? t(place.state === 'requested' ? 'booking.requested' : 'booking.done', { number: place.number }) : t('booking.receipt')),
            stateBadge(place.state),
        ),
        h(
            'div',
            { class: 'body receipt-body' },
            h(
                'div',
                { class: 'receipt-qr' },
                h('img', { src: `/v1/places/${place.place}/receipt.svg`, alt: t('booking.qr'), width: '220', height: '220' }),
                h('p', { class: 'muted small' }, t('booking.qr_note')),
            ),
            h(
                'div',
                {},
                h('p', { class: 'receipt-number' }, h('span', { class: 'muted' }, t('booking.number')), h('strong', {}, `№ ${place.number}`)),
                facts(place),
                actions(place),
                h('p', { class: 'muted small' }, t('booking.signed_note')),
                place.receipt ? receiptDetails(place.receipt, t('booking.raw')) : null,
            ),
        ),
    );
}
