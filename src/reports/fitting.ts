import type { Detail } from './detail.ts';

export type Room = { readonly characters: number; readonly bytes: number };

/** The first rendering that fits, from the fullest level down; the barest where none does. */
export const fitting = (
  levels: readonly Detail[],
  room: Room,
  render: (detail: Detail) => string,
): string => {
  let text = '';
  for (const level of levels) {
    text = render(level);
    if (text.length <= room.characters && Buffer.byteLength(text) <= room.bytes) return text;
  }
  return text;
};
