/** Everything that is known about a place, a way or another thing: figures, sources, disagreements. */
import { getOnce } from '../../api.js';
import { t } from '../../i18n.js';
import { h } from '../../parts/dom.js';
import { day as dayText, number } from '../../parts/format.js';
import { failure, loading } from '../../parts/notice.js';

/** Sections that are open at first; figures first, since they are where sources disagree. */
const OPEN = new Set(['about', 'history', 'figures', 'events', 'projects', 'crossings']);
const ROWS_SHOWN = 40;

function cellText(value, kind) {
    if (value === null || value === '') {
        return '';
    }
    if (kind === 'number') {
        return number(value, 4);
    }
    return kind === 'date' ? dayText(value) : String(value);
}

function sourceMark(source, sources) {
    const at = sources.findIndex((each) => each.id === source);
    if (at < 0) {
        return null;
    }
    const assumed = sources[at].kind === 'assumption';
    return h(
        'a',
        {
            href: `#source-${at + 1}`,
            class: assumed ? 'mark assumed' : 'mark',
            title: sources[at].title,
            'aria-label': `${t('corridor.source')} ${at + 1}`,
            onclick: (event) => {
                event.preventDefault();
                const target = document.getElementById(`source-${at + 1}`);
                target?.closest('details')?.setAttribute('open', '');
                target?.scrollIntoView({ block: 'nearest' });
            },
        },
        assumed ? `${at + 1}*` : String(at + 1),
    );
}

/** One row of many columns: its name, then what is known of it. */
function entry(row, columns, sources, isDisputed) {
    const name = columns.find((column) => column.code !== 'id' && row.cells[column.at]) ?? columns[0];
    const rest = columns.filter((column) => column !== name && row.cells[column.at] !== null && row.cells[column.at] !== '');
    return h(
        'li',
        { class: isDisputed ? 'disputed' : null },
        h('div', { class: 'entry-name' }, cellText(row.cells[name.at], name.kind), sourceMark(row.source, sources)),
        h(
            'dl',
            { class: 'entry' },
            ...rest.map((column) =>
                h('div', {}, h('dt', {}, column.title), h('dd', {}, cellText(row.cells[column.at], column.kind))),
            ),
        ),
        doubt(row),
    );
}

/** What, value and unit: the unit stands behind the value. */
function aboutRow(row, sources) {
    const [what, value, unit] = row.cells;
    return h(
        'tr',
        {},
        h('th', { scope: 'row' }, what),
        h('td', {}, value, unit ? ` ${unit}` : ''),
        h('td', { class: 'source' }, sourceMark(row.source, sources)),
    );
}

/** Two or three columns as a table, more as entries: the panel is narrow. */
function content(section, rows, sources, found) {
    const columns = section.columns
        .map((column, at) => ({ ...column, at }))
        .filter(({ at }) => rows.some((row) => row.cells[at] !== null && row.cells[at] !== ''));
    const shown = rows.slice(0, ROWS_SHOWN);
    if (columns.length > 3) {
        return h('ul', { class: 'entries' }, ...shown.map((row) => entry(row, columns, sources, found.has(row))));
    }
    return h(
        'table',
        { class: `dossier-table ${section.code}`, 'aria-label': section.title },
        h(
            'tbody',
            {},
            ...shown.map((row) =>
                section.code === 'about'
                    ? aboutRow(row, sources)
                    : h(
                          'tr',
                          {},
                          ...columns.map((column) => h('td', {}, cellText(row.cells[column.at], column.kind))),
                          h('td', { class: 'source' }, sourceMark(row.source, sources)),
                      ),
            ),
        ),
    );
}

/** Rows on which sources disagree: one prints what was found to be otherwise, or two give figures of
 * the same measure, scope, unit and time that differ. @returns {Set<object>} */
export function disputed(section) {
    const at = (code) => section.columns.findIndex((column) => column.code === code);
    const value = at('value');
    const keys = ['measure', 'scope', 'unit', 'since', 'until'].map(at);
    const found = new Set(section.rows.filter((row) => row.corrected || row.why));
    const groups = new Map();
    for (const row of value >= 0 && keys.every((key) => key >= 0) ? section.rows : []) {
        const key = keys.map((column) => row.cells[column]).join('|');
        groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    for (const rows of groups.values()) {
        const values = new Set(rows.map((row) => String(row.cells[value])));
        const sources = new Set(rows.map((row) => row.source));
        if (values.size > 1 && sources.size > 1) {
            rows.forEach((row) => found.add(row));
        }
    }
    return found;
}

/** What is printed, what was found to be right, and on what that rests. */
function doubt(row) {
    if (!row.printed && !row.corrected && !row.why) {
        return null;
    }
    return h(
        'p',
        { class: 'doubt' },
        row.printed && h('span', {}, h('b', {}, t('corridor.printed')), ` ${row.printed}`),
        row.corrected && h('span', {}, h('b', {}, t('corridor.corrected')), ` ${row.corrected}`),
        row.why && h('span', {}, h('b', {}, t('corridor.why')), ` ${row.why}`),
    );
}

function sectionOf(section, sources) {
    const rows = section.rows.filter((row) => row.current || section.code === 'history');
    const count = rows.length;
    const found = disputed(section);
    const differ = rows.filter((row) => found.has(row)).length;
    if (!count) {
        return null;
    }
    return h(
        'details',
        { open: OPEN.has(section.code) },
        h(
            'summary',
            {},
            section.title,
            h('span', { class: 'muted' }, ` ${count}`),
            differ ? h('span', { class: 'badge badge-warn' }, t('corridor.disagree', { count: differ })) : null,
        ),
        content(section, rows, sources, found),
        count > ROWS_SHOWN &&
            h('p', { class: 'muted small' }, t('corridor.more_rows', { count: count - ROWS_SHOWN })),
    );
}

function sourcesOf(sources) {
    return h(
        'details',
        {},
        h('summary', {}, t('corridor.sources'), h('span', { class: 'muted' }, ` ${sources.length}`)),
        h(
            'ol',
            { class: 'sources' },
            ...sources.map((source, at) =>
                h(
                    'li',
                    { id: `source-${at + 1}` },
                    source.title,
                    source.publisher && `, ${source.publisher}`,
                    source.date && `, ${dayText(source.date)}`,
                    h('span', { class: source.kind === 'assumption' ? 'badge badge-warn' : 'badge' }, t(`corridor.source_${source.kind}`)),
                    source.url && h('span', { class: 'muted url' }, source.url),
                ),
            ),
        ),
        h('p', { class: 'muted small' }, t('corridor.assumed_mark')),
    );
}

/**
 * Fills `place` with the dossier.
 * @param {HTMLElement} place
 * @param {{id: string, date: string, scenario: string, onBack: () => void}} question
 */
export async function showDossier(place, { id, date, scenario, onBack }) {
    const back = h('button', { class: 'button small', type: 'button', onclick: onBack }, t('corridor.back'));
    place.replaceChildren(h('div', { class: 'panel-head' }, back), loading());
    try {
        const dossier = await getOnce('/v1/show', { id, date, scenario });
        place.replaceChildren(
            h(
                'div',
                { class: 'panel-head' },
                h('div', {}, h('h2', {}, dossier.name), h('p', { class: 'muted small' }, `${dossier.table_name} · ${dossier.id}`)),
                back,
            ),
            h(
                'div',
                { class: 'panel-body dossier' },
                ...dossier.sections.map((section) => sectionOf(section, dossier.sources)).filter(Boolean),
                sourcesOf(dossier.sources),
            ),
        );
    } catch (error) {
        place.replaceChildren(h('div', { class: 'panel-head' }, back), failure(error));
    }
}
