import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { type Finding, UserError } from '../model/errors.ts';
import type { Place } from '../model/place.ts';

export type DocumentPath = readonly (string | number)[];

/** A parsed YAML or JSON file whose values know where they stand. */
export type LocatedDocument = {
  readonly file: string;
  readonly value: unknown;
  /** Place of the value at `path`; of its nearest existing parent where the path ends early. */
  placeOf(path: DocumentPath): Place;
  /** Place of the key `path.at(-1)` itself. */
  keyPlaceOf(path: DocumentPath): Place;
  /** Where the text of a string begins: behind the quote, or on the first line of a block. */
  textPlaceOf(path: DocumentPath): Place;
};

const maxBytes = 1_000_000;
const maxDepth = 64;
/** Brackets are counted in the raw text, where those of prose count too, hence the wider cap. */
const maxBrackets = 256;
const maxNodes = 100_000;
const maxAliases = 100;

const refusal = (file: string, code: string, message: string, place: Partial<Place> = {}): UserError =>
  new UserError({
    severity: 'error',
    code,
    place: { file, line: place.line ?? 1, column: place.column ?? 1 },
    message,
    nextStep: 'Split the file, or generate its cases into a CSV or JSONL file',
  });

/**
 * Size and nesting are checked on the text, before the parser sees it: `yaml` can exhaust the process on
 * deep nesting, and what kills the process cannot be reported.
 */
const guardText = (file: string, text: string): void => {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes)
    throw refusal(file, 'file-too-large', `the file has ${bytes} bytes; at most ${maxBytes} are read`);
  let depth = 0;
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      line++;
      lineStart = at + 1;
    } else if (code === 91 || code === 123) {
      if (++depth > maxBrackets)
        throw refusal(file, 'too-deep', `brackets are nested more than ${maxBrackets} deep`, {
          line,
          column: at - lineStart + 1,
        });
    } else if (code === 93 || code === 125) {
      depth = Math.max(0, depth - 1);
    }
  }
  guardIndentation(file, text);
};

/** Block nesting: strictly growing indentation, counting each `- ` of a line as one more level. */
const guardIndentation = (file: string, text: string): void => {
  const open: number[] = [];
  let number = 0;
  for (const line of text.split('\n')) {
    number++;
    const lead = /^[ ]*((?:[-?:] +)*)/.exec(line);
    const bullets = lead?.[1] ?? '';
    const start = (lead?.[0].length ?? 0) - bullets.length;
    if (line.trim() === '') continue;
    while (open.length > 0 && (open.at(-1) ?? 0) >= start) open.pop();
    open.push(start);
    for (let at = start + 2; at <= start + bullets.length; at += 2) open.push(at);
    if (open.length > maxDepth)
      throw refusal(file, 'too-deep', `blocks are nested more than ${maxDepth} deep`, { line: number });
  }
};

const placeAt = (file: string, counter: LineCounter, offset: number): Place => {
  const { line, col } = counter.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
};

const wrongKey = (place: Place): Finding => ({
  severity: 'error',
  code: 'not-yaml',
  place,
  message: 'a key is no text',
  nextStep: 'Put the key into quotes, or write a list',
});

/** Duplicate keys (linear; the parser's own check is quadratic), aliases and nodes are counted in one walk. */
const guardNodes = (file: string, document: Document, counter: LineCounter): Finding[] => {
  const findings: Finding[] = [];
  let nodes = 0;
  let aliases = 0;
  visit(document, {
    Node(_key, node, ancestors) {
      if (isCollection(node) && ancestors.filter(isCollection).length >= maxDepth) {
        throw refusal(
          file,
          'too-deep',
          `values are nested more than ${maxDepth} deep`,
          placeAt(file, counter, node.range?.[0] ?? 0),
        );
      }
      if (++nodes > maxNodes)
        throw refusal(file, 'too-many-values', `the file has more than ${maxNodes} values`);
      if (isAlias(node)) {
        if (++aliases > maxAliases)
          throw refusal(file, 'too-many-aliases', `the file has more than ${maxAliases} aliases`);
        const target = node.resolve(document);
        if (target && ancestors.includes(target)) {
          throw refusal(
            file,
            'cyclic-alias',
            `the alias *${node.source} contains itself`,
            placeAt(file, counter, node.range?.[0] ?? 0),
          );
        }
      }
      if (isMap(node)) {
        const seen = new Set<string>();
        for (const { key } of node.items) {
          if (!isScalar(key)) {
            findings.push(wrongKey(placeAt(file, counter, isNode(key) ? (key.range?.[0] ?? 0) : 0)));
            continue;
          }
          const name = String(key.value);
          if (seen.has(name) && name !== '<<') {
            findings.push({
              severity: 'error',
              code: 'duplicate-key',
              place: placeAt(file, counter, key.range?.[0] ?? 0),
              message: `the key "${name}" stands twice in one map`,
              nextStep: 'Remove one of the two',
            });
          }
          seen.add(name);
        }
      }
    },
  });
  return findings;
};

/** Follows `path` as far as it exists. */
const nodeAt = (document: Document, path: DocumentPath): { value: Node | null; key: Node | null } => {
  let value: Node | null = isNode(document.contents) ? document.contents : null;
  let key: Node | null = null;
  for (const step of path) {
    const collection: unknown = isAlias(value) ? value.resolve(document) : value;
    if (!isCollection(collection)) break;
    const item: unknown = isMap(collection)
      ? collection.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(step))
      : collection.items[Number(step)];
    if (item === undefined) break;
    if (isPair(item)) {
      key = isNode(item.key) ? item.key : key;
      value = isNode(item.value) ? item.value : isNode(item.key) ? item.key : value;
    } else if (isNode(item)) {
      key = item;
      value = item;
    }
  }
  return { value, key };
};

/** Aliases that multiply each other pass any count of aliases; the parser refuses them when it builds the value. */
const dataOf = (file: string, document: Document): unknown => {
  try {
    return document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw refusal(file, 'too-many-aliases', `the aliases of the file cannot be resolved: ${message}`);
  }
};

/** Behind the opening quote; for a block (`|`, `>`) the first line that holds text, at its indentation. */
const textOffset = (text: string, node: Node | null): number => {
  const start = node?.range?.[0] ?? 0;
  if (!isScalar(node)) return start;
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') return start + 1;
  if (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED') return start;
  const body = text.indexOf('\n', start) + 1;
  if (body === 0) return start;
  const first = /[^\s]/.exec(text.slice(body, node.range?.[1] ?? text.length));
  return first === null ? start : body + first.index;
};

/** Both sides of a change share most files. Documents are never changed once they are read. */
const recent = new Map<string, LocatedDocument>();
const maxRecent = 64;
const maxRecentCharacters = 200_000;

/**
 * YAML (core schema) or JSON text with positions. Throws a UserError that names file, line and column for text
 * that does not parse, is too large, too deep, too repetitive, or has duplicate keys or unknown tags.
 */
export const readDocument = (file: string, text: string): LocatedDocument => {
  if (text.length > maxRecentCharacters) return parseLocated(file, text);
  const key = `${file}\0${text}`;
  const known = recent.get(key);
  if (known !== undefined) return known;
  const document = parseLocated(file, text);
  if (recent.size >= maxRecent) recent.clear();
  recent.set(key, document);
  return document;
};

const parseLocated = (file: string, text: string): LocatedDocument => {
  guardText(file, text);
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    uniqueKeys: false,
    merge: true,
    schema: 'core',
  });
  const problems = [...document.errors, ...document.warnings].map(
    (problem): Finding => ({
      severity: 'error',
      code: 'not-yaml',
      place: placeAt(file, counter, problem.pos[0]),
      message: `the file does not parse: ${(problem.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')}`,
      nextStep: 'Correct the syntax at this place',
    }),
  );
  // One mistake makes the parser complain several times on its line.
  const first = problems.filter(
    ({ place }, index) => problems.findIndex((other) => other.place?.line === place?.line) === index,
  );
  if (first.length > 0) throw new UserError(first.slice(0, 5));
  const duplicates = guardNodes(file, document, counter);
  if (duplicates.length > 0) throw new UserError(duplicates);
  const at = (node: Node | null): Place => placeAt(file, counter, node?.range?.[0] ?? 0);
  return {
    file,
    value: dataOf(file, document),
    placeOf: (path) => at(nodeAt(document, path).value),
    keyPlaceOf: (path) => {
      const { key, value } = nodeAt(document, path);
      return at(key ?? value);
    },
    textPlaceOf: (path) => placeAt(file, counter, textOffset(text, nodeAt(document, path).value)),
  };
};
