/**
 * The address and the credentials of requests to a model server.
 *
 * @module
 */

import { credentialsOf } from "../options/address_credentials.ts";
import { isAzure } from "../options/azure_address.ts";
import type { AIPythonSettings } from "../options/settings.ts";

/** The base URL is the address up to the version, `https://api.openai.com/v1`, and may have a query. */
export type ServerAccess = Pick<AIPythonSettings, "baseUrl" | "apiKey" | "headers" | "organization" | "project">;

/** A token of Microsoft's Entra ID, which Azure accepts instead of a key: three parts in base64, the first of which is JSON. */
const ENTRA_TOKEN = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;

/** Returns the URL of a path below the base URL, with the queries of both and without user and password. */
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
 * Returns the headers with the credentials, with their names in lower case. Without a key there is no header for it.
 *
 * A key is sent as `Authorization`, at Azure as `api-key`. User and password in the base URL replace the key, because they are meant
 * for this server. Headers of the settings replace both.
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

/** Whether requests carry a key or other credentials. */
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
