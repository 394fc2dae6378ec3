/** The planner: from the form to the list, chart, map, legs, files; why not; a link that says it all. */
export default async function (web) {
    await web.test('plan: asked by the form, answered as list, chart, map and legs', async () => {
        const page = await web.open('#/plan');
        await page.getByRole('combobox', { name: 'From' }).fill('Chongq');
        await page.getByRole('option', { name: /Chongqing/ }).click();
        await page.getByRole('combobox', { name: 'To', exact: true }).fill('Дуйсб');
        await page.locator('.combo ul:not([hidden]) [role=option]').first().waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Plan', exact: true }).click();
        const rows = page.locator('.plan-list tbody tr');
        await rows.first().waitFor();
        web.check((await rows.count()) >= 5, 'itineraries');
        web.equal(await page.locator('.plan-list .badge').getByText('fastest').count(), 1);
        web.check((await page.locator('.legs tbody tr').count()) >= 5, 'legs');
        web.check((await page.locator('.route .leg').count()) >= 2, 'a way on the map');
        web.check((await page.locator('.plan-chart canvas').count()) === 1, 'a chart');
        await rows.nth(2).locator('button').click();
        await page.getByRole('heading', { name: /^3\. / }).waitFor();
        web.check(page.url().includes('picked=3'), 'what is picked stands in the address');
        await web.accessible(page);
        await web.shot(page, 'plan');
        await web.clean(page);
    });

    await web.test('plan: the link shows the same to somebody else, in Russian and dark', async () => {
        const page = await web.open('#/plan?from=XIAN&to=POTI&feu=1&picked=2', { lang: 'ru', theme: 'dark' });
        await page.getByRole('heading', { name: /^2\. / }).waitFor();
        web.equal(await page.locator('.plan-list tr.picked').getAttribute('data-number'), '2');
        await web.accessible(page);
        await web.shot(page, 'plan-ru-dark');
        await web.clean(page);
    });

    await web.test('plan: CSV and GeoJSON', async () => {
        const page = await web.open('#/plan?from=XIAN&to=POTI&feu=1');
        const [csv, shapes] = await Promise.all(
            ['CSV', 'GeoJSON'].map(async (name) => {
                const href = await page.getByRole('link', { name, exact: true }).getAttribute('href');
                const answer = await fetch(new URL(href, web.base));
                web.equal(answer.status, 200, name);
                return answer.text();
            }),
        );
        web.check(csv.split('\n').length > 10 && csv.includes('itinerary,'), 'rows of legs');
        web.equal(JSON.parse(shapes).type, 'FeatureCollection');
    });

    await web.test('plan: why not, and no way at all', async () => {
        const page = await web.open('#/plan?from=YIWU&to=LODZ&feu=1&avoid=RU');
        await page.locator('.plan-list tbody tr').first().waitFor();
        await page.getByRole('combobox', { name: 'Through which place?' }).fill('Brest');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Ask why not' }).click();
        await page.waitForFunction(() => document.querySelector('.why-answer').textContent.includes('Brest'));
        await page.goto(`${web.base}/#/plan?from=XIAN&to=POTI&feu=1&avoid=rail,road`);
        await page.getByText('There is no way for this cargo.').waitFor();
        await web.clean(page);
    });

    await web.test('plan: a name that does not exist is told with near ones', async () => {
        const page = await web.open('#/plan?from=Dostikk&to=POTI&feu=1');
        await page.getByRole('alert').getByText('Dostyk').waitFor();
        await web.clean(page, /422/);
    });

    await web.test('plan: fits 360 px', async () => {
        const page = await web.open('#/plan?from=XIAN&to=POTI&feu=1', { size: [360, 740] });
        await page.locator('.legs tbody tr').first().waitFor();
        await web.fits(page);
        await web.accessible(page);
        await web.shot(page, 'plan-360');
    });

    await web.test('promises: by state, with evidence', async () => {
        const page = await web.open('#/promises', { lang: 'ru' });
        await page.locator('.promise').first().waitFor();
        const all = await page.locator('.promise').count();
        await page.getByRole('button', { name: /^отстаёт/ }).click();
        const behind = await page.locator('.promise').count();
        web.check(behind > 0 && behind < all, `${behind} of ${all} are behind`);
        await page.locator('.promise summary').first().click();
        await web.accessible(page);
        await web.shot(page, 'promises-ru');
        const places = await page.locator('.promise a').evaluateAll((links) => [...new Set(links.map((link) => link.hash))]);
        for (const hash of places.slice(0, 4)) {
            await page.goto(`${web.base}/${hash}`);
            await page.locator('.dossier').waitFor();
        }
        await web.clean(page);
    });
}
