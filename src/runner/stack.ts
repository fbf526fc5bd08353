import type { Provider } from '../model/provider.ts';

/** Behaviour around a provider's `complete`. A layer keeps everything else of the provider as it is. */
export type Layer = (next: Provider) => Provider;

/**
 * Stacks layers around a provider, outermost first. The runner's order is
 * `withCache, withRetry, withCallLimit, withStop, withBudget`: a cached answer costs nothing, a wait between
 * retries holds no place in the pool, and money is reserved only for calls that are sent now.
 */
export const stack = (provider: Provider, ...layers: readonly Layer[]): Provider =>
  layers.reduceRight((next, layer) => layer(next), provider);
