/** The report of the last days: waits by step and category, no-shows, who came late. */
import { get } from '../api.js';
import { named, t } from '../i18n.js';
import { dayOf, now, when } from '../parts/border_time.js';
import { categoryName, problemText, scrollable } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { nothing } from '../parts/notice.js';
import { directionName } from './queue_parts.js';

const STEPS = ['booked_to_called', 'arrived_to_called', 'called_to_entered', 'entered_to_ended'];
const hours = (value) => (value === null || value === undefined ? '–' : number(value, value < 10 ? 1 : 0));

function waits(report, queue) {
    return h(
        'div',
        scrollable(t('officer.waits')),
        h(
            'table',
            { class: 'report' },
            h('caption', {}, t('officer.waits')),
            h(
                'thead',
                {},
                h(
                    'tr',
                    {},
                    h('th', { scope: 'col', rowspan: '2' }, t('officer.col_category')),
                    h('th', { scope: 'col', rowspan: '2', class: 'number' }, t('officer.col_places')),
                    STEPS.map((step) => h('th', { scope: 'colgroup', colspan: '3' }, t(`officer.step_${step}`))),
                ),
                h(
                    'tr',
                    {},
                    STEPS.map(() => ['mean', 'p50', 'p90'].map((name) => h('th', { scope: 'col', class: 'number' }, t(`officer.${name}`)))),
                ),
            ),
            h(
                'tbody',
                {},
                report.categories.map((each) =>
                    h(
                        'tr',
                        {},
                        h('th', { scope: 'row' }, categoryName(each.id, queue.categories)),
                        h('td', { class: 'number' }, number(each.places)),
                        STEPS.map((step) =>
                            ['mean_h', 'p50_h', 'p90_h'].map((name) => h('td', { class: 'number' }, hours(each[step]?.[name]))),
                        ),
                    ),
                ),
            ),
        ),
    );
}

function carriers(report) {
    if (!report.late_by_carrier.length) {
        return nothing(t('officer.nobody_late'));
    }
    return h(
        'table',
        {},
        h('caption', { class: 'unseen' }, t('officer.by_carrier')),
        h(
            'thead',
            {},
            h(
                'tr',
                {},
                h('th', { scope: 'col' }, t('officer.col_carrier')),
                h('th', { scope: 'col', class: 'number' }, t('officer.col_places')),
                h('th', { scope: 'col', class: 'number' }, t('border.state.no_show')),
            ),
        ),
        h(
            'tbody',
            {},
            report.late_by_carrier.slice(0, 50).map((each) =>
                h(
                    'tr',
                    {},
                    h('th', { scope: 'row' }, h('code', { class: 'hash' }, each.carrier)),
                    h('td', { class: 'number' }, number(each.places)),
                    h('td', { class: 'number' }, number(each.no_shows)),
                ),
            ),
        ),
    );
}

function sheet(view, report) {
    const { checkpoint, queue } = view.queue;
    const figure = (name, value) => h('div', {}, h('dt', {}, t(name)), h('dd', {}, h('strong', {}, number(value))));
    return [
        h(
            'h2',
            { class: 'report-title' },
            `${named(checkpoint.name)} ${directionName(queue.direction)}: ${t('officer.report_days', { count: report.days })}, ${dayOf(now())}`,
        ),
        h(
            'dl',
            { class: 'kpis' },
            figure('officer.col_places', report.places),
            figure('border.state.no_show', report.no_shows),
            figure('officer.late', report.late),
        ),
        h('section', { class: 'card' }, h('div', { class: 'body' }, waits(report, queue), h('p', { class: 'muted small' }, t('officer.report_note', { time: when(now()) })))),
        h('section', { class: 'card' }, h('header', {}, h('h2', {}, t('officer.by_carrier'))), h('div', { class: 'body' }, carriers(report))),
    ];
}

/** @param {HTMLElement} place @param {object} view of officer.js */
export async function mountReport(place, view) {
    const result = h('div', { class: 'stack' });
    let days = 1;
    const choice = h('div', { class: 'segment no-print', role: 'group', 'aria-label': t('officer.days') });
    const draw = async () => {
        choice.replaceChildren(
            ...[1, 7, 30].map((value) =>
                h(
                    'button',
                    {
                        type: 'button',
                        'aria-pressed': String(value === days),
                        onclick: () => {
                            days = value;
                            draw();
                        },
                    },
                    t('officer.report_days', { count: value }),
                ),
            ),
        );
        try {
            const report = await get('/v1/officer/report', { queue: view.queue.queue.id, days });
            result.replaceChildren(...sheet(view, report));
        } catch (error) {
            result.replaceChildren(h('p', { class: 'fault' }, problemText(error)));
        }
    };
    place.append(
        h('div', { class: 'row no-print report-tools' }, choice, h('button', { class: 'button', type: 'button', onclick: () => print() }, t('booking.print'))),
        result,
    );
    await draw();
}
