/**
 * The time of the border: the server's clock (a demonstration has its own), Kazakhstan's and
 * Beijing's time of day, and spans in words. Zones are fixed offsets that the server names, because
 * the zone tables of older browsers still have Kazakhstan at UTC+6.
 */
import { language, t } from '../i18n.js';
import { kazakhDate } from './kazakh.js';

const KAZAKHSTAN_MIN = 300;
const BEIJING_MIN = 480;
const LOCALES = { en: 'en-GB', ru: 'ru-RU', kk: 'kk-KZ', zh: 'zh-CN' };
const HOUR = 3600e3;

/** The server's clock at an instant of ours; a demonstration's may run faster. */
let known = { theirs: Date.now(), ours: Date.now(), speed: 1 };

/** Sets the clock from an answer of the server. @param {string|undefined} now RFC 3339 */
export function setNow(now, speed = known.speed) {
    const theirs = Date.parse(now ?? '');
    if (!Number.isNaN(theirs)) {
        known = { theirs, ours: Date.now(), speed: speed || 1 };
    }
}

/** The server's now in milliseconds. */
export const now = () => known.theirs + (Date.now() - known.ours) * known.speed;

const formats = new Map();
function format(time, offset, options) {
    if (language() === 'kk' && options.day) {
        return kazakhDate(time + offset * 60e3, options);
    }
    const name = `${language()} ${JSON.stringify(options)}`;
    if (!formats.has(name)) {
        formats.set(name, new Intl.DateTimeFormat(LOCALES[language()], { ...options, timeZone: 'UTC' }));
    }
    return formats.get(name).format(new Date(time + offset * 60e3));
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const DAY = { weekday: 'short', day: 'numeric', month: 'short' };
/** Milliseconds of an instant; numbers are milliseconds already. */
const timeOf = (value) => (typeof value === 'number' ? value : Date.parse(value));

/** 09:42 at the border. @param {string|number} value RFC 3339 or milliseconds */
export const clock = (value, offset = KAZAKHSTAN_MIN) => format(timeOf(value), offset, CLOCK);
/** 09:42 in Beijing. */
export const beijing = (value) => format(timeOf(value), BEIJING_MIN, CLOCK);
/** Wed 12 Nov. */
export const dayOf = (value, offset = KAZAKHSTAN_MIN) => format(timeOf(value), offset, DAY);
/** 12 Nov. */
export const shortDay = (value, offset = KAZAKHSTAN_MIN) =>
    format(timeOf(value), offset, { day: 'numeric', month: 'short' });
/** 2025-11-12 at the border, for grouping and for inputs. */
export const dateOf = (value, offset = KAZAKHSTAN_MIN) =>
    new Date(timeOf(value) + offset * 60e3).toISOString().slice(0, 10);
/** An instant from a date and a time of day at the border, as RFC 3339. */
export const borderInstant = (date, time, offset = KAZAKHSTAN_MIN) =>
    new Date(Date.parse(`${date}T${time}:00Z`) - offset * 60e3).toISOString().replace('.000', '');

/** The clock alone for today, the day with it for other days. */
export function when(value, offset = KAZAKHSTAN_MIN) {
    if (!value) {
        return '–';
    }
    return dateOf(value, offset) === dateOf(now(), offset)
        ? clock(value, offset)
        : `${dayOf(value, offset)}, ${clock(value, offset)}`;
}

/** A slot: Thu 13 Nov, 09:00–10:00. @param {{start: string, end: string}|null} slot */
export function slotText(slot, offset = KAZAKHSTAN_MIN) {
    if (!slot?.start) {
        return '–';
    }
    if (slot.end && timeOf(slot.end) - timeOf(slot.start) > 12 * HOUR) {
        const part = (value) => `${dayOf(value, offset)}, ${clock(value, offset)}`;
        return `${part(slot.start)} – ${part(slot.end)}`;
    }
    const end = slot.end ? `–${clock(slot.end, offset)}` : '';
    return `${dayOf(slot.start, offset)}, ${clock(slot.start, offset)}${end}`;
}

/** A length of time with two units at most: 35 min, 5 h 20 min, 2 d 4 h. @param {number} ms */
export function span(ms) {
    const minutes = Math.max(0, Math.round(ms / 60e3));
    const unit = (value, name) => `${value}${String.fromCharCode(160)}${t(`border.unit.${name}`)}`;
    if (minutes < 60) {
        return unit(minutes, 'min');
    }
    const hours = ms / HOUR;
    if (hours < 10) {
        const rest = Math.round((minutes % 60) / 10) * 10;
        const whole = Math.floor(minutes / 60);
        if (rest === 60) {
            return unit(whole + 1, 'h');
        }
        return rest ? `${unit(whole, 'h')} ${unit(rest, 'min')}` : unit(whole, 'h');
    }
    const whole = Math.round(hours);
    if (whole < 48) {
        return unit(whole, 'h');
    }
    const rest = whole % 24;
    return rest ? `${unit(Math.floor(whole / 24), 'd')} ${unit(rest, 'h')}` : unit(whole / 24, 'd');
}

/** "in 5 h" from the server's now; past instants are "any moment". */
export function fromNow(value) {
    const ms = timeOf(value) - now();
    return ms < 60e3 ? t('border.soon') : t('border.in', { span: span(ms) });
}

/** "5 min ago". */
export function sinceThen(value) {
    const ms = now() - timeOf(value);
    return ms < 60e3 ? t('border.now') : t('border.ago', { span: span(ms) });
}
