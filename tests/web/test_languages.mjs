/** The terms of docs/terms.md are the words of the page, and every language says what it must. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './harness.mjs';

const LANGUAGES = ['en', 'ru', 'kk', 'zh'];
const AREAS = ['border', 'board', 'booking', 'capacity', 'driver'];

/** All messages of a language, by key. */
async function messagesOf(language) {
    const all = {};
    for (const area of AREAS) {
        const file = join(root, 'web', 'src', 'i18n', language, `${area}.js`);
        Object.assign(all, (await import(pathToFileURL(file))).default);
    }
    return all;
}

async function terms() {
    const text = await readFile(join(root, 'docs', 'terms.md'), 'utf8');
    return text
        .split('\n')
        .filter((line) => /^\| [^|]+\|.*[a-z]+\.[a-z]/.test(line))
        .map((line) => line.split('|').map((cell) => cell.trim()).slice(1, 6));
}

/** "place, number": one of the words is enough. */
const says = (message, term) => {
    const whole = JSON.stringify(message).toLowerCase();
    return term.toLowerCase().split(', ').some((word) => whole.includes(word.slice(0, Math.max(2, word.length - 2))));
};

export default async function (web) {
    await web.test('languages: the page says the terms of docs/terms.md', async () => {
        const rows = await terms();
        web.check(rows.length >= 35, `${rows.length} terms`);
        for (const [index, language] of LANGUAGES.entries()) {
            const messages = await messagesOf(language);
            for (const row of rows) {
                const key = row[4];
                web.check(messages[key], `${language}: no message ${key}`);
                web.check(says(messages[key], row[index]), `${language} ${key}: "${row[index]}" is not in ${JSON.stringify(messages[key])}`);
            }
        }
    });

    await web.test('languages: board, booking, capacity and driver say the same in all four', async () => {
        const english = await messagesOf('en');
        for (const language of LANGUAGES.slice(1)) {
            const other = await messagesOf(language);
            web.equal(Object.keys(other).sort().join(), Object.keys(english).sort().join(), language);
            const same = Object.keys(english).filter(
                (key) => JSON.stringify(other[key]) === JSON.stringify(english[key]) && /[a-z]{4}/.test(JSON.stringify(english[key]).replace(/\{\w+\}|zhol \w+|demo-\w+/g, '')),
            );
            web.equal(same.join(), '', `${language}: left in English`);
        }
    });
}
