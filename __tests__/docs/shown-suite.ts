import { validateAssertions } from '../../src/assertions/validate.ts';
import { formatFinding } from '../../src/model/errors.ts';
import { variableFindings } from '../../src/prompts/render.ts';
import { readSuite } from '../../src/prompts/suite.ts';
import type { Block } from './markdown.ts';
import { memoryTree } from './memory-tree.ts';

/** Names of files that are suites, as Assay itself finds them. */
export const suiteFile = /(\.suite\.ya?ml|\.prompt\.ya?ml|(^|\/)promptfooconfig\.ya?ml)$/;

/** Prompts that a suite names and its page does not show. */
const stubsOf = ({ name, text }: Block): [string, string][] => {
  const folder = (name ?? '').replace(/[^/]*$/, '');
  return [...text.matchAll(/[\w-]+\.txt\b/g)].map(([file]) => [`${folder}${file}`, 'Answer: {{ question }}']);
};

/**
 * Everything that Assay would say about a suite on a page, one line each. The other named blocks of the page are
 * the files that it may name; text prompts that the page does not show are stubs.
 */
export const findingsOfSuite = async (block: Block, blocks: readonly Block[]): Promise<string[]> => {
  const named = blocks
    .filter(({ file, name }) => file === block.file && name !== null)
    .map(({ name, text }): [string, string] => [name ?? '', text]);
  const files = new Map([...stubsOf(block), ...named, [block.name ?? '', block.text]]);
  const { suite, findings } = await readSuite(memoryTree(files), block.name ?? '');
  const ofCases = (suite?.cases ?? []).flatMap((testCase) => [
    ...validateAssertions(testCase),
    ...(suite?.prompts ?? []).flatMap((prompt) => variableFindings(prompt, testCase)),
  ]);
  return [...findings, ...ofCases].map(formatFinding).concat(suite === null ? ['no suite'] : []);
};
