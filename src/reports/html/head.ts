import { createHash } from 'node:crypto';
import { html, type Markup, trusted } from './markup.ts';
import { script } from './script.ts';
import { styles } from './styles.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded, sent or framed; the one script and the one style sheet are named by their hashes. */
const policy = (): string =>
  [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(styles)}`,
    "img-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

export const headOf = (title: string): Markup => html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${trusted(styles)}</style>
</head>`;

export const scriptOf = (): Markup => html`<script>${trusted(script)}</script>`;
