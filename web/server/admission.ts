/**
 * Who may ask the page's server: the page itself, in a browser that has opened the address with the token, and nobody else.
 *
 * A page from elsewhere can have a browser send requests to this machine. What tells them apart is the host that they name (a name
 * of their own that leads to 127.0.0.1 is not ours), the origin that the browser adds, and a cookie that only our own page is sent.
 * Other users of the machine can ask, too: they know neither the token nor the cookie.
 *
 * @module
 */

import { createHash, timingSafeEqual } from "node:crypto";
import { generateCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";

/** What the server's requests are held against. */
export interface AdmissionOptions {
  /** The port that the server listens on. */
  port: number;
  /** The secret in the page's address and in its cookie. */
  pageToken: string;
  /** Whether a page is given its cookie without the token, as `--no-token` asks for. Default: false. */
  isOpen?: boolean;
}

/** Why a request is refused. */
export interface Refusal {
  /** The HTTP status. */
  status: 403 | 421;
  /** What was wrong, for whoever looks for a fault. */
  reason: string;
}

/** Decides about requests. */
export class Admission {
  /** Whether a page is given its cookie without the token. */
  readonly isOpen: boolean;
  readonly #hosts: ReadonlySet<string>;
  readonly #cookie: string;
  readonly #token: string;

  /** @param options the port and the secret */
  constructor({ port, pageToken, isOpen = false }: AdmissionOptions) {
    this.isOpen = isOpen;
    this.#hosts = new Set([`localhost:${port}`, `127.0.0.1:${port}`]);
    // Cookies are shared by all ports of a host: two servers must not overwrite each other's.
    this.#cookie = `aipython_${port}`;
    this.#token = pageToken;
  }

  /** Looks at where a request comes from; every request must pass. */
  checkOrigin(request: Request): Refusal | undefined {
    const { headers } = request;
    const host = headers.get("host") ?? "";
    if (!this.#hosts.has(host)) {
      return { status: 421, reason: `this server is ${[...this.#hosts].join(" or ")}, not ${host || "nameless"}` };
    }
    const origin = headers.get("origin");
    if (origin !== null && origin !== `http://${host}`) {
      return { status: 403, reason: `the origin ${origin} may not ask this server` };
    }
    const site = headers.get("sec-fetch-site");
    if (site === null || site === "same-origin" || site === "none" || isNavigation(request)) return undefined;
    return { status: 403, reason: "a page from another origin may not ask this server" };
  }

  /** Whether a request has the cookie; whatever reads or changes a notebook must have it. */
  hasCookie({ headers }: Request): boolean {
    return this.isToken(parse(headers.get("cookie") ?? "", this.#cookie)[this.#cookie] ?? "");
  }

  /** Whether a text is the token. The time that it takes tells nothing of the token. */
  isToken(text: string): boolean {
    return timingSafeEqual(digest(text), digest(this.#token));
  }

  /**
   * The header that gives the page its cookie. No script can read it, and other sites' pages have it sent along only when a person
   * follows their link: the address with the token may itself be such a link, and is redirected.
   */
  get setCookie(): string {
    return generateCookie(this.#cookie, this.#token, { path: "/", httpOnly: true, sameSite: "Lax" });
  }
}

function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

/** Whether a person follows a link, which shows the page to the person and to nobody else. */
function isNavigation({ method, headers }: Request): boolean {
  return method === "GET" && headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document";
}
