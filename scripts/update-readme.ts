import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { kinds } from '../src/assertions/kinds.ts';
import { permissions } from '../src/github/permissions.ts';

type ActionFile = {
  inputs: Record<string, { description: string; default?: string }>;
  outputs: Record<string, { description: string }>;
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** The README's tables, made of action.yml, of the permissions and of the assertions themselves. */
export const readmeTables = (action: ActionFile): Record<string, string> => ({
  assertions: table(
    ['type', 'passes when'],
    Object.entries(kinds).map(([type, { summary }]) => [`\`${type}\``, summary]),
  ),
  permissions: table(
    ['for', 'permission', 'without it'],
    Object.values(permissions).map(({ feature, permission, without }) => [
      feature,
      `\`${permission}\``,
      without,
    ]),
  ),
  inputs: table(
    ['input', 'default', 'meaning'],
    Object.entries(action.inputs).map(([name, input]) => [
      `\`${name}\``,
      input.default === undefined ? '' : `\`${input.default}\``,
      input.description,
    ]),
  ),
  outputs: table(
    ['output', 'meaning'],
    Object.entries(action.outputs).map(([name, output]) => [`\`${name}\``, output.description]),
  ),
});

/** The README with its generated tables filled in. */
export const updateReadme = (readme: string, action: ActionFile): string =>
  Object.entries(readmeTables(action)).reduce(
    (text, [name, content]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
        (_whole, open: string, close: string) => `${open}${content}\n${close}`,
      ),
    readme,
  );

if (import.meta.main) {
  const action = parse(await readFile('action.yml', 'utf8')) as ActionFile;
  await writeFile('README.md', updateReadme(await readFile('README.md', 'utf8'), action));
}
