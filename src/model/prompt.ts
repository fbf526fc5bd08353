import type { Place } from './place.ts';

export type Role = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

/** One message as it is sent to a model. */
export type Message = { readonly role: Role; readonly content: string };

/** One message of a prompt before rendering. `place` is where its text begins in its file. */
export type TemplateMessage = Message & { readonly place: Place };

/**
 * How placeholders are filled: `jinja` (the Jinja/Nunjucks family, interpreted) or `literal`
 * (GitHub's `.prompt.yml`: `{{key}}` is replaced as it stands, nothing else is special).
 */
export type TemplateSyntax = 'jinja' | 'literal';

/**
 * A versioned template. Identity is `id` (the file's path; `<suite path>#<label or number>` for a prompt
 * written inside a suite), version is the hash of what it says, so that several formats of the same prompt
 * are the same version.
 */
export type Prompt = {
  readonly id: string;
  /** Repository-relative path; for an inline prompt the path of the suite that holds it. */
  readonly path: string;
  readonly label: string;
  readonly place: Place;
  readonly syntax: TemplateSyntax;
  readonly messages: readonly TemplateMessage[];
  /** Model parameters that travel with the prompt (`temperature`, `max_tokens`, …), in the vendor's own spelling. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The model that the prompt file itself names, as a provider id; used only when neither suite nor policy names one. */
  readonly model: string | null;
  readonly tools: readonly unknown[];
  readonly responseFormat: unknown;
  /** SHA-256 (hex) of messages, parameters, tools and response format. */
  readonly version: string;
  /** Every file that this prompt was made of, its own first. */
  readonly files: readonly string[];
};

/** What a prompt looked like on both sides, for the reader of a report. */
export type PromptDiff = {
  readonly section: 'message' | 'parameters' | 'tools' | 'responseFormat' | 'model';
  /** `system`, `user 2`, or the section's own name. */
  readonly title: string;
  readonly parts: readonly { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }[];
  /** Line of the change in the candidate's file (the baseline's for a removal), where it is known. */
  readonly line: number | null;
};
