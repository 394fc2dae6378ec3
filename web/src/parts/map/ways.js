/**
 * The lines of a map. The time slider draws nearly the same lines at each step, so elements are kept
 * by way and only those whose state changed are made anew.
 */
import { s } from '../dom.js';

/** @typedef {import('./map.js').Way} Way */

export class WayLayer {
    #group;
    /** @type {Map<string, {element: SVGElement, look: string}>} */
    #drawn = new Map();
    /** @type {Map<string, string>} texts of paths by way */
    #lines = new Map();
    #picked = '';

    /** @param {SVGElement} group filled with one element a way */
    constructor(group) {
        this.#group = group;
    }

    /** Another projection: nothing that was drawn fits. */
    clear() {
        this.#drawn.clear();
        this.#lines.clear();
    }

    /** @param {Way[]} ways the last on top @param {(shape: object) => string} path */
    draw(ways, path) {
        const kept = new Map();
        const elements = ways.map((way) => {
            const look = this.#lookOf(way);
            const before = this.#drawn.get(way.id);
            const one = before?.look === look ? before : { look, element: this.#element(way, look, path) };
            kept.set(way.id, one);
            return one.element;
        });
        this.#drawn = kept;
        const { children } = this.#group;
        if (children.length !== elements.length || elements.some((element, at) => element !== children[at])) {
            this.#group.replaceChildren(...elements);
        }
    }

    mark(id) {
        this.#drawn.get(this.#picked)?.element.classList.remove('picked');
        this.#drawn.get(id)?.element.classList.add('picked');
        this.#picked = id;
    }

    #lookOf(way) {
        return ['way', way.mode, way.status, way.supposed ? 'supposed' : '', way.unknown ? 'unknown' : '']
            .filter(Boolean)
            .join(' ');
    }

    #line({ id, geometry }, path) {
        if (!this.#lines.has(id)) {
            this.#lines.set(id, path({ type: 'LineString', coordinates: geometry }));
        }
        return this.#lines.get(id);
    }

    #element(way, look, path) {
        const d = this.#line(way, path);
        return s(
            'g',
            { class: way.id === this.#picked ? `${look} picked` : look, 'data-id': way.id, 'data-kind': 'link' },
            s('title', {}, way.name),
            way.unknown && s('path', { class: 'hatch', d }),
            s('path', { class: 'line', d }),
            s('path', { class: 'touch', d }),
        );
    }
}
