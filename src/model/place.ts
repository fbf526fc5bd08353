/** Where something stands in a user's file. `line` and `column` count from 1; `file` is relative to the repository's root, with `/`. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** `file:line:column`, the form that editors and terminals make a link of. */
export const formatPlace = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;
