import { gates } from '../gate/gating.ts';
import type { CellRecord, RunResult, SideRecord } from '../model/run.ts';
import { answers, standingTrial, tally } from './case-names.ts';
import { causeOf } from './missing-answers.ts';
import { plainText } from './sentence.ts';
import { cut, normalLines, visible } from './visible-text.ts';
import { whyOf } from './worst-cases.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Hidden characters are made visible, and what XML 1.0 has no place for is removed. */
const clean = (text: string): string =>
  visible(normalLines(text)).replace(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');

const content = (text: string): string =>
  clean(text).replace(/[&<>]/g, (character) => entities[character] ?? '');
const attribute = (text: string): string =>
  clean(text).replace(/[&<>"\n\t]/g, (character) => entities[character] ?? '');

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${attribute(String(value))}"`)
    .join('');

const maxOutput = 4000;
const maxReason = 1000;
const maxMessage = 500;

type Ending =
  | { readonly kind: 'passed'; readonly note: string | null }
  | { readonly kind: 'skipped'; readonly message: string }
  | {
      readonly kind: 'failure' | 'error';
      readonly type: string;
      readonly message: string;
      readonly text: string;
    };

/** `failure` is a bad answer, `error` is no answer, `skipped` was not asked or does not gate. */
const endingOf = (cell: CellRecord): Ending => {
  const { change, candidate } = cell;
  if (candidate === null) return { kind: 'skipped', message: 'removed' };
  if (candidate.state === 'skipped') return { kind: 'skipped', message: plainText(causeOf(cell).sentence) };
  if (change === 'undecided') {
    const message = plainText(causeOf(cell).sentence);
    return { kind: 'error', type: 'undecided', message, text: failureText(cell) };
  }
  if (candidate.state === 'passed') return { kind: 'passed', note: null };
  if (candidate.state === 'flaky' || change === 'flaky')
    return { kind: 'passed', note: `flaky: ${tally(candidate) ?? 'no answer'} trials passed` };
  const why = whyOf(cell).map((sentence) => cut(plainText(sentence), maxMessage));
  const message = why.join(' · ') || candidate.state;
  if (!gates(cell)) {
    const excuse = cell.quarantined ?? cell.expectFail ?? 'severity is warn';
    return { kind: 'skipped', message: `fails, does not gate: ${excuse}. ${message}` };
  }
  return { kind: 'failure', type: change, message, text: failureText(cell) };
};

/** Everything that a person needs who sees only this file: question, both answers, each failed check. */
const failureText = (cell: CellRecord): string => {
  const now = standingTrial(cell.candidate);
  const before = standingTrial(cell.baseline);
  const failed = (now?.checks ?? []).filter(({ pass }) => !pass);
  return [
    `asked:    ${cut(cell.asked, maxOutput)}`,
    ...failed.map(
      ({ type, expected, reason }) =>
        `expected: ${type}${expected === null ? '' : ` ${cut(expected, maxReason)}`}\nreason:   ${cut(reason, maxReason)}`,
    ),
    ...(before?.output == null ? [] : [`before:   ${cut(before.output, maxOutput)}`]),
    now?.output == null
      ? `now:      (no answer) ${now?.error?.message ?? now?.skipped ?? ''}`.trimEnd()
      : `now:      ${cut(now.output, maxOutput)}`,
    `at:       ${cell.file}:${cell.line}`,
  ].join('\n');
};

const latencyMs = (side: SideRecord | null): number =>
  answers(side).reduce((sum, { latencyMs: own }) => sum + (own ?? 0), 0);

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const element = (ending: Ending): string => {
  switch (ending.kind) {
    case 'passed':
      return ending.note === null ? '' : `\n      <system-out>${content(ending.note)}</system-out>`;
    case 'skipped':
      return `\n      <skipped${attributes({ message: cut(ending.message, maxMessage) })}/>`;
    default:
      return `\n      <${ending.kind}${attributes({ type: ending.type, message: cut(ending.message, maxMessage) })}>${content(ending.text)}</${ending.kind}>`;
  }
};

const testCase = (cell: CellRecord, name: string, ending: Ending): string => {
  const inner = element(ending);
  const values = {
    classname: name,
    name: cell.description === '' ? cell.case : `${cell.description} (${cell.case})`,
    file: cell.file,
    line: cell.line,
    time: seconds(latencyMs(cell.candidate)),
  };
  return `    <testcase${attributes(values)}${inner === '' ? '/>' : `>${inner}\n    </testcase>`}`;
};

const counts = (endings: readonly Ending[]) => ({
  tests: endings.length,
  failures: endings.filter(({ kind }) => kind === 'failure').length,
  errors: endings.filter(({ kind }) => kind === 'error').length,
  skipped: endings.filter(({ kind }) => kind === 'skipped').length,
});

const testSuite = (result: RunResult, cells: readonly CellRecord[]): string => {
  const [first] = cells;
  if (first === undefined) return '';
  const suite = result.suites.find(({ path }) => path === first.suite)?.name ?? first.suite;
  const prompt = result.prompts.find(({ id }) => id === first.prompt)?.label ?? first.prompt;
  const name = `${suite} › ${prompt} › ${first.provider}`;
  const endings = cells.map(endingOf);
  const time = seconds(cells.reduce((sum, { candidate }) => sum + latencyMs(candidate), 0));
  return [
    `  <testsuite${attributes({ name, ...counts(endings), time, timestamp: result.startedAt })}>`,
    ...cells.map((cell, index) => testCase(cell, name, endings[index] ?? endingOf(cell))),
    '  </testsuite>',
  ].join('\n');
};

/** JUnit XML as CI systems read it: a suite for each suite × prompt × model, a test for each case. */
export const renderJunit = (result: RunResult): string => {
  const groups = Map.groupBy(result.cells, ({ suite, prompt, provider }) =>
    [suite, prompt, provider].join('\0'),
  );
  const total = counts(result.cells.map(endingOf));
  const time = seconds(result.totals.durationMs);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'assay', ...total, time })}>`,
    ...[...groups.values()].map((cells) => testSuite(result, cells)),
    '</testsuites>',
    '',
  ].join('\n');
};
