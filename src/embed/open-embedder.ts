import { userError } from '../model/errors.ts';
import type { Embedder } from '../model/ports.ts';
import { createBuiltinEmbedder } from './builtin.ts';
import { findEncoder } from './encoder-files.ts';
import { createUseLiteEmbedder, type OpenEmbedder } from './use-lite.ts';

/** What `semantic.embedder` may say. `builtin` is the best that is there. */
const choices = ['builtin', 'builtin:use-lite', 'builtin:ngram'] as const;
type Choice = (typeof choices)[number];

export type LazyEmbedder = {
  /** The embedder, opened on the first call; the same one ever after. */
  get(): Promise<Embedder>;
  close(): Promise<void>;
};

const ngram = (): OpenEmbedder => ({ ...createBuiltinEmbedder(), close: async () => undefined });

/** One text as a trial: weights that can't be read are found before a score is wrong. */
const openUseLite = async (
  note: (message: string) => void,
  find: typeof findEncoder,
): Promise<OpenEmbedder> => {
  const fallBack = (why: string): OpenEmbedder => {
    note(`${why}: builtin:ngram measures similarity by wording instead, and paraphrases score lower`);
    return ngram();
  };
  const files = find();
  if (files === null) return fallBack("The sentence encoder's files are not beside the program");
  const embedder = createUseLiteEmbedder(files);
  try {
    await embedder.embed(['One sentence to begin with.']);
    return embedder;
  } catch (error) {
    await embedder.close();
    return fallBack((error as Error).message);
  }
};

/**
 * The embedder that a policy names, opened when it is first needed. `note` is told once where builtin:ngram has to
 * stand in. Throws a UserError for a name that is none of the built-in ones.
 */
export const createLazyEmbedder = (
  name: string,
  note: (message: string) => void,
  find: typeof findEncoder = findEncoder,
): LazyEmbedder => {
  const choice = choices.find((known): known is Choice => known === name);
  if (choice === undefined)
    throw userError('unsupported-embedder', `semantic.embedder names "${name}", which is not supported`, {
      expected: choices.join(', '),
      nextStep: 'Name one of these in assay.yml, or leave the key out',
    });
  let open: Promise<OpenEmbedder> | null = null;
  const get = (): Promise<OpenEmbedder> => {
    open ??= choice === 'builtin:ngram' ? Promise.resolve(ngram()) : openUseLite(note, find);
    return open;
  };
  return {
    get,
    close: async () => {
      const opened = open;
      if (opened !== null) await (await opened).close();
    },
  };
};
