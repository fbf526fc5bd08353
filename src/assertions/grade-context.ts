import type { Embedder } from '../model/ports.ts';
import type { Provider } from '../model/provider.ts';

/**
 * The answer that this one is compared with: the baseline's to the same trial. `self`: this is the baseline;
 * `none`: there is no other side; `unanswered`: there is, and it gave no answer.
 */
export type Rival =
  | { readonly kind: 'self' | 'none' | 'unanswered' }
  | { readonly kind: 'answer'; readonly text: string };

/** What an assertion may ask of the world beside the answer itself. */
export type GradeContext = {
  readonly vars: Readonly<Record<string, unknown>>;
  /** The rendered prompt, for rubric prompts that show it (`{{prompt}}`). */
  readonly prompt: string;
  /** Fills the strings of assertion values with the case's variables. */
  renderText(text: string): string;
  /** null: the default judge. Throws a UserError if none is configured. */
  judge(id: string | null): Promise<Provider>;
  embedder(): Promise<Embedder>;
  /** Votes of a judge on one answer. */
  readonly votes: number;
  readonly rival: Rival;
  readonly signal: AbortSignal;
  /** Judges answer each trial anew, so that the cache key of a judgement carries it too. */
  readonly trial: number;
};
