/**
 * How a model server is addressed, and as whom: the same for every request to it.
 *
 * @module
 */

import { credentialsOf } from "../options/address_credentials.ts";
import { isAzure } from "../options/azure_address.ts";
import type { AIPythonSettings } from "../options/settings.ts";

/** Whom to ask, and as whom. The base URL is the address up to the version, `https://api.openai.com/v1`, and may have a query. */
export type ServerAccess = Pick<AIPythonSettings, "baseUrl" | "apiKey" | "headers" | "organization" | "project">;

/** A token of Microsoft's Entra ID, which Azure takes in place of a key: three parts in base64, the first of which is JSON. */
const ENTRA_TOKEN = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;

/** The address of a path below the base URL, with the queries of both and without user and password. */
export function serverUrl(baseUrl: string, path: string): URL {
  const url = new URL(baseUrl);
  const [pathname, query = ""] = path.split("?");
  url.pathname = url.pathname.replace(/\/+$/, "") + pathname;
  url.search = [url.search.slice(1), query].filter((part) => part !== "").join("&");
  url.username = "";
  url.password = "";
  return url;
}

/**
 * The headers that say who asks, with their names in lower case. There is none about a key where there is no key.
 *
 * A key goes as `Authorization`, at Azure as `api-key`. In its place goes the user of the base URL, who is there for this server alone.
 * Headers of the settings replace both.
 */
export function accessHeaders(
  { baseUrl, apiKey, headers = {}, organization, project }: ServerAccess,
): Record<string, string> {
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    ...authorization(baseUrl, apiKey),
    ...(organization === undefined ? {} : { "openai-organization": organization }),
    ...(project === undefined ? {} : { "openai-project": project }),
    ...Object.fromEntries(own),
  };
}

/** Whether requests say who asks, by a key or otherwise. */
export function isAuthorized(access: ServerAccess): boolean {
  const { authorization, "api-key": key } = accessHeaders(access);
  return authorization !== undefined || key !== undefined;
}

function authorization(baseUrl: string, apiKey: string | undefined): Record<string, string> {
  const user = credentialsOf(baseUrl);
  if (user !== undefined) {
    const bytes = new TextEncoder().encode(`${user.username}:${user.password}`);
    return { authorization: `Basic ${bytes.toBase64()}` };
  }
  if (apiKey === undefined) return {};
  return isAzure(baseUrl) && !ENTRA_TOKEN.test(apiKey) ? { "api-key": apiKey } : { authorization: `Bearer ${apiKey}` };
}
