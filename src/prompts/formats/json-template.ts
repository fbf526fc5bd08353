import { UserError } from '../../model/errors.ts';
import { placeInText } from '../place-in-text.ts';

const filter = /\|\s*(dump|tojson|safe)\s*(\(\s*\))?\s*$/;

/**
 * JSON with template tags where values stand, `{"content": {{ question | dump }}}`, as plain JSON with the tag in a
 * string: since variables are filled in inside each string, that means the same. Text that is plain JSON already
 * comes back as it is. Throws a UserError for statements (`{% for %}`) around values.
 */
export const quoteBareTags = (file: string, text: string): string => {
  if (!text.includes('{{') && !text.includes('{%')) return text;
  let quoted = '';
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (inString) {
      quoted += char;
      if (char === '\\') quoted += text[++at] ?? '';
      else if (char === '"') inString = false;
      continue;
    }
    const pair = text.slice(at, at + 2);
    const end = pair === '{{' ? text.indexOf('}}', at) : -1;
    if (pair === '{%') {
      throw new UserError({
        severity: 'error',
        code: 'template',
        place: placeInText({ file, line: 1, column: 1 }, text, at),
        message: 'a template statement stands between JSON values',
        expected: 'statements inside of strings only',
        nextStep: 'Write the messages out, or move the statement into a content',
      });
    }
    if (end > 0) {
      quoted += JSON.stringify(`{{${text.slice(at + 2, end).replace(filter, '')}}}`);
      at = end + 1;
      continue;
    }
    if (char === '"') inString = true;
    quoted += char;
  }
  return quoted;
};
