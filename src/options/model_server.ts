/**
 * Finds the settings that depend on the model server: its address, its key and the model's name.
 *
 * @module
 */

import { type AzureParts, completeAzureAddress, deploymentOf, isAzure } from "./azure_address.ts";
import { azureVariables } from "./azure_variables.ts";
import type { Wording } from "./issue_wording.ts";
import { isResponsesAddress } from "./model_address.ts";
import { optionTable } from "./option_table.ts";
import { findValues, findVariables, type FoundValue, type SettingSources } from "./setting_sources.ts";
import type { AnySettings, HttpHeaders } from "./settings.ts";

const OPENAI_HOST = "api.openai.com";

/** Whether an address is that of OpenAI's own API. */
export function isOpenAI(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === OPENAI_HOST;
}

/** A model server, as the sources of settings describe it. */
export interface ModelServer {
  requiresKey: boolean;
  /** Whether its address, as a person entered it, ends in the endpoint of the Responses interface. */
  isResponses: boolean;
  /** Finds every value for an option, the one that counts first. Does the same as {@linkcode findValues}, and adds Azure's variables. */
  find(name: keyof AnySettings): FoundValue[];
  /** Completes its address with the parts that Azure requires. */
  complete(baseUrl: string, parts: Omit<AzureParts, "apiVersion">): string;
}

/** The settings with credentials, each of which is sent only to the server that it is meant for. */
const CREDENTIALS: ReadonlySet<keyof AnySettings> = new Set(["apiKey", "headers", "organization", "project"]);

/**
 * Collects the settings of a model server from all sources.
 *
 * Azure's variables are used as follows. The endpoint counts if the base URL is not set and there is no key for OpenAI's own server. The
 * deployment counts if the model is not set. The key counts before `OPENAI_API_KEY`, and is sent only to Azure.
 *
 * Keys, headers, organization and project from flags, environment and `.env` file are meant for the server that these sources name, or
 * for the default server. They are not used if the panel's address has another origin. A key of the panel is used only for its origin.
 */
export function findModelServer(
  given: Readonly<Record<string, unknown>>,
  sources: SettingSources,
  wording: Wording,
): ModelServer {
  const findUsual = (name: keyof AnySettings) => findValues(name, given, sources, wording);
  const findAzure = (name: keyof typeof azureVariables) => findVariables(azureVariables[name], sources);
  const hasOpenAIKey = findVariables(optionTable.apiKey.environment, sources).length > 0;
  const addresses = panelLast(hasOpenAIKey ? findUsual("baseUrl") : [...findUsual("baseUrl"), ...findAzure("baseUrl")]);
  const { kind, fallback } = optionTable.baseUrl;
  // An invalid address has no origin, so no credentials are bound to it.
  const read = (found: FoundValue | undefined) =>
    found !== undefined ? kind.read(found.value) : fallback.kind === "value" ? fallback.value : undefined;
  const [found] = addresses;
  const address = read(found);
  const origin = originOf(address);
  const hasOthersCredentials = found?.origin.source === "panel" &&
    originOf(read(addresses.find(isNotOfPanel))) !== origin;
  const isAtAzure = address !== undefined && isAzure(address);
  const deployment = isAtAzure ? deploymentOf(address) : undefined;
  const find = (name: keyof AnySettings): FoundValue[] => {
    const usual = findUsual(name);
    if (name === "baseUrl") return addresses;
    if (!isAtAzure) return usual;
    if (name === "apiKey") {
      const isGiven = given.apiKey === undefined ? 0 : 1;
      return [...usual.slice(0, isGiven), ...findAzure("apiKey"), ...usual.slice(isGiven)];
    }
    if (name !== "model") return usual;
    const named = deployment === undefined || found === undefined ? [] : [{ value: deployment, origin: found.origin }];
    return panelLast([...usual, ...findAzure("model"), ...named]);
  };
  const findCredentials = (name: keyof AnySettings): FoundValue[] => {
    const own = hasOthersCredentials ? find(name).filter(({ origin }) => origin.source === "panel") : find(name);
    const key = origin === undefined ? undefined : sources.panel?.keys[origin];
    return name === "apiKey" && key !== undefined ? [...own, { value: key, origin: { source: "panel" } }] : own;
  };
  return {
    requiresKey: address !== undefined && isOpenAI(address) &&
      !hasAuthorization(findCredentials("headers")[0]?.value),
    isResponses: isResponsesAddress(found?.value),
    find: (name) => CREDENTIALS.has(name) ? findCredentials(name) : find(name),
    complete(baseUrl, parts) {
      if (!isAtAzure) return baseUrl;
      const [version] = findAzure("apiVersion");
      return completeAzureAddress(baseUrl, { ...parts, apiVersion: version && String(version.value).trim() });
    },
  };
}

function panelLast(found: readonly FoundValue[]): FoundValue[] {
  return [...found.filter(isNotOfPanel), ...found.filter((value) => !isNotOfPanel(value))];
}

function isNotOfPanel({ origin }: FoundValue): boolean {
  return origin.source !== "panel";
}

/** Returns the origin that a key is bound to: `https://api.openai.com`. */
export function originOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : URL.parse(address)?.origin;
}

/** Whether the headers have `Authorization`, which replaces the key. */
function hasAuthorization(headers: unknown): boolean {
  const read: HttpHeaders = optionTable.headers.kind.read(headers) ?? {};
  return Object.keys(read).some((name) => name.toLowerCase() === "authorization");
}
