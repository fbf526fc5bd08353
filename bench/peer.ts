import { createServer } from 'node:http';

/** A Chat Completions server on loopback that answers after `latencyMs`; prints its port, then `calls N` when it ends. */
const latencyMs = Number(process.argv[2] ?? 20);
let calls = 0;

const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    calls++;
    const body = JSON.stringify({
      id: `chatcmpl-${calls}`,
      object: 'chat.completion',
      created: 0,
      model: 'bench',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Refunds are paid within 30 days of the request.' },
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 40, completion_tokens: 12, total_tokens: 52 },
    });
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(body);
    }, latencyMs);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : 0);
});
process.on('SIGTERM', () => {
  console.log(`calls ${calls}`);
  process.exit(0);
});
