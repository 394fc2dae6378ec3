/**
 * The public board of the border queue: all checkpoints, one checkpoint, or its wall screen.
 *
 *   #/queue                  every checkpoint in one table, who was called, which one to take
 *   #/queue/NURZHOLY         one checkpoint: categories, calls, slots, draws, history
 *   #/queue/NURZHOLY?wall=1  the same for a wall screen, read from some metres
 *
 * It shows no personal data, and follows the server's events; without them it asks twice a minute.
 */
import { follow, get, getOnce } from '../api.js';
import { t } from '../i18n.js';
import { beijing, clock, now, setNow } from '../parts/border_time.js';
import { demoStrip, queueTabs } from '../parts/border_parts.js';
import { session } from '../parts/border_session.js';
import { h } from '../parts/dom.js';
import { announce, failure } from '../parts/notice.js';
import { remember } from '../router.js';
import { drawCheckpoint } from './queue_checkpoint.js';
import { drawOverview } from './queue_overview.js';
import { drawWall } from './queue_wall.js';

const POLL_MS = 30e3;
const PAUSE_MS = 1500;

/** Words for a screen reader when somebody was called since the last answer. */
function newCalls(before, after) {
    const known = new Set(before.flatMap((each) => each.called.map((call) => call.number)));
    return after
        .flatMap((each) => each.called)
        .filter((call) => !known.has(call.number))
        .map((call) => t('board.announce_called', { number: call.number, plate: call.plate_masked }))
        .slice(0, 5)
        .join('. ');
}

class Board {
    constructor(root, context) {
        this.root = root;
        this.params = context.params;
        this.checkpoint = context.rest[0] ?? '';
        this.wall = context.params.wall === '1';
        this.items = [];
        this.live = false;
        this.ended = false;
        this.timers = [];
        this.clockText = h('p', { class: 'clocks' });
        this.place = h('div', { class: 'board' });
    }

    async start() {
        const [checkpoints, meta, me] = await Promise.all([
            get('/v1/checkpoints'),
            get('/v1/meta'),
            session(),
        ]);
        this.checkpoints = checkpoints.items;
        this.meta = meta;
        setNow(meta.now, meta.clock_speed);
        this.frame(me);
        await this.refresh();
        const topic = 'board';
        this.unfollow = follow(topic, () => this.soon(), (open) => this.connected(open));
        this.timers.push(setInterval(() => this.refresh(), POLL_MS), setInterval(() => this.tick(), 1000));
        this.tick();
    }

    frame(me) {
        document.body.classList.toggle('is-wall', this.wall);
        if (this.wall) {
            this.place.className = 'wall';
            this.root.append(this.place);
            return;
        }
        const heading = h('h1', {}, t('board.title'));
        this.root.append(
            demoStrip(this.meta.demo),
            h(
                'div',
                { class: 'page queue-page' },
                queueTabs('queue', me.role),
                h('div', { class: 'page-head' }, heading, this.clockText),
                this.place,
            ),
        );
    }

    /** Events come in bursts (a call of ten trucks): the board is asked for once. */
    soon() {
        clearTimeout(this.wait);
        const since = performance.now() - (this.asked ?? 0);
        this.wait = setTimeout(() => this.refresh(), Math.max(50, PAUSE_MS - since));
    }

    connected(open) {
        this.live = open;
        this.tick();
    }

    async refresh() {
        this.asked = performance.now();
        try {
            const answer = await get('/v1/board', { checkpoint: this.checkpoint });
            if (this.ended) {
                return;
            }
            setNow(answer.now);
            const calls = this.items.length ? newCalls(this.items, answer.items) : '';
            this.items = answer.items;
            this.method = answer.method;
            this.got = now();
            this.draw();
            if (calls) {
                announce(calls);
            }
        } catch (error) {
            if (!this.items.length) {
                this.place.replaceChildren(failure(error, () => this.refresh()));
            }
        }
    }

    tick() {
        const time = now();
        const fresh = this.live ? t('board.live') : t('board.not_live');
        this.clockText.replaceChildren(
            h('span', { class: 'number' }, `${t('border.kz_time')} ${clock(time)}`),
            h('span', { class: 'number' }, `${t('border.beijing_time')} ${beijing(time)}`),
            h('span', { class: this.live ? 'dot' : 'dot dot-off' }, fresh),
        );
        this.onTick?.(time);
    }

    /** What the visitor chose stands in the address. */
    choose(params) {
        this.params = { ...this.params, ...params };
        remember('queue', this.params, this.checkpoint ? [this.checkpoint] : []);
        this.draw();
    }

    draw() {
        if (this.wall) {
            drawWall(this);
        } else if (this.checkpoint) {
            drawCheckpoint(this);
        } else {
            drawOverview(this);
        }
    }

    end() {
        this.ended = true;
        this.unfollow?.();
        this.timers.forEach(clearInterval);
        clearTimeout(this.wait);
        this.charts?.forEach((chart) => chart.destroy());
        this.leaving?.();
        document.body.classList.remove('is-wall');
    }
}

/** @param {HTMLElement} root @param {import('../router.js').Context} context */
export async function mount(root, context) {
    const board = new Board(root, context);
    await board.start();
    return { destroy: () => board.end() };
}

/** Checkpoints change with the corridor only. */
export const checkpointsOnce = () => getOnce('/v1/checkpoints').then((answer) => answer.items);
