import { parse, tokenize } from '@huggingface/jinja';
import { expectedOneOf } from '../../model/nearest.ts';
import type { Node } from './nodes.ts';
import { prepare } from './prepare.ts';
import { TemplateProblem } from './problem.ts';
import { type Segment, scan } from './scan.ts';

/** A template that parses. */
export type ParsedTemplate = {
  /** null: plain text without any tag. */
  readonly program: Node | null;
  readonly text: string;
  /** What it reads and does not set itself. */
  readonly variables: ReadonlySet<string>;
  readonly tags: readonly Segment[];
};

type Token = { type: string; value: string };

const maxNesting = 60;
const closedBy: Readonly<Record<string, string>> = {
  if: 'endif',
  for: 'endfor',
  macro: 'endmacro',
  call: 'endcall',
  filter: 'endfilter',
  set: 'endset',
};
const between = ['elif', 'else', 'break', 'continue'];
const statementNames = [...Object.keys(closedBy), ...between, ...Object.values(closedBy), 'raw', 'endraw'];

/** Why the package's parser gave up. At the end of its input it stumbles over its own feet. */
const message = (error: unknown): string => {
  if (error instanceof RangeError) return 'it is nested too deep';
  if (error instanceof TypeError) return 'it ends too early';
  return error instanceof Error ? error.message.replace(/^Parser Error: /, '') : String(error);
};

const tokensOf = (segment: Segment): Token[] => {
  if (segment.kind === 'text') return [{ type: 'Text', value: segment.source }];
  try {
    const tokens = tokenize(segment.source) as Token[];
    const second = tokens[1];
    if (second?.type === 'Identifier' && second.value === 'elseif') second.value = 'elif';
    // nunjucks also has JavaScript's `===` and `!==`.
    return tokens.filter(
      ({ type }, index) => type !== 'Equals' || !['==', '!='].includes(tokens[index - 1]?.value ?? ''),
    );
  } catch (error) {
    throw new TemplateProblem(`\`${shown(segment)}\` does not parse: ${message(error)}`, segment.offset);
  }
};

const shown = ({ source }: Segment): string => (source.length > 60 ? `${source.slice(0, 57)}…` : source);

/** Each block is closed, in order, and every statement is known: the parser itself names no place. */
const checkBlocks = (tagged: readonly { segment: Segment; tokens: Token[] }[]): void => {
  const open: { name: string; segment: Segment }[] = [];
  for (const { segment, tokens } of tagged) {
    if (segment.kind !== 'statement') continue;
    const name = tokens[1]?.value ?? '';
    if (!statementNames.includes(name)) {
      throw new TemplateProblem(
        `unknown statement "${name}" in \`${shown(segment)}\`; expected ${expectedOneOf(name, statementNames)}`,
        segment.offset,
      );
    }
    const top = open.at(-1);
    if (name in closedBy) {
      if (name === 'set' && tokens.some(({ type }) => type === 'Equals')) continue;
      open.push({ name, segment });
      if (open.length > maxNesting)
        throw new TemplateProblem(`blocks are nested more than ${maxNesting} deep`, segment.offset);
    } else if (!between.includes(name)) {
      if (top === undefined || closedBy[top.name] !== name)
        throw new TemplateProblem(`\`${shown(segment)}\` closes nothing that is open`, segment.offset);
      open.pop();
    }
  }
  const left = open.at(-1);
  if (left !== undefined)
    throw new TemplateProblem(
      `\`${shown(left.segment)}\` is not closed by {% ${closedBy[left.name]} %}`,
      left.segment.offset,
    );
};

const closersFor: Readonly<Record<string, string>> = {
  if: '{% endif %}',
  for: '{% endfor %}',
  macro: '{% endmacro %}',
  call: '{% endcall %}',
  filter: '{% endfilter %}',
};

/** The parser does not say where; so each tag is tried by itself, and the first that fails is the place. */
const locate = (segments: readonly Segment[], error: unknown): TemplateProblem => {
  for (const segment of segments) {
    if (segment.kind === 'text') continue;
    const name = /^\{%-?\s*(\w+)/.exec(segment.source)?.[1] ?? '';
    if (segment.kind === 'statement' && !(name in closersFor) && name !== 'set') continue;
    const isBlockSet = name === 'set' && !segment.source.includes('=');
    const closer = isBlockSet ? '{% endset %}' : (closersFor[name] ?? '');
    try {
      prepare(
        parse(tokenize(segment.kind === 'statement' ? segment.source + closer : segment.source)) as never,
      );
    } catch (cause) {
      const why =
        cause instanceof TemplateProblem
          ? cause.message
          : `\`${shown(segment)}\` does not parse: ${message(cause)}`;
      return new TemplateProblem(why, segment.offset, { cause });
    }
  }
  return error instanceof TemplateProblem
    ? error
    : new TemplateProblem(`the template does not parse: ${message(error)}`, segments[0]?.offset ?? 0, {
        cause: error,
      });
};

/** Parses a template of the Jinja/Nunjucks family. Throws a TemplateProblem with the offset of the wrong tag. */
export const parseTemplate = (text: string): ParsedTemplate => {
  const segments = scan(text);
  const tags = segments.filter(({ kind }) => kind !== 'text');
  if (tags.length === 0) {
    const plain = segments.map(({ source }) => source).join('');
    return { program: null, text: plain, variables: new Set(), tags };
  }
  const tagged = segments.map((segment) => ({ segment, tokens: tokensOf(segment) }));
  checkBlocks(tagged);
  try {
    const program = parse(tagged.flatMap(({ tokens }) => tokens) as Parameters<typeof parse>[0]);
    const variables = prepare(program as unknown as Node);
    return { program: program as unknown as Node, text, variables, tags };
  } catch (error) {
    throw locate(segments, error);
  }
};
