/** Step 1: which vehicle and which driver, out of the carrier's own or newly registered. */
import { get, post } from '../api.js';
import { t } from '../i18n.js';
import { when } from '../parts/border_time.js';
import { field, onSubmit, plate } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { stepButtons } from './booking_parts.js';

const ACTIVE = ['requested', 'booked', 'arrived', 'called', 'entered'];
const COUNTRIES = ['KZ', 'CN', 'RU', 'KG', 'UZ', 'BY', 'TJ', 'TM', 'TR', 'PL', 'LT', 'DE'];

const blocked = (item) =>
    item.blocked_until ? h('span', { class: 'badge badge-bad' }, t('booking.blocked_until', { time: when(item.blocked_until) })) : null;

const SHOWN = 8;

/** Things that hold an active place already cannot take another. */
const unusable = (view, item) =>
    Boolean(item.blocked_until) || view.busy.has(item.id);

function option(view, name, item, describe, change) {
    return h(
        'label',
        { class: 'option' },
        h('input', {
            type: 'radio',
            name,
            value: item.id,
            checked: item.id === view.booking[name],
            disabled: unusable(view, item),
            onchange: () => change(item.id),
        }),
        h(
            'span',
            {},
            describe(item),
            blocked(item),
            view.busy.has(item.id)
                ? h('span', { class: 'badge badge-warn' }, t('booking.has_place', { number: view.busy.get(item.id) }))
                : null,
        ),
    );
}

/** The chosen one, then those that match what was typed, those that can be taken first. */
function matching(view, name, items, text) {
    const wanted = text.replace(/[\s-]/g, '').toUpperCase();
    const said = (item) => [item.plate, item.vin, item.name, item.phone].join(' ').replace(/[\s-]/g, '').toUpperCase();
    return items
        .filter((item) => !item.erased && (!wanted || item.id === view.booking[name] || said(item).includes(wanted)))
        .sort(
            (a, b) =>
                Number(b.id === view.booking[name]) - Number(a.id === view.booking[name]) ||
                Number(unusable(view, a)) - Number(unusable(view, b)),
        );
}

function choices(view, name, items, describe, change) {
    const list = h('div', { class: 'options', role: 'radiogroup', 'aria-label': t(`booking.${name}`) });
    const more = h('p', { class: 'muted small' });
    const draw = (text) => {
        const found = matching(view, name, items, text);
        list.replaceChildren(...found.slice(0, SHOWN).map((item) => option(view, name, item, describe, change)));
        more.textContent = found.length > SHOWN ? t('booking.more_match', { count: found.length - SHOWN }) : '';
    };
    draw('');
    const search =
        items.length > SHOWN
            ? h('input', {
                  class: 'choice wide',
                  type: 'search',
                  placeholder: t(`booking.search_${name}`),
                  'aria-label': t(`booking.search_${name}`),
                  oninput: (event) => draw(event.target.value),
              })
            : null;
    return h('div', { class: 'stack-small' }, search, list, more);
}

const input = (name, extra = {}) => h('input', { name, autocomplete: 'off', required: true, ...extra });
const countries = () =>
    h('select', { name: 'country' }, COUNTRIES.map((code) => h('option', { value: code }, code)));

function vehicleForm(added) {
    const form = h(
        'form',
        { class: 'fields' },
        field(t('booking.plate'), input('plate', { maxlength: 16, autocapitalize: 'characters' })),
        field(t('booking.vin'), input('vin', { maxlength: 17, minlength: 11, autocapitalize: 'characters' }), t('booking.vin_hint')),
        field(t('booking.country'), countries()),
        field(
            t('booking.vehicle_type'),
            h(
                'select',
                { name: 'type' },
                ['tractor', 'truck', 'bus'].map((type) => h('option', { value: type }, t(`booking.type_${type}`))),
            ),
        ),
        h('p', { class: 'fault', role: 'alert' }),
        h('button', { class: 'button', type: 'submit' }, t('booking.register_vehicle')),
    );
    const upper = (text) => text.replace(/[\s-]/g, '').toUpperCase();
    return onSubmit(form, async (given) => {
        const body = { ...given, plate: upper(given.plate), vin: upper(given.vin) };
        const made = await post('/v1/vehicles', body);
        added({ ...body, id: made.id });
    });
}

function driverForm(added) {
    const form = h(
        'form',
        { class: 'fields' },
        field(t('booking.driver_name'), input('name', { maxlength: 80 })),
        field(t('booking.phone'), input('phone', { type: 'tel', maxlength: 20, placeholder: '+7' }), t('booking.phone_hint')),
        field(t('booking.document'), input('document', { maxlength: 30 })),
        field(t('booking.country'), countries()),
        field(
            t('booking.driver_language'),
            h(
                'select',
                { name: 'lang' },
                [['kk', 'Қазақша'], ['ru', 'Русский'], ['zh', '中文'], ['en', 'English']].map(([id, name]) =>
                    h('option', { value: id }, name),
                ),
            ),
        ),
        field(t('booking.visa_free_until'), h('input', { name: 'visa_free_until', type: 'date' }), t('booking.visa_hint')),
        h('p', { class: 'fault', role: 'alert' }),
        h('button', { class: 'button', type: 'submit' }, t('booking.register_driver')),
    );
    return onSubmit(form, async (given) => {
        const made = await post('/v1/drivers', given);
        added({ ...given, id: made.id });
    });
}

const vehicleText = (item) => [plate(item.plate), h('span', { class: 'muted small' }, `${item.country ?? ''} · VIN ${item.vin ?? '–'}`)];
const driverText = (item) => [
    h('strong', {}, item.name ?? '–'),
    h('span', { class: 'muted small' }, [item.country, item.phone].filter(Boolean).join(' · ')),
];

/** A list with a folded form under it; a new thing is chosen at once. */
function part(view, name, items, describe, makeForm) {
    const list = h('div', {});
    const draw = () =>
        list.replaceChildren(
            items.length
                ? choices(view, name, items, describe, (id) => {
                      view.choose({ [name]: id });
                      view.ready();
                  })
                : h('p', { class: 'muted' }, t(`booking.no_${name}s`)),
        );
    const more = h('details', { class: 'add', open: items.length === 0 }, h('summary', {}, t(`booking.add_${name}`)));
    more.append(
        makeForm((item) => {
            items.push(item);
            view.choose({ [name]: item.id });
            view.known[name].set(item.id, item);
            more.open = false;
            draw();
            view.ready();
        }),
    );
    draw();
    return h(
        'section',
        { class: 'card' },
        h('header', {}, h('h3', {}, t(`booking.${name}`))),
        h('div', { class: 'body' }, list, more),
    );
}

/** @param {object} view of booking.js @returns {Promise<HTMLElement>} */
export async function whoStep(view) {
    const [vehicles, drivers, mine] = await Promise.all([
        get('/v1/vehicles', { limit: 1000 }),
        get('/v1/drivers', { limit: 1000 }),
        get('/v1/places/mine', { limit: 1000 }),
    ]);
    view.busy = new Map(
        mine.items
            .filter((place) => ACTIVE.includes(place.state))
            .flatMap((place) => [place.vehicle, ...place.drivers].map((id) => [id, place.number])),
    );
    view.known = {
        vehicle: new Map(vehicles.items.map((item) => [item.id, item])),
        driver: new Map(drivers.items.map((item) => [item.id, item])),
    };
    for (const name of ['vehicle', 'driver']) {
        if (view.booking[name] && (!view.known[name].has(view.booking[name]) || view.busy.has(view.booking[name]))) {
            view.choose({ [name]: '' });
        }
    }
    const buttons = stepButtons(view, { back: false });
    view.ready = () => buttons.enable(Boolean(view.booking.vehicle && view.booking.driver));
    view.ready();
    return h(
        'div',
        {},
        h('h2', {}, t('booking.who_title')),
        h('p', { class: 'muted' }, t('booking.who_note')),
        h(
            'div',
            { class: 'two' },
            part(view, 'vehicle', [...vehicles.items], vehicleText, vehicleForm),
            part(view, 'driver', [...drivers.items], driverText, driverForm),
        ),
        buttons,
    );
}
