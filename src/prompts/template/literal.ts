/** GitHub's placeholders: a key in double braces without spaces. */
const placeholder = /\{\{([\w.-]+)\}\}/g;

const show = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));

/** Names in the text's placeholders, each with where it stands first. */
export const literalVariables = (text: string): Map<string, number> => {
  const names = new Map<string, number>();
  for (const match of text.matchAll(placeholder)) {
    const name = match[1] ?? '';
    if (!names.has(name)) names.set(name, match.index);
  }
  return names;
};

/**
 * `{{key}}` is replaced as it stands: no logic, no escaping, what is put in is not looked at again, and unknown keys
 * stay as they are. (The rules of GitHub's `gh models`, which `.prompt.yml` files were written for.)
 */
export const renderLiteral = (
  text: string,
  vars: Readonly<Record<string, unknown>>,
): { text: string; missing: string[] } => {
  const missing = new Set<string>();
  const rendered = text.replace(placeholder, (whole, name: string) => {
    if (Object.hasOwn(vars, name)) return show(vars[name]);
    missing.add(name);
    return whole;
  });
  return { text: rendered, missing: [...missing] };
};
