/** What the board, booking and the consoles share: names, badges, refusals in words, dialogs. */
import { named, t } from '../i18n.js';
import { link } from '../router.js';
import { now } from './border_time.js';
import { h } from './dom.js';

const TONES = {
    requested: '',
    booked: 'badge-accent',
    arrived: 'badge-accent',
    called: 'badge-good',
    entered: 'badge-good',
    cleared: '',
    refused: 'badge-bad',
    no_show: 'badge-bad',
    cancelled: '',
    not_drawn: 'badge-warn',
};

/** A message, or `other` where the language files do not know the key. */
export function said(key, other, values) {
    const text = t(key, values);
    return text === key ? other : text;
}

export const stateName = (state) => said(`border.state.${state}`, state);
export const stateBadge = (state) => h('span', { class: `badge ${TONES[state] ?? ''}` }, stateName(state));
export const plate = (text) => h('span', { class: 'plate' }, text ?? '–');

/** The category's name from the queue's data, from the messages, or its id. */
export function categoryName(id, categories = []) {
    const found = categories.find((each) => each.id === id);
    return found?.name ? named(found.name) : said(`border.category.${id}`, id);
}

/** What a failed call means for a person. @param {import('../api.js').ApiError} error */
export function problemText(error) {
    if (error.status === 429) {
        return t('border.refusal.rate');
    }
    if (error.status === 401 && !error.code.startsWith('log')) {
        return t('border.refusal.unauthorized');
    }
    const text = said(`border.refusal.${error.code}`, '');
    if (text) {
        return text;
    }
    if (error.status === 503) {
        return t('border.refusal.stopped');
    }
    return error.status === 403 ? t('border.refusal.forbidden') : error.message;
}

/** Instants come as text; lengths of time in hours from now. @returns {number|null} milliseconds */
export function timeOf(value) {
    if (value === null || value === undefined) {
        return null;
    }
    return typeof value === 'number' ? now() + value * 3600e3 : Date.parse(value);
}

/** The parts of the border queue. @param {string} active route @param {string} role */
export function queueTabs(active, role) {
    const tabs = [
        ['queue', t('border.nav_board')],
        ['booking', t('border.nav_book')],
        role === 'carrier' && ['places', t('border.nav_places')],
        ['verify', t('border.nav_receipt')],
        ['officer', 'operator', 'auditor'].includes(role) && ['officer', t('border.nav_officer')],
    ].filter(Boolean);
    return h(
        'nav',
        { class: 'subtabs', 'aria-label': t('border.nav') },
        tabs.map(([name, text]) =>
            h('a', { href: link(name), 'aria-current': name === active ? 'page' : null }, text),
        ),
        h('a', { href: '/driver', class: 'aside' }, t('border.nav_driver')),
    );
}

/**
 * A modal dialog that is closed by Escape and gives the focus back.
 * @param {string} title @param {(close: () => void) => any} fill its contents
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, fill, { wide = false } = {}) {
    const dialog = h('dialog', { class: wide ? 'dialog wide' : 'dialog', 'aria-label': title });
    const close = () => dialog.close();
    dialog.append(
        h(
            'header',
            {},
            h('h2', {}, title),
            h('button', { class: 'button quiet', type: 'button', 'aria-label': t('border.close'), onclick: close }, '×'),
        ),
        h('div', { class: 'body' }, fill(close)),
    );
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
}

/** Attributes of what may be wider than its room: reached and moved by the keyboard too. */
export const scrollable = (label, name = 'scroll') => ({
    class: name,
    role: 'region',
    tabindex: '0',
    'aria-label': label,
});

/** A labelled field with room for its fault. @returns {HTMLElement} */
export function field(label, control, hint) {
    const id = control.id || `field-${control.name}`;
    control.id = id;
    const about = `${id}-about`;
    control.setAttribute('aria-describedby', about);
    return h(
        'div',
        { class: 'field' },
        h('label', { for: id }, label),
        control,
        h('span', { id: about, class: 'hint', 'data-field': control.name }, hint ?? ''),
    );
}

/** Values of a form as an object; blank ones are left out. @param {HTMLFormElement} form */
export function values(form) {
    return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
}

/**
 * Makes a form call `action` once at a time; a refusal stands at its field, or in the form's fault.
 * @param {HTMLFormElement} form with a `.fault` inside
 * @param {(values: object) => Promise<any>} action
 */
export function onSubmit(form, action) {
    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        const button = form.querySelector('[type=submit]');
        const fault = form.querySelector('.fault');
        form.querySelectorAll('[aria-invalid]').forEach((each) => each.removeAttribute('aria-invalid'));
        fault.textContent = '';
        button.disabled = true;
        try {
            await action(values(form));
        } catch (error) {
            fault.textContent = problemText(error);
            const control = error.field && form.elements[error.field];
            if (control instanceof HTMLElement) {
                control.setAttribute('aria-invalid', 'true');
                control.focus();
            }
        } finally {
            button.disabled = false;
        }
    });
    return form;
}

/** The strip over every view of a demonstration. */
export const demoStrip = (demo) => (demo ? h('p', { class: 'demo-strip' }, t('border.demo')) : '');
