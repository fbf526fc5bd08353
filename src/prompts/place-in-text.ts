import type { Place } from '../model/place.ts';

/**
 * The place of `text[offset]`, where `start` is the place of `text[0]`. A block of YAML is indented evenly, so that
 * the column of its first line counts for all its lines; in a folded or escaped string lines are an estimate.
 */
export const placeInText = (start: Place, text: string, offset: number): Place => {
  const before = text.slice(0, Math.max(0, offset));
  const lastBreak = before.lastIndexOf('\n');
  let breaks = 0;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) breaks++;
  return {
    file: start.file,
    line: start.line + breaks,
    column: start.column + before.length - lastBreak - 1,
  };
};
