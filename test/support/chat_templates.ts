/**
 * Chat templates of model families as functions: which parts of a request they put into the prompt, and which they
 * reject.
 *
 * @module
 */

/** The fields of a message that templates use. */
interface TemplateMessage {
  role: string;
  content?: string | null;
  tool_calls?: { function: { name: string; arguments: string } }[];
}

/** The fields of a request that templates use. */
export interface TemplateRequest {
  messages: TemplateMessage[];
  tools?: unknown[];
}

/**
 * Renders the prompt.
 *
 * @throws {Error} the error that the template raises
 */
export type ChatTemplate = (request: TemplateRequest) => string;

const join = (request: TemplateRequest, write: (message: TemplateMessage, index: number) => string) =>
  [JSON.stringify(request.tools ?? []), ...request.messages.map(write)].join("\n");

const whole = ({ role, content, tool_calls }: TemplateMessage) =>
  [`<|${role}|>`, content ?? "", ...(tool_calls ?? []).map(({ function: call }) => `${call.name}${call.arguments}`)]
    .join("\n");

/** The templates by family. */
export const chatTemplates = {
  /** Renders the whole request. */
  qwen: (request) => join(request, whole),
  /** Rejects several calls in a turn. */
  llama3: (request) => {
    if (request.messages.some(({ tool_calls }) => (tool_calls?.length ?? 0) > 1)) {
      throw new Error("This model only supports single tool-calls at once!");
    }
    return join(request, whole);
  },
  /** Renders only the first call of a turn. */
  gptOss: (request) =>
    join(request, ({ tool_calls, ...turn }) => whole({ ...turn, tool_calls: tool_calls?.slice(0, 1) })),
  /** Renders no calls. */
  lfm2: (request) => join(request, ({ tool_calls: _calls, ...turn }) => whole(turn)),
  /** Renders everything except the tools. */
  deepSeek31: ({ messages }) => join({ messages }, whole),
  /** Renders calls only in turns without text. */
  deepSeekR1: (request) =>
    join(
      request,
      ({ content, tool_calls, ...turn }) => whole({ ...turn, content, ...(content ? {} : { tool_calls }) }),
    ),
  /** Renders the system prompt within the last turn if it is a user's. */
  mistralNemo: ({ messages: [system, ...turns], tools }) => {
    const messages = turns.at(-1)?.role === "user" && system.role === "system" ? [system, ...turns] : turns;
    return join({ messages: system.role === "system" ? messages : [system, ...turns], tools }, whole);
  },
  /** Accepts only alternating user and assistant turns. */
  gemma2: (request) => {
    request.messages.forEach(({ role }, index) => {
      if (role !== (index % 2 === 0 ? "user" : "assistant")) throw new Error("Conversation roles must alternate");
    });
    return join({ messages: request.messages }, whole);
  },
} satisfies Record<string, ChatTemplate>;
