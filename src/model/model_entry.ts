/**
 * Reads an entry of a server's list of models.
 *
 * @module
 */

/** A model in a list. Fields that are missing or have another type are absent. */
export interface ModelEntry {
  /** Its name in requests. */
  readonly id: string;
  /** The owner. Servers put their own name here: `llamacpp`, `vllm`. */
  readonly ownedBy?: string;
  /** The name of the model behind an alias (vLLM). */
  readonly root?: string;
  /** How many tokens a request and its answer may have together. */
  readonly contextLength?: number;
  /** The request parameters that it accepts (OpenRouter). */
  readonly supportedParameters?: readonly string[];
  /** Whether it can call tools, if the list says so directly (Mistral). */
  readonly takesTools?: boolean;
  /** The day on which it is switched off, as the server writes it. */
  readonly shutdownDate?: string;
}

/** A JSON object, whose fields may be anything. */
type Fields = Record<string, unknown>;

/**
 * Reads an entry of the `data` of `GET /models`. The day of the shutdown is in `shutdown_date` at OpenAI, `deprecation` at Mistral and
 * `expiration_date` at OpenRouter.
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
 * Reads the context length, in tokens: `meta.n_ctx` in llama.cpp, `max_model_len` in vLLM and SGLang, `context_window` at Groq,
 * `max_context_length` at Mistral, and `context_length` at OpenRouter. OpenRouter's is the largest of all providers; `top_provider` has
 * that of the usual provider. llama.cpp's `context_length` is the length that the model was trained for, so it is not used.
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

/** Returns the fields of a JSON value; an empty object if it is not an object. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? value as Fields : {};
}

/** Returns the first JSON value that is a positive integer, such as a number of tokens. */
export function readCount(...values: unknown[]): number | undefined {
  return values.find((value): value is number => Number.isSafeInteger(value) && Number(value) > 0);
}

function definedOnly<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
