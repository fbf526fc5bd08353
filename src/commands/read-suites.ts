import type { Finding } from '../model/errors.ts';
import type { Tree } from '../model/ports.ts';
import type { Suite } from '../model/suite.ts';
import { filterSuites, findSuites } from '../plan/find-suites.ts';
import type { SuitePair } from '../plan/planned-cell.ts';
import { readSuite } from '../prompts/suite.ts';
import type { Sides } from './sides.ts';

/** A tree that answers for `files` from one side and for everything else from the other. */
const overlay = (files: ReadonlySet<string>, first: Tree, rest: Tree): Tree => {
  const of = (path: string): Tree => (files.has(path) ? first : rest);
  return {
    label: rest.label,
    sha: rest.sha,
    list: async () => [...new Set([...(await rest.list()), ...files])].toSorted(),
    read: (path) => of(path).read(path),
    hash: (path) => of(path).hash(path),
  };
};

const allFiles = (suite: Suite): string[] => [...suite.files, ...suite.prompts.flatMap(({ files }) => files)];

/** Whether any file that either side is made of differs between the sides. */
const differs = async (suites: readonly Suite[], base: Tree, head: Tree): Promise<boolean> => {
  const files = [...new Set(suites.flatMap(allFiles))];
  const equal = await Promise.all(
    files.map(async (file) => (await base.hash(file)) === (await head.hash(file))),
  );
  return equal.includes(false);
};

const errorsOf = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity }) => severity === 'error');

export type ReadSuites = {
  readonly pairs: readonly SuitePair[];
  readonly findings: readonly Finding[];
  /** Suites whose base does not parse, so that the head's stands in and somebody has to approve. */
  readonly baseUnreadable: readonly string[];
};

type Loaded = Awaited<ReturnType<typeof readSuite>>;
const absent: Loaded = { suite: null, findings: [] };

/** Both sides of one suite. */
const readPair = async (
  path: string,
  onBase: boolean,
  onHead: boolean,
  sides: Sides,
): Promise<{ pair: SuitePair; findings: Finding[]; unreadable: boolean }> => {
  const head = onHead ? await readSuite(sides.head.tree, path) : absent;
  const baseTree = sides.base?.tree ?? null;
  const base = onBase && baseTree !== null ? await readSuite(baseTree, path) : absent;
  const unreadable = errorsOf(base.findings).length > 0;
  if (unreadable && head.suite === null)
    return { pair: emptyPair(path), findings: onHead ? head.findings : base.findings, unreadable };
  const baseSuite =
    unreadable && head.suite !== null && baseTree !== null
      ? (await readSuite(overlay(new Set(head.suite.files), sides.head.tree, baseTree), path)).suite
      : base.suite;
  const both = [baseSuite, head.suite].filter((suite) => suite !== null);
  const changed =
    baseTree === null ||
    baseSuite === null ||
    head.suite === null ||
    unreadable ||
    (await differs(both, baseTree, sides.head.tree));
  return {
    pair: {
      path,
      base: baseSuite,
      head: head.suite,
      headPrompts: await headPrompts(baseSuite, head.suite, sides),
      changed,
    },
    findings: head.findings,
    unreadable,
  };
};

const emptyPair = (path: string): SuitePair => ({
  path,
  base: null,
  head: null,
  headPrompts: [],
  changed: true,
});

/** The head's versions of all prompts: its own, and those that only the base's suite lists but whose file the head still has. */
const headPrompts = async (
  base: Suite | null,
  head: Suite | null,
  sides: Sides,
): Promise<Suite['prompts']> => {
  const own = head?.prompts ?? [];
  const known = new Set(own.map(({ id }) => id));
  const dropped = (base?.prompts ?? []).filter(({ id }) => !known.has(id));
  if (base === null || sides.base === null || dropped.length === 0) return own;
  const { suite } = await readSuite(
    overlay(new Set(base.files), sides.base.tree, sides.head.tree),
    base.path,
  );
  const ids = new Set(dropped.map(({ id }) => id));
  return [
    ...own,
    ...(suite?.prompts ?? []).filter((prompt) => ids.has(prompt.id) && prompt.path !== base.path),
  ];
};

/** Every suite that the globs name on either side, read on both. Findings of all suites are collected. */
export const readSuites = async (
  sides: Sides,
  globs: readonly string[],
  only: string | null,
): Promise<ReadSuites> => {
  const named = async (tree: Tree | undefined): Promise<string[]> =>
    tree === undefined ? [] : findSuites(await tree.list(), globs);
  const onBase = await named(sides.base?.tree);
  const onHead = await named(sides.head.tree);
  const all = [...new Set([...onBase, ...onHead])].toSorted();
  const paths = only === null ? all : filterSuites(all, only);
  const read = await Promise.all(
    paths.map((path) => readPair(path, onBase.includes(path), onHead.includes(path), sides)),
  );
  return {
    pairs: read.map(({ pair }) => pair).filter(({ base, head }) => base !== null || head !== null),
    findings: read.flatMap(({ findings }) => findings),
    baseUnreadable: read
      .filter(({ unreadable, pair }) => unreadable && pair.head !== null)
      .map(({ pair }) => pair.path),
  };
};
