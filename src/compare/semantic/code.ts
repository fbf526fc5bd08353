import type { CodeBlock } from './blocks.ts';
import { type Comparison, type Draft, span } from './comparison.ts';

/** Comment marks by language; an unknown language has those that hardly mean anything else. */
const hash = /(?:^|\s)#(?!!).*$/;
const slashes = /(?:^|[\s;{}])\/\/.*$/;
const dashes = /(?:^|\s)--\s.*$/;
const marks: Readonly<Record<string, readonly RegExp[]>> = {
  python: [hash],
  py: [hash],
  bash: [hash],
  sh: [hash],
  shell: [hash],
  zsh: [hash],
  yaml: [hash],
  yml: [hash],
  ruby: [hash],
  rb: [hash],
  toml: [hash],
  dockerfile: [hash],
  r: [hash],
  perl: [hash],
  sql: [dashes],
  lua: [dashes],
  haskell: [dashes],
  json: [],
  text: [],
  csv: [],
  diff: [],
};

const withoutComment = (line: string, language: string): string =>
  (marks[language] ?? [slashes, /(?:^|\s)#\s.*$/]).reduce((code, mark) => code.replace(mark, ''), line);

/** Without block comments, in one pass: an opening mark that is never closed stays. */
const withoutBlockComments = (text: string): string => {
  let kept = '';
  let from = 0;
  for (let open = text.indexOf('/*'); open >= 0; open = text.indexOf('/*', from)) {
    const close = text.indexOf('*/', open + 2);
    if (close < 0) break;
    kept += text.slice(from, open);
    from = close + 2;
  }
  return kept + text.slice(from);
};

/** Lines of code without comments and spacing, empty ones left out. Indentation stays where it means something. */
const linesOf = ({ language, lines }: CodeBlock): string[] =>
  withoutBlockComments(lines.join('\n'))
    .split('\n')
    .map((line) => withoutComment(line, language).replace(/\s+$/, ''))
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().replace(/\s+/g, ' ').replaceAll("'", '"').replace(/;$/, ''));

const words = (line: string): string[] =>
  line.match(/--?[\w-]+|[\p{L}_$][\p{L}\p{N}_$]*|\d+(?:\.\d+)?|"[^"]*"|\S/gu) ?? [];

const overlap = (a: string, b: string): number => {
  const right = new Set(words(b));
  const left = words(a);
  return left.filter((word) => right.has(word)).length / Math.max(1, left.length, right.size);
};

const name = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** Whether two lines differ only in names, each renamed the same way throughout. */
const renamed = (a: string, b: string, names: Map<string, string>): boolean => {
  const [left, right] = [words(a), words(b)];
  if (left.length !== right.length) return false;
  return left.every((word, index) => {
    const other = right[index] ?? '';
    if (word === other && !names.has(word)) return true;
    if (!name.test(word) || !name.test(other)) return false;
    const known = names.get(word);
    if (known === undefined) names.set(word, other);
    return known === undefined || known === other;
  });
};

const maxLines = 2_000;

const without = (lines: readonly string[], other: readonly string[]): string[] => {
  const counts = new Map<string, number>();
  for (const line of other) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0;
    if (count > 0) counts.set(line, count - 1);
    return count === 0;
  });
};

/** A command, flag, number or quoted value that differs does something else; another name may not. */
const severityOf = (a: string, b: string): 'breaking' | 'review' => {
  const differing = [...without(words(a), words(b)), ...without(words(b), words(a))];
  return differing.some((word) => /^--?\w|^\d|^"|^[<>=!+*/&|]$/.test(word)) ? 'breaking' : 'review';
};

const changedLines = (lost: readonly string[], won: readonly string[], language: string): Draft[] => {
  const shell = /^(?:bash|sh|shell|zsh|console|powershell|cmd)?$/.test(language);
  const names = new Map<string, string>();
  if (
    !shell &&
    lost.length === won.length &&
    lost.every((line, index) => renamed(line, won[index] ?? '', names))
  ) {
    const targets = [...names.values()];
    if (new Set(targets).size === targets.length && names.size > 0 && lost.length >= 2) return [];
  }
  const rest = [...won];
  const drafts: Draft[] = [];
  for (const before of lost.slice(0, 100)) {
    const best = rest
      .map((line, index) => ({ index, score: overlap(before, line) }))
      .sort((x, y) => y.score - x.score || x.index - y.index)[0];
    const after = best !== undefined && best.score >= 0.3 ? rest.splice(best.index, 1)[0] : undefined;
    drafts.push({
      kind: 'code',
      severity: after === undefined ? 'review' : severityOf(before, after),
      a: span(before),
      b: after === undefined ? null : span(after),
    });
  }
  return [
    ...drafts,
    ...rest
      .slice(0, 100)
      .map((line): Draft => ({ kind: 'code', severity: 'review', a: null, b: span(line) })),
  ];
};

/** Code blocks compared line by line. Comments and spacing mean nothing, the order of lines does. */
export const codeReasons = ({ a, b }: Pick<Comparison, 'a' | 'b'>): Draft[] => {
  const left = a.code.flatMap(linesOf).slice(0, maxLines);
  const right = b.code.flatMap(linesOf).slice(0, maxLines);
  if (left.join('\n') === right.join('\n')) return [];
  const language = a.code[0]?.language || b.code[0]?.language || '';
  if (left.length === 0 || right.length === 0)
    return [
      {
        kind: 'code',
        severity: 'review',
        a: left.length === 0 ? null : span(left.join(' ⏎ ')),
        b: right.length === 0 ? null : span(right.join(' ⏎ ')),
      },
    ];
  const lost = without(left, right);
  const won = without(right, left);
  if (lost.length === 0 && won.length === 0) {
    const at = left.findIndex((line, index) => line !== right[index]);
    return [
      {
        kind: 'order',
        severity: 'review',
        a: span(left[at] ?? ''),
        b: span(right[at] ?? ''),
        detail: 'code',
      },
    ];
  }
  return changedLines(lost, won, language).slice(0, 20);
};
