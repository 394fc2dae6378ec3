/**
 * The board's charts: accepted against planned by hour and by day, and how many waited at the end
 * of each day. Each chart has its figures as a table for those who do not see it.
 */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { t } from '../i18n.js';
import { clock, shortDay } from '../parts/border_time.js';
import { scrollable } from '../parts/border_parts.js';
import { h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { colour, onTheme } from '../parts/theme.js';

const HEIGHT = 150;

/** Numbers by their time; the axis is the index, so that bars stand evenly. */
function axes(labels, every) {
    const muted = colour('--muted');
    const grid = { stroke: colour('--line'), width: 1 };
    const font = '11px system-ui, sans-serif';
    return [
        {
            stroke: muted,
            font,
            grid: { show: false },
            ticks: { show: false },
            gap: 2,
            size: 22,
            splits: () => labels.map((_, index) => index).filter((index) => index % every === 0),
            values: (_, splits) => splits.map((index) => labels[index] ?? ''),
        },
        { stroke: muted, font, grid, ticks: { show: false }, gap: 4, size: 44 },
    ];
}

function bars(size) {
    return uPlot.paths.bars({ size: [size, 40], align: 0 });
}

function series(kind, label) {
    if (kind === 'planned') {
        return { label, stroke: colour('--line-strong'), width: 1, fill: colour('--sunken'), paths: bars(0.86), points: { show: false } };
    }
    if (kind === 'accepted') {
        return { label, stroke: colour('--accent'), width: 0, fill: colour('--accent'), paths: bars(0.5), points: { show: false } };
    }
    return { label, stroke: colour('--warn'), width: 2, fill: colour('--warn-soft'), points: { show: false } };
}

function plot(place, { labels, every, kinds, rows }) {
    const width = Math.max(240, place.clientWidth || 480);
    const options = {
        width,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false, range: [-0.6, labels.length - 0.4] }, y: { range: (_, low, high) => [0, Math.max(1, high * 1.08)] } },
        axes: axes(labels, every),
        series: [{}, ...kinds.map((kind) => series(kind, t(`board.chart_${kind}`)))],
    };
    return new uPlot(options, [labels.map((_, index) => index), ...rows], place);
}

const legend = (kinds) =>
    h(
        'p',
        { class: 'chart-legend small' },
        kinds.map((kind) => h('span', { class: `key key-${kind}` }, t(`board.chart_${kind}`))),
    );

/** The same figures as a table, folded away. */
function figuresTable(title, head, labels, rows) {
    return h(
        'details',
        { class: 'small' },
        h('summary', {}, t('board.as_table')),
        h(
            'div',
            scrollable(title),
            h(
                'table',
                {},
                h('caption', { class: 'unseen' }, title),
                h('thead', {}, h('tr', {}, h('td', {}), head.map((name) => h('th', { scope: 'col', class: 'number' }, name)))),
                h(
                    'tbody',
                    {},
                    labels.map((label, index) =>
                        h(
                            'tr',
                            {},
                            h('th', { scope: 'row' }, label),
                            rows.map((values) => h('td', { class: 'number' }, number(values[index]))),
                        ),
                    ),
                ),
            ),
        ),
    );
}

/** What the charts of an item show. */
function chartsOf(item) {
    const hours = item.per_hour ?? [];
    const days = item.history ?? [];
    const list = [];
    if (hours.length) {
        list.push({
            title: t('board.chart_hours'),
            labels: hours.map((each) => clock(each.hour)),
            every: 4,
            kinds: ['planned', 'accepted'],
            rows: [hours.map((each) => each.planned), hours.map((each) => each.accepted)],
        });
    }
    if (days.length) {
        const labels = days.map((each) => shortDay(`${each.date}T12:00:00Z`, 0));
        list.push({
            title: t('board.chart_days'),
            labels,
            every: Math.ceil(days.length / 6),
            kinds: ['planned', 'accepted'],
            rows: [days.map((each) => each.planned), days.map((each) => each.accepted)],
        });
        if (days.some((each) => each.waiting_end !== null && each.waiting_end !== undefined)) {
            list.push({
                title: t('board.chart_waiting'),
                labels,
                every: Math.ceil(days.length / 6),
                kinds: ['waiting_end'],
                rows: [days.map((each) => each.waiting_end)],
            });
        }
    }
    return list;
}

/** Draws anew only when the figures changed: a canvas is dear. */
export function drawCharts(board, place, item) {
    const made = JSON.stringify([item.per_hour, item.history]);
    if (place.dataset.made === made) {
        return;
    }
    place.dataset.made = made;
    board.chartsBy ??= new Map();
    const draw = () => {
        board.chartsBy.get(item.queue)?.forEach((chart) => chart.destroy());
        place.replaceChildren();
        const list = chartsOf(item);
        if (!list.length) {
            place.append(h('p', { class: 'muted' }, t('board.no_history')));
        }
        const plots = list.map((chart) => {
            const canvas = h('div', { class: 'plot', role: 'img', 'aria-label': chart.title });
            place.append(
                h(
                    'figure',
                    {},
                    h('figcaption', {}, chart.title, legend(chart.kinds)),
                    canvas,
                    figuresTable(chart.title, chart.kinds.map((kind) => t(`board.chart_${kind}`)), chart.labels, chart.rows),
                ),
            );
            return plot(canvas, chart);
        });
        board.chartsBy.set(item.queue, plots);
    };
    requestAnimationFrame(draw);
    board.drawAgain ??= new Map();
    board.drawAgain.set(item.queue, draw);
    watch(board);
}

/** Colours and widths change: all charts are drawn again. */
function watch(board) {
    if (board.leaving) {
        return;
    }
    const all = () => board.drawAgain.forEach((draw) => draw());
    let width = innerWidth;
    const resized = () => {
        if (innerWidth !== width) {
            width = innerWidth;
            all();
        }
    };
    const stopTheme = onTheme(all);
    addEventListener('resize', resized);
    board.leaving = () => {
        stopTheme();
        removeEventListener('resize', resized);
        board.chartsBy.forEach((plots) => plots.forEach((chart) => chart.destroy()));
    };
}
