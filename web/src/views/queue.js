import { h } from '../parts/dom.js';

/** @param {HTMLElement} root */
export async function mount(root) {
    root.append(h('p', { class: 'notice' }, '…'));
}
