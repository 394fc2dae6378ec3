/** Light, dark, or as the system is. */
const STORED = 'zhol.theme';
const kinds = ['auto', 'light', 'dark'];

function stored() {
    try {
        return localStorage.getItem(STORED) ?? 'auto';
    } catch {
        return 'auto';
    }
}

export const theme = () => document.documentElement.dataset.theme ?? 'auto';

/** @param {string} kind auto, light or dark */
export function setTheme(kind) {
    if (kind === 'auto') {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = kind;
    }
    try {
        localStorage.setItem(STORED, kind);
    } catch {
        // It then lasts until the page is closed.
    }
    dispatchEvent(new Event('zhol-theme'));
}

export const nextTheme = () => kinds[(kinds.indexOf(theme()) + 1) % kinds.length];
export const startTheme = () => setTheme(kinds.includes(stored()) ? stored() : 'auto');

/** Calls back when the colours change; returns what stops it. */
export function onTheme(listener) {
    const media = matchMedia('(prefers-color-scheme: dark)');
    media.addEventListener('change', listener);
    addEventListener('zhol-theme', listener);
    return () => {
        media.removeEventListener('change', listener);
        removeEventListener('zhol-theme', listener);
    };
}

/** The value of a CSS variable, for drawings on a canvas. */
export const colour = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();
