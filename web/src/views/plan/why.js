/** "Why does nothing go through ...?" */
import { ApiError, get } from '../../api.js';
import { t } from '../../i18n.js';
import { h } from '../../parts/dom.js';
import { placeField } from '../../parts/place_field.js';

/** @param {() => Record<string, string>} question what the plan was asked with */
export function whyNot(question) {
    const answer = h('p', { class: 'why-answer', role: 'status' });
    const place = placeField({ label: t('plan.why_place'), required: true });
    const ask = async () => {
        answer.textContent = t('shell.loading');
        try {
            const why = await get('/v1/plan/why', { ...question(), place: place.value });
            answer.textContent = why.text;
        } catch (error) {
            answer.textContent = error instanceof ApiError ? error.message : String(error);
        }
    };
    return h(
        'form',
        {
            class: 'why card',
            onsubmit: (event) => {
                event.preventDefault();
                ask();
            },
        },
        h('header', {}, h('h2', {}, t('plan.why'))),
        h('div', { class: 'body' }, h('div', { class: 'row' }, place.element, h('button', { class: 'button', type: 'submit' }, t('plan.why_ask'))), answer),
    );
}
