/**
 * Names of places that do not cover each other: in order of rank, each label takes the first of
 * four seats beside its dot that is free; one that finds none is left out until there is room.
 */

/** @typedef {{x: number, y: number, text: string, rank: number, id: string}} Label */

const LINE = 14;
const wide = /[\u2e80-\u9fff\uf900-\ufaff]/;

/** The width of a text of 12 px: measuring each would be slow and is not needed this exactly. */
function widthOf(text) {
    let width = 0;
    for (const letter of text) {
        width += wide.test(letter) ? 12 : 6.7;
    }
    return width + 2;
}

const meets = (a, b) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

/** Boxes by cells of the drawing, so that a label meets only its neighbours. */
class Boxes {
    #cells = new Map();
    #cellsOf(box) {
        const names = [];
        for (let x = Math.floor(box.x0 / 64); x <= Math.floor(box.x1 / 64); x++) {
            for (let y = Math.floor(box.y0 / 64); y <= Math.floor(box.y1 / 64); y++) {
                names.push(x * 100000 + y);
            }
        }
        return names;
    }
    isFree(box) {
        return this.#cellsOf(box).every((name) =>
            (this.#cells.get(name) ?? []).every((other) => !meets(box, other)),
        );
    }
    add(box) {
        for (const name of this.#cellsOf(box)) {
            if (!this.#cells.has(name)) {
                this.#cells.set(name, []);
            }
            this.#cells.get(name).push(box);
        }
    }
}

/** The seats of a label: right, left, above, below. */
function seats(label, width) {
    const { x, y } = label;
    return [
        { x: x + 6, y: y + 4, anchor: 'start', x0: x + 5, x1: x + 6 + width },
        { x: x - 6, y: y + 4, anchor: 'end', x0: x - 6 - width, x1: x - 5 },
        { x, y: y - 7, anchor: 'middle', x0: x - width / 2, x1: x + width / 2 },
        { x, y: y + 15, anchor: 'middle', x0: x - width / 2, x1: x + width / 2 },
    ].map((seat) => ({ ...seat, y0: seat.y - LINE + 3, y1: seat.y + 4 }));
}

/**
 * @param {Label[]} labels @param {number} width @param {number} height of the drawing
 * @param {{x0: number, y0: number, x1: number, y1: number}[]} taken where nothing may stand
 * @returns {{id: string, x: number, y: number, anchor: string, text: string}[]}
 */
export function placeLabels(labels, width, height, taken = []) {
    const boxes = new Boxes();
    taken.forEach((box) => boxes.add(box));
    const seen = labels.filter(
        (label) => label.x > -20 && label.x < width + 20 && label.y > -20 && label.y < height + 20,
    );
    for (const { x, y } of seen) {
        boxes.add({ x0: x - 2, x1: x + 2, y0: y - 2, y1: y + 2 });
    }
    const placed = [];
    for (const label of [...seen].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))) {
        const seat = seats(label, widthOf(label.text)).find(
            (each) => each.x0 > 2 && each.x1 < width - 2 && each.y0 > 2 && boxes.isFree(each),
        );
        if (seat) {
            boxes.add(seat);
            placed.push({ id: label.id, text: label.text, x: seat.x, y: seat.y, anchor: seat.anchor });
        }
    }
    return placed;
}
