import { createGrader } from '../assertions/grade.ts';
import { unsupportedAssertions } from '../assertions/validate.ts';
import type { TrialContext } from '../runner/run-trial.ts';
import type { Providers } from './build-providers.ts';
import type { PreparedRun } from './prepare-run.ts';

/** What a trial needs of the world, for a run and for its forecast alike. */
export const createTrialContext = (
  prepared: PreparedRun,
  providers: Providers,
  embedder: TrialContext['embedder'],
): Omit<TrialContext, 'signal' | 'deadline'> => ({
  provider: providers.get,
  judge: async (cell, id) => {
    const spec = prepared.judge(cell, id);
    if (spec === null) throw new Error('a case without a judge was planned');
    return providers.get(spec);
  },
  embedder,
  grade: createGrader().gradeCompletion,
  unsupported: unsupportedAssertions,
});
