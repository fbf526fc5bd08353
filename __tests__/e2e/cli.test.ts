import { createServer } from 'node:http';
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runResultSchema } from '../../src/model/run.ts';
import { gitFixture, temporaryFolder } from '../repo/git-fixture.ts';
import { runCli } from './run-cli.ts';

const suite = (rest = ''): string => `prompts: [support.txt]
providers: [echo]
tests:
  - description: says the deadline
    vars: {question: When do I get my money?}
    assert: [{type: icontains, value: 30 days}]
  - description: names the form
    vars: {question: How?}
    assert: [{type: contains, value: refund form}]
${rest}`;

const project = {
  'assay.yml': 'suites: ["*.suite.yml"]\n',
  'support.suite.yml': suite(),
  'support.txt': 'Refunds take 30 days. Use the refund form.\n{{ question }}\n',
};

const changes = (run: Awaited<ReturnType<typeof runCli>>): string[] =>
  (run.results?.cells ?? []).map((cell) => `${cell.case}: ${cell.change}`);

describe('the main job', () => {
  test('an uncommitted edit that breaks a case is caught, explained and fails', async () => {
    using fixture = gitFixture(project);
    fixture.write({ 'support.txt': 'Refunds take 14 days. Use the refund form.\n{{ question }}\n' });
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, run.stderr]).toEqual([1, expect.any(String)]);
    expect(changes(run)).toEqual(['says-the-deadline: broken', 'names-the-form: stillPassing']);
    expect(run.results?.verdict.outcome).toBe('fail');
    expect(run.results?.verdict.reasons).toMatchObject([
      { code: 'broken', message: '1 case broke on echo', blocking: true },
      { code: 'semantic', blocking: false },
    ]);
    expect(run.results?.cells[0]?.semantic).toMatchObject({
      severity: 'breaking',
      reasons: [{ kind: 'number' }],
    });
    expect(run.results?.prompts[0]?.diff.length).toBeGreaterThan(0);
    expect(run.stdout).toContain('1 case broke on echo');
    expect(readdirSync(join(fixture.root, '.assay', 'out')).toSorted()).toEqual([
      'comment.md',
      'junit.xml',
      'report.html',
      'results.json',
      'summary.md',
    ]);
    expect(fixture.git('status', '--porcelain')).toBe('M support.txt');
  });

  test('results.json keeps its published schema', async () => {
    using fixture = gitFixture(project);
    fixture.write({ 'support.txt': 'Refunds take 14 days.\n{{ question }}\n' });
    const run = await runCli(fixture.root, ['test']);
    expect(runResultSchema.parse(run.results)).toEqual(run.results);
  });

  test('a branch is compared with its merge base, and only suites that it touches run', async () => {
    using fixture = gitFixture({
      ...project,
      'other.suite.yml': suite().replace('support.txt', 'other.txt'),
      'other.txt': project['support.txt'],
    });
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('edit', { 'support.txt': `${project['support.txt']}\nBe kind.\n` });
    fixture.git('checkout', '-q', 'main');
    fixture.commit('main moves on', { 'other.txt': 'changed on main' });
    fixture.git('checkout', '-q', 'topic');
    const run = await runCli(fixture.root, ['test']);
    expect(run.exitCode).toBe(0);
    expect(run.results?.suites.map(({ path, run: ran }) => [path, ran])).toEqual([
      ['other.suite.yml', false],
      ['support.suite.yml', true],
    ]);
    expect(changes(run)).toEqual(['says-the-deadline: stillPassing', 'names-the-form: stillPassing']);
  });

  test('nothing relevant changed: a pass without a question', async () => {
    using fixture = gitFixture(project);
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('docs', { 'README.md': 'hello' });
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, run.results?.cells, run.results?.totals.calls]).toEqual([0, [], 0]);
    expect(run.stdout).toMatch(/no prompt changed/i);
  });

  test('on the default branch all suites run', async () => {
    using fixture = gitFixture(project);
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, run.results?.cells.length]).toEqual([0, 2]);
  });

  test('equal questions of both sides are one call, and a second run costs none', async () => {
    using fixture = gitFixture(project);
    const first = await runCli(fixture.root, ['test']);
    expect(first.results?.totals).toMatchObject({ calls: 2, cached: 2 });
    const second = await runCli(fixture.root, ['test']);
    expect(second.results?.totals).toMatchObject({ calls: 0, cached: 4, costUsd: 0 });
  });

  test('the same inputs give the same bytes but for times', async () => {
    using fixture = gitFixture(project);
    fixture.write({ 'support.txt': 'Refunds take 14 days.\n{{ question }}\n' });
    const strip = (text: string): string =>
      text.replace(/"(startedAt|durationMs|latency\w*|baselineLatency\w*)":("[^"]*"|[\d.]+|null)/g, '"$1":0');
    const runs = [
      await runCli(fixture.root, ['test', '--no-cache', '--format', 'json']),
      await runCli(fixture.root, ['test', '--no-cache', '--format', 'json']),
    ];
    expect(strip(runs[0]?.stdout.replace(/":\s/g, '":') ?? '')).toBe(
      strip(runs[1]?.stdout.replace(/":\s/g, '":') ?? ''),
    );
  });
});

describe('first contact', () => {
  test('no git repository: the head alone', async () => {
    using folder = temporaryFolder();
    using fixture = gitFixture();
    fixture.write({ 'support.suite.yml': suite(), 'support.txt': project['support.txt'] });
    fixture.git('init', '-q');
    const { rmSync } = await import('node:fs');
    rmSync(join(fixture.root, '.git'), { recursive: true });
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, run.results?.base]).toEqual([0, null]);
    expect(run.results?.cells).toMatchObject([
      { change: 'added', baseline: null, semantic: null },
      { change: 'added', baseline: null, semantic: null },
    ]);
    expect(folder.root).not.toBe(fixture.root);
  });

  test('--base none: what fails is broken', async () => {
    using fixture = gitFixture({ ...project, 'support.txt': 'Use the refund form. {{ question }}' });
    const run = await runCli(fixture.root, ['test', '--base', 'none']);
    expect([run.exitCode, ...changes(run)]).toEqual([
      1,
      'says-the-deadline: broken',
      'names-the-form: added',
    ]);
  });

  test('no suite at all: where it looked', async () => {
    using fixture = gitFixture({ 'README.md': 'hello' });
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, run.results]).toEqual([3, null]);
    expect(run.stderr).toContain('**/promptfooconfig.{yaml,yml}');
  });

  test('the policy is proposed by this very change', async () => {
    using fixture = gitFixture({ 'support.suite.yml': suite(), 'support.txt': project['support.txt'] });
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('add a policy', { 'assay.yml': 'budget: {usd: 50}\n' });
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, run.results?.firstRun, run.results?.budget.usd]).toEqual([0, true, 2]);
    expect(run.stdout).toMatch(/First run: this pull request proposes this policy/);
  });
});

describe('base ref is policy, head ref is data', () => {
  test('a loosened gate has no effect', async () => {
    using fixture = gitFixture(project);
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('sneak', {
      'assay.yml': 'gate: {broken: off}\n',
      'support.txt': 'Refunds take 14 days. {{ question }}',
    });
    expect((await runCli(fixture.root, ['test'])).exitCode).toBe(1);
  });

  test('a removed case still runs and needs approval', async () => {
    using fixture = gitFixture(project);
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('sneak', {
      'support.suite.yml': suite().replace(/ {2}- description: says[\s\S]*?30 days}\]\n/, ''),
    });
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, run.results?.verdict.outcome]).toEqual([4, 'needsApproval']);
    expect(run.results?.tampering).toMatchObject([{ kind: 'case-removed', weakening: true }]);
    expect(changes(run)).toContain('says-the-deadline: stillPassing');
  });

  test('the removed case that the prompt breaks fails', async () => {
    using fixture = gitFixture(project);
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('sneak', {
      'support.suite.yml': suite().replace(/ {2}- description: says[\s\S]*?30 days}\]\n/, ''),
      'support.txt': 'Refunds take 14 days. Use the refund form. {{ question }}',
    });
    expect((await runCli(fixture.root, ['test'])).exitCode).toBe(1);
  });

  test('--base none asks the head alone for its own', async () => {
    using fixture = gitFixture(project);
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('relax', {
      'assay.yml': 'gate: {broken: off}\n',
      'support.txt': 'Refunds take 14 days. {{ question }}',
    });
    expect((await runCli(fixture.root, ['test', '--base', 'none'])).exitCode).toBe(0);
  });

  test('a base that does not parse: the head stands in, and somebody has to approve', async () => {
    using fixture = gitFixture({ ...project, 'support.suite.yml': 'tests: [' });
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('repair', { 'support.suite.yml': suite() });
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, run.results?.verdict.reasons[0]?.code]).toEqual([4, 'base-unreadable']);
    expect(changes(run)).toEqual(['says-the-deadline: stillPassing', 'names-the-form: stillPassing']);
  });
});

describe('what a commit may not bring along', () => {
  test('answers: a tracked cache is not read', async () => {
    using fixture = gitFixture(project);
    await runCli(fixture.root, ['test']);
    fixture.git('add', '-f', '.assay/cache.sqlite');
    fixture.git('commit', '-qm', 'answers of my own');
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, run.results?.totals.calls]).toEqual([0, 2]);
    expect(run.stderr).toContain('.assay is tracked by git');
  });

  test('links: nothing is written through one', async () => {
    using elsewhere = temporaryFolder();
    using fixture = gitFixture(project);
    symlinkSync(elsewhere.root, join(fixture.root, '.assay'));
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, readdirSync(elsewhere.root)]).toEqual([3, []]);
    expect(run.stderr).toContain('is a symbolic link');
  });

  test('a policy file beside the base’s own', async () => {
    using fixture = gitFixture(project);
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('sneak', {
      'soft.yml': 'gate: {broken: off}\n',
      'support.txt': 'Refunds take 14 days. {{ question }}',
    });
    const run = await runCli(fixture.root, ['test', '-c', 'soft.yml']);
    expect([run.exitCode, run.stderr]).toEqual([3, expect.stringContaining('which the base does not have')]);
  });

  test('fewer repeats: said, and the base’s number holds', async () => {
    const repeated = suite().replace(
      'description: names the form',
      'description: names the form\n    repeat: 3',
    );
    using fixture = gitFixture({ ...project, 'support.suite.yml': repeated });
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('sneak', { 'support.suite.yml': repeated.replace('repeat: 3', 'repeat: 1') });
    const run = await runCli(fixture.root, ['test']);
    expect([run.exitCode, run.results?.tampering.map(({ kind }) => kind)]).toEqual([4, ['case-edited']]);
    expect(run.results?.cells.find((cell) => cell.case === 'names-the-form')?.candidate?.trials).toHaveLength(
      3,
    );
  });

  test('a prompt’s own model: each side asks its own', async () => {
    const file = (model: string) =>
      `model: ${model}\nmessages:\n  - {role: user, content: "30 days, refund form {{question}}"}\ntestData: [{question: x}]\nevaluators: [{name: n, string: {contains: 30 days}}]\n`;
    using fixture = gitFixture({ 'a.prompt.yml': file('builtin/extract') });
    fixture.git('checkout', '-q', '-b', 'topic');
    fixture.commit('another model', { 'a.prompt.yml': file('echo') });
    const run = await runCli(fixture.root, ['test']);
    expect(run.results?.cells.map(({ provider }) => provider)).toEqual(['echo']);
    expect(run.results?.providers.map(({ id }) => id).toSorted()).toEqual(['builtin:extract', 'echo']);
    expect(run.results?.prompts[0]?.diff.map(({ section }) => section)).toEqual(['model']);
  });
});

describe('bad input: one located message each with the next step, exit 3, no call', () => {
  test.each<[string, Record<string, string>, readonly string[], RegExp]>([
    [
      'unknown key of the policy',
      { 'assay.yml': 'gaet: {}\n' },
      [],
      /assay\.yml:1:1: unknown key "gaet".*Did you mean "gate"/,
    ],
    ['wrong type', { 'assay.yml': 'concurrency: many\n' }, [], /assay\.yml:1:14: concurrency is "many"/],
    [
      'unknown key of a suite',
      { 'support.suite.yml': suite('tets: []\n') },
      [],
      /support\.suite\.yml:\d+:1: .*tets/,
    ],
    [
      'missing prompt file',
      { 'support.suite.yml': suite().replace('support.txt', 'suport.txt') },
      [],
      /support\.suite\.yml:1:\d+: .*suport\.txt/,
    ],
    [
      'empty suite',
      { 'support.suite.yml': 'prompts: [support.txt]\nproviders: [echo]\ntests: []\n' },
      [],
      /support\.suite\.yml:\d+:\d+: /,
    ],
    [
      'duplicate case ids',
      {
        'support.suite.yml': suite(
          '  - {id: names, vars: {question: a}}\n  - {id: names, vars: {question: b}}\n',
        ),
      },
      [],
      /support\.suite\.yml:\d+:\d+: .*names/,
    ],
    [
      'a prompt that does not parse',
      { 'support.txt': 'Hello {% if question %}' },
      [],
      /support\.txt:\d+:\d+: /,
    ],
    [
      'unknown assertion',
      { 'support.suite.yml': suite().replace('icontains', 'icontain') },
      [],
      /support\.suite\.yml:6:\d+: .*icontain.*icontains/s,
    ],
    [
      'bad regular expression',
      {
        'support.suite.yml': suite().replace(
          '{type: icontains, value: 30 days}',
          "{type: regex, value: '(30'}",
        ),
      },
      [],
      /support\.suite\.yml:6:\d+: /,
    ],
    [
      'unknown provider',
      { 'support.suite.yml': suite().replace('echo', 'opnai:gpt-5-mini') },
      [],
      /support\.suite\.yml:2:\d+: .*opnai.*openai/s,
    ],
    [
      'missing key',
      { 'support.suite.yml': suite().replace('echo', 'openai:gpt-5-mini') },
      [],
      /OPENAI_API_KEY/,
    ],
    [
      'a judge is needed',
      { 'support.suite.yml': suite().replace('icontains', 'llm-rubric') },
      [],
      /support\.suite\.yml:6:\d+: .*llm-rubric.*judge/,
    ],
    [
      'a folder that is a file',
      {},
      ['--out', 'support.txt'],
      /--out is "support.txt", which can't be written/,
    ],
    ['unknown ref', {}, ['--base', 'nowhere'], /--base is "nowhere"/],
    ['unknown suite', {}, ['--suite', 'suport'], /--suite is "suport"/],
    ['no such case', {}, ['-t', 'nothing'], /--case is "nothing"/],
    ['unknown flag', {}, ['--shard', '1/2'], /unknown option '--shard'/],
    ['wrong flag value', {}, ['-j', 'x'], /'-j, --concurrency <n>' argument 'x' is invalid/],
    [
      'a budget that no price bounds',
      {
        'assay.yml': 'budget: {usd: 1}\n',
        'support.suite.yml': suite().replace(
          'providers: [echo]',
          'providers: [{id: compatible:x, config: {baseUrl: "http://127.0.0.1:9", apiKeyEnv: K}}]',
        ),
      },
      [],
      /price of compatible:x is not known/,
    ],
    [
      'a plan above the budget',
      { 'assay.yml': 'budget: {calls: 1}\n' },
      [],
      /needs at least 2 calls, and the budget allows 1/,
    ],
  ])('%s', async (_name, files, args, expected) => {
    using fixture = gitFixture({ ...project, ...files });
    const run = await runCli(fixture.root, ['test', ...args], { env: { K: 'key-000000000' } });
    expect([run.exitCode, run.results]).toEqual([3, null]);
    expect(run.stderr).toMatch(expected);
  });
});

describe('stdout is for one reader', () => {
  test('--format json: one document and nothing else', async () => {
    using fixture = gitFixture(project);
    const run = await runCli(fixture.root, ['test', '--format', 'json']);
    expect(JSON.parse(run.stdout)).toMatchObject({ schema: 1, verdict: { outcome: 'pass' } });
    const wrong = await runCli(fixture.root, ['test', '--format', 'json', '--base', 'nowhere']);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { findings: [{ code: 'unknown-ref' }] } });
  });

  test('--format github: annotations on the lines', async () => {
    using fixture = gitFixture({ ...project, 'support.txt': 'Use the refund form. {{ question }}' });
    const run = await runCli(fixture.root, ['test', '--base', 'none', '--format', 'github']);
    expect(run.stdout).toMatch(/^::error (?=.*file=support\.suite\.yml)(?=.*line=\d+).*::/m);
  });
});

test('two models as the two sides', async () => {
  using fixture = gitFixture({
    ...project,
    'assay.yml':
      'suites: ["*.suite.yml"]\nproviders: [{id: echo, label: a}, {id: builtin:extract, label: b}]\n',
  });
  const run = await runCli(fixture.root, ['test', '--compare-providers', 'a', 'b']);
  expect(run.results?.cells.map(({ provider }) => provider)).toEqual(['a → b', 'a → b']);
  expect(run.results?.providers.map(({ id, languageModel }) => [id, languageModel])).toEqual([
    ['echo', false],
    ['builtin:extract', false],
  ]);
});

describe('a real server on loopback', () => {
  const answer = (content: string) =>
    JSON.stringify({
      id: 'x',
      object: 'chat.completion',
      created: 0,
      model: 'm-2026',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    });

  const serve = async (handle: (body: string) => { status: number; text: string } | null) => {
    const requests: string[] = [];
    const authorizations: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        requests.push(body);
        authorizations.push(request.headers.authorization);
        const reply = handle(body);
        if (reply === null) return;
        response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.text);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return {
      requests,
      authorizations,
      files: {
        ...project,
        'support.suite.yml': suite().replace(
          'providers: [echo]',
          `providers: [{id: compatible:m, label: mine, config: {baseUrl: "http://127.0.0.1:${port}/v1", apiKeyEnv: K}}]`,
        ),
      },
      [Symbol.dispose]: () => {
        server.closeAllConnections();
        server.close();
      },
    };
  };
  const env = { K: 'key-000000000' };

  test('401 stops the provider at once: undecided, exit 2, never green', async () => {
    using peer = await serve(() => ({
      status: 401,
      text: '{"error":{"message":"Incorrect API key provided: key-000000000"}}',
    }));
    using fixture = gitFixture(peer.files);
    const run = await runCli(fixture.root, ['test', '--base', 'none', '-j', '1'], { env });
    expect([run.exitCode, peer.requests.length]).toEqual([2, 1]);
    expect(run.results?.cells.map(({ change, candidate }) => [change, candidate?.state])).toEqual([
      ['undecided', 'errored'],
      ['undecided', 'errored'],
    ]);
    expect(`${run.stdout}${run.stderr}${JSON.stringify(run.results)}`).not.toContain('key-000000000');
  });

  test('a judge that fails is blamed, not the model that answered', async () => {
    using peer = await serve(() => ({ status: 401, text: '{"error":{"message":"no"}}' }));
    const entry = /providers: \[(.*)\]/.exec(peer.files['support.suite.yml'])?.[1] ?? '';
    using fixture = gitFixture({
      ...project,
      'assay.yml': `providers: [echo, ${entry.replace('label: mine', 'label: jj')}]\njudge: {provider: jj}\n`,
      'support.suite.yml': suite().replace(
        '{type: icontains, value: 30 days}',
        '{type: llm-rubric, value: names days}',
      ),
    });
    const run = await runCli(fixture.root, ['test', '--base', 'none'], { env });
    expect([run.exitCode, run.results?.cells[0]?.candidate?.trials[0]?.error?.kind]).toEqual([2, 'judge']);
    expect(run.stdout).toContain('the judge could not be used');
  });

  test('answers carry usage, latency and the model that answered', async () => {
    using peer = await serve(() => ({ status: 200, text: answer('30 days, with the refund form') }));
    using fixture = gitFixture(peer.files);
    const run = await runCli(fixture.root, ['test', '--base', 'none'], { env });
    expect(run.exitCode).toBe(0);
    expect(run.results?.providers).toMatchObject([
      { id: 'compatible:m', label: 'mine', resolvedModels: ['m-2026'] },
    ]);
    expect(run.results?.totals).toMatchObject({ calls: 2, costUsd: null });
    expect(run.results?.cells[0]?.candidate?.trials[0]).toMatchObject({
      status: 'passed',
      tokens: { input: 10, output: 5 },
      costUsd: null,
      cached: false,
    });
  });

  test('a server of one’s own needs no key, and gets none', async () => {
    using peer = await serve(() => ({ status: 200, text: answer('30 days, with the refund form') }));
    const keyless = peer.files['support.suite.yml'].replace(', apiKeyEnv: K', '');
    using fixture = gitFixture({ ...peer.files, 'support.suite.yml': keyless });
    const run = await runCli(fixture.root, ['test', '--base', 'none'], {
      env: { OPENAI_API_KEY: 'sk-of-another-vendor' },
    });
    expect([run.exitCode, peer.requests.length]).toEqual([0, 2]);
    expect(peer.authorizations).toEqual([undefined, undefined]);
  });

  test('--repeat: independent trials, and disagreement is flaky', async () => {
    let count = 0;
    using peer = await serve(() => ({
      status: 200,
      text: answer(count++ % 2 === 0 ? '30 days, refund form' : 'no idea'),
    }));
    using fixture = gitFixture({ ...peer.files, 'assay.yml': 'trials: {max: 2}\n' });
    const run = await runCli(
      fixture.root,
      ['test', '--base', 'none', '--repeat', '2', '-j', '1', '-t', 'deadline'],
      { env },
    );
    expect(peer.requests).toHaveLength(2);
    expect([run.exitCode, ...changes(run)]).toEqual([0, 'says-the-deadline: flaky']);
  });

  test('an interrupt still writes what is known, and is 130', async () => {
    using peer = await serve((body) =>
      body.includes('How?') ? null : { status: 200, text: answer('30 days') },
    );
    using fixture = gitFixture(peer.files);
    const run = await runCli(fixture.root, ['test', '--base', 'none'], {
      env,
      onStart: (child) => {
        const waiting = setInterval(() => {
          if (peer.requests.length < 2) return;
          clearInterval(waiting);
          child.kill('SIGINT');
        }, 20);
      },
    });
    expect(run.exitCode).toBe(130);
    expect(run.results?.verdict).toMatchObject({
      outcome: 'undecided',
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'cancelled' })]),
    });
    expect(run.results?.cells.map(({ candidate }) => candidate?.state)).toContain('skipped');
  });
});

test('help shows an example, and the version is a version', async () => {
  using folder = temporaryFolder();
  const help = await runCli(folder.root, ['test', '--help']);
  expect([help.exitCode, help.stdout]).toEqual([0, expect.stringContaining('Examples:')]);
  expect((await runCli(folder.root, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
