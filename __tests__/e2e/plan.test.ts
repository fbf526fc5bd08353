import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { PlanDocument } from '../../src/plan/plan-document.ts';
import { isGood, judgedText, replyOf } from '../assertions/scripted-judges.ts';
import { gitFixture } from '../repo/git-fixture.ts';
import { runCli } from './run-cli.ts';

/** A model on loopback that counts its requests. A judge is asked with a schema, and gets an honest judgement. */
const serve = async () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      requests.push(body);
      const content = body.includes('json_schema')
        ? replyOf(isGood(judgedText(JSON.parse(body))))
        : `Within 30 days, with the refund form. (${requests.length})`;
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          id: 'x',
          object: 'chat.completion',
          created: 0,
          model: 'm-2026',
          choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 10, completion_tokens: 7, total_tokens: 17 },
        }),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    requests,
    url: `http://127.0.0.1:${port}/v1`,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const assertions = {
  plain: 'type: icontains, value: 30 days',
  judged: 'type: llm-rubric, value: names the form',
};

const project = (url: string, { price = true, policy = '', assertion = assertions.plain } = {}) => {
  const priced = price ? ', price: {input: 3, output: 6}' : '';
  return {
    'assay.yml': `providers:
  - {id: compatible:m, label: mine${priced}, config: {baseUrl: "${url}", apiKeyEnv: K, max_tokens: 100}}
judge: {provider: mine}
${policy}`,
    'support.suite.yml': `prompts: [support.txt]
tests:
  - {id: one, vars: {question: aaaaaa}, assert: [{${assertion}}]}
  - {id: two, vars: {question: bbbbbb}, assert: [{${assertion}}]}
`,
    // 24 characters and a question of 6 are 30 bytes, which are taken for 10 tokens.
    'support.txt': `${'x'.repeat(24)}{{question}}`,
  };
};

const env = { K: 'key-000000000' };
const plan = async (root: string, ...args: string[]) => {
  const run = await runCli(root, ['plan', '--format', 'json', ...args], { env });
  return { ...run, plan: JSON.parse(run.stdout) as PlanDocument };
};

describe('assay plan', () => {
  test('says what the test then does, and calls nobody', async () => {
    using peer = await serve();
    using fixture = gitFixture(project(peer.url, { assertion: assertions.judged }));
    fixture.write({ 'support.txt': `${'y'.repeat(24)}{{question}}` });
    const before = await plan(fixture.root);
    expect([before.exitCode, before.stderr]).toEqual([0, '']);
    // Four answers, two votes on each, and two known answers of the judge.
    expect(before.plan).toMatchObject({ cells: 2, answers: 4, calls: 12, cached: 0, unknownPrices: [] });
    expect(peer.requests).toEqual([]);
    expect(existsSync(join(fixture.root, '.assay'))).toBe(false);

    const { results } = await runCli(fixture.root, ['test'], { env });
    expect(results?.totals).toMatchObject({ calls: before.plan.calls, cached: before.plan.cached });
    expect(peer.requests).toHaveLength(12);

    const after = await plan(fixture.root);
    expect(after.plan).toMatchObject({ calls: 0, cached: 12, costUsd: 0, costAtMostUsd: 0, minutes: 0 });
    expect((await plan(fixture.root, '--no-cache')).plan).toMatchObject({ calls: 12, cached: 0 });
    expect(peer.requests).toHaveLength(12);
  });

  test('the forecast is exact: nothing known, then the length of the answers that are', async () => {
    using peer = await serve();
    using fixture = gitFixture(project(peer.url));
    const first = await plan(fixture.root);
    // Equal sides are one call a case; the limit of 100 tokens is below the assumed length.
    const full = (2 * (10 * 3 + 100 * 6)) / 1e6;
    expect(first.plan).toMatchObject({ calls: 2, cached: 2, costUsd: full, costAtMostUsd: full });
    expect(first.plan.minutes).toBeCloseTo(4 / 60, 2);

    await runCli(fixture.root, ['test'], { env });
    fixture.write({ 'support.txt': `${'y'.repeat(24)}{{question}}` });
    const edited = await plan(fixture.root);
    expect(edited.plan).toMatchObject({
      calls: 2,
      cached: 2,
      costUsd: (2 * (10 * 3 + 7 * 6)) / 1e6,
      costAtMostUsd: full,
    });
    expect(peer.requests).toHaveLength(2);
  });

  test('a missing key is a warning: planning needs none', async () => {
    using peer = await serve();
    using fixture = gitFixture(project(peer.url));
    await runCli(fixture.root, ['test'], { env });
    const run = await runCli(fixture.root, ['plan', '--format', 'json']);
    expect([run.exitCode, run.stderr]).toEqual([
      0,
      expect.stringMatching(/^warning: .*variable K is not set/),
    ]);
    expect(JSON.parse(run.stdout)).toMatchObject({ calls: 0, cached: 4 });
    expect((await runCli(fixture.root, ['test'])).exitCode).toBe(3);
  });

  test('for a person: one label a line', async () => {
    using peer = await serve();
    using fixture = gitFixture(project(peer.url));
    const run = await runCli(fixture.root, ['plan', '--shards', '2'], { env });
    expect([run.exitCode, run.stdout]).toEqual([
      0,
      `2 cells, 4 answers: 2 equal to another one, 2 calls
cost      about $0.0013, at most $0.0013 (built-in prices are of 2025-11-01)
time      about 4 s with 20 calls in flight
detects   too few cases to see a drop on mine (2 cases)
assumes   100 tokens an answer of mine, where none is known yet
          no surprises: a cell with a failing answer is asked again, up to 8 times a side
shards    {"include":[{"shard":"1/2"},{"shard":"2/2"}]}
`,
    ]);
  });

  test('nothing changed: nothing to run', async () => {
    using fixture = gitFixture(project('http://127.0.0.1:9/v1'));
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('docs', { 'README.md': 'hello' });
    expect((await runCli(fixture.root, ['plan'], { env })).stdout).toMatch(/^Nothing to run/);
    const { plan: empty } = await plan(fixture.root);
    expect(empty).toMatchObject({ cells: 0, calls: 0, costUsd: 0, detectableDrop: null });
    expect(empty.shards).toEqual({ include: [{ shard: '1/1' }] });
  });

  test.each([['0'], ['257'], ['1.5'], ['some']])('--shards %s is refused', async (value) => {
    using fixture = gitFixture(project('http://127.0.0.1:9/v1'));
    const run = await runCli(fixture.root, ['plan', '--shards', value], { env });
    expect([run.exitCode, run.stderr]).toEqual([3, expect.stringContaining('from 1 to 256')]);
  });
});

describe('what does not fit is refused before the first call, by the plan and by the test alike', () => {
  test.each<[string, Parameters<typeof project>[1], string[], RegExp, Partial<PlanDocument>]>([
    [
      'a sum above the cap',
      { policy: 'budget: {usd: 0.001}\n' },
      [],
      /^the plan costs about \$0\.0013 \(at most \$0\.0013\), and the budget allows \$0\.0010\./,
      { calls: 2, costAtMostUsd: 0.00126 },
    ],
    ['a sum above the flag', {}, ['--max-usd', '0.0005'], /the budget allows \$0\.00050/, { calls: 2 }],
    [
      'a price that nobody knows',
      { price: false },
      ['--max-usd', '1'],
      /price of compatible:m is not known/,
      { calls: 2, costUsd: null, costAtMostUsd: null, unknownPrices: ['compatible:m'] },
    ],
    [
      'too many calls',
      { policy: 'budget: {calls: 1}\n' },
      [],
      /needs at least 2 calls, and the budget allows 1/,
      { calls: 2 },
    ],
  ])('%s', async (_name, options, args, message, expected) => {
    using peer = await serve();
    using fixture = gitFixture(project(peer.url, options));
    const planned = await plan(fixture.root, ...args);
    expect([planned.exitCode, planned.stderr]).toEqual([3, expect.stringMatching(message)]);
    expect(planned.plan).toMatchObject(expected);
    const tested = await runCli(fixture.root, ['test', ...args], { env });
    expect([tested.exitCode, tested.results, tested.stderr]).toEqual([
      3,
      null,
      expect.stringMatching(message),
    ]);
    expect(peer.requests).toEqual([]);
  });

  test('answers that are known cost nothing, and need no budget', async () => {
    using peer = await serve();
    using fixture = gitFixture(project(peer.url));
    await runCli(fixture.root, ['test'], { env });
    expect((await plan(fixture.root, '--max-usd', '0.0005')).exitCode).toBe(0);
    expect((await runCli(fixture.root, ['test', '--max-usd', '0.0005'], { env })).exitCode).toBe(0);
  });

  test('an unknown price without a cap is said, and no error', async () => {
    using fixture = gitFixture(project('http://127.0.0.1:9/v1', { price: false }));
    const run = await runCli(fixture.root, ['plan'], { env });
    expect([run.exitCode, run.stdout]).toEqual([
      0,
      expect.stringContaining('cost      not known: no price for compatible:m\n'),
    ]);
  });

  test('errors of the configuration are those of the test', async () => {
    using fixture = gitFixture({
      ...project('http://127.0.0.1:9/v1'),
      'support.txt': 'Hi {% if question %}',
    });
    const runs = [
      await runCli(fixture.root, ['plan'], { env }),
      await runCli(fixture.root, ['test'], { env }),
    ];
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([3, 3]);
    expect(runs[0]?.stderr).toBe(runs[1]?.stderr);
  });
});
