/**
 * Languages and messages. A message is a text with {places}, or an object of plural forms
 * ({one, few, many, other}) chosen by the value `count`. English and Russian say everything;
 * Kazakh falls back on Russian, Chinese on English, for the parts that they do not say.
 */

/** @typedef {'en'|'ru'|'kk'|'zh'} Language */
/** @typedef {Record<string, string|Record<string, string>>} Messages */

/** @type {{id: Language, name: string}[]} */
export const languages = [
    { id: 'en', name: 'English' },
    { id: 'ru', name: 'Русский' },
    { id: 'kk', name: 'Қазақша' },
    { id: 'zh', name: '中文' },
];

const FALLBACK = { kk: 'ru', zh: 'en', ru: 'en' };
const STORED = 'zhol.language';

/** @type {Language} */
let current = 'en';
/** @type {Messages} */
let messages = {};
/** @type {Record<string, () => Promise<Messages>>} */
let loaders = {};
let plural = new Intl.PluralRules('en');
const listeners = new Set();

/** The language in force. @returns {Language} */
export const language = () => current;

/** Calls back after each change of language. @param {(language: Language) => void} listener */
export const onLanguage = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
};

/** What the visitor chose, else what the browser asks for, else English. */
function preferred() {
    const known = (id) => languages.some((entry) => entry.id === id);
    let stored = null;
    try {
        stored = localStorage.getItem(STORED);
    } catch {
        // Storage may be forbidden; the browser's wish is left.
    }
    if (known(stored)) {
        return stored;
    }
    const wished = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2));
    return wished.find(known) ?? 'en';
}

/** Loads a language with what it falls back on and makes it the page's. @param {Language} id */
export async function setLanguage(id) {
    const chain = [id];
    while (FALLBACK[chain[0]]) {
        chain.unshift(FALLBACK[chain[0]]);
    }
    const parts = await Promise.all(chain.map((each) => loaders[each]()));
    messages = Object.assign({}, ...parts);
    current = id;
    plural = new Intl.PluralRules(id);
    document.documentElement.lang = id;
    try {
        localStorage.setItem(STORED, id);
    } catch {
        // It then lasts until the page is closed.
    }
    listeners.forEach((listener) => listener(id));
}

/** Starts with the messages of an entry: how to load each language. */
export async function startLanguages(how) {
    loaders = how;
    await setLanguage(/** @type {Language} */ (preferred()));
}

/**
 * The message of a key in the language in force.
 * @param {string} key
 * @param {Record<string, string|number>} [values] for its {places}; `count` chooses a plural form
 */
export function t(key, values = {}) {
    let message = messages[key];
    if (message === undefined) {
        return key;
    }
    if (typeof message === 'object') {
        message = message[plural.select(Number(values.count))] ?? message.other;
    }
    return message.replace(/\{([a-z_]+)\}/gi, (place, name) =>
        name in values ? String(values[name]) : place,
    );
}

/** A name that comes in several languages, {en, ru, kk, zh}, or as plain text. */
export function named(name) {
    if (name === null || name === undefined || typeof name === 'string') {
        return name ?? '';
    }
    return name[current] || name[FALLBACK[current]] || name.en || Object.values(name)[0] || '';
}
