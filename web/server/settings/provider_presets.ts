/**
 * The model servers that the settings panel offers: those in the table of `docs/model-servers.md`. A test compares the two.
 *
 * @module
 */

/** A model server of the document's table. */
export interface ProviderPreset {
  name: string;
  /** The user replaces `NAME` in capitals. */
  baseUrl: string;
  /** Whether the server needs a key: yes; `its own`, if its owner has set one up; or no. */
  key: "yes" | "its own" | "no";
  /** A model that the document names. Absent if the server's owner names the models. */
  model?: string;
}

/** In the document's order. */
export const providerPresets: readonly ProviderPreset[] = [
  { name: "OpenAI", baseUrl: "https://api.openai.com/v1", key: "yes", model: "gpt-6-luna" },
  { name: "Azure", baseUrl: "https://NAME.openai.azure.com", key: "yes" },
  { name: "Anthropic", baseUrl: "https://api.anthropic.com/v1", key: "yes", model: "claude-opus-5-5" },
  {
    name: "Gemini",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta/openai",
    key: "yes",
    model: "gemini-3.8-flash",
  },
  { name: "Mistral", baseUrl: "https://api.mistral.ai/v1", key: "yes", model: "mistral-small-latest" },
  { name: "DeepSeek", baseUrl: "https://api.deepseek.com", key: "yes", model: "deepseek-flash" },
  { name: "Groq", baseUrl: "https://api.groq.com/openai/v1", key: "yes", model: "openai/gpt-oss-20b" },
  { name: "OpenRouter", baseUrl: "https://openrouter.ai/api/v1", key: "yes", model: "qwen/qwen3-coder" },
  { name: "LiteLLM", baseUrl: "http://localhost:4000/v1", key: "its own" },
  { name: "Ollama", baseUrl: "http://localhost:11434/v1", key: "no", model: "llama3.2" },
  { name: "llama.cpp", baseUrl: "http://localhost:8080/v1", key: "no" },
  { name: "LM Studio", baseUrl: "http://localhost:1234/v1", key: "no", model: "qwen2.5-7b-instruct" },
  { name: "vLLM", baseUrl: "http://localhost:8000/v1", key: "no" },
  { name: "SGLang", baseUrl: "http://localhost:30000/v1", key: "no" },
];
