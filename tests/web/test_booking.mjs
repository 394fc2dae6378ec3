/** Booking as a carrier: registration, four steps, receipt, refusal, postponing, the round. */
import { readFile } from 'node:fs/promises';
import { bookPlace, client, logInByForm, must, newTruck, openAs, picture, worded } from './border.mjs';
import { choose, firstMissing, goTo, newBooking, reachable, requestOf } from '../../web/src/views/booking_state.js';

const next = (page) => page.locator('.step-buttons .main').click();

/** Fills the first step with a truck that is new. */
async function registerTruck(page, truck) {
    const open = async (index) => {
        const details = page.locator('details.add').nth(index);
        if (!(await details.evaluate((each) => each.open))) {
            await details.locator('summary').click();
        }
        return details.locator('form');
    };
    const vehicle = await open(0);
    await vehicle.locator('[name=plate]').fill(truck.plate);
    await vehicle.locator('[name=vin]').fill(truck.vin);
    await vehicle.locator('[type=submit]').click();
    await page.locator('input[name=vehicle]:checked').waitFor();
    const driver = await open(1);
    await driver.locator('[name=name]').fill('Aigul Test');
    await driver.locator('[name=phone]').fill(truck.phone);
    await driver.locator('[name=document]').fill(truck.document);
    await driver.locator('[type=submit]').click();
    await page.locator('input[name=driver]:checked').waitFor();
}

async function chooseQueue(page, queue = 'nur-zholy-exit') {
    await page.locator('input[name=category][value=ordinary]').check();
    await page.locator(`input[name=queue][value=${queue}]`).check();
    await next(page);
}

export default async function (web) {
    await web.test('booking: the steps as a value', async () => {
        let booking = newBooking();
        web.equal(firstMissing(booking), 'who');
        web.equal(goTo(booking, 'confirm').step, 'who', 'no step is jumped over');
        booking = choose(booking, { vehicle: 'v', driver: 'd' });
        web.check(reachable(booking, 'where') && !reachable(booking, 'when'), 'where may be entered, when not');
        booking = choose(booking, { category: 'ordinary' });
        booking = choose(booking, { queue: 'q', release: 'first_come' });
        booking = choose(booking, { slot: 's', until: 'e' });
        web.equal(firstMissing(booking), 'confirm');
        web.equal(JSON.stringify(requestOf(booking)), '{"queue":"q","vehicle":"v","driver":"d","category":"ordinary","slot":"s"}');
        booking.key = 'k';
        web.equal(choose(booking, { driver: 'e' }).key, '', 'a changed wish is a new request');
        web.equal(choose(booking, { queue: 'r' }).slot, '', 'another queue makes the slot void');
        web.equal(choose(booking, { queue: 'q' }).slot, 's', 'the same queue does not');
    });

    await web.test('booking: a new carrier registers, books in four steps, and verifies the receipt', async () => {
        const page = await web.open('#/booking');
        const form = page.locator('form').nth(1);
        for (const [name, value] of Object.entries({
            company: 'Test Logistics LLP',
            phone: '+77010000001',
            email: 'test@example.org',
            name: `carrier-${process.pid}`,
            password: 'a long password',
        })) {
            await form.locator(`[name=${name}]`).fill(value);
        }
        await web.accessible(page);
        await picture(page, 'booking-0-account');
        await form.locator('[type=submit]').click();
        await page.locator('details.add').first().waitFor();
        await picture(page, 'booking-1-empty');
        const truck = newTruck();
        await registerTruck(page, truck);
        await web.accessible(page);
        await picture(page, 'booking-1-who');
        await next(page);
        await page.locator('input[name=category]').first().waitFor();
        await picture(page, 'booking-2-where');
        await chooseQueue(page);
        await page.locator('.slot:not(.slot-full) input').first().check();
        await web.accessible(page);
        await picture(page, 'booking-3-when');
        await next(page);
        await page.locator('#book').waitFor();
        web.check((await page.locator('.step').innerText()).includes('3,932'), 'the fee of Kazakhstan is shown');
        web.check((await page.locator('.step').innerText()).includes('78,640'), 'the deposit is shown');
        await picture(page, 'booking-4-confirm');
        await page.locator('#book').click();
        await page.locator('.receipt-number').waitFor();
        await page.locator('.receipt-qr img').evaluate((image) => image.decode());
        web.check((await page.locator('.receipt').innerText()).includes(truck.plate), 'the plate stands on the receipt');
        await web.accessible(page);
        await picture(page, 'booking-5-receipt');
        await page.emulateMedia({ media: 'print' });
        await picture(page, 'booking-5-receipt-print');
        await page.emulateMedia({ media: null });
        const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.locator('.receipt .button.main').click(),
        ]);
        const receipt = await readFile(await download.path(), 'utf8');
        await page.goto(`${web.base}/#/verify`);
        await page.locator('#receipt-one').fill(receipt);
        await page.locator('form [type=submit]').click();
        await page.locator('.verdict li').nth(2).waitFor();
        web.equal((await page.locator('.verdict .badge-good').count()), 3, 'signature, key and entry are right');
        const bent = JSON.stringify({ ...JSON.parse(receipt), number: 1 });
        await page.locator('#receipt-one').fill(bent);
        await page.locator('form [type=submit]').click();
        await page.locator('.verdict .badge-bad').first().waitFor();
        await web.clean(page);
        await picture(page, 'booking-verify');
    });

    await web.test('booking: a second place of one vehicle is refused, with a signed receipt', async () => {
        const page = await openAs(web, 'demo-carrier', '#/booking');
        await page.locator('details.add').first().waitFor();
        const truck = newTruck();
        await registerTruck(page, truck);
        await next(page);
        await chooseQueue(page);
        await page.locator('input[name=how][value=next]').check();
        await next(page);
        await page.locator('#book').waitFor();
        const carrier = await client(web, 'demo-carrier');
        const { items } = await carrier.get('/v1/vehicles?limit=1000');
        const drivers = await carrier.get('/v1/drivers?limit=1000');
        await must(web, carrier, '/v1/places', {
            queue: 'kolzhat-exit',
            vehicle: items.find((each) => each.plate === truck.plate).id,
            driver: drivers.items.find((each) => each.phone === truck.phone).id,
            category: 'ordinary',
            slot: 'next',
        });
        await page.locator('#book').click();
        await page.locator('.notice-bad').waitFor();
        web.check((await page.locator('.notice-bad').innerText()).includes('already has an active place'), 'why it was refused');
        await page.locator('.notice-bad summary').click();
        web.check((await page.locator('.notice-bad pre').innerText()).includes('"already_active"'), 'the refusal is signed');
        await web.clean(page, /status of 409/);
        await picture(page, 'booking-refused');
    });

    await web.test('booking: own places are postponed and cancelled', async () => {
        const place = await bookPlace(web);
        const page = await logInByForm(web, 'demo-carrier');
        await page.locator('#search-active').fill(place.plate);
        const row = page.locator(`[data-place="${place.place}"]`);
        await row.waitFor();
        await web.accessible(page);
        await picture(page, 'places');
        await row.getByRole('button', { name: 'Postpone' }).click();
        await page.locator('dialog .days button').nth(3).click();
        await page.locator('dialog .slot:not(.slot-full) input').first().check();
        await picture(page, 'places-postpone');
        await page.locator('dialog .button.main').click();
        await page.locator('dialog').waitFor({ state: 'detached' });
        await row.getByRole('button', { name: 'Cancel' }).click();
        await page.locator('dialog .button.main').click();
        await row.locator('.badge', { hasText: 'Cancelled' }).waitFor({ state: 'attached' });
        await web.clean(page);
    });

    await web.test('booking: complete in Russian, by keyboard alone, on a phone', async () => {
        const page = await openAs(web, 'demo-carrier', '#/booking', { lang: 'ru', size: [360, 740], theme: 'dark' });
        await page.locator('input[name=vehicle]').first().waitFor();
        await worded(web, page);
        await web.fits(page);
        await page.locator('input[name=vehicle]:not(:disabled)').first().focus();
        await page.keyboard.press('Space');
        await page.locator('input[name=driver]:not(:disabled)').first().focus();
        await page.keyboard.press('Space');
        await page.locator('.step-buttons .main').focus();
        await page.keyboard.press('Enter');
        await page.locator('input[name=category][value=ordinary]').focus();
        await page.keyboard.press('Space');
        await page.locator('input[name=queue][value=nur-zholy-exit]').focus();
        await page.keyboard.press('Space');
        await worded(web, page);
        await web.fits(page);
        await picture(page, 'booking-where-phone-ru');
        await page.locator('.step-buttons .main').focus();
        await page.keyboard.press('Enter');
        await page.locator('.slot-options').waitFor();
        await worded(web, page);
        await web.fits(page);
        await picture(page, 'booking-when-phone-ru');
        await page.locator('input[name=how][value=next]').focus();
        await page.keyboard.press('Space');
        await page.locator('.step-buttons .main').focus();
        await page.keyboard.press('Enter');
        await page.locator('#book').waitFor();
        await worded(web, page);
        await web.fits(page);
        await web.accessible(page);
        await web.clean(page);
        await picture(page, 'booking-confirm-phone-ru');
    });

    for (const lang of ['kk', 'zh']) {
        await web.test(`booking: complete in ${lang}`, async () => {
            const page = await openAs(web, 'demo-carrier', '#/booking', { lang });
            await page.locator('input[name=vehicle]').first().waitFor();
            await worded(web, page);
            await page.locator('input[name=vehicle]:not(:disabled)').first().check();
            await page.locator('input[name=driver]:not(:disabled)').first().check();
            await next(page);
            await chooseQueue(page, 'kolzhat-exit');
            await page.locator('input[name=how][value=next]').check();
            await worded(web, page);
            await next(page);
            await page.locator('#book').waitFor();
            await worded(web, page);
            await web.clean(page);
            await picture(page, `booking-confirm-${lang}`);
        });
    }
}
