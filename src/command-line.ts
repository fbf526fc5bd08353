import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { createTerminalWorld } from './commands/terminal-world.ts';
import type { TestOptions } from './commands/test-options.ts';
import { CancelledError, formatFinding, UserError } from './model/errors.ts';
import { mostShards } from './plan/shards.ts';

const positive = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
};

const whole = (text: string): number => {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('Expected a whole number.');
  return value;
};

/** Flags that say what is run, on which sides and within which limits: those of `test` and of `plan`. */
type RunFlags = {
  base?: string;
  head?: string;
  suite?: string;
  case?: string;
  provider?: string[];
  compareProviders?: string[];
  repeat?: number;
  concurrency?: number;
  maxUsd?: number;
  cache: boolean;
  config?: string;
  yes?: boolean;
};

const formats = ['pretty', 'json', 'github'] as const;

const formatOf =
  (names: readonly string[]) =>
  (text: string): string => {
    if (!names.includes(text)) throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.`);
    return text;
  };
const format = formatOf(formats);

const withRunFlags = (command: Command): Command =>
  command
    .option(
      '--base <ref>',
      'policy, cases and the baseline come from here; `none` judges the head alone (default: merge base with the default branch)',
    )
    .option('--head <ref>', 'the candidate (default: the working tree with uncommitted edits)')
    .option('--suite <glob>', 'these suites, changed or not: by path, file name or short name')
    .option('-t, --case <pattern>', 'only cases whose id or description matches this regular expression')
    .option('--provider <id...>', "these models instead of the suites' own")
    .option('--compare-providers <ids...>', 'two models as the two sides')
    .option('--repeat <n>', 'at least so many trials of every cell', whole)
    .option('-j, --concurrency <n>', 'calls in flight at most', whole)
    .option('--max-usd <n>', "a cap below the policy's", positive)
    .option('--no-cache', 'ask again, and keep nothing')
    .option('-c, --config <file>', 'the policy file (default: assay.yml)');

const runOptions = (flags: RunFlags): TestOptions => ({
  base: flags.base ?? null,
  head: flags.head ?? null,
  sides: null,
  suite: flags.suite ?? null,
  casePattern: flags.case ?? null,
  providers: flags.provider ?? [],
  compareProviders: twoProviders(flags.compareProviders),
  repeat: flags.repeat ?? null,
  concurrency: flags.concurrency ?? null,
  maxUsd: flags.maxUsd ?? null,
  maxCalls: null,
  cache: flags.cache,
  config: flags.config ?? null,
  untrustedHead: false,
  withoutKeys: false,
  yes: flags.yes ?? false,
});

/** The program's commands. `exit` receives the code of the command that ran. */
const program = (exit: (code: number) => void): Command => {
  const root = new Command('assay')
    .description('Tests prompts before they ship: both sides of a change, several models, one verdict.')
    .version(packageJson.version)
    .showHelpAfterError('(run with --help for what is allowed)')
    .exitOverride();
  testCommand(root, exit);
  planCommand(root, exit);
  diffCommand(root, exit);
  return root;
};

const testCommand = (root: Command, exit: (code: number) => void): void => {
  withRunFlags(root.command('test'))
    .description('run the suites that a change touches, on both sides, and give a verdict')
    .option('--out <dir>', 'where results.json and the reports go', '.assay/out')
    .option('--format <name>', `what stdout gets: ${formats.join(', ')}`, format, 'pretty')
    .option(
      '--judge-calibration <file>',
      'no run: how far the judge agrees with human labels, lines {case, output, label}',
    )
    .option('--yes', 'never ask (Assay asks above 1 USD only, and only on a terminal)')
    .addHelpText(
      'after',
      '\nExamples:\n  assay test                          what changed since main\n  assay test --base none --suite support\n  assay test --compare-providers openai:gpt-5-mini anthropic:claude-haiku-4-5\n\nExit codes: 0 pass, 1 fail, 2 undecided, 3 bad configuration, 4 needs approval, 130 cancelled',
    )
    .action(async (flags: RunFlags & { judgeCalibration?: string; out: string; format: string }) => {
      const world = createTerminalWorld(packageJson.version);
      const options = runOptions(flags);
      const chosen = flags.format as (typeof formats)[number];
      const file = flags.judgeCalibration;
      if (file !== undefined) {
        const { calibrateJudge } = await import('./commands/calibrate-judge.ts');
        exit(await calibrateJudge({ file, options, format: chosen }, world));
        return;
      }
      const { testInTerminal } = await import('./commands/test-in-terminal.ts');
      exit(await testInTerminal({ options, out: flags.out, format: chosen }, world));
    });
};

/** `auto`, or a number of jobs. */
const shards = (text: string): 'auto' | number => {
  if (text === 'auto') return text;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > mostShards)
    throw new InvalidArgumentError(`Expected auto, or a whole number from 1 to ${mostShards}.`);
  return value;
};

const planCommand = (root: Command, exit: (code: number) => void): void => {
  const formatsOfPlan = ['pretty', 'json'] as const;
  withRunFlags(root.command('plan'))
    .description('what `assay test` with the same flags would ask, cost and take; nothing is called')
    .option('--shards <n>', 'the matrix for so many parallel jobs, or auto', shards)
    .option(
      '--format <name>',
      `what stdout gets: ${formatsOfPlan.join(', ')}`,
      formatOf(formatsOfPlan),
      'pretty',
    )
    // The flags of a test fit here, too; these two say nothing about a plan.
    .addOption(new Option('--out <dir>').hideHelp())
    .addOption(new Option('--yes').hideHelp())
    .addHelpText(
      'after',
      '\nExamples:\n  assay plan                          what the next `assay test` would cost\n  assay plan --base none --shards auto --format json\n\nExit codes: 0 it fits, 3 bad configuration, or a plan above its budget',
    )
    .action(async (flags: RunFlags & { shards?: 'auto' | number; format: string }) => {
      const { planInTerminal } = await import('./commands/plan.ts');
      exit(
        await planInTerminal(
          {
            options: runOptions(flags),
            shards: flags.shards ?? null,
            format: flags.format as (typeof formatsOfPlan)[number],
          },
          createTerminalWorld(packageJson.version),
        ),
      );
    });
};

const twoProviders = (ids: readonly string[] | undefined): readonly [string, string] | null => {
  if (ids === undefined) return null;
  const [a, b] = ids;
  if (a === undefined || b === undefined || ids.length !== 2) {
    throw new InvalidArgumentError('--compare-providers expects two provider ids.');
  }
  return [a, b];
};

const diffCommand = (root: Command, exit: (code: number) => void): void => {
  root
    .command('diff')
    .description('what changed in meaning between two texts, files, or many pairs')
    .argument('[a]', 'the text before: a file, or with --text the text itself')
    .argument('[b]', 'the text now')
    .option('--text', 'A and B are texts, not files', false)
    .option('--pairs <file>', 'lines {"id","a","b"}; prints one JSON line a pair, in order')
    .option('--format <name>', 'pretty or json', format, 'pretty')
    .addHelpText(
      'after',
      '\nExample:\n  assay diff --text "Refunds within 30 days." "Refunds within 14 days."',
    )
    .action(
      async (
        a: string | undefined,
        b: string | undefined,
        flags: { text: boolean; pairs?: string; format: string },
      ) => {
        const { runDiff } = await import('./commands/diff.ts');
        const world = createTerminalWorld(packageJson.version);
        const { readFile } = await import('node:fs/promises');
        exit(
          await runDiff({
            ...(a === undefined ? {} : { a }),
            ...(b === undefined ? {} : { b }),
            ...(flags.pairs === undefined ? {} : { pairs: flags.pairs }),
            text: flags.text,
            format: flags.format === 'json' ? 'json' : 'pretty',
            color: world.color,
            readText: (path) => readFile(path, 'utf8'),
            write: world.stdout,
          }),
        );
      },
    );
};

/** Runs the command line; resolves to the exit code. Errors of the user are 3, a person's no is 130, and anything unforeseen is 70, a bug. */
export const main = async (args: readonly string[]): Promise<number> => {
  let code = 0;
  try {
    await program((value) => {
      code = value;
    }).parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 3;
    if (error instanceof CancelledError) {
      process.stderr.write(`${error.message}\n`);
      return 130;
    }
    if (error instanceof UserError) {
      if (args.includes('json'))
        process.stdout.write(`${JSON.stringify({ error: { findings: error.findings } })}\n`);
      process.stderr.write(`${error.findings.map(formatFinding).join('\n')}\n`);
      return 3;
    }
    process.stderr.write(
      `This is a bug in Assay; please report it.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return 70;
  }
};
