import type { Place } from '../model/place.ts';
import { type LocatedDocument, readDocument } from './document.ts';

/** YAML or JSON text inside another file: places count from where the text begins there. */
export const readInlineDocument = (start: Place, text: string): LocatedDocument => {
  const document = readDocument(start.file, text);
  const shift = ({ file, line, column }: Place): Place => ({
    file,
    line: line + start.line - 1,
    column: column + start.column - 1,
  });
  return {
    file: document.file,
    value: document.value,
    placeOf: (path) => shift(document.placeOf(path)),
    keyPlaceOf: (path) => shift(document.keyPlaceOf(path)),
    textPlaceOf: (path) => shift(document.textPlaceOf(path)),
  };
};
