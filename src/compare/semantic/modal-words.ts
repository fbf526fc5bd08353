import { allA, allB, type Work } from './edit-work.ts';
import { type ModalityClass, modality } from './lexicon.ts';
import type { Token } from './tokens.ts';

type Scale = {
  readonly kind: string;
  readonly classes: readonly ModalityClass[];
  readonly alone: readonly ModalityClass[];
};

/** `alone`: classes whose coming or going is a change by itself; the others change only into another class. */
const scales: readonly Scale[] = [
  {
    kind: 'modality',
    classes: ['necessity', 'advice', 'option', 'hedges', 'ability'],
    alone: ['hedges', 'option'],
  },
  { kind: 'quantifier', classes: ['all', 'most', 'some', 'only'], alone: ['some', 'only'] },
];

const classesOf = (tokens: readonly Token[], scale: Scale): Map<ModalityClass, Token> => {
  const found = new Map<ModalityClass, Token>();
  for (const token of tokens)
    for (const name of scale.classes)
      if (modality()[name].has(token.stem) && !found.has(name)) found.set(name, token);
  return found;
};

/** How binding and how sure (must, should, may), how many (all, some, only): one class in the place of another. */
export const explainModality = ({ pair, edit, explained, drafts }: Work): void => {
  for (const scale of scales) {
    const left = classesOf(
      allA(edit).filter((token) => !explained.has(token)),
      scale,
    );
    const right = classesOf(
      allB(edit).filter((token) => !explained.has(token)),
      scale,
    );
    const wholeLeft = classesOf(pair.a.tokens, scale);
    const wholeRight = classesOf(pair.b.tokens, scale);
    // May, might and can say the same of what is possible.
    const kept = (name: ModalityClass, other: Map<ModalityClass, Token>): boolean =>
      other.has(name) ||
      (name === 'hedges' && other.has('ability')) ||
      (name === 'ability' && other.has('hedges'));
    const lost = [...left].find(([name]) => !kept(name, wholeRight));
    const won = [...right].find(([name]) => !kept(name, wholeLeft));
    const counts =
      (lost !== undefined && won !== undefined) ||
      [lost, won].some((one) => one !== undefined && scale.alone.includes(one[0]));
    if (!counts) continue;
    for (const one of [lost, won]) if (one !== undefined) explained.add(one[1]);
    drafts.push({
      kind: scale.kind,
      severity: 'review',
      a: lost?.[1].text ?? null,
      b: won?.[1].text ?? null,
    });
  }
};
