/** The corridor: crossings over time, the scenario, a dossier, keyboard, languages. */

const crossings = async (page) => {
    const place = page.locator('#crossings');
    await place.waitFor();
    return `${await place.getAttribute('data-operating')}+${await place.getAttribute('data-planned')}`;
};

/** The state of a way as it is drawn, "" where it is not. */
const drawn = (page, id) =>
    page.evaluate((name) => document.querySelector(`.way[data-id="${name}"]`)?.getAttribute('class') ?? '', id);

/** Moves the slider as a hand would, by its value. */
const slide = (page, year, month) =>
    page.evaluate(
        ([y, m]) => {
            const slider = document.querySelector('.slider input');
            slider.value = (y - 1991) * 12 + m - 1;
            slider.dispatchEvent(new Event('input', { bubbles: true }));
        },
        [year, month],
    );

const THIRD = 'S074F';

export default async function (web) {
    await web.test('corridor: one crossing in 1992, two in 2013, a dashed third in 2028', async () => {
        const page = await web.open('#/corridor?date=1992-06-30');
        web.equal(await crossings(page), '1+0', '1992');
        web.equal(await drawn(page, THIRD), '', 'the third in 1992');
        await slide(page, 2013, 6);
        web.equal(await crossings(page), '2+0', '2013');
        await slide(page, 2028, 6);
        web.equal(await crossings(page), '2+1', '2028');
        web.check((await drawn(page, THIRD)).includes('planned'), 'the third is drawn as planned');
        const hatched = await page.locator(`.way[data-id="${THIRD}"] .hatch`).count();
        web.equal(hatched, 1, 'an unknown day of opening is hatched');
        web.check(page.url().includes('date=2028-06-30'), 'the day stands in the address');
        await web.shot(page, 'corridor-2028');
        await web.clean(page);
    });

    await web.test('corridor: a scenario makes the third crossing real', async () => {
        const page = await web.open('#/corridor?date=2028-06-30');
        web.equal(await crossings(page), '2+1');
        await page.getByLabel('Scenario').selectOption('bakhty-ayagoz');
        await page.locator('#crossings[data-operating="3"]').waitFor();
        const names = await drawn(page, THIRD);
        web.check(names.includes('operating') && names.includes('supposed'), `drawn as ${names}`);
        await web.clean(page);
    });

    await web.test('corridor: the map of a day is the map that the server draws', async () => {
        const page = await web.open('#/corridor?date=2005-03-31');
        await page.locator('#crossings').waitFor();
        await page.locator('.way').first().waitFor({ state: 'attached' });
        const answer = await (await fetch(`${web.base}/v1/map?date=2005-03-31`)).json();
        web.equal(await page.locator('.ways .way').count(), answer.links.length);
    });

    await web.test('corridor: keyboard moves the slider, play runs and stops', async () => {
        const page = await web.open('#/corridor?date=2000-01-31');
        const slider = page.getByRole('slider');
        await slider.focus();
        await page.keyboard.press('ArrowRight');
        web.equal(await slider.getAttribute('aria-valuetext'), 'February 2000');
        await page.keyboard.press('PageUp');
        web.equal(await slider.getAttribute('aria-valuetext'), 'February 2001');
        await page.getByRole('button', { name: 'Play' }).click();
        await page.waitForFunction(() => document.querySelector('.slider-day').textContent !== 'February 2001');
        await page.getByRole('button', { name: 'Stop' }).click();
        await web.clean(page);
    });

    await web.test('corridor: a click shows figures, sources and disagreements', async () => {
        const page = await web.open('#/corridor?show=node:DOSTYK');
        await page.getByRole('heading', { name: 'Dostyk', level: 2 }).waitFor();
        web.check((await page.locator('.dossier details').count()) > 8, 'sections of the dossier');
        web.check((await page.locator('.sources li').count()) > 8, 'sources');
        web.check((await page.locator('.dossier .badge-warn').count()) > 0, 'disagreements are marked');
        await page.getByRole('button', { name: 'Back' }).click();
        await page.locator('#crossings').waitFor();
        await page.getByRole('button', { name: 'The whole map' }).click();
        await page.locator('.places text').getByText('Urumqi').click();
        await page.getByRole('heading', { name: 'Urumqi', level: 2 }).waitFor();
        await web.clean(page);
    });

    await web.test('corridor: a dossier is readable by everybody', async () => {
        const page = await web.open('#/corridor?show=link:S074F', { theme: 'dark' });
        await page.getByRole('heading', { name: 'Tacheng – Bakhty', level: 2 }).waitFor();
        await web.accessible(page, '.panel');
        await web.shot(page, 'corridor-dossier-dark');
        await web.clean(page);
    });

    await web.test('corridor: a place is found by its name in Chinese', async () => {
        const page = await web.open('#/corridor');
        await page.getByRole('combobox', { name: 'Find a place' }).fill('阿拉木图');
        await page.locator('.combo ul:not([hidden]) [role=option]').first().waitFor();
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Almaty', level: 2 }).waitFor();
    });

    for (const [lang, theme, size] of [
        ['en', 'light', [1400, 900]],
        ['ru', 'dark', [1400, 900]],
        ['ru', 'light', [360, 740]],
        ['en', 'dark', [360, 740]],
    ]) {
        await web.test(`corridor: ${lang}, ${theme}, ${size[0]} px: whole, readable, nothing serious`, async () => {
            const page = await web.open('#/corridor?date=2028-06-30', { lang, theme, size });
            await page.locator('#crossings').waitFor();
            await page.locator('.places text').first().waitFor();
            await web.fits(page);
            await web.accessible(page);
            await web.shot(page, `corridor-${lang}-${theme}-${size[0]}`);
            await web.clean(page);
        });
    }

    await web.test('page: every language can be chosen and is kept', async () => {
        const page = await web.open('#/corridor');
        for (const [name, title] of [['Русский', 'Коридор'], ['Қазақша', 'Дәліз'], ['中文', '走廊'], ['English', 'Corridor']]) {
            await page.locator('.tools select').selectOption({ label: name });
            await page.waitForFunction((text) => document.title.startsWith(text), title);
        }
        await page.locator('.tools select').selectOption({ label: 'Русский' });
        await page.waitForFunction(() => document.documentElement.lang === 'ru');
        await page.reload();
        await page.waitForFunction(() => document.title.startsWith('Коридор'));
        await web.clean(page);
    });
}
