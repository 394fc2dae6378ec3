/** A queue with rounds, on a server of its own whose day lasts ten seconds: request, draw, proof. */
import { client, must, openAs, picture } from './border.mjs';
import { startServer } from './harness.mjs';

const DAY = 86400e3;
const instant = (time) => new Date(Math.floor(time / DAY) * DAY).toISOString().replace('.000', '');

/** The same tests' pages against a second server, which is stopped at the end. */
async function elsewhere(web, more, body) {
    const { base, server } = web;
    const other = await startServer(process.argv[2], more);
    try {
        Object.assign(web, { base: other.base, server: other });
        await body();
    } finally {
        Object.assign(web, { base, server });
        await other.stop();
    }
}

export default async function (web) {
    await web.test('round: a request, the draw, the seed revealed', async () => {
        // A day in ten seconds: requests are taken for a day.
        await elsewhere(web, ['--scenario', 'queue-round', '--speed', '9000'], async () => {
            const operator = await client(web, 'demo-operator');
            const { now } = await operator.get('/v1/meta');
            const begin = Date.parse(now) + 6 * DAY;
            await must(web, operator, '/v1/queues/nur-zholy-exit/rounds', { from: instant(begin), until: instant(begin + DAY) });
            const page = await openAs(web, 'demo-carrier', '#/booking');
            await page.locator('input[name=vehicle]:not(:disabled)').first().check();
            await page.locator('input[name=driver]:not(:disabled)').first().check();
            await page.locator('.step-buttons .main').click();
            await page.locator('input[name=category][value=ordinary]').check();
            await page.locator('input[name=queue][value=nur-zholy-exit]').check();
            await page.locator('.step-buttons .main').click();
            await page.locator('input[name=how][value=round]').check();
            await picture(page, 'booking-round');
            await page.locator('.step-buttons .main').click();
            await page.locator('#book').click();
            await page.locator('.receipt .badge', { hasText: 'In the draw' }).waitFor();
            const carrier = await client(web, 'demo-carrier');
            const { items } = await carrier.get('/v1/places/mine?limit=1000');
            const place = items.find((each) => each.state === 'requested').place;
            await page.goto(`${web.base}/#/places`);
            const row = page.locator(`[data-place="${place}"]`);
            await row.locator('.badge', { hasText: 'In the draw' }).waitFor();
            const console_ = await openAs(web, 'demo-operator', '#/officer/rounds');
            const draw = console_.getByRole('button', { name: 'Draw now' });
            await draw.waitFor();
            for (let tries = 0; tries < 20 && (await draw.count()); tries++) {
                await draw.click();
                await console_.waitForTimeout(500);
            }
            // A day later its slot may have passed already: then it stands among the earlier places.
            await row.locator('.badge', { hasNotText: 'In the draw' }).waitFor({ state: 'attached' });
            web.check((await carrier.get(`/v1/places/${place}`)).item.slot, 'the draw gave a slot');
            await web.clean(page);
            await web.clean(console_, /status of 409/);
            await page.goto(`${web.base}/#/queue/NURZHOLY`);
            await page.locator('.round').waitFor();
            web.equal(await page.locator('.round + tr code').count(), 2, 'hash and seed');
            await picture(page, 'board-round');
        });
    });
}
