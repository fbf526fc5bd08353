import { createInterface } from 'node:readline';
import type { World } from './world.ts';

export type Terminal = {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: World['env'];
  readonly signal: AbortSignal;
};

/** How CI systems say that no person watches, terminal or not. */
const isAutomatic = (env: World['env']): boolean => Boolean(env['CI']) && env['CI'] !== 'false';

/** Asks for one line; null where nobody can answer: no terminal on both ends, or CI. */
export const createAsk = ({ input, output, env, signal }: Terminal): World['ask'] =>
  input.isTTY !== true || output.isTTY !== true || isAutomatic(env)
    ? null
    : (question) =>
        new Promise((resolve) => {
          const lines = createInterface({ input, output });
          let ended = false;
          const end = (answer: string | null): void => {
            if (ended) return;
            ended = true;
            if (answer === null) output.write('\n');
            signal.removeEventListener('abort', aborted);
            resolve(answer);
            lines.close();
          };
          const aborted = (): void => end(null);
          signal.addEventListener('abort', aborted, { once: true });
          // Ctrl+C and Ctrl+D are no answer.
          lines.once('SIGINT', aborted);
          lines.once('close', aborted);
          lines.question(question, end);
          if (signal.aborted) aborted();
        });
