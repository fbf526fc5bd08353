import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeRepository } from '../../scripts/demo/repository.ts';
import { parsePolicy } from '../../src/config/load-policy.ts';
import { readDocument } from '../../src/prompts/document.ts';
import { readRecording } from '../../src/providers/recording.ts';
import { temporaryFolder } from '../repo/git-fixture.ts';
import { assayArguments, type CommandLine, commandLines, wordsOf } from './command-lines.ts';
import { type Block, pages, root } from './markdown.ts';
import { findingsOfSuite, suiteFile } from './shown-suite.ts';

const blocks = pages.flatMap((page) => page.blocks);
const titleOf = ({ file, line, language, name }: Block): string =>
  `${file}:${line} ${language} ${name ?? ''}`;
const only = (chosen: (block: Block) => boolean): [string, Block][] =>
  blocks.filter(chosen).map((block) => [titleOf(block), block]);

const policyFile = /(^|\/)assay\.ya?ml$/;
const workflowFile = /^\.github\/workflows\/[\w-]+\.ya?ml$/;
const isNamed =
  (pattern: RegExp) =>
  ({ name }: Block): boolean =>
    name !== null && pattern.test(name);
const isPolicy = (block: Block): boolean => isNamed(policyFile)(block) && !isNamed(workflowFile)(block);

/** Languages of blocks that only show something. */
const shown = new Set(['text', 'diff', 'json', 'jsonl', 'csv', 'yaml', 'sh']);

describe('blocks of the documentation', () => {
  test('there are some, and each says in which language it is', () => {
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks.filter(({ language }) => !shown.has(language)).map(titleOf)).toEqual([]);
  });

  test.each(only(({ language }) => language === 'yaml'))('%s is YAML', (_title, { file, text }) => {
    expect(readDocument(file, text).value).toEqual(expect.anything());
  });

  test('what is called JSON or JSONL is JSON, or JSON on every line', () => {
    for (const { language, text } of blocks) {
      const documents = language === 'json' ? [text] : language === 'jsonl' ? text.trim().split('\n') : [];
      for (const document of documents) expect(JSON.parse(document)).toEqual(expect.anything());
    }
  });

  test('recorded answers are read as the guide says', () => {
    const [block] = blocks.filter(({ language }) => language === 'jsonl');
    const recording = readRecording('recordings/shown.jsonl', block?.text ?? '');
    const question = [{ role: 'user' as const, content: 'When do I get my money?' }];
    expect([0, 1, 2].map((trial) => recording(question, trial)?.text)).toEqual([
      'Within 30 days.',
      'In 30 days.',
      'Within 30 days.',
    ]);
  });

  test.each(only(isPolicy))('%s is a policy without a finding', (_title, { name, text }) => {
    expect(parsePolicy(name ?? '', text).warnings).toEqual([]);
  });

  test.each(only(isNamed(suiteFile)))('%s is a suite without a finding', async (_title, block) => {
    expect(await findingsOfSuite(block, blocks)).toEqual([]);
  });

  test.each(only(({ language }) => language === 'diff'))('%s shows lines of a patch', (_title, {
    file,
    text,
  }) => {
    const folder = join(root, dirname(file), 'pull-request');
    const patches = execFileSync('git', ['grep', '-h', '--no-index', '', '--', '*.patch'], {
      cwd: folder,
      encoding: 'utf8',
    });
    for (const line of text.split('\n')) if (line !== '' && line !== '…') expect(patches).toContain(line);
  });
});

describe('workflows of the documentation', () => {
  const workflows = blocks.filter(isNamed(workflowFile));

  test('actionlint has nothing to say about them', async () => {
    using folder = temporaryFolder();
    for (const [index, { text }] of workflows.entries())
      writeFileSync(join(folder.root, `${index}.yml`), text);
    const linter = join(root, 'node_modules', '@tktco', 'node-actionlint', 'bin', 'node-actionlint.js');
    const { stdout } = await promisify(execFile)(process.execPath, [linter, join(folder.root, '*.yml')], {
      env: { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '0' },
    }).catch((error: { stdout: string }) => error);
    expect(stdout).toContain('All workflow files passed lint checks');
    expect(workflows.length).toBeGreaterThan(0);
  });

  test('other actions are pinned by a full commit', () => {
    const used = workflows.flatMap(({ text }) =>
      [...text.matchAll(/uses: (\S+)/g)].map((match) => match[1] ?? ''),
    );
    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action) && action !== 'OWNER/assay@v1')).toEqual(
      [],
    );
  });
});

describe('commands of the documentation', () => {
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts,
  );
  const npmOwn = new Set(['ci', 'install', 'pack']);
  /** What else a reader is told to type; harmless, and not ours. */
  const others = new Set(['git', 'cd', 'cp', 'mkdir', 'export']);
  const isAssay = (command: CommandLine): boolean => assayArguments(command) !== null;

  test('words are taken apart as a shell does it', () => {
    expect(wordsOf('npx assay diff --text "30 days." \'x y\'   # comment')).toEqual(
      'npx|assay|diff|--text|30 days.|x y'.split('|'),
    );
  });

  test.each(
    commandLines
      .filter((command) => !isAssay(command))
      .map(({ at, words }): [string, readonly string[]] => [at, words]),
  )('%s: %j exists', (_at, words) => {
    const [program = '', verb = '', name = ''] = words.filter((word) => !/^[A-Z_]+=/.test(word));
    if (program !== 'npm')
      expect([...others, 'npx changeset']).toContain(program === 'npx' ? `npx ${verb}` : program);
    else expect([...scripts, ...npmOwn]).toContain(verb === 'run' ? name : verb);
  });

  describe('of assay', () => {
    const built = join(root, 'dist', 'cli.js');
    const cli = existsSync(built) ? built : join(root, 'src', 'cli.ts');
    const folder = temporaryFolder();
    const repository = join(folder.root, 'finance-support');
    beforeAll(() => makeRepository(join(root, 'examples', 'finance-support'), repository));
    afterAll(() => folder[Symbol.dispose]());

    test.each(
      commandLines.flatMap((command): [string, readonly string[]][] => {
        const words = assayArguments(command);
        return words === null ? [] : [[command.at, words]];
      }),
    )('%s: assay %j gives a verdict', async (_at, words) => {
      mkdirSync(join(folder.root, 'home'), { recursive: true });
      const run = await promisify(execFile)(process.execPath, [cli, ...words], {
        cwd: repository,
        env: { PATH: process.env['PATH'] ?? '', HOME: join(folder.root, 'home') },
      }).catch((error: { code: number; stderr: string }) => error);
      const code = 'code' in run ? run.code : 0;
      expect(code === 1 ? 'a verdict' : code === 0 ? 'a verdict' : run.stderr).toBe('a verdict');
    });
  });
});
