/** Numbers, money, days and durations as people of the page's language write them. */
import { language, t } from '../i18n.js';
import { kazakhDate } from './kazakh.js';

/** Kazakh writes numbers as Russian does; few browsers know it. */
const LOCALES = { en: 'en-GB', ru: 'ru', kk: 'ru', zh: 'zh' };

const made = new Map();
/** Formatters are dear to make: one of each kind is kept. */
function formatter(kind, options) {
    const name = `${language()} ${kind.name} ${JSON.stringify(options)}`;
    if (!made.has(name)) {
        made.set(name, new kind(LOCALES[language()], options));
    }
    return made.get(name);
}

/** @param {number|null|undefined} value @param {number} [digits] after the point at most */
export function number(value, digits = 0) {
    return value === null || value === undefined || Number.isNaN(value)
        ? '–'
        : formatter(Intl.NumberFormat, { maximumFractionDigits: digits }).format(value);
}

/** US dollars without cents. */
export function usd(value) {
    if (value === null || value === undefined) {
        return '–';
    }
    const space = String.fromCharCode(0x202f);
    return language() === 'ru' || language() === 'kk' ? `${number(value)}${space}$` : `$${space}${number(value)}`;
}

/** Kilograms as kg or t. */
export function mass(kg) {
    return kg >= 10000
        ? `${number(kg / 1000, 1)} ${t('shell.unit_t')}`
        : `${number(kg)} ${t('shell.unit_kg')}`;
}

/** A length of time: 45 min, 7 h 30, 3 d 4 h. @param {number} minutes */
export function duration(minutes) {
    if (minutes === null || minutes === undefined) {
        return '–';
    }
    const whole = Math.round(minutes);
    const days = Math.floor(whole / 1440);
    const hours = Math.floor((whole % 1440) / 60);
    if (whole < 60) {
        return `${whole} ${t('shell.unit_min')}`;
    }
    if (days === 0) {
        return whole % 60 ? `${hours} ${t('shell.unit_h')} ${whole % 60}` : `${hours} ${t('shell.unit_h')}`;
    }
    const [d, h] = (whole % 1440) % 60 >= 30 ? [days, hours + 1] : [days, hours];
    return h ? `${d} ${t('shell.unit_d')} ${h} ${t('shell.unit_h')}` : `${d} ${t('shell.unit_d')}`;
}

/** A day from "2013-06-07" (or the beginning of an instant), in words. */
export function day(text, options = { day: 'numeric', month: 'short', year: 'numeric' }) {
    if (!text) {
        return '–';
    }
    const [year, month = 1, date = 1] = text.slice(0, 10).split('-').map(Number);
    const time = Date.UTC(year, month - 1, date);
    return language() === 'kk'
        ? kazakhDate(time, options)
        : formatter(Intl.DateTimeFormat, { ...options, timeZone: 'UTC' }).format(time);
}

/** A local time "2026-02-06T08:00" as written, without a shift of zone. */
export function localTime(text) {
    const [date, rest = ''] = text.split('T');
    return `${day(date, { day: 'numeric', month: 'short' })}, ${rest.slice(0, 5)}`;
}

/** An instant in the visitor's own zone. @param {string} text RFC 3339 */
export function instant(text, options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }) {
    return text ? formatter(Intl.DateTimeFormat, options).format(new Date(text)) : '–';
}

/** A share of one as percent. */
export const percent = (share) => formatter(Intl.NumberFormat, { style: 'percent' }).format(share);
