/**
 * An SVG map that can be moved and enlarged: land, ways by mode and state, places, a route on top.
 *
 * Two layers. The scene holds land and lines; zooming transforms it as a whole, and lines keep
 * their width. Dots and names lie above it in the units of the screen and are placed anew.
 */
import { geoGraticule10 } from 'd3-geo';
import { select } from 'd3-selection';
import { zoom, zoomIdentity } from 'd3-zoom';
import { t } from '../../i18n.js';
import { h, s } from '../dom.js';
import { placeLabels } from './labels.js';
import { conicAround, pathOf } from './projection.js';
import { WayLayer } from './ways.js';

/**
 * @typedef {{id: string, mode: string, status: string, supposed: boolean, unknown: boolean,
 *            name: string, geometry: [number, number][]}} Way
 * @typedef {{id: string, name: string, lon: number, lat: number, rank: number, kind: string}} Place
 */

const STEP = 60;
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export class CorridorMap {
    #svg;
    #scene = s('g', {});
    #land = s('g', {});
    #wayGroup = s('g', { class: 'ways' });
    #ways = new WayLayer(this.#wayGroup);
    #route = s('g', { class: 'route' });
    #top = s('g', { class: 'places' });
    #zoom;
    #transform = zoomIdentity;
    #projection = null;
    #path = null;
    #size = [0, 0];
    #shown = { land: null, ways: [], places: [], route: [], frame: [] };
    #waiting = 0;
    /** Positions to be shown as soon as the drawing has a size. */
    #wanted = [];
    #observer;
    #onPick;
    #picked = '';

    /**
     * @param {HTMLElement} root filled with the map
     * @param {{label: string, onPick?: (kind: 'link'|'node', id: string) => void}} options
     */
    constructor(root, { label, onPick = () => {} }) {
        this.#onPick = onPick;
        this.#svg = s('svg', { class: 'map', role: 'group', 'aria-label': label, tabindex: '0' });
        this.#scene.append(this.#land, this.#wayGroup, this.#route);
        this.#svg.append(this.#scene, this.#top);
        root.append(this.#svg, this.#buttons());
        this.#zoom = zoom()
            .scaleExtent([0.25, 24])
            .on('zoom', (event) => this.#moved(event.transform));
        select(this.#svg).call(this.#zoom).on('dblclick.zoom', null);
        this.#svg.addEventListener('keydown', (event) => this.#key(event));
        this.#svg.addEventListener('click', (event) => this.#click(event));
        this.#observer = new ResizeObserver(() => this.#resized());
        this.#observer.observe(root);
    }

    destroy() {
        this.#observer.disconnect();
        cancelAnimationFrame(this.#waiting);
    }

    /** @param {object} land FeatureCollection with the kinds land and border */
    setLand(land) {
        this.#shown.land = land;
        this.#drawLand();
    }

    /** Positions that must be seen before anybody moves the map. */
    setFrame(positions) {
        this.#shown.frame = positions;
        this.#size = [0, 0];
        this.#resized();
    }

    /** @param {Way[]} ways in the order in which they are drawn */
    setWays(ways) {
        this.#shown.ways = ways;
        this.#drawWays();
    }

    /** @param {Place[]} places */
    setPlaces(places) {
        const look = (list) => list.map((place) => `${place.id}${place.rank}`).join();
        const same = look(places) === look(this.#shown.places);
        this.#shown.places = places;
        if (!same) {
            this.#drawPlaces();
        }
    }

    /** @param {{geometry: object, mode: string, text: string}[]} legs drawn over the ways */
    setRoute(legs) {
        this.#shown.route = legs;
        this.#drawRoute();
    }

    /** Marks what is shown beside the map. */
    mark(id) {
        this.#picked = id;
        this.#ways.mark(id);
        this.#drawPlaces();
    }

    /** Moves so that the positions are in the middle. */
    showPositions(positions) {
        this.#wanted = this.#projection ? [] : positions;
        if (!this.#projection || !positions.length) {
            return;
        }
        const points = positions.map((position) => this.#projection(position));
        const xs = points.map((point) => point[0]);
        const ys = points.map((point) => point[1]);
        const [width, height] = this.#size;
        const spanX = Math.max(...xs) - Math.min(...xs);
        const spanY = Math.max(...ys) - Math.min(...ys);
        const scale = Math.min(14, 0.8 / Math.max(spanX / width, spanY / height, 0.02));
        const x = (Math.min(...xs) + Math.max(...xs)) / 2;
        const y = (Math.min(...ys) + Math.max(...ys)) / 2;
        this.#go(zoomIdentity.translate(width / 2 - scale * x, height / 2 - scale * y).scale(scale));
    }

    #go(transform) {
        select(this.#svg).call(this.#zoom.transform, transform);
    }

    #buttons() {
        const button = (text, label, act) =>
            h('button', { class: 'button', type: 'button', 'aria-label': label, title: label, onclick: act }, text);
        return h(
            'div',
            { class: 'map-buttons' },
            button('+', t('shell.map_in'), () => this.#scaleBy(1.6)),
            button('−', t('shell.map_out'), () => this.#scaleBy(1 / 1.6)),
            button('⤢', t('shell.map_all'), () => this.#go(zoomIdentity)),
        );
    }

    #scaleBy(factor) {
        select(this.#svg).call(this.#zoom.scaleBy, factor);
    }

    #key(event) {
        const moves = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
        if (moves[event.key]) {
            const [x, y] = moves[event.key];
            this.#go(zoomIdentity.translate(this.#transform.x + x, this.#transform.y + y).scale(this.#transform.k));
        } else if (event.key === '+' || event.key === '=') {
            this.#scaleBy(1.6);
        } else if (event.key === '-') {
            this.#scaleBy(1 / 1.6);
        } else {
            return;
        }
        event.preventDefault();
    }

    #click(event) {
        const target = event.target.closest?.('[data-id]');
        if (target) {
            this.#onPick(target.dataset.kind, target.dataset.id);
        }
    }

    #resized() {
        const box = this.#svg.parentElement?.getBoundingClientRect();
        const size = [Math.round(box?.width ?? 0), Math.round(box?.height ?? 0)];
        if (!size[0] || !size[1] || !this.#shown.frame.length || String(size) === String(this.#size)) {
            return;
        }
        this.#size = size;
        this.#svg.setAttribute('viewBox', `0 0 ${size[0]} ${size[1]}`);
        this.#projection = conicAround(this.#shown.frame, ...size);
        this.#path = pathOf(this.#projection);
        this.#ways.clear();
        this.#zoom.extent([[0, 0], size]).translateExtent([
            [-size[0] * 2, -size[1] * 2],
            [size[0] * 3, size[1] * 3],
        ]);
        this.#drawLand();
        this.#drawWays();
        this.#drawRoute();
        this.#drawPlaces();
        this.showPositions(this.#wanted);
    }

    #moved(transform) {
        this.#transform = transform;
        this.#scene.setAttribute('transform', transform.toString());
        if (!this.#waiting) {
            this.#waiting = requestAnimationFrame(() => {
                this.#waiting = 0;
                this.#drawPlaces();
            });
        }
    }

    #drawLand() {
        if (!this.#path || !this.#shown.land) {
            return;
        }
        const paths = this.#shown.land.features.map((feature) =>
            s('path', { class: feature.properties.kind, d: this.#path(feature) }),
        );
        this.#land.replaceChildren(s('path', { class: 'graticule', d: this.#path(geoGraticule10()) }), ...paths);
    }

    #drawWays() {
        if (this.#path) {
            this.#ways.draw(this.#shown.ways, this.#path);
        }
    }

    #drawRoute() {
        if (!this.#path) {
            return;
        }
        const shapes = this.#shown.route.map(({ geometry, mode, text }) =>
            geometry.type === 'Point'
                ? null
                : s(
                      'g',
                      { class: `leg ${mode}` },
                      s('title', {}, text),
                      s('path', { class: 'casing', d: this.#path(geometry) }),
                      s('path', { class: 'line', d: this.#path(geometry) }),
                  ),
        );
        this.#route.replaceChildren(...shapes.filter(Boolean));
    }

    #drawPlaces() {
        if (!this.#projection) {
            return;
        }
        const { k } = this.#transform;
        const labels = this.#shown.places.map((place) => {
            const [x, y] = this.#transform.apply(this.#projection([place.lon, place.lat]));
            const rank = place.id === this.#picked ? -1 : place.rank;
            return { x, y, text: place.name, rank, id: place.id, kind: place.kind };
        });
        const named = labels.filter((label) => label.rank <= 1 + Math.log2(Math.max(k, 0.5)) * 1.5);
        // On a small drawing only what would be named has a dot.
        const crowded = this.#size[0] < 600 && k < 2.5;
        const dots = labels.filter(({ rank }) => !crowded || rank <= 2).map(({ x, y, id, kind, rank, text }) =>
            s(
                'g',
                { class: `place ${kind}`, 'data-id': id, 'data-kind': 'node' },
                s('title', {}, text),
                s('circle', { class: 'touch', cx: x, cy: y, r: 8 }),
                s('circle', { class: rank < 0 ? 'dot picked' : 'dot', cx: x, cy: y, r: rank <= 1 ? 3.2 : 2.2 }),
            ),
        );
        const names = placeLabels(named, ...this.#size).map(({ id, x, y, anchor, text }) =>
            s('text', { x, y, 'text-anchor': anchor, 'data-id': id, 'data-kind': 'node' }, text),
        );
        this.#top.replaceChildren(...dots, ...names);
    }
}

/** How long a step of a moving display takes, in ms; longer where motion is unwelcome. */
export const stepTime = () => (still() ? 700 : 90);
