import { describe, expect, test } from '@jest/globals';
import type { ColumnDrop } from '../../src/plan/detectable-drop.ts';
import type { Forecast } from '../../src/plan/forecast.ts';
import type { PlanDocument } from '../../src/plan/plan-document.ts';
import { type PlanPaper, renderPlan } from '../../src/reports/terminal-plan.ts';

const column = (provider: string, more: Partial<ColumnDrop> = {}): ColumnDrop => ({
  suite: 'support.suite.yml',
  prompt: 'support.txt',
  provider,
  pairs: 200,
  detectableDrop: 0.064,
  ...more,
});

const forecast: Forecast = {
  trials: 152,
  calls: { answer: 92, judge: 60 },
  fromStore: { answer: 40, judge: 3 },
  shared: { answer: 20, judge: 0 },
  costUsd: 0.31,
  costAtMostUsd: 0.92,
  priced: { costUsd: 0.31, atMostUsd: 0.92 },
  minutes: 1.9,
  mayRepeat: false,
  assumptions: [],
};

const document: PlanDocument = {
  cells: 76,
  answers: 152,
  calls: 152,
  cached: 63,
  costUsd: 0.31,
  costAtMostUsd: 0.92,
  unknownPrices: [],
  minutes: 1.9,
  detectableDrop: 0.064,
  columns: [column('haiku')],
  shards: { include: [{ shard: '1/1' }] },
};

type More = Partial<Omit<PlanPaper, 'document' | 'forecast'>> & {
  readonly document?: Partial<PlanDocument>;
  readonly forecast?: Partial<Forecast>;
};

const render = (more: More = {}): string =>
  renderPlan({
    pricesAsOf: '2025-11-01',
    concurrency: 20,
    alpha: 0.05,
    minutesAllowed: 30,
    mostTrials: 8,
    showShards: false,
    color: false,
    width: 100,
    ...more,
    document: { ...document, ...more.document },
    forecast: { ...forecast, ...more.forecast },
  });

describe('a plan on a terminal', () => {
  test('reads well', () => {
    expect(
      render(),
    ).toBe(`76 cells, 152 answers: 40 from the cache, 20 equal to another one, 92 calls; 63 judgements: 3 known
or equal to another one, 60 calls
cost      about $0.31, at most $0.92 (built-in prices are of 2025-11-01)
time      about 2 min with 20 calls in flight
detects   drops from 6.4 points on haiku (200 cases)
assumes   10 % of the cases differ between the sides; alpha 0.05, power 80 %
`);
  });

  test.each<[string, More, string]>([
    [
      'a free model',
      { forecast: { priced: { costUsd: 0, atMostUsd: 0 } } },
      'cost      nothing: these providers are free',
    ],
    ['all known', { document: { calls: 0 } }, 'cost      nothing: no call is made'],
    [
      'an unknown price',
      { document: { costUsd: null, unknownPrices: ['compatible:x'] } },
      'not known: no price for compatible:x; the rest about $0.31, at most $0.92',
    ],
    ['a second', { document: { minutes: 0.001 } }, 'time      less than a second'],
    ['half a minute', { document: { minutes: 0.5 } }, 'time      about 30 s'],
    ['more than allowed', { document: { minutes: 45 } }, 'The budget ends the run after 30 min'],
    [
      'no baseline',
      { document: { columns: [column('a', { pairs: 0, detectableDrop: null })] } },
      'no drop on a: there is no baseline',
    ],
    [
      'too few cases',
      { document: { columns: [column('a', { pairs: 5, detectableDrop: null })] } },
      'too few cases to see a drop on a (5 cases)',
    ],
    [
      'two prompts are told apart',
      { document: { columns: [column('a'), column('a', { prompt: 'other.txt' })] } },
      'drops from 6.4 points on a, other.txt (200 cases)',
    ],
    [
      'assumed lengths',
      {
        forecast: {
          assumptions: [
            { label: 'a', role: 'answer', outputTokens: 300 },
            { label: 'b', role: 'answer', outputTokens: 300 },
            { label: 'c', role: 'judge', outputTokens: 120 },
          ],
        },
      },
      'assumes   300 tokens an answer of a, b, where none is known yet\n          120 tokens a judgement of c, where',
    ],
    ['further trials', { forecast: { mayRepeat: true } }, 'asked again, up to 8 times a side'],
    ['nothing to do', { document: { cells: 0 } }, 'Nothing to run: no prompt, case or suite changed.\n'],
    [
      'many columns',
      { document: { columns: Array.from({ length: 30 }, (_, index) => column(`m${index}`)) } },
      'and 18 more columns: see --format json',
    ],
  ])('%s', (_name, more, text) => {
    expect(render(more)).toContain(text);
  });

  test('labels of others are shown, never obeyed', () => {
    const hostile = column('\u001b[2J\n::error::x##[error]y\u202e');
    const text = render({
      document: { columns: [hostile], unknownPrices: ['a\nb\u001b[0m'], costUsd: null },
    });
    expect(text).not.toMatch(/[\u001b\u202e]|^\s*::|##\[/m);
    expect(text).toContain('a⏎b␛[0m');
  });
});
