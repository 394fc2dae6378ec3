/** The consoles: the queue by keyboard, a preview before a cut, report, appeals, draws, audit. */
import { QUEUE, bookPlace, client, mayArrive, must, openAs, picture, placeIn, worded } from './border.mjs';

export default async function (web) {
    /** The console with one place searched, and its row. */
    const rowOf = async (place) => {
        const page = await openAs(web, 'demo-nurzholy', '#/officer/queue');
        await page.locator('.queue-table tbody tr').first().waitFor();
        await web.shot(page, 'officer-queue');
        await page.keyboard.press('/');
        await page.keyboard.type(place.plate);
        const row = page.locator(`.queue-table [data-place="${place.place}"]`);
        await row.waitFor();
        await row.focus();
        return { page, row };
    };

    await web.test('officer: a truck arrives, with one key', async () => {
        const { page, row } = await rowOf(await placeIn(web, 'booked', mayArrive));
        await page.keyboard.press('a');
        await row.locator('.badge', { hasText: 'At the waiting area' }).waitFor();
        await web.clean(page);
    });

    await web.test('officer: call forward, enter and clear with the keyboard', async () => {
        const place = await placeIn(web, 'arrived');
        const { page, row } = await rowOf(place);
        for (let tries = 0; tries < 30 && !(await row.locator('.badge', { hasText: 'Called' }).count()); tries++) {
            await page.locator('body').click({ position: { x: 5, y: 300 } });
            await page.keyboard.press('f');
            await page.keyboard.type('5');
            const listed = page.waitForResponse((answer) => answer.url().includes('/v1/officer/queue'));
            await page.keyboard.press('Enter');
            await listed;
        }
        await row.locator('.badge', { hasText: 'Called' }).waitFor();
        await row.focus();
        await page.keyboard.press('e');
        await row.locator('.badge', { hasText: 'At the checkpoint' }).waitFor();
        web.check((await page.locator('.console-status').innerText()).includes(place.plate), 'what was done is said');
        await web.accessible(page);
        await row.focus();
        await page.keyboard.press('c');
        await row.waitFor({ state: 'detached' });
        await web.clean(page);
    });

    await web.test('officer: a refusal asks for a public reason', async () => {
        const place = await bookPlace(web);
        const page = await openAs(web, 'demo-nurzholy', '#/officer/queue');
        await page.locator('.queue-table tbody tr').first().waitFor();
        await page.locator('[type=search]').fill(place.plate);
        const row = page.locator(`.queue-table [data-place="${place.place}"]`);
        await row.waitFor();
        await row.focus();
        await page.keyboard.press('r');
        await page.locator('dialog .reasons button').first().click();
        await web.accessible(page);
        await picture(page, 'officer-refuse');
        await page.locator('dialog [type=submit]').click();
        await row.waitFor({ state: 'detached' });
        const mine = await place.carrier.get(`/v1/places/${place.place}`);
        web.equal(mine.item.state, 'refused');
        await web.clean(page);
    });

    await web.test('officer: a cut of the limit shows who is affected before it is confirmed', async () => {
        const page = await openAs(web, 'demo-nurzholy', '#/officer/limit');
        const card = page.locator('[data-part=capacity]');
        const before = await (await fetch(`${web.base}/v1/heads`)).json();
        await card.locator('[name=amount]').fill('70');
        await card.locator('[name=note]').fill('The other side takes 650 a day');
        await card.locator('[type=submit]').click();
        await card.locator('.affected tbody tr').first().waitFor();
        const affected = Number((await card.locator('.kpis strong').first().innerText()).replace(/\D/g, ''));
        web.check(affected > 0, `${affected} are affected`);
        const between = await (await fetch(`${web.base}/v1/heads`)).json();
        web.equal(
            JSON.stringify(between.items.find((each) => each.stream === 'NURZHOLY')),
            JSON.stringify(before.items.find((each) => each.stream === 'NURZHOLY')),
            'a preview writes nothing',
        );
        await web.accessible(page);
        await picture(page, 'officer-limit-preview');
        await card.locator('[name=amount]').fill('75');
        web.equal(await card.locator('.affected').count(), 0, 'a changed form makes the preview void');
        await card.locator('[type=submit]').click();
        await card.locator('.affected tbody tr').first().waitFor();
        const promised = await card.locator('.kpis strong').first().innerText();
        await card.locator('.button.danger').click();
        await card.locator('.good').waitFor();
        web.check((await card.locator('.good').innerText()).includes(promised), 'as many as the preview said');
        await web.clean(page);
    });

    await web.test('officer: closing and reopening, seen on the board at once', async () => {
        const page = await openAs(web, 'demo-kolzhat', '#/officer/limit');
        const board = await web.open('#/queue');
        const row = board.locator('[data-queue=kolzhat-exit]');
        await row.waitFor();
        const card = page.locator('[data-part=close]');
        await card.locator('[name=from_time]').selectOption('00:00');
        await card.locator('[name=note]').fill('X-ray out of order');
        await card.locator('[type=submit]').click();
        await card.locator('.button.danger').click();
        await card.locator('.good').waitFor();
        await row.getByText('X-ray out of order').waitFor({ timeout: 5000 });
        await picture(board, 'board-closed');
        await page.locator('button', { hasText: 'Reopen now' }).click();
        await row.getByText('X-ray out of order').waitFor({ state: 'detached', timeout: 5000 });
        await web.clean(page);
        await web.clean(board);
    });

    await web.test('officer: the report, on paper too', async () => {
        const page = await openAs(web, 'demo-nurzholy', '#/officer/report', { lang: 'ru' });
        await page.locator('.report tbody tr').first().waitFor();
        await page.locator('.report-tools .segment button').nth(1).click();
        await page.locator('.report tbody tr').first().waitFor();
        await worded(web, page);
        await web.clean(page);
        await picture(page, 'officer-report-ru');
    });

    await web.test('officer: a console on a phone, in Russian and in the dark', async () => {
        const page = await openAs(web, 'demo-nurzholy', '#/officer/queue', { lang: 'ru', theme: 'dark', size: [360, 740] });
        await page.locator('.queue-table tbody tr').first().waitFor();
        await worded(web, page);
        await web.fits(page);
        await web.shot(page, 'officer-phone-ru');
        await page.locator('.segment button').nth(1).click();
        await page.locator('.queue-table .badge-good').first().waitFor();
        await web.accessible(page);
        await web.clean(page);
    });

    await web.test('operator: an appeal is sent by the carrier and upheld', async () => {
        const place = await placeIn(web, 'arrived');
        const officer = await client(web, 'demo-nurzholy');
        await must(web, officer, `/v1/places/${place.place}/refuse`, { note: 'papers' });
        const carrier = await openAs(web, 'demo-carrier', '#/places');
        await carrier.locator('[data-part=past] summary').click();
        await carrier.locator(`[data-place="${place.place}"]`).getByRole('button', { name: 'Appeal' }).click();
        await carrier.locator('dialog textarea').fill('The papers were complete');
        await carrier.locator('dialog .button.main').click();
        await carrier.locator('dialog').waitFor({ state: 'detached' });
        await web.clean(carrier);
        const page = await openAs(web, 'demo-operator', '#/officer/appeals');
        const row = page.locator('tr', { hasText: `№ ${place.number}` });
        await row.getByRole('button').click();
        await page.locator('dialog textarea').fill('Papers seen');
        await web.accessible(page);
        await page.locator('dialog .button.main').click();
        await row.waitFor({ state: 'detached' });
        await web.clean(page);
        await picture(page, 'operator-appeals');
    });

    await web.test('operator: webhooks, rules and draws have their pages', async () => {
        const page = await openAs(web, 'demo-operator', '#/officer/webhooks');
        await page.locator('form [name=url]').fill('https://example.org/hook');
        await page.locator('form [name=secret]').fill('0123456789abcdef');
        await page.locator('form [name=topics]').fill(`queue:${QUEUE}`);
        await page.locator('form [type=submit]').click();
        await page.locator('tr', { hasText: 'example.org' }).waitFor();
        await web.accessible(page);
        await picture(page, 'operator-webhooks');
        await page.locator('tr', { hasText: 'example.org' }).getByRole('button').click();
        await page.locator('tr', { hasText: 'example.org' }).waitFor({ state: 'detached' });
        for (const part of ['rounds', 'rules']) {
            await page.goto(`${web.base}/#/officer/${part}`);
            await page.locator('.console .card').first().waitFor();
            await web.accessible(page);
            await worded(web, page);
            await picture(page, `operator-${part}`);
        }
        await web.clean(page);
    });

    await web.test('auditor: the whole journal holds', async () => {
        const page = await openAs(web, 'demo-auditor', '#/officer/audit');
        await page.locator('#audit').click();
        await page.locator('.badge-good', { hasText: 'Valid' }).waitFor({ timeout: 30000 });
        await web.accessible(page);
        await web.clean(page);
        await picture(page, 'auditor');
    });

    await web.test('officer: a stranger sees a log-in, a carrier sees no console', async () => {
        const page = await web.open('#/officer');
        await page.locator('[name=password]').waitFor();
        web.equal(await page.locator('.queue-table').count(), 0);
        await web.accessible(page);
        await web.clean(page);
        const carrier = await openAs(web, 'demo-carrier', '#/officer');
        await carrier.getByText('Your account may not do this').waitFor();
        await web.clean(carrier);
    });
}
