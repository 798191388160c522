/**
 * Who may ask the offline model: a program that was given its key. It runs what it is sent, so that a page of another site must not
 * reach it, though any page may send requests to this machine.
 *
 * @module
 */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { ApiError } from "./api_error.ts";

/** Random bytes in a key: nobody guesses 16. */
const KEY_BYTES = 16;

/** The names of this machine by which it is asked. A name that was made to lead here is none of them. */
const HOST_NAMES = ["127.0.0.1", "localhost"];

/** The port that an address need not name. */
const HTTP_PORT = 80;

/** Makes a key, in the form of OpenAI's. */
export function makeApiKey(): string {
  return `sk-offline-${randomBytes(KEY_BYTES).toString("hex")}`;
}

/** Checks requests before anything of them is read but their head. */
export class RequestGuard {
  readonly #keyHash: Uint8Array;

  /** @param apiKey what requests must carry as `Authorization: Bearer KEY` */
  constructor(apiKey: string) {
    this.#keyHash = hash(apiKey);
  }

  /**
   * Checks where a request comes from, and that it has the key.
   *
   * @throws {ApiError} with status 421 for another host, 403 for another site's page, 401 without the key
   */
  checkSender({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): void {
    const port = socket.localPort;
    const hosts = HOST_NAMES.flatMap((name) => [`${name}:${port}`, ...(port === HTTP_PORT ? [name] : [])]);
    const host = headers.host?.toLowerCase() ?? "";
    if (!hosts.includes(host)) {
      throw new ApiError(421, `The offline model answers at ${hosts.join(" and ")} only.`, { code: "wrong_host" });
    }
    const site = headers["sec-fetch-site"];
    const isForeign = headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${host}` ||
      site !== undefined && site !== "same-origin" && site !== "none";
    if (isForeign) {
      throw new ApiError(403, "The offline model takes no requests from the pages of other sites.", {
        code: "foreign_origin",
      });
    }
    this.#checkKey(headers.authorization);
  }

  /**
   * Checks that a body is JSON by its own account, which a form of another site's page cannot claim.
   *
   * @throws {ApiError} with status 415 when it is not
   */
  checkContentType({ headers }: Pick<IncomingMessage, "headers">): void {
    const type = headers["content-type"]?.split(";")[0].trim().toLowerCase();
    if (type === "application/json") return;
    throw new ApiError(415, `Expected a body of type application/json, got ${type ?? "none"}.`, {
      code: "unsupported_media_type",
    });
  }

  #checkKey(authorization: string | undefined): void {
    const [, key] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
    if (key !== undefined && timingSafeEqual(hash(key), this.#keyHash)) return;
    const what = key === undefined
      ? "There is no API key in the request"
      : "The API key of the request is not the right one";
    throw new ApiError(401, `${what}: send the one that the offline model printed as OPENAI_API_KEY when it started.`, {
      code: "invalid_api_key",
    });
  }
}

function hash(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
