/**
 * Accepts requests only from programs that have the offline model's key. The model runs the code that it receives,
 * and the pages of any web site can send requests to this machine.
 *
 * @module
 */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { ApiError } from "./api_error.ts";

/** Random bytes in a key; 16 cannot be guessed. */
const KEY_BYTES = 16;

/** The host names that requests may use. Other names that resolve to this machine (DNS rebinding) are refused. */
const HOST_NAMES = ["127.0.0.1", "localhost"];

/** The default port of HTTP, which a `Host` header omits. */
const HTTP_PORT = 80;

/** Makes a key in the format of OpenAI's. */
export function makeApiKey(): string {
  return `sk-offline-${randomBytes(KEY_BYTES).toString("hex")}`;
}

/** Checks the headers of requests before their bodies are read. */
export class RequestGuard {
  readonly #keyHash: Uint8Array;

  /** @param apiKey the key that requests must have as `Authorization: Bearer KEY` */
  constructor(apiKey: string) {
    this.#keyHash = hash(apiKey);
  }

  /**
   * Checks the origin and the key of a request.
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
      throw new ApiError(403, "The offline model accepts no requests from the pages of other sites.", {
        code: "foreign_origin",
      });
    }
    this.#checkKey(headers.authorization);
  }

  /**
   * Checks that the content type is JSON. A form on another site's page cannot send this type.
   *
   * @throws {ApiError} with status 415 for another content type
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
    const what = key === undefined ? "There is no API key in the request" : "The API key of the request is wrong";
    throw new ApiError(401, `${what}: send the one that the offline model printed as OPENAI_API_KEY when it started.`, {
      code: "invalid_api_key",
    });
  }
}

function hash(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
