/**
 * Checks the messages of web/src/i18n: en and ru say everything; kk and zh say every area that
 * they say at all, and the areas in COMPLETE; a message has the same {places} in every language; every
 * key that the code names exists; every message is named somewhere in the code.
 *
 * A key in code is a text literal 'area.rest' where area is the name of a message file. Keys that
 * are put together are named by their beginning: `plan.phase.${phase}`.
 */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';

const LANGUAGES = ['en', 'ru', 'kk', 'zh'];
/** What Kazakh and Chinese must have besides what they begin. */
const COMPLETE = { kk: ['shell', 'board', 'capacity', 'driver'], zh: ['shell', 'board', 'capacity', 'driver'] };

const placesOf = (message) =>
    [...new Set(JSON.stringify(message).match(/\{[a-z_]+\}/gi) ?? [])].sort().join(' ');

/** @returns {Promise<Map<string, Record<string, unknown>>>} messages by area */
async function readLanguage(folder) {
    const areas = new Map();
    for (const file of (await readdir(folder)).sort()) {
        if (file.endsWith('.js') && file !== 'index.js') {
            const module = await import(pathToFileURL(join(folder, file)));
            areas.set(file.slice(0, -3), module.default);
        }
    }
    return areas;
}

async function* sources(folder) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && entry.name !== 'i18n') {
            yield* sources(path);
        } else if (/\.(js|html)$/.test(entry.name)) {
            yield path;
        }
    }
}

/** All keys and beginnings of keys that the code names. */
async function readUses(folder, areas) {
    const whole = new Map();
    const begun = new Map();
    const literal = new RegExp(`(['"\`])((?:${areas.join('|')})\\.[A-Za-z0-9_.]*)(['"\`$])`, 'g');
    for await (const path of sources(folder)) {
        const text = await readFile(path, 'utf8');
        for (const [, open, key, close] of text.matchAll(literal)) {
            const uses = open === '`' && close === '$' ? begun : whole;
            uses.set(key, relative(folder, path));
        }
    }
    return { whole, begun };
}

function compareAreas(language, theirs, english, faults) {
    for (const [area, messages] of english) {
        const said = theirs.get(area);
        const needed = language === 'ru' || COMPLETE[language].includes(area);
        if (!said) {
            if (needed) {
                faults.push(`${language}/${area}.js is missing`);
            }
            continue;
        }
        for (const key of Object.keys(messages)) {
            if (!(key in said)) {
                faults.push(`${language}/${area}.js: '${key}' is missing`);
            } else if (placesOf(said[key]) !== placesOf(messages[key])) {
                faults.push(`${language}/${area}.js: '${key}' has other {places} than English`);
            }
        }
        for (const key of Object.keys(said)) {
            if (!(key in messages)) {
                faults.push(`${language}/${area}.js: '${key}' is not in English`);
            }
        }
    }
}

/** Throws an error that names every fault. @returns {Promise<number>} messages in English */
export async function checkMessages(source) {
    const faults = [];
    const english = await readLanguage(join(source, 'i18n', 'en'));
    const keys = new Set([...english.values()].flatMap((messages) => Object.keys(messages)));
    for (const [area, messages] of english) {
        for (const key of Object.keys(messages).filter((key) => !key.startsWith(`${area}.`))) {
            faults.push(`en/${area}.js: '${key}' does not begin with '${area}.'`);
        }
    }
    for (const language of LANGUAGES.slice(1)) {
        const folder = join(source, 'i18n', language);
        const theirs = existsSync(folder) ? await readLanguage(folder) : new Map();
        compareAreas(language, theirs, english, faults);
    }
    const { whole, begun } = await readUses(source, [...english.keys()]);
    for (const [key, file] of whole) {
        if (!keys.has(key)) {
            faults.push(`${file}: no message '${key}'`);
        }
    }
    for (const key of keys) {
        if (!whole.has(key) && ![...begun.keys()].some((beginning) => key.startsWith(beginning))) {
            faults.push(`message '${key}' is used nowhere`);
        }
    }
    if (faults.length) {
        throw new Error(`messages:\n  ${faults.join('\n  ')}`);
    }
    return keys.size;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const source = new URL('../src', import.meta.url);
    checkMessages(fileURLToPath(source)).then(
        (count) => console.log(`${count} messages`),
        (error) => {
            console.error(error.message);
            process.exit(1);
        },
    );
}
