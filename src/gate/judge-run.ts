import type { GateRules } from '../model/policy.ts';
import type { CellRecord, ColumnRecord, Outcome, Reason, Tampering, Verdict } from '../model/run.ts';
import { columnRules } from './column-rules.ts';
import { gates } from './gating.ts';
import { judgeSplit } from './judge-split.ts';
import { plural } from './sentences.ts';

/** A reason with the outcome it asks for. */
export type Ruling = { readonly outcome: Outcome; readonly reason: Omit<Reason, 'blocking'> };

export type GateInput = {
  readonly cells: readonly CellRecord[];
  readonly matrix: readonly ColumnRecord[];
  /** The base's own cases and their columns, where the head adds some: these must hold by themselves. */
  readonly demanded: {
    readonly cells: readonly CellRecord[];
    readonly matrix: readonly ColumnRecord[];
  } | null;
  readonly tampering: readonly Tampering[];
  readonly rules: GateRules;
  /** What the run itself knows: an unreadable base policy, a cancelled run, missing credentials. */
  readonly circumstances: readonly Ruling[];
};

const ids = (cells: readonly CellRecord[]): string[] => cells.map(({ id }) => id);

const level = (rule: 'block' | 'report'): Outcome => (rule === 'block' ? 'fail' : 'pass');

const broken = ({ cells, rules }: GateInput): Ruling[] => {
  const found = cells.filter((cell) => cell.change === 'broken' && gates(cell));
  if (found.length === 0 || rules.broken === 'off') return [];
  const columns = [...new Set(found.map(({ provider }) => provider))];
  const cases = new Set(found.map(({ suite, case: id }) => `${suite} ${id}`)).size;
  return [
    {
      outcome: level(rules.broken),
      reason: {
        code: 'broken',
        message: `${plural(cases, 'case')} broke on ${columns.join(', ')}`,
        cells: ids(found),
      },
    },
  ];
};

const alreadyFailing = ({ cells, rules }: GateInput): Ruling[] => {
  const found = cells.filter((cell) => cell.change === 'stillFailing' && gates(cell));
  if (found.length === 0 || rules.alreadyFailing === 'off') return [];
  return [
    {
      outcome: level(rules.alreadyFailing),
      reason: {
        code: 'already-failing',
        message: `${plural(found.length, 'cell')} failed before and still ${found.length === 1 ? 'fails' : 'fail'}`,
        cells: ids(found),
      },
    },
  ];
};

const semantic = ({ cells, rules }: GateInput): Ruling[] => {
  const found = cells.filter((cell) => cell.semantic?.severity === 'breaking' && gates(cell));
  if (found.length === 0 || rules.semantic === 'off') return [];
  return [
    {
      outcome: level(rules.semantic),
      reason: {
        code: 'semantic',
        message: `the meaning of ${plural(found.length, 'answer')} changed`,
        cells: ids(found),
      },
    },
  ];
};

const expectedFailures = ({ cells }: GateInput): Ruling[] => {
  const found = cells.filter(
    ({ expectFail, candidate }) => expectFail !== null && candidate?.state === 'passed',
  );
  if (found.length === 0) return [];
  return [
    {
      outcome: 'pass',
      reason: {
        code: 'expect-fail-fixed',
        message: `${plural(found.length, 'case')} marked expectFail now ${found.length === 1 ? 'passes' : 'pass'}: fixed, remove expectFail`,
        cells: ids(found),
      },
    },
  ];
};

const weakened = ({ tampering, rules }: GateInput): Ruling[] => {
  const found = tampering.filter(({ weakening }) => weakening);
  if (found.length === 0) return [];
  return [
    {
      outcome: rules.weakened === 'approve' ? 'needsApproval' : 'pass',
      reason: {
        code: 'weakened',
        message: `this change loosens its own tests: ${found
          .map(({ message }) => message)
          .slice(0, 3)
          .join('; ')}${found.length > 3 ? `; and ${found.length - 3} more` : ''}`,
        cells: [],
      },
    },
  ];
};

/** Why a cell has no answer, in the words of the first trial that says it. */
const whyUndecided = (cell: CellRecord): string => {
  const trials = [...(cell.candidate?.trials ?? []), ...(cell.baseline?.trials ?? [])];
  const error = trials.find((trial) => trial.error !== null)?.error?.message;
  const skipped = trials.find((trial) => trial.skipped !== null)?.skipped;
  return error ?? (skipped === undefined ? 'no answer' : `skipped (${skipped})`);
};

const coverage = ({ cells, matrix, rules }: GateInput): Ruling[] => {
  const planned = cells.filter(({ change }) => change !== 'removed');
  const missing = planned.filter(({ change }) => change === 'undecided');
  if (missing.length === 0) return [];
  const share = 1 - missing.length / planned.length;
  const silent = matrix.filter(({ candidate, undecided }) => undecided > 0 && candidate?.answered === 0);
  const judge = missing.some((cell) =>
    [...(cell.baseline?.trials ?? []), ...(cell.candidate?.trials ?? [])].some(
      ({ error }) => error?.kind === 'judge',
    ),
  );
  const critical = missing.some((cell) => cell.critical);
  const short = share < rules.coverage || silent.length > 0 || judge || critical;
  const causes = [...Map.groupBy(missing, (cell) => `${cell.provider}: ${whyUndecided(cell)}`).entries()]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, 3)
    .map(([cause, group]) => `${cause} (${plural(group.length, 'cell')})`);
  return [
    {
      outcome: short ? 'undecided' : 'pass',
      reason: {
        code: judge ? 'judge-broken' : silent.length > 0 ? 'provider-silent' : 'coverage',
        message: `${planned.length - missing.length} of ${plural(planned.length, 'cell')} decided${short ? `, ${(rules.coverage * 100).toFixed(0)} % needed` : ''}. ${causes.join('; ')}`,
        cells: ids(missing),
      },
    },
  ];
};

/**
 * A rule over shares is asked about all cells and about the base's own: a change can add as many easy cases as it
 * likes, and still has to pass the ones that were there. What the base's cases say worse is said as well.
 */
const undiluted =
  (rule: (input: GateInput) => Ruling[]) =>
  (input: GateInput): Ruling[] => {
    const all = rule(input);
    if (input.demanded === null) return all;
    const known = new Set(all.map(({ outcome, reason }) => `${outcome} ${reason.code}`));
    const demanded = rule({ ...input, ...input.demanded, demanded: null });
    return [
      ...all,
      ...demanded.filter(
        ({ outcome, reason }) => outcome !== 'pass' && !known.has(`${outcome} ${reason.code}`),
      ),
    ];
  };

const severityOrder: readonly Outcome[] = ['fail', 'needsApproval', 'undecided', 'pass'];

/**
 * Everything is collected; the worst in the order fail, needsApproval, undecided, pass is the outcome, and all
 * reasons are listed, the deciding ones first (gate.md, "The run").
 */
export const judgeRun = (input: GateInput): Verdict => {
  const rulings = [
    broken,
    undiluted(columnRules),
    semantic,
    weakened,
    undiluted(coverage),
    judgeSplit,
    alreadyFailing,
    expectedFailures,
  ].flatMap((rule) => rule(input));
  const all = [...rulings, ...input.circumstances].toSorted(
    (a, b) => severityOrder.indexOf(a.outcome) - severityOrder.indexOf(b.outcome),
  );
  const outcome = all[0]?.outcome ?? 'pass';
  return {
    outcome,
    reasons: all.map(({ outcome: asked, reason }) => ({ ...reason, blocking: asked !== 'pass' })),
  };
};
