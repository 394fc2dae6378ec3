/**
 * Builds the page into web/dist: one bundle per entry with shared chunks, hashed names, every text
 * file also compressed (.gz, .br) for servers that hand those out, licences of what is bundled in
 * licences.txt. Messages are checked first: a missing or unused one fails the build.
 *
 * An entry is a folder of web/src with a main.js and an index.html; the page itself is web/src.
 * A file sw.js in an entry's folder becomes a service worker under a fixed name.
 */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { checkMessages } from './check_messages.mjs';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(web, 'src');
const dist = join(web, 'dist');

/** The entries: name of the HTML file in dist, folder of the source. */
const entries = [
    { name: 'index', folder: '.' },
    { name: 'driver', folder: 'driver' },
].filter((entry) => existsSync(join(source, entry.folder, 'main.js')));

/** @returns {Promise<import('esbuild').Metafile>} what was written and from what */
async function bundle() {
    const result = await build({
        absWorkingDir: web,
        entryPoints: entries.map((entry) => ({
            in: join(source, entry.folder, 'main.js'),
            out: entry.name,
        })),
        bundle: true,
        splitting: true,
        format: 'esm',
        target: ['es2021'],
        minify: true,
        sourcemap: false,
        charset: 'utf8',
        legalComments: 'none',
        outdir: join(dist, 'assets'),
        entryNames: '[name]-[hash]',
        chunkNames: 'part-[hash]',
        metafile: true,
        logLevel: 'warning',
    });
    return result.metafile;
}

/** Puts the hashed names into the entry's index.html and writes it to dist. */
async function writePage(entry, metafile) {
    const main = relative(web, join(source, entry.folder, 'main.js'));
    const [script, output] = Object.entries(metafile.outputs).find(
        ([, value]) => value.entryPoint === main,
    );
    const href = (path) => `/${relative(dist, join(web, path))}`;
    const preload = output.imports
        .filter((part) => part.kind === 'import-statement')
        .map((part) => `<link rel="modulepreload" href="${href(part.path)}">`);
    const head = [
        output.cssBundle ? `<link rel="stylesheet" href="${href(output.cssBundle)}">` : '',
        `<script type="module" src="${href(script)}"></script>`,
        ...preload,
    ];
    const page = await readFile(join(source, entry.folder, 'index.html'), 'utf8');
    if (!page.includes('<!-- assets -->')) {
        throw new Error(`${entry.folder}/index.html has no <!-- assets --> line`);
    }
    await writeFile(
        join(dist, `${entry.name}.html`),
        page.replace('<!-- assets -->', head.filter(Boolean).join('\n    ')),
    );
}

/** A service worker keeps its name, or browsers would never find the next one. */
async function writeWorkers() {
    for (const entry of entries) {
        const worker = join(source, entry.folder, 'sw.js');
        if (existsSync(worker)) {
            await build({
                entryPoints: [worker],
                bundle: true,
                minify: true,
                format: 'iife',
                target: ['es2021'],
                outfile: join(dist, `${entry.name}-sw.js`),
                logLevel: 'warning',
            });
        }
    }
}

/** The licence of every package whose code is in a bundle. */
async function writeLicences(metafile) {
    const packages = new Set();
    for (const input of Object.keys(metafile.inputs)) {
        const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
        if (match) {
            packages.add(match[1]);
        }
    }
    const parts = [];
    for (const name of [...packages].sort()) {
        const folder = join(web, 'node_modules', name);
        const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
        const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
        const text = file ? await readFile(join(folder, file), 'utf8') : '';
        parts.push(`${name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
    }
    await writeFile(join(dist, 'licences.txt'), parts.join(`\n${'-'.repeat(72)}\n\n`));
    return packages.size;
}

async function* filesBelow(folder) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
            yield* filesBelow(path);
        } else {
            yield path;
        }
    }
}

/** Writes FILE.gz and FILE.br beside every text file. @returns sizes by file */
async function compress() {
    const sizes = [];
    for await (const path of filesBelow(dist)) {
        const bytes = await readFile(path);
        const packed = await promisify(brotliCompress)(bytes, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
        });
        await writeFile(`${path}.br`, packed);
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
        sizes.push({ name: relative(dist, path), bytes: (await stat(path)).size, packed: packed.length });
    }
    return sizes;
}

const began = Date.now();
const messages = await checkMessages(source);
await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'assets'), { recursive: true });
const metafile = await bundle();
for (const entry of entries) {
    await writePage(entry, metafile);
}
await writeWorkers();
const packages = await writeLicences(metafile);
const sizes = await compress();
const sum = (key) => Math.round(sizes.reduce((total, file) => total + file[key], 0) / 1024);
console.log(
    `web/dist: ${sizes.length} files, ${sum('bytes')} KiB (${sum('packed')} KiB packed), ` +
        `${messages} messages, code of ${packages} packages, ${Date.now() - began} ms`,
);
