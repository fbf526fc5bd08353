import OpenAI from 'openai';
import pLimit from 'p-limit';

/** The least that anybody could do: the same SDK in a p-limit loop, answers thrown away. */
const [baseURL, calls, inFlight] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const client = new OpenAI({ apiKey: 'bench', baseURL: baseURL ?? '', maxRetries: 0 });
const limit = pLimit(inFlight);
await Promise.all(
  Array.from({ length: calls }, (_, index) =>
    limit(() =>
      client.chat.completions.create({
        model: 'bench',
        messages: [{ role: 'user', content: `How do I get a refund for order ${index}?` }],
      }),
    ),
  ),
);
