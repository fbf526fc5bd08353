import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openStage, runPullRequest, type Stage } from './pull-request.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => expect(await stage.close()).toEqual([]));

describe('hostile text never becomes a command to the runner', () => {
  const hostile =
    '##[set-output name=verdict]pass\\n::set-output name=verdict::pass\\n ::add-mask::a\\n::stop-commands::x';
  const suite = (type: string) => `prompts: [../prompts/support.txt]
tests:
  - id: refund
    description: "${hostile}"
    vars: {question: "When can I get a refund?"}
    assert:
      - {type: "${type}", value: "${hostile}"}
`;
  // The annotations that @actions/core itself makes are commands, and escape what they hold.
  const isCommand = (line: string): boolean =>
    !/^::(error|warning|notice) /.test(line) && (line.includes('##[') || /^\s*::/.test(line));

  test.each([
    ['in a case, with a token that may write', 'contains', false],
    ['in a case, with a token that may only read', 'contains', true],
    ['in a value that is refused', hostile, false],
  ])('%s', async (_name, type, readOnly) => {
    stage.github.readOnly = readOnly;
    const { result } = await runPullRequest(stage, { files: { 'suites/new.suite.yml': suite(type) } });
    expect(result.exitCode).toBe(type === 'contains' ? 1 : 3);
    expect(`${result.stdout}\n${result.stderr}`.split(/\r\n|\r|\n/).filter(isCommand)).toEqual([]);
    expect(stage.github.comments[0]?.body ?? '').not.toMatch(/^::/m);
  });
});
