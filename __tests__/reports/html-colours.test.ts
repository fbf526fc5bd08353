import { describe, expect, test } from '@jest/globals';
import { styles } from '../../src/reports/html/styles.ts';

/** Relative luminance and contrast: WCAG 2.2, 1.4.3. */
const luminance = (colour: string): number => {
  const digits =
    colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

describe.each(['light', 'dark'])('colours, %s', (theme) => {
  const blocks = [...styles.matchAll(/:root\{(.*?)\}/gs)].map(([, block = '']) => block);
  const block = blocks[theme === 'light' ? 0 : 1] ?? '';
  const colours = Object.fromEntries(
    [...block.matchAll(/--([\w-]+):(#[0-9a-f]+)/g)].map(([, name = '', value = '']) => [name, value]),
  );

  test.each([
    ...['text', 'muted', 'link', 'bad', 'good', 'warn', 'ask'].flatMap((text) =>
      ['ground', 'surface', 'sunken'].map((ground) => [text, ground]),
    ),
    ...['bad', 'good', 'warn', 'ask'].map((text) => [text, `${text}-ground`]),
    ['text', 'warn-ground'],
    ['text', 'removed'],
    ['text', 'added'],
    ['bad', 'removed'],
    ['good', 'added'],
  ] as [string, string][])('%s on %s', (text, ground) => {
    expect(contrast(colours[text] ?? '#000', colours[ground] ?? '#000')).toBeGreaterThanOrEqual(4.5);
  });
});
