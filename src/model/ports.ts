import type { Completion } from './provider.ts';

/** The files of a git ref or of the working tree. Paths are repository-relative with `/`, and never leave it. */
export type Tree = {
  /** `working tree`, or the ref as the user named it. */
  readonly label: string;
  /** The commit; null for a working tree. */
  readonly sha: string | null;
  /** All regular files, sorted. Symbolic links and submodules are not files. */
  list(): Promise<readonly string[]>;
  /** null: no such file. Text is UTF-8. Throws a UserError for a file above the size cap. */
  read(path: string): Promise<string | null>;
  /** A content hash of the file without reading it into memory where the tree knows it; null: no such file. */
  hash(path: string): Promise<string | null>;
};

/** Answers by the hash of what was asked. Implementations are synchronous: SQLite in the process is faster than a promise. */
export type Store = {
  get(key: string): Completion | null;
  put(key: string, completion: Completion): void;
  close(): void;
};

/** Texts to unit vectors, for `similar` and for aligning sentences. */
export type Embedder = {
  readonly id: string;
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
};
