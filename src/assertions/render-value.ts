import { AssertionError } from './assertion-error.ts';

const opening = /\{\{|\{%|\{#/;
const templated = (text: unknown): boolean => typeof text === 'string' && opening.test(text);

/** Whether a value has something to fill in. Only texts and lists of texts have: a schema's braces are its own. */
export const isTemplate = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(templated) : templated(value);

/** A value with its variables filled in. Throws an AssertionError where the engine can't. */
export const renderValue = (value: unknown, renderText: (text: string) => string): unknown => {
  const render = (item: unknown): unknown => (templated(item) ? renderText(item as string) : item);
  try {
    return Array.isArray(value) ? value.map(render) : render(value);
  } catch (error) {
    throw new AssertionError('bad-value', `the value does not render: ${(error as Error).message}`, {
      cause: error,
    });
  }
};
