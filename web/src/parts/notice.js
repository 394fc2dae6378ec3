/** What a view shows while it loads, when there is nothing, and when something failed. */
import { t } from '../i18n.js';
import { h } from './dom.js';

export const loading = () => h('p', { class: 'notice', role: 'status' }, t('shell.loading'));

/** @param {string} text */
export const nothing = (text) => h('p', { class: 'notice' }, text);

/** @param {Error} error @param {() => void} [again] */
export const failure = (error, again) =>
    h(
        'div',
        { class: 'notice notice-bad', role: 'alert' },
        h('p', {}, error.message),
        again && h('button', { class: 'button', type: 'button', onclick: again }, t('shell.again')),
    );

/** Says something to screen readers without showing it. @param {string} text */
export function announce(text) {
    const place = document.getElementById('announcer');
    if (place) {
        place.textContent = text;
    }
}
