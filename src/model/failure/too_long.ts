/**
 * Recognizes the refusal of a request that is too long for a model.
 *
 * @module
 */

/** The sizes that the refusal names, in tokens. */
export interface TooLong {
  /** The maximum of a request and its answer together, or only of a request. */
  contextLength?: number;
  /** The size of the request. */
  promptTokens?: number;
}

/** The statuses of such refusals. Groq and OpenAI send 413 and 429 if one request exceeds the limit of tokens per minute. */
const STATUSES = new Set([400, 413, 422, 429, 500]);

/** The status that means a too long request, with any message. */
const CONTENT_TOO_LARGE = 413;

/**
 * The messages of such refusals: OpenAI and Azure, vLLM, SGLang, TGI, llama.cpp, LM Studio, Ollama, Anthropic, Gemini, Mistral, Groq,
 * OpenRouter, xAI, DeepSeek, Cohere, Bedrock, Moonshot, LiteLLM. From their sources, documentation and public issue trackers.
 */
const WORDS = new RegExp(
  [
    String.raw`context_length_exceeded|exceed_context_size|ContextWindowExceeded|string_above_max_length`,
    String
      .raw`(?:exceed|larger|longer|greater|too (?:large|long|many|big)|maximum|only|overflow|limit)[^"]{0,80}context[ _-]?(?:length|window|size|limit)`,
    String.raw`context[ _-]?(?:length|window|size|limit)[^"]{0,80}(?:exceed|too (?:small|short)|is only|overflow)`,
    String.raw`(?:prompt|input|request|messages?|conversation) (?:is |are |was )?too (?:long|large)`,
    String.raw`maximum (?:model length|prompt length|number of (?:input )?tokens)`,
    String.raw`exceed\w* (?:the )?(?:model )?(?:maximum |max )?(?:token|input)[ _]?(?:limit|length|count)`,
    String.raw`too many (?:input |prompt )?tokens|must be <= \d+[^"]{0,40}tokens`,
    String.raw`reduce (?:the length of |your )(?:the )?(?:messages|prompt|input)`,
  ].join("|"),
  "i",
);

/** Messages about other limits: the number of requests, the quota, or the length of the answer. */
const OTHER_LIMIT = /too many requests|requests per|quota|max_(?:completion_|output_)?tokens (?:is )?too large/i;

/** Match the context length in a message. A number has at most nine digits, so that a long row of digits does not take long. */
const CONTEXT = [
  /"?n_ctx"?\W{1,3}(\d{1,9})/,
  /context[ _-]?(?:length|window|size)(?: is)?(?: of)?(?: only)?[ :(=]{1,3}(\d{1,9})/i,
  /(?:maximum|max) (?:context|model|prompt) length (?:is|of) (\d{1,9})/i,
  /model token limit: (\d{1,9})/i,
  /tokens (?:>|exceeds?) (?:the )?(?:limit of )?(\d{1,9})(?: maximum)?/i,
  /maximum number of tokens allowed \((\d{1,9})\)/i,
  /(\d{1,9}) maximum context length/i,
  /Limit (\d{1,9})/,
  /must be <= (\d{1,9})/i,
  /cannot exceed (\d{1,9})/i,
  /> (\d{1,9})(?: maximum)?/,
];

/** Match the size of the request in a message. */
const PROMPT = [
  /"?n_prompt_tokens"?\W{1,3}(\d{1,9})/,
  /\((\d{1,9}) in (?:the|your) (?:messages|prompt|input)/i,
  /messages resulted in (\d{1,9})/i,
  /(?:requested|request|passed|contains|Given:|Requested|input|received|prompt|count)[ (]{1,2}(?:about )?(\d{1,9})/i,
  /(?:prompt|decoder prompt)(?: is too long:? ?| \(length )(\d{1,9})/i,
];

/**
 * @param text the server's whole answer: messages and JSON
 * @param status the HTTP status; absent if the refusal came in a stream
 * @returns `undefined` if the request was refused for another reason
 */
export function readTooLong(text: string, status?: number): TooLong | undefined {
  if (status !== undefined && !STATUSES.has(status)) return undefined;
  const isMeant = (WORDS.test(text) && !OTHER_LIMIT.test(text)) || status === CONTENT_TOO_LARGE;
  if (!isMeant) return undefined;
  const plain = text.replaceAll(/(?<=\d)[,_](?=\d{3})/g, "");
  return { contextLength: find(CONTEXT, plain), promptTokens: find(PROMPT, plain) };
}

function find(patterns: readonly RegExp[], text: string): number | undefined {
  for (const pattern of patterns) {
    const number = Number(pattern.exec(text)?.[1]);
    if (number > 0) return number;
  }
  return undefined;
}
