/** The first two screens of the driver: the plate, and the code that was sent to the phone. */
import { t } from '../i18n.js';
import { h } from '../parts/dom.js';

/** Runs an action of a form once at a time and shows what went wrong beside it. */
function submitting(form, fault, action) {
    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        const button = form.querySelector('button.big');
        button.disabled = true;
        fault.textContent = '';
        try {
            await action();
        } catch (error) {
            fault.textContent = reason(error);
            button.disabled = false;
        }
    });
}

function reason(error) {
    if (error.status === 0) {
        return t('driver.offline_first');
    }
    if (error.status === 429) {
        return t('border.refusal.rate');
    }
    return error.status === 503 ? t('border.refusal.stopped') : t('driver.wrong');
}

/** @param {HTMLElement} place @param {{plate: string, online: boolean}} state */
export function drawPlate(place, state, { send }) {
    const fault = h('p', { class: 'fault', role: 'alert' }, state.online ? '' : t('driver.offline_first'));
    const input = h('input', {
        id: 'plate',
        name: 'plate',
        class: 'plate-input',
        autocomplete: 'off',
        autocapitalize: 'characters',
        spellcheck: 'false',
        required: true,
        maxlength: '16',
        'aria-describedby': 'plate-hint',
        value: state.plate,
    });
    const form = h(
        'form',
        { class: 'login' },
        h('h1', {}, t('driver.title')),
        h('label', { for: 'plate' }, t('driver.plate')),
        input,
        h('p', { id: 'plate-hint', class: 'hint' }, t('driver.plate_hint')),
        h('button', { type: 'submit', class: 'big' }, t('driver.send_code')),
        fault,
        state.demo ? h('p', { class: 'hint' }, t('driver.demo_hint')) : '',
    );
    submitting(form, fault, () => send(input.value));
    place.replaceChildren(form);
}

/** @param {HTMLElement} place @param {{plate: string}} state */
export function drawCode(place, state, { enter, again, back }) {
    const fault = h('p', { class: 'fault', role: 'alert' });
    const input = h('input', {
        id: 'code',
        name: 'code',
        class: 'code-input',
        inputmode: 'numeric',
        autocomplete: 'one-time-code',
        pattern: '[0-9 ]*',
        required: true,
        maxlength: '8',
        'aria-describedby': 'code-hint',
    });
    const form = h(
        'form',
        { class: 'login' },
        h('p', { class: 'plate' }, state.plate),
        h('label', { for: 'code' }, t('driver.code')),
        input,
        h('p', { id: 'code-hint', class: 'hint' }, t('driver.code_hint')),
        h('button', { type: 'submit', class: 'big' }, t('driver.enter')),
        fault,
        h(
            'p',
            { class: 'pair' },
            h('button', { type: 'button', class: 'plain', onclick: () => again().catch(() => {}) }, t('driver.send_code')),
            h('button', { type: 'button', class: 'plain', onclick: back }, t('driver.another_plate')),
        ),
    );
    submitting(form, fault, () => enter(input.value.replace(/\s/g, '')));
    place.replaceChildren(form);
    input.focus();
}
