import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { encoderFolder, encoderPackages, packedWeightsFile, wasmFile } from '../src/embed/encoder-files.ts';
import { packWeights, type WeightSpec } from '../src/embed/packed-weights.ts';

/** What CommonJS packages expect in an ES module bundle. */
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
].join('');

type Manifest = { weightsManifest: [{ paths: string[]; weights: WeightSpec[] }] };

/** The sentence encoder beside the bundle: its weights packed to a quarter, the rest as its packages have it. */
const addEncoder = async (outdir: string): Promise<void> => {
  const packages = encoderPackages();
  if (packages === null) throw new Error('the sentence encoder is not installed: run npm ci');
  const { model, wasm } = packages;
  const folder = join(outdir, encoderFolder);
  await mkdir(folder);
  const text = await readFile(join(model, 'model.json'), 'utf8');
  const [{ paths, weights }] = (JSON.parse(text) as Manifest).weightsManifest;
  const shards = await Promise.all(paths.map((path) => readFile(join(model, path))));
  // Written anew rather than copied: the packages' modes are none of ours.
  const copies = [
    [join(model, 'model.json'), 'model.json'],
    [join(model, 'vocab.json'), 'vocab.json'],
    [join(wasm, wasmFile), wasmFile],
    [join(model, '..', 'LICENSE'), 'LICENSE'],
    ['scripts/sentence-encoder-notice.md', 'NOTICE.md'],
  ] as const;
  await writeFile(join(folder, packedWeightsFile), packWeights(weights, Buffer.concat(shards)));
  await Promise.all(copies.map(async ([from, name]) => writeFile(join(folder, name), await readFile(from))));
};

/**
 * dist/ for the folder `outdir`: three entry points, the encoder's worker, the chunks that they share, and the
 * encoder's weights. Byte for byte reproducible.
 */
export const bundle = async (outdir: string): Promise<void> => {
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: ['src/action.ts', 'src/cli.ts', 'src/sdk.ts', 'src/embed/encoder-worker.ts'],
    entryNames: '[name]',
    // The tensor library can fetch models; ours lie beside the bundle, and nothing may be fetched.
    external: ['node-fetch'],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    keepNames: false,
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: banner },
    legalComments: 'linked',
    logLevel: 'warning',
    charset: 'utf8',
  });
  await addEncoder(outdir);
};

if (import.meta.main) await bundle('dist');
