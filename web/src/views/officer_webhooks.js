/** The operator's webhooks: who is told of events, how far each has got, what failed. */
import { get, post, remove } from '../api.js';
import { t } from '../i18n.js';
import { when } from '../parts/border_time.js';
import { field, onSubmit, problemText, scrollable } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { nothing } from '../parts/notice.js';

function row(item, refresh) {
    const fault = h('span', { class: 'fault small' });
    const drop = async () => {
        try {
            await remove(`/v1/webhooks/${item.id}`);
            await refresh();
        } catch (error) {
            fault.textContent = problemText(error);
        }
    };
    return h(
        'tr',
        {},
        h('th', { scope: 'row' }, item.url, h('span', { class: 'muted small' }, item.topics.join(', '))),
        h('td', { class: 'number' }, number(item.delivered)),
        h('td', { class: 'number' }, number(item.failures)),
        h('td', {}, (item.cursors ?? []).map((each) => h('span', { class: 'small' }, `${each.stream} ${each.seq}`))),
        h('td', {}, item.last_error ?? '–', item.next_try ? h('span', { class: 'muted small' }, t('officer.next_try', { time: when(item.next_try) })) : null),
        h('td', {}, h('button', { class: 'button small', type: 'button', onclick: drop }, t('officer.remove')), fault),
    );
}

function table(items, refresh) {
    if (!items.length) {
        return nothing(t('officer.no_webhooks'));
    }
    return h(
        'div',
        scrollable(t('officer.part_webhooks')),
        h(
            'table',
            {},
            h('caption', { class: 'unseen' }, t('officer.part_webhooks')),
            h(
                'thead',
                {},
                h(
                    'tr',
                    {},
                    ['url', 'delivered', 'failures', 'cursor', 'error', 'actions'].map((name) => h('th', { scope: 'col' }, t(`officer.col_${name}`))),
                ),
            ),
            h('tbody', {}, items.map((item) => row(item, refresh))),
        ),
    );
}

/** @param {HTMLElement} place */
export async function mountWebhooks(place) {
    const list = h('div', {});
    const refresh = async () => list.replaceChildren(table((await get('/v1/webhooks')).items, refresh));
    const form = h(
        'form',
        { class: 'fields' },
        field(t('officer.col_url'), h('input', { name: 'url', type: 'url', required: true, placeholder: 'https://' })),
        field(t('officer.secret'), h('input', { name: 'secret', required: true, minlength: '16', autocomplete: 'off' }), t('officer.secret_note')),
        field(t('officer.topics'), h('input', { name: 'topics', value: 'board', required: true }), t('officer.topics_note')),
        h('p', { class: 'fault', role: 'alert' }),
        h('button', { class: 'button main', type: 'submit' }, t('officer.webhook_add')),
    );
    onSubmit(form, async ({ url, secret, topics }) => {
        await post('/v1/webhooks', { url, secret, topics: topics.split(/[\s,]+/).filter(Boolean) });
        form.reset();
        await refresh();
    });
    await refresh();
    place.classList.add('stack');
    place.append(
        h('section', { class: 'card' }, h('header', {}, h('h2', {}, t('officer.part_webhooks')), h('span', { class: 'muted small' }, t('officer.webhooks_note'))), h('div', { class: 'body' }, list)),
        h('section', { class: 'card' }, h('header', {}, h('h2', {}, t('officer.webhook_add'))), h('div', { class: 'body' }, form)),
    );
}
