import type { Price } from '../model/provider.ts';
import table from './prices.json' with { type: 'json' };

const prices: Readonly<Record<string, Price>> = table.models;
/** The day of the built-in table, ISO: prices change, and a forecast says how old its own are. */
export const pricesAsOf: string = table.asOf;
/** `-2025-08-07`, `-20251001`, `-0613`, `-latest`: the same model, dated. Any other ending is another model. */
const dated = /^(.+?)(?:-\d{4}-\d{2}-\d{2}|-\d{8}|-\d{4}|-\d{3}|-latest)$/;

/** Servers on the user's own machine. */
const free = new Set(['ollama', 'vllm', 'lmstudio', 'llamacpp', 'localai']);

/** USD per million tokens from the built-in table; null: not known there. A dated model has the price of its family. */
export const priceOf = (vendor: string, model: string): Price | null => {
  if (free.has(vendor)) return { input: 0, output: 0 };
  const key = `${vendor}:${model}`;
  if (Object.hasOwn(prices, key)) return prices[key] ?? null;
  const family = dated.exec(key)?.[1];
  return family !== undefined && Object.hasOwn(prices, family) ? (prices[family] ?? null) : null;
};

/** What a call cost in USD; null where usage or price is unknown. */
export const costUsd = (
  usage: { readonly input: number; readonly output: number } | null,
  price: Price | null,
): number | null =>
  usage === null || price === null
    ? null
    : (usage.input * price.input + usage.output * price.output) / 1_000_000;
