/**
 * Names the providers of model servers by OpenTelemetry's conventions.
 *
 * @module
 */

import { isAzure } from "../options/azure_address.ts";

/** The well-known values of `gen_ai.provider.name` for providers with OpenAI-compatible interfaces, by domain. */
const PROVIDERS: readonly [domain: string, name: string][] = [
  ["anthropic.com", "anthropic"],
  ["generativelanguage.googleapis.com", "gcp.gemini"],
  ["aiplatform.googleapis.com", "gcp.vertex_ai"],
  ["mistral.ai", "mistral_ai"],
  ["deepseek.com", "deepseek"],
  ["groq.com", "groq"],
  ["x.ai", "x_ai"],
  ["perplexity.ai", "perplexity"],
  ["cohere.ai", "cohere"],
];

/** Returns one of the conventions' values; `openai` for an unknown server, as the conventions say for OpenAI-compatible ones. */
export function providerName(baseUrl: string): string {
  if (isAzure(baseUrl)) return "azure.ai.openai";
  const { hostname } = new URL(baseUrl);
  const known = PROVIDERS.find(([domain]) => hostname === domain || hostname.endsWith(`.${domain}`));
  return known?.[1] ?? "openai";
}
