/**
 * The client of `zhol serve`: JSON over the same origin. Failures are ApiError with the fields of
 * the server's problem document (RFC 9457). Unsafe calls carry the session's CSRF token and an
 * idempotency key, so that a call that is repeated after a lost answer is done once.
 */
import { language, t } from './i18n.js';

export class ApiError extends Error {
    /** @param {number} status @param {object} problem */
    constructor(status, problem) {
        super(problem.detail || problem.title || t('shell.error_status', { status }));
        this.name = 'ApiError';
        this.status = status;
        this.code = problem.code ?? '';
        this.field = problem.field ?? '';
        this.problem = problem;
    }
}

let csrf = '';
/** Sets the token of the session (from /v1/me); '' after logging out. */
export const setCsrf = (token) => {
    csrf = token ?? '';
};

/** A path with a query; values that are blank are left out. */
export function address(path, query = {}) {
    const parts = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
        if (value !== undefined && value !== null && value !== '') {
            parts.set(name, String(value));
        }
    }
    const text = parts.toString();
    return text ? `${path}?${text}` : path;
}

async function problemOf(response) {
    try {
        return await response.json();
    } catch {
        return { title: response.statusText };
    }
}

async function call(method, path, { query, body, signal, key } = {}) {
    const headers = { Accept: 'application/json' };
    if (method !== 'GET') {
        headers['X-Zhol-CSRF'] = csrf;
        headers['Idempotency-Key'] = key ?? newKey();
    }
    if (body !== undefined) {
        headers['Content-Type'] = 'application/json';
    }
    let response;
    try {
        response = await fetch(address(path, { lang: language(), ...query }), {
            method,
            headers,
            signal,
            credentials: 'same-origin',
            body: body === undefined ? undefined : JSON.stringify(body),
        });
    } catch (error) {
        if (error.name === 'AbortError') {
            throw error;
        }
        throw new ApiError(0, { title: t('shell.error_offline') });
    }
    if (!response.ok) {
        throw new ApiError(response.status, await problemOf(response));
    }
    const type = response.headers.get('Content-Type') ?? '';
    return type.includes('json') ? response.json() : response.text();
}

/** An idempotency key: 128 random bits. */
export function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {string} path @param {object} [query] @param {{signal?: AbortSignal}} [options] */
export const get = (path, query, options) => call('GET', path, { query, ...options });
/** @param {string} path @param {object} [body] @param {{key?: string}} [options] */
export const post = (path, body = {}, options) => call('POST', path, { body, ...options });
/** @param {string} path */
export const remove = (path) => call('DELETE', path);

/** Results of GETs that do not change while the page is open (the model), the newest 60. */
const kept = new Map();
/** The same as get, answered from memory where the same was asked before. */
export function getOnce(path, query) {
    const name = address(path, { lang: language(), ...query });
    if (!kept.has(name)) {
        const promise = get(path, query);
        promise.catch(() => kept.delete(name));
        kept.set(name, promise);
        if (kept.size > 60) {
            kept.delete(kept.keys().next().value);
        }
    }
    return kept.get(name);
}

/**
 * Follows a topic of server-sent events; the browser reconnects by itself.
 * @param {string} topic `board`, `queue:ID` or `place:ID`
 * @param {(data: object, event: string) => void} listener
 * @param {(open: boolean) => void} [onState] told whether the connection stands
 * @returns {() => void} stops it
 */
export function follow(topic, listener, onState = () => {}) {
    const source = new EventSource(address('/v1/events', { topic }));
    const take = (event) => {
        let data = {};
        try {
            data = JSON.parse(event.data);
        } catch {
            return;
        }
        listener(data, event.type);
    };
    ['board', 'queue', 'place', 'reset'].forEach((name) => source.addEventListener(name, take));
    source.addEventListener('open', () => onState(true));
    source.addEventListener('error', () => onState(false));
    return () => source.close();
}
