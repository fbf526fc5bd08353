import type { Environment } from '@huggingface/jinja';
import { dottedName, type Node, type RuntimeValue } from './nodes.ts';
import { undefinedValue } from './runtime-values.ts';

export type Evaluate = (node: Node | undefined, environment: Environment) => RuntimeValue;

/** A template while it runs, as its handlers see it. */
export type Running = {
  /** The package's own evaluation of one node. */
  readonly original: Evaluate;
  /** Evaluation with all limits, for children. */
  readonly evaluate: Evaluate;
  spend(amount: number): void;
  /** What does not exist. */
  readonly nothing: RuntimeValue;
  /** Notes that a name has no value, unless it is only asked about. */
  miss(node: Node): RuntimeValue;
  /** A value as it may be read: a function is only ever called, never printed or passed on. */
  readable(node: Node, value: RuntimeValue | undefined): RuntimeValue;
  /** Runs `work`, in which nothing counts as missing. */
  guarded(work: () => RuntimeValue): RuntimeValue;
};

/** State of one run: the names that were used without a value go into `missing`. */
export const startRun = (
  { original, evaluate, spend }: Pick<Running, 'original' | 'evaluate' | 'spend'>,
  missing: Set<string>,
): Running => {
  const nothing = undefinedValue();
  let guards = 0;
  const miss = (node: Node): RuntimeValue => {
    const name = dottedName(node);
    if (guards === 0 && name !== null) missing.add(name);
    return nothing;
  };
  return {
    original,
    evaluate,
    spend,
    nothing,
    miss,
    readable: (node, value) => {
      if (value === undefined || value.type === 'UndefinedValue') return miss(node);
      return value.type === 'FunctionValue' && node['called'] !== true ? miss(node) : value;
    },
    guarded: (work) => {
      guards++;
      try {
        return work();
      } finally {
        guards--;
      }
    },
  };
};
