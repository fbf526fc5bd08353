import type { Place } from '../model/place.ts';
import type { Prompt, TemplateMessage, TemplateSyntax } from '../model/prompt.ts';
import { contentHash } from '../plan/canonical.ts';

/** What a prompt file says, before the suite gives it an identity. */
export type PromptDraft = {
  readonly place: Place;
  readonly syntax: TemplateSyntax;
  readonly messages: readonly TemplateMessage[];
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly model?: string | null;
  readonly tools?: readonly unknown[];
  readonly responseFormat?: unknown;
  readonly label?: string | null;
  /** Files besides its own that went into it. */
  readonly includes?: readonly string[];
};

/**
 * A draft with identity and version. The version is a hash of what is sent, so that the same prompt written as text,
 * JSON, YAML or `.prompt.yml` is the same version; places, labels, model and order of keys do not count.
 */
export const makePrompt = (
  draft: PromptDraft,
  identity: { readonly id: string; readonly path: string; readonly label: string | null },
): Prompt => {
  const parameters = draft.parameters ?? {};
  const tools = draft.tools ?? [];
  const responseFormat = draft.responseFormat ?? null;
  return {
    id: identity.id,
    path: identity.path,
    label: identity.label ?? draft.label ?? identity.id,
    place: draft.place,
    syntax: draft.syntax,
    messages: draft.messages,
    parameters,
    model: draft.model ?? null,
    tools,
    responseFormat,
    version: contentHash({
      messages: draft.messages.map(({ role, content }) => ({ role, content })),
      parameters,
      tools,
      responseFormat,
    }),
    files: [identity.path, ...(draft.includes ?? []).filter((file) => file !== identity.path)],
  };
};
