import type { RunResult } from '../model/run.ts';
import { count, counted, dollars, duration } from './amounts.ts';
import { byCase, modelsOf } from './case-names.ts';
import { namesList, quote, type Sentence } from './sentence.ts';

const isCommit = (text: string): boolean => /^[0-9a-f]{7,64}$/.test(text);

const baseOf = ({ base }: RunResult): Sentence => {
  if (base === null) return ['no base'];
  if (base.sha !== null && isCommit(base.sha)) return [`base ${base.sha.slice(0, 7)}`];
  return ['base ', quote(base.ref)];
};

/** What was run, what it cost, and against what: the line under every report. */
export const footerOf = (result: RunResult): Sentence[] => {
  const { totals, budget, cells } = result;
  const cases = byCase(cells).length;
  const models = new Set(cells.map(({ provider }) => provider)).size;
  const sides = result.base === null ? '' : ', both sides';
  const spent = totals.costUsd === null ? 'cost not known' : dollars(totals.costUsd);
  const wall =
    budget.usd === null ? '' : `${totals.costUsd === null ? ', budget ' : ' of '}${dollars(budget.usd)}`;
  const parts: Sentence[] = [];
  if (cells.length > 0)
    parts.push([
      `${counted(cases, 'case')} × ${counted(models || modelsOf(result).length, 'model')}${sides}`,
    ]);
  parts.push([
    `${counted(totals.calls, 'call')}${totals.cached === 0 ? '' : `, ${count(totals.cached)} from cache`}`,
  ]);
  if (totals.savedTrials > 0) parts.push([`escalation saved ${counted(totals.savedTrials, 'call')}`]);
  parts.push([`${spent}${wall}`]);
  parts.push([duration(totals.durationMs)], baseOf(result));
  const local = result.providers.filter(({ languageModel }) => !languageModel).map(({ label }) => label);
  if (local.length > 0) parts.push(['not a language model: ', ...namesList(local)]);
  return parts;
};
