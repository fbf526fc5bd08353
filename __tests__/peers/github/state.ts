/** What the loopback GitHub remembers. Tests read it, and change it to make a situation. */
export type FakeComment = {
  id: number;
  number: number;
  body: string;
  author: string;
  at: string;
};

export type FakeAnnotation = {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: string;
  title: string;
  message: string;
};

export type FakeCheckRun = {
  id: number;
  name: string;
  headSha: string;
  externalId: string;
  app: string;
  status: string;
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  detailsUrl: string | null;
  annotations: FakeAnnotation[];
  at: string;
};

/** A fault that hits one operation once, before or after it took effect. */
export type FakeFault = {
  operation: string;
  /** `hangup`: the connection breaks without an answer. */
  status: number | 'hangup';
  takesEffect?: boolean;
  message?: string;
};

export type LoggedRequest = {
  method: string;
  path: string;
  operation: string | null;
  status: number | 'hangup';
  body: unknown;
};

export type FakeState = {
  url: string;
  owner: string;
  repo: string;
  /** The bare repository behind trees, blobs and comparisons. */
  gitDirectory: string;
  /** Who the token writes as. */
  login: string;
  /** A person's token may ask who it is; an installation's may not. */
  tokenKind: 'installation' | 'person';
  /** The slug of the App that the token belongs to. */
  app: string;
  /** A fork's token: every write is answered 403. */
  readOnly: boolean;
  /** Trees, blobs and comparisons are answered 404. */
  withoutContents: boolean;
  /** Recursive listings are cut short, as GitHub does above 100,000 entries. */
  truncateTrees: boolean;
  /** `pull_request` objects by number, as in a webhook's payload. */
  pulls: Map<number, Record<string, unknown>>;
  comments: FakeComment[];
  checkRuns: FakeCheckRun[];
  faults: FakeFault[];
  requests: LoggedRequest[];
  /** Requests that GitHub would refuse, and answers of this fake that GitHub would not give. A test expects none. */
  violations: string[];
  artifacts: Map<string, { mimeType: string; content: Buffer; finalized: boolean }>;
};
