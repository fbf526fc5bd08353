export { compareAnswers } from './compare/semantic/compare-answers.ts';
export { type RunResult, runResultSchema } from './model/run.ts';
