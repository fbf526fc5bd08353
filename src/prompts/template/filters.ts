/** Filters under other names: nunjucks' and Jinja's aliases. */
export const filterAliases: Readonly<Record<string, string>> = {
  d: 'default',
  count: 'length',
  e: 'escape',
};

/** Every filter that a template may name; anything else is an error before the first call. */
export const filterNames = [
  'abs',
  'bool',
  'capitalize',
  'default',
  'dictsort',
  'dump',
  'escape',
  'first',
  'float',
  'indent',
  'int',
  'items',
  'join',
  'keys',
  'last',
  'length',
  'list',
  'load',
  'lower',
  'map',
  'rejectattr',
  'replace',
  'reverse',
  'round',
  'safe',
  'selectattr',
  'sort',
  'string',
  'title',
  'tojson',
  'trim',
  'unique',
  'upper',
  'values',
] as const;

/** Tests behind `is`. */
export const testNames = [
  'boolean',
  'callable',
  'defined',
  'eq',
  'equalto',
  'even',
  'false',
  'integer',
  'iterable',
  'lower',
  'mapping',
  'none',
  'number',
  'odd',
  'sequence',
  'string',
  'true',
  'undefined',
  'upper',
] as const;

/** JavaScript's names, which nunjucks templates use, for the methods that exist here. */
export const methodAliases: Readonly<Record<string, string>> = {
  toUpperCase: 'upper',
  toLowerCase: 'lower',
  trim: 'strip',
  trimStart: 'lstrip',
  trimEnd: 'rstrip',
  startsWith: 'startswith',
  endsWith: 'endswith',
  replaceAll: 'replace',
};
