/**
 * Reads the address of a model server in the forms in which people have it: with an endpoint behind it, without a scheme, in quotes.
 *
 * @module
 */

import { isLoopback } from "./exposed_address.ts";
import type { OptionKind } from "./option_kind.ts";

/** The endpoints that documentation shows behind a base URL, and those of Ollama's own interface, which has another base. */
const ENDPOINT = /\/(?:chat\/completions|completions|responses|messages|api\/chat|api\/generate|api\/tags)$/;

/** The list of models. Where it is not behind a version, `models` may belong to the base URL, as at Azure. */
const LIST = /(?<=\/v\d\w*|\/openai)\/models$/;

/** A host without a scheme: one with a port, with a dot in its name, or this machine; then the end or a path. */
const WITHOUT_SCHEME = /^(?:\[[\da-f:.]+\]|localhost|[\w-]+(?:\.[\w-]+)+|[\w-]+(?=:\d))(?::\d+)?(?:[/?#]|$)/i;

/**
 * The address of a server with an OpenAI-compatible interface. It is read as `https://host/path?query`, without a slash behind the
 * path. An address without a scheme is plain on this machine, and encrypted elsewhere.
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

/** Whether an address, as it was given, is that of the Responses interface. */
export function isResponsesAddress(given: unknown): boolean {
  return typeof given === "string" && /^[^?#]*\/responses\/*(?:[?#"'\s]|$)/.test(given.trim());
}

function withScheme(text: string): string {
  if (!WITHOUT_SCHEME.test(text)) return text;
  const url = URL.parse(`https://${text}`);
  return url !== null && isLoopback(url.hostname) ? `http://${text}` : `https://${text}`;
}

/** The path without an endpoint and without slashes at its end. */
function basePath(pathname: string): string {
  const path = withoutSlashes(pathname);
  return withoutSlashes(path.replace(ENDPOINT, "").replace(LIST, ""));
}

function withoutSlashes(path: string): string {
  return path.replace(/\/+$/, "");
}
