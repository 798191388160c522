/**
 * Runs a model server in a separate process. It answers every request with the same text on stdout, at the pace of a
 * real model: with a delay before the first token and a fixed number of tokens per second. The parent's only question
 * sets the pace. The answer is the server's URL.
 *
 * @module
 */

import { answerParent } from "./child.ts";

export interface Pace {
  firstTokenMs: number;
  /** Tokens per second after that. */
  tokensPerSecond: number;
  tokens: number;
}

/** About a token: four characters, the average length. */
const TOKEN = "egg ";

const server = Promise.withResolvers<Deno.HttpServer<Deno.NetAddr>>();

await answerParent((pace: Pace) => {
  const chunks = chunksOf(pace.tokens);
  const started = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 404 });
    await request.arrayBuffer();
    return new Response(paced(chunks, pace), { headers: { "content-type": "text/event-stream" } });
  });
  server.resolve(started);
  return { baseUrl: `http://127.0.0.1:${started.addr.port}/v1` };
});
await (await server.promise).shutdown();

/**
 * The chunks of an answer, each with one token. The first begins the call and the last ends the answer. They are made
 * only once.
 */
function chunksOf(tokens: number): Uint8Array[] {
  const call = { index: 0, id: "call_0", type: "function", function: { name: "stdout", arguments: '{"text":"' } };
  const piece = (text: string) => chunk({ tool_calls: [{ index: 0, function: { arguments: text } }] });
  const pieces = Array.from({ length: tokens }, () => piece(TOKEN));
  const last = piece('\\n"}') + chunk({}, "tool_calls") + "data: [DONE]\n\n";
  const [first, ...rest] = pieces;
  return [chunk({ tool_calls: [call] }) + first, ...rest, last].map((text) => new TextEncoder().encode(text));
}

function chunk(delta: unknown, finishReason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", model: "paced", choices })}\n\n`;
}

/** Sends chunks at a steady pace that does not drift. */
function paced(chunks: readonly Uint8Array[], { firstTokenMs, tokensPerSecond }: Pace): ReadableStream<Uint8Array> {
  const startedAt = performance.now();
  let timer: ReturnType<typeof setTimeout>;
  let next = 0;
  return new ReadableStream({
    start(controller) {
      const send = () => {
        controller.enqueue(chunks[next++]);
        if (next === chunks.length) return controller.close();
        timer = setTimeout(
          send,
          Math.max(0, startedAt + firstTokenMs + next * 1000 / tokensPerSecond - performance.now()),
        );
      };
      timer = setTimeout(send, firstTokenMs);
    },
    cancel: () => clearTimeout(timer),
  });
}
