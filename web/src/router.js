/**
 * Hash routes: `#/corridor?date=2013-01-01&scenario=...`. A route has a view, a module with
 *
 *     export async function mount(root, context): {update?(context), destroy?()}
 *
 * whose root is put on the page when mount has ended. context = {params, rest, go}: `params` are
 * the query, `rest` the parts of the path after the route's name. A change of params on the same
 * route calls update where the view has one, so that it keeps what it has loaded; otherwise the view
 * is mounted anew. Every state that somebody may want to send to somebody else stands in the hash.
 */

/** @typedef {{params: Record<string, string>, rest: string[], go: typeof go}} Context */
/** @typedef {{name: string, load: () => Promise<{mount: Function}>, title: string}} Route */

/** @type {Route[]} */
let routes = [];
/** @type {{name: string, view: {update?: Function, destroy?: Function}|null}} */
let shown = { name: '', view: null };
let outlet = null;
let before = () => {};
let failed = () => {};
let turn = 0;

/** `#/name/rest?params` as a text, blank params left out. */
export function link(name, params = {}, rest = []) {
    const query = new URLSearchParams(
        Object.entries(params).filter(([, value]) => value !== undefined && value !== '' && value !== null),
    ).toString();
    const path = [name, ...rest].map(encodeURIComponent).join('/');
    return `#/${path}${query ? `?${query}` : ''}`;
}

/** Goes to a route. `replace`: without a step in the history (while a slider moves). */
export function go(name, params = {}, { rest = [], replace = false } = {}) {
    const hash = link(name, params, rest);
    if (hash === location.hash) {
        return;
    }
    if (replace) {
        history.replaceState(null, '', hash);
        show();
    } else {
        location.hash = hash;
    }
}

/** Writes params into the address without showing anything anew. */
export function remember(name, params, rest = []) {
    history.replaceState(null, '', link(name, params, rest));
}

function parse() {
    const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
    const [name, ...rest] = path.split('/').map(decodeURIComponent);
    return { name, rest, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** Shows the route of the address. @param {{again?: boolean}} [how] again: mount anew */
export async function show({ again = false } = {}) {
    const mine = ++turn;
    const { name, rest, params } = parse();
    const route = routes.find((each) => each.name === name);
    if (!route) {
        history.replaceState(null, '', link(routes[0].name));
        return show({ again });
    }
    const context = { params, rest, go };
    if (!again && shown.name === name && shown.view?.update) {
        shown.view.update(context);
        return;
    }
    shown.view?.destroy?.();
    shown = { name, view: null };
    before(route);
    try {
        const module = await route.load();
        if (mine !== turn) {
            return;
        }
        // What is shown until then stays until the view is complete.
        const root = document.createElement('div');
        root.className = 'view';
        const view = (await module.mount(root, context)) ?? {};
        if (mine === turn) {
            outlet.replaceChildren(root);
            shown.view = view;
        } else {
            view.destroy?.();
        }
    } catch (error) {
        if (mine === turn) {
            failed(outlet, error);
        }
    }
}

/**
 * @param {Route[]} list the first is the start
 * @param {{outlet: HTMLElement, onRoute: (route: Route) => void,
 *          onError: (outlet: HTMLElement, error: Error) => void}} options
 */
export function startRouter(list, options) {
    routes = list;
    outlet = options.outlet;
    before = options.onRoute;
    failed = options.onError;
    addEventListener('hashchange', () => show());
    return show();
}
