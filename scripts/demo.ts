/**
 * `npm run demo`: the main job on a real, small repository. Makes the git repository of examples/finance-support in
 * a temporary folder, with a pull-request branch, runs the built `assay test` on it and checks that exactly the
 * cases broke that the pull request breaks. Needs node and git; no key, no network.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { differenceFrom, type Expectation, type Results } from './demo/expectation.ts';
import { makeRepository } from './demo/repository.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'examples', 'finance-support');
const cli = join(root, 'dist', 'cli.js');
/** The verdict that the demo shows is `fail`. */
const expectedExit = 1;

const say = (line = ''): void => console.log(line);

/** Runs `node dist/cli.js …` in the folder, on this terminal. Resolves to its exit code; null: killed by a signal. */
const assay = (words: readonly string[], folder: string): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...words], { cwd: folder, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', resolve);
  });

const readJson = async <Shape>(path: string): Promise<Shape> =>
  JSON.parse(await readFile(path, 'utf8')) as Shape;

/** What differs from the expected outcome, a line each; empty when the demo went as it should. */
const check = async (exit: number | null, results: string): Promise<string[]> => {
  if (exit !== expectedExit) {
    return [`assay test ended with exit code ${exit}; ${expectedExit} (the verdict is fail) was expected`];
  }
  const expectation = await readJson<Expectation>(join(example, 'pull-request', 'expected-broken.json'));
  return differenceFrom(expectation, await readJson<Results>(results));
};

const closing = (folder: string, out: string): void => {
  say();
  say('As expected: the pull request fails, with exactly the cases broken that its edit broke.');
  say();
  say(`  Report      ${join(out, 'report.html')}`);
  say(`  Results     ${join(out, 'results.json')}`);
  say(`  Repository  ${folder}`);
  say();
  say('Try next: in that repository, change "Be concise." in prompts/support.prompt.yml to');
  say('"Be concise, but explain every financial term that you use." and run there');
  say(`  node ${cli} test --base main`);
};

const demo = async (): Promise<number> => {
  if (!existsSync(cli)) {
    console.error(`${cli} is missing. Run npm run build first.`);
    return 3;
  }
  const folder = join(await realpath(await mkdtemp(join(tmpdir(), 'assay-demo-'))), 'finance-support');
  await makeRepository(example, folder);
  say(
    'The support bot of a made-up bank, and a pull request that adds "Be concise." and changes one deadline.',
  );
  say(`$ cd ${folder} && assay test --base main`);
  say();
  const exit = await assay(['test', '--base', 'main'], folder);
  const out = join(folder, '.assay', 'out');
  const problems = await check(exit, join(out, 'results.json'));
  if (problems.length === 0) {
    closing(folder, out);
    return 0;
  }
  console.error(
    [
      '',
      'The demo did not go as expected:',
      ...problems.map((line) => `  ${line}`),
      `Its repository is ${folder}`,
    ].join('\n'),
  );
  return 1;
};

process.exitCode = await demo();
