/**
 * What every test of the page uses: one server, one browser, pages that are watched.
 *
 * A spec file is test_NAME.mjs beside this one:
 *
 *     export default async function (web) {
 *         await web.test('what must be so', async () => {
 *             const page = await web.open('#/corridor', { lang: 'ru', size: [360, 740], theme: 'dark' });
 *             await page.getByRole('button', { name: 'Пуск' }).click();
 *             web.equal(await page.title(), 'Коридор · Zhol');
 *             await web.clean(page);          // no error on the console, no request elsewhere
 *             await web.accessible(page);     // axe-core: nothing serious
 *             await web.shot(page, 'corridor-ru');
 *         });
 *     }
 *
 * Each test has its own browser context, closed at its end. A test ends at its first failure.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const require = createRequire(join(root, 'web', 'package.json'));
const { chromium } = require('playwright-core');

const PASSWORD = 'demo-password-for-tests';
const WAIT = 10000;
/** Rules of axe-core that concern how serious a finding is. */
const SERIOUS = new Set(['serious', 'critical']);

function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer().once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

/** Starts `zhol serve --demo` on a free port with a store of its own. */
export async function startServer(program, more = ['--speed', '1']) {
    const folder = await mkdtemp(join(tmpdir(), 'zhol-web-'));
    const port = await freePort();
    const child = spawn(
        program,
        ['serve', '--demo', '--store', `sqlite:${join(folder, 'demo.db')}`, '--listen', `127.0.0.1:${port}`,
            '--web', join(root, 'web', 'dist'), '--rate', '0', ...more],
        { env: { ...process.env, ZHOL_DEMO_PASSWORD: PASSWORD }, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    let ended = false;
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (said += text));
    child.on('exit', () => (ended = true));
    const stop = async () => {
        if (!ended) {
            child.kill('SIGTERM');
            await new Promise((resolve) => {
                child.once('exit', resolve);
                setTimeout(() => child.kill('SIGKILL'), 5000).unref();
            });
        }
        await rm(folder, { recursive: true, force: true });
    };
    const base = `http://127.0.0.1:${port}`;
    for (let tries = 0; tries < 600 && !ended; tries++) {
        try {
            if ((await fetch(`${base}/ready`)).ok) {
                return { base, folder, said: () => said, stop };
            }
        } catch {
            // Not listening yet.
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await stop();
    throw new Error(`the server did not start:\n${said}`);
}

class Web {
    passed = 0;
    failed = 0;
    password = PASSWORD;
    #browser;
    #contexts = [];
    #watched = new WeakMap();
    #only = process.env.WEB_ONLY ?? '';

    constructor(server, browser) {
        this.server = server;
        this.base = server.base;
        this.#browser = browser;
    }

    /**
     * A test that fails is tried once more, and says so: a busy machine makes browsers late. What
     * fails twice has failed.
     * @param {string} name
     * @param {() => Promise<void>} body
     */
    async test(name, body) {
        if (this.#only && !name.includes(this.#only)) {
            return;
        }
        for (const last of [false, true]) {
            const began = Date.now();
            try {
                await body();
                this.passed++;
                console.log(`ok      ${name} (${Date.now() - began} ms${last ? ', at the second try' : ''})`);
                return;
            } catch (error) {
                this.failed += last ? 1 : 0;
                console.log(`${last ? 'FAILED ' : 'again: '} ${name}\n${String(error.stack ?? error).replace(/^/gm, '        ')}`);
                await this.#shotOfFailure(name);
            } finally {
                await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
            }
        }
    }

    async #shotOfFailure(name) {
        const pages = this.#contexts.flatMap((context) => context.pages());
        for (const page of pages.slice(-1)) {
            await this.shot(page, `failed-${name.replace(/\W+/g, '-')}`).catch(() => {});
        }
    }

    /**
     * Opens the page in a browser of its own.
     * @param {string} path hash or path
     * @param {{lang?: string, theme?: 'light'|'dark', size?: [number, number], motion?: string}} [how]
     */
    async open(path = '', { lang = 'en', theme = 'light', size = [1400, 900], offline = false } = {}) {
        const context = await this.#browser.newContext({
            locale: { kk: 'kk-KZ', zh: 'zh-CN' }[lang] ?? lang,
            colorScheme: theme,
            viewport: { width: size[0], height: size[1] },
            offline,
            reducedMotion: 'reduce',
        });
        context.setDefaultTimeout(WAIT);
        this.#contexts.push(context);
        const page = await context.newPage();
        const seen = { errors: [], elsewhere: [] };
        this.#watched.set(page, seen);
        page.on('console', (message) => message.type() === 'error' && seen.errors.push(message.text()));
        page.on('pageerror', (error) => seen.errors.push(error.message));
        page.on('request', (request) => {
            const url = request.url();
            if (!url.startsWith(this.base) && !/^(data|blob|about):/.test(url)) {
                seen.elsewhere.push(url);
            }
        });
        await page.goto(`${this.base}/${path.replace(/^\//, '')}`);
        return page;
    }

    /** No error on the console and no request that left the origin. `expected`: errors that belong. */
    async clean(page, expected = /^$/) {
        const { errors, elsewhere } = this.#watched.get(page);
        this.equal(errors.filter((text) => !expected.test(text)).join('\n'), '', 'errors on the console');
        this.equal(elsewhere.join('\n'), '', 'requests that left the origin');
    }

    /** No serious finding of axe-core (WCAG 2.1 A and AA) on the page or a part of it. */
    async accessible(page, part = 'html') {
        await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
        const findings = await page.evaluate(
            (selector) =>
                globalThis.axe.run(selector, {
                    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
                    resultTypes: ['violations'],
                }),
            part,
        );
        const serious = findings.violations
            .filter((finding) => SERIOUS.has(finding.impact))
            .map((finding) => `${finding.id}: ${finding.help}\n  ${finding.nodes.slice(0, 4).map((node) => node.html.slice(0, 160)).join('\n  ')}`);
        this.equal(serious.join('\n'), '', 'findings of axe-core');
    }

    /** No part of the page is wider than the window. */
    async fits(page) {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        this.check(over <= 0, `the page is ${over} px wider than the window`);
    }

    /** A picture for people to look at, in build/web-shots. */
    async shot(page, name) {
        const folder = join(root, process.env.BUILD_ROOT ?? 'build', 'web-shots');
        await mkdir(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${name}.png`) });
    }

    check(condition, text) {
        if (!condition) {
            throw new Error(text);
        }
    }

    equal(got, want, what = '') {
        if (got !== want) {
            throw new Error(`${what ? `${what}: ` : ''}got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
        }
    }

    /** A second row of tests over the same server and browser, counted by itself. */
    beside() {
        return new Web(this.server, this.#browser);
    }

    async close() {
        await this.#browser.close();
        await this.server.stop();
    }
}

/** @param {string} program path of zhol; with WEB_BASE a server that runs already is tested */
export async function startWeb(program) {
    const running = process.env.WEB_BASE;
    const server = running
        ? { base: running, folder: '', said: () => '', stop: async () => {} }
        : await startServer(program);
    try {
        const browser = await chromium.launch({
            executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
            args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
        });
        return new Web(server, browser);
    } catch (error) {
        await server.stop();
        throw error;
    }
}
