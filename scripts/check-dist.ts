import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encoderFolder } from '../src/embed/encoder-files.ts';
import { bundle } from './build.ts';

const maxEntryBytes = 1_000_000;
const maxTotalBytes = 12_000_000;
/** Weights and WebAssembly. They are stored again with every change, so they must not grow unseen. */
const maxEncoderBytes = 9_000_000;

const contents = async (folder: string): Promise<Map<string, Buffer>> => {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return new Map(
    await Promise.all(
      paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const),
    ),
  );
};

/** Rebuilds into a temporary folder and compares with dist/, byte for byte; then weighs it. */
const fresh = await mkdtemp(join(tmpdir(), 'assay-dist-'));
try {
  await bundle(fresh);
  const [committed, rebuilt] = await Promise.all([contents('dist'), contents(fresh)]);
  const names = new Set([...committed.keys(), ...rebuilt.keys()]);
  const stale = [...names].filter((name) => !committed.get(name)?.equals(rebuilt.get(name) ?? Buffer.of()));
  const scripts = [...rebuilt].filter(([name]) => name.endsWith('.js'));
  const totalBytes = scripts.reduce((sum, [, content]) => sum + content.length, 0);
  const encoderBytes = [...rebuilt]
    .filter(([name]) => name.startsWith(`${encoderFolder}/`))
    .reduce((sum, [, content]) => sum + content.length, 0);
  const largestEntry = Math.max(
    ...scripts.filter(([name]) => !name.includes('/')).map(([, content]) => content.length),
  );
  console.log(
    `dist: ${names.size} files, ${(totalBytes / 1e6).toFixed(2)} MB of JavaScript, largest entry ${(largestEntry / 1e6).toFixed(2)} MB, sentence encoder ${(encoderBytes / 1e6).toFixed(2)} MB`,
  );
  const problems = [
    ...stale.map((name) => `dist/${name} is not what src builds: run npm run build and commit dist/`),
    ...(largestEntry > maxEntryBytes ? [`an entry is larger than ${maxEntryBytes} bytes`] : []),
    ...(totalBytes > maxTotalBytes ? [`the JavaScript in dist is larger than ${maxTotalBytes} bytes`] : []),
    ...(encoderBytes > maxEncoderBytes
      ? [`the sentence encoder in dist is larger than ${maxEncoderBytes} bytes`]
      : []),
  ];
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  await rm(fresh, { recursive: true, force: true });
}
