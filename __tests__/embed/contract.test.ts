import { createBuiltinEmbedder } from '../../src/embed/builtin.ts';
import { findEncoder } from '../../src/embed/encoder-files.ts';
import { createUseLiteEmbedder } from '../../src/embed/use-lite.ts';
import { embedderContract } from '../contracts/embedder.ts';

embedderContract('builtin:ngram', async () => createBuiltinEmbedder());

embedderContract('builtin:use-lite', async () => {
  const files = findEncoder();
  if (files === null) throw new Error('the sentence encoder is not installed');
  return createUseLiteEmbedder(files);
});
