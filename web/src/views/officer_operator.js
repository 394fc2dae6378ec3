/** The operator: appeals to decide, rounds to open and draw, rules and slots to publish. */
import { get, post } from '../api.js';
import { named, t } from '../i18n.js';
import { borderInstant, dateOf, now, slotText, when } from '../parts/border_time.js';
import { categoryName, field, onSubmit, openDialog, problemText, scrollable, stateBadge } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { failure, nothing } from '../parts/notice.js';

const card = (title, note, ...content) =>
    h('section', { class: 'card' }, h('header', {}, h('h2', {}, title), note ? h('span', { class: 'muted small' }, note) : null), h('div', { class: 'body' }, content));

/** A table of columns named by keys of the messages. */
function tableOf(caption, columns, rows) {
    return h(
        'div',
        scrollable(caption),
        h(
            'table',
            {},
            h('caption', { class: 'unseen' }, caption),
            h('thead', {}, h('tr', {}, columns.map((name) => h('th', { scope: 'col' }, t(`officer.col_${name}`))))),
            h('tbody', {}, rows),
        ),
    );
}

function decide(item, refresh) {
    openDialog(t('officer.decide', { number: item.number }), (close) => {
        const note = h('textarea', { class: 'choice wide', rows: '3', maxlength: '480', name: 'note', required: true, 'aria-label': t('officer.reason') });
        const fault = h('p', { class: 'fault', role: 'alert' });
        const send = async (decision) => {
            if (!note.reportValidity()) {
                return;
            }
            try {
                await post(`/v1/appeals/${item.place}`, { decision, note: note.value.trim() });
                close();
                refresh();
            } catch (error) {
                fault.textContent = problemText(error);
            }
        };
        return [
            h('p', {}, t('officer.decide_note')),
            note,
            fault,
            h(
                'div',
                { class: 'row' },
                h('button', { class: 'button main', type: 'button', onclick: () => send('upheld') }, t('officer.uphold')),
                h('button', { class: 'button danger', type: 'button', onclick: () => send('rejected') }, t('officer.reject')),
            ),
        ];
    });
}

/** @param {HTMLElement} place */
export async function mountAppeals(place) {
    const refresh = async () => {
        try {
            const { items } = await get('/v1/appeals');
            const rows = items.map((item) =>
                h(
                    'tr',
                    {},
                    h('th', { scope: 'row' }, `№ ${item.number}`),
                    h('td', {}, item.checkpoint),
                    h('td', {}, categoryName(item.category)),
                    h('td', {}, stateBadge(item.state)),
                    h('td', {}, item.slot ? slotText(item.slot) : '–'),
                    h('td', {}, when(item.ended_at)),
                    h('td', {}, h('button', { class: 'button small', type: 'button', onclick: () => decide(item, refresh) }, t('officer.decide_short'))),
                ),
            );
            place.replaceChildren(
                card(
                    t('officer.part_appeals'),
                    '',
                    items.length
                        ? tableOf(t('officer.part_appeals'), ['number', 'checkpoint', 'category', 'state', 'slot', 'ended', 'actions'], rows)
                        : nothing(t('officer.no_appeals')),
                ),
            );
        } catch (error) {
            place.replaceChildren(failure(error, refresh));
        }
    };
    await refresh();
}

function roundForm(queue, refresh) {
    const day = dateOf(now() + 3 * 86400e3);
    const form = h(
        'form',
        { class: 'fields' },
        field(t('officer.from_date'), h('input', { type: 'date', name: 'from_date', value: day, required: true })),
        field(t('officer.until_date'), h('input', { type: 'date', name: 'until_date', value: dateOf(now() + 4 * 86400e3), required: true })),
        h('p', { class: 'fault', role: 'alert' }),
        h('button', { class: 'button main', type: 'submit' }, t('officer.round_open')),
    );
    return onSubmit(form, async ({ from_date, until_date }) => {
        await post(`/v1/queues/${queue.id}/rounds`, { from: borderInstant(from_date, '00:00'), until: borderInstant(until_date, '00:00') });
        await refresh();
    });
}

function roundRow(round, queue, refresh) {
    const fault = h('span', { class: 'fault small' });
    const draw = async (event) => {
        event.target.disabled = true;
        try {
            await post(`/v1/queues/${queue.id}/draw`);
            await refresh();
        } catch (error) {
            event.target.disabled = false;
            fault.textContent = problemText(error);
        }
    };
    return h(
        'tr',
        {},
        h('td', {}, slotText({ start: round.from, end: round.until })),
        h('td', {}, number(round.requests)),
        h('td', {}, number(round.places)),
        h('td', {}, h('code', { class: 'hash' }, round.seed_hash)),
        h(
            'td',
            {},
            round.drawn_at
                ? when(round.drawn_at)
                : [h('button', { class: 'button small main', type: 'button', onclick: draw }, t('officer.draw')), fault],
        ),
    );
}

/** @param {HTMLElement} place @param {object} view of officer.js */
export async function mountRounds(place, view) {
    const { queue } = view.queue;
    const list = h('div', {});
    const refresh = async () => {
        const { items } = await get('/v1/rounds', { queue: queue.id });
        list.replaceChildren(
            items.length
                ? tableOf(t('board.rounds'), ['window', 'requests', 'places', 'hash', 'drawn'], items.map((round) => roundRow(round, queue, refresh)))
                : nothing(t('officer.no_rounds')),
        );
    };
    await refresh();
    place.classList.add('stack');
    place.append(
        card(t('board.rounds'), t('board.rounds_note'), list),
        queue.release === 'round'
            ? card(t('officer.round_open'), t('officer.round_note'), roundForm(queue, refresh))
            : card(t('officer.round_open'), '', h('p', {}, t('border.refusal.wrong_release'))),
    );
}

/** @param {HTMLElement} place @param {object} view of officer.js */
export async function mountRules(place, view) {
    const said = h('p', { class: 'good', role: 'status' });
    const managed = view.checkpoints.filter((checkpoint) => checkpoint.queues.some((queue) => queue.mode === 'managed'));
    const form = h(
        'form',
        { class: 'fields' },
        field(
            t('officer.col_checkpoint'),
            h('select', { name: 'checkpoint' }, managed.map((checkpoint) => h('option', { value: checkpoint.id }, named(checkpoint.name)))),
        ),
        field(t('officer.rules_date'), h('input', { type: 'date', name: 'date', value: dateOf(now()), required: true })),
        field(t('officer.slots_days'), h('input', { type: 'number', name: 'slots_days', min: '0', max: '60', value: '14', required: true })),
        h('p', { class: 'fault', role: 'alert' }),
        h('button', { class: 'button main', type: 'submit' }, t('officer.publish')),
    );
    onSubmit(form, async ({ checkpoint, date, slots_days }) => {
        const answer = await post(`/v1/rules/${checkpoint}`, { date, slots_days: Number(slots_days) });
        said.textContent = t('officer.published', { count: answer.slots });
    });
    place.append(card(t('officer.part_rules'), t('officer.rules_note'), form, said));
}
