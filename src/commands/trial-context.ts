import { createGrader } from '../assertions/grade.ts';
import { unsupportedAssertions } from '../assertions/validate.ts';
import type { DryContext } from '../runner/dry-run.ts';
import type { Providers } from './build-providers.ts';
import type { NamedJudges } from './trusted-judges.ts';

/** What a trial needs of the world, for a run and for its forecast alike. A run trusts no judge before it is checked. */
export const createTrialContext = (
  providers: Providers,
  judges: NamedJudges,
  votes: number,
  signal: AbortSignal,
  embedder: DryContext['embedder'],
): DryContext => ({
  provider: providers.get,
  judge: judges.get,
  votes,
  embedder,
  grade: createGrader().gradeCompletion,
  unsupported: unsupportedAssertions,
  signal,
});
