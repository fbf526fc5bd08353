import { type FaultKind, ProviderFault } from '../model/provider.ts';
import { retryAfterMs } from './retry-after.ts';

/** An error answer: its HTTP status and what its body says, in whatever shape. */
export type ErrorAnswer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers | null;
};

type ErrorWords = { readonly message: string; readonly words: string };

/** Codes and types that mean money, in OpenAI's and Anthropic's words. */
const moneyWord =
  /\b(insufficient_quota|credit_balance_exhausted|billing_hard_limit_reached|billing_not_active|billing_error|enforced_spend_limit_reached|insufficient_credits|quota_exceeded_permanently)\b/;
const moneySentence =
  /exceeded your current quota|credit balance (is )?(too low|exhausted)|insufficient (credit|balance|funds|quota)|spend(ing)? limit|out of credits|payment required/i;
const modelWord = /\b(model_not_found|model_not_available|invalid_model)\b/;
const modelSentence =
  /\bmodels?\b.{0,80}\b(does not exist|not exist|not found|not supported|has been deprecated)|\b(invalid|unknown) model\b|not a valid model/i;
const overloadedWord =
  /\b(overloaded_error|rate_limit_error|rate_limit_exceeded|api_error|server_error|timeout_error)\b/;

/**
 * What an error answer means. The status decides, but three statuses need their words: a 429 is a rate, money or
 * a quota; a 400 can be an unknown model or an empty account; a 403 can be about one flagged text.
 */
const kindOf = (status: number, { words, message }: ErrorWords): FaultKind => {
  const money = moneyWord.test(words) || moneySentence.test(message);
  const unknownModel = modelWord.test(words) || modelSentence.test(message);
  if (status === 401 || status === 402 || status === 404) return 'fatalForProvider';
  if (status === 403)
    return /moderation|flagged/i.test(`${words} ${message}`) ? 'fatalForCell' : 'fatalForProvider';
  if (status === 429) return money ? 'fatalForProvider' : 'retryable';
  if (status === 408 || status === 409 || status >= 500) return 'retryable';
  if (status >= 400) return money || unknownModel ? 'fatalForProvider' : 'fatalForCell';
  return overloadedWord.test(words) ? 'retryable' : 'fatalForCell';
};

/** The fault that an error answer is, with the vendor's own sentence in it. */
export const statusFault = ({ status, body, headers }: ErrorAnswer, now: number): ProviderFault => {
  const words = readWords(body);
  const prefix = status >= 400 ? `${status}${label(status)}` : 'error in the answer';
  return new ProviderFault(
    kindOf(status, words),
    words.message === '' ? prefix : `${prefix}: ${words.message}`,
    {
      status,
      retryAfterMs: retryAfterMs(headers, now),
    },
  );
};

const labels: Readonly<Record<number, string>> = {
  401: ' (authentication)',
  402: ' (billing)',
  403: ' (no permission)',
  404: ' (not found: the model or the address)',
  413: ' (request too large)',
  429: ' (limit)',
  529: ' (overloaded)',
};
const label = (status: number): string => labels[status] ?? '';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/**
 * The sentence and the code words of an error body: OpenAI's `{error: {message, type, code}}`, Anthropic's
 * `{type, error: {type, message, details: {error_code}}}`, a bare `{message}` or `{detail}`, or text.
 */
const readWords = (body: unknown): ErrorWords => {
  if (typeof body === 'string') return { message: plain(body), words: '' };
  if (!isRecord(body)) return { message: '', words: '' };
  const inner = isRecord(body['error']) ? body['error'] : body;
  const details = isRecord(inner['details']) ? inner['details'] : {};
  const words = [inner['code'], inner['type'], details['error_code']].filter(
    (word) => typeof word === 'string',
  );
  const sentence = inner['message'] ?? body['error'] ?? body['message'] ?? body['detail'] ?? '';
  return {
    message: plain(typeof sentence === 'string' ? sentence : JSON.stringify(sentence)),
    words: words.join(' '),
  };
};

const maxMessage = 500;

/** One line of at most 500 characters; a page of HTML is named, not quoted. */
export const plain = (text: string): string => {
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) {
    const title = /<title>([^<]{1,200})<\/title>/i.exec(text)?.[1]?.trim();
    return title === undefined ? 'an HTML page' : `an HTML page titled "${title}"`;
  }
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > maxMessage ? `${line.slice(0, maxMessage - 1)}…` : line;
};
