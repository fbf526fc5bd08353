/** One tag of a page, as strictly as our own pages write them: lower case, attributes in double quotes. */
export type Tag = {
  readonly closing: boolean;
  readonly name: string;
  readonly attributes: Record<string, string>;
};

const empty = new Set(['meta', 'input', 'br', 'line', 'circle']);
const tagPattern = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)\s*(\/?)>/g;

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );

/**
 * All tags of a page in order, style and script emptied. Throws on what a browser would have to repair: a stray
 * angle bracket, an unquoted attribute, a tag that is not closed or closes another.
 */
export const tagsOf = (page: string): Tag[] => {
  const body = page.replace(/^<!doctype html>/, '').replace(/<(style|script)>.*?<\/\1>/gs, '<$1></$1>');
  const rest = body.replace(tagPattern, '');
  const stray = /[<>]/.exec(rest);
  if (stray !== null) throw new Error(`stray ${rest.slice(Math.max(0, stray.index - 40), stray.index + 40)}`);
  const open: string[] = [];
  return [...body.matchAll(tagPattern)].map(([whole, slash, name = '', attributes = '']) => {
    const closing = slash === '/';
    if (closing && open.pop() !== name) throw new Error(`${whole} closes another element`);
    if (!closing && !empty.has(name) && !whole.endsWith('/>')) open.push(name);
    return { closing, name, attributes: attributesOf(attributes) };
  });
};
