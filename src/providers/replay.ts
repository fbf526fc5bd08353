import { createHash } from 'node:crypto';
import { throwIfAborted } from './aborted.ts';
import type { ProviderFactory } from './build.ts';
import { ProviderFault } from '../model/provider.ts';
import { readRecording } from './recording.ts';
import { providerError, vendorOf } from './spec.ts';

/**
 * `replay:PATH`: the answers of a recording in the repository (see recording.ts), without a call. A question
 * that is not in it has no answer: its cell is errored, never guessed.
 */
export const replay: ProviderFactory = async (spec, environment) => {
  const path = vendorOf(spec).rest;
  const expected = 'replay:PATH of a .jsonl, .yml or .json file in the repository';
  if (path === '')
    throw providerError(spec, 'missing-recording', `"${spec.id}" names no recording`, { expected });
  const text = await environment.readText(path);
  if (text === null)
    throw providerError(spec, 'missing-recording', `the recording "${path}" of ${spec.id} does not exist`, {
      expected,
    });
  const recording = readRecording(path, text);
  return {
    id: spec.id,
    label: spec.label,
    languageModel: true,
    // Another recording is another model to the cache.
    fingerprint: { vendor: 'replay', path, recording: createHash('sha256').update(text).digest('hex') },
    price: { input: 0, output: 0 },
    complete: async ({ messages, trial, signal }) => {
      throwIfAborted(signal);
      const answer = recording(messages, trial);
      if (answer !== null) return answer;
      const asked =
        messages.findLast(({ role }) => role === 'user')?.content ?? messages.at(-1)?.content ?? '';
      const question = asked.length > 120 ? `${asked.slice(0, 119)}…` : asked;
      throw new ProviderFault('fatalForCell', `${path} has no answer to "${question}" (trial ${trial})`);
    },
  };
};
