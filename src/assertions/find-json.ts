/** Characters looked at in all, so that a wall of brackets can't keep the run busy. */
const maxSteps = 8_000_000;

/** The search was given up; whether there is JSON further on is not known. */
export const gaveUp = Symbol('gave up');

/** What can follow an opening bracket in JSON: most brackets of prose end here. */
const opensValue = { '{': /[\s"}]/, '[': /[\s[{"\]\-\dtfn]/ } as const;

/**
 * The JSON objects and lists in a text, each one whole, also those inside others, in the order in which they
 * begin. The last item is `gaveUp` where the text has too many brackets to look through.
 */
export function* findJson(text: string): Generator<object | typeof gaveUp> {
  let steps = 0;
  for (let at = 0; at < text.length; at++) {
    const open = text[at];
    if (open !== '{' && open !== '[') continue;
    if (!opensValue[open].test(text.charAt(at + 1))) continue;
    const end = closing(text, at);
    steps += end - at;
    if (steps > maxSteps) {
      yield gaveUp;
      return;
    }
    const value = parse(text.slice(at, end + 1));
    if (value !== null) yield value;
  }
}

/** Where the bracket at `start` is closed; the text's end if it never is. Brackets in strings don't count. */
const closing = (text: string, start: number): number => {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 92) at++;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) depth++;
    else if ((code === 125 || code === 93) && --depth === 0) return at;
  }
  return text.length;
};

const parse = (text: string): object | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
};
