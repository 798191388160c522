/**
 * The families of model servers whose strictness the offline model can imitate.
 *
 * @module
 */

/**
 * The family whose rules apply: OpenAI's own server, Mistral's, llama.cpp with Llama 3's template, vLLM with Gemma
 * 2's.
 */
export type ModelFamily = "openai" | "mistral" | "llama" | "gemma";

export const modelFamilies: readonly ModelFamily[] = ["openai", "mistral", "llama", "gemma"];

/** The differences in the answers of a family's models. */
export interface FamilyTraits {
  /** Whether a reply ends after its first tool call. */
  oneCallAReply: boolean;
  /** Whether the model sees the tool calls of earlier turns. It always sees their text. */
  seesToolCalls: boolean;
}

const COMMON: FamilyTraits = { oneCallAReply: false, seesToolCalls: true };

export const familyTraits: Readonly<Record<ModelFamily, FamilyTraits>> = {
  openai: COMMON,
  mistral: COMMON,
  // Llama 3's template writes one call and then the end of the turn; llama.cpp reports `supports_parallel_tool_calls: false` for it.
  llama: { ...COMMON, oneCallAReply: true },
  // Gemma 2's template prints the content of a turn and nothing else of it.
  gemma: { ...COMMON, seesToolCalls: false },
};

/**
 * Makes the id of a tool call as a server of the family does.
 *
 * @param family default: OpenAI's
 * @param unique at least 32 letters and digits
 */
export function toolCallId(family: ModelFamily | undefined, unique: string): string {
  switch (family) {
    case "mistral":
      return unique.slice(0, 9);
    case "llama":
      return unique;
    default:
      return `call_${unique}`;
  }
}

/**
 * Reads the value of a `--strict` flag.
 *
 * @throws {Error} that names the families, when the text is not one of them
 */
export function readFamily(text: string): ModelFamily {
  const family = modelFamilies.find((name) => name === text);
  if (family !== undefined) return family;
  throw new Error(`--strict must be one of ${modelFamilies.join(", ")}, not ${JSON.stringify(text)}`);
}
