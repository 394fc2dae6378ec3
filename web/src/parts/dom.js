/** Making elements. Text is always text: nothing here reads HTML. */

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (value === undefined || value === null || value === false) {
            continue;
        }
        if (name.startsWith('on') && typeof value === 'function') {
            element.addEventListener(name.slice(2), value);
        } else if (name === 'style') {
            // By property, not as an attribute: the page's policy forbids style attributes.
            for (const [property, text] of Object.entries(value)) {
                element.style.setProperty(property, text);
            }
        } else if (name === 'value' || name === 'checked' || name === 'disabled') {
            element[name] = value;
        } else {
            element.setAttribute(name, value === true ? '' : String(value));
        }
    }
    element.append(
        ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
    );
    return element;
}

/**
 * An HTML element: h('button', {class: 'button', onclick: f}, 'Text').
 * @param {string} name @param {object} [attributes] @param {...any} children
 * @returns {HTMLElement}
 */
export const h = (name, attributes, ...children) =>
    fill(document.createElement(name), attributes, children);

/** The same in SVG. @returns {SVGElement} */
export const s = (name, attributes, ...children) =>
    fill(document.createElementNS(SVG, name), attributes, children);

let numbers = 0;
/** An id that nothing else on the page has. */
export const uniqueId = (beginning) => `${beginning}-${++numbers}`;

/** Calls at most once per `wait` milliseconds of silence. */
export function debounced(wait, f) {
    let timer = 0;
    return (...values) => {
        clearTimeout(timer);
        timer = setTimeout(f, wait, ...values);
    };
}
