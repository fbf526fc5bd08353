import type { Message } from '../../model/prompt.ts';
import { choose } from './choose.ts';
import { readConversation } from './conversation.ts';
import type { Demand, Directive } from './directives.ts';
import { explained, withoutAsides } from './explain.ts';
import { fieldsOf } from './fields.ts';
import { fillForm } from './form.ts';
import { type Knowledge, readKnowledge } from './knowledge.ts';
import { limited } from './length.ts';
import { rank } from './relevance.ts';
import { concise, type Settings } from './settings.ts';
import { touches } from './topic.ts';
import voice from './voice.json' with { type: 'json' };
import { stemsOf } from './words.ts';

/** The instructions that hold for this question, by what they demand. */
type Orders = { of<Kind extends Demand['kind']>(kind: Kind): Extract<Demand, { kind: Kind }>[] };

const ordersFor = (directives: readonly Directive[], question: string): Orders => {
  const valid = directives.filter(({ when }) => when === null || touches(when, question));
  return {
    of: (kind) => valid.filter((order) => order.kind === kind) as never,
  };
};

/** A greeting or thanks alone is answered in kind. */
const smallTalk = ({ names }: Knowledge, question: string): string | null => {
  if (question.length > 60 || stemsOf(question).some((stem) => !names.has(stem))) return null;
  if (/\bthank/i.test(question)) return voice.welcome;
  return /\b(?:hi|hello|hey|good (?:morning|evening|day))\b/i.test(question) ? voice.greeting : null;
};

const refusalFor = (orders: Orders, question: string): string | null => {
  const ban = orders.of('forbid').find(({ topic }) => touches(topic, question));
  return ban === undefined ? null : (ban.reply ?? voice.refusal);
};

/** The sentences that answer the question, as long as instructions and settings let them be. */
const bodyOf = (
  knowledge: Knowledge,
  orders: Orders,
  question: string,
  context: string,
  settings: Settings,
): string[] => {
  const brevity = orders.of('brief');
  const brief = brevity.length > 0;
  const explains =
    orders.of('explain').some(({ wanted }) => wanted) && !orders.of('explain').some(({ wanted }) => !wanted);
  const keeps = !brief || brevity.every(({ keepsExplanations }) => keepsExplanations);
  const budget = brief ? concise(settings) : settings;
  const ranked = rank(knowledge, question, context);
  const best = ranked[0]?.score ?? 0;
  const chosen = ranked
    .filter(({ score }) => score >= best * budget.keepShare)
    .slice(0, budget.maxSentences)
    .toSorted((a, b) => Number(b.asked) - Number(a.asked) || a.index - b.index);
  if (!keeps) return chosen.map(({ fact }) => withoutAsides(fact.text));
  return explains
    ? explained(knowledge, chosen, settings.maxDefinitions)
    : chosen.map(({ fact }) => fact.text);
};

/** `Always mention the complaint deadline`: the best fact about it joins the answer. */
const mentioned = (knowledge: Knowledge, orders: Orders, body: readonly string[]): string[] =>
  orders
    .of('mention')
    .flatMap(({ topic }) => rank(knowledge, topic, '')[0]?.fact.text ?? [])
    .filter((text) => !body.includes(text));

const laidOut = (orders: Orders, sentences: readonly string[]): string => {
  const format = orders.of('format').at(-1)?.format;
  if (format === 'bullets') return sentences.map((sentence) => `- ${sentence}`).join('\n');
  if (format === 'numbers') return sentences.map((sentence, index) => `${index + 1}. ${sentence}`).join('\n');
  return sentences.join(' ');
};

const plainAnswer = (knowledge: Knowledge, question: string, context: string, settings: Settings): string => {
  const orders = ordersFor(knowledge.directives, question);
  const framed = (opening: readonly string[], core: string): string => {
    const starts = orders.of('start').map(({ text }) => text);
    const ends = [...orders.of('quote'), ...orders.of('end')].map(({ text }) => text);
    const lines = [...starts, ...opening, core, ...ends.filter((text) => !core.includes(text))];
    return lines.join(core.includes('\n') ? '\n' : ' ');
  };
  const [choice] = orders.of('choose');
  if (choice !== undefined) return choose(choice.options, knowledge.sentences, question);
  const fixed = refusalFor(orders, question) ?? orders.of('reply')[0]?.text ?? smallTalk(knowledge, question);
  if (fixed !== null) return framed([], fixed);
  const found = bodyOf(knowledge, orders, question, context, settings);
  if (found.length === 0) {
    const unknown = orders.of('unknown').findLast(({ reply }) => reply !== null);
    return framed([], unknown?.reply ?? voice.unknown);
  }
  const body = limited([...found, ...mentioned(knowledge, orders, found)], orders.of('limit'));
  const tones = [...new Set(orders.of('tone').map(({ tone }) => tone))];
  return framed(
    tones.slice(0, 1).map((tone) => voice.tones[tone]),
    laidOut(orders, body),
  );
};

/** Answers from a prompt that was read before. */
export const answerFrom = (
  knowledge: Knowledge,
  { question, context }: { readonly question: string; readonly context: string },
  settings: Settings,
  responseFormat: unknown = null,
): string => {
  const wantsJson = knowledge.directives.some((order) => order.kind === 'format' && order.format === 'json');
  const plain = (): string => plainAnswer(knowledge, question, context, settings);
  const fields = fieldsOf(knowledge.sentences, responseFormat, wantsJson);
  return fields === null ? plain() : fillForm(fields, knowledge.sentences, question, plain);
};

/**
 * What `builtin:extract` says: a pure function of messages and settings. It quotes the sentences of the system
 * prompt that answer the last user message and obeys the prompt's simple instructions. It is not a language
 * model: what it says about a prompt edit holds for this responder only.
 */
export const answer = (
  messages: readonly Message[],
  settings: Settings,
  responseFormat: unknown = null,
): string => {
  const { prompt, ...asked } = readConversation(messages);
  return answerFrom(readKnowledge(prompt), asked, settings, responseFormat);
};
