/** The driver's page: plate and code, a call within a second, offline, small, four languages. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bookPlace, callUntil, client, mayArrive, must, openDriver, picture, placeIn, worded } from './border.mjs';
import { root } from './harness.mjs';

/** All files that the driver's page can load, by following what each names. */
async function bundle() {
    const dist = join(root, 'web', 'dist');
    const names = new Set(await readdir(join(dist, 'assets')));
    const seen = new Set();
    const walk = async (text) => {
        for (const [name] of text.matchAll(/[\w-]+\.(?:js|css)/g)) {
            if (names.has(name) && !seen.has(name)) {
                seen.add(name);
                await walk(await readFile(join(dist, 'assets', name), 'utf8'));
            }
        }
    };
    await walk(await readFile(join(dist, 'driver.html'), 'utf8'));
    const files = [...[...seen].map((name) => join(dist, 'assets', name)), join(dist, 'driver.html'), join(dist, 'driver-sw.js')];
    return Promise.all(files.map(async (file) => (await stat(file)).size));
}

export default async function (web) {
    await web.test('driver: everything together is under 100 KB, uncompressed, four languages in it', async () => {
        const sizes = await bundle();
        const sum = sizes.reduce((total, size) => total + size, 0);
        web.check(sizes.length >= 6, `${sizes.length} files`);
        web.check(sum < 100e3, `${sum} bytes in ${sizes.length} files`);
        console.log(`        driver's page: ${sum} bytes in ${sizes.length} files`);
    });

    await web.test('driver: a wrong plate or code is refused, and says so', async () => {
        const page = await web.open('driver', { size: [360, 740], lang: 'ru' });
        await page.locator('#plate').fill('000XXX00');
        await page.locator('.big').click();
        await page.locator('#code').fill('000000');
        await page.locator('.big').click();
        await page.locator('.fault', { hasText: 'неверны' }).waitFor();
        await web.accessible(page);
        await web.clean(page, /status of 40[13]/);
    });

    await web.test('driver: a truck that arrives sees it at once', async () => {
        const place = await placeIn(web, 'booked', mayArrive);
        const page = await openDriver(web, place.plate, { lang: 'ru' });
        await page.locator('[data-state=booked]').waitFor();
        await picture(page, 'driver-booked-ru');
        const officer = await client(web, 'demo-nurzholy');
        await must(web, officer, `/v1/places/${place.place}/arrive`);
        await page.locator('[data-state=arrived]').waitFor({ timeout: 2000 });
        await web.clean(page);
        await picture(page, 'driver-arrived-ru');
    });

    await web.test('driver: sees the call within a second', async () => {
        const place = await placeIn(web, 'arrived');
        const page = await openDriver(web, place.plate, { lang: 'ru' });
        await page.locator('[data-state=arrived]').waitFor();
        await page.locator('.dot').waitFor();
        const seen = page.evaluate(
            () =>
                new Promise((resolve) => {
                    const look = () =>
                        document.querySelector('[data-state=called]') ? resolve(Date.now()) : setTimeout(look, 5);
                    look();
                }),
        );
        const officer = await client(web, 'demo-nurzholy');
        await callUntil(web, officer, place.place);
        const told = Date.now();
        const late = (await seen) - told;
        web.check(late < 1000, `the phone changed ${late} ms after the call was known to the officer`);
        console.log(`        the phone showed the call ${Math.max(0, late)} ms after the officer knew it`);
        web.check((await page.locator('[aria-live=assertive]').textContent()).includes('ВЫЗВАНЫ'), 'said to screen readers');
        await web.accessible(page);
        await web.clean(page);
        await picture(page, 'driver-called-ru');
    });

    await web.test('driver: a moved slot and a closed checkpoint are told in large type', async () => {
        const place = await bookPlace(web, { queue: 'kolzhat-exit' });
        const page = await openDriver(web, place.plate, { lang: 'zh', theme: 'dark' });
        await page.locator('.dot').waitFor();
        const officer = await client(web, 'demo-kolzhat');
        await must(web, officer, '/v1/queues/kolzhat-exit/capacity', {
            from: place.slot.start,
            until: place.slot.end,
            percent: 0,
            note: 'The other side is shut in this hour',
        });
        await page.locator('.moved').waitFor({ timeout: 2000 });
        web.check((await page.locator('[aria-live=assertive]').textContent()).includes('您的时段已调整'), 'said to screen readers');
        await web.accessible(page);
        await picture(page, 'driver-moved-zh');
        await page.locator('.moved button').click();
        web.equal(await page.locator('.moved').count(), 0);
        const { now } = await officer.get('/v1/board');
        await must(web, officer, '/v1/queues/kolzhat-exit/close', { from: now, until: null, note: 'X-ray out of order' });
        try {
            await page.locator('h1', { hasText: '关闭' }).waitFor();
            await web.accessible(page);
            await picture(page, 'driver-closed-zh');
        } finally {
            await must(web, officer, '/v1/queues/kolzhat-exit/reopen');
        }
        await web.clean(page);
    });

    await web.test('driver: the last state is readable without a network, also after a reload', async () => {
        const place = await bookPlace(web);
        const page = await openDriver(web, place.plate, { lang: 'kk' });
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => new Promise((resolve) => setTimeout(resolve, 600))));
        await page.context().setOffline(true);
        await page.locator('.offline').waitFor();
        await page.reload();
        await page.locator('.offline').waitFor();
        web.check((await page.locator('.plate').first().innerText()) === place.plate, 'the plate is still there');
        web.check((await page.locator('h1').innerText()) === 'Орын брондалды', 'the state is still there');
        await picture(page, 'driver-offline-kk');
        await page.context().setOffline(false);
        await page.locator('.offline').waitFor({ state: 'detached' });
        await web.clean(page, /ERR_INTERNET_DISCONNECTED/);
    });

    await web.test('driver: the QR code of the receipt opens the state without a log-in', async () => {
        const place = await bookPlace(web);
        const page = await web.open(`driver#${place.place}`, { size: [360, 740], lang: 'en' });
        await page.locator('[data-state=booked]').waitFor();
        const text = await page.locator('main').innerText();
        web.check(!text.includes(place.plate), 'the whole plate is not shown');
        await web.clean(page);
    });

    for (const lang of ['en', 'ru', 'kk', 'zh']) {
        await web.test(`driver: complete in ${lang}`, async () => {
            const place = await bookPlace(web, { visa: '2025-12-01' });
            const page = await openDriver(web, place.plate, { lang, theme: lang === 'zh' || lang === 'en' ? 'dark' : 'light' });
            await page.locator('.papers li').first().waitFor();
            await worded(web, page);
            await web.fits(page);
            if (lang === 'ru' || lang === 'zh') {
                await web.accessible(page); // light and dark
            }
            await web.clean(page);
            await picture(page, `driver-${lang}`);
        });
    }
}
