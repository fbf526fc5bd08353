import type { Node, RuntimeValue } from './nodes.ts';
import { TemplateProblem } from './problem.ts';
import { fromRuntime, isList, isText, maxCharacters, textOf, toRuntime } from './runtime-values.ts';

const argument = (args: readonly Node[], index: number, name: string): RuntimeValue | null => {
  const keyword = args.find(
    ({ type, key }) => type === 'KeywordArgumentExpression' && (key as Node)['value'] === name,
  );
  const found = keyword === undefined ? args[index] : (keyword['value'] as Node);
  return found?.type === 'assay:value' ? (found['value'] as RuntimeValue) : null;
};

const numberOf = (value: RuntimeValue | null, fallback: number): number =>
  typeof value?.value === 'number' ? value.value : fallback;

const maxIndent = { indent: 100, tojson: 10, dump: 10 } as const;

/** Refuses what would make a text too long before it is made. Throws a TemplateProblem. */
export const guardFilter = (name: string, operand: RuntimeValue, args: readonly Node[]): void => {
  const refuse = (): never => {
    throw new TemplateProblem(`the filter "${name}" would make more than ${maxCharacters} characters`);
  };
  if (name === 'indent' || name === 'tojson' || name === 'dump') {
    const width = numberOf(argument(args, 0, name === 'indent' ? 'width' : 'indent'), 4);
    if (width > maxIndent[name] || width < 0)
      throw new TemplateProblem(`"${name}" indents by 0 to ${maxIndent[name]}`);
    if (name === 'indent' && isText(operand)) {
      const lines = textOf(operand).split('\n').length;
      if (lines * width + textOf(operand).length > maxCharacters) refuse();
    }
  }
  if (name === 'replace' && isText(operand)) {
    const from = textOf(argument(args, 0, 'old') ?? operand).length;
    const to = textOf(argument(args, 1, 'new') ?? operand).length;
    const { length } = textOf(operand);
    if (length + (length / Math.max(1, from) + 1) * to > maxCharacters * 2) refuse();
  }
  if (name === 'join') {
    const separator = argument(args, 0, 'separator');
    const count = isList(operand) ? (operand.value as unknown[]).length : textOf(operand).length;
    if (separator !== null && count * textOf(separator).length > maxCharacters) refuse();
  }
};

const htmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const own: Readonly<Record<string, (operand: RuntimeValue, args: readonly Node[]) => RuntimeValue | null>> = {
  // nunjucks' `dump` is JSON.stringify.
  dump: (operand, args) =>
    toRuntime(JSON.stringify(fromRuntime(operand), null, numberOf(argument(args, 0, 'indent'), 0))),
  escape: (operand) => toRuntime(textOf(operand).replace(/[&<>"']/g, (char) => htmlEscapes[char] ?? char)),
  // promptfoo's: JSON text as data.
  load: (operand) => {
    try {
      return toRuntime(JSON.parse(textOf(operand)));
    } catch (error) {
      throw new TemplateProblem(`the filter "load" needs JSON: ${(error as Error).message}`);
    }
  },
  // Of lists, each item as it would be printed by itself.
  join: (operand, args) =>
    isList(operand)
      ? toRuntime(
          (operand.value as RuntimeValue[])
            .map(textOf)
            .join(textOf(argument(args, 0, 'separator') ?? toRuntime(''))),
        )
      : null,
  round: (operand, args) => {
    const digits = Math.min(15, Math.max(0, numberOf(argument(args, 0, 'precision'), 0)));
    return typeof operand.value === 'number' ? toRuntime(Number(operand.value.toFixed(digits))) : null;
  },
  string: (operand) => toRuntime(textOf(operand)),
};

/** Filters that the package lacks, or that print lists and maps; null: the package's own. */
export const applyOwnFilter = (
  name: string,
  operand: RuntimeValue,
  args: readonly Node[],
): RuntimeValue | null => (Object.hasOwn(own, name) ? (own[name]?.(operand, args) ?? null) : null);
