/** The public board: figures of the server, live calls, advice, the wall, languages, no person. */
import { CHECKPOINT, QUEUE, bookPlace, client, must, picture, worded } from './border.mjs';

const TITLES = { en: 'Border queue', ru: 'Очередь на границе', kk: 'Шекара кезегі', zh: '口岸排队' };

export default async function (web) {
    await web.test('board: every checkpoint with the figures of the server', async () => {
        const page = await web.open('#/queue');
        await page.locator('.checkpoints tbody tr').first().waitFor();
        const board = await (await fetch(`${web.base}/v1/board`)).json();
        web.equal(await page.locator('.checkpoints tbody tr').count(), board.items.length);
        const item = board.items.find((each) => each.queue === QUEUE);
        const row = page.locator(`[data-queue=${QUEUE}]`);
        web.check(
            (await row.innerText()).includes(item.waiting_total.toLocaleString('en-GB')),
            `${item.waiting_total} wait at Nur Zholy: ${await row.innerText()}`,
        );
        await web.accessible(page);
        await web.clean(page);
        await picture(page, 'board-desktop');
    });

    await web.test('board: one checkpoint, with charts, slots and categories', async () => {
        const page = await web.open(`#/queue/${CHECKPOINT}`);
        await page.locator('.categories tbody tr').first().waitFor();
        await page.locator('.plot canvas').first().waitFor();
        web.check((await page.locator('.plot canvas').count()) >= 3, 'three charts');
        web.check((await page.locator('.slots td').count()) > 20, 'slots of the coming days');
        await page.locator('.charts summary').first().click();
        web.check(await page.locator('.charts details table').first().isVisible(), 'figures as a table');
        await web.accessible(page);
        await web.clean(page);
        await picture(page, 'board-checkpoint');
    });

    await web.test('board: who is called appears within two seconds, the plate in part', async () => {
        const page = await web.open(`#/queue/${CHECKPOINT}`);
        await page.locator('.called tbody tr').first().waitFor();
        await page.locator('.dot:not(.dot-off)').waitFor();
        const officer = await client(web, 'demo-nurzholy');
        const { called } = await must(web, officer, `/v1/queues/${QUEUE}/call`, { count: 1 });
        const { items } = await officer.get(`/v1/officer/queue?queue=${QUEUE}`);
        const number = items.find((each) => each.place === called[0].place).number;
        const began = Date.now();
        await page.locator('.called strong', { hasText: new RegExp(`^${number}$`) }).waitFor({ timeout: 3000 });
        web.check(Date.now() - began < 2000, `it took ${Date.now() - began} ms`);
        const text = await page.evaluate(() => document.body.innerText);
        web.check(!text.includes(called[0].plate), 'the whole plate is not shown');
        await web.clean(page);
    });

    await web.test('board: which checkpoint should I take', async () => {
        const page = await web.open('#/queue');
        await page.locator('#advice-from').fill('Almaty');
        await page.locator('#advice-places option').first().waitFor({ state: 'attached' });
        await page.locator('#advice-from').dispatchEvent('input');
        await page.locator('.advice-table tbody tr').first().waitFor();
        web.check(page.url().includes('from='), 'the place stands in the address');
        web.check((await page.locator('.advice-table tbody tr').count()) >= 2, 'at least two checkpoints');
        await web.accessible(page);
        await web.clean(page);
        await picture(page, 'board-advice');
    });

    await web.test('board: a wall screen is read from metres, in three languages', async () => {
        await bookPlace(web);
        const page = await web.open(`#/queue/${CHECKPOINT}?wall=1`, { size: [1920, 1080] });
        await page.locator('.wall-calls li').first().waitFor();
        const size = await page.locator('.wall-calls strong').first().evaluate((each) => parseFloat(getComputedStyle(each).fontSize));
        web.check(size >= 64, `numbers are ${size} px high`);
        for (const word of ['Шақырылды', 'Вызваны', '已叫号']) {
            web.check((await page.locator('.wall').innerText()).includes(word), word);
        }
        const over = await page.evaluate(() => {
            const wall = document.querySelector('.wall');
            return wall.scrollHeight - wall.clientHeight;
        });
        web.check(over <= 0, `the wall is ${over} px too high`);
        await web.accessible(page);
        await web.clean(page);
        await web.shot(page, 'board-wall');
    });

    for (const lang of ['en', 'ru', 'kk', 'zh']) {
        await web.test(`board: complete in ${lang}, on a phone and in the dark`, async () => {
            const page = await web.open('#/queue', { lang, size: [360, 740], theme: lang === 'zh' ? 'dark' : 'light' });
            await page.locator('.checkpoints tbody tr').first().waitFor();
            web.check((await page.locator('h1').innerText()).startsWith(TITLES[lang]), 'the title');
            await worded(web, page);
            await web.fits(page);
            await picture(page, `board-phone-${lang}`);
            await page.goto(`${web.base}/#/queue/${CHECKPOINT}`);
            await page.locator('.categories tbody tr').first().waitFor();
            await page.locator('.plot canvas').first().waitFor();
            await worded(web, page);
            await web.fits(page);
            if (lang === 'zh') {
                await web.accessible(page); // dark; the light one is checked above
            }
            await web.clean(page);
            await picture(page, `board-checkpoint-phone-${lang}`);
        });
    }
}
