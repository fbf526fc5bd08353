import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type EncoderFiles, packedWeightsFile } from './encoder-files.ts';
import { packWeights, unpackWeights, type WeightSpec } from './packed-weights.ts';

/** Asked of the worker: texts, none of them empty. */
export type EncoderRequest = { readonly texts: readonly string[] };

export type EncoderReply =
  | {
      readonly kind: 'encoded';
      /** 512 values a text, one text behind the other; not normalised. */
      readonly vectors: Float32Array<ArrayBuffer>;
      /** How many pieces of its vocabulary the encoder needs for the letters of each text. */
      readonly pieces: readonly number[];
    }
  | { readonly kind: 'failed'; readonly message: string };

type Manifest = {
  readonly modelTopology: object;
  readonly weightsManifest: readonly [
    { readonly paths: readonly string[]; readonly weights: readonly WeightSpec[] },
  ];
};

/** What is used of the tensor library; its own types need packages that it does not bring along. */
type TensorLibrary = {
  env(): { set(flag: string, value: boolean): void };
  setWasmPaths(folder: string): void;
  ready(): Promise<void>;
  loadGraphModel(source: { load(): Promise<object> }): Promise<unknown>;
};

type Model = {
  readonly tokenizer: { encode(text: string): readonly number[] };
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[]>;
};

type Embeddings = {
  readonly EmbeddingsModel: new (data: { readonly model: unknown; readonly vocabulary: unknown }) => Model;
};

/** The same numbers from the sources and from the bundle: what lies in node_modules is packed first. */
const readWeights = async (
  files: EncoderFiles,
  [manifest]: Manifest['weightsManifest'],
): Promise<ArrayBuffer> => {
  const read = (name: string): Promise<Buffer> => readFile(join(files.model, name));
  const packed = files.packed
    ? await read(packedWeightsFile)
    : packWeights(manifest.weights, Buffer.concat(await Promise.all(manifest.paths.map(read))));
  return unpackWeights(manifest.weights, packed);
};

const loadModel = async (files: EncoderFiles): Promise<Model> => {
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(files.model, name), 'utf8'));
  // The library asks for it, and only CommonJS has it; the folder is used for nothing.
  Object.assign(globalThis, { __dirname: files.wasm });
  const { default: library } = (await import('@energetic-ai/core')) as unknown as { default: TensorLibrary };
  const { default: embeddings } = (await import('@energetic-ai/embeddings')) as unknown as {
    default: Embeddings;
  };
  // One thread: faster for sentences than several, and sums come in one order.
  library.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  library.setWasmPaths(join(files.wasm, '/'));
  await library.ready();
  const manifest = (await json('model.json')) as Manifest;
  const weightData = await readWeights(files, manifest.weightsManifest);
  const model = await library.loadGraphModel({
    load: async () => ({
      modelTopology: manifest.modelTopology,
      weightSpecs: manifest.weightsManifest[0].weights,
      weightData,
    }),
  });
  return new embeddings.EmbeddingsModel({ model, vocabulary: await json('vocab.json') });
};

/** The letters alone: numbers and marks are pieces of one character in every language. */
const lettersOf = (text: string): string => (text.match(/\p{L}+/gu) ?? []).join(' ');

const encode = async (model: Model, { texts }: EncoderRequest): Promise<EncoderReply> => {
  const rows = await model.embed(texts);
  const width = rows[0]?.length ?? 0;
  const vectors = new Float32Array(rows.length * width);
  for (const [index, row] of rows.entries()) vectors.set(row, index * width);
  const pieces = texts.map((text) => {
    const letters = lettersOf(text);
    return letters === '' ? 0 : model.tokenizer.encode(letters).length;
  });
  return { kind: 'encoded', vectors, pieces };
};

const model = loadModel(workerData as EncoderFiles);
// Told with the first request; without a listener until then it would end the process.
model.catch(() => undefined);

parentPort?.on('message', async (request: EncoderRequest) => {
  try {
    const reply = await encode(await model, request);
    parentPort?.postMessage(reply, reply.kind === 'encoded' ? [reply.vectors.buffer] : []);
  } catch (error) {
    parentPort?.postMessage({ kind: 'failed', message: (error as Error).message } satisfies EncoderReply);
  }
});
