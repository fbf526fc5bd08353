import { changes, type RunResult, semanticSeverities } from '../../model/run.ts';
import { html, type Markup, nothing } from './markup.ts';
import { severityWords } from './meaning.ts';
import type { FilterNames } from './names.ts';
import { changeWords } from './words.ts';

type Option = readonly [value: string | number, label: string];

const numbered = (names: readonly string[]): Option[] => names.map((name, index) => [index, name]);

const select = (name: string, label: string, options: readonly Option[]): Markup =>
  options.length < 2
    ? nothing
    : html`<label>${label}<select name="${name}"><option value="">all</option>${options.map(
        ([value, text]) => html`<option value="${value}">${text}</option>`,
      )}</select></label>`;

/** Search and selections; hidden until the script makes them work. A selection of one thing is left out. */
export const filtersOf = (result: RunResult, names: FilterNames): Markup => {
  const present = new Set(result.cells.map(({ change }) => change));
  const meanings = new Set(result.cells.map(({ semantic }) => semantic?.severity));
  return html`<form id="filters" class="filters" hidden>
<label class="search">Search<input type="search" name="text" autocomplete="off" placeholder="case, question, answer, reason …"></label>
${select(
  'change',
  'Change',
  changes.filter((change) => present.has(change)).map((change) => [change, changeWords[change].word]),
)}
${select(
  'meaning',
  'Meaning',
  semanticSeverities
    .toReversed()
    .filter((severity) => meanings.has(severity))
    .map((severity) => [severity, severityWords[severity].word]),
)}
${select('model', 'Model', numbered(names.models))}
${select('suite', 'Suite', numbered(names.suites))}
${select('prompt', 'Prompt', numbered(names.prompts))}
<div><button type="button" name="clear">Clear</button></div><output name="count" aria-live="polite"></output>
</form>`;
};
