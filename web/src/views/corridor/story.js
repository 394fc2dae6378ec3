/** Beside the map: how many crossings are open, what opened, was agreed, was promised until the day. */
import { t } from '../../i18n.js';
import { h } from '../../parts/dom.js';
import { day as dayText } from '../../parts/format.js';
import { crossings, happenings } from './timeline.js';

const SECTIONS = [
    { name: 'opened', kinds: ['opened'] },
    { name: 'agreed', kinds: ['agreed'] },
    { name: 'promised', kinds: ['promised'] },
    { name: 'closed', kinds: ['closed'] },
];
const SHOWN = 4;

function event(one, onPick) {
    const until = one.what === 'promised' && one.until ? t('corridor.due', { date: dayText(one.until) }) : '';
    return h(
        'li',
        {},
        h('span', { class: 'when' }, dayText(one.date)),
        h('button', { class: 'link', type: 'button', onclick: () => onPick(one) }, one.name),
        until && h('span', { class: 'badge' }, until),
    );
}

function section(timeline, day, { name, kinds }, onPick) {
    const { all, newest } = happenings(timeline, day, kinds, SHOWN);
    return h(
        'section',
        { class: `story story-${name}` },
        h('h3', {}, t(`corridor.story_${name}`), h('span', { class: 'muted' }, ` ${all}`)),
        newest.length
            ? h('ol', {}, ...newest.map((one) => event(one, onPick)))
            : h('p', { class: 'muted small' }, t('corridor.nothing_yet')),
    );
}

/**
 * @param {object} timeline @param {string} day
 * @param {(event: object) => void} onPick
 */
export function story(timeline, day, onPick) {
    const count = crossings(timeline, day);
    return h(
        'div',
        { class: 'panel-body' },
        h(
            'p',
            {
                class: 'crossings',
                id: 'crossings',
                'data-operating': count.operating,
                'data-planned': count.planned,
            },
            h('strong', {}, String(count.operating)),
            h('span', {}, t('corridor.crossings_open', { count: count.operating })),
            count.planned ? h('strong', { class: 'coming' }, String(count.planned)) : null,
            count.planned ? h('span', {}, t('corridor.crossings_coming', { count: count.planned })) : null,
        ),
        ...SECTIONS.map((each) => section(timeline, day, each, onPick)),
    );
}
