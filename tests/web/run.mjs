/** run.mjs PROGRAM [SPEC...]: all tests of the page against one server; last line "N passed, M failed". */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startWeb } from './harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [program, ...wanted] = process.argv.slice(2);
const specs = (await readdir(here))
    .filter((file) => /^test_.*\.mjs$/.test(file))
    .filter((file) => !wanted.length || wanted.some((name) => file === `test_${name}.mjs`))
    .sort();

const web = await startWeb(program);
try {
    for (const file of specs) {
        const spec = await import(pathToFileURL(join(here, file)));
        await spec.default(web);
    }
} finally {
    await web.close();
}
console.log(`${web.passed} passed, ${web.failed} failed`);
process.exit(web.failed === 0 && web.passed > 0 ? 0 : 1);
