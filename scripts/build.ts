import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

/** What CommonJS packages expect in an ES module bundle. */
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
].join('');

/** dist/ for the folder `outdir`: three entry points and the chunks that they share. Byte for byte reproducible. */
export const bundle = async (outdir: string): Promise<void> => {
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: ['src/action.ts', 'src/cli.ts', 'src/sdk.ts'],
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
};

if (import.meta.main) await bundle('dist');
