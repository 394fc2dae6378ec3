/**
 * A new limit, a closure, a reopening. Nothing happens before the officer has seen who is affected:
 * the preview is what the server would do, and a changed form makes it void.
 */
import { follow, get, post } from '../api.js';
import { t } from '../i18n.js';
import { borderInstant, clock, dateOf, now, setNow, span, when } from '../parts/border_time.js';
import { categoryName, field, problemText, scrollable } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { announce } from '../parts/notice.js';
import { statusBadge, statusOf, todayBar } from './queue_parts.js';

const SHOWN = 200;

/** The next full hour, and the end of the day after. */
function defaults() {
    const from = Math.ceil(now() / 3600e3) * 3600e3;
    return { date: dateOf(from), time: clock(from), until: dateOf(from + 86400e3) };
}

function timeFields() {
    const begin = defaults();
    const date = (name, value) => h('input', { type: 'date', name, value, required: true });
    // A choice of hours: 24 in every browser's language, and slots begin on the hour.
    const time = (name, value) =>
        h(
            'select',
            { name },
            Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`).map((each) =>
                h('option', { value: each, selected: each === value }, each),
            ),
        );
    return [
        field(t('officer.from_date'), date('from_date', begin.date)),
        field(t('officer.from_time'), time('from_time', begin.time)),
        field(t('officer.until_date'), date('until_date', begin.until)),
        field(t('officer.until_time'), time('until_time', '00:00')),
    ];
}

const bodyOf = (form) => {
    const { from_date, from_time, until_date, until_time, note } = Object.fromEntries(new FormData(form));
    return {
        from: borderInstant(from_date, from_time),
        until: until_date ? borderInstant(until_date, until_time || '00:00') : null,
        note: note.trim(),
    };
};

function shiftText(each) {
    if (!each.new_slot || !each.old_slot) {
        return t('officer.no_new_slot');
    }
    const shift = Date.parse(each.new_slot) - Date.parse(each.old_slot);
    return shift >= 0 ? `+${span(shift)}` : `−${span(-shift)}`;
}

function summary(affected) {
    const lost = affected.filter((each) => !each.new_slot).length;
    const shifts = affected
        .filter((each) => each.new_slot && each.old_slot)
        .map((each) => Date.parse(each.new_slot) - Date.parse(each.old_slot))
        .sort((a, b) => a - b);
    const figure = (name, value) => h('div', {}, h('dt', {}, t(name)), h('dd', {}, h('strong', {}, value)));
    return h(
        'dl',
        { class: 'kpis' },
        figure('officer.affected', number(affected.length)),
        figure('officer.moved', number(affected.length - lost)),
        figure('officer.lost', number(lost)),
        figure('officer.shift_median', shifts.length ? span(shifts[shifts.length >> 1]) : '–'),
        figure('officer.shift_most', shifts.length ? span(shifts[shifts.length - 1]) : '–'),
    );
}

/** Who would be moved from where to where. */
function affectedTable(affected, queue) {
    if (!affected.length) {
        return h('p', {}, t('officer.nobody_affected'));
    }
    return h(
        'div',
        scrollable(t('officer.affected'), 'scroll affected'),
        h(
            'table',
            {},
            h('caption', { class: 'unseen' }, t('officer.affected')),
            h(
                'thead',
                {},
                h(
                    'tr',
                    {},
                    ['number', 'category', 'old', 'new', 'shift'].map((name) => h('th', { scope: 'col' }, t(`officer.col_${name}`))),
                ),
            ),
            h(
                'tbody',
                {},
                [...affected].sort((a, b) => (a.old_slot < b.old_slot ? -1 : 1)).slice(0, SHOWN).map((each) =>
                    h(
                        'tr',
                        { class: each.new_slot ? null : 'lost' },
                        h('th', { scope: 'row' }, `№ ${each.number}`),
                        h('td', {}, categoryName(each.category, queue.categories)),
                        h('td', {}, when(each.old_slot)),
                        h('td', {}, each.new_slot ? when(each.new_slot) : '–'),
                        h('td', {}, shiftText(each)),
                    ),
                ),
            ),
        ),
        affected.length > SHOWN ? h('p', { class: 'muted small' }, t('officer.and_more', { count: affected.length - SHOWN })) : null,
    );
}

/**
 * A form with preview and confirmation.
 * @param {object} view @param {{path: string, title: string, note: string, fields: any[],
 *   body: (form: HTMLFormElement) => object, confirm: (count: number) => string}} what
 */
function guardedForm(view, what, done) {
    const { queue } = view.queue;
    const result = h('div', { 'aria-live': 'polite' });
    const fault = h('p', { class: 'fault', role: 'alert' });
    const form = h(
        'form',
        { class: 'fields' },
        what.fields,
        field(
            t('officer.public_reason'),
            h('input', { name: 'note', required: true, maxlength: '200', id: `note-${what.path}` }),
            t('officer.public_note'),
        ),
        fault,
        h('button', { class: 'button main', type: 'submit' }, t('officer.preview')),
    );
    const call = async (preview) => post(`/v1/queues/${queue.id}/${what.path}`, { ...what.body(form), preview });
    const confirm = async (button) => {
        button.disabled = true;
        try {
            const answer = await call(false);
            const text = t('officer.confirmed', { count: answer.affected.length });
            result.replaceChildren(h('p', { class: 'good' }, text));
            announce(text);
            done();
        } catch (error) {
            button.disabled = false;
            fault.textContent = problemText(error);
        }
    };
    form.addEventListener('input', () => result.replaceChildren());
    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        fault.textContent = '';
        try {
            const answer = await call(true);
            const button = h('button', { class: 'button danger', type: 'button', onclick: () => confirm(button) }, what.confirm(answer.affected.length));
            result.replaceChildren(
                h('h3', {}, t('officer.preview_title')),
                summary(answer.affected),
                answer.rule ? h('p', { class: 'muted small' }, t('officer.by_rule', { rule: answer.rule })) : '',
                affectedTable(answer.affected, queue),
                h('p', { class: 'row' }, button, h('span', { class: 'muted small' }, t('officer.nothing_yet'))),
            );
        } catch (error) {
            fault.textContent = problemText(error);
        }
    });
    return h(
        'section',
        { class: 'card', 'data-part': what.path },
        h('header', {}, h('h2', {}, what.title), h('span', { class: 'muted small' }, what.note)),
        h('div', { class: 'body' }, form, result),
    );
}

function capacityForm(view, done) {
    const unit = h(
        'select',
        { name: 'unit' },
        h('option', { value: 'percent' }, t('officer.unit_percent')),
        h('option', { value: 'count' }, t('officer.unit_count')),
    );
    return guardedForm(
        view,
        {
            path: 'capacity',
            title: t('officer.limit_title'),
            note: t('officer.limit_note'),
            fields: [
                ...timeFields(),
                field(t('officer.amount'), h('input', { type: 'number', name: 'amount', min: '0', max: '100000', value: '80', required: true })),
                field(t('officer.unit'), unit),
            ],
            body: (form) => ({ ...bodyOf(form), [unit.value]: Number(form.elements.amount.value) }),
            confirm: (count) => t('officer.limit_confirm', { count }),
        },
        done,
    );
}

function closeForm(view, done) {
    const fields = timeFields();
    for (const part of fields.slice(2)) {
        part.querySelector('input, select').required = false;
    }
    const ids = fields.map((part) => part.querySelector('input, select'));
    ids.forEach((input) => {
        input.id = `close-${input.name}`;
        input.closest('.field').querySelector('label').htmlFor = input.id;
    });
    return guardedForm(
        view,
        {
            path: 'close',
            title: t('officer.close_title'),
            note: t('officer.close_note'),
            fields,
            body: bodyOf,
            confirm: (count) => t('officer.close_confirm', { count }),
        },
        done,
    );
}

function reopenCard(view, item, done) {
    const fault = h('p', { class: 'fault', role: 'alert' });
    const reopen = async (event) => {
        event.target.disabled = true;
        try {
            await post(`/v1/queues/${view.queue.queue.id}/reopen`);
            done();
        } catch (error) {
            event.target.disabled = false;
            fault.textContent = problemText(error);
        }
    };
    const status = statusOf(item, view.queue.queue);
    return h(
        'section',
        { class: 'card' },
        h(
            'div',
            { class: 'body row' },
            statusBadge(status),
            h('span', {}, status.more),
            todayBar(item),
            item.closed ? h('button', { class: 'button', type: 'button', onclick: reopen }, t('officer.reopen')) : null,
            fault,
        ),
    );
}

/** @param {HTMLElement} place @param {object} view of officer.js */
export async function mountLimit(place, view) {
    const { checkpoint, queue } = view.queue;
    const state = h('div', {});
    const refresh = async () => {
        const board = await get('/v1/board', { checkpoint: checkpoint.id });
        setNow(board.now);
        const item = board.items.find((each) => each.queue === queue.id);
        state.replaceChildren(item ? reopenCard(view, item, refresh) : '');
    };
    await refresh();
    place.classList.add('stack');
    place.append(state, capacityForm(view, refresh), closeForm(view, refresh));
    // The board follows a command by up to a second.
    return { destroy: follow('board', () => refresh().catch(() => {})) };
}
