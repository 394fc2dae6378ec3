/** Cost against time, CO2e as size: uPlot with circles. The list beside it says the same in words. */
import uPlot from 'uplot';
import { t } from '../../i18n.js';
import { h } from '../../parts/dom.js';
import { number, usd } from '../../parts/format.js';
import { colour, onTheme } from '../../parts/theme.js';

const LEAST = 9;
const MOST = 19;
const HEIGHT = 360;

/** The radius of each circle: its area grows with CO2e. */
function radii(itineraries) {
    const grams = itineraries.map((each) => each.co2e_g);
    const most = Math.max(...grams, 1);
    return grams.map((gram) => LEAST + (MOST - LEAST) * Math.sqrt(gram / most));
}

/** The middle of each circle on the canvas. */
const placesOf = (plot, [, [days, costs]]) =>
    days.map((day, at) => [plot.valToPos(day, 'x', true), plot.valToPos(costs[at], 'y', true)]);

function drawCircles(plot, data, sizes, shown) {
    const { ctx } = plot;
    const ratio = devicePixelRatio || 1;
    ctx.save();
    ctx.beginPath();
    ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
    ctx.clip();
    placesOf(plot, data).forEach(([x, y], at) => {
        const { number: name, cost_known: known } = shown.itineraries[at];
        const picked = name === shown.picked;
        ctx.beginPath();
        ctx.arc(x, y, sizes[at] * ratio, 0, 2 * Math.PI);
        ctx.globalAlpha = picked ? 0.95 : 0.45;
        ctx.fillStyle = colour(picked ? '--focus' : '--accent');
        ctx.fill();
        ctx.globalAlpha = 1;
        ctx.lineWidth = ratio * 1.5;
        ctx.strokeStyle = colour(picked ? '--focus' : '--accent');
        ctx.setLineDash(known ? [] : [4 * ratio, 3 * ratio]);
        ctx.stroke();
        ctx.fillStyle = colour(picked ? '--surface' : '--ink');
        ctx.font = `600 ${11 * ratio}px ${colour('--font')}`;
        ctx.textAlign = 'center';
        ctx.textBaseline = 'middle';
        ctx.fillText(String(name), x, y);
    });
    ctx.restore();
}

/** A range with air around it, so that circles at the edge are whole. */
const airy = (plot, low, high) => {
    const span = Math.max(high - low, high * 0.05, 0.5);
    return [Math.max(0, low - span * 0.12), high + span * 0.14];
};

function axis(label, values, size) {
    return {
        label,
        labelSize: 20,
        size,
        font: `12px ${colour('--font')}`,
        labelFont: `12px ${colour('--font')}`,
        stroke: colour('--muted'),
        grid: { stroke: colour('--line'), width: 1 },
        ticks: { stroke: colour('--line'), width: 1, size: 4 },
        values,
    };
}

/**
 * @param {object[]} itineraries
 * @param {(number: number) => void} onPick
 */
export function planChart(itineraries, onPick) {
    const sizes = radii(itineraries);
    const data = [null, [itineraries.map((each) => each.duration_min / 1440), itineraries.map((each) => each.cost_usd)]];
    const shown = { itineraries, picked: 0 };
    const element = h('div', { class: 'plan-chart', role: 'img', 'aria-label': t('plan.chart') });
    let plot = null;

    const nearest = (event) => {
        const ratio = devicePixelRatio || 1;
        const box = plot.over.getBoundingClientRect();
        const x = (event.clientX - box.left) * ratio + plot.bbox.left;
        const y = (event.clientY - box.top) * ratio + plot.bbox.top;
        const far = placesOf(plot, data).map(([cx, cy]) => Math.hypot(cx - x, cy - y));
        const at = far.indexOf(Math.min(...far));
        return far[at] <= (sizes[at] + 8) * ratio ? itineraries[at] : null;
    };
    const make = () => {
        plot?.destroy();
        plot = new uPlot(
            {
                mode: 2,
                width: Math.max(280, element.clientWidth || 480),
                height: HEIGHT,
                legend: { show: false },
                cursor: { show: false },
                scales: { x: { time: false, range: airy }, y: { range: airy } },
                axes: [
                    axis(t('plan.axis_days'), (_, values) => values.map((value) => number(value, 1)), 46),
                    axis(t('plan.axis_cost'), (_, values) => values.map((value) => number(value)), 64),
                ],
                series: [{}, { facets: [{ scale: 'x', auto: true }, { scale: 'y', auto: true }], paths: () => null, points: { show: false } }],
                hooks: { draw: [(self) => drawCircles(self, data, sizes, shown)] },
            },
            data,
            element,
        );
        plot.over.addEventListener('click', (event) => {
            const found = nearest(event);
            if (found) {
                onPick(found.number);
            }
        });
        plot.over.addEventListener('mousemove', (event) => {
            const found = nearest(event);
            plot.over.style.cursor = found ? 'pointer' : 'default';
            plot.over.title = found
                ? `${found.number}: ${found.gateways}, ${number(found.duration_min / 1440, 1)} ${t('shell.unit_d')}, ${usd(found.cost_usd)}`
                : '';
        });
    };
    const observer = new ResizeObserver(() => {
        if (element.clientWidth && plot?.width !== Math.max(280, element.clientWidth)) {
            make();
        }
    });
    observer.observe(element);
    const stop = onTheme(make);
    return {
        element,
        mark: (picked) => {
            shown.picked = picked;
            plot?.redraw(false);
        },
        destroy: () => {
            observer.disconnect();
            stop();
            plot?.destroy();
        },
    };
}
