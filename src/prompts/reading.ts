import { type Finding, UserError } from '../model/errors.ts';
import type { Place } from '../model/place.ts';
import type { Tree } from '../model/ports.ts';

type Rest = Pick<Finding, 'expected' | 'nextStep'>;

/** What becomes of the thing that an unsupported key belongs to. */
export type Consequence = 'ignored' | 'case' | 'prompt' | 'provider' | 'tests';

/** One suite while it is being read: where files come from, and everything that was noticed on the way. */
export type Reading = {
  /** The suite file's repository-relative path. */
  readonly path: string;
  readonly tree: Tree;
  /** Every file that the suite (not its prompts) is made of, in reading order. */
  readonly files: Set<string>;
  error(code: string, place: Place, message: string, rest?: Rest): void;
  warn(code: string, place: Place, message: string, rest?: Rest): void;
  /** Recognised, but not supported: listed once by name, never counted as a pass. */
  unsupported(name: string, place: Place, consequence: Consequence): void;
  add(findings: readonly Finding[]): void;
  /** Runs `work`; a UserError becomes findings and null. */
  attempt<Value>(work: () => Promise<Value> | Value): Promise<Value | null>;
  /** How many errors there are so far. */
  errorCount(): number;
  /** Whether whole groups of cases could not be read. */
  lacksTests(): boolean;
  findings(): Finding[];
};

const nextStepOf = (consequence: Consequence, count: number): string => {
  const times = count === 1 ? '' : ` (${count} places; this is the first)`;
  switch (consequence) {
    case 'ignored':
      return `It has no effect here${times}`;
    case 'case':
      return `${count === 1 ? 'The case is' : `${count} cases are`} left out, since without it ${count === 1 ? 'it' : 'they'} would mean something else`;
    case 'prompt':
      return `${count === 1 ? 'The prompt is' : `${count} prompts are`} left out; write it as text, JSON or YAML`;
    case 'provider':
      return `${count === 1 ? 'The provider is' : `${count} providers are`} left out`;
    case 'tests':
      return `Its cases are left out${times}; export them to CSV, JSON, JSONL or YAML`;
  }
};

/** An empty reading of the suite at `path`. */
export const startReading = (tree: Tree, path: string): Reading => {
  const collected: Finding[] = [];
  const unsupported = new Map<
    string,
    { name: string; place: Place; consequence: Consequence; count: number }
  >();
  let errors = 0;
  const add = (findings: readonly Finding[]): void => {
    for (const finding of findings) {
      if (finding.severity === 'error') errors++;
      collected.push(finding);
    }
  };
  return {
    path,
    tree,
    files: new Set([path]),
    add,
    error: (code, place, message, rest) => add([{ severity: 'error', code, place, message, ...rest }]),
    warn: (code, place, message, rest) => add([{ severity: 'warning', code, place, message, ...rest }]),
    unsupported: (name, place, consequence) => {
      const key = `${consequence} ${name}`;
      const known = unsupported.get(key);
      if (known === undefined) unsupported.set(key, { name, place, consequence, count: 1 });
      else known.count++;
    },
    attempt: async (work) => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        add(error.findings);
        return null;
      }
    },
    errorCount: () => errors,
    lacksTests: () => [...unsupported.values()].some(({ consequence }) => consequence === 'tests'),
    findings: () => [
      ...collected,
      ...[...unsupported.values()].map(
        ({ name, place, consequence, count }): Finding => ({
          severity: 'warning',
          code: 'unsupported',
          place,
          message: `\`${name}\` is recognised, but not supported`,
          nextStep: nextStepOf(consequence, count),
        }),
      ),
    ],
  };
};
