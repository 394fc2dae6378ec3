/** What the specs of the border queue share: log-ins, a client beside the page, codes, pictures. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './harness.mjs';

export const QUEUE = 'nur-zholy-exit';
export const CHECKPOINT = 'NURZHOLY';

/** The form of the account's page: what a person does. Once is enough: it is slow. */
export async function logInByForm(web, name, how) {
    const page = await web.open('#/account', how);
    const form = page.locator('form').first();
    await form.locator('[name=name]').fill(name);
    await form.locator('[name=password]').fill(web.password);
    await form.locator('[type=submit]').click();
    await page.locator('.account .who').waitFor();
    return page;
}

const cookies = new Map();

/** A session for each account of a server, made once. */
async function cookieOf(web, name) {
    const key = `${web.base} ${name}`;
    if (!cookies.has(key)) {
        const login = await fetch(`${web.base}/v1/login`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ name, password: web.password }),
        });
        web.equal(login.status, 200, `log in as ${name}`);
        cookies.set(key, login.headers.get('set-cookie').split(';')[0]);
    }
    return cookies.get(key);
}

/** A page of somebody who is logged in. */
export async function openAs(web, name, hash, how) {
    const [cookie, value] = (await cookieOf(web, name)).split(/=(.*)/s);
    const page = await web.open('health', how);
    await page.context().addCookies([{ name: cookie, value, url: web.base, httpOnly: true, sameSite: 'Strict' }]);
    await page.evaluate(() => localStorage.setItem('zhol.session', 'yes'));
    await page.goto(`${web.base}/${hash}`);
    return page;
}

let keys = 0;
/** A client of the API: {get, post}; `post` gives {status, body}. */
export async function client(web, name) {
    const cookie = await cookieOf(web, name);
    const get = async (path) => (await fetch(`${web.base}${path}`, { headers: { cookie } })).json();
    const { csrf } = await get('/v1/me');
    const post = async (path, body = {}) => {
        const answer = await fetch(`${web.base}${path}`, {
            method: 'POST',
            headers: {
                cookie,
                'Content-Type': 'application/json',
                'X-Zhol-CSRF': csrf,
                'Idempotency-Key': `web-test-${process.pid}-${++keys}`,
            },
            body: JSON.stringify(body),
        });
        return { status: answer.status, body: await answer.json().catch(() => null) };
    };
    return { get, post };
}

/** Posts, and what was refused ends the test. */
export async function must(web, who, path, body) {
    const { status, body: answer } = await who.post(path, body);
    web.check(status < 300, `${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
}

const letters = 'ABCEHKMOPT';
let made = 0;
/** A vehicle and a driver that nobody had before. */
export function newTruck() {
    const number = ++made * 7 + (process.pid % 900);
    const letter = (place) => letters[Math.floor(number / 10 ** place) % 10];
    return {
        plate: `${100 + (number % 900)}${letter(0)}${letter(1)}${letter(2)}05`,
        vin: `WEB${String(process.pid).padStart(7, '0')}${String(made).padStart(7, '0')}`,
        document: `N${process.pid}${String(made).padStart(5, '0')}`,
        phone: `+7701${String(1000000 + number).slice(-7)}`,
    };
}

/** Books a place for a new truck of demo-carrier. @returns {Promise<object>} the place, with plate */
export async function bookPlace(web, { queue = QUEUE, category = 'ordinary', lang = 'ru', visa } = {}) {
    const carrier = await client(web, 'demo-carrier');
    const truck = newTruck();
    const vehicle = await must(web, carrier, '/v1/vehicles', {
        plate: truck.plate,
        vin: truck.vin,
        country: 'KZ',
        type: 'tractor',
    });
    const driver = await must(web, carrier, '/v1/drivers', {
        name: 'Test Driver',
        phone: truck.phone,
        document: truck.document,
        country: 'CN',
        lang,
        ...(visa ? { visa_free_until: visa } : {}),
    });
    const place = await must(web, carrier, '/v1/places', {
        queue,
        vehicle: vehicle.id,
        driver: driver.id,
        category,
        slot: 'next',
    });
    return { ...place, plate: truck.plate, vehicle: vehicle.id, driver: driver.id, carrier };
}

/** A place of demo-carrier in a state, the one that is called first. */
export async function placeIn(web, state, may = () => true) {
    const carrier = await client(web, 'demo-carrier');
    const { items, now } = await carrier.get('/v1/places/mine?limit=1000');
    const found = items
        .filter((each) => each.queue === QUEUE && each.state === state && may(each, Date.parse(now)))
        .sort((a, b) => a.position - b.position)[0];
    web.check(found, `demo-carrier has no place that is ${state}`);
    return { ...found, carrier };
}

/** Booked, and its slot so near that the truck may arrive now. */
export const mayArrive = (place, now) => Date.parse(place.slot.start) - now < 23 * 3600e3;

/** Calls forward until the place is called: the rules say who comes first. */
export async function callUntil(web, officer, place) {
    for (let tries = 0; tries < 60; tries++) {
        const { items } = await officer.get(`/v1/officer/queue?queue=${QUEUE}`);
        const state = items.find((each) => each.place === place)?.state;
        if (state === 'called') {
            return;
        }
        web.equal(state, 'arrived', 'what waits to be called');
        await must(web, officer, `/v1/queues/${QUEUE}/call`, { count: 5 });
    }
    throw new Error('the place was not called');
}

/** The one-time code that left for a driver after `before` messages. */
export async function codeAfter(web, before) {
    const end = Date.now() + 8000;
    while (Date.now() < end) {
        const codes = (await messages(web)).slice(before).map((line) => /\b(\d{6})\b/.exec(line.replace(/"time[^,]*,/g, '')));
        const found = codes.findLast(Boolean);
        if (found) {
            return found[1];
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('no code left for the driver');
}

/** Lines that the demonstration wrote for people. */
export async function messages(web) {
    const file = join(web.server.folder, 'zhol-demo-messages.jsonl');
    const text = await readFile(file, 'utf8').catch(() => '');
    return text.split('\n').filter(Boolean);
}

/** Opens the driver's page and logs in with plate and code. */
export async function openDriver(web, plate, how) {
    const page = await web.open('driver', { size: [360, 740], ...how });
    const before = (await messages(web)).length;
    await page.locator('#plate').fill(plate);
    await page.locator('.big').click();
    await page.locator('#code').fill(await codeAfter(web, before));
    await page.locator('.big').click();
    await page.locator('.state').waitFor();
    return page;
}

/** The whole page as a picture in build/web-shots. */
export async function picture(page, name) {
    const folder = join(root, process.env.BUILD_ROOT ?? 'build', 'web-shots');
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** No key of a message stands on the page instead of its text. */
export async function worded(web, page) {
    const text = await page.evaluate(() => document.body.innerText);
    const key = /\b(board|border|booking|driver|officer|shell)\.[a-z_]+/.exec(text);
    web.check(!key, `a message is missing: ${key}`);
}
