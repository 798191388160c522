/**
 * Decides which requests the page's server answers: those of the page itself, in a browser that has opened the address with the
 * token.
 *
 * A page from elsewhere can make a browser send requests to this machine. They are recognized by the host that they name (another
 * name that resolves to 127.0.0.1 is refused), by the origin that the browser adds, and by a cookie that only our own page has.
 * Other users of the machine can send requests, too, but they know neither the token nor the cookie.
 *
 * @module
 */

import { createHash, timingSafeEqual } from "node:crypto";
import { generateCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";

/** The data that requests are checked against. */
export interface AdmissionOptions {
  port: number;
  /** The secret in the page's address and in its cookie. */
  pageToken: string;
  /** Whether a page gets its cookie without the token, for `--no-token`. Default: false. */
  isOpen?: boolean;
}

export interface Refusal {
  status: 403 | 421;
  /** The reason, for debugging. */
  reason: string;
}

export class Admission {
  readonly isOpen: boolean;
  readonly #hosts: ReadonlySet<string>;
  readonly #cookie: string;
  readonly #token: string;

  constructor({ port, pageToken, isOpen = false }: AdmissionOptions) {
    this.isOpen = isOpen;
    this.#hosts = new Set([`localhost:${port}`, `127.0.0.1:${port}`]);
    // All ports of a host share cookies, so the port is in the name. Two servers must not overwrite each other's cookie.
    this.#cookie = `aipython_${port}`;
    this.#token = pageToken;
  }

  /** Checks where a request comes from. Every request must pass. */
  checkOrigin(request: Request): Refusal | undefined {
    const { headers } = request;
    const host = headers.get("host") ?? "";
    if (!this.#hosts.has(host)) {
      return { status: 421, reason: `this server is ${[...this.#hosts].join(" or ")}, not ${host || "nameless"}` };
    }
    const origin = headers.get("origin");
    if (origin !== null && origin !== `http://${host}`) {
      return { status: 403, reason: `the origin ${origin} may not send requests to this server` };
    }
    const site = headers.get("sec-fetch-site");
    if (site === null || site === "same-origin" || site === "none" || isNavigation(request)) return undefined;
    return { status: 403, reason: "a page from another origin may not send requests to this server" };
  }

  /** Whether a request has the cookie. It is required for reading or changing a notebook. */
  hasCookie({ headers }: Request): boolean {
    return this.isToken(parse(headers.get("cookie") ?? "", this.#cookie)[this.#cookie] ?? "");
  }

  /** Whether a text is the token. The comparison takes constant time. */
  isToken(text: string): boolean {
    return timingSafeEqual(digest(text), digest(this.#token));
  }

  /**
   * The header that sets the page's cookie. Scripts cannot read it. Pages of other sites have it sent only when a person follows
   * their link; the address with the token may be such a link, and it redirects.
   */
  get setCookie(): string {
    return generateCookie(this.#cookie, this.#token, { path: "/", httpOnly: true, sameSite: "Lax" });
  }
}

function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

/** Whether a person follows a link. Its page is shown to that person only, not to the other site. */
function isNavigation({ method, headers }: Request): boolean {
  return method === "GET" && headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document";
}
