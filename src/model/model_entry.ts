/**
 * What a server's list of models says about one of them.
 *
 * @module
 */

/** A model in a list. What is not there, or of another type, is left out. */
export interface ModelEntry {
  /** Its name in requests. */
  readonly id: string;
  /** Who owns it; servers put their own name here: `llamacpp`, `vllm`. */
  readonly ownedBy?: string;
  /** The model behind the name, where an alias was given to it (vLLM). */
  readonly root?: string;
  /** How many tokens a request and its answer may have together. */
  readonly contextLength?: number;
  /** The parameters of requests that it takes (OpenRouter). */
  readonly supportedParameters?: readonly string[];
  /** Whether it can call tools, where the list says so outright (Mistral). */
  readonly takesTools?: boolean;
  /** The day from which it is not served any more, as the server writes it. */
  readonly shutdownDate?: string;
}

/** A JSON object, whose fields may be anything. */
type Fields = Record<string, unknown>;

/**
 * Reads an entry of the `data` of `GET /models`.
 *
 * The shutdown is `shutdown_date` at OpenAI, `deprecation` at Mistral and `expiration_date` at OpenRouter.
 */
export function readModelEntry(value: unknown): ModelEntry {
  const entry = fieldsOf(value);
  const { owned_by: ownedBy, root, supported_parameters: parameters } = entry;
  const { function_calling: takesTools } = fieldsOf(entry.capabilities);
  return definedOnly({
    id: String(entry.id),
    ownedBy: stringOf(ownedBy),
    root: stringOf(root),
    contextLength: readContext(entry),
    supportedParameters: Array.isArray(parameters) ? parameters.map(String) : undefined,
    takesTools: typeof takesTools === "boolean" ? takesTools : undefined,
    shutdownDate: stringOf(entry.shutdown_date) ?? stringOf(entry.deprecation) ?? stringOf(entry.expiration_date),
  });
}

/**
 * Reads the context: `meta.n_ctx` in llama.cpp, `max_model_len` in vLLM and SGLang, `context_window` at Groq, `max_context_length` at
 * Mistral, `context_length` at OpenRouter, where it is the largest of all providers and `top_provider` has that of the usual one. In
 * llama.cpp `context_length` is what the model was trained for.
 */
function readContext(entry: Fields): number | undefined {
  const loaded = readCount(fieldsOf(entry.meta).n_ctx);
  if (loaded !== undefined || entry.owned_by === "llamacpp") return loaded;
  return readCount(
    entry.max_model_len,
    entry.context_window,
    entry.max_context_length,
    fieldsOf(entry.top_provider).context_length,
    entry.context_length,
  );
}

/** The fields of a JSON value; none if it is not an object. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? value as Fields : {};
}

/** The first of some JSON values that is a positive whole number, as a count of tokens is. */
export function readCount(...values: unknown[]): number | undefined {
  return values.find((value): value is number => Number.isSafeInteger(value) && Number(value) > 0);
}

/** A copy without the fields that are undefined. */
function definedOnly<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
