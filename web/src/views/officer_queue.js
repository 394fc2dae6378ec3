/**
 * The officer's queue: one table, worked with one hand on the keyboard. Arrows move the row, a letter
 * does what may be done with it (A arrived, E enter, C clear, R refuse, N no-show), F goes to
 * "call forward", / to the search.
 */
import { follow, get, post } from '../api.js';
import { t } from '../i18n.js';
import { setNow, sinceThen, slotText, when } from '../parts/border_time.js';
import { categoryName, openDialog, plate, problemText, said, stateBadge, stateName } from '../parts/border_parts.js';
import { debounced, h } from '../parts/dom.js';
import { number } from '../parts/format.js';
import { announce } from '../parts/notice.js';
import { statusBadge, statusOf, todayBar } from './queue_parts.js';

const POLL_MS = 20e3;
const ROWS = 100;
const MOST = 1000;

/** What may be done with a place in a state: name, key, whether it is asked before. */
const ACTIONS = {
    booked: [['arrive', 'a'], ['no_show', 'n', true], ['refuse', 'r', true]],
    arrived: [['refuse', 'r', true], ['no_show', 'n', true]],
    called: [['enter', 'e'], ['no_show', 'n', true], ['refuse', 'r', true]],
    entered: [['clear', 'c'], ['refuse', 'r', true]],
};
const FILTERS = ['arrived', 'called', 'entered', 'booked'];

/** How many are in each state, out of the board's categories. */
function countsOf(item) {
    const sum = (name) => item.categories.reduce((total, each) => total + each[name], 0);
    return { arrived: sum('waiting'), called: sum('called'), booked: sum('booked') };
}


class Console {
    constructor(place, view) {
        Object.assign(this, { place, view, filter: 'arrived', search: '', selected: '', items: [], counts: {}, count: ROWS });
        this.status = h('p', { class: 'console-status', role: 'status' });
        this.bar = h('div', { class: 'console-bar' });
        this.filters = h('div', { class: 'segment', role: 'group', 'aria-label': t('officer.filter') });
        this.body = h('tbody', {});
        this.more = h('p', {});
    }

    async start() {
        const { queue } = this.view.queue;
        this.place.append(this.bar, this.status, this.tools(), this.table(), this.more, this.keys());
        await this.refresh();
        this.stop = follow(`queue:${queue.id}`, () => this.soon(), (open) => this.connected(open));
        this.timer = setInterval(() => this.refresh(), POLL_MS);
    }

    connected(open) {
        this.place.classList.toggle('console-cut', !open);
    }

    soon() {
        clearTimeout(this.wait);
        this.wait = setTimeout(() => this.refresh(), 120);
    }

    /** One state, or the truck that is searched: whole queues of thousands never travel. */
    wanted() {
        const { queue } = this.view.queue;
        if (!this.search) {
            return { queue: queue.id, state: this.filter, limit: this.count };
        }
        return /^\d{1,7}$/.test(this.search)
            ? { queue: queue.id, number: this.search }
            : { queue: queue.id, plate: this.search };
    }

    async refresh() {
        const { checkpoint, queue } = this.view.queue;
        const turn = (this.turn = (this.turn ?? 0) + 1);
        try {
            const [list, inside, board] = await Promise.all([
                get('/v1/officer/queue', this.wanted()),
                get('/v1/officer/queue', { queue: queue.id, state: 'entered', limit: 1000 }),
                get('/v1/board', { checkpoint: checkpoint.id }),
            ]);
            if (turn !== this.turn) {
                return;
            }
            setNow(list.now);
            this.items = list.items;
            this.board = board.items.find((item) => item.queue === queue.id);
            this.counts = { ...countsOf(this.board), entered: inside.items.length };
            this.draw();
        } catch (error) {
            this.say(problemText(error), true);
        }
    }

    say(text, bad = false) {
        this.status.textContent = text;
        this.status.classList.toggle('fault', bad);
    }

    /** Calls the next ones; the rules of the queue say who. */
    tools() {
        const count = h('input', {
            id: 'call-count',
            class: 'choice call-count',
            type: 'number',
            min: '1',
            max: '100',
            value: '1',
        });
        const call = async (event) => {
            event.preventDefault();
            await this.run(async () => {
                const answer = await post(`/v1/queues/${this.view.queue.queue.id}/call`, { count: Number(count.value) || 1 });
                const list = answer.called.map((each) => each.plate).join(', ');
                this.say(t('officer.called', { count: answer.called.length, list }));
                this.filter = 'called';
            });
        };
        this.countInput = count;
        this.searchInput = h('input', {
            class: 'choice',
            type: 'search',
            'aria-label': t('officer.search'),
            placeholder: t('officer.search'),
            oninput: debounced(200, (event) => {
                this.search = event.target.value.replace(/[\s-]/g, '').toUpperCase();
                this.refresh();
            }),
        });
        return h(
            'div',
            { class: 'console-tools' },
            h(
                'form',
                { class: 'row call-form', onsubmit: call },
                h('label', { for: 'call-count' }, t('officer.call_forward')),
                count,
                [5, 10].map((value) =>
                    h('button', { class: 'button', type: 'button', onclick: () => (count.value = value) }, value),
                ),
                h('button', { class: 'button main', type: 'submit', id: 'call' }, t('officer.call')),
            ),
            this.filters,
            this.searchInput,
        );
    }

    table() {
        const heads = ['number', 'plate', 'category', 'state', 'slot', 'arrived', 'flags', 'actions'];
        const table = h(
            'table',
            { class: 'queue-table', role: 'grid', 'aria-label': t('officer.part_queue'), onkeydown: (event) => this.key(event) },
            h('thead', {}, h('tr', {}, heads.map((name) => h('th', { scope: 'col' }, t(`officer.col_${name}`))))),
            this.body,
        );
        return h('div', { class: 'card scroll' }, table);
    }

    keys() {
        const keys = [['A', 'arrive'], ['E', 'enter'], ['C', 'clear'], ['R', 'refuse'], ['N', 'no_show']];
        return h(
            'p',
            { class: 'muted small keys' },
            h('kbd', {}, '↑'), h('kbd', {}, '↓'), ` ${t('officer.key_move')} `,
            keys.map(([key, name]) => [h('kbd', {}, key), ` ${t(`officer.do_${name}`)} `]),
            h('kbd', {}, 'F'), ` ${t('officer.call_forward')} `,
            h('kbd', {}, '/'), ` ${t('officer.search')}`,
        );
    }

    draw() {
        this.drawBar();
        this.drawFilters();
        const rows = this.items;
        if (!rows.some((item) => item.place === this.selected)) {
            this.selected = rows[0]?.place ?? '';
        }
        const focused = this.body.contains(document.activeElement);
        this.body.replaceChildren(...rows.map((item) => this.row(item)));
        if (!rows.length) {
            this.body.append(h('tr', {}, h('td', { colspan: '8', class: 'muted' }, t(this.search ? 'officer.not_found' : 'officer.nobody'))));
        }
        this.more.replaceChildren(
            !this.search && this.counts[this.filter] > rows.length && rows.length >= this.count
                ? h(
                      'button',
                      {
                          class: 'button',
                          type: 'button',
                          onclick: () => {
                              this.count = Math.min(MOST, this.count + 2 * ROWS);
                              this.refresh();
                          },
                      },
                      t('officer.more', { count: number(this.counts[this.filter] - rows.length) }),
                  )
                : '',
        );
        if (focused) {
            this.focusRow();
        }
    }

    drawBar() {
        const item = this.board;
        if (!item) {
            return;
        }
        const status = statusOf(item, this.view.queue.queue);
        const figure = (name, ...content) => h('div', {}, h('span', { class: 'muted small' }, t(name)), ...content);
        const by = (state) => number(this.counts[state]);
        this.bar.replaceChildren(
            figure('board.col_state', h('div', {}, statusBadge(status), ' ', h('span', { class: 'small' }, status.more))),
            figure('board.col_today', todayBar(item)),
            figure('board.waiting', h('strong', {}, by('arrived'))),
            figure('border.state.called', h('strong', {}, by('called'))),
            figure('border.state.entered', h('strong', {}, by('entered'))),
            figure('border.state.booked', h('strong', {}, by('booked'))),
        );
    }

    drawFilters() {
        const focused = this.filters.contains(document.activeElement) ? document.activeElement.dataset.filter : '';
        this.filters.replaceChildren(
            ...FILTERS.map((name) =>
                h(
                    'button',
                    {
                        type: 'button',
                        'data-filter': name,
                        'aria-pressed': String(name === this.filter && !this.search),
                        onclick: () => {
                            this.filter = name;
                            this.search = '';
                            this.searchInput.value = '';
                            this.count = ROWS;
                            this.refresh();
                        },
                    },
                    `${name === 'arrived' ? t('board.waiting') : stateName(name)} ${number(this.counts[name])}`,
                ),
            ),
        );
        if (focused) {
            this.filters.querySelector(`[data-filter=${focused}]`).focus();
        }
    }

    row(item) {
        const chosen = item.place === this.selected;
        return h(
            'tr',
            {
                'data-place': item.place,
                tabindex: chosen ? '0' : '-1',
                'aria-selected': String(chosen),
                onfocus: () => this.select(item.place),
                onclick: (event) => {
                    if (!event.target.closest('button')) {
                        this.select(item.place);
                        this.focusRow();
                    }
                },
            },
            h('td', { class: 'number' }, h('strong', {}, item.number)),
            h('td', {}, plate(item.plate)),
            h('td', {}, categoryName(item.category, this.view.queue.queue.categories)),
            h('td', {}, stateBadge(item.state)),
            h('td', {}, item.slot ? slotText(item.slot) : '–'),
            h('td', {}, this.times(item)),
            h('td', {}, (item.flags ?? []).map((flag) => h('span', { class: 'badge badge-warn' }, said(`officer.flag_${flag}`, flag)))),
            h('td', {}, this.buttons(item)),
        );
    }

    times(item) {
        if (item.state === 'called') {
            return t('officer.since_call', { span: sinceThen(item.called_at ?? item.arrived) });
        }
        return item.arrived ? [when(item.arrived), ' ', h('span', { class: 'muted small' }, sinceThen(item.arrived))] : '–';
    }

    buttons(item) {
        return h(
            'div',
            { class: 'row actions' },
            (ACTIONS[item.state] ?? []).map(([name, key, careful]) =>
                h(
                    'button',
                    {
                        class: careful ? 'button small quiet' : 'button small main',
                        type: 'button',
                        tabindex: '-1',
                        'aria-keyshortcuts': key,
                        onclick: () => this.act(item, name),
                    },
                    t(`officer.do_${name}`),
                ),
            ),
        );
    }

    select(place) {
        this.selected = place;
        for (const row of this.body.rows) {
            const chosen = row.dataset.place === place;
            row.setAttribute('aria-selected', String(chosen));
            row.tabIndex = chosen ? 0 : -1;
        }
    }

    focusRow() {
        this.body.querySelector(`[data-place="${this.selected}"]`)?.focus({ preventScroll: false });
    }

    key(event) {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, textarea')) {
            return;
        }
        const rows = this.items;
        const at = rows.findIndex((item) => item.place === this.selected);
        const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + 12, PageUp: at - 12 };
        if (event.key in moves && rows.length) {
            event.preventDefault();
            this.select(rows[Math.min(rows.length - 1, Math.max(0, moves[event.key]))].place);
            this.focusRow();
            return;
        }
        const action = (ACTIONS[rows[at]?.state] ?? []).find(([, key]) => key === event.key.toLowerCase());
        if (action) {
            event.preventDefault();
            this.act(rows[at], action[0]);
        }
    }

    async run(work) {
        try {
            await work();
            await this.refresh();
        } catch (error) {
            this.say(problemText(error), true);
        }
    }

    act(item, name) {
        if (name === 'refuse') {
            this.askReason(item);
        } else if (name === 'no_show') {
            this.ask(item, name, t('officer.no_show_text', { plate: item.plate, number: item.number }));
        } else {
            this.send(item, name);
        }
    }

    send(item, name, body = {}) {
        return this.run(async () => {
            await post(`/v1/places/${item.place}/${name}`, body);
            const text = t('officer.did', { number: item.number, plate: item.plate, what: t(`officer.did_${name}`) });
            this.say(text);
            announce(text);
        });
    }

    ask(item, name, text) {
        openDialog(t(`officer.do_${name}`), (close) => [
            h('p', {}, text),
            h(
                'div',
                { class: 'row' },
                h(
                    'button',
                    {
                        class: 'button main',
                        type: 'button',
                        onclick: () => {
                            close();
                            this.send(item, name).then(() => this.focusRow());
                        },
                    },
                    t(`officer.do_${name}`),
                ),
                h('button', { class: 'button', type: 'button', onclick: close }, t('border.close')),
            ),
        ]);
    }

    /** A refusal has a reason that everybody may read: out of a list, or in words. */
    askReason(item) {
        const reasons = ['papers', 'category', 'vehicle', 'cargo', 'driver'];
        openDialog(t('officer.do_refuse'), (close) => {
            const note = h('textarea', { class: 'choice wide', rows: '3', maxlength: '300', name: 'note', 'aria-label': t('officer.reason'), required: true });
            return h(
                'form',
                {
                    onsubmit: (event) => {
                        event.preventDefault();
                        close();
                        this.send(item, 'refuse', { note: note.value.trim() }).then(() => this.focusRow());
                    },
                },
                h('p', {}, t('officer.refuse_text', { plate: item.plate, number: item.number })),
                h(
                    'div',
                    { class: 'row reasons' },
                    reasons.map((reason) =>
                        h(
                            'button',
                            { class: 'button small', type: 'button', onclick: () => (note.value = t(`officer.reason_${reason}`)) },
                            t(`officer.reason_${reason}`),
                        ),
                    ),
                ),
                h('label', { class: 'wide' }, t('officer.reason'), note),
                h('p', { class: 'muted small' }, t('officer.public_note')),
                h('div', { class: 'row' }, h('button', { class: 'button danger', type: 'submit' }, t('officer.do_refuse')), h('button', { class: 'button', type: 'button', onclick: close }, t('border.close'))),
            );
        });
    }

    /** Keys of the whole console, outside of fields. */
    shortcut(event) {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog')) {
            return;
        }
        if (event.key === 'f' || event.key === 'F') {
            event.preventDefault();
            this.countInput.focus();
            this.countInput.select();
        } else if (event.key === '/') {
            event.preventDefault();
            this.searchInput.focus();
        } else if (event.key === 'ArrowDown' && !this.body.contains(event.target)) {
            event.preventDefault();
            this.focusRow();
        }
    }

    destroy() {
        this.stop?.();
        clearInterval(this.timer);
        clearTimeout(this.wait);
    }
}

/** @param {HTMLElement} place @param {object} view of officer.js */
export async function mountQueue(place, view) {
    const console_ = new Console(place, view);
    const keys = (event) => console_.shortcut(event);
    document.addEventListener('keydown', keys);
    await console_.start();
    return {
        destroy() {
            document.removeEventListener('keydown', keys);
            console_.destroy();
        },
    };
}
