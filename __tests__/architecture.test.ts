import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** Floors of the house, from the bottom. An import may stay on its floor only where `sideways` says so. */
const floors = {
  model: ['model'],
  core: [
    'prompts',
    'plan',
    'runner',
    'assertions',
    'stats',
    'compare',
    'gate',
    'reports',
    'rollout',
    'history',
  ],
  edges: ['config', 'repo', 'store', 'state', 'exec', 'embed', 'providers', 'github', 'metrics', 'notify'],
  commands: ['commands'],
  doors: ['.'],
} as const;

type Floor = keyof typeof floors;
const order: readonly Floor[] = ['model', 'core', 'edges', 'commands', 'doors'];
const sideways: Readonly<Record<Floor, boolean>> = {
  model: true,
  core: true,
  edges: false,
  commands: true,
  doors: true,
};

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join('src', path), 'utf8') }));

const roomOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '.') : '.');
const floorOf = (room: string): Floor => {
  const floor = order.find((name) => (floors[name] as readonly string[]).includes(room));
  if (floor === undefined) throw new Error(`src/${room} is no room of docs/architecture.md`);
  return floor;
};

const importsOf = (text: string): string[] =>
  [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import '([^']+)'/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

const arrows = sources.flatMap(({ path, text }) =>
  importsOf(text).map((target) => ({
    path,
    target,
    room: target.startsWith('.') ? roomOf(normalize(join(dirname(path), target))) : null,
  })),
);

describe('arrows go down', () => {
  test('no file imports a room above its own, and edges do not know one another', () => {
    const wrong = arrows.filter(({ path, room }) => {
      if (room === null || room.startsWith('..')) return false;
      const own = roomOf(path);
      if (room === own) return false;
      const [from, to] = [order.indexOf(floorOf(own)), order.indexOf(floorOf(room))];
      return to > from || (to === from && !sideways[floorOf(own)]);
    });
    expect(wrong.map(({ path, target }) => `${path} → ${target}`)).toEqual([]);
  });

  test('the model imports zod only', () => {
    const wrong = arrows.filter(
      ({ path, room, target }) => roomOf(path) === 'model' && room === null && target !== 'zod',
    );
    expect(wrong.map(({ path, target }) => `${path} → ${target}`)).toEqual([]);
  });

  test('the core never touches the world', () => {
    const world =
      /^node:(fs|child_process|net|http|https|process|os|sqlite|worker_threads|timers)|^@actions\/|^@octokit\/|^openai|^@anthropic-ai\//;
    const core = new Set<string>([...floors.core, ...floors.model]);
    const imports = arrows.filter(({ path, target }) => core.has(roomOf(path)) && world.test(target));
    expect(imports.map(({ path, target }) => `${path} → ${target}`)).toEqual([]);
    const calls = sources
      .filter(({ path }) => core.has(roomOf(path)))
      .filter(({ text }) =>
        /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bfetch\(/.test(
          withoutComments(text),
        ),
      );
    expect(calls.map(({ path }) => path)).toEqual([]);
  });

  test('only the github room and the doors know GitHub', () => {
    const wrong = arrows.filter(
      ({ path, target }) => /^@(octokit|actions)\//.test(target) && roomOf(path) !== 'github',
    );
    expect(wrong.map(({ path, target }) => `${path} → ${target}`)).toEqual([]);
  });
});

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

describe('the house style', () => {
  test('no room needs a third level of folders', () => {
    expect(sources.map(({ path }) => path).filter((path) => path.split('/').length > 3)).toEqual([]);
  });

  test('no file is a drawer', () => {
    const drawers = /(^|\/|-)(utils?|helpers?|common|manager|service|misc)\.ts$/;
    expect(sources.map(({ path }) => path).filter((path) => drawers.test(path))).toEqual([]);
  });

  test('no file is longer than 300 lines', () => {
    expect(sources.filter(({ text }) => text.split('\n').length > 301).map(({ path }) => path)).toEqual([]);
  });

  test('nothing evaluates text as code, and no shell is started', () => {
    const dangerous = /\beval\(|new Function\(|child_process'\)?\.exec\(|\bexecSync\(|shell:\s*true/;
    expect(
      sources.filter(({ text }) => dangerous.test(withoutComments(text))).map(({ path }) => path),
    ).toEqual([]);
  });
});
