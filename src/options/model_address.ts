/**
 * Reads the address of a model server in the forms that people copy: with an endpoint at the end, without a scheme, or in quotes.
 *
 * @module
 */

import { isLoopback } from "./exposed_address.ts";
import type { OptionKind } from "./option_kind.ts";

/** The endpoints that documentation shows after a base URL, and those of Ollama's own interface, which has another base URL. */
const ENDPOINT = /\/(?:chat\/completions|completions|responses|messages|api\/chat|api\/generate|api\/tags)$/;

/** The endpoint of the list of models, after a version. Without a version, `models` may belong to the base URL. */
const LIST = /(?<=\/v\d\w*|\/openai)\/models$/;

/** An address without a scheme: a host with a port, a host with a dot in its name, or this machine, then the end or a path. */
const WITHOUT_SCHEME = /^(?:\[[\da-f:.]+\]|localhost|[\w-]+(?:\.[\w-]+)+|[\w-]+(?=:\d))(?::\d+)?(?:[/?#]|$)/i;

/**
 * The address of a server with an OpenAI-compatible interface. The result is `https://host/path?query`, without a slash after the path.
 * An address without a scheme gets `http://` for this machine and `https://` for others.
 */
export const modelAddress: OptionKind<string> = {
  expected: "an address that begins with http:// or https://",
  read(value) {
    if (typeof value !== "string") return undefined;
    const text = withScheme(value.trim().replace(/^(["'])(.*)\1$/, "$2").trim());
    const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
    if (url === null) return undefined;
    url.hash = "";
    url.pathname = basePath(url.pathname);
    const { search } = url;
    url.search = "";
    return url.href.replace(/\/$/, "") + search;
  },
};

/** Whether an address, as a person entered it, ends in the endpoint of the Responses interface. */
export function isResponsesAddress(given: unknown): boolean {
  return typeof given === "string" && /^[^?#]*\/responses\/*(?:[?#"'\s]|$)/.test(given.trim());
}

function withScheme(text: string): string {
  if (!WITHOUT_SCHEME.test(text)) return text;
  const url = URL.parse(`https://${text}`);
  return url !== null && isLoopback(url.hostname) ? `http://${text}` : `https://${text}`;
}

/** Returns the path without an endpoint and without slashes at its end. */
function basePath(pathname: string): string {
  const path = withoutSlashes(pathname);
  return withoutSlashes(path.replace(ENDPOINT, "").replace(LIST, ""));
}

function withoutSlashes(path: string): string {
  return path.replace(/\/+$/, "");
}
