import type { Place } from '../model/place.ts';
import type { LocatedDocument } from './document.ts';

/** A value that stands on one line of a CSV or JSONL file: everything in it has the line's place. */
export const lineDocument = (place: Place, value: unknown): LocatedDocument => ({
  file: place.file,
  value,
  placeOf: () => place,
  keyPlaceOf: () => place,
  textPlaceOf: () => place,
});
