/**
 * Text of a changed stretch with the whitespace that would not be seen made visible: line ends, tabs, and blanks
 * where nothing else changed.
 */
export const withWhitespace = (text: string): string => {
  const signed = text.replaceAll('\t', '⇥\t').replaceAll('\n', '⏎\n');
  return /^\s+$/.test(text) ? signed.replaceAll(' ', '·') : signed;
};
