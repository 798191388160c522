/**
 * Who may ask the page's server: the page itself, in a browser on this machine, and nobody else.
 *
 * A page from elsewhere can have a browser send requests to this machine. What tells them apart is the host that they name (a name
 * of their own that leads to 127.0.0.1 is not ours), the origin that the browser adds, and a cookie that only our own page is sent.
 *
 * @module
 */

import { timingSafeEqual } from "node:crypto";
import { generateCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";

/** What the server's requests are held against. */
export interface AdmissionOptions {
  /** The port that the server listens on. */
  port: number;
  /** The secret in the cookie. */
  token: string;
}

/** Why a request is refused. */
export interface Refusal {
  /** The HTTP status. */
  status: 401 | 403 | 421;
  /** What was wrong, for whoever looks for a fault. */
  reason: string;
}

/** Decides about requests. */
export class Admission {
  readonly #hosts: ReadonlySet<string>;
  readonly #cookie: string;
  readonly #token: Uint8Array;

  /** @param options the port and the secret */
  constructor({ port, token }: AdmissionOptions) {
    this.#hosts = new Set([`localhost:${port}`, `127.0.0.1:${port}`]);
    // Cookies are shared by all ports of a host: two servers must not overwrite each other's.
    this.#cookie = `aipython_${port}`;
    this.#token = new TextEncoder().encode(token);
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

  /** Looks for the cookie; whatever reads or changes a notebook must have it. */
  checkCookie(request: Request): Refusal | undefined {
    const cookies = parse(request.headers.get("cookie") ?? "", this.#cookie);
    const given = new TextEncoder().encode(cookies[this.#cookie] ?? "");
    if (given.length === this.#token.length && timingSafeEqual(given, this.#token)) return undefined;
    return { status: 401, reason: "User must be authenticated: open the page's address again" };
  }

  /** The header that gives the page its cookie. No script can read it, and no other site's page has it sent along. */
  get setCookie(): string {
    const token = new TextDecoder().decode(this.#token);
    return generateCookie(this.#cookie, token, { path: "/", httpOnly: true, sameSite: "Strict" });
  }
}

/** Whether a person follows a link, which shows the page to the person and to nobody else. */
function isNavigation({ method, headers }: Request): boolean {
  return method === "GET" && headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document";
}
