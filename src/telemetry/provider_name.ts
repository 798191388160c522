/**
 * Names model servers as OpenTelemetry's conventions do.
 *
 * @module
 */

import { isAzure } from "../options/azure_address.ts";

/** The well-known values of `gen_ai.provider.name` that are reached through OpenAI's interfaces, by their domains. */
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

/**
 * Names the provider of a model server.
 *
 * @returns one of the conventions' values; `openai` for every server that is not known, as they say of OpenAI-compatible ones
 */
export function providerName(baseUrl: string): string {
  if (isAzure(baseUrl)) return "azure.ai.openai";
  const { hostname } = new URL(baseUrl);
  const known = PROVIDERS.find(([domain]) => hostname === domain || hostname.endsWith(`.${domain}`));
  return known?.[1] ?? "openai";
}
