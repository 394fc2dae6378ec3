/** Planning a consignment: the question, the ways worth choosing as list, chart and map, leg by leg. */
import { address, get, getOnce } from '../api.js';
import { language, t } from '../i18n.js';
import { h } from '../parts/dom.js';
import { day as dayText } from '../parts/format.js';
import { CorridorMap } from '../parts/map/map.js';
import { announce, failure, loading } from '../parts/notice.js';
import { link, remember } from '../router.js';
import { planChart } from './plan/chart.js';
import { planDetail } from './plan/detail.js';
import { planForm, questionOf } from './plan/form.js';
import { planList } from './plan/list.js';
import { whyNot } from './plan/why.js';

/** Itineraries that are listed; the files have all. */
const LISTED = 12;

/** Places of a plan's itineraries for the map: ends first. */
function placesOf(plan, itinerary) {
    const places = new Map();
    const ends = [plan.consignment.from.id, plan.consignment.to.id];
    for (const each of itinerary.legs) {
        for (const place of [each.from, each.to]) {
            places.set(place.id, place.name);
        }
    }
    return { places, ends };
}

class Plan {
    #answer = h('div', { class: 'plan-answer' });
    #question;
    #picked;
    #chart = null;
    #map = null;
    #controller = null;
    #form;

    constructor(root, params, form) {
        this.#question = questionOf(params);
        this.#picked = Number(params.picked) || 0;
        this.#form = form;
        root.append(
            h(
                'div',
                { class: 'page plan' },
                h('div', { class: 'page-head' }, h('h1', {}, t('plan.title')), h('p', {}, t('plan.about'))),
                form.form,
                this.#answer,
            ),
        );
        if (this.#question.from && this.#question.to) {
            this.#run();
        }
    }

    ask(question) {
        this.#question = question;
        this.#picked = 0;
        remember('plan', question);
        this.#run();
    }

    async #run() {
        this.#controller?.abort();
        this.#controller = new AbortController();
        this.#clear();
        this.#answer.replaceChildren(loading());
        try {
            const { signal } = this.#controller;
            const query = { ...this.#question, limit: LISTED };
            const [plan, shapes, land] = await Promise.all([
                get('/v1/plan', query, { signal }),
                get('/v1/plan', { ...query, format: 'geojson' }, { signal }),
                getOnce('/v1/land'),
            ]);
            this.#show(plan, shapes, land);
        } catch (error) {
            if (error.name !== 'AbortError') {
                this.#answer.replaceChildren(failure(error));
            }
        }
    }

    #clear() {
        this.#chart?.destroy();
        this.#map?.destroy();
        this.#chart = this.#map = null;
    }

    #show(plan, shapes, land) {
        if (!plan.itineraries.length) {
            this.#answer.replaceChildren(
                h('div', { class: 'notice notice-bad' }, h('p', {}, t('plan.none')), h('p', {}, plan.why?.text ?? '')),
            );
            return;
        }
        this.#form.fill({ from: plan.consignment.from.name, to: plan.consignment.to.name });
        const list = planList(plan.itineraries, (number) => pick(number));
        const stage = h('div', { class: 'stage' });
        const detail = h('div', {});
        this.#chart = planChart(plan.itineraries, (number) => pick(number));
        this.#map = new CorridorMap(stage, { label: t('plan.map') });
        this.#map.setLand(land);
        this.#map.setFrame(
            shapes.features.flatMap(({ geometry }) =>
                geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates,
            ),
        );
        const pick = (number) => {
            const itinerary = plan.itineraries.find((each) => each.number === number) ?? plan.itineraries[0];
            this.#picked = itinerary.number;
            remember('plan', { ...this.#question, picked: itinerary.number });
            list.mark(itinerary.number);
            this.#chart.mark(itinerary.number);
            this.#drawWay(plan, shapes, itinerary);
            detail.replaceChildren(planDetail(itinerary));
        };
        this.#answer.replaceChildren(
            this.#head(plan),
            h(
                'div',
                { class: 'plan-grid' },
                h('section', { class: 'card', 'aria-label': t('plan.list') }, list.element),
                h('section', { class: 'card' }, h('header', {}, h('h2', {}, t('plan.chart_title'))), h('div', { class: 'body' }, this.#chart.element)),
                h('section', { class: 'card plan-map', 'aria-label': t('plan.map') }, stage),
            ),
            detail,
            whyNot(() => this.#question),
        );
        pick(this.#picked);
        announce(t('plan.found', { count: plan.itinerary_count }));
    }

    #drawWay(plan, shapes, itinerary) {
        const mine = shapes.features.filter((feature) => feature.properties.itinerary === itinerary.number);
        const { places, ends } = placesOf(plan, itinerary);
        const at = new Map();
        itinerary.legs.forEach((each, index) => {
            const { geometry } = mine[index] ?? {};
            if (geometry) {
                const first = geometry.type === 'Point' ? geometry.coordinates : geometry.coordinates[0];
                const last = geometry.type === 'Point' ? geometry.coordinates : geometry.coordinates.at(-1);
                at.set(each.from.id, first);
                at.set(each.to.id, last);
            }
        });
        this.#map.setRoute(mine.map(({ geometry, properties }) => ({ geometry, mode: properties.mode ?? 'hub', text: properties.text })));
        this.#map.showPositions(
            mine.flatMap(({ geometry }) => (geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates)),
        );
        this.#map.setPlaces(
            [...at].map(([id, [lon, lat]]) => ({ id, name: places.get(id), lon, lat, kind: 'stop', rank: ends.includes(id) ? 0 : 1 })),
        );
    }

    #head(plan) {
        const query = { ...this.#question, lang: language() };
        const copy = h(
            'button',
            {
                class: 'button small',
                type: 'button',
                onclick: async () => {
                    const hash = link('plan', { ...this.#question, picked: this.#picked });
                    await navigator.clipboard?.writeText(`${location.origin}${location.pathname}${hash}`).catch(() => {});
                    copy.textContent = t('plan.copied');
                },
            },
            t('plan.share'),
        );
        return h(
            'div',
            { class: 'row plan-head' },
            h('strong', {}, t('plan.found', { count: plan.itinerary_count })),
            plan.itinerary_count > plan.itineraries.length && h('span', { class: 'muted' }, t('plan.listed', { count: plan.itineraries.length })),
            h('span', { class: 'muted' }, `${plan.consignment.from.name} – ${plan.consignment.to.name}, ${t('plan.network_of', { date: dayText(plan.date) })}`),
            h(
                'span',
                { class: 'row plan-files' },
                copy,
                h('a', { class: 'button small', href: address('/v1/plan', { ...query, format: 'csv' }), download: true }, 'CSV'),
                h('a', { class: 'button small', href: address('/v1/plan', { ...query, format: 'geojson' }), download: true }, 'GeoJSON'),
            ),
        );
    }

    update({ params }) {
        const question = questionOf(params);
        if (JSON.stringify(question) !== JSON.stringify(this.#question) && question.from && question.to) {
            this.#question = question;
            this.#picked = Number(params.picked) || 0;
            this.#form.fill(question);
            this.#run();
        }
    }

    destroy() {
        this.#controller?.abort();
        this.#clear();
    }
}

/** @param {HTMLElement} root @param {import('../router.js').Context} context */
export async function mount(root, { params }) {
    let plan = null;
    const form = await planForm(params, (question) => plan.ask(question));
    plan = new Plan(root, params, form);
    return plan;
}
