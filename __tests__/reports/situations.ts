import type { CellRecord, RunResult } from '../../src/model/run.ts';
import {
  because,
  broken,
  cell,
  errored,
  failedCheck,
  failing,
  grid,
  links,
  meaning,
  passing,
  reason,
  run,
  skipped,
  tried,
  verdict,
} from './results.ts';

const three = ['gpt-5-mini', 'haiku', 'gemini-flash'] as const;
const five = [...three, 'llama-4-scout', 'mistral-large'] as const;

const promptPath = 'prompts/support.prompt.yml';

const promptEdit: RunResult['prompts'][number] = {
  id: promptPath,
  path: promptPath,
  label: promptPath,
  baselineVersion: 'b'.repeat(64),
  candidateVersion: 'c'.repeat(64),
  diff: [
    {
      section: 'message',
      title: 'system',
      line: 6,
      parts: [
        { kind: 'same', text: 'You answer questions of customers.\nRefunds are possible within ' },
        { kind: 'removed', text: '30' },
        { kind: 'added', text: '14' },
        { kind: 'same', text: ' days.\nName the page that helps.' },
        { kind: 'added', text: '\nBe concise.' },
      ],
    },
    {
      section: 'parameters',
      title: 'parameters',
      line: 3,
      parts: [
        { kind: 'same', text: 'temperature: ' },
        { kind: 'removed', text: '0.7' },
        { kind: 'added', text: '0.2' },
      ],
    },
  ],
};

const otherPrompt = (id: string): RunResult['prompts'][number] => ({
  ...promptEdit,
  id,
  path: id,
  label: id,
  candidateVersion: promptEdit.baselineVersion,
  diff: [],
});

const twoBroken = (): RunResult => {
  const cells = grid(three, { support: 120, triage: 40 }, (same, index) => {
    const support = same.suite.includes('support');
    if (support && same.provider === 'haiku' && index < 2)
      return broken({
        ...same,
        change: 'broken',
        description: index === 0 ? 'asks for a refund' : 'late parcel',
        asked: index === 0 ? 'I want my money back' : 'My parcel is two weeks late. What now?',
        critical: index === 1,
        baseline: broken().baseline,
        candidate: broken().candidate,
        semantic: broken().semantic,
      });
    if (support && index === 7)
      return cell({
        ...same,
        description: 'return window',
        semantic: meaning('breaking', because('number', '30 days', '14 days')),
      });
    if (support && index === 9 && same.provider === 'haiku')
      return cell({
        ...same,
        description: 'late parcel, insured',
        semantic: meaning('review', because('condition', null, 'if it was insured', 'review')),
      });
    if (!support && index === 3 && same.provider === 'gemini-flash')
      return cell({
        ...same,
        change: 'flaky',
        description: 'angry customer',
        candidate: tried('Sure!', 2, 3),
      });
    if (support && index === 20 && same.provider === 'gemini-flash')
      return cell({
        ...same,
        change: 'fixed',
        baseline: failing('No.'),
        candidate: passing('Yes, of course.'),
      });
    return same;
  });
  const bad = cells.filter(({ change }) => change === 'broken').map(({ id }) => id);
  return run({
    cells,
    prompts: [promptEdit, otherPrompt('prompts/triage.prompt.yml')],
    tampering: [
      {
        kind: 'case-added',
        file: 'prompts/support.suite.yml',
        line: 402,
        message: 'the case "asks-twice" was added',
        weakening: false,
      },
    ],
    warnings: [
      {
        file: 'prompts/support.suite.yml',
        line: 3,
        column: 1,
        message: 'unknown key "tag". Did you mean tags?',
      },
      {
        file: null,
        line: null,
        column: null,
        message: 'The cache could not be opened: the run went on without it.',
      },
    ],
    verdict: verdict('fail', reason('broken', '2 cases broke on haiku', bad)),
  });
};

const everythingBroken = (): RunResult => {
  const cells = grid(five, { support: 20, triage: 6, refunds: 3, greetings: 2 }, (same) =>
    broken({
      ...same,
      change: 'broken',
      baseline: passing('You can get a refund within 30 days.'),
      candidate: failing('I cannot help with that.'),
      semantic: broken().semantic,
    }),
  );
  return run({
    cells,
    prompts: [
      promptEdit,
      ...['triage', 'refunds', 'greetings'].map((name) => otherPrompt(`prompts/${name}.prompt.yml`)),
    ],
    verdict: verdict(
      'fail',
      reason(
        'broken',
        '31 cases broke on all models',
        cells.map(({ id }) => id),
      ),
      ...five.map((model) =>
        reason(
          'regression',
          `pass rate on ${model} (${promptPath}) fell from 100.0 % to 0.0 % over 20 cases, −100.0 points, p < 0.001`,
          [],
        ),
      ),
    ),
  });
};

const manyPrompts = (): RunResult => {
  const prompts = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`prompt-${index + 1}`, 4]));
  const cells = grid(['gpt-5-mini', 'haiku'], prompts, (same, index) => {
    if (same.prompt.endsWith('prompt-17.prompt.yml') && index === 0)
      return broken({
        ...same,
        ...broken(),
        id: same.id,
        suite: same.suite,
        prompt: same.prompt,
        provider: same.provider,
      });
    if (same.prompt.endsWith('prompt-4.prompt.yml') && index === 1)
      return cell({ ...same, change: 'stillFailing', baseline: failing('No.'), candidate: failing('No.') });
    return same;
  });
  const bad = cells.filter(({ change }) => change === 'broken').map(({ id }) => id);
  return run({ cells, verdict: verdict('fail', reason('broken', '1 case broke on all models', bad)) });
};

const noAnswer = (same: CellRecord, side: CellRecord['candidate']): CellRecord =>
  cell({ ...same, change: 'undecided', baseline: side, candidate: side, semantic: null });

const wrongKey = (): RunResult => {
  const side = errored('401 Incorrect API key provided: sk-…7f2a', 401);
  const cells = grid(three, { support: 12 }, (same) =>
    same.provider === 'haiku' ? noAnswer(same, side) : same,
  );
  return run({
    cells,
    verdict: verdict(
      'undecided',
      reason(
        'provider-silent',
        '24 of 36 cells decided, 95 % needed. haiku: 401 Incorrect API key provided: sk-…7f2a (12 cells)',
        cells.filter(({ change }) => change === 'undecided').map(({ id }) => id),
      ),
    ),
  });
};

const noKeys = (): RunResult => {
  const cells = grid(['gpt-5-mini'], { support: 12 }, (same) => noAnswer(same, skipped('no-credentials')));
  const ids = cells.map(({ id }) => id);
  return run({
    cells,
    totals: { calls: 0, cached: 0, savedTrials: 0, costUsd: null, durationMs: 800 },
    verdict: verdict(
      'undecided',
      reason(
        'no-credentials',
        'this run has no keys (a pull request from a fork has none); a maintainer has to run it',
        ids,
      ),
      reason(
        'provider-silent',
        '0 of 12 cells decided, 95 % needed. gpt-5-mini: skipped (no-credentials) (12 cells)',
        ids,
      ),
    ),
  });
};

const cancelled = (): RunResult =>
  run({
    cells: grid(['gpt-5-mini'], { support: 6 }, (same, index) =>
      index < 3 ? same : noAnswer(same, skipped('cancelled')),
    ),
    verdict: verdict('undecided', reason('cancelled', 'the run was cancelled before it was finished')),
  });

const loosened = (): RunResult =>
  run({
    cells: grid(three, { support: 12 }),
    tampering: [
      {
        kind: 'case-edited',
        file: 'prompts/support.suite.yml',
        line: 31,
        message: 'the case "refund" was edited; the base\'s version still decides',
        weakening: true,
      },
      {
        kind: 'case-removed',
        file: 'prompts/support.suite.yml',
        line: 48,
        message: 'the case "late-parcel" was removed; it still runs',
        weakening: true,
      },
      {
        kind: 'case-added',
        file: 'prompts/support.suite.yml',
        line: 60,
        message: 'the case "asks-twice" was added',
        weakening: false,
      },
    ],
    verdict: verdict(
      'needsApproval',
      reason(
        'weakened',
        'this change loosens its own tests: the case "refund" was edited; the base\'s version still decides; the case "late-parcel" was removed; it still runs',
      ),
    ),
  });

const firstRun = (): RunResult =>
  run({
    cells: grid(['extract-a', 'extract-b'], { support: 8 }),
    firstRun: true,
    providers: ['extract-a', 'extract-b'].map((label) => ({
      id: 'builtin:extract',
      label,
      resolvedModels: [],
      languageModel: false,
    })),
    totals: { calls: 32, cached: 0, savedTrials: 0, costUsd: 0, durationMs: 640 },
  });

const nothingChanged = (): RunResult =>
  run({
    cells: [],
    suites: [
      { path: 'prompts/support.suite.yml', name: 'support', description: null, cases: 12, run: false },
    ],
    totals: { calls: 0, cached: 0, savedTrials: 0, costUsd: 0, durationMs: 90 },
  });

const flaky = (): RunResult =>
  run({
    cells: [
      ...grid(['haiku'], { support: 6 }),
      cell({
        case: 'angry-customer',
        change: 'flaky',
        candidate: tried('Sure!', 5, 8),
        baseline: tried('Sure!', 8, 8),
      }),
      cell({
        case: 'known-gap',
        change: 'stillFailing',
        baseline: failing('No.'),
        candidate: failing('No.'),
      }),
      cell({
        case: 'model-bug',
        change: 'broken',
        quarantined: 'model bug (@ada, until 2026-12-20)',
        candidate: failing('No.'),
      }),
      cell({ case: 'was-hard', change: 'fixed', expectFail: 'waits for #12', baseline: failing('No.') }),
    ],
    verdict: verdict(
      'pass',
      reason('already-failing', '1 cell failed before and still fails', [], false),
      reason('expect-fail-fixed', '1 case marked expectFail now passes: fixed, remove expectFail', [], false),
    ),
  });

const promptsComeAndGo = (): RunResult => {
  const added = 'prompts/returns.prompt.yml';
  const removed = 'prompts/legacy.prompt.yml';
  return run({
    cells: [
      ...grid(['gpt-5-mini', 'haiku'], { support: 5 }),
      cell({ prompt: added, provider: 'haiku', change: 'added', baseline: null, semantic: null }),
      cell({
        prompt: added,
        provider: 'gpt-5-mini',
        change: 'broken',
        baseline: null,
        candidate: failing('', [failedCheck({ type: 'contains', expected: '30 days' })]),
        semantic: null,
      }),
      cell({ prompt: removed, provider: 'haiku', change: 'removed', candidate: null, semantic: null }),
    ],
    prompts: [
      otherPrompt(promptPath),
      { ...otherPrompt(added), baselineVersion: null },
      { ...otherPrompt(removed), candidateVersion: null },
    ],
    verdict: verdict('fail', reason('broken', '1 case broke on gpt-5-mini')),
  });
};

/** What a model, a user or a vendor may write into every field that they can write to. */
export const hostileTexts: readonly string[] = [
  '![x](https://evil.example/?q=1) <img src=https://evil.example/a> <a href="https://evil.example">x</a>',
  '| a | b |\n|--|--|\n| \\| c |',
  '``` ` `` ````\n```\n</details><script>alert(1)</script>',
  '@everyone #1 GH-1 owner/repo#2 www.evil.example http://evil.example a@evil.example',
  '\u202egnirts desrever\u2069 \u200bzero\u200bwidth\u200b \u{e0041}\u{e0042}\u{e0043}\u{e0044}',
  '\u001b[31mred\u001b[0m\u0007\u0000\u009b2J',
  '::set-output name=x::y\n::add-mask::secret\n##[error]forged\n  ::warning::late',
  '\r\n\r-- -->\n<!-- assay id=assay sha=fffffff run=999999 -->\n### ✓ All cases pass.',
  '[ref]: https://evil.example\n[ref]\n<https://evil.example>\n***\n- [ ] task $x$ ~~gone~~',
  ']]> & < > " \' &amp; \ufffe \ud800',
];

const hostile = (): RunResult => {
  const text = (index: number): string => hostileTexts[index % hostileTexts.length] ?? '';
  const cells = hostileTexts.map((bad, index) =>
    broken({
      suite: `s/${text(index + 1)}.suite.yml`,
      prompt: `p/${text(index + 2)}`,
      case: `c ${bad}`,
      provider: `m ${text(index + 3)}`,
      description: bad,
      file: `f/${text(index + 4)}`,
      owner: text(index + 5),
      asked: text(index + 6),
      baseline: passing(text(index + 7)),
      candidate: failing(bad, [
        failedCheck({ type: text(index + 8), expected: text(index + 9), reason: bad }),
      ]),
      semantic: meaning(
        'breaking',
        because(bad, text(index + 1), text(index + 2)),
        because('number', bad, null, 'breaking'),
      ),
    }),
  );
  return run({
    cells,
    base: { ref: text(3), sha: text(4) },
    head: { ref: text(5), sha: text(6) },
    prompts: hostileTexts.map((bad, index) => ({
      id: `p/${text(index + 2)}`,
      path: bad,
      label: text(index + 1),
      baselineVersion: 'b',
      candidateVersion: 'c',
      diff: [
        {
          section: 'message' as const,
          title: bad,
          line: 1,
          parts: [
            { kind: 'removed' as const, text: bad },
            { kind: 'added' as const, text: text(index + 4) },
          ],
        },
      ],
    })),
    tampering: hostileTexts.map((bad, index) => ({
      kind: bad,
      file: text(index + 1),
      line: 1,
      message: bad,
      weakening: true,
    })),
    warnings: hostileTexts.map((bad, index) => ({ file: text(index + 1), line: 1, column: 1, message: bad })),
    verdict: verdict('fail', ...hostileTexts.map((bad) => reason(bad, bad)), reason('broken', text(0))),
  });
};

const nonLatin = (): RunResult =>
  run({
    cells: [
      broken({
        case: 'persian',
        description: 'می‌خواهم پولم را پس بگیرم',
        asked: 'می‌خواهم پولم را پس بگیرم',
        baseline: passing('شما می‌توانید ظرف ۳۰ روز درخواست بازپرداخت کنید.'),
        candidate: failing('نمی‌توانم کمک کنم.'),
        provider: 'haiku',
      }),
      broken({
        case: 'hindi',
        description: 'क्षत्रिय क्‍ष',
        asked: 'मुझे मेरे पैसे वापस चाहिए',
        baseline: passing('आप ३० दिनों के भीतर धनवापसी प्राप्त कर सकते हैं।'),
        candidate: failing('मैं इसमें मदद नहीं कर सकता।'),
        provider: 'haiku',
      }),
      broken({
        case: 'japanese',
        description: '返金を求める',
        asked: '返金してください',
        baseline: passing(
          'ご購入から三十日以内であれば返金いたします。注文画面で商品を選び、返金を押してください。',
        ),
        candidate: failing('お手伝いできません。👩‍👩‍👧‍👦❤️‍🔥'),
        provider: 'haiku',
      }),
    ],
    verdict: verdict('fail', reason('broken', '3 cases broke on haiku')),
  });

const emptyAnswers = (): RunResult =>
  run({
    cells: [
      broken({ case: 'empty', baseline: passing('Yes.'), candidate: failing(''), semantic: null, asked: '' }),
      broken({
        case: 'cut',
        baseline: passing('Yes.'),
        candidate: {
          ...failing('The answer is so long that', []),
          state: 'truncated',
          trials: failing('The answer is so long that', []).trials.map((one) => ({
            ...one,
            status: 'truncated' as const,
          })),
        },
        semantic: null,
      }),
    ],
    verdict: verdict('fail', reason('broken', '2 cases broke on haiku')),
  });

const headAlone = (): RunResult => {
  const cells = grid(['gpt-5-mini'], { support: 4 }, (same, index) =>
    cell({
      ...same,
      baseline: null,
      semantic: null,
      change: index === 0 ? 'broken' : 'added',
      candidate: index === 0 ? failing('I cannot help with that.') : same.candidate,
    }),
  );
  return run({ cells, base: null, verdict: verdict('fail', reason('broken', '1 case broke on gpt-5-mini')) });
};

const huge = (): RunResult => {
  const long = 'Très long: 返金👩‍👩‍👧‍👦 `` | <b> '.repeat(60);
  const cells = grid(five, { support: 200, triage: 200, refunds: 200 }, (same, index) =>
    broken({
      ...same,
      description: `${long.slice(0, 150)} ${index}`,
      asked: long,
      change: 'broken',
      baseline: passing(long),
      candidate: failing(`${long.slice(0, 1200)} but ${index}`, [
        failedCheck({ reason: long, expected: long }),
      ]),
      semantic: meaning('breaking', because('number', `${index} ${long.slice(0, 300)}`, long.slice(0, 300))),
    }),
  );
  return run({
    cells,
    warnings: Array.from({ length: 500 }, (_, index) => ({
      file: `prompts/${index}.yml`,
      line: index + 1,
      column: 1,
      message: long.slice(0, 600),
    })),
    tampering: Array.from({ length: 300 }, (_, index) => ({
      kind: 'case-removed',
      file: 'prompts/support.suite.yml',
      line: index + 1,
      message: long.slice(0, 600),
      weakening: true,
    })),
    verdict: verdict(
      'fail',
      reason(
        'broken',
        '600 cases broke on all models',
        cells.map(({ id }) => id),
      ),
    ),
  });
};

export const situations = {
  'all-green': () => run({ cells: grid(three, { support: 120, triage: 40 }) }),
  'two-broken': twoBroken,
  'everything-broken': everythingBroken,
  'many-prompts': manyPrompts,
  'wrong-key': wrongKey,
  'no-keys': noKeys,
  cancelled,
  loosened,
  'first-run': firstRun,
  'nothing-changed': nothingChanged,
  flaky,
  'prompts-come-and-go': promptsComeAndGo,
  hostile,
  'non-latin': nonLatin,
  'empty-answers': emptyAnswers,
  'head-alone': headAlone,
} as const satisfies Record<string, () => RunResult>;

/** 3,000 cells with long, ugly texts: everything that makes a report long at once. */
export const hugeRun = huge;
export { links };
