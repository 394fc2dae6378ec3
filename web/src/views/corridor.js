/** The corridor: the map of a day, the time slider, and what happened, or a dossier, beside it. */
import { get, getOnce } from '../api.js';
import { named, t } from '../i18n.js';
import { h, uniqueId } from '../parts/dom.js';
import { CorridorMap } from '../parts/map/map.js';
import { rankOf } from '../parts/map/ranks.js';
import { announce } from '../parts/notice.js';
import { placeField } from '../parts/place_field.js';
import { remember } from '../router.js';
import { showDossier } from './corridor/dossier.js';
import { legend, MODES } from './corridor/legend.js';
import { TimeSlider } from './corridor/slider.js';
import { story } from './corridor/story.js';
import { crossings, wayOn } from './corridor/timeline.js';

/** Lines that stand above others are drawn last. */
const ORDER = ['sea', 'gas', 'oil', 'road', 'rail', 'air', 'river', 'caravan'];

/** The places that have a way over land: the capes that ships round would make the rest small. */
function frameOf({ links, nodes }) {
    const ashore = new Set(
        links.filter((way) => way.mode !== 'sea').flatMap((way) => [way.from, way.to]),
    );
    // On a phone the map begins with the middle of the corridor: the country that the ways cross.
    const narrow = matchMedia('(max-width: 40rem)').matches;
    const seen = nodes.filter((node) => (narrow ? node.country === 'KZ' : ashore.has(node.id)));
    return (seen.length > 1 ? seen : nodes).map((node) => [node.lon, node.lat]);
}

class Corridor {
    #state;
    #timeline = null;
    #modes = new Set(MODES);
    #map;
    #slider;
    #panel = h('aside', { class: 'panel', 'aria-label': t('corridor.beside') });
    #scenario;

    constructor(root, params, { meta, land, timeline }) {
        this.#state = { date: params.date || meta.corridor_as_of, scenario: params.scenario ?? '', show: params.show ?? '' };
        const stage = h('div', { class: 'stage' });
        this.#map = new CorridorMap(stage, {
            label: t('corridor.map'),
            onPick: (kind, id) => this.#pick(`${kind}:${id}`),
        });
        this.#slider = new TimeSlider({
            asOf: meta.corridor_as_of,
            onDay: (day, playing) => this.#setDay(day, playing),
        });
        this.#scenario = this.#scenarioChoice(meta);
        root.append(
            h(
                'div',
                { class: 'corridor' },
                h('h1', { class: 'unseen' }, t('shell.nav_corridor')),
                h(
                    'div',
                    { class: 'corridor-tools' },
                    this.#scenario.element,
                    placeField({
                        label: t('corridor.find'),
                        hint: t('corridor.find'),
                        onPick: (place) => this.#pick(`node:${place.id}`, true),
                    }).element,
                ),
                stage,
                legend(this.#modes, () => this.#draw()),
                this.#slider.element,
                this.#panel,
            ),
        );
        this.#map.setLand(land);
        this.#setTimeline(timeline);
    }

    #scenarioChoice(meta) {
        const id = uniqueId('scenario');
        const select = h(
            'select',
            { id, class: 'choice', onchange: () => this.#setScenario(select.value) },
            h('option', { value: '' }, t('corridor.no_scenario')),
            ...(meta.scenarios ?? []).map((each) => h('option', { value: each.id }, named(each.name))),
        );
        select.value = this.#state.scenario;
        return { select, element: h('div', { class: 'field' }, h('label', { for: id }, t('corridor.scenario')), select) };
    }

    #setTimeline(timeline) {
        this.#timeline = timeline;
        this.#map.setFrame(frameOf(timeline));
        this.#slider.setEvents(timeline.events);
        this.#slider.setDay(this.#state.date);
        this.#draw();
        this.#showPanel();
        this.#map.showPositions(this.#positionsOf(this.#state.show.split(':')[1]));
    }

    async #setScenario(scenario) {
        this.#state.scenario = scenario;
        this.#remember();
        this.#setTimeline(await get('/v1/timeline', { scenario }));
        const count = crossings(this.#timeline, this.#state.date);
        announce(t('corridor.announce', { open: count.operating, coming: count.planned }));
    }

    #setDay(day, playing) {
        this.#state.date = day;
        this.#draw();
        if (!this.#state.show) {
            this.#showPanel();
        }
        if (!playing) {
            this.#remember();
        }
    }

    #remember() {
        remember('corridor', this.#state);
    }

    #draw() {
        const ways = this.#timeline.links
            .filter((way) => this.#modes.has(way.mode) || !MODES.includes(way.mode))
            .map((way) => wayOn(way, this.#state.date))
            .filter(Boolean)
            .sort((a, b) => ORDER.indexOf(a.mode) - ORDER.indexOf(b.mode));
        const degree = new Map();
        for (const way of ways) {
            degree.set(way.from, (degree.get(way.from) ?? 0) + 1);
            degree.set(way.to, (degree.get(way.to) ?? 0) + 1);
        }
        this.#map.setWays(ways);
        this.#map.setPlaces(
            this.#timeline.nodes
                .filter((node) => degree.has(node.id))
                .map((node) => ({ ...node, rank: rankOf(node, degree.get(node.id)) })),
        );
    }

    /** @param {boolean} [near] moves the map there: what was picked on it is seen already */
    #pick(id, near = false) {
        this.#state.show = id;
        this.#remember();
        this.#showPanel();
        if (near) {
            this.#map.showPositions(this.#positionsOf(id.split(':')[1]));
        }
    }

    #positionsOf(id) {
        const way = this.#timeline.links.find((each) => each.id === id);
        const node = this.#timeline.nodes.find((each) => each.id === id);
        return way ? way.geometry : node ? [[node.lon, node.lat]] : [];
    }

    /** An event is shown on the map where it has a place or a way. */
    #pickEvent(event) {
        this.#pick(`${event.table}:${event.id}`);
        const positions = this.#positionsOf(event.link ?? event.place);
        this.#map.showPositions(positions);
        this.#map.mark(event.link ?? event.place ?? '');
    }

    #showPanel() {
        const { show, date, scenario } = this.#state;
        this.#map.mark(show.split(':')[1] ?? '');
        if (show) {
            showDossier(this.#panel, { id: show, date, scenario, onBack: () => this.#pick('') });
        } else {
            this.#panel.replaceChildren(
                story(this.#timeline, date, (event) => this.#pickEvent(event)),
            );
        }
    }

    update({ params }) {
        const scenario = params.scenario ?? '';
        const changed = scenario !== this.#state.scenario;
        this.#state = { ...this.#state, date: params.date || this.#state.date, show: params.show ?? '' };
        this.#slider.setDay(this.#state.date);
        if (changed) {
            this.#scenario.select.value = scenario;
            this.#setScenario(scenario);
        } else {
            this.#draw();
            this.#showPanel();
        }
    }

    destroy() {
        this.#map.destroy();
        this.#slider.destroy();
    }
}

/** @param {HTMLElement} root @param {import('../router.js').Context} context */
export async function mount(root, { params }) {
    const [meta, land, timeline] = await Promise.all([
        getOnce('/v1/meta'),
        getOnce('/v1/land'),
        getOnce('/v1/timeline', { scenario: params.scenario }),
    ]);
    return new Corridor(root, params, { meta, land, timeline });
}
