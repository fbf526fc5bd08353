import pLimit from 'p-limit';
import type { Watcher } from '../model/events.ts';
import { type Finding, UserError } from '../model/errors.ts';
import type { Store, Tree } from '../model/ports.ts';
import type { Provider, ProviderSpec } from '../model/provider.ts';
import { canonicalJson } from '../plan/canonical.ts';
import { buildProvider } from '../providers/build.ts';
import { stack } from '../runner/stack.ts';
import { type Ledger, withBudget } from '../runner/with-budget.ts';
import { withCache } from '../runner/with-cache.ts';
import { withCallLimit } from '../runner/with-call-limit.ts';
import { withRetry } from '../runner/with-retry.ts';
import { withStop } from '../runner/with-stop.ts';
import type { World } from './world.ts';

/** A key is missing on a run that may not have any (a fork's): its cells are skipped, which is undecided. */
export class NoCredentials extends Error {
  constructor(provider: string) {
    super(`no credentials for ${provider}`);
    this.name = 'NoCredentials';
  }
}

export type BuildOptions = {
  readonly world: World;
  /** For `replay:` files; the base's where there is one, since recordings are policy. */
  readonly tree: Tree;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly watch: Watcher;
  /** A fork's run has no keys, which is not its fault. */
  readonly withoutKeys: boolean;
  /** Where given, it is told of missing keys, and providers are built without them: nobody will call them. */
  readonly onMissingKey?: (finding: Finding) => void;
  /** Calls in flight at most, over all providers. */
  readonly concurrency: number;
  readonly onHit: () => void;
};

/** What one answer may take with all its retries. */
const cellDeadlineMs = 300_000;

export type Providers = {
  /** Builds each spec once; later calls return the same provider. */
  get(spec: ProviderSpec): Promise<Provider>;
  /** Builds all of them and throws one UserError with every finding, so that nothing is called before all is well. */
  prepare(specs: readonly ProviderSpec[]): Promise<void>;
};

export const unknownPrice = (spec: ProviderSpec, usd: number): UserError =>
  new UserError({
    severity: 'error',
    code: 'unknown-price',
    place: spec.place,
    message: `the price of ${spec.id} is not known, so that the budget of $${usd} can't be kept`,
    expected: '`price: {input, output}` in USD per million tokens on its entry in assay.yml',
    nextStep: 'Add the price, or remove budget.usd',
  });

const missingKey = ({ code }: Finding): boolean => code === 'missing-key-variable';

export const createProviders = (options: BuildOptions): Providers => {
  const { world, ledger, watch } = options;
  const built = new Map<string, Promise<Provider>>();
  const limit = pLimit(options.concurrency);
  const make = async (spec: ProviderSpec): Promise<Provider> => {
    const provider = await buildProvider(spec, {
      env: world.env,
      fetch: world.fetch,
      readText: (path) => options.tree.read(path),
      allowLoopbackHttp: true,
      ...(options.onMissingKey === undefined ? {} : { onMissingKey: options.onMissingKey }),
    });
    if (provider.price === null && ledger.limits.usd !== null) throw unknownPrice(spec, ledger.limits.usd);
    return stack(
      provider,
      withCache(options.store, { onHit: options.onHit }),
      withRetry({
        random: world.random,
        sleep,
        deadline: { limitMs: cellDeadlineMs, now: world.now },
        onRetry: (event) => watch({ kind: 'call-retried', ...event }),
      }),
      withCallLimit(limit),
      withStop({ onStop: (event) => watch({ kind: 'provider-stopped', ...event }) }),
      withBudget(ledger),
    );
  };
  const get = (spec: ProviderSpec): Promise<Provider> => {
    const { place: _place, ...identity } = spec;
    const key = canonicalJson(identity);
    const known = built.get(key);
    if (known !== undefined) return known;
    const making = make(spec).catch((error: unknown) => {
      if (options.withoutKeys && error instanceof UserError && error.findings.every(missingKey))
        throw new NoCredentials(spec.label);
      throw error;
    });
    built.set(key, making);
    return making;
  };
  const prepare = async (specs: readonly ProviderSpec[]): Promise<void> => {
    const settled = await Promise.allSettled(specs.map(get));
    const findings = settled.flatMap((outcome): readonly Finding[] => {
      if (outcome.status === 'fulfilled' || outcome.reason instanceof NoCredentials) return [];
      if (outcome.reason instanceof UserError) return outcome.reason.findings;
      throw outcome.reason;
    });
    const unique = [...new Map(findings.map((finding) => [canonicalJson(finding), finding])).values()];
    if (unique.length > 0) throw new UserError(unique);
  };
  return { get, prepare };
};

/** Waits, but not past an abort. */
const sleep = (waitMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const done = (): void => {
      signal.removeEventListener('abort', aborted);
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) aborted();
    else signal.addEventListener('abort', aborted, { once: true });
  });
