/** Capacity: a limit is dragged and the whole assignment answers. */

const unmet = async (page) => Number(await page.locator('#capacity-sums').getAttribute('data-unmet'));

/** Moves a limit's slider as a hand would, by its value. */
const drag = (page, id, value) =>
    page.evaluate(
        ([name, to]) => {
            const slider = document.querySelector(`input[data-resource="${name}"]`);
            slider.value = to;
            slider.dispatchEvent(new Event('input', { bubbles: true }));
        },
        [id, value],
    );

export default async function (web) {
    await web.test('capacity: more trains at Altynkol leave less behind, and back again', async () => {
        const page = await web.open('#/capacity?period=2024-11');
        await page.locator('input[data-resource="R.S028F"]').waitFor();
        const stated = await unmet(page);
        web.check(stated > 0, 'something is left behind in November 2024');
        const started = Date.now();
        await drag(page, 'R.S028F', 28);
        await page.waitForFunction((before) => Number(document.querySelector('#capacity-sums').dataset.unmet) < before, stated);
        console.log(`  an answer ${Date.now() - started} ms after the slider moved`);
        web.check(page.url().includes('R.S028F%3D28'), 'the change stands in the address');
        await web.shot(page, 'capacity');
        await web.accessible(page);
        await page.getByRole('button', { name: 'As stated' }).click();
        await page.waitForFunction((before) => Number(document.querySelector('#capacity-sums').dataset.unmet) === before, stated);
        await web.clean(page);
    });

    await web.test('capacity: an address with a change is the change, in Russian', async () => {
        const page = await web.open('#/capacity?period=2024-11&change=R.S028F%3D28', { lang: 'ru' });
        await page.locator('.capacity-limit[data-changed="true"]').first().waitFor();
        web.equal(await page.locator('input[data-resource="R.S028F"]').inputValue(), '28');
        await web.clean(page);
    });

    await web.test('capacity: words and units in Kazakh and Chinese, nothing wider than the window', async () => {
        for (const [lang, title, unit] of [['kk', 'Қуаттар', 'пойыз / тәулік'], ['zh', '运力', '列 / 天']]) {
            const page = await web.open('#/capacity?period=2024-11', { lang, size: [360, 740] });
            const limit = page.locator('.capacity-limit', { has: page.locator('input[data-resource="R.S028F"]') });
            await limit.waitFor();
            web.equal(await page.locator('h1').innerText(), title);
            web.check((await limit.innerText()).includes(unit), `${lang}: no "${unit}"`);
            await web.fits(page);
            await web.clean(page);
        }
    });
}
