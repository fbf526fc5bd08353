import { Worker } from 'node:worker_threads';
import type { EncoderFiles } from './encoder-files.ts';
import type { EncoderReply, EncoderRequest } from './encoder-worker.ts';

export type Encoded = {
  /** 512 values, not normalised. */
  readonly vector: Float32Array;
  /** Pieces of the encoder's vocabulary that the letters of the text need. */
  readonly pieces: number;
};

export type Encoder = {
  /** One vector a text, in their order. The texts must not be empty. Rejects when the worker fails. */
  encode(texts: readonly string[]): Promise<readonly Encoded[]>;
  /** Ends the worker; what still waits is rejected. */
  close(): Promise<void>;
};

export type EncoderLimits = {
  /** Texts in one call of the model. */
  readonly batch: number;
  /** Characters in one call, all counted as long as the longest: that is what memory and time go by. */
  readonly batchCharacters: number;
  /** The library's memory grows with every call, so the worker is replaced after so many texts. */
  readonly recycleAfter: number;
  /** For one batch, the start of the worker included. */
  readonly deadlineMs: number;
};

/** A batch takes some 0.3 s; the memory of 1,500 texts has been measured. */
export const encoderLimits: EncoderLimits = {
  batch: 32,
  batchCharacters: 6_000,
  recycleAfter: 1_500,
  deadlineMs: 60_000,
};

const maxHeapMb = 256;

type Waiting = {
  readonly text: string;
  readonly resolve: (encoded: Encoded) => void;
  readonly reject: (error: Error) => void;
};

/** No variable of ours, no flag of ours: the worker needs files only. An idle one does not keep the process alive. */
const startWorker = (files: EncoderFiles): Worker => {
  const worker = new Worker(files.worker, {
    workerData: files,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    // What the library prints is no output of ours; errors come as messages. Reading would keep the process alive.
    stdout: true,
    stderr: true,
  });
  worker.unref();
  return worker;
};

/** One batch: whatever ends it — reply, failure, end of the worker, deadline — ends it once. */
const ask = (worker: Worker, request: EncoderRequest, deadlineMs: number): Promise<EncoderReply> =>
  new Promise<EncoderReply>((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
      settle();
    };
    const fail = (message: string): void => end(() => reject(new Error(`The sentence encoder ${message}`)));
    const onMessage = (reply: EncoderReply): void => end(() => resolve(reply));
    const onError = (error: Error): void => fail(`failed: ${error.message}`);
    const onExit = (): void => fail('ended before it answered');
    const timer = setTimeout(() => fail(`gave no answer within ${deadlineMs / 1000} s`), deadlineMs);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit).ref();
    worker.postMessage(request);
  });

/** The first texts of the queue that one call can take: at least one. */
const nextBatch = (queue: Waiting[], { batch, batchCharacters }: EncoderLimits): Waiting[] => {
  let longest = 0;
  const end = queue.findIndex(({ text }, index) => {
    longest = Math.max(longest, text.length);
    return index > 0 && (index >= batch || (index + 1) * longest > batchCharacters);
  });
  return queue.splice(0, end < 0 ? queue.length : end);
};

const settle = (batch: readonly Waiting[], reply: EncoderReply): void => {
  if (reply.kind === 'failed') throw new Error(`The sentence encoder failed: ${reply.message}`);
  const width = reply.vectors.length / batch.length;
  for (const [index, { resolve }] of batch.entries()) {
    const vector = reply.vectors.slice(index * width, (index + 1) * width);
    resolve({ vector, pieces: reply.pieces[index] ?? 0 });
  }
};

/**
 * The sentence encoder in a worker of its own, started with the first text. Texts of all callers wait in one queue
 * and go in batches, one at a time. A worker that failed is replaced with the next batch.
 */
export const createEncoder = (files: EncoderFiles, limits: EncoderLimits = encoderLimits): Encoder => {
  const queue: Waiting[] = [];
  let worker: Worker | null = null;
  let served = 0;
  let running: Promise<void> | null = null;
  let closed = false;

  const endWorker = async (): Promise<void> => {
    const old = worker;
    worker = null;
    served = 0;
    await old?.terminate();
  };

  const runBatch = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      worker ??= startWorker(files);
      settle(batch, await ask(worker, { texts: batch.map(({ text }) => text) }, limits.deadlineMs));
      served += batch.length;
    } catch (error) {
      for (const { reject } of batch) reject(error as Error);
      served = Number.POSITIVE_INFINITY;
    }
    if (served >= limits.recycleAfter) await endWorker();
  };

  const run = async (): Promise<void> => {
    // Whoever asks in the same turn shares the batch.
    await null;
    while (queue.length > 0) await runBatch(nextBatch(queue, limits));
    running = null;
  };

  return {
    encode: (texts) =>
      Promise.all(
        texts.map(
          (text) =>
            new Promise<Encoded>((resolve, reject) => {
              if (closed) return reject(new Error('The sentence encoder is closed'));
              queue.push({ text, resolve, reject });
              running ??= run();
            }),
        ),
      ),
    close: async () => {
      closed = true;
      for (const { reject } of queue.splice(0)) reject(new Error('The sentence encoder was closed'));
      await endWorker();
      await running;
    },
  };
};
