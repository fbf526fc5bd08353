import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../model/ports.ts';
import type { Completion } from '../model/provider.ts';

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, completion TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
`;

const maxKnownKeys = 200_000;

/** Most questions of a cold run have no answer yet; a set says so a hundred times faster than a query. null: too many. */
const knownKeys = (database: DatabaseSync): Set<string> | null => {
  const { count } = database.prepare('SELECT count(*) AS count FROM answers').get() as { count: number };
  if (count > maxKnownKeys) return null;
  const rows = database.prepare('SELECT key FROM answers').all() as { key: string }[];
  return new Set(rows.map(({ key }) => key));
};

/** A row that something else wrote is no answer; it is asked for again. */
const readCompletion = (text: string): Completion | null => {
  try {
    return JSON.parse(text) as Completion;
  } catch {
    return null;
  }
};

/**
 * Answers in one SQLite file (WAL, `synchronous=NORMAL`: a kill -9 loses nothing that was written).
 * The folder ignores itself by its own .gitignore, so that nobody commits answers by accident.
 * `now` is in milliseconds since the epoch.
 */
export const openSqliteStore = async (file: string, now: () => number): Promise<Store> => {
  const { DatabaseSync } = await import('node:sqlite');
  const folder = dirname(file);
  for (const path of [folder, file]) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new Error(`${path} is a symbolic link`);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
  const database = new DatabaseSync(file, { timeout: 10_000 });
  database.exec(schema);
  const select = database.prepare('SELECT completion FROM answers WHERE key = ?');
  const insert = database.prepare(
    'INSERT OR REPLACE INTO answers (key, completion, created_at) VALUES (?, ?, ?)',
  );
  const known = knownKeys(database);
  const pending = new Map<string, string>();
  let scheduled = false;
  const flush = (): void => {
    scheduled = false;
    if (pending.size === 0) return;
    try {
      database.exec('BEGIN IMMEDIATE');
      for (const [key, completion] of pending) insert.run(key, completion, now());
      database.exec('COMMIT');
      pending.clear();
    } catch {
      // A full disk or a locked file costs the next run money, never this run its verdict: the answers stay in memory.
      if (database.isTransaction) database.exec('ROLLBACK');
    }
  };
  return {
    get: (key) => {
      if (known?.has(key) === false) return null;
      const text = pending.get(key) ?? (select.get(key) as { completion: string } | undefined)?.completion;
      return text === undefined ? null : readCompletion(text);
    },
    put: (key, completion) => {
      // Answers that arrive in one turn of the event loop share a transaction; none waits longer than that.
      if (!scheduled) setImmediate(flush);
      scheduled = true;
      pending.set(key, JSON.stringify(completion));
      known?.add(key);
    },
    close: () => {
      flush();
      database.close();
    },
  };
};

/** A store that keeps answers for this process only: `--no-cache`, and folders that cannot be written. */
export const openMemoryStore = (): Store => {
  const answers = new Map<string, Completion>();
  return {
    get: (key) => answers.get(key) ?? null,
    put: (key, completion) => {
      answers.set(key, completion);
    },
    close: () => answers.clear(),
  };
};
