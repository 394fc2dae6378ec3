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

/**
 * Specs that change nothing on the server, or have one of their own, run beside the others, which take
 * their turns.
 */
const ONLY_READ = ['test_corridor.mjs', 'test_plan.mjs', 'test_round.mjs'];

async function runAll(web, files) {
    for (const file of files) {
        try {
            const spec = await import(pathToFileURL(join(here, file)));
            await spec.default(web);
        } catch (error) {
            web.failed++;
            console.log(`FAILED  ${file}\n${error.stack ?? error}`);
        }
    }
}

const web = await startWeb(program);
const reader = web.beside();
try {
    await Promise.all([
        runAll(web, specs.filter((file) => !ONLY_READ.includes(file))),
        runAll(reader, specs.filter((file) => ONLY_READ.includes(file))),
    ]);
} finally {
    await web.close();
}
const passed = web.passed + reader.passed;
const failed = web.failed + reader.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
