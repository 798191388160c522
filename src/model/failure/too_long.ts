/**
 * Knows how servers say that a request is too long for a model.
 *
 * @module
 */

/** What such a server told, in tokens. */
export interface TooLong {
  /** How many a request and its answer may have together, or a request alone. */
  contextLength?: number;
  /** How many the request has. */
  promptTokens?: number;
}

/** The statuses that come with it; Groq and OpenAI say 413 and 429 where a request alone exceeds the tokens of a minute. */
const STATUSES = new Set([400, 413, 422, 429, 500]);

/** A request that is too large, whatever the words. */
const CONTENT_TOO_LARGE = 413;

/**
 * The words: OpenAI and Azure, vLLM, SGLang, TGI, llama.cpp, LM Studio, Ollama, Anthropic, Gemini, Mistral, Groq, OpenRouter, xAI,
 * DeepSeek, Cohere, Bedrock, Moonshot, LiteLLM, as they stand in their sources, documents and public issue trackers.
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

/** Limits of another kind: how often and how much may be asked, or how long an answer may be. */
const OTHER_LIMIT = /too many requests|requests per|quota|max_(?:completion_|output_)?tokens (?:is )?too large/i;

/** Where the context stands in such words: a number of at most nine digits, so that no row of digits takes long. */
const CONTEXT = [
  /"?n_ctx"?\W{1,3}(\d{1,9})/,
  /context[ _-]?(?:length|window|size)(?: is)?(?: of)?(?: only)?[ :(=]{1,3}(\d{1,9})/i,
  /(?:maximum|max) (?:context|model|prompt) length (?:is|of) (\d{1,9})/i,
  /maximum model length of (\d{1,9})/i,
  /model token limit: (\d{1,9})/i,
  /tokens (?:>|exceeds?) (?:the )?(?:limit of )?(\d{1,9})(?: maximum)?/i,
  /maximum number of tokens allowed \((\d{1,9})\)/i,
  /(\d{1,9}) maximum context length/i,
  /Limit (\d{1,9})/,
  /must be <= (\d{1,9})/i,
  /cannot exceed (\d{1,9})/i,
  /> (\d{1,9})(?: maximum)?/,
];

/** Where the size of the request stands. */
const PROMPT = [
  /"?n_prompt_tokens"?\W{1,3}(\d{1,9})/,
  /\((\d{1,9}) in (?:the|your) (?:messages|prompt|input)/i,
  /messages resulted in (\d{1,9})/i,
  /(?:requested|request|passed|contains|Given:|Requested|input|received|prompt|count)[ (]{1,2}(?:about )?(\d{1,9})/i,
  /(?:prompt|decoder prompt)(?: is too long:? ?| \(length )(\d{1,9})/i,
];

/**
 * Reads a refusal as that of a request that is too long.
 *
 * @param text all that the server said: messages and JSON
 * @param status the HTTP status; absent where the refusal came in a stream
 * @returns nothing when it was refused for another reason
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
