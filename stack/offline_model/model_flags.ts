/**
 * The command-line flags that configure the offline model.
 *
 * @module
 */

import { readContextServer } from "../strict_model/context_server.ts";
import { readFamily } from "../strict_model/family.ts";
import type { OfflineModelOptions } from "./offline_model.ts";

export const modelFlags = {
  key: { type: "string" },
  strict: { type: "string" },
  forgetful: { type: "boolean", default: false },
  context: { type: "string" },
  "context-server": { type: "string" },
  "no-packages": { type: "boolean", default: false },
  "packages-url": { type: "string" },
} as const;

/** The flags' lines in `--help`. The descriptions begin at the 22nd column. */
export const modelFlagsHelp = `\
  --key KEY          the API key that its requests must carry (default: a
                     random one, which other users cannot read with ps)
  --strict FAMILY    refuse the requests that servers of the family refuse,
                     with their messages: openai, mistral, llama or gemma
  --forgetful        let it know only the content of each request
  --context TOKENS   limit its context: longer requests are refused as the
                     family's server refuses them
  --context-server NAME
                     treat them as another server does: openai, mistral,
                     llamacpp, vllm, or ollama, which silently discards the
                     oldest turns
  --no-packages      fetch no packages that cells import
  --packages-url URL fetch them from this copy of Pyodide's distribution
`;

export interface ModelFlagValues {
  key?: string;
  strict?: string;
  forgetful: boolean;
  context?: string;
  "context-server"?: string;
  "no-packages": boolean;
  "packages-url"?: string;
}

/** @throws {Error} that names the flag, the expected and the actual value */
export function readModelFlags(values: ModelFlagValues): OfflineModelOptions {
  const { key, strict, forgetful, context, "context-server": server } = values;
  if (server !== undefined && context === undefined) throw new Error("--context-server needs --context");
  return {
    apiKey: key === undefined ? undefined : readKey(key),
    strict: strict === undefined ? undefined : readFamily(strict),
    forgetful,
    contextLength: context === undefined ? undefined : readTokens(context),
    contextServer: server === undefined ? undefined : readContextServer(server),
    packages: readPackages(values),
  };
}

function readPackages({ "no-packages": isOff, "packages-url": url }: ModelFlagValues): OfflineModelOptions["packages"] {
  if (isOff && url !== undefined) throw new Error("--no-packages and --packages-url cannot be combined");
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
    throw new Error(`--packages-url must be an address like http://localhost:8000/, not ${JSON.stringify(url)}`);
  }
  return isOff ? "off" : { url };
}

/**
 * The least number of characters in a key. Shorter ones can be guessed, or are placeholders for servers without keys.
 */
const MIN_KEY = 16;

function readKey(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text) && text.length >= MIN_KEY) return text;
  throw new Error(`--key must have at least ${MIN_KEY} letters, digits and signs, without spaces`);
}

function readTokens(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`--context must be a number of tokens, not ${JSON.stringify(text)}`);
}
